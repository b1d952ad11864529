//! What a check has found so far.

use indexmap::IndexMap;

use crate::diag::suggest::did_you_mean;
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::{Span, Spanned};

/// Diagnostics, and names that nothing declares: such a name is one diagnostic with a label for
/// each use, so they are gathered first.
#[derive(Debug, Default)]
pub(super) struct Findings {
    bag: Bag,
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
