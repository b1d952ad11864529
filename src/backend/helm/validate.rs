//! `templates/validate.yaml`: what no schema can say, in the words of the source. It lists everything
//! that is wrong, and nothing else in the chart fails.

use std::collections::{BTreeMap, BTreeSet};

use super::anywhere::{build_arguments, publics, run_time_texts};
use super::names;
use super::rows;
use super::shape::Shape;
use super::text::{Expressions, go_string};
use super::values::{ChartValue, ValueKind};
use crate::ir::{Rule, ThingName, Tier};
use crate::yaml::Kind;

/// A condition under which values are wrong, and an expression of what to say then.
struct Check {
    wrong: String,
    says: String,
}

/// The file without its head.
pub(super) fn text(with: Expressions<'_>) -> String {
    let mut checks = Vec::new();
    secrets(with, &mut checks);
    settings(with, &mut checks);
    let read: BTreeSet<_> = publics(run_time_texts(with.shape.app)).collect();
    for tier in &with.shape.app.tiers {
        scaling(with, tier, &mut checks);
        for (_, port) in read.iter().filter(|(name, _)| *name == tier.id.name) {
            public(with, tier, *port, &mut checks);
        }
        baked(with, tier, &mut checks);
    }
    ingresses(with, &mut checks);
    let mut out = String::from("{{- $wrong := list }}\n");
    for Check { wrong, says } in checks {
        out.extend([format!(
            "{{{{- if {wrong} }}}}\n  {{{{- $wrong = append $wrong {says} }}}}\n{{{{- end }}}}\n"
        )]);
    }
    out.push_str(&resources(with));
    out.push_str(&variables(with));
    out.push_str(&labels(with));
    out.push_str(
        "{{- if $wrong }}\n  {{- fail (printf \"\\nthese values are wrong:\\n- %s\" (join \"\\n- \" $wrong)) }}\n{{- end }}\n",
    );
    out
}

/// How a template reads the namespace.
pub(super) fn namespace(with: Expressions<'_>) -> String {
    let own = with.values.read(None, "namespace");
    format!(
        "{{{{ {} }}}}",
        own.unwrap_or_else(|| ".Release.Namespace".to_owned())
    )
}

/// What is said of a value.
fn says(value: &ChartValue, what: &str) -> String {
    go_string(&format!("{}: {what}", value.path.join(".")))
}

fn secrets(with: Expressions<'_>, checks: &mut Vec<Check>) {
    for (value, name) in rows::of_secrets(with.values) {
        let thing = value.thing.as_deref();
        let Some(key) = with.shape.secret_key(thing, name) else {
            continue;
        };
        let read = names::read(&value.path);
        let existing = with.values.read(thing, "existingSecret");
        let mut none = existing.map_or(String::new(), |it| format!("(not {it}) "));
        if let Some(enabled) = thing.and_then(|_| with.values.read(thing, "enabled")) {
            none = format!("{enabled} {none}");
        }
        let holds: Vec<_> = key.rules.iter().map(|rule| holds(rule, &read)).collect();
        let clauses: Vec<_> = key.rules.iter().map(Rule::clause).collect();
        let mut push = |wrong: String, what: &str| {
            checks.push(Check {
                wrong: format!("and {none}{wrong}"),
                says: says(value, what),
            });
        };
        let all = holds.join(" ");
        match (&key.message, key.optional) {
            (Some(message), false) if holds.is_empty() => push(format!("(not {read})"), message),
            (Some(message), false) => push(format!("(not (and {read} {all}))"), message),
            (Some(message), true) if !holds.is_empty() => {
                push(format!("{read} (not (and {all}))"), message);
            }
            (Some(_), true) => {}
            (None, is_optional) => {
                if !is_optional {
                    push(format!("(not {read})"), &format!("{name} is required"));
                }
                if !holds.is_empty() {
                    let clauses = format!("{name}: {}", clauses.join(", "));
                    push(format!("{read} (not (and {all}))"), &clauses);
                }
            }
        }
    }
}

/// Keys of `config` that an installation must set: `false` and `0` are values, too.
fn settings(with: Expressions<'_>, checks: &mut Vec<Check>) {
    for key in &with.shape.app.unset {
        let value = with.values.get(None, &format!("config.{key}"));
        if let Some(value) = value.filter(|value| value.required) {
            let (text, read) = (with.helper("text"), names::read(&value.path));
            checks.push(Check {
                wrong: format!("eq (include {text} {read}) \"\""),
                says: says(value, &format!("{key} is required")),
            });
        }
    }
}

/// Whether a value keeps to a rule.
fn holds(rule: &Rule, read: &str) -> String {
    match rule {
        Rule::Url { scheme } => {
            let scheme = scheme.replace('.', "\\.").replace('+', "\\+");
            let pattern = go_string(&format!("^{scheme}(\\+[A-Za-z0-9+.-]+)?://"));
            format!("(regexMatch {pattern} {read})")
        }
        Rule::StartsWith(start) => format!("(hasPrefix {} {read})", go_string(start)),
        Rule::MinLength(least) => format!("(ge (len (splitList \"\" {read})) {least})"),
        Rule::UrlSafe => format!("(regexMatch \"^[A-Za-z0-9._~-]*$\" {read})"),
    }
}

