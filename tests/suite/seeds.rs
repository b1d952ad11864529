//! Five systems that run today, each an example: what is known of them, fact by fact.
//!
//! The facts are read out of the output, as lines: what runs, what it reads, who reaches it, how
//! its image is built. They must be those stated here, no fewer and no more: so a variable that a
//! container shouldn't see is found as well as one that it lacks.
use std::collections::BTreeSet;

use serde::Deserialize;
use serde_yaml::Value;
use todoc::backend::{Artifact, BACKENDS};
use todoc::ir;

use crate::support::{builds, examples, report};

/// Two tiers with a ConfigMap each, and a Secret of the backend's own in kebab case.
const TODO_CRUD: &str = "
frontend: a Deployment in default of 2 pods with app=todo-frontend, surge 1 unavailable 0
frontend runs todo-frontend:latest, pulled IfNotPresent, on 3000
frontend gets cpu 100m..500m, memory 128Mi..512Mi
frontend is alive by GET / on 3000, after 10s, every 10s
frontend is ready by GET / on 3000, after 5s, every 5s
frontend reads HOSTNAME = 0.0.0.0
frontend reads PORT = 3000
frontend reads NEXT_PUBLIC_API_URL of ConfigMap frontend-config
backend: a Deployment in default of 2 pods with app=todo-backend, surge 1 unavailable 0
backend runs todo-backend:latest, pulled IfNotPresent, on 8000
backend gets cpu 200m..1000m, memory 256Mi..1Gi
backend is alive by GET /health on 8000, after 15s, every 10s
backend is ready by GET /health on 8000, after 5s, every 5s
backend reads CORS_ORIGINS of ConfigMap backend-config
backend reads APP_NAME of ConfigMap backend-config
backend reads DEBUG of ConfigMap backend-config
backend reads DATABASE_URL of Secret backend-secrets, key database-url
backend reads JWT_SECRET of Secret backend-secrets, key jwt-secret
backend reads GROQ_API_KEY of Secret backend-secrets, key groq-api-key
backend reads GEMINI_API_KEY of Secret backend-secrets, key gemini-api-key
frontend-config: a ConfigMap in default with NEXT_PUBLIC_API_URL = http://backend-service:8000
backend-config: a ConfigMap in default with CORS_ORIGINS = http://localhost:3000,https://yourdomain.com
backend-config: a ConfigMap in default with APP_NAME = Todo CRUD API
backend-config: a ConfigMap in default with DEBUG = false
frontend-service: a NodePort in default, 30001 and 3000 to 3000 of app=todo-frontend
backend-service: a NodePort in default, 30002 and 8000 to 8000 of app=todo-backend
image frontend: ./frontend becomes todo-frontend:latest
image frontend: base, deps, builder, runner are node:24-slim
image frontend: EXPOSE 3000, USER 10001:10001, HEALTHCHECK of 3000 /
image backend: ./backend becomes todo-backend:latest
image backend: base, builder, runner are python:3.13-slim
image backend: EXPOSE 8000, USER 10001:10001, HEALTHCHECK of 8000 /health
image backend: copies from ghcr.io/astral-sh/uv
";

