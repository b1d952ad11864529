//! How a plan is made.

use todoc::catalog::databases::ENGINES;
use todoc::catalog::protocols::{PROTOCOLS, is_known};
use todoc::catalog::{RECIPES, Recipe};

use super::plan::{Database, Giver, Job, Key, Port, Runs, Secret, Target, Tier, Volume};
use super::{Generator, names};

impl Generator {
    /// Makes the plan.
    pub(super) fn plan(&mut self) {
        let is_large = self.chance(2);
        self.name_application(is_large);
        let tiers = match self.rng.u8(..20) {
            _ if is_large => self.rng.usize(6..=12),
            0..15 => 1,
            15..19 => 2,
            _ => 3,
        };
        for _ in 0..tiers {
            self.plan_tier();
        }
        for _ in 0..self.few(is_large) {
            self.plan_database();
        }
        for _ in 0..self.few(is_large) {
            self.plan_job();
        }
        let targets = match self.rng.u8(..10) {
            0..7 => 0,
            7 => 1,
            8 => 2,
            _ => self.rng.usize(1..4),
        };
        for _ in 0..targets {
            let name = loop {
                let name = names::name(&mut self.rng, 63);
                if self.take("target", &name) {
                    break name;
                }
            };
            let host = self.chance(40).then(|| self.bare_host());
            let ingresses = self.chance(30);
            self.plan.targets.push(Target {
                name,
                host,
                ingresses,
                ..Target::default()
            });
        }
        if self.chance(40) {
            self.plan.host = Some(self.bare_host());
        }
        self.plan.gateway = self.chance(20);
        let has_limits = self.by_apart(|it| it.chance(30));
        self.plan.limits = has_limits && !self.plan.gateway;
        let may_strip = if self.plan.gateway {
            self.plan.targets.iter().all(|target| !target.ingresses)
        } else {
            self.plan.limits
        };
        self.takes_paths_off = may_strip && self.strips.bool();
        self.plan_outside();
        self.plan_shared();
        for tier in 0..tiers {
            self.plan_exposures(tier);
        }
        self.by_apart(Self::plan_hosts_of_app);
        for target in 0..targets {
            self.plan_hosts(target);
            self.plan_gone(target);
        }
        for tier in 0..tiers {
            self.plan_calls(tier);
        }
    }

    fn few(&mut self, is_large: bool) -> usize {
        match self.rng.u8(..10) {
            _ if is_large => 3,
            0..7 => 0,
            _ => 1,
        }
    }

    fn plan_tier(&mut self) {
        // A migration's Job has 17 characters more.
        let migrations = if self.chance(10) {
            self.rng.usize(1..4)
        } else {
            0
        };
        let most = if migrations > 0 { 46 } else { 52 };
        let (name, alias) = self.name_thing(true, most);
        let bases: Vec<_> = (0..self.plan.tiers.len())
            .filter(|at| matches!(self.plan.tiers[*at].runs, Runs::Recipe(_) | Runs::Image))
            .filter(|at| !self.plan.tiers[*at].loner)
            .collect();
        let runs = match self.rng.u8(..10) {
            0..6 => Runs::Recipe(self.pick(RECIPES)),
            6 | 7 if !bases.is_empty() => {
                let base = self.pick(&bases);
                if self.chance(30) {
                    Runs::FromWithImage(base)
                } else {
                    Runs::From(base)
                }
            }
            _ => Runs::Image,
        };
        let command = self.chance(15);
        let ports = self.plan_ports(runs, command);
        let volumes = self.plan_volumes(alias.as_ref().unwrap_or(&name));
        let loner = self.chance(15);
        self.plan.tiers.push(Tier {
            name,
            alias,
            runs,
            command,
            ports,
            volumes,
            migrations,
            expose: None,
            further: Vec::new(),
            loner,
            calls: Vec::new(),
        });
    }

    fn plan_ports(&mut self, runs: Runs, command: bool) -> Vec<Port> {
        let needs_one = |recipe: &Recipe| recipe.plan.as_ref().is_some_and(|plan| plan.is_server);
        let is_server = matches!(runs, Runs::Recipe(recipe) if needs_one(recipe)) && !command;
        let is_ours = matches!(runs, Runs::Recipe(recipe) if recipe.plan.is_some());
        let count = match self.rng.u8(..10) {
            0 | 1 => usize::from(is_server),
            2..8 => 1,
            _ => self.rng.usize(2..5),
        };
        let mut ports: Vec<Port> = Vec::new();
        // A server's main port is `http`; so is that of what must stand for several.
        let first_is_http = count > 1 && (is_ours || self.chance(70));
        for at in 0..count {
            let name = if at == 0 && (first_is_http || self.chance(70)) {
                None
            } else {
                Some(self.port_name(at))
            };
            let container = if is_ours {
                self.pick(&[1024, 3000, 8000, 8080, 9090, 65535])
            } else {
                self.pick(&[1, 22, 80, 443, 3000, 5433, 8080, 9090, 65535])
            };
            let same = self.chance(70);
            let other = self.pick(&[1, 80, 443, 8443, 65535]);
            let is_open = name.as_deref().is_some_and(|name| !is_known(name));
            let udp = at > 0 && is_open && !is_ours && self.chance(40);
            let scheme = at > 0 && name.is_some() && !udp && self.chance(15);
            let port = Port {
                name,
                container,
                service: if same { container } else { other },
                udp,
                scheme: scheme.then(|| self.pick(&["http", "clickhouse", "a+b-c.9"])),
            };
            let clashes = |it: &Port| {
                it.called() == port.called()
                    || it.udp == port.udp
                        && (it.container == port.container || it.service == port.service)
            };
            if !ports.iter().any(clashes) {
                ports.push(port);
            }
        }
        if let Runs::From(base) = runs {
            self.listen_where_the_server_does(base, command, &mut ports);
        }
        ports
    }

