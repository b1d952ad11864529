//! `helm lint --strict` has nothing to say of any chart, and a chart can be a part of another.

use serde_json::json;

use super::chart::{Chart, charts};
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
