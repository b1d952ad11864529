//! What a target changes about shared keys, databases and what there is at all.

use super::overlay::AppView;
use super::scope::{ExternalFace, Scope, Shared, Thing, wrong_kind};
use crate::catalog::defaults::switch;
use crate::catalog::members::Owner;
use crate::check::findings::{Findings, Wanted};
use crate::check::types::variable_names;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::{Giver, Name, Target};

/// Makes the scope that of a target.
pub(in crate::check) fn apply<'a>(view: &AppView<'a>, scope: &mut Scope<'a>, found: &mut Findings) {
    values(view, scope, found);
    for (database, secret) in view.externals {
        external(database, secret, scope, found);
    }
    for name in view.without {
        without(name, view.target, scope, found);
    }
}

/// Values of shared keys.
fn values<'a>(view: &AppView<'a>, scope: &mut Scope<'a>, found: &mut Findings) {
    let said = view.target.and_then(|target| target.config.as_ref());
    for setting in said.into_iter().flat_map(|config| &config.settings) {
        let key = &setting.key;
        let first = view.values.get(key.value.as_str());
        if let Some(first) = first.filter(|first| first.key.span != key.span) {
            let message = format!("the target gives `{}` two values", key.value);
            let diagnostic = Diagnostic::new(Code::VariableTaken, key.span, message);
            found.push(
                diagnostic
                    .also(first.key.span, "the first one")
                    .help("keep one of the two"),
            );
            continue;
        }
        if !variable_names::is_variable(key, found) {
            continue;
        }
        match scope.shared(key, found) {
            Some(Shared::Config(_)) => {
                scope.shared.insert(&key.value, Shared::Config(setting));
            }
            Some(secret @ Shared::Secret(_)) => {
                let noun = secret.noun();
                let message = format!("`{}` is {noun}, no key of `config`", key.value);
                found.push(
                    Diagnostic::new(Code::WrongKind, key.span, message)
                        .also(secret.span(), "declared here")
                        .help("delete this line: a secret's value stands in no file"),
                );
            }
            None => {}
        }
    }
}

/// Complains of the shared keys that somebody must give a value and nobody does.
pub(in crate::check) fn all_are_given(scope: &Scope<'_>, found: &mut Findings) {
    for shared in scope.shared.values() {
        let Shared::Config(setting) = shared else {
            continue;
        };
        if setting.giver != Giver::Target {
            continue;
        }
        let key = &setting.key.value;
        let (message, help) = match scope.target {
            Some(target) => (
                format!("the target `{target}` gives `{key}` no value"),
                format!("give it one there: `config {{ {key} = \"…\" }}`"),
            ),
            None => (
                format!("nothing gives `{key}` a value"),
                format!("write `{key} = \"…\"`, or `{key} optional` if it may be left out"),
            ),
        };
        let targets = scope.file.targets.iter();
        let mut named = targets.filter(|it| {
            let name = it.name.as_ref().map(|name| name.value.as_str());
            name.is_some() && name == scope.target
        });
        let declared = setting.key.span;
        let missing = Diagnostic::new(Code::MissingStatement, declared, message).help(help);
        let missing = match scope.target {
            Some(target) => missing.of_target(target),
            None => missing,
        };
        found.push(match named.next() {
            Some(target) => missing.also(target.span, "this target"),
            None => missing,
        });
    }
}

/// A database that somebody else runs here.
fn external<'a>(name: &'a Name, secret: &'a Name, scope: &mut Scope<'a>, found: &mut Findings) {
    let Some(thing) = scope.thing(name, found) else {
        return;
    };
    if !matches!(thing.owner(), Owner::Database | Owner::External) {
        let diagnostic = wrong_kind(name, thing.owner().noun(), Wanted::Database, thing.span());
        found.push(diagnostic.help("name a database"));
        return;
    }
    let face = ExternalFace {
        span: name.span,
        url: Some(secret),
        broken: false,
    };
    scope.things.insert(&name.value, Thing::External(face));
}

/// A tier or database that isn't there.
fn without<'a>(
    name: &'a Name,
    target: Option<&Target>,
    scope: &mut Scope<'a>,
    found: &mut Findings,
) {
    if !scope.things.contains_key(name.value.as_str()) && switch(&name.value).is_some() {
        let message = format!(
            "`{}` is a default, and a target leaves out tiers and databases",
            name.value
        );
        let right = format!(
            "write `without {}` in a tier, or in `app` for all: it then holds in all targets",
            name.value
        );
        found.push(Diagnostic::new(Code::UnknownName, name.span, message).help(right));
        return;
    }
    if scope.thing(name, found).is_none() {
        return;
    }
    let tiers = target.into_iter().flat_map(|target| &target.tiers);
    let mut changed = tiers.filter_map(|tier| tier.name.as_ref());
    if let Some(changed) = changed.find(|tier| tier.value == name.value) {
        let message = format!("`{}` isn't in this target", name.value);
        found.push(
            Diagnostic::new(Code::Misplaced, changed.span, message)
                .also(name.span, "by this statement")
                .help("delete one of the two"),
        );
    }
    scope.things.shift_remove(name.value.as_str());
    scope.gone.insert(&name.value, name.span);
}
