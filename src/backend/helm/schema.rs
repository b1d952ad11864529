//! `values.schema.json`: what each value may be. Helm reads it before templates, and editors show it.
//!
//! It is of draft 7, which Helm 3 and 4 both read. Of a secret it says the type alone: validators print
//! a value that doesn't fit a pattern. What has words of its own is checked by a template.

use serde_json::{Map, Value as Json, json};

use super::values::{ChartValue, ValueKind, Values};

/// The largest whole number that a value may be: Helm reads numbers of files as 64-bit floating point,
/// which holds no larger one for certain.
const LARGEST: i64 = (1 << 53) - 1;

/// A name of an object, or none.
const NAME: &str = "^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$";

/// An amount, as Kubernetes writes it.
const QUANTITY: &str = "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";

/// The file.
pub(super) fn text(values: &Values) -> String {
    let mut root = Map::new();
    for value in values.by_path() {
        add(&mut root, &value.path, value);
    }
    root.values_mut().for_each(require);
    // A chart that this one is a part of gives it both.
    open(
        root.entry("global")
            .or_insert_with(|| json!({"type": "object"})),
    );
    let enabled = "whether a chart that this one is a part of installs it";
    root.entry("enabled")
        .or_insert_with(|| json!({"description": enabled}));
    let mut all = Map::new();
    // Readers look for it in the first line.
    let draft = json!("http://json-schema.org/draft-07/schema#");
    all.insert("$schema".to_owned(), draft);
    let mut schema = object(root);
    if let Some(required) = schema.get_mut("required").and_then(Json::as_array_mut) {
        required.retain(|name| name != "enabled" && name != "global");
    }
    if let Some(fields) = schema.as_object_mut() {
        all.append(fields);
    }
    all.insert("definitions".to_owned(), json!({"plain": plain()}));
    // Writing into a string can't fail.
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

/// `global` may hold what other charts read.
fn open(global: &mut Json) {
    if let Some(fields) = global.as_object_mut() {
        fields.remove("additionalProperties");
    }
}

fn add(fields: &mut Map<String, Json>, path: &[String], value: &ChartValue) {
    match path {
        [] => {}
        [last] => {
            let mut schema = of_kind(value.kind);
            if let Some(fields) = schema.as_object_mut() {
                fields.insert("description".to_owned(), json!(value.doc));
            }
            fields.insert(last.clone(), schema);
        }
        [first, rest @ ..] => {
            let below = fields
                .entry(first.clone())
                .or_insert_with(|| object(Map::new()));
            if let Some(properties) = below.get_mut("properties").and_then(Json::as_object_mut) {
                add(properties, rest, value);
            }
        }
    }
}

/// Asks for every field of a group of values, once all are there.
fn require(group: &mut Json) {
    let Some(fields) = group.as_object_mut() else {
        return;
    };
    let Some(properties) = fields.get_mut("properties").and_then(Json::as_object_mut) else {
        return;
    };
    properties.values_mut().for_each(require);
    let names: Vec<_> = properties.keys().cloned().collect();
    if let Some(required) = fields.get_mut("required") {
        *required = json!(names);
    }
}

/// An object of these and no other fields, of which none may be taken away.
fn object(properties: Map<String, Json>) -> Json {
    let names = properties.keys().map(|name| Json::from(name.as_str()));
    let names = Json::Array(names.collect());
    let fields = [
        ("type", Json::from("object")),
        ("additionalProperties", Json::from(false)),
        ("required", names),
        ("properties", Json::Object(properties)),
    ];
    let fields = fields.map(|(name, field)| (name.to_owned(), field));
    Json::Object(fields.into_iter().collect())
}

/// Structures of Kubernetes whose text holds nothing that a template couldn't write as YAML.
fn plain() -> Json {
    json!({
        "anyOf": [
            {"type": ["boolean", "integer"]},
            {"type": "string", "pattern": "^[ -~]*$"},
            {"type": "array", "items": {"$ref": "#/definitions/plain"}},
            {
                "type": "object",
                "propertyNames": {"pattern": "^[ -~]+$"},
                "additionalProperties": {"$ref": "#/definitions/plain"},
            },
        ],
    })
}

fn pattern(pattern: &str) -> Json {
    json!({"type": "string", "pattern": pattern})
}

fn of_kind(kind: ValueKind) -> Json {
    let amounts = json!({
        "type": ["object", "null"],
        "propertyNames": {"pattern": "^[A-Za-z0-9./-]+$"},
        "additionalProperties": {"type": ["string", "number"], "pattern": QUANTITY, "minimum": 0},
    });
    match kind {
        ValueKind::Text | ValueKind::Secret => json!({"type": "string"}),
        ValueKind::Config => json!({
            "type": ["string", "boolean", "integer"],
            "minimum": -LARGEST,
            "maximum": LARGEST,
        }),
        ValueKind::Boolean => json!({"type": "boolean"}),
        ValueKind::Count => json!({"type": "integer", "maximum": i32::MAX}),
        ValueKind::Percent => json!({"type": "integer", "minimum": 1, "maximum": i32::MAX}),
        ValueKind::Port => json!({"type": "integer", "minimum": 1, "maximum": 65535}),
        ValueKind::NodePort => {
            json!({"type": ["integer", "string"], "minimum": 1, "maximum": 65535, "maxLength": 0})
        }
        ValueKind::ServiceType => json!({"enum": ["ClusterIP", "NodePort", "LoadBalancer"]}),
        ValueKind::PullPolicy => json!({"enum": ["IfNotPresent", "Always", "Never"]}),
        ValueKind::Repository => pattern("^[a-z0-9][A-Za-z0-9._:/-]*$"),
        ValueKind::Tag => pattern("^([A-Za-z0-9_][A-Za-z0-9_.-]*)?$"),
        ValueKind::Digest => pattern("^([a-z0-9]+([+._-][a-z0-9]+)*:[A-Za-z0-9=_-]{32,})?$"),
        ValueKind::Host => pattern("^[A-Za-z0-9.:*\\[\\]-]*$"),
        ValueKind::Origin => pattern("^(https?://[^\\s\"'\\\\/?#]+)?$"),
        ValueKind::Path => pattern("^/"),
        ValueKind::Name => pattern(NAME),
        ValueKind::Quantity => pattern(QUANTITY),
        ValueKind::Resources => json!({
            "type": "object",
            "additionalProperties": false,
            "properties": {"requests": amounts, "limits": amounts},
        }),
        ValueKind::Texts => {
            json!({"type": "object", "additionalProperties": {"type": "string"}})
        }
        ValueKind::Names => json!({
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["name"],
                "properties": {"name": {"type": "string", "pattern": NAME, "minLength": 1}},
            },
        }),
        ValueKind::Tolerations => json!({
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "key": pattern("^[A-Za-z0-9./_-]*$"),
                    "operator": {"enum": ["Exists", "Equal"]},
                    "value": pattern("^[A-Za-z0-9._-]*$"),
                    "effect": {"enum": ["NoSchedule", "PreferNoSchedule", "NoExecute"]},
                    "tolerationSeconds": {"type": "integer"},
                },
            },
        }),
        ValueKind::Affinity => {
            let kinds = ["nodeAffinity", "podAffinity", "podAntiAffinity"];
            let plain = |kind: &str| (kind.to_owned(), json!({"$ref": "#/definitions/plain"}));
            let properties: Map<_, _> = kinds.into_iter().map(plain).collect();
            json!({"type": "object", "additionalProperties": false, "properties": properties})
        }
    }
}
