//! What a chart is like: its values, its schema and its templates belong together, and a person can
//! read them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use todoc::backend::helm::ValueKind;

use super::chart::{Chart, charts};
use super::equality::charts_of;
use super::{Case, Helm};
use crate::generated::seeds_of;
use crate::generator::program;
use crate::support::report;

/// The most kinds of helpers, and the most lines of one; those that are a ConfigMap's data have a line
/// for each key.
const MOST_HELPERS: usize = 7;
const MOST_LINES: usize = 18;

/// Fields that `toYaml` may write: the schema lets no free text into them.
const BY_TO_YAML: &[&str] = &["resources", "tolerations", "affinity", "imagePullSecrets"];

fn templates(chart: &Chart) -> impl Iterator<Item = (&str, &str)> {
    let files = chart.files.iter();
    let files = files.map(|(path, text)| (path.as_str(), text.as_str()));
    files.filter(|(path, _)| path.starts_with("templates/"))
}

/// The actions of templates, without comments.
fn actions(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("{{").skip(1);
    let actions = parts.map(|part| part.split_once("}}").map_or(part, |(action, _)| action));
    actions.filter(|action| {
        !action
            .trim_start_matches('-')
            .trim_start()
            .starts_with("/*")
    })
}

/// The paths below `.Values` that an action reads.
fn read(action: &str) -> Vec<Vec<String>> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let dotted = action.split(".Values.").skip(1).map(|rest| {
        let end = rest
            .find(|c: char| !is_key(c) && c != '.')
            .unwrap_or(rest.len());
        rest[..end]
            .trim_end_matches('.')
            .split('.')
            .map(str::to_owned)
            .collect()
    });
    let indexed = action.split("index .Values ").skip(1).map(|rest| {
        let rest = rest.split(')').next().unwrap_or(rest);
        rest.split('"')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    });
    dotted.chain(indexed).collect()
}

/// The places of leaves in values: what isn't a mapping, or one without keys.
fn leaves(value: &Value, path: &[String], found: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                leaves(value, &[path, std::slice::from_ref(key)].concat(), found);
            }
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => found.push(path.to_vec()),
    }
}

fn wrong(chart: &Chart) -> Vec<String> {
    let mut wrong = Vec::new();
    let values = chart.values();
    assert!(values.len() > 5, "{}: no values", chart.name);
    let paths: Vec<_> = values.iter().map(|value| &value.path).collect();
    let is_near =
        |one: &[String], other: &[String]| one.starts_with(other) || other.starts_with(one);
    let read: BTreeSet<Vec<String>> = templates(chart)
        .flat_map(|(_, text)| actions(text))
        .flat_map(read)
        .collect();
    for path in &read {
        if !paths.iter().any(|it| is_near(it, path)) {
            wrong.push(format!(
                "templates read {}, which is no value",
                path.join(".")
            ));
        }
    }
    let mut there = Vec::new();
    leaves(&chart.read("values.yaml"), &[], &mut there);
    for path in &there {
        if !paths.iter().any(|it| path.starts_with(it)) {
            wrong.push(format!(
                "values.yaml has {}, which is no value",
                path.join(".")
            ));
        }
    }
    let schema = chart.read("values.schema.json");
    for value in &values {
        let name = value.path.join(".");
        if !read.iter().any(|it| is_near(it, &value.path)) {
            wrong.push(format!("no template reads {name}"));
        }
        if !there.iter().any(|it| it.starts_with(&value.path)) {
            wrong.push(format!("values.yaml has no {name}"));
        }
        let own = value
            .path
            .iter()
            .try_fold(&schema, |at, key| at.get("properties")?.get(key));
        let Some(own) = own else {
            wrong.push(format!("the schema has no {name}"));
            continue;
        };
        if !own["description"]
            .as_str()
            .is_some_and(|it| it.contains(' '))
        {
            wrong.push(format!("nobody explains {name}"));
        }
        let mut words = own.as_object().into_iter().flat_map(|it| it.keys());
        let is_type_alone = own["type"] == "string"
            && words.all(|word| ["description", "type"].contains(&word.as_str()));
        if value.kind == ValueKind::Secret && !is_type_alone {
            wrong.push(format!(
                "the schema says more of the secret {name} than its type: {own}"
            ));
        }
    }
    if schema["$schema"] != "http://json-schema.org/draft-07/schema#" {
        wrong.push("the schema isn't of draft 7".to_owned());
    }
    open(&schema, "", &mut wrong);
    wrong.extend(properties(&schema, &paths));
    wrong.extend(in_templates(chart));
    wrong
}

