//! Changes that are offered, as the protocol says them.

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse};

use super::diagnostics;
use super::view::View;
use crate::ide::actions::{Kind, actions as of};
use crate::ide::fixed;

/// The kind of the action that makes every change that is certain.
const FIX_ALL: &str = "source.fixAll.todoc";

pub(super) fn actions(view: &View<'_>, params: &CodeActionParams) -> Vec<CodeActionResponse> {
    let only = params.context.only.as_deref();
    let is_wanted = |kind: &str| {
        only.is_none_or(|only| {
            only.iter().any(|it| {
                let it = it.as_str();
                it.is_empty()
                    || kind == it
                    || kind
                        .strip_prefix(it)
                        .is_some_and(|rest| rest.starts_with('.'))
            })
        })
    };
    let within = view.places.span(params.range);
    let mut all = Vec::new();
    for action in of(&view.analysis, within) {
        let kind = match action.kind {
            Kind::Fix => CodeActionKind::QuickFix,
            Kind::Extract => CodeActionKind::RefactorExtract,
            Kind::Rewrite => CodeActionKind::RefactorRewrite,
        };
        if !is_wanted(kind.as_str()) {
            continue;
        }
        let mends = action
            .mends
            .map(|it| vec![diagnostics::one(it, view.places, view.uri)]);
        all.push(CodeActionResponse::CodeAction(CodeAction {
            title: view.masked(&action.title),
            kind: Some(kind),
            diagnostics: mends,
            is_preferred: action.is_certain.then_some(true),
            edit: Some(view.edit(&action.edits)),
            ..CodeAction::default()
        }));
    }
    // It looks at the text several times: for those who ask for it.
    if only.is_some() && is_wanted(FIX_ALL) {
        all.extend(fix_all(view));
    }
    all
}

fn fix_all(view: &View<'_>) -> Option<CodeActionResponse> {
    let edit = fixed(&view.analysis)?;
    Some(CodeActionResponse::CodeAction(CodeAction {
        title: "make every change that is certain".to_owned(),
        kind: Some(CodeActionKind::new(FIX_ALL)),
        edit: Some(view.edit(&[edit])),
        ..CodeAction::default()
    }))
}
