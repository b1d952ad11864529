//! The objects of an application as templates.

use super::asked;
use super::edit::Edits;
use super::fullest::{fullest, plain};
use super::kinds;
use super::text::Expressions;
use crate::backend::kubernetes::{self, Group, patched};
use crate::ir::{App, ChartSecrets, Patch, SecretObject};
use crate::yaml::{Kind, Node, map};
use std::collections::BTreeMap;

/// A template of one object.
#[derive(Debug, Clone)]
pub(super) struct Template {
    /// Its place below `templates/`.
    pub(super) path: String,
    /// The object.
    pub(super) node: Node,
    /// The name and the body of a named template before it: that of a Job's pod.
    pub(super) pod: Option<(String, Node)>,
}

/// Every template of an object.
pub(super) fn all(with: Expressions<'_>) -> Vec<Template> {
    let app = with.shape.app;
    let full = fullest(with.shape);
    let said = patches(app);
    let mut bases: BTreeMap<String, Vec<Node>> = BTreeMap::new();
    if !said.is_empty() {
        kubernetes::groups(&plain(app), |group, objects| {
            bases.insert(owner(group), objects);
        });
    }
    let mut templates = Vec::new();
    kubernetes::groups(&full, |group, objects| {
        let owner = owner(group);
        let bases = bases.get(&owner).map_or(&[][..], Vec::as_slice);
        let patches = said.get(&owner).copied().unwrap_or_default();
        let mut all = secrets(app, group);
        all.extend(objects);
        for object in all {
            let is_said = |patch: &&Patch| is_of(patch, &object, bases);
            let said: Vec<_> = patches.iter().filter(is_said).collect();
            // What patches say of an object counts for it as it is without a chart.
            let base = bases
                .iter()
                .find(|it| !said.is_empty() && is_same(it, &object));
            let object = base.cloned().unwrap_or(object);
            let pods = object.get("spec").and_then(|spec| spec.get("template"));
            let pods = pods.and_then(|it| it.get("spec"));
            let test = if let Group::Tier(tier) = group
                && kind(&object) == kubernetes::workload_kind(tier)
            {
                let asks = pods.and_then(|pods| asked::pod(tier, pods, with));
                asks.map(|asks| test(&tier.id.name, asks, with))
            } else {
                None
            };
            templates.extend(template(object, &said, group, with));
            templates.extend(test);
        }
    });
    templates
}

/// The template of a pod that asks a tier.
fn test(tier: &str, mut asks: Edits, with: Expressions<'_>) -> Template {
    metadata(&mut asks, with);
    Template {
        path: format!("{tier}/test.yaml"),
        node: asks.node,
        pod: None,
    }
}

/// The patches of each group that has any, as the application has them.
fn patches(app: &App) -> BTreeMap<String, &[Patch]> {
    let tiers = app
        .tiers
        .iter()
        .map(|it| (owner(Group::Tier(it)), &it.patches));
    let databases = app.databases.iter();
    let databases = databases.map(|it| (owner(Group::Database(it)), &it.patches));
    let jobs = app
        .jobs
        .iter()
        .map(|it| (owner(Group::Job(it)), &it.patches));
    let all = tiers.chain(databases).chain(jobs);
    let all = all.filter(|(_, patches)| !patches.is_empty());
    all.map(|(owner, patches)| (owner, patches.as_slice()))
        .collect()
}

fn kind(node: &Node) -> &str {
    node.get("kind").and_then(Node::as_text).unwrap_or_default()
}

fn name(node: &Node) -> &str {
    let name = node.get("metadata").and_then(|it| it.get("name"));
    name.and_then(Node::as_text).unwrap_or_default()
}

fn is_same(one: &Node, other: &Node) -> bool {
    kind(one) == kind(other) && job_name(one) == job_name(other)
}

/// The name of an object; of a Job the one without its hash.
fn job_name(node: &Node) -> &str {
    let name = name(node);
    if kind(node) != "Job" {
        return name;
    }
    let hash = crate::ir::JOB_HASH + 1;
    name.get(..name.len().saturating_sub(hash)).unwrap_or(name)
}

/// Whether a patch is of an object, among those that there are without a chart.
fn is_of(patch: &Patch, object: &Node, bases: &[Node]) -> bool {
    let mut bases = bases.iter().filter(|base| kind(base) == patch.kind.value);
    let name = match &patch.object {
        Some(name) => Some(name.value.as_str()),
        None => bases.next().map(job_name),
    };
    patch.kind.value == kind(object) && name == Some(job_name(object))
}