/// One ConfigMap and one Secret for both tiers, images of a fixed tag.
const TODO_HELM: &str = "
todo-frontend: a Deployment in default of 2 pods with app=frontend, surge 1 unavailable 0
todo-frontend runs todo-frontend:v1.0.0, pulled IfNotPresent, on 3000
todo-frontend gets cpu 100m..500m, memory 128Mi..512Mi
todo-frontend is alive by GET / on 3000, every 10s
todo-frontend is ready by GET / on 3000, every 10s
todo-frontend reads HOSTNAME = 0.0.0.0
todo-frontend reads PORT = 3000
todo-frontend reads NEXT_PUBLIC_API_URL of ConfigMap todo-config
todo-frontend reads NODE_ENV of ConfigMap todo-config
todo-frontend reads LOG_LEVEL of ConfigMap todo-config
todo-frontend reads DATABASE_URL of Secret todo-secrets, key DATABASE_URL
todo-frontend reads OPENAI_API_KEY of Secret todo-secrets, key OPENAI_API_KEY
todo-frontend reads BETTER_AUTH_SECRET of Secret todo-secrets, key BETTER_AUTH_SECRET
todo-backend: a Deployment in default of 2 pods with app=backend, surge 1 unavailable 0
todo-backend runs todo-backend:v1.0.0, pulled IfNotPresent, on 8000
todo-backend gets cpu 100m..500m, memory 256Mi..512Mi
todo-backend is alive by GET /health on 8000, every 10s
todo-backend is ready by GET /health on 8000, every 10s
todo-backend reads NEXT_PUBLIC_API_URL of ConfigMap todo-config
todo-backend reads NODE_ENV of ConfigMap todo-config
todo-backend reads LOG_LEVEL of ConfigMap todo-config
todo-backend reads DATABASE_URL of Secret todo-secrets, key DATABASE_URL
todo-backend reads OPENAI_API_KEY of Secret todo-secrets, key OPENAI_API_KEY
todo-backend reads BETTER_AUTH_SECRET of Secret todo-secrets, key BETTER_AUTH_SECRET
todo-config: a ConfigMap in default with NEXT_PUBLIC_API_URL = http://todo-backend-svc:8000
todo-config: a ConfigMap in default with NODE_ENV = production
todo-config: a ConfigMap in default with LOG_LEVEL = info
todo-frontend-svc: a NodePort in default, 30080 and 3000 to 3000 of app=frontend
todo-backend-svc: a ClusterIP in default, 8000 to 8000 of app=backend
image frontend: ./frontend becomes todo-frontend:v1.0.0
image frontend: base, deps, builder, runner are node:20-alpine
image frontend: EXPOSE 3000, USER 10001:10001, HEALTHCHECK of 3000 /
image backend: ./backend becomes todo-backend:v1.0.0
image backend: base, builder, runner are python:3.13-slim
image backend: EXPOSE 8000, USER 10001:10001, HEALTHCHECK of 8000 /health
image backend: copies from ghcr.io/astral-sh/uv
";

/// A namespace and a load balancer; the backend reads all of the Secret, the frontend none of it.
const TODO_CHATBOT: &str = "
todo-chatbot: a Namespace
todo-chatbot-frontend: a Deployment in todo-chatbot of 2 pods with app=todo-chatbot-frontend, surge 1 unavailable 0
todo-chatbot-frontend runs todo-chatbot-frontend:latest, pulled Never, on 3000
todo-chatbot-frontend gets cpu 250m..500m, memory 256Mi..512Mi
todo-chatbot-frontend is alive by GET / on 3000, every 30s
todo-chatbot-frontend is ready by GET / on 3000, every 10s
todo-chatbot-frontend reads HOSTNAME = 0.0.0.0
todo-chatbot-frontend reads PORT = 3000
todo-chatbot-frontend reads NEXT_PUBLIC_API_URL of ConfigMap todo-chatbot-config
todo-chatbot-frontend reads NODE_ENV of ConfigMap todo-chatbot-config
todo-chatbot-frontend reads PYTHON_ENV of ConfigMap todo-chatbot-config
todo-chatbot-backend: a Deployment in todo-chatbot of 2 pods with app=todo-chatbot-backend, surge 1 unavailable 0
todo-chatbot-backend runs todo-chatbot-backend:latest, pulled Never, on 8000
todo-chatbot-backend gets cpu 250m..500m, memory 256Mi..512Mi
todo-chatbot-backend is alive by GET /health on 8000, every 30s
todo-chatbot-backend is ready by GET /health on 8000, every 10s
todo-chatbot-backend reads NEXT_PUBLIC_API_URL of ConfigMap todo-chatbot-config
todo-chatbot-backend reads NODE_ENV of ConfigMap todo-chatbot-config
todo-chatbot-backend reads PYTHON_ENV of ConfigMap todo-chatbot-config
todo-chatbot-backend reads DATABASE_URL of Secret todo-chatbot-secrets, key DATABASE_URL
todo-chatbot-backend reads JWT_SECRET of Secret todo-chatbot-secrets, key JWT_SECRET
todo-chatbot-backend reads OPENAI_API_KEY of Secret todo-chatbot-secrets, key OPENAI_API_KEY
todo-chatbot-backend reads GOOGLE_AI_API_KEY of Secret todo-chatbot-secrets, key GOOGLE_AI_API_KEY
todo-chatbot-config: a ConfigMap in todo-chatbot with NEXT_PUBLIC_API_URL = http://todo-chatbot-backend:8000
todo-chatbot-config: a ConfigMap in todo-chatbot with NODE_ENV = production
todo-chatbot-config: a ConfigMap in todo-chatbot with PYTHON_ENV = production
todo-chatbot-frontend: a LoadBalancer in todo-chatbot, 80 to 3000 of app=todo-chatbot-frontend
todo-chatbot-backend: a ClusterIP in todo-chatbot, 8000 to 8000 of app=todo-chatbot-backend
image frontend: ./frontend becomes todo-chatbot-frontend:latest
image frontend: base, deps, builder, runner are node:24-slim
image frontend: EXPOSE 3000, USER 10001:10001, HEALTHCHECK of 3000 /
image backend: ./backend becomes todo-chatbot-backend:latest
image backend: base, builder, runner are python:3.13-slim
image backend: EXPOSE 8000, USER 10001:10001, HEALTHCHECK of 8000 /health
image backend: copies from ghcr.io/astral-sh/uv
";

