//! Values, and who may read which: what a reference names is there in every target.

use todoc::catalog::databases::engine;
use todoc::catalog::protocols::{HTTP, own_port, scheme};

use super::Generator;
use super::plan::{Giver, Runs};
use super::text::Line;

/// What warns of itself, and the code that `allow` accepts it by.
const WARNED: &[(&str, &str)] = &[
    ("W0510", "A_TOKEN = \"abc\""),
    ("W0508", "UPSTREAM = \"http://localhost:0/x\""),
    ("W0503", "CORS_ORIGINS = \"https://a.example.com/\""),
    (
        "E0220",
        "UPSTREAM = \"postgres://me:pw12@db.example.com/x\"",
    ),
];

impl Generator {
    /// A value that anyone may read.
    pub(super) fn plain_value(&mut self) -> String {
        match self.rng.u8(..20) {
            0..10 => self.hostile(),
            10 => self
                .pick(&["0", "007", "1.10", "100m", "9007199254740993", "1Gi", "70%"])
                .to_owned(),
            11 => self.pick(&["true", "false"]).to_owned(),
            12 | 13 => self.list(),
            _ => self.plain_reference(),
        }
    }

    fn list(&mut self) -> String {
        let count = self.rng.usize(..5);
        let items: Vec<_> = (0..count)
            .map(|_| match self.rng.u8(..10) {
                0 => "20".to_owned(),
                1 => "1.50".to_owned(),
                2 => "true".to_owned(),
                3..6 => self.item_reference(),
                _ => self.hostile(),
            })
            .collect();
        let end = if self.chance(50) { " as json" } else { "" };
        format!("[{}]{end}", items.join(", "))
    }

    /// A reference that may stand in a list: without a path.
    fn item_reference(&mut self) -> String {
        let found = self.plain_reference();
        if found.contains(' ') {
            self.hostile()
        } else {
            found
        }
    }

    /// A reference that is no secret, or text where there is nothing to refer to.
    fn plain_reference(&mut self) -> String {
        let mut found = self.references();
        if found.is_empty() || self.chance(10) {
            return self.hostile();
        }
        let at = self.rng.usize(..found.len());
        found.swap_remove(at)
    }

    /// All that may be referred to by anyone.
    fn references(&mut self) -> Vec<String> {
        let mut all = Vec::new();
        for at in 0..self.plan.tiers.len() {
            self.tier_references(at, &mut all);
        }
        let path = self.path();
        for it in &self.plan.databases {
            if it.loner || it.elsewhere.is_some() {
                continue;
            }
            let name = &it.name;
            all.extend(["host", "port", "address"].map(|member| format!("{name}.{member}")));
            let engine = engine(it.engine).expect("it is in the table");
            match (engine.user, &it.secret) {
                (Some(_), _) => {
                    all.extend(["user", "name"].map(|member| format!("{name}.{member}")));
                }
                (_, None) => all.extend([
                    format!("{name}.url"),
                    format!("{name}.url(\"valkey\"){path}"),
                ]),
                _ => {}
            }
        }
        for (name, protocol) in &self.plan.services {
            all.extend(["host", "port", "address"].map(|member| format!("{name}.{member}")));
            let scheme = scheme(protocol.unwrap_or(HTTP));
            if scheme.is_some() {
                all.push(format!("{name}.url{path}"));
            }
            if matches!(scheme, Some("http" | "https")) {
                all.push(format!("{name}.ws_url{path}"));
            }
        }
        let keys = self
            .plan
            .keys
            .iter()
            .filter(|key| key.giver != Giver::Anyone);
        all.extend(keys.map(|key| format!("config.{}", key.name)));
        all
    }

    /// A path behind a URL, if there is one.
    fn path(&mut self) -> String {
        let paths = [
            "",
            "",
            " \"/v9\"",
            " \"?a=b&c=%20\"",
            " \"/\"",
            " \"/a/$(B)/[c]#d\"",
        ];
        self.pick(&paths).to_owned()
    }

