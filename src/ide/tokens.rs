//! What each token of a text is, for its colour: from the tree and the tables, so in broken text as well.

use super::Analysis;
use super::walk::{Met, walk};
use crate::catalog::keys::{Means, Names, Part, Place, SlotKind};
use crate::source::Span;
use crate::syntax::taken;
use crate::syntax::tree::{Atom, AtomKind, Form};

/// The kinds of tokens, in the order in which they are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The word of a statement.
    Keyword,
    /// A fixed word in one.
    EnumMember,
    /// A thing.
    Class,
    /// A key or variable.
    Variable,
    /// A member, a port, a volume.
    Property,
    /// A recipe.
    Function,
    /// `..config`.
    Macro,
    /// A protocol or kind.
    Type,
    /// Text.
    String,
    /// A number.
    Number,
    /// A comment.
    Comment,
}

impl Kind {
    /// Their names in the protocol, by number.
    pub const NAMES: [&str; 11] = [
        "keyword",
        "enumMember",
        "class",
        "variable",
        "property",
        "function",
        "macro",
        "type",
        "string",
        "number",
        "comment",
    ];
}

/// What else is to be seen of a token, each a bit.
pub mod modifiers {
    /// It declares a name.
    pub const DECLARATION: u32 = 1;
    /// It is a secret.
    pub const SECRET: u32 = 2;
    /// Nothing declares it.
    pub const UNKNOWN: u32 = 4;
    /// Their names, by bit.
    pub const NAMES: [&str; 3] = ["declaration", "secret", "unknown"];
}

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// Where it is, on one line.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What else is to be seen of it.
    pub modifiers: u32,
}

/// The tokens of a text, in order and apart.
#[must_use]
pub fn tokens(analysis: &Analysis) -> Vec<Token> {
    let mut all = Vec::new();
    let tree = &analysis.parsed.tree;
    walk(tree, &mut |met| statement(analysis, met, &mut all));
    let comments = tree.comments.iter().map(|span| Token {
        span: *span,
        kind: Kind::Comment,
        modifiers: 0,
    });
    all.extend(comments);
    let junk = tree.junk.iter().flat_map(|junk| &junk.atoms);
    junk.for_each(|atom| plain(atom, &mut all));
    all.sort();
    let mut end = 0;
    all.retain(|token| {
        let is_apart = token.span.start >= end && token.span.end > token.span.start;
        if is_apart {
            end = token.span.end;
        }
        is_apart
    });
    let text = &analysis.text;
    // A token ends with its line, whatever stands in it.
    for token in &mut all {
        let slice = text.get(token.span.range()).unwrap_or_default();
        if let Some(at) = slice.find(['\n', '\r']) {
            token.span.end = token.span.start + u32::try_from(at).unwrap_or(0);
        }
    }
    all.retain(|token| token.span.end > token.span.start);
    all
}

fn statement(analysis: &Analysis, met: Met<'_, '_>, all: &mut Vec<Token>) {
    let fact = met.fact;
    let mut push = |span, kind, modifiers| {
        all.push(Token {
            span,
            kind,
            modifiers,
        });
    };
    let head = match (fact.form, met.row, met.place) {
        (Form::Spread, _, _) => Kind::Macro,
        (Form::Text, _, _) => Kind::String,
        (Form::Word, Some(_), _) => Kind::Keyword,
        (Form::Word, None, Some(place)) if place.free() != crate::catalog::keys::Free::Nothing => {
            Kind::Variable
        }
        (Form::Word, None, _) => {
            push(fact.head.span, Kind::Keyword, modifiers::UNKNOWN);
            Kind::Keyword
        }
    };
    let dots = Span {
        start: fact.span.start,
        ..fact.head.span
    };
    match fact.form {
        Form::Spread => push(dots, head, 0),
        Form::Word | Form::Text => push(fact.head.span, head, named(analysis, fact.head.span)),
    }
    let parts = met.row.map(|row| taken(row, &fact.atoms));
    let parts = parts.unwrap_or_default();
    for (at, atom) in fact.atoms.iter().enumerate() {
        match (parts.get(at), &atom.kind) {
            (Some(Part::Word(_)), _) => push(atom.span, Kind::EnumMember, 0),
            (
                Some(Part::Slot(_, SlotKind::Name(means)) | Part::Many(_, SlotKind::Name(means))),
                AtomKind::Word(_),
            ) => push(atom.span, of_means(*means), named(analysis, atom.span)),
            _ => value(analysis, atom, met.place, all_of(&mut push)),
        }
    }
    for atom in fact.value.iter().flat_map(|value| &value.atoms) {
        value(analysis, atom, met.place, all_of(&mut push));
    }
}