/// Three tiers in the cluster, the database on a claim; only the backend reads the Secret.
const HACKATHON_TODO: &str = "
backend: a Deployment in default of 1 pods with app=hackathon-todo-backend, surge 1 unavailable 0
backend runs hackathon-todo-backend:latest, pulled IfNotPresent, on 8000
backend gets cpu 100m..500m, memory 128Mi..512Mi
backend is alive by GET /health on 8000, every 10s
backend is ready by GET /health on 8000, every 10s
backend begins with wait-for-postgres of postgres:16
backend reads ENVIRONMENT of ConfigMap hackathon-todo-config
backend reads MODEL of ConfigMap hackathon-todo-config
backend reads CORS_ORIGINS of ConfigMap hackathon-todo-config
backend reads LOG_LEVEL of ConfigMap hackathon-todo-config
backend reads DATABASE_URL of Secret hackathon-todo-secrets, key DATABASE_URL
backend reads SECRET_KEY of Secret hackathon-todo-secrets, key SECRET_KEY
backend reads OPENAI_API_KEY of Secret hackathon-todo-secrets, key OPENAI_API_KEY
frontend: a Deployment in default of 1 pods with app=hackathon-todo-frontend, surge 1 unavailable 0
frontend runs hackathon-todo-frontend:latest, pulled IfNotPresent, on 3000
frontend gets cpu 100m..500m, memory 128Mi..512Mi
frontend is alive by GET / on 3000, every 10s
frontend is ready by GET / on 3000, every 10s
frontend reads HOSTNAME = 0.0.0.0
frontend reads PORT = 3000
postgres: a Deployment in default of 1 pods with app=hackathon-todo-postgres, Recreate
postgres runs postgres:16, pulled IfNotPresent, on 5432
postgres is alive by TCP on 5432, every 10s
postgres is ready by pg_isready -h 127.0.0.1 -p 5432 -U postgres -d hackathon_todo, every 10s
postgres keeps the claim postgres at /var/lib/postgresql/data
postgres reads POSTGRES_USER = postgres
postgres reads POSTGRES_DB = hackathon_todo
postgres reads PGDATA = /var/lib/postgresql/data/pgdata
postgres reads POSTGRES_PASSWORD of Secret hackathon-todo-postgres-secrets, key POSTGRES_PASSWORD
postgres: a claim in default of 1Gi, ReadWriteOnce
hackathon-todo-config: a ConfigMap in default with ENVIRONMENT = production
hackathon-todo-config: a ConfigMap in default with MODEL = gpt-4o-mini
hackathon-todo-config: a ConfigMap in default with CORS_ORIGINS = http://localhost:30300
hackathon-todo-config: a ConfigMap in default with LOG_LEVEL = info
backend-svc: a NodePort in default, 30800 and 8000 to 8000 of app=hackathon-todo-backend
frontend-svc: a NodePort in default, 30300 and 3000 to 3000 of app=hackathon-todo-frontend
postgres-svc: a ClusterIP in default, 5432 to 5432 of app=hackathon-todo-postgres
image frontend: ./frontend becomes hackathon-todo-frontend:latest
image frontend: base, deps, builder, runner are node:18-alpine
image frontend: EXPOSE 3000, USER 10001:10001, HEALTHCHECK of 3000 /
image frontend: ARG NEXT_PUBLIC_API_URL is http://localhost:30800
image backend: ./backend becomes hackathon-todo-backend:latest
image backend: base, builder, runner are python:3.11-slim
image backend: EXPOSE 8000, USER 10001:10001, HEALTHCHECK of 8000 /health
";

