//! Steps as text that can be copied into a shell.

use super::shell;
use crate::backend::{Command, Run, Step, quote};
use crate::diag::on_one_line;
use crate::diag::wrap::WIDTH;

/// How far commands are indented in the summary.
const INDENT: usize = 2;

/// The lines of a step's commands, which fit where steps are shown.
pub(super) fn lines(step: &Step) -> Vec<String> {
    let mut lines: Vec<_> = step.commands.iter().flat_map(command).collect();
    for (case, commands) in &step.alternatives {
        lines.push(format!("# or, {}:", on_one_line(case)));
        lines.extend(commands.iter().flat_map(command));
    }
    lines
}

/// The lines of a command.
pub(super) fn command(command: &Command) -> Vec<String> {
    match command {
        Command::Run(run) => shell::command(&words(run), WIDTH - INDENT),
        Command::Shell(parts) => shell_lines(parts),
    }
}

/// What a shell reads to run a program.
fn words(run: &Run) -> Vec<String> {
    let Run {
        folder,
        variables,
        words,
    } = run;
    let mut all = Vec::new();
    if let Some(folder) = folder {
        // In parentheses, so that the next command runs where this one was started.
        all.extend(["(cd".to_owned(), shell::path(folder), "&&".to_owned()]);
    }
    let variables = variables.iter();
    all.extend(variables.map(|(name, value)| format!("{name}={}", quote(value))));
    all.extend(words.iter().map(|word| quote(word)));
    if let Some(last) = all.last_mut().filter(|_| folder.is_some()) {
        last.push(')');
    }
    all
}

fn shell_lines(parts: &[Vec<String>]) -> Vec<String> {
    // What joins the parts takes columns of its own.
    const JOINT: &str = " \\\n  ";
    let taken = if parts.len() > 1 { JOINT.len() } else { 0 };
    let parts = parts
        .iter()
        .map(|words| shell::command(words, WIDTH - INDENT - taken).join("\n"));
    let lines = parts.collect::<Vec<_>>().join(JOINT);
    lines.lines().map(str::to_owned).collect()
}
