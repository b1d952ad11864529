//! `app`, what targets say as well, shared keys and shared secrets.

use todoc::catalog::defaults;

use super::plan::Giver;
use super::text::Line;
use super::{Generator, names, pins};

/// Why something is allowed, which is for people to read.
const REASONS: &[&str] = &["\"because\"", "\"#12, } {\"", "\"ümlaut\\n\"", "\"x\""];

impl Generator {
    /// `allow` of a code.
    pub(super) fn allow(&mut self, code: &str) -> Line {
        Line::new(format!("allow {code} {}", self.pick(REASONS)))
    }

    /// The statement `app`, the last that is written: it accepts what others need.
    pub(super) fn app(&mut self) -> Line {
        let mut lines = Vec::new();
        if self.chance(50) {
            let version = self.version();
            lines.push(Line::new(format!("version \"{version}\"")));
        }
        if self.chance(10) {
            lines.push(Line::new("language 1"));
        }
        if let Some(host) = self.plan.host.clone() {
            lines.push(Line::new(format!("host \"{host}\"")));
        }
        if self.chance(10) {
            lines.push(Line::new("context \"all $of-it\""));
        }
        if self.files.contains_key(pins::FILE) {
            lines.push(Line::new(format!("pins \"{}\"", pins::FILE)));
        }
        lines.extend(self.settings());
        if self.plan.gateway {
            lines.push(self.gateway());
        }
        let hosts = self.plan.hosts.clone();
        lines.extend(self.by_apart(|it| it.hosts(hosts)));
        if self.chance(25) {
            let labels = self.labels();
            lines.push(Line::block("labels", labels));
        }
        if !self.plan.naming.is_empty() || self.plan.standard || self.chance(5) {
            lines.push(self.naming());
        }
        let switches: Vec<_> = defaults::switches().collect();
        for switch in switches {
            // Without a policy nobody needs to be let in.
            let is_used = switch == "network_policy" && !self.take("admission", "any");
            if self.chance(5) && !is_used {
                lines.push(Line::new(format!("without {switch}")));
            }
        }
        for code in std::mem::take(&mut self.allowed) {
            lines.push(self.allow(code));
        }
        if self.chance(20) {
            lines.push(self.helm());
        }
        self.rng.shuffle(&mut lines);
        if self.plan.limits && lines.iter().all(|line| line.head != "ingress") {
            lines.push(self.by_apart(Self::class_with_limits));
        }
        let head = format!("app {}", self.plan.app);
        if lines.is_empty() && self.chance(80) {
            return Line::new(head);
        }
        Line::block(head, lines)
    }

    /// What is said of the chart.
    fn helm(&mut self) -> Line {
        let mut lines = Vec::new();
        if self.chance(50) {
            let word = self.pick(&["existing", "values"]);
            lines.push(Line::new(format!("secrets {word}")));
        }
        if self.chance(50) {
            let word = self.pick(&["tier", "field"]);
            lines.push(Line::new(format!("values by {word}")));
        }
        if lines.is_empty() || self.chance(50) {
            lines.push(Line::new("value \"global.namespace\" namespace"));
        }
        // A target without any tier pulls nothing.
        let plan = &self.plan;
        let has_tier = |without: &[String]| plan.tiers.iter().any(|it| !without.contains(&it.name));
        let pulls = plan.targets.iter().all(|target| has_tier(&target.without));
        if pulls && !plan.tiers.is_empty() && self.chance(30) {
            lines.push(Line::new("value \"global.imagePullPolicy\" pull"));
        }
        Line::block("helm", lines)
    }

    fn naming(&mut self) -> Line {
        let patterns = self.plan.naming.clone();
        let patterns = patterns
            .iter()
            .map(|(word, pattern)| format!("{word} \"{pattern}\""));
        let mut lines: Vec<_> = patterns.map(Line::new).collect();
        if self.plan.standard {
            lines.push(Line::new("selector standard"));
        } else if self.chance(30) {
            lines.push(Line::new("selector app"));
        }
        Line::block("naming", lines)
    }

    fn version(&mut self) -> String {
        match self.rng.u8(..6) {
            0 => names::label(&mut self.rng, 63),
            1 => "1".to_owned(),
            2 => "1.0.0+build.7".to_owned(),
            3 => "_1.0-".to_owned(),
            4 => self
                .pick(&["1e3", "0x1F", "1_000", "2001-12-14", "y", "null", "1.10"])
                .to_owned(),
            _ => "2.1.0".to_owned(),
        }
    }

    fn labels(&mut self) -> Vec<Line> {
        let mut keys = std::collections::BTreeSet::new();
        let mut lines = Vec::new();
        for _ in 0..self.rng.usize(1..4) {
            let key = names::qualified(&mut self.rng);
            if key == "app" || !keys.insert(key.clone()) {
                continue;
            }
            let value = names::label_value(&mut self.rng);
            let bare = key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
            let begins = key.starts_with(|c: char| c.is_ascii_alphabetic());
            let key = if bare && begins && self.chance(50) {
                key
            } else {
                format!("\"{key}\"")
            };
            let value = if self.chance(10) {
                "20".to_owned()
            } else {
                self.quote(&value)
            };
            lines.push(Line::new(format!("{key} = {value}")));
        }
        lines
    }

