//! Probes, and the health check of the image.

use crate::catalog::SelfCheck;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::types::implausible;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Handler, Pod, Port, Probe, Probes, Text, Value};
use crate::source::Span;
use crate::syntax::ast;

/// Seconds until a probe counts as failed.
const TIMEOUT: u32 = 3;

/// Failures of the startup probe in a row until it acts, at least.
const STARTS: u32 = 24;

/// Seconds that a start may take where nothing is said. It spares the other probes a guess.
const LEAST_START: u32 = 120;

/// Seconds that a start may take before this probe acts, where no startup probe stands before it:
/// whoever lets it begin late knows how long a start takes.
fn patience(probe: &Probe) -> u32 {
    let after = probe.after.unwrap_or_default();
    let failing = probe.every.saturating_mul(probe.failures);
    match after {
        0 => 0,
        after => after.saturating_add(failing),
    }
}

/// The probes of a tier; `None` where it says no health, or what it says can't be read.
pub(in crate::check) fn lower(face: &TierFace<'_>, found: &mut Findings) -> Option<Probes> {
    let health = face.tier.health.as_ref()?;
    let handler = handler(health.handler.as_ref()?, health.span, face, found);
    let default = |every, failures| Probe {
        // The probes are there only if this is.
        handler: handler.clone().unwrap_or(Handler::Exec(Vec::new())),
        every,
        after: None,
        timeout: TIMEOUT,
        failures,
        origin: health.span,
        also: Vec::new(),
    };
    let readiness = probe(face, "readiness", default(10, 3), found);
    let liveness = probe(face, "liveness", default(10, 6), found);
    let startup = probe(face, "startup", default(5, STARTS), found);
    let startup = startup.map(|startup| {
        let lines = &health.probes;
        let is_counted = lines
            .iter()
            .any(|line| line.which.value == "startup" && line.failures.is_some());
        if is_counted {
            return startup;
        }
        let others = [&readiness, &liveness].into_iter().flatten();
        let late = others.filter(|probe| probe.after.is_some());
        let needed = late.clone().map(patience).fold(LEAST_START, u32::max);
        Probe {
            failures: STARTS.max(needed.div_ceil(startup.every)),
            also: late.map(|probe| probe.origin).collect(),
            ..startup
        }
    });
    handler.is_some().then_some(Probes {
        startup,
        readiness,
        liveness,
    })
}

/// What a probe asks; complains where it asks a port that isn't there.
fn handler(
    said: &ast::Handler,
    place: Span,
    face: &TierFace<'_>,
    found: &mut Findings,
) -> Option<Handler> {
    let instead = "call the one that probes ask `http`, or ask by a command: `health exec \"…\"`";
    match said {
        ast::Handler::Exec(command) => {
            let words = command.iter().map(|word| word.value.clone());
            Some(Handler::Exec(words.collect()))
        }
        ast::Handler::Get(path) => {
            let right = texts::is_path(path, found);
            let port = port(face, place, instead, found)?;
            if !port.is_http() {
                let name = &port.name;
                let message = format!("a port called `{name}` answers no GET: the probe fails");
                found.push(
                    Diagnostic::new(Code::GetOfNoHttp, path.span, message)
                        .also(port.origin, "this port")
                        .help(if name == "grpc" {
                            "ask by the health service of gRPC: `health grpc`"
                        } else {
                            "ask for a connection: `health tcp`"
                        }),
                );
            }
            right.then(|| Handler::Get {
                path: path.value.clone(),
                port: port.name.clone(),
                tls: port.is_https(),
                host: host(face, found),
            })
        }
        ast::Handler::Tcp(_) => {
            let port = port(face, place, instead, found)?;
            Some(Handler::Tcp {
                port: port.name.clone(),
            })
        }
        ast::Handler::Grpc(_) => {
            // Beside a port of its own, gRPC isn't spoken on `http`.
            let own = face.ports.iter().find(|port| port.name == "grpc");
            let own = own.filter(|_| said_port(face).is_none());
            let port = match own {
                Some(port) => port,
                None => port(face, place, instead, found)?,
            };
            Some(Handler::Grpc {
                port: port.container,
            })
        }
    }
}

fn said_port<'a>(face: &TierFace<'a>) -> Option<&'a ast::Name> {
    face.tier.health.as_ref()?.port.as_ref()
}

