//! Secrets that a build sees, and that no image keeps.

use crate::catalog::{Recipe, SecretMount, is_path};
use crate::check::findings::Findings;
use crate::check::types::texts;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::Spanned;
use crate::syntax::ast::{self, Name};

/// Variables that the programs of a build need as they are.
const OF_THE_SYSTEM: &[&str] = &["HOME", "PATH", "PWD", "SHELL", "USER"];

/// The secrets of a build, each at its name.
pub(super) fn secrets(
    build: &ast::Build,
    recipe: &Recipe,
    found: &mut Findings,
) -> Vec<Spanned<SecretMount>> {
    let mut all: Vec<Spanned<SecretMount>> = Vec::new();
    if !recipe.options.contains(&"secret") {
        return all;
    }
    for secret in &build.secrets {
        let name = &secret.name;
        if !texts::is_variable(name, found) || is_of_the_system(name, found) {
            continue;
        }
        if let Some(first) = all.iter().find(|one| one.value.name == name.value) {
            let message = format!("the build is given the secret `{}` twice", name.value);
            let diagnostic = Diagnostic::new(Code::Repeated, name.span, message);
            let diagnostic = diagnostic.also(first.span, "here first");
            found.push(diagnostic.help("delete one of the two"));
            continue;
        }
        let file = match &secret.file {
            None => None,
            Some(path) if is_file(path) => Some(path.value.clone()),
            Some(path) => {
                found.push(no_file(path));
                continue;
            }
        };
        if file.is_none() {
            is_its_alone(name, build, found);
            is_private(name, recipe, found);
        }
        all.push(Spanned::new(
            SecretMount {
                name: name.value.clone(),
                file,
            },
            name.span,
        ));
    }
    all
}

fn is_of_the_system(name: &Name, found: &mut Findings) -> bool {
    if !OF_THE_SYSTEM.contains(&name.value.as_str()) {
        return false;
    }
    let message = format!("`{}` is a variable that the build itself needs", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidVariable, name.span, message);
    found.push(diagnostic.help("name the secret by another variable, such as `secret NPM_TOKEN`"));
    true
}

/// Complains where something else says the value of the same variable.
fn is_its_alone(name: &Name, build: &ast::Build, found: &mut Findings) {
    let mut arguments = build.arguments.iter().map(|it| (&it.key, it.span()));
    let mut stand_ins = build.stand_ins.iter().map(|it| (it, it.span));
    let is_it = |(other, _): &(&Name, _)| other.value == name.value;
    let (other, what, edit) = if let Some((other, whole)) = arguments.find(is_it) {
        (other, "a build argument", Some(Edit::delete(whole)))
    } else if let Some((other, _)) = stand_ins.find(is_it) {
        (other, "a value that stands in for it", None)
    } else {
        return;
    };
    let message = format!(
        "`{}` is a secret of the build and {what}: the build sees one of them",
        name.value
    );
    let diagnostic = Diagnostic::new(Code::VariableTaken, name.span, message);
    let diagnostic = diagnostic.also(other.span, "this is the other one");
    found.push(match edit {
        Some(edit) => diagnostic.edit(
            Applicability::Maybe,
            "keep the secret, which the image doesn't have",
            edit,
        ),
        None => diagnostic.help("keep one of the two"),
    });
}

/// Complains of a secret that the framework writes into what browsers read.
fn is_private(name: &Name, recipe: &Recipe, found: &mut Findings) {
    if !recipe.is_public(&name.value) {
        return;
    }
    let message = format!(
        "`{}` is written into the browser's bundle, where anyone may read it",
        name.value
    );
    let diagnostic = Diagnostic::new(Code::SecretExposed, name.span, message);
    found.push(diagnostic.help("rename it in the sources and here, without the public prefix"));
}

/// A path that stands in a mount without quotes.
fn is_file(path: &Name) -> bool {
    path.value.strip_prefix('/').is_some_and(is_path)
}

fn no_file(path: &Name) -> Diagnostic {
    let message = format!(
        "{} isn't a valid file of a build",
        texts::shown(&path.value)
    );
    Diagnostic::new(Code::InvalidPath, path.span, message)
        .help("write an absolute path: `secret NETRC at \"/root/.netrc\"`")
}
