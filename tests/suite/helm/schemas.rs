//! Schemas of values: each keeps to the meta-schema of its draft, by which Helm 4 reads it first, and has no
//! word that the draft doesn't know, which readers pass over.

use serde_json::Value;

use super::chart::{Chart, charts};
use super::{Case, Helm};
use crate::support::report;

/// What Helm 4 says of a schema that doesn't.
const SAYS: &str = "is not valid against metaschema";

/// The words of draft 7 that these schemas use.
const WORDS: &[&str] = &[
    "$ref",
    "$schema",
    "additionalProperties",
    "anyOf",
    "definitions",
    "description",
    "enum",
    "items",
    "maxLength",
    "maximum",
    "minLength",
    "minimum",
    "pattern",
    "properties",
    "propertyNames",
    "required",
    "type",
];

/// The words of a schema, and of those in it, that aren't such.
fn unknown(schema: &Value, found: &mut Vec<String>) {
    for (word, below) in schema.as_object().into_iter().flatten() {
        if !WORDS.contains(&word.as_str()) {
            found.push(word.clone());
        }
        match word.as_str() {
            "properties" | "definitions" => {
                for below in below.as_object().expect("schemas by their names").values() {
                    unknown(below, found);
                }
            }
            "anyOf" => {
                for below in below.as_array().expect("schemas") {
                    unknown(below, found);
                }
            }
            "items" | "propertyNames" | "additionalProperties" => unknown(below, found),
            _ => {}
        }
    }
}

#[test]
fn schemas_keep_to_the_meta_schema() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    for chart in charts() {
        let answer = helm.ask_one(&chart.files, Case::render(4).file(chart.example()));
        let said = answer.error.iter().chain(&answer.said);
        failures.extend(said.map(|it| format!("{}: {it}", chart.name)));
        let mut found = Vec::new();
        unknown(&chart.read("values.schema.json"), &mut found);
        failures.extend(found.iter().map(|word| format!("{}: `{word}`", chart.name)));
    }
    report(&failures);
}

/// Such a schema would be found out.
#[test]
fn schemas_that_do_not_are_refused() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let chart: &Chart = &charts()[0];
    let schema = &chart.files["values.schema.json"];
    for (right, wrong) in [
        (r#""type": "boolean""#, r#""type": "truth""#),
        (r#""minimum": 1,"#, r#""minimum": "1","#),
        (r#""maxLength": 0"#, r#""maxLength": -1"#),
        (
            r#""additionalProperties": false"#,
            r#""additionalProperties": 0"#,
        ),
    ] {
        assert!(schema.contains(right), "{right}");
        let mut files = chart.files.clone();
        files.insert(
            "values.schema.json".to_owned(),
            schema.replacen(right, wrong, 1),
        );
        let answer = helm.ask_one(&files, Case::render(4).file(chart.example()));
        let error = answer.error.unwrap_or_default();
        assert!(error.contains(SAYS), "{wrong}: {error}");
    }
}
