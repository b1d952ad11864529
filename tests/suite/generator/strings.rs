//! Strings: what readers stumble over, and how JSON writes them.

use fastrand::Rng;

use crate::yaml::{PIECES, TRAPS};

/// Text that means something to what it passes through: Kubernetes, shells, Dockerfiles, templates.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "$(A)", "$$(A)", "$", "$$", "a$", "${A}", "$A", "`id`", "%s", "%{a}", "{{ .Values.a }}", "{a}",
    "{app}", "{tier}", "\\", "\\\\", "a\\", "a\\\nb", "\"", "'", "'\"'", "a\"b'c", "#", "# syntax=x",
    "&& rm", "; ls", "| cat", "> x", "<<EOF", "EOF", "CONFIG", "*", "**/*", "~", "-", "--", "-n", "!",
    "a=b", "a,b", "[a]", "[\"a\"]", "{\"a\": 1}", "null", "undefined", "NaN", "0", "-1", "1e9",
    "https://cdn.example.com/a?b=c#d", "s3://bucket/key", "a@example.com", "2:1", "08", "1_000",
    "e\u{301}", "👩‍👩‍👧", "ß", "İ", "日本語", "\u{85}", "\u{2028}", "\u{feff}", "\u{202e}abc",
    "\u{1}", "\u{1b}[31m", "\u{7f}", "\t", "\n", "\r\n", "a\nb", " a ", "line\n\nline\n", "\u{e000}",
    "\u{fffe}", "\u{10ffff}", "y", "on", "2001-12-14", "0x1F", "<<", "=", "1:30", "on: x",
];

/// Whether a text is one that has a warning of its own: a loopback address, a user in a URL.
fn means_nothing(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let has = |part: &str| lower.contains(part);
    !(has("localhost") || has("127.") || has("::1") || has("://") && has("@"))
}

/// Any text without U+0000, mostly what somebody stumbles over.
pub(super) fn hostile(rng: &mut Rng) -> String {
    loop {
        let text = match rng.u8(..20) {
            0..4 => one(rng, TRAPS),
            4..8 => one(rng, MARKS),
            8 => (0..rng.usize(1..5)).map(|_| one(rng, MARKS)).collect(),
            9..12 => {
                let pieces = *rng.choice(PIECES).expect("one");
                (0..rng.usize(1..12)).map(|_| one(rng, pieces)).collect()
            }
            12 => (0..rng.usize(1..10)).map(|_| rng.char(..)).collect(),
            13 => one(rng, MARKS).repeat(rng.usize(1..60)),
            14 => "k".repeat(
                *rng.choice(&[79, 80, 81, 127, 128, 129, 1023, 1024, 1025])
                    .expect("one"),
            ),
            _ => word(rng),
        };
        if means_nothing(&text) && !text.contains('\0') {
            return text;
        }
    }
}

/// A plain word, as most are.
pub(super) fn word(rng: &mut Rng) -> String {
    const WORDS: &[&str] = &[
        "info",
        "served",
        "--port=8080",
        "eu-central-1",
        "1.2.3",
        "a b",
        "/srv/data",
        "true",
        "20",
        "python -m app",
        "x",
    ];
    one(rng, WORDS)
}

fn one(rng: &mut Rng, of: &[&str]) -> String {
    (*rng.choice(of).expect("one")).to_owned()
}

/// A text as a string, with escapes that must be and some that needn't.
pub(super) fn quoted(text: &str, rng: &mut Rng) -> String {
    let mut string = String::from("\"");
    let escapes = rng.u8(..3);
    for c in text.chars() {
        match c {
            '\n' => string.push_str("\\n"),
            '\r' => string.push_str("\\r"),
            '\t' => string.push_str("\\t"),
            '"' => string.push_str("\\\""),
            '\\' => string.push_str("\\\\"),
            '/' if escapes == 1 && rng.bool() => string.push_str("\\/"),
            '\0'..='\x1f' => string.extend([format!("\\u{:04x}", u32::from(c))]),
            _ if escapes == 2 && rng.bool() => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    string.extend([format!("\\u{unit:04X}")]);
                }
            }
            _ => string.push(c),
        }
    }
    string.push('"');
    string
}

/// A text as YAML has it in double quotes.
pub(super) fn yaml(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => string.extend(['\\', c]),
            ' '..='~' => string.push(c),
            _ => string.extend([format!("\\U{:08x}", u32::from(c))]),
        }
    }
    string.push('"');
    string
}
