//! What a check has found so far.

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::diag::suggest::did_you_mean;
use crate::diag::{Bag, Code, Diagnostic, Label};
use crate::source::{Span, Spanned};

/// Diagnostics. Names that nothing declares, and what else many places may lack, are gathered
/// first: one of them is one diagnostic with a label for each use.
#[derive(Debug, Default)]
pub(super) struct Findings {
    bag: Bag,
    lacking: IndexMap<(Code, String), Diagnostic>,
    unknown: IndexMap<(String, &'static str), Unknown>,
}

#[derive(Debug)]
struct Unknown {
    uses: Vec<Span>,
    near: Option<String>,
    known: Vec<String>,
}

impl Findings {
    /// Adds a diagnostic.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.bag.push(diagnostic);
    }

    /// Adds a diagnostic of something that several places may lack: of one message, the first
    /// counts, and the others add their places.
    pub(super) fn lacks(&mut self, diagnostic: Diagnostic) {
        let key = (diagnostic.code, diagnostic.message.clone());
        match self.lacking.entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert(diagnostic);
            }
            Entry::Occupied(mut first) => {
                let first = first.get_mut();
                if first.primary.span != diagnostic.primary.span {
                    let label = Label {
                        span: diagnostic.primary.span,
                        text: "and here".to_owned(),
                    };
                    first.secondary.push(label);
                }
                first.merge_places(&diagnostic);
            }
        }
    }

    /// Notes the use of a name that isn't among the `known` ones; `what` says what should be.
    pub(super) fn unknown<'a>(
        &mut self,
        name: &Spanned<String>,
        what: &'static str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let key = (name.value.clone(), what);
        let unknown = self.unknown.entry(key).or_insert_with(|| {
            let known: Vec<_> = known.into_iter().map(str::to_owned).collect();
            let near = did_you_mean(&name.value, known.iter().map(String::as_str));
            Unknown {
                uses: Vec::new(),
                near: near.map(str::to_owned),
                known,
            }
        });
        if !unknown.uses.contains(&name.span) {
            unknown.uses.push(name.span);
        }
    }

    /// Everything found.
    pub(super) fn into_bag(self) -> Bag {
        let mut bag = self.bag;
        for diagnostic in self.lacking.into_values() {
            bag.push(diagnostic);
        }
        for ((name, what), unknown) in self.unknown {
            let Some((first, rest)) = unknown.uses.split_first() else {
                continue;
            };
            let message = format!("there is no {what} `{name}`");
            let mut diagnostic = Diagnostic::new(Code::UnknownName, *first, message);
            for place in rest {
                diagnostic = diagnostic.also(*place, "and here");
            }
            bag.push(match unknown.near {
                Some(near) if rest.is_empty() => {
                    diagnostic.fix(format!("did you mean `{near}`?"), *first, near)
                }
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None if unknown.known.is_empty() => {
                    diagnostic.help("nothing of that kind is declared")
                }
                None => diagnostic.help(format!("declared are `{}`", unknown.known.join("`, `"))),
            });
        }
        bag
    }
}