fn scaling(with: Expressions<'_>, tier: &Tier, checks: &mut Vec<Check>) {
    let name = tier.id.name.as_str();
    let get = |field: &str| with.values.get(Some(name), field);
    let least = format!("At least 1 {name} replica required");
    let read = |value: &ChartValue| names::read(&value.path);
    // Whoever says `replicas 0` wants none.
    let counts = get("replicaCount").filter(|it| it.default.kind != Kind::Integer(0));
    if let Some(count) = counts {
        checks.push(Check {
            wrong: format!("lt (int {}) 1", read(count)),
            says: says(count, &least),
        });
    }
    let (Some(enabled), Some(from), Some(to), Some(amounts)) = (
        get("autoscaling.enabled"),
        get("autoscaling.minReplicas"),
        get("autoscaling.maxReplicas"),
        get("resources"),
    ) else {
        return;
    };
    let enabled = read(enabled);
    checks.push(Check {
        wrong: format!("and {enabled} (lt (int {}) 1)", read(from)),
        says: says(from, &least),
    });
    checks.push(Check {
        wrong: format!("and {enabled} (lt (int {}) (int {}))", read(to), read(from)),
        says: says(to, "it can't be less than minReplicas"),
    });
    let of_cpu = get("autoscaling.targetCPUUtilizationPercentage");
    let of_memory = get("autoscaling.targetMemoryUtilizationPercentage");
    if let (Some(cpu), Some(memory)) = (of_cpu, of_memory) {
        checks.push(Check {
            wrong: format!("and {enabled} (not (or {} {}))", read(cpu), read(memory)),
            says: says(
                cpu,
                "autoscaling needs this or targetMemoryUtilizationPercentage",
            ),
        });
    }
    for (share, what) in [(of_cpu, "cpu"), (of_memory, "memory")] {
        let Some(share) = share else { continue };
        // With both, one that is 0 isn't followed.
        let is_followed = match (of_cpu, of_memory) {
            (Some(_), Some(_)) => format!("{enabled} {}", read(share)),
            _ => enabled.clone(),
        };
        checks.push(Check {
            wrong: format!(
                "and {is_followed} (not (get ({}.requests | default dict) \"{what}\"))",
                read(amounts)
            ),
            says: says(amounts, &format!("autoscaling needs requests.{what}")),
        });
    }
}

/// A public address that something reads must be known.
fn public(with: Expressions<'_>, tier: &Tier, port: Option<&str>, checks: &mut Vec<Check>) {
    let name = tier.id.name.as_str();
    let (field, whole) = match port {
        None => ("publicUrl".to_owned(), name.to_owned()),
        Some(port) => (
            format!("ports.{port}.publicUrl"),
            format!("the port {port} of {name}"),
        ),
    };
    if let Some(value) = with.values.get(Some(name), &field) {
        let what = format!("no value says by which URL browsers reach {whole}, and others read it");
        checks.push(Check {
            wrong: format!("not ({})", with.origin(name, port)),
            says: says(value, &what),
        });
    }
}

/// What is fixed in an image must agree with the values that it would be made from now.
fn baked(with: Expressions<'_>, tier: &Tier, checks: &mut Vec<Check>) {
    let name = tier.id.name.as_str();
    let values = ["repository", "tag", "digest"]
        .map(|field| with.values.get(Some(name), &format!("image.{field}")));
    let [Some(_), Some(tag), Some(_)] = values else {
        return;
    };
    let Some(image) = super::pod::image_text(Some(name), with) else {
        return;
    };
    for (reference, built) in with.shape.images(tier) {
        let own = build_arguments(&tier.pod).iter().rev();
        let own: BTreeMap<&str, _> = own.map(|it| (it.key.as_str(), it)).collect();
        for argument in build_arguments(&built.pod) {
            let now = own.get(argument.key.as_str()).copied();
            let Some(now) = now.filter(|it| Expressions::varies(&it.value)) else {
                continue;
            };
            let (was, now) = (argument.value.to_string(), with.all_of(&now.value));
            let format = format!(
                "{}: {} was built for {}: build an image for %s, and name its tag here",
                tag.path.join("."),
                reference.replace('%', "%%"),
                was.replace('%', "%%")
            );
            checks.push(Check {
                wrong: format!(
                    "and (eq ({image}) {}) (ne {now} {})",
                    go_string(reference),
                    go_string(&was)
                ),
                says: format!("(printf {} {now})", go_string(&format)),
            });
        }
    }
}

