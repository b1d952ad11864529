//! The chart with its defaults is the Kubernetes output: for every example and program, each of its
//! targets, and for programs at random; and Helm 3 makes the same of it as Helm 4.

use std::collections::BTreeMap;

use serde_json::Value;
use todoc::backend::backend;
use todoc::{Options, compile_all};

use super::chart::{Chart, charts};
use super::differences::{Difference, differences};
use super::{Answer, Case, Helm};
use crate::generated::{
    Fault, THREADS, fault, first_by_threads, seeds_of, shown, taking_advice, told,
};
use crate::generator::Program;
use crate::support::report;

/// What a chart may say otherwise than the Kubernetes backend.
struct Exception {
    /// The kind of object, or `""` for every kind.
    kind: &'static str,
    /// The field, as a JSON pointer, or `""` for the whole object.
    field: &'static str,
    why: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        kind: "",
        field: "/metadata/labels/app.kubernetes.io~1managed-by",
        why: "Helm takes no object into a release that another manages",
    },
    Exception {
        kind: "",
        field: "/metadata/labels/helm.sh~1chart",
        why: "which chart made it is known from the object",
    },
    Exception {
        kind: "PersistentVolumeClaim",
        field: "/metadata/annotations",
        why: "`helm.sh/resource-policy`: data outlives the release",
    },
    Exception {
        kind: "Cluster",
        field: "/metadata/annotations",
        why: "the same: with it would go its claims",
    },
    Exception {
        kind: "Namespace",
        field: "",
        why: "`helm install --create-namespace` makes it: a release can't hold where it lives",
    },
    Exception {
        kind: "Pod",
        field: "",
        why: "`helm test` alone makes it: who applies objects asks with kubectl",
    },
    Exception {
        kind: "Job",
        field: "/metadata/name",
        why: "a template can't hash as the compiler does",
    },
];

/// Whether a difference is one of the exceptions, with what it may be.
fn is_expected(it: &Difference) -> bool {
    // Where the chart makes Secrets, somebody else did before.
    if it.object.kind == "Secret" && it.field.is_empty() && it.before.is_none() {
        return true;
    }
    let found = EXCEPTIONS.iter().find(|exception| {
        (exception.kind.is_empty() || exception.kind == it.object.kind)
            && exception.field == it.field
    });
    let Some(exception) = found else {
        return false;
    };
    let is = |text: &str| it.after.as_ref().is_some_and(|after| after == text);
    match exception.field {
        "/metadata/labels/app.kubernetes.io~1managed-by" => is("Helm"),
        "/metadata/annotations" => {
            let keep = serde_json::json!({ "helm.sh/resource-policy": "keep" });
            it.before.is_none() && it.after.as_ref() == Some(&keep)
        }
        "" if exception.kind == "Pod" => it
            .after
            .as_ref()
            .is_some_and(|after| after["metadata"]["annotations"]["helm.sh/hook"] == "test"),
        "" => it.after.is_none(),
        _ => it.after.as_ref().is_some_and(Value::is_string),
    }
}

/// What a chart is asked for that shall be the Kubernetes output.
pub(super) fn case(helm: u8, chart: &Chart) -> Case {
    let case = Case::render(helm).into(&chart.app.namespace.name);
    case.file(chart.example())
}

/// What an answer says otherwise than the Kubernetes output.
pub(super) fn otherwise(chart: &Chart, answer: &Answer) -> Vec<String> {
    if let Some(error) = &answer.error {
        return vec![format!("it renders nothing: {error}")];
    }
    let mut found: Vec<_> = differences(&chart.objects, answer.all())
        .iter()
        .filter(|it| !is_expected(it))
        .map(ToString::to_string)
        .collect();
    found.extend(answer.said.iter().map(|line| format!("Helm says {line}")));
    // One that a map by names would hide.
    let count = |objects: &mut dyn Iterator<Item = &Value>| {
        objects
            .filter(|it| {
                !["Secret", "Namespace", "Pod"].contains(&it["kind"].as_str().unwrap_or(""))
            })
            .count()
    };
    let (before, after) = (count(&mut chart.objects.iter()), count(&mut answer.all()));
    if before != after {
        found.push(format!("{before} objects became {after}"));
    }
    found
}

#[test]
fn the_chart_with_its_defaults_is_the_kubernetes_output() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    for chart in charts() {
        let answers = helm.ask(&chart.files, &[case(4, chart), case(3, chart)]);
        let found = otherwise(chart, &answers[0]);
        failures.extend(found.iter().map(|it| format!("{}: {it}", chart.name)));
        if answers[0] != answers[1] {
            failures.push(format!(
                "{}: Helm 3 makes something else of it: {:?}",
                chart.name, answers[1].error
            ));
        }
    }
    report(&failures);
}

