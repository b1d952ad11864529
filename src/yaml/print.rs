//! Nodes to text.
//!
//! The style is what linters of YAML ask for: `---` before each document, two spaces a level,
//! sequences indented under their key. There are no anchors, tags, folded texts or flow collections
//! but `{}` and `[]`.

use crate::source::reorders;
use std::fmt::Write;

use super::marks::{Lines, Marker, Step, Unmarked};
use super::{Key, Kind, Node, Origin, Printed};

/// Longest text, in bytes, that is written plain.
const LONGEST_PLAIN: usize = 200;

/// Longest key, as written, that may stand before a `:` on its line (YAML 1.2, §7.4.3).
const LONGEST_IMPLICIT_KEY: usize = 1024;

/// How long a text is of which nothing is known yet, in bytes: many aren't much longer.
const USUAL_SIZE: usize = 4096;

/// Words that YAML 1.1 or 1.2 reads as a boolean or as null, in any case.
const RESERVED: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// The length of the longest of these.
const LONGEST_RESERVED: usize = 5;

/// Prints documents, each after `---`, below the lines of `head`, each of which becomes a comment.
///
/// `head` is plain text without `# ` of its own, and may be empty. A character of it that would end
/// a comment or break a reader becomes U+FFFD.
///
/// The depth of the stack is that of the tree. Ours are some fifteen levels deep; YAML that was
/// read is bounded by its reader.
#[must_use]
pub fn print(head: &str, documents: &[Node]) -> String {
    write(head, documents, &mut Unmarked)
}

/// The same with a mark for each line. The lines of `head` come from `origin`, and so does what no
/// document says of itself.
#[must_use]
pub fn print_marked(head: &str, documents: &[Node], origin: &Origin) -> Printed {
    let mut marker = Marker::new(origin);
    let text = write(head, documents, &mut marker);
    Printed {
        text,
        marks: marker.into_marks(),
    }
}

fn write<'n>(head: &str, documents: &'n [Node], lines: &mut impl Lines<'n>) -> String {
    let mut out = String::with_capacity(USUAL_SIZE);
    for line in head.lines() {
        comment(&mut out, line);
        lines.end();
    }
    for (at, document) in documents.iter().enumerate() {
        lines.enter(Step::Document(at), document);
        out.push_str("---\n");
        lines.end();
        block(&mut out, lines, document, 0);
        lines.leave();
    }
    out
}

/// One line of comment.
fn comment(out: &mut String, line: &str) {
    out.push('#');
    if !line.is_empty() {
        out.push(' ');
    }
    out.extend(line.chars().map(|char| match char {
        '"' | '\\' => char,
        char if must_escape(char) => char::REPLACEMENT_CHARACTER,
        char => char,
    }));
    out.push('\n');
}

/// A node and its line break. The cursor stands in the column of its level.
pub(super) fn block<'n>(
    out: &mut String,
    lines: &mut impl Lines<'n>,
    node: &'n Node,
    level: usize,
) {
    match &node.kind {
        Kind::Mapping(fields) if !fields.is_empty() => return mapping(out, lines, fields, level),
        Kind::Sequence(items) if !items.is_empty() => return sequence(out, lines, items, level),
        Kind::Mapping(_) => out.push_str("{}"),
        Kind::Sequence(_) => out.push_str("[]"),
        Kind::Text(text) => plain_or_quoted(out, text),
        Kind::Quoted(text) => push_quoted(out, text),
        Kind::Expression(text) => out.push_str(text),
        Kind::Lines(text) => return raw_lines(out, lines, text, level),
        Kind::Block(pipeline) => {
            // Writing into a String can't fail.
            let _ = write!(out, "{{{{- {pipeline} | nindent {} }}}}", level * 2);
        }
        Kind::Integer(number) => {
            // Writing into a String can't fail.
            let _ = write!(out, "{number}");
        }
        Kind::Decimal(number) => out.push_str(number),
        Kind::Null => out.push_str("null"),
        Kind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
    }
    out.push('\n');
    lines.end();
}

fn mapping<'n>(
    out: &mut String,
    lines: &mut impl Lines<'n>,
    fields: &'n [(Key, Node)],
    level: usize,
) {
    for (at, (name, value)) in fields.iter().enumerate() {
        if at > 0 {
            indent(out, level);
        }
        lines.enter(Step::Key(name), value);
        field(out, lines, name, value, level);
        lines.leave();
    }
}

/// A key and its value. The cursor stands in the column of its level.
fn field<'n>(
    out: &mut String,
    lines: &mut impl Lines<'n>,
    name: &str,
    value: &'n Node,
    level: usize,
) {
    if let Kind::Lines(text) = &value.kind {
        return raw_lines(out, lines, text, level);
    }
    open(out, lines, value, level);
    key(out, lines, name, level);
    if is_nested(value) {
        out.push('\n');
        lines.end();
        indent(out, level + 1);
    } else {
        out.push(' ');
    }
    block(out, lines, value, level + 1);
    close(out, lines, value, level);
}

/// Adds a field of a mapping to a text, at a level of two columns each.
pub fn push_field(out: &mut String, name: &str, value: &Node, level: usize) {
    indent(out, level);
    field(out, &mut Unmarked, name, value, level);
}

