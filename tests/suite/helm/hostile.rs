//! Values that nobody should set: each is refused with words, or arrives as it is.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use todoc::backend::helm;
use todoc::backend::helm::ValueKind as Is;

use super::another::nested;
use super::chart::{Chart, at as value_of, charts};
use super::{Answer, Case, HELMS, Helm};
use crate::objects::undecodable;
use crate::support::report;

/// Texts that readers of YAML and templates stumble over.
const TEXTS: &[&str] = &[
    "{{ .Release.Name }}",
    "it's \"quoted\" \\ and `more`",
    "two\nlines\n",
    " # no comment: {a: [b",
    "\u{1f980}\u{e9}\u{2028}",
    "yes",
    "0123",
    "1e3",
    "$(HOME) $HOME ${HOME} $$",
    "--- \n...",
];

/// Control characters, which Helm 3 can't read where there is a schema.
const CONTROL: &str = "\u{1}\u{7f}\u{85}\u{9b}";

/// What isn't a text.
fn others() -> Vec<Value> {
    vec![
        Value::Null,
        json!(12345),
        json!(1_000_000),
        json!(9_007_199_254_740_993_i64),
        json!(-1),
        json!(3.10),
        json!(1e21),
        json!(true),
        json!([]),
        json!(["a"]),
        json!([null]),
        json!({}),
        json!({ "a": null }),
        json!({ "a": "b" }),
    ]
}

/// Whether Helm refuses values in words that say which.
fn is_worded(error: &str) -> bool {
    error.contains("these values are wrong:")
        || error.contains("values don't meet the specifications of the schema")
}

