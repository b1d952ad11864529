//! What may stand once in a cluster and stands twice: names of objects, node ports, routes.

use indexmap::IndexMap;

use super::findings::Findings;
use super::inventory;
use crate::diag::{Code, Diagnostic};
use crate::ir::{App, DatabaseWorkload, Expose, Identity, Object};
use crate::source::Span;

/// Complains of every two things that would meet in one object, port or route.
pub(super) fn check(app: &App, found: &mut Findings) {
    object_names_differ(app, found);
    copies_differ(app, found);
    node_ports_differ(app, found);
    routes_differ(app, found);
}

fn object_names_differ(app: &App, found: &mut Findings) {
    let mut seen: IndexMap<(&str, &str), Span> = IndexMap::new();
    for (kind, name, origin) in claims(app) {
        let Some(first) = seen.insert((kind, name), origin) else {
            continue;
        };
        let message = format!("two things would have the {kind} `{name}`");
        found.push(
            Diagnostic::new(Code::ObjectClash, origin, message)
                .also(first, "the other one")
                .help("change a name, or the pattern in `naming`"),
        );
    }
}

/// Objects of other kinds are none of ours, and each stands once.
fn copies_differ(app: &App, found: &mut Findings) {
    let ours = inventory::of_app(app).into_iter();
    let mut seen: Vec<_> = ours
        .map(|object| (object.kind.to_owned(), object.name, object.origin))
        .collect();
    for file in &app.objects {
        for object in &file.objects {
            // Somebody else's namespace is none of ours.
            let elsewhere = |it: &String| *it != app.namespace.name;
            if object.namespace.as_ref().is_some_and(elsewhere) {
                continue;
            }
            let Object { kind, name, .. } = object;
            let mut same = seen.iter().filter(|(other, _, _)| other == kind);
            if let Some((_, _, first)) = same.find(|(_, other, _)| other == name) {
                let message = format!("`{}` holds the {kind} `{name}`, which is there", file.path);
                found.push(
                    Diagnostic::new(Code::ObjectClash, file.origin, message)
                        .also(*first, "it comes from here")
                        .help("delete it from the file, or give it another name"),
                );
            }
            seen.push((kind.clone(), name.clone(), file.origin));
        }
    }
}

/// Every name that must be one thing's alone: its kind, the name, and where it comes from.
fn claims(app: &App) -> Vec<(&'static str, &str, Span)> {
    let mut claims = Vec::new();
    let tiers = app.tiers.iter().map(|tier| &tier.id);
    for id in tiers.chain(app.databases.iter().map(|database| &database.id)) {
        let Identity {
            workload,
            service,
            label,
            origin,
            ..
        } = id;
        claims.extend([
            ("workload", workload.as_str(), *origin),
            ("Service", service, *origin),
            ("label", label, *origin),
        ]);
    }
    let own = app.tiers.iter().filter_map(|tier| tier.pod.config.as_ref());
    for config in app.config.iter().chain(own) {
        claims.push(("ConfigMap", &config.name, config.origin));
    }
    let tiers = app.tiers.iter().filter_map(|tier| tier.pod.secret.as_ref());
    let databases = app.databases.iter().map(|database| &database.secret);
    for secret in app.secret.iter().chain(tiers).chain(databases) {
        claims.push(("Secret", &secret.name, secret.origin));
    }
    for volume in app.tiers.iter().flat_map(|tier| &tier.pod.volumes) {
        if volume.claim.is_some() {
            claims.push(("PersistentVolumeClaim", &volume.object, volume.origin));
        }
    }
    // The claim of a database's Deployment is named after it.
    for database in &app.databases {
        if database.workload == DatabaseWorkload::Deployment {
            let Identity {
                workload, origin, ..
            } = &database.id;
            claims.push(("PersistentVolumeClaim", workload, *origin));
        }
    }
    for tier in app
        .tiers
        .iter()
        .filter(|tier| tier.pod.image.build.is_some())
    {
        claims.push(("image", &tier.pod.image.reference, tier.pod.image.origin));
    }
    claims
}

fn node_ports_differ(app: &App, found: &mut Findings) {
    let mut seen: IndexMap<u16, Span> = IndexMap::new();
    for tier in &app.tiers {
        let Expose::NodePort { port: Some(port) } = tier.expose.value else {
            continue;
        };
        let Some(first) = seen.insert(port, tier.expose.span) else {
            continue;
        };
        let message = format!("the node port {port} is taken");
        found.push(
            Diagnostic::new(Code::NodePortTaken, tier.expose.span, message)
                .also(first, "by this")
                .help("choose another one from 30000 to 32767"),
        );
    }
}

fn routes_differ(app: &App, found: &mut Findings) {
    let mut seen: IndexMap<(&str, &str), Span> = IndexMap::new();
    for tier in &app.tiers {
        let Expose::Ingress { host, path, .. } = &tier.expose.value else {
            continue;
        };
        let Some(first) = seen.insert((host, path), tier.expose.span) else {
            continue;
        };
        let message = format!("two tiers answer at `{host}{path}`");
        found.push(
            Diagnostic::new(Code::RouteTaken, tier.expose.span, message)
                .also(first, "the other one")
                .help("give one of them another host, or a path: `path \"/api\"`"),
        );
    }
}
