//! Credentials in a text as it stands.

use super::logins;
use super::pem::{KEY_HEAD, private_key};
use super::tokens::{self, Beginnings, Credential};

/// Those in a text, in order; at one place one, and a key that begins in it.
pub(super) fn plain(text: &str) -> Vec<Credential> {
    let bytes = text.as_bytes();
    let beginnings = Beginnings::all();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let here = match bytes[at] {
            b'-' => private_key(text, at)
                .or_else(|| tokens::at(text, at))
                .or_else(|| tokens::behind_flag(text, at)),
            b':' => logins::at_colon(text, at).or_else(|| tokens::at(text, at)),
            b'=' => logins::parameter(text, at),
            _ if beginnings.has(bytes, at) => tokens::at(text, at),
            _ => None,
        };
        match here {
            Some(credential) => {
                // What a name says to be a password may be the first word of a key.
                let (start, end) = (credential.range.start, credential.range.end);
                let key = text[start..end].find(KEY_HEAD);
                let key = key.filter(|key| start + key > at);
                let key = key.and_then(|key| private_key(text, start + key));
                at = end.max(at + 1);
                found.push(credential);
                if let Some(key) = key {
                    at = at.max(key.range.end);
                    found.push(key);
                }
            }
            None => at = beginnings.next(bytes, at),
        }
    }
    found
}