    /// What `app` and a target say alike, but for the host.
    pub(super) fn settings(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.chance(20) {
            let name = match self.rng.u8(..3) {
                0 => "default".to_owned(),
                1 => names::label(&mut self.rng, 63),
                _ => names::name(&mut self.rng, 20),
            };
            let existing = self.pick(&["", "", " existing"]);
            lines.push(Line::new(format!("namespace {name}{existing}")));
        }
        if self.chance(20) {
            let tag = match self.rng.u8(..4) {
                0 => names::label(&mut self.rng, 64).to_ascii_uppercase(),
                1 => "_1.0-".to_owned(),
                2 => self
                    .pick(&["1e3", "0x1F", "1_000", "2001-12-14", "y", "null", "1.10"])
                    .to_owned(),
                _ => "1.4.0-rc1".to_owned(),
            };
            if self.tags.insert(tag.clone()) {
                lines.push(Line::new(format!("tag \"{tag}\"")));
            }
        } else if self.chance(10) {
            let from = self.pick(&["sources", "git"]);
            lines.push(Line::new(format!("tag from {from}")));
        } else if self.chance(4) && self.tags.insert("latest".to_owned()) {
            lines.push(Line::new("tag \"latest\""));
            lines.push(self.allow("W0501"));
        }
        if self.chance(30) {
            let path = names::label(&mut self.rng, 90);
            let registries = [
                "ghcr.io/acme",
                "localhost:5000",
                "registry.example.com:65535/a/b_c/d__e",
                "acme",
                &format!("a.b/{}", path.replace("--", "-")),
            ];
            let registry = self.pick(&registries);
            lines.push(Line::new(format!("registry \"{registry}\"")));
        }
        if self.chance(10) {
            let platform = self.pick(&["linux/amd64", "linux/arm64", "linux/arm/v7"]);
            lines.push(Line::new(format!("platform \"{platform}\"")));
        }
        if self.chance(15) {
            let pull = self.pick(&["missing", "never", "always"]);
            lines.push(Line::new(format!("pull {pull}")));
        }
        if self.chance(10) {
            lines.push(Line::new("images local"));
        }
        if self.chance(10) {
            let name = names::host(&mut self.rng, 253);
            lines.push(Line::new(format!("pull_secret \"{name}\"")));
        }
        if !self.plan.gateway && self.chance(15) {
            let mut inner = Vec::new();
            for word in ["class", "issuer"] {
                if self.chance(50) {
                    let name = names::host(&mut self.rng, 253);
                    inner.push(Line::new(format!("{word} \"{name}\"")));
                }
            }
            inner.extend(self.annotations(30));
            lines.push(if self.plan.limits {
                self.by_apart(Self::class_with_limits)
            } else {
                Line::block("ingress", inner)
            });
        }
        lines
    }

    /// The Gateway that leads to hosts.
    pub(super) fn gateway(&mut self) -> Line {
        let mut words = vec![format!("gateway \"{}\"", names::host(&mut self.rng, 253))];
        let mut options = Vec::new();
        if self.chance(50) {
            options.push(format!("namespace \"{}\"", names::name(&mut self.rng, 63)));
        }
        if self.chance(60) {
            options.push("section \"https\"".to_owned());
            if self.chance(60) {
                options.push("redirect \"h.1-x\"".to_owned());
            }
        }
        self.rng.shuffle(&mut options);
        words.extend(options);
        let mut inner = self.annotations(30);
        inner.push(Line::new(words.join(" ")));
        Line::block("ingress", inner)
    }

    /// The class that says which controller is told of limits, with what is said of all hosts.
    fn class_with_limits(&mut self) -> Line {
        let class = self.pick(&["nginx", "haproxy-internal", "a.traefik"]);
        // That one takes no path off.
        let class = if self.takes_paths_off && class == "a.traefik" {
            "b.nginx"
        } else {
            class
        };
        let mut inner = vec![Line::new(format!("class \"{class}\""))];
        inner.extend(self.host_settings());
        Line::block("ingress", inner)
    }

    /// What is said of all hosts, or of one.
    pub(super) fn host_settings(&mut self) -> Vec<Line> {
        let mut lines = self.annotations(20);
        if self.plan.limits && self.chance(50) {
            let size = self.pick(&["1Mi", "20Mi", "1Gi", "1500k", "100M", "1048577"]);
            lines.push(Line::new(format!("body {size}")));
        }
        if self.plan.limits && self.chance(50) {
            lines.push(Line::new(format!(
                "timeout {}",
                names::duration(&mut self.rng)
            )));
        }
        self.rng.shuffle(&mut lines);
        lines
    }

