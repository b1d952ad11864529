//! Servers that must be told the address by which browsers know them, and aren't.

use super::readings::{self, Readings};
use crate::check::context;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::Expose;

/// Warns of each that is exposed.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope) {
        let tier = face.tier;
        let starts_another = !tier.command.is_empty() || !tier.args.is_empty();
        let Expose::Ingress { tls, .. } = &face.expose.value else {
            continue;
        };
        if face.is_job || starts_another || !face.view.patches.is_empty() {
            continue;
        }
        let Some(built) = readings::built(face, scope) else {
            continue;
        };
        let mut needs = context::untold_addresses(built, scope).into_iter();
        let need = needs.find(|need| {
            let is_told = need.variables.iter().any(|name| readings.sees(face, name));
            !is_told && (!need.takes_https || tls.is_none())
        });
        let (Some(need), Some(first)) = (need, need.and_then(|need| need.variables.first())) else {
            continue;
        };
        let name = &face.id.name;
        let message = format!("`{name}` isn't told the address that browsers know");
        let diagnostic = Diagnostic::new(Code::AddressUntold, face.expose.span, message);
        let diagnostic = diagnostic.label(format!("`{}` {}", need.package, need.fate));
        found.push(diagnostic.help(format!(
            "tell it by a variable: `env {{ {first} = {name}.public_url }}`"
        )));
    }
}
