//! Two texts, line by line.
//!
//! The library can compare by any of its algorithms, and is compiled once for each way of asking it: one
//! algorithm and lists of numbers are a tenth of that. Without what it knows of texts it is a third.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::{DiffOp, group_diff_ops};

/// How many lines are shown around what differs.
const AROUND: usize = 3;

/// What differs: lines of the old text, and those that stand there in the new one.
pub(crate) fn changes(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let ops = compared(&lines(old), &lines(new)).into_iter();
    let differ = ops.filter(|op| !matches!(op, DiffOp::Equal { .. }));
    differ.map(|op| (op.old_range(), op.new_range())).collect()
}

/// What differs as a patch, for programs that read the unified format of `diff`. Nothing where nothing does.
pub(crate) fn unified(names: (&str, &str), old: &str, new: &str) -> String {
    let (old, new) = (lines(old), lines(new));
    let mut patch = String::new();
    for part in group_diff_ops(compared(&old, &new), AROUND) {
        if part.is_empty() {
            continue;
        }
        if patch.is_empty() {
            patch.extend(["--- ", names.0, "\n+++ ", names.1, "\n"]);
        }
        let (old_lines, new_lines) = (
            span(&part, DiffOp::old_range),
            span(&part, DiffOp::new_range),
        );
        patch.extend(["@@ -", &old_lines, " +", &new_lines, " @@\n"]);
        for op in part {
            let before = old.get(op.old_range()).unwrap_or_default();
            let is_same = matches!(op, DiffOp::Equal { .. });
            for line in before {
                push(&mut patch, if is_same { " " } else { "-" }, line);
            }
            let after = new.get(op.new_range()).filter(|_| !is_same);
            for line in after.unwrap_or_default() {
                push(&mut patch, "+", line);
            }
        }
    }
    patch
}

/// The lines that a part of a patch is about: the first one's number and how many there are, where that isn't
/// one. Of none it is the number of the line before.
fn span(part: &[DiffOp], range: fn(&DiffOp) -> Range<usize>) -> String {
    let start = part.first().map_or(0, |op| range(op).start);
    let end = part.last().map_or(start, |op| range(op).end);
    match end - start {
        0 => format!("{start},0"),
        1 => (start + 1).to_string(),
        count => format!("{},{count}", start + 1),
    }
}

/// The lines of a text, with their line breaks.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn push(patch: &mut String, sign: &str, line: &str) {
    patch.extend([sign, line]);
    if !line.ends_with('\n') {
        patch.push_str("\n\\ No newline at end of file\n");
    }
}

fn compared(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for line in old.iter().chain(new) {
        let next = numbers.len();
        numbers.entry(line).or_insert(next);
    }
    let numbered = |lines: &[&str]| -> Vec<usize> {
        let all = lines.iter().filter_map(|line| numbers.get(line));
        all.copied().collect()
    };
    let (old, new) = (numbered(old), numbered(new));
    let mut found = Compact::new(Replace::new(Capture::new()), &old, &new);
    let Ok(()) = myers::diff(&mut found, &old, 0..old.len(), &new, 0..new.len());
    found.into_inner().into_inner().into_ops()
}

#[cfg(test)]
mod tests {
    use super::{changes, unified};
    use similar::TextDiff;

    #[test]
    fn patches_are_those_of_the_library() {
        let mut rng = fastrand::Rng::with_seed(3);
        for round in 0..2000 {
            let mut text = |most: usize| {
                let count = rng.usize(..most);
                let lines =
                    (0..count).map(|_| ["a\n", "b\n", "c\n", "\n", "{\n", "  d"][rng.usize(..6)]);
                lines.collect::<String>()
            };
            let most = if round % 50 == 0 { 300 } else { 12 };
            let (old, new) = (text(most), text(most));
            let diff = TextDiff::from_lines(old.as_str(), new.as_str());
            let expected = diff.unified_diff().header("x", "y").to_string();
            assert_eq!(unified(("x", "y"), &old, &new), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn what_differs_is_told_by_lines() {
        assert_eq!(changes("a\nb\nc\n", "a\nx\ny\nc\n"), [(1..2, 1..3)]);
        assert_eq!(changes("a\n", "a\n"), []);
        assert_eq!(changes("", "a\n"), [(0..0, 0..1)]);
        assert_eq!(unified(("x", "y"), "a\n", "a\n"), "");
    }
}
