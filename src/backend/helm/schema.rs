//! `values.schema.json`: what each value may be. Helm reads it before templates, and editors show it.
//!
//! It is of draft 7, which Helm 3 and 4 both read. Of a secret it says the type alone: validators print
//! a value that doesn't fit a pattern. What has words of its own is checked by a template.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::text::go_string;
use super::tree::Tree;
use super::values::{ChartValue, ValueKind};

/// Most seconds in a duration of the Gateway API.
const MOST_SECONDS: u32 = 99_999;

/// The largest whole number that a value may be: Helm reads numbers of files as 64-bit floating point,
/// which holds no larger one for certain.
const LARGEST: i64 = (1 << 53) - 1;

/// A name of an object, or none.
const NAME: &str = "^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$";

/// An amount, as Kubernetes writes it.
const QUANTITY: &str = "^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";

/// What is written of each kind of value: worked out once for the charts of all targets.
#[derive(Debug, Default)]
pub(super) struct Kinds(BTreeMap<ValueKind, Vec<String>>);

impl Kinds {
    /// The lines of a kind's schema, without its braces.
    fn lines(&mut self, kind: ValueKind) -> &[String] {
        self.0.entry(kind).or_insert_with(|| {
            let text = pretty(&of_kind(kind));
            let inner = text.trim_start_matches("{\n").trim_end_matches("\n}");
            inner.lines().map(str::to_owned).collect()
        })
    }
}

/// What a chart that this one is a part of may give besides the chart's own values, and what is said of it.
const OF_PARENT: [(&str, &str); 2] = [
    ("global", "\"type\": \"object\""),
    (
        "enabled",
        "\"description\": \"whether a chart that this one is a part of installs it\"",
    ),
];

/// The file.
pub(super) fn text(values: &Tree<'_>, kinds: &mut Kinds) -> String {
    // Readers look for the draft in the first line.
    let mut page = Page {
        out: "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n".to_owned(),
        kinds,
    };
    page.fields(values, 1, Within::Root);
    page.out.push_str(",\n  \"definitions\": ");
    let definitions = pretty(&json!({"plain": plain()}));
    page.out.push_str(&definitions.replace('\n', "\n  "));
    page.out.push_str("\n}\n");
    page.out
}

/// JSON on several lines. Writing into a string can't fail.
fn pretty(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}

/// Where a group of values stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// It is all of them. A chart that this one is a part of gives `global` and `enabled` as well.
    Root,
    /// It is `global`, which may hold what other charts read.
    Global,
    /// It is another group.
    Group,
}

/// The text so far.
struct Page<'k> {
    out: String,
    kinds: &'k mut Kinds,
}

impl Page<'_> {
    /// Writes parts of a line in the column of a level.
    fn line(&mut self, level: usize, parts: &[&str]) {
        (0..level).for_each(|_| self.out.push_str("  "));
        for part in parts {
            self.out.push_str(part);
        }
    }

    /// Writes what is said of a group of values: none of them may be taken away, and there are no others.
    /// The cursor stands in the first column, and at last behind the last field.
    fn fields(&mut self, group: &Tree<'_>, level: usize, within: Within) {
        self.line(level, &["\"type\": \"object\",\n"]);
        if within != Within::Global {
            self.line(level, &["\"additionalProperties\": false,\n"]);
        }
        self.line(level, &["\"required\": ["]);
        for name in group.branches.keys() {
            if within != Within::Root || !OF_PARENT.iter().any(|(of_parent, _)| of_parent == name) {
                self.next(level + 1, &[&go_string(name)]);
            }
        }
        self.end(level, "],\n");
        self.line(level, &["\"properties\": {"]);
        for (name, below) in &group.branches {
            self.next(level + 1, &[&go_string(name), ": {\n"]);
            match below.leaf {
                Some(value) => self.value(value, level + 2),
                None if within == Within::Root && *name == "global" => {
                    self.fields(below, level + 2, Within::Global);
                }
                None => self.fields(below, level + 2, Within::Group),
            }
            self.end(level + 1, "}");
        }
        for (name, says) in OF_PARENT {
            if within == Within::Root && !group.branches.contains_key(name) {
                self.next(level + 1, &["\"", name, "\": {\n"]);
                self.line(level + 2, &[says]);
                self.end(level + 1, "}");
            }
        }
        self.end(level, "}");
    }

    /// Begins the next item of a list or field of an object.
    fn next(&mut self, level: usize, parts: &[&str]) {
        let is_first = self.out.ends_with(['[', '{']);
        self.out.push_str(if is_first { "\n" } else { ",\n" });
        self.line(level, parts);
    }

    /// Ends a list or an object.
    fn end(&mut self, level: usize, by: &str) {
        self.out.push('\n');
        self.line(level, &[by]);
    }

    /// Writes what is said of one value.
    fn value(&mut self, value: &ChartValue, level: usize) {
        let Page { out, kinds } = self;
        for line in kinds.lines(value.kind) {
            // A line stands in the column of its first level already.
            (1..level).for_each(|_| out.push_str("  "));
            out.push_str(line);
            out.push('\n');
        }
        // One more comes behind the last.
        out.pop();
        out.push_str(",\n");
        self.line(level, &["\"description\": ", &go_string(&value.doc)]);
    }
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
        ValueKind::Seconds => json!({"type": "integer", "minimum": 0, "maximum": MOST_SECONDS}),
        ValueKind::Servers | ValueKind::Percent => {
            json!({"type": "integer", "minimum": 1, "maximum": i32::MAX})
        }
        ValueKind::PercentOrNone => {
            json!({"type": "integer", "minimum": 0, "maximum": i32::MAX})
        }
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
