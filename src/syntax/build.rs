//! Pairs to statements. With `grammar.rs` and `build/atoms.rs` all that knows pest.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest makes a variant of every rule, and most of them yield no pairs"
)]

mod atoms;
mod commas;
mod early;
mod half;
mod junk;
mod unclosed;

use commas::missing_comma;
pub(super) use commas::put_comma;
use pest::iterators::Pair;

use super::blame;
use super::grammar::{self, Rule};
use super::tree::{Atom, AtomKind, Block, Fact, Form, Junk, Tree};
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::{FileId, Span, Spanned};

/// The statements of a text, and what is wrong with its shape. Accepts any text.
pub(super) fn build(file: FileId, text: &str, bag: &mut Bag) -> (Tree, Unread) {
    let mut builder = TreeBuilder {
        file,
        text,
        strings: Vec::new(),
        comments: Vec::new(),
        commas: Vec::new(),
        junk: Vec::new(),
        blamed: Vec::new(),
        leaning: Vec::new(),
        strays: Vec::new(),
    };
    let mut body = BlockBody {
        is_file: true,
        ..BlockBody::default()
    };
    for pair in grammar::file(text).into_iter().flat_map(Pair::into_inner) {
        builder.item(pair, &mut body, bag);
    }
    body.broken |= builder.strays(&mut body.facts, bag);
    builder.junk.sort_by_key(|junk| junk.span.start);
    let forbidden = blame::forbidden(file, text, &builder.strings);
    let mut unread = Vec::new();
    for (span, diagnostic) in builder.blamed {
        let from = forbidden.partition_point(|found| found.primary.span.start < span.start);
        // Text that is unreadable because of such a character is complained of once.
        if !forbidden
            .get(from)
            .is_some_and(|found| span.contains(found.primary.span))
        {
            unread.push((span, diagnostic));
        }
    }
    for found in forbidden {
        bag.push(found);
    }
    let tree = Tree {
        facts: body.facts,
        comments: builder.comments,
        commas: builder.commas,
        junk: builder.junk,
        broken: body.broken,
    };
    (tree, unread)
}

/// The statement whose inside is YAML.
const PATCH: &str = "patch";

struct TreeBuilder<'a> {
    file: FileId,
    text: &'a str,
    /// Places of all strings, in order.
    strings: Vec<Span>,
    comments: Vec<Span>,
    commas: Vec<Span>,
    /// Unreadable text, in order.
    junk: Vec<Junk>,
    /// What to say of it, in order.
    blamed: Vec<(Span, Diagnostic)>,
    /// Statements of blocks whose `}` stands further left than they do, in the order of the braces:
    /// it may be meant for another block.
    leaning: Vec<Span>,
    /// Braces that close nothing, in order.
    strays: Vec<Span>,
}

/// Places of text that can't be read, and what to say of each unless it belongs to another fault.
type Unread = Vec<(Span, Diagnostic)>;

/// What to say of unreadable text, and the tokens before it that are its beginning.
type Blamed = (Diagnostic, Vec<Atom>);

/// The inside of a block, while it is read.
#[derive(Default)]
struct BlockBody {
    facts: Vec<Fact>,
    broken: bool,
    /// Whether it is the file, where each statement begins its line.
    is_file: bool,
    last: Last,
}

/// What was read last in a block, besides comments and line breaks.
#[derive(Default, PartialEq)]
enum Last {
    #[default]
    Nothing,
    Fact,
    Comma,
    Junk,
}

