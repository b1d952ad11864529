//! Which port a reference leads to.

use crate::catalog::members::{Member, MemberValue, TierMember};
use crate::check::names::scope::Thing;
use crate::ir::Port;

/// The number by which clients know the port that a member leads to, where it leads to one.
pub(in crate::check) fn port(
    thing: &Thing<'_>,
    port: Option<&Port>,
    member: &Member,
) -> Option<u16> {
    match (thing, member.value) {
        (_, MemberValue::Port(_) | MemberValue::PublicPort(_)) => port.map(|port| port.service),
        (Thing::Tier(face), MemberValue::Tier(TierMember::Port(_))) => {
            face.port().map(|port| port.service)
        }
        (Thing::Tier(face), MemberValue::Tier(TierMember::Public(_))) => {
            face.exposed_port.as_ref().map(|port| port.service)
        }
        (Thing::Database(_, engine, _), _) => Some(engine.port),
        (Thing::ExternalService(external), MemberValue::ExternalService(_)) => {
            external.port.as_ref()?.value.parse().ok()
        }
        _ => None,
    }
}
