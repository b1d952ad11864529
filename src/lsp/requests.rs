//! Which request is answered by what.

use gen_lsp_types as lsp;
use lsp_server::ErrorCode;
use serde_json::Value;

use super::state::Server;
use super::view::View;
use super::{formatting, structure};

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing answers it.
    Unknown,
    /// Its parameters can't be read.
    Parameters(String),
    /// A fault of the server's own.
    Internal,
}

impl Fault {
    pub(super) fn say(self, method: &str) -> (ErrorCode, String) {
        match self {
            Fault::Unknown => (
                ErrorCode::MethodNotFound,
                format!("nothing answers `{method}`"),
            ),
            Fault::Parameters(why) => (ErrorCode::InvalidParams, why),
            Fault::Internal => (
                ErrorCode::InternalError,
                "a fault of todoc's own: the text may be looked at again".to_owned(),
            ),
        }
    }
}

/// Whether an answer is of use for one version of the text alone.
pub(super) fn is_of_a_version(method: &str) -> bool {
    method.starts_with("textDocument/semanticTokens/")
        || matches!(method, "textDocument/inlayHint" | "textDocument/codeLens")
}

/// Answers a request.
pub(super) fn answer(server: &mut Server, method: &str, params: Value) -> Result<Value, Fault> {
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
        _ => Err(Fault::Unknown),
    }
}

/// Reads the parameters, finds the text that they are about, and writes the answer; of a text that isn't
/// open there is none.
fn on<R: lsp::Request>(
    server: &mut Server,
    params: Value,
    uri: fn(&R::Params) -> &lsp::Uri,
    answer: impl FnOnce(&View<'_>, &R::Params) -> Result<R::Result, Fault>,
) -> Result<Value, Fault> {
    let params: R::Params =
        serde_json::from_value(params).map_err(|why| Fault::Parameters(why.to_string()))?;
    let Some(view) = server.view(uri(&params)) else {
        return Ok(Value::Null);
    };
    let answer = answer(&view, &params)?;
    serde_json::to_value(answer).map_err(|_| Fault::Internal)
}
