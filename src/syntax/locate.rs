//! Which statement a place in the text belongs to, and what stands or may stand there.

use super::Parsed;
use super::matcher::{follow, taken};
use super::signature::{indented, row_of};
use super::tree::{Atom, Block, Fact};
use crate::catalog::keys::{self, Part, Place, Row};
use crate::source::Span;

/// A place in a text, between two characters.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    /// Which statements may stand there; `None` in the block of an unknown one.
    pub place: Option<Place>,
    /// The statements around it, outermost first. The last is its own, unless none has begun there.
    pub path: Vec<&'a Fact>,
    /// The row of its own statement, if that is known.
    pub row: Option<&'static Row>,
    /// Where in its statement it is.
    pub at: At<'a>,
    /// The words and slots that may stand there: of all statements that begin with the same word.
    pub next: Vec<&'static Part>,
}

/// Where in a statement a place is. What touches a token on either side is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'a> {
    /// Where a statement may begin.
    Start,
    /// In the first word.
    Head,
    /// In a token behind it, which this word or slot takes, if any does.
    Token(&'a Atom, Option<&'static Part>),
    /// Behind the tokens, or between two of them.
    Behind,
    /// Behind `=`: in a token there, or beside them.
    Value(Option<&'a Atom>),
    /// In the YAML of a patch.
    Yaml,
    /// In a comment.
    Comment,
    /// In text that can't be read, or behind it on its line.
    Junk,
}

/// Finds what stands at a place of a text, which is a number of bytes from its beginning.
///
/// What stands behind a statement on its line belongs to it, if there are only blanks between the two.
#[must_use]
pub fn locate<'a>(parsed: &'a Parsed, text: &str, offset: usize) -> Cursor<'a> {
    let offset = u32::try_from(offset.min(text.len())).unwrap_or(u32::MAX);
    let mut search = Search {
        text,
        offset,
        path: Vec::new(),
    };
    let tree = &parsed.tree;
    let unread = before(&tree.junk, offset, |junk| junk.span);
    let block = unread.and_then(|junk| junk.block.as_ref());
    let (place, at) = match block.filter(|block| search.is_in(block)) {
        Some(block) => search.descend(None, &block.facts),
        None => search.descend(Some(Place::Top), &tree.facts),
    };
    let reaches = |span: Span| span.start < offset && offset <= span.end;
    let follows = |span: Span| {
        let is_later = search
            .path
            .last()
            .is_none_or(|fact| fact.span.end <= span.end);
        is_later && search.between(span.end).is_some_and(is_blank)
    };
    let is_comment = before(&tree.comments, offset, |span| *span).is_some_and(|it| reaches(*it));
    let is_junk = unread.is_some_and(|junk| {
        reaches(junk.span) || (junk.block.is_none() && at == At::Start && follows(junk.span))
    });
    let at = if is_comment {
        At::Comment
    } else if is_junk {
        At::Junk
    } else {
        at
    };
    search.cursor(place, at)
}

