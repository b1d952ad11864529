//! Names of the source that would be one name among values: each keeps a value of its own.

use serde_json::json;
use todoc::backend::backend;
use todoc::{Options, compile, compile_all};

use super::Helm;
use super::another::nested;
use super::chart::Chart;
use super::equality::{case, otherwise};
use crate::support::report;

const PROGRAM: &str = r#"app shop {
}

config { LOG_LEVEL = "info", logLevel = "debug", LOG__LEVEL = "warn" }

secret API_KEY from env
secret apiKey from env

tier a-1 {
  image "nginx:1.29"
  port 80
  health "/"
  env { ..config, ..secrets }
}

tier a1 {
  image "nginx:1.28"
  port 80
  health "/"
  env { ..config }
}

target here {
  ingress "api.example.com" { "/" = a-1 }
  ingress "api.example.org" { "/" = a1 }
}
"#;

#[test]
fn each_keeps_a_value_of_its_own() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    for secrets in ["existing", "values"] {
        for order in ["tier", "field"] {
            let app = format!("app shop {{\n  helm {{ secrets {secrets}, values by {order} }}\n");
            let program = PROGRAM.replace("app shop {\n", &app);
            let emit = ["kubernetes", "helm"].map(|name| backend(name).expect("a backend"));
            let options = Options {
                emit: emit.to_vec(),
                source_name: "app.todo".to_owned(),
                ..Options::default()
            };
            let built = compile_all(&program, &options).builds;
            let chart = Chart::of(app, 0, &built).expect("a chart");
            let answer = helm.ask_one(&chart.files, case(4, &chart));
            let found = otherwise(&chart, &answer);
            failures.extend(found.iter().map(|it| format!("{}: {it}", chart.name)));
            let path = if order == "tier" {
                json!({ "a-1": { "replicaCount": 3 } })
            } else {
                json!({ "replicaCount": { "a-1": 3 } })
            };
            let set = case(4, &chart)
                .values(&path)
                .values(&json!({ "config": { "LOG__LEVEL": "error" } }));
            let answer = helm.ask_one(&chart.files, set);
            let replicas = |name: &str| {
                let path = format!("templates/{name}/deployment.yaml");
                answer.objects[&path][0]["spec"]["replicas"].clone()
            };
            assert_eq!((replicas("a-1"), replicas("a1")), (json!(3), json!(1)));
            let data = &answer.objects["templates/configmap.yaml"][0]["data"];
            let expected =
                json!({ "LOG_LEVEL": "info", "logLevel": "debug", "LOG__LEVEL": "error" });
            assert_eq!(data, &expected);
        }
    }
    report(&failures);
}

/// Names that mean something among values already.
const TAKEN: &str = r#"app shop {
  helm { secrets values, values by ORDER }
}

config { LOG_LEVEL = "info" }

secret EXISTING_SECRET from env
secret existingSecret from env

tier global {
  image "nginx:1.29"
  port 80
  health "/"
  env { ..config, ..secrets }
}

tier global-tier {
  image "nginx:1.28"
  port 80
  health "/"
}

tier pause-rollouts {
  build fastapi "./api"
  port 8000
  health "/"
  migrate "alembic" "upgrade" "head"
}
"#;

#[test]
fn names_that_mean_something_already_are_values_all_the_same() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    for order in ["tier", "field"] {
        let emit = ["kubernetes", "helm"].map(|name| backend(name).expect("a backend"));
        let options = Options {
            emit: emit.to_vec(),
            ..Options::default()
        };
        let built = compile_all(&TAKEN.replace("ORDER", order), &options).builds;
        let chart = Chart::of(order.to_owned(), 0, &built).expect("a chart");
        let answer = helm.ask_one(&chart.files, case(4, &chart));
        let found = otherwise(&chart, &answer);
        assert_eq!(found, [""; 0], "by {order}");
        let values = chart.values();
        let path = |thing: Option<&str>, field: &str| {
            let mut values = values.iter();
            let value = values.find(|it| it.thing.as_deref() == thing && it.field == field);
            value
                .unwrap_or_else(|| panic!("{order}: no {field}"))
                .path
                .clone()
        };
        let mut set = case(4, &chart);
        for (name, text) in [("EXISTING_SECRET", "first"), ("existingSecret", "second")] {
            set = set.values(&nested(
                &path(None, &format!("secrets.{name}")),
                json!(text),
            ));
        }
        let things = ["global", "global-tier", "pause-rollouts"];
        for (thing, replicas) in things.iter().zip(3..) {
            set = set.values(&nested(&path(Some(thing), "replicaCount"), json!(replicas)));
        }
        let answer = helm.ask_one(&chart.files, set);
        assert_eq!(answer.error, None, "by {order}");
        for (thing, replicas) in things.iter().zip(3..) {
            let path = format!("templates/{thing}/deployment.yaml");
            let found = &answer.objects[&path][0]["spec"]["replicas"];
            assert_eq!(found, replicas, "by {order}: {thing}");
        }
        let data = &answer.objects["templates/secret.yaml"][0]["data"];
        let expected = json!({ "EXISTING_SECRET": "Zmlyc3Q=", "existingSecret": "c2Vjb25k" });
        assert_eq!(data, &expected, "by {order}");
    }
}

/// A secret has one path.
#[test]
fn no_secret_has_two_paths() {
    let program = "app shop { helm { secrets values, value \"a\" secret.KEY, value \"b\" secret.KEY } }\n\
         secret KEY from env\n\
         tier web {\n  image \"nginx:1.29\"\n  port 80\n  health \"/\"\n  env { KEY }\n}\n";
    let options = Options {
        emit: backend("helm").into_iter().collect(),
        ..Options::default()
    };
    let found = compile(program, &options).diagnostics;
    let said: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(said, ["`secret.KEY` has two paths"]);
}

/// A path that the chart has by itself, one above it and one below it.
#[test]
fn no_path_is_taken_twice() {
    for (path, expected) in [
        ("web.replicaCount", &["E0321"][..]),
        ("web.image", &["E0321"]),
        ("web.replicaCount.x", &["E0321"]),
        ("web", &["E0321"]),
        ("imagePullSecrets", &["E0321"]),
        ("enabled.web", &["E0221"]),
        ("web.logs", &[]),
        ("webs", &[]),
        ("global.web.image", &[]),
    ] {
        let program = format!(
            "app shop {{ helm {{ value \"{path}\" config.LOG_LEVEL }} }}\nconfig {{ LOG_LEVEL = \"info\" }}\n\
             tier web {{\n  image \"nginx:1.29\"\n  port 80\n  health \"/\"\n  env {{ ..config }}\n}}\n"
        );
        let options = Options {
            emit: backend("helm").into_iter().collect(),
            ..Options::default()
        };
        let compiled = compile(&program, &options);
        let codes: Vec<_> = compiled
            .diagnostics
            .iter()
            .map(|it| it.code.number())
            .collect();
        assert_eq!(codes, expected, "{path}");
    }
}
