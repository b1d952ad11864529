//! What depends on the lines around: blank lines, columns, and blocks that are too long for one line.

use std::collections::BTreeMap;

use super::WIDTH;
use super::line::{Column, Line, LineKind};
use super::lines::{open, statement};

/// Settles blank lines and columns, and breaks what is too long.
pub(super) fn settle<'a>(text: &str, mut lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
    // What stands beside a broken statement only gets shorter, so each level is broken once.
    loop {
        separate(&mut lines);
        align(&mut lines);
        if !lines.iter().any(is_too_wide) {
            return lines;
        }
        lines = lines
            .into_iter()
            .flat_map(|line| broken(text, line))
            .collect();
    }
}

/// Whether a line is too long and has a block to break.
fn is_too_wide(line: &Line<'_>) -> bool {
    let LineKind::Statement(fact) = line.kind else {
        return false;
    };
    let has_block = fact
        .block
        .as_ref()
        .is_some_and(|block| !block.facts.is_empty());
    has_block && line.width() > WIDTH
}

/// The lines of a statement, each statement of its block on one where they are too long for one line.
fn broken<'a>(text: &str, line: Line<'a>) -> Vec<Line<'a>> {
    let (LineKind::Statement(fact), true) = (line.kind, is_too_wide(&line)) else {
        return vec![line];
    };
    let mut lines = vec![Line {
        blank_before: line.blank_before,
        ..open(text, fact, line.depth)
    }];
    let inner = fact.block.iter().flat_map(|block| &block.facts);
    lines.extend(inner.map(|inner| statement(text, inner, line.depth + 1, Some(fact))));
    lines.push(Line {
        comment: line.comment,
        ..Line::plain(LineKind::Close, line.depth, "}".to_owned())
    });
    lines
}

/// Puts a blank line around each block of the top level, and none at the ends of blocks.
fn separate(lines: &mut [Line<'_>]) {
    let is_frozen = |line: &Line<'_>| matches!(line.kind, LineKind::Frozen);
    for at in 1..lines.len() {
        let is_first = matches!(lines[at - 1].kind, LineKind::Open);
        if is_first || matches!(lines[at].kind, LineKind::Close) {
            lines[at].blank_before = false;
        }
        let is_behind = matches!(lines[at - 1].kind, LineKind::Close) && lines[at - 1].depth == 0;
        if is_behind && !is_frozen(&lines[at]) {
            lines[at].blank_before = true;
        }
        if !matches!(lines[at].kind, LineKind::Open) || lines[at].depth > 0 {
            continue;
        }
        // The comments right above it belong to it.
        let mut top = at;
        while top > 0
            && matches!(lines[top - 1].kind, LineKind::Comment)
            && !lines[top].blank_before
        {
            top -= 1;
        }
        if top > 0 && !is_frozen(&lines[top - 1]) {
            lines[top].blank_before = true;
        }
    }
}

/// Moves the columns of statements that follow one another.
fn align(lines: &mut [Line<'_>]) {
    let mut rest = lines;
    while !rest.is_empty() {
        let depth = rest[0].depth;
        let others = rest.iter().skip(1).take_while(|line| {
            let is_statement = matches!(line.kind, LineKind::Statement(_));
            is_statement && line.depth == depth && !line.blank_before
        });
        let count = match rest[0].kind {
            LineKind::Statement(_) => 1 + others.count(),
            LineKind::Open
            | LineKind::Close
            | LineKind::Comment
            | LineKind::Yaml
            | LineKind::Frozen => 1,
        };
        let (run, behind) = rest.split_at_mut(count);
        for column in Column::ALL {
            align_column(run, column);
        }
        rest = behind;
    }
}

/// Moves one column of neighbours, to where it stands in the longest of them.
fn align_column(run: &mut [Line<'_>], column: Column) {
    let mut most: BTreeMap<(String, bool), usize> = BTreeMap::new();
    for line in run.iter_mut() {
        let key = key(line, column);
        let Some(at) = tab(line, column) else {
            continue;
        };
        line.columns[at].blanks = 0;
        let width = line.width_before(line.columns[at].at);
        let most = most.entry(key).or_default();
        *most = width.max(*most);
    }
    for line in run {
        let Some(at) = tab(line, column) else {
            continue;
        };
        let most = most.get(&key(line, column)).copied().unwrap_or(0);
        let width = line.width_before(line.columns[at].at);
        line.columns[at].blanks = most.saturating_sub(width);
    }
}

fn tab(line: &Line<'_>, column: Column) -> Option<usize> {
    line.columns.iter().position(|tab| tab.column == column)
}

/// Which lines of a run a column stands below: for braces those with the same word, and with nothing or
/// something behind it.
fn key(line: &Line<'_>, column: Column) -> (String, bool) {
    match (line.kind, column) {
        (LineKind::Statement(fact), Column::Brace) => {
            (fact.head.value.clone(), fact.atoms.is_empty())
        }
        _ => (String::new(), false),
    }
}
