//! Databases, and what runs outside of the cluster.

use super::text::Line;
use super::{Generator, names};

const POLICIES: &[&str] = &[
    "noeviction",
    "allkeys-lru",
    "allkeys-lfu",
    "allkeys-random",
    "volatile-lru",
    "volatile-lfu",
    "volatile-random",
    "volatile-ttl",
];

impl Generator {
    /// A database of several servers, which an operator runs; `None` where its names aren't free.
    fn operated(&mut self, name: &str, secret: &str) -> Option<Line> {
        let workload = self.plan.named("workload", name);
        let ends = ["-rw", "-ro", "-r"];
        if workload.len() > 50
            || !ends
                .iter()
                .all(|end| self.take("Service", &format!("{workload}{end}")))
        {
            return None;
        }
        let mut lines = Vec::new();
        lines.push(Line::new(format!("instances {}", self.pick(&[1, 2, 3]))));
        let size = names::claim(&mut self.rng);
        lines.push(Line::new(format!("storage {size}")));
        let runs = [
            "version 17",
            "version 17.6",
            "image \"ghcr.io/cloudnative-pg/postgis:17-3.5-standard-trixie\"",
            "image \"localhost:5000/pg:18\"",
        ];
        lines.push(Line::new(self.pick(&runs)));
        if self.chance(30) {
            lines.push(Line::new(self.pick(&[
                "user y",
                "user null",
                "database A_b9",
            ])));
        }
        if self.chance(40) {
            let amount = names::memory(&mut self.rng);
            lines.push(Line::new(format!("memory {amount}")));
        }
        if self.chance(40) {
            let args = [
                "args \"-c\" \"max_connections=200\"",
                "args \"--work-mem=8MB\" \"-cshared_preload_libraries=pg_stat_statements\"",
                "args \"-c\" \"search_path=a, b: '$c'\"",
            ];
            lines.push(Line::new(self.pick(&args)));
        }
        if self.chance(20) {
            lines.push(Line::new("without network_policy"));
        }
        let key = self.pick(&["", " as \"password\""]);
        lines.push(Line::new(format!("secret {secret} from env{key}")));
        lines.extend(self.admissions(&[]));
        if self.chance(20) {
            let places = ["", "spec: {switchoverDelay: 60}"];
            lines.push(self.patch("Cluster", None, &places));
        }
        self.rng.shuffle(&mut lines);
        Some(Line::block(format!("postgres {name}"), lines))
    }

