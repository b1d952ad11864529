//! Credentials: none is shown, changed or taken apart, wherever it stands and however it is spelled.

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
