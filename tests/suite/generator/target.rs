//! `target`.

use super::plan::{Giver, Host};
use super::text::Line;
use super::{Generator, names};

impl Generator {
    /// A target.
    pub(super) fn target(&mut self, at: usize) -> Line {
        let mut lines = self.settings();
        // Each is on a cluster of its own: otherwise they would replace each other.
        let contexts = [
            "kind",
            "it's",
            "a b $HOME",
            "arn:aws:eks:eu-west-1:1:cluster/x",
        ];
        let context = self.pick(&contexts);
        lines.push(Line::new(format!("context \"{context}-{at}\"")));
        let target = &self.plan.targets[at];
        let (name, host, without) = (
            target.name.clone(),
            target.host.clone(),
            target.without.clone(),
        );
        if self.plan.gateway && self.plan.targets[at].ingresses {
            let class = names::host(&mut self.rng, 253);
            let class = Line::new(format!("class \"{class}\""));
            lines.push(Line::block("ingress", vec![class]));
        } else if self.plan.gateway && self.chance(30) {
            lines.push(self.gateway());
        }
        lines.extend(host.map(|host| Line::new(format!("host \"{host}\""))));
        lines.extend(
            without
                .iter()
                .map(|name| Line::new(format!("without {name}"))),
        );
        lines.extend(self.given());
        for database in 0..self.plan.databases.len() {
            let it = &self.plan.databases[database];
            let (name, secret) = (it.name.clone(), it.elsewhere.clone());
            if let Some(secret) = secret
                && !without.contains(&name)
                && self.chance(70)
            {
                self.reads(&secret);
                lines.push(Line::new(format!("external {name} {secret}")));
            }
        }
        let hosts = self.plan.targets[at].hosts.clone();
        lines.extend(self.hosts(hosts));
        for tier in 0..self.plan.tiers.len() {
            if !self.plan.is_gone(&self.plan.tiers[tier].name, at) {
                lines.extend(self.target_tier(tier, at));
            }
        }
        if self.chance(8) {
            lines.push(self.object());
        }
        self.rng.shuffle(&mut lines);
        Line::block(format!("target {name}"), lines)
    }

    /// Values of shared keys.
    fn given(&mut self) -> Option<Line> {
        let keys = self.plan.keys.clone();
        let mut lines = Vec::new();
        for key in keys {
            if key.giver == Giver::Target || self.chance(30) {
                // Text, so that no key refers to itself by way of another.
                let value = self.hostile();
                lines.push(Line::new(format!("{} = {value}", key.name)));
            }
        }
        (!lines.is_empty()).then(|| Line::block("config", lines))
    }

    /// Hosts over several tiers.
    pub(super) fn hosts(&mut self, hosts: Vec<Host>) -> Vec<Line> {
        let mut lines = Vec::new();
        for host in hosts {
            let routes = host.routes.iter();
            let routes = routes.map(|(path, tier)| {
                Line::new(format!("\"{path}\" = {}", self.plan.tiers[*tier].name))
            });
            let mut inner: Vec<_> = routes.collect();
            inner.extend(self.by_apart(|it| {
                if it.plan.limits || it.chance(25) {
                    it.host_settings()
                } else {
                    Vec::new()
                }
            }));
            for (path, _) in &host.routes {
                if self.takes_paths_off && path != "/" && self.strips.bool() {
                    inner.push(Line::new(format!("strip \"{path}\"")));
                }
            }
            let tls = host.tls.words();
            lines.push(Line::block(
                format!("ingress \"{}\"{tls}", host.name),
                inner,
            ));
        }
        lines
    }

    /// What is different about a tier.
    fn target_tier(&mut self, tier: usize, at: usize) -> Option<Line> {
        let there = self.plan.targets[at].exposes.iter();
        let mut there = there
            .filter(|(it, _)| *it == tier)
            .map(|(_, it)| it.clone());
        let exposure = there.next();
        if exposure.is_none() && !self.chance(30) {
            return None;
        }
        let plan = &self.plan.tiers[tier];
        let (name, ports, is_alone) = (plan.name.clone(), plan.ports.clone(), plan.is_alone());
        let mut lines = Vec::new();
        lines.extend(exposure.map(|exposure| self.expose(&exposure, &ports)));
        lines.extend(self.scale(&["cpu", "memory"], is_alone, 30));
        lines.extend(self.annotations(15));
        if self.chance(25) {
            let mut variables = Vec::new();
            let mut set = self.variables[tier].clone();
            set.truncate(1);
            for _ in 0..self.rng.usize(..3) {
                set.push(self.key());
            }
            for key in set {
                let value = self.plain_value();
                variables.push(Line::new(format!("{key} = {value}")));
            }
            lines.push(Line::block("env", variables));
        }
        if !ports.is_empty() && self.take("open", &name) {
            lines.extend(self.admissions(&ports));
        }
        lines.extend(self.target_patches(tier, at));
        self.rng.shuffle(&mut lines);
        Some(Line::block(format!("tier {name}"), lines))
    }
}
