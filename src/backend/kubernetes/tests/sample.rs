//! An application that has every variant.

use std::sync::Arc;

use crate::catalog::databases::{Layout, engine};
use crate::catalog::{Choice, Contract, recipe};
use crate::ir::{self, Account, *};
use crate::source::{FileId, Span, Spanned};

pub(super) fn at(start: usize) -> Span {
    Span::new(FileId(0), start..start + 1)
}

pub(super) fn said<T>(value: T) -> Spanned<T> {
    Spanned::new(value, at(7))
}

pub(super) fn plain(text: &str) -> Text {
    Text::literal(text, at(3))
}

pub(super) fn entry(key: &str, value: &str) -> Setting {
    Setting {
        key: key.to_owned(),
        value: plain(value),
        origin: at(3),
    }
}

pub(super) fn id(name: &str, origin: usize) -> Identity {
    Identity {
        name: name.to_owned(),
        workload: format!("todo-{name}"),
        service: format!("{name}-svc"),
        label: format!("todo-{name}"),
        origin: at(origin),
    }
}

pub(super) fn range(request: &str, limit: &str) -> QuantityRange {
    let quantity = |text| said(Quantity::parse(text).expect("a quantity"));
    QuantityRange {
        request: quantity(request),
        limit: quantity(limit),
    }
}

pub(super) fn variable(name: &str, value: ir::Value) -> Variable {
    Variable {
        name: name.to_owned(),
        value,
        origin: at(9),
    }
}

pub(super) fn key(object: &str, key: &str, optional: bool) -> SecretRef {
    SecretRef {
        object: object.to_owned(),
        key: key.to_owned(),
        optional,
    }
}

pub(super) fn secret_object(name: &str) -> SecretObject {
    SecretObject {
        name: name.to_owned(),
        keys: Vec::new(),
        origin: at(2),
    }
}

pub(super) fn build() -> Build {
    let recipe = recipe("fastapi").expect("a recipe");
    let plan = recipe.plan.as_ref().expect("a plan");
    Build {
        context: "./backend".to_owned(),
        dockerfile: DockerfileSource::Planned {
            plan,
            choice: Box::new(Choice {
                port: Some(8000),
                title: "backend".to_owned(),
                version: "1.0.0".to_owned(),
                ..Choice::of(plan)
            }),
        },
        arguments: Vec::new(),
        secrets: Vec::new(),
        said: Vec::new(),
        platforms: Vec::new(),
        max_size: None,
    }
}

/// A contract such as recipes have.
pub(super) fn hardened() -> Contract {
    Contract {
        user: Some(10001),
        no_capabilities: true,
        read_only_root: true,
        writable: vec!["/tmp".to_owned(), "/app/.next/cache".to_owned()],
        command: vec!["serve".to_owned()],
        variables: Vec::new(),
        proxied_variables: Vec::new(),
        kept: std::sync::Arc::default(),
        shutdown_seconds: 40,
    }
}

/// A tier that only runs an image which no recipe built.
pub(super) fn tier(name: &str) -> Tier {
    let mut tier = sample::tier(name);
    tier.id = id(name, 20);
    tier.pod.image.origin = at(30);
    tier
}

pub(super) fn port(container: u16, service: u16) -> Port {
    Port {
        name: "http".to_owned(),
        container,
        service,
        transport: ir::Transport::Tcp,
        scheme: None,
        origin: at(31),
    }
}

/// A tier with all that one can have.
pub(super) fn backend() -> Tier {
    let probe = |path: &str, after| {
        Some(Probe {
            handler: ir::Handler::Get {
                path: path.to_owned(),
                port: "http".to_owned(),
                tls: false,
                host: None,
            },
            every: 10,
            after,
            timeout: 3,
            failures: 6,
            origin: at(32),
            also: Vec::new(),
        })
    };
    let name = |name: &str| name.to_owned();
    let mut tier = tier("backend");
    tier.pod.image.build = Some(build());
    tier.pod.image.ours = true;
    tier.pod.image.pull = said(PullPolicy::Never);
    tier.pod.contract = hardened();
    tier.ports = vec![port(8000, 80)];
    tier.replicas.least = 3;
    tier.pod.resources.cpu = Some(range("100m", "500m"));
    tier.pod.resources.memory = Some(range("256Mi", "1Gi"));
    tier.probes = Some(Probes {
        startup: probe("/health", None),
        readiness: probe("/health", Some(5)),
        liveness: None,
    });
    tier.expose = said(Expose::NodePort { port: Some(30080) });
    tier.exposed_port = Some("http".to_owned());
    tier.pod.waits = vec![Wait {
        database: ThingName(name("postgres")),
        origin: at(33),
    }];
    tier.pod.config = Some(ir::ConfigMap {
        name: name("todo-backend-config"),
        entries: vec![entry("DEBUG", "no"), entry("PRICE", "$$(A)")],
        origin: at(34),
    });
    tier.pod.env_from = vec![
        EnvFrom {
            kind: EnvFromKind::ConfigMap,
            object: name("todo-backend-config"),
            origin: at(35),
        },
        EnvFrom {
            kind: EnvFromKind::Secret,
            object: name("todo-backend-secrets"),
            origin: at(36),
        },
    ];
    tier.pod.env = vec![
        variable("PORT", ir::Value::Text(plain("8000"))),
        variable("ODD", ir::Value::Text(plain("a$b $(PORT) $$ ${X} $"))),
        variable(
            "LOG_LEVEL",
            ir::Value::Config {
                object: name("todo-config"),
                key: name("LOG_LEVEL"),
            },
        ),
        variable(
            "KEY",
            ir::Value::Secret(key("todo-secrets", "api-key", true)),
        ),
        variable(
            "PASSWORD",
            ir::Value::Secret(key("todo-secrets", "P", false)),
        ),
        variable(
            "DATABASE_URL",
            ir::Value::Composed(vec![
                Piece::Text(plain("postgresql://u$:")),
                Piece::Secret {
                    variable: name("PASSWORD"),
                    key: key("todo-secrets", "P", false),
                    origin: at(3),
                },
                Piece::Text(plain("@postgres-svc:5432/todo?$")),
            ]),
        ),
    ];
    tier.pod.config_read = [entry("DEBUG", "no"), entry("LOG_LEVEL", "info")]
        .map(Arc::new)
        .into();
    tier
}