/// Both tiers read two of the shared keys, and each its own ConfigMap with the other's address.
const TODO_NEON: &str = "
todo: a Namespace
todo-frontend: a Deployment in todo of 1 pods with app=todo-frontend, surge 1 unavailable 0
todo-frontend runs todo-frontend:v1.0.0, pulled IfNotPresent, on 3000
todo-frontend gets cpu 100m..500m, memory 128Mi..512Mi
todo-frontend is alive by GET / on 3000, every 10s
todo-frontend is ready by GET / on 3000, every 10s
todo-frontend reads HOSTNAME = 0.0.0.0
todo-frontend reads PORT = 3000
todo-frontend reads BETTER_AUTH_URL of ConfigMap todo-frontend-config
todo-frontend reads DATABASE_URL of Secret todo-secrets, key DATABASE_URL
todo-frontend reads BETTER_AUTH_SECRET of Secret todo-secrets, key BETTER_AUTH_SECRET
todo-backend: a Deployment in todo of 1 pods with app=todo-backend, surge 1 unavailable 0
todo-backend runs todo-backend:v1.0.0, pulled IfNotPresent, on 8000
todo-backend gets cpu 100m..500m, memory 128Mi..512Mi
todo-backend is alive by GET /health on 8000, every 10s
todo-backend is ready by GET /health on 8000, every 10s
todo-backend reads BACKEND_BETTER_AUTH_URL of ConfigMap todo-backend-config
todo-backend reads FRONTEND_URL of ConfigMap todo-backend-config
todo-backend reads DATABASE_URL of Secret todo-secrets, key DATABASE_URL
todo-backend reads BETTER_AUTH_SECRET of Secret todo-secrets, key BETTER_AUTH_SECRET
todo-backend reads OPENAI_API_KEY of Secret todo-secrets, key OPENAI_API_KEY
todo-frontend-config: a ConfigMap in todo with BETTER_AUTH_URL = http://localhost:30300
todo-backend-config: a ConfigMap in todo with BACKEND_BETTER_AUTH_URL = http://todo-frontend:3000
todo-backend-config: a ConfigMap in todo with FRONTEND_URL = http://localhost:30300
todo-frontend: a NodePort in todo, 30300 and 3000 to 3000 of app=todo-frontend
todo-backend: a NodePort in todo, 30800 and 8000 to 8000 of app=todo-backend
image frontend: ./frontend becomes todo-frontend:v1.0.0
image frontend: base, deps, builder, runner are node:22-alpine
image frontend: EXPOSE 3000, USER 10001:10001, HEALTHCHECK of 3000 /
image frontend: ARG NEXT_PUBLIC_API_URL is http://localhost:30800
image backend: ./backend becomes todo-backend:v1.0.0
image backend: base, builder, runner are python:3.12-slim
image backend: EXPOSE 8000, USER 10001:10001, HEALTHCHECK of 8000 /health
image backend: copies from ghcr.io/astral-sh/uv
";

