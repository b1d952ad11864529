//! Outlines, folding and selections, as the protocol says them.

use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolResponse, FoldingRange, FoldingRangeKind,
    Position, SelectionRange, SymbolInformation, SymbolKind,
};

use super::convert::clamp;
use super::view::View;
use crate::ide::structure;
use crate::ide::symbols::{Kind, Symbol, symbols as outline};

pub(super) fn symbols(view: &View<'_>) -> DocumentSymbolResponse {
    let all = outline(&view.analysis);
    if view.client.nested_symbols {
        let all = all.iter().map(|symbol| nested(symbol, view));
        DocumentSymbolResponse::DocumentSymbolList(all.collect())
    } else {
        let mut flat = Vec::new();
        for symbol in &all {
            flatten(symbol, None, view, &mut flat);
        }
        DocumentSymbolResponse::SymbolInformationList(flat)
    }
}

/// What the protocol calls a kind of entry.
pub(super) fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::App => SymbolKind::Module,
        Kind::Tier => SymbolKind::Class,
        Kind::Database => SymbolKind::Struct,
        Kind::External => SymbolKind::Interface,
        Kind::Job => SymbolKind::Event,
        Kind::Target | Kind::Block => SymbolKind::Namespace,
        Kind::Key => SymbolKind::Constant,
        Kind::Secret => SymbolKind::Key,
        Kind::Part => SymbolKind::Property,
    }
}

#[expect(deprecated, reason = "the field must be filled in")]
fn nested(symbol: &Symbol, view: &View<'_>) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.iter().map(|it| nested(it, view)).collect();
    DocumentSymbol {
        name: symbol.name.clone(),
        detail: (!symbol.detail.is_empty()).then(|| view.masked(&symbol.detail)),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.span),
        selection_range: view.range(symbol.at),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the field must be filled in")]
fn flatten(
    symbol: &Symbol,
    container: Option<&str>,
    view: &View<'_>,
    all: &mut Vec<SymbolInformation>,
) {
    all.push(SymbolInformation {
        deprecated: None,
        location: view.location(symbol.span),
        base_symbol_information: BaseSymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            container_name: container.map(str::to_owned),
        },
    });
    for child in &symbol.children {
        flatten(child, Some(&symbol.name), view, all);
    }
}

pub(super) fn folds(view: &View<'_>) -> Vec<FoldingRange> {
    let folds = structure::folds(&view.analysis).into_iter();
    let folds = folds.map(|fold| FoldingRange {
        start_line: clamp(fold.first),
        end_line: clamp(fold.last),
        kind: fold.is_comment.then_some(FoldingRangeKind::Comment),
        ..FoldingRange::default()
    });
    folds.collect()
}

pub(super) fn selections(view: &View<'_>, places: &[Position]) -> Vec<SelectionRange> {
    let one = |place: &Position| {
        let spans = structure::around(&view.analysis, view.offset(*place));
        let mut outer = None;
        for span in spans.into_iter().rev() {
            outer = Some(Box::new(SelectionRange {
                range: view.range(span),
                parent: outer,
            }));
        }
        outer.map(|it| *it).unwrap_or_default()
    };
    places.iter().map(one).collect()
}
