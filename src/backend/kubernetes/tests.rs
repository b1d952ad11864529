//! What must hold of the objects of any application, on one that has every variant.

use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::core::v1::{
    ConfigMap, Namespace, PersistentVolumeClaim, Service, ServiceAccount,
};
use k8s_openapi::api::networking::v1::{Ingress, NetworkPolicy};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::catalog::databases::{Layout, engine};
use crate::catalog::{Choice, Contract, recipe};
use crate::ir::{self, Account, *};
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{Kind, Node};

fn at(start: usize) -> Span {
    Span::new(FileId(0), start..start + 1)
}

fn said<T>(value: T) -> Spanned<T> {
    Spanned::new(value, at(7))
}

fn plain(text: &str) -> Text {
    Text::literal(text, at(3))
}

fn entry(key: &str, value: &str) -> Setting {
    Setting {
        key: key.to_owned(),
        value: plain(value),
        origin: at(3),
    }
}

fn id(name: &str, origin: usize) -> Identity {
    Identity {
        name: name.to_owned(),
        workload: format!("todo-{name}"),
        service: format!("{name}-svc"),
        label: format!("todo-{name}"),
        origin: at(origin),
    }
}

fn range(request: &str, limit: &str) -> QuantityRange {
    let quantity = |text| said(Quantity::parse(text).expect("a quantity"));
    QuantityRange {
        request: quantity(request),
        limit: quantity(limit),
    }
}

fn variable(name: &str, value: ir::Value) -> Variable {
    Variable {
        name: name.to_owned(),
        value,
        origin: at(9),
    }
}

fn key(object: &str, key: &str, optional: bool) -> SecretRef {
    SecretRef {
        object: object.to_owned(),
        key: key.to_owned(),
        optional,
    }
}

fn secret_object(name: &str) -> SecretObject {
    SecretObject {
        name: name.to_owned(),
        keys: Vec::new(),
        origin: at(2),
    }
}

fn build() -> Build {
    let recipe = recipe("fastapi").expect("a recipe");
    let plan = recipe.plan.as_ref().expect("a plan");
    Build {
        context: "./backend".to_owned(),
        dockerfile: Dockerfile::Planned {
            plan,
            choice: Box::new(Choice {
                port: Some(8000),
                title: "backend".to_owned(),
                version: "1.0.0".to_owned(),
                ..Choice::of(plan)
            }),
        },
        arguments: Vec::new(),
        said: Vec::new(),
        max_size: None,
    }
}

/// A contract such as recipes have.
fn hardened() -> Contract {
    Contract {
        user: Some(10001),
        no_capabilities: true,
        read_only_root: true,
        writable: vec!["/tmp".to_owned(), "/app/.next/cache".to_owned()],
        command: vec!["serve".to_owned()],
        variables: Vec::new(),
        proxied_variables: Vec::new(),
        kept: Vec::new(),
        shutdown_seconds: 40,
    }
}

/// A tier with nothing but an image of somebody else's.
fn tier(name: &str) -> Tier {
    let mut tier = sample::tier(name);
    tier.id = id(name, 20);
    tier.pod.image.origin = at(30);
    tier
}

fn port(container: u16, service: u16) -> Port {
    Port {
        name: "http".to_owned(),
        container,
        service,
        origin: at(31),
    }
}

