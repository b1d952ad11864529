//! What the Kubernetes output says of a container, as the kubelet would give it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use todoc::ir::{App, Identity};

use crate::faithful::expanded;

/// The values of secrets, by Secret and key, and for those of others by the name of the variable.
pub(crate) struct Secrets {
    own: BTreeMap<(String, String), String>,
}

/// What a secret that a person sets in a variable is in these tests: a text that breaks whatever quotes
/// it wrongly.
pub(crate) fn value(variable: &str) -> String {
    format!("CANARY {variable} $ ${{X}} $(Y) '\" \\ # \u{1f600}\nyes: ")
}

/// The variable of the shell for one of a container, whose name may be none for a shell.
pub(crate) fn of_shell(variable: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let chars = variable.chars();
    chars.map(|c| if fits(c) { c } else { '_' }).collect()
}

impl Secrets {
    pub(crate) fn of(app: &App) -> Secrets {
        let keys = app
            .secrets()
            .flat_map(|secret| secret.keys.iter().map(move |key| (&secret.name, key)));
        let own =
            keys.map(|(object, key)| ((object.clone(), key.key.clone()), value(&key.from_env)));
        Secrets { own: own.collect() }
    }

    fn key(&self, object: &Value, key: &Value, variable: &str) -> String {
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        let own = self.own.get(&(text(object), text(key)));
        own.cloned().unwrap_or_else(|| value(&of_shell(variable)))
    }
}

/// A container, as the kubelet starts it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Container {
    pub(crate) image: String,
    pub(crate) variables: BTreeMap<String, String>,
    /// What replaces the image's entry point.
    pub(crate) command: Vec<String>,
    /// What replaces its arguments.
    pub(crate) args: Vec<String>,
    /// Folders and files that aren't the image's own, by their paths.
    pub(crate) mounts: BTreeSet<String>,
    /// User and group.
    pub(crate) user: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) drops_all: bool,
}

/// The main container of a thing's workload.
pub(crate) fn container(objects: &[Value], id: &Identity, secrets: &Secrets) -> Option<Container> {
    let places = [
        "/spec/template/spec",
        "/spec/jobTemplate/spec/template/spec",
    ];
    let mut specs = objects.iter().filter_map(|object| {
        let spec = places.iter().find_map(|place| object.pointer(place))?;
        // A Job has a hash in its name, and one of migrations has the labels of its tier.
        let is_named = object["metadata"]["name"] == *id.workload
            || object["kind"] == "Job" && spec["containers"][0]["name"] == *id.name;
        is_named.then_some(spec)
    });
    let spec = specs.next()?;
    let container = &spec["containers"][0];
    let variables = variables(objects, container, secrets);
    let known = |name: &str| variables.get(name).cloned();
    let words = |field: &str| {
        let words = list(&container[field]).filter_map(Value::as_str);
        words.map(|word| expanded(word, &known)).collect()
    };
    let (pod, own) = (&spec["securityContext"], &container["securityContext"]);
    let said = |field: &str| own.get(field).or_else(|| pod.get(field));
    let user = said("runAsUser").map(|user| {
        let group = said("runAsGroup").unwrap_or(user);
        format!("{user}:{group}")
    });
    let mounts = list(&container["volumeMounts"]).filter_map(|it| it["mountPath"].as_str());
    Some(Container {
        image: container["image"].as_str().unwrap_or_default().to_owned(),
        command: words("command"),
        args: words("args"),
        mounts: mounts.map(str::to_owned).collect(),
        user,
        read_only: said("readOnlyRootFilesystem") == Some(&Value::Bool(true)),
        drops_all: own["capabilities"]["drop"][0] == "ALL",
        variables,
    })
}

pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn variables(objects: &[Value], container: &Value, secrets: &Secrets) -> BTreeMap<String, String> {
    let map = |name: &Value| {
        let mut maps = objects.iter().filter(|it| it["kind"] == "ConfigMap");
        maps.find(|it| it["metadata"]["name"] == *name)
            .map(|it| &it["data"])
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all = BTreeMap::new();
    for from in list(&container["envFrom"]) {
        let data = map(&from["configMapRef"]["name"]).and_then(Value::as_object);
        for (key, value) in data.into_iter().flatten() {
            all.insert(key.clone(), text(value));
        }
        let secret = text(&from["secretRef"]["name"]);
        let keys = secrets
            .own
            .iter()
            .filter(|((object, _), _)| *object == secret);
        for ((_, key), value) in keys {
            all.insert(key.clone(), value.clone());
        }
    }
    for variable in list(&container["env"]) {
        let name = text(&variable["name"]);
        let from = &variable["valueFrom"];
        let (setting, secret) = (&from["configMapKeyRef"], &from["secretKeyRef"]);
        // What Compose doesn't know is left out.
        let own = from["fieldRef"]["fieldPath"].as_str();
        if own.is_some_and(|path| path.starts_with("status.") || path == "spec.nodeName") {
            all.remove(&name);
            continue;
        }
        let value = if let Some(path) = own {
            path.to_owned()
        } else if let Some(plain) = variable["value"].as_str() {
            expanded(plain, &|name| all.get(name).cloned())
        } else if setting.is_object() {
            let data = map(&setting["name"]);
            data.map_or(String::new(), |data| text(&data[text(&setting["key"])]))
        } else {
            secrets.key(&secret["name"], &secret["key"], &name)
        };
        all.insert(name, value);
    }
    all
}
