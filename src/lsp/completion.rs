//! Completion, as the protocol says it.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, CompletionResponse,
    InsertTextFormat, Position, TextEdit,
};

use super::explain::documentation;
use super::view::View;
use crate::ide::completion::{Around, Item, Kind, complete as items, tiers};

pub(super) fn complete(view: &View<'_>, place: Position) -> CompletionResponse {
    let list = |below: &str| match view.document.folder() {
        Some(folder) => view.beside.list(folder, below),
        None => Vec::new(),
    };
    let mut all = items(&view.analysis, view.offset(place), &list);
    if let Some(folder) = view.document.folder() {
        let beside = view.beside;
        let tiers = tiers(&view.analysis, &all, &Around { beside, folder });
        all.extend(tiers);
    }
    let items = all.iter().enumerate().map(|(at, it)| item(view, at, it));
    CompletionResponse::CompletionList(CompletionList {
        is_incomplete: false,
        items: items.collect(),
        ..CompletionList::default()
    })
}

fn item(view: &View<'_>, at: usize, item: &Item) -> CompletionItem {
    let kind = match item.kind {
        Kind::Statement => CompletionItemKind::Keyword,
        Kind::Word => CompletionItemKind::EnumMember,
        Kind::Thing => CompletionItemKind::Class,
        Kind::Key => CompletionItemKind::Variable,
        Kind::Member => CompletionItemKind::Property,
        Kind::Entry => CompletionItemKind::Function,
        Kind::Code => CompletionItemKind::Constant,
        Kind::Value => CompletionItemKind::Value,
        Kind::File => CompletionItemKind::File,
        Kind::Folder => CompletionItemKind::Folder,
    };
    let is_snippet = view.client.snippets && !item.snippet.is_empty();
    let text = if is_snippet {
        &item.snippet
    } else {
        &item.insert
    };
    let edit = TextEdit::new(view.range(item.replace), text.clone());
    CompletionItem {
        label: item.label.clone(),
        kind: Some(kind),
        detail: (!item.detail.is_empty()).then(|| item.detail.clone()),
        documentation: (!item.doc.is_empty())
            .then(|| documentation(item.doc.clone(), view.client.marks_completions)),
        // Clients sort by this, and not by the order.
        sort_text: Some(format!("{at:04}")),
        // What is typed over must begin with what it is compared with.
        filter_text: Some(item.label.clone()),
        insert_text_format: is_snippet.then_some(InsertTextFormat::Snippet),
        text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
        ..CompletionItem::default()
    }
}