/// The last of some things in order that begins before a place.
fn before<T>(all: &[T], offset: u32, span: impl Fn(&T) -> Span) -> Option<&T> {
    let count = all.partition_point(|it| span(it).start < offset);
    all.get(count.checked_sub(1)?)
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// The way from the file to a place.
struct Search<'a, 't> {
    text: &'t str,
    offset: u32,
    path: Vec<&'a Fact>,
}

impl<'a> Search<'a, '_> {
    /// The text from a place to the one that is sought, if that is behind it.
    fn between(&self, end: u32) -> Option<&str> {
        self.text.get(end as usize..self.offset as usize)
    }

    fn is_in(&self, block: &Block) -> bool {
        let is_before_end = if block.closed {
            self.offset < block.span.end
        } else {
            self.offset <= block.span.end
        };
        block.span.start < self.offset && is_before_end
    }

    /// Goes down from the statements of a place, as far as the one that is sought.
    fn descend(&mut self, place: Option<Place>, facts: &'a [Fact]) -> (Option<Place>, At<'a>) {
        let count = facts.partition_point(|fact| fact.span.start <= self.offset);
        let Some(last) = count.checked_sub(1) else {
            return (place, At::Start);
        };
        let Some(fact) = facts.get(last) else {
            return (place, At::Start);
        };
        if let Some(block) = fact.block.as_ref().filter(|block| self.is_in(block)) {
            let place = self.owners(place, facts, last);
            self.path.push(fact);
            return self.descend(place.and_then(|place| inside(place, fact)), &block.facts);
        }
        let open = self.open_brace(fact);
        let at = if open.is_some_and(|open| open < self.offset) {
            let is_in = fact
                .raw
                .as_ref()
                .is_some_and(|raw| self.offset <= raw.span.end);
            if is_in { At::Yaml } else { At::Start }
        } else if self.offset <= fact.span.end {
            self.within(fact)
        } else {
            match self.between(fact.span.end) {
                Some(between)
                    if is_blank(between) && fact.block.is_none() && fact.raw.is_none() =>
                {
                    self.within(fact)
                }
                Some(_) | None => At::Start,
            }
        };
        if at == At::Start {
            return (place, at);
        }
        let place = self.owners(place, facts, last);
        self.path.push(fact);
        (place, at)
    }

    /// Where the block of a statement opens, or its YAML.
    fn open_brace(&self, fact: &Fact) -> Option<u32> {
        if let Some(block) = &fact.block {
            return Some(block.span.start);
        }
        let raw = fact.raw.as_ref()?;
        let last = fact.atoms.last().map_or(fact.head.span, |atom| atom.span);
        let between = self.text.get(last.range().end..raw.span.range().start)?;
        let behind = u32::try_from(between.find('{')?).ok()?;
        Some(last.end + behind)
    }

    /// Adds the statements whose block, without braces, the one at `last` stands in. Gives the place of
    /// that block.
    fn owners(&mut self, place: Option<Place>, facts: &'a [Fact], last: usize) -> Option<Place> {
        let mut place = place?;
        let mut chain = Vec::new();
        let mut column = facts.get(last).and_then(|fact| self.column(fact));
        for (at, fact) in facts.iter().enumerate().take(last).rev() {
            let Some(deeper) = column.filter(|column| *column > 0) else {
                break;
            };
            let its = self.column(fact);
            if its.is_some_and(|its| its < deeper) {
                chain.push(at);
                column = its;
            }
        }
        for at in chain.into_iter().rev() {
            let (Some(owner), Some(rest)) = (facts.get(at), facts.get(at + 1..)) else {
                break;
            };
            let Some(row) = row_of(place, owner) else {
                continue;
            };
            if indented(owner, row, place, rest, self.text).len() >= last - at {
                self.path.push(owner);
                place = inside(place, owner)?;
            }
        }
        Some(place)
    }

    /// How many blanks stand before a statement that begins its line.
    fn column(&self, fact: &Fact) -> Option<usize> {
        let before = self.text.get(..fact.span.range().start)?;
        let line = before.trim_end_matches([' ', '\t']);
        (line.is_empty() || line.ends_with('\n')).then_some(before.len() - line.len())
    }

    /// Where in a statement the place is, which isn't in its block.
    fn within(&self, fact: &'a Fact) -> At<'a> {
        let touches = |atom: &&Atom| atom.span.start <= self.offset && self.offset <= atom.span.end;
        if self.offset <= fact.head.span.end {
            return At::Head;
        }
        if let Some(value) = fact
            .value
            .as_ref()
            .filter(|it| it.equals.end <= self.offset)
        {
            return At::Value(value.atoms.iter().find(touches));
        }
        match fact.atoms.iter().find(touches) {
            Some(atom) => At::Token(atom, None),
            None => At::Behind,
        }
    }

    /// What is known of the place.
    fn cursor(self, place: Option<Place>, at: At<'a>) -> Cursor<'a> {
        let mut cursor = Cursor {
            place,
            path: self.path,
            row: None,
            at,
            next: Vec::new(),
        };
        let is_in_statement = matches!(
            at,
            At::Head | At::Token(..) | At::Behind | At::Value(_) | At::Yaml
        );
        let fact = cursor.path.last().filter(|_| is_in_statement).copied();
        let (Some(place), Some(fact)) = (place, fact) else {
            return cursor;
        };
        let Some(row) = row_of(place, fact) else {
            return cursor;
        };
        cursor.row = Some(row);
        let is_before = |atom: &&Atom| match at {
            At::Token(token, _) => atom.span.end <= token.span.start,
            At::Start
            | At::Head
            | At::Behind
            | At::Value(_)
            | At::Yaml
            | At::Comment
            | At::Junk => atom.span.end <= self.offset,
        };
        let count = fact.atoms.iter().take_while(is_before).count();
        match at {
            At::Token(token, _) => {
                let part = taken(row, &fact.atoms).get(count).copied();
                cursor.at = At::Token(token, part);
            }
            At::Behind => {}
            At::Start | At::Head | At::Value(_) | At::Yaml | At::Comment | At::Junk => {
                return cursor;
            }
        }
        for row in keys::named(place, &fact.head.value) {
            for part in follow(row, fact.atoms.get(..count).unwrap_or_default()) {
                if !cursor.next.contains(&part) {
                    cursor.next.push(part);
                }
            }
        }
        cursor
    }
}

/// Where the statements in the block of a statement stand.
#[must_use]
pub fn inside(place: Place, fact: &Fact) -> Option<Place> {
    row_of(place, fact)?.body.place()
}
