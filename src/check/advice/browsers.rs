//! Public addresses that are fixed in what is built for browsers.

use super::audience;
use super::readings::{LeafKind, Readings, When};
use crate::catalog::members::{Member, MemberValue, TierMember, members};
use crate::check::names::link::Link;
use crate::ir::EdgeKind;

/// The name of each tier whose image is built with a public address, and the link to what has that
/// address.
pub(in crate::check) fn links(readings: &Readings<'_, '_>) -> Vec<(String, Link)> {
    let mut links = Vec::new();
    for reading in audience::public(readings).filter(|reading| reading.when == When::Build) {
        for leaf in reading.leaves(readings.scope) {
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
                links.push((reading.face.id.name.clone(), link));
            }
        }
    }
    links
}

/// The row of a member that browsers know a tier, or a port of it, by.
fn public(value: MemberValue) -> Option<&'static Member> {
    let is_public = matches!(
        value,
        MemberValue::Tier(TierMember::Public(_)) | MemberValue::PublicPort(_)
    );
    let mut all = members(value.owner()).filter(|_| is_public);
    all.find(|member| member.value == value)
}
