//! What must hold of the objects of any application, on one that has every variant.

mod pods;
mod sample;

use std::sync::Arc;

use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::core::v1::{
    ConfigMap, Namespace, PersistentVolumeClaim, Service, ServiceAccount,
};
use k8s_openapi::api::networking::v1::{Ingress, NetworkPolicy};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::ir::{App, Setting};
use crate::yaml::{Kind, Node};
use sample::{app, at, entry};

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
    for (name, template) in templates(&app()) {
        let labels = &template["metadata"]["labels"];
        assert_eq!(labels["app.kubernetes.io/version"], Value::Null, "{name}");
    }
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
        app.tiers[0].pod.config_read = entries.into_iter().map(Arc::new).collect();
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
