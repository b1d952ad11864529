//! Statements and comments to lines, before any column of theirs is moved.

use std::ops::Range;

use super::frozen::Frozen;
use super::line::{Column, Line, LineKind, Tab};
use crate::source::Span;
use crate::syntax::tree::{Atom, AtomKind, Block, Fact, Form, Tree};

/// Lays a tree out in lines, in the order of the text.
pub(super) fn lay_out<'a>(text: &'a str, tree: &'a Tree, frozen: &'a Frozen) -> Vec<Line<'a>> {
    let mut layout = LineLayout {
        text,
        frozen,
        comments: &tree.comments,
        lines: Vec::new(),
        next: 0,
        last: None,
    };
    layout.level(&tree.facts, u32::MAX, 0, None);
    layout.frozen_before(usize::MAX);
    layout.lines
}

/// A statement on one line. `outer` is the one in whose block it stands.
pub(super) fn statement<'a>(
    text: &str,
    fact: &'a Fact,
    depth: usize,
    outer: Option<&Fact>,
) -> Line<'a> {
    let mut line = Line::plain(LineKind::Statement(fact), depth, String::new());
    head(text, fact, &mut line);
    let outer = outer.map_or("", |outer| outer.head.value.as_str());
    if matches!(outer, "naming" | "health") && fact.value.is_none() && !fact.atoms.is_empty() {
        tab(
            &mut line.columns,
            Column::Second,
            fact.head.span.range().len() + 1,
        );
    }
    if let Some(block) = &fact.block {
        tab(&mut line.columns, Column::Brace, line.text.len() + 1);
        one_line(text, block, &mut line.text);
    }
    line
}

/// The line of a statement whose block goes on below it.
pub(super) fn open<'a>(text: &str, fact: &Fact, depth: usize) -> Line<'a> {
    let mut line = Line::plain(LineKind::Open, depth, String::new());
    head(text, fact, &mut line);
    line.columns.clear();
    line.text.push_str(" {");
    line
}

fn tab(columns: &mut Vec<Tab>, column: Column, at: usize) {
    columns.push(Tab {
        column,
        at,
        blanks: 0,
    });
}

/// Writes a statement up to its block, and notes its columns.
fn head(text: &str, fact: &Fact, line: &mut Line<'_>) {
    let out = &mut line.text;
    if fact.form == Form::Spread {
        out.push_str("..");
    }
    out.push_str(slice(text, fact.head.span));
    for (at, atom) in fact.atoms.iter().enumerate() {
        out.push(' ');
        let is_from = at == 1 && matches!(&atom.kind, AtomKind::Word(word) if word == "from");
        if is_from && fact.head.value == "secret" {
            tab(&mut line.columns, Column::From, out.len());
        }
        token(text, atom, out);
    }
    if let Some(value) = &fact.value {
        tab(&mut line.columns, Column::Equals, out.len() + 1);
        out.push_str(" =");
        for atom in &value.atoms {
            out.push(' ');
            token(text, atom, out);
        }
    }
}

/// Writes a block on the line of its statement.
fn one_line(text: &str, block: &Block, out: &mut String) {
    out.push_str(" {");
    for (at, fact) in block.facts.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { " " });
        let inner = statement(text, fact, 0, None);
        out.push_str(&inner.text);
    }
    out.push_str(if block.facts.is_empty() { "}" } else { " }" });
}

/// Writes a token. All but lists stay as they are.
fn token(text: &str, atom: &Atom, out: &mut String) {
    let AtomKind::List(items) = &atom.kind else {
        out.push_str(slice(text, atom.span));
        return;
    };
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        for (at, atom) in item.iter().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            token(text, atom, out);
        }
    }
    out.push(']');
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

/// A comment, with a blank behind its `#`.
fn comment(text: &str) -> String {
    let text = text.trim_end_matches([' ', '\t']);
    let rest = text.strip_prefix('#').unwrap_or_default();
    if rest.is_empty() || rest.starts_with([' ', '\t', '#', '!']) {
        text.to_owned()
    } else {
        format!("# {rest}")
    }
}

struct LineLayout<'a> {
    text: &'a str,
    frozen: &'a Frozen,
    /// Those that aren't written yet.
    comments: &'a [Span],
    lines: Vec<Line<'a>>,
    /// The first line of the source whose turn to be written as it is hasn't come.
    next: usize,
    /// The line of the source that the last line ends on.
    last: Option<usize>,
}

impl<'a> LineLayout<'a> {
    /// Writes the statements of a block, and the comments up to its end.
    fn level(&mut self, facts: &'a [Fact], end: u32, depth: usize, outer: Option<&'a Fact>) {
        for fact in facts {
            self.comments_before(fact.span.start, depth);
            self.fact(fact, depth, outer);
        }
        self.comments_before(end, depth);
    }

