//! Patches: which object each is for, and that it leaves alone what everything else relies on.

use super::fields::{self, At};
use super::inventory::Listed;
use super::refusals::refusal;
use crate::catalog::fields::Shape;
use crate::check::findings::Findings;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::ir::Patch;
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::yaml::{self, Node};
use std::ops::Range;

/// The patches of a workload, whose objects are `objects`.
pub(in crate::check) fn lower<'a>(
    said: impl Iterator<Item = &'a ast::Patch>,
    objects: &[Listed],
    found: &mut Findings,
) -> Vec<Patch> {
    let mut patches = Vec::new();
    for patch in said {
        let Some(kind) = &patch.kind else { continue };
        let object = object(kind, patch, objects, found);
        let yaml = patch.yaml.as_ref();
        let node = yaml.and_then(|yaml| node(kind, yaml, patch.span, found));
        if let (Some(object), Some(node)) = (object, node) {
            patches.push(Patch {
                kind: kind.value.clone(),
                name: object.name.clone(),
                node,
            });
        }
    }
    patches
}

/// The object that a patch is for.
fn object<'o>(
    kind: &Name,
    patch: &ast::Patch,
    objects: &'o [Listed],
    found: &mut Findings,
) -> Option<&'o Listed> {
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
            found.push(match nearest(&kind.value, kinds.iter().copied()) {
                Some(near) => diagnostic.meant(near, kind.span),
                None => diagnostic.help(format!("patch one of these: `{}`", kinds.join("`, `"))),
            });
            None
        }
        ([only], None) => Some(only),
        (_, None) => {
            let message = format!(
                "several objects of the kind `{}` belong to this",
                kind.value
            );
            found.push(
                Diagnostic::new(Code::Expected, kind.span, message)
                    .help(format!("say which, behind the kind: \"{}\"", listed())),
            );
            None
        }
        (_, Some(name)) => {
            let object = of_kind.iter().find(|object| object.name == name.value);
            if object.is_none() {
                let message = format!("there is no {} `{}` here", kind.value, name.value);
                let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
                found.push(diagnostic.help(format!("name one that is: \"{}\"", listed())));
            }
            object.copied()
        }
    }
}

/// The mapping that a patch is. All that is wrong with it is told.
fn node(kind: &Name, yaml: &Name, patch: Span, found: &mut Findings) -> Option<Node> {
    let parsed = yaml::parse(&yaml.value);
    for fault in &parsed.faults {
        let place = place(yaml, &fault.place);
        found.push(Diagnostic::new(Code::InvalidYaml, place, &*fault.message));
    }
    let (document, more) = match parsed.documents.as_slice() {
        [] if !parsed.faults.is_empty() => return None,
        [] => {
            let message = "this patch says nothing";
            let diagnostic = Diagnostic::new(Code::InvalidYaml, patch, message);
            found.push(
                diagnostic.help("write the fields as they stand in the object, or delete it"),
            );
            return None;
        }
        [document, more @ ..] => (document, more),
    };
    if let Some(second) = more.first() {
        let message = "a patch is one document";
        let place = place(yaml, &second.place);
        let diagnostic = Diagnostic::new(Code::InvalidYaml, place, message);
        found.push(diagnostic.help("write a patch for each"));
    }
    let refuse = |path: &[&str], at: At<'_>| refusal(&kind.value, path, at);
    for fault in fields::faults(Shape::of(&kind.value), document, &refuse) {
        let place = place(yaml, &fault.place);
        let start = yaml.span.range().start;
        let said = yaml
            .value
            .get(place.range().start - start..place.range().end - start);
        let said = said.unwrap_or_default();
        found.push(fields::diagnostic(kind, &fault, place, said));
    }
    let from = |bytes: &Range<usize>, kind| Node::new(kind).at(place(yaml, bytes));
    Some(document.node(&from))
}

/// The place of bytes of a patch, up to the end of their line; where they are none, the word there.
fn place(yaml: &Name, bytes: &Range<usize>) -> Span {
    let text = yaml.value.as_str();
    // At the end of the text nothing stands that could be shown.
    let last = text
        .trim_end()
        .char_indices()
        .last()
        .map_or(0, |(at, _)| at);
    let start = bytes.start.min(last);
    let rest = &text[start..];
    let length = if bytes.is_empty() {
        let ends = |c: char| c.is_whitespace() || ":,[]{}".contains(c);
        let first = rest.chars().next().map_or(0, char::len_utf8);
        first + rest[first..].find(ends).unwrap_or(rest.len() - first)
    } else {
        let length = bytes.end.clamp(start, text.len()) - start;
        rest[..length].lines().next().map_or(length, str::len)
    };
    let from = yaml.span.range().start + start;
    Span::new(yaml.span.file, from..from + length)
}
