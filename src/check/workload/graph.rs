//! Who uses whom, and who waits for whom.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::catalog::defaults::Switch;
use crate::check::findings::Findings;
use crate::check::names::link::Link;
use crate::check::names::scope::{Scope, Thing};
use crate::ir::{
    Database, Edge, EdgeKind, EdgeSource, Expose, Identity, Ingress, Job, Pod, ThingName, Tier,
    Wait,
};
use crate::source::Span;
use crate::syntax::ast::Name;

/// The edges of one application, each once.
#[derive(Debug, Default)]
pub(in crate::check) struct Graph {
    edges: IndexMap<(EdgeSource, ThingName, EdgeKind, Option<u16>), Vec<Span>>,
}

impl Graph {
    /// Records what the pods of a thing use, and returns the databases that they wait for.
    pub(in crate::check) fn connect(
        &mut self,
        from: &str,
        links: &[Link],
        scope: &Scope<'_>,
    ) -> Vec<Wait> {
        let mut waits: Vec<Wait> = Vec::new();
        for link in links {
            let name = &link.to;
            self.add(thing(from), name, link.kind, link.port, link.origin);
            let is_database = matches!(scope.things.get(name.as_str()), Some(Thing::Database(..)));
            if is_database && !waits.iter().any(|wait| wait.database.0 == *name) {
                waits.push(Wait {
                    database: ThingName(name.clone()),
                    origin: link.origin,
                });
            }
        }
        waits
    }

    /// Records that what is built for browsers by `from` holds an address of another thing.
    pub(in crate::check) fn browsers(&mut self, from: &str, link: &Link) {
        self.add(thing(from), &link.to, link.kind, link.port, link.origin);
    }

    fn add(&mut self, from: EdgeSource, to: &str, kind: EdgeKind, port: Option<u16>, origin: Span) {
        let key = (from, ThingName(to.to_owned()), kind, port);
        let origins = self.edges.entry(key).or_default();
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }

    /// All edges, those among them that follow from what was lowered.
    pub(in crate::check) fn into_edges(
        mut self,
        tiers: &[Tier],
        jobs: &[Job],
        databases: &[Database],
        ingresses: &[Ingress],
    ) -> Vec<Edge> {
        let of_tiers = tiers.iter().map(|tier| (&tier.id, &tier.pod, &tier.off));
        let of_jobs = jobs.iter().map(|job| (&job.id, &job.pod, &job.off));
        let ports: BTreeMap<&str, u16> = databases
            .iter()
            .map(|database| (database.id.name.as_str(), database.engine.port))
            .collect();
        let owners = owners(tiers);
        for (id, pod, off) in of_tiers.chain(of_jobs) {
            if off.iter().all(|off| off.value != Switch::Wait) {
                for wait in &pod.waits {
                    let port = ports.get(wait.database.0.as_str()).copied();
                    let from = thing(&id.name);
                    self.add(from, &wait.database.0, EdgeKind::Waits, port, wait.origin);
                }
            }
            self.volumes(id, pod, &owners);
        }
        self.routes(tiers, ingresses);
        let edges = self.edges.into_iter();
        let edge = |((from, to, kind, port), mut origins): (_, Vec<_>)| {
            origins.sort();
            Edge {
                from,
                to,
                kind,
                port,
                origins,
            }
        };
        edges.map(edge).collect()
    }

    /// Volumes of others that a pod mounts.
    fn volumes(&mut self, id: &Identity, pod: &Pod, owners: &BTreeMap<&str, &str>) {
        for volume in pod.volumes.iter().filter(|volume| volume.claim.is_none()) {
            if let Some(owner) = owners.get(volume.object.as_str()) {
                let from = thing(&id.name);
                self.add(from, owner, EdgeKind::Volume, None, volume.origin);
            }
        }
    }

    /// Hosts that lead to tiers, by an Ingress of a tier's own and by those over several.
    fn routes(&mut self, tiers: &[Tier], ingresses: &[Ingress]) {
        for tier in tiers {
            if let Expose::Ingress {
                host,
                shared: false,
                ..
            } = &tier.expose.value
            {
                let port = tier.exposed_port().map(|port| port.service);
                let from = EdgeSource::Host(host.clone());
                let origin = tier.expose.span;
                self.add(from, &tier.id.name, EdgeKind::Routes, port, origin);
            }
        }
        let by_name: BTreeMap<&str, &Tier> = tiers
            .iter()
            .map(|tier| (tier.id.name.as_str(), tier))
            .collect();
        for ingress in ingresses {
            for route in &ingress.routes {
                let tier = by_name.get(route.tier.0.as_str());
                let port = tier.and_then(|tier| tier.ports.iter().find(|it| it.name == route.port));
                let port = port.map(|port| port.service);
                let from = EdgeSource::Host(ingress.host.clone());
                self.add(from, &route.tier.0, EdgeKind::Routes, port, route.origin);
            }
        }
    }
}

/// The tiers by the names of their claims.
fn owners(tiers: &[Tier]) -> BTreeMap<&str, &str> {
    let owned = tiers.iter().flat_map(|tier| {
        let volumes = tier.pod.volumes.iter();
        let own = volumes.filter(|volume| volume.claim.is_some());
        own.map(|volume| (volume.object.as_str(), tier.id.name.as_str()))
    });
    owned.collect()
}

fn thing(name: &str) -> EdgeSource {
    EdgeSource::Thing(ThingName(name.to_owned()))
}

/// What `needs` names.
pub(in crate::check) fn needs(
    names: &[Name],
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Vec<Link> {
    let mut links = Vec::new();
    for name in names {
        let Some(thing) = scope.reachable(name, found) else {
            continue;
        };
        if let Thing::Tier(face) = thing {
            face.needs_port(name.span, "this connects to it", found);
        }
        links.push(Link::needs(name));
    }
    links
}
