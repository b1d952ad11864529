//! Values: what stands behind `=`, and where it may flow.

use super::findings::Findings;
use super::references;
use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Piece, SecretRef};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name, ValueKind};

/// What a value stands for, and which things it connects to.
#[derive(Debug)]
pub(super) struct Resolved<'a> {
    pub(super) content: Content<'a>,
    /// Names of tiers and databases whose address in the cluster it holds.
    pub(super) connects: Vec<Spanned<String>>,
}

/// What a value stands for.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// Text that anyone may read.
    Plain(String),
    /// A key of the shared ConfigMap, under another name.
    Config(&'a ast::Setting),
    /// One key of a Secret; the place is where it is declared.
    Secret(SecretRef, Span),
    /// Text around a password, put together in the pod.
    Composed(Composed),
}

/// A value that holds a password, which only the pod knows.
#[derive(Debug, Clone)]
pub(super) struct Composed {
    pub(super) pieces: Vec<Piece>,
    /// The variable that the pieces refer to, and what it holds.
    pub(super) variable: String,
    pub(super) password: SecretRef,
    /// Where the password is declared.
    pub(super) declared: Span,
}

impl Content<'_> {
    /// Where the secret in it is declared, if there is one.
    fn secret(&self) -> Option<Span> {
        match self {
            Content::Plain(_) | Content::Config(_) => None,
            Content::Secret(_, span) => Some(*span),
            Content::Composed(composed) => Some(composed.declared),
        }
    }
}

/// What `value` stands for. `None` where it can't be known, which has been complained of.
pub(super) fn resolve<'a>(
    value: &'a ast::Value,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Option<Resolved<'a>> {
    let mut connects = Vec::new();
    let content = match &value.kind {
        ValueKind::Text(text) => Content::Plain(text.clone()),
        ValueKind::Reference(reference) => {
            references::resolve(reference, value.span, scope, &mut connects, found)?
        }
        ValueKind::List(items) => {
            let mut texts = Vec::new();
            let mut complete = true;
            for item in items {
                match plain(item, scope, "a list", found) {
                    Some(one) => {
                        texts.push(one.text);
                        connects.extend(one.connects);
                    }
                    None => complete = false,
                }
            }
            if !complete {
                return None;
            }
            Content::Plain(texts.join(","))
        }
    };
    Some(Resolved { content, connects })
}

/// A value that anyone may read.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) connects: Vec<Spanned<String>>,
}

/// What `value` stands for, where only plain text may stand; `place` says where that is.
pub(super) fn plain<'a>(
    value: &'a ast::Value,
    scope: &Scope<'a>,
    place: &str,
    found: &mut Findings,
) -> Option<Plain> {
    plain_within(value, scope, place, &mut Vec::new(), found)
}

/// As [`plain`]; `within` are the shared keys whose values are being worked out, outermost first.
fn plain_within<'a>(
    value: &'a ast::Value,
    scope: &Scope<'a>,
    place: &str,
    within: &mut Vec<&'a Name>,
    found: &mut Findings,
) -> Option<Plain> {
    let resolved = resolve(value, scope, found)?;
    if let Some(declared) = resolved.content.secret() {
        let message = format!("a secret can't stand in {place}, where anyone may read it");
        found.push(
            Diagnostic::new(Code::SecretExposed, value.span, message)
                .also(declared, "the secret is declared here")
                .help("give it to a container as a variable of its own, in the tier's `env`"),
        );
        return None;
    }
    match resolved.content {
        Content::Plain(text) => Some(Plain {
            text,
            connects: resolved.connects,
        }),
        Content::Config(setting) => {
            if let Some(first) = within.iter().find(|key| key.value == setting.key.value) {
                let message = format!("the value of `{}` depends on itself", setting.key.value);
                found.push(
                    Diagnostic::new(Code::Circular, first.span, message).also(value.span, "here"),
                );
                return None;
            }
            within.push(&setting.key);
            let inner = plain_within(setting.value.as_ref()?, scope, place, within, found);
            within.pop();
            inner
        }
        Content::Secret(..) | Content::Composed(_) => None,
    }
}

/// The value of a shared key.
pub(super) fn shared_value<'a>(
    setting: &'a ast::Setting,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Option<Plain> {
    let value = setting.value.as_ref()?;
    plain_within(value, scope, "`config`", &mut vec![&setting.key], found)
}
