//! What to say about text that fits no shape, from its first characters.

use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The diagnostic for unreadable text at `span`.
pub(super) fn junk(text: &str, span: Span) -> Diagnostic {
    let first = text.chars().next().unwrap_or(' ');
    let at = |length: usize| Span {
        end: span.start + u32::try_from(length).unwrap_or(0),
        ..span
    };
    match first {
        '"' => string(text, span),
        '\'' | '`' | '“' | '”' | '‘' | '’' => {
            let message = format!("a string stands in double quotes, not in `{first}`");
            Diagnostic::new(Code::BadString, at(first.len_utf8()), message)
                .help("write the string as \"…\"")
        }
        ':' => unexpected(":", at(1))
            .help("a setting's value follows it after a blank, a variable's after `=`"),
        '=' => unexpected("=", at(1)).help("write `NAME = value`, with one `=` and one value"),
        '[' => Diagnostic::new(
            Code::UnexpectedText,
            at(1),
            "this list doesn't end on its line",
        )
        .help("write a list as `[a, b]`: values apart by commas, on one line"),
        '{' => Diagnostic::new(
            Code::UnexpectedText,
            at(1),
            "no statement stands before this `{`",
        )
        .help("open a block on its statement's line"),
        '0'..='9' => number(text, span),
        '-' => unexpected("-", at(1))
            .help("write a negative number as a string, and a list as `[a, b]`"),
        ';' => unexpected(";", at(1)).help("end a statement with a new line or a comma"),
        _ => {
            let end = text
                .find([' ', '\t', '"'])
                .unwrap_or(text.len())
                .max(first.len_utf8());
            let short: String = text[..end].chars().take(20).collect();
            unexpected(&short, at(short.len()))
        }
    }
}

fn unexpected(text: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnexpectedText, span, format!("unexpected `{text}`"))
}

/// A number that is followed by something that no number has.
fn number(text: &str, span: Span) -> Diagnostic {
    let end = text.find([' ', '\t', ',', '}']).unwrap_or(text.len());
    let short: String = text[..end].chars().take(40).collect();
    let place = Span {
        end: span.start + u32::try_from(short.len()).unwrap_or(0),
        ..span
    };
    Diagnostic::new(Code::UnexpectedText, place, format!("unexpected `{short}`"))
        .help("begin a statement with a word, and write text as \"…\"")
}

/// A quote that begins no string: it isn't closed on its line, or an escape in it is unknown.
fn string(text: &str, span: Span) -> Diagnostic {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, found)) = chars.next() {
        let next = match found {
            '\\' => chars.next(),
            '"' => break,
            _ => continue,
        };
        let escape = next.map_or(' ', |(_, escape)| escape);
        let digits = text[at..]
            .chars()
            .skip(2)
            .take(4)
            .filter(char::is_ascii_hexdigit)
            .count();
        let known = "\"\\/bfnrt".contains(escape) || (escape == 'u' && digits == 4);
        if !known {
            let start = span.start + u32::try_from(at).unwrap_or(0);
            let end = start + 1 + u32::try_from(escape.len_utf8()).unwrap_or(1);
            let place = Span {
                start,
                end: end.min(span.end),
                ..span
            };
            return Diagnostic::new(Code::BadString, place, "unknown escape in a string").help(
                "escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits",
            );
        }
    }
    let place = Span {
        end: span.start + 1,
        ..span
    };
    Diagnostic::new(
        Code::BadString,
        place,
        "this string has no closing quote on its line",
    )
    .help("close it with `\"`; write a line break in it as \\n")
}

/// Whether a character may not stand outside of strings: it would not be seen, or would make the
/// text look other than it is. (Unicode Technical Standard 55, "Source Code Handling".)
fn is_forbidden(found: char) -> bool {
    matches!(found,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The characters of `text` that may not stand where they do; `strings` are the places, in order,
/// where all but control characters may. A carriage return may only begin a line break.
pub(super) fn forbidden(file: FileId, text: &str, strings: &[Span]) -> Vec<Diagnostic> {
    let mut strings = strings.iter().peekable();
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        let lone_return = character == '\r' && text.as_bytes().get(at + 1) != Some(&b'\n');
        if !lone_return && !is_forbidden(character) {
            continue;
        }
        let span = Span::new(file, at..at + character.len_utf8());
        while strings.next_if(|string| string.end <= span.start).is_some() {}
        if strings.peek().is_some_and(|string| string.contains(span)) {
            continue;
        }
        let message = format!(
            "the character U+{:04X} may not stand here",
            u32::from(character)
        );
        let help = if lone_return {
            "end lines with a line feed, or with a carriage return and a line feed"
        } else {
            "delete it: it can't be seen, or makes the text look other than it is"
        };
        found.push(Diagnostic::new(Code::ForbiddenCharacter, span, message).help(help));
    }
    found
}