    /// A statement about a host, with what is said of it alone.
    pub(super) fn with_settings(&mut self, head: String) -> Line {
        let mut lines = self.by_apart(|it| {
            if it.chance(25) {
                it.host_settings()
            } else {
                Vec::new()
            }
        });
        if self.takes_paths_off && head.contains(" path \"") && self.strips.bool() {
            lines.push(Line::new("strip"));
        }
        if lines.is_empty() {
            Line::new(head)
        } else {
            Line::block(head, lines)
        }
    }

    /// Some annotations.
    pub(super) fn annotations(&mut self, percent: u8) -> Vec<Line> {
        let mut keys = std::collections::BTreeSet::new();
        let mut lines = Vec::new();
        while self.chance(percent) {
            let key = names::qualified(&mut self.rng);
            if keys.insert(key.clone()) {
                let value = self.plain_value();
                lines.push(Line::new(format!("annotate \"{key}\" = {value}")));
            }
        }
        lines
    }

    /// The shared `config`. A value refers to no key that stands before its own.
    pub(super) fn shared_config(&mut self) -> Option<Line> {
        let keys = self.plan.keys.clone();
        if keys.is_empty() {
            return None;
        }
        let mut lines = Vec::new();
        // Only those behind it are there to refer to.
        let mut left = keys.clone();
        for key in &keys {
            left.remove(0);
            self.plan.keys.clone_from(&left);
            lines.push(Line::new(match key.giver {
                Giver::Here => format!("{} = {}", key.name, self.plain_value()),
                Giver::Target => key.name.clone(),
                Giver::Anyone => format!("{} optional", key.name),
            }));
        }
        self.plan.keys = keys;
        self.rng.shuffle(&mut lines);
        Some(Line::block("config", lines))
    }

    /// The shared secrets; what nothing reads is allowed to stay.
    pub(super) fn shared_secrets(&mut self) -> Vec<Line> {
        let secrets = self.plan.secrets.clone();
        let mut lines = Vec::new();
        let some_read_all = self.spread > 0;
        for secret in secrets {
            let mut rules = self.rules(false);
            if secret.is_file {
                rules.retain(|line| !line.is("optional"));
            }
            if !secret.is_read && !some_read_all {
                rules.push(self.allow("W0511"));
            }
            let head = format!("secret {} {}", secret.name, secret.from);
            lines.push(self.maybe_block(head, rules));
        }
        if self.spread > 1 && self.plan.secrets.len() > 1 {
            self.allowed.insert("W0505");
        }
        lines
    }

    /// A statement with a block if there is something in it.
    pub(super) fn maybe_block(&mut self, head: String, lines: Vec<Line>) -> Line {
        if lines.is_empty() && self.chance(90) {
            return Line::new(head);
        }
        Line::block(head, lines)
    }

    /// What stands behind the name of a secret; keys of one object differ, `kind` says of which.
    pub(super) fn secret_from(&mut self, kind: &'static str, name: &str) -> String {
        let variable = if self.chance(30) {
            format!(" {}", names::key(&mut self.rng))
        } else {
            String::new()
        };
        if self.chance(40) {
            let object = names::host(&mut self.rng, 253);
            let key = self.secret_key();
            return format!("from object \"{object}\" key \"{key}\"");
        }
        if !self.chance(25) && self.take(kind, name) {
            return format!("from env{variable}");
        }
        loop {
            let key = self.secret_key();
            if self.take(kind, &key) {
                return format!("from env{variable} as \"{key}\"");
            }
        }
    }

    fn secret_key(&mut self) -> String {
        match self.rng.u8(..6) {
            0 => "k".repeat(253),
            1 => ".a".to_owned(),
            2 => self
                .pick(&["y", "null", "1e3", "0x1F", "1_000", "-", "_", "a..b"])
                .to_owned(),
            _ => format!("key-{}", self.fresh()),
        }
    }

    /// Rules of a secret's value, which some value keeps: it may be a password in a URL.
    pub(super) fn rules(&mut self, is_password: bool) -> Vec<Line> {
        let mut lines = Vec::new();
        if !is_password && self.chance(10) {
            lines.push(Line::new("optional"));
        }
        if self.chance(10) {
            let text = if is_password {
                self.pick(&["\"pw_\"", "\"~.-\"", "\"0\""]).to_owned()
            } else {
                self.hostile()
            };
            lines.push(Line::new(format!("starts_with {text}")));
        } else if !is_password && self.chance(10) {
            let scheme = self.pick(&["postgresql", "a+b-c.1", "rediss"]);
            lines.push(Line::new(format!("url \"{scheme}\"")));
        }
        if self.chance(10) {
            let length = self.pick(&[1, 32, 1_048_576]);
            lines.push(Line::new(format!("min_length {length}")));
        }
        if self.chance(10) {
            let text = self.hostile();
            lines.push(Line::new(format!("message {text}")));
        }
        lines
    }
}
