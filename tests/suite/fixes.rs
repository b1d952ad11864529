//! Fixes: `check --fix` makes those that are certain, and they make nothing worse.

use std::fs;

use todoc::diag::{Applicability, Diagnostic, Severity};
use todoc::{Fixed, check_all, fix};

use crate::cli::Test;
use crate::support::{examples, named, report};

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
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (Some(0), "app.todo: no errors\n")
    );
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

fn diff(before: &str, after: &str) -> String {
    similar::TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(0)
        .to_string()
}