/// The line before what is there under a condition alone.
pub(super) fn open<'n>(out: &mut String, lines: &mut impl Lines<'n>, node: &'n Node, level: usize) {
    if let Some(condition) = &node.guard {
        // Writing into a String can't fail.
        let _ = writeln!(out, "{{{{- {condition} }}}}");
        lines.end();
        indent(out, level);
    }
}

/// The line behind it.
pub(super) fn close<'n>(
    out: &mut String,
    lines: &mut impl Lines<'n>,
    node: &'n Node,
    level: usize,
) {
    if node.guard.is_some() {
        indent(out, level);
        out.push_str("{{- end }}\n");
        lines.end();
    }
}

/// Lines as they are, each in the column of its level.
fn raw_lines<'n>(out: &mut String, lines: &mut impl Lines<'n>, text: &str, level: usize) {
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            indent(out, level);
        }
        out.push_str(line);
        out.push('\n');
        lines.end();
    }
}

fn sequence<'n>(out: &mut String, lines: &mut impl Lines<'n>, items: &'n [Node], level: usize) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            indent(out, level);
        }
        lines.enter(Step::Item(at), item);
        open(out, lines, item, level);
        if !matches!(item.kind, Kind::Lines(_)) {
            out.push_str("- ");
        }
        let below = usize::from(!matches!(item.kind, Kind::Lines(_)));
        block(out, lines, item, level + below);
        close(out, lines, item, level);
        lines.leave();
    }
}

/// Whether a value starts on the line below its key.
fn is_nested(value: &Node) -> bool {
    match &value.kind {
        Kind::Mapping(fields) => !fields.is_empty(),
        Kind::Sequence(items) => !items.is_empty(),
        Kind::Block(_) | Kind::Lines(_) => true,
        Kind::Text(_)
        | Kind::Quoted(_)
        | Kind::Integer(_)
        | Kind::Decimal(_)
        | Kind::Bool(_)
        | Kind::Null
        | Kind::Expression(_) => false,
    }
}

/// A key and its colon.
///
/// Kubernetes' longest keys have 317 characters (a label with its prefix), so the long form is for
/// what nobody should write; but it is right.
fn key<'n>(out: &mut String, lines: &mut impl Lines<'n>, name: &str, level: usize) {
    let start = out.len();
    plain_or_quoted(out, name);
    if out.len() - start > LONGEST_IMPLICIT_KEY {
        out.insert_str(start, "? ");
        out.push('\n');
        lines.end();
        indent(out, level);
    }
    out.push(':');
}

/// Adds the blanks in front of a level of two columns each.
pub fn indent(out: &mut String, level: usize) {
    const BLANKS: &str = "                                ";
    let mut left = level * 2;
    while left > 0 {
        let length = left.min(BLANKS.len());
        out.push_str(&BLANKS[..length]);
        left -= length;
    }
}

fn plain_or_quoted(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        push_quoted(out, text);
    }
}

/// Whether every reader, of YAML 1.1 or 1.2, takes the bare text for this very string.
///
/// Stricter than YAML asks: no number, date or `1:30` starts with a letter, no indicator is among
/// the characters but `:`, `,` and `-`, and these mean nothing inside a word.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    bytes.len() <= LONGEST_PLAIN
        && (first.is_ascii_alphabetic() || b"/_".contains(first))
        && (last.is_ascii_alphanumeric() || b"/_".contains(last))
        && bytes.iter().all(|byte| PLAIN[usize::from(*byte)])
        && !(bytes.len() <= LONGEST_RESERVED
            && RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text)))
}

/// The bytes that such a text may have.
const PLAIN: [bool; 256] =
    table(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+,-./:=@");

/// Whether each byte is one of these.
const fn table(of: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < of.len() {
        table[of[at] as usize] = true;
        at += 1;
    }
    table
}

/// Text as YAML writes it: bare where every reader takes it for this very text.
#[must_use]
pub fn word(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    plain_or_quoted(&mut out, text);
    out
}

/// Text in double quotes, on one line, as YAML writes it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_quoted(&mut out, text);
    out
}

fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    // Nearly every text is of such characters alone.
    let is_simple = |byte: u8| matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=b'~');
    if text.bytes().all(is_simple) {
        out.push_str(text);
        out.push('"');
        return;
    }
    let mut done = 0;
    for (at, found) in text.match_indices(must_escape) {
        out.push_str(&text[done..at]);
        done = at + found.len();
        for char in found.chars() {
            escape(out, char);
        }
    }
    out.push_str(&text[done..]);
    out.push('"');
}

/// Whether a character can't stand in double quotes as it is: the quote itself, controls, what some
/// reader takes for a line break, drops or refuses, and what makes a terminal show another text.
fn must_escape(char: char) -> bool {
    let breaks = matches!(
        char,
        '"' | '\\'
            | '\0'..='\x1f'
            | '\x7f'..='\u{9f}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}'
    );
    breaks || reorders(char)
}

fn escape(out: &mut String, char: char) {
    match char {
        '"' | '\\' => out.extend(['\\', char]),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        // Writing into a String can't fail.
        '\0'..='\u{ff}' => {
            let _ = write!(out, "\\x{:02X}", u32::from(char));
        }
        _ => {
            let _ = write!(out, "\\u{:04X}", u32::from(char));
        }
    }
}

#[cfg(test)]
mod tests;
