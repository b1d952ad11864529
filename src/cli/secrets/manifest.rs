//! A Secret with its values, as a document for `kubectl`.

use super::secret::Secret;
use super::values::Values;
use crate::backend::secrets::{OwnSecret, head, plain_rows};
use crate::ir::App;

/// The document of a Secret: its keys that have a value.
pub(super) fn manifest(app: &App, secret: &OwnSecret, values: &Values) -> Secret {
    let head = head(app, secret);
    let keys = secret.object.keys.iter();
    let rows = keys.filter_map(|key| Some((&key.key, values.get(&key.from_env)?.base64())));
    let rows: Vec<_> = rows.collect();
    let room = |(key, value): &(&String, Secret)| key.len() + value.bytes().len() + 16;
    let plain = plain_rows(secret);
    let mut document =
        Secret::with_room(head.len() + plain.len() + 16 + rows.iter().map(room).sum::<usize>());
    document.push(head.as_bytes());
    // Without a key it has none, and loses those that an earlier run wrote.
    document.push(if rows.is_empty() && plain.is_empty() {
        b"data: {}\n"
    } else {
        b"data:\n"
    });
    document.push(plain.as_bytes());
    for (key, value) in &rows {
        // Keys have no character that a string in quotes reads otherwise, and neither has base64.
        for part in [b"  \"", key.as_bytes(), b"\": \"", value.bytes(), b"\"\n"] {
            document.push(part);
        }
    }
    document
}
