//! What stands above the statements of the first column: what they become, and who needs them.

use super::Analysis;
use super::output::becomes;
use super::topology;
use crate::source::Span;
use std::collections::BTreeSet;

/// What a lens does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// Shows the files of the statement, from this line on of the first of them.
    Preview(String, usize),
    /// Shows who names it.
    Users,
    /// Builds for a target.
    Build(String),
}

/// A line above a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The statement's name.
    pub span: Span,
    /// What it says.
    pub title: String,
    /// What it does.
    pub does: Does,
}

/// The lenses of a text, for one target.
#[must_use]
pub fn lenses(analysis: &Analysis, target: Option<&str>) -> Vec<Lens> {
    let files = analysis.output(analysis.shown(target));
    let mut lenses = Vec::new();
    for fact in &analysis.parsed.tree.facts {
        let Some(name) = fact.atoms.first().map(|atom| atom.span) else {
            continue;
        };
        if fact.head.value == "app" {
            let targets = analysis.all.builds.first().map(|it| it.targets.clone());
            lenses.extend(targets.into_iter().flatten().map(|target| Lens {
                span: name,
                title: format!("build {target}"),
                does: Does::Build(target),
            }));
            continue;
        }
        let Some(mention) = analysis.names.at(name.range().start) else {
            continue;
        };
        if !mention.declares || mention.set != super::names::Set::Things {
            continue;
        }
        let all = becomes(&files, fact.span);
        let objects: BTreeSet<_> = all.iter().filter_map(|it| it.object.clone()).collect();
        let paths: Vec<&str> = all.iter().map(|it| it.path.as_str()).collect();
        if let Some(first) = all.iter().find(|it| it.object.is_some()) {
            let mut own: Vec<&str> = paths;
            own.dedup();
            let short = own.iter().filter_map(|path| path.rsplit('/').next());
            let short: BTreeSet<&str> = short.collect();
            let count = objects.len();
            let noun = if count == 1 { "object" } else { "objects" };
            let files = short.into_iter().take(3).collect::<Vec<_>>().join(", ");
            lenses.push(Lens {
                span: name,
                title: format!("{count} {noun} · {files}"),
                does: Does::Preview(first.path.clone(), first.first),
            });
        }
        let users = topology::users(analysis, &mention.name).len();
        if users > 0 {
            lenses.push(Lens {
                span: name,
                title: format!("needed by {users}"),
                does: Does::Users,
            });
        }
    }
    lenses
}
