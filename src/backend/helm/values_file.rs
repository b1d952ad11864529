//! `values.yaml`: every value with its default, below a comment on what it means.

use super::tree::Tree;
use super::values::ChartValue;
use crate::diag::on_one_line;
use crate::diag::wrap::wrap;
use crate::yaml;

/// The columns of a comment.
const WIDTH: usize = 100;

/// The file.
pub(super) fn text(head: &str, values: &Tree<'_>) -> String {
    let mut out = yaml::print(head, &[]);
    print(values, &mut out, 0);
    out
}

/// Writes the values below a group's keys, at a level of two columns each.
fn print(tree: &Tree<'_>, out: &mut String, level: usize) {
    for (key, tree) in &tree.branches {
        if level == 0 {
            out.push('\n');
        }
        if let Some(value) = tree.leaf {
            remark(value, out, level);
            yaml::push_field(out, key, &value.default, level);
        } else {
            yaml::indent(out, level);
            out.push_str(&yaml::word(key));
            out.push_str(":\n");
            print(tree, out, level + 1);
        }
    }
}

/// Writes the comment above a value.
fn remark(value: &ChartValue, out: &mut String, level: usize) {
    let width = WIDTH.saturating_sub(2 + 2 * level);
    let said = value.remark.iter().flat_map(|it| it.lines());
    let said = said.map(str::to_owned).chain([comment(value)]);
    for text in said {
        for line in wrap(&readable(&text), width, width) {
            yaml::indent(out, level);
            out.push('#');
            let line = line.trim_end();
            if !line.is_empty() {
                out.push(' ');
                out.push_str(line);
            }
            out.push('\n');
        }
    }
}

/// What a value means, as a sentence without its full stop.
fn comment(value: &ChartValue) -> String {
    let mut comment = value.doc.clone();
    if let Some(first) = comment.get(..1) {
        let first = first.to_uppercase();
        comment.replace_range(..1, &first);
    }
    if let Some(derived) = &value.derived {
        let rule = value.follows();
        comment.extend([format!("; {rule}: {}", yaml::word(derived))]);
    }
    if value.required {
        comment.push_str("; required");
    }
    comment
}

/// A line of a comment, of characters that every reader of YAML takes: it may hold the author's own.
fn readable(line: &str) -> String {
    on_one_line(line).replace(['\u{feff}', '\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
