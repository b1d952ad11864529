//! What credentials look like. Their issuers give most a beginning of their own, so that they are found
//! in texts. Lengths are those of the shortest that are issued.

mod clouds;
mod code;
mod data;
mod infrastructure;
mod messages;
mod models;
mod money;
mod watching;

/// How credentials of a kind are written.
#[derive(Debug)]
pub struct CredentialShape {
    /// What to call one.
    pub noun: &'static str,
    /// What it begins with; or, if there is a `before`, what stands in it.
    pub start: &'static str,
    /// What is behind that, as [`items`] reads it.
    pub body: &'static str,
    /// What is in front of a `start` that stands within.
    pub before: &'static str,
    /// Whether other names have this shape, so that its body must look like one at random.
    pub is_weak: bool,
    /// Whether browsers may have it: its owner says from which pages it is taken.
    pub public: bool,
}

/// A part of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// These very characters.
    Text(&'a str),
    /// Characters of a kind, `least` or more.
    Run {
        /// The kind: see [`is_of`].
        kind: u8,
        /// The least number.
        least: usize,
    },
}

/// The parts of a shape, which blanks keep apart: `n20` are twenty letters and digits or more, and
/// anything but a letter of a kind with a number stands for itself.
#[must_use]
pub fn items(shape: &str) -> impl DoubleEndedIterator<Item = Item<'_>> {
    shape
        .split(' ')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let number = part.get(1..).and_then(|rest| rest.parse().ok());
            match (part.as_bytes().first(), number) {
                (Some(kind), Some(least)) if KINDS.contains(kind) => {
                    Item::Run { kind: *kind, least }
                }
                _ => Item::Text(part),
            }
        })
}

/// The kinds of characters.
const KINDS: &[u8] = b"nwhdubvz";

/// Whether a byte is of a kind: `n` letters and digits, `w` those with `-_`, `h` hexadecimal digits,
/// `d` digits, `u` digits and letters in upper case, `b` base64, `v` those of versions, paths and
/// base64 for URLs, `z` anything but quotes and blanks.
#[must_use]
pub fn is_of(kind: u8, byte: u8) -> bool {
    match kind {
        b'n' => byte.is_ascii_alphanumeric(),
        b'w' => byte.is_ascii_alphanumeric() || b"-_".contains(&byte),
        b'h' => byte.is_ascii_hexdigit(),
        b'd' => byte.is_ascii_digit(),
        b'u' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        b'b' => byte.is_ascii_alphanumeric() || b"+/=".contains(&byte),
        b'v' => byte.is_ascii_alphanumeric() || b"-_.=~+/".contains(&byte),
        b'z' => byte.is_ascii_graphic() && !b"\"'`<>\\".contains(&byte),
        _ => false,
    }
}

/// A kind that its beginning alone gives away.
const fn shape(noun: &'static str, start: &'static str, body: &'static str) -> CredentialShape {
    CredentialShape {
        noun,
        start,
        body,
        before: "",
        is_weak: false,
        public: false,
    }
}

/// A kind whose beginning other names have as well.
const fn weak(noun: &'static str, start: &'static str, body: &'static str) -> CredentialShape {
    CredentialShape {
        is_weak: true,
        ..shape(noun, start, body)
    }
}

/// A kind that something in its middle gives away.
const fn marked(
    noun: &'static str,
    before: &'static str,
    start: &'static str,
    body: &'static str,
) -> CredentialShape {
    CredentialShape {
        before,
        ..shape(noun, start, body)
    }
}

/// Tokens in headers, and what holds tokens of any kind.
const HEADERS: &[CredentialShape] = &[
    weak("a token in a header", "Bearer ", "v20"),
    weak("a token in a header", "Authorization: Token ", "v20"),
    shape("a login in a header", "Authorization: Basic ", "b8"),
    shape("a JSON Web Token in base64", "ZXlK", "b60"),
];

/// The kinds, in the order in which they are looked for.
pub const SHAPES: &[&[CredentialShape]] = &[
    models::MODELS,
    clouds::CLOUDS,
    code::CODE,
    infrastructure::INFRASTRUCTURE,
    data::DATA,
    money::MONEY,
    messages::MESSAGES,
    watching::WATCHING,
    HEADERS,
];

/// Names of values that are secrets in URLs and in lists of `key=value`, in lower case.
pub const PARAMETERS: &[&str] = &[
    "_auth",
    "_authtoken",
    "_password",
    "access_token",
    "accesskey",
    "accountkey",
    "api_key",
    "api-key",
    "apikey",
    "auth_token",
    "client_secret",
    "pass",
    "passwd",
    "password",
    "private_token",
    "pwd",
    "refresh_token",
    "secret",
    "sharedaccesskey",
    "sharedaccesssignature",
    "sslpassword",
    "token",
];

/// What texts hold that stand for a credential, in lower case.
pub const PLACEHOLDERS: &[&str] = &[
    "your",
    "xxxx",
    "changeme",
    "change-me",
    "change_me",
    "change me",
    "replace",
    "placeholder",
    "redacted",
    "<",
    "{",
    "$(",
    "[",
    "...",
    "…",
    "•",
    "***",
    "1234567890123456",
];