    fn tier_references(&mut self, at: usize, all: &mut Vec<String>) {
        let path = self.path();
        let tier = &self.plan.tiers[at];
        if tier.loner {
            return;
        }
        let name = &tier.name;
        if !tier.ports.is_empty() {
            all.push(format!("{name}.host"));
            if tier.is_set() {
                all.push(format!("{name}.pods"));
            }
        }
        if let Some(main) = tier.main() {
            all.extend([format!("{name}.port"), format!("{name}.address")]);
            let scheme = main.scheme();
            if scheme.is_some() {
                all.push(format!("{name}.url{path}"));
            }
            if matches!(scheme, Some("http" | "https")) {
                all.push(format!("{name}.ws_url{path}"));
            }
        }
        for port in &tier.ports {
            let whole = format!("{name}.{}", port.called());
            all.extend([format!("{whole}.port"), format!("{whole}.address")]);
            if port.scheme().is_some() {
                all.push(format!("{whole}.url{path}"));
            }
        }
        for volume in &tier.volumes {
            let is_port = tier.ports.iter().any(|port| port.called() == volume.name);
            if !is_port {
                all.push(format!("{name}.{}.path", volume.name));
            }
        }
        for port in self.plan.public_ports(at) {
            let whole = format!("{name}.{}", port.called());
            let members = ["public_url", "public_ws_url"];
            all.extend(members.map(|member| format!("{whole}.{member}{path}")));
            all.extend(["origin", "public_host"].map(|member| format!("{whole}.{member}")));
        }
        if self.plan.is_public(at) {
            let members =
                ["public_url", "public_ws_url"].map(|member| format!("{name}.{member}{path}"));
            all.extend(members);
            all.extend(["origin", "public_host"].map(|member| format!("{name}.{member}")));
        }
    }

    /// A value of a variable: it may be a secret as well.
    fn env_value(&mut self) -> String {
        if self.chance(5) && !self.plan.has_thing("pod") {
            let members = ["name", "ip", "namespace", "node", "node_ip", "account"];
            return format!("pod.{}", self.pick(&members));
        }
        if self.chance(70) {
            return self.plain_value();
        }
        let mut all = Vec::new();
        let path = self.path();
        for it in self.plan.databases.iter().filter(|it| !it.loner) {
            let name = &it.name;
            if it.elsewhere.is_some() {
                all.push(format!("{name}.url"));
            } else if it.secret.is_some() {
                // What has users ends its URLs with the name of a database.
                let has_users = engine(it.engine).is_some_and(|it| it.user.is_some());
                let behind = if has_users && path.starts_with(" \"/") {
                    ""
                } else {
                    &path
                };
                let url = format!("{name}.url(\"a+b\"){behind}");
                all.extend([format!("{name}.url"), url, format!("{name}.password")]);
            }
        }
        all.extend(
            self.plan
                .externals
                .iter()
                .map(|(_, name, _)| format!("{name}.url")),
        );
        all.extend(
            self.plan
                .keys
                .iter()
                .map(|key| format!("config.{}", key.name)),
        );
        let found = if self.chance(30) && !self.plan.secrets.is_empty() {
            let at = self.rng.usize(..self.plan.secrets.len());
            let secret = &mut self.plan.secrets[at];
            secret.is_read = true;
            Some(format!("secret.{}", secret.name))
        } else {
            (!all.is_empty()).then(|| all.swap_remove(self.rng.usize(..all.len())))
        };
        match found {
            Some(found) => self.of_readers(found),
            None => self.plain_value(),
        }
    }

    /// The same value, or that for reading alone where there is one.
    fn of_readers(&mut self, value: String) -> String {
        let mut databases = self.plan.databases.iter();
        let is_of = |name: &str| value.starts_with(&format!("{name}.url"));
        let has_operator = |word: &str| engine(word).is_some_and(|it| it.operator.is_some());
        let is_one = databases.any(|it| is_of(&it.name) && has_operator(it.engine));
        if is_one && self.orders.u8(..100) < 30 {
            return value.replacen(".url", ".read_url", 1);
        }
        value
    }

