//! Text for a terminal: headings, indented lines and commands.

use super::output::BOLD;
use super::{shell, step};
use crate::backend::{Step, quote};
use crate::diag::wrap::{self, WIDTH};
use crate::diag::{on_one_line, printable};

/// Text that grows; what comes from the user can't act on the terminal.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    pub(super) fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line, broken between words where it is too long.
    pub(super) fn line(&mut self, indent: usize, line: &str) {
        let shown = printable(line).replace('\n', " ");
        for part in wrap(&shown, indent) {
            self.push(&part);
        }
    }

    pub(super) fn section(&mut self, heading: &str, lines: &[(usize, String)]) {
        if lines.is_empty() {
            return;
        }
        self.push(&format!("\n{BOLD}{}{BOLD:#}", printable(heading)));
        for (indent, line) in lines {
            self.line(*indent, line);
        }
    }

    /// A step that somebody has to take, or has to know.
    pub(super) fn told(&mut self, step: &Step) {
        if step.details.is_empty() {
            return;
        }
        self.push("");
        for line in wrap(&on_one_line(&step.title), 0) {
            self.push(&format!("{BOLD}{line}{BOLD:#}"));
        }
        for detail in &step.details {
            let indent = 2 + 2 * detail.depth;
            let Some(command) = &detail.command else {
                self.line(indent, &detail.text);
                continue;
            };
            // Never broken but where a shell goes on.
            for line in step::command(command) {
                self.push(&format!("{}{}", " ".repeat(indent), printable(&line)));
            }
        }
    }

    /// Text beside commands, of which each line is a comment, so that all can be copied at once.
    fn comment(&mut self, text: &str) {
        if !text.is_empty() {
            // A line break in it would end the comment.
            for line in wrap::wrap(&on_one_line(text), WIDTH - 4, WIDTH - 4) {
                self.push(&format!("  # {line}"));
            }
        }
    }

    /// Commands are never broken here: a shell must read them.
    pub(super) fn commands(&mut self, steps: &[&Step], about: Option<&str>) {
        if steps.is_empty() {
            return;
        }
        self.push(&format!("\n{BOLD}Next{BOLD:#}"));
        self.comment(about.unwrap_or_default());
        for step in steps {
            self.comment(&step.title);
            for line in step::lines(step) {
                self.push(&format!("  {}", printable(&line)));
            }
        }
    }
}

impl Page {
    /// A command for a shell, which must read it as it stands.
    pub(super) fn command(&mut self, words: &[String]) {
        let words: Vec<_> = words.iter().map(|word| quote(word)).collect();
        for line in shell::command(&words, WIDTH) {
            self.push(&printable(&line));
        }
    }
}

/// A line in lines that fit, each indented, those after the first by two more.
pub(super) fn wrap(line: &str, indent: usize) -> Vec<String> {
    let lines = wrap::wrap(line, WIDTH - indent, WIDTH - indent - 2);
    let indents = std::iter::once(indent).chain(std::iter::repeat(indent + 2));
    let indented = lines.iter().zip(indents);
    indented
        .map(|(line, indent)| " ".repeat(indent) + line)
        .collect()
}
