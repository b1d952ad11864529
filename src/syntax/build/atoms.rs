//! Tokens: words, strings, numbers, references and lists.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest makes a variant of every rule, and most of them are no token"
)]

use pest::iterators::Pair;

use super::TreeBuilder;
use crate::diag::{Code, Diagnostic};
use crate::source::{Span, Spanned};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{AssignedValue, Atom, AtomKind};

impl TreeBuilder<'_> {
    pub(super) fn value(&mut self, pair: Pair<'_, Rule>) -> AssignedValue {
        let mut parts = pair.into_inner();
        let equals = parts.next().map(|equals| self.span(&equals));
        let atoms = parts.map(|part| self.atom(part)).collect();
        let nowhere = Span::new(self.file, 0..0);
        AssignedValue {
            equals: equals.unwrap_or(nowhere),
            atoms,
        }
    }

    pub(super) fn atom(&mut self, pair: Pair<'_, Rule>) -> Atom {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::string => {
                self.strings.push(span);
                AtomKind::Text(self.unescape(pair.as_str(), span))
            }
            Rule::number => AtomKind::Number(pair.as_str().to_owned()),
            Rule::range => {
                let mut ends = pair.into_inner().map(|end| self.spanned(&end));
                match (ends.next(), ends.next()) {
                    (Some(from), Some(to)) => AtomKind::Range(from, to),
                    _ => AtomKind::Word(String::new()),
                }
            }
            Rule::reference => AtomKind::Reference(self.parts(&pair), None),
            Rule::call => {
                let mut inner = pair.into_inner();
                let parts = inner.next().map(|reference| self.parts(&reference));
                let argument = inner.next().map(|string| {
                    let span = self.span(&string);
                    self.strings.push(span);
                    Spanned::new(self.unescape(string.as_str(), span), span)
                });
                AtomKind::Reference(parts.unwrap_or_default(), argument)
            }
            Rule::list => {
                let items = pair.into_inner();
                AtomKind::List(items.map(|item| self.atoms(item)).collect())
            }
            _ => AtomKind::Word(pair.as_str().to_owned()),
        };
        Atom { kind, span }
    }

    fn atoms(&mut self, pair: Pair<'_, Rule>) -> Vec<Atom> {
        pair.into_inner().map(|part| self.atom(part)).collect()
    }

    pub(super) fn spanned(&self, pair: &Pair<'_, Rule>) -> Spanned<String> {
        Spanned::new(pair.as_str().to_owned(), self.span(pair))
    }

    /// The parts of a reference, between its dots.
    fn parts(&self, pair: &Pair<'_, Rule>) -> Vec<Spanned<String>> {
        let mut at = pair.as_span().start();
        pair.as_str()
            .split('.')
            .map(|part| {
                let span = Span::new(self.file, at..at + part.len());
                at += part.len() + 1;
                Spanned::new(part.to_owned(), span)
            })
            .collect()
    }

    /// The text of a string token. Its escapes are JSON's, so serde_json undoes them; it refuses
    /// half of a surrogate pair alone. No variable, command or file name can hold U+0000.
    fn unescape(&mut self, token: &str, span: Span) -> String {
        let text: Option<String> = serde_json::from_str(token).ok();
        let (message, help) = match &text {
            Some(text) if text.contains('\0') => (
                "an escape in this string is the character U+0000, which nothing can hold",
                "delete it",
            ),
            Some(_) => return text.unwrap_or_default(),
            None => (
                "an escape in this string is half of a character",
                "write the character itself, or both \\u escapes of its surrogate pair",
            ),
        };
        let fault = Diagnostic::new(Code::BadString, span, message);
        self.complain(span, fault.help(help));
        String::new()
    }
}
