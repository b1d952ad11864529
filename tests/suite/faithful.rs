//! Objects against the application that they were made of: what a container is given is, letter by
//! letter, what was said.

use serde_json::Value;
use todoc::catalog::members::PodMember;
use todoc::ir::{self, App, FileContent, Piece, Pod};

/// Text as Kubernetes takes it in variables, commands and arguments: `$(NAME)` is a variable where
/// there is one, `$$` is one `$`, and all else stays (apimachinery's `expansion.Expand`).
pub(crate) fn expanded(text: &str, known: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let name = behind
            .strip_prefix('(')
            .and_then(|inner| inner.split_once(')'));
        rest = if let Some(behind) = behind.strip_prefix('$') {
            out.push('$');
            behind
        } else if let Some((name, behind)) = name {
            out.push_str(&known(name).unwrap_or(format!("$({name})")));
            behind
        } else {
            out.push('$');
            behind
        };
    }
    out + rest
}

/// The texts of a list.
fn texts(list: &Value) -> Vec<&str> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}

/// The object of a kind and name.
fn find<'o>(objects: &'o [Value], kind: &str, name: &str) -> Option<&'o Value> {
    let mut all = objects.iter().filter(|it| it["kind"] == kind);
    all.find(|it| it["metadata"]["name"] == name)
}

/// What of the data of ConfigMaps isn't what was said.
fn data(app: &App, objects: &[Value]) -> Vec<String> {
    let own = app.pods().filter_map(|(_, pod)| pod.config.as_ref());
    let mut wrong = Vec::new();
    for config in app.config.iter().chain(own) {
        let object = find(objects, "ConfigMap", &config.name).unwrap_or(&Value::Null);
        for entry in &config.entries {
            if object["data"][&entry.key] != *entry.value.joined() {
                wrong.push(format!(
                    "the key `{}` holds {}",
                    entry.key, object["data"][&entry.key]
                ));
            }
        }
    }
    let of_pods = app.pods().filter_map(|(_, pod)| pod.files.as_ref());
    let of_databases = app.databases.iter().filter_map(|it| it.files.as_ref());
    for files in of_pods.chain(of_databases) {
        let object = find(objects, "ConfigMap", &files.name).unwrap_or(&Value::Null);
        for file in &files.files {
            let (field, said) = match &file.content {
                FileContent::Text(text) => ("data", text),
                FileContent::Base64(text) => ("binaryData", text),
            };
            if object[field][&file.key] != **said {
                wrong.push(format!("the file `{}` holds something else", file.key));
            }
        }
    }
    wrong
}

/// What of a container isn't what was said of its pod.
fn container(pod: &Pod, container: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let variables = container["env"].as_array().into_iter().flatten();
    let variables: Vec<_> = variables.collect();
    let of_name = |name: &str| variables.iter().find(|it| it["name"] == name);
    let known = |name: &str| of_name(name).map(|_| format!("<{name}>"));
    for said in &pod.env {
        let written = of_name(&said.name).and_then(|it| it["value"].as_str());
        let wanted = match &said.value {
            ir::Value::Text(text) => text.to_string(),
            ir::Value::Composed(pieces) => {
                let piece = |piece: &Piece| match piece {
                    Piece::Text(text) => text.to_string(),
                    Piece::Secret { variable, .. } => format!("<{variable}>"),
                };
                pieces.iter().map(piece).collect()
            }
            ir::Value::Config { .. } | ir::Value::Secret(_) => continue,
            ir::Value::Pod(member) => {
                let wanted = match member {
                    PodMember::Name => "metadata.name",
                    PodMember::Ip => "status.podIP",
                    PodMember::Namespace => "metadata.namespace",
                    PodMember::Node => "spec.nodeName",
                    PodMember::NodeIp => "status.hostIP",
                    PodMember::Account => "spec.serviceAccountName",
                    _ => "",
                };
                let field = of_name(&said.name).map(|it| &it["valueFrom"]["fieldRef"]["fieldPath"]);
                if field.is_none_or(|field| field != wanted) {
                    wrong.push(format!("the variable `{}` is of {field:?}", said.name));
                }
                continue;
            }
        };
        let read = written.map(|text| expanded(text, &known));
        if read.as_ref() != Some(&wanted) {
            wrong.push(format!("the variable `{}` holds {read:?}", said.name));
        }
    }
    for (field, said) in [("command", &pod.command), ("args", &pod.args)] {
        let written = texts(&container[field]);
        let read: Vec<_> = written.iter().map(|text| expanded(text, &known)).collect();
        if !read.iter().eq(said.iter().map(|word| &word.value)) {
            wrong.push(format!("the words of `{field}` are {read:?}"));
        }
    }
    wrong
}

