//! Values beside the text: what the compiler makes of it.

use super::Analysis;
use super::values::{Told, apps, references, told};
use crate::ir::App;
use crate::source::Span;

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
                    let tier = app
                        .tiers
                        .iter()
                        .find(|it| fact.span.contains(it.expose.span))?;
                    Some(tier.public.as_ref()?.url())
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

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
