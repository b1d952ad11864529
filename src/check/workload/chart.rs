//! What `helm` says of the chart.

use crate::check::findings::Findings;
use crate::diag::credentials::credentials;
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostic};
use crate::ir::{App, ChartSecrets, Handler, Helm, NamedValue, SecretObject, Tier, ValueOrder};
use crate::source::Span;
use crate::syntax::ast::{self, HelmValue, Name};
use std::collections::BTreeMap;

/// What the chart is like, for an application that is known otherwise.
pub(in crate::check) fn lower(
    said: Option<&ast::Helm>,
    file: &ast::File,
    app: &App,
    found: &mut Findings,
) -> Helm {
    let remarks = remarks(file);
    let Some(said) = said else {
        return Helm {
            remarks,
            ..Helm::default()
        };
    };
    let config = file.config.as_ref();
    let values = said
        .values
        .iter()
        .filter(|value| !is_unknown_setting(value, config, app))
        .filter_map(|value| named(value, app, said, found));
    let values: Vec<_> = values.collect();
    differ(&values, found);
    Helm {
        secrets: match word(said.secrets.as_ref()) {
            Some("values") => ChartSecrets::Values,
            Some(_) | None => ChartSecrets::Existing,
        },
        order: match word(said.order.as_ref()) {
            Some("field") => ValueOrder::ByField,
            Some(_) | None => ValueOrder::ByTier,
        },
        values,
        remarks,
    }
}

/// What comments say of keys of `config` and of secrets.
fn remarks(file: &ast::File) -> BTreeMap<(Option<String>, String), String> {
    let mut remarks = BTreeMap::new();
    let mut add = |thing: Option<&Name>, kind: &str, name: &Name, place: Span| {
        if let Some(text) = file.remarks.get(&place.start)
            && credentials(text).is_empty()
        {
            let thing = thing.map(|name| name.value.clone());
            remarks.insert((thing, format!("{kind}.{}", name.value)), text.clone());
        }
    };
    let workloads = file.workloads().map(|tier| {
        let secrets = tier.secrets.as_slice();
        (tier.name.as_ref(), tier.config.as_ref(), secrets)
    });
    let databases = file.databases.iter();
    let databases = databases.map(|it| (it.name.as_ref(), None, it.secrets.as_slice()));
    let shared = std::iter::once((None, file.config.as_ref(), file.secrets.as_slice()));
    for (thing, config, secrets) in shared.chain(workloads).chain(databases) {
        for setting in config.iter().flat_map(|config| &config.settings) {
            add(thing, "config", &setting.key, setting.key.span);
        }
        for secret in secrets {
            if let Some(name) = &secret.name {
                add(thing, "secrets", name, secret.span);
            }
        }
    }
    remarks
}

/// Whether a value is a shared setting of which nothing is known, since its own value is wrong.
fn is_unknown_setting(value: &HelmValue, config: Option<&ast::Config>, app: &App) -> bool {
    let [first, key] = value.fact.as_slice() else {
        return false;
    };
    let mut known = app.config.iter().flat_map(|config| &config.entries);
    let is_said = config.is_some_and(|config| {
        config.broken || config.settings.iter().any(|it| it.key.value == key.value)
    });
    first.value == "config" && is_said && !known.any(|entry| entry.key == key.value)
}

fn word(said: Option<&crate::source::Spanned<&'static str>>) -> Option<&'static str> {
    said.map(|said| said.value)
}

fn named(
    value: &HelmValue,
    app: &App,
    said: &ast::Helm,
    found: &mut Findings,
) -> Option<NamedValue> {
    let path = path(value, found);
    let fact = fact(value, app, said, found);
    let (thing, fact) = fact?;
    Some(NamedValue {
        path: path?,
        thing,
        fact,
        origin: value.path.span,
    })
}

/// The keys of a path. `enabled` and `global` alone mean something to Helm.
fn path(value: &HelmValue, found: &mut Findings) -> Option<Vec<String>> {
    let keys: Vec<_> = value.path.value.split('.').map(str::to_owned).collect();
    let is_key = |key: &String| {
        let starts = key.starts_with(|c: char| c.is_ascii_alphabetic());
        starts && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let message = if !keys.iter().all(is_key) {
        "keys of letters, digits and `_`, with dots between them"
    } else if matches!(keys.as_slice(), [first, ..] if first == "enabled")
        || matches!(keys.as_slice(), [only] if only == "global")
    {
        "`enabled` and `global` belong to the chart that this one may be a part of"
    } else {
        return Some(keys);
    };
    let title = format!("`{}` isn't a path of a value", value.path.value);
    let diagnostic = Diagnostic::new(Code::InvalidValuePath, value.path.span, title);
    let help = "write a path such as `\"web.replicas\"`";
    found.push(diagnostic.also(value.path.span, message).help(help));
    None
}

/// Whose fact is meant, and which.
fn fact(
    value: &HelmValue,
    app: &App,
    said: &ast::Helm,
    found: &mut Findings,
) -> Option<(Option<String>, String)> {
    let makes_secrets = word(said.secrets.as_ref()) == Some("values");
    let words: Vec<_> = value.fact.iter().map(|word| word.value.as_str()).collect();
    let written = words.join(".");
    let (first, last) = (value.fact.first()?, value.fact.last()?);
    let place = first.span.to(last.span);
    let of_app = facts_of_app(app, makes_secrets);
    if of_app.contains(&written) {
        return Some((None, written));
    }
    let things = things(app, makes_secrets);
    if let Some((thing, facts)) = things
        .iter()
        .find(|(name, _)| name == words.first().unwrap_or(&""))
    {
        let rest = words.get(1..).unwrap_or_default().join(".");
        if facts.contains(&rest) {
            return Some((Some(thing.clone()), rest));
        }
    }
    if matches!(words.as_slice(), [.., "secret", _]) && !makes_secrets {
        let message = format!("`{written}` has no value: the chart reads Secrets that exist");
        let diagnostic = Diagnostic::new(Code::UnknownFact, place, message);
        found.push(diagnostic.help("add `secrets values` to `helm`"));
        return None;
    }
    let of_things = things.iter().flat_map(|(thing, facts)| {
        let facts = facts.iter();
        facts.map(move |fact| format!("{thing}.{fact}"))
    });
    let all: Vec<String> = of_app.into_iter().chain(of_things).collect();
    let message = format!("`{written}` isn't a fact that has a value in a chart");
    let diagnostic = Diagnostic::new(Code::UnknownFact, place, message);
    let near = did_you_mean(&written, all.iter().map(String::as_str));
    found.push(match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("it has: {}", all.join(", "))),
    });
    None
}

