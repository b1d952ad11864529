//! Which tiers browsers know, whatever the target.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::names::overlay::{AppView, TargetView, WorkloadView};
use crate::check::names::scope::Scope;
use crate::syntax::ast::{self, ExposeWay};

/// Whether browsers know a tier in every target, so that its public members have a value.
pub(in crate::check) fn is_known_to_browsers(tier: &ast::Tier, scope: &Scope<'_>) -> bool {
    let facts = scope.facts;
    let known = facts.known_to_browsers(|| known_to_browsers(scope.file));
    let name = tier.name.as_ref();
    name.is_some_and(|name| known.contains(name.value.as_str()))
}

/// The tiers that browsers know in every target. Most targets say nothing of most tiers, and such
/// differ in whether they have a host alone.
fn known_to_browsers(file: &ast::File) -> BTreeSet<String> {
    let targets = file.targets.iter().map(Some);
    let none = file.targets.is_empty().then_some(None);
    let views: Vec<_> = targets
        .chain(none)
        .map(|target| {
            let view = AppView::of(file, target);
            (view.host.holds.is_some(), view.tiers)
        })
        .collect();
    let mut named: BTreeMap<&str, Vec<&(bool, TargetView<'_>)>> = BTreeMap::new();
    for view in &views {
        for name in view.1.names() {
            named.entry(name).or_default().push(view);
        }
    }
    let count = |views: &mut dyn Iterator<Item = bool>| {
        views.fold([0_usize; 2], |[without, with], has_host| {
            [
                without + usize::from(!has_host),
                with + usize::from(has_host),
            ]
        })
    };
    let all = count(&mut views.iter().map(|view| view.0));
    let known = file.tiers.iter().filter_map(|tier| {
        let name = tier.name.as_ref()?.value.as_str();
        let mut own = named.remove(name).unwrap_or_default();
        // One that says it twice is there twice.
        own.dedup_by(|a, b| std::ptr::eq(*a, *b));
        let said = count(&mut own.iter().map(|view| view.0));
        let plain = TargetView::of(file, None);
        let mut known = own
            .iter()
            .all(|(host, view)| is_known_in(tier, view, *host));
        for has_host in [false, true] {
            let at = usize::from(has_host);
            known &= said[at] == all[at] || is_known_in(tier, &plain, has_host);
        }
        known.then(|| name.to_owned())
    });
    known.collect()
}

/// Whether browsers know a tier in a target, which has a host of its own or not.
fn is_known_in(tier: &ast::Tier, target: &TargetView<'_>, has_host: bool) -> bool {
    let view = WorkloadView::of(tier, target);
    if let Some((host, _)) = view.routes.first() {
        let named = host.host.as_ref();
        return named.is_some_and(|host| !host.value.starts_with('*'));
    }
    match view.expose.holds.and_then(|said| said.way.as_ref()) {
        None | Some(ExposeWay::Internal) => false,
        Some(ExposeWay::Ingress { host, .. }) => host
            .as_ref()
            .is_some_and(|host| !host.value.starts_with('*')),
        Some(ExposeWay::Forward(port)) => port.is_some(),
        Some(ExposeWay::Elsewhere(url)) => url.is_some(),
        Some(ExposeWay::NodePort(port)) => port.is_some() && has_host,
        Some(ExposeWay::LoadBalancer(its)) => its.is_some() || has_host,
    }
}
