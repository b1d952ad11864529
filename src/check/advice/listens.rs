//! Images whose own port isn't the one that their tier says.

use super::readings::{self, Readings};
use crate::catalog::images::listens_on;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Shared};
use crate::check::types::image_names;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::EnvLine;

/// Parts of names of variables that tell a process where it listens.
const TELLS: &[&str] = &["PORT", "LISTEN", "ADDR", "BIND", "URL"];

/// Warns of each, where nothing tells the image another port.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope) {
        let Some(image) = &face.tier.image else {
            continue;
        };
        let reference = image_names::reference(&image.value);
        let known = listens_on(&reference.repository);
        let (Some(port), [right, ..]) = (face.port(), known) else {
            continue;
        };
        if face.ports.iter().any(|it| known.contains(&it.container)) || is_told(face, scope) {
            continue;
        }
        let message = format!(
            "`{}` listens on {right}, and nothing tells it to listen on {}",
            reference.repository, port.container,
        );
        let as_service = match port.service {
            service if service == *right => String::new(),
            service => format!(" as {service}"),
        };
        found.push(
            Diagnostic::new(Code::Implausible, port.origin, message)
                .also(image.span, "the image")
                .help(format!(
                    "write `port {right}{as_service}`, or give it a `file` or variable that says another"
                )),
        );
    }
}

/// Whether something may tell a process another port than its own.
fn is_told(face: &TierFace<'_>, scope: &Scope<'_>) -> bool {
    let tier = face.tier;
    let tells = |name: &str| {
        let upper = name.to_ascii_uppercase();
        TELLS.iter().any(|part| upper.contains(part))
    };
    let mut own = tier.config.iter().flat_map(|config| &config.settings);
    let is_shared = |found: &Shared<'_>| match found {
        Shared::Config(setting) => tells(&setting.key.value),
        Shared::Secret(_) => false,
    };
    let variables = tier.env.iter().any(|line| match line {
        EnvLine::Shared(name) => tells(&name.value),
        EnvLine::Set(setting) => tells(&setting.key.value),
        EnvLine::Spread(_) => scope.shared.values().any(is_shared),
    });
    let has_files = !tier.files.is_empty() || !tier.volumes.is_empty();
    let has_words = !tier.command.is_empty() || !tier.args.is_empty();
    let has_patches = !face.view.patches.is_empty();
    variables
        || has_files
        || has_words
        || has_patches
        || tier.from.is_some()
        || own.any(|setting| tells(&setting.key.value))
}
