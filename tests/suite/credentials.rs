//! Credentials: none is shown, changed or taken apart, wherever it stands and however it is spelled.

use todoc::diag::credentials::credentials;
use todoc::diag::report::FORMATS;

use crate::cli::Test;
use crate::reports::written;
use crate::support::report;

/// The text behind the beginning that an issuer gives its keys.
const BODY: &str = "q7Zk2vXw9RtBn4Lm8Hd6Jp3Ys5Gf1Cx0QaWeUi";

/// Credentials of several kinds. They are put together here, so that nobody takes this file for one
/// that gives any away.
fn canaries() -> Vec<String> {
    vec![
        ["sk", "-", BODY].concat(),
        ["gh", "p_", &BODY[..36]].concat(),
        ["AK", "IA", "Q7ZK2VXW9RTBN4LM"].concat(),
        ["https://me:", BODY, "@example.com"].concat(),
    ]
}

/// Letters and digits in lower case.
fn folded(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// What is shown of a secret: the first six letters and digits in a row, in any spelling.
fn shown(secret: &str, told: &str) -> Option<String> {
    let (secret, told) = (folded(secret), folded(told));
    let mut pieces = secret.as_bytes().windows(6).map(String::from_utf8_lossy);
    let piece = pieces.find(|piece| told.contains(&**piece))?;
    Some(piece.into_owned())
}

/// Statements in which a wrong text is answered by what may have been meant, or by a part of it.
const PLACES: &[&str] = &[
    "secret CANARY from env",
    "secret KEY from CANARY",
    "secret KEY from env as CANARY",
    "config { CANARY = 1 }",
    "config { K = CANARY }",
    "config { K = CANARY CANARY }",
    "config { K = config.CANARY }",
    "tier CANARY { image \"x:1\" }",
    "tier web { image \"CANARY\" }",
    "tier web { image CANARY }",
    "tier web { image \"x:1\", pull_secret \"CANARY\" }",
    "tier web { image \"x:1\", name \"CANARY\" }",
    "tier web { image \"x:1\", port CANARY }",
    "tier web { image \"x:1\", port 80 as CANARY }",
    "tier web { image \"x:1\", needs CANARY }",
    "tier web { image \"x:1\", cpu CANARY, memory \"CANARY\" }",
    "tier web { image \"x:1\", volume CANARY 1Gi at \"CANARY\" }",
    "tier web { image \"x:1\", file \"CANARY\" at \"/CANARY/..\" }",
    "tier web { image \"x:1\", writable \"CANARY\" }",
    "tier web { image \"x:1\", user \"CANARY\", health \"CANARY\" }",
    "tier web { image \"x:1\", port 80, expose ingress \"CANARY\" }",
    "tier web { image \"x:1\", port 80, expose ingress \"a.b\" path \"CANARY\" }",
    "tier web { image \"x:1\", command \"CANARY\" }",
    "tier web { image \"x:1\", labels { \"CANARY\" = \"CANARY\" } }",
    "tier web { image \"x:1\", env { A = CANARY.url, CANARY } }",
    "tier web { image \"x:1\", env { A = \"CANARY } }",
    "tier web { image \"x:1\", CANARY }",
    "tier web { image \"x:1\", CANARY \"CANARY\" }",
    "tier web { build CANARY \".\" }",
    "tier web { build nextjs \"CANARY\" }",
    "tier web { build nextjs \".\" { node CANARY } }",
    "tier web { image \"x:1\" patch Deployment { a: CANARY, b: [CANARY } }",
    "job j { image \"x:1\", schedule \"CANARY\" }",
    "cron j \"CANARY\" { image \"x:1\" }",
    "cron j \"* * CANARY * *\" { image \"x:1\", time_zone \"CANARY\" }",
    "postgres CANARY { version 17 }",
    "postgres db { version CANARY, storage CANARY }",
    "redis db { memory \"CANARY\" }",
    "target CANARY { namespace CANARY }",
    "target t { tier CANARY { replicas 1 } }",
    "object \"CANARY\"",
    "object CANARY",
    "CANARY",
    "CANARY { CANARY }",
    "\"CANARY\" = 'CANARY'",
];

/// The same inside of the `app` block.
const IN_APP: &[&str] = &[
    "registry \"CANARY\"",
    "registry CANARY",
    "tag \"CANARY\"",
    "naming { workload \"CANARY{tier}\" }",
    "namespace \"CANARY\"",
    "pull_secret CANARY",
    "CANARY \"x\"",
];

#[test]
fn no_help_and_no_quotation_shows_a_credential() {
    let mut failures = Vec::new();
    for canary in canaries() {
        let spellings = [
            canary.clone(),
            canary.to_uppercase(),
            canary.replace('-', "_"),
        ];
        let tops = PLACES.iter().map(|place| format!("app shop\n{place}\n"));
        let apps = IN_APP
            .iter()
            .map(|place| format!("app shop {{ {place} }}\n"));
        for place in tops.chain(apps) {
            let program = place.replace("CANARY", &canary);
            for format in FORMATS {
                let told = written(format.name, &program);
                if let Some(piece) = shown(BODY, &told).or_else(|| shown("q7zk2vxw9rtbn4lm", &told))
                {
                    failures.push(format!("{piece} in {}: {place}{told}", format.name));
                }
            }
        }
        // What differs from a credential in its spelling alone is none by itself, and yet is masked
        // beside it.
        for spelling in spellings {
            let program =
                format!("app shop\nconfig {{ K = \"{canary}\" }}\ntier {spelling} {{ }}\n");
            for format in FORMATS {
                let told = written(format.name, &program);
                if let Some(piece) = shown(&BODY[..20], &told) {
                    failures.push(format!("{piece} in {}: {spelling}\n{told}", format.name));
                }
            }
        }
    }
    report(&failures);
}

/// Keys in PEM as people paste them.
fn keys() -> Vec<String> {
    let line = format!("{BODY}{}", &BODY[..26]);
    let head = ["-----BEGIN RSA ", "PRIVATE KEY-----"].concat();
    let end = ["-----END RSA ", "PRIVATE KEY-----"].concat();
    let body = [&*line, &line, &line[..40]].join("\n");
    let indented = body.replace('\n', "\n    ");
    vec![
        format!("{head}\n{body}\n{end}"),
        format!("{head}\n{body}"),
        format!("{head}\n    {indented}\n    {end}"),
        format!("\"{head}\n{body}\n{end}\""),
        format!("\"{head}\\n{}\\n{end}\"", body.replace('\n', "\\n")),
        format!("'{head}\n{body}\n'"),
        format!("|\n    {head}\n    {indented}"),
    ]
}

#[test]
fn a_private_key_is_neither_shown_nor_taken_apart() {
    let mut failures = Vec::new();
    for key in keys() {
        for program in [
            format!("app shop\nconfig {{\n  KEY = {key}\n}}\n"),
            format!(
                "app shop\nsecret KEY from env\ntier web {{\n  image 'web:1'\n  env {{ KEY = {key} }}\n}}\n"
            ),
            format!("app shop\n{key}\n"),
            format!("app shop\ntier web {{ file {key}"),
        ] {
            for format in FORMATS {
                let told = written(format.name, &program);
                if let Some(piece) = shown(BODY, &told) {
                    failures.push(format!("{piece} in {}: {program}\n{told}", format.name));
                }
            }
            let test = Test::new().file("app.todo", &program);
            for options in [&["--diff"][..], &["--fix"], &["--fix", "--report", "json"]] {
                let ran = test.run(&[&["check", "app.todo"], options].concat());
                let told = ran.stdout + &ran.stderr;
                if let Some(piece) = shown(BODY, &told) {
                    failures.push(format!("{piece} in {options:?}: {program}\n{told}"));
                }
            }
            if !test.read("app.todo").contains(&key) {
                failures.push(format!("a fix changed {program}"));
            }
        }
    }
    report(&failures);
}

#[test]
fn a_fix_leaves_a_credential_as_it_stands() {
    for canary in canaries() {
        for place in PLACES {
            let program = format!("app shop\n{}\n", place.replace("CANARY", &canary));
            let test = Test::new().file("app.todo", &program);
            let ran = test.run(&["check", "app.todo", "--fix"]);
            let told = ran.stdout + &ran.stderr;
            assert_eq!(shown(&BODY[..20], &told), None, "{told}");
            let count = |text: &str| text.matches(&canary).count();
            let fixed = test.read("app.todo");
            assert_eq!(count(&fixed), count(&program), "{program} became {fixed}");
        }
    }
}

/// Kinds of credentials by what scanners know of them: the beginning in two halves, then how it goes
/// on, `n36` being letters and digits, `h` hexadecimal digits, `d` digits, `u` capitals and digits to 7, `U`
/// capitals and digits, `l` small letters and digits, `w` letters, digits, `-` and `_`, `b` base64; anything
/// else stands for itself.
const KINDS: &str = "
A|3- u6 - u11 - u5 - u5 - u5
o|ps_eyJ n250
p8|e- n32
AGE-SEC|RET-KEY-1 u58
p|at n14 . h64
LT|AI n20
sk-|ant-admin01- w93 AA
sk-|ant-api03- w93 AA
AK|Cp n69
cm|Vmd n59
sca|uth_ n10 . n5 .acc_ n12 . n40
AK|IA u16
AS|IA u16
AB|SK n120
bedrock-api|-key-YmVkcm9jay5hbWF6b25hd3MuY29t n20
n3|1Q~ w33
4b|1d n38
CLO|JARS_ n60
v1|.0- h24 - h146
da|pi h32
doo|_v1_ h64
dop|_v1_ h64
dor|_v1_ h64
dp|.pt. n43
duf|fel_test_ w43
dt0|c01. n24 . n64
EZ|AK n54
EZ|TK n54
d16|| w30
EA|AM n110
FLWSE|CK_TEST- h12
FLWPU|BK_TEST- h32 -X
FLWSE|CK_TEST- h32 -X
fo|1_ w43
fi|o-u- w64
AI|za w35
gh|s_ n36
gh|u_ n36
github|_pat_ n82
gh|o_ n36
gh|p_ n36
gh|r_ n36
M|T n22 . n6 . n27
O|D n24 . n6 . n38
h32 -u|s d2
//registry.npmjs.org/:_auth|Token= h8 - h4 - h4 - h4 - h12
gl|cbt- n3 _ n20
gl|dt- w20
gl|ffct- w20
gl|ft- w20
gl|imt- w25
gl|agent- w50
gl|oas- w64
gl|pat- w20
gl|pat- w30 . n9
gl|ptt- h40
GR13|48941 w20
gl|rt- w20
gl|rt-t1_ w30 . n9
gl|soat- w20
_gitlab|_session= h32
eyJ|rIjoi n80
gl|c_ n40
gl|sa_ n32 _ h8
p|at. w22 . n24 . n20
n14|.atlasv1. w64
HRKU|-AA w58
h|f_ n34
api|_org_ n34
ic|o- n32
s-s4|t2ud- h64
lin|_api_ n40
n6|_ n29 _mmk
https://acme.webhook.office|.com/webhookb2/ h8 - h4 - h4 - h4 - h12 @ h8 - h4 - h4 - h4 - h12
nt|n_ d11 n35
np|m_ n36
AP|I- u26
sk|-proj- w74 T3BlbkFJ w74
sha|256~ w43
pp|lx- n48
pscale|_tkn_ w40
pscale|_oauth_ w40
pscale|_pw_ w40
PM|AK- h24 - h34
pn|u_ n36
pu|l- h40
pypi|-AgEIcHlwaS5vcmc w60
rd|me_ n70
ruby|gems_ h48
tk|-us- w48
S|G. n22 . n43
xkey|sib- h64 - n16
sntr|ys_eyJpYXQiO n60
sntr|yu_ h64
sm_|aat_ n16
sm_|pat_ n16
sm_|sat_ n16
shippo|_live_ h40
sh|pat_ h32
sh|pca_ h32
sh|ppa_ h32
sh|pss_ h32
xa|pp-1-A n10 - d12 - h40
xo|xb- d12 - d12 - n24
xo|xe.xoxb-1- u163
xo|xe-1- u146
xo|xb- d10 - n24
xo|xo- d8 - d8 - d8 - h20
xo|xa-2- n40
xo|xp- d12 - d12 - d12 - n32
https://hooks.slack|.com/services/T n44
sg|p_ h16 _ h40
sg|p_local_ h40
EAA|A w50
sq0|atp- w40
sk|_live_ n24
rk|_prod_ n24
S|K h32
hv|b. w140
hv|s. w95
s|. n24
Authorization: Bea|rer n40
ZX|lKaGJHY2lPaU n80
";

/// A credential of a kind.
fn sample(kind: &str, random: &mut fastrand::Rng) -> String {
    // A beginning may itself be a run that a mark follows.
    let kind = kind.replacen(
        '|',
        if kind.starts_with(['n', 'd']) {
            " "
        } else {
            ""
        },
        1,
    );
    let mut text = String::new();
    for part in kind.split(' ') {
        let letters: &[u8] = match part.as_bytes().first() {
            Some(b'n') => b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            Some(b'w') => b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-",
            Some(b'h') => b"0123456789abcdef",
            Some(b'd') => b"0123456789",
            Some(b'u') => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
            Some(b'U') => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            Some(b'l') => b"abcdefghijklmnopqrstuvwxyz0123456789",
            Some(b'b') => b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/",
            _ => b"",
        };
        match part
            .get(1..)
            .and_then(|number| number.parse::<usize>().ok())
        {
            Some(number) if !letters.is_empty() => {
                let mut letter = || char::from(letters[random.usize(..letters.len())]);
                text.extend((0..number).map(|_| letter()));
            }
            _ => text.push_str(&part.replace("Bearer", "Bearer ")),
        }
    }
    text
}

/// The same by what the documentation of services says of theirs, and what they are known to look like.
const DOCUMENTED: &str = include_str!("credentials/documented.txt");

/// How many kinds a list has, how many of them are seen wherever they stand, and what of the others isn't.
fn seen(kinds: &str, random: &mut fastrand::Rng) -> (usize, usize, Vec<String>) {
    const PLACES: [&str; 6] = [
        "%",
        "x %.",
        "--token=%",
        "https://example.com/?k=%&x=y",
        "{\"k\":\"%\"}",
        "KEY=%;",
    ];
    let (mut seen, mut missed) = (0, Vec::new());
    for kind in kinds.trim().lines() {
        let samples = (0..20).map(|_| sample(kind, random));
        let all = samples.flat_map(|one| PLACES.map(|place| place.replace('%', &one)));
        let not: Vec<_> = all.filter(|text| credentials(text).is_empty()).collect();
        if not.len() * 10 <= 20 * PLACES.len() {
            seen += 1;
        } else {
            missed.extend(not.first().map(|text| format!("{kind}: {text}")));
        }
    }
    (kinds.trim().lines().count(), seen, missed)
}

#[test]
fn credentials_of_all_kinds_are_seen_wherever_they_stand() {
    let mut random = fastrand::Rng::with_seed(19);
    for (kinds, least) in [(KINDS, 110), (DOCUMENTED, 200)] {
        let (number, seen, missed) = seen(kinds, &mut random);
        assert!(
            number >= least && seen * 100 >= number * 98,
            "{seen} of {number}:\n{}",
            missed.join("\n")
        );
    }
}

/// Image references, hosts and names as people make them.
fn innocent(random: &mut fastrand::Rng) -> String {
    const WORDS: &[&str] = &[
        "sk",
        "hf",
        "gh",
        "api",
        "key",
        "token",
        "secret",
        "task",
        "disk",
        "desk",
        "risk",
        "web",
        "app",
        "acme",
        "learn",
        "serving",
        "model",
        "production",
        "staging",
        "gateway",
        "postgres",
        "redis",
        "nginx",
        "registry",
        "ghcr",
        "docker",
        "quay",
        "internal",
        "example",
        "v2",
        "x86",
        "amd64",
        "py311",
        "k8s",
        "s3",
        "SK",
        "AKIA",
        "pat",
        "npm",
        "st",
        "re",
        "fw",
        "pul",
        "dapi",
        "glc",
        "rnd",
        "eu-west-1",
        "2026",
        "0",
        "17",
        "alpine3",
        "customer",
        "experience",
        "platform",
        "authentication",
        "service",
        "worker",
        "io",
        "com",
        "dev",
        "bitnami",
    ];
    let mut words = |joint: &str, most: usize| {
        let number = random.usize(1..=most);
        let words: Vec<_> = (0..number)
            .map(|_| WORDS[random.usize(..WORDS.len())])
            .collect();
        words.join(joint)
    };
    let (host, path, name) = (words(".", 5), words("/", 3), words("-", 9));
    let (under, joined, flat) = (words("_", 9), words("", 6), words("-", 4));
    let hex = |random: &mut fastrand::Rng, number| -> String {
        (0..number)
            .map(|_| char::from(b"0123456789abcdef"[random.usize(..16)]))
            .collect()
    };
    match random.u8(..9) {
        0 => format!("{host}/{path}/{name}:{flat}"),
        1 => format!("{host}/{name}@sha256:{}", hex(random, 64)),
        2 => format!("https://{host}:8443/{path}?page={flat}#x"),
        3 => format!("{under}={name}"),
        4 => format!("{name}.{host}.svc.cluster.local"),
        5 => format!("{joined}-{}", hex(random, 8)),
        6 => format!(
            "{}-{}-{}-{}-{}",
            hex(random, 8),
            hex(random, 4),
            hex(random, 4),
            hex(random, 4),
            hex(random, 12)
        ),
        7 => format!("git {} in {name}", hex(random, 40)),
        _ => format!(
            "{name}:{}.{}.{}-{flat}",
            random.u8(..),
            random.u8(..),
            random.u16(..)
        ),
    }
}

#[test]
fn names_hosts_and_images_are_no_credentials() {
    let mut random = fastrand::Rng::with_seed(7);
    let all = (0..10_000).map(|_| innocent(&mut random));
    let wrong: Vec<_> = all.filter(|text| !credentials(text).is_empty()).collect();
    report(&wrong);
}

/// A password that looks like no credential.
const PASSWORD: &str = "Tr0ub4dor3xQz";

#[test]
fn what_has_the_name_of_a_secret_is_not_shown() {
    const TOPS: &[&str] = &[
        "tier web { image \"x:1\", env { DB_PASSWORD = \"PASSWORD\" } }",
        "tier web { image \"x:1\", env { DB_PASSWORD = 'PASSWORD' } }",
        "tier web { image \"x:1\", env { DB_PASSWORD = PASSWORD } }",
        "config { DB_PASSWORD = \"PASSWORD\" }",
        "DB_PASSWORD=PASSWORD",
        "DB_PASSWORD='PASSWORD'",
        "export DB_PASSWORD=\"PASSWORD\"",
        "secret DB_PASSWORD = \"PASSWORD\"",
        "secret DB_PASSWORD from PASSWORD",
        "secret X from env as \"PASSWORD!\"",
        "tier web { build nextjs \".\" { secret NPM_TOKEN = \"PASSWORD\" } }",
        "tier web { image \"x:1\", secret NPM_TOKEN = \"PASSWORD\" }",
        "tier web { image \"x:1\", pull_secret \"user:PASSWORD\" }",
        "tier web { image \"x:1\", command \"sh\" \"-c\" \"DB_PASSWORD=PASSWORD x\", bogus }",
        "tier web { image \"x:1\", args \"--password=PASSWORD\" bogus }",
        "tier web { image \"x:1\", command \"sh\" \"-c\" \"mysql -u me --password PASSWORD\", bogus }",
        "tier web { image \"x:1\", command \"x\" \"DB_PASSWORD: PASSWORD and --token PASSWORD\", bogus }",
        "tier web { image \"x:1\", command \"curl -u me:PASSWORD x\", bogus }",
        "config { A = \"db_pass: PASSWORD\\ndb_user: me\", bogus }",
        "redis d { version 8, args \"--requirepass\" \"PASSWORD\", bogus }",
        "app x { registry \"user:PASSWORD@ghcr.io/x\" }",
    ];
    let mut failures = Vec::new();
    for line in TOPS {
        let head = if line.starts_with("app") {
            ""
        } else {
            "app shop\n"
        };
        let program = format!("{head}{}\n", line.replace("PASSWORD", "CANARY"));
        // The name of a variable stays; what stands behind it goes.
        let program = program.replace("DB_CANARY", "DB_PASSWORD");
        let program = program.replace("CANARY", PASSWORD);
        for format in FORMATS {
            let told = written(format.name, &program);
            if let Some(piece) = shown(PASSWORD, &told) {
                failures.push(format!("{piece} in {}: {line}\n{told}", format.name));
            }
        }
    }
    report(&failures);
}

#[test]
fn what_stands_for_a_secret_is_shown() {
    for value in [
        "\"changeme\"",
        "\"/run/secrets/db\"",
        "\"<your password>\"",
        "\"none\"",
    ] {
        let program = format!(
            "app shop\ntier web {{ image \"x:1\", env {{ DB_PASSWORD = {value} }}, bogus }}\n"
        );
        let told = written("human", &program);
        assert!(told.contains(value), "{told}");
    }
}

#[test]
fn forms_of_logins_are_seen() {
    for (form, is_one) in [
        (["hvs", ".CAESIJ2kq8Vn3xZ1mQ7rTb5yLw9c"].concat(), true),
        (["hvs", ".6j4cuewowBGit65rheNoceI7"].concat(), true),
        (["x Basic ", "dXNlcjpUcjB1YjRkb3I="].concat(), true),
        (["machine h login x password ", PASSWORD].concat(), true),
        (["default login x password ", PASSWORD].concat(), true),
        (["aws_secret_access_key=", BODY, "ab"].concat(), true),
        (["aws_secret_access_key = ", BODY, "ab"].concat(), true),
        (["exec DB_PASSWORD=", PASSWORD, " x"].concat(), true),
        (["curl -sfu me:", PASSWORD, " https://x.y"].concat(), true),
        (["curl -X POST --user me:", PASSWORD].concat(), true),
        (["me:", PASSWORD, "@tcp(db:3306)/app"].concat(), true),
        (
            ["https%253A%252F%252Fme:", PASSWORD, "%2540x"].concat(),
            true,
        ),
        (["https://me:", PASSWORD, "&#64;x.y"].concat(), true),
        ("curl -u $USER:$PASSWORD https://x.y".to_owned(), false),
        ("docker run -u app:app x".to_owned(), false),
        ("USER:${PASSWORD}@tcp(db:3306)/app".to_owned(), false),
        (
            [
                "https://discord.com/api/webhooks/",
                "1173520048812265472/",
                BODY,
            ]
            .concat(),
            true,
        ),
        ("Basic authentication".to_owned(), false),
        ("Basic dXNlcjpjaGFuZ2VtZQ==".to_owned(), false),
        ("machine h login x password <yours>".to_owned(), false),
        ("machine h login x password $PASSWORD".to_owned(), false),
        ("the login and its password follow".to_owned(), false),
        ("DB_PASSWORD=changeme".to_owned(), false),
        ("DB_PASSWORD=${DB_PASSWORD2}".to_owned(), false),
        ("DB_PASSWORD=none".to_owned(), false),
        ("aws_secret_access_key=your-key".to_owned(), false),
        (
            "https://discord.com/api/webhooks/ID/TOKEN".to_owned(),
            false,
        ),
        ("hvs.your-token".to_owned(), false),
    ] {
        assert_eq!(!credentials(&form).is_empty(), is_one, "{form}");
    }
}

/// Folders of sources with a credential in each, by their recipes.
fn folders_with_credentials() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let token = ["gh", "p_", &BODY[..36]].concat();
    let url = ["https://bob:", BODY, "@h/x"].concat();
    let lock = ("package-lock.json", "{}".to_owned());
    let package = |scripts: &str, packages: &str| {
        let text =
            format!("{{\"name\":\"x\",\"scripts\":{{{scripts}}},\"dependencies\":{{{packages}}}}}");
        ("package.json", text)
    };
    let next = || package("\"build\":\"next build\"", "\"next\":\"15.0.0\"");
    let vite = || package("\"build\":\"vite build\"", "\"vite\":\"6.0.0\"");
    vec![
        (
            "fastapi",
            vec![(
                "requirements.txt",
                format!("fastapi\nuvicorn\n-e ./vendor/{token}\n"),
            )],
        ),
        (
            "fastapi",
            vec![("requirements.txt", format!("fastapi\nuvicorn\n./{url}\n"))],
        ),
        (
            "nextjs",
            vec![
                next(),
                lock.clone(),
                (
                    "next.config.mjs",
                    format!(
                        "export default {{ output: \"standalone\", basePath: \"/{token}\" }}\n"
                    ),
                ),
            ],
        ),
        (
            "vite",
            vec![
                vite(),
                lock.clone(),
                (
                    "vite.config.ts",
                    format!("export default {{ build: {{ outDir: \"{url}\" }} }}\n"),
                ),
            ],
        ),
        (
            "dockerfile",
            vec![(
                "Dockerfile",
                format!("FROM alpine:3\nRUN --mount=type=secret,id={token} make\nEXPOSE 3000\n"),
            )],
        ),
        (
            "node",
            vec![
                package(
                    &format!("\"start\":\"node {token}\""),
                    "\"express\":\"5.0.0\"",
                ),
                lock,
            ],
        ),
        (
            "rust",
            vec![
                (
                    "Cargo.toml",
                    format!("[package]\nname=\"{token}\"\nversion=\"0.1.0\"\n"),
                ),
                ("Cargo.lock", String::new()),
                (
                    "src/main.rs",
                    "fn main() { TcpListener::bind(\"0.0.0.0:7700\"); }\n".to_owned(),
                ),
            ],
        ),
    ]
}