    /// A database in the cluster.
    pub(super) fn database(&mut self, at: usize) -> Line {
        let it = &self.plan.databases[at];
        let (engine, name, secret) = (it.engine, it.name.clone(), it.secret.clone());
        if engine == "postgres"
            && let Some(secret) = &secret
            && self.chance(30)
            && let Some(line) = self.operated(&name, secret)
        {
            return line;
        }
        let row = todoc::catalog::databases::engine(engine).expect("it is in the table");
        let mut lines = Vec::new();
        lines.push(Line::new(if self.chance(70) {
            format!("version {}", self.pick(row.versions))
        } else {
            let images: &[&str] = match engine {
                "postgres" => &[
                    "pgvector/pgvector:pg18",
                    "postgres:16.4-alpine",
                    "localhost:5000/pg:17",
                    "a/timescale:latest-pg13",
                ],
                "mysql" => &["mariadb:11.8", "mysql:8.4.3-oracle", "localhost:5000/my:y"],
                "mongodb" => &["mongo:8.0-noble", "localhost:5000/mongo:8"],
                "rabbitmq" => &["rabbitmq:4.1-management", "rabbitmq:4-alpine"],
                "valkey" => &["valkey/valkey:8.1", "localhost:5000/valkey:y"],
                _ => &["valkey/valkey:8.1", "redis:y7"],
            };
            format!("image \"{}\"", self.pick(images))
        }));
        let has_storage = !row.forgets || self.chance(50);
        if has_storage {
            let size = names::claim(&mut self.rng);
            let class = names::host(&mut self.rng, 253);
            lines.push(Line::new(if self.chance(30) {
                format!("storage {size} class \"{class}\"")
            } else {
                format!("storage {size}")
            }));
        }
        if row.user.is_some() {
            for (word, names) in [("database", row.databases), ("user", row.users)] {
                // Where nothing is said, it is called as the application, whose name may be one of the server's own.
                let is_own = engine == "mongodb" && word == "database";
                if is_own || self.chance(30) {
                    let name = match self.rng.u8(..4) {
                        0 => "A_b9".repeat(names.longest / 4),
                        1 => "_".to_owned(),
                        2 => self.pick(&["y", "null", "true", "user", "e1"]).to_owned(),
                        _ => "notes".to_owned(),
                    };
                    lines.push(Line::new(format!("{word} {name}")));
                }
            }
        }
        if self.chance(30) {
            let amount = names::cpu(&mut self.rng);
            lines.push(Line::new(format!("cpu {amount}")));
        }
        if row.evicts && self.chance(10) {
            lines.push(Line::new("policy noeviction".to_owned()));
        } else if self.chance(40) {
            let amount = names::memory(&mut self.rng);
            lines.push(Line::new(format!("memory {amount}")));
            if row.evicts && self.chance(60) {
                let policy = self.pick(POLICIES);
                lines.push(Line::new(format!("policy {policy}")));
            }
        }
        let workload = match self.rng.u8(..4) {
            0 => Some("statefulset"),
            1 => Some("deployment"),
            _ => None,
        };
        lines.extend(workload.map(|word| Line::new(format!("workload {word}"))));
        // Those of an image of others take the place of its own, which is warned of.
        let of_others = ["localhost:5000/", "a/timescale"];
        let is_of_others = |line: &Line| of_others.iter().any(|it| line.head.contains(it));
        let has_own = matches!(engine, "postgres" | "mongodb") && lines.iter().any(is_of_others);
        if !has_own && self.chance(20) {
            let words = self.words();
            lines.push(Line::new(format!("args {words}")));
        }
        if let Some(secret) = secret {
            let from = match self.rng.u8(..3) {
                0 => format!("from env {}", names::key(&mut self.rng)),
                1 => "from env as \"password\"".to_owned(),
                _ => "from env".to_owned(),
            };
            let rules = self.rules(true);
            lines.push(self.maybe_block(format!("secret {secret} {from}"), rules));
        }
        lines.extend(self.mounted_files(20));
        lines.extend(self.admissions(&[]));
        lines.extend(self.changes_of_container());
        let is_set = match workload {
            Some(word) => word == "statefulset",
            None => has_storage,
        };
        lines.extend(self.database_patch(is_set));
        self.rng.shuffle(&mut lines);
        Line::block(format!("{engine} {name}"), lines)
    }

    /// What is otherwise in a database's container.
    fn changes_of_container(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.chance(10) {
            let variable = Line::new("TZ = \"Europe/Berlin\"");
            lines.push(Line::block("env", vec![variable]));
        }
        if self.chance(20) {
            lines.push(Line::new("uid 1000"));
        }
        if self.chance(10) {
            lines.push(Line::new("writable \"/var/cache/server\""));
        }
        if self.chance(10) {
            let switch = self.pick(&["read_only_root", "egress_policy"]);
            lines.push(Line::new(format!("without {switch}")));
        }
        lines
    }

    /// Databases and services that somebody else runs.
    pub(super) fn outside(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (engine, name, secret) in self.plan.externals.clone() {
            self.reads(&secret);
            let url = Line::new(format!("url {secret}"));
            lines.push(Line::block(format!("{engine} {name} external"), vec![url]));
        }
        for (name, protocol) in self.plan.services.clone() {
            let host = self.bare_host();
            let port = self.outer_port(protocol);
            let scheme = protocol.map_or(String::new(), |protocol| format!("{protocol} "));
            let host = Line::new(format!("host \"{host}\""));
            let port = Line::new(format!("port {scheme}{port}"));
            lines.push(Line::block(format!("external {name}"), vec![host, port]));
        }
        lines
    }

    /// Notes that something reads a shared secret.
    pub(super) fn reads(&mut self, name: &str) {
        for secret in &mut self.plan.secrets {
            secret.is_read |= secret.name == name;
        }
    }
}
