//! What todoc accepts, a real API server accepts: every object of every example and program, for
//! every target, without a warning; again, and over those of an earlier version.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use todoc::Compiled;
use todoc::backend::BACKENDS;

use crate::cli::{Ran, Test};
use crate::restricted::foreign;
use crate::server::{Server, Verb};
use crate::support::{Fixture, builds, fixtures, programs, read, report};

/// The label by which the API server refuses pods that Pod Security's `restricted` does.
const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// The documents of a text.
pub(crate) fn documents(text: &str) -> Vec<Value> {
    serde_yaml::Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).expect("YAML"))
        .filter(|object| !object.is_null())
        .collect()
}

/// The objects of an output, but for those that it copies, whose kinds are others'.
pub(crate) fn objects(built: &Compiled) -> Vec<Value> {
    let artifacts = built.artifacts.iter().filter(|artifact| {
        let name = artifact.path.strip_prefix("kubernetes/");
        name.is_some_and(|name| !name.starts_with("15-") && !name.starts_with("12-"))
    });
    artifacts
        .flat_map(|artifact| documents(&artifact.text))
        .collect()
}

fn kind(object: &Value) -> &str {
    object["kind"].as_str().unwrap_or_default()
}

fn called(object: &Value) -> String {
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    format!("{} {name}", kind(object))
}

/// Moves objects to a namespace; what makes one is left out.
fn moved(objects: Vec<Value>, namespace: &str) -> Vec<Value> {
    let mut moved: Vec<_> = objects
        .into_iter()
        .filter(|object| kind(object) != "Namespace")
        .collect();
    for object in &mut moved {
        object["metadata"]["namespace"] = json!(namespace);
    }
    moved
}

/// The pod that a workload would make: of a Deployment the server takes what it refuses of pods.
fn pod(object: &Value) -> Option<Value> {
    let places = ["/spec/template", "/spec/jobTemplate/spec/template"];
    let mut pod = places
        .iter()
        .find_map(|place| object.pointer(place))?
        .clone();
    pod["apiVersion"] = json!("v1");
    pod["kind"] = json!("Pod");
    for key in ["name", "namespace"] {
        pod["metadata"][key] = object["metadata"][key].clone();
    }
    // A StatefulSet gives its pods a volume for each of its claims.
    let claims = object["spec"]["volumeClaimTemplates"].as_array();
    for claim in claims.into_iter().flatten() {
        let volume = json!({ "name": claim["metadata"]["name"], "emptyDir": {} });
        match pod["spec"]["volumes"].as_array_mut() {
            Some(volumes) => volumes.push(volume),
            None => pod["spec"]["volumes"] = json!([volume]),
        }
    }
    Some(pod)
}

/// Makes the class that a pod's patch names, as somebody did in the cluster that it is for.
fn prioritised(server: &mut Server, pod: &Value) {
    if let Some(name) = pod["spec"]["priorityClassName"].as_str() {
        let class = json!({ "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass",
            "metadata": { "name": name }, "value": 1000 });
        server.ask_one(Verb::Create, &class);
    }
}

/// The accounts that pods have and that aren't among these: somebody else's, which are there already.
fn accounts_of_others(pods: &[Value], ours: &[Value]) -> Vec<Value> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    names.extend(
        pods.iter()
            .filter_map(|pod| pod["spec"]["serviceAccountName"].as_str()),
    );
    for account in ours {
        names.remove(account["metadata"]["name"].as_str().unwrap_or_default());
    }
    // Each namespace has it.
    names.remove("default");
    let namespace = |pod: &Value| pod["metadata"]["namespace"].clone();
    let namespace = pods.first().map_or(Value::Null, namespace);
    let account = |name| {
        let metadata = json!({ "name": name, "namespace": namespace });
        json!({ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata })
    };
    names.into_iter().map(account).collect()
}

/// What the server finds in one output.
pub(crate) fn problems(server: &mut Server, built: &Compiled) -> Vec<String> {
    let app = built.app.as_ref().expect("it compiles");
    let all = objects(built);
    let mut labels = json!({});
    let own = all.iter().find(|it| kind(it) == "Namespace");
    let own = own.and_then(|it| it["metadata"]["labels"].as_object());
    for (key, value) in own.into_iter().flatten() {
        if key.starts_with("pod-security.kubernetes.io/") {
            labels[key] = value.clone();
        }
    }
    // Where all is ours, nothing less is enforced, but for what a program switches off or can't know.
    let is_strict = foreign(app).is_empty() && labels[ENFORCE] == json!("restricted");
    if is_strict {
        labels["pod-security.kubernetes.io/warn"] = json!("restricted");
    }
    let mut problems = Vec::new();
    let mut note = |object: &Value, found: Vec<String>| {
        problems.extend(found.iter().map(|it| format!("{}: {it}", called(object))));
    };
    // Its own namespace, which no dry run would make for the others.
    for object in all.iter().filter(|it| kind(it) == "Namespace") {
        note(object, server.ask_one(Verb::Check, object).problems());
    }
    let namespace = server.namespace(&labels);
    let all = moved(all, &namespace);
    // Pods are refused without their account.
    let (accounts, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| kind(it) == "ServiceAccount");
    for account in &accounts {
        note(account, server.ask_one(Verb::Create, account).problems());
    }
    let pods: Vec<_> = others.iter().filter_map(pod).collect();
    for account in accounts_of_others(&pods, &accounts) {
        note(&account, server.ask_one(Verb::Create, &account).problems());
    }
    for pod in &pods {
        prioritised(server, pod);
    }
    for list in [&others, &pods] {
        for (object, verdict) in list.iter().zip(server.ask(Verb::Check, list)) {
            note(object, verdict.problems());
        }
    }
    // A node port out of its range passes a dry run.
    let services = others.into_iter().filter(|it| kind(it) == "Service");
    let services: Vec<_> = services.collect();
    for (service, verdict) in services.iter().zip(server.ask(Verb::Create, &services)) {
        note(service, verdict.problems());
    }
    server.ask(Verb::Delete, &services);
    problems
}

