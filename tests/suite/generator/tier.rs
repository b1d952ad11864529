//! `tier`, and what jobs say in the same words.

use todoc::catalog::defaults;

use super::plan::{Exposure, Port, Runs, Way};
use super::text::Line;
use super::{Generator, names, pins};

/// Images with a tag of their own.
const IMAGES: &[&str] = &[
    "nginx:1.29",
    "ghcr.io/acme/api:1.0.0",
    "localhost:5000/a:b1",
    "a/b/c_d/e__f:y2",
    "localhost/x:1e3",
    "a:_.-0",
];

impl Generator {
    /// A tier.
    pub(super) fn tier(&mut self, at: usize) -> Line {
        let tier = &self.plan.tiers[at];
        let (runs, ports, calls) = (tier.runs, tier.ports.clone(), tier.calls.clone());
        let (command, migrations, is_alone) = (tier.command, tier.migrations, tier.is_alone());
        let is_set = tier.is_set();
        let (name, stands) = (tier.name.clone(), tier.stands().to_owned());
        let (expose, has_alias) = (tier.expose.clone(), tier.alias.is_some());
        let mut lines = self.runs(runs, &calls);
        let mut admits = false;
        lines.extend(self.said_in_pods(&stands, has_alias));
        lines.extend(ports.iter().map(port));
        lines.extend(self.scale(&["cpu", "memory", "disk"], is_alone, 40));
        if self.chance(50) {
            lines.push(self.health(&ports));
        }
        if let Some(expose) = &expose {
            lines.push(self.expose(expose, &ports));
            for it in self.plan.tiers[at].further.clone() {
                let head = format!("expose {} of {}", it.way, ports[it.port].called());
                lines.push(if it.way.starts_with("ingress") {
                    self.with_settings(head)
                } else {
                    Line::new(head)
                });
            }
        }
        if !ports.is_empty() {
            let admissions = self.admissions(&ports);
            admits = !admissions.is_empty();
            lines.extend(admissions);
        }
        if !is_set && self.chance(15) {
            let rollout = if is_alone {
                "rollout recreate"
            } else {
                self.pick(&[
                    "rollout recreate",
                    "rollout surge 2 unavailable 0",
                    "rollout unavailable 10000",
                    "rollout surge 0 unavailable 1",
                    "rollout unavailable 3 surge 10000",
                    "rollout surge 1",
                ])
            };
            lines.push(Line::new(rollout));
        }
        if command {
            let words = self.words();
            lines.push(Line::new(format!("command {words}")));
        }
        for _ in 0..migrations {
            let words = self.words();
            let place = if is_alone || is_set {
                self.pick(&["", "in pod "])
            } else {
                ""
            };
            lines.push(Line::new(format!("migrate {place}{words}")));
        }
        let switches: Vec<_> = defaults::switches().collect();
        for switch in switches {
            let is_policy = switch == "network_policy";
            if self.chance(4) && !(is_policy && admits) {
                lines.push(Line::new(format!("without {switch}")));
                if is_policy {
                    self.take("open", &name);
                }
            }
        }
        lines.extend(self.storage(at));
        let env = self.env(runs);
        let origins = self.chance(15).then(|| self.origins(at)).flatten();
        lines.extend(with_line(env, origins));
        lines.extend(self.tier_patches(at));
        self.rng.shuffle(&mut lines);
        if self.plan.tiers[at].has_job() {
            let first = self.migrated_before(at);
            lines.extend(self.after(&first));
        }
        let from = self.from(runs);
        Line::block(format!("tier {name}{from}"), lines)
    }

    /// The tiers before one whose migrations a Job runs, in every target.
    pub(super) fn migrated_before(&self, at: usize) -> Vec<String> {
        let tiers = self.plan.tiers[..at].iter();
        let tiers = tiers.filter(|tier| tier.has_job() && !tier.loner);
        tiers.map(|tier| tier.name.clone()).collect()
    }

    /// `after`, of some of these.
    pub(super) fn after(&mut self, first: &[String]) -> Option<Line> {
        if first.is_empty() || self.orders.u8(..100) >= 60 {
            return None;
        }
        let count = self.orders.usize(1..=first.len().min(3));
        let names = self
            .orders
            .choose_multiple(first.iter().map(String::as_str), count);
        Some(Line::new(format!("after {}", names.join(" "))))
    }

    /// `from TIER`.
    pub(super) fn from(&self, runs: Runs) -> String {
        match runs {
            Runs::From(base) | Runs::FromWithImage(base) => {
                format!(" from {}", self.plan.tiers[base].name)
            }
            Runs::Recipe(_) | Runs::Image => String::new(),
        }
    }

    /// What is run, where it isn't another tier's.
    pub(super) fn runs(&mut self, runs: Runs, calls: &[usize]) -> Vec<Line> {
        match runs {
            Runs::Recipe(recipe) => vec![self.build(recipe, calls)],
            Runs::From(_) => Vec::new(),
            Runs::Image | Runs::FromWithImage(_) => self.image(),
        }
    }

