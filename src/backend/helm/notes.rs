//! `NOTES.txt`: what an installation tells.

use std::collections::BTreeMap;

use super::owners::owner_of_secrets;
use super::pod::any;
use super::shape::Shape;
use super::text::Expressions;
use super::validate::namespace;
use crate::backend::kubernetes::secrets::rollout_name_of_tier;
use crate::ir::{ChartSecrets, Expose, Port, PublicAddress, SecretObject, Tier};

/// The file without its head.
pub(super) fn text(with: Expressions<'_>) -> String {
    let app = with.shape.app;
    let place = namespace(with);
    let mut out = format!("{} is installed in namespace {place}.\n", app.name);
    out.push_str(&reached(with, &place));
    out.push_str(&secrets(with, &place));
    let migrated = app.tiers.iter().filter(|tier| tier.migration.is_some());
    for tier in migrated {
        let name = with.helper(&format!("{}-migrate.pod", tier.id.name));
        let Some(migration) = &tier.migration else {
            continue;
        };
        let job = format!(
            "{}-{{{{ include {name} . | sha256sum | trunc {} }}}}",
            migration.id.workload,
            crate::ir::JOB_HASH
        );
        out.extend([format!(
            "\nWait until the migrations of {} have ended, and see whether they ended well:\n  kubectl wait --for=jsonpath='{{.status.conditions[0].status}}'=True --timeout=30m \\\n    -n {place} job/{job}\n  kubectl wait --for=condition=complete --timeout=30s -n {place} \\\n    job/{job}\n",
            tier.id.name,
        )]);
    }
    let workloads: Vec<_> = app.tiers.iter().map(rollout_name_of_tier).collect();
    if !workloads.is_empty() {
        out.extend([format!(
            "\nPods read Secrets when they start. After a change of one, start them anew:\n  kubectl rollout restart -n {place} {}\n",
            workloads.join(" ")
        )]);
    }
    out
}

/// Where each tier is reached.
fn reached(with: Expressions<'_>, place: &str) -> String {
    let mut out = String::new();
    for tier in &with.shape.app.tiers {
        let is_exposed = with.shape.is_exposed(tier);
        let first = with.shape.exposed_port(tier).filter(|_| is_exposed);
        out.extend(first.map(|port| reached_port(with, place, tier, (port, None))));
        for port in with.shape.further_ports(tier) {
            out.push_str(&reached_port(with, place, tier, (port, Some(&port.name))));
        }
    }
    if out.is_empty() {
        out
    } else {
        format!("\nIt is reached here:\n{out}")
    }
}

/// Where a port of a tier is reached: the one that is exposed first, or a further one, with its name.
fn reached_port(
    with: Expressions<'_>,
    place: &str,
    tier: &Tier,
    (port, further): (&Port, Option<&str>),
) -> String {
    let name = &tier.id.name;
    let thing = Some(name.as_str());
    let (label, number, kind, node_port) = match further {
        None => {
            let read = |field: &str| with.values.read(thing, &format!("service.{field}"));
            (name.clone(), read("port"), read("type"), read("nodePort"))
        }
        Some(port) => {
            let read = |field: &str| with.values.read(thing, &format!("ports.{port}.{field}"));
            (
                format!("{name} {port}"),
                None,
                read("type"),
                read("nodePort"),
            )
        }
    };
    let number = number.map_or(port.service.to_string(), |it| format!("{{{{ int {it} }}}}"));
    // The same for each target, which may share these templates.
    let mut forwarded: BTreeMap<u16, Option<String>> = BTreeMap::new();
    for it in with.shape.views(tier) {
        let first = further.is_none().then_some((&it.expose.value, &it.public));
        let others = it
            .further
            .iter()
            .filter(|it| Some(it.port.as_str()) == further);
        let others = others.map(|it| (&it.expose.value, &it.public));
        for (expose, public) in first.into_iter().chain(others) {
            if let Expose::Forward { port } = expose {
                forwarded.insert(*port, public.as_ref().map(PublicAddress::origin));
            }
        }
    }
    let local = forwarded.keys().next().copied();
    let local = local.unwrap_or(port.container);
    let service = &tier.id.service;
    let forward = if port.is_tcp() {
        format!("{label}: kubectl port-forward -n {place} svc/{service} {local}:{number}")
    } else {
        format!("{label}: UDP port {number} of the Service {service}, within the cluster")
    };
    let mut branches = String::new();
    if super::public::origin(with, tier, further).is_some() {
        let origin = with.origin(name, further);
        // Whoever is to forward a port needs the command.
        let forwarded = forwarded.values().flatten();
        let forwarded = forwarded.map(|it| super::text::go_string(it));
        let forwarded: Vec<_> = forwarded.collect();
        let condition = if forwarded.is_empty() {
            origin.clone()
        } else {
            let list = forwarded.join(" ");
            format!("and ({origin}) (not (has ({origin}) (list {list})))")
        };
        branches.extend([format!(
            "{{{{- if {condition} }}}}\n{label}: {{{{ {origin} }}}}\n"
        )]);
    }
    if let (Some(kind), Some(node_port)) = (kind, node_port) {
        let word = if branches.is_empty() { "if" } else { "else if" };
        branches.extend([format!(
            "{{{{- {word} and (eq {kind} \"NodePort\") {node_port} }}}}\n{label}: port {{{{ int {node_port} }}}} of any node\n"
        )]);
    }
    if branches.is_empty() {
        format!("{forward}\n")
    } else {
        format!("{branches}{{{{- else }}}}\n{forward}\n{{{{- end }}}}\n")
    }
}

/// The Secrets that must exist.
fn secrets(with: Expressions<'_>, place: &str) -> String {
    let app = with.shape.app;
    let (mut lines, mut named) = (String::new(), Vec::new());
    for (thing, secret) in all(with.shape) {
        let Some(read) = with.values.read(thing, "existingSecret") else {
            continue;
        };
        named.push(read.clone());
        let keys: Vec<_> = secret.keys.iter().map(|key| key.key.as_str()).collect();
        lines.extend([format!(
            "{{{{- with {read} }}}}\n  {{{{ . }}}}: {}\n{{{{- end }}}}\n",
            keys.join(", ")
        )]);
    }
    if lines.is_empty() {
        return lines;
    }
    match app.helm.secrets {
        ChartSecrets::Existing => {
            format!("\nSecrets that must exist in namespace {place}, each with its keys:\n{lines}")
        }
        ChartSecrets::Values => {
            let named = any(&named);
            format!(
                "{{{{- if {named} }}}}\n\nSecrets that must exist in namespace {place}, each with its keys:\n{lines}{{{{- end }}}}\n{STORED}"
            )
        }
    }
}

/// What becomes of secrets among values.
const STORED: &str = "
A release stores the values that it was given, secrets among them: `helm get values` shows them to
whoever may read Secrets in the namespace.
";

/// Every Secret of the application's own, with its thing.
fn all<'a>(shape: &Shape<'a>) -> Vec<(Option<&'a str>, &'a SecretObject)> {
    let app = shape.app;
    let things = app.pods().map(|(id, _)| id);
    let databases = app.databases.iter().map(|database| &database.id);
    let things = things.chain(databases).map(|id| Some(id.name.as_str()));
    let things = std::iter::once(None).chain(things);
    let secrets = things.filter_map(|thing| Some((thing, owner_of_secrets(app, thing)?)));
    secrets
        .filter(|(_, secret)| !secret.keys.is_empty())
        .collect()
}