#[test]
fn todo_crud_is_as_documented() {
    compare("todo-crud", TODO_CRUD);
}

#[test]
fn todo_helm_is_as_documented() {
    compare("todo-helm", TODO_HELM);
}

#[test]
fn todo_chatbot_is_as_documented() {
    compare("todo-chatbot", TODO_CHATBOT);
}

#[test]
fn hackathon_todo_is_as_documented() {
    compare("hackathon-todo", HACKATHON_TODO);
}

#[test]
fn todo_neon_is_as_documented() {
    compare("todo-neon", TODO_NEON);
}

/// Fails with each fact that is stated and not so, or so and not stated.
#[track_caller]
fn compare(example: &str, stated: &str) {
    let found = System::of(example).facts();
    let found: BTreeSet<_> = found.iter().map(String::as_str).collect();
    let stated: BTreeSet<_> = stated.trim().lines().collect();
    let missing = stated
        .difference(&found)
        .map(|fact| format!("missing: {fact}"));
    let unstated = found
        .difference(&stated)
        .map(|fact| format!("not stated: {fact}"));
    report(&missing.chain(unstated).collect::<Vec<_>>());
}

/// What an example became.
struct System {
    objects: Vec<Value>,
    files: Vec<Artifact>,
    /// Name, and keys with the variables they are for, of each Secret that has to exist.
    secrets: Vec<(String, Vec<String>)>,
}

impl System {
    fn of(name: &str) -> System {
        let fixture = examples().into_iter().find(|example| example.name == name);
        let built = builds(&fixture.expect("an example of that name"), BACKENDS).swap_remove(0);
        let app = built.app.expect("an example is right");
        let yaml = built.artifacts.iter();
        let yaml = yaml.filter(|file| file.path.starts_with("kubernetes/"));
        let objects = yaml.flat_map(|file| serde_yaml::Deserializer::from_str(&file.text));
        System {
            objects: objects
                .map(|object| Value::deserialize(object).expect("YAML"))
                .collect(),
            secrets: secrets(&app),
            files: built.artifacts,
        }
    }

    fn facts(&self) -> Vec<String> {
        let mut facts = self.image_facts();
        for object in &self.objects {
            facts.extend(match text(&object["kind"]).as_str() {
                "Namespace" => vec![format!("{}: a Namespace", name(object))],
                "ConfigMap" => Self::config_facts(object),
                "Service" => self.service_facts(object),
                "PersistentVolumeClaim" => vec![format!(
                    "{}: a claim in {} of {}, {}",
                    name(object),
                    namespace(object),
                    text(&object["spec"]["resources"]["requests"]["storage"]),
                    texts(&object["spec"]["accessModes"]).join(" ")
                )],
                "Deployment" | "StatefulSet" => self.workload_facts(object),
                "ServiceAccount" | "NetworkPolicy" | "PodDisruptionBudget" | "Ingress" => vec![],
                kind => vec![format!("{}: an unexpected {kind}", name(object))],
            });
        }
        facts
    }

    fn config_facts(object: &Value) -> Vec<String> {
        let data = object["data"].as_mapping().expect("data");
        data.iter()
            .map(|(key, value)| {
                let (place, value) = (namespace(object), value.as_str().expect("a string"));
                let name = name(object);
                format!(
                    "{name}: a ConfigMap in {place} with {} = {value}",
                    text(key)
                )
            })
            .collect()
    }

