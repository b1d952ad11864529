//! What a program asks for: `list` and `template`, which read no value.

use super::{RIGHT, ran, right, shop, with};
use crate::cli::Test;
use serde_json::{Value, json};

#[test]
fn the_list_says_what_is_asked_for_and_who_reads_it() {
    let expected = "\
Secrets of shop for target local, in namespace shop
others, with --target NAME: production

shop-secrets
  SESSION_KEY  from $SESSION_KEY, at least 12 characters (make one: openssl rand
    -hex 32)
    read by web, worker, clean; line 3 of app.todo
  SENTRY  optional, from $SENTRY_DSN, a `https://` URL
    read by web, worker, clean; line 4 of app.todo

shop-web-secrets
  OWN_KEY  from $WEB_KEY, starts with `wk-`
    read by web, worker, clean; line 13 of app.todo

shop-db-secrets
  DB_PASSWORD  from $DB_PASSWORD, at least 12 characters, of letters, digits,
    `-`, `.`, `_` and `~` alone
    read by db, web, worker, clean; line 7 of app.todo

stripe
  somebody else's, with api-key

registry-login
";
    // Whatever the environment holds.
    let test = with(shop(), &RIGHT);
    let list = right(&test, &["secrets", "list", "app.todo"]);
    assert!(list.starts_with(expected), "{list}");
    for text in [
        "  the registry's credentials, with .dockerconfigjson\n",
        "\nshop-web-tls\n  the certificate of shop.example.com, with tls.crt, tls.key\n  kubectl create secret tls",
    ] {
        assert!(list.contains(text), "{list}");
    }
    assert!(
        list.lines().all(|line| line.chars().count() <= 80),
        "{list}"
    );
    let there = right(&test, &["secrets", "list", "app.todo", "-t", "production"]);
    assert!(there.starts_with("Secrets of shop for target production, in namespace shop-prod\n\n"));
}

