//! What to say about text that fits no shape, from its first characters.

mod habits;

pub(super) use habits::{colon, dotted, ports};

use crate::diag::{Code, Diagnostic, MOST_KEPT};
use crate::source::{FileId, Span};

/// Where unreadable text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JunkPlace {
    /// Where a statement would begin.
    Start,
    /// Behind the beginning of a statement, on its line.
    InStatement,
}

/// The diagnostic for unreadable text at `span` that adjoins what stands before it, such as the end of
/// `{app}-api`: nobody knows where it begins.
pub(super) fn adjoining(text: &str, span: Span) -> Diagnostic {
    let blamed = junk(text, span, JunkPlace::InStatement);
    if text.starts_with([';', '\'', '`', '“', '”', '‘', '’']) {
        return blamed;
    }
    blamed.unsure()
}

/// The diagnostic for unreadable text at `span`.
pub(super) fn junk(text: &str, span: Span, place: JunkPlace) -> Diagnostic {
    let first = text.chars().next().unwrap_or(' ');
    let at = |length: usize| sized(span, length);
    if let Some(blamed) = habits::signs(text, span) {
        return blamed;
    }
    match (first, place) {
        ('"', _) => string(text, span),
        ('\'' | '`' | '“' | '”' | '‘' | '’', _) => quotes(text, span),
        ('[', _) => list(text, span),
        (';', _) => semicolon(text, at(1)),
        ('{', _) => Diagnostic::new(
            Code::UnexpectedText,
            at(1),
            "no statement stands before this `{`",
        )
        .help("open a block on its statement's line"),
        _ if !first.is_ascii() => {
            token(text, span).help("names have the letters a to z; write text in double quotes")
        }
        ('-', JunkPlace::Start) if text.starts_with("-- ") => comment(&text[..2], at(2)),
        ('-', JunkPlace::Start) => unexpected("-", at(1)).help(
            "write each statement on a line, without a sign before it, and a list of values as `[a, b]`",
        ),
        ('/', _) if is_comment(text, place) => comment(&text[..2], at(2)),
        (':', _) => unexpected(":", at(1))
            .help("write `port 3000`, without a colon, and variables as `NAME = value`"),
        ('=', _) => unexpected("=", at(1)).help("write `NAME = value`, with one `=` and one value"),
        ('+', _) => unexpected("+", at(1))
            .help("text isn't joined: write one string, or several values as `[a, b]`"),
        ('$', _) => token(text, span)
            .help("refer to other values by name: `config.KEY`, `secret.NAME`, `backend.url`"),
        ('/', JunkPlace::Start) => {
            token(text, span).help("write a path in double quotes: `\"/api\" = api`")
        }
        ('0'..='9', JunkPlace::Start) if first_token(text).contains(char::is_alphabetic) => {
            token(text, span).help("begin a name with a letter or `_`")
        }
        ('0'..='9', JunkPlace::Start) if is_digits(first_token(text)) => token(text, span)
            .help("begin a statement with a word, and write a number without commas: `1000`"),
        (_, JunkPlace::Start) => token(text, span).help("begin a statement with a word"),
        (_, JunkPlace::InStatement) => match (unopened(text, span), text_of_token(text)) {
            (Some(blamed), _) => blamed,
            (None, Some(text)) => without_quotes("", text, sized(span, text.len())),
            (None, None) => habits::operator(text, span),
        },
    }
}

/// What to say of text without quotes in a statement of `word` that begins at `whole`, and whose
/// unreadable part, `rest`, adjoins a token. `None` where that part would be unreadable behind any token.
pub(super) fn half_of_text(word: &str, text: &str, whole: Span, rest: Span) -> Option<Diagnostic> {
    let begun = rest.range().start - whole.range().start;
    let continues = |c: char| c.is_ascii_alphanumeric() || "/:@+~?&%\\._-".contains(c);
    if let Some(blamed) = unopened(text, whole) {
        return Some(blamed);
    }
    let mut rest = text.get(begun..)?.chars();
    let token = text_of_token(text)?;
    let is_text = rest.next().is_some_and(continues) && rest.next().is_some_and(continues);
    is_text.then(|| without_quotes(word, token, sized(whole, token.len())))
}

