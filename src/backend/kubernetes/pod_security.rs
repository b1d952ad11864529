//! The level of the Pod Security Standards that a namespace enforces: the strictest one that all pods keep
//! to, be they ours or what others put into ours.

use crate::catalog::defaults::Switch;
use crate::ir::{App, Patch, Pod};
use crate::yaml::Node;

/// The version of the standards, which the API server of an older cluster takes for its own latest. A later
/// version may ask for more: without this, an upgrade of the cluster could refuse pods that run.
const VERSION: &str = "v1.36";

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
const ENFORCE_VERSION: &str = "pod-security.kubernetes.io/enforce-version";

/// The fields of a pod's spec that decide no level, whatever a patch makes of them.
const HARMLESS: &[&str] = &[
    "affinity",
    "dnsConfig",
    "dnsPolicy",
    "enableServiceLinks",
    "hostAliases",
    "hostname",
    "nodeSelector",
    "preemptionPolicy",
    "priorityClassName",
    "runtimeClassName",
    "schedulerName",
    "subdomain",
    "terminationGracePeriodSeconds",
    "tolerations",
    "topologySpreadConstraints",
];

/// How keys of annotations and labels begin by which no program puts containers into pods. Others may:
/// the proxy of a service mesh, or an agent that brings secrets, needs more than `restricted` allows.
const READ_ALONE: &[&str] = &[
    "app.kubernetes.io/",
    "cluster-autoscaler.kubernetes.io/",
    "karpenter.sh/",
    "prometheus.io/",
    "reloader.stakater.com/",
];

/// A level, from the one that allows more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Baseline,
    Restricted,
}

/// The labels by which a namespace enforces the level of an application's pods. There are none where it
/// isn't known: nothing is refused that would run.
pub(super) fn labels(app: &App) -> Vec<(&'static str, Node)> {
    let Some(level) = level(app) else {
        return Vec::new();
    };
    let level = match level {
        Level::Baseline => "baseline",
        Level::Restricted => "restricted",
    };
    let label = |key, value| (key, Node::text(value).because("pod_security"));
    vec![label(ENFORCE, level), label(ENFORCE_VERSION, VERSION)]
}

fn level(app: &App) -> Option<Level> {
    let off = app.tiers.iter().flat_map(|tier| &tier.off);
    let mut off = app.off.iter().chain(off);
    if off.any(|off| off.value == Switch::PodSecurity)
        // What is copied may be a pod, or make some.
        || !app.objects.is_empty()
        || app.labels.iter().any(|label| may_inject(&label.key))
    {
        return None;
    }
    let tiers = app.tiers.iter().map(|it| (&it.pod, &it.patches));
    let jobs = app.jobs.iter().map(|it| (&it.pod, &it.patches));
    let mut patches = app.databases.iter().flat_map(|it| &it.patches);
    if patches.any(weakens) {
        return None;
    }
    // Databases always are, so that an application of nothing else is too.
    tiers
        .chain(jobs)
        .try_fold(Level::Restricted, |least, (pod, patches)| {
            let is_open =
                patches.iter().any(weakens) || pod.annotations.iter().any(|it| may_inject(&it.key));
            (!is_open).then(|| least.min(of_pod(pod)))
        })
}

fn of_pod(pod: &Pod) -> Level {
    let is_root = pod.contract.user.is_none_or(|user| user == 0);
    if is_root || !pod.contract.no_capabilities {
        Level::Baseline
    } else {
        Level::Restricted
    }
}

/// Whether a program of the cluster may put containers into pods with this annotation or label. A key
/// without a domain is the user's own.
fn may_inject(key: &str) -> bool {
    key.contains('/') && READ_ALONE.iter().all(|start| !key.starts_with(start))
}

/// Whether a patch may change the level of pods.
fn weakens(patch: &Patch) -> bool {
    let Some(node) = patch.node() else {
        return false;
    };
    let templates = [
        &["spec", "template"][..],
        &["spec", "jobTemplate", "spec", "template"],
    ];
    templates.iter().any(|path| {
        let template = path.iter().try_fold(&node, |node, key| node.get(key));
        template.is_some_and(|template| {
            keys(template).any(|key| match key {
                "spec" => template
                    .get("spec")
                    .is_some_and(|spec| keys(spec).any(|key| !HARMLESS.contains(&key))),
                _ => true,
            })
        })
    })
}

fn keys(node: &Node) -> impl Iterator<Item = &str> {
    node.fields().iter().map(|(key, _)| key.as_ref())
}