/// The port that a probe asks; complains where it isn't there.
fn port<'f>(
    face: &'f TierFace<'_>,
    place: Span,
    instead: &str,
    found: &mut Findings,
) -> Option<&'f Port> {
    let port = match said_port(face) {
        Some(name) => face.named_port(name, found),
        None => face.main_port(place, "this asks it for its health", instead, found),
    };
    if let Some(udp) = port.filter(|port| !port.is_tcp()) {
        let message = "probes connect, and a UDP port takes no connection";
        found.push(
            Diagnostic::new(Code::UdpPort, place, message)
                .also(udp.origin, "this port is UDP")
                .help("ask by a command: `health exec \"…\"`, or name another port: `health tcp { port admin }`"),
        );
    }
    port.filter(|port| port.is_tcp())
}

/// The host that GETs ask for, where that is said.
fn host(face: &TierFace<'_>, found: &mut Findings) -> Option<Text> {
    let said = face.tier.health.as_ref()?.host.as_ref()?;
    texts::is_host(said, true, found).then(|| Text::literal(&said.value, said.span))
}

/// Lets GETs for which no host is said ask for the first of those that the process says it answers to:
/// Django, for one, answers 400 to any other, and the kubelet asks for the pod's address.
pub(in crate::check) fn name_hosts(probes: &mut Probes, pod: &Pod) {
    let Some(first) = allowed_hosts(pod).and_then(Text::first_host) else {
        return;
    };
    let Probes {
        startup,
        readiness,
        liveness,
    } = probes;
    for probe in [startup, readiness, liveness].into_iter().flatten() {
        if let Handler::Get { host, .. } = &mut probe.handler {
            host.get_or_insert_with(|| first.clone());
        }
    }
}

/// The end of the names of variables that list the hosts which a server answers to.
pub(in crate::check) const ALLOWED_HOSTS: &str = "ALLOWED_HOSTS";

/// That list of a process, where it can be known.
fn allowed_hosts(pod: &Pod) -> Option<&Text> {
    let of_key = |key: &str| {
        let mut read = pod.config_read.iter();
        read.find(|it| it.key == key).map(|it| &it.value)
    };
    let mut set = pod.env.iter().filter(|it| it.name.ends_with(ALLOWED_HOSTS));
    let set = set.find_map(|it| match &it.value {
        Value::Text(text) => Some(text),
        Value::Config { key, .. } => of_key(key),
        Value::Secret(_) | Value::Composed(_) | Value::Pod(_) => None,
    });
    let mut read = pod.config_read.iter();
    let read = read.find(|it| it.key.ends_with(ALLOWED_HOSTS));
    set.or(read.map(|it| &it.value))
}

/// One probe: `default`, but for what its line says.
fn probe(face: &TierFace<'_>, which: &str, default: Probe, found: &mut Findings) -> Option<Probe> {
    let mut lines = face.tier.health.iter().flat_map(|health| &health.probes);
    let Some(line) = lines.find(|line| line.which.value == which) else {
        return Some(default);
    };
    if line.off {
        return None;
    }
    let mut seconds = |said: &Option<_>| {
        said.as_ref()
            .and_then(|said| numbers::duration(said, found))
    };
    let every = seconds(&line.every).unwrap_or(default.every);
    let timeout = seconds(&line.timeout).unwrap_or(default.timeout);
    let after = seconds(&line.after);
    if let Some(said) = line.timeout.as_ref().filter(|_| timeout > every) {
        implausible::overlaps(said, timeout, every, found);
    }
    let failures = line.failures.as_ref();
    let failures =
        failures.and_then(|said| numbers::number(said, "number of failures", 1..=1000, found));
    let own = line.handler.as_ref();
    Some(Probe {
        handler: match own {
            Some(own) => handler(own, line.which.span, face, found)?,
            None => default.handler,
        },
        every,
        after,
        timeout,
        failures: failures.unwrap_or(default.failures),
        origin: line.which.span,
        also: Vec::new(),
    })
}

/// How the image asks its process for its health, which listens on `port`.
pub(in crate::check) fn of_image(face: &TierFace<'_>, port: Option<u16>) -> Option<SelfCheck> {
    let said = face.tier.health.as_ref();
    match (said.and_then(|health| health.handler.as_ref()), port) {
        (Some(ast::Handler::Exec(command)), _) => {
            let words = command.iter().map(|word| word.value.clone());
            Some(SelfCheck::Command(words.collect()))
        }
        (Some(ast::Handler::Get(path)), Some(port)) if !is_https(face, port) => {
            Some(SelfCheck::Get(path.value.clone()))
        }
        // Images have no client of gRPC's, nor one that trusts whatever certificate.
        (_, Some(_)) => Some(SelfCheck::Connect),
        (_, None) => None,
    }
}

/// Whether http is spoken within TLS on a port of the container.
fn is_https(face: &TierFace<'_>, number: u16) -> bool {
    let mut ports = face.ports.iter();
    ports.any(|port| port.container == number && port.is_https())
}
