//! Changes of a text that resolve diagnostics.

use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// A change of the text that resolves a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, as an imperative.
    pub title: String,
    /// Replacements that don't overlap; an empty span inserts.
    pub edits: Vec<Edit>,
    /// Whether it may be made unseen.
    pub applicability: Applicability,
}

/// Whether a fix may be made unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Applicability {
    /// It says what was meant: `todoc check --fix` makes it.
    Certain,
    /// It says what may have been meant: somebody must look.
    Maybe,
}

/// One replacement of a [`Fix`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
    /// What goes with it; nothing once [`Fix::settle`] has seen the text.
    way: Way,
}

/// What goes with an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Nothing.
    Exactly,
    /// It deletes a statement: with it goes its line, or the comma that kept it apart.
    WithLine,
    /// It adds a statement to the block of the one at its span.
    IntoBlock,
}

impl Edit {
    /// Other text at a place.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Edit {
            span,
            text: text.into(),
            way: Way::Exactly,
        }
    }

    /// Without a statement.
    #[must_use]
    pub fn delete(statement: Span) -> Self {
        Edit {
            span: statement,
            text: String::new(),
            way: Way::WithLine,
        }
    }

    /// With one more statement in the block of another one, which `owner` is without its block.
    #[must_use]
    pub fn add(owner: Span, statement: impl Into<String>) -> Self {
        Edit {
            span: owner,
            text: statement.into(),
            way: Way::IntoBlock,
        }
    }

    /// Becomes a plain replacement in `text`.
    fn settle(&mut self, text: &str) {
        let Range { start, end } = self.span.range();
        let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
            return;
        };
        let range = match self.way {
            Way::Exactly => return,
            Way::WithLine => {
                let (back, forth) = with_line(before, after);
                start - back..end + forth
            }
            Way::IntoBlock => {
                let at = end + into_block(before, after, &mut self.text);
                at..at
            }
        };
        self.span = Span::new(self.span.file, range);
        self.way = Way::Exactly;
    }
}

impl Fix {
    /// Makes plain replacements of its edits, as `text` needs them.
    pub(crate) fn settle(&mut self, text: &str) {
        for edit in &mut self.edits {
            edit.settle(text);
        }
    }

    /// Whether another fix does the same, perhaps at more places or at fewer.
    pub(crate) fn agrees_with(&self, other: &Fix) -> bool {
        let agree = |edit: &Edit| {
            let mut here = self.edits.iter().filter(|own| own.span == edit.span);
            here.all(|own| own == edit)
        };
        self.title == other.title
            && self.applicability == other.applicability
            && other.edits.iter().all(agree)
    }

    /// Makes the changes of a fix that agrees as well.
    pub(crate) fn merge(&mut self, other: &Fix) {
        for edit in &other.edits {
            if !self.edits.contains(edit) {
                self.edits.push(edit.clone());
            }
        }
    }
}

const BLANKS: [char; 2] = [' ', '\t'];

/// How many bytes before and behind a statement go with it.
fn with_line(before: &str, after: &str) -> (usize, usize) {
    let first = before.trim_end_matches(BLANKS);
    let begins_line = first.is_empty() || first.ends_with('\n');
    let rest = after.trim_start_matches(BLANKS);
    let behind_comma = rest
        .strip_prefix(',')
        .map(|rest| rest.trim_start_matches(BLANKS));
    let own_line = line_end(behind_comma.unwrap_or(rest)).filter(|_| begins_line);
    let back = before.len() - first.len();
    let forth = |rest: &str| after.len() - rest.len();
    match (own_line, behind_comma) {
        (Some(line_end), _) => (back, forth(behind_comma.unwrap_or(rest)) + line_end),
        (None, Some(rest)) => (0, forth(rest)),
        // The last of its line takes the comma before it along.
        (None, None) => (back + usize::from(first.ends_with(',')), 0),
    }
}

/// The length of the line break that a text begins with; none at its end.
fn line_end(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [] => Some(0),
        [b'\n', ..] => Some(1),
        [b'\r', b'\n', ..] => Some(2),
        _ => None,
    }
}