#[test]
fn no_credential_in_sources_is_shown() {
    let web = "app shop\ntier web {\n  build RECIPE \".\"\n  port 3000\n}\n";
    let mut failures = Vec::new();
    for (recipe, files) in folders_with_credentials() {
        let mut test = Test::new().file("app.todo", web.replace("RECIPE", recipe));
        for (path, text) in &files {
            test = test.file(path, text);
        }
        for format in FORMATS {
            let ran = test.run(&["check", "app.todo", "--report", format.name]);
            let told = ran.stdout + &ran.stderr;
            if let Some(piece) = shown(BODY, &told) {
                failures.push(format!("{piece} in {} of {files:?}:\n{told}", format.name));
            }
        }
        let mut test = Test::new();
        for (path, text) in &files {
            test = test.file(path, text);
        }
        let ran = test.run(&["init"]);
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
        let told = ran.stdout + &ran.stderr + &test.read("app.todo");
        if let Some(piece) = shown(BODY, &told) {
            failures.push(format!("{piece} in init of {files:?}:\n{told}"));
        }
    }
    report(&failures);
}

/// What starts an image is read by everybody who has it.
#[test]
fn a_credential_in_the_script_that_starts_an_image_is_an_error() {
    let token = ["gh", "p_", &BODY[..36]].concat();
    let manifest =
        format!("{{\"scripts\":{{\"start\":\"node {token}.js\"}},\"dependencies\":{{}}}}");
    let test = Test::new()
        .file(
            "app.todo",
            "app a\ntier web {\n  build node \"./web\"\n  port 3000\n}\n",
        )
        .file("web/package.json", manifest)
        .file("web/package-lock.json", "{}")
        .file(&format!("web/{token}.js"), "");
    let ran = test.run(&["build", "app.todo"]);
    let told = ran.stdout + &ran.stderr;
    assert_eq!(ran.status, Some(1), "{told}");
    assert!(
        told.contains("error[E0220]: the script that starts this"),
        "{told}"
    );
    assert!(!told.contains(&token[4..14]), "{told}");
}
