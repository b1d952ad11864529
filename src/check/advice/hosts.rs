//! Lists of hosts that servers answer to, against the hosts by which they are called.

use super::readings::{self, LeafKind, Reading, Readings, When};
use super::started;
use crate::catalog::members::{MemberValue, PublicMember, TierMember};
use crate::check::context::{self, ListedHosts};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::Thing;
use crate::check::values::public::Exposed;
use crate::check::workload::health::ALLOWED_HOSTS;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Port, is_wildcard};
use crate::source::Span;
use crate::syntax::ast::{self, Handler, Name, Value, ValueKind};
use std::collections::{BTreeMap, BTreeSet};

/// Ends of the names of such lists.
const LISTS: &[&str] = &[ALLOWED_HOSTS, "TRUSTED_HOSTS"];

fn is_list(name: &str) -> bool {
    LISTS.iter().any(|end| name.ends_with(end))
}

/// Warns of each list that lacks a host.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let all =
        readings.all(|name: &Name, value: Option<&Value>| value.is_some() && is_list(&name.value));
    let is_read =
        |reading: &Reading<'_, '_>| reading.when == When::Start && is_list(&reading.name.value);
    let sources = sources(readings);
    if !all.iter().any(is_read) && sources.is_empty() {
        return;
    }
    let callers = callers(readings);
    for source in &sources {
        source.check(&callers, found);
    }
    let mut seen = BTreeSet::new();
    for reading in all {
        let is_one = is_read(&reading) && !reading.face.is_job;
        let Some(value) = reading.value.filter(|_| is_one) else {
            continue;
        };
        let Some(listed) = listed(&reading, readings) else {
            continue;
        };
        let face = reading.face;
        let lacks = |host: &str| !listed.iter().any(|pattern| admits(pattern, host));
        let name = &face.id.name;
        let speaks_http = face.port().is_some_and(Port::is_http);
        let caller = callers.get(name.as_str()).filter(|_| speaks_http);
        let diagnostic = match (caller, public(face)) {
            (Some(caller), _) if lacks(&face.id.service) => {
                let message = format!(
                    "`{caller}` calls `{name}` by the host `{}`, which isn't in `{}`",
                    face.id.service, reading.name.value
                );
                let diagnostic = Diagnostic::new(Code::HostUnlisted, value.span, message);
                diagnostic.help(format!("add `{name}.host` to the list"))
            }
            (_, Some(host)) if lacks(host) => {
                let message = format!(
                    "browsers know `{name}` by the host `{host}`, which isn't in `{}`",
                    reading.name.value
                );
                let diagnostic = Diagnostic::new(Code::HostUnlisted, value.span, message);
                diagnostic
                    .also(face.expose.span, "this is where it is exposed")
                    .help(format!("add `{name}.public_host` to the list"))
            }
            _ => continue,
        };
        if seen.insert((value.span, name.as_str())) {
            found.push(diagnostic.label("the server answers 400 to other hosts"));
        }
    }
}

/// A list of hosts in the sources of a server.
struct SourceList<'s, 'a> {
    face: &'s TierFace<'a>,
    listed: ListedHosts,
    /// Where its context is named.
    place: Span,
}

/// Every list of hosts in the sources of servers.
fn sources<'s, 'a>(readings: &Readings<'s, 'a>) -> Vec<SourceList<'s, 'a>> {
    let scope = readings.scope;
    let faces = readings::faces(scope).filter(|face| !face.is_job && face.view.patches.is_empty());
    let lists = faces.filter_map(|face| {
        let built = readings::built(face, scope)?;
        let words = started::words(&face.tier.command);
        let listed = context::listed_hosts(built, scope, &words)?;
        let is_open = listed
            .variables
            .iter()
            .any(|name| readings.sees(face, name));
        let place = face.tier.build.as_ref().or(built.build.as_ref())?;
        (!is_open && face.tier.args.is_empty()).then_some(SourceList {
            face,
            listed,
            place: place.context.as_ref()?.span,
        })
    });
    lists.collect()
}

