//! Public addresses that are fixed in what is built for browsers.

use super::audience;
use super::readings::{LeafKind, When};
use crate::catalog::members::{Member, MemberValue, Owner, TierMember, members};
use crate::check::names::link::Link;
use crate::check::names::scope::Scope;
use crate::ir::EdgeKind;

/// The name of each tier whose image is built with a public address, and the link to what has that
/// address.
pub(in crate::check) fn links<'s>(scope: &'s Scope<'_>) -> Vec<(&'s str, Link)> {
    let mut links = Vec::new();
    for reading in audience::public(scope).filter(|reading| reading.when == When::Build) {
        for leaf in reading.leaves(scope) {
            let LeafKind::Member(reference, _, value) = leaf.kind else {
                continue;
            };
            if let (Some(owner), Some(member)) = (reference.parts.first(), public(value)) {
                let link = Link {
                    to: owner.value.clone(),
                    origin: leaf.span,
                    kind: EdgeKind::Browser(member),
                    port: None,
                };
                links.push((reading.face.id.name.as_str(), link));
            }
        }
    }
    links
}

/// The row of a member that browsers know a tier by.
fn public(value: MemberValue) -> Option<&'static Member> {
    let is_public = matches!(value, MemberValue::Tier(TierMember::Public(_)));
    let mut all = members(Owner::Tier).filter(|_| is_public);
    all.find(|member| member.value == value)
}
