//! Edits of pods: what an installer may say of them.

use std::collections::BTreeMap;

use super::edit::{Edits, lines, only_lines};
use super::helpers::checksum;
use super::public;
use super::reached;
use super::rows::{base, health_path};
use super::shape::is_proxied;
use super::text::Expressions;
use crate::backend::kubernetes::wait_name;
use crate::ir::{App, Database, EnvFromKind, Handler, Identity, Pod, Probe, Tier, Value, Variable};
use crate::yaml::{Kind, Node};

/// The pod of a tier, job or migration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of<'a> {
    /// Whose pod it is. Migrations have that of their tier.
    pub(super) id: &'a Identity,
    pub(super) pod: &'a Pod,
    /// The name of its container, or of the first of several.
    pub(super) container: &'a str,
    /// The tier whose pod or migration it is.
    pub(super) tier: Option<&'a Tier>,
}

/// Edits the template of a pod at a path.
pub(super) fn edit(edits: &mut Edits, at: &str, of: Of<'_>, with: Expressions<'_>) {
    let Of { id, pod, tier, .. } = of;
    let thing = Some(id.name.as_str());
    let digest = format!("{at}.metadata.annotations.checksum/config");
    if edits.has(&digest)
        && let Some(sum) = checksum(with, &pod.config_read, pod.files.as_ref())
    {
        edits.set(&digest, format!("{{{{ {sum} }}}}"));
    }
    about_nodes(edits, at, thing, with);
    for index in 0..items(edits, &format!("{at}.spec.volumes")) {
        let path = format!("{at}.spec.volumes.{index}.secret.secretName");
        let name = edits.text(&path).and_then(|object| existing(object, with));
        if let Some(name) = name {
            edits.set(&path, name);
        }
    }
    let waited_for = waited_for(of, with.shape.app);
    let stores = reached::stores(of.tier, with);
    for list in ["initContainers", "containers"] {
        let mut index = 0;
        loop {
            let path = format!("{at}.spec.{list}.{index}");
            index += 1;
            let Some(name) = edits.text(&format!("{path}.name")).map(str::to_owned) else {
                break;
            };
            if let Some(database) = waited_for.get(&name) {
                image(edits, &path, Some(&database.id.name), with);
                let key = format!("{path}.env.0.valueFrom.secretKeyRef");
                secret_name(edits, &key, with);
                continue;
            }
            if let Some(store) = stores.get(&name) {
                reached::edit(edits, &path, store, with);
                image(edits, &path, base(with.shape.app, &pod.image), with);
                resources(edits, &path, thing, with);
                continue;
            }
            image(edits, &path, base(with.shape.app, &pod.image), with);
            resources(edits, &path, thing, with);
            variables(edits, &path, of, with);
            if let Some(tier) = tier {
                health(edits, &path, tier, with);
            }
        }
    }
}

/// The databases that init containers wait for, by the names of these.
fn waited_for<'a>(of: Of<'_>, app: &'a App) -> BTreeMap<String, &'a Database> {
    let waits = of.pod.waits.iter().rev();
    let databases = waits.filter_map(|wait| app.database(&wait.database));
    let named = databases.map(|database| (wait_name(database, of.container), database));
    named.collect()
}

/// The pod of a database.
pub(super) fn of_database(edits: &mut Edits, at: &str, database: &Database, with: Expressions<'_>) {
    let thing = Some(database.id.name.as_str());
    let digest = format!("{at}.metadata.annotations.checksum/config");
    let files = database.files.as_ref();
    if edits.has(&digest)
        && let Some(sum) = checksum(with, &[], files)
    {
        edits.set(&digest, format!("{{{{ {sum} }}}}"));
    }
    about_nodes(edits, at, thing, with);
    let path = format!("{at}.spec.containers.0");
    image(edits, &path, thing, with);
    resources(edits, &path, thing, with);
    let number = items(edits, &format!("{path}.env"));
    for index in 0..number {
        secret_name(
            edits,
            &format!("{path}.env.{index}.valueFrom.secretKeyRef"),
            with,
        );
    }
    extra_variables(edits, &path, thing, with);
}

/// The pod that asks a thing: it runs where the thing's pods may, with what they get.
pub(super) fn of_test(
    edits: &mut Edits,
    thing: Option<&str>,
    base: Option<&str>,
    with: Expressions<'_>,
) {
    about_nodes(edits, "", thing, with);
    let path = "spec.containers.0";
    image(edits, path, base, with);
    resources(edits, path, thing, with);
}

fn items(edits: &Edits, path: &str) -> usize {
    match edits.get(path).map(|node| &node.kind) {
        Some(Kind::Sequence(items)) => items.len(),
        Some(_) | None => 0,
    }
}

