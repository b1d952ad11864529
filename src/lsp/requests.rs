//! Which request is answered by what.

use gen_lsp_types as lsp;
use serde_json::{Value, json};

use super::fault::Fault;
use super::state::Server;
use super::unread::hidden;
use super::view::View;
use super::{
    actions, beside, commands, completion, explain, formatting, names, structure, tokens, topology,
    workspace, written,
};

/// Whether an answer is of use for one version of the text alone.
pub(super) fn is_of_a_version(method: &str) -> bool {
    method.starts_with("textDocument/semanticTokens/")
        || matches!(method, "textDocument/inlayHint" | "textDocument/codeLens")
}

/// Answers a request.
pub(super) fn answer(server: &mut Server, method: &str, params: Value) -> Result<Value, Fault> {
    match method {
        "workspace/symbol" => {
            let query = params.get("query").and_then(Value::as_str);
            Ok(workspace::symbols(server, query.unwrap_or_default()))
        }
        "workspace/executeCommand" => {
            let command = params.get("command").and_then(Value::as_str);
            let arguments = params.get("arguments").and_then(Value::as_array);
            let arguments = arguments.map_or(&[][..], Vec::as_slice);
            commands::run(server, command.unwrap_or_default(), arguments)
        }
        "todoc/preview" => commands::preview(server, &params),
        // Of a file that isn't open here: a build may have written it.
        "textDocument/definition" if !is_open(server, &params) => {
            let params = read::<lsp::DefinitionRequest>(params)?;
            let at = params.text_document_position_params;
            let found = written::definition(server, &at.text_document.uri, at.position.line);
            serde_json::to_value(found).map_err(|_| Fault::Internal)
        }
        "textDocument/rename" => {
            let mut follows = String::new();
            let answer = at::<lsp::RenameRequest>(
                server,
                params,
                |params| &params.text_document_position_params,
                |view, place, params| {
                    let (edit, told) = names::rename(view, place, &params.new_name)?;
                    follows = view.masked(&told);
                    Ok(Some(edit))
                },
            );
            if !follows.is_empty() {
                let params = json!({ "type": 3, "message": follows });
                server.tell("window/showMessage", params);
            }
            answer
        }
        _ => at_place(server, method, params),
    }
}

/// Answers what is asked about a place of a text.
fn at_place(server: &mut Server, method: &str, params: Value) -> Result<Value, Fault> {
    match method {
        "textDocument/completion" => at::<lsp::CompletionRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| Ok(Some(completion::complete(view, place))),
        ),
        "textDocument/hover" => at::<lsp::HoverRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| Ok(explain::hover(view, place)),
        ),
        "textDocument/signatureHelp" => at::<lsp::SignatureHelpRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| Ok(explain::signatures(view, place)),
        ),
        "textDocument/definition" => at::<lsp::DefinitionRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| Ok(names::definition(view, place)),
        ),
        "textDocument/implementation" => at::<lsp::ImplementationRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| Ok(written::implementation(view, place)),
        ),
        "textDocument/documentHighlight" => at::<lsp::DocumentHighlightRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| Ok(names::highlights(view, place)),
        ),
        "textDocument/prepareRename" => at::<lsp::PrepareRenameRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| names::prepare(view, place).map(Some),
        ),
        "textDocument/prepareCallHierarchy" => at::<lsp::CallHierarchyPrepareRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, _| Ok(topology::prepare(view, place)),
        ),
        "textDocument/references" => at::<lsp::ReferencesRequest>(
            server,
            params,
            |params| &params.text_document_position_params,
            |view, place, params| {
                let with_declaration = params.context.include_declaration;
                Ok(names::references(view, place, with_declaration))
            },
        ),
        _ => about_text(server, method, params),
    }
}

