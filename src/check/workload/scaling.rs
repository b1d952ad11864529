//! How many pods a tier has, how large they are, and how new ones replace old ones.

use crate::catalog::schedulers::started;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::types::implausible;
use crate::check::types::measure::Measure;
use crate::check::types::numbers;
use crate::check::values::storage;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Autoscaling, Replicas, Resources, Rollout};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

/// Most replicas: Kubernetes takes 2³¹ - 1, and no cluster has that many pods.
const MOST_REPLICAS: u32 = 10_000;

/// Requests and limits.
pub(in crate::check) fn resources(face: &TierFace<'_>, found: &mut Findings) -> Resources {
    let cpu = &face.view.cpu;
    let cpu = cpu.read(|said| numbers::amount(said, Measure::Cpu, found));
    let memory = &face.view.memory;
    let memory = memory.read(|said| numbers::amount(said, Measure::Memory, found));
    let disk = face.tier.disk.as_ref();
    let disk = disk.and_then(|disk| numbers::amount(disk, Measure::Storage, found));
    Resources { cpu, memory, disk }
}

/// The number of pods. An autoscaler reckons in shares of requests, so there must be one.
pub(in crate::check) fn replicas(
    face: &TierFace<'_>,
    resources: &Resources,
    found: &mut Findings,
) -> Replicas {
    let read = |said| Some(read_replicas(said, face, resources, found));
    let replicas = face.view.replicas.read(read).unwrap_or(Replicas {
        least: 1,
        autoscaling: None,
        origin: face.tier.span,
    });
    if replicas.least > 1 || replicas.autoscaling.is_some() {
        let problem = (
            "several pods can't have it",
            "delete this, give each pod a volume of its own: `per pod` behind its size, or let all pods mount this one: `shared` there",
        );
        storage::one_pod(face.tier, problem, replicas.origin, found);
    }
    replicas
}

fn read_replicas(
    said: &ast::Replicas,
    face: &TierFace<'_>,
    resources: &Resources,
    found: &mut Findings,
) -> Replicas {
    let fixed = |least| Replicas {
        least,
        autoscaling: None,
        origin: said.span,
    };
    let Some(number) = &said.number else {
        return fixed(1);
    };
    let mut count = |name| numbers::number(name, "number of replicas", 0..=MOST_REPLICAS, found);
    let least = count(&number.request);
    let most = number.limit.as_ref().map(&mut count);
    let least = least.unwrap_or(1);
    match (most, said.percent.as_ref().or(said.memory_percent.as_ref())) {
        (None, None) => {
            if least == 0 {
                implausible::no_pods(&number.request, found);
            }
            fixed(least)
        }
        (Some(most), Some(_)) => {
            let of_cpu = said.percent.as_ref();
            let of_memory = said.memory_percent.as_ref();
            let cpu_percent = of_cpu.and_then(|percent| share(percent, "cpu", found));
            let memory_percent = of_memory.and_then(|percent| share(percent, "memory", found));
            let cpu = resources.cpu.is_some() || face.view.cpu.holds.is_some();
            let memory = resources.memory.is_some() || face.view.memory.holds.is_some();
            for (percent, has_request, what, example) in [
                (of_cpu, cpu, "cpu", "cpu 100m..500m"),
                (of_memory, memory, "memory", "memory 256Mi..1Gi"),
            ] {
                if percent.is_some() && !has_request && !face.tier.broken {
                    let message = format!("`{}` has no {what} request to scale by", face.id.name);
                    found.push(
                        Diagnostic::new(Code::MissingStatement, said.span, message)
                            .help(format!("say what it takes: `{example}`")),
                    );
                }
            }
            range_is_right(number, least, most, found);
            let is_known = cpu_percent.is_some() || memory_percent.is_some();
            let autoscaling = most.filter(|_| is_known).map(|most| Autoscaling {
                most,
                cpu_percent,
                memory_percent,
            });
            Replicas {
                least,
                autoscaling,
                origin: said.span,
            }
        }
        (Some(_), None) => {
            let message = "a range of replicas needs something to scale by";
            let end = number.limit.as_ref().map_or(said.span, |limit| limit.span);
            let end = Span {
                start: end.end,
                ..end
            };
            found.push(Diagnostic::new(Code::Expected, said.span, message).maybe(
                "add ` at cpu 80%`",
                end,
                " at cpu 80%",
            ));
            fixed(least)
        }
        (None, Some(percent)) => {
            let message = "one number of replicas doesn't follow the load";
            found.push(
                Diagnostic::new(Code::Expected, percent.span, message)
                    .help("write from how many to how many: `replicas 2..6 at cpu 70%`"),
            );
            fixed(least)
        }
    }
}

