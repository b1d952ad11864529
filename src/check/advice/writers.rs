//! Processes that write where their image is read-only, or what is lost with their pods.

use super::command_line::commands;
use super::readings::{self, Readings};
use super::started;
use crate::catalog::defaults::{Switch, switch};
use crate::catalog::writers::writing;
use crate::check::context::{self, WrittenFolder};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::Scope;
use crate::check::values::storage;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::{self, Name};
use std::collections::BTreeSet;

/// Warns of each.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    let from = scope.file.workloads().filter_map(|tier| tier.from.as_ref());
    let shared: BTreeSet<&str> = from.map(|name| name.value.as_str()).collect();
    for face in readings::faces(scope) {
        let Some(built) = readings::built(face, scope) else {
            continue;
        };
        let is_ours = readings::recipe(face, scope).is_some_and(|it| it.plan.is_some());
        if !is_ours || may_write(face.tier, built, scope) {
            continue;
        }
        of_commands(face, built, scope, found);
        // Of several that run one image, another may be the one that writes.
        let is_alone = face.tier.build.is_some() && !shared.contains(face.id.name.as_str());
        if is_alone && !face.is_job && face.view.patches.is_empty() {
            of_sources(face, readings, found);
        }
    }
}

/// Whether the root of a container is writable.
fn may_write(tier: &ast::Tier, built: &ast::Tier, scope: &Scope<'_>) -> bool {
    let is_off = |name: &Name| switch(&name.value) == Some(Switch::ReadOnlyRoot);
    let all = scope
        .off
        .iter()
        .any(|off| off.value == Switch::ReadOnlyRoot);
    all || tier.without.iter().chain(&built.without).any(is_off)
}

/// Warns of commands that write beside the sources.
fn of_commands(face: &TierFace<'_>, built: &ast::Tier, scope: &Scope<'_>, found: &mut Findings) {
    for command in commands(face.tier) {
        let (Some(first), Some(last)) = (command.first(), command.last()) else {
            continue;
        };
        // Whoever mounts something over the working directory has thought of it.
        if is_covered("/app", face.tier) {
            continue;
        }
        let words = started::words(command);
        let all = started::each(Some(built), scope, &words);
        let Some((row, words)) = all.iter().find_map(|words| Some((writing(words)?, words))) else {
            continue;
        };
        let message = format!(
            "`{}` writes {}, and the files of the image can't be changed",
            words.join(" "),
            row.writes
        );
        let place = first.span.to(last.span);
        found.push(Diagnostic::new(Code::WritesToImage, place, message).help(row.help));
    }
}

/// Warns of what the sources write.
fn of_sources(face: &TierFace<'_>, readings: &Readings<'_, '_>, found: &mut Findings) {
    let tier = face.tier;
    let Some(context) = tier.build.as_ref().and_then(|build| build.context.as_ref()) else {
        return;
    };
    for written in context::written(tier, readings.scope) {
        let mut variables = written.variables.iter();
        let is_covered = match &written.folder {
            Some(folder) => is_covered(folder, tier),
            None => !tier.volumes.is_empty() || !tier.writable.is_empty(),
        };
        if is_covered || variables.any(|name| readings.sees(face, name)) {
            continue;
        }
        found.push(diagnostic(&written, context));
    }
}

fn diagnostic(written: &WrittenFolder, context: &Name) -> Diagnostic {
    let WrittenFolder {
        by,
        folder,
        is_data,
        ..
    } = written;
    let message = match folder {
        Some(folder) => {
            format!("{by} writes to `{folder}`, and the files of the image can't be changed")
        }
        None => format!("{by} keeps data in files, and no volume keeps them"),
    };
    let help = match (folder, is_data) {
        (Some(folder), false) => format!("let it write there what may be lost: `writable \"{folder}\"`"),
        (Some(folder), true) if is_database(folder) => {
            "put the file into a folder of its own, and keep that: `volume data 1Gi at \"/app/data\"`; or use a `postgres`".to_owned()
        }
        (Some(folder), true) => format!("keep it: `volume data 10Gi at \"{folder}\"`"),
        (None, _) => "keep the folder that the application chooses: `volume data 1Gi at \"/app/data\"`".to_owned(),
    };
    Diagnostic::new(Code::WritesToImage, context.span, message).help(help)
}

/// Whether a path is that of a file of SQLite's, and no folder that could be mounted.
fn is_database(path: &str) -> bool {
    [".sqlite", ".db"].iter().any(|part| path.contains(part))
}

/// Whether a volume or an empty folder is mounted at a path, or above it.
fn is_covered(path: &str, tier: &ast::Tier) -> bool {
    let volumes = tier.volumes.iter().filter_map(|it| it.path.as_ref());
    let mut mounted = volumes.chain(&tier.writable);
    mounted.any(|mounted| {
        let mounted = storage::bare(&mounted.value);
        let rest = path.strip_prefix(mounted.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
