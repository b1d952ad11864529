//! What references stand for, for each target: read off the application, which knows where each part of
//! its values comes from.

use super::Analysis;
use crate::ir::{App, Piece, SecretRef, Setting, Text, Value, Variable};
use crate::source::Span;
use crate::syntax::tree::{Atom, AtomKind};

/// What a reference stands for in one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// This text.
    Text(String),
    /// A key of a Secret, whose value nobody knows here.
    Secret {
        /// The Secret.
        object: String,
        /// The key in it.
        key: String,
    },
}

/// The references among tokens, each with the path behind it.
#[must_use]
pub fn references(atoms: &[Atom]) -> Vec<Span> {
    let mut all = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        match &atom.kind {
            AtomKind::Reference(..) => {
                let next = atoms.get(at + 1);
                let path = next.filter(|next| matches!(next.kind, AtomKind::Text(_)));
                all.push(path.map_or(atom.span, |path| atom.span.to(path.span)));
            }
            AtomKind::List(items) => all.extend(items.iter().flat_map(|it| references(it))),
            AtomKind::Word(_) | AtomKind::Text(_) | AtomKind::Number(_) | AtomKind::Range(..) => {}
        }
    }
    all
}

/// What stands at a place, by target; those that don't have it are left out.
#[must_use]
pub fn told(analysis: &Analysis, place: Span) -> Vec<(Option<&str>, Told)> {
    let told = apps(analysis).filter_map(|app| Some((app.target.as_deref(), in_app(app, place)?)));
    told.collect()
}

/// The application for each target, as far as it is known.
pub fn apps(analysis: &Analysis) -> impl Iterator<Item = &App> {
    let builds = analysis.all.builds.iter();
    builds.filter_map(|build| {
        let partial = build.partial.as_ref().map(|it| &it.0);
        build.app.as_ref().or(partial)
    })
}

fn in_app(app: &App, place: Span) -> Option<Told> {
    let shared = app.config.iter().flat_map(|config| &config.entries);
    let pods = || app.pods().map(|(_, pod)| pod);
    let own = pods().flat_map(|pod| pod.config.iter().flat_map(|config| &config.entries));
    let builds = pods().filter_map(|pod| pod.image.build.as_ref());
    let arguments = builds.flat_map(|build| &build.arguments);
    let settings = shared.chain(own).chain(arguments);
    let variables = pods().flat_map(|pod| &pod.env);
    settings
        .filter_map(|setting: &Setting| in_text(&setting.value, place))
        .chain(variables.filter_map(|it| variable(it, place)))
        .next()
}

fn variable(variable: &Variable, place: Span) -> Option<Told> {
    match &variable.value {
        Value::Text(text) => in_text(text, place),
        Value::Secret(secret) => variable.origin.contains(place).then(|| secret_of(secret)),
        Value::Composed(pieces) if variable.origin.contains(place) => {
            pieces.iter().find_map(|piece| match piece {
                Piece::Secret { key, .. } => Some(secret_of(key)),
                Piece::Text(_) => None,
            })
        }
        Value::Composed(_) | Value::Config { .. } | Value::Pod(_) => None,
    }
}

fn secret_of(secret: &SecretRef) -> Told {
    Told::Secret {
        object: secret.object.clone(),
        key: secret.key.clone(),
    }
}

/// The text that comes from a place.
fn in_text(text: &Text, place: Span) -> Option<Told> {
    let parts = text.parts().iter();
    let parts = parts.filter(|part| place.contains(part.origin));
    let texts: Vec<&str> = parts.map(|part| part.text.as_str()).collect();
    (!texts.is_empty()).then(|| Told::Text(texts.concat()))
}