#[test]
fn the_list_is_also_for_programs() {
    let list = right(
        &shop(),
        &["secrets", "list", "app.todo", "--report", "json"],
    );
    let list: Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(list["namespace"], "shop");
    assert_eq!(list["target"], "local");
    assert_eq!(
        list["secrets"][0]["keys"][1],
        json!({
            "key": "SENTRY", "variable": "SENTRY_DSN", "optional": true,
            "rules": ["a `https://` URL"], "message": null,
            "readers": ["web", "worker", "clean"], "line": 4,
        })
    );
    let names = |of: &str| -> Vec<_> {
        let list = list[of].as_array().expect("a list").iter();
        list.map(|it| it["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(
        names("secrets"),
        ["shop-secrets", "shop-web-secrets", "shop-db-secrets"]
    );
    assert_eq!(
        names("others"),
        ["stripe", "registry-login", "shop-web-tls"]
    );
}

#[test]
fn a_template_is_filled_in_and_read() {
    let test = with(shop(), &RIGHT);
    let template = right(&test, &["secrets", "template", "app.todo"]);
    assert!(template.contains(
        "\n# make one: openssl rand -hex 32\n# at least 12 characters, read by web, worker, clean\nSESSION_KEY=''\n"
    ), "{template}");
    assert!(
        template.contains(
            "\n# optional, a `https://` URL, read by web, worker, clean\nSENTRY_DSN=''\n"
        ),
        "{template}"
    );
    // As it is, nothing of it counts as given.
    let empty = shop().file("x.env", &template);
    let check = ran(
        &empty,
        &["secrets", "check", "app.todo", "--env-file", "x.env"],
    );
    assert_eq!(check.status, Some(1));
    assert_eq!(
        check.stdout.matches("\n  missing  ").count(),
        3,
        "{check:?}"
    );
    let mut filled = template;
    for (name, value) in RIGHT {
        filled = filled.replace(&format!("{name}=''"), &format!("{name}='{value}'"));
    }
    let filled = shop().file("x.env", filled);
    let check = right(
        &filled,
        &["secrets", "check", "app.todo", "--env-file", "x.env"],
    );
    assert_eq!(check.matches("\n  ok       ").count(), 4, "{check}");
}

#[test]
fn what_users_wrote_breaks_out_of_no_template() {
    let program = "app shop\nsecret A from env { message \"one\\nB='forged'\\u2028\\u001b[2J\" }\n\
                tier web { image \"nginx:1.29\", port 80, env { A } }\n";
    let test = Test::new().file("app.todo", program);
    let template = right(&test, &["secrets", "template", "app.todo"]);
    let lines: Vec<_> = template
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    assert_eq!(lines, ["A=''"], "{template:?}");
    assert!(!template.contains('\u{1b}'), "{template:?}");
}

#[test]
fn external_secrets_name_values_in_a_store() {
    let test = with(shop(), &RIGHT);
    let args = [
        "secrets",
        "template",
        "app.todo",
        "--as",
        "external-secret",
        "--store",
    ];
    let of = |store: &str| ran(&test, &[&args[..], &[store]].concat());
    let printed = of("ClusterSecretStore/vault").ok().stdout;
    let documents = serde_yaml::Deserializer::from_str(&printed);
    let documents: Vec<Value> = documents
        .map(|it| serde::Deserialize::deserialize(it).expect("YAML"))
        .collect();
    assert_eq!(documents.len(), 3);
    assert_eq!(
        documents[1]["spec"],
        json!({
            "refreshInterval": "1h",
            "secretStoreRef": { "kind": "ClusterSecretStore", "name": "vault" },
            "target": { "name": "shop-web-secrets" },
            "data": [{ "secretKey": "OWN_KEY", "remoteRef": { "key": "WEB_KEY" } }],
        })
    );
    // One that needn't be there isn't asked for.
    assert!(!printed.contains("SENTRY"), "{printed}");
    for wrong in ["", "a b", "Secret/x", "x/y", "Vault", "SecretStore/"] {
        let ran = of(wrong);
        assert_eq!(
            (ran.status, ran.stdout.as_str()),
            (Some(2), ""),
            "{wrong:?}: {ran:?}"
        );
        assert!(ran.stderr.contains("--store NAME"), "{ran:?}");
    }
    let ran = ran(&test, &args[..5]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("--store <STORE>"), "{ran:?}");
}

#[test]
fn an_external_secret_for_an_operator_has_the_user_too() {
    let program = "app shop\npostgres db { version 17, instances 3, storage 1Gi, secret PASSWORD from env }\n";
    let test = Test::new().file("app.todo", program);
    let args = [
        "secrets",
        "template",
        "app.todo",
        "--as",
        "external-secret",
        "--store",
        "vault",
    ];
    let printed = ran(&test, &args).ok().stdout;
    let document: Value = serde_yaml::from_str(&printed).expect("one document");
    let target = &document["spec"]["target"];
    assert_eq!(target["template"]["data"], json!({ "username": "shop" }));
    assert_eq!(target["template"]["mergePolicy"], "Merge");
    let labels = &target["template"]["metadata"]["labels"];
    assert_eq!(labels["cnpg.io/reload"], "true", "{printed}");
    assert_eq!(document["spec"]["data"][0]["secretKey"], "password");
    let script = ran(&test, &["secrets", "script", "app.todo"]).ok().stdout;
    assert!(
        script.contains("data:\n  \"username\": \"c2hvcA==\""),
        "{script}"
    );
}

#[test]
fn a_wrong_text_ends_every_command() {
    let test = with(shop(), &RIGHT).file("wrong.todo", SHOP_WITHOUT_IMAGE);
    for command in ["list", "template", "check"] {
        let ran = ran(&test, &["secrets", command, "wrong.todo"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""), "{ran:?}");
        assert!(
            ran.stderr.contains("; nothing was done; `todoc explain E"),
            "{ran:?}"
        );
        let ran = super::ran(&test, &["secrets", command, "app.todo", "-t", "prod"]);
        assert_eq!(
            ran.stderr,
            "error: there is no target `prod` in app.todo\nhelp: it has: local, production\n"
        );
        assert_eq!(ran.status, Some(2));
        let ran = super::ran(&test, &["secrets", command, "none.todo"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
    }
}

const SHOP_WITHOUT_IMAGE: &str =
    "app shop\nsecret A from env\ntier web { port 80, env { A, B } }\n";

#[test]
fn an_application_without_secrets_says_so() {
    let test = Test::new().file(
        "app.todo",
        "app shop\ntier web { image \"nginx:1.29\", port 80 }\n",
    );
    let of = |command| right(&test, &["secrets", command, "app.todo"]);
    assert_eq!(
        of("list"),
        "Secrets of shop, in namespace shop\nit has none\n"
    );
    assert_eq!(
        of("check"),
        "Values of the secrets of shop\nit asks for none\n"
    );
}