    fn fact(&mut self, fact: &'a Fact, depth: usize, outer: Option<&'a Fact>) {
        let first = self.frozen.line(fact.span.start);
        let end = self.frozen.line(fact.span.end.saturating_sub(1));
        self.frozen_before(first);
        if first == end {
            if !self.frozen.is(first) {
                let line = statement(self.text, fact, depth, outer);
                self.add(line, first, end);
            }
            return;
        }
        if fact.raw.is_some() {
            self.patch(fact, depth, first);
            return;
        }
        let Some(block) = &fact.block else {
            return;
        };
        let open = self.frozen.line(block.span.start);
        if !self.frozen.is(first) {
            self.add(self::open(self.text, fact, depth), first, open);
        }
        self.level(
            &block.facts,
            block.span.end.saturating_sub(1),
            depth + 1,
            Some(fact),
        );
        self.frozen_before(end);
        if block.closed && !self.frozen.is(end) {
            self.add(
                Line::plain(LineKind::Close, depth, "}".to_owned()),
                end,
                end,
            );
        }
    }

    /// Writes a patch, whose lines move sideways with its first one.
    fn patch(&mut self, fact: &'a Fact, depth: usize, first: usize) {
        if self.frozen.is(first) {
            return;
        }
        self.add(open(self.text, fact, depth), first, first);
        // A comment may stand behind the brace.
        let below = self.source(first).end;
        self.comments_before(u32::try_from(below).unwrap_or(u32::MAX), depth + 1);
        let column = fact.span.range().start - self.source(first).start;
        let end = self.frozen.line(fact.span.end.saturating_sub(1));
        for at in first + 1..end {
            let line = self.written(at);
            let is_blank = line.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
            let moved = match line.get(column..) {
                Some(rest) if !is_blank => format!("{}{rest}", " ".repeat(2 * depth)),
                Some(_) | None => line.to_owned(),
            };
            self.add(Line::plain(LineKind::Yaml, depth, moved), at, at);
        }
        self.add(
            Line::plain(LineKind::Close, depth, "}".to_owned()),
            end,
            end,
        );
    }

    /// The place of a line of the source, with its line break.
    fn source(&self, line: usize) -> Range<usize> {
        self.frozen.index.range(line).unwrap_or_default()
    }

    /// A line of the source, without its line break.
    fn written(&self, line: usize) -> &'a str {
        let text = self.text.get(self.source(line)).unwrap_or_default();
        // Another `\r` before a line break is unreadable text, and would be a part of one without it.
        match text.strip_suffix("\r\n") {
            Some(text) if !text.ends_with('\r') => text,
            Some(_) | None => text.strip_suffix('\n').unwrap_or(text),
        }
    }

    /// Writes the comments that begin before a place.
    fn comments_before(&mut self, end: u32, depth: usize) {
        while let [first, rest @ ..] = self.comments
            && first.start < end
        {
            self.comments = rest;
            let at = self.frozen.line(first.start);
            if self.frozen.is(at) {
                continue;
            }
            let text = comment(slice(self.text, *first));
            // It stands behind what was written last, if that is on its line.
            match self.lines.last_mut() {
                Some(line) if self.last == Some(at) => line.comment = Some(text),
                Some(_) | None => {
                    self.frozen_before(at);
                    self.add(Line::plain(LineKind::Comment, depth, text), at, at);
                }
            }
        }
    }

    /// Writes the lines before one that stay as they are, and whose turn has come.
    fn frozen_before(&mut self, line: usize) {
        while self.next < line
            && let Some(range) = self.frozen.index.range(self.next)
        {
            let at = self.next;
            self.next += 1;
            // Behind the last line break there is no line.
            if self.frozen.is(at) && !range.is_empty() {
                let text = self.written(at).to_owned();
                self.add(Line::plain(LineKind::Frozen, 0, text), at, at);
            }
        }
    }

    /// Adds a line that stands on these lines of the source.
    fn add(&mut self, line: Line<'a>, first: usize, end: usize) {
        let mut between = self.last.map_or(0, |last| last + 1)..first;
        let is_blank = |at: usize| {
            let line = self.written(at);
            let mark = if at == 0 { "\u{feff}" } else { "" };
            line.strip_prefix(mark).unwrap_or(line).trim().is_empty()
        };
        let blank_before = between.any(is_blank);
        self.lines.push(Line {
            blank_before,
            ..line
        });
        self.last = Some(end);
    }
}
