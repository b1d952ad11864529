//! Secrets that a build sees, and that no image keeps.

use crate::catalog::{Recipe, SecretMount, is_path};
use crate::check::findings::Findings;
use crate::check::types::texts;
use crate::check::types::variable_names;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name};
use std::collections::BTreeMap;

/// Variables that the programs of a build need as they are.
const OF_THE_SYSTEM: &[&str] = &["HOME", "PATH", "PWD", "SHELL", "USER"];

/// The secrets of a build, each at its name.
pub(super) fn secrets(
    build: &ast::Build,
    recipe: &Recipe,
    found: &mut Findings,
) -> Vec<Spanned<SecretMount>> {
    let mut all: Vec<Spanned<SecretMount>> = Vec::new();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let others = OtherValues::of(build);
    if !recipe.options.contains(&"secret") {
        return all;
    }
    for secret in &build.secrets {
        let name = &secret.name;
        if !variable_names::is_variable(name, found) || is_of_the_system(name, found) {
            continue;
        }
        if let Some(first) = seen.insert(&name.value, name.span) {
            let message = format!("the build is given the secret `{}` twice", name.value);
            let diagnostic = Diagnostic::new(Code::Repeated, name.span, message);
            let diagnostic = diagnostic.also(first, "here first");
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
            others.leave(name, found);
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

/// What else says the values of variables that a build sees: each with its name and the whole statement, where that
/// may be deleted.
struct OtherValues<'b>(BTreeMap<&'b str, (Span, Option<Span>)>);

impl<'b> OtherValues<'b> {
    fn of(build: &'b ast::Build) -> Self {
        let stand_ins = build.stand_ins.iter();
        let stand_ins = stand_ins.map(|it| (it.value.as_str(), (it.span, None)));
        let arguments = build.arguments.iter();
        let arguments = arguments.map(|it| (it.key.value.as_str(), (it.key.span, Some(it.span()))));
        OtherValues(stand_ins.chain(arguments).collect())
    }

    /// Complains where something else says the value of a secret.
    fn leave(&self, name: &Name, found: &mut Findings) {
        let Some((other, whole)) = self.0.get(name.value.as_str()) else {
            return;
        };
        let what = match whole {
            Some(_) => "a build argument",
            None => "a value that stands in for it",
        };
        let message = format!(
            "`{}` is a secret of the build and {what}: the build sees one of them",
            name.value
        );
        let diagnostic = Diagnostic::new(Code::VariableTaken, name.span, message);
        let diagnostic = diagnostic.also(*other, "this is the other one");
        found.push(match whole {
            Some(whole) => diagnostic.edit(
                Applicability::Maybe,
                "keep the secret, which the image doesn't have",
                Edit::delete(*whole),
            ),
            None => diagnostic.help("keep one of the two"),
        });
    }
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
