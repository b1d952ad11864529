//! What the server says of itself in answer to `initialize`.

use serde_json::{Value, json};

use super::client::Client;
use super::commands;
use super::convert::Encoding;
use crate::ide::tokens;

/// The answer to `initialize`.
pub(super) fn answer(client: &Client) -> Value {
    let encoding = match client.encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16 => "utf-16",
    };
    json!({
        "serverInfo": { "name": "todoc", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": {
                "openClose": true,
                "change": 2,
                "save": { "includeText": false },
            },
            "completionProvider": { "triggerCharacters": [".", "\"", "/", "[", " "] },
            "hoverProvider": true,
            "signatureHelpProvider": { "triggerCharacters": [" "] },
            "definitionProvider": true,
            "implementationProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": { "prepareProvider": true },
            "callHierarchyProvider": true,
            "codeActionProvider": {
                "codeActionKinds": [
                    "quickfix",
                    "refactor.extract",
                    "refactor.rewrite",
                    "source.fixAll.todoc",
                ],
            },
            "codeLensProvider": {},
            "documentLinkProvider": {},
            "inlayHintProvider": true,
            "semanticTokensProvider": {
                "legend": {
                    "tokenTypes": tokens::Kind::NAMES,
                    "tokenModifiers": tokens::modifiers::NAMES,
                },
                "full": { "delta": true },
                "range": true,
            },
            "executeCommandProvider": { "commands": commands::ALL },
            "workspaceSymbolProvider": true,
            "documentSymbolProvider": true,
            "foldingRangeProvider": true,
            "selectionRangeProvider": true,
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "documentOnTypeFormattingProvider": {
                "firstTriggerCharacter": "}",
                "moreTriggerCharacter": ["\n"],
            },
            "workspace": {
                "workspaceFolders": { "supported": true, "changeNotifications": true },
            },
        },
    })
}
