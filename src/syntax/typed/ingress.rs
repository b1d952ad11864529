//! `ingress`, in `app` and in `target`.

use super::tier::host_settings;
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::{Gateway, HostRoutes, IngressSettings, Route};
use crate::syntax::signature::Statement;
use crate::syntax::tree::{Atom, AtomKind, Fact};

/// Whether it says what all Ingresses have; else it is one of a host.
fn is_settings(statement: &Statement<'_>) -> bool {
    statement.row.parts.is_empty()
}

/// What all Ingresses have, by the block of `app` or a target.
pub(super) fn settings(outer: &Statement<'_>, bag: &mut Bag) -> Option<IngressSettings> {
    let statement = outer.children("ingress").find(|child| is_settings(child))?;
    Some(IngressSettings {
        class: statement.setting("class"),
        issuer: statement.setting("issuer"),
        hosts: host_settings(statement, bag),
        gateway: statement.child("gateway").map(|said| Gateway {
            span: said.span(),
            name: said.slot("gateway"),
            namespace: said.slot("namespace"),
            section: said.slot("section"),
            redirect: said.slot("redirect"),
        }),
    })
}

/// The hosts over several tiers, by the block of `app` or a target.
pub(super) fn hosts(outer: &Statement<'_>, bag: &mut Bag) -> Vec<HostRoutes> {
    let hosts = outer
        .children("ingress")
        .filter(|child| !is_settings(child));
    hosts
        .map(|statement| HostRoutes {
            span: statement.span(),
            host: statement.slot("host"),
            tls: statement.word("tls"),
            secret: statement.slot("secret"),
            settings: host_settings(statement, bag),
            routes: statement
                .free()
                .iter()
                .filter_map(|fact| route(fact, bag))
                .collect(),
            is_empty: statement.free().is_empty(),
        })
        .collect()
}

/// `"/path" = TIER`.
fn route(fact: &Fact, bag: &mut Bag) -> Option<Route> {
    let path = fact.head.clone();
    let value = fact.value.as_ref()?;
    if let ([], [atom], None) = (fact.atoms.as_slice(), value.atoms.as_slice(), &fact.block)
        && let AtomKind::Word(tier) = &atom.kind
    {
        let tier = Spanned::new(tier.clone(), atom.span);
        return Some(Route { path, tier });
    }
    if !fact.broken {
        let message = format!("expected one tier behind the path `{}`", path.value);
        let is_word =
            |atom: &Atom, text: &str| matches!(&atom.kind, AtomKind::Word(word) if word == text);
        let help = match value.atoms.as_slice() {
            [tier, strip] if is_word(strip, "strip") && matches!(tier.kind, AtomKind::Word(_)) => {
                format!("write `strip \"{}\"` as a statement beside it", path.value)
            }
            _ => format!("write \"{}\" = TIER", path.value),
        };
        bag.push(Diagnostic::new(Code::Expected, value.equals, message).help(help));
    }
    None
}
