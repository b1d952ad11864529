//! What tiers listen on and keep, and what external services speak, as their statements say.

use super::{Request, word};
use crate::catalog::members::PortMember;
use crate::catalog::protocols::{self, HTTP};
use crate::syntax::tree::{AtomKind, Fact};

impl Request<'_> {
    pub(super) fn ports(&self, name: &str) -> impl Iterator<Item = &Fact> {
        let facts = self.analysis.parsed.tree.facts.iter();
        let tier = facts.filter(move |it| {
            it.head.value == "tier" && it.atoms.first().and_then(word) == Some(name)
        });
        let blocks = tier.filter_map(|it| it.block.as_ref());
        let statements = blocks.flat_map(|it| &it.facts);
        statements.filter(|it| it.head.value == "port")
    }

    /// The volumes of a tier: its own, and those of others that it mounts.
    pub(super) fn volumes_of(&self, name: &str) -> Vec<String> {
        let facts = self.analysis.parsed.tree.facts.iter();
        let tier = facts
            .filter(|it| it.head.value == "tier" && it.atoms.first().and_then(word) == Some(name));
        let blocks = tier.filter_map(|it| it.block.as_ref());
        let statements = blocks.flat_map(|it| &it.facts);
        let volumes = statements.filter(|it| it.head.value == "volume");
        let names = volumes.filter_map(|it| match &it.atoms.first()?.kind {
            AtomKind::Word(word) => Some(word.clone()),
            AtomKind::Reference(parts, _) => Some(parts.get(1)?.value.clone()),
            AtomKind::Text(_) | AtomKind::Number(_) | AtomKind::Range(..) | AtomKind::List(_) => {
                None
            }
        });
        names.collect()
    }

    pub(super) fn port_count(&self, name: &str) -> usize {
        self.ports(name).count()
    }

    pub(super) fn named_ports(&self, name: &str) -> Vec<String> {
        let ports = self.ports(name);
        let names = ports.filter_map(|it| word(it.atoms.first()?));
        names.map(str::to_owned).collect()
    }

    pub(super) fn has_bare_port(&self, name: &str) -> bool {
        self.ports(name)
            .any(|it| it.atoms.first().is_some_and(|it| word(it).is_none()))
    }

    pub(super) fn main_port(&self, name: &str) -> String {
        let named = self.named_ports(name);
        if self.has_bare_port(name) || named.iter().any(|it| it == "http") {
            return "http".to_owned();
        }
        named.into_iter().next().unwrap_or_default()
    }

    pub(super) fn speaks_http(&self, name: &str) -> bool {
        protocols::is_http(&self.main_port(name))
    }

    pub(super) fn has_scheme(&self, name: &str, member: &str) -> bool {
        let says = |port: &Fact| port.atoms.iter().any(|it| word(it) == Some("scheme"));
        member != "url"
            || protocols::scheme(&self.main_port(name)).is_some()
            || self.ports(name).any(says)
    }
}

/// Whether what an external service speaks has such a member.
pub(super) fn speaks(fact: Option<&Fact>, value: PortMember) -> bool {
    let block = fact.and_then(|it| it.block.as_ref());
    let mut facts = block.into_iter().flat_map(|it| &it.facts);
    let port = facts.find(|it| it.head.value == "port");
    let protocol = port.and_then(|it| word(it.atoms.first()?)).unwrap_or(HTTP);
    match value {
        PortMember::Url => protocols::scheme(protocol).is_some(),
        PortMember::WebSocket => protocols::is_http(protocol),
        PortMember::Number | PortMember::Address => true,
    }
}
