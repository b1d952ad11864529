//! What pods may reach and fill where nobody says anything of it: egress, capabilities, empty folders.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::{Options, compile};

/// A program with one of everything that has pods.
const PROGRAM: &str = r#"app shop

postgres db {
  version 17
  storage 1Gi
  secret DB_PASSWORD from env
}

redis cache { version 8 }

tier web {
  build fastapi "./web"
  port 8000
  health "/"
  migrate "alembic" "upgrade" "head"
  env { DATABASE_URL = db.url, CACHE_URL = cache.url }
}

tier proxy {
  image "ghcr.io/acme/proxy:1.0.0"
  writable "/var/cache/proxy"
  disk 1Gi
}

tier sidecar {
  image "ghcr.io/acme/events:1.0.0"
  annotate "dapr.io/enabled" = true
}

job seed from web { command "seed" }

cron sweep "@daily" { image "ghcr.io/acme/sweep:1.0.0" }
"#;

/// The Kubernetes objects of a program.
fn objects(program: &str) -> Vec<Value> {
    let options = Options {
        emit: BACKENDS.to_vec(),
        ..Options::default()
    };
    let built = compile(program, &options);
    assert!(built.app.is_some(), "{:?}", built.diagnostics);
    let yaml = built.artifacts.iter();
    let yaml = yaml.filter(|it| it.path.starts_with("kubernetes/"));
    yaml.flat_map(|it| {
        serde_yaml::Deserializer::from_str(&it.text)
            .map(|document| Value::deserialize(document).expect("YAML"))
            .collect::<Vec<_>>()
    })
    .collect()
}

/// The policies of a program, by the label of the pods that each is for.
fn policies(program: &str) -> Vec<(String, Value)> {
    let all = objects(program).into_iter();
    let policies = all.filter(|it| it["kind"] == "NetworkPolicy");
    policies
        .map(|it| {
            let label = it["spec"]["podSelector"]["matchLabels"]["app"].as_str();
            (label.expect("a label").to_owned(), it["spec"].clone())
        })
        .collect()
}

/// The labels of the pods of a program, by the label `app`.
fn labels(program: &str) -> Vec<String> {
    let paths = [
        "/spec/template/metadata/labels/app",
        "/spec/jobTemplate/spec/template/metadata/labels/app",
    ];
    let all = objects(program).into_iter();
    let labels = all.filter_map(|it| {
        let label = paths.iter().find_map(|path| it.pointer(path))?;
        label.as_str().map(str::to_owned)
    });
    labels.collect()
}

/// Everything but the metadata server, which some ask for names.
fn not_metadata() -> Value {
    json!([
        { "to": [
            { "ipBlock": { "cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"] } },
            { "ipBlock": { "cidr": "::/0", "except": ["fd00:ec2::254/128"] } },
            { "namespaceSelector": {} },
        ] },
        {
            "to": [{ "ipBlock": { "cidr": "169.254.169.254/32" } }],
            "ports": [{ "protocol": "UDP", "port": 53 }, { "protocol": "TCP", "port": 53 }],
        },
    ])
}

/// Without one, all that runs in the cluster might connect to it, and it to all.
#[test]
fn every_pod_has_a_policy_of_its_own() {
    let mut policies: Vec<_> = policies(PROGRAM).into_iter().map(|it| it.0).collect();
    let mut pods = labels(PROGRAM);
    assert_eq!(pods.len(), 8, "{pods:?}");
    policies.sort();
    pods.sort();
    assert_eq!(policies, pods);
}

#[test]
fn databases_connect_to_nobody_and_no_pod_to_the_metadata_server() {
    for (label, spec) in policies(PROGRAM) {
        let types = &spec["policyTypes"];
        let (wanted, egress) = match label.as_str() {
            "shop-db" | "shop-cache" => (json!(["Ingress", "Egress"]), Value::Null),
            "shop-sidecar" => (json!(["Ingress"]), Value::Null),
            _ => (json!(["Ingress", "Egress"]), not_metadata()),
        };
        assert_eq!((types, &spec["egress"]), (&wanted, &egress), "{label}");
        let is_reached = ["shop-db", "shop-cache"].contains(&label.as_str());
        assert_eq!(spec["ingress"].is_null(), !is_reached, "{label}");
    }
}

/// What can't do without the metadata server, such as a workload identity, says so.
#[test]
fn egress_is_opened_by_its_word_alone() {
    let all = PROGRAM.replacen("app shop", "app shop { without egress_policy }", 1);
    for (label, spec) in policies(&all) {
        let found = (&spec["policyTypes"], &spec["egress"]);
        assert_eq!(found, (&json!(["Ingress"]), &Value::Null), "{label}");
    }
    let one = PROGRAM.replacen("health \"/\"", "health \"/\", without egress_policy", 1);
    let open = |label: &str| ["shop-web", "shop-web-migrate", "shop-sidecar"].contains(&label);
    for (label, spec) in policies(&one) {
        let types = spec["policyTypes"].as_array().map(Vec::len);
        assert_eq!(types, Some(2 - usize::from(open(&label))), "{label}");
    }
    let job = PROGRAM.replacen(
        "command \"seed\"",
        "command \"seed\", without network_policy",
        1,
    );
    let named = |program: &str| policies(program).iter().any(|it| it.0 == "shop-seed");
    assert!(named(PROGRAM) && !named(&job));
}

