//! Who reaches which tier in which target, and what isn't there.

use super::plan::{Exposure, Further, Host, Port, Runs, Tls, Way};
use super::text::Line;
use super::{Generator, names};

/// The longest end of an object's name by which a part of a host is told apart: a tier and a number.
const OF_PART: usize = 64;

impl Generator {
    pub(super) fn plan_exposures(&mut self, tier: usize) {
        if self.plan.tiers[tier].ports.is_empty() {
            return;
        }
        if self.chance(60) {
            self.plan.tiers[tier].expose = self.exposure(tier);
            self.plan.tiers[tier].further = self.further(tier);
        }
        for target in 0..self.plan.targets.len() {
            if self.chance(40)
                && let Some(exposure) = self.exposure(tier)
            {
                self.plan.targets[target].exposes.push((tier, exposure));
            }
        }
    }

    /// An exposure that meets no other.
    fn exposure(&mut self, tier: usize) -> Option<Exposure> {
        let way = match self.rng.u8(..10) {
            0 => Way::Internal,
            1 => Way::NodePort(None),
            2 | 3 => {
                let edges = [30000, 32767, self.rng.u16(30000..=32767)];
                let port = self.pick(&edges);
                Way::NodePort(self.take("node port", &port.to_string()).then_some(port))
            }
            4 => {
                let own = self.chance(50);
                Way::LoadBalancer(own.then(|| self.bare_host()))
            }
            5 => {
                let edges = [1, 65535, self.rng.u16(1024..)];
                let port = self.pick(&edges);
                if !self.take("forward", &port.to_string()) {
                    return None;
                }
                Way::Forward(port)
            }
            6 if self.chance(50) => {
                let scheme = self.pick(&["http", "https"]);
                Way::Elsewhere(scheme, names::host(&mut self.rng, 200))
            }
            _ => self.ingress(),
        };
        let at_tier = tier;
        let tier = &self.plan.tiers[tier];
        let (ports, has_main) = (tier.ports.len(), tier.main().is_some());
        let is_internal = matches!(way, Way::Internal);
        let of = (!is_internal && (!has_main || self.chance(15))).then(|| self.rng.usize(..ports));
        // The first one takes connections.
        let takes_all = matches!(way, Way::NodePort(_) | Way::LoadBalancer(_));
        let is_udp = |at: usize| self.plan.tiers[at_tier].ports[at].udp;
        let of = of.map(|at| if is_udp(at) && !takes_all { 0 } else { at });
        let way = self.alone_if_grpc(way, at_tier, of);
        Some(Exposure { way, of })
    }

    /// A Gateway serves gRPC at hosts of its own.
    fn alone_if_grpc(&mut self, way: Way, tier: usize, of: Option<usize>) -> Way {
        let tier = &self.plan.tiers[tier];
        let port = of.map_or(tier.main(), |at| tier.ports.get(at));
        let is_grpc = port.is_some_and(Port::is_grpc);
        if let Way::Ingress { tls, .. } = &way
            && is_grpc
            && self.plan.gateway
        {
            let tls = tls.clone();
            let host = format!("calls-{}.example.net", self.fresh());
            let path = None;
            return Way::Ingress { host, path, tls };
        }
        way
    }

    /// A path of a URL that no other has.
    fn url_path(&mut self) -> String {
        let number = self.fresh();
        let path = names::url_path(&mut self.rng, number);
        if self.plan.gateway {
            // A route holds neither.
            path.replace(['[', ']'], "")
        } else {
            path
        }
    }

    fn ingress(&mut self) -> Way {
        let mut host = names::host(&mut self.rng, 200);
        if self.chance(20) {
            "shared.example.com".clone_into(&mut host);
        } else if self.chance(8) && host.contains('.') {
            host.insert_str(0, "*.");
        }
        let is_new = self.take("route host", &host);
        let path = (!is_new || self.chance(30)).then(|| self.url_path());
        let tls = self.tls();
        Way::Ingress { host, path, tls }
    }

    fn tls(&mut self) -> Tls {
        match self.rng.u8(..10) {
            0..4 => Tls::Off,
            4..8 => Tls::On,
            // A route reads no Secret.
            _ if self.plan.gateway => Tls::On,
            _ => Tls::Named(names::host(&mut self.rng, 253)),
        }
    }

    /// Other ways in which a tier is exposed, beside an Ingress: browsers go on to know it by that.
    fn further(&mut self, tier: usize) -> Vec<Further> {
        let first = self.plan.tiers[tier].expose.as_ref();
        let is_ingress = first.is_some_and(|it| matches!(it.way, Way::Ingress { .. }));
        if !is_ingress || !self.chance(25) {
            return Vec::new();
        }
        let mut all = Vec::new();
        for (at, port) in self.plan.tiers[tier]
            .ports
            .clone()
            .iter()
            .enumerate()
            .take(3)
        {
            let is_http = port.scheme() == Some("http");
            let (way, is_known) = match self.rng.u8(..5) {
                0 => ("nodeport".to_owned(), false),
                1 => ("loadbalancer".to_owned(), false),
                2 if !port.udp => {
                    let local = self.rng.u16(1024..);
                    if !self.take("forward", &local.to_string()) {
                        continue;
                    }
                    (format!("forward {local}"), is_http)
                }
                3 if is_http => {
                    let host = format!("further-{}.example.org", self.fresh());
                    let tls = self.pick(&["", " tls"]);
                    (format!("ingress \"{host}\"{tls}"), true)
                }
                _ => continue,
            };
            all.push(Further {
                port: at,
                way,
                is_known,
            });
        }
        all
    }