/// The secrets that a container reads as files, and that aren't at their paths, or that its process can't
/// read.
fn secret_files(pod: &Pod, container: &Value, spec: &Value) -> Vec<String> {
    let all = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let is_there = |file: &&ir::SecretFile| {
        let mounts = all(&container["volumeMounts"]);
        let Some(mount) = mounts.iter().find(|it| it["mountPath"] == *file.path) else {
            return false;
        };
        let volumes = all(&spec["volumes"]);
        let volume = volumes.iter().find(|it| it["name"] == mount["name"]);
        let Some(secret) = volume.map(|it| &it["secret"]) else {
            return false;
        };
        let items = all(&secret["items"]);
        let item = items.iter().find(|it| it["path"] == mount["subPath"]);
        let group = &spec["securityContext"]["fsGroup"];
        let mode = secret["defaultMode"].as_u64().unwrap_or_default();
        let is_read = match pod.contract.user {
            Some(user) => mode == 0o440 && *group == user,
            None => mode == 0o444,
        };
        secret["secretName"] == *file.key.object
            && item.is_some_and(|it| it["key"] == *file.key.key)
            && mount["readOnly"] == true
            && is_read
    };
    let wrong = pod.secret_files.iter().filter(|file| !is_there(file));
    wrong
        .map(|file| format!("the secret `{}` isn't at {}", file.name, file.path))
        .collect()
}

/// What a pod may have once and has twice.
fn twice(spec: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for list in ["initContainers", "containers"] {
        for container in spec[list].as_array().into_iter().flatten() {
            for (field, key) in [
                ("env", "name"),
                ("volumeMounts", "mountPath"),
                ("ports", "name"),
            ] {
                let mut seen = std::collections::BTreeSet::new();
                for item in container[field].as_array().into_iter().flatten() {
                    // A slash at the end is no other folder.
                    let name = item[key].as_str().unwrap_or_default().trim_end_matches('/');
                    if !seen.insert(name) {
                        wrong.push(format!("{field} twice `{name}`"));
                    }
                }
            }
        }
    }
    wrong
}

/// What of the objects of an application isn't as it was said.
pub(crate) fn unfaithful(app: &App, objects: &[Value]) -> Vec<String> {
    let mut wrong = data(app, objects);
    let places = [
        "/spec/template/spec",
        "/spec/jobTemplate/spec/template/spec",
    ];
    for object in objects {
        let Some(spec) = places.iter().find_map(|place| object.pointer(place)) else {
            continue;
        };
        wrong.extend(twice(spec));
    }
    let kind_of = |pod: &Pod| {
        if pod.has_own_claims() {
            "StatefulSet"
        } else {
            "Deployment"
        }
    };
    let tiers = app
        .tiers
        .iter()
        .map(|tier| (&tier.id, &tier.pod, kind_of(&tier.pod)));
    let crons = app.jobs.iter().filter(|job| job.schedule.is_some());
    let crons = crons.map(|job| (&job.id, &job.pod, "CronJob"));
    for (id, pod, kind) in tiers.chain(crons) {
        let object = find(objects, kind, &id.workload).unwrap_or(&Value::Null);
        let spec = places.iter().find_map(|place| object.pointer(place));
        let containers = spec.and_then(|spec| spec["containers"].as_array());
        let mut containers = containers.into_iter().flatten();
        let Some(own) = containers.find(|it| it["name"] == *id.name) else {
            wrong.push(format!("no container is that of `{}`", id.name));
            continue;
        };
        let found = container(pod, own).into_iter();
        let found = found.chain(secret_files(pod, own, spec.unwrap_or(&Value::Null)));
        wrong.extend(found.map(|it| format!("{it} in `{}`", id.name)));
    }
    wrong
}

#[test]
fn text_is_expanded_as_kubernetes_does() {
    let known = |name: &str| (name == "A").then(|| "a".to_owned());
    for (text, read) in [
        ("$(A)", "a"),
        ("$(B)$(A)", "$(B)a"),
        ("$$(A)", "$(A)"),
        ("$$$(A)", "$a"),
        ("$$$$", "$$"),
        ("a$", "a$"),
        ("$(A", "$(A"),
        ("$x", "$x"),
    ] {
        assert_eq!(expanded(text, &known), read, "{text}");
    }
}
