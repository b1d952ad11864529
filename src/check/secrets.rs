//! Secrets: keys without values.

use super::findings::Findings;
use super::scope::{Scope, Shared};
use super::{texts, types};
use crate::diag::{Code, Diagnostic};
use crate::ir::{SecretKey, SecretRef};
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// A declared key; `None` where its name can't be read.
pub(super) fn lower(secret: &ast::Secret, found: &mut Findings) -> Option<SecretKey> {
    let name = secret.name.as_ref()?;
    if let Some(variable) = &secret.variable {
        texts::is_variable(variable, found);
    }
    if let Some(key) = &secret.key {
        texts::is_key(key, found);
    }
    Some(SecretKey {
        name: name.value.clone(),
        key: key(secret)?.to_owned(),
        from_env: secret.variable.as_ref().unwrap_or(name).value.clone(),
        optional: secret.optional,
        rules: rules(secret, found),
        message: secret.message.as_ref().map(|message| message.value.clone()),
        origin: secret.span,
    })
}

/// What the value must be like, in words.
fn rules(secret: &ast::Secret, found: &mut Findings) -> Vec<String> {
    let mut rules = Vec::new();
    if let Some(url) = &secret.url {
        texts::is_scheme(url, found);
        rules.push(format!("a `{}://` URL", url.value));
    }
    if let Some(start) = &secret.starts_with {
        rules.push(format!("starts with `{}`", start.value));
    }
    if let Some(length) = &secret.min_length
        && let Some(length) = types::number(length, "a length", 1..=1_048_576, found)
    {
        rules.push(format!("at least {length} characters"));
    }
    rules
}

fn key(secret: &ast::Secret) -> Option<&str> {
    let name = secret.key.as_ref().or(secret.name.as_ref())?;
    Some(&name.value)
}

/// How a container refers to a declared key of the Secret named `object`.
pub(super) fn reference(secret: &ast::Secret, object: &str) -> Option<SecretRef> {
    Some(SecretRef {
        object: object.to_owned(),
        key: key(secret)?.to_owned(),
        optional: secret.optional,
    })
}

/// The shared secret of that name, and where it is declared; complains where there is none.
pub(super) fn shared_ref(
    name: &Name,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<(SecretRef, Span)> {
    match scope.shared(name, found)? {
        Shared::Secret(secret) => Some((reference(secret, &scope.secret_name)?, secret.span)),
        Shared::Config(setting) => {
            let message = format!("`{}` is a key of `config`, no secret", name.value);
            let diagnostic = Diagnostic::new(Code::WrongKind, name.span, message);
            found.push(diagnostic.also(setting.key.span, "declared here"));
            None
        }
    }
}
