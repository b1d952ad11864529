//! Targets that replace each other: their objects have the same names, in the same namespace.

use std::collections::BTreeMap;

use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{File, Settings};

/// Where a target is: its namespace, and whether images are loaded into its cluster by hand, as into one
/// of this machine.
type ClusterPlace<'a> = (&'a str, bool);

/// Warns of each target that may be on the cluster of one before it.
pub(in crate::check) fn check(file: &File, found: &mut Findings) {
    let Some(app) = &file.app else { return };
    let own = &app.settings;
    let mut seen: BTreeMap<(ClusterPlace<'_>, Option<&str>), (&str, Span)> = BTreeMap::new();
    let mut first: BTreeMap<ClusterPlace<'_>, (&str, Span)> = BTreeMap::new();
    for target in &file.targets {
        let said = &target.settings;
        let namespace = said.namespace.as_ref().or(own.namespace.as_ref());
        let namespace = namespace.or(app.name.as_ref());
        // Of a text that doesn't say yet where images go, nothing is known of clusters.
        let (Some(namespace), Some(name), Some(is_local)) =
            (namespace, &target.name, is_local(own, said))
        else {
            continue;
        };
        let place = (namespace.value.as_str(), is_local);
        let context = said.context.as_ref().or(own.context.as_ref());
        let context = context.map(|context| context.value.as_str());
        // One that names no cluster may be on any.
        let before = match context {
            Some(_) => seen
                .get(&(place, context))
                .or_else(|| seen.get(&(place, None))),
            None => first.get(&place),
        };
        // Two of one name are an error as it is.
        if let Some((other, span)) = before.filter(|(other, _)| *other != name.value) {
            let message = format!(
                "`{}` and `{other}` have the same names in the namespace `{}`: on one cluster, each replaces the other",
                name.value, namespace.value
            );
            found.push(
                Diagnostic::new(Code::TargetsReplace, name.span, message)
                    .also(*span, "the other one")
                    .help(format!(
                        "write `namespace {}-{}` in it",
                        namespace.value, name.value
                    ))
                    .help("or, where they are on different clusters, `context \"…\"` in both"),
            );
        }
        let it = (name.value.as_str(), name.span);
        seen.entry((place, context)).or_insert(it);
        first.entry(place).or_insert(it);
    }
}

/// Whether images are loaded by hand; `None` where nothing says how they get to nodes.
fn is_local(own: &Settings, said: &Settings) -> Option<bool> {
    let is_inherited = own.local_images.is_some() && said.registry.is_none();
    if said.local_images.is_some() || is_inherited {
        return Some(true);
    }
    let registry = said.registry.as_ref().or(own.registry.as_ref());
    registry.map(|_| false)
}