pub(super) fn database(name: &str, major: u32, workload: DatabaseWorkload) -> Database {
    let engine = engine("postgres").expect("an engine");
    let Layout::ByMajor(mount) = engine.storage else {
        panic!("its version decides where the data lies");
    };
    Database {
        patches: Vec::new(),
        id: id(name, 40),
        engine,
        image: said(ImageReference {
            repository: "postgres".to_owned(),
            tag: Some(major.to_string()),
            digest: None,
        }),
        pull: said(PullPolicy::IfNotPresent),
        mount: mount(major),
        storage: Some(said(Quantity::parse("1Gi").expect("a quantity"))),
        class: None,
        account: Some(Account {
            database: said("todo".to_owned()),
            user: said("own$er".to_owned()),
        }),
        password: Some(key("todo-postgres-secrets", "PASSWORD", false)),
        secret: Some(secret_object("todo-postgres-secrets")),
        policy: None,
        env: Vec::new(),
        uid: None,
        writable: Vec::new(),
        off: Vec::new(),
        admits: Vec::new(),
        args: Vec::new(),
        files: None,
        resources: Resources {
            memory: Some(range("256Mi", "256Mi")),
            ..Resources::default()
        },
        workload,
        said: DatabasePlaces::default(),
    }
}

/// A tier that needs another, or a database.
pub(super) fn needs(from: &str, to: &str) -> Edge {
    Edge {
        from: EdgeSource::Thing(ThingName(from.to_owned())),
        to: ThingName(to.to_owned()),
        kind: EdgeKind::Needs,
        port: None,
        origins: vec![at(8)],
    }
}

/// An application in which every variant of the IR occurs.
pub(super) fn app() -> App {
    let mut web = tier("web");
    web.ports = vec![port(3000, 3000)];
    web.replicas.least = 2;
    web.pod.waits.clone_from(&backend().pod.waits);
    web.expose = said(Expose::Ingress {
        host: "todo.example.com".to_owned(),
        path: "/".to_owned(),
        tls: Some("web-tls".to_owned()),
        shared: false,
        settings: HostSettings::default(),
        strip: None,
    });
    let mut edge = tier("edge");
    edge.ports = vec![port(8443, 443)];
    edge.expose = said(Expose::LoadBalancer);
    edge.exposed_port = Some("http".to_owned());
    web.exposed_port = Some("http".to_owned());
    let mut internal = tier("internal");
    internal.ports = vec![port(9000, 9000)];
    App {
        context: None,
        objects: Vec::new(),
        name: "todo".to_owned(),
        version: said("1.0.0+build".to_owned()),
        naming: Vec::new(),
        origin: at(1),
        target: None,
        target_origin: at(1),
        is_default_target: true,
        namespace: ir::Namespace {
            name: "todo".to_owned(),
            create: true,
            origin: at(1),
        },
        tag_from: None,
        local_images: false,
        pull_secret: None,
        pinned: None,
        labels: Vec::new(),
        selector: Selector::App,
        off: Vec::new(),
        config: Some(ir::ConfigMap {
            name: "todo-config".to_owned(),
            entries: vec![entry("LOG_LEVEL", "info")],
            origin: at(5),
        }),
        secret: Some(secret_object("todo-secrets")),
        databases: vec![
            database("postgres", 16, DatabaseWorkload::StatefulSet),
            database("archive", 18, DatabaseWorkload::Deployment),
        ],
        tiers: vec![backend(), web, edge, internal, tier("worker")],
        jobs: Vec::new(),
        ingress: ir::IngressSettings::default(),
        ingresses: Vec::new(),
        unset: Vec::new(),
        helm: crate::ir::Helm::default(),
        lookup: Lookup::default(),
        edges: vec![
            needs("worker", "backend"),
            needs("web", "backend"),
            needs("backend", "postgres"),
            needs("backend", "archive"),
        ],
    }
}
