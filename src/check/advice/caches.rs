//! Models and data that a process fetches into its pod, and that are lost with it.

use crate::catalog::contract::{EMPTY_FOLDER, TEMPORARY};
use crate::check::context;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::ir::Tier;

/// Notes what each tier fetches again in each new pod. Whoever keeps a volume has thought of it.
pub(super) fn notes<'s>(
    tiers: &'s [Tier],
    scope: &'s Scope<'_>,
) -> impl Iterator<Item = Diagnostic> + use<'s> {
    tiers.iter().filter_map(|tier| {
        let said = scope.things.get(tier.id.name.as_str())?.face()?.tier;
        let context = said.build.as_ref()?.context.as_ref()?;
        let pod = &tier.pod;
        if !pod.volumes.is_empty() || !pod.contract.read_only_root {
            return None;
        }
        let is_set = |name: &str| {
            let mut keys = pod.config_read.iter();
            pod.env.iter().any(|it| it.name == name) || keys.any(|it| it.key == name)
        };
        let mut packages = context::fetching(said, scope).into_iter();
        let row = packages
            .find(|row| !is_set(row.variable) && !row.others.iter().any(|name| is_set(name)))?;
        let text = format!(
            "what `{}` fetches lies in `{TEMPORARY}`, which holds {EMPTY_FOLDER}: each new pod fetches it again",
            row.package
        );
        let note = Diagnostic::new(Code::FetchedAgain, context.span, text);
        Some(note.help(format!(
            "keep it: `volume models 10Gi at \"/models\"`, and `env {{ {} = \"/models\" }}`",
            row.variable
        )))
    })
}
