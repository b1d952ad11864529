//! What no patch says: fields that everything else relies on.

use super::fields::RuleSubject;
use crate::catalog::contract::DRAIN_SECONDS;
use crate::catalog::fields::Shape;
use crate::yaml::{Marked, MarkedValue, Scalar};

/// Fields that no patch sets, by kind (empty for all) and path, and why.
const FIXED: &[(&str, &[&str], &str)] = &[
    ("", &["apiVersion"], FOLLOWS),
    ("", &["kind"], FOLLOWS),
    ("", &["status"], "the cluster writes it"),
    (
        "",
        &["items"],
        "kubectl takes an object that has it for a list of objects",
    ),
    (
        "",
        &["metadata", "name"],
        "other objects know this one by it",
    ),
    (
        "",
        &["metadata", "namespace"],
        "all objects live in one namespace",
    ),
    ("Deployment", &["spec", "selector"], SELECTS),
    ("StatefulSet", &["spec", "selector"], SELECTS),
    ("Service", &["spec", "selector"], SELECTS),
    ("Job", &["spec", "selector"], SELECTS),
    ("CronJob", &["spec", "selector"], SELECTS),
    ("PodDisruptionBudget", &["spec", "selector"], SELECTS),
    ("NetworkPolicy", &["spec", "podSelector"], SELECTS),
    (
        "StatefulSet",
        &["spec", "serviceName"],
        "its pods are named by it",
    ),
    (
        "HorizontalPodAutoscaler",
        &["spec", "scaleTargetRef"],
        "it scales its own tier",
    ),
    (
        "ConfigMap",
        &["data"],
        "what pods read stands in `config` or a `file`, and rolls them",
    ),
    (
        "ConfigMap",
        &["binaryData"],
        "what pods read stands in a `file`, and rolls them",
    ),
];

const FOLLOWS: &str = "it follows from the kind";
const SELECTS: &str = "it picks the pods";

/// Keys that lead to a secret, wherever they stand.
const SECRETS: &[&str] = &[
    "imagePullSecrets",
    "secret",
    "secretKeyRef",
    "secretName",
    "secretRef",
];

/// Mappings that hold what no patch sets: nothing else may take their place.
const MAPPINGS: &[&[&str]] = &[
    &[],
    &["metadata"],
    &["spec"],
    &["spec", "jobTemplate"],
    &["spec", "template"],
    &["spec", "template", "metadata"],
    &["spec", "template", "metadata", "labels"],
    &["spec", "template", "spec"],
];

/// Why a patch of an object of this kind may not hold what it does at a place.
pub(super) fn refusal(kind: &str, path: &[&str], at: RuleSubject<'_>) -> Option<String> {
    let whole = path;
    let keys = |path: &[&str]| Shape::of(kind)?.item_keys(path);
    // Below it stands what is a Job by itself.
    let path = match path {
        ["spec", "jobTemplate", rest @ ..] if kind == "CronJob" && !rest.is_empty() => rest,
        _ => path,
    };
    let last = path.last().copied().unwrap_or_default();
    match at {
        RuleSubject::Key => {
            let why = fixed(kind, path)?;
            Some(format!("a patch can't set `{last}`: {why}"))
        }
        RuleSubject::Value(MarkedValue::Scalar(_) | MarkedValue::Sequence(_))
            if MAPPINGS.contains(&path) =>
        {
            Some(match last {
                "" => "a patch is a mapping, as in `spec:`".to_owned(),
                _ => format!("`{last}` is a mapping, which a patch adds to"),
            })
        }
        RuleSubject::Value(MarkedValue::Scalar(scalar)) if leaves_no_time(kind, path, scalar) => {
            Some(format!(
                "`{last}` must be above {DRAIN_SECONDS}: a pod with a port serves so many seconds after it is told to stop"
            ))
        }
        RuleSubject::Value(MarkedValue::Scalar(_) | MarkedValue::Mapping(_))
            if !keys(whole)?.is_empty() =>
        {
            Some(format!(
                "`{last}` is a list of mappings, which a patch adds to"
            ))
        }
        RuleSubject::Item(item) => {
            let missing = |(key, default): &(&str, &str)| {
                default.is_empty() && key.split('.').try_fold(item, Marked::get).is_none()
            };
            let keys = keys(whole)?;
            let (key, _) = keys.into_iter().find(missing)?;
            Some(format!(
                "an item of `{last}` says its `{key}`, by which it is merged"
            ))
        }
        RuleSubject::Value(_) => None,
    }
}

/// Whether pods would be killed before they stop serving, which the API server refuses.
fn leaves_no_time(kind: &str, path: &[&str], said: &Scalar) -> bool {
    let Scalar::Integer(seconds) = said else {
        return false;
    };
    kind == "Deployment"
        && matches!(
            path,
            ["spec", "template", "spec", "terminationGracePeriodSeconds"]
        )
        && *seconds <= i64::from(DRAIN_SECONDS)
}

/// Why no patch sets the field at a path.
fn fixed(kind: &str, path: &[&str]) -> Option<&'static str> {
    let is_kind = |row: &str| row.is_empty() || row == kind;
    // At the top kubectl reads some keys in any case of letters.
    let is_at = |field: &[&str]| match (field, path) {
        ([field], [key]) => folded(field) == folded(key),
        _ => field == path,
    };
    let row = FIXED
        .iter()
        .find(|(of, field, _)| is_kind(of) && is_at(field));
    if let Some((_, _, why)) = row {
        return Some(why);
    }
    match path {
        [.., "<<"] => Some("write the fields themselves"),
        [.., key] if SECRETS.contains(key) => Some("a secret flows into variables alone, by `env`"),
        ["spec", "template", "metadata", "labels", key]
            if *key == "app" || key.starts_with("app.kubernetes.io/") =>
        {
            Some("other objects pick the pods by it")
        }
        [
            "spec",
            "template",
            "spec",
            "containers" | "initContainers",
            "env" | "envFrom",
        ] => Some("variables stand in the block `env`"),
        _ => None,
    }
}

/// A key as the reader of JSON in kubectl compares it: letters of either case are the same, and so are
/// two letters of Unicode with `S` and `K`.
pub(super) fn folded(key: &str) -> String {
    key.to_uppercase().replace('\u{212a}', "K")
}
