//! What a database says of its container besides what its engine says: as whom it runs, where it writes,
//! its variables, the defaults that it does without.

use super::container;
use crate::catalog::databases::Engine;
use crate::catalog::defaults::{self, Switch};
use crate::catalog::secret_names::names_a_secret;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::check::types::variable_names;
use crate::check::values::value;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Database, Value, Variable};
use crate::source::Spanned;
use crate::syntax::ast::{self, EnvLine, Name};

/// The defaults that a database has, of those that can be switched off.
const SWITCHES: &[Switch] = &[
    Switch::ReadOnlyRoot,
    Switch::NetworkPolicy,
    Switch::EgressPolicy,
];

/// Where its variables stand, in a sentence.
const PLACE: &str = "a variable of a database";

/// Adds to a database what is said of its container.
pub(in crate::check) fn change<'a>(
    lowered: &mut Database,
    said: &'a ast::Database,
    scope: &Scope<'a>,
    found: &mut Findings,
) {
    lowered.uid = said.uid.as_ref().and_then(|uid| user(uid, found));
    lowered.off = without(&said.without, found);
    lowered.writable = writable(lowered, &said.writable, found);
    lowered.env = variables(lowered, &said.env, scope, found);
}

fn user(said: &Name, found: &mut Findings) -> Option<Spanned<u32>> {
    let most = i32::MAX.unsigned_abs();
    let uid = numbers::number(said, "number of a user", 0..=most, found)?;
    if uid == 0 {
        let message = "`uid 0` runs the container as root";
        found.push(
            Diagnostic::new(Code::RootUser, said.span, message)
                .help("write the number of the user that the image is made for"),
        );
    }
    Some(Spanned::new(uid, said.span))
}

fn without(names: &[Name], found: &mut Findings) -> Vec<Spanned<Switch>> {
    for name in names {
        let is_its = defaults::switch(&name.value).is_none_or(|switch| SWITCHES.contains(&switch));
        if !is_its {
            let message = format!("a database has no `{}` to do without", name.value);
            found.push(
                Diagnostic::new(Code::Misplaced, name.span, message)
                    .help("delete this line, or write it in `app`, where it holds for all"),
            );
        }
    }
    container::without(names, found)
}

/// The folders, each once, and none where the data lies.
fn writable(database: &Database, said: &[Name], found: &mut Findings) -> Vec<Spanned<String>> {
    let engine: &Engine = database.engine;
    let mut taken: Vec<&str> = engine.folders().chain([database.mount.mount]).collect();
    let mut folders = Vec::new();
    for path in said {
        if !texts::is_path_of_folder(&path.value) {
            found.push(texts::no_folder(path));
            continue;
        }
        // A slash at its end makes it no other.
        let folder = path.value.trim_end_matches('/');
        if taken.contains(&folder) {
            let message = format!("`{}` is writable already", path.value);
            found
                .push(Diagnostic::new(Code::Repeated, path.span, message).help("delete this line"));
            continue;
        }
        taken.push(folder);
        folders.push(Spanned::new(folder.to_owned(), path.span));
    }
    folders
}

fn variables<'a>(
    database: &Database,
    said: &'a [EnvLine],
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Variable> {
    let engine = database.engine;
    let own = (engine.variables)(&database.setup());
    let own: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
    let mut variables: Vec<Variable> = Vec::new();
    for line in said {
        let setting = match line {
            EnvLine::Set(setting) => setting,
            EnvLine::Shared(name) | EnvLine::Spread(name) => {
                let message = format!("`{}` has no value here", name.value);
                found.push(
                    Diagnostic::new(Code::Expected, name.span, message)
                        .help("write `NAME = value`: a database reads no shared keys and no secrets but its password"),
                );
                continue;
            }
        };
        let key = &setting.key;
        let (Some(said), true) = (&setting.value, variable_names::is_variable(key, found)) else {
            continue;
        };
        if let Some(fault) = taken(database, &own, key, &variables) {
            found.push(fault);
            continue;
        }
        let Some(plain) = value::plain(said, scope, PLACE, found) else {
            continue;
        };
        if plain.text.parts().iter().any(|part| part.fact.is_some()) {
            let message = "a variable of a database is text alone";
            found.push(
                Diagnostic::new(Code::Expected, said.span, message)
                    .help("write the text itself, such as `\"UTC\"`"),
            );
            continue;
        }
        if names_a_secret(&key.value) {
            let message = format!(
                "`{}` has the name of a secret, and anybody may read it",
                key.value
            );
            found.push(Diagnostic::new(Code::SecretInPlain, key.span, message).help(
                "a database has one secret, its password: leave this out, or accept it if it is none",
            ));
        }
        variables.push(Variable {
            name: key.value.clone(),
            value: Value::Text(plain.text),
            origin: key.span,
        });
    }
    variables
}

/// Why a name isn't free: its engine sets it, or a line before.
fn taken(database: &Database, own: &[&str], key: &Name, before: &[Variable]) -> Option<Diagnostic> {
    let name = key.value.as_str();
    if let Some(first) = before.iter().find(|variable| variable.name == name) {
        let message = format!("the variable `{name}` is set twice");
        let diagnostic = Diagnostic::new(Code::VariableTaken, key.span, message);
        return Some(
            diagnostic
                .also(first.origin, "set here first")
                .help("keep one of the two"),
        );
    }
    let is_password = database.engine.password.variables.contains(&name);
    if !is_password && !own.contains(&name) {
        return None;
    }
    let message = format!("`{name}` is set already");
    let diagnostic = Diagnostic::new(Code::VariableTaken, key.span, message);
    Some(diagnostic.help(if is_password {
        "delete this line: it follows from the `secret` of this database"
    } else {
        "delete this line: it follows from other statements, such as `database` and `user`"
    }))
}
