//! Who else may connect to a workload.

use crate::catalog::defaults::Switch;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::types::cidr;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::Admission;
use crate::source::Spanned;
use crate::syntax::ast::{self, Name};

/// Whom the statements of a tier let in.
pub(in crate::check) fn of_tier(face: &TierFace<'_>, found: &mut Findings) -> Vec<Admission> {
    let said = face.view.admits.iter();
    let lowered = said.filter_map(|&said| {
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

/// Warns of statements that let nobody in who isn't let in already: without a policy all may connect.
pub(in crate::check) fn needs_policy(
    name: &str,
    admits: &[Admission],
    off: &[Spanned<Switch>],
    found: &mut Findings,
) {
    let Some(off) = off.iter().find(|it| it.value == Switch::NetworkPolicy) else {
        return;
    };
    for admission in admits {
        let message = format!(
            "this changes nothing: `{name}` has no network policy, and anyone may connect to it"
        );
        found.push(
            Diagnostic::new(Code::AdmitsAnyone, admission.origin, message)
                .also(off.span, "the policy is left out here")
                .help("delete the one or the other"),
        );
    }
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
    let blocks: Vec<_> = said
        .blocks
        .iter()
        .map(|it| cidr::block(it, found))
        .collect();
    let blocks: Option<Vec<_>> = blocks.into_iter().collect();
    if namespace.is_none() && said.labels.is_empty() && said.blocks.is_empty() {
        return None;
    }
    Some(Admission {
        namespace: namespace.map(|name| name.value.clone()),
        labels: labels?,
        blocks: blocks?,
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
