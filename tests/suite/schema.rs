//! As much of JSON Schema as the schemas here say. A word that isn't known fails: what isn't
//! checked may not look as if it were.

use serde_json::Value;

/// What of a value a schema forbids.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Check { root: schema }.value(schema, value, "", &mut faults);
    faults
}

struct Check<'a> {
    root: &'a Value,
}

impl Check<'_> {
    fn value(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let words = schema.as_object().expect("a schema is an object");
        for (word, rule) in words {
            let holds = match word.as_str() {
                "$schema" | "$defs" | "title" | "description" | "required" => true,
                "$ref" => {
                    let path = rule.as_str().and_then(|path| path.strip_prefix('#'));
                    let schema = self.root.pointer(path.expect("a reference within"));
                    self.value(schema.expect("what it refers to"), value, at, faults);
                    true
                }
                "type" => is_of_type(rule.as_str().expect("one type"), value),
                "const" => rule == value,
                "enum" => rule.as_array().expect("values").contains(value),
                "anyOf" => rule.as_array().expect("schemas").iter().any(|schema| {
                    let mut faults = Vec::new();
                    self.value(schema, value, at, &mut faults);
                    faults.is_empty()
                }),
                "minimum" => value
                    .as_i64()
                    .is_none_or(|value| Some(value) >= rule.as_i64()),
                "minItems" => value.as_array().is_none_or(|items| {
                    let least = rule.as_u64().expect("a number");
                    items.len() as u64 >= least
                }),
                "uniqueItems" => {
                    let items = value.as_array().map_or(&[][..], Vec::as_slice);
                    let again = |(at, item)| !items[..at].contains(item);
                    items.iter().enumerate().all(again)
                }
                "format" => is_of_format(rule.as_str().expect("a format"), value),
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.value(rule, item, &format!("{at}/{index}"), faults);
                    }
                    true
                }
                "properties" => {
                    for (name, field) in value.as_object().into_iter().flatten() {
                        if let Some(schema) = rule.get(name) {
                            self.value(schema, field, &format!("{at}/{name}"), faults);
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let known = &words["properties"];
                    let mut fields = value.as_object().into_iter().flatten();
                    fields.all(|(name, _)| known.get(name).is_some())
                }
                word => panic!("`{word}` isn't known here"),
            };
            if !holds {
                faults.push(format!("{at}: not {word} {rule}: {value}"));
            }
        }
        for name in words
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if value.get(name.as_str().expect("a name")).is_none() {
                faults.push(format!("{at}: {name} is missing"));
            }
        }
    }
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        name => panic!("the type `{name}` isn't known here"),
    }
}

/// The letters of RFC 3986, and of a reference without a scheme no colon in its first part.
fn is_of_format(name: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let letter = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    let escapes = text.split('%').skip(1).all(|rest| {
        let digits = rest.get(..2).unwrap_or_default();
        digits.len() == 2 && digits.chars().all(|c| c.is_ascii_hexdigit())
    });
    let has_scheme = text.contains("://");
    let first = text.split('/').next().unwrap_or_default();
    text.chars().all(letter)
        && escapes
        && match name {
            "uri" => has_scheme,
            "uri-reference" => has_scheme || !first.contains(':'),
            name => panic!("the format `{name}` isn't known here"),
        }
}

#[test]
fn what_a_schema_forbids_is_found() {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["a"],
        "additionalProperties": false,
        "properties": {
            "a": { "$ref": "#/$defs/count" },
            "b": { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "enum": ["x", "y"] } },
            "c": { "anyOf": [{ "type": "null" }, { "const": 1 }] },
            "d": { "format": "uri-reference" },
        },
        "$defs": { "count": { "type": "integer", "minimum": 1 } },
    });
    let right = serde_json::json!({ "a": 1, "b": ["x"], "c": null, "d": "a%20b/c" });
    assert_eq!(faults(&schema, &right), [""; 0]);
    for (name, wrong) in [
        ("a", serde_json::json!(0)),
        ("a", serde_json::json!("1")),
        ("b", serde_json::json!([])),
        ("b", serde_json::json!(["x", "x"])),
        ("b", serde_json::json!(["z"])),
        ("c", serde_json::json!(2)),
        ("d", serde_json::json!("a b")),
        ("d", serde_json::json!("a:b")),
        ("d", serde_json::json!("%2")),
        ("e", serde_json::json!(1)),
    ] {
        let mut value = right.clone();
        value[name] = wrong;
        assert_eq!(faults(&schema, &value).len(), 1, "{value}");
    }
    assert_eq!(faults(&schema, &serde_json::json!({})).len(), 1);
}