#[test]
fn the_server_takes_every_object_without_a_warning() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let mut all = Vec::new();
    for fixture in programs() {
        for built in builds(&fixture, BACKENDS) {
            let target = built.app.as_ref().and_then(|app| app.target.clone());
            let found = problems(&mut server, &built);
            let place = format!("{} {}", fixture.path, target.unwrap_or_default());
            all.extend(found.iter().map(|it| format!("{place}: {it}")));
        }
    }
    report(&all);
}

/// What stops `new` from being applied over `old`, and `new` again over itself.
fn obstacles(server: &mut Server, old: Vec<Value>, new: Vec<Value>) -> Vec<String> {
    let namespace = server.namespace(&json!({}));
    let mut obstacles = Vec::new();
    let new = moved(new, &namespace);
    for list in [&moved(old, &namespace), &new, &new] {
        for object in list {
            let found = server.ask_one(Verb::Apply, object).problems();
            obstacles.extend(found.iter().map(|it| format!("{}: {it}", called(object))));
        }
    }
    for service in new.iter().filter(|it| kind(it) == "Service") {
        server.ask_one(Verb::Delete, service);
    }
    obstacles
}

/// A fixture of a folder.
fn fixture(folder: &str, name: &str) -> Fixture {
    let all = fixtures(folder);
    all.into_iter()
        .find(|it| it.name == name)
        .expect("a fixture")
}

#[test]
fn another_version_is_applied_over_the_one_that_runs() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let built = |name| builds(&fixture("tests/upgrades", name), BACKENDS).remove(0);
    let (before, after) = (objects(&built("before")), objects(&built("after")));
    let kept = before.iter().filter(|old| {
        let same = |new: &Value| called(new) == called(old);
        after.iter().any(same)
    });
    assert!(kept.count() > 8, "they are versions of one application");
    report(&obstacles(&mut server, before, after));
}

/// The objects that the summary of a build speaks of below a heading, such as `service/shop-db`.
fn spoken_of(ran: &Ran, heading: &str, end: &str) -> BTreeSet<String> {
    let (_, rest) = ran.stdout.split_once(heading).unwrap_or_default();
    let (part, _) = rest.split_once(end).unwrap_or((rest, ""));
    let words = part.split_whitespace();
    let claim = part.contains("PersistentVolumeClaim ");
    words
        .filter(|word| word.contains('/') || (claim && word.starts_with("shop-")))
        .map(|word| word.trim_start_matches("persistentvolumeclaim/").to_owned())
        .collect()
}

