//! Names, as the protocol asks for them: where they are declared and used, and other names for them.

use gen_lsp_types as lsp;
use lsp::{
    AnnotatedTextEdit, ChangeAnnotation, Definition, DefinitionResponse, DocumentChange,
    DocumentHighlight, DocumentHighlightKind, Location, OptionalVersionedTextDocumentIdentifier,
    Position, PrepareRenamePlaceholder, PrepareRenameResult, TextDocumentEdit,
    TextDocumentIdentifier, Uri, WorkspaceEdit,
};

use super::fault::Fault;
use super::view::View;
use crate::diag::Edit;
use crate::ide::rename::{self, Renaming};

pub(super) fn definition(view: &View<'_>, place: Position) -> Option<DefinitionResponse> {
    let names = &view.analysis.names;
    let mention = names.at(view.offset(place))?;
    let declared = names.same(mention).filter(|it| it.declares);
    let all: Vec<Location> = declared.map(|it| view.location(it.span)).collect();
    (!all.is_empty()).then_some(DefinitionResponse::Definition(Definition::LocationList(
        all,
    )))
}

pub(super) fn references(
    view: &View<'_>,
    place: Position,
    with_declaration: bool,
) -> Option<Vec<Location>> {
    let names = &view.analysis.names;
    let mention = names.at(view.offset(place))?;
    let all = names.same(mention);
    let all = all.filter(|it| with_declaration || !it.declares);
    Some(all.map(|it| view.location(it.span)).collect())
}

pub(super) fn highlights(view: &View<'_>, place: Position) -> Option<Vec<DocumentHighlight>> {
    let names = &view.analysis.names;
    let mention = names.at(view.offset(place))?;
    let all = names.same(mention).map(|it| {
        let kind = if it.declares {
            DocumentHighlightKind::Write
        } else {
            DocumentHighlightKind::Read
        };
        DocumentHighlight::new(view.range(it.span), Some(kind))
    });
    Some(all.collect())
}

pub(super) fn prepare(view: &View<'_>, place: Position) -> Result<PrepareRenameResult, Fault> {
    let mention = rename::renamable(&view.analysis, view.offset(place)).map_err(Fault::Refused)?;
    Ok(PrepareRenameResult::PrepareRenamePlaceholder(
        PrepareRenamePlaceholder::new(view.range(mention.span), mention.name.clone()),
    ))
}

/// The changes of a rename, and what to tell whoever can't be asked about them.
pub(super) fn rename(
    view: &View<'_>,
    place: Position,
    new: &str,
) -> Result<(WorkspaceEdit, String), Fault> {
    let offset = view.offset(place);
    let renaming = rename::rename(&view.analysis, offset, new).map_err(Fault::Refused)?;
    if !view.client.annotations || !view.client.document_changes {
        let edit = view.edit(&renaming.edits);
        return Ok((edit, renaming.follows));
    }
    let Renaming {
        edits,
        keep,
        follows,
    } = renaming;
    let mut annotations = vec![("rename".to_owned(), annotation("rename", None, &follows))];
    let mut all = annotated(view, &edits, "rename");
    if let Some((label, edits)) = &keep {
        annotations.push(("keep".to_owned(), annotation(label, Some(true), "")));
        all.extend(annotated(view, edits, "keep"));
    }
    let edit = WorkspaceEdit {
        changes: None,
        document_changes: Some(vec![view.changed(all)]),
        change_annotations: Some(annotations.into_iter().collect()),
    };
    let follows = if keep.is_some() {
        String::new()
    } else {
        follows
    };
    Ok((edit, follows))
}

fn annotation(label: &str, confirm: Option<bool>, description: &str) -> ChangeAnnotation {
    ChangeAnnotation {
        label: label.to_owned(),
        needs_confirmation: confirm,
        description: (!description.is_empty()).then(|| description.to_owned()),
    }
}

fn annotated(view: &View<'_>, edits: &[Edit], id: &str) -> Vec<lsp::Edit> {
    let edits = edits.iter().map(|edit| {
        lsp::Edit::AnnotatedTextEdit(AnnotatedTextEdit::new(
            id.to_owned(),
            view.places.edit(edit),
        ))
    });
    edits.collect()
}

impl View<'_> {
    /// Changes of this text, of the version that was looked at where the client can tell.
    pub(super) fn edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let edits: Vec<_> = edits.iter().map(|edit| self.places.edit(edit)).collect();
        let uri = Uri(self.uri.to_owned());
        if self.client.document_changes {
            let edits = edits.into_iter().map(lsp::Edit::TextEdit).collect();
            WorkspaceEdit {
                document_changes: Some(vec![self.changed(edits)]),
                ..WorkspaceEdit::default()
            }
        } else {
            WorkspaceEdit {
                changes: Some(std::iter::once((uri, edits)).collect()),
                ..WorkspaceEdit::default()
            }
        }
    }

    fn changed(&self, edits: Vec<lsp::Edit>) -> DocumentChange {
        let id = TextDocumentIdentifier::new(Uri(self.uri.to_owned()));
        DocumentChange::TextDocumentEdit(TextDocumentEdit::new(
            OptionalVersionedTextDocumentIdentifier::new(Some(self.document.version), id),
            edits,
        ))
    }
}
