//! What a cluster says rarely, by a stand-in for kubectl.

use super::{CANARY, ran};
use crate::cli::{Ran, Test};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fs;
use std::os::unix::fs::PermissionsExt;

const PROGRAM: &str =
    "app shop\nsecret PIN from env\ntier web { image \"nginx:1.29\", port 80, env { PIN } }\n";

/// The folder of an application whose one value is this, with a kubectl whose answers are these lines
/// of a shell's `case`.
fn given(value: &'static str, answers: &str) -> Test {
    let test = Test::new()
        .file("app.todo", PROGRAM)
        .env("PIN", value)
        .env("PATH", "bin:/usr/bin:/bin");
    let script = format!("#!/bin/sh\ncase \"$*\" in\n{answers}\nesac\n");
    fs::create_dir(test.path("bin")).expect("a folder");
    let program = test.path("bin/kubectl");
    fs::write(&program, script).expect("a file");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    test
}

fn apply(test: &Test) -> Ran {
    ran(test, &["secrets", "apply", "app.todo", "-y"])
}

/// A Secret that was written twice within one second: the server's times of the two are the same.
#[test]
fn a_value_that_changes_twice_in_a_second_is_written_twice() {
    for (stored, deed) in [("CANARY-old", "changed"), ("CANARY-new", "")] {
        let encoded = STANDARD.encode(stored);
        let answers = format!(
            r"*'config view'*) printf 'here\nhttps://127.0.0.1\n' ;;
*'={{{{range'*) echo 'PIN {encoded}' ;;
*--dry-run=server*) cat >/dev/null; printf '5\n2026-01-01T00:00:00Z\nPIN\n' ;;
*apply*) cat >/dev/null; printf '6\n2026-01-01T00:00:00Z\nPIN\n' ;;
*) printf '5\n2026-01-01T00:00:00Z\nPIN\n' ;;"
        );
        let told = apply(&given("CANARY-new", &answers)).ok().stdout;
        let has_changed = told.contains("changed    Secret shop-secrets\n");
        assert_eq!(has_changed, !deed.is_empty(), "{told}");
        assert_eq!(told.contains("unchanged"), deed.is_empty(), "{told}");
    }
}

/// Whatever kubectl prints, in plain text and in base64, on both of its outputs.
#[test]
fn a_kubectl_that_prints_the_value_is_masked() {
    let encoded = STANDARD.encode("CANARY-new");
    for says in ["CANARY-new", encoded.as_str()] {
        for (status, to) in [(1, ">&2"), (0, ">&2"), (0, "")] {
            let answers = format!("*) cat; echo 'it is {says}' {to}; exit {status} ;;");
            let told = apply(&given("CANARY-new", &answers));
            let shown = format!("{}{}", told.stdout, told.stderr);
            assert!(
                !shown.contains(CANARY) && !shown.contains(&encoded),
                "{told:?}"
            );
            assert!(status == 0 || told.status == Some(2), "{told:?}");
        }
    }
}

/// One that ends without an answer made no Secret that is known, and one that leaves a program behind holds
/// nothing up for long.
#[test]
fn a_kubectl_without_an_answer_is_an_error() {
    for ends in ["exit 0", "(sleep 600 &); exit 1"] {
        let answers = format!(
            r"*'config view'*) printf 'here\nhttps://127.0.0.1\n' ;;
*apply*) {ends} ;;
*) exit 0 ;;"
        );
        let told = apply(&given("CANARY-new", &answers));
        let shown = format!("{}{}", told.stdout, told.stderr);
        assert_eq!(told.status, Some(2), "{told:?}");
        assert!(
            shown.contains("kubectl") && !shown.contains("made"),
            "{told:?}"
        );
    }
}

/// Two Secrets, and three tiers that read them.
const TWO: &str = "app shop\n\
                   secret PIN from env\n\
                   secret OTHER from env\n\
                   tier web { image \"nginx:1.29\", port 80, env { PIN } }\n\
                   tier api { image \"nginx:1.29\", port 80, env { OTHER } }\n\
                   tier own { image \"nginx:1.29\", port 80, secret KEY from env }\n";

/// A cluster that has old values of two Secrets, and does so with what is asked for behind them.
fn of_two(answers: &str) -> Test {
    let old = STANDARD.encode("CANARY-old");
    let other = STANDARD.encode("CANARY-other");
    let known = format!(
        r"{answers}
*'config view'*) printf 'here\nhttps://127.0.0.1\n' ;;
*'get secret shop-secrets'*'={{{{range'*) printf 'OTHER {other}\nPIN {old}\n' ;;
*'get secret shop-own-secrets'*'={{{{range'*) printf 'KEY {old}\n' ;;
*--dry-run=server*) cat >/dev/null; printf '6\n2026-01-02T00:00:00Z\nKEY\nPIN\nOTHER\n' ;;
*apply*) cat >/dev/null; printf '6\n2026-01-02T00:00:00Z\nKEY\nPIN\nOTHER\n' ;;
*rollout*) echo 'restarted CANARY-pin' ;;
*'get secret shop-secrets'*) printf '5\n2026-01-01T00:00:00Z\nPIN\nOTHER\n' ;;
*'get secret shop-own-secrets'*) printf '5\n2026-01-01T00:00:00Z\nKEY\n' ;;"
    );
    let test = given("CANARY-pin", &known);
    test.write("app.todo", TWO);
    test.env("OTHER", "CANARY-other").env("KEY", "CANARY-key")
}

