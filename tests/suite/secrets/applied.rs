//! `apply` against a real API server: what it makes, changes and leaves as it is.

use super::CANARY;
use super::cluster::{
    PASSWORD, SENTRY, SESSION, TODOC, apply, command, done, fails, kubectl, ran, secret, shop,
    value, values, well,
};
use crate::commands::server;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

#[test]
fn secrets_are_made_changed_and_left_as_they_are() {
    let Some(server) = server() else { return };
    let test = shop("secrets-a");
    let of = |values: &str, options: &[&str]| apply(server, &test, values, options);
    let first = values(SESSION, SENTRY, PASSWORD);
    fails(
        &of(&first, &["-y"]),
        2,
        &["namespaces \"secrets-a\" not found", "--create-namespace"],
    );
    let dry = well(of(&first, &["--dry-run", "--create-namespace"]));
    assert!(
        dry.stdout
            .contains("  make       shop-secrets: SESSION_KEY, SENTRY\n"),
        "{dry:?}"
    );
    fails(&of(&first, &["-y"]), 2, &["not found"]);
    let made = well(of(&first, &["-y", "--create-namespace"]));
    assert_eq!(
        done(&made)[1..],
        [
            "made       Secret shop-secrets",
            "made       Secret shop-web-secrets",
            "made       Secret shop-db-secrets",
        ]
    );
    let found = secret(server, &test, "secrets-a", "shop-secrets");
    assert_eq!(
        found["metadata"].get("annotations"),
        None,
        "no second copy: {found}"
    );
    assert_eq!(
        found["metadata"]["labels"]["app.kubernetes.io/managed-by"],
        "todoc"
    );
    assert_eq!(
        value(server, &test, "secrets-a", "shop-db-secrets", "DB_PASSWORD"),
        PASSWORD.as_bytes()
    );
    // The time of a change is a whole second to the server.
    sleep(Duration::from_millis(1100));
    let same = well(of(&first, &["-y"]));
    assert_eq!(same.stdout.matches("  unchanged  ").count(), 3, "{same:?}");
    assert!(done(&same).is_empty());
    // A key that is no longer given goes, and whoever reads the Secret is named.
    let rotated = values("CANARY-session-key-2", "", PASSWORD);
    let dry = well(of(&rotated, &["--dry-run"]));
    assert!(
        dry.stdout.contains(
            "  change     shop-secrets: SESSION_KEY; deletes SENTRY (no value is given)\n"
        ),
        "{dry:?}"
    );
    let changed = well(of(&rotated, &["-y"]));
    assert_eq!(
        done(&changed),
        [
            "changed    Secret shop-secrets",
            "unchanged  Secret shop-web-secrets",
            "unchanged  Secret shop-db-secrets",
            "# pods read a value when they start: restart those that read what changed",
            "kubectl rollout restart -n secrets-a deployment/shop-web deployment/shop-worker",
        ]
    );
    let found = secret(server, &test, "secrets-a", "shop-secrets");
    assert_eq!(
        found["data"].as_object().map(serde_json::Map::len),
        Some(1),
        "{found}"
    );
    // With the option it is restarted at once, where it runs.
    let again = of(&values(SESSION, "", PASSWORD), &["-y", "--restart"]);
    fails(&again, 2, &["deployments.apps \"shop-web\" not found"]);
}

#[test]
fn a_secret_of_anybody_is_taken_over_with_its_other_keys() {
    let Some(server) = server() else { return };
    let test = shop("secrets-b");
    kubectl(server, &test, &["create", "namespace", "secrets-b"]);
    let create = [
        "create",
        "secret",
        "generic",
        "shop-secrets",
        "-n",
        "secrets-b",
    ];
    let keys = [
        "--from-literal=SESSION_KEY=old",
        "--from-literal=OTHER=theirs",
    ];
    kubectl(server, &test, &[&create[..], &keys].concat());
    let password = format!("--from-literal=DB_PASSWORD={PASSWORD}");
    let create = [
        "create",
        "secret",
        "generic",
        "shop-db-secrets",
        "-n",
        "secrets-b",
        &password,
    ];
    kubectl(server, &test, &create);
    let given = values(SESSION, "", PASSWORD);
    let changed = well(apply(server, &test, &given, &["-y"]));
    assert_eq!(
        done(&changed)[..3],
        [
            "changed    Secret shop-secrets",
            "made       Secret shop-web-secrets",
            // The same password by another hand.
            "changed    Secret shop-db-secrets",
        ]
    );
    assert_eq!(
        value(server, &test, "secrets-b", "shop-secrets", "SESSION_KEY"),
        SESSION.as_bytes()
    );
    assert_eq!(
        value(server, &test, "secrets-b", "shop-secrets", "OTHER"),
        b"theirs"
    );
}

