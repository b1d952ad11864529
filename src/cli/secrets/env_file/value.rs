//! Values in `.env` files, in quotes and without, as long as all programs read them alike.

use crate::cli::secrets::secret::Secret;

/// What to write instead of a value that is read in several ways.
const QUOTE: &str = "write it in 'single quotes'";
/// The same of one with such a quote in it.
const DOUBLE: &str = "write it in \"double quotes\"";
/// What to do with a value of several lines that end as on Windows.
const LINE_FEEDS: &str = "save the file with line feeds at the ends of lines, not CRLF";
/// What to do with a value that no quotes hold alike everywhere.
const ENVIRONMENT: &str = "leave `--env-file` out, and set the variable in the environment";

/// What separates words of a line.
pub(super) const BLANKS: [char; 2] = [' ', '\t'];

/// What a shell reads as something else than text, outside of quotes.
const SPECIAL: &str = "'\"`$\\#&;|<>()";

/// A value, or what to do instead of one that programs read differently.
pub(super) type Reading = Result<Secret, &'static str>;

/// Reads the value whose quotation `text` begins with, and tells how many bytes it has with the rest of
/// the line behind it; `None` if the quotation doesn't end.
pub(super) fn quoted(text: &str, quote: char) -> Option<(Reading, usize)> {
    let whole = text.strip_prefix(quote)?;
    let end = whole.find(quote)?;
    let (value, behind) = (&whole[..end], line_of(&whole[end + 1..]));
    let length = 1 + end + 1 + behind.len();
    let behind = behind.trim_end_matches(['\r', '\n']);
    let comment = behind.trim_start_matches(BLANKS);
    let is_apart = behind.len() > comment.len();
    let ends = comment.is_empty() || (is_apart && comment.starts_with('#'));
    let is_double = quote == '"';
    let read = if !ends {
        Err(
            "let nothing follow the closing quote; a value with quotes in it goes into the environment",
        )
    } else if value.contains("\r\n") {
        Err(LINE_FEEDS)
    } else if is_double && value.contains(['$', '\\', '`']) {
        Err(in_quotes(value))
    } else if !is_double && (value.contains("\\\\") || value.ends_with('\\')) {
        Err(ENVIRONMENT)
    } else {
        Ok(Secret::new(value.as_bytes().to_vec()))
    };
    Some((read, length))
}

/// Which quotes hold a value alike everywhere.
fn in_quotes(value: &str) -> &'static str {
    if !value.contains('\'') {
        QUOTE
    } else if value.contains(['"', '$', '\\', '`']) {
        ENVIRONMENT
    } else {
        DOUBLE
    }
}

/// A value without quotes, which is the rest of its line, or what to do instead.
pub(super) fn bare(value: &str) -> Reading {
    let value = value
        .trim_end_matches(['\r', '\n'])
        .trim_end_matches(BLANKS);
    let is_special = |c: char| SPECIAL.contains(c) || c.is_whitespace();
    if value.contains(is_special) || value.starts_with('~') {
        return Err(in_quotes(value));
    }
    Ok(Secret::new(value.as_bytes().to_vec()))
}

/// The first line of a text, with its end.
pub(super) fn line_of(text: &str) -> &str {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    &text[..end]
}
