//! Hosts over several tiers in all targets: their keys among values, and what is said of each alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{App, HostSettings, Ingress};
use crate::source::Span;

/// What some target says of one host alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct SettingsAnywhere {
    pub(super) has_annotations: bool,
    /// Whether some route of a Gateway says how long an answer may take.
    pub(super) has_timeout: bool,
}

impl SettingsAnywhere {
    pub(super) fn add(&mut self, settings: &HostSettings) {
        self.has_annotations |= !settings.annotations.is_empty();
        self.has_timeout |= settings.timeout.is_some();
    }
}

/// What any target says of each host over several tiers alone, by their keys.
pub(super) fn host_settings(
    keys: &BTreeMap<&str, String>,
    all: &[&App],
) -> BTreeMap<String, SettingsAnywhere> {
    let mut settings: BTreeMap<String, SettingsAnywhere> = BTreeMap::new();
    for host in all.iter().flat_map(|app| &app.ingresses) {
        if let Some(key) = keys.get(host.name.as_str()) {
            settings.entry(key.clone()).or_default().add(&host.settings);
        }
    }
    settings
}

/// Every Ingress over several tiers in any target that leads to a tier of this one, the first of each key, by their
/// places, and the keys by their names. This target comes first.
pub(super) fn hosts<'a>(
    own: &'a App,
    all: &[&'a App],
) -> (Vec<&'a Ingress>, BTreeMap<&'a str, String>) {
    let mut hosts: Vec<&Ingress> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut keys: BTreeMap<&str, String> = BTreeMap::new();
    let tiers: BTreeSet<&str> = own.tiers.iter().map(|it| it.id.name.as_str()).collect();
    let leads_here = |host: &&Ingress| {
        let mut routes = host.routes.iter();
        routes.any(|route| tiers.contains(route.tier.0.as_str()))
    };
    let own_hosts: Vec<&Ingress> = own.ingresses.iter().collect();
    let others = all
        .iter()
        .map(|app| app.ingresses.iter().filter(leads_here).collect());
    for all_here in std::iter::once(own_hosts).chain(others) {
        let here = all_here.iter();
        let here = here.filter_map(|host| keys.get(host.name.as_str()).cloned());
        let mut here: BTreeSet<String> = here.collect();
        for host in all_here {
            if keys.contains_key(host.name.as_str()) {
                continue;
            }
            let (short, long) = match &host.part {
                None => (label(host).to_owned(), &host.host),
                Some(part) => {
                    // The first object of the host stands before it.
                    let first = host.name.strip_suffix(part.as_str());
                    let first = first.and_then(|name| keys.get(name.trim_end_matches('-')));
                    let first = first.map_or(host.host.as_str(), String::as_str);
                    (format!("{first}-{part}"), &host.name)
                }
            };
            let key = if here.insert(short.clone()) {
                short
            } else {
                long.clone()
            };
            keys.insert(&host.name, key.clone());
            if known.insert(key) {
                hosts.push(host);
            }
        }
    }
    hosts.sort_by_key(|host| host.origin);
    (hosts, keys)
}

/// The hosts whose paths are regular expressions in this target's Ingresses. A host without an Ingress in this
/// target is looked up in the other targets.
pub(super) fn pattern_hosts(own: &App, all: &[&App]) -> BTreeMap<String, Span> {
    let here: BTreeSet<&str> = if own.ingress.gateway.is_none() {
        own.hosts().map(|(host, _)| host).collect()
    } else {
        BTreeSet::new()
    };
    let mut hosts = own.ingress.pattern_hosts.clone();
    for (host, place) in all.iter().flat_map(|app| &app.ingress.pattern_hosts) {
        if !here.contains(host.as_str()) {
            hosts.entry(host.clone()).or_insert(*place);
        }
    }
    hosts
}

/// The first label of a host.
fn label(host: &Ingress) -> &str {
    host.host.split('.').next().unwrap_or(&host.host)
}
