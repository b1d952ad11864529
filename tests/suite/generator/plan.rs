//! What there is in a program, before any of it is written: things, their names, their ports, and
//! who reaches them in which target.

use todoc::catalog::Recipe;
use todoc::catalog::protocols::{HTTP, scheme};

/// All of a program that its parts must agree on.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) app: String,
    /// Patterns by their words in `naming`.
    pub(super) naming: Vec<(&'static str, String)>,
    pub(super) standard: bool,
    /// Whether `app` names a Gateway.
    pub(super) gateway: bool,
    /// Whether a class says which controller is told of the limits of hosts.
    pub(super) limits: bool,
    /// `host` in `app`.
    pub(super) host: Option<String>,
    pub(super) tiers: Vec<Tier>,
    pub(super) databases: Vec<Database>,
    /// Databases outside of the cluster: keyword, name, secret.
    pub(super) externals: Vec<(&'static str, String, String)>,
    /// Services outside of the cluster: name, and the protocol where it is said.
    pub(super) services: Vec<(String, Option<&'static str>)>,
    pub(super) jobs: Vec<Job>,
    pub(super) keys: Vec<Key>,
    pub(super) secrets: Vec<Secret>,
    pub(super) targets: Vec<Target>,
    /// Hosts over several tiers, of `app`.
    pub(super) hosts: Vec<Host>,
}

/// What a tier runs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Runs {
    Recipe(&'static Recipe),
    Image,
    /// The image of another tier.
    From(usize),
    /// An image of its own, beside what it takes from another tier.
    FromWithImage(usize),
}

#[derive(Debug)]
pub(super) struct Tier {
    pub(super) name: String,
    /// What stands for it in names, if it isn't its name.
    pub(super) alias: Option<String>,
    pub(super) runs: Runs,
    pub(super) command: bool,
    pub(super) ports: Vec<Port>,
    pub(super) volumes: Vec<Volume>,
    pub(super) migrations: usize,
    pub(super) expose: Option<Exposure>,
    /// Other ways in which it is exposed.
    pub(super) further: Vec<Further>,
    /// Whether nothing refers to it, so that it may be left out of a target.
    pub(super) loner: bool,
    /// Tiers that it gives the public addresses of to browsers.
    pub(super) calls: Vec<usize>,
}

/// A way in which one of a tier's ports is exposed besides its first.
#[derive(Debug, Clone)]
pub(super) struct Further {
    pub(super) port: usize,
    /// What stands between `expose` and `of`.
    pub(super) way: String,
    /// Whether browsers know the port by it, by http.
    pub(super) is_known: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Port {
    /// Its name, where one is said.
    pub(super) name: Option<String>,
    pub(super) container: u16,
    pub(super) service: u16,
    /// Whether it is UDP.
    pub(super) udp: bool,
    /// The scheme of its URLs, where one is said.
    pub(super) scheme: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(super) struct Volume {
    pub(super) name: String,
    pub(super) shared: bool,
    /// Whether each pod has its own.
    pub(super) per_pod: bool,
    pub(super) path: String,
}

/// Who reaches a tier.
#[derive(Debug, Clone)]
pub(super) struct Exposure {
    pub(super) way: Way,
    /// The port behind `of`.
    pub(super) of: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum Way {
    Internal,
    NodePort(Option<u16>),
    LoadBalancer(Option<String>),
    Ingress {
        host: String,
        path: Option<String>,
        tls: Tls,
    },
    Forward(u16),
    /// The scheme and the host.
    Elsewhere(&'static str, String),
}

/// Whether an Ingress has a certificate, and its Secret where one is said.
#[derive(Debug, Clone)]
pub(super) enum Tls {
    Off,
    On,
    Named(String),
}

impl Tls {
    /// As it is written behind other words.
    pub(super) fn words(&self) -> String {
        match self {
            Tls::Off => String::new(),
            Tls::On => " tls".to_owned(),
            Tls::Named(secret) => format!(" tls \"{secret}\""),
        }
    }
}

#[derive(Debug)]
pub(super) struct Database {
    pub(super) engine: &'static str,
    pub(super) name: String,
    /// The secret that is its password.
    pub(super) secret: Option<String>,
    pub(super) loner: bool,
    /// The secret of a URL that stands for it in some target.
    pub(super) elsewhere: Option<String>,
}

#[derive(Debug)]
pub(super) struct Job {
    pub(super) name: String,
    pub(super) alias: Option<String>,
    pub(super) runs: Runs,
    pub(super) cron: bool,
    pub(super) loner: bool,
}

/// A shared key of `config`.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) giver: Giver,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Giver {
    Here,
    Target,
    Anyone,
}

/// A shared secret.
#[derive(Debug, Clone)]
pub(super) struct Secret {
    pub(super) name: String,
    /// The statement behind its name.
    pub(super) from: String,
    pub(super) is_read: bool,
    /// Whether a container reads it as a file, so that it must be there.
    pub(super) is_file: bool,
}

#[derive(Debug, Default)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) host: Option<String>,
    /// Whether it has Ingresses where `app` names a Gateway.
    pub(super) ingresses: bool,
    /// Exposures of tiers, by their places in the plan.
    pub(super) exposes: Vec<(usize, Exposure)>,
    /// Hosts over several tiers: host, certificate, and paths with their tiers.
    pub(super) hosts: Vec<Host>,
    /// Names that aren't there.
    pub(super) without: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Host {
    pub(super) name: String,
    pub(super) tls: Tls,
    pub(super) routes: Vec<(String, usize)>,
}

/// The address by which browsers know a tier.
struct Address {
    scheme: &'static str,
    host: String,
}

impl Port {
    pub(super) fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(HTTP)
    }

    /// Whether it speaks gRPC.
    pub(super) fn is_grpc(&self) -> bool {
        self.called().split('-').next() == Some("grpc")
    }

    /// The scheme of its URLs.
    pub(super) fn scheme(&self) -> Option<&'static str> {
        self.scheme.or_else(|| scheme(self.called()))
    }
}

impl Tier {
    /// The port that stands for it.
    pub(super) fn main(&self) -> Option<&Port> {
        let http = self.ports.iter().find(|port| port.called() == HTTP);
        let mut connected = self.ports.iter().filter(|port| !port.udp);
        let only = connected.next().filter(|_| connected.next().is_none());
        http.or(match self.ports.as_slice() {
            [only] => Some(only),
            _ => only,
        })
    }

    /// What stands for it in names.
    pub(super) fn stands(&self) -> &str {
        self.alias.as_ref().unwrap_or(&self.name)
    }

    /// Whether one pod alone can have it.
    pub(super) fn is_alone(&self) -> bool {
        let mut volumes = self.volumes.iter();
        volumes.any(|volume| !volume.shared && !volume.per_pod)
    }

    /// Whether a Job runs its migrations, as far as that isn't left to chance.
    pub(super) fn has_job(&self) -> bool {
        self.migrations > 0 && !self.is_alone() && !self.is_set()
    }

    /// Whether each of its pods has claims of its own.
    pub(super) fn is_set(&self) -> bool {
        self.volumes.iter().any(|volume| volume.per_pod)
    }

    /// The port that an exposure means.
    fn exposed(&self, exposure: &Exposure) -> Option<&Port> {
        match exposure.of {
            Some(at) => self.ports.get(at),
            None => self.main(),
        }
    }
}

impl Plan {
    /// The pattern of a use.
    pub(super) fn pattern(&self, word: &str) -> &str {
        let said = self.naming.iter().find(|(it, _)| *it == word);
        match (said, word) {
            (Some((_, pattern)), _) => pattern,
            (None, "config") => "{app}-config",
            (None, "secret") => "{app}-secrets",
            (None, "tier_config") => "{app}-{tier}-config",
            (None, "tier_secret") => "{app}-{tier}-secrets",
            (None, _) => "{app}-{tier}",
        }
    }

    /// Whether a tier, a job or whatever else has this name.
    pub(super) fn has_thing(&self, name: &str) -> bool {
        let tiers = self.tiers.iter().map(|it| &it.name);
        let jobs = self.jobs.iter().map(|it| &it.name);
        let databases = self.databases.iter().map(|it| &it.name);
        let externals = self.externals.iter().map(|(_, name, _)| name);
        let services = self.services.iter().map(|(name, _)| name);
        let all = tiers.chain(jobs).chain(databases);
        all.chain(externals).chain(services).any(|it| it == name)
    }

    /// The name for a use; `stands` is what stands for `{tier}`.
    pub(super) fn named(&self, word: &str, stands: &str) -> String {
        let pattern = self.pattern(word).replace("{app}", &self.app);
        pattern.replace("{tier}", stands)
    }

    /// The places of the targets; one that is none where there are none.
    pub(super) fn places(&self) -> Vec<Option<usize>> {
        match self.targets.len() {
            0 => vec![None],
            count => (0..count).map(Some).collect(),
        }
    }

    /// Who reaches a tier in a target.
    pub(super) fn exposure(&self, tier: usize, target: Option<usize>) -> Option<&Exposure> {
        let there = target.map_or(&[][..], |at| &self.targets[at].exposes);
        let there = there.iter().find(|(it, _)| *it == tier);
        there
            .map(|(_, exposure)| exposure)
            .or(self.tiers[tier].expose.as_ref())
    }

    /// The host over several tiers that leads to a tier in a target.
    pub(super) fn host_of(&self, tier: usize, target: Option<usize>) -> Option<&Host> {
        let target = target.map(|at| &self.targets[at]);
        let theirs = target.map_or(&[][..], |it| &it.hosts);
        let its = |host: &&Host| host.routes.iter().any(|(_, it)| *it == tier);
        if let Some(host) = theirs.iter().find(its) {
            return Some(host);
        }
        // What the target says of the tier or of the host stands in place of what `app` says.
        if target.is_some_and(|it| it.exposes.iter().any(|(it, _)| *it == tier)) {
            return None;
        }
        let is_replaced = |host: &Host| theirs.iter().any(|it| it.name == host.name);
        let mut own = self.hosts.iter().filter(|it| !is_replaced(it));
        own.find(its)
    }

    /// The port of a tier that browsers reach in a target.
    pub(super) fn reached(&self, tier: usize, target: Option<usize>) -> Option<&Port> {
        match self.host_of(tier, target) {
            Some(_) => self.tiers[tier].main(),
            None => self.tiers[tier].exposed(self.exposure(tier, target)?),
        }
    }

    /// By which address browsers know a tier in a target.
    fn address(&self, tier: usize, target: Option<usize>) -> Option<Address> {
        let by_tls = |tls: &Tls| match tls {
            Tls::Off => HTTP,
            Tls::On | Tls::Named(_) => "https",
        };
        if let Some(host) = self.host_of(tier, target) {
            return Some(Address {
                scheme: by_tls(&host.tls),
                host: host.name.clone(),
            });
        }
        let exposure = self.exposure(tier, target)?;
        let own = target.and_then(|at| self.targets[at].host.clone());
        let known = own.or(self.host.clone());
        let of_port = self.reached(tier, target)?.scheme().unwrap_or(HTTP);
        let (scheme, host) = match &exposure.way {
            Way::Internal | Way::NodePort(None) => return None,
            Way::NodePort(Some(_)) => (of_port, known?),
            Way::LoadBalancer(host) => (of_port, host.clone().or(known)?),
            Way::Forward(_) => (of_port, "localhost".to_owned()),
            Way::Ingress { host, .. } if host.starts_with('*') => return None,
            Way::Ingress { host, tls, .. } => (by_tls(tls), host.clone()),
            Way::Elsewhere(scheme, host) => (*scheme, host.clone()),
        };
        Some(Address { scheme, host })
    }

    /// Whether browsers know a tier everywhere, by http or https: all public members have a value.
    pub(super) fn is_public(&self, tier: usize) -> bool {
        let is_web = |at: &Option<usize>| {
            let port = self.reached(tier, *at);
            let speaks = port.and_then(|port| scheme(port.called()));
            self.address(tier, *at).is_some() && matches!(speaks, Some("http" | "https"))
        };
        !self.tiers[tier].loner && self.places().iter().all(is_web)
    }

    /// The ports of a tier by which browsers know it everywhere, besides the one that stands for it.
    pub(super) fn public_ports(&self, tier: usize) -> Vec<&Port> {
        let stays = |target: &Target| target.exposes.iter().all(|(it, _)| *it != tier);
        let is_led = |at: &Option<usize>| self.host_of(tier, *at).is_some();
        if !self.targets.iter().all(stays) || self.places().iter().any(is_led) {
            return Vec::new();
        }
        let tier = &self.tiers[tier];
        let known = tier.further.iter().filter(|it| it.is_known);
        known.map(|it| &tier.ports[it.port]).collect()
    }

    /// Whether pages of one tier may call another everywhere: http content isn't for https pages.
    pub(super) fn may_call(&self, page: usize, server: usize) -> bool {
        let safe = |at: &Option<usize>| {
            let page = self.address(page, *at);
            let server = self.address(server, *at);
            page.is_none_or(|it| it.scheme != "https")
                || server.is_some_and(|it| it.scheme == "https" || it.host == "localhost")
        };
        self.is_public(server) && self.places().iter().all(safe)
    }

    /// Whether a name is that of a thing which is left out of a target.
    pub(super) fn is_gone(&self, name: &str, target: usize) -> bool {
        self.targets[target].without.iter().any(|it| it == name)
    }

    /// The recipe that builds what runs.
    pub(super) fn recipe(&self, runs: Runs) -> Option<&'static Recipe> {
        match runs {
            Runs::Recipe(recipe) => Some(recipe),
            Runs::Image | Runs::FromWithImage(_) => None,
            Runs::From(base) => self.recipe(self.tiers[base].runs),
        }
    }
}