/// Answers what is asked about all of a text, or a part of it.
fn about_text(server: &mut Server, method: &str, params: Value) -> Result<Value, Fault> {
    match method {
        "textDocument/documentSymbol" => on::<lsp::DocumentSymbolRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, _| Ok(Some(structure::symbols(view))),
        ),
        "textDocument/foldingRange" => on::<lsp::FoldingRangeRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, _| Ok(Some(structure::folds(view))),
        ),
        "textDocument/selectionRange" => on::<lsp::SelectionRangeRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, params| Ok(Some(structure::selections(view, &params.positions))),
        ),
        "textDocument/formatting" => on::<lsp::DocumentFormattingRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, _| Ok(Some(formatting::all(view))),
        ),
        "textDocument/rangeFormatting" => on::<lsp::DocumentRangeFormattingRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, params| Ok(Some(formatting::range(view, params.range))),
        ),
        "textDocument/onTypeFormatting" => on::<lsp::DocumentOnTypeFormattingRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, params| Ok(Some(formatting::on_type(view, params.position))),
        ),
        "textDocument/semanticTokens/full" => on::<lsp::SemanticTokensRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, _| Ok(Some(tokens::all(view))),
        ),
        "textDocument/semanticTokens/full/delta" => on::<lsp::SemanticTokensDeltaRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, params| Ok(Some(tokens::changed(view, &params.previous_result_id))),
        ),
        "textDocument/semanticTokens/range" => on::<lsp::SemanticTokensRangeRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, params| Ok(Some(tokens::range(view, params.range))),
        ),
        "textDocument/inlayHint" => on::<lsp::InlayHintRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, params| Ok(Some(beside::hints(view, params.range))),
        ),
        "textDocument/codeLens" => on::<lsp::CodeLensRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, _| Ok(Some(beside::lenses(view))),
        ),
        "textDocument/documentLink" => on::<lsp::DocumentLinkRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, _| Ok(Some(beside::links(view))),
        ),
        "textDocument/codeAction" => on::<lsp::CodeActionRequest>(
            server,
            params,
            |params| &params.text_document.uri,
            |view, params| Ok(Some(actions::actions(view, params))),
        ),
        "callHierarchy/incomingCalls" => on::<lsp::CallHierarchyIncomingCallsRequest>(
            server,
            params,
            |params| &params.item.uri,
            |view, params| Ok(Some(topology::incoming(view, &params.item.name))),
        ),
        "callHierarchy/outgoingCalls" => on::<lsp::CallHierarchyOutgoingCallsRequest>(
            server,
            params,
            |params| &params.item.uri,
            |view, params| Ok(Some(topology::outgoing(view, &params.item.name))),
        ),
        _ => Err(Fault::Unknown),
    }
}

/// Answers what is asked about a place.
fn at<R: lsp::Request>(
    server: &mut Server,
    params: Value,
    place: fn(&R::Params) -> &lsp::TextDocumentPositionParams,
    answer: impl FnOnce(&View<'_>, lsp::Position, &R::Params) -> Result<R::Result, Fault>,
) -> Result<Value, Fault> {
    let params = read::<R>(params)?;
    let at = place(&params);
    said::<R>(server, &at.text_document.uri, |view| {
        answer(view, at.position, &params)
    })
}

/// Answers what is asked about a text.
fn on<R: lsp::Request>(
    server: &mut Server,
    params: Value,
    uri: fn(&R::Params) -> &lsp::Uri,
    answer: impl FnOnce(&View<'_>, &R::Params) -> Result<R::Result, Fault>,
) -> Result<Value, Fault> {
    let params = read::<R>(params)?;
    said::<R>(server, uri(&params), |view| answer(view, &params))
}

/// Whether the text that a request is about is open.
fn is_open(server: &Server, params: &Value) -> bool {
    let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
    uri.is_some_and(|uri| server.documents.contains_key(uri))
}

fn read<R: lsp::Request>(params: Value) -> Result<R::Params, Fault> {
    serde_json::from_value(params).map_err(|why| Fault::Parameters(why.to_string()))
}

/// The answer for a text, without what nobody may read of it; of one that isn't open there is none.
fn said<R: lsp::Request>(
    server: &mut Server,
    uri: &lsp::Uri,
    answer: impl FnOnce(&View<'_>) -> Result<R::Result, Fault>,
) -> Result<Value, Fault> {
    let Some(view) = server.view(uri) else {
        return Ok(Value::Null);
    };
    let said = answer(&view).map_err(|fault| match fault {
        Fault::Refused(why) => Fault::Refused(view.masked(&why)),
        Fault::Unknown | Fault::Parameters(_) | Fault::Internal => fault,
    })?;
    let said = serde_json::to_value(said).map_err(|_| Fault::Internal)?;
    Ok(hidden(said, &|| view.analysis.masks()))
}
