//! What commands come to, behind shells, behind programs that start others, and behind scripts.

use crate::catalog::commands::{each_of_line, script, unwrapped};
use crate::check::context;
use crate::check::names::scope::Scope;
use crate::syntax::ast::{self, Name};

/// How many scripts may run each other.
const MOST_SCRIPTS: usize = 5;

/// One of the commands that a command comes to.
pub(in crate::check) struct StartedCommand {
    /// Its words, of which the first is the name of its program, without a folder.
    pub(in crate::check) words: Vec<String>,
    /// The file and the name of the script that has it; `None` for the program's own text.
    pub(in crate::check) script: Option<(String, String)>,
    /// What the line says for `PORT`.
    pub(in crate::check) port: Option<u16>,
}

/// The words of a command, as what follows takes them.
pub(in crate::check) fn words<'n>(said: impl IntoIterator<Item = &'n Name>) -> Vec<String> {
    let said = said.into_iter();
    said.map(|word| word.value.clone()).collect()
}

/// How many commands of one are looked at.
const MOST_COMMANDS: usize = 32;

/// Each command that a command runs, one after the other or behind shells, runners and scripts.
pub(in crate::check) fn each(
    built: Option<&ast::Tier>,
    scope: &Scope<'_>,
    command: &[String],
) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let mut left = vec![(command.to_vec(), 0)];
    while let Some((words, depth)) = left.pop() {
        for part in each_of_line(&words) {
            let part: Vec<&str> = part.iter().map(String::as_str).collect();
            let layers = unwrapped(&part);
            let inner = layers.last().and_then(|words| script(words));
            let line = inner.and_then(|(name, more)| {
                let (_, line) = context::script(built?, scope, name)?;
                Some(std::iter::once(line).chain(more.iter().cloned()))
            });
            if let Some(line) = line.filter(|_| depth < MOST_SCRIPTS) {
                left.push((vec![line.collect::<Vec<_>>().join(" ")], depth + 1));
            }
            all.extend(layers);
            if all.len() > MOST_COMMANDS {
                return all;
            }
        }
    }
    all
}

/// All that a command comes to, from what is written to the innermost. `built` has the sources with the scripts.
pub(in crate::check) fn all(
    built: Option<&ast::Tier>,
    scope: &Scope<'_>,
    command: &[String],
) -> Vec<StartedCommand> {
    let mut words = command.to_vec();
    let mut all: Vec<StartedCommand> = Vec::new();
    let mut by: Option<(String, String)> = None;
    for _ in 0..MOST_SCRIPTS {
        let written: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut parts = written.iter().flat_map(|word| word.split_whitespace());
        let port = parts.find_map(|part| part.strip_prefix("PORT=")?.parse().ok());
        let layers = unwrapped(&written).into_iter();
        all.extend(layers.map(|words| StartedCommand {
            words,
            script: by.clone(),
            port,
        }));
        let inner = all.last();
        let Some((name, more)) = inner.and_then(|it| script(&it.words)) else {
            break;
        };
        let line = built.and_then(|built| context::script(built, scope, name));
        let Some((file, line)) = line else {
            break;
        };
        let name = name.to_owned();
        let line = std::iter::once(line).chain(more.iter().cloned());
        words = vec![line.collect::<Vec<_>>().join(" ")];
        by = Some((file, name));
    }
    all
}