/// Whether a text stands in objects: as it is, or as variables of containers are written.
fn arrives(answer: &Answer, text: &str) -> bool {
    fn has(value: &Value, texts: &[String]) -> bool {
        match value {
            Value::String(found) => texts.contains(found),
            Value::Array(items) => items.iter().any(|it| has(it, texts)),
            Value::Object(fields) => fields.values().any(|it| has(it, texts)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    let texts = [text.to_owned(), text.replace('$', "$$")];
    answer.all().any(|object| has(object, &texts))
}

/// What a value must read as where it is taken.
fn text_of(kind: Is, value: &Value) -> Option<String> {
    match (kind, value) {
        (Is::Text | Is::Config, Value::String(text)) if !text.is_empty() => Some(text.clone()),
        (Is::Config, Value::Number(_) | Value::Bool(_)) => Some(value.to_string()),
        (Is::Texts, Value::Object(fields)) => {
            let mut texts = fields.values().filter_map(Value::as_str);
            texts.next().map(str::to_owned)
        }
        _ => None,
    }
}

/// What is wrong with an answer about a hostile value.
fn wrong(value: &helm::ChartValue, hostile: &Value, answer: &Answer) -> Vec<String> {
    if let Some(error) = &answer.error {
        let is_worded = is_worded(error);
        return (!is_worded)
            .then(|| format!("{hostile} is refused so: {error}"))
            .into_iter()
            .collect();
    }
    let mut found: Vec<_> = answer
        .objects
        .iter()
        .filter(|(template, _)| !template.starts_with("templates/objects/"))
        .flat_map(|(_, objects)| objects)
        .filter(|object| object["kind"] != "Secret")
        .flat_map(undecodable)
        .map(|problem| format!("{hostile} gives {problem}"))
        .collect();
    if let Some(text) = text_of(value.kind, hostile)
        && !arrives(answer, &text)
    {
        found.push(format!("{hostile} is lost"));
    }
    found
}

/// Of so many hostile values one is tried for each value of a chart, the next one for the next: with
/// `TODOC_HOSTILE=1` all of them, which takes minutes.
fn step() -> usize {
    let said = std::env::var("TODOC_HOSTILE").ok();
    said.map_or(24, |said| said.parse().expect("a number from 1 on"))
}

#[test]
fn hostile_values_are_refused_with_words_or_arrive() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    let texts = TEXTS.iter().map(|text| json!(text));
    let all: Vec<_> = others().into_iter().chain(texts).collect();
    // One of each kind of chart is enough: by tier, by field, with secrets of its own.
    let wanted = [
        "fullstack for production",
        "todo-helm",
        "todo-chatbot",
        "jobs",
        "databases",
    ];
    let charts = charts();
    let charts: Vec<_> = charts
        .iter()
        .filter(|it| wanted.contains(&it.name.as_str()))
        .collect();
    assert_eq!(charts.len(), wanted.len(), "these programs are there");
    for (at, chart) in charts.iter().enumerate() {
        // Both say the same of most: one chart for each.
        let version = HELMS[at % HELMS.len()];
        let defaults = chart.read("values.yaml");
        for (number, value) in chart.values().iter().enumerate() {
            let is_map = value.kind == Is::Texts;
            let mut hostile = all.clone();
            if version == 4 {
                hostile.push(json!(CONTROL));
            }
            if is_map {
                let texts = hostile.iter().filter(|it| it.is_string());
                hostile = texts
                    .map(|text| json!({ "example.com/a": text }))
                    .chain(others())
                    .collect();
            }
            let case = |hostile: &Value| {
                let case = Case::render(version)
                    .into(&chart.app.namespace.name)
                    .file(chart.example());
                case.values(&nested(&value.path, hostile.clone()))
            };
            let mut at = number;
            hostile.retain(|_| {
                at += 1;
                at.is_multiple_of(step())
            });
            let cases: Vec<_> = hostile.iter().map(case).collect();
            let answers = helm.ask(&chart.files, &cases);
            for (hostile, answer) in hostile.iter().zip(&answers) {
                // It isn't read as long as something else is set.
                let is_idle = value.derived.is_some()
                    && *value_of(&defaults, value) == json!("")
                    && value.kind == Is::Text
                    && hostile == "";
                let found = if is_idle {
                    Vec::new()
                } else {
                    wrong(value, hostile, answer)
                };
                let path = value.path.join(".");
                let name = &chart.name;
                failures.extend(
                    found
                        .iter()
                        .map(|it| format!("{name}, Helm {version}, {path}: {it}")),
                );
            }
        }
        // Whole groups, and keys that there aren't.
        for (number, group) in groups(chart).iter().enumerate() {
            let path = group.join(".");
            let mut at = number;
            for hostile in others() {
                at += 1;
                if !at.is_multiple_of(step()) {
                    continue;
                }
                let case = Case::render(version)
                    .file(chart.example())
                    .values(&nested(group, hostile.clone()));
                let answer = helm.ask_one(&chart.files, case);
                if let Some(error) = answer.error.filter(|error| !is_worded(error)) {
                    failures.push(format!(
                        "{}, Helm {version}, {path}: {hostile}: {error}",
                        chart.name
                    ));
                }
            }
            let mut unknown = group.clone();
            unknown.last_mut().expect("a key").push('s');
            let case = Case::render(version).values(&nested(&unknown, json!(1)));
            let answer = helm.ask_one(&chart.files, case);
            if !answer.error.is_some_and(|error| is_worded(&error)) {
                failures.push(format!(
                    "{}, Helm {version}: {path}s isn't refused",
                    chart.name
                ));
            }
        }
    }
    report(&failures);
}

/// The paths of all groups of a chart's values.
fn groups(chart: &Chart) -> BTreeSet<Vec<String>> {
    let values = chart.values();
    let groups = values.iter().flat_map(|value| {
        let lengths = 1..value.path.len();
        lengths.map(|length| value.path[..length].to_vec())
    });
    groups.collect()
}

/// What nobody may read in anything that Helm says.
const CANARY: &str = "CANARY-7f3a";

#[test]
fn no_message_shows_a_secret() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    let mut tried = 0;
    for chart in charts() {
        let values = chart.values();
        let secrets: Vec<_> = values.iter().filter(|it| it.kind == Is::Secret).collect();
        if secrets.is_empty() {
            continue;
        }
        let wrongs = [
            json!(CANARY),
            json!(format!("{CANARY}\n{{{{ fail \"x\" }}}} \"' \u{1f980}")),
            json!([CANARY]),
            json!({ "a": CANARY }),
        ];
        // What is wrong elsewhere makes Helm speak.
        let others = [
            json!({}),
            json!({ "no-such-value": 1 }),
            json!({ "enabled": { "a": 1 } }),
        ];
        for version in HELMS {
            for wrong in &wrongs {
                let set = |case: Case| {
                    let secrets = secrets.iter();
                    secrets.fold(case, |case, it| {
                        case.values(&nested(&it.path, wrong.clone()))
                    })
                };
                let rendered = others
                    .iter()
                    .map(|other| set(Case::render(version)).values(other));
                let linted = std::iter::once(set(Case::lint(version)));
                let cases: Vec<_> = rendered.chain(linted).collect();
                for answer in helm.ask(&chart.files, &cases) {
                    tried += 1;
                    let said = format!("{:?} {:?} {}", answer.error, answer.said, answer.notes);
                    if said.contains("CANARY") {
                        failures.push(format!("{}, Helm {version}: {said}", chart.name));
                    }
                }
            }
        }
    }
    assert!(tried > 0, "no chart has secrets");
    report(&failures);
}
