//! Keys of `config` that have no value: whoever installs a chart gives one. What comments of the source say
//! of them stands among the values.

use todoc::backend::backend;
use todoc::{Compiled, Options, compile};

use super::chart::Chart;
use super::{Case, HELMS, Helm};
use crate::cli::Test;

const PROGRAM: &str = r#"app shop

config {
  LOG_LEVEL = "info"

  # Not of the next key.

  # Where orders go: ask {{ the }} "sales" team.
  #   Twice a day.
  ORDERS_URL
  HOOKS = [config.ORDERS_URL, "b"]
  # ghp_0123456789abcdefghijklmnopqrstuvwxyzAB was the old one
  LAST = "x"
}

tier web {
  image "nginx:1.29"
  port 80
  health "/"
  env { ..config }
}
"#;

fn built(program: &str, emit: &[&str]) -> Compiled {
    let emit = emit.iter().map(|name| backend(name).expect("a backend"));
    let options = Options {
        emit: emit.collect(),
        source_name: "app.todo".to_owned(),
        ..Options::default()
    };
    compile(program, &options)
}

fn codes(compiled: &Compiled) -> Vec<&'static str> {
    let all = compiled.diagnostics.iter();
    all.map(|it| it.code.number()).collect()
}

#[test]
fn only_what_holds_values_needs_them() {
    for (emit, expected) in [
        (&["helm"][..], &[][..]),
        (&["docker", "helm"], &[]),
        (&["kubernetes"], &["E0302"]),
        (&["compose", "docker"], &[]),
        (&["kubernetes", "helm"], &["E0302"]),
        (&[], &["E0302"]),
    ] {
        assert_eq!(codes(&built(PROGRAM, emit)), expected, "{emit:?}");
    }
    // What is fixed before the installation needs it nonetheless.
    for line in [
        r#"annotate "example.com/a" = config.ORDERS_URL"#,
        r#"annotate "example.com/a" = config.HOOKS"#,
    ] {
        let program = PROGRAM.replace("  env {", &format!("  {line}\n  env {{"));
        assert_eq!(codes(&built(&program, &["helm"])), ["E0302"], "{line}");
    }
    let test = Test::new().file("app.todo", PROGRAM);
    test.run(&["check", "app.todo", "--emit", "helm"]).ok();
    assert_eq!(test.run(&["check", "app.todo"]).status, Some(1));
    // Secrets have nothing to do with it.
    test.run(&["secrets", "list", "app.todo"]).ok();
}

#[test]
fn an_installation_must_give_them() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let all = [built(PROGRAM, &["helm"])];
    let chart = Chart::of("shop".to_owned(), 0, &all).expect("a chart");
    for version in HELMS {
        let refused = helm.ask_one(&chart.files, Case::render(version));
        let error = refused.error.unwrap_or_default();
        let line = "\n- config.ordersUrl: ORDERS_URL is required";
        assert!(error.ends_with(line), "Helm {version}: {error}");
        for (given, url, hooks) in [
            (
                "\"https://a.example\"",
                "https://a.example",
                "https://a.example,b",
            ),
            ("false", "false", "false,b"),
            ("0", "0", "0,b"),
            ("1000000", "1000000", "1000000,b"),
        ] {
            let case = Case::render(version).file(&format!("config: {{ordersUrl: {given}}}\n"));
            let answer = helm.ask_one(&chart.files, case);
            assert_eq!(answer.error, None, "Helm {version}: {given}");
            let map = &answer.objects["templates/configmap.yaml"][0]["data"];
            assert_eq!(
                (&map["ORDERS_URL"], &map["HOOKS"]),
                (&url.into(), &hooks.into())
            );
        }
        let example = helm.ask_one(&chart.files, Case::render(version).file(chart.example()));
        assert_eq!(example.error, None, "Helm {version}");
    }
}

#[test]
fn comments_of_the_source_stand_above_values() {
    let all = [built(PROGRAM, &["helm"])];
    let chart = Chart::of("shop".to_owned(), 0, &all).expect("a chart");
    let values = &chart.files["values.yaml"];
    let block = "  # Where orders go: ask {{ the }} \"sales\" team.\n  # Twice a day.\n  \
                 # The variable ORDERS_URL; required\n  ordersUrl: \"\"\n";
    assert!(values.contains(block), "{values}");
    assert!(!values.contains("Not of the next key"), "{values}");
    assert!(!values.contains("ghp_"), "{values}");
    let text: Vec<_> = chart.files.values().map(String::as_str).collect();
    assert!(!text.concat().contains("ghp_"));

    // Characters that end lines may not stand in comments; those that readers of YAML refuse may.
    for hostile in [
        "\u{fffe}\u{ffff} a: b",
        "\u{2028}a: b",
        "\u{feff} x",
        "#### x: {} ####",
        "- {{ fail }}",
    ] {
        let program = PROGRAM.replace("Where orders go", hostile);
        let all = [built(&program, &["helm"])];
        let chart = Chart::of("shop".to_owned(), 0, &all).expect("a chart");
        let other = chart.read("values.yaml");
        assert_eq!(other["config"]["ordersUrl"], "", "{hostile:?}");
        if let Some(mut helm) = Helm::start() {
            for version in HELMS {
                let case = Case::render(version).file(chart.example());
                assert_eq!(helm.ask_one(&chart.files, case).error, None, "{hostile:?}");
            }
        }
    }
}

#[test]
fn what_secrets_must_be_is_said_in_characters_of_yaml() {
    let program = r#"app shop { helm { secrets values } }

secret TOKEN from env { starts_with "ODD" }

tier web {
  image "nginx:1.29"
  port 80
  health "/"
  env { TOKEN }
}
"#;
    for odd in ["\u{fffe}", "\u{ffff}x", "\u{e9}\u{fffe}: a #"] {
        let all = [built(&program.replace("ODD", odd), &["helm"])];
        assert!(codes(&all[0]).iter().all(|code| !code.starts_with('E')));
        let chart = Chart::of("shop".to_owned(), 0, &all).expect("a chart");
        let values = chart.read("values.yaml");
        assert_eq!(values["secrets"]["token"], "", "{odd:?}");
    }
}