    fn service_facts(&self, object: &Value) -> Vec<String> {
        let spec = &object["spec"];
        let app = app_label(&spec["selector"]);
        let pods = self.workloads();
        let pods = pods
            .iter()
            .find(|it| app_label(&it["spec"]["selector"]["matchLabels"]) == app);
        let container =
            &pods.expect("a Service selects pods")["spec"]["template"]["spec"]["containers"][0];
        let ports = list(&spec["ports"]).iter().map(|port| {
            let node = said(&port["nodePort"]).map_or(String::new(), |node| node + " and ");
            format!(
                "{}: a {} in {}, {node}{} to {} of app={app}",
                name(object),
                text(&spec["type"]),
                namespace(object),
                text(&port["port"]),
                number(container, &port["targetPort"])
            )
        });
        ports.collect()
    }

    fn workloads(&self) -> Vec<&Value> {
        let kinds = ["Deployment", "StatefulSet"];
        let all = self.objects.iter();
        all.filter(|object| kinds.contains(&text(&object["kind"]).as_str()))
            .collect()
    }

    fn workload_facts(&self, object: &Value) -> Vec<String> {
        let (name, spec) = (name(object), &object["spec"]);
        let app = app_label(&spec["selector"]["matchLabels"]);
        for labels in [&object["metadata"], &spec["template"]["metadata"]] {
            assert_eq!(text(&labels["labels"]["app"]), app, "the label of {name}");
        }
        let strategy = &spec["strategy"];
        let rollout = match text(&strategy["type"]).as_str() {
            "RollingUpdate" => format!(
                "surge {} unavailable {}",
                text(&strategy["rollingUpdate"]["maxSurge"]),
                text(&strategy["rollingUpdate"]["maxUnavailable"])
            ),
            other => other.to_owned(),
        };
        let pod = &spec["template"]["spec"];
        assert_eq!(list(&pod["containers"]).len(), 1, "one container in {name}");
        let container = &pod["containers"][0];
        let ports: Vec<_> = list(&container["ports"])
            .iter()
            .map(|port| text(&port["containerPort"]))
            .collect();
        let mut facts = vec![
            format!(
                "{name}: a {} in {} of {} pods with app={app}, {rollout}",
                text(&object["kind"]),
                namespace(object),
                text(&spec["replicas"])
            ),
            format!(
                "{name} runs {}, pulled {}, on {}",
                text(&container["image"]),
                text(&container["imagePullPolicy"]),
                ports.join(" ")
            ),
        ];
        let resources = &container["resources"];
        if !resources.is_null() {
            let range = |what: &str| {
                let [request, limit] =
                    ["requests", "limits"].map(|which| text(&resources[which][what]));
                format!("{what} {request}..{limit}")
            };
            let (cpu, memory) = (range("cpu"), range("memory"));
            facts.push(format!("{name} gets {cpu}, {memory}"));
        }
        for (state, probe) in [("alive", "livenessProbe"), ("ready", "readinessProbe")] {
            let probe = probe_fact(container, &container[probe]);
            facts.push(format!("{name} is {state} by {probe}"));
        }
        facts.extend(list(&pod["initContainers"]).iter().map(|first| {
            let (first, image) = (text(&first["name"]), text(&first["image"]));
            format!("{name} begins with {first} of {image}")
        }));
        facts.extend(claim_facts(&name, pod));
        let variables = self.variables(container);
        facts.extend(variables.map(|variable| format!("{name} reads {variable}")));
        facts
    }

