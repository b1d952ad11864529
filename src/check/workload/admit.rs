//! Who else may connect to a workload.

use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::Admission;
use crate::syntax::ast::{self, Name};

/// Whom the statements of a tier let in.
pub(in crate::check) fn of_tier(face: &TierFace<'_>, found: &mut Findings) -> Vec<Admission> {
    let said = face.tier.admits.iter();
    let lowered = said.filter_map(|said| {
        face.needs_port(said.span, "this lets others connect to it", found);
        let ports = said.ports.iter();
        let ports = ports.filter_map(|name| face.named_port(name, found));
        let ports: Vec<_> = ports.map(|port| port.name.clone()).collect();
        let is_whole = ports.len() == said.ports.len();
        Some(Admission {
            ports,
            ..admission(said, found)?
        })
        .filter(|_| is_whole)
    });
    lowered.collect()
}

/// Whom those of a database let in.
pub(in crate::check) fn of_database(
    database: &ast::Database,
    found: &mut Findings,
) -> Vec<Admission> {
    let said = database.admits.iter();
    said.filter_map(|said| admission(said, found)).collect()
}

/// One statement, without its ports.
fn admission(said: &ast::Admission, found: &mut Findings) -> Option<Admission> {
    let namespace = said.namespace.as_ref();
    let is_right = namespace.is_none_or(|name| texts::is_label(name, found));
    let labels: Option<Vec<_>> = said
        .labels
        .iter()
        .map(|said| label(said, found))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    if namespace.is_none() && said.labels.is_empty() {
        return None;
    }
    Some(Admission {
        namespace: namespace.map(|name| name.value.clone()),
        labels: labels?,
        ports: Vec::new(),
        origin: said.span,
    })
    .filter(|_| is_right)
}

/// A label as `KEY=VALUE` (Kubernetes' `IsQualifiedName` and `IsValidLabelValue`).
fn label(said: &Name, found: &mut Findings) -> Option<(String, String)> {
    let Some((key, value)) = said.value.split_once('=') else {
        let message = format!("{} isn't a valid label", texts::shown(&said.value));
        found
            .push(Diagnostic::new(Code::InvalidText, said.span, message).help(
                "write its key and its value, such as \"app.kubernetes.io/name=prometheus\"",
            ));
        return None;
    };
    let key = Name::new(key.to_owned(), said.span);
    if !texts::is_qualified_name(&key, found) {
        return None;
    }
    if !(value.is_empty() || texts::is_qualified_part(value)) {
        let message = format!("{} can't be the value of a label", texts::shown(value));
        found.push(Diagnostic::new(Code::InvalidText, said.span, message).help(
            "write letters, digits, `-`, `_` and `.`, up to 63 of them, with a letter or digit at both ends",
        ));
        return None;
    }
    Some((key.value, value.to_owned()))
}