fn about_nodes(edits: &mut Edits, at: &str, thing: Option<&str>, with: Expressions<'_>) {
    let read = |field: &str| with.values.read(thing, field);
    if let Some(labels) = read("podLabels") {
        edits.add_lines(&format!("{at}.metadata.labels"), &pairs(&labels));
    }
    if let Some(annotations) = read("podAnnotations") {
        add_texts(
            edits,
            &format!("{at}.metadata"),
            "annotations",
            &annotations,
        );
    }
    let spec = &format!("{at}.spec");
    if let Some(secrets) = with.values.read(None, "imagePullSecrets") {
        let block = Node::new(Kind::Block("toYaml .".to_owned()));
        let block = block.guarded(format!("with {secrets}"));
        edits.put(spec, "imagePullSecrets", &["serviceAccountName"], block);
    }
    let end = &[
        "containers",
        "volumes",
        "nodeSelector",
        "affinity",
        "tolerations",
    ];
    if let Some(labels) = read("nodeSelector") {
        let node = only_lines(&pairs(".")).guarded(format!("with {labels}"));
        edits.put(spec, "nodeSelector", end, node);
    }
    for field in ["affinity", "tolerations"] {
        if let Some(value) = read(field) {
            let block = Node::new(Kind::Block("toYaml .".to_owned()));
            edits.put(spec, field, end, block.guarded(format!("with {value}")));
        }
    }
    if let Some(class) = read("priorityClassName") {
        let node = Node::expression("{{ . | quote }}").guarded(format!("with {class}"));
        edits.put(spec, "priorityClassName", end, node);
    }
}

/// The lines that write a map of texts. Every text is quoted: `toYaml` writes nothing where it meets
/// a character that it doesn't take.
pub(super) fn pairs(map: &str) -> String {
    format!(
        "{{{{- range $key, $value := {map} }}}}\n{{{{ $key | quote }}}}: {{{{ $value | quote }}}}\n{{{{- end }}}}"
    )
}

/// Adds a map of texts to one that may be there.
pub(super) fn add_texts(edits: &mut Edits, at: &str, key: &'static str, map: &str) {
    let path = format!("{at}.{key}");
    if edits.has(&path) {
        edits.add_lines(&path, &pairs(map));
    } else {
        let node = only_lines(&pairs(".")).guarded(format!("with {map}"));
        edits.put(at, key, &["labels"], node);
    }
}

fn image(edits: &mut Edits, path: &str, thing: Option<&str>, with: Expressions<'_>) {
    if let Some(text) = image_text(thing, with) {
        edits.set(
            &format!("{path}.image"),
            format!("{{{{ {text} | quote }}}}"),
        );
    }
    if let Some(pull) = with.values.read(thing, "image.pullPolicy") {
        edits.set(
            &format!("{path}.imagePullPolicy"),
            format!("{{{{ {pull} }}}}"),
        );
    }
}

/// How a template makes the reference of a thing's image.
pub(super) fn image_text(thing: Option<&str>, with: Expressions<'_>) -> Option<String> {
    let of = |field: &str| with.values.get(thing, &format!("image.{field}"));
    let all = [of("repository")?, of("tag")?, of("digest")?].map(|value| &value.path);
    let [repository, tag, digest] = all;
    let group = repository.split_last().map_or(&[][..], |(_, group)| group);
    let is_one = [tag, digest].iter().all(|path| path.starts_with(group))
        && [(repository, "repository"), (tag, "tag"), (digest, "digest")]
            .iter()
            .all(|(path, last)| {
                path.len() == group.len() + 1 && path.ends_with(&[(*last).to_owned()])
            });
    let from = if is_one && !group.is_empty() {
        super::names::read(group)
    } else {
        let [repository, tag, digest] = all.map(|path| super::names::read(path));
        format!("(dict \"repository\" {repository} \"tag\" {tag} \"digest\" {digest})")
    };
    Some(format!("include {} {from}", with.helper("image")))
}

/// The fields of a container in their order, up to its variables.
const UP_TO_ENV: &[&str] = &[
    "name",
    "image",
    "imagePullPolicy",
    "command",
    "args",
    "ports",
    "envFrom",
    "env",
];

fn resources(edits: &mut Edits, path: &str, thing: Option<&str>, with: Expressions<'_>) {
    if let Some(value) = with.values.read(thing, "resources") {
        let block = Node::new(Kind::Block("toYaml .".to_owned()));
        let block = block.guarded(format!("with {value}"));
        edits.put(path, "resources", UP_TO_ENV, block);
    }
}

