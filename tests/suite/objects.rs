//! Kubernetes objects as the API server would read them: decoded into their types with no field
//! left over, and put beside each other to see that what one names is there.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::Resource;
use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{
    ConfigMap, Namespace, PersistentVolumeClaim, Service, ServiceAccount,
};
use k8s_openapi::api::networking::v1::{Ingress, NetworkPolicy};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use todoc::backend::backend;
use todoc::diag::Code;
use todoc::{Options, compile};

use crate::operated::Cluster;
use crate::routes::{GrpcRoute, HttpRoute};
use crate::support::{Fixture, builds, check_each, named, programs, report};

/// A kind of object that may be written.
struct Kind {
    version: &'static str,
    name: &'static str,
    is_namespaced: bool,
    /// What is wrong with an object's fields.
    decode: fn(&Value) -> Vec<String>,
}

const KINDS: &[Kind] = &[
    kind::<Namespace>(false),
    kind::<ConfigMap>(true),
    kind::<ServiceAccount>(true),
    kind::<Service>(true),
    kind::<Deployment>(true),
    kind::<StatefulSet>(true),
    kind::<PersistentVolumeClaim>(true),
    kind::<Ingress>(true),
    kind::<NetworkPolicy>(true),
    kind::<PodDisruptionBudget>(true),
    kind::<HorizontalPodAutoscaler>(true),
    kind::<k8s_openapi::api::core::v1::Pod>(true),
    kind::<Job>(true),
    kind::<CronJob>(true),
    kind::<HttpRoute>(true),
    kind::<GrpcRoute>(true),
    kind::<Cluster>(true),
];

const fn kind<T: Resource + DeserializeOwned>(is_namespaced: bool) -> Kind {
    Kind {
        version: T::API_VERSION,
        name: T::KIND,
        is_namespaced,
        decode: decode_as::<T>,
    }
}

fn decode_as<T: DeserializeOwned>(object: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let decoded: Result<T, _> = serde_ignored::deserialize(object, |field| {
        // `?` is how serde_ignored writes an `Option`.
        problems.push(format!("no field {}", field.to_string().replace(".?", "")));
    });
    problems.extend(decoded.err().map(|error| error.to_string()));
    problems
}

/// Everything that is wrong with the objects of a YAML text, each with its object's name.
fn decode(text: &str) -> Vec<String> {
    match documents(text) {
        Ok(objects) => wrong(&objects),
        // What can't be read would only be missed by the others.
        Err(problems) => problems,
    }
}

/// The objects of a YAML text, or what can't be read of it.
pub(crate) fn documents(text: &str) -> Result<Vec<Value>, Vec<String>> {
    let mut problems = Vec::new();
    let mut objects = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        // By way of YAML's own tree, which refuses a key that stands twice.
        let object = serde_yaml::Value::deserialize(document).and_then(Value::deserialize);
        match object {
            Ok(object) => objects.push(object),
            Err(error) => problems.push(error.to_string()),
        }
    }
    if problems.is_empty() {
        Ok(objects)
    } else {
        Err(problems)
    }
}

/// Everything that is wrong with objects, each with its name.
pub(crate) fn wrong(objects: &[Value]) -> Vec<String> {
    let mut problems = Vec::new();
    let all = Objects::new(objects);
    let mut seen = BTreeSet::new();
    for object in objects {
        let id = name_of(object);
        let mut found = alone(object);
        if !seen.insert(id.clone()) {
            found.push("written twice".to_owned());
        }
        found.extend(all.beside(object));
        problems.extend(found.into_iter().map(|problem| format!("{id}: {problem}")));
    }
    problems
}

/// What an API server would read otherwise than it is written, of an object alone.
pub(crate) fn undecodable(object: &Value) -> Vec<String> {
    let id = name_of(object);
    let found = alone(object).into_iter();
    found.map(|problem| format!("{id}: {problem}")).collect()
}