impl TreeBuilder<'_> {
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.file, span.start()..span.end())
    }

    /// Reads one item of a block, or of the top level.
    fn item(&mut self, pair: Pair<'_, Rule>, body: &mut BlockBody, bag: &mut Bag) {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::comment => self.comments.push(span),
            Rule::comma => {
                self.commas.push(span);
                if matches!(body.last, Last::Nothing | Last::Comma) {
                    let message = "no statement stands before this comma";
                    bag.push(Diagnostic::new(Code::UnexpectedText, span, message).fix(
                        "delete it",
                        span,
                        "",
                    ));
                }
                body.last = Last::Comma;
            }
            Rule::fact1 | Rule::fact2 | Rule::fact3 | Rule::fact4 | Rule::patch => {
                // A patch begins with the line break before it.
                let touches = pair.as_rule() != Rule::patch && self.touches(body, span);
                let fact = if pair.as_rule() == Rule::patch {
                    self.patch(pair, bag)
                } else {
                    self.fact(pair, bag)
                };
                if let Some(fact) = fact {
                    if touches && !body.is_file {
                        let before = body.facts.last().map_or(span, |fact| fact.span);
                        bag.push(missing_comma(before, span));
                    }
                    body.facts.push(fact);
                    body.last = Last::Fact;
                } else {
                    body.broken = true;
                    body.last = Last::Junk;
                }
            }
            Rule::stray => {
                self.strays.push(span);
            }
            Rule::junk => self.junk(pair.as_str(), span, body),
            _ => {}
        }
    }

    /// Whether what begins at `span` stands on the line of the statement before it, with no comma
    /// between the two.
    fn touches(&self, body: &BlockBody, span: Span) -> bool {
        let before = body.facts.last().filter(|_| body.last == Last::Fact);
        let between =
            before.and_then(|fact| self.text.get(fact.span.range().end..span.range().start));
        between.is_some_and(|between| !between.contains('\n'))
    }

    /// What to say of a block that opens on the line below its statement; `gap` lies between the two.
    fn late_brace(&self, gap: Span, statement: Span) -> Diagnostic {
        let brace = Span::new(self.file, gap.range().end..gap.range().end + 1);
        let message = "a block opens on its statement's line";
        Diagnostic::new(Code::UnexpectedText, brace, message)
            .also(statement, "it belongs to this")
            .fix("move the `{` up behind it", gap, " ")
    }

    /// A statement; `None` where it has no head.
    fn fact(&mut self, pair: Pair<'_, Rule>, bag: &mut Bag) -> Option<Fact> {
        let whole = self.span(&pair);
        let mut head: Option<Spanned<String>> = None;
        let mut fact = Fact {
            head: Spanned::new(String::new(), whole),
            form: Form::Word,
            atoms: Vec::new(),
            value: None,
            block: None,
            raw: None,
            span: whole,
            broken: false,
        };
        // Where the unreadable text before the block is kept.
        let mut kept = self.junk.len();
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::spread => {
                    fact.form = Form::Spread;
                    head = part.into_inner().next().map(|word| self.spanned(&word));
                }
                Rule::value => fact.value = Some(self.value(part)),
                Rule::block1 | Rule::block2 | Rule::block3
                    if head.as_ref().is_some_and(|head| head.value == PATCH) =>
                {
                    let message =
                        "a patch begins a line, and its YAML stands on the lines below it";
                    bag.push(
                        Diagnostic::new(Code::Misplaced, fact.head.span, message)
                            .help("break the line before it, and behind its `{`"),
                    );
                    self.keep(span, Vec::new());
                    fact.broken = true;
                }
                Rule::block1 | Rule::block2 | Rule::block3 => {
                    fact.block = Some(self.block(part, whole, bag));
                }
                Rule::too_deep => {
                    let place = Span {
                        end: span.start + 1,
                        ..span
                    };
                    let message = "blocks nest three deep at the most";
                    bag.push(
                        Diagnostic::new(Code::TooDeep, place, message)
                            .help("write the statements without this block"),
                    );
                    self.keep(span, Vec::new());
                    fact.broken = true;
                }
                Rule::late => {
                    let statement = head.as_ref().map_or(whole, |head| head.span);
                    bag.push(self.late_brace(span, statement));
                }
                Rule::oops => {
                    let text = part.as_str().trim_end_matches([' ', '\t']);
                    let start = span.range().start;
                    let place = Span::new(self.file, start..start + text.len());
                    let within = blame::JunkPlace::InStatement;
                    let word = head.as_ref().map_or("", |head| head.value.as_str());
                    let half = self.half_of_text(word, &mut fact, place);
                    let (blamed, taken) = half.unwrap_or_else(|| {
                        let blamed = match &head {
                            // What follows is its block.
                            Some(head) if text == ":" => blame::colon(&head.value, ": {", place),
                            _ => blame::junk(text, place, within),
                        };
                        (blamed, Vec::new())
                    });
                    kept = self.junk.len();
                    self.keep(place, taken);
                    self.complain(place, blamed);
                    fact.broken = true;
                }
                Rule::word if head.is_none() => head = Some(self.spanned(&part)),
                Rule::string if head.is_none() => {
                    fact.form = Form::Text;
                    let atom = self.atom(part);
                    head = match atom.kind {
                        AtomKind::Text(text) => Some(Spanned::new(text, atom.span)),
                        _ => None,
                    };
                }
                _ => {
                    let atom = self.atom(part);
                    fact.atoms.push(atom);
                }
            }
        }
        let Some(head) = head else {
            if let Some(junk) = self.junk.get_mut(kept) {
                junk.block = fact.block;
            }
            return None;
        };
        fact.head = head;
        Some(fact)
    }

    /// A statement whose inside is YAML.
    fn patch(&mut self, pair: Pair<'_, Rule>, bag: &mut Bag) -> Option<Fact> {
        let mut parts = pair.into_inner();
        let head = self.spanned(&parts.next()?);
        let mut fact = Fact {
            span: head.span,
            head,
            form: Form::Word,
            atoms: Vec::new(),
            value: None,
            block: None,
            raw: None,
            broken: false,
        };
        let mut open = fact.span;
        for part in parts {
            let span = self.span(&part);
            fact.span = fact.span.to(span);
            match part.as_rule() {
                Rule::open => open = span,
                Rule::comment => self.comments.push(span),
                Rule::close => {}
                Rule::raw => {
                    // It begins with the end of the line before it.
                    let text = part.as_str();
                    let start = text.find('\n').map_or(0, |at| at + 1);
                    let place = Span::new(self.file, span.range().start + start..span.range().end);
                    fact.raw = Some(Spanned::new(text[start..].to_owned(), place));
                }
                Rule::missing => {
                    bag.push(self.unclosed(fact.span, open, self.leaning.len()));
                    fact.broken = true;
                }
                _ => {
                    let atom = self.atom(part);
                    fact.atoms.push(atom);
                }
            }
        }
        Some(fact)
    }

    /// A block of the statement that begins where `owner` does.
    fn block(&mut self, pair: Pair<'_, Rule>, owner: Span, bag: &mut Bag) -> Block {
        let leaning = self.leaning.len();
        let mut span = self.span(&pair);
        let mut closed = false;
        let mut body = BlockBody::default();
        for part in pair.into_inner() {
            let place = self.span(&part);
            match part.as_rule() {
                Rule::open => span = place,
                Rule::close => {
                    closed = true;
                    span = span.to(place);
                    if self.leans(owner, place) {
                        self.leaning.push(owner);
                    }
                }
                Rule::missing => {
                    bag.push(self.unclosed(owner, span, leaning));
                    body.broken = true;
                    span = span.to(place);
                }
                _ => self.item(part, &mut body, bag),
            }
        }
        Block {
            facts: body.facts,
            span,
            closed,
            broken: body.broken,
        }
    }
}
