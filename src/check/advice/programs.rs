//! Programs that commands name, and that images don't have.

use super::command_line::commands;
use super::readings::{self, Readings};
use super::started;
use crate::check::context;
use crate::check::findings::Findings;
use crate::syntax::ast::Name;

/// Warns of each that an image of a recipe's certainly doesn't have.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope) {
        let Some(built) = readings::built(face, scope) else {
            continue;
        };
        for command in commands(face.tier) {
            let (Some(first), Some(last)) = (command.first(), command.last()) else {
                continue;
            };
            let words: Vec<String> = command.iter().map(text).collect();
            let all = started::all(Some(built), scope, &words);
            let layers: Vec<_> = all
                .iter()
                .map(|it| (it.words.as_slice(), it.script.is_some()))
                .collect();
            let place = first.span.to(last.span);
            context::has_programs(built, scope, (&first.value, place), &layers, found);
        }
    }
}

fn text(name: &Name) -> String {
    name.value.clone()
}