/// What is wrong with an object, whatever else there is.
fn alone(object: &Value) -> Vec<String> {
    let (version, name) = (at(object, "/apiVersion"), at(object, "/kind"));
    if name == "Secret" {
        return vec!["a Secret is never written".to_owned()];
    }
    let Some(kind) = KINDS
        .iter()
        .find(|it| it.version == version && it.name == name)
    else {
        return vec![format!("an unknown kind of `{version}`")];
    };
    let mut problems = (kind.decode)(object);
    if at(object, "/metadata/name").is_empty() {
        problems.push("it has no name".to_owned());
    }
    if at(object, "/metadata/namespace").is_empty() == kind.is_namespaced {
        problems.push(format!("namespaced should be {}", kind.is_namespaced));
    }
    problems
}

/// Labels, or what selects by them.
type Labels = BTreeMap<String, String>;

/// A pod as a workload describes it.
struct Pod<'a> {
    namespace: &'a str,
    labels: Labels,
    spec: &'a Value,
}

/// All objects of an output, for looking things up.
struct Objects<'a> {
    /// By namespace, kind and name.
    by_name: BTreeMap<(&'a str, &'a str, &'a str), &'a Value>,
    pods: Vec<Pod<'a>>,
}

impl<'a> Objects<'a> {
    fn new(objects: &'a [Value]) -> Self {
        let by_name = objects.iter().map(|it| {
            let key = (namespace(it), at(it, "/kind"), at(it, "/metadata/name"));
            (key, it)
        });
        let pods = objects.iter().filter_map(|it| {
            let template = template(it)?;
            Some(Pod {
                namespace: namespace(it),
                labels: labels(template.pointer("/metadata/labels")),
                spec: template.get("spec")?,
            })
        });
        // The operator gives the pods of its objects a label.
        let operated = objects.iter().filter(|it| at(it, "/kind") == "Cluster");
        let operated = operated.map(|it| {
            let name = at(it, "/metadata/name").to_owned();
            Pod {
                namespace: namespace(it),
                labels: [("cnpg.io/cluster".to_owned(), name)].into(),
                spec: it,
            }
        });
        Objects {
            by_name: by_name.collect(),
            pods: pods.chain(operated).collect(),
        }
    }

