//! Build arguments.

use crate::catalog::Recipe;
use crate::check::findings::Findings;
use crate::check::names::link::Link;
use crate::check::names::scope::Scope;
use crate::check::types::variable_names;
use crate::check::values::value;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::ir::Setting;
use crate::syntax::ast;

/// Build arguments and their values, which stand in the image for anyone to read, and what those
/// refer to that processes of the image read. Pods need no way to what only browsers read.
pub(super) fn arguments(
    build: &ast::Build,
    recipe: &Recipe,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> (Vec<Setting>, Vec<Link>) {
    let mut entries: Vec<Setting> = Vec::new();
    let mut links = Vec::new();
    for setting in &build.arguments {
        if !variable_names::is_variable(&setting.key, found) {
            continue;
        }
        if let Some(first) = entries.iter().find(|entry| entry.key == setting.key.value) {
            let message = format!("the build argument `{}` is set twice", setting.key.value);
            let diagnostic = Diagnostic::new(Code::VariableTaken, setting.key.span, message);
            found.push(
                diagnostic
                    .label("the second time")
                    .also(first.origin, "set here first")
                    .edit(
                        Applicability::Maybe,
                        "keep one of the two",
                        Edit::delete(setting.span()),
                    ),
            );
            continue;
        }
        let Some(value) = &setting.value else {
            continue;
        };
        if let Some(plain) = value::plain(value, scope, value::ARGUMENT, found) {
            let key = setting.key.value.clone();
            if !recipe.is_public(&key) {
                links.extend(plain.links);
            }
            entries.push(Setting {
                key,
                value: plain.text,
                origin: setting.key.span,
            });
        }
    }
    (entries, links)
}
