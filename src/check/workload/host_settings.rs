//! What is said of hosts besides where they lead: annotations, and limits that controllers are told of.

use std::collections::{BTreeMap, BTreeSet};

use super::{gateway, labels};
use crate::catalog::controllers::{self, Controller};
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::check::types::measure::Measure;
use crate::check::types::numbers;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Entry, HostSettings, Ingress, IngressSettings, Tier};
use crate::source::Spanned;
use crate::syntax::ast::{self, Name, Setting};

/// Most bytes that the body of a request may be said to have: 1 PiB.
const MOST_BODY: i128 = 1 << 50;

/// Who is told of limits.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) enum LimitReader<'a> {
    /// The controllers of a class, where one is known; the class, where one is said.
    Ingresses(Option<&'static Controller>, Option<&'a str>),
    /// A Gateway, by its routes.
    Gateway,
}

impl<'a> LimitReader<'a> {
    /// Who serves the hosts of a target.
    pub(in crate::check) fn of(
        has_gateway: bool,
        class: Option<&'a str>,
        annotations: &'a [Entry],
    ) -> Self {
        const OLD: &str = "kubernetes.io/ingress.class";
        if has_gateway {
            return LimitReader::Gateway;
        }
        let mut old = annotations.iter().filter(|it| it.key == OLD);
        let class = class.or_else(|| old.next().map(|it| it.value.as_str()));
        LimitReader::Ingresses(class.and_then(controllers::of_class), class)
    }
}

/// What limits come to: annotations, and the seconds that a route says.
#[derive(Debug, Default)]
pub(in crate::check) struct Limits {
    pub(in crate::check) annotations: Vec<Entry>,
    pub(in crate::check) timeout: Option<Spanned<u32>>,
}

/// What the limits of hosts come to.
pub(in crate::check) fn limits(
    (body, timeout): (Option<&Name>, Option<&Name>),
    told: LimitReader<'_>,
    found: &mut Findings,
) -> Limits {
    let mut limits = Limits::default();
    if let Some(said) = body
        && let Some(bytes) = bytes(said, found)
    {
        match told {
            LimitReader::Ingresses(Some(controller), _) => {
                let keys = controller.body.iter();
                limits.annotations.extend(keys.map(|key| Entry {
                    key: (*key).to_owned(),
                    value: controllers::bytes(bytes),
                    origin: said.span,
                }));
            }
            LimitReader::Ingresses(None, class) => unknown("body", said, class, found),
            LimitReader::Gateway => {
                let message = "no route can say how large a body may be: `body` does nothing here";
                let warning = Diagnostic::new(Code::LimitUntold, said.span, message);
                found.push(warning.help(
                    "say it in the words of the Gateway's controller, in an `object` file; where other \
                     targets have Ingresses, move it into `ingress` of those",
                ));
            }
        }
    }
    if let Some(said) = timeout
        && let Some(seconds) = numbers::duration(said, found)
    {
        match told {
            LimitReader::Ingresses(Some(controller), _) => {
                let keys = controller.timeout.iter();
                limits.annotations.extend(keys.map(|(key, form)| Entry {
                    key: (*key).to_owned(),
                    value: form.written(seconds),
                    origin: said.span,
                }));
            }
            LimitReader::Ingresses(None, class) => unknown("timeout", said, class, found),
            LimitReader::Gateway => limits.timeout = Some(Spanned::new(seconds, said.span)),
        }
    }
    limits
}

/// Finds what is wrong with limits that count for nothing, as those that a target replaces.
pub(in crate::check) fn replaced(
    (body, timeout): (Option<&Name>, Option<&Name>),
    found: &mut Findings,
) {
    if let Some(said) = body {
        bytes(said, found);
    }
    if let Some(said) = timeout {
        numbers::duration(said, found);
    }
}

/// The bytes of a body.
fn bytes(said: &Name, found: &mut Findings) -> Option<i128> {
    let quantity = numbers::quantity(said, Measure::Storage, found)?;
    let bytes = quantity.value.milli / 1000;
    if bytes <= MOST_BODY {
        return Some(bytes);
    }
    let message = format!("no request has a body of `{}`", said.value);
    let diagnostic = Diagnostic::new(Code::InvalidQuantity, said.span, message);
    found.push(diagnostic.help("write what a request may have, such as `20Mi`"));
    None
}

/// Warns of a limit of which nobody knows how the controller is told.
fn unknown(word: &str, said: &Name, class: Option<&str>, found: &mut Findings) {
    let (message, help) = match class {
        Some(class) => (
            format!(
                "`{word}` does nothing: no controller is known that serves the class `{class}`"
            ),
            format!(
                "write the annotation by which that controller is told in place of `{word}`: \
                 `annotate \"KEY\" = \"VALUE\"`"
            ),
        ),
        None => (
            format!("`{word}` does nothing: no class says which controller serves the host"),
            "name the class, in `ingress` of `app` or of a target: `class \"nginx\"`".to_owned(),
        ),
    };
    found.push(Diagnostic::new(Code::LimitUntold, said.span, message).help(help));
}

/// Adds what limits come to, but for annotations that are said as such.
pub(in crate::check) fn add(annotations: &mut Vec<Entry>, limits: Vec<Entry>) {
    for entry in limits {
        if annotations.iter().all(|it| it.key != entry.key) {
            annotations.push(entry);
        }
    }
}

/// What is said of one host.
pub(in crate::check) fn of_host<'a>(
    said: &'a ast::HostSettings,
    told: LimitReader<'_>,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> HostSettings {
    let all: Vec<&Setting> = said.annotations.iter().collect();
    let mut annotations = labels::annotations(&all, scope, found);
    if matches!(told, LimitReader::Gateway) {
        gateway::keep_read(&mut annotations, &all, found);
    }
    let limits = limits((said.body.as_ref(), said.timeout.as_ref()), told, found);
    add(&mut annotations, limits.annotations);
    HostSettings {
        annotations,
        timeout: limits.timeout,
    }
}

/// Who serves the hosts of an application.
pub(in crate::check) fn told(settings: &IngressSettings) -> LimitReader<'_> {
    let class = settings.class.as_ref().map(|it| it.value.as_str());
    LimitReader::of(settings.gateway.is_some(), class, &settings.annotations)
}

/// Warns of limits that no route for gRPC has.
pub(in crate::check) fn calls_wait(
    tiers: &[Tier],
    hosts: &[Ingress],
    settings: &IngressSettings,
    found: &mut Findings,
) {
    let by_name = tiers.iter().map(|tier| (tier.id.name.as_str(), tier));
    let by_name: BTreeMap<&str, &Tier> = by_name.collect();
    let own = tiers.iter().filter_map(|tier| {
        let settings = tier.expose.value.own_settings()?;
        Some((tier.exposed_port()?, settings))
    });
    let shared = hosts.iter().filter_map(|host| {
        let first = host.routes.first()?;
        let tier = by_name.get(first.tier.0.as_str())?;
        Some((tier.port_named(&first.port)?, &host.settings))
    });
    let mut warned = BTreeSet::new();
    for (port, said) in own.chain(shared).filter(|(port, _)| port.is_grpc()) {
        let Some(timeout) = said.timeout.as_ref().or(settings.timeout.as_ref()) else {
            continue;
        };
        if warned.insert(timeout.span.range().start) {
            let message = format!(
                "no route of the port `{}` has a `timeout`: calls of gRPC say their own",
                port.name
            );
            let warning = Diagnostic::new(Code::LimitUntold, timeout.span, message);
            found.push(warning.help("leave it out, and say a deadline in the client"));
        }
    }
}