    /// What is wrong with an object beside the others.
    fn beside(&self, object: &Value) -> Vec<String> {
        match at(object, "/kind") {
            "Deployment" => self.workload(object),
            "StatefulSet" => {
                let mut problems = self.workload(object);
                let service = at(object, "/spec/serviceName");
                problems.extend(self.missing(object, "Service", service));
                problems
            }
            "Job" | "CronJob" => {
                let mut problems = self.pod(object);
                problems.extend(self.strangers(object));
                problems
            }
            "HorizontalPodAutoscaler" => {
                let name = at(object, "/spec/scaleTargetRef/name");
                let kind = at(object, "/spec/scaleTargetRef/kind");
                self.missing(object, kind, name).into_iter().collect()
            }
            "Service" => self.service(object),
            "Ingress" => self.ingress(object),
            "HTTPRoute" | "GRPCRoute" => self.route(object),
            "PodDisruptionBudget" => {
                let selector = labels(object.pointer("/spec/selector/matchLabels"));
                self.unselected(object, &selector)
            }
            "NetworkPolicy" => {
                let peers = items(object, "/spec/ingress");
                let peers = peers.flat_map(|rule| items(rule, "/from"));
                // Pods of other namespaces aren't ours to know, and addresses are nobody's.
                let others = ["namespaceSelector", "ipBlock"];
                let peers =
                    peers.filter(move |peer| others.iter().all(|it| peer.get(it).is_none()));
                std::iter::once(object.pointer("/spec/podSelector"))
                    .chain(peers.map(|peer| peer.get("podSelector")))
                    .map(|selector| labels(selector.and_then(|it| it.get("matchLabels"))))
                    // Nor are those of other applications, which have such values here.
                    .filter(|selector| !selector.values().any(|it| it.starts_with("foreign")))
                    .flat_map(|selector| self.unselected(object, &selector))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn workload(&self, object: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        let selector = labels(object.pointer("/spec/selector/matchLabels"));
        let pod = labels(object.pointer("/spec/template/metadata/labels"));
        if selector.is_empty() || !selects(&selector, &pod) {
            problems.push("it doesn't select its own pods".to_owned());
        }
        problems.extend(self.pod(object));
        problems
    }

    /// What selects the pods of a job, whose pods are nobody's.
    fn strangers(&self, object: &Value) -> Vec<String> {
        let pod = template(object).and_then(|it| it.pointer("/metadata/labels"));
        let pod = labels(pod);
        let beside = self.by_name.iter();
        let beside = beside.filter(|((space, ..), _)| *space == namespace(object));
        let selecting = beside.filter(|((_, kind, _), other)| {
            // A policy may.
            if *kind == "NetworkPolicy" {
                return false;
            }
            let selector = match *kind {
                "Service" => "/spec/selector",
                _ => "/spec/selector/matchLabels",
            };
            let selector = labels(other.pointer(selector));
            !selector.is_empty() && selects(&selector, &pod)
        });
        selecting
            .map(|((_, kind, name), _)| format!("{kind} `{name}` selects its pods"))
            .collect()
    }

    /// What is wrong with what a workload's pods read.
    fn pod(&self, object: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        let Some(spec) = template(object).and_then(|it| it.get("spec")) else {
            return problems;
        };
        for container in containers(spec) {
            for source in items(container, "/envFrom") {
                let name = at(source, "/configMapRef/name");
                problems.extend(self.missing(object, "ConfigMap", name));
            }
            for variable in items(container, "/env") {
                problems.extend(self.key(object, variable.pointer("/valueFrom/configMapKeyRef")));
            }
        }
        for volume in items(spec, "/volumes") {
            let claim = at(volume, "/persistentVolumeClaim/claimName");
            problems.extend(self.missing(object, "ConfigMap", at(volume, "/configMap/name")));
            problems.extend(self.missing(object, "PersistentVolumeClaim", claim));
        }
        // One that gets a token is somebody else's, with rights that the program doesn't know.
        let account = at(spec, "/serviceAccountName");
        let has_token = spec.pointer("/automountServiceAccountToken") == Some(&Value::Bool(true));
        // Each namespace has an account of this name.
        if !has_token && account != "default" {
            problems.extend(self.missing(object, "ServiceAccount", account));
        }
        problems
    }

    /// What is wrong with a reference to a key of a ConfigMap.
    fn key(&self, object: &Value, reference: Option<&Value>) -> Option<String> {
        let (name, key) = (at(reference?, "/name"), at(reference?, "/key"));
        match self.get(object, "ConfigMap", name) {
            Some(map) if map["data"].get(key).is_some() => None,
            _ => Some(format!("no ConfigMap `{name}` with the key `{key}`")),
        }
    }

    fn service(&self, object: &Value) -> Vec<String> {
        let selector = labels(object.pointer("/spec/selector"));
        let mut problems = self.unselected(object, &selector);
        for port in items(object, "/spec/ports") {
            // A number needs no declaration; a name does, in every pod that may be picked.
            let name = at(port, "/targetPort");
            let lacks = |pod: &&Pod| {
                let mut ports = containers(pod.spec).flat_map(|it| items(it, "/ports"));
                !ports.any(|it| at(it, "/name") == name)
            };
            if !name.is_empty() && self.selected(object, &selector).any(|pod| lacks(&pod)) {
                problems.push(format!("a pod without the port `{name}`"));
            }
        }
        problems
    }

    fn ingress(&self, object: &Value) -> Vec<String> {
        let paths = items(object, "/spec/rules").flat_map(|rule| items(rule, "/http/paths"));
        let problem = |path: &Value| {
            let to = path.pointer("/backend/service")?;
            let name = at(to, "/name");
            let has = |service: &&Value| {
                items(service, "/spec/ports").any(|port| {
                    port["name"] == to["port"]["name"] && !port["name"].is_null()
                        || port["port"] == to["port"]["number"]
                })
            };
            match self.get(object, "Service", name).as_ref() {
                Some(service) if has(service) => None,
                _ => Some(format!("no Service `{name}` with the port {}", to["port"])),
            }
        };
        paths.filter_map(problem).collect()
    }

    fn route(&self, object: &Value) -> Vec<String> {
        let all = items(object, "/spec/rules").flat_map(|rule| items(rule, "/backendRefs"));
        let problem = |to: &Value| {
            let name = at(to, "/name");
            let has = |service: &&Value| {
                items(service, "/spec/ports").any(|port| port["port"] == to["port"])
            };
            match self.get(object, "Service", name).as_ref() {
                Some(service) if has(service) => None,
                _ => Some(format!("no Service `{name}` with the port {}", to["port"])),
            }
        };
        all.filter_map(problem).collect()
    }

    /// The object of a kind and name in the namespace of another.
    fn get(&self, beside: &Value, kind: &str, name: &str) -> Option<&'a Value> {
        self.by_name.get(&(namespace(beside), kind, name)).copied()
    }

    /// The problem if an object is named and not there.
    fn missing(&self, beside: &Value, kind: &str, name: &str) -> Option<String> {
        let is_missing = !name.is_empty() && self.get(beside, kind, name).is_none();
        is_missing.then(|| format!("no {kind} `{name}`"))
    }

    fn selected(&self, beside: &Value, selector: &Labels) -> impl Iterator<Item = &Pod<'a>> {
        self.pods
            .iter()
            .filter(|pod| pod.namespace == namespace(beside) && selects(selector, &pod.labels))
    }

    /// The problem if labels select no pod, or, for want of labels, every pod.
    fn unselected(&self, beside: &Value, selector: &Labels) -> Vec<String> {
        let is_good = !selector.is_empty() && self.selected(beside, selector).next().is_some();
        let problem = || format!("no pod is selected by {selector:?}");
        if is_good { vec![] } else { vec![problem()] }
    }
}

/// The template of a workload's pods.
fn template(object: &Value) -> Option<&Value> {
    ["/spec/template", "/spec/jobTemplate/spec/template"]
        .iter()
        .find_map(|place| object.pointer(place))
}

/// The text at a JSON pointer; empty where there is none.
fn at<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

/// The items of the list at a JSON pointer.
fn items<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn namespace(object: &Value) -> &str {
    at(object, "/metadata/namespace")
}

fn name_of(object: &Value) -> String {
    format!(
        "{} {}/{}",
        at(object, "/kind"),
        namespace(object),
        at(object, "/metadata/name")
    )
}

fn labels(value: Option<&Value>) -> Labels {
    let fields = value.and_then(Value::as_object).into_iter().flatten();
    fields
        .map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect()
}

fn selects(selector: &Labels, labels: &Labels) -> bool {
    selector
        .iter()
        .all(|(key, value)| labels.get(key) == Some(value))
}

fn containers(spec: &Value) -> impl Iterator<Item = &Value> {
    items(spec, "/initContainers").chain(items(spec, "/containers"))
}

#[test]
fn the_objects_of_every_example_fit_together() {
    let kubernetes = backend("kubernetes").expect("the backend has this name");
    check_each(&programs(), |example| {
        let mut problems = Vec::new();
        for build in builds(example, &[kubernetes]) {
            let files = build.artifacts.iter();
            // What is copied is of kinds that nobody here knows.
            let ours = |path: &str| {
                path.starts_with("kubernetes/") && !path.contains("/15-") && !path.contains("/12-")
            };
            let files = files.filter(|file| ours(&file.path));
            let text: String = files.map(|file| file.text.as_str()).collect();
            if text.is_empty() {
                problems.push("no object is written".to_owned());
            }
            problems.extend(decode(&text));
        }
        problems
    });
}

/// Which of these objects a program couldn't copy beside its own, by kind and name.
fn taken<'a>(
    program: &Fixture,
    target: Option<String>,
    objects: &BTreeSet<(&'a str, &'a str)>,
) -> BTreeSet<(&'a str, &'a str)> {
    let copies = objects.iter().map(|(kind, name)| {
        format!("---\n{{apiVersion: v9, kind: {kind}, metadata: {{name: {name}}}}}\n")
    });
    let mut files = named(&program.text);
    files.insert(
        "copy.yaml".to_owned(),
        Ok(copies.collect::<String>().into()),
    );
    let options = Options {
        target,
        files,
        ..Options::default()
    };
    let text = format!("{}\nobject \"copy.yaml\"\n", program.text);
    let found = compile(&text, &options).diagnostics.into_iter();
    let clashes = found.filter(|found| found.code == Code::ObjectClash);
    let clashes: Vec<_> = clashes.map(|found| found.message).collect();
    let is_taken = |(kind, name): &&(&str, &str)| {
        let object = format!(" the {kind} `{name}`,");
        clashes.iter().any(|message| message.contains(&object))
    };
    let taken: BTreeSet<_> = objects.iter().filter(is_taken).copied().collect();
    assert_eq!(taken.len(), clashes.len(), "{clashes:?}");
    taken
}

