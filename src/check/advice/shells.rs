//! Variables that a shell doesn't pass on to what it starts.

use super::readings::{self, Readings};
use crate::catalog::commands::dropping;
use crate::check::findings::Findings;
use crate::check::types::variable_names::is_identifier_text;
use crate::diag::{Code, Diagnostic};
use crate::ir::Variable;
use crate::syntax::ast::Name;

/// Warns of commands that start by such a shell, where a variable has such a name.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    for face in readings::faces(readings.scope) {
        let variables = readings.variables(face).iter();
        let dropped: Vec<&Variable> = variables
            .filter(|variable| !is_identifier_text(&variable.name))
            .collect();
        let tier = face.tier;
        let migrations = tier.migrations.iter().map(|migration| &migration.command);
        for command in std::iter::once(&tier.command).chain(migrations) {
            of_command(command, &dropped, found);
        }
    }
}

fn of_command(command: &[Name], dropped: &[&Variable], found: &mut Findings) {
    let ([first, ..], [last, ..]) = (command, dropped) else {
        return;
    };
    let words: Vec<&str> = command.iter().map(|word| word.value.as_str()).collect();
    let Some(shell) = dropping(&words) else {
        return;
    };
    let message = format!(
        "`{shell}` doesn't pass on the variable `{}`: a shell has no such names",
        last.name
    );
    let place = command
        .last()
        .map_or(first.span, |end| first.span.to(end.span));
    let diagnostic = Diagnostic::new(Code::ShellDrops, place, message);
    let diagnostic = dropped.iter().fold(diagnostic, |diagnostic, variable| {
        diagnostic.also(variable.origin, "what it starts doesn't see this")
    });
    found.push(diagnostic.help(
        "start the program itself, without a shell and without a script of `package.json`, or with `bash`, if the image has it",
    ));
}