/// What to say of a schedule without quotes that begins at `span`.
pub(super) fn schedule(text: &str, span: Span) -> Diagnostic {
    let span = sized(span, text.len());
    let quoted = format!("\"{text}\"");
    let message = format!("the schedule `{text}` isn't in double quotes");
    Diagnostic::new(Code::UnexpectedText, span, message).fix(
        format!("write `{quoted}`"),
        span,
        quoted,
    )
}

/// The part of `span` with so many bytes.
fn sized(span: Span, length: usize) -> Span {
    Span {
        end: span.start + u32::try_from(length).unwrap_or(0),
        ..span
    }
}

/// The text up to a blank, or what separates tokens.
fn first_token(text: &str) -> &str {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text.find([' ', '\t', '"', ',', '}']).unwrap_or(text.len());
    &text[..end.max(first)]
}

/// The part of unreadable text without the signs and quotes around it.
pub(super) fn inside(text: &str, span: Span) -> Span {
    let around = |c: char| c.is_whitespace() || "=:'\"`“”‘’;,".contains(c);
    let from = text.len() - text.trim_start_matches(around).len();
    let length = text[from..].trim_end_matches(around).len();
    let start = span.range().start + from;
    Span::new(span.file, start..start + length)
}

/// A string that lacks its first quote: the one behind it is the last of the line.
fn unopened(text: &str, span: Span) -> Option<Diagnostic> {
    let token = first_token(text);
    let rest = text[token.len()..].strip_prefix('"')?;
    let line = rest.lines().next().unwrap_or_default();
    (token.starts_with(begins_text) && !line.contains('"')).then(|| {
        let place = sized(span, token.len() + 1);
        Diagnostic::new(
            Code::BadString,
            place,
            "this string has no quote at its beginning",
        )
        .maybe(format!("write `\"{token}\"`"), sized(span, 0), "\"")
    })
}

/// The first token, if someone may have meant it as text.
fn text_of_token(text: &str) -> Option<&str> {
    let token = first_token(text).trim_end_matches([';', ')', ']']);
    let is_text = token.starts_with(begins_text) && token.contains(char::is_alphanumeric);
    (token.len() <= 200 && is_text).then_some(token)
}

/// Whether what somebody may have meant as text begins so: a name, a path, a host, a package.
fn begins_text(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/.~-@*".contains(c)
}

fn without_quotes(word: &str, text: &str, span: Span) -> Diagnostic {
    if let Some(blamed) = habits::no_text(word, text, span) {
        return blamed;
    }
    let quoted = format!("\"{}\"", text.replace('\\', "\\\\"));
    let message = format!("the text `{text}` isn't in double quotes");
    let fixed = Diagnostic::new(Code::UnexpectedText, span, message).fix(
        format!("write `{quoted}`"),
        span,
        quoted,
    );
    // `3000:80` or `3s0` may have been meant as numbers.
    if text.contains(char::is_alphabetic) && !text.starts_with(|c: char| c.is_ascii_digit()) {
        fixed
    } else {
        fixed.unsure()
    }
}

fn semicolon(text: &str, span: Span) -> Diagnostic {
    let diagnostic = unexpected(";", span);
    if text[1..].trim_end().is_empty() {
        return diagnostic.fix("delete it: a new line ends a statement", span, "");
    }
    diagnostic.help("end a statement with a new line or a comma")
}

/// Whether it begins a comment as other languages do; behind a word, `//host` may be meant as text.
fn is_comment(text: &str, place: JunkPlace) -> bool {
    let rest = text.strip_prefix("//").or_else(|| text.strip_prefix("/*"));
    rest.is_some_and(|rest| place == JunkPlace::Start || rest.starts_with([' ', '\t']))
}

fn comment(begin: &str, span: Span) -> Diagnostic {
    let diagnostic = unexpected(begin, span);
    if begin == "//" {
        return diagnostic.fix("begin a comment with `#`", span, "#");
    }
    diagnostic.help("begin a comment with `#`")
}

