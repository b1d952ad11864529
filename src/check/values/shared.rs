//! The values of the shared keys, each worked out once, after those that it refers to.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::value;
use crate::catalog::bounds::{MOST_CONFIG, MOST_OTHERS, MOST_STEPS};
use crate::check::findings::Findings;
use crate::check::names::content::Plain;
use crate::check::names::scope::{Scope, Shared, SharedValue};
use crate::check::types::config_size::too_large;
use crate::diag::{Code, Diagnostic};
use crate::ir::{self, ConfigMap, Text};
use crate::syntax::ast::{Giver, Name, Setting, Value, ValueKind};

/// Works out the values of the shared keys, and puts them into the scope.
pub(in crate::check) fn work_out(scope: &mut Scope<'_>, found: &mut Findings) {
    let mut size = 0;
    let mut others = 0;
    let mut made: IndexMap<&str, Made> = IndexMap::new();
    for key in in_order(scope, found) {
        let said = setting(scope, key);
        let of = Made::of(said, &made);
        others += of.others;
        if let Some(said) = said
            && (others > MOST_OTHERS || of.steps > MOST_STEPS)
        {
            found.push(made_of_too_many(said));
            scope.values.insert(key, None);
            others -= of.others;
            continue;
        }
        let value = said.and_then(|setting| setting.value.as_ref());
        let plain = value.and_then(|value| value::plain(value, scope, value::CONFIG, found));
        let plain = plain.or_else(|| said.filter(|it| is_unset(it, scope)).map(|_| nothing()));
        let plain = plain.map(|mut plain| {
            size += key.len() + plain.text.len();
            if size > MOST_CONFIG {
                // It is wrong by now; others may refer to it, and must not grow without end.
                plain.text = Text::default();
            }
            plain
        });
        if plain.is_some() {
            made.insert(key, of);
        }
        let is_unknown = plain
            .as_ref()
            .is_some_and(|plain| value::unset(&plain.text, scope).is_some());
        if is_unknown || said.is_some_and(|it| is_unset(it, scope)) {
            scope.unset.insert(key);
        }
        let shared = plain.zip(said).map(|(plain, said)| SharedValue {
            setting: Arc::new(ir::Setting {
                key: said.key.value.clone(),
                value: plain.text,
                origin: said.key.span,
            }),
            links: plain.links,
        });
        scope.values.insert(key, shared);
    }
    if let Some(config) = scope.file.config.as_ref().filter(|_| size > MOST_CONFIG) {
        found.push(too_large(config.span, size));
    }
}

/// What the value of a key is made of: formats that keep that write it out for each.
#[derive(Debug, Clone, Copy, Default)]
struct Made {
    /// How many values of other keys are in it.
    others: usize,
    /// How many of them lie within each other.
    steps: usize,
}

impl Made {
    /// What that of a setting is made of, after those that it refers to.
    fn of(said: Option<&Setting>, made: &IndexMap<&str, Made>) -> Self {
        let mut all = Made::default();
        for name in said.into_iter().flat_map(referred) {
            if let Some(of) = made.get(name.value.as_str()) {
                all.others += 1 + of.others;
                all.steps = all.steps.max(1 + of.steps);
            }
        }
        all
    }
}

fn made_of_too_many(said: &Setting) -> Diagnostic {
    let message = format!(
        "the value of `{}` is made of others by more than {MOST_STEPS} steps, or all values are by more than \
         {MOST_OTHERS}",
        said.key.value
    );
    Diagnostic::new(Code::TooLarge, said.key.span, message)
        .help("write its value out, as text in double quotes")
}

/// Whether whoever installs the application gives a key its value.
pub(in crate::check) fn is_unset(setting: &Setting, scope: &Scope<'_>) -> bool {
    scope.gives_values && setting.giver == Giver::Target && setting.value.is_none()
}