    /// Each variable that a container sees, and where it comes from.
    fn variables<'a>(&'a self, container: &'a Value) -> impl Iterator<Item = String> + 'a {
        let spread = list(&container["envFrom"]).iter().flat_map(|source| {
            assert!(source["prefix"].is_null(), "no prefix");
            let (kind, object) = match said(&source["configMapRef"]["name"]) {
                Some(config) => ("ConfigMap", config),
                None => ("Secret", text(&source["secretRef"]["name"])),
            };
            let keys = if kind == "Secret" {
                self.secret_keys(&object)
            } else {
                self.config_keys(&object)
            };
            keys.into_iter().map(move |key| match kind {
                "Secret" => format!("{key} of Secret {object}, key {key}"),
                _ => format!("{key} of ConfigMap {object}"),
            })
        });
        let single = list(&container["env"]).iter().map(|variable| {
            let (name, from) = (text(&variable["name"]), &variable["valueFrom"]);
            if let Some(value) = variable["value"].as_str() {
                return format!("{name} = {value}");
            }
            let (kind, reference) = if from["secretKeyRef"].is_null() {
                ("ConfigMap", &from["configMapKeyRef"])
            } else {
                ("Secret", &from["secretKeyRef"])
            };
            let (object, key) = (text(&reference["name"]), text(&reference["key"]));
            let known = match kind {
                "Secret" => self.secret_keys(&object),
                _ => self.config_keys(&object),
            };
            assert!(known.contains(&key), "{kind} {object} has a key {key}");
            format!("{name} of {kind} {object}, key {key}")
        });
        spread.chain(single)
    }

    fn secret_keys(&self, object: &str) -> Vec<String> {
        let found = self.secrets.iter().find(|(name, _)| name == object);
        found
            .unwrap_or_else(|| panic!("no Secret {object}"))
            .1
            .clone()
    }

    fn config_keys(&self, object: &str) -> Vec<String> {
        let mut all = self.objects.iter();
        let found = all.find(|it| text(&it["kind"]) == "ConfigMap" && name(it) == object);
        let found = found.unwrap_or_else(|| panic!("no ConfigMap {object}"));
        let data = found["data"].as_mapping().expect("data");
        data.keys().map(text).collect()
    }

    fn file(&self, path: &str) -> &str {
        let file = self.files.iter().find(|file| file.path == path);
        &file.unwrap_or_else(|| panic!("no file {path}")).text
    }

    fn image_facts(&self) -> Vec<String> {
        let bake: Value = serde_yaml::from_str(self.file("docker/bake.json")).expect("JSON");
        let mut facts = Vec::new();
        for (tier, target) in bake["target"].as_mapping().expect("targets") {
            let tier = text(tier);
            let dockerfile = self.file(&format!("docker/{tier}.Dockerfile"));
            let made = format!(
                "{} becomes {}",
                text(&target["context"]),
                texts(&target["tags"]).join(" ")
            );
            let made = std::iter::once(made).chain(dockerfile_facts(dockerfile, &target["args"]));
            facts.extend(made.map(|fact| format!("image {tier}: {fact}")));
        }
        facts
    }
}

/// The Secrets that have to exist. Kubernetes makes an `envFrom` of one into variables by its
/// keys, which no object of the output lists.
fn secrets(app: &ir::App) -> Vec<(String, Vec<String>)> {
    let shared = app.secret.iter();
    let of_tiers = app.tiers.iter().filter_map(|tier| tier.pod.secret.as_ref());
    let of_databases = app
        .databases
        .iter()
        .filter_map(|database| database.secret.as_ref());
    let all = shared.chain(of_tiers).chain(of_databases);
    all.map(|secret| {
        let keys = secret.keys.iter().map(|key| key.key.clone());
        (secret.name.clone(), keys.collect())
    })
    .collect()
}

fn probe_fact(container: &Value, probe: &Value) -> String {
    let port = |of: &str| number(container, &probe[of]["port"]);
    let what = if !probe["httpGet"].is_null() {
        let path = text(&probe["httpGet"]["path"]);
        format!("GET {path} on {}", port("httpGet"))
    } else if probe["tcpSocket"].is_null() {
        texts(&probe["exec"]["command"]).join(" ")
    } else {
        format!("TCP on {}", port("tcpSocket"))
    };
    let after = said(&probe["initialDelaySeconds"]);
    let after = after.map_or(String::new(), |after| format!(", after {after}s"));
    format!("{what}{after}, every {}s", text(&probe["periodSeconds"]))
}

