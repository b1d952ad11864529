//! `helm lint --strict` has nothing to say of any chart, and a chart can be a part of another.

use serde_json::json;

use todoc::backend::backend;
use todoc::{Options, compile_all};

use super::chart::{Chart, charts};
use super::equality::{case, otherwise};
use super::{Case, Files, HELMS, Helm};
use crate::support::report;

/// What lint may say of a chart, and why.
const SAID: &[(&str, &str)] = &[(
    "these values are wrong:",
    "what an installation must set is told, and fails nothing",
)];

#[test]
fn lint_finds_nothing_in_any_chart() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    for chart in charts() {
        for version in HELMS {
            // Without values, as most do; and with what somebody gives who installs it.
            let cases = [
                Case::lint(version),
                Case::lint(version).file(chart.example()),
            ];
            for answer in helm.ask(&chart.files, &cases) {
                let known = |line: &&String| SAID.iter().all(|(text, _)| !line.contains(text));
                let said = answer.said.iter().filter(known).chain(&answer.error);
                failures.extend(said.map(|line| format!("{}, Helm {version}: {line}", chart.name)));
            }
        }
    }
    report(&failures);
}

/// A chart whose one part is another, installed under a condition, beside a `global` that is somebody
/// else's.
fn parent(chart: &Chart) -> Files {
    let name = &chart.app.name;
    let version = chart.read("Chart.yaml")["version"]
        .as_str()
        .expect("a version")
        .to_owned();
    let mut files: Files = chart
        .files
        .iter()
        .map(|(path, text)| (format!("charts/{name}/{path}"), text.clone()))
        .collect();
    let head = json!({ "apiVersion": "v2", "name": "parent", "version": "1.0.0",
        "icon": "https://example.com/icon.png",
        "dependencies": [{ "name": name, "version": version, "condition": format!("{name}.enabled"),
            "repository": "" }] });
    files.insert("Chart.yaml".to_owned(), head.to_string());
    let values = json!({ "global": { "registry": "example.com", "storageClass": "fast" } });
    files.insert("values.yaml".to_owned(), values.to_string());
    files
}

#[test]
fn a_chart_can_be_a_part_of_another() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    for chart in charts() {
        let name = &chart.app.name;
        let example: serde_json::Value = serde_yaml::from_str(chart.example()).expect("YAML");
        let parent = parent(chart);
        for version in HELMS {
            let alone = helm.ask_one(&chart.files, Case::render(version).file(chart.example()));
            let with = |enabled: bool| {
                let mut values = if example.is_object() {
                    example.clone()
                } else {
                    json!({})
                };
                values["enabled"] = json!(enabled);
                Case::render(version).values(&json!({ name: values }))
            };
            let answers = helm.ask(&parent, &[with(true), with(false)]);
            if let Some(error) = &answers[0].error {
                failures.push(format!("{}, Helm {version}: {error}", chart.name));
            } else if answers[0].all().count() != alone.all().count() {
                failures.push(format!("{}, Helm {version}: objects are lost", chart.name));
            }
            if answers[1].error.is_some() || answers[1].all().count() > 0 {
                failures.push(format!(
                    "{}, Helm {version}: the condition counts for nothing",
                    chart.name
                ));
            }
        }
    }
    report(&failures);
}

/// Whatever version an application has, Helm takes the chart, and the label that names it is one.
#[test]
fn charts_of_any_version_are_taken() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let name = "a".repeat(40);
    for version in [
        "1.0",
        "v2",
        "2024.05.01",
        "0123",
        "latest",
        "1.2.3.4",
        "1.0.0-rc.1",
        "1.0.0-01",
        "1.0.0-aaaaaaaaaaaaaaa.b",
        "18446744073709551616.0.0",
        "1e3",
    ] {
        let program = format!(
            "app {name} {{ version \"{version}\" }}\ntier web {{\n  image \"nginx:1.29\"\n  port 80\n  health \"/\"\n}}\n"
        );
        let emit = ["kubernetes", "helm"].map(|name| backend(name).expect("a backend"));
        let options = Options {
            emit: emit.to_vec(),
            ..Options::default()
        };
        let built = compile_all(&program, &options).builds;
        let chart = Chart::of(version.to_owned(), 0, &built);
        let chart = chart.unwrap_or_else(|| panic!("{version}: {:?}", built[0].diagnostics));
        assert_eq!(chart.read("Chart.yaml")["appVersion"], version);
        for helms in HELMS {
            let cases = [Case::lint(helms), case(helms, &chart)];
            let answers = helm.ask(&chart.files, &cases);
            assert_eq!(answers[0].said, [""; 0], "Helm {helms}, {version}");
            assert_eq!(
                otherwise(&chart, &answers[1]),
                [""; 0],
                "Helm {helms}, {version}"
            );
            for object in answers[1].all() {
                let label = object["metadata"]["labels"]["helm.sh/chart"].as_str();
                let label = label.expect("a label");
                let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let is_label = label.len() <= 63
                    && is_end(label.chars().next())
                    && is_end(label.chars().next_back());
                assert!(is_label, "Helm {helms}, {version}: {label}");
            }
        }
    }
}
