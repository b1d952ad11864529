//! Hosts over several tiers, those of `app` and those of a target: which of their routes hold there.

use std::collections::{BTreeMap, BTreeSet};

use crate::syntax::ast::{HostRoutes, Route};

/// A route, with the host that it belongs to.
pub(in crate::check) type Routed<'a> = (&'a HostRoutes, &'a Route);

/// A host over several tiers as it is in one target.
#[derive(Debug)]
pub(in crate::check) struct HostView<'a> {
    /// What is said of it.
    pub(in crate::check) said: &'a HostRoutes,
    /// The routes of it that hold.
    pub(in crate::check) routes: Vec<&'a Route>,
    /// Whether the target says it, and not `app`.
    pub(in crate::check) is_of_target: bool,
    /// Whether anything leads to it: nothing does where the target replaces all of its routes.
    pub(in crate::check) is_there: bool,
}

/// The routes of `app` and of a target, by the tiers that they lead to.
#[derive(Debug, Default)]
pub(in crate::check) struct HostRoutesView<'a> {
    own: BTreeMap<&'a str, Vec<Routed<'a>>>,
    theirs: BTreeMap<&'a str, Vec<Routed<'a>>>,
    /// The hosts of the target: what `app` says of them doesn't count.
    hosts: BTreeSet<&'a str>,
}

impl<'a> HostRoutesView<'a> {
    /// Those of `app` and of a target.
    pub(in crate::check) fn of(own: &'a [HostRoutes], theirs: &'a [HostRoutes]) -> Self {
        let hosts = theirs.iter().filter_map(host);
        HostRoutesView {
            own: by_tier(own),
            theirs: by_tier(theirs),
            hosts: hosts.collect(),
        }
    }

    /// The tiers of which the target says by its hosts how they are reached.
    pub(in crate::check) fn names(&self) -> impl Iterator<Item = &'a str> {
        let replaced = self.own.iter().filter(|(_, routes)| {
            let mut hosts = routes.iter().filter_map(|(it, _)| host(it));
            hosts.any(|host| self.hosts.contains(host))
        });
        let replaced = replaced.map(|(name, _)| *name);
        self.theirs.keys().copied().chain(replaced)
    }

    /// The routes that lead to a tier: those of the target, else those of `app` that the target doesn't replace,
    /// by its `expose` of the tier or by what it says of the host.
    pub(in crate::check) fn to(&self, tier: &str, is_exposed: bool) -> Vec<Routed<'a>> {
        if let Some(theirs) = self.theirs.get(tier) {
            return theirs.clone();
        }
        let own = self.own.get(tier).filter(|_| !is_exposed);
        let own = own.into_iter().flatten();
        own.filter(|(said, _)| !self.replaces(said))
            .copied()
            .collect()
    }

    /// The target's first route to a tier.
    pub(in crate::check) fn first_of_target(&self, tier: &str) -> Option<Routed<'a>> {
        self.theirs.get(tier)?.first().copied()
    }

    /// The first route of `app` to a tier, whether it holds or not.
    pub(in crate::check) fn first_of_app(&self, tier: &str) -> Option<Routed<'a>> {
        self.own.get(tier)?.first().copied()
    }

    /// Whether the target says something else of a host of `app`.
    fn replaces(&self, said: &HostRoutes) -> bool {
        host(said).is_some_and(|host| self.hosts.contains(host))
    }

    /// The hosts of `app`, then those of the target. `is_replaced` says of which tiers the target says something
    /// else, or that they aren't there.
    pub(in crate::check) fn hosts(
        &self,
        (own, theirs): (&'a [HostRoutes], &'a [HostRoutes]),
        is_replaced: impl Fn(&str) -> bool,
    ) -> Vec<HostView<'a>> {
        let own = own.iter().map(|said| {
            let routes = said.routes.iter().filter(|route| {
                let tier = route.tier.value.as_str();
                !self.replaces(said) && !self.theirs.contains_key(tier) && !is_replaced(tier)
            });
            let routes: Vec<_> = routes.collect();
            HostView {
                said,
                is_of_target: false,
                is_there: !routes.is_empty(),
                routes,
            }
        });
        let theirs = theirs.iter().map(|said| HostView {
            said,
            routes: said.routes.iter().collect(),
            is_of_target: true,
            is_there: true,
        });
        own.chain(theirs).collect()
    }
}

fn host(said: &HostRoutes) -> Option<&str> {
    said.host.as_ref().map(|host| host.value.as_str())
}

fn by_tier(hosts: &[HostRoutes]) -> BTreeMap<&str, Vec<Routed<'_>>> {
    let mut all: BTreeMap<&str, Vec<Routed<'_>>> = BTreeMap::new();
    for host in hosts {
        for route in &host.routes {
            let routes = all.entry(route.tier.value.as_str()).or_default();
            routes.push((host, route));
        }
    }
    all
}
