//! The table of the fields of objects is what a real API server says of them, and what the objects
//! that we make have.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::catalog::fields::{FieldForm, KUBERNETES, Shape};

use crate::accepted::documents;
use crate::server::{Server, Verb};
use crate::support::{builds, expect, programs, report};

/// The kinds of objects that a patch can be for; of each the newest version that is stable.
const KINDS: [&str; 15] = [
    "Cluster",
    "ConfigMap",
    "CronJob",
    "Deployment",
    "GRPCRoute",
    "HTTPRoute",
    "HorizontalPodAutoscaler",
    "Ingress",
    "Job",
    "NetworkPolicy",
    "PersistentVolumeClaim",
    "PodDisruptionBudget",
    "Service",
    "ServiceAccount",
    "StatefulSet",
];

#[test]
fn the_fields_of_objects_are_what_the_server_says() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let told = server.ask_one(Verb::Describe, &json!({}));
    assert!(told.is_yes(), "{told:?}");
    let api: Value = serde_json::from_str(&told.message).expect("its OpenAPI is JSON");
    assert_eq!(api["info"]["version"], KUBERNETES);
    let text = table(&api["definitions"]);
    report(expect("src/catalog/fields.txt", &text).as_slice());
}

/// The types of objects and all that is in them, by name, without the package that each is in.
fn table(definitions: &Value) -> String {
    let definitions = definitions.as_object().expect("types by name");
    let mut waiting: Vec<&str> = KINDS
        .iter()
        .map(|kind| {
            let versions = definitions.keys().filter(|name| {
                let version = name.rsplit('.').nth(1).unwrap_or_default();
                is_type(name, kind) && !version.contains("alpha") && !version.contains("beta")
            });
            versions.max().expect("a stable version").as_str()
        })
        .collect();
    let mut types = BTreeMap::new();
    while let Some(name) = waiting.pop() {
        let Some(fields) = definitions[name]["properties"].as_object() else {
            continue;
        };
        let short = last(name);
        if let Some((other, _)) = types.insert(short.to_owned(), (name, fields)) {
            assert_eq!(other, name, "two types of one name");
            continue;
        }
        waiting.extend(fields.values().filter_map(reference));
        inner(short, fields, &mut |short, fields| {
            waiting.extend(fields.values().filter_map(reference));
            assert!(
                types.insert(short, (name, fields)).is_none(),
                "two types of one name"
            );
        });
    }
    let mut text = format!(
        "# What `fields.rs` reads: types of Kubernetes {KUBERNETES}, and below each its fields and what they\n\
         # hold, a list in `[]`, any keys in `{{}}`; with `by` the keys that a list is merged by.\n\
         # `UPDATE_EXPECT=1 cargo test fields` writes it anew.\n"
    );
    for (name, (_, fields)) in types {
        text.extend([name.as_str(), "\n"]);
        for (field, schema) in fields {
            let shape = shape(schema, &format!("{name}.{field}"), definitions);
            text.extend(["  ", field, " ", &shape, &keys(schema), "\n"]);
        }
    }
    text
}

