//! `apply` where it may not, where nothing answers, and where somebody says no.

use super::CANARY;
use super::cluster::{
    PASSWORD, SENTRY, SESSION, TODOC, apply, command, done, fails, kubectl, ran, shop, value,
    values, well,
};
use crate::cli::Test;
use crate::commands::server;
use crate::server::Server;
use serde_json::Value;
use std::fs;
use std::process::Stdio;

#[test]
fn what_the_server_refuses_writes_nothing() {
    let Some(server) = server() else { return };
    let test = shop("secrets-f");
    let given = values(SESSION, SENTRY, PASSWORD);
    well(apply(server, &test, &given, &["-y", "--create-namespace"]));
    let patch = [
        "patch",
        "secret",
        "shop-web-secrets",
        "-n",
        "secrets-f",
        "-p",
        r#"{"immutable":true}"#,
    ];
    kubectl(server, &test, &patch);
    let other = given
        .replace("wk-CANARY", "wk-CANARY-2")
        .replace(SESSION, "CANARY-session-other");
    fails(
        &apply(server, &test, &other, &["-y"]),
        2,
        &["immutable", "kubectl delete secret"],
    );
    // The one before it, which could have been written, wasn't.
    assert_eq!(
        value(server, &test, "secrets-f", "shop-secrets", "SESSION_KEY"),
        SESSION.as_bytes()
    );
}

/// A configuration of another user, or another server.
fn configured(server: &Server, test: &Test, change: impl Fn(&mut Value)) -> String {
    let before = fs::read_to_string(&server.kubeconfig).expect("a file");
    let mut config: Value = serde_yaml::from_str(&before).expect("YAML");
    change(&mut config);
    fs::write(test.path("config"), config.to_string()).expect("a file");
    test.path("config").display().to_string()
}

#[test]
fn without_rights_a_cluster_or_kubectl_nothing_happens() {
    let Some(server) = server() else { return };
    let test = shop("secrets-g").file("x.env", values(SESSION, SENTRY, PASSWORD));
    kubectl(server, &test, &["create", "namespace", "secrets-g"]);
    let args = ["secrets", "apply", "app.todo", "--env-file", "x.env", "-y"];
    let with = |config: &str, options: &[&str]| {
        let mut command = command(server, &test, TODOC, &[&args, options].concat());
        command.env("KUBECONFIG", config);
        ran(command)
    };
    let nobody = configured(server, &test, |config| {
        config["users"][0]["user"]["as"] = "nobody".into();
    });
    fails(
        &with(&nobody, &[]),
        2,
        &["(Forbidden)", "ask for the right"],
    );
    // Who may write and not read is told that something was written.
    let role = [
        "create",
        "role",
        "writer",
        "-n",
        "secrets-g",
        "--verb=patch,create",
        "--resource=secrets",
    ];
    kubectl(server, &test, &role);
    let binding = [
        "create",
        "rolebinding",
        "writer",
        "-n",
        "secrets-g",
        "--role=writer",
        "--user=nobody",
    ];
    kubectl(server, &test, &binding);
    fails(
        &with(&nobody, &[]),
        1,
        &["database `db` may have another password"],
    );
    let written = well(with(&nobody, &["--replace", "DB_PASSWORD"]));
    assert_eq!(done(&written)[0], "written    Secret shop-secrets");
    fails(
        &with(&nobody, &["--generate", "SESSION_KEY"]),
        2,
        &["$SESSION_KEY has a value"],
    );

    let config = server.kubeconfig.display().to_string();
    fails(
        &with(&config, &["--context", "nope"]),
        2,
        &["context nope", "kubectl config get-contexts"],
    );
    fails(
        &with("/nonexistent", &[]),
        2,
        &["kubectl has no current context", "--context"],
    );
    let gone = configured(server, &test, |config| {
        config["clusters"][0]["cluster"]["server"] = "https://127.0.0.1:1".into();
    });
    fails(&with(&gone, &[]), 2, &["127.0.0.1:1 was refused"]);
    let mut alone = command(server, &test, TODOC, &args);
    alone.env("PATH", test.path(""));
    let told = ran(alone);
    fails(
        &told,
        2,
        &[
            "`kubectl` isn't installed, or isn't in the PATH\n",
            "todoc secrets script",
        ],
    );
}

#[test]
fn the_answer_decides() {
    let Some(server) = server() else { return };
    let test = shop("secrets-k").file("x.env", values(SESSION, SENTRY, PASSWORD));
    kubectl(server, &test, &["create", "namespace", "secrets-k"]);
    let line = format!("{TODOC} secrets apply app.todo --env-file x.env");
    let answer = |keys: &str| {
        // Whoever runs the tests in the background may ignore Ctrl-C, and all that they start.
        let script = ["--default-signal=INT", "script", "-qec", &line, "/dev/null"];
        let mut terminal = command(server, &test, "env", &script);
        terminal
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = terminal.spawn().expect("script is part of Debian");
        let mut shown = Vec::new();
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut stdin = child.stdin.take();
        let mut piece = [0; 512];
        while let Ok(number) = std::io::Read::read(&mut stdout, &mut piece)
            && number > 0
        {
            shown.extend_from_slice(&piece[..number]);
            if String::from_utf8_lossy(&shown).contains("[y/N]")
                && let Some(mut stdin) = stdin.take()
            {
                std::io::Write::write_all(&mut stdin, keys.as_bytes()).expect("it listens");
                // Its end would be one for the terminal as well.
                if keys.ends_with('\n') {
                    std::mem::forget(stdin);
                }
            }
        }
        let status = child.wait().expect("it ends");
        let shown = String::from_utf8(shown).expect("UTF-8");
        assert!(!shown.contains(CANARY), "{shown}");
        (status.code(), shown)
    };
    let there = || {
        let args = ["get", "secrets", "-n", "secrets-k", "-o", "name"];
        kubectl(server, &test, &args).lines().count()
    };
    for keys in ["n\n", "\n", "kubectl apply -f out\n", "yy\n", "\x04"] {
        let (status, shown) = answer(keys);
        assert_eq!((status, there()), (Some(1), 0), "{keys:?}: {shown}");
        assert!(shown.contains("nothing was written"), "{keys:?}: {shown}");
        assert!(
            shown.contains("Write 4 keys to 3 Secrets in namespace secrets-k of context "),
            "{shown}"
        );
    }
    let (status, shown) = answer("\x03");
    assert_eq!((status, there()), (Some(130), 0), "{shown}");
    let (status, shown) = answer("y\n");
    assert_eq!((status, there()), (Some(0), 3), "{shown}");
    // Where nobody is, nobody is asked.
    let args = ["secrets", "apply", "app.todo", "--env-file", "x.env"];
    let nobody = ran(command(server, &test, TODOC, &args));
    nobody.fails(
        "error: there is no terminal to ask on before anything is written\n\
         help: say yes beforehand with `-y`, or look first with `--dry-run`\n",
    );
    let piped = ["secrets", "apply", "app.todo", "--env-file", "-"];
    fails(
        &ran(command(server, &test, TODOC, &piped)),
        2,
        &["standard input can't be read and answer"],
    );
}