/// From at least one pod, which the load can be measured on, to no fewer.
fn range_is_right(number: &ast::Amount, least: u32, most: Option<u32>, found: &mut Findings) {
    let (Some(most), Some(limit)) = (most, &number.limit) else {
        return;
    };
    if least == 0 {
        let message = "an autoscaler keeps at least one pod";
        let diagnostic = Diagnostic::new(Code::InvalidNumber, number.request.span, message);
        found.push(diagnostic.maybe("write `1`", number.request.span, "1"));
    } else if least > most {
        let whole = number.request.span.to(limit.span);
        let message = format!("{least} replicas at least are more than {most} at the most");
        found.push(
            Diagnostic::new(Code::InvertedRange, number.request.span, message)
                .also(limit.span, "the most")
                .maybe(
                    "put the smaller one first",
                    whole,
                    format!("{most}..{least}"),
                ),
        );
    }
}

/// A share of the request, such as `70%`; above 100 % where a limit leaves room.
fn share(percent: &ast::Name, what: &str, found: &mut Findings) -> Option<u32> {
    let number = percent
        .value
        .strip_suffix('%')
        .and_then(|number| number.parse::<u32>().ok());
    let number = number.filter(|number| (1..=1000).contains(number));
    if number.is_none() {
        let message = format!(
            "`{}` isn't a valid share of the {what} request",
            percent.value
        );
        let diagnostic = Diagnostic::new(Code::InvalidNumber, percent.span, message);
        found.push(
            if percent.value.parse::<u32>().is_ok_and(|number| number > 0) {
                let right = format!("{}%", percent.value);
                diagnostic.fix(format!("write `{right}`"), percent.span, right)
            } else {
                diagnostic.help("write whole percents: `70%`")
            },
        );
    }
    number
}

/// How new pods replace old ones.
pub(in crate::check) fn rollout(
    tier: &ast::Tier,
    replicas: &Replicas,
    found: &mut Findings,
) -> Spanned<Rollout> {
    if let Some(volume) = storage::of_each(tier) {
        if let Some(said) = &tier.rollout {
            one_by_one(said, volume, found);
        }
        return Spanned::new(Rollout::ONE_BY_ONE, volume.span);
    }
    let Some(said) = &tier.rollout else {
        return match storage::alone(tier) {
            Some(volume) => Spanned::new(Rollout::Recreate, volume.span),
            // Two of a scheduler would start each task twice.
            None => match scheduler(tier) {
                Some(place) => Spanned::new(Rollout::Recreate, place),
                None => Spanned::new(Rollout::DEFAULT, tier.span),
            },
        };
    };
    if said.recreate {
        return Spanned::new(Rollout::Recreate, said.span);
    }
    let problem = (
        "a new pod can't have it while the old one does",
        "delete this, or let several pods mount the volume: `shared` behind its size",
    );
    storage::one_pod(tier, problem, said.span, found);
    let mut count = |name: &Option<ast::Name>| {
        name.as_ref()
            .and_then(|name| numbers::number(name, "number of pods", 0..=MOST_REPLICAS, found))
    };
    let unavailable = count(&said.unavailable).unwrap_or(0);
    let surge = count(&said.surge).unwrap_or(1);
    if surge == 0 && unavailable == 0 {
        let message = "with no pod more and none less, no pod can be replaced";
        let diagnostic = Diagnostic::new(Code::InvalidNumber, said.span, message);
        found.push(diagnostic.help("write `rollout surge 1 unavailable 0`"));
    }
    let all = replicas.autoscaling.is_none() && unavailable >= replicas.least && unavailable > 0;
    if let Some(number) = said.unavailable.as_ref().filter(|_| all) {
        implausible::all_stop(number, replicas.least, replicas.origin, found);
    }
    Spanned::new(Rollout::Rolling { surge, unavailable }, said.span)
}

/// Complains of a `rollout` of pods that each have a volume of their own.
fn one_by_one(said: &ast::Rollout, volume: &ast::Volume, found: &mut Findings) {
    let name = volume.name().map_or("", |name| name.value.as_str());
    let message = format!(
        "each pod has a volume `{name}` of its own: pods are replaced one by one, the last first"
    );
    found.push(
        Diagnostic::new(Code::NotShared, said.span, message)
            .also(volume.span, "the volume")
            .help("delete this line"),
    );
}

/// Where a tier starts a scheduler, if it does.
fn scheduler(tier: &ast::Tier) -> Option<Span> {
    let said = tier.command.iter().chain(&tier.args);
    let words: Vec<&str> = said.map(|word| word.value.as_str()).collect();
    started(&words)?;
    tier.command
        .first()
        .or(tier.args.first())
        .map(|word| word.span)
}