/// A tier with all that one can have.
fn backend() -> Tier {
    let probe = |path: &str, after| {
        Some(Probe {
            handler: ir::Handler::Get {
                path: path.to_owned(),
                port: "http".to_owned(),
            },
            every: 10,
            after,
            timeout: 3,
            failures: 6,
            origin: at(32),
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
    tier.pod.config_read = vec![entry("DEBUG", "no"), entry("LOG_LEVEL", "info")];
    tier
}

fn database(name: &str, major: u32, workload: DatabaseWorkload) -> Database {
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
        account: Some(Account {
            database: said("todo".to_owned()),
            user: said("own$er".to_owned()),
        }),
        password: Some(key("todo-postgres-secrets", "PASSWORD", false)),
        secret: Some(secret_object("todo-postgres-secrets")),
        policy: None,
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
fn needs(from: &str, to: &str) -> Edge {
    Edge {
        from: EdgeSource::Thing(ThingName(from.to_owned())),
        to: ThingName(to.to_owned()),
        kind: EdgeKind::Needs,
        port: None,
        origins: vec![at(8)],
    }
}

/// An application in which every variant of the IR occurs.
fn app() -> App {
    let mut web = tier("web");
    web.ports = vec![port(3000, 3000)];
    web.replicas.least = 2;
    web.pod.waits.clone_from(&backend().pod.waits);
    web.expose = said(Expose::Ingress {
        host: "todo.example.com".to_owned(),
        path: "/".to_owned(),
        tls: Some("web-tls".to_owned()),
        shared: false,
    });
    let mut edge = tier("edge");
    edge.ports = vec![port(8443, 443)];
    edge.expose = said(Expose::LoadBalancer);
    edge.exposed_port = Some("http".to_owned());
    web.exposed_port = Some("http".to_owned());
    let mut internal = tier("internal");
    internal.ports = vec![port(9000, 9000)];
    App {
        objects: Vec::new(),
        name: "todo".to_owned(),
        version: said("1.0.0+build".to_owned()),
        naming: Vec::new(),
        origin: at(1),
        target: None,
        is_default_target: true,
        namespace: ir::Namespace {
            name: "todo".to_owned(),
            create: true,
            origin: at(1),
        },
        local_images: false,
        pull_secret: None,
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
        helm: crate::ir::Helm::default(),
        edges: vec![
            needs("worker", "backend"),
            needs("web", "backend"),
            needs("backend", "postgres"),
            needs("backend", "archive"),
        ],
    }
}

/// The node as JSON, which needs no printer.
fn json(node: &Node) -> Value {
    match &node.kind {
        Kind::Mapping(fields) => {
            let fields = fields
                .iter()
                .map(|(key, node)| (key.to_string(), json(node)));
            Value::Object(fields.collect())
        }
        Kind::Sequence(items) => items.iter().map(json).collect(),
        Kind::Text(text) | Kind::Quoted(text) => json!(text),
        Kind::Integer(number) => json!(number),
        Kind::Bool(bool) => json!(bool),
        Kind::Decimal(number) => json!(number.parse::<f64>().expect("a number")),
        Kind::Null | Kind::Expression(_) | Kind::Block(_) | Kind::Lines(_) => Value::Null,
    }
}

/// Every file's path and its documents.
fn documents(app: &App) -> Vec<(String, Vec<Node>)> {
    let mut files = Vec::new();
    super::documents(app, |path, documents| files.push((path, documents)));
    files
}

/// All objects, without the Kustomization.
fn objects(app: &App) -> Vec<Value> {
    let files = documents(app).into_iter();
    let files = files.filter(|(path, _)| path.starts_with("kubernetes/"));
    files
        .flat_map(|(_, nodes)| nodes)
        .map(|node| json(&node))
        .collect()
}

fn object(kind: &str, name: &str) -> Value {
    let mut objects = objects(&app()).into_iter();
    let found = objects.find(|one| one["kind"] == kind && one["metadata"]["name"] == name);
    found.unwrap_or_else(|| panic!("{kind} {name}"))
}

/// The pod templates, by the name of their workload.
fn templates(app: &App) -> Vec<(String, Value)> {
    let objects = objects(app).into_iter();
    let workloads = objects.filter(|one| one["spec"].get("template").is_some());
    workloads
        .map(|one| {
            (
                text(&one["metadata"]["name"]),
                one["spec"]["template"].clone(),
            )
        })
        .collect()
}

fn pod(name: &str) -> Value {
    let mut templates = templates(&app()).into_iter();
    let found = templates.find(|(workload, _)| workload == name);
    found.unwrap_or_else(|| panic!("{name}")).1["spec"].clone()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn decode<T: DeserializeOwned>(object: &Value) {
    let mut unknown = Vec::new();
    let result: Result<T, _> =
        serde_ignored::deserialize(object, |path| unknown.push(path.to_string()));
    assert!(result.is_ok(), "{:?} of {object:#}", result.err());
    assert!(unknown.is_empty(), "{unknown:?} of {object:#}");
}

#[test]
fn objects_decode_strictly() {
    for object in objects(&app()) {
        match text(&object["kind"]).as_str() {
            "Namespace" => decode::<Namespace>(&object),
            "ServiceAccount" => decode::<ServiceAccount>(&object),
            "ConfigMap" => decode::<ConfigMap>(&object),
            "Service" => decode::<Service>(&object),
            "Deployment" => decode::<Deployment>(&object),
            "StatefulSet" => decode::<StatefulSet>(&object),
            "PersistentVolumeClaim" => decode::<PersistentVolumeClaim>(&object),
            "Ingress" => decode::<Ingress>(&object),
            "NetworkPolicy" => decode::<NetworkPolicy>(&object),
            "PodDisruptionBudget" => decode::<PodDisruptionBudget>(&object),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn files_stand_in_the_order_of_need() {
    let mut app = app();
    let paths = |app: &App| -> Vec<_> { documents(app).into_iter().map(|file| file.0).collect() };
    assert_eq!(
        paths(&app),
        [
            "kubernetes/00-namespace.yaml",
            "kubernetes/10-config.yaml",
            "kubernetes/20-postgres.yaml",
            "kubernetes/20-archive.yaml",
            "kubernetes/30-backend.yaml",
            "kubernetes/30-web.yaml",
            "kubernetes/30-edge.yaml",
            "kubernetes/30-internal.yaml",
            "kubernetes/30-worker.yaml",
            "kustomization.yaml",
        ]
    );
    let files = documents(&app);
    let (list, rest) = files.split_last().expect("files");
    let resources: Vec<_> = rest.iter().map(|(path, _)| json!(path)).collect();
    assert_eq!(items(&json(&list.1[0])["resources"]), resources);
    app.namespace.create = false;
    assert_eq!(paths(&app)[0], "kubernetes/10-config.yaml");
}

#[test]
fn objects_are_unique_and_say_their_namespace_and_labels() {
    let mut seen = Vec::new();
    for object in objects(&app()) {
        let meta = &object["metadata"];
        let name = (text(&object["kind"]), text(&meta["name"]));
        let space = (name.0 != "Namespace").then_some("todo");
        assert_eq!(meta.get("namespace").and_then(Value::as_str), space);
        assert_eq!(meta["labels"]["app.kubernetes.io/part-of"], "todo");
        assert_eq!(meta["labels"]["app.kubernetes.io/managed-by"], "todoc");
        assert!(!seen.contains(&name), "{name:?}");
        seen.push(name);
    }
    assert!(!seen.iter().any(|(kind, _)| kind == "Secret"));
}

#[test]
fn versions_are_on_what_is_built_alone() {
    let version = |kind, name| {
        let labels = &object(kind, name)["metadata"]["labels"];
        labels["app.kubernetes.io/version"].clone()
    };
    assert_eq!(version("Deployment", "todo-backend"), "1.0.0_build");
    assert_eq!(version("Deployment", "todo-web"), Value::Null);
    assert_eq!(version("StatefulSet", "todo-postgres"), Value::Null);
}

#[test]
fn selectors_hold_the_pods_label_alone() {
    let app = app();
    for (name, template) in templates(&app) {
        assert_eq!(template["metadata"]["labels"]["app"], json!(name));
    }
    for object in objects(&app) {
        let label = json!({ "app": object["metadata"]["labels"]["app"] });
        let spec = &object["spec"];
        let selector = match text(&object["kind"]).as_str() {
            "Service" => &spec["selector"],
            "NetworkPolicy" => &spec["podSelector"]["matchLabels"],
            "Deployment" | "StatefulSet" | "PodDisruptionBudget" => {
                &spec["selector"]["matchLabels"]
            }
            _ => continue,
        };
        assert_eq!(selector, &label);
        for spread in items(&spec["template"]["spec"]["topologySpreadConstraints"]) {
            assert_eq!(spread["labelSelector"]["matchLabels"], label);
        }
    }
}

/// What `restricted` demands of a container, besides what its pod may say for it.
fn is_restricted(container: &Value, pod: &Value) -> bool {
    let own = &container["securityContext"];
    let user = |field| own.get(field).or(pod["securityContext"].get(field));
    own["allowPrivilegeEscalation"] == false
        && own["capabilities"] == json!({ "drop": ["ALL"] })
        && user("runAsNonRoot") == Some(&json!(true))
        && user("runAsUser").is_some_and(|user| user != 0)
        && pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
}

#[test]
fn pods_are_as_restricted_as_their_image_bears() {
    for (name, template) in templates(&app()) {
        let pod = &template["spec"];
        let ours = ["todo-backend", "todo-postgres", "todo-archive"].contains(&name.as_str());
        let container = &pod["containers"][0];
        assert_eq!(is_restricted(container, pod), ours, "{name}");
        assert_eq!(pod["automountServiceAccountToken"], false);
        assert_eq!(pod["enableServiceLinks"], false);
        assert_eq!(pod["serviceAccountName"], "todo");
        for wait in items(&pod["initContainers"]) {
            assert!(is_restricted(wait, pod), "{name}");
            assert_eq!(wait["securityContext"]["readOnlyRootFilesystem"], true);
        }
    }
    let foreign = pod("todo-web");
    let profile = json!({ "seccompProfile": { "type": "RuntimeDefault" } });
    assert_eq!(foreign["securityContext"], profile);
    let own = json!({ "allowPrivilegeEscalation": false });
    assert_eq!(foreign["containers"][0]["securityContext"], own);
}

#[test]
fn mounts_and_volumes_match() {
    for (name, template) in templates(&app()) {
        let names =
            |list: &Value| -> Vec<_> { items(list).iter().map(|one| text(&one["name"])).collect() };
        let pod = &template["spec"];
        let mut volumes = names(&pod["volumes"]);
        if name == "todo-postgres" {
            volumes.insert(0, "data".to_owned());
        }
        assert_eq!(
            names(&pod["containers"][0]["volumeMounts"]),
            volumes,
            "{name}"
        );
    }
    let mut app = app();
    app.tiers[0].pod.contract.read_only_root = false;
    let (_, open) = &templates(&app)[2];
    assert_eq!(open["spec"].get("volumes"), None);
    let own = &open["spec"]["containers"][0]["securityContext"];
    assert_eq!(own["readOnlyRootFilesystem"], false);
}

/// What the kubelet makes of a value (`k8s.io/kubernetes/third_party/forked/golang/expansion`).
fn expand(value: &str, variables: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) =
            rest.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        {
            let found = variables.iter().find(|(known, _)| *known == name);
            out.push_str(found.expect("a known variable").1);
            rest = after;
        } else {
            out.push('$');
        }
    }
    out + rest
}

#[test]
fn text_reaches_the_container_literally() {
    let pod = pod("todo-backend");
    let known = [("PASSWORD", "pw"), ("PORT", "WRONG")];
    let value = |name: &str| {
        let mut env = items(&pod["containers"][0]["env"]).iter();
        let found = env.find(|one| one["name"] == name).expect("a variable");
        expand(&text(&found["value"]), &known)
    };
    assert_eq!(value("ODD"), "a$b $(PORT) $$ ${X} $");
    assert_eq!(
        value("DATABASE_URL"),
        "postgresql://u$:pw@postgres-svc:5432/todo?$"
    );
    let wait = &pod["initContainers"][0]["command"];
    let wait: Vec<_> = items(wait)
        .iter()
        .map(|word| expand(&text(word), &[]))
        .collect();
    let script = r#"trap 'exit 143' TERM; until "$@"; do sleep 1; done"#;
    assert_eq!(wait[..4], ["sh", "-c", script, "wait-for-postgres"]);
    assert_eq!(
        wait[4..].join(" "),
        "pg_isready -h postgres-svc -p 5432 -U own$er -d todo"
    );
    let data = &object("ConfigMap", "todo-backend-config")["data"];
    assert_eq!(data, &json!({ "DEBUG": "no", "PRICE": "$$(A)" }));
}

#[test]
fn references_are_read_from_their_objects() {
    let container = &pod("todo-backend")["containers"][0];
    let from = json!([
        { "configMapRef": { "name": "todo-backend-config" } },
        { "secretRef": { "name": "todo-backend-secrets" } },
    ]);
    assert_eq!(container["envFrom"], from);
    let sources: Vec<_> = items(&container["env"])
        .iter()
        .filter_map(|one| one.get("valueFrom").cloned())
        .collect();
    assert_eq!(
        sources,
        [
            json!({ "configMapKeyRef": { "name": "todo-config", "key": "LOG_LEVEL" } }),
            json!({ "secretKeyRef": { "name": "todo-secrets", "key": "api-key", "optional": true } }),
            json!({ "secretKeyRef": { "name": "todo-secrets", "key": "P" } }),
        ]
    );
}

#[test]
fn exposure_decides_service_ingress_and_policy() {
    let service = |name| object("Service", name)["spec"].clone();
    let backend = service("backend-svc");
    assert_eq!(backend["type"], "NodePort");
    let ports = json!([{
        "name": "http", "port": 80, "targetPort": "http", "protocol": "TCP", "nodePort": 30080,
    }]);
    assert_eq!(backend["ports"], ports);
    assert_eq!(service("edge-svc")["type"], "LoadBalancer");
    assert_eq!(service("web-svc")["type"], "ClusterIP");
    let web = object("Ingress", "todo-web")["spec"].clone();
    let tls = json!([{ "hosts": ["todo.example.com"], "secretName": "web-tls" }]);
    assert_eq!(web["tls"], tls);
    let path = &web["rules"][0]["http"]["paths"][0];
    let target = json!({ "service": { "name": "web-svc", "port": { "name": "http" } } });
    assert_eq!(path["backend"], target);

    let rules = |name| object("NetworkPolicy", name)["spec"]["ingress"].clone();
    let peer = |label| json!({ "podSelector": { "matchLabels": { "app": label } } });
    let ports = json!([{ "protocol": "TCP", "port": 8000 }]);
    let clients = [peer("todo-web"), peer("todo-worker")];
    assert_eq!(
        rules("todo-backend"),
        json!([{ "from": clients, "ports": ports }, { "ports": ports }])
    );
    assert_eq!(rules("todo-internal"), Value::Null);
    assert_eq!(rules("todo-worker"), Value::Null);
    let ports = json!([{ "protocol": "TCP", "port": 5432 }]);
    let rule = json!([{ "from": [peer("todo-backend")], "ports": ports }]);
    assert_eq!(rules("todo-postgres"), rule);
}

#[test]
fn named_ports_exist() {
    for (name, template) in templates(&app()) {
        let container = &template["spec"]["containers"][0];
        let port = &container["ports"][0]["name"];
        for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
            for handler in ["httpGet", "tcpSocket"] {
                if let Some(handler) = container[probe].get(handler) {
                    assert_eq!(&handler["port"], port, "{name}");
                }
            }
        }
        let services = objects(&app());
        let mut services = services.iter().filter(|one| {
            one["kind"] == "Service" && one["spec"]["selector"]["app"] == json!(name)
        });
        let service = services
            .next()
            .map(|one| &one["spec"]["ports"][0]["targetPort"]);
        assert_eq!(service.unwrap_or(&Value::Null), port);
    }
}

#[test]
fn what_is_not_said_is_not_written() {
    let worker = pod("todo-worker");
    let container = worker["containers"][0].as_object().expect("a mapping");
    let keys: Vec<_> = container.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["name", "image", "imagePullPolicy", "securityContext"]
    );
    assert_eq!(worker.get("topologySpreadConstraints"), None);
    let objects = objects(&app());
    let budgets = objects
        .iter()
        .filter(|one| one["kind"] == "PodDisruptionBudget");
    assert_eq!(budgets.count(), 2);
    let backend = pod("todo-backend");
    assert_eq!(backend["containers"][0].get("livenessProbe"), None);
    assert_eq!(backend["containers"][0].get("command"), None);
}

#[test]
fn a_changed_config_rolls_pods_and_its_order_does_not() {
    let digest = |entries: Vec<Setting>| {
        let mut app = app();
        app.tiers[0].pod.config_read = entries;
        let (_, template) = &templates(&app)[2];
        template["metadata"]["annotations"]["checksum/config"].clone()
    };
    let first = digest(vec![entry("A", "1"), entry("B", "2")]);
    assert_eq!(text(&first).len(), 64);
    assert_eq!(first, digest(vec![entry("B", "2"), entry("A", "1")]));
    assert_ne!(first, digest(vec![entry("A", "1"), entry("B", "3")]));
    assert_ne!(
        digest(vec![entry("A", "1B")]),
        digest(vec![entry("A1", "B")])
    );
    assert_eq!(digest(Vec::new()), Value::Null);
}

#[test]
fn databases_keep_their_data_where_the_image_has_it() {
    let set = object("StatefulSet", "todo-postgres")["spec"].clone();
    let service = object("Service", "postgres-svc")["spec"].clone();
    assert_eq!(set["serviceName"], "postgres-svc");
    assert_eq!(service["clusterIP"], "None");
    assert_eq!(
        set["volumeClaimTemplates"][0]["metadata"],
        json!({ "name": "data" })
    );
    let container = &pod("todo-postgres")["containers"][0];
    assert_eq!(
        container["volumeMounts"][0]["mountPath"],
        "/var/lib/postgresql/data"
    );
    assert_eq!(
        container["env"],
        json!([
            { "name": "POSTGRES_USER", "value": "own$$er" },
            { "name": "POSTGRES_DB", "value": "todo" },
            { "name": "PGDATA", "value": "/var/lib/postgresql/data/pgdata" },
            { "name": "POSTGRES_PASSWORD", "valueFrom": { "secretKeyRef": {
                "name": "todo-postgres-secrets", "key": "PASSWORD",
            } } },
        ])
    );

    let deployment = object("Deployment", "todo-archive")["spec"].clone();
    assert_eq!(deployment["strategy"], json!({ "type": "Recreate" }));
    assert_eq!(
        object("Service", "archive-svc")["spec"].get("clusterIP"),
        None
    );
    let claim = object("PersistentVolumeClaim", "todo-archive")["spec"].clone();
    assert_eq!(claim["resources"]["requests"]["storage"], "1Gi");
    let archive = pod("todo-archive");
    let volume =
        json!({ "name": "data", "persistentVolumeClaim": { "claimName": "todo-archive" } });
    assert_eq!(archive["volumes"][0], volume);
    let mount = &archive["containers"][0]["volumeMounts"][0];
    assert_eq!(mount["mountPath"], "/var/lib/postgresql");
    assert_eq!(
        archive["containers"][0]["env"].as_array().map(Vec::len),
        Some(3)
    );
}

/// The node at keys and indices.
fn node<'a>(node: &'a Node, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(node, |node, step| node.step(step))
}

#[test]
fn facts_know_their_statement() {
    let files = documents(&app());
    let (_, backend) = files
        .iter()
        .find(|(path, _)| path.contains("30-backend"))
        .expect("a file");
    let deployment = backend.last().expect("a Deployment");
    let container = ["spec", "template", "spec", "containers", "0"];
    let origin = |path: &[&str]| {
        let path = [&container[..], path].concat();
        node(deployment, &path).and_then(|node| node.origin.span)
    };
    assert_eq!(deployment.origin.span, Some(at(20)));
    assert_eq!(origin(&["image"]), Some(at(30)));
    assert_eq!(origin(&["ports", "0"]), Some(at(31)));
    assert_eq!(origin(&["readinessProbe"]), Some(at(32)));
    assert_eq!(origin(&["env", "1"]), Some(at(9)));
    assert_eq!(origin(&["resources", "limits", "cpu"]), Some(at(7)));
}
