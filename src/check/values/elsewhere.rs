//! References as other languages write them.

use crate::check::names::scope::{Scope, Shared};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::Name;

/// What to say of a shared key or a secret that is named as other languages name one.
pub(super) fn shared(
    owner: &Name,
    rest: &[Name],
    span: Span,
    scope: &Scope<'_>,
) -> Option<Diagnostic> {
    let word = owner.value.as_str();
    if matches!(word, "app" | "target") {
        let message = format!("there is no `{word}` to refer to");
        let diagnostic = Diagnostic::new(Code::UnknownName, span, message);
        return Some(diagnostic.help(
            "write the text itself, or once for all in `config { NAME = \"…\" }`; the namespace is `pod.namespace`",
        ));
    }
    let (true, [.., key]) = (
        matches!(word, "secrets" | "env" | "process" | "configs" | "vars"),
        rest,
    ) else {
        return None;
    };
    let message = format!("there is no `{word}` to refer to");
    let diagnostic = Diagnostic::new(Code::UnknownName, span, message);
    let right = match scope.shared.get(key.value.as_str()) {
        Some(Shared::Secret(_)) => format!("secret.{}", key.value),
        Some(Shared::Config(_)) => format!("config.{}", key.value),
        None => {
            let help =
                "write `secret.NAME` or `config.NAME`, for one that is declared at the top level";
            return Some(diagnostic.help(help));
        }
    };
    let place = owner.span.to(key.span);
    Some(diagnostic.maybe(format!("write `{right}`"), place, right))
}