/// How far behind a statement another one goes into its block, or makes one; the other one becomes
/// what is put there.
fn into_block(before: &str, after: &str, statement: &mut String) -> usize {
    let Some(block) = after.trim_start_matches(BLANKS).strip_prefix('{') else {
        *statement = if statement.contains('\n') {
            format!(" {{\n  {statement}\n}}")
        } else {
            format!(" {{ {statement} }}")
        };
        return 0;
    };
    let opened = after.len() - block.len();
    let inside = block.trim_start_matches(BLANKS);
    if line_end(inside).is_some() || inside.starts_with('#') {
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let indent = &line[..line.len() - line.trim_start_matches(BLANKS).len()];
        *statement = format!("\n{indent}  {statement}");
        let line = block.split('\n').next().unwrap_or_default();
        return opened + line.trim_end_matches('\r').len();
    }
    let end = if inside.starts_with('}') { " " } else { "," };
    *statement = format!(" {statement}{end}");
    opened
}

/// A text with the fixes that may be made unseen, and how many that were. Of two that touch each
/// other the second waits for another time.
#[must_use]
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let mut taken: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
    let mut made = 0;
    for fix in fixes {
        let fits = |edit: &Edit| {
            let Range { start, end } = edit.span.range();
            let before = taken.range(..=end).next_back();
            text.get(start..end).is_some() && before.is_none_or(|(_, (end, _))| *end < start)
        };
        if fix.applicability == Applicability::Certain && fix.edits.iter().all(fits) {
            let edits = fix.edits.iter();
            taken.extend(edits.map(|edit| {
                let Range { start, end } = edit.span.range();
                (start, (end, edit.text.as_str()))
            }));
            made += 1;
        }
    }
    let mut new_text = String::with_capacity(text.len());
    let mut from = 0;
    for (start, (end, new)) in taken {
        new_text.push_str(&text[from..start]);
        new_text.push_str(new);
        from = end;
    }
    new_text.push_str(&text[from..]);
    (new_text, made)
}

#[cfg(test)]
mod tests {
    use super::{Applicability, Edit, Fix, apply};
    use crate::source::{FileId, Span};

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap_or_default();
        Span::new(FileId(0), start..start + part.len())
    }

    fn fix(edits: Vec<Edit>) -> Fix {
        Fix {
            title: "do it".to_owned(),
            edits,
            applicability: Applicability::Certain,
        }
    }

    /// A text once an edit is settled and made.
    fn edited(text: &str, edit: Edit) -> String {
        let mut fix = fix(vec![edit]);
        fix.settle(text);
        apply(text, [&fix]).0
    }

    #[test]
    fn a_statement_goes_with_its_line_or_its_comma() {
        for (text, left) in [
            ("a {\n  b\n  gone x\n  c\n}", "a {\n  b\n  c\n}"),
            ("a {\r\n  gone x,\r\n  c\r\n}", "a {\r\n  c\r\n}"),
            ("a { gone x, c }", "a { c }"),
            ("a { b, gone x }", "a { b }"),
            ("a { b , gone x, c }", "a { b , c }"),
            ("a { gone x }", "a { }"),
            ("a {\n  b, gone x\n}", "a {\n  b\n}"),
            ("gone x", ""),
            ("a {\n  gone x # why\n}", "a {\n # why\n}"),
        ] {
            assert_eq!(
                edited(text, Edit::delete(span(text, "gone x"))),
                left,
                "{text}"
            );
        }
    }

    #[test]
    fn a_statement_goes_into_the_block_that_is_there() {
        for (text, more) in [
            ("tier a {\n  b\n}", "tier a {\n  new\n  b\n}"),
            (
                "x {\r\n  tier a { # why\r\n  }\r\n}",
                "x {\r\n  tier a { # why\n    new\r\n  }\r\n}",
            ),
            ("tier a { b }", "tier a { new, b }"),
            ("tier a {}", "tier a { new }"),
            ("tier a", "tier a { new }"),
        ] {
            assert_eq!(
                edited(text, Edit::add(span(text, "tier a"), "new")),
                more,
                "{text}"
            );
        }
    }

    #[test]
    fn fixes_that_touch_are_made_one_at_a_time() {
        let text = "abcdef";
        let edit = |part, text: &str| Edit::replace(span("abcdef", part), text);
        let fixes = [
            fix(vec![edit("ab", "1"), edit("f", "2")]),
            fix(vec![edit("cd", "3")]),
            fix(vec![edit("d", "4")]),
            fix(vec![edit("e", "5"), edit("d", "6")]),
        ];
        assert_eq!(apply(text, &fixes), ("1c4e2".to_owned(), 2));
        let unsure = Fix {
            applicability: Applicability::Maybe,
            ..fix(vec![edit("a", "7")])
        };
        assert_eq!(apply(text, [&unsure]), (text.to_owned(), 0));
        let outside = fix(vec![Edit::replace(Span::new(FileId(0), 5..9), "")]);
        assert_eq!(apply(text, [&outside]).1, 0);
    }
}