fn variables(edits: &mut Edits, path: &str, of: Of<'_>, with: Expressions<'_>) {
    let Of { id, pod, tier, .. } = of;
    let thing = Some(id.name.as_str());
    let proxied = tier.map(|tier| public::ingresses(with, tier));
    let proxied = proxied.filter(|conditions| !conditions.is_empty());
    // The fullest pod has variables that this one may lack, before all others.
    let number = items(edits, &format!("{path}.env"));
    let said = pod.env.iter().rev();
    let said: BTreeMap<&str, &Variable> = said.map(|it| (it.name.as_str(), it)).collect();
    for index in 0..number {
        let at = format!("{path}.env.{index}");
        let Some(name) = edits.text(&format!("{at}.name")).map(str::to_owned) else {
            continue;
        };
        secret_name(edits, &format!("{at}.valueFrom.secretKeyRef"), with);
        let Some(variable) = said.get(name.as_str()).copied() else {
            if let Some(conditions) = &proxied {
                edits.guard(&at, format!("if {}", any(conditions)));
            }
            continue;
        };
        if is_proxied(pod, id.origin, variable) {
            if let Some(conditions) = &proxied {
                edits.guard(&at, format!("if {}", any(conditions)));
            }
            continue;
        }
        let node = match &variable.value {
            Value::Text(text) => match with.values.get(thing, &format!("env.{name}")) {
                Some(value) => with.set_variable(value, text),
                None => with.variable(text),
            },
            Value::Composed(pieces) => with.composed(pieces),
            Value::Config { .. } | Value::Secret(_) | Value::Pod(_) => continue,
        };
        if let Kind::Expression(expression) = node.kind {
            edits.set(&format!("{at}.value"), expression);
        }
    }
    for (index, from) in pod.env_from.iter().enumerate() {
        if from.kind == EnvFromKind::Secret
            && let Some(name) = existing(&from.object, with)
        {
            edits.set(&format!("{path}.envFrom.{index}.secretRef.name"), name);
        }
    }
    extra_variables(edits, path, thing, with);
    if let (Some(conditions), Some(extra)) = (&proxied, with.values.read(thing, "extraEnv")) {
        // A list whose items are all left out is left out itself.
        let env = format!("{path}.env");
        let is_guarded = |index: usize| {
            let item = edits.get(&format!("{env}.{index}"));
            item.is_some_and(|item| item.guard.is_some())
        };
        if number > 0 && (0..number).all(is_guarded) {
            let conditions = [&conditions[..], &[extra]].concat();
            edits.guard(&env, format!("if {}", any(&conditions)));
        }
    }
}

/// Conditions of which one must hold.
pub(super) fn any(conditions: &[String]) -> String {
    match conditions {
        [only] => only.clone(),
        several => format!("or {}", several.join(" ")),
    }
}

fn extra_variables(edits: &mut Edits, path: &str, thing: Option<&str>, with: Expressions<'_>) {
    let Some(extra) = with.values.read(thing, "extraEnv") else {
        return;
    };
    let items = |map: &str| {
        format!(
            "{{{{- range $name, $value := {map} }}}}\n- name: {{{{ $name | quote }}}}\n  value: {{{{ $value | replace \"$\" \"$$\" | quote }}}}\n{{{{- end }}}}"
        )
    };
    let env = format!("{path}.env");
    if edits.has(&env) {
        edits.add_lines(&env, &items(&extra));
    } else {
        let node = Node::sequence([lines(&items("."))]).guarded(format!("with {extra}"));
        edits.put(path, "env", UP_TO_ENV, node);
    }
}

/// The name of the Secret that a variable is read from.
fn secret_name(edits: &mut Edits, at: &str, with: Expressions<'_>) {
    let path = format!("{at}.name");
    let name = edits.text(&path).and_then(|object| existing(object, with));
    if let Some(name) = name {
        edits.set(&path, name);
    }
}

/// How a template names a Secret of the application's own, by the name that it has without a chart.
pub(super) fn existing(object: &str, with: Expressions<'_>) -> Option<String> {
    let owner = *with.shape.owners().get(object)?;
    let read = with.values.read(owner, "existingSecret")?;
    Some(match with.shape.app.helm.secrets {
        crate::ir::ChartSecrets::Existing => format!("{{{{ {read} | quote }}}}"),
        crate::ir::ChartSecrets::Values => {
            let name = super::text::go_string(object);
            format!("{{{{ {read} | default {name} | quote }}}}")
        }
    })
}

fn health(edits: &mut Edits, path: &str, tier: &Tier, with: Expressions<'_>) {
    host_of_probes(edits, path, tier, with);
    let said = health_path(tier).map(str::to_owned);
    let value = with.values.read(Some(&tier.id.name), "healthPath");
    let Some(value) = value else { return };
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        let at = format!("{path}.{probe}.httpGet.path");
        if edits.text(&at) == said.as_deref() {
            edits.set(&at, format!("{{{{ {value} | quote }}}}"));
        }
    }
}

/// The host that probes ask for, where an installer may change what it is made of.
fn host_of_probes(edits: &mut Edits, path: &str, tier: &Tier, with: Expressions<'_>) {
    let Some(probes) = &tier.probes else { return };
    for (field, probe) in [
        ("startupProbe", &probes.startup),
        ("readinessProbe", &probes.readiness),
        ("livenessProbe", &probes.liveness),
    ] {
        let at = format!("{path}.{field}.httpGet.httpHeaders.0.value");
        if let Some(Probe {
            handler: Handler::Get {
                host: Some(host), ..
            },
            ..
        }) = probe
            && edits.has(&at)
            && let Kind::Expression(expression) = with.variable(host).kind
        {
            edits.set(&at, expression);
        }
    }
}
