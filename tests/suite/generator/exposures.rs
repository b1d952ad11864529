//! Who reaches which tier in which target, and what isn't there.

use super::plan::{Exposure, Host, Runs, Tls, Way};
use super::{Generator, names};

impl Generator {
    pub(super) fn plan_exposures(&mut self, tier: usize) {
        if self.plan.tiers[tier].ports.is_empty() {
            return;
        }
        if self.chance(60) {
            self.plan.tiers[tier].expose = self.exposure(tier);
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
            _ => self.ingress(),
        };
        let tier = &self.plan.tiers[tier];
        let (ports, has_main) = (tier.ports.len(), tier.main().is_some());
        let is_internal = matches!(way, Way::Internal);
        let of = (!is_internal && (!has_main || self.chance(15))).then(|| self.rng.usize(..ports));
        Some(Exposure { way, of })
    }

    fn ingress(&mut self) -> Way {
        let number = self.fresh();
        let mut host = names::host(&mut self.rng, 200);
        if self.chance(20) {
            "shared.example.com".clone_into(&mut host);
        }
        let is_new = self.take("route host", &host);
        let path = (!is_new || self.chance(30)).then(|| names::url_path(&mut self.rng, number));
        let tls = self.tls();
        Way::Ingress { host, path, tls }
    }

    fn tls(&mut self) -> Tls {
        match self.rng.u8(..10) {
            0..4 => Tls::Off,
            4..8 => Tls::On,
            _ => Tls::Named(names::host(&mut self.rng, 253)),
        }
    }

    /// Hosts over several tiers of a target. What says nothing else of its exposure there may be
    /// one of them.
    pub(super) fn plan_hosts(&mut self, target: usize) {
        let free = |at: &usize| {
            let tier = &self.plan.tiers[*at];
            let there = &self.plan.targets[target].exposes;
            tier.main().is_some() && !tier.loner && there.iter().all(|(it, _)| it != at)
        };
        let free: Vec<_> = (0..self.plan.tiers.len()).filter(free).collect();
        if free.is_empty() {
            return;
        }
        while self.chance(15) {
            let most = 249 - self.plan.app.len() - 1;
            let host = names::host(&mut self.rng, most);
            if !self.take("route host", &host) {
                continue;
            }
            let tls = self.tls();
            let mut routes = Vec::new();
            for _ in 0..self.rng.usize(1..4) {
                let (tier, number) = (self.pick(&free), self.fresh());
                let path = if routes.is_empty() {
                    "/".to_owned()
                } else {
                    names::url_path(&mut self.rng, number)
                };
                routes.push((path, tier));
            }
            self.plan.targets[target].hosts.push(Host {
                name: host,
                tls,
                routes,
            });
        }
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
