//! Statements as they stand in the text, before any word of them means anything.

use crate::source::{Span, Spanned};

/// A file: its statements in order, and its comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The statements of the top level.
    pub facts: Vec<Fact>,
    /// Comments, by place.
    pub comments: Vec<Span>,
    /// Commas between statements, by place.
    pub commas: Vec<Span>,
    /// Text that couldn't be read, by place.
    pub junk: Vec<Junk>,
    /// Whether a line of the top level was unreadable.
    pub broken: bool,
}

/// Text that fits no shape. With the statements, the comments and the commas it is all that stands in a
/// text but for blanks and line breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Junk {
    /// From its first character to the last.
    pub span: Span,
    /// The tokens that it begins with, such as `nginx` of `nginx:1.29`. They belong to no statement.
    pub atoms: Vec<Atom>,
    /// The block behind it, where no statement stands before that.
    pub block: Option<Block>,
}

/// One statement: `head atom … = value … { block }`, or `..head`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its first word, or the string that stands for it.
    pub head: Spanned<String>,
    /// What form the head has.
    pub form: Form,
    /// What follows the head.
    pub atoms: Vec<Atom>,
    /// What follows `=`.
    pub value: Option<AssignedValue>,
    /// What stands in braces.
    pub block: Option<Block>,
    /// The lines in its braces, where they are YAML.
    pub raw: Option<Spanned<String>>,
    /// From its first character to the last.
    pub span: Span,
    /// Whether unreadable text stands in it.
    pub broken: bool,
}

/// How a statement begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// With a word.
    Word,
    /// With a string.
    Text,
    /// With `..` and a word.
    Spread,
}

/// What stands behind `=`; it may be nothing, in a text that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignedValue {
    /// The `=` itself.
    pub equals: Span,
    /// What follows it.
    pub atoms: Vec<Atom>,
}

/// What stands in a pair of braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The statements in it.
    pub facts: Vec<Fact>,
    /// From the open brace to the closing one.
    pub span: Span,
    /// Whether there is a closing one.
    pub closed: bool,
    /// Whether a line of it was unreadable.
    pub broken: bool,
}

/// A token of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// Where it is.
    pub span: Span,
}

/// The kinds of token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtomKind {
    /// A bare word.
    Word(String),
    /// A string, its escapes undone.
    Text(String),
    /// A number with its unit, as written.
    Number(String),
    /// `A..B`.
    Range(Spanned<String>, Spanned<String>),
    /// `a.b.c`, perhaps with a string in parentheses behind it. A part is empty where the text
    /// ends with a dot.
    Reference(Vec<Spanned<String>>, Option<Spanned<String>>),
    /// `[a, b "/path"]`: items, of one token or more each.
    List(Vec<Vec<Atom>>),
}

impl Block {
    /// Whether something in it couldn't be read, be it in one of its statements.
    pub(super) fn is_broken(&self) -> bool {
        self.broken || self.facts.iter().any(|fact| fact.broken)
    }
}

impl Atom {
    /// The text of a string; `None` of anything else.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            AtomKind::Text(text) => Some(text),
            AtomKind::Word(_)
            | AtomKind::Number(_)
            | AtomKind::Range(..)
            | AtomKind::Reference(..)
            | AtomKind::List(_) => None,
        }
    }

    /// The text of a word or a string; `None` of anything else.
    #[must_use]
    pub fn as_word_or_text(&self) -> Option<&str> {
        match &self.kind {
            AtomKind::Word(text) | AtomKind::Text(text) => Some(text),
            AtomKind::Number(_)
            | AtomKind::Range(..)
            | AtomKind::Reference(..)
            | AtomKind::List(_) => None,
        }
    }

    /// The name in `secret.NAME`; `None` of anything else. It is empty where it isn't typed yet.
    #[must_use]
    pub fn as_secret(&self) -> Option<&Spanned<String>> {
        let AtomKind::Reference(parts, None) = &self.kind else {
            return None;
        };
        match parts.as_slice() {
            [owner, name] if owner.value == "secret" => Some(name),
            _ => None,
        }
    }

    /// What to call it in "found …".
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.kind {
            AtomKind::Word(word) => format!("`{word}`"),
            AtomKind::Text(text) => format!("the string {}", quote(text)),
            AtomKind::Number(number) => format!("`{number}`"),
            AtomKind::Range(from, to) => format!("`{}..{}`", from.value, to.value),
            AtomKind::Reference(parts, _) => {
                let parts: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
                format!("`{}`", parts.join("."))
            }
            AtomKind::List(_) => "a list".to_owned(),
        }
    }
}

/// A string as it could stand in the source, cut where it is long.
fn quote(text: &str) -> String {
    const MOST: usize = 40;
    let cut: String = text.chars().take(MOST).collect();
    let rest = if cut.len() < text.len() { "…" } else { "" };
    format!("{cut:?}{rest}")
}