/// The types that stand within the fields of another, as those of kinds do that are defined by others: each is
/// called by its way.
fn inner<'a>(
    name: &str,
    fields: &'a serde_json::Map<String, Value>,
    take: &mut impl FnMut(String, &'a serde_json::Map<String, Value>),
) {
    for (field, schema) in fields {
        let mut schema = schema;
        while let Some(values) = match schema["type"].as_str() {
            Some("array") => schema.get("items"),
            _ => schema.get("additionalProperties"),
        } {
            schema = values;
        }
        if let Some(fields) = schema["properties"].as_object() {
            let name = format!("{name}.{field}");
            inner(&name, fields, take);
            take(name, fields);
        }
    }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn is_type(name: &str, kind: &str) -> bool {
    let starts = [
        "io.k8s.api.",
        "io.k8s.networking.gateway.",
        "io.cnpg.postgresql.",
    ];
    starts.iter().any(|start| name.starts_with(start)) && last(name) == kind
}

/// The type that a schema refers to, itself or in its items.
fn reference(schema: &Value) -> Option<&str> {
    let within = |key: &str| schema.get(key).and_then(reference);
    let own = schema.get("$ref").and_then(Value::as_str);
    let own = own.and_then(|name| name.strip_prefix("#/definitions/"));
    own.or_else(|| within("items"))
        .or_else(|| within("additionalProperties"))
}

/// What tells the items of a list apart, where the server merges them.
fn keys(schema: &Value) -> String {
    let words = |key: &str| schema[key].as_str().unwrap_or_default();
    let merges = words("x-kubernetes-patch-strategy").contains("merge");
    let keys: Vec<&str> = match schema["x-kubernetes-list-map-keys"].as_array() {
        Some(keys) => keys.iter().filter_map(Value::as_str).collect(),
        None => schema["x-kubernetes-patch-merge-key"]
            .as_str()
            .into_iter()
            .collect(),
    };
    match (words("type"), words("x-kubernetes-list-type")) {
        ("array", "set") => " by itself".to_owned(),
        ("array", _) if merges && keys.is_empty() => " by itself".to_owned(),
        ("array", list) if merges || list == "map" => {
            format!(" by {}", keys.join(","))
        }
        _ => String::new(),
    }
}

/// A schema in the words of the table, and the name of the type that it is where it stands within another.
fn shape(schema: &Value, within: &str, definitions: &serde_json::Map<String, Value>) -> String {
    if schema.get("$ref").is_some() {
        let name = reference(schema).expect("a type");
        return match last(name) {
            "Quantity" => "quantity".to_owned(),
            "IntOrString" => "int-or-text".to_owned(),
            _ if definitions[name]["properties"].is_object() => last(name).to_owned(),
            _ => shape(&definitions[name], within, definitions),
        };
    }
    let word = |key: &str| schema[key].as_str().unwrap_or_default();
    if schema["x-kubernetes-int-or-string"] == true {
        let is_quantity = schema.get("pattern").is_some();
        return if is_quantity {
            "quantity"
        } else {
            "int-or-text"
        }
        .to_owned();
    }
    match (word("type"), word("format")) {
        ("array", _) => format!("[{}]", shape(&schema["items"], within, definitions)),
        ("object", _) if schema["properties"].is_object() => within.to_owned(),
        ("object", _) => match schema.get("additionalProperties") {
            Some(values) => format!("{{{}}}", shape(values, within, definitions)),
            None => "any".to_owned(),
        },
        ("string", _) => "text".to_owned(),
        ("boolean", _) => "boolean".to_owned(),
        ("integer", "") => "int64".to_owned(),
        ("integer", bits) => bits.to_owned(),
        (kind, format) => panic!("{kind} {format} has no word in the table"),
    }
}

#[test]
fn the_objects_of_all_programs_are_what_the_table_says() {
    let mut compared = BTreeSet::new();
    let mut wrong = Vec::new();
    for fixture in programs() {
        for file in builds(&fixture, &BACKENDS[..1])
            .iter()
            .flat_map(|it| &it.artifacts)
        {
            for object in documents(&file.text) {
                let kind = object["kind"].as_str().unwrap_or_default();
                if let Some(kind) = KINDS.iter().find(|one| **one == kind) {
                    compared.insert(*kind);
                    let root = Shape::of(kind).expect("a type of the table");
                    compare(root, &object, &format!("{}: {kind}", file.path), &mut wrong);
                }
            }
        }
    }
    assert_eq!(compared, BTreeSet::from(KINDS));
    report(&wrong);
}

/// What of a value isn't as its shape says.
fn compare(shape: Shape, value: &Value, place: &str, wrong: &mut Vec<String>) {
    let fits = match (shape.form(), value) {
        (FieldForm::Fields | FieldForm::Map(_), Value::Object(fields)) => {
            for (key, value) in fields {
                let place = format!("{place}.{key}");
                match shape.under(key) {
                    Some(under) => compare(under, value, &place, wrong),
                    None => wrong.push(format!("{place}: no such field")),
                }
            }
            true
        }
        (FieldForm::List(item), Value::Array(items)) => {
            for value in items {
                compare(item, value, place, wrong);
            }
            true
        }
        (form, Value::String(_)) => {
            matches!(
                form,
                FieldForm::Text | FieldForm::Quantity | FieldForm::IntegerOrText
            )
        }
        (form, Value::Number(_)) => {
            matches!(
                form,
                FieldForm::Integer(_) | FieldForm::Quantity | FieldForm::IntegerOrText
            )
        }
        (form, Value::Bool(_)) => form == FieldForm::Boolean,
        _ => false,
    };
    if !fits {
        wrong.push(format!("{place}: {value} is not {:?}", shape.form()));
    }
}
