//! What a client tells the server.

use std::collections::BTreeSet;

use gen_lsp_types as lsp;
use lsp_server::Notification;
use serde_json::{Value, json};

use super::documents::Document;
use super::state::Server;
use super::{uri, written};

/// The longest text that is looked at, in bytes: as long as a file that the command takes.
const LONGEST: usize = 32 << 20;

impl Server {
    /// Takes what the client tells. What can't be read, or is about a text that isn't open, changes
    /// nothing.
    pub(super) fn take(&mut self, told: Notification) -> Option<()> {
        match told.method.as_str() {
            "initialized" => written::register(self),
            "textDocument/didOpen" => {
                let params = read::<lsp::DidOpenTextDocumentNotification>(told.params)?;
                let it = params.text_document;
                let document = Document::new(&it.uri.0, it.version, bounded(it.text));
                self.documents.insert(it.uri.0, document);
            }
            "textDocument/didChange" => {
                let params = read::<lsp::DidChangeTextDocumentNotification>(told.params)?;
                let uri = &params.text_document.text_document_identifier.uri.0;
                let document = self.documents.get_mut(uri)?;
                document.version = params.text_document.version;
                for change in params.content_changes {
                    document.change(change, self.client.encoding);
                }
                if document.text.len() > LONGEST {
                    let text = bounded(std::mem::take(&mut document.text));
                    *document = Document::new(uri, document.version, text);
                }
            }
            "textDocument/didClose" => {
                let params = read::<lsp::DidCloseTextDocumentNotification>(told.params)?;
                let uri = params.text_document.uri.0;
                self.documents.remove(&uri)?;
                self.has_closed = true;
                let params = json!({ "uri": uri, "diagnostics": [] });
                self.tell("textDocument/publishDiagnostics", params);
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                self.documents.values_mut().for_each(Document::forget);
            }
            "workspace/didChangeConfiguration" => {
                let settings = told.params.get("settings").unwrap_or(&Value::Null);
                self.configure(&settings.clone());
                self.refresh();
            }
            "workspace/didChangeWorkspaceFolders" => {
                let params = read::<lsp::DidChangeWorkspaceFoldersNotification>(told.params)?;
                let removed = params.event.removed;
                let roots = &mut self.client.roots;
                roots.retain(|root| removed.iter().all(|it| it.uri.0 != *root));
                roots.extend(params.event.added.into_iter().map(|it| it.uri.0));
            }
            // What isn't known may be left alone.
            _ => {}
        }
        Some(())
    }

    /// Takes the user's settings, which may stand below `todoc`.
    pub(super) fn configure(&mut self, settings: &Value) {
        let settings = settings.get("todoc").unwrap_or(settings);
        let target = settings.get("target").and_then(Value::as_str);
        self.target = target.filter(|it| !it.is_empty()).map(str::to_owned);
        self.settings = settings.clone();
    }

    /// Has the client ask again for what depends on the settings.
    pub(super) fn refresh(&mut self) {
        if self.client.refreshes_hints {
            self.ask("workspace/inlayHint/refresh", Value::Null);
        }
        if self.client.refreshes_lenses {
            self.ask("workspace/codeLens/refresh", Value::Null);
        }
    }

    /// Has the client watch what the texts that are open ask for, where that has changed.
    pub(super) fn watch(&mut self) {
        const ID: &str = "todoc.beside";
        if !self.client.watches {
            return;
        }
        let beside = self.beside.as_ref();
        let all = self.documents.values_mut();
        // Texts that ask for what they asked for before are watched already.
        let is_new = all.fold(self.has_closed, |is_new, document| {
            document.analysis(beside).is_looked_anew || is_new
        });
        if !is_new {
            return;
        }
        self.has_closed = false;
        let wanted = self.documents.values_mut().flat_map(|document| {
            let wanted = document.analysis(beside);
            let folder = document.folder();
            let paths = wanted.looked.paths();
            let paths = paths.filter_map(|path| Some(uri::pattern(&folder?.join(path))));
            paths.collect::<Vec<_>>()
        });
        let wanted: BTreeSet<String> = wanted.collect();
        if wanted == self.watched {
            return;
        }
        let method = "workspace/didChangeWatchedFiles";
        if !self.watched.is_empty() {
            let old = json!({ "unregisterations": [{ "id": ID, "method": method }] });
            self.ask("client/unregisterCapability", old);
        }
        self.watched = wanted;
        if !self.watched.is_empty() {
            let all = self.watched.iter();
            let all: Vec<_> = all.map(|it| json!({ "globPattern": it })).collect();
            let options = json!({ "watchers": all });
            let new = json!({ "id": ID, "method": method, "registerOptions": options });
            let new = json!({ "registrations": [new] });
            self.ask("client/registerCapability", new);
        }
    }
}

fn read<N: lsp::Notification>(params: Value) -> Option<N::Params> {
    serde_json::from_value(params).ok()
}

/// A text that is looked at: of one that is too long, nothing is known.
pub(super) fn bounded(text: String) -> String {
    if text.len() > LONGEST {
        String::new()
    } else {
        text
    }
}
