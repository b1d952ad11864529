//! What may stand once in a cluster and stands twice: names of objects, node ports, routes.

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::copies::Copied;
use super::inventory;
use crate::backend::claims;
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, Expose, LedPath, Tier, led_paths};
use crate::source::Span;

/// Complains of every two things that would meet in one object, port or route.
pub(super) fn check(app: &App, copies: &[Copied<'_>], found: &mut Bag) {
    let volumes = claims::of_volumes(app, "PersistentVolumeClaim");
    let names = claims::of_app(app).into_iter().chain(volumes);
    claims::object_names_differ(names, found);
    copies_differ(app, copies, found);
    node_ports_differ(app, found);
    forwards_differ(app, found);
    routes_differ(app, found);
}

/// Objects of other kinds are none of ours, and each stands once.
fn copies_differ(app: &App, copies: &[Copied<'_>], found: &mut Bag) {
    if copies.is_empty() {
        return;
    }
    let ours = inventory::of_app(app);
    let mut seen: IndexMap<(&str, &str), Span> = IndexMap::new();
    for object in &ours {
        let place = seen.entry((object.kind, &object.name));
        place.or_insert(object.origin);
    }
    // Somebody else's namespace is none of ours.
    let is_ours = |copy: &&Copied<'_>| {
        let namespace = copy.namespace.as_ref();
        namespace.is_none_or(|it| *it == app.namespace.name)
    };
    for Copied {
        file, kind, name, ..
    } in copies.iter().filter(is_ours)
    {
        match seen.entry((kind, name)) {
            Entry::Vacant(free) => {
                free.insert(file.origin);
            }
            Entry::Occupied(first) => {
                let message = format!("`{}` holds the {kind} `{name}`, which is there", file.path);
                found.push(
                    Diagnostic::new(Code::ObjectClash, file.origin, message)
                        .also(*first.get(), "it comes from here")
                        .help("delete it from the file, or give it another name"),
                );
            }
        }
    }
}

fn node_ports_differ(app: &App, found: &mut Bag) {
    let port = |expose: &Expose| match expose {
        Expose::NodePort { port } => *port,
        Expose::Internal
        | Expose::LoadBalancer
        | Expose::Ingress { .. }
        | Expose::Elsewhere { .. }
        | Expose::Forward { .. } => None,
    };
    let help = "choose another one from 30000 to 32767";
    ports_differ(app, port, ("node port", help), found);
}

fn forwards_differ(app: &App, found: &mut Bag) {
    let port = |expose: &Expose| match expose {
        Expose::Forward { port } => Some(*port),
        Expose::Internal
        | Expose::LoadBalancer
        | Expose::Ingress { .. }
        | Expose::Elsewhere { .. }
        | Expose::NodePort { .. } => None,
    };
    ports_differ(app, port, ("local port", "choose another one"), found);
}

/// Complains of each tier whose port of one kind another one has; `kind` has its name and the way out.
fn ports_differ(
    app: &App,
    port: impl Fn(&Expose) -> Option<u16>,
    (kind, help): (&str, &str),
    found: &mut Bag,
) {
    let mut seen: IndexMap<u16, Span> = IndexMap::new();
    for expose in app.tiers.iter().flat_map(Tier::exposes) {
        let Some(port) = port(&expose.value) else {
            continue;
        };
        let Some(first) = seen.insert(port, expose.span) else {
            continue;
        };
        let message = format!("the {kind} {port} is taken");
        found.push(
            Diagnostic::new(Code::PortTaken, expose.span, message)
                .also(first, "by this")
                .help(help),
        );
    }
}

fn routes_differ(app: &App, found: &mut Bag) {
    let mut seen: IndexMap<(&str, &str, &str), Span> = IndexMap::new();
    for led in led_paths(&app.tiers, &app.ingresses) {
        let LedPath {
            host, path, origin, ..
        } = led;
        // What has two kinds of routes is told of as such.
        let kind = app.ingress.kind_to(led.port);
        let Some(first) = seen.insert((host, path, kind.word()), origin) else {
            continue;
        };
        let message = format!("the route `{host}{path}` is taken");
        found.push(
            Diagnostic::new(Code::RouteTaken, origin, message)
                .also(first, "by this")
                .help("give one of the two another host, or a path: `path \"/api\"`"),
        );
    }
}
