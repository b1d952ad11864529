//! What a text leads to: files beside it.

use super::Analysis;
use super::walk::walk;
use crate::catalog::keys::{Means, Part};
use crate::catalog::recipe as recipe_of;
use crate::source::Span;
use crate::syntax::taken;

/// A place that leads to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The place, within the double quotes.
    pub span: Span,
    /// The paths that it may lead to, from the text's folder: the first that is there counts.
    pub paths: Vec<String>,
}

/// Every place that leads to a file.
#[must_use]
pub fn links(analysis: &Analysis) -> Vec<Link> {
    let mut links = Vec::new();
    walk(&analysis.parsed.tree, &mut |met| {
        let Some(row) = met.row else { return };
        let context = met.around.last().filter(|it| it.head.value == "build");
        let context = context
            .and_then(|it| it.atoms.get(1)?.as_text())
            .unwrap_or(".");
        let parts = taken(row, &met.fact.atoms);
        for (part, atom) in parts.into_iter().zip(&met.fact.atoms) {
            let (Part::Slot(_, kind), Some(path)) = (part, atom.as_text()) else {
                continue;
            };
            let paths = if kind.means() == Means::File {
                if row.word == "file" && context != "." {
                    vec![format!("{context}/{path}")]
                } else {
                    vec![path.to_owned()]
                }
            } else if kind.means() == Means::Folder && row.word == "build" {
                let recipe = met.fact.atoms.first();
                let recipe = recipe.and_then(|it| analysis.text.get(it.span.range()));
                let plan = recipe.and_then(recipe_of).and_then(|it| it.plan.as_ref());
                let manifests = plan.into_iter().flat_map(|plan| plan.packages);
                let manifests = manifests.map(|it| it.manifest);
                let all = manifests.chain(["go.mod", "Cargo.toml", "Dockerfile", "index.html"]);
                all.map(|it| format!("{path}/{it}")).collect()
            } else {
                continue;
            };
            let span = Span {
                start: atom.span.start + 1,
                end: atom.span.end.saturating_sub(1),
                ..atom.span
            };
            links.push(Link { span, paths });
        }
    });
    links
}
