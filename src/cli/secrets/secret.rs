//! The value of a secret.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// The value of a secret, or a text with values in it. It can't be printed, copied or compared by
/// accident, and its bytes are wiped when it goes.
pub(super) struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// One of these bytes.
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Secret(Zeroizing::new(bytes))
    }

    /// An empty one with room for so many bytes: a text that grows beyond it leaves copies behind.
    pub(super) fn with_room(bytes: usize) -> Self {
        Secret::new(Vec::with_capacity(bytes))
    }

    /// Its bytes, for those who judge it and for the one who hands it on.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Itself as text, if it is UTF-8.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// Puts more behind it.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Itself in base64, as Secrets hold it.
    pub(super) fn base64(&self) -> Secret {
        Secret::new(STANDARD.encode(&self.0[..]).into_bytes())
    }

    /// Itself as a string of YAML in double quotes, if it is UTF-8. Only what no reader of YAML takes as
    /// it is has an escape: of a pair of escapes for one character, as JSON has them, Helm knows
    /// nothing.
    pub(super) fn quoted(&self) -> Option<Secret> {
        let text = self.text()?;
        // An escape has six bytes at most, and stands for one at least.
        let mut quoted = Secret::with_room(6 * text.len() + 2);
        quoted.push(b"\"");
        for char in text.chars() {
            match char {
                '"' => quoted.push(b"\\\""),
                '\\' => quoted.push(b"\\\\"),
                '\n' => quoted.push(b"\\n"),
                '\0'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{feff}'
                | '\u{fffe}'
                | '\u{ffff}' => quoted.push(format!("\\u{:04x}", u32::from(char)).as_bytes()),
                _ => quoted.push(char.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        quoted.push(b"\"");
        Some(quoted)
    }
}