    fn image(&mut self) -> Vec<Line> {
        match self.rng.u8(..20) {
            // What is pinned doesn't move.
            0 if !self.files.contains_key(pins::FILE) => {
                vec![Line::new("image \"ghcr.io/acme/api\""), self.allow("W0501")]
            }
            1 if !self.files.contains_key(pins::FILE) => {
                vec![Line::new("image \"nginx:latest\""), self.allow("W0501")]
            }
            2 => {
                let digest = "0123456789abcdef".repeat(4);
                vec![Line::new(format!("image \"nginx@sha256:{digest}\""))]
            }
            3 => {
                let tag = "7".repeat(128);
                vec![Line::new(format!(
                    "image \"a.example/{}:{tag}\"",
                    "b".repeat(240)
                ))]
            }
            _ => vec![Line::new(format!("image \"{}\"", self.pick(IMAGES)))],
        }
    }

    /// What tiers and jobs say alike of their pods.
    pub(super) fn said_in_pods(&mut self, stands: &str, alias: bool) -> Vec<Line> {
        let mut lines = Vec::new();
        if alias {
            lines.push(Line::new(format!("name \"{stands}\"")));
        }
        if self.chance(15) {
            let words = self.words();
            lines.push(Line::new(format!("args {words}")));
        } else if self.chance(3) {
            let token = format!("ghp_{}", "a1".repeat(18));
            lines.push(Line::new(format!("args \"--token={token}\"")));
            lines.push(self.allow("E0220"));
        }
        if self.chance(15) {
            let user = self.pick(&[1, 1000, 10001, 65534, 2_147_483_647]);
            lines.push(Line::new(format!("user {user}")));
        } else if self.chance(3) {
            lines.push(Line::new("user 0"));
            lines.push(self.allow("W0504"));
        }
        if self.chance(10) {
            let seconds = self.pick(&["6s", "90s", "2m", "24h"]);
            lines.push(Line::new(format!("grace {seconds}")));
        }
        if self.chance(8) {
            let account = names::host(&mut self.rng, 253);
            lines.push(Line::new(format!("account \"{account}\"")));
        }
        while self.chance(12) {
            let number = self.fresh();
            let path = names::folder(&mut self.rng, number);
            let path = self.quote(&path);
            lines.push(Line::new(format!("writable {path}")));
        }
        lines.extend(self.annotations(12));
        if self.chance(20) {
            lines.extend(self.needs());
        }
        if self.chance(20) {
            let mut settings = Vec::new();
            for _ in 0..self.rng.usize(..4) {
                let (key, value) = (self.key(), self.plain_value());
                settings.push(Line::new(format!("{key} = {value}")));
            }
            if self.chance(5) {
                settings.push(Line::new("B_PASSWORD = \"abc\""));
                settings.push(self.allow("W0510"));
            }
            lines.push(Line::block("config", settings));
        }
        let mut own = if self.chance(15) {
            self.rng.usize(1..3)
        } else {
            0
        };
        while own > 0 {
            own -= 1;
            let name = self.key();
            let from = self.secret_from("own key", &name);
            let rules = self.rules(false);
            lines.push(self.maybe_block(format!("secret {name} {from}"), rules));
        }
        lines
    }

    /// `needs`, of anything that may be connected to.
    fn needs(&mut self) -> Option<Line> {
        let plan = &self.plan;
        // Nothing connects to a tier without a port.
        let tiers = plan.tiers.iter();
        let tiers = tiers.filter(|it| !it.loner && !it.ports.is_empty());
        let tiers = tiers.map(|it| &it.name);
        let databases = plan
            .databases
            .iter()
            .filter(|it| !it.loner)
            .map(|it| &it.name);
        let externals = plan.externals.iter().map(|(_, name, _)| name);
        let services = plan.services.iter().map(|(name, _)| name);
        let all = tiers.chain(databases).chain(externals).chain(services);
        let mut all: Vec<_> = all.cloned().collect();
        self.rng.shuffle(&mut all);
        let most = self.rng.usize(1..4);
        all.truncate(most);
        (!all.is_empty()).then(|| Line::new(format!("needs {}", all.join(" "))))
    }

    /// How large its pods are and how many, each said by that chance; `is_alone` is but one.
    pub(super) fn scale(&mut self, words: &[&str], is_alone: bool, percent: u8) -> Vec<Line> {
        let mut lines = Vec::new();
        let (mut has_cpu, mut has_memory) = (false, false);
        for word in words {
            if self.chance(percent) {
                let amount = if *word == "cpu" {
                    names::cpu(&mut self.rng)
                } else {
                    names::memory(&mut self.rng)
                };
                lines.push(Line::new(format!("{word} {amount}")));
                has_cpu |= *word == "cpu";
                has_memory |= *word == "memory";
            }
        }
        if !is_alone && self.chance(percent) {
            let replicas = self.replicas(has_cpu, has_memory);
            lines.push(Line::new(replicas));
        }
        lines
    }

