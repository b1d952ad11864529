//! Paths that are taken off what programs are asked for: who does so, and how it is told.

use std::collections::{BTreeMap, BTreeSet};

use super::host_settings::{self, LimitReader};
use crate::catalog::controllers::Stripping;
use crate::check::findings::Findings;
use crate::check::names::overlay::AppView;
use crate::check::names::routes;
use crate::check::names::scope::{Scope, Thing};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Entry, Expose, HostSettings, IngressSettings, Tier, escaped};
use crate::source::Span;
use crate::syntax::ast::{self, HostRoutes};

/// The hosts whose paths a controller takes for regular expressions, and where the first of them is taken off.
pub(in crate::check) fn pattern_hosts(
    view: &AppView<'_>,
    tiers: &[Tier],
    told: LimitReader<'_>,
) -> BTreeMap<String, Span> {
    let LimitReader::Ingresses(Some(controller), _) = told else {
        return BTreeMap::new();
    };
    if !matches!(controller.strip, Stripping::Patterns { .. }) {
        return BTreeMap::new();
    }
    let exposes = tiers.iter().flat_map(Tier::exposes);
    let own = exposes.filter_map(|it| match &it.value {
        Expose::Ingress { host, strip, .. } => Some((host.clone(), (*strip)?)),
        Expose::Internal
        | Expose::NodePort { .. }
        | Expose::LoadBalancer
        | Expose::Forward { .. }
        | Expose::Elsewhere { .. } => None,
    });
    let shared = view.hosts.iter().flat_map(|host| {
        let routes = host.routes.iter();
        let strips = routes.filter_map(|it| routes::strip(host.said, it));
        strips.map(|place| (routes::text(host.said.host.as_ref()), place))
    });
    let mut hosts = BTreeMap::new();
    for (host, place) in own.chain(shared) {
        hosts.entry(host).or_insert(place);
    }
    hosts
}

/// Gives the hosts of tiers what is said of each alone.
pub(in crate::check) fn of_tiers<'a>(
    tiers: &mut [Tier],
    all: &IngressSettings,
    scope: &Scope<'a>,
    found: &mut Findings,
) {
    let told = host_settings::told(all);
    for tier in tiers {
        let Some(Thing::Tier(face)) = scope.things.get(tier.id.name.as_str()) else {
            continue;
        };
        if !face.view.routes.is_empty() {
            continue;
        }
        let further: &'a [ast::Expose] = face.view.further;
        for said in face.view.expose.holds.into_iter().chain(further) {
            let further = tier.further.iter_mut().map(|it| &mut it.expose);
            let mut ways = std::iter::once(&mut tier.expose).chain(further);
            let exposed = ways.find(|it| it.span == said.span);
            if let Some(Expose::Ingress {
                settings,
                host,
                path,
                strip,
                ..
            }) = exposed.map(|it| &mut it.value)
            {
                if let Some(of_host) = &said.settings {
                    *settings = host_settings::of_host(of_host, told, scope, found);
                }
                if let Some(place) = *strip {
                    is_told(place, (settings, all), found);
                }
                *settings = of_path(settings, (host, path, *strip), all);
            }
        }
    }
}

/// What is said of a host, with what its controller is told of one of its paths.
pub(in crate::check) fn of_path(
    said: &HostSettings,
    (host, path, strip): (&str, &str, Option<Span>),
    settings: &IngressSettings,
) -> HostSettings {
    let mut said = said.clone();
    let LimitReader::Ingresses(Some(controller), _) = host_settings::told(settings) else {
        return said;
    };
    let patterned = settings.pattern_hosts.get(host).copied();
    let entry = |(key, value): (&str, String), origin| Entry {
        key: key.to_owned(),
        value,
        origin,
    };
    let fixed = |all: &'static [(&'static str, &'static str)], origin| {
        let all = all.iter();
        all.map(|(key, value)| entry((key, (*value).to_owned()), origin))
            .collect()
    };
    let entries: Vec<Entry> = match (controller.strip, strip, patterned) {
        (Stripping::Patterns { stripped, .. }, Some(place), _) => fixed(stripped, place),
        (Stripping::Patterns { whole, .. }, None, Some(place)) => fixed(whole, place),
        (Stripping::Paths(keys), Some(place), _) => {
            let pattern = escaped(path.trim_end_matches('/'));
            let all = keys.iter();
            all.map(|(key, form)| entry((key, form.written(&pattern)), place))
                .collect()
        }
        (Stripping::Patterns { .. } | Stripping::Paths(_) | Stripping::Untold, ..) => Vec::new(),
    };
    host_settings::add(&mut said.annotations, entries);
    said
}

