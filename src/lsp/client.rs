//! What a client can do, as it says in `initialize`. Nothing is taken for granted.

use serde_json::Value;

use super::convert::Encoding;

/// What a client can do, and where it is at work.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is something that a client says of itself"
)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether completions may have places to fill in.
    pub(super) snippets: bool,
    /// Where texts may be in Markdown; elsewhere they are plain.
    pub(super) marks_completions: bool,
    pub(super) marks_hovers: bool,
    pub(super) marks_signatures: bool,
    /// Whether changes of a text may name its version, and be annotated.
    pub(super) document_changes: bool,
    pub(super) annotations: bool,
    /// Whether outlines may have levels.
    pub(super) nested_symbols: bool,
    /// Whether files may be watched for the server.
    pub(super) watches: bool,
    /// Whether the server may say of which other files it knows where they come from.
    pub(super) asks_of_others: bool,
    /// Whether it takes commands of its own behind lenses.
    pub(super) commands: bool,
    /// Whether it asks again for hints, tokens and lenses when it is told to.
    pub(super) refreshes_hints: bool,
    pub(super) refreshes_lenses: bool,
    /// URIs of the folders that are open.
    pub(super) roots: Vec<String>,
    /// The process that started the server, if it is to end with that.
    pub(super) parent: Option<u32>,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Self {
        let capabilities = params.get("capabilities").unwrap_or(&Value::Null);
        let at = |path: &str| capabilities.pointer(path);
        let can = |path: &str| at(path).and_then(Value::as_bool) == Some(true);
        let takes = |path: &str, what: &str| {
            let all = at(path).and_then(Value::as_array);
            all.is_some_and(|all| all.iter().any(|it| it == what))
        };
        let takes_bytes = takes("/general/positionEncodings", "utf-8");
        let marks = |path: &str| takes(&format!("/textDocument/{path}"), "markdown");
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        let folders = folders.into_iter().flatten();
        let folders = folders.filter_map(|folder| folder.get("uri")?.as_str());
        let mut roots: Vec<String> = folders.map(str::to_owned).collect();
        if roots.is_empty() {
            let root = params.get("rootUri").and_then(Value::as_str);
            roots.extend(root.map(str::to_owned));
        }
        Client {
            encoding: if takes_bytes {
                Encoding::Utf8
            } else {
                Encoding::Utf16
            },
            snippets: can("/textDocument/completion/completionItem/snippetSupport"),
            marks_completions: marks("completion/completionItem/documentationFormat"),
            marks_hovers: marks("hover/contentFormat"),
            marks_signatures: marks("signatureHelp/signatureInformation/documentationFormat"),
            document_changes: can("/workspace/workspaceEdit/documentChanges"),
            annotations: at("/workspace/workspaceEdit/changeAnnotationSupport")
                .is_some_and(Value::is_object),
            nested_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            asks_of_others: can("/textDocument/definition/dynamicRegistration"),
            commands: params
                .pointer("/initializationOptions/commands")
                .and_then(Value::as_bool)
                == Some(true),
            refreshes_hints: can("/workspace/inlayHint/refreshSupport"),
            refreshes_lenses: can("/workspace/codeLens/refreshSupport"),
            roots,
            parent: params
                .get("processId")
                .and_then(Value::as_u64)
                .and_then(|id| u32::try_from(id).ok()),
        }
    }
}
