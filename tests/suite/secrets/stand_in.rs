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