    /// `replicas`; only with a request of what it follows it may follow the load.
    fn replicas(&mut self, has_cpu: bool, has_memory: bool) -> String {
        let mut shares = Vec::new();
        for (word, has_request) in [("cpu", has_cpu), ("memory", has_memory)] {
            if has_request && self.chance(30) {
                let percent = self.pick(&[1, 70, 100, 1000]);
                shares.push(format!("{word} {percent}%"));
            }
        }
        if !shares.is_empty() {
            self.rng.shuffle(&mut shares);
            let range = self.pick(&["1..1", "2..6", "1..10000", "2..2", "10000..10000"]);
            return format!("replicas {range} at {}", shares.join(" "));
        }
        format!("replicas {}", self.pick(&[0, 1, 2, 3, 10_000]))
    }

    /// `expose`.
    pub(super) fn expose(&mut self, exposure: &Exposure, ports: &[Port]) -> Line {
        let way = match &exposure.way {
            Way::Internal => "internal".to_owned(),
            Way::NodePort(None) => "nodeport".to_owned(),
            Way::NodePort(Some(port)) => format!("nodeport {port}"),
            Way::LoadBalancer(None) => "loadbalancer".to_owned(),
            Way::LoadBalancer(Some(host)) => format!("loadbalancer \"{host}\""),
            Way::Forward(port) => format!("forward {port}"),
            Way::Elsewhere(scheme, host) => format!("elsewhere \"{scheme}://{host}\""),
            Way::Ingress { host, path, tls } => {
                let path = path
                    .as_ref()
                    .map(|path| format!(" path {}", self.quote(path)));
                let (path, tls) = (path.unwrap_or_default(), tls.words());
                if self.chance(50) {
                    format!("ingress \"{host}\"{path}{tls}")
                } else {
                    format!("ingress \"{host}\"{tls}{path}")
                }
            }
        };
        let of = exposure.of.map(|at| format!(" of {}", ports[at].called()));
        let head = format!("expose {way}{}", of.unwrap_or_default());
        if matches!(exposure.way, Way::Ingress { .. }) {
            self.with_settings(head)
        } else {
            Line::new(head)
        }
    }

    /// `health`.
    fn health(&mut self, ports: &[Port]) -> Line {
        let has_main = ports.len() == 1 || ports.iter().any(|port| port.called() == "http");
        let has_grpc = has_main || ports.iter().any(|port| port.called() == "grpc");
        let handler = self.handler(has_main, has_grpc);
        let mut lines = Vec::new();
        for which in ["startup", "readiness", "liveness"] {
            if !self.chance(50) {
                continue;
            }
            if self.chance(20) {
                lines.push(Line::new(format!("{which} off")));
                continue;
            }
            let own = if self.chance(80) {
                format!(" {}", self.handler(has_main, has_grpc))
            } else {
                String::new()
            };
            let mut times = Vec::new();
            for word in ["every", "after", "timeout"] {
                if self.chance(40) {
                    times.push(format!(" {word} {}", names::duration(&mut self.rng)));
                }
            }
            if self.chance(40) {
                times.push(format!(" failures {}", self.pick(&[1, 3, 1000])));
            }
            self.rng.shuffle(&mut times);
            lines.push(Line::new(format!("{which}{own}{}", times.concat())));
        }
        if self.chance(20) {
            let host = names::host(&mut self.rng, 63);
            lines.push(Line::new(format!("host \"{host}\"")));
        }
        if ports.iter().any(|port| port.called() == "http") && self.chance(20) {
            lines.push(Line::new("port http".to_owned()));
        }
        self.maybe_block(format!("health {handler}"), lines)
    }

    fn handler(&mut self, has_main: bool, has_grpc: bool) -> String {
        match self.rng.u8(..8) {
            0..3 if has_main => {
                let number = self.fresh();
                let path = if self.chance(50) {
                    "/".to_owned()
                } else {
                    names::url_path(&mut self.rng, number)
                };
                self.quote(&path)
            }
            3 | 4 if has_main => "tcp".to_owned(),
            5 | 6 if has_grpc => "grpc".to_owned(),
            _ => format!("exec {}", self.words()),
        }
    }
}

/// `port`.
fn port(port: &Port) -> Line {
    let name = port
        .name
        .as_ref()
        .map_or(String::new(), |name| format!("{name} "));
    let number = port.container;
    let mut text = format!("port {name}{number}");
    if port.udp {
        text.push_str(" udp");
    }
    if port.service != number {
        text.extend([format!(" as {}", port.service)]);
    }
    if let Some(scheme) = port.scheme {
        text.extend([format!(" scheme \"{scheme}\"")]);
    }
    Line::new(text)
}

/// A block with one more line, if there is one.
fn with_line(block: Option<Line>, more: Option<String>) -> Option<Line> {
    let Some(more) = more else { return block };
    let more = Line::new(more);
    match block {
        None => Some(Line::block("env", vec![more])),
        Some(mut block) => {
            if let super::text::Body::Block(lines) = &mut block.body
                && lines.iter().all(|line| !line.head.starts_with("CORS_"))
            {
                lines.push(more);
            }
            Some(block)
        }
    }
}