#[test]
fn a_database_keeps_its_password() {
    let Some(server) = server() else { return };
    let test = shop("secrets-c");
    let of = |password: &str, options: &[&str]| {
        apply(server, &test, &values(SESSION, SENTRY, password), options)
    };
    well(of(PASSWORD, &["-y", "--create-namespace"]));
    let refused = of("CANARY-another-one", &["-y"]);
    fails(
        &refused,
        1,
        &[
            "database `db` has another password than $DB_PASSWORD",
            "ALTER ROLE",
            "--replace DB_PASSWORD",
        ],
    );
    let name = "shop-db-secrets";
    assert_eq!(
        value(server, &test, "secrets-c", name, "DB_PASSWORD"),
        PASSWORD.as_bytes()
    );
    let replaced = well(of(
        "CANARY-another-one",
        &["-y", "--replace", "DB_PASSWORD"],
    ));
    let all = replaced.stdout.as_str();
    // Whoever logs in is restarted, and not the database.
    assert!(
        all.contains("deployment/shop-web") && !all.contains("statefulset"),
        "{all}"
    );
    assert_eq!(
        value(server, &test, "secrets-c", name, "DB_PASSWORD"),
        b"CANARY-another-one"
    );
}

/// It reads the user beside the password, and changes the password in its servers by itself.
#[test]
fn an_operator_is_given_the_user_and_a_new_password() {
    let Some(server) = server() else { return };
    let test = shop("secrets-op");
    let several = test
        .read("app.todo")
        .replace("{ version 17,", "{ version 17, instances 3,");
    assert!(several.contains("instances 3"));
    test.write("app.todo", &several);
    let of = |password: &str, options: &[&str]| {
        apply(server, &test, &values(SESSION, SENTRY, password), options)
    };
    well(of(PASSWORD, &["-y", "--create-namespace"]));
    let name = "shop-db-secrets";
    let read = |key: &str| value(server, &test, "secrets-op", name, key);
    assert_eq!(read("username"), b"shop");
    assert_eq!(read("password"), PASSWORD.as_bytes());
    let labels = &secret(server, &test, "secrets-op", name)["metadata"]["labels"];
    assert_eq!(labels["cnpg.io/reload"], "true");
    well(of("CANARY-another-one", &["-y"]));
    assert_eq!(read("username"), b"shop");
    assert_eq!(read("password"), b"CANARY-another-one");
}

#[test]
fn a_value_is_made_once() {
    let Some(server) = server() else { return };
    let test = shop("secrets-d");
    let of = |password: &str, options: &[&str]| {
        apply(
            server,
            &test,
            &values(SESSION, SENTRY, password),
            &[&["-y", "--generate"], options].concat(),
        )
    };
    fails(
        &of(PASSWORD, &["DB_PASSWORD"]),
        2,
        &["$DB_PASSWORD has a value"],
    );
    fails(
        &of("", &["DB_PASWORD"]),
        2,
        &[
            "no secret has its value from $DB_PASWORD",
            "did you mean `--generate DB_PASSWORD`?",
        ],
    );
    let made = well(of("", &["DB_PASSWORD", "--create-namespace"]));
    let password = || value(server, &test, "secrets-d", "shop-db-secrets", "DB_PASSWORD");
    let first = password();
    assert!(first.len() == 32 && first.is_ascii(), "by its rules");
    let shown = format!("{made:?}");
    let first_text = String::from_utf8(first.clone()).expect("ASCII");
    assert!(!shown.contains(&first_text), "it isn't shown");
    // The cluster's stays, whatever else is written.
    let again = well(of("", &["DB_PASSWORD"]));
    assert_eq!(
        again.stdout.matches("  unchanged  ").count(),
        3,
        "{again:?}"
    );
    assert_eq!(password(), first);
    // Without its Secret, the data of a database keeps a password that nobody knows.
    kubectl(
        server,
        &test,
        &["delete", "secret", "shop-db-secrets", "-n", "secrets-d"],
    );
    let claim = r#"{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data-shop-db-0",
        "namespace":"secrets-d"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}"#;
    fs::write(test.path("claim.json"), claim).expect("a file");
    kubectl(server, &test, &["apply", "-f", "claim.json"]);
    fails(
        &of("", &["DB_PASSWORD"]),
        2,
        &[
            "database `db` has data with a password already",
            "without `--generate`",
        ],
    );
}

#[test]
fn values_come_back_as_they_were() {
    let Some(server) = server() else { return };
    let test = shop("secrets-e");
    kubectl(server, &test, &["create", "namespace", "secrets-e"]);
    let long = CANARY.repeat(150_000);
    let odd = [
        "CANARY \"quotes\" `and` $HOME ${x} \\n %s {{ .x }}",
        "-----BEGIN CANARY-----\nCANARY\n\n  two\ttabs\n-----END CANARY-----\n",
        "\u{1f600} CANARY \u{7f}\u{85}\u{2028}\u{feff} \u{e9}",
        "true: null # CANARY",
        &long,
    ];
    for text in odd {
        // A byte-order mark, quotes and backslashes have no place in files that all read alike.
        let mut apply = command(
            server,
            &test,
            TODOC,
            &["secrets", "apply", "app.todo", "-y"],
        );
        if text.len() < 100_000 {
            apply.envs([
                ("SESSION_KEY", text),
                ("DB_PASSWORD", PASSWORD),
                ("WEB_KEY", "wk-CANARY"),
            ]);
        } else {
            fs::write(test.path("x.env"), values(text, "", PASSWORD)).expect("a file");
            apply.args(["--env-file", "x.env"]);
        }
        well(ran(apply));
        let stored = value(server, &test, "secrets-e", "shop-secrets", "SESSION_KEY");
        assert!(stored == text.as_bytes(), "{} bytes", stored.len());
    }
}