    /// `admit`, of a tier or a database.
    pub(super) fn admissions(&mut self, ports: &[Port]) -> Vec<Line> {
        let mut lines = Vec::new();
        while self.chance(10) {
            let namespace = names::name(&mut self.rng, 63);
            let who = self.pick(&["namespace", "pods", "both", "cidr"]);
            let blocks = self.pick(&[
                "\"10.0.0.0/8\"",
                "\"2001:db8::/32\" \"192.0.2.1/32\"",
                "\"0.0.0.0/0\"",
            ]);
            let labels = self.pick(&[
                "pods \"app=foreign\"",
                "pods \"app.kubernetes.io/name=foreign-y\" \"null=\"",
                "pods \"1=foreign\"",
            ]);
            let who = match who {
                "namespace" => format!("namespace \"{namespace}\""),
                "pods" => labels.to_owned(),
                "cidr" => format!("cidr {blocks}"),
                _ => format!("namespace \"{namespace}\" {labels}"),
            };
            let to = match ports.first() {
                Some(port) if self.chance(50) => format!(" to {}", port.called()),
                _ => String::new(),
            };
            lines.push(Line::new(format!("admit {who}{to}")));
        }
        if !lines.is_empty() {
            self.take("admission", "any");
        }
        lines
    }

    /// Hosts over several tiers of a target. What says nothing else of its exposure there may be
    /// one of them.
    pub(super) fn plan_hosts(&mut self, target: usize) {
        let plan = &self.plan;
        let free = |at: &usize| {
            let tier = &self.plan.tiers[*at];
            let there = &self.plan.targets[target].exposes;
            let main = tier.main();
            main.is_some_and(|port| !(plan.gateway && port.is_grpc()))
                && !tier.loner
                && there.iter().all(|(it, _)| it != at)
        };
        let free: Vec<_> = (0..self.plan.tiers.len()).filter(free).collect();
        if free.is_empty() {
            return;
        }
        while self.chance(15) {
            let host = self.shared_host(&free, None);
            self.plan.targets[target].hosts.extend(host);
        }
        // One that `app` has may be another here.
        if let Some(name) = self.plan.hosts.first().map(|host| host.name.clone()) {
            self.by_apart(|it| {
                if it.chance(25) {
                    let host = it.shared_host(&free, Some(name));
                    it.plan.targets[target].hosts.extend(host);
                }
            });
        }
    }

    /// Hosts over several tiers of `app`: each leads to tiers that say nothing else of their exposure.
    pub(super) fn plan_hosts_of_app(&mut self) {
        let plan = &self.plan;
        let free = |at: &usize| {
            let tier = &plan.tiers[*at];
            let main = tier.main();
            main.is_some_and(|port| !(plan.gateway && port.is_grpc())) && tier.expose.is_none()
        };
        let free: Vec<_> = (0..plan.tiers.len()).filter(free).collect();
        while !free.is_empty() && self.chance(30) {
            let host = self.shared_host(&free, None);
            self.plan.hosts.extend(host);
        }
    }

    /// A host over some of these tiers, if its name is new or given.
    fn shared_host(&mut self, tiers: &[usize], name: Option<String>) -> Option<Host> {
        let name = if let Some(name) = name {
            name
        } else {
            let longest = if self.plan.gateway { 244 } else { 249 };
            // Where paths are taken off, an object is named by a tier and a number as well.
            let most = longest - self.plan.app.len() - 1 - OF_PART;
            let host = names::host(&mut self.rng, most);
            if !self.take("route host", &host) {
                return None;
            }
            host
        };
        let tls = self.tls();
        let mut routes = Vec::new();
        for _ in 0..self.rng.usize(1..4) {
            let tier = self.pick(tiers);
            let path = if routes.is_empty() {
                "/".to_owned()
            } else {
                self.url_path()
            };
            routes.push((path, tier));
        }
        Some(Host { name, tls, routes })
    }

    /// What isn't in a target, of all that nothing refers to.
    pub(super) fn plan_gone(&mut self, target: usize) {
        let plan = &self.plan;
        let tiers = plan.tiers.iter().filter(|it| it.loner).map(|it| &it.name);
        let databases = plan
            .databases
            .iter()
            .filter(|it| it.loner && it.elsewhere.is_none());
        let jobs = plan.jobs.iter().filter(|it| it.loner).map(|it| &it.name);
        let names = tiers.chain(databases.map(|it| &it.name)).chain(jobs);
        let names: Vec<_> = names.cloned().collect();
        for name in names {
            // Somewhere it is there, for what is allowed in it to be found.
            let is_last = target + 1 == self.plan.targets.len();
            let is_nowhere = is_last && (0..target).all(|at| self.plan.is_gone(&name, at));
            if !is_nowhere && self.chance(50) {
                self.plan.targets[target].without.push(name);
            }
        }
        // What isn't there isn't exposed.
        let plan = &mut self.plan;
        let there = &mut plan.targets[target];
        let tiers = &plan.tiers;
        there
            .exposes
            .retain(|(tier, _)| !there.without.contains(&tiers[*tier].name));
    }

    /// The servers that pages of a tier call.
    pub(super) fn plan_calls(&mut self, page: usize) {
        let Runs::Recipe(recipe) = self.plan.tiers[page].runs else {
            return;
        };
        if recipe.public_prefixes.is_empty() {
            return;
        }
        for server in 0..self.plan.tiers.len() {
            if self.plan.may_call(page, server) && self.chance(50) {
                self.plan.tiers[page].calls.push(server);
            }
        }
    }
}
