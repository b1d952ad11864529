//! Patches: YAML that is merged into objects. Which objects there are, and what may be merged into
//! them, their backend knows.

use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::Patch;
use crate::source::Spanned;
use crate::syntax::ast;
use crate::yaml;

/// The patches of a workload. All that is wrong with their YAML is told.
pub(in crate::check) fn lower<'a>(
    said: impl Iterator<Item = &'a ast::Patch>,
    found: &mut Findings,
) -> Vec<Patch> {
    said.filter_map(|patch| read(patch, found)).collect()
}

/// A patch, as far as it could be read.
fn read(said: &ast::Patch, found: &mut Findings) -> Option<Patch> {
    let nothing = || Spanned::new(String::new(), said.span);
    let mut patch = Patch {
        kind: said.kind.clone()?,
        object: said.object.clone(),
        text: said.yaml.clone().unwrap_or_else(nothing),
        document: None,
    };
    if said.yaml.is_none() {
        return Some(patch);
    }
    let parsed = yaml::parse(&patch.text.value);
    for fault in &parsed.faults {
        let place = patch.place(&fault.place);
        found.push(Diagnostic::new(Code::InvalidYaml, place, &*fault.message));
    }
    let mut documents = parsed.documents.into_iter();
    patch.document = documents.next();
    if patch.document.is_none() && parsed.faults.is_empty() {
        let message = "this patch says nothing";
        let diagnostic = Diagnostic::new(Code::InvalidYaml, said.span, message);
        found.push(diagnostic.help("write the fields as they stand in the object, or delete it"));
    }
    if let Some(second) = documents.next() {
        let place = patch.place(&second.place);
        let diagnostic = Diagnostic::new(Code::InvalidYaml, place, "a patch is one document");
        found.push(diagnostic.help("write a patch for each"));
    }
    Some(patch)
}
