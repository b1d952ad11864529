//! What the tests share that run commands against a real API server.

use super::{CANARY, SHOP};
use crate::cli::{Ran, Test};
use crate::server::Server;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

/// The application in a namespace of a test's own.
pub(super) fn shop(namespace: &str) -> Test {
    let head = format!("version \"1.0.0\", namespace {namespace}");
    let text = SHOP
        .replace("version \"1.0.0\"", &head)
        .replace("namespace shop-prod", "");
    Test::new().file("app.todo", text)
}

/// The values, in a file.
pub(super) fn values(session: &str, sentry: &str, password: &str) -> String {
    format!(
        "SESSION_KEY='{session}'\nSENTRY_DSN='{sentry}'\nDB_PASSWORD='{password}'\nWEB_KEY='wk-CANARY'\n"
    )
}

pub(super) const SESSION: &str = "CANARY-session-key";
pub(super) const SENTRY: &str = "https://CANARY@example.com";
pub(super) const PASSWORD: &str = "CANARY-db-password";

/// A command that finds the cluster.
pub(super) fn command(server: &Server, test: &Test, program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(test.path("")).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
        .env("KUBECONFIG", &server.kubeconfig)
        .env("HOME", test.path(""));
    command.stdin(Stdio::null());
    command
}

/// What came of one, which shows no value.
pub(super) fn ran(mut command: Command) -> Ran {
    let output = command.output().expect("the program is here");
    let utf8 = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let ran = Ran {
        status: output.status.code(),
        stdout: utf8(output.stdout),
        stderr: utf8(output.stderr),
    };
    assert!(!format!("{ran:?}").contains(CANARY), "{ran:?}");
    ran
}

pub(super) const TODOC: &str = env!("CARGO_BIN_EXE_todoc");

/// `todoc secrets apply` with the values of a file, and more options.
pub(super) fn apply(server: &Server, test: &Test, values: &str, options: &[&str]) -> Ran {
    fs::write(test.path("x.env"), values).expect("a file");
    let args = ["secrets", "apply", "app.todo", "--env-file", "x.env"];
    ran(command(server, test, TODOC, &[&args, options].concat()))
}

pub(super) fn kubectl(server: &Server, test: &Test, args: &[&str]) -> String {
    let output = command(server, test, "kubectl", args)
        .output()
        .expect("kubectl");
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A Secret as the server has it, without what every write changes.
pub(super) fn secret(server: &Server, test: &Test, namespace: &str, name: &str) -> Value {
    let args = ["get", "secret", name, "-n", namespace, "-o", "json"];
    let mut found: Value = serde_json::from_str(&kubectl(server, test, &args)).expect("JSON");
    let metadata = found["metadata"].as_object_mut().expect("an object");
    for key in ["uid", "creationTimestamp", "resourceVersion"] {
        metadata.remove(key);
    }
    found
}

pub(super) fn value(
    server: &Server,
    test: &Test,
    namespace: &str,
    name: &str,
    key: &str,
) -> Vec<u8> {
    let found = secret(server, test, namespace, name);
    let encoded = found["data"][key]
        .as_str()
        .expect("the key is there")
        .to_owned();
    STANDARD.decode(encoded).expect("base64")
}

/// The lines that say what was done.
pub(super) fn done(ran: &Ran) -> Vec<&str> {
    let words = [
        "made ",
        "changed ",
        "unchanged ",
        "written ",
        "kubectl",
        "#",
    ];
    let lines = ran.stdout.lines();
    lines
        .filter(|line| words.iter().any(|word| line.starts_with(word)))
        .collect()
}

pub(super) fn well(ran: Ran) -> Ran {
    assert_eq!(ran.status, Some(0), "{ran:?}");
    ran
}

pub(super) fn fails(ran: &Ran, status: i32, words: &[&str]) {
    assert_eq!(ran.status, Some(status), "{ran:?}");
    for word in words {
        assert!(ran.stderr.contains(word), "{word}: {ran:?}");
    }
}
