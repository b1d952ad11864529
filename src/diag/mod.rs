//! What is wrong with a text: diagnostics, the bag they are gathered in, and their codes.
//!
//! A stage pushes into a [`Bag`] and goes on. Nothing here prints; [`render`] turns diagnostics
//! into text for a terminal.

pub mod codes;
mod excerpt;
mod printable;
pub mod render;
pub mod suggest;
pub mod wrap;

use crate::source::Span;
pub use codes::Code;
pub use printable::printable;

/// How bad it is. Notes are not diagnostics: they are lines of the build's summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The output would be refused, or could not work.
    Error,
}

/// A place that matters to a diagnostic, with what is to be said about it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is the matter with this place; may be empty.
    pub text: String,
}

/// A change of the text that resolves a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, as an imperative.
    pub title: String,
    /// Replacements that don't overlap; an empty span inserts.
    pub edits: Vec<Edit>,
}

/// One replacement of a [`Fix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// One thing that is wrong, where, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of fault.
    pub code: Code,
    /// One sentence in lower case without a full stop, the user's names in backticks.
    pub message: String,
    /// The place of the fault.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// Imperatives that the user can follow.
    pub help: Vec<String>,
    /// A change that a machine can make.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A diagnostic with its sentence; say more with the methods below.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            primary: Label {
                span,
                text: String::new(),
            },
            secondary: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// What to say at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// A second place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds the other places of a diagnostic that says the same.
    pub(crate) fn merge_places(&mut self, other: &Diagnostic) {
        for label in &other.secondary {
            if !self.secondary.contains(label) {
                self.secondary.push(label.clone());
            }
        }
    }

    /// The way out, as an imperative.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// The way out as a single replacement, which also becomes a help line.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        let title = title.into();
        self.help.push(title.clone());
        self.fix = Some(Fix {
            title,
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
        });
        self
    }
}

/// How many diagnostics a bag keeps: nobody reads as many, and megabytes of stray braces would
/// otherwise take gigabytes to complain of.
pub const MOST_KEPT: usize = 100_000;

/// Gathers diagnostics while a stage goes on: the first [`MOST_KEPT`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bag {
    all: Vec<Diagnostic>,
}

impl Bag {
    /// Adds one, if there is room.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.all.push(diagnostic);
        }
    }

    /// Whether no more would be kept.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.all.len() >= MOST_KEPT
    }

    /// Adds all of another bag.
    pub fn append(&mut self, other: Bag) {
        let room = MOST_KEPT.saturating_sub(self.all.len());
        self.all.extend(other.all.into_iter().take(room));
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Everything found, by place; each only once, with all its places: for another target a fault
    /// may show others.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort_by(|a, b| {
            (a.primary.span, a.code, &a.message).cmp(&(b.primary.span, b.code, &b.message))
        });
        self.all.dedup_by(|again, first| {
            let same = again.code == first.code
                && again.primary.span == first.primary.span
                && again.message == first.message;
            if same {
                first.merge_places(again);
            }
            same
        });
        self.all
    }
}
