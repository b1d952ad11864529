//! Values beside the text: what the compiler makes of it.

use super::Analysis;
use super::names::Set;
use super::values::{Told, apps, references, told};
use crate::catalog::defaults::{DEFAULTS, Default};
use crate::ir::{App, Tier};
use crate::source::Span;
use crate::yaml::Why;
use std::collections::BTreeSet;

use super::walk::walk;

/// The longest hint, in characters.
const LONGEST: usize = 60;

/// What a hint shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The URL behind `expose`.
    Url,
    /// The image behind `build`.
    Image,
    /// What a reference stands for.
    Value,
    /// What holds for a thing because nothing else is said.
    Defaults,
}

/// A value that is shown beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Behind this byte.
    pub offset: usize,
    /// What it shows.
    pub kind: Kind,
    /// The value.
    pub text: String,
    /// The values for all targets, in Markdown.
    pub all: String,
}

/// The hints within a part of the text, for one target.
#[must_use]
pub fn hints(analysis: &Analysis, within: Span, target: Option<&str>) -> Vec<Hint> {
    let shown = analysis.shown(target);
    let mut hints = Vec::new();
    let mut add = |place: Span, kind, values: Vec<(Option<&str>, String)>| {
        let own = values.iter().find(|(target, _)| *target == shown);
        let Some((_, own)) = own.or(values.first()) else {
            return;
        };
        let all = values.iter().map(|(target, value)| match target {
            Some(target) => format!("- {target}: `{value}`\n"),
            None => format!("`{value}`"),
        });
        hints.push(Hint {
            offset: place.range().end,
            kind,
            text: cut(&analysis.masks().over(own)),
            all: analysis.masks().over(&all.collect::<String>()).into_owned(),
        });
    };
    let by_app = |of: &dyn Fn(&App) -> Option<String>| {
        let values = apps(analysis).filter_map(|app| Some((app.target.as_deref(), of(app)?)));
        values.collect::<Vec<_>>()
    };
    walk(&analysis.parsed.tree, &mut |met| {
        let fact = met.fact;
        if fact.span.end < within.start || within.end < fact.span.start {
            return;
        }
        let end = fact.atoms.last().map_or(fact.head.span, |atom| atom.span);
        match (met.row.map(|row| row.word), fact.head.value.as_str()) {
            (Some("expose"), _) => add(
                end,
                Kind::Url,
                by_app(&|app| {
                    let mut all = app.tiers.iter().flat_map(Tier::exposures);
                    let (_, _, public) = all.find(|(it, ..)| fact.span.contains(it.span))?;
                    Some(public?.url())
                }),
            ),
            (Some("build"), _) => add(
                end,
                Kind::Image,
                by_app(&|app| {
                    let mut pods = app.pods();
                    let (_, pod) = pods.find(|(_, pod)| {
                        pod.image.build.is_some() && fact.span.contains(pod.image.origin)
                    })?;
                    Some(pod.image.reference.to_string())
                }),
            ),
            _ => {}
        }
        let values = fact.value.iter().flat_map(|it| references(&it.atoms));
        for place in values {
            let values = told(analysis, place).into_iter();
            let values = values.filter_map(|(target, told)| match told {
                Told::Text(text) => Some((target, text)),
                Told::Secret { .. } => None,
            });
            add(place, Kind::Value, values.collect());
        }
    });
    hints.sort_by_key(|hint| hint.offset);
    hints.retain(|hint| {
        let offset = u32::try_from(hint.offset).unwrap_or(u32::MAX);
        within.start <= offset && offset <= within.end
    });
    hints
}

/// What holds for each thing in one target because nothing else is said, as far as it shapes the output.
#[must_use]
pub fn defaults(analysis: &Analysis, within: Span, target: Option<&str>) -> Vec<Hint> {
    let files = analysis.output(analysis.shown(target));
    let marks = files.iter().flat_map(|file| &file.marks);
    let mut rules: Vec<(Span, &str)> = marks
        .filter_map(|mark| match mark.origin.why {
            Why::Rule(name) => Some((mark.origin.span?, name)),
            Why::Said => None,
        })
        .collect();
    rules.sort_unstable();
    rules.dedup();
    let things = analysis.parsed.tree.facts.iter();
    let hints = things.filter_map(|fact| {
        let (name, last) = (fact.atoms.first()?.span, fact.atoms.last()?.span);
        let is_wanted = within.start <= last.end && last.end <= within.end;
        let thing = analysis.names.at(name.range().start)?;
        if !is_wanted || !thing.declares || thing.set != Set::Things {
            return None;
        }
        let own: BTreeSet<&str> = rules
            .iter()
            .filter(|(span, _)| fact.span.contains(*span))
            .map(|(_, name)| *name)
            .collect();
        let own = DEFAULTS.iter().filter(|it| own.contains(it.name));
        let own: Vec<_> = own.collect();
        let names: Vec<_> = own.iter().map(|it| it.name).collect();
        let all = own.iter().map(|it| {
            let Default {
                name, rule, other, ..
            } = it;
            format!("- **{name}**: {rule}. For something else: {other}\n")
        });
        (!own.is_empty()).then(|| Hint {
            offset: last.range().end,
            kind: Kind::Defaults,
            text: cut(&names.join(", ")),
            all: all.collect(),
        })
    });
    hints.collect()
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
