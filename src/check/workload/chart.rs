//! What `helm` says of the chart.

use super::chart_facts::Facts;
use crate::catalog::bounds::{LONGEST_VALUE_KEY, MOST_VALUE_KEYS};
use crate::check::findings::Findings;
use crate::diag::credentials::credentials;
use crate::diag::{Code, Diagnostic};
use crate::ir::{App, ChartSecrets, Helm, NamedValue, ValueOrder};
use crate::source::Span;
use crate::syntax::ast::{self, HelmValue, Name};
use std::collections::{BTreeMap, BTreeSet};

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
    let settings = SharedSettings::of(file.config.as_ref(), app);
    let makes_secrets = word(said.secrets.as_ref()) == Some("values");
    let facts = Facts::of(app, makes_secrets);
    let values = said
        .values
        .iter()
        .filter(|value| !settings.is_unknown(value))
        .filter_map(|value| named(value, &facts, found));
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

/// The shared settings, by their keys.
struct SharedSettings<'a> {
    said: BTreeSet<&'a str>,
    known: BTreeSet<&'a str>,
    is_broken: bool,
}

impl<'a> SharedSettings<'a> {
    fn of(config: Option<&'a ast::Config>, app: &'a App) -> Self {
        let said = config.iter().flat_map(|config| &config.settings);
        let known = app.config.iter().flat_map(|config| &config.entries);
        SharedSettings {
            said: said.map(|it| it.key.value.as_str()).collect(),
            known: known.map(|entry| entry.key.as_str()).collect(),
            is_broken: config.is_some_and(|config| config.broken),
        }
    }

    /// Whether a value is one of which nothing is known, since its own value is wrong.
    fn is_unknown(&self, value: &HelmValue) -> bool {
        let [first, key] = value.fact.as_slice() else {
            return false;
        };
        let key = key.value.as_str();
        let is_said = self.is_broken || self.said.contains(key);
        first.value == "config" && is_said && !self.known.contains(key)
    }
}

fn word(said: Option<&crate::source::Spanned<&'static str>>) -> Option<&'static str> {
    said.map(|said| said.value)
}

fn named(value: &HelmValue, facts: &Facts, found: &mut Findings) -> Option<NamedValue> {
    let path = path(value, found);
    let fact = facts.meant(value, found);
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
    let is_short = keys.len() <= MOST_VALUE_KEYS;
    let message = if !keys.iter().all(is_key) {
        "keys of letters, digits and `_`, with dots between them"
    } else if !is_short || keys.iter().any(|key| key.len() > LONGEST_VALUE_KEY) {
        "at most 16 keys, of 63 characters each"
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