/// The pods of a program, with the names of their objects.
fn pods(program: &str) -> Vec<(String, Value)> {
    let paths = [
        "/spec/template/spec",
        "/spec/jobTemplate/spec/template/spec",
    ];
    let all = objects(program).into_iter();
    let pods = all.filter_map(|it| {
        let pod = paths.iter().find_map(|path| it.pointer(path))?;
        Some((it["metadata"]["name"].as_str()?.to_owned(), pod.clone()))
    });
    pods.collect()
}

#[test]
fn every_container_drops_capabilities() {
    for (name, pod) in pods(PROGRAM) {
        let is_foreign = ["shop-proxy", "shop-sidecar", "shop-sweep"].contains(&name.as_str());
        let dropped = &pod["containers"][0]["securityContext"]["capabilities"]["drop"];
        let wanted = if is_foreign { "NET_RAW" } else { "ALL" };
        assert_eq!(*dropped, json!([wanted]), "{name}");
    }
}

/// The empty folders of a pod, by where they are mounted.
fn empty_folders(pod: &Value) -> Vec<(String, Value)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mounts = list(&pod["containers"][0]["volumeMounts"]);
    let volumes = list(&pod["volumes"]).into_iter();
    let empty = volumes.filter(|it| !it["emptyDir"].is_null());
    empty
        .map(|volume| {
            let mount = mounts.iter().find(|it| it["name"] == volume["name"]);
            let path = mount.and_then(|it| it["mountPath"].as_str());
            (
                path.expect("a mount").to_owned(),
                volume["emptyDir"].clone(),
            )
        })
        .collect()
}

/// One that has none fills the disk of its node, or its memory.
#[test]
fn empty_folders_have_a_bound() {
    let mut count = 0;
    for (name, pod) in pods(PROGRAM) {
        for (path, folder) in empty_folders(&pod) {
            count += 1;
            let wanted = match (name.as_str(), path.as_str()) {
                // All that its pod writes has one.
                ("shop-proxy", _) => json!({}),
                (_, "/dev/shm") => json!({ "medium": "Memory", "sizeLimit": "1Gi" }),
                _ => json!({ "sizeLimit": "2Gi" }),
            };
            assert_eq!(folder, wanted, "{name} {path}");
        }
    }
    assert!(count >= 6, "{count}");
    let limited = PROGRAM.replacen("storage 1Gi", "storage 1Gi, memory 256Mi..4Gi", 1);
    let of_db = pods(&limited).into_iter().find(|it| it.0 == "shop-db");
    let folders = empty_folders(&of_db.expect("a database").1);
    let shared = folders.iter().find(|it| it.0 == "/dev/shm");
    assert_eq!(
        shared.map(|it| &it.1["sizeLimit"]),
        Some(&json!("4Gi")),
        "{folders:?}"
    );
}

/// The caches that Dockerfiles of a program name.
fn caches(app: &str) -> BTreeSet<String> {
    let program = format!(
        "app {app} {{ naming {{ image \"{{tier}}\" }} }}\n\
         tier web {{ build nextjs \"./web\", port 3000 }}\n\
         tier page {{ build vite \"./page\", port 8080 }}\n\
         tier api {{ build fastapi \"./api\", port 8000 }}\n\
         tier shop {{ build django \"./shop\" {{ packages pip }}, port 8000 }}\n\
         tier search {{ build rust \"./search\" {{ entry \"search\" }}, port 9000 }}\n\
         tier mail {{ build go \"./mail\", port 9000 }}\n"
    );
    let options = Options {
        emit: BACKENDS.to_vec(),
        ..Options::default()
    };
    let built = compile(&program, &options);
    assert!(built.app.is_some(), "{:?}", built.diagnostics);
    let files = built.artifacts.iter();
    let files = files.filter(|it| it.path.ends_with("Dockerfile"));
    let lines = files.flat_map(|it| it.text.split("type=cache,id=").skip(1));
    let ids = lines.filter_map(|rest| rest.split(',').next());
    ids.map(str::to_owned).collect()
}

/// What the build of one application leaves in a cache would be in the images of another.
#[test]
fn no_cache_is_of_two_applications() {
    let (one, other) = (caches("one"), caches("other"));
    assert_eq!((one.len(), other.len()), (9, 9), "{one:?}");
    assert!(one.is_disjoint(&other), "{one:?} {other:?}");
}