/// What is written is taken, and nothing else: an object of the same kind and name can't be copied.
#[test]
fn every_object_that_is_written_is_known_to_the_check() {
    let kubernetes = backend("kubernetes").expect("the backend has this name");
    check_each(&programs(), |program| {
        let mut problems = Vec::new();
        for build in builds(program, &[kubernetes]) {
            let app = build.app.as_ref().expect("a program is right");
            let ours = build.artifacts.iter();
            let ours = ours.filter(|file| file.path.starts_with("kubernetes/"));
            let text: String = ours.map(|file| file.text.as_str()).collect();
            let documents = serde_yaml::Deserializer::from_str(&text);
            let written = documents.map(|it| Value::deserialize(it).expect("it is YAML"));
            let written: Vec<_> = written.filter(|it| it["metadata"].is_object()).collect();
            let id = |it| (at(it, "/kind"), at(it, "/metadata/name"));
            let there: BTreeSet<_> = written.iter().map(id).collect();
            let others = there
                .iter()
                .flat_map(|(_, name)| KINDS.iter().map(|it| (it.name, *name)));
            let all: BTreeSet<_> = there.iter().copied().chain(others).collect();
            let taken = taken(program, app.target.clone(), &all);
            // A Job's name ends in a hash of what it runs.
            let ours = written.iter().filter(|it| at(it, "/kind") != "Job");
            let ours =
                ours.filter(|it| namespace(it).is_empty() || app.namespace.name == namespace(it));
            let ours: BTreeSet<_> = ours.map(id).collect();
            let free = ours.difference(&taken);
            problems.extend(free.map(|(kind, name)| format!("{kind} {name} could be copied")));
            let more = taken.difference(&there);
            problems.extend(more.map(|(kind, name)| format!("{kind} {name} isn't written")));
        }
        problems
    });
}