    /// `env`, or nothing. Tiers are written in order, so that what one sets is known to those that
    /// are taken from it, and to targets.
    pub(super) fn env(&mut self, runs: Runs) -> Option<Line> {
        self.variables.push(Vec::new());
        if self.chance(30) {
            return None;
        }
        let base = match runs {
            Runs::From(base) | Runs::FromWithImage(base) => self.variables[base].clone(),
            Runs::Recipe(_) | Runs::Image => Vec::new(),
        };
        let mut lines = Vec::new();
        let mut set = Vec::new();
        let mut seen = Vec::new();
        for at in 0..self.plan.keys.len() {
            if self.chance(40) {
                seen.push(self.plan.keys[at].name.clone());
            }
        }
        for at in 0..self.plan.secrets.len() {
            if self.chance(40) {
                self.plan.secrets[at].is_read = true;
                seen.push(self.plan.secrets[at].name.clone());
            }
        }
        if !self.plan.keys.is_empty() && self.chance(30) {
            lines.push(Line::new("..config"));
        }
        if !self.plan.secrets.is_empty() && self.chance(10) {
            lines.push(Line::new("..secrets"));
            self.spread += 1;
        }
        lines.extend(seen.iter().map(Line::new));
        for _ in 0..self.rng.usize(..4) {
            let name = if !base.is_empty() && self.chance(30) {
                let at = self.rng.usize(..base.len());
                base[at].clone()
            } else {
                match self.rng.u8(..10) {
                    0 => format!("\"{}\"", self.key()),
                    1 => format!("\"a-{:.200}.{}\"", self.key(), self.rng.u8(..)),
                    _ => self.key(),
                }
            };
            if set.contains(&name) {
                continue;
            }
            let value = self.env_value();
            lines.push(Line::new(format!("{name} = {value}")));
            set.push(name);
        }
        lines.extend(self.warned_variable(runs));
        self.rng.shuffle(&mut lines);
        if let Some(last) = self.variables.last_mut() {
            *last = set;
        }
        Some(Line::block("env", lines))
    }

    /// A variable that has a warning, and what accepts it.
    fn warned_variable(&mut self, runs: Runs) -> Vec<Line> {
        if !self.chance(6) {
            return Vec::new();
        }
        let recipe = self.plan.recipe(runs);
        let prefix = recipe.and_then(|recipe| recipe.public_prefixes.first());
        let (code, line) = match prefix {
            Some(prefix) if self.chance(50) => ("W0502", format!("{prefix}X = \"a\"")),
            _ => {
                let (code, line) = self.pick(WARNED);
                (code, line.to_owned())
            }
        };
        vec![Line::new(line), self.allow(code)]
    }

    /// A list of origins that holds those of all pages which call a tier.
    pub(super) fn origins(&mut self, server: usize) -> Option<String> {
        let tiers = self.plan.tiers.iter().enumerate();
        let pages: Vec<usize> = tiers
            .filter(|(at, page)| *at != server && page.calls.contains(&server))
            .map(|(at, _)| at)
            .collect();
        if !pages.iter().all(|page| self.plan.is_public(*page)) {
            return None;
        }
        let mut items: Vec<_> = pages
            .iter()
            .map(|page| format!("{}.origin", self.plan.tiers[*page].name))
            .collect();
        items.push("\"https://admin.example.com\"".to_owned());
        let end = if self.chance(50) { " as json" } else { "" };
        Some(format!("CORS_ORIGINS = [{}]{end}", items.join(", ")))
    }

    /// A port of a service outside of the cluster: its scheme's own, or another.
    pub(super) fn outer_port(&mut self, protocol: Option<&'static str>) -> u16 {
        let own = scheme(protocol.unwrap_or(HTTP)).and_then(own_port);
        match own {
            Some(port) if self.chance(50) => port,
            _ => self.pick(&[1, 587, 8443, 65535]),
        }
    }
}