fn facts_of_app(app: &App, makes_secrets: bool) -> Vec<String> {
    let mut facts: Vec<String> = ["namespace", "host", "pull"].map(str::to_owned).into();
    let config = app.config.iter().flat_map(|config| &config.entries);
    facts.extend(config.map(|entry| format!("config.{}", entry.key)));
    facts.extend(secrets(app.secret.as_ref(), makes_secrets));
    facts
}

fn secrets(secret: Option<&SecretObject>, makes_secrets: bool) -> Vec<String> {
    let keys = secret.iter().flat_map(|secret| &secret.keys);
    let keys = keys.filter(|_| makes_secrets);
    keys.map(|key| format!("secret.{}", key.name)).collect()
}

/// Tiers, databases and jobs, each with its facts.
fn things(app: &App, makes_secrets: bool) -> Vec<(String, Vec<String>)> {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let tiers = app.tiers.iter().map(|tier| {
        let mut facts: Vec<String> = words(&["enabled", "replicas", "resources"]);
        let is_own = tier.pod.image.build.is_some() || !tier.pod.image.ours;
        if is_own {
            facts.extend(words(&["image", "tag", "pull"]));
        }
        facts.extend(words(reached(tier)));
        let own = tier.pod.config.iter().flat_map(|config| &config.entries);
        facts.extend(own.map(|entry| format!("config.{}", entry.key)));
        facts.extend(secrets(tier.pod.secret.as_ref(), makes_secrets));
        (tier.id.name.clone(), facts)
    });
    let databases = app.databases.iter().map(|database| {
        let mut facts: Vec<String> = words(&["image", "tag", "pull"]);
        if database.storage.is_some() {
            facts.push("storage".to_owned());
        }
        facts.extend(secrets(database.secret.as_ref(), makes_secrets));
        (database.id.name.clone(), facts)
    });
    let jobs = app.jobs.iter().map(|job| {
        let mut facts: Vec<String> = words(&["enabled", "resources"]);
        if job.pod.image.build.is_some() || !job.pod.image.ours {
            facts.extend(words(&["image", "tag", "pull"]));
        }
        if job.schedule.is_some() {
            facts.push("schedule".to_owned());
        }
        (job.id.name.clone(), facts)
    });
    tiers.chain(databases).chain(jobs).collect()
}

/// The facts of how a tier is reached. Whether it has each of them may depend on other targets.
fn reached(tier: &Tier) -> &'static [&'static str] {
    let gets = tier.probes.as_ref().is_some_and(|probes| {
        let all = [&probes.readiness, &probes.liveness, &probes.startup];
        let mut all = all.into_iter().flatten();
        all.any(|probe| matches!(probe.handler, Handler::Get { .. }))
    });
    match (tier.ports.is_empty(), gets) {
        (true, _) => &[],
        (false, false) => &["expose", "port", "nodeport", "host"],
        (false, true) => &["expose", "port", "nodeport", "host", "health"],
    }
}

/// No path is another's beginning, and no fact has two.
fn differ(values: &[NamedValue], found: &mut Findings) {
    for (at, value) in values.iter().enumerate() {
        for first in values.iter().take(at) {
            if value.path.starts_with(&first.path) || first.path.starts_with(&value.path) {
                let message = format!(
                    "`{}` and `{}` can't both be values",
                    first.path.join("."),
                    value.path.join(".")
                );
                clash(message, value.origin, first.origin, found);
            } else if (&value.thing, &value.fact) == (&first.thing, &first.fact) {
                let message = format!("`{}` has two paths", value.fact);
                clash(message, value.origin, first.origin, found);
            }
        }
    }
}

fn clash(message: String, place: Span, first: Span, found: &mut Findings) {
    let diagnostic = Diagnostic::new(Code::ValueClash, place, message);
    let diagnostic = diagnostic.also(first, "the first one");
    found.push(diagnostic.help("keep one of the two, or give it another path"));
}