/// The keys to which whoever installs the application gives a value.
pub(in crate::check) fn without_value(scope: &Scope<'_>) -> Vec<String> {
    let settings = scope
        .shared
        .iter()
        .filter_map(|(key, shared)| match shared {
            Shared::Config(setting) => Some((key, setting)),
            Shared::Secret(_) => None,
        });
    let unset = settings.filter(|(_, setting)| is_unset(setting, scope));
    unset.map(|(key, _)| (*key).to_owned()).collect()
}

/// The value of a key that has none yet.
fn nothing() -> Plain {
    Plain {
        text: Text::default(),
        links: Vec::new(),
    }
}

fn setting<'a>(scope: &Scope<'a>, key: &str) -> Option<&'a Setting> {
    match scope.shared.get(key)? {
        Shared::Config(setting) => Some(setting),
        Shared::Secret(_) => None,
    }
}

/// The shared keys, each behind those that its value refers to. Complains of circles, whose keys
/// are left out. A walk without recursion: a text may hold a chain of any length.
fn in_order<'a>(scope: &Scope<'a>, found: &mut Findings) -> IndexSet<&'a str> {
    let mut order = IndexSet::new();
    let mut circular = IndexSet::new();
    for root in scope.shared.keys() {
        let mut path: IndexMap<&str, _> = IndexMap::new();
        let mut next = Some(*root);
        while let Some(key) = next {
            if let Some(at) = path.get_index_of(key) {
                let keys = path.keys().skip(at).copied();
                let circle = keys.clone().filter_map(|key| setting(scope, key));
                if let Some(wrong) = depends_on_itself(&circle.collect::<Vec<_>>()) {
                    found.push(wrong);
                }
                circular.extend(keys);
            } else if let Some(setting) = setting(scope, key)
                && !order.contains(key)
                && !circular.contains(key)
            {
                path.insert(key, referred(setting).into_iter());
            }
            next = None;
            while next.is_none()
                && let Some(mut last) = path.last_entry()
            {
                next = last.get_mut().next().map(|name| name.value.as_str());
                if next.is_none()
                    && let Some((done, _)) = path.pop()
                    && !circular.contains(done)
                {
                    order.insert(done);
                }
            }
        }
    }
    order
}

/// The shared keys that the value of a key refers to.
fn referred(setting: &Setting) -> Vec<&Name> {
    let items = match setting.value.as_ref() {
        Some(Value {
            kind: ValueKind::List(items) | ValueKind::Json(items),
            ..
        }) => items.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let names = items.iter().filter_map(|item| match &item.kind {
        ValueKind::Reference(reference) => match reference.parts.as_slice() {
            [owner, key] if owner.value == "config" => Some(key),
            _ => None,
        },
        ValueKind::Text(_) | ValueKind::Bare(_) | ValueKind::List(_) | ValueKind::Json(_) => None,
    });
    names.collect()
}

/// What to say of keys each of which refers to the next, and the last to the first.
fn depends_on_itself(circle: &[&Setting]) -> Option<Diagnostic> {
    let (first, rest) = circle.split_first()?;
    let message = format!("the value of `{}` depends on itself", first.key.value);
    let mut diagnostic = Diagnostic::new(Code::Circular, first.key.span, message);
    for setting in rest {
        diagnostic = diagnostic.also(setting.key.span, "by way of this");
    }
    Some(diagnostic.help("write its value out, as text in double quotes"))
}

/// The shared ConfigMap.
pub(in crate::check) fn config_map(scope: &Scope<'_>) -> Option<ConfigMap> {
    let origin = scope.file.config.as_ref()?.span;
    let settings = scope.shared.values().filter_map(|key| match key {
        Shared::Config(setting) => Some(setting),
        Shared::Secret(_) => None,
    });
    let entries: Vec<_> = settings
        .filter_map(|setting| {
            let value = scope.values.get(setting.key.value.as_str())?;
            Some(ir::Setting::clone(&value.as_ref()?.setting))
        })
        .collect();
    (!entries.is_empty()).then(|| ConfigMap {
        name: scope.config_name.clone(),
        entries,
        origin,
    })
}
