//! What a tier or job says of its container besides what the recipe says: as whom it runs, where it
//! writes, what is noted on its pods, which defaults it does without.

use super::findings::{Findings, Wanted};
use super::scope::{Scope, TierFace};
use super::{texts, types, values};
use crate::catalog::Contract;
use crate::catalog::defaults::{self, Switch};
use crate::diag::{Code, Diagnostic};
use crate::ir::Entry;
use crate::syntax::ast::{self, Name};

/// Most bytes of an object's annotations (Kubernetes' `TotalAnnotationSizeLimitB`).
const MOST_ANNOTATIONS: usize = 262_144;

/// The contract, as the tier changes it: image and pod both follow.
pub(super) fn change(
    contract: &mut Contract,
    tier: &ast::Tier,
    off: &[Switch],
    found: &mut Findings,
) {
    if let Some(user) = &tier.user
        && let Some(user) =
            types::number(user, "number of a user", 0..=i32::MAX.unsigned_abs(), found)
    {
        contract.user = Some(user);
    }
    for path in &tier.writable {
        if !texts::is_folder(path, found) {
            continue;
        }
        if contract.writable.contains(&path.value) {
            let message = format!("`{}` is writable already", path.value);
            let diagnostic = Diagnostic::new(Code::Repeated, path.span, message);
            found.push(diagnostic.help("delete this line"));
            continue;
        }
        contract.read_only_root = true;
        contract.writable.push(path.value.clone());
    }
    if off.contains(&Switch::ReadOnlyRoot) {
        contract.read_only_root = false;
    }
}

/// The defaults that are switched off.
pub(super) fn without(names: &[Name], found: &mut Findings) -> Vec<Switch> {
    let mut off = Vec::new();
    for name in names {
        match defaults::switch(&name.value) {
            Some(switch) => off.push(switch),
            None => found.unknown(name, Wanted::Default, defaults::switches()),
        }
    }
    off
}

/// Annotations of the pods: what the target says stands instead of what the tier says.
pub(super) fn annotations<'a>(
    face: &TierFace<'a>,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let there = face.there.map_or(&[][..], |there| &there.annotations);
    let replaced = |key: &Name| there.iter().any(|setting| setting.key.value == key.value);
    let own = face
        .tier
        .annotations
        .iter()
        .filter(|setting| !replaced(&setting.key));
    for setting in own.chain(there) {
        let key = &setting.key;
        if !texts::is_qualified_name(key, found) {
            continue;
        }
        if let Some(first) = entries.iter().find(|entry| entry.key == key.value) {
            let message = format!("the annotation `{}` is set twice", key.value);
            let diagnostic = Diagnostic::new(Code::VariableTaken, key.span, message);
            found.push(
                diagnostic
                    .also(first.origin, "set here first")
                    .help("keep one of the two"),
            );
            continue;
        }
        let Some(value) = &setting.value else {
            continue;
        };
        if let Some(plain) = values::plain(value, scope, "an annotation", found) {
            let key = key.value.clone();
            entries.push(Entry {
                key,
                value: plain.text,
                origin: setting.key.span,
            });
        }
    }
    let size: usize = entries
        .iter()
        .map(|entry| entry.key.len() + entry.value.len())
        .sum();
    if let Some(first) = entries.first().filter(|_| size > MOST_ANNOTATIONS) {
        let message =
            format!("these annotations are {size} bytes, and an object holds {MOST_ANNOTATIONS}");
        found.push(Diagnostic::new(Code::TooLarge, first.origin, message).help("shorten them"));
    }
    entries
}