fn unexpected(text: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnexpectedText, span, format!("unexpected `{text}`"))
}

/// Whether a text is a number of digits alone.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

/// The first token as unexpected.
fn token(text: &str, span: Span) -> Diagnostic {
    let short: String = first_token(text).chars().take(40).collect();
    unexpected(&short, sized(span, short.len()))
}

/// A string in other quotes, which `text` begins with.
fn quotes(text: &str, span: Span) -> Diagnostic {
    let found = text.chars().next().unwrap_or('\'');
    let close: &[char] = match found {
        '“' | '”' => &['”', '“'],
        '‘' | '’' => &['’', '‘'],
        _ => &[found],
    };
    let message = format!("a string stands in double quotes, not in `{found}`");
    let place = sized(span, found.len_utf8());
    let diagnostic = Diagnostic::new(Code::BadString, place, message);
    let inside = &text[found.len_utf8()..];
    let line = inside.split('\n').next().unwrap_or_default();
    let Some((inside, behind)) = line.split_once(close) else {
        return diagnostic.help("write the string as \"…\"");
    };
    let string = serde_json::Value::from(inside).to_string();
    // Both quotes of a pair are of one length.
    let whole = sized(span, 2 * found.len_utf8() + inside.len());
    let ends = behind.is_empty() || behind.starts_with([' ', '\t', '\r', ',', '}', ']', ')']);
    let title = format!("write `{string}`");
    if ends && !inside.contains(['"', '\\']) {
        diagnostic.fix(title, whole, string)
    } else {
        diagnostic.maybe(title, whole, string)
    }
}

/// A `[` that begins no list.
fn list(text: &str, span: Span) -> Diagnostic {
    // A fault of a string in it is the fault.
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '`', '“', '‘']) {
        let from = &rest[at..];
        let place = Span {
            start: span.end - u32::try_from(from.len()).unwrap_or(0),
            ..span
        };
        let first = from.chars().next().unwrap_or('"');
        if first != '"' {
            return quotes(from, place);
        }
        let Some(length) = string_length(from) else {
            return string(from, place);
        };
        rest = &from[length..];
    }
    let message = if text.contains(['\n', '\r']) || !text.contains(']') {
        "this list doesn't end on its line"
    } else {
        "this list can't be read"
    };
    Diagnostic::new(Code::UnexpectedText, sized(span, 1), message)
        .help("write a list on one line, its values apart by commas: `[a, b]`")
}

/// The bytes of the string token that `text` begins with, if it is closed and its escapes begin
/// right.
fn string_length(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, found)) = chars.next() {
        match found {
            '"' => return Some(at + 1),
            '\n' => return None,
            '\\' => {
                chars
                    .next()
                    .filter(|(_, next)| "\"\\/bfnrtu".contains(*next))?;
            }
            _ => {}
        }
    }
    None
}

/// Whether a quote stands before the next line break.
fn string_ends(text: &str) -> bool {
    text.split('\n')
        .next()
        .is_some_and(|line| line.contains('"'))
}

/// A quote that begins no string: it isn't closed on its line, or an escape in it is unknown.
fn string(text: &str, span: Span) -> Diagnostic {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, found)) = chars.next() {
        let next = match found {
            '\\' => chars.next(),
            // A tab that somebody pressed in a string which ends on its line.
            '\t' if string_ends(&text[at..]) => {
                let start = span.start + u32::try_from(at).unwrap_or(0);
                let place = Span {
                    start,
                    end: start + 1,
                    ..span
                };
                let message = "a tab can't stand in a string";
                return Diagnostic::new(Code::BadString, place, message).fix(
                    "write it as \\t",
                    place,
                    "\\t",
                );
            }
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
        // Nearly all are such.
        if matches!(character, '\n' | ' '..='~') {
            continue;
        }
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
        let diagnostic = Diagnostic::new(Code::ForbiddenCharacter, span, message);
        found.push(if lone_return {
            diagnostic.maybe(help, span, "\n")
        } else {
            diagnostic.fix(help, span, "")
        });
        if found.len() == MOST_KEPT {
            break;
        }
    }
    found
}
