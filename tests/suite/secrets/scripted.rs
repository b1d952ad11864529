//! `script`, which does what `apply` does, and `check --live`, against a real API server.

use super::cluster::{
    PASSWORD, SENTRY, SESSION, TODOC, apply, command, fails, kubectl, ran, secret, shop, value,
    values, well,
};
use crate::commands::server;
use serde_json::Value;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

#[test]
fn a_script_does_what_apply_does() {
    let Some(server) = server() else { return };
    let pem = "-----BEGIN CANARY-----\nCANARY \"'$`\\\n-----END CANARY-----\n";
    let right = [
        ("SESSION_KEY", pem),
        ("DB_PASSWORD", PASSWORD),
        ("WEB_KEY", "wk-CANARY"),
    ];
    for (shell, namespace) in [("dash", "secrets-h"), ("bash", "secrets-i")] {
        let test = shop(namespace);
        kubectl(server, &test, &["create", "namespace", namespace]);
        let script = ran(command(
            server,
            &test,
            TODOC,
            &["secrets", "script", "app.todo"],
        ))
        .ok();
        let with = |program: &str, args: &[&str], values: &[(&str, &str)]| {
            let mut command = command(server, &test, program, args);
            command.envs(values.iter().copied());
            ran(command)
        };
        fs::write(test.path("make.sh"), &script.stdout).expect("a file");
        let run = |values: &[(&str, &str)]| with(shell, &["make.sh"], values);
        for (missing, (name, _)) in right.iter().enumerate() {
            let mut some = right.to_vec();
            some.remove(missing);
            fails(&run(&some), 1, &[&format!("${name} isn't set")]);
            some.push((name, " \n "));
            fails(&run(&some), 1, &[&format!("${name} is blank")]);
        }
        let other = |change: (&'static str, &'static str)| [right[0], right[1], right[2], change];
        fails(
            &run(&other(("WEB_KEY", "CANARY"))),
            1,
            &["$WEB_KEY doesn't start with `wk-`"],
        );
        fails(
            &run(&other(("SESSION_KEY", "CANARY"))),
            1,
            &["fewer than 12 characters (make one: openssl rand -hex 32)"],
        );
        fails(
            &run(&other(("SENTRY_DSN", "CANARY"))),
            1,
            &["$SENTRY_DSN isn't a `https://` URL"],
        );
        fails(
            &run(&other(("DB_PASSWORD", "CANARY/CANARY/"))),
            1,
            &["$DB_PASSWORD isn't of letters"],
        );
        well(run(&right));
        assert_eq!(
            value(server, &test, namespace, "shop-secrets", "SESSION_KEY"),
            pem.as_bytes()
        );
        sleep(Duration::from_millis(1100));
        let same = well(with(TODOC, &["secrets", "apply", "app.todo", "-y"], &right));
        assert_eq!(same.stdout.matches("  unchanged  ").count(), 3, "{same:?}");
        // And the other way round, with a key more.
        let more = other(("SENTRY_DSN", SENTRY));
        well(with(TODOC, &["secrets", "apply", "app.todo", "-y"], &more));
        let before = secret(server, &test, namespace, "shop-secrets");
        well(run(&more));
        assert_eq!(secret(server, &test, namespace, "shop-secrets"), before);
        well(run(&right));
        assert!(
            secret(server, &test, namespace, "shop-secrets")["data"]
                .get("SENTRY")
                .is_none()
        );
        let another = other(("DB_PASSWORD", "CANARY-another-one"));
        fails(
            &run(&another),
            1,
            &[
                "database `db` has another password than $DB_PASSWORD",
                "REPLACE=DB_PASSWORD",
            ],
        );
        let replaced = [another.as_slice(), &[("REPLACE", "DB_PASSWORD")]].concat();
        well(run(&replaced));
        assert_eq!(
            value(server, &test, namespace, "shop-db-secrets", "DB_PASSWORD"),
            b"CANARY-another-one"
        );
    }
}

#[test]
fn the_cluster_is_asked_for_names_and_keys() {
    let Some(server) = server() else { return };
    let test = shop("secrets-j");
    let live = |options: &[&str]| {
        let args = ["secrets", "check", "app.todo", "--live"];
        ran(command(server, &test, TODOC, &[&args, options].concat()))
    };
    let none = live(&[]);
    assert_eq!(
        (none.status, none.stdout.matches("  missing  ").count()),
        (Some(1), 7),
        "{none:?}"
    );
    well(apply(
        server,
        &test,
        &values(SESSION, "", PASSWORD),
        &["-y", "--create-namespace"],
    ));
    for (kind, name, keys) in [
        ("generic", "stripe", "--from-literal=api-key=CANARY"),
        (
            "generic",
            "registry-login",
            "--from-literal=.dockerconfigjson=CANARY",
        ),
        ("generic", "shop-web-tls", "--from-literal=tls.crt=CANARY"),
    ] {
        kubectl(
            server,
            &test,
            &["create", "secret", kind, name, "-n", "secrets-j", keys],
        );
    }
    let most = live(&[]);
    assert_eq!(most.status, Some(1));
    assert!(
        most.stdout
            .contains("\nshop-web-tls\n  ok       tls.crt\n  missing  tls.key\n"),
        "{most:?}"
    );
    assert!(
        most.stdout
            .contains("  ok       SESSION_KEY\n  left out SENTRY\n"),
        "{most:?}"
    );
    let report = live(&["--report", "json"]);
    let report: Value = serde_json::from_str(&report.stdout).expect("JSON");
    assert_eq!(report["keys"].as_array().map(Vec::len), Some(8), "{report}");
}