/// What tells a group from others.
fn owner(group: Group<'_>) -> String {
    match group {
        Group::Namespace => "namespace".to_owned(),
        Group::Shared => "shared".to_owned(),
        Group::Database(database) => format!("thing {}", database.id.name),
        Group::Tier(tier) => format!("thing {}", tier.id.name),
        Group::Job(job) => format!("thing {}", job.id.name),
        Group::Ingresses => "ingresses".to_owned(),
    }
}

/// The Secrets of a group, where the chart makes them.
fn secrets(app: &App, group: Group<'_>) -> Vec<Node> {
    if app.helm.secrets != ChartSecrets::Values {
        return Vec::new();
    }
    let secret = match group {
        Group::Shared => app.secret.as_ref(),
        Group::Tier(tier) => tier.pod.secret.as_ref(),
        Group::Job(job) => job.pod.secret.as_ref(),
        Group::Database(database) => database.secret.as_ref(),
        Group::Namespace | Group::Ingresses => None,
    };
    let of = |secret: &SecretObject| {
        let mut metadata = kubernetes::metadata(app, group, &secret.name);
        if let Group::Database(database) = group
            && let Some(labels) = kubernetes::secret_labels(database)
        {
            metadata.merge(&map! { "labels": labels }, &|_| None);
        }
        map! {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": metadata,
            "type": "Opaque",
            "data": Node::mapping::<&str>([]),
        }
        .at(secret.origin)
    };
    secret
        .filter(|secret| !secret.keys.is_empty())
        .map(of)
        .into_iter()
        .collect()
}

fn template(
    mut object: Node,
    said: &[&Patch],
    group: Group<'_>,
    with: Expressions<'_>,
) -> Option<Template> {
    let (kind, name) = (kind(&object).to_owned(), job_name(&object).to_owned());
    if kind == "Namespace" {
        return None;
    }
    if let Some(node) = field(&mut object, &["metadata", "name"]) {
        node.kind = Kind::Text(name.clone());
    }
    let patches = said.iter().filter_map(|patch| patch.node()).collect();
    let mut edits = Edits::new(object, patches);
    let path = kinds::edit(&mut edits, &kind, &name, group, with);
    metadata(&mut edits, with);
    let guard = edits.node.guard.take();
    let said: Vec<Patch> = said.iter().map(|&patch| patch.clone()).collect();
    let mut node = patched(vec![edits.node], &said).pop()?;
    node.guard = guard;
    let mut pod = None;
    if kind == "Job" {
        let called = path.trim_end_matches(".yaml").replace('/', ".");
        let called = called
            .replace(".migrate-job", "-migrate")
            .replace(".job", "");
        let called = with.helper(&format!("{called}.pod"));
        if let Some(template) = field(&mut node, &["spec", "template"]) {
            let include = Node {
                kind: Kind::Block(format!("include {called} .")),
                ..template.clone()
            };
            pod = Some((called.clone(), std::mem::replace(template, include)));
        }
        if let Some(node) = field(&mut node, &["metadata", "name"]) {
            let hash = format!(
                "include {called} . | sha256sum | trunc {}",
                crate::ir::JOB_HASH
            );
            node.kind = Kind::Expression(format!("{name}-{{{{ {hash} }}}}"));
        }
    }
    Some(Template { path, node, pod })
}

fn field<'n>(node: &'n mut Node, path: &[&str]) -> Option<&'n mut Node> {
    path.iter().try_fold(node, |node, key| node.get_mut(key))
}

/// What every object of a release says of itself. Pods keep the labels that they have without a
/// chart: none is restarted when Helm takes them over, or by another version of the chart.
fn metadata(edits: &mut Edits, with: Expressions<'_>) {
    let app = with.shape.app;
    let namespace = with.values.read(None, "namespace");
    let namespace = namespace.unwrap_or_else(|| ".Release.Namespace".to_owned());
    edits.set(
        "metadata.namespace",
        format!("{{{{ {namespace} | quote }}}}"),
    );
    let Some(labels) = field(&mut edits.node, &["metadata", "labels"]) else {
        return;
    };
    let Kind::Mapping(fields) = &mut labels.kind else {
        return;
    };
    for (key, value) in fields.iter_mut() {
        let expression = match key.as_ref() {
            "app.kubernetes.io/managed-by" => "{{ .Release.Service }}",
            "app.kubernetes.io/version" if value.as_text() == Some(&app.version.value) => {
                "{{ .Chart.AppVersion | quote }}"
            }
            _ => continue,
        };
        value.kind = Kind::Expression(expression.to_owned());
    }
    let chart = format!("{{{{ include {} . | quote }}}}", with.helper("chart"));
    fields.push(("helm.sh/chart".into(), Node::expression(chart)));
}