type Push<'p> = &'p mut dyn FnMut(Span, Kind, u32);

fn all_of(push: &mut impl FnMut(Span, Kind, u32)) -> Push<'_> {
    push
}

/// What the name in a slot is, by what the slot means.
#[must_use]
pub fn of_means(means: Means) -> Kind {
    match means {
        Means::Declares(names) | Means::Refers(names) => match names {
            Names::Things | Names::Targets | Names::App => Kind::Class,
            Names::Shared => Kind::Variable,
            Names::Ports => Kind::Type,
            Names::Volumes => Kind::Property,
        },
        Means::Recipe | Means::PackageManager => Kind::Function,
        Means::Protocol | Means::ObjectKind => Kind::Type,
        Means::Switch | Means::Code => Kind::EnumMember,
        Means::Folder
        | Means::File
        | Means::Zone
        | Means::Schedule
        | Means::Platform
        | Means::Host
        | Means::Url
        | Means::Free => Kind::Variable,
    }
}

/// What is known of the name at a place.
fn named(analysis: &Analysis, span: Span) -> u32 {
    let names = &analysis.names;
    let Some(mention) = names.at(span.range().start).filter(|it| it.span == span) else {
        return 0;
    };
    let mut found = 0;
    if mention.declares {
        found |= modifiers::DECLARATION;
    }
    let declared = names.same(mention).find(|it| it.declares);
    match declared {
        Some(declared) if declared.word == "secret" => found |= modifiers::SECRET,
        Some(_) => {}
        None => found |= modifiers::UNKNOWN,
    }
    found
}

fn value(analysis: &Analysis, atom: &Atom, place: Option<Place>, push: Push<'_>) {
    match &atom.kind {
        AtomKind::Word(_) if place == Some(Place::Routes) => {
            push(atom.span, Kind::Class, named(analysis, atom.span));
        }
        AtomKind::Word(_) => push(atom.span, Kind::EnumMember, 0),
        AtomKind::Text(_) => push(atom.span, Kind::String, 0),
        AtomKind::Number(_) | AtomKind::Range(..) => push(atom.span, Kind::Number, 0),
        AtomKind::Reference(parts, argument) => {
            for (at, part) in parts.iter().enumerate() {
                let kind = match (at, part.value.as_str()) {
                    (0, "config" | "secret") => Kind::Keyword,
                    (0, _) => Kind::Class,
                    (1, _)
                        if matches!(
                            parts.first().map(|it| it.value.as_str()),
                            Some("config" | "secret")
                        ) =>
                    {
                        Kind::Variable
                    }
                    _ => Kind::Property,
                };
                let more = if kind == Kind::Property || kind == Kind::Keyword {
                    0
                } else {
                    named(analysis, part.span)
                };
                push(part.span, kind, more);
            }
            if let Some(argument) = argument {
                push(argument.span, Kind::String, 0);
            }
        }
        AtomKind::List(items) => {
            for atom in items.iter().flatten() {
                value(analysis, atom, place, push);
            }
        }
    }
}

fn plain(atom: &Atom, all: &mut Vec<Token>) {
    let kind = match &atom.kind {
        AtomKind::Text(_) => Kind::String,
        AtomKind::Number(_) | AtomKind::Range(..) => Kind::Number,
        AtomKind::Word(_) | AtomKind::Reference(..) | AtomKind::List(_) => return,
    };
    all.push(Token {
        span: atom.span,
        kind,
        modifiers: 0,
    });
}
