//! Patches: which object each is for, and that it leaves alone what everything else relies on.

use super::fields::{self, RuleSubject};
use super::inventory::{self, Listed};
use super::refusals::refusal;
use crate::catalog::defaults::Switch;
use crate::catalog::fields::Shape;
use crate::diag::suggest::nearest;
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, Patch};

/// Complains of patches of objects that there aren't, and of what no patch may say.
pub(super) fn check(app: &App, found: &mut Bag) {
    for tier in app.tiers.iter().filter(|it| !it.patches.is_empty()) {
        are_right(&tier.patches, &inventory::of_tier(app, tier), found);
    }
    for job in app.jobs.iter().filter(|it| !it.patches.is_empty()) {
        are_right(&job.patches, &inventory::to_patch_of_job(job), found);
    }
    for database in app.databases.iter().filter(|it| !it.patches.is_empty()) {
        let policy = database.keeps(app, Switch::NetworkPolicy);
        let objects = inventory::of_database(database, policy);
        are_right(&database.patches, &objects, found);
    }
}

/// The patches of a workload, whose objects are `objects`.
fn are_right(patches: &[Patch], objects: &[Listed], found: &mut Bag) {
    for patch in patches {
        if let Some(diagnostic) = object_fault(patch, objects) {
            found.push(diagnostic);
        }
        fields_are_right(patch, found);
    }
}

/// Why a patch is for none of the objects, or for several.
fn object_fault(patch: &Patch, objects: &[Listed]) -> Option<Diagnostic> {
    let kind = &patch.kind;
    let of_kind: Vec<_> = objects.iter().filter(|it| it.kind == kind.value).collect();
    let names = || of_kind.iter().map(|object| object.name.as_str());
    let listed = || names().collect::<Vec<_>>().join("\", \"");
    match (of_kind.as_slice(), &patch.object) {
        ([], _) => {
            let message = format!("no object of the kind `{}` belongs to this", kind.value);
            let diagnostic = Diagnostic::new(Code::UnknownName, kind.span, message);
            let mut kinds: Vec<_> = objects.iter().map(|object| object.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            Some(match nearest(&kind.value, kinds.iter().copied()) {
                Some(near) => diagnostic.meant(near, kind.span),
                None => diagnostic.help(format!("patch one of these: `{}`", kinds.join("`, `"))),
            })
        }
        ([_], None) => None,
        (_, None) => {
            let message = format!(
                "several objects of the kind `{}` belong to this",
                kind.value
            );
            let diagnostic = Diagnostic::new(Code::Expected, kind.span, message);
            Some(diagnostic.help(format!("say which, behind the kind: \"{}\"", listed())))
        }
        (_, Some(name)) if names().all(|it| it != name.value) => {
            let message = format!("there is no {} `{}` here", kind.value, name.value);
            let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
            Some(diagnostic.help(format!("name one that is: \"{}\"", listed())))
        }
        (_, Some(_)) => None,
    }
}

/// Complains of fields that no patch sets, or that the object doesn't have.
fn fields_are_right(patch: &Patch, found: &mut Bag) {
    let Some(document) = &patch.document else {
        return;
    };
    let kind = patch.kind.value.as_str();
    let refuse = |path: &[&str], at: RuleSubject<'_>| refusal(kind, path, at);
    for fault in fields::faults(Shape::of(kind), document, &refuse) {
        let place = patch.place(&fault.place);
        let start = patch.text.span.range().start;
        let bytes = place.range().start - start..place.range().end - start;
        let said = patch.text.value.get(bytes).unwrap_or_default();
        found.push(fields::diagnostic(kind, &fault, place, said));
    }
}