/// Objects that fit together.
const GOOD: &str = r#"---
apiVersion: v1
kind: Namespace
metadata: { name: todo }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: config, namespace: todo }
data: { LEVEL: "info" }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: todo, namespace: todo }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: todo }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, extra: "1" } }
    spec:
      serviceAccountName: todo
      containers:
        - name: web
          image: web
          ports: [{ name: http, containerPort: 80 }]
          envFrom: [{ configMapRef: { name: config } }, { secretRef: { name: secrets } }]
          env:
            - name: LEVEL_TOO
              valueFrom: { configMapKeyRef: { name: config, key: LEVEL } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: todo }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 8080, targetPort: http }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: todo }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers: [{ name: db, image: db, ports: [{ name: sql, containerPort: 5432 }] }]
      volumes:
        - name: data
          persistentVolumeClaim: { claimName: data }
        - name: files
          configMap: { name: config }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: todo }
spec:
  selector: { app: db }
  ports: [{ port: 5432, targetPort: sql }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: todo }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: "1Gi" } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: todo }
spec:
  rules:
    - host: todo.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: web, port: { name: http } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: todo }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: todo }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
"#;

#[test]
fn good_objects_have_no_problem() {
    assert_eq!(decode(GOOD), [""; 0]);
}

/// What to replace in [`GOOD`] by what, and what is wrong then.
const FAULTS: &[(&str, &str, &[&str])] = &[
    (
        "replicas: 2",
        "replicaz: 2",
        &["Deployment todo/web: no field spec.replicaz"],
    ),
    (
        "replicas: 2",
        "replicas: \"2\"",
        &["Deployment todo/web: invalid type: string \"2\", expected i32"],
    ),
    (
        "LEVEL: \"info\"",
        "LEVEL: true",
        &["ConfigMap todo/config: invalid type: boolean `true`, expected a string"],
    ),
    (
        "LEVEL: \"info\"",
        "LEVEL: a, LEVEL: b",
        &["data: duplicate entry with key \"LEVEL\" at line 9 column 7"],
    ),
    (
        "kind: PodDisruptionBudget",
        "kind: PodBudget",
        &["PodBudget todo/web: an unknown kind of `policy/v1`"],
    ),
    (
        "kind: PersistentVolumeClaim",
        "kind: Secret",
        &[
            "StatefulSet todo/db: no PersistentVolumeClaim `data`",
            "Secret todo/data: a Secret is never written",
        ],
    ),
    (
        "metadata: { name: todo }",
        "metadata: { name: todo, namespace: todo }",
        &["Namespace todo/todo: namespaced should be false"],
    ),
    (
        "{ name: todo, namespace: todo }",
        "{ name: todo }",
        &[
            "ServiceAccount /todo: namespaced should be true",
            "Deployment todo/web: no ServiceAccount `todo`",
        ],
    ),
    (
        "metadata: { name: todo }",
        "metadata: { namespace: \"\" }",
        &["Namespace /: it has no name"],
    ),
    (
        "labels: { app: db }",
        "labels: { app: bd }",
        &[
            "StatefulSet todo/db: it doesn't select its own pods",
            "Service todo/db: no pod is selected by {\"app\": \"db\"}",
            "NetworkPolicy todo/db: no pod is selected by {\"app\": \"db\"}",
        ],
    ),
    (
        "from: [{ podSelector: { matchLabels: { app: web } } }]",
        "from: [{ podSelector: { matchLabels: { app: wep } } }]",
        &["NetworkPolicy todo/db: no pod is selected by {\"app\": \"wep\"}"],
    ),
    (
        "podSelector: { matchLabels: { app: db } }",
        "podSelector: {}",
        &["NetworkPolicy todo/db: no pod is selected by {}"],
    ),
    (
        "targetPort: sql",
        "targetPort: mysql",
        &["Service todo/db: a pod without the port `mysql`"],
    ),
    (
        "envFrom: [{ configMapRef: { name: config } }",
        "envFrom: [{ configMapRef: { name: confix } }",
        &["Deployment todo/web: no ConfigMap `confix`"],
    ),
    (
        "key: LEVEL",
        "key: LEVER",
        &["Deployment todo/web: no ConfigMap `config` with the key `LEVER`"],
    ),
    (
        "configMap: { name: config }",
        "configMap: { name: confix }",
        &["StatefulSet todo/db: no ConfigMap `confix`"],
    ),
    (
        "serviceName: db",
        "serviceName: bd",
        &["StatefulSet todo/db: no Service `bd`"],
    ),
    (
        "port: { name: http }",
        "port: { name: grpc }",
        &["Ingress todo/web: no Service `web` with the port {\"name\":\"grpc\"}"],
    ),
];

#[test]
fn every_fault_is_found() {
    let mut failures = Vec::new();
    for (from, to, expected) in FAULTS {
        assert!(GOOD.contains(from), "{from}");
        let found = decode(&GOOD.replacen(from, to, 1));
        if found != *expected {
            failures.push(format!("{from} to {to}: {found:?}"));
        }
    }
    report(&failures);
}
