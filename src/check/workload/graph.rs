//! Who connects to whom, and who waits for whom.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::check::findings::Findings;
use crate::check::names::scope::{Scope, Thing};
use crate::ir::Wait;
use crate::source::Spanned;

/// The connections of one application: for each thing, the labels of what connects to it.
#[derive(Debug, Default)]
pub(in crate::check) struct Graph {
    clients: IndexMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Records what the pods with `label` connect to, and returns the databases it waits for.
    pub(in crate::check) fn connect(
        &mut self,
        label: &str,
        to: &[Spanned<String>],
        scope: &Scope<'_>,
    ) -> Vec<Wait> {
        let mut waits: Vec<Wait> = Vec::new();
        for name in to {
            self.clients
                .entry(name.value.clone())
                .or_default()
                .insert(label.to_owned());
            let is_database = matches!(
                scope.things.get(name.value.as_str()),
                Some(Thing::Database(..))
            );
            if is_database && !waits.iter().any(|wait| wait.database == name.value) {
                waits.push(Wait {
                    database: name.value.clone(),
                    origin: name.span,
                });
            }
        }
        waits
    }

    /// The labels of what connects to a thing, sorted.
    pub(in crate::check) fn clients(&self, name: &str) -> Vec<String> {
        self.clients
            .get(name)
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }
}

/// What `needs` names.
pub(in crate::check) fn needs(
    names: &[Spanned<String>],
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Vec<Spanned<String>> {
    names
        .iter()
        .filter(|name| scope.reachable(name, found).is_some())
        .cloned()
        .collect()
}
