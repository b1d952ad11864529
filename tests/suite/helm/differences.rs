//! What differs between objects, field by field.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

/// An object of a cluster: its kind, and its name; that of a Job without its hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    pub(crate) kind: String,
    pub(crate) name: String,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}

/// What names an object.
pub(crate) fn id(object: &Value) -> Id {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (kind, mut name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
    if kind == "Job" {
        let hash = todoc::ir::JOB_HASH + 1;
        name.truncate(name.len().saturating_sub(hash));
    }
    Id { kind, name }
}

/// A field of two objects of one name that isn't the same in both.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    pub(crate) object: Id,
    /// The field, as a JSON pointer; empty for the whole object.
    pub(crate) field: String,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |value: &Option<Value>| match value {
            Some(value) => format!("{:.200}", value.to_string()),
            None => "nothing".to_owned(),
        };
        let (before, after) = (show(&self.before), show(&self.after));
        write!(f, "{}{}: {before}, then {after}", self.object, self.field)
    }
}

/// All differences between two sets of objects.
pub(crate) fn differences<'a>(
    before: impl IntoIterator<Item = &'a Value>,
    after: impl IntoIterator<Item = &'a Value>,
) -> Vec<Difference> {
    let named = |objects: &mut dyn Iterator<Item = &'a Value>| -> BTreeMap<Id, &'a Value> {
        objects.map(|object| (id(object), object)).collect()
    };
    let before = named(&mut before.into_iter());
    let after = named(&mut after.into_iter());
    let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let mut found = Vec::new();
    for id in ids {
        let pair = (before.get(id).copied(), after.get(id).copied());
        compare(id, String::new(), pair, &mut found);
    }
    found
}

fn compare(
    id: &Id,
    field: String,
    (before, after): (Option<&Value>, Option<&Value>),
    found: &mut Vec<Difference>,
) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let keys: BTreeSet<_> = one.keys().chain(other.keys()).collect();
            for key in keys {
                let below = format!("{field}/{}", key.replace('~', "~0").replace('/', "~1"));
                compare(id, below, (one.get(key), other.get(key)), found);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                compare(id, format!("{field}/{at}"), (Some(one), Some(other)), found);
            }
        }
        (before, after) => found.push(Difference {
            object: id.clone(),
            field,
            before: before.cloned(),
            after: after.cloned(),
        }),
    }
}
