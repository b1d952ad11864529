//! What nobody may read, kept out of all that is shown of a text: a credential may stand where a name should.

use serde_json::Value;

use crate::diag::Masks;

/// Members that aren't shown, or are what a change writes: the editor has that in its text.
const KEPT: &[&str] = &[
    "insertText",
    "kind",
    "newText",
    "resultId",
    "targetUri",
    "uri",
];

/// An answer with a mask over what nobody may read. The masks are asked for where there is a text to mask.
pub(super) fn hidden<'m>(answer: Value, masks: &impl Fn() -> &'m Masks) -> Value {
    match answer {
        Value::String(text) => {
            let masks = masks();
            if masks.is_empty() {
                return Value::String(text);
            }
            Value::String(masks.over(&text).into_owned())
        }
        Value::Array(all) => all.into_iter().map(|it| hidden(it, masks)).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let is_kept = KEPT.contains(&name.as_str());
                let value = if is_kept { value } else { hidden(value, masks) };
                (name, value)
            });
            Value::Object(members.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => answer,
    }
}
