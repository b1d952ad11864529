//! What is wrong with a text: diagnostics, the bag they are gathered in, and their codes.
//!
//! A stage pushes into a [`Bag`] and goes on. Nothing here prints; [`render`] turns diagnostics
//! into text for a terminal.

pub mod codes;
mod commands;
pub mod credentials;
mod encoded;
mod escapes;
mod excerpt;
pub mod fix;
mod fold;
mod logins;
mod mask;
mod named;
mod pem;
mod plain;
mod printable;
pub mod render;
pub mod report;
pub mod suggest;
mod tokens;
mod withhold;
pub mod wrap;

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Span;
pub use codes::{Code, Severity};
#[cfg(feature = "cli")]
pub(crate) use escapes::entity;
pub use fix::{Applicability, Edit, Fix};
pub(crate) use mask::CredentialPlaces;
#[cfg(feature = "cli")]
pub(crate) use mask::without_credentials;
pub use mask::{MASK, Masks};
pub use printable::{on_one_line, printable};
use suggest::Near;
pub(crate) use withhold::{withhold, withhold_sources};

/// A place that matters to a diagnostic, with what is to be said about it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is the matter with this place; may be empty.
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
    /// Places that hold what nobody may read, such as a credential: whoever prints the source, or
    /// what was made from it, prints [`MASK`] over them.
    pub mask: Vec<Span>,
    /// The target that its message names, where it speaks of one.
    pub target: Option<String>,
    /// The backend whose files leave something out, of losses alone.
    pub backend: Option<&'static str>,
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
            mask: Vec::new(),
            target: None,
            backend: None,
        }
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
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

    /// The way out as a single replacement that says what was meant. It also becomes a help line.
    #[must_use]
    pub fn fix(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.edit(Applicability::Certain, title, Edit::replace(span, text))
    }

    /// The way out as a single replacement that says what may have been meant. It also becomes a
    /// help line.
    #[must_use]
    pub fn maybe(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.edit(Applicability::Maybe, title, Edit::replace(span, text))
    }

    /// Another word instead of the one at a place, if there is one that may have been meant.
    #[must_use]
    pub fn meant(self, near: Near<'_>, span: Span) -> Self {
        let applicability = if near.is_sure {
            Applicability::Certain
        } else {
            Applicability::Maybe
        };
        let title = format!("did you mean `{}`?", near.word);
        self.edit(applicability, title, Edit::replace(span, near.word))
    }

    /// The way out as a change of any kind, which also becomes a help line.
    #[must_use]
    pub fn edit(self, applicability: Applicability, title: impl Into<String>, edit: Edit) -> Self {
        let title = title.into();
        let diagnostic = self.help(title.clone());
        diagnostic.with_fix(Fix {
            title,
            edits: vec![edit],
            applicability,
        })
    }

    /// With its fix as one that somebody must look at.
    #[must_use]
    pub fn unsure(mut self) -> Self {
        if let Some(fix) = &mut self.fix {
            fix.applicability = Applicability::Maybe;
        }
        self
    }

    /// A change that resolves it, whatever the help says.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Its message names this target.
    #[must_use]
    pub fn of_target(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Nobody may read what stands at this place. Take all of it: the rest of a credential is no
    /// less of a secret.
    #[must_use]
    pub fn mask(mut self, span: Span) -> Self {
        self.mask.push(span);
        self
    }
}

/// How many errors, warnings, losses and notes are among diagnostics, in words: `2 errors, 1 warning`.
/// `say` puts a number and its noun together.
pub(crate) fn counts<'a>(
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    say: fn(usize, &str) -> String,
) -> String {
    let mut numbers: BTreeMap<Severity, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *numbers.entry(diagnostic.severity()).or_default() += 1;
    }
    let all = numbers.into_iter();
    let all = all.map(|(severity, number)| say(number, severity.noun()));
    all.collect::<Vec<_>>().join(", ")
}

/// What to say before the number of diagnostics: nobody knows how many there are beyond those that
/// were kept.
pub(crate) fn at_least(diagnostics: &[Diagnostic]) -> &'static str {
    if diagnostics.len() < MOST_KEPT {
        ""
    } else {
        "at least "
    }
}

/// Whether an error is among diagnostics.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    let mut severities = diagnostics.iter().map(Diagnostic::severity);
    severities.any(|severity| severity == Severity::Error)
}

/// How many diagnostics a bag keeps: nobody reads as many, and megabytes of stray braces would
/// otherwise take gigabytes to complain of.
pub const MOST_KEPT: usize = 100_000;

/// Gathers diagnostics while a stage goes on: the first [`MOST_KEPT`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bag {
    all: Vec<Diagnostic>,
    /// Where what couldn't be read belongs to something that was complained of.
    explained: Vec<Span>,
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

    /// Whether something was found that keeps files from being built.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.all)
    }

    /// What was found, in the order in which it was.
    #[must_use]
    pub fn all(&self) -> &[Diagnostic] {
        &self.all
    }

    /// Notes that a diagnostic is about all that stands at a place: what can't be read there is no fault
    /// of its own.
    pub(crate) fn explain(&mut self, place: Span) {
        if self.explained.len() < MOST_KEPT {
            self.explained.push(place);
        }
    }

    /// Adds what to say of places, but for those that a diagnostic of another place is about.
    pub(crate) fn push_unexplained(&mut self, found: Vec<(Span, Diagnostic)>) {
        let mut explained = std::mem::take(&mut self.explained);
        explained.sort_unstable();
        for (place, diagnostic) in found {
            // None of them is within another, so that the last that begins before it is the one.
            let before = explained.partition_point(|it| it.start <= place.start);
            let last = before.checked_sub(1).map(|last| explained[last]);
            if !last.is_some_and(|it| it.contains(place)) {
                self.push(diagnostic);
            }
        }
    }

    /// The places of one code.
    pub(crate) fn places(&self, code: Code) -> BTreeSet<Span> {
        let all = self.all.iter().filter(|it| it.code == code);
        all.map(|it| it.primary.span).collect()
    }

    /// The places of errors.
    pub(crate) fn places_of_errors(&self) -> BTreeSet<Span> {
        let errors = self.all.iter();
        let errors = errors.filter(|it| it.severity() == Severity::Error);
        errors.map(|it| it.primary.span).collect()
    }

    /// Goes on without the warnings at the very places of errors, of which there are `more` than its own:
    /// who mends one looks at the other.
    pub(crate) fn drop_shadowed(&mut self, more: &BTreeSet<Span>) {
        let errors = self.places_of_errors();
        let is_shadowed = |place: &Span| errors.contains(place) || more.contains(place);
        self.all
            .retain(|it| it.severity() == Severity::Error || !is_shadowed(&it.primary.span));
    }

    /// Adds to what was found.
    pub(crate) fn change(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.all.iter_mut().for_each(change);
    }

    /// Goes on with some of what was found, which `wanted` is shown by place.
    pub(crate) fn retain_sorted(&mut self, wanted: impl FnMut(&Diagnostic) -> bool) {
        self.all.sort_by_key(|diagnostic| diagnostic.primary.span);
        self.all.retain(wanted);
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