/// Objects of the schema with fields of their own let no others in, but for `global`.
fn open(schema: &Value, at: &str, wrong: &mut Vec<String>) {
    let Some(fields) = schema["properties"].as_object() else {
        return;
    };
    if at != "/global" && schema["additionalProperties"] != json!(false) {
        wrong.push(format!("the schema lets any field into {at}"));
    }
    for (key, below) in fields {
        open(below, &format!("{at}/{key}"), wrong);
    }
}

/// Properties of the schema that are no values.
fn properties(schema: &Value, paths: &[&Vec<String>]) -> Vec<String> {
    fn walk(schema: &Value, at: &[String], paths: &[&Vec<String>], wrong: &mut Vec<String>) {
        for (key, below) in schema["properties"].as_object().into_iter().flatten() {
            let at = [at, std::slice::from_ref(key)].concat();
            // A parent chart gives both.
            let is_parents = at.len() == 1 && ["global", "enabled"].contains(&key.as_str());
            if paths.iter().any(|it| **it == at) || is_parents && below.get("properties").is_none()
            {
                continue;
            }
            if paths.iter().any(|it| it.starts_with(&at)) {
                walk(below, &at, paths, wrong);
            } else {
                wrong.push(format!(
                    "the schema has {}, which is no value",
                    at.join(".")
                ));
            }
        }
    }
    let mut wrong = Vec::new();
    walk(schema, &[], paths, &mut wrong);
    wrong
}

/// What is wrong with how templates are written.
fn in_templates(chart: &Chart) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in templates(chart) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !(name == "NOTES.txt"
            || name.split('.').next_back() == Some("yaml")
            || name == "_helpers.tpl")
        {
            wrong.push(format!("Helm would take {path} for a manifest"));
        }
        for action in actions(text) {
            let mut words = action.split(|c: char| !c.is_ascii_alphanumeric());
            if let Some(word) = words.find(|word| ["tpl", "lookup"].contains(word)) {
                // In a text that a template prints it is no function.
                if !action.contains('"') {
                    wrong.push(format!("{path} calls {word}"));
                }
            }
        }
        let mut field = "";
        for line in text.lines() {
            let line = line.trim();
            let key = line
                .trim_start_matches("- ")
                .split_once(':')
                .map_or("", |(key, _)| key);
            if !line.starts_with("{{") && !key.is_empty() {
                field = key;
            }
            if line.contains("toYaml") && !BY_TO_YAML.contains(&field) {
                wrong.push(format!("{path}: toYaml writes {field}"));
            }
        }
    }
    let helpers = chart
        .files
        .get("templates/_helpers.tpl")
        .map_or("", String::as_str);
    let mut kinds = BTreeSet::new();
    for helper in helpers.split("{{- define \"").skip(1) {
        let (name, body) = helper.split_once('"').unwrap_or((helper, ""));
        let kind = name.rsplit('.').next().unwrap_or(name);
        kinds.insert(kind);
        // Up to the end of the last block, which is its own.
        let body = body
            .rsplit_once("\n{{- end }}")
            .map_or("", |(body, _)| body);
        let lines = body.lines().count().saturating_sub(1);
        if kind != "config" && lines >= MOST_LINES {
            wrong.push(format!("the helper {name} has {lines} lines"));
        }
    }
    if kinds.len() > MOST_HELPERS {
        wrong.push(format!("{} kinds of helpers: {kinds:?}", kinds.len()));
    }
    wrong
}

#[test]
fn values_schema_and_templates_belong_together() {
    let mut failures = Vec::new();
    for chart in charts() {
        failures.extend(
            wrong(chart)
                .iter()
                .map(|it| format!("{}: {it}", chart.name)),
        );
    }
    report(&failures);
}

/// How many programs are tried, where `TODOC_CASES` doesn't say.
const CASES: u64 = 60;

/// A value that no template reads does nothing: none is left, whatever a program is like.
#[test]
fn the_values_of_valid_programs_are_read() {
    let mut failures = Vec::new();
    for seed in seeds_of(CASES) {
        for chart in charts_of(&program(seed)) {
            let read: BTreeSet<Vec<String>> = templates(&chart)
                .flat_map(|(_, text)| actions(text))
                .flat_map(read)
                .collect();
            for value in chart.values() {
                let is_near = |path: &Vec<String>| {
                    path.starts_with(&value.path) || value.path.starts_with(path)
                };
                if !read.iter().any(is_near) {
                    failures.push(format!("{}: {}", chart.name, value.path.join(".")));
                }
            }
        }
    }
    report(&failures);
}

#[test]
fn each_template_is_one_object() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    for chart in charts() {
        let answer = helm.ask_one(&chart.files, Case::render(4).file(chart.example()));
        for (path, objects) in &answer.objects {
            // What is copied is copied as it is.
            if objects.len() != 1 && !path.starts_with("templates/objects/") {
                failures.push(format!(
                    "{}: {path} is {} objects",
                    chart.name,
                    objects.len()
                ));
            }
        }
    }
    report(&failures);
}
