//! Fixes: `check --fix` makes those that are certain, and they make nothing worse.

use std::fs;

use todoc::diag::fix::{Fix, apply};
use todoc::diag::{Applicability, Diagnostic, Severity};
use todoc::{Fixed, check_all, fix};

use crate::cli::Test;
use crate::mistakes::mistakes;
use crate::support::{examples, fixtures, named, report};

/// A program with a mistake of each kind that is mended unseen.
const WRONG: &str = "\
app todo { registry \"https://ghcr.io/acme/\" }
teir web {
  build nexjs \"./web\" { noed 24 }
  port 3000;
  health '/health' { liveness every 30 }
  cpu 100m
  memory 512MB // all of it
  replicas 2..4 at cpu 70
  needs api,
  needs api
  expose nodport 30080
}
  tier api {
  image ghcr.io/acme/api:1.0.0
  port = 8000
  allow W0501 \"it was once the latest\"
  env { API_KEY = secret.KEY LEVEL = \"info\" }
  expose ingress \"HTTPS://api.example.com\"
}
secret KEY from env { min_length \"32\" }
";

const RIGHT: &str = "\
app todo { registry \"ghcr.io/acme\" }
tier web {
  build nextjs \"./web\" { node 24 }
  port 3000
  health \"/health\" { liveness every 30s }
  cpu 100m
  memory 512Mi # all of it
  replicas 2..4 at cpu 70%
  needs api,
  expose nodeport 30080
}
tier api {
  image \"ghcr.io/acme/api:1.0.0\"
  port  8000
  env { API_KEY = secret.KEY, LEVEL = \"info\" }
  expose ingress \"api.example.com\"
}
secret KEY from env { min_length 32 }
";

#[test]
fn what_is_certain_is_mended() {
    let fixed = fix(WRONG, named);
    assert_eq!(fixed.text, RIGHT);
    assert_eq!(fixed.left, []);
}

/// The path that is one too many behind a host is the one that a node port needs.
#[test]
fn what_mends_one_target_is_not_made_unseen() {
    let program = "app chat\n\
        tier web { image \"x:1\", env { SOCKET = chat.public_ws_url \"/ws\" } }\n\
        tier chat { image \"x:1\", port 80 }\n\
        target local { host \"localhost\", tier chat { expose nodeport 30080 } }\n\
        target production { tier chat { expose ingress \"example.com\" path \"/ws\" tls } }\n";
    let fixed = fix(program, named);
    assert_eq!(fixed.text, program);
    assert_eq!(fixed.left.len(), 1);
}

#[test]
fn the_file_is_mended_and_what_is_left_is_told() {
    let unsized_web = WRONG.replace("  cpu 100m\n", "");
    let test = Test::new().file("app.todo", unsized_web);
    let ran = test.run(&["check", "app.todo", "--fix"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert!(
        ran.stderr.starts_with("app.todo: 18 changes made\n"),
        "{}",
        ran.stderr
    );
    let last = "\n1 error in app.todo; `todoc explain E0302` says more\n";
    assert!(ran.stderr.ends_with(last), "{}", ran.stderr);

    let test = test.file("app.todo", WRONG);
    let ran = test.run(&["check", "app.todo", "--fix"]);
    assert_eq!(ran.status, Some(0));
    let none = "app.todo: no errors\n\nNotes on app.todo\n";
    assert!(ran.stdout.starts_with(none), "{}", ran.stdout);
    assert_eq!(ran.stderr, "app.todo: 19 changes made\n");
    assert_eq!(test.read("app.todo"), RIGHT);
}

#[test]
fn a_patch_is_printed_and_nothing_written() {
    let text = "app todo\n\ntier web {\n  image 'nginx:1.29'\n}\n";
    let folder = Test::new().file("app.todo", text);
    let patch = "--- app.todo\n+++ app.todo\n@@ -1,5 +1,5 @@\n app todo\n \n tier web {\n\
                 -  image 'nginx:1.29'\n+  image \"nginx:1.29\"\n }\n";
    for options in [&["--diff"][..], &["--fix", "--diff"]] {
        let ran = folder.run(&[&["check", "app.todo"], options].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), patch));
        assert_eq!(folder.read("app.todo"), text);
    }
    let ran = Test::new().stdin(text).run(&["check", "-", "--diff"]);
    assert!(ran.stdout.starts_with("--- <stdin>\n"), "{}", ran.stdout);
    assert_eq!(ran.status, Some(1));
}

#[test]
fn standard_input_is_not_fixed() {
    let ran = Test::new().stdin(WRONG).run(&["check", "-", "--fix"]);
    assert_eq!(ran.status, Some(2));
    let told = "error: there is no file to fix: the text is standard input\n";
    assert!(ran.stderr.starts_with(told), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_mended_file_keeps_its_mode_and_its_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let test = Test::new().file("real/app.todo", WRONG);
    let real = test.path("real/app.todo");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("a mode");
    symlink("real/app.todo", test.path("app.todo")).expect("a link");
    test.run(&["check", "app.todo", "--fix"]);
    assert_eq!(test.read("real/app.todo"), RIGHT);
    let kind = fs::symlink_metadata(test.path("app.todo")).expect("a link");
    assert!(kind.is_symlink());
    let mode = fs::metadata(&real).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(
        fs::read_dir(test.path("real")).expect("a folder").count(),
        1
    );
}

#[test]
fn a_file_that_is_no_text_stays_as_it_is() {
    let bytes = b"app todo\n\xff teir web {\n";
    let test = Test::new().file("app.todo", bytes);
    let ran = test.run(&["check", "app.todo", "--fix"]);
    assert_eq!(ran.status, Some(1));
    assert_eq!(fs::read(test.path("app.todo")).expect("a file"), bytes);
}

/// Texts with one slip: a token left out, doubled, swapped with the next, or misspelt.
fn slips(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|it: char| !it.is_whitespace()) {
        let from = text.len() - rest.len() + start;
        let length = rest[start..]
            .find(char::is_whitespace)
            .unwrap_or(rest.len() - start);
        tokens.push(from..from + length);
        rest = &text[from + length..];
    }
    let with =
        |at: std::ops::Range<usize>, new: &str| [&text[..at.start], new, &text[at.end..]].concat();
    let mut slips = Vec::new();
    for (index, at) in tokens.iter().enumerate() {
        let token = &text[at.clone()];
        slips.push(with(at.clone(), ""));
        slips.push(with(at.clone(), &format!("{token} {token}")));
        slips.push(with(at.clone(), &token.to_uppercase()));
        slips.push(with(at.clone(), &token.replace('\"', "'")));
        slips.push(with(at.clone(), &token.replace('\"', "")));
        let mut letters: Vec<char> = token.chars().collect();
        if letters.len() > 2 {
            letters.swap(1, 2);
            slips.push(with(at.clone(), &letters.iter().collect::<String>()));
            letters.remove(1);
            slips.push(with(at.clone(), &letters.iter().collect::<String>()));
        }
        if let Some(next) = tokens.get(index + 1) {
            let swapped = [&text[next.clone()], &text[at.end..next.start], token].concat();
            slips.push(with(at.start..next.end, &swapped));
        }
    }
    slips.retain(|slip| slip != text);
    slips
}

fn errors(diagnostics: &[Diagnostic]) -> usize {
    let errors = diagnostics
        .iter()
        .filter(|it| it.severity() == Severity::Error);
    errors.count()
}

/// What one slip leaves has no fault that it hid: so a fix adds none, and what it leaves can't be
/// fixed any further. Most of what is certain gives the very text back.
#[test]
fn no_fix_adds_an_error() {
    let mut failures = Vec::new();
    let (mut mended, mut restored) = (0, 0);
    for fixture in examples() {
        let slips = slips(&fixture.text);
        let random = fastrand::Rng::with_seed(slips.len() as u64).usize(..STEP);
        for slip in slips.iter().skip(random).step_by(STEP) {
            let Fixed {
                text,
                made,
                found,
                left,
                ..
            } = fix(slip, named);
            if made == 0 {
                continue;
            }
            mended += 1;
            restored += usize::from(text == fixture.text);
            if errors(&left) > errors(&found) {
                failures.push(format!(
                    "{}: {} errors became {}:\n{}",
                    fixture.name,
                    errors(&found),
                    errors(&left),
                    diff(slip, &text)
                ));
            }
            let certain = |it: &&Diagnostic| {
                it.fix
                    .as_ref()
                    .is_some_and(|fix| fix.applicability == Applicability::Certain)
            };
            if left.iter().any(|it| certain(&it)) || check_all(&text, named(&text)) != left {
                failures.push(format!(
                    "{}: not done: {left:?}\n{}",
                    fixture.name,
                    diff(&fixture.text, &text)
                ));
            }
        }
    }
    report(&failures);
    assert!(
        mended > 20 && restored * 2 > mended,
        "of {mended} texts, {restored} as they were"
    );
}

/// Of so many slips one is tried: all of them take minutes.
const STEP: usize = 11;

/// A text with one fix made, whether somebody must look at it or not.
fn with(text: &str, fix: &Fix) -> String {
    let certain = Fix {
        applicability: Applicability::Certain,
        ..fix.clone()
    };
    apply(text, [&certain]).0
}

/// What is put forward for a mistake resolves it, be it certain or not.
#[expect(
    clippy::print_stdout,
    reason = "the figures are for whoever reads the log"
)]
#[test]
fn a_fix_resolves_what_it_is_for() {
    let mut failures = Vec::new();
    let (mut all, mut with_fix, mut certain, mut clean) = (0, 0, 0, 0);
    for fixture in fixtures("tests/mistakes") {
        for mistake in mistakes(&fixture) {
            all += 1;
            let found = check_all(&mistake.text, named(&mistake.text));
            let Some((fault, fix)) = found
                .iter()
                .find_map(|found| Some((found, found.fix.as_ref()?)))
            else {
                continue;
            };
            with_fix += 1;
            certain += usize::from(fix.applicability == Applicability::Certain);
            let mended = with(&mistake.text, fix);
            let left = check_all(&mended, named(&mended));
            clean += usize::from(left.is_empty());
            let again = |it: &Diagnostic| (it.code, &it.message) == (fault.code, &fault.message);
            if left.iter().any(again) {
                failures.push(format!(
                    "{}: {}: {} is still there\n{}",
                    fixture.path,
                    mistake.title,
                    fault.message,
                    diff(&mistake.text, &mended)
                ));
            }
        }
    }
    println!(
        "{all} mistakes: {with_fix} have a fix, {certain} a certain one; {clean} are right then"
    );
    report(&failures);
}

/// Every kind of mistake that can be mended by a change of the text has a fix that leaves nothing.
#[test]
fn each_kind_has_its_fix() {
    const WEB: &str = "app shop\ntier web {\n  build nextjs \"./web\" {\n    API = api.public_url\n  }\n  port 3000\n  health \"/\"\n}\ntier api {\n  image \"api:1\"\n  port 80\n}\n";
    let api = |more: &str| WEB.replace("  port 80\n", &format!("  port 80\n  {more}\n"));
    let tier = |inside: &str| format!("app shop\ntier web {{\n  image \"web:1\"\n  {inside}\n}}\n");
    let mut failures = Vec::new();
    for (kind, text) in [
        ("spelling", tier("replcias 2")),
        ("case", tier("Replicas 2")),
        ("quoting", tier("command serve")),
        ("quotes", tier("command 'serve'")),
        ("units", tier("memory 512MB")),
        ("no unit", tier("memory 512")),
        ("a word from elsewhere", tier("scale 2")),
        ("a colon", tier("replicas: 2")),
        ("no expose", WEB.to_owned()),
        ("no host", api("expose nodeport 30080")),
        ("no port chosen", api("expose nodeport").replace("app shop", "app shop { host \"localhost\" }")),
        (
            "audience",
            api("expose ingress \"a.example.com\"").replace("  API = api.public_url", "  NEXT_PUBLIC_API = api.url"),
        ),
        ("too late", tier("health \"/\"").replace("image \"web:1\"", "build nextjs \".\"\n  port 3000\n  env { NEXT_PUBLIC_A = \"b\" }")),
        ("a statement twice", tier("replicas 2\n  replicas 2")),
        ("a variable twice", tier("env { A = \"b\", A = \"b\" }")),
        ("a secret twice", "app shop\nsecret A from env\nsecret A from env\ntier web { image \"web:1\", env { A } }\n".to_owned()),
        ("a secret that nothing reads", "app shop\nsecret A from env\ntier web { image \"web:1\" }\n".to_owned()),
        ("an allow that accepts nothing", tier("allow W0501 \"no\"")),
        ("a typed address", tier("env { A = \"http://api:80\" }").replace("app shop", "app shop\ntier api { image \"api:1\", port 80 }")),
        ("an origin's path", tier("env { CORS_ORIGINS = \"https://a.example/\" }")),
        ("a path twice", api("expose ingress \"a.example\" path \"/api\" tls").replace("public_url", "public_url \"/api\"")),
        ("a command in one word", tier("command \"python -m app\"")),
    ] {
        let found = check_all(&text, named(&text));
        let Some(fix) = found.iter().find_map(|found| found.fix.as_ref()) else {
            failures.push(format!("{kind}: no fix of {found:?}"));
            continue;
        };
        let mended = with(&text, fix);
        let left = check_all(&mended, named(&mended));
        if !left.is_empty() {
            failures.push(format!("{kind}: {left:?} in\n{mended}"));
        }
    }
    report(&failures);
}

fn diff(before: &str, after: &str) -> String {
    similar::TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(0)
        .to_string()
}
