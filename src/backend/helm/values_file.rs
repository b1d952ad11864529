//! `values.yaml`: every value with its default, below a comment on what it means.

use super::values::{ChartValue, Values};
use crate::diag::on_one_line;
use crate::diag::wrap::wrap;
use crate::yaml::{self, Node};
use indexmap::IndexMap;

/// The columns of a comment.
const WIDTH: usize = 100;

/// The file.
pub(super) fn text(head: &str, values: &Values) -> String {
    let mut out = yaml::print(head, &[]);
    let all = values.by_path();
    let mut tree = Tree::default();
    for value in all {
        tree.add(&value.path, value);
    }
    tree.print(&mut out, 0);
    out
}

/// Values by their keys.
#[derive(Default)]
struct Tree<'a> {
    branches: IndexMap<&'a str, Tree<'a>>,
    leaf: Option<&'a ChartValue>,
}

impl<'a> Tree<'a> {
    fn add(&mut self, path: &'a [String], value: &'a ChartValue) {
        let Some((first, rest)) = path.split_first() else {
            self.leaf = Some(value);
            return;
        };
        self.branches.entry(first).or_default().add(rest, value);
    }

    fn print(&self, out: &mut String, level: usize) {
        let indent = "  ".repeat(level);
        for (key, tree) in &self.branches {
            if level == 0 {
                out.push('\n');
            }
            let key = yaml::word(key);
            let Some(value) = tree.leaf else {
                out.extend([format!("{indent}{key}:\n")]);
                tree.print(out, level + 1);
                continue;
            };
            let width = WIDTH.saturating_sub(2 + indent.len());
            let said = value.remark.iter().flat_map(|it| it.lines()).map(readable);
            for text in said.chain([comment(value)]) {
                for line in wrap(&text, width, width) {
                    let line = format!("{indent}# {line}");
                    out.extend([line.trim_end(), "\n"]);
                }
            }
            for line in lines(&key, &value.default) {
                out.extend([format!("{indent}{line}\n")]);
            }
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
        comment.extend([format!("; derived: {}", yaml::word(derived))]);
    }
    if value.required {
        comment.push_str("; required");
    }
    on_one_line(&comment)
}

/// A line of the author's, of characters that every reader of YAML takes.
fn readable(line: &str) -> String {
    on_one_line(line).replace(['\u{feff}', '\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A key and its default.
fn lines(key: &str, default: &Node) -> Vec<String> {
    let node = Node::mapping([("k", Some(default.clone()))]);
    let text = yaml::print("", &[node]);
    let lines = text.lines().skip(1);
    lines
        .enumerate()
        .map(|(at, line)| match line.strip_prefix("k:") {
            Some(rest) if at == 0 => format!("{key}:{rest}"),
            Some(_) | None => line.to_owned(),
        })
        .collect()
}