/// What can't be changed in place is what the server refuses to change, or leaves as it is: a Service
/// that shall no longer be headless stays so, and a claim takes a class while it has none, which it
/// has in most clusters.
#[test]
fn a_build_says_what_the_server_will_not_change() {
    const SHOP: &str = "app shop { registry \"a.example.com\" }\n\
        postgres db { version 17, storage 1Gi, secret P from env }\n\
        tier api { build fastapi \"./api\", port 8000, health \"/\", volume v 1Gi shared at \"/v\" }\n";
    let Some(mut server) = Server::start() else {
        return;
    };
    let mut all = Vec::new();
    for (from, to, number, refused_first) in [
        ("storage 1Gi", "storage 1Gi, workload deployment", 1, 0),
        ("storage 1Gi", "storage 2Gi", 1, 1),
        ("registry", "naming { label \"{tier}\" }, registry", 2, 2),
        ("shared", "shared class \"nfs\"", 1, 0),
        ("version 17", "cpu 1, memory 1Gi, version 17", 0, 0),
        (
            "port 8000",
            "port 9000 as 80, expose nodeport 30555, replicas 2",
            0,
            0,
        ),
        (
            "postgres db { version 17, storage 1Gi, secret P from env }",
            "tier db { image \"a:1\", port 80, health \"/\" }",
            1,
            0,
        ),
    ] {
        let other = SHOP.replacen(from, to, 1);
        assert_ne!(SHOP, other, "{from}");
        let there = (SHOP, other.as_str(), refused_first);
        for (old, new, most) in [there, (other.as_str(), SHOP, number)] {
            let test = Test::new().file("shop.todo", old);
            test.run(&["build", "shop.todo"]).ok();
            let built = |test: &Test| -> Vec<Value> {
                let files = test.tree("out/kubernetes").into_iter();
                files.flat_map(|(_, text)| documents(&text)).collect()
            };
            let before = built(&test);
            let test = test.file("shop.todo", new);
            let ran = test.run(&["build", "shop.todo"]);
            assert_eq!(ran.status, Some(0), "{}", ran.stderr);
            let after = built(&test);

            let namespace = server.namespace(&json!({}));
            for object in &moved(before, &namespace) {
                assert_eq!(server.ask_one(Verb::Apply, object).problems(), [""; 0]);
            }
            let mut refused = BTreeSet::new();
            for object in &moved(after, &namespace) {
                let name = object["metadata"]["name"].as_str().unwrap_or_default();
                let word = match kind(object) {
                    "PersistentVolumeClaim" => name.to_owned(),
                    kind => format!("{}/{name}", kind.to_lowercase()),
                };
                if !server.ask_one(Verb::Apply, object).is_yes() {
                    refused.insert(word);
                }
                if kind(object) == "Service" {
                    server.ask_one(Verb::Delete, object);
                }
            }
            let mut said = spoken_of(&ran, "can't be changed in place", "# start");
            let claims = spoken_of(&ran, "change them by hand\n", "\n\n");
            let is_of_a_set = |it: &String| said.contains(&format!("statefulset/{it}"));
            let claims: Vec<_> = claims.into_iter().filter(|it| !is_of_a_set(it)).collect();
            said.extend(claims);
            if !said.is_superset(&refused) || (said.len(), refused.len()) != (number, most) {
                all.push(format!("{new}: said {said:?}, refused {refused:?}"));
            }
        }
    }
    report(&all);
}

#[test]
fn what_runs_is_taken_over_by_the_server() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let mut all = Vec::new();
    for fixture in fixtures("tests/adoption") {
        let running = documents(&read(&fixture.path.replace(".todo", ".yaml")));
        let new = objects(&builds(&fixture, BACKENDS).remove(0));
        // Who applied them isn't us: fields of theirs that we don't name stay.
        let found = obstacles(&mut server, running, new);
        all.extend(found.iter().map(|it| format!("{}: {it}", fixture.path)));
    }
    report(&all);
}

/// The checks above are some: each thing that a lowering could get wrong is found.
#[test]
#[expect(clippy::too_many_lines, reason = "most of it is a table")]
fn what_a_wrong_lowering_writes_is_refused() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let built = builds(&fixture("examples", "todo"), BACKENDS).remove(0);
    let namespace = server.namespace(&json!({ ENFORCE: "restricted" }));
    let all = moved(objects(&built), &namespace);
    let of = |wanted: &str| {
        all.iter()
            .find(|it| kind(it) == wanted)
            .expect("one")
            .clone()
    };
    for account in all.iter().filter(|it| kind(it) == "ServiceAccount") {
        server.ask_one(Verb::Create, account);
    }
    let deployment = of("Deployment");
    let service = of("Service");
    for (object, place, value, refusal) in [
        (
            &deployment,
            "/spec/template/metadata/labels/app",
            json!("other"),
            "does not match template",
        ),
        (&deployment, "/spec/selector", json!(null), "selector"),
        (
            &deployment,
            "/spec/replicas",
            json!("2"),
            "cannot unmarshal string",
        ),
        (
            &deployment,
            "/spec/template/spec/containers/0/ports/0/containerPort",
            json!("8000"),
            "cannot unmarshal string",
        ),
        (
            &deployment,
            "/spec/template/spec/containers/0/env/0/value",
            json!(1),
            "cannot unmarshal number",
        ),
        (
            &deployment,
            "/spec/template/spec/container",
            json!([]),
            "unknown field",
        ),
        (
            &deployment,
            "/spec/template/spec/containers/0/name",
            json!("a".repeat(80)),
            "must be no more than 63",
        ),
        (
            &service,
            "/metadata/name",
            json!("a".repeat(80)),
            "must be no more than 63",
        ),
        (
            &service,
            "/spec/type",
            json!("nodeport"),
            "Unsupported value",
        ),
        (
            &service,
            "/spec/ports/0/port",
            json!(0),
            "between 1 and 65535",
        ),
        (
            &service,
            "/metadata/labels/app",
            json!("a b"),
            "a valid label",
        ),
    ] {
        let mut broken = object.clone();
        let (parent, key) = place.rsplit_once('/').expect("a pointer");
        let parent = broken
            .pointer_mut(parent)
            .unwrap_or_else(|| panic!("no {place}"));
        parent[key] = value;
        let verdict = server.ask_one(Verb::Check, &broken);
        assert!(!verdict.is_yes(), "{place} is taken");
        assert!(
            verdict.message.contains(refusal),
            "{place}: {}",
            verdict.message
        );
    }
    let mut root = pod(&deployment).expect("a pod");
    root["spec"]["securityContext"]["runAsNonRoot"] = json!(null);
    let verdict = server.ask_one(Verb::Check, &root);
    assert!(
        verdict.message.contains("violates PodSecurity"),
        "{verdict:?}"
    );
}
