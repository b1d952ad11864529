//! Secrets: keys without values.

use indexmap::IndexMap;

use super::scope::{Scope, Shared};
use crate::check::findings::Findings;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::check::types::variable_names;
use crate::diag::{Code, Diagnostic, printable};
use crate::ir::{Rule, SecretKey, SecretRef};
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// A key that somebody must make; `None` where its name can't be read, or it exists already.
pub(in crate::check) fn lower(secret: &ast::Secret, found: &mut Findings) -> Option<SecretKey> {
    let name = secret.name.as_ref()?;
    if let Some(object) = &secret.object {
        texts::is_secret_name(object, found);
    }
    if let Some(variable) = &secret.variable {
        variable_names::is_variable(variable, found);
    }
    if let Some(key) = &secret.key {
        texts::is_key(key, found);
    }
    let rules = rules(secret, found);
    if secret.object.is_some() {
        return None;
    }
    Some(SecretKey {
        name: name.value.clone(),
        key: key(secret)?.to_owned(),
        from_env: secret.variable.as_ref().unwrap_or(name).value.clone(),
        optional: secret.optional,
        rules,
        // Others print it on their terminals.
        message: secret
            .message
            .as_ref()
            .map(|it| printable(&it.value).into_owned()),
        origin: secret.span,
    })
}

/// What the value must be like.
fn rules(secret: &ast::Secret, found: &mut Findings) -> Vec<Rule> {
    let mut rules = Vec::new();
    if let Some(url) = &secret.url {
        texts::is_scheme(url, found);
        rules.push(Rule::Url {
            scheme: url.value.clone(),
        });
    }
    if let Some(start) = &secret.starts_with {
        rules.push(Rule::StartsWith(start.value.clone()));
    }
    if let Some(length) = &secret.min_length
        && let Some(length) = numbers::number(length, "length", 1..=1_048_576, found)
    {
        rules.push(Rule::MinLength(length));
    }
    if let (Some(url), Some(start)) = (&secret.url, &secret.starts_with)
        && !begins_url(&start.value, &url.value)
    {
        let message = format!("no `{}://` URL starts with `{}`", url.value, start.value);
        let diagnostic = Diagnostic::new(Code::ImpossibleRules, start.span, message);
        let diagnostic = diagnostic.also(url.span, "the URL");
        found.push(diagnostic.help("delete one of the two"));
    }
    rules
}

/// Whether a URL of a scheme may begin with a text.
fn begins_url(start: &str, scheme: &str) -> bool {
    let url = Rule::Url {
        scheme: scheme.to_owned(),
    };
    let ends = ["", "/", "//", "://", "x://"];
    let mut longer = ends.iter().map(|end| format!("{start}{end}"));
    format!("{scheme}://").starts_with(start) || longer.any(|text| url.holds(&text))
}

/// Complains of rules that no text keeps which stands in a URL as it is, as passwords of databases do.
pub(in crate::check) fn fits_url(secret: &ast::Secret, found: &mut Findings) {
    let is_safe = |text: &str| Rule::UrlSafe.holds(text);
    let start = secret.starts_with.as_ref();
    let start = start.filter(|start| !is_safe(&start.value));
    let Some(wrong) = secret.url.as_ref().or(start) else {
        return;
    };
    let message = "a password in a URL has letters, digits, `-`, `.`, `_` and `~` alone";
    let diagnostic = Diagnostic::new(Code::ImpossibleRules, wrong.span, message);
    found.push(diagnostic.help("delete the rule, or let it ask for such characters"));
}

fn key(secret: &ast::Secret) -> Option<&str> {
    let name = secret.key.as_ref().or(secret.name.as_ref())?;
    Some(&name.value)
}

/// Whether the variable has the key's own name, in the Secret that is made here.
pub(in crate::check) fn is_plain(secret: &ast::Secret) -> bool {
    let name = secret.name.as_ref().map(|name| name.value.as_str());
    secret.object.is_none() && key(secret) == name
}

/// How a container refers to a declared key; `object` is the Secret that is made here.
pub(in crate::check) fn reference(secret: &ast::Secret, object: &str) -> Option<SecretRef> {
    let object = secret
        .object
        .as_ref()
        .map_or(object, |object| &object.value);
    Some(SecretRef {
        object: object.to_owned(),
        key: key(secret)?.to_owned(),
        optional: secret.optional,
    })
}

/// The shared secret of that name, and where it is declared; complains where there is none.
pub(in crate::check) fn shared_ref(
    name: &Name,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<(SecretRef, Span)> {
    match scope.shared(name, found)? {
        Shared::Secret(secret) => Some((reference(secret, &scope.secret_name)?, secret.span)),
        Shared::Config(setting) => {
            let message = format!("`{}` is a key of `config`, no secret", name.value);
            let diagnostic = Diagnostic::new(Code::WrongKind, name.span, message)
                .also(setting.key.span, "declared here");
            found.push(diagnostic.help(format!(
                "declare it as a secret instead: `secret {} from env`",
                name.value
            )));
            None
        }
    }
}

/// Complains of two secrets with one key in the object that they share.
pub(in crate::check) fn keys_differ(secrets: &[ast::Secret], found: &mut Findings) {
    let mut seen: IndexMap<&str, &ast::Secret> = IndexMap::new();
    for secret in secrets.iter().filter(|secret| secret.object.is_none()) {
        let (Some(key), Some(name)) = (key(secret), &secret.name) else {
            continue;
        };
        let Some(first) = seen.get(key) else {
            seen.insert(key, secret);
            continue;
        };
        // Two secrets of one name are complained of as such.
        if first
            .name
            .as_ref()
            .is_some_and(|other| other.value == name.value)
        {
            continue;
        }
        let place = secret.key.as_ref().unwrap_or(name);
        let other = first.key.as_ref().or(first.name.as_ref()).unwrap_or(name);
        let message = format!("the key `{key}` is taken");
        found.push(
            Diagnostic::new(Code::NameTaken, place.span, message)
                .label("a second value for it")
                .also(other.span, "its value comes from this one")
                .help("choose another key: `as \"…\"`"),
        );
    }
}
