//! Commands: a program and its arguments, each a string of its own. No shell reads them.

use super::readings::{self, Readings};
use crate::check::findings::Findings;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::syntax::ast::{Handler, Name, Tier};

/// What only a shell understands.
const OF_SHELLS: &[char] = &[
    '&', '|', ';', '<', '>', '$', '`', '*', '(', ')', '"', '\'', '\\',
];

/// Warns of whole command lines that stand where the name of a program does.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope) {
        for command in commands(face.tier) {
            if let [program] = command.as_slice() {
                is_one_word(program, found);
            }
        }
    }
}

/// Every command of a tier: what it starts, what migrates it, and what its probes run.
pub(in crate::check) fn commands(tier: &Tier) -> impl Iterator<Item = &Vec<Name>> {
    let health = tier.health.iter();
    let probes = health
        .clone()
        .flat_map(|health| &health.probes)
        .filter_map(|probe| probe.handler.as_ref());
    let handlers = health
        .filter_map(|health| health.handler.as_ref())
        .chain(probes);
    let asked = handlers.filter_map(|handler| match handler {
        Handler::Exec(command) => Some(command),
        Handler::Get(_) | Handler::Tcp(_) | Handler::Grpc(_) => None,
    });
    let migrations = tier.migrations.iter().map(|migration| &migration.command);
    std::iter::once(&tier.command)
        .chain(migrations)
        .chain(asked)
}

fn is_one_word(program: &Name, found: &mut Findings) {
    let text = program.value.trim();
    if !text.contains(char::is_whitespace) {
        return;
    }
    let message = format!("`{text}` is looked for as one program with blanks in its name");
    let diagnostic = Diagnostic::new(Code::CommandInOneWord, program.span, message);
    let quoted = |word: &str| serde_json::Value::from(word).to_string();
    let (applicability, right) = if text.contains(OF_SHELLS) {
        let right = format!("\"sh\" \"-c\" {}", quoted(text));
        (Applicability::Maybe, right)
    } else {
        let words: Vec<_> = text.split_whitespace().map(quoted).collect();
        (Applicability::Certain, words.join(" "))
    };
    let title = format!("write `{right}`");
    found.push(diagnostic.edit(applicability, title, Edit::replace(program.span, right)));
}