    /// What starts what another tier starts listens where that one does.
    fn listen_where_the_server_does(&self, base: usize, command: bool, ports: &mut Vec<Port>) {
        let theirs = self.plan.tiers[base].main().map(|port| port.container);
        let (Some(theirs), false) = (theirs, command) else {
            return;
        };
        ports.truncate(1);
        for port in ports {
            if port.service == port.container {
                port.service = theirs;
            }
            port.container = theirs;
        }
    }

    fn port_name(&mut self, at: usize) -> String {
        match self.rng.u8(..10) {
            0 => format!("a{at}-0123456789-z"),
            1 => char::from(b'a' + u8::try_from(at).expect("few")).into(),
            2 => (*self
                .rng
                .choice(&["of", "url", "port", "y", "null", "e1"])
                .expect("one"))
            .to_owned(),
            _ => self.protocol().to_owned(),
        }
    }

    fn protocol(&mut self) -> &'static str {
        self.rng.choice(PROTOCOLS).expect("there is one").name
    }

    fn plan_volumes(&mut self, stands: &str) -> Vec<Volume> {
        let count = match self.rng.u8(..20) {
            0..14 => 0,
            14..19 => 1,
            _ => 3,
        };
        let mut volumes: Vec<Volume> = Vec::new();
        for _ in 0..count {
            let name = names::name(&mut self.rng, 63);
            let workload = self.plan.named("workload", stands);
            let per_pod = self.chance(25);
            let claim = if per_pod {
                format!("{name}-{workload}-0")
            } else {
                format!("{workload}-{name}")
            };
            if volumes.iter().all(|it| it.name != name) && self.take("claim", &claim) {
                let number = self.fresh();
                let path = if volumes.is_empty() && self.chance(10) {
                    // Where recipes write.
                    self.pick(&["/tmp", "/tmp/"]).to_owned()
                } else {
                    names::folder(&mut self.rng, number)
                };
                volumes.push(Volume {
                    name,
                    shared: !per_pod && self.chance(60),
                    per_pod,
                    path,
                });
            }
        }
        volumes
    }

    fn plan_database(&mut self) {
        let engine = self.pick(ENGINES);
        let required = engine.password.required;
        let (name, _) = self.name_thing(false, 52);
        let has_secret = required || self.chance(50);
        let secret = has_secret.then(|| self.key());
        let loner = self.chance(15);
        self.plan.databases.push(Database {
            engine: engine.word,
            name,
            secret,
            loner,
            elsewhere: None,
        });
    }

    fn plan_job(&mut self) {
        let (name, alias) = self.name_thing(true, 52);
        let bases: Vec<_> = (0..self.plan.tiers.len())
            .filter(|at| matches!(self.plan.tiers[*at].runs, Runs::Recipe(_) | Runs::Image))
            .filter(|at| !self.plan.tiers[*at].loner)
            .collect();
        let runs = match self.rng.u8(..3) {
            0 if !bases.is_empty() => Runs::From(self.pick(&bases)),
            1 => Runs::Recipe(self.pick(RECIPES)),
            _ => Runs::Image,
        };
        let (cron, loner) = (self.chance(60), self.chance(30));
        self.plan.jobs.push(Job {
            name,
            alias,
            runs,
            cron,
            loner,
        });
    }

    /// A host of nodes: a name or an address.
    pub(super) fn bare_host(&mut self) -> String {
        match self.rng.u8(..4) {
            0 => "localhost".to_owned(),
            1 => "10.0.0.7".to_owned(),
            _ => names::host(&mut self.rng, 253),
        }
    }

    fn plan_outside(&mut self) {
        while self.chance(12) {
            let name = self.outside_name();
            let engine = self.pick(ENGINES).word;
            let secret = self.shared_secret();
            self.plan.externals.push((engine, name, secret));
        }
        while self.chance(12) {
            let name = self.outside_name();
            let protocol = self.protocol();
            let protocol = self.chance(70).then_some(protocol);
            self.plan.services.push((name, protocol));
        }
        if !self.plan.targets.is_empty() {
            for at in 0..self.plan.databases.len() {
                if self.chance(25) {
                    let secret = self.shared_secret();
                    self.plan.databases[at].elsewhere = Some(secret);
                }
            }
        }
    }

    /// One more shared secret.
    pub(super) fn shared_secret(&mut self) -> String {
        let name = self.key();
        let from = self.secret_from("shared key", &name);
        self.plan.secrets.push(Secret {
            name: name.clone(),
            from,
            is_read: false,
            is_file: false,
        });
        name
    }

    fn plan_shared(&mut self) {
        let has_targets = !self.plan.targets.is_empty();
        for _ in 0..self.rng.usize(0..4) {
            let giver = match self.rng.u8(..10) {
                0 => Giver::Anyone,
                1 | 2 if has_targets => Giver::Target,
                _ => Giver::Here,
            };
            let name = self.key();
            self.plan.keys.push(Key { name, giver });
        }
        for _ in 0..self.rng.usize(0..3) {
            self.shared_secret();
        }
    }
}
