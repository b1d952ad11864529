//! The rows on a real API server: it has what a build before the change had applied, and gets what the build
//! after it prints.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};

use super::{Row, build, each, title};
use crate::cli::Test;
use crate::commands::{commands, commands_among, shell_by, values};
use crate::server::{Server, Verb};
use crate::support::has_tool;

/// Where `kubectl apply` keeps what it applied last.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// What is compared. Jobs have selectors that the server makes, and values of Secrets are a person's own.
const KINDS: &str = "deployments,statefulsets,services,configmaps,ingresses,networkpolicies,serviceaccounts,\
                     horizontalpodautoscalers,poddisruptionbudgets,cronjobs,persistentvolumeclaims";

/// A kubectl where nothing runs: pods have no files, nothing takes finalizers off, and nothing ends namespaces.
const KUBECTL: &str = r#"#!/bin/sh
case " $* " in
  *" exec "*" -i "*) cat >/dev/null ;;
  *" exec "*" tar "*) tar -cf - -T /dev/null ;;
  *" exec "*) echo '-- dump complete' ;;
  *" delete "*" pvc/"*)
    for word; do
      case "$last" in -n) namespace=$word ;; esac
      case "$word" in
        pvc/*) "$KUBECTL" patch -n "$namespace" "$word" --type=merge -p '{"metadata":{"finalizers":null}}' >/dev/null ;;
      esac
      last=$word
    done
    exec "$KUBECTL" "$@" ;;
  *" delete namespace "*) exec "$KUBECTL" "$@" --wait=false ;;
  *) exec "$KUBECTL" "$@" ;;
esac
"#;

/// What fails on a server, and what is there in the end that a fresh installation doesn't have; nothing
/// without one.
pub(super) fn failures(rows: &[Row]) -> Vec<String> {
    let has_kubectl = has_tool(
        "kubectl",
        Command::new("kubectl").args(["version", "--client"]),
    );
    let Some(mut server) = has_kubectl.then(Server::start).flatten() else {
        return Vec::new();
    };
    create(&mut server, vec![storage_class()]);
    create(&mut server, rows.iter().flat_map(applied).collect());
    let ran = each(rows.len(), |at| run(&server, &rows[at]));
    create(&mut server, rows.iter().flat_map(fresh).collect());
    let mut all = states(&rows[0].test, &server);
    let compared = rows.iter().map(|row| {
        let namespace = namespace_after(row);
        let is = all.remove(namespace.as_str()).unwrap_or_default();
        let wanted = all.remove(&fresh_name(row)).unwrap_or_default();
        let is_kept = |name: &&String| !kept(row).contains(*name);
        let names = is.keys().filter(is_kept).chain(wanted.keys());
        let mut differ: Vec<_> = names
            .filter(|name| is.get(*name) != wanted.get(*name))
            .map(|name| {
                format!(
                    "{name}\n    is {:?}\n    not {:?}",
                    is.get(name),
                    wanted.get(name)
                )
            })
            .collect();
        differ.dedup();
        (!differ.is_empty()).then(|| format!("{:?}: {}", row.edits, differ.join("\n  ")))
    });
    ran.into_iter()
        .flatten()
        .chain(compared.flatten())
        .collect()
}

/// The class of claims that name none. Their volumes can grow.
fn storage_class() -> Value {
    json!({
        "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "example.com/disks",
        "metadata": { "name": "usual", "annotations": { "storageclass.kubernetes.io/is-default-class": "true" } },
        "allowVolumeExpansion": true,
    })
}

/// The claims that a build leaves to a person, with the data in them.
fn kept(row: &Row) -> BTreeSet<String> {
    let lines = row.told.stdout.lines();
    let lines = lines
        .skip_while(|line| {
            !line.starts_with("No longer built, and in the cluster until you delete")
        })
        .skip(1)
        .take_while(|line| line.starts_with(' '));
    let claims = lines.filter_map(|line| {
        let (kind, rest) = line.trim_start().split_once(' ')?;
        Some(format!("{kind}/{}", rest.split(' ').next()?))
    });
    claims.collect()
}

/// Creates objects, first those that others are in.
fn create(server: &mut Server, objects: Vec<Value>) {
    let is_place = |object: &Value| object["kind"] == json!("Namespace");
    let (places, others): (Vec<_>, Vec<_>) = objects.into_iter().partition(is_place);
    for objects in [places, others] {
        let verdicts = server.ask(Verb::Create, &objects);
        for (object, verdict) in objects.iter().zip(verdicts) {
            assert!(verdict.is_yes(), "{verdict:?}: {object}");
        }
    }
}

/// The objects before a change as `kubectl apply` has left them, and the volumes of their claims.
fn applied(row: &Row) -> Vec<Value> {
    let mut all = Vec::new();
    for object in &row.before {
        let mut object = object.clone();
        let last = object.to_string();
        if let Some(metadata) = object["metadata"].as_object_mut() {
            let annotations = metadata.entry("annotations").or_insert_with(|| json!({}));
            annotations[LAST_APPLIED] = last.into();
        }
        if object["kind"] == json!("PersistentVolumeClaim") {
            all.extend(volume_of(&mut object, &row.namespace));
        }
        let templates = object["spec"]["volumeClaimTemplates"].clone();
        let set = object["metadata"]["name"].clone();
        all.push(object);
        for template in templates.as_array().into_iter().flatten() {
            let words =
                [&template["metadata"]["name"], &set].map(|it| it.as_str().expect("a name"));
            let mut claim = json!({
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "spec": template["spec"],
                "metadata": { "name": format!("{}-{}-0", words[0], words[1]), "namespace": row.namespace },
            });
            all.extend(volume_of(&mut claim, &row.namespace));
            all.push(claim);
        }
    }
    all
}

/// The volume of a claim, which knows it from now on.
fn volume_of(claim: &mut Value, namespace: &str) -> Option<Value> {
    let name = format!("{namespace}-{}", claim["metadata"]["name"].as_str()?);
    let spec = &mut claim["spec"];
    let volume = json!({
        "apiVersion": "v1", "kind": "PersistentVolume", "metadata": { "name": name },
        "spec": {
            "capacity": spec["resources"]["requests"], "accessModes": spec["accessModes"],
            "hostPath": { "path": "/nowhere" }, "persistentVolumeReclaimPolicy": "Delete",
        },
    });
    spec["volumeName"] = name.into();
    Some(volume)
}

/// The namespace that the objects after a change are in.
fn namespace_after(row: &Row) -> String {
    let mut all = row.after.iter();
    let name = all.find_map(|it| it["metadata"]["namespace"].as_str());
    name.expect("a namespace").to_owned()
}

fn fresh_name(row: &Row) -> String {
    format!("fresh-{}", row.namespace)
}

/// The objects after a change, where nothing was before.
fn fresh(row: &Row) -> Vec<Value> {
    let name = fresh_name(row);
    let place = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name } });
    let others = row
        .after
        .iter()
        .filter(|it| it["kind"] != json!("Namespace"));
    let others = others.map(|object| {
        let mut object = object.clone();
        object["metadata"]["namespace"] = name.clone().into();
        object
    });
    std::iter::once(place).chain(others).collect()
}

/// Runs what a build after a change prints. What fails.
fn run(server: &Server, row: &Row) -> Option<String> {
    let Row { test, told, .. } = row;
    let failed = |why: &str| Some(format!("{:?}: {why}", row.edits));
    let mut script = String::new();
    let (first, last) = by_hand(&told.stdout);
    if !first.is_empty() || !last.is_empty() {
        script.push_str(&bound(row));
    }
    script.push_str(&first);
    if told.stdout.contains("\nNext\n") {
        script.push_str(&commands(&told.stdout, false));
        script.push('\n');
    }
    script.push_str(&last);
    // Contexts are those of a person's own configuration.
    let script = script.replace("--context here ", "");
    if script.is_empty() {
        return None;
    }
    let script = script
        .replace(
            "rollout status --timeout=10m",
            "rollout status --watch=false",
        )
        .replace("--cascade=foreground", "--cascade=background")
        .replace("--cascade=orphan", "--cascade=background");
    let mut environment = values(&told.stdout);
    environment.extend(stand_in(test));
    if let Err(why) = shell_by("dash", test, server, &script, &environment) {
        return failed(&why);
    }
    // What was done by hand was forgotten, and nothing else is left to be said.
    let mut again = build(test);
    if again.stderr.contains("warning[W0706]") {
        // No command moves paths in a program.
        test.run(&["forget", "out"]).ok();
        again = build(test);
    }
    let is_told = again.stderr.contains("warning[W07");
    is_told.then(|| failed(&again.stderr)).flatten()
}

/// Says that claims have got their volumes, which the controllers do that are missing here.
fn bound(row: &Row) -> String {
    let objects = applied(row);
    let claims = objects
        .iter()
        .filter(|it| it["kind"] == json!("PersistentVolumeClaim"));
    let lines = claims.map(|claim| {
        format!(
            "kubectl patch -n {} pvc/{} --subresource=status --type=merge -p '{{\"status\":{{\"phase\":\"Bound\"}}}}'\n",
            row.namespace,
            claim["metadata"]["name"].as_str().unwrap_or_default()
        )
    });
    lines.collect()
}

/// The variables by which a shell takes the kubectl above for kubectl.
fn stand_in(test: &Test) -> [(&'static str, String); 2] {
    let folder = test.path("bin");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("kubectl"), KUBECTL).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(folder.join("kubectl"), mode).expect("a mode");
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut all = std::env::split_paths(&path);
    let real = all.find_map(|folder| {
        let file = folder.join("kubectl");
        file.is_file().then_some(file)
    });
    let own = Path::new(env!("CARGO_BIN_EXE_todoc")).parent();
    let folders = [folder, own.expect("a folder").to_owned()].into_iter();
    let folders = folders.chain(std::env::split_paths(&path));
    let folders = std::env::join_paths(folders).expect("a list of folders");
    let shown = |path: &std::ffi::OsStr| path.to_str().expect("a text").to_owned();
    [
        ("PATH", shown(&folders)),
        ("KUBECTL", shown(real.expect("it ran").as_os_str())),
    ]
}

/// The commands beside those of all builds, which keep data: what comes before those, and what comes after.
fn by_hand(summary: &str) -> (String, String) {
    let all = summary.split("\nNext\n").next().unwrap_or_default();
    let (mut first, mut last) = (String::new(), String::new());
    for section in all.split("\n\n") {
        let lines = section.lines().skip_while(|line| line.is_empty());
        let title = lines.clone().take_while(|line| !line.starts_with(' '));
        let title = title.collect::<Vec<_>>().join(" ");
        let undone = |line: &&str| !line.trim_start().starts_with("If it was applied already");
        let commands = commands_among(lines.take_while(undone).filter(|it| it.starts_with(' ')));
        let is_after = ["Once ", "The data of "]
            .iter()
            .any(|it| title.starts_with(it))
            || title.ends_with("once that runs");
        let part = if is_after { &mut last } else { &mut first };
        part.push_str(&commands);
    }
    (first, last)
}

/// The objects of all namespaces, by name.
fn states(test: &Test, server: &Server) -> BTreeMap<String, BTreeMap<String, Value>> {
    let get = format!("kubectl get -A {KINDS} -o json");
    let list = shell_by("dash", test, server, &get, &[]).expect("objects");
    let mut list: Value = serde_json::from_str(&list).expect("JSON");
    let mut all: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for object in list["items"].as_array_mut().into_iter().flatten() {
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or_default();
        let namespace = namespace.to_owned();
        let is_ours =
            object["metadata"]["labels"]["app.kubernetes.io/managed-by"] == json!("todoc");
        if is_ours {
            let plain = plain(object.take(), &namespace);
            all.entry(namespace)
                .or_default()
                .insert(title(&plain), plain);
        }
    }
    all
}

/// An object without what differs from one installation to the next.
fn plain(mut object: Value, namespace: &str) -> Value {
    let metadata = &object["metadata"];
    let metadata = json!({ "name": metadata["name"], "labels": metadata["labels"] });
    object["metadata"] = metadata;
    object["status"] = Value::Null;
    if let Some(spec) = object["spec"].as_object_mut() {
        for field in ["clusterIP", "clusterIPs", "volumeName"] {
            spec.remove(field);
        }
        let ports = spec.get_mut("ports").and_then(Value::as_array_mut);
        let ports = ports.into_iter().flatten();
        for port in ports.filter_map(Value::as_object_mut) {
            Map::remove(port, "nodePort");
        }
    }
    let text = object.to_string().replace(namespace, "NAMESPACE");
    serde_json::from_str(&text).expect("JSON")
}