const LINE: &str = "kubectl rollout restart -n shop deployment/shop-web deployment/shop-own\n";

/// `OTHER` has the value that it had.
#[test]
fn what_reads_no_key_that_changed_goes_on() {
    let told = apply(&of_two("")).ok().stdout;
    assert!(told.ends_with(LINE), "{told}");
}

#[test]
fn what_changed_before_a_failure_is_to_be_restarted() {
    let fails = of_two("*rollout*) echo no >&2; exit 1 ;;");
    let told = ran(&fails, &["secrets", "apply", "app.todo", "-y", "--restart"]);
    assert_eq!(told.status, Some(2), "{told:?}");
    assert!(told.stdout.ends_with(LINE), "{told:?}");
    assert!(told.stderr.contains("kubectl failed:\nno"), "{told:?}");
    // The second Secret can't be written.
    let counts = "*--dry-run=server*) cat >/dev/null; printf '6\\n2026-01-02T00:00:00Z\\nKEY\\nPIN\\nOTHER\\n' ;;\n\
                  *apply*) cat >/dev/null; [ ! -e wrote ] || { echo no >&2; exit 1; }; touch wrote; \
                  printf '6\\nnow\\nPIN\\nOTHER\\n' ;;";
    let told = apply(&of_two(counts));
    assert_eq!(told.status, Some(2), "{told:?}");
    let line = "kubectl rollout restart -n shop deployment/shop-web\n";
    assert!(told.stdout.ends_with(line), "{told:?}");
    // What kubectl says is masked, and what restarts is said by it.
    let told = ran(
        &of_two(""),
        &["secrets", "apply", "app.todo", "-y", "--restart"],
    );
    assert!(told.stdout.ends_with("restarted ***\n"), "{told:?}");
}

/// Masking changes what is shown, and nothing that is handed on.
#[test]
fn a_value_may_be_the_name_of_the_context() {
    let answers = r"*'config view'*) printf 'CANARY-pin\nhttps://127.0.0.1\n' ;;
*'--context=CANARY-pin '*--dry-run=server*) cat >/dev/null; printf '1\nnow\nPIN\n' ;;
*'--context=CANARY-pin '*apply*) cat >/dev/null; printf '1\nnow\nPIN\n' ;;
*'--context=CANARY-pin '*) ;;
*) echo 'no such context' >&2; exit 1 ;;";
    let told = apply(&given("CANARY-pin", answers)).ok().stdout;
    assert!(
        told.starts_with("context *** (https://127.0.0.1), namespace shop\n"),
        "{told}"
    );
    assert!(told.ends_with("made       Secret shop-secrets\n"), "{told}");
}

#[test]
fn a_value_that_the_cluster_keeps_is_named() {
    let test = of_two("").env("KEY", "").env("OTHER", "");
    let told = apply(&test);
    assert_eq!(told.status, Some(1), "{told:?}");
    assert!(
        told.stderr.ends_with(
            "help: the cluster has a value for $OTHER, $KEY; to keep it, add `--generate OTHER --generate KEY`\n"
        ),
        "{told:?}"
    );
    // Without a cluster there is no more to say.
    let alone = of_two("*) exit 1 ;;").env("KEY", "");
    let told = apply(&alone);
    assert_eq!(told.status, Some(1), "{told:?}");
    assert!(!told.stderr.contains("help:"), "{told:?}");
}

#[test]
fn why_kubectl_fails_is_said_in_words() {
    for (says, expected) in [
        (
            "error: current-context must exist in order to minify",
            "error: kubectl has no current context, and so no cluster to write to\nhelp: name one of `kubectl config get-contexts`",
        ),
        (
            "The Secret \"a\" is invalid: type: Invalid value: \"Opaque\": field is immutable",
            "help: there is a Secret of that name and of another type",
        ),
        (
            "The Secret \"a\" is invalid: data: Forbidden: field is immutable when `immutable` is set",
            "help: the Secret is immutable",
        ),
    ] {
        let answers = format!("*) echo '{says}' >&2; exit 1 ;;");
        let told = apply(&given("CANARY-new", &answers));
        assert_eq!(told.status, Some(2), "{told:?}");
        assert!(told.stderr.contains(expected), "{told:?}");
        assert!(!told.stderr.contains("minify"), "{told:?}");
    }
}
