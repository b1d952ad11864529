//! Which variables the file reads, and what a container has where one isn't set.

use super::{Compose, built, file, read};
use crate::cli::Test;

const PROGRAM: &str = r#"app a
config { A_WEB_PORT }
secret DSN from env SENTRY_DSN { optional }
secret PLAIN from env { optional }
secret MAYBE from object "vendor" key "maybe" { optional }
secret THEIRS from object "vendor" key "theirs"
tier web {
  image "nginx:1.29"
  port 8000
  expose forward 8000
  env { A_WEB_PORT, DSN, PLAIN, MAYBE, THEIRS }
}
"#;

#[test]
fn an_optional_secret_that_is_not_set_is_left_out_where_that_can_be_said() {
    let Some(mut compose) = Compose::start() else {
        return;
    };
    let built = built(PROGRAM);
    let text = file(&built);
    let given = [("THEIRS", "x"), ("A_WEB_PORT", "y")];
    let project = read(&mut compose, text, &given).project.expect("a project");
    let all = &project["services"]["web"]["environment"];
    for left_out in ["PLAIN", "MAYBE"] {
        assert!(all[left_out].is_null(), "{left_out}: {all}");
    }
    assert_eq!(all["DSN"], "");
    let losses = built.notes.iter().filter(|it| it.code.number() == "L0220");
    let losses: Vec<_> = losses.map(|it| it.message.as_str()).collect();
    assert_eq!(
        losses,
        ["the absence of `DSN`: it is set and empty where $SENTRY_DSN isn't set"]
    );
    let more = [
        &given[..],
        &[("PLAIN", "p"), ("MAYBE", "m"), ("SENTRY_DSN", "s")],
    ]
    .concat();
    let project = read(&mut compose, text, &more).project.expect("a project");
    let all = &project["services"]["web"]["environment"];
    assert_eq!([&all["PLAIN"], &all["MAYBE"], &all["DSN"]], ["p", "m", "s"]);
}

/// A key of `config` that is named as the variable of the port would be.
#[test]
fn the_variable_of_a_port_is_nothing_else() {
    let built = built(PROGRAM);
    let text = file(&built);
    assert!(
        text.contains("\"127.0.0.1:${A_WEB_PORT_:-8000}:8000\""),
        "{text}"
    );
}

#[test]
fn the_summary_names_secrets_of_others() {
    let test = Test::new().file("app.todo", PROGRAM);
    let told = test
        .run(&["build", "app.todo", "--emit", "compose"])
        .ok()
        .stdout;
    let section = "\nSecrets that Compose reads from your shell, or with `--env-file .env` from a\n  file\n  \
                   $SENTRY_DSN, optional: a secret: set it in your shell, or by --env-file\n  \
                   $PLAIN, optional: a secret: set it in your shell, or by --env-file\n  \
                   $MAYBE, optional: its value is in a Secret of the cluster\n  \
                   $THEIRS: its value is in a Secret of the cluster\n";
    assert!(told.contains(section), "{told}");
}

/// Steps for a cluster and for this machine don't go on where the others stop.
#[test]
fn steps_stand_together_by_format() {
    let test = Test::new().file(
        "app.todo",
        "app a { images local }\ntier web { build go \"./web\", port 8000, health \"/\" }\n",
    );
    let args = [
        "build",
        "app.todo",
        "--emit",
        "kubernetes,compose",
        "--no-context",
    ];
    let told = test.run(&args).ok().stdout;
    let at = |words: &str| {
        told.find(words)
            .unwrap_or_else(|| panic!("{words} in {told}"))
    };
    let order = [
        "docker buildx bake",
        "kubectl apply",
        "rollout status",
        " up --wait",
        " down\n",
    ];
    let places: Vec<_> = order.iter().map(|words| at(words)).collect();
    assert!(places.is_sorted(), "{told}");
    // Where nothing is for a cluster, nothing is said of one.
    let alone = test
        .run(&["build", "app.todo", "--emit", "compose", "--no-context"])
        .ok()
        .stdout;
    assert!(
        !alone.contains("buildx") && !alone.contains("Kubernetes reserves"),
        "{alone}"
    );
}

/// What keeps a build from being made is named, and not what doesn't.
#[test]
fn a_loss_that_is_denied_is_explained() {
    let test = Test::new().file(
        "app.todo",
        "app a\ntier web { image \"nginx:1.29\", cpu 100m, port 9090 }\n",
    );
    let told = test.run(&["build", "app.todo", "--emit", "compose", "--deny", "loss"]);
    assert_eq!(told.status, Some(1), "{told:?}");
    assert!(told.stderr.contains("warning[W0514]"), "{told:?}");
    let last = told.stderr.lines().last().unwrap_or_default();
    assert!(
        last.ends_with("; losses are denied; `todoc explain L0216` says more"),
        "{told:?}"
    );
}