fn ingresses(with: Expressions<'_>, checks: &mut Vec<Check>) {
    let get = |field: &str| with.values.get(None, &format!("ingress.gateway.{field}"));
    if let (Some(name), Some(section), Some(redirect)) =
        (get("name"), get("sectionName"), get("redirectSectionName"))
    {
        let [is_there, listener, plain] =
            [name, section, redirect].map(|value| names::read(&value.path));
        checks.push(Check {
            wrong: format!("and {is_there} {plain} (not {listener})"),
            says: says(
                redirect,
                "hosts of https need a listener of their own: sectionName",
            ),
        });
    }
    let tiers = with.shape.app.tiers.iter();
    let own = tiers.map(|tier| (Some(tier.id.name.as_str()), "ingress".to_owned()));
    let hosts = with.shape.hosts().iter();
    let hosts = hosts.map(|host| (None, format!("ingress.hosts.{}", with.shape.host_key(host))));
    for (thing, field) in own.chain(hosts) {
        let get = |end: &str| with.values.get(thing, &format!("{field}.{end}"));
        let (Some(enabled), Some(host), Some(tls), Some(secret)) = (
            get("enabled"),
            get("host"),
            get("tls.enabled"),
            get("tls.secretName"),
        ) else {
            continue;
        };
        let [enabled, name, tls, certificate] =
            [enabled, host, tls, secret].map(|value| names::read(&value.path));
        checks.push(Check {
            wrong: format!("and {enabled} (not {name})"),
            says: says(host, "an Ingress needs a host"),
        });
        checks.push(Check {
            wrong: format!("and {enabled} {tls} (not {certificate})"),
            says: says(secret, "https needs a Secret with the certificate"),
        });
    }
}

/// Each value of a kind with its path, as arguments of `dict`.
fn each(with: Expressions<'_>, is_meant: impl Fn(&ChartValue) -> bool) -> Vec<(String, String)> {
    let values = with.values.by_path().into_iter();
    let values = values.filter(|value| is_meant(value));
    values
        .map(|value| (go_string(&value.path.join(".")), names::read(&value.path)))
        .collect()
}

fn dict(entries: &[(String, String)]) -> String {
    let entries = entries.iter().map(|(key, value)| format!(" {key} {value}"));
    format!("dict{}", entries.collect::<String>())
}

fn resources(with: Expressions<'_>) -> String {
    let all = each(with, |value| value.kind == ValueKind::Resources);
    if all.is_empty() {
        return String::new();
    }
    RESOURCES
        .replace("ALL", &dict(&all))
        .replace("EXCEEDS", &with.helper("exceeds"))
}

const RESOURCES: &str = "\
{{- range $path, $resources := ALL }}
  {{- range $name := list \"cpu\" \"memory\" \"ephemeral-storage\" }}
    {{- $request := get ($resources.requests | default dict) $name }}
    {{- $limit := get ($resources.limits | default dict) $name }}
    {{- if and $request $limit (include EXCEEDS (list $request $limit)) }}
      {{- $wrong = append $wrong (printf \"%s.requests.%s: Request cannot exceed limit\" $path $name) }}
    {{- end }}
  {{- end }}
{{- end }}
";

/// Names of variables that containers have already.
fn variables(with: Expressions<'_>) -> String {
    let mut entries = Vec::new();
    for value in with.values.all.iter().filter(|it| it.field == "extraEnv") {
        let Some(thing) = value.thing.as_deref() else {
            continue;
        };
        let taken = taken(with.shape, thing);
        if taken.is_empty() {
            continue;
        }
        let names: Vec<_> = taken.iter().map(|name| go_string(name)).collect();
        let list = format!("(list {} {})", names::read(&value.path), names.join(" "));
        entries.push((go_string(&value.path.join(".")), list));
    }
    if entries.is_empty() {
        return String::new();
    }
    VARIABLES.replace("ALL", &dict(&entries))
}

const VARIABLES: &str = "\
{{- range $path, $names := ALL }}
  {{- range $name := rest $names }}
    {{- if hasKey (first $names) $name }}
      {{- $wrong = append $wrong (printf \"%s.%s: the container has this variable already\" $path $name) }}
    {{- end }}
  {{- end }}
{{- end }}
";

/// The variables of a thing's containers.
fn taken(shape: &Shape<'_>, thing: &str) -> BTreeSet<String> {
    let app = shape.app;
    if let Some(pod) = app.pod(thing) {
        let mut names: BTreeSet<_> = pod.env.iter().map(|it| it.name.clone()).collect();
        let is_proxied = app.tier(thing).is_some_and(|tier| shape.is_proxied(tier));
        if is_proxied {
            let proxied = pod.contract.proxied_variables.iter();
            names.extend(proxied.map(|(name, _)| name.clone()));
        }
        return names;
    }
    let database = app.database(&ThingName(thing.to_owned()));
    let names = database.map(crate::backend::kubernetes::database_variables);
    names.unwrap_or_default()
}

/// Labels by which pods are selected.
fn labels(with: Expressions<'_>) -> String {
    let all = each(with, |value| value.field == "podLabels");
    if all.is_empty() {
        return String::new();
    }
    LABELS.replace("ALL", &dict(&all))
}

const LABELS: &str = "\
{{- range $path, $labels := ALL }}
  {{- range $key, $value := $labels }}
    {{- if or (eq $key \"app\") (hasPrefix \"app.kubernetes.io/\" $key) }}
      {{- $wrong = append $wrong (printf \"%s.%s: pods have this label already\" $path $key) }}
    {{- end }}
  {{- end }}
{{- end }}
";