/// Where a chart has the values of another target, it is that target's Kubernetes output with them.
#[test]
fn with_the_values_of_another_target_it_is_that_targets_output() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let all = charts();
    let mut failures = Vec::new();
    for chart in all {
        let (program, _) = chart.name.split_once(" for ").unwrap_or((&chart.name, ""));
        for (path, text) in &chart.files {
            let target = path
                .strip_prefix("values-")
                .and_then(|it| it.strip_suffix(".yaml"));
            let Some(target) = target else { continue };
            let name = format!("{program} for {target}");
            let Some(other) = all.iter().find(|it| it.name == name) else {
                failures.push(format!("{}: {path} is for no target", chart.name));
                continue;
            };
            let answer = helm.ask_one(&chart.files, case(4, other).file(text));
            let found = otherwise(other, &answer);
            failures.extend(
                found
                    .iter()
                    .map(|it| format!("{} with {path}: {it}", chart.name)),
            );
        }
    }
    report(&failures);
}

/// Every exception is made somewhere: one that isn't needed would hide a fault.
#[test]
fn every_exception_is_needed() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut needed: BTreeMap<(&str, &str), bool> = EXCEPTIONS
        .iter()
        .map(|it| ((it.kind, it.field), false))
        .collect();
    for chart in charts() {
        let answer = helm.ask_one(&chart.files, case(4, chart));
        for found in differences(&chart.objects, answer.all()) {
            for ((kind, field), is_needed) in &mut needed {
                let is_kind = kind.is_empty() || *kind == found.object.kind;
                *is_needed |= is_kind && *field == found.field;
            }
        }
    }
    let unused = EXCEPTIONS.iter().filter(|it| !needed[&(it.kind, it.field)]);
    let unused = unused.map(|it| format!("{} {}: {}", it.kind, it.field, it.why));
    report(&unused.collect::<Vec<_>>());
}

/// How many programs are tried, where `TODOC_CASES` doesn't say: each takes a tenth of a second or two.
const CASES: u64 = 120;
/// Of so many programs one is rendered by Helm 3 as well.
const ALSO_BY_3: u64 = 10;

/// The charts of a program at random, for each of its targets.
pub(super) fn charts_of(program: &Program) -> Vec<Chart> {
    let program = taking_advice(program);
    let text = program.text();
    let backends = ["kubernetes", "helm"].map(|name| backend(name).expect("a backend"));
    let options = Options {
        emit: backends.to_vec(),
        source_name: "app.todo".to_owned(),
        files: program.files.clone(),
        ..Options::default()
    };
    let builds = compile_all(&text, &options).builds;
    let name = format!("TODOC_SEED={}", program.seed);
    let charts = (0..builds.len()).filter_map(|at| Chart::of(name.clone(), at, &builds));
    charts.collect()
}

fn faults(helm: &mut Helm, program: &Program) -> Vec<Fault> {
    let charts = charts_of(program);
    if charts.iter().any(|chart| chart.files.is_empty()) {
        return vec![fault("nothing", "it becomes no chart")];
    }
    let mut found = Vec::new();
    for chart in charts {
        let answer = helm.ask_one(&chart.files, case(4, &chart));
        found.extend(otherwise(&chart, &answer).iter().map(|it| told(it)));
        // Helm 3 takes what is no character for another, and refuses values with a control character that
        // it writes and can't read.
        let is_odd = |c| matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
        let has_odd = program.text().contains(is_odd)
            || chart.read("values.yaml").to_string().contains(is_odd);
        if program.seed.is_multiple_of(ALSO_BY_3) && !has_odd {
            let other = helm.ask_one(&chart.files, case(3, &chart));
            if other != answer {
                let (by_4, by_3) = (format!("{answer:#?}"), format!("{other:#?}"));
                let mut lines = by_4.lines().zip(by_3.lines());
                let differs = lines.find(|(by_4, by_3)| by_4 != by_3);
                let text = format!(
                    "Helm 3 makes something else of it: {differs:?} {:?}",
                    other.error
                );
                found.push(told(&text));
            }
        }
    }
    found
}

#[test]
fn the_charts_of_valid_programs_are_their_kubernetes_output() {
    let helms: Option<Vec<Helm>> = (0..THREADS).map(|_| Helm::start()).collect();
    let Some(mut helms) = helms else {
        return;
    };
    let first = first_by_threads(&mut helms, &seeds_of(CASES), faults);
    let helm = std::cell::RefCell::new(helms.remove(0));
    report(&shown(first, |it| faults(&mut helm.borrow_mut(), it)));
}
