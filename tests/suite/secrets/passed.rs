//! What `pipe` passes on is what the program printed, or the status says that it isn't.

use super::CANARY;
use super::handed::{PIPE, given};
use crate::cli::Test;
use std::process::Command;

/// A value that is the name of the application: what is printed by accident isn't what it was.
#[test]
fn output_that_was_changed_is_no_success() {
    let test = Test::new()
        .file(
            "app.todo",
            "app todoist\nsecret KEY from env\ntier web { image \"nginx:1.29\", env { KEY } }\n",
        )
        .env("KEY", "todoist")
        .env("PATH", "/usr/bin:/bin");
    let shown = test.run(&[&PIPE[..], &["grep", "name:"]].concat());
    assert_eq!(shown.status, Some(2), "{shown:?}");
    assert!(shown.stdout.contains("name: ***-secrets\n"), "{shown:?}");
}

#[test]
fn output_that_has_no_room_is_no_success() {
    let test = given();
    let line = format!(
        "{} secrets pipe app.todo -- echo done >/dev/full",
        env!("CARGO_BIN_EXE_todoc")
    );
    let command = test.command(&[]);
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]).current_dir(test.path(""));
    for (name, value) in command
        .get_envs()
        .filter_map(|(name, value)| Some((name, value?)))
    {
        shell.env(name, value);
    }
    let output = shell.output().expect("sh starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.starts_with("error: can't write what `echo` printed: "),
        "{stderr}"
    );
    assert!(!stderr.contains(CANARY), "{stderr}");
}