/// What to do instead of telling a controller.
const GATEWAY: &str = "lead to the host by a Gateway, whose routes do so: `gateway \"NAME\"` in `ingress` of `app` or of a target";

/// Complains of a path that nobody takes off, or that an annotation says something else of.
pub(in crate::check) fn is_told(
    place: Span,
    (said, settings): (&HostSettings, &IngressSettings),
    found: &mut Findings,
) {
    let LimitReader::Ingresses(controller, class) = host_settings::told(settings) else {
        return;
    };
    let keys: BTreeSet<&str> = match controller.map(|it| it.strip) {
        Some(strip @ (Stripping::Patterns { .. } | Stripping::Paths(_))) => strip.keys().collect(),
        Some(Stripping::Untold) => {
            let word = controller.map_or("", |it| it.word);
            let message = format!(
                "no annotation tells the controller of the class `{}` to take a path off",
                class.unwrap_or(word)
            );
            let diagnostic = Diagnostic::new(Code::StripImpossible, place, message);
            found.push(diagnostic.help(GATEWAY).help(
                "or delete `strip`, have an `object` file hold a Middleware with `stripPrefix`, and name it: `annotate \"traefik.ingress.kubernetes.io/router.middlewares\" = \"NAMESPACE-NAME@kubernetescrd\"`",
            ));
            return;
        }
        None => {
            let (message, help) = match class {
                Some(class) => (
                    format!(
                        "nobody takes this path off: no controller is known that serves the class `{class}`"
                    ),
                    "or delete `strip`, and write the annotation by which that controller is told: `annotate \"KEY\" = \"VALUE\"`",
                ),
                None => (
                    "nobody takes this path off: no class says which controller serves the host"
                        .to_owned(),
                    "or name the class, in `ingress` of `app` or of a target: `class \"nginx\"`",
                ),
            };
            let diagnostic = Diagnostic::new(Code::StripImpossible, place, message);
            found.push(diagnostic.help(GATEWAY).help(help));
            return;
        }
    };
    let all = said.annotations.iter().chain(&settings.annotations);
    for entry in all.filter(|it| keys.contains(it.key.as_str()) && it.origin != place) {
        let message = format!(
            "`{}` beside `strip`: both say what becomes of paths",
            entry.key
        );
        let diagnostic = Diagnostic::new(Code::Repeated, entry.origin, message);
        let diagnostic = diagnostic.also(place, "this takes a path off");
        found.push(diagnostic.help("delete the annotation, or `strip`"));
    }
}

/// Complains of paths that a host over several tiers takes off and doesn't have.
pub(in crate::check) fn are_routes(host: &HostRoutes, found: &mut Findings) {
    let paths: Vec<&str> = host
        .routes
        .iter()
        .map(|route| route.path.value.as_str())
        .collect();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for said in &host.settings.stripped {
        let path = said.value.as_str();
        if !paths.contains(&path) {
            let host = routes::text(host.host.as_ref());
            let message = format!("the host `{host}` has no path `{path}`");
            let diagnostic = Diagnostic::new(Code::UnknownName, said.span, message);
            let near = did_you_mean(path, paths.iter().copied());
            found.push(match near {
                Some(near) => {
                    let title = format!("did you mean `\"{near}\"`?");
                    diagnostic.maybe(title, said.span, format!("\"{near}\""))
                }
                None => diagnostic.help(format!("say where it leads: `\"{path}\" = TIER`")),
            });
        } else if path.trim_end_matches('/').is_empty() {
            let message = "`strip` takes nothing off: all paths begin with `/`";
            let diagnostic = Diagnostic::new(Code::StripImpossible, said.span, message);
            found.push(diagnostic.help("leave it out: name the paths that their tiers don't know"));
        } else if let Some(first) = seen.insert(path, said.span) {
            let message = format!("the path `{path}` is taken off twice");
            let diagnostic = Diagnostic::new(Code::Repeated, said.span, message);
            found.push(
                diagnostic
                    .also(first, "here as well")
                    .help("delete one of the two"),
            );
        }
    }
}
