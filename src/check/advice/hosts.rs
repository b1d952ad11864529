//! Lists of hosts that servers answer to, against the hosts by which they are called.

use super::readings::{LeafKind, Reading, Readings, When};
use crate::catalog::members::{MemberValue, PublicMember, TierMember};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::Thing;
use crate::check::workload::health::ALLOWED_HOSTS;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Port, is_wildcard};
use crate::syntax::ast::{Name, Value, ValueKind};
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
    if !all.iter().any(is_read) {
        return;
    }
    let callers = callers(readings);
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
            LeafKind::Member(
                _,
                Thing::Tier(owner),
                MemberValue::Tier(TierMember::Public(PublicMember::Host)),
            ) => all.push(public(owner)?.to_ascii_lowercase()),
            LeafKind::Member(..) => return None,
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