/// Each claim of a pod, with the place where the one container has it.
fn claim_facts(name: &str, pod: &Value) -> Vec<String> {
    let claims = list(&pod["volumes"])
        .iter()
        .filter(|volume| !volume["persistentVolumeClaim"].is_null());
    claims
        .map(|volume| {
            let mut mounts = list(&pod["containers"][0]["volumeMounts"]).iter();
            let mount = mounts.find(|mount| mount["name"] == volume["name"]);
            let path = text(&mount.expect("a volume is mounted")["mountPath"]);
            let claim = text(&volume["persistentVolumeClaim"]["claimName"]);
            format!("{name} keeps the claim {claim} at {path}")
        })
        .collect()
}

/// What a Dockerfile says of its bases, and of the image that ships: that of its last stage.
fn dockerfile_facts(dockerfile: &str, args: &Value) -> Vec<String> {
    let mut stages: Vec<(&str, &str)> = Vec::new();
    let mut copied = BTreeSet::new();
    let mut declared = Vec::new();
    let (mut expose, mut user, mut health) = ("", "", String::new());
    let joined = dockerfile.replace("\\\n", " ");
    for line in joined.lines() {
        let (instruction, rest) = line.split_once(' ').unwrap_or((line, ""));
        match instruction {
            "FROM" => {
                let (from, stage) = rest.split_once(" AS ").expect("a stage has a name");
                let base = stages.iter().find(|(stage, _)| *stage == from);
                let base = base.map_or(from, |(_, base)| base);
                stages.push((stage, base));
                (expose, user, health) = ("", "", String::new());
            }
            "COPY" => {
                let from = rest
                    .strip_prefix("--from=")
                    .and_then(|it| it.split(' ').next());
                let image = from.filter(|from| stages.iter().all(|(stage, _)| stage != from));
                copied.extend(image.and_then(|image| image.split(':').next()));
            }
            "ARG" => declared.push(rest),
            "EXPOSE" => expose = rest,
            "USER" => user = rest,
            "HEALTHCHECK" => {
                let command = rest.split_once("CMD ").expect("a command").1;
                let command: Vec<String> = serde_yaml::from_str(command).expect("a list");
                health = command[command.len() - 2..].join(" ");
            }
            _ => {}
        }
    }
    let mut bases: Vec<_> = stages.iter().map(|(_, base)| *base).collect();
    bases.dedup();
    let mut facts: Vec<_> = bases
        .iter()
        .map(|base| {
            let names = stages.iter().filter(|(_, of)| of == base);
            let names: Vec<_> = names.map(|(stage, _)| *stage).collect();
            format!("{} are {base}", names.join(", "))
        })
        .collect();
    facts.push(format!(
        "EXPOSE {expose}, USER {user}, HEALTHCHECK of {health}"
    ));
    facts.extend(copied.iter().map(|image| format!("copies from {image}")));
    facts.extend(
        declared
            .iter()
            .map(|name| format!("ARG {name} is {}", text(&args[*name]))),
    );
    facts
}

/// The number of a port that may be given by its name in the container.
fn number(container: &Value, port: &Value) -> String {
    let mut ports = list(&container["ports"]).iter();
    let named = ports.find(|it| it["name"] == *port);
    named.map_or_else(|| text(port), |it| text(&it["containerPort"]))
}

/// The value of the label `app`, which a selector holds alone.
fn app_label(selector: &Value) -> String {
    assert_eq!(
        selector.as_mapping().map(serde_yaml::Mapping::len),
        Some(1),
        "{selector:?}"
    );
    text(&selector["app"])
}

fn name(object: &Value) -> String {
    text(&object["metadata"]["name"])
}

fn namespace(object: &Value) -> String {
    text(&object["metadata"]["namespace"])
}

fn list(value: &Value) -> &[Value] {
    value.as_sequence().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(text).collect()
}

/// A string or number as text, where there is one.
fn said(value: &Value) -> Option<String> {
    let number = value.as_i64().map(|number| number.to_string());
    number.or_else(|| value.as_str().map(str::to_owned))
}

fn text(value: &Value) -> String {
    said(value).unwrap_or_else(|| format!("{value:?}"))
}
