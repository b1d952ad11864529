//! SHA-256 in hexadecimal, and lists that can't be taken for another one.

use sha2::{Digest, Sha256};

/// A digest of parts, each with its length: no two lists of parts are the same bytes.
#[derive(Debug, Default)]
pub(crate) struct Parts(Sha256);

impl Parts {
    /// Takes in a part.
    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The digest in hexadecimal.
    #[must_use]
    pub(crate) fn finish(self) -> String {
        hex(self.0)
    }
}

/// SHA-256 of bytes, in hexadecimal.
#[must_use]
pub(crate) fn of(bytes: impl AsRef<[u8]>) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

/// The digest of what was hashed, in hexadecimal.
#[must_use]
pub(crate) fn hex(hash: Sha256) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let bytes = hash.finalize();
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let digits = [byte >> 4, byte & 0xf];
        hex.extend(digits.map(|digit| char::from(DIGITS[usize::from(digit)])));
    }
    hex
}