impl SourceList<'_, '_> {
    /// Warns of hosts that aren't in the list, and that the server is called by.
    fn check(&self, callers: &BTreeMap<&str, &str>, found: &mut Findings) {
        let ListedHosts {
            list,
            file,
            hosts,
            status,
            ..
        } = &self.listed;
        let face = self.face;
        if !face.port().is_some_and(Port::is_http) {
            return;
        }
        let name = &face.id.name;
        let lacks = |host: &str| !hosts.iter().any(|pattern| admits(pattern, host));
        let label = format!("the server answers {status} to other hosts");
        let warn = |place, message: String, help: String| {
            let diagnostic = Diagnostic::new(Code::HostRefused, place, message);
            diagnostic.label(label.clone()).help(help)
        };
        if let Some((place, path, host)) = asked(face.tier) {
            let is_plain =
                |host: &&String| !host.starts_with(['*', '.', '[']) && host.contains('.');
            match host {
                // The kubelet asks for the pod's address.
                None if lacks(OF_A_POD) => {
                    let first = hosts.iter().find(is_plain).map_or("…", String::as_str);
                    found.push(warn(
                        place,
                        format!("probes ask for the address of the pod, which isn't in `{list}` of `{file}`"),
                        format!("ask for a host of the list: `health \"{path}\" {{ host \"{first}\" }}`"),
                    ));
                }
                Some(host) if lacks(&host.value) => found.push(warn(
                    host.span,
                    format!(
                        "probes ask for `{}`, which isn't in `{list}` of `{file}`",
                        host.value
                    ),
                    format!("add it there: `\"{}\"`", host.value),
                )),
                None | Some(_) => {}
            }
        }
        let service = &face.id.service;
        if let Some(caller) = callers.get(name.as_str()).filter(|_| lacks(service)) {
            found.push(warn(
                self.place,
                format!("`{caller}` calls `{name}` by the host `{service}`, which isn't in `{list}` of `{file}`"),
                format!("add it there: `\"{service}\"`"),
            ));
        }
        if let Some(host) = public(face).filter(|host| lacks(host)) {
            found.push(warn(
                self.place,
                format!("browsers know `{name}` by the host `{host}`, which isn't in `{list}` of `{file}`"),
                format!("add it there: `\"{host}\"`"),
            ));
        }
    }
}

/// An address that a pod may have.
const OF_A_POD: &str = "10.0.0.1";

/// Where probes ask by a GET, for which path, and for which host.
fn asked(tier: &ast::Tier) -> Option<(Span, &str, Option<&Name>)> {
    let health = tier
        .health
        .as_ref()
        .filter(|health| health.port.is_none())?;
    match health.handler.as_ref()? {
        Handler::Get(path) => Some((path.span, path.value.as_str(), health.host.as_ref())),
        Handler::Tcp(_) | Handler::Grpc(_) | Handler::Exec(_) => None,
    }
}

/// The host of an Ingress.
fn public<'f>(face: &'f TierFace<'_>) -> Option<&'f str> {
    let Expose::Ingress { host, .. } = &face.expose.value else {
        return None;
    };
    (!is_wildcard(host)).then_some(host)
}

/// The hosts of a list; `None` where one of them can't be known.
fn listed(reading: &Reading<'_, '_>, readings: &Readings<'_, '_>) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for leaf in reading.leaves(readings.scope) {
        match leaf.kind {
            LeafKind::Text(text) => {
                let parts = text.split(|c: char| c == ',' || c.is_whitespace());
                let bare = |part: &str| {
                    part.trim_matches(['[', ']', '"', '\''])
                        .to_ascii_lowercase()
                };
                all.extend(parts.map(bare).filter(|part| !part.is_empty()));
            }
            LeafKind::Member(_, Thing::Tier(owner), MemberValue::Tier(TierMember::Host)) => {
                all.push(owner.id.service.clone());
            }
            LeafKind::Member(reference, thing, member) => {
                let (exposed, member) = Exposed::read(reference, thing, member)?;
                let address = exposed.address(readings.scope).ok()?;
                if member != PublicMember::Host {
                    return None;
                }
                all.push(address.host.to_ascii_lowercase());
            }
        }
    }
    Some(all)
}

/// Whether a list with this pattern admits a host, as Django has it: one with a dot before it means all below it.
fn admits(pattern: &str, host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let pattern = pattern.split(':').next().unwrap_or(pattern);
    match pattern.strip_prefix("*.").or(pattern.strip_prefix('.')) {
        Some(end) => host == end || host.strip_suffix(end).is_some_and(|it| it.ends_with('.')),
        None => pattern == "*" || pattern == host,
    }
}

/// The first tier or job that calls each tier by its Service, by the tier's name.
fn callers<'s>(readings: &Readings<'s, '_>) -> BTreeMap<&'s str, &'s str> {
    let mut callers = BTreeMap::new();
    // Text names nobody.
    let may_call = |_: &Name, value: Option<&Value>| {
        let kind = value.map(|value| &value.kind);
        !matches!(kind, None | Some(ValueKind::Text(_) | ValueKind::Bare(_)))
    };
    for reading in readings.all(may_call) {
        // A list of hosts calls nobody.
        if is_list(&reading.name.value) {
            continue;
        }
        for leaf in reading.leaves(readings.scope) {
            let LeafKind::Member(_, Thing::Tier(owner), member) = leaf.kind else {
                continue;
            };
            if member.is_within_cluster() && owner.id.name != reading.face.id.name {
                let name = owner.id.name.as_str();
                callers.entry(name).or_insert(reading.face.id.name.as_str());
            }
        }
    }
    callers
}

#[cfg(test)]
mod tests {
    use super::admits;

    #[test]
    fn patterns_admit_hosts() {
        for (pattern, host, expected) in [
            ("*", "a", true),
            ("a.b", "A.b", true),
            (".b", "a.b", true),
            (".b", "b", true),
            ("*.b", "a.b", true),
            (".b", "ab", false),
            ("a.b:80", "a.b", true),
            ("a", "b", false),
            ("", "a", false),
        ] {
            assert_eq!(admits(pattern, host), expected, "{pattern} {host}");
        }
    }
}
