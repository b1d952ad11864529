//! Where nodes come from.

use crate::source::Span;

/// Where a node comes from. What it leaves open, it has from its parent: a node without a span and
/// a rule has its parent's, and a rule without a span holds at its parent's place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The place in the source that it belongs to.
    pub span: Option<Span>,
    /// Why it is there.
    pub why: Why,
    /// Other places that it comes from as well.
    pub also: Vec<Span>,
}

/// Why something is in the output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A statement says it.
    #[default]
    Said,
    /// A default or a rule of the language, by its name.
    Rule(&'static str),
}

impl Origin {
    /// What is said at a place.
    #[must_use]
    pub fn said(span: Span) -> Self {
        Origin {
            span: Some(span),
            ..Origin::default()
        }
    }

    /// What a rule makes of what is said at a place.
    #[must_use]
    pub fn rule(name: &'static str, span: Span) -> Self {
        Origin {
            why: Why::Rule(name),
            ..Origin::said(span)
        }
    }

    /// Every place that it comes from, the first one first.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.span.into_iter().chain(self.also.iter().copied())
    }

    /// The same with what it leaves open, which is `parent`'s.
    #[must_use]
    pub fn within(&self, parent: &Origin) -> Origin {
        match (self.span, self.why) {
            (Some(_), _) => self.clone(),
            (None, why) => Origin {
                span: parent.span,
                why: if why == Why::Said { parent.why } else { why },
                also: parent.also.iter().chain(&self.also).copied().collect(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, Why};
    use crate::source::{FileId, Span};

    fn at(start: usize) -> Span {
        Span::new(FileId(0), start..start + 1)
    }

    #[test]
    fn what_is_left_open_is_the_parents() {
        let parent = Origin {
            also: vec![at(2)],
            ..Origin::rule("labels", at(1))
        };
        assert_eq!(Origin::default().within(&parent), parent);
        assert_eq!(Origin::said(at(5)).within(&parent), Origin::said(at(5)));
        let rule = Origin {
            why: Why::Rule("names"),
            also: vec![at(3)],
            ..Origin::default()
        };
        let found = rule.within(&parent);
        assert_eq!(found.why, Why::Rule("names"));
        assert_eq!(found.spans().collect::<Vec<_>>(), [at(1), at(2), at(3)]);
    }
}
