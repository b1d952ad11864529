//! Keys of `config` that have no value: whoever starts the application gives one.

use std::collections::BTreeMap;

use todoc::backend::backend;
use todoc::{Options, compile};

use super::{Compose, Question};
use crate::cli::Test;

const PROGRAM: &str = r#"app shop

config {
  ORDERS_URL
  HOOKS = [config.ORDERS_URL, "b"]
}

tier web {
  image "nginx:1.29"
  port 80
  health "/"
  env { ..config, OTHER = config.ORDERS_URL }
}
"#;

#[test]
fn whoever_starts_it_must_give_them() {
    let Some(mut compose) = Compose::start() else {
        return;
    };
    let options = Options {
        emit: vec![backend("compose").expect("a backend")],
        source_name: "app.todo".to_owned(),
        ..Options::default()
    };
    let built = compile(PROGRAM, &options);
    let file = built.artifacts.iter().find(|it| it.path == "compose.yaml");
    let text = &file.expect("a file").text;
    let mut ask = |given: Option<&str>| {
        let given = given.map(|it| ("ORDERS_URL".to_owned(), it.to_owned()));
        let environment: BTreeMap<_, _> = given.into_iter().collect();
        let folder = "/shop/out";
        compose.ask(&Question {
            text,
            folder,
            environment: &environment,
        })
    };
    for given in [None, Some("")] {
        let refused = ask(given).project.expect_err("it has no value");
        let message = "a setting without a value: set it in your shell, or by --env-file";
        assert!(refused.contains("ORDERS_URL"), "{refused}");
        assert!(refused.contains(message), "{refused}");
    }
    for given in ["https://a.example", "0", "false", "'\"$X ${Y} #\n \\"] {
        let project = ask(Some(given)).project.expect("a project");
        let seen = &project["services"]["web"]["environment"];
        assert_eq!(seen["ORDERS_URL"], given);
        assert_eq!(seen["OTHER"], given);
        assert_eq!(seen["HOOKS"], format!("{given},b"));
    }
}

#[test]
fn the_summary_names_them() {
    let test = Test::new().file("app.todo", PROGRAM);
    let ran = test.run(&["build", "app.todo", "--emit", "compose"]).ok();
    assert!(ran.stdout.contains("\n  $ORDERS_URL\n"), "{ran:?}");
}
