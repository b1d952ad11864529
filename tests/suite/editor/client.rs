//! A client in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};
use todoc::Program;
use todoc::ide::Beside;
use todoc::lsp::Server;
use todoc::source::{Contexts, Files};

/// Files in memory, by their paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(pub(super) Arc<Mutex<BTreeMap<PathBuf, String>>>);

impl Beside for Memory {
    fn files(&self, folder: &Path, program: &Program<'_>) -> Files {
        let all = self.0.lock().expect("nobody panicked with it");
        let read = |path: &str| match all.get(&folder.join(path)) {
            Some(text) => (path.to_owned(), Ok(text.clone().into_bytes())),
            None => (path.to_owned(), Err("there is no such file".to_owned())),
        };
        program.files_wanted().map(read).collect()
    }

    fn contexts(&self, _: &Path, _: &Program<'_>) -> Contexts {
        Contexts::new()
    }

    fn list(&self, folder: &Path, below: &str) -> Vec<(String, bool)> {
        let all = self.0.lock().expect("nobody panicked with it");
        let mut found = BTreeMap::new();
        for path in all.keys() {
            if let Ok(rest) = path.strip_prefix(folder.join(below))
                && let Some(first) = rest.components().next()
            {
                let name = first.as_os_str().to_string_lossy().into_owned();
                found.insert(name, rest.components().count() > 1);
            }
        }
        found.into_iter().collect()
    }

    fn text(&self, folder: &Path, below: &str) -> Option<String> {
        let all = self.0.lock().expect("nobody panicked with it");
        all.get(&folder.join(below)).cloned()
    }

    fn sources(&self, root: &Path) -> Vec<(PathBuf, String)> {
        let all = self.0.lock().expect("nobody panicked with it");
        let inside = all.iter().filter(|(path, _)| {
            path.starts_with(root) && path.extension().is_some_and(|it| it == "todo")
        });
        inside
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect()
    }
}

/// What a client that knows everything says of itself.
pub(super) fn everything() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16", "utf-8"] },
        "textDocument": {
            "completion": {
                "completionItem": {
                    "snippetSupport": true,
                    "documentationFormat": ["markdown", "plaintext"],
                },
            },
            "hover": { "contentFormat": ["markdown"] },
            "signatureHelp": { "signatureInformation": { "documentationFormat": ["markdown"] } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "workspace": {
            "workspaceEdit": {
                "documentChanges": true,
                "changeAnnotationSupport": { "groupsOnLabel": true },
            },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "inlayHint": { "refreshSupport": true },
        },
    })
}

pub(super) const URI: &str = "file:///shop/app.todo";

/// A server, and what it has said.
pub(super) struct Client {
    pub(super) server: Server,
    pub(super) files: Memory,
    id: i32,
    version: i32,
    /// The last diagnostics of each text, with their version.
    pub(super) diagnostics: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    /// What else the server told or asked.
    pub(super) told: Vec<(String, Value)>,
    pub(super) capabilities: Value,
}

impl Client {
    pub(super) fn new(capabilities: &Value) -> Self {
        let files = Memory::default();
        let mut client = Client {
            server: Server::new(Box::new(files.clone())),
            files,
            id: 0,
            version: 0,
            diagnostics: BTreeMap::new(),
            told: Vec::new(),
            capabilities: Value::Null,
        };
        let answer = client.ask("initialize", json!({ "capabilities": capabilities, "rootUri": "file:///shop", "initializationOptions": { "commands": true } }));
        client.capabilities = answer.expect("it starts");
        client.tell("initialized", json!({}));
        client
    }

    /// One with a text.
    pub(super) fn with(text: &str) -> Self {
        let mut client = Client::new(&everything());
        client.open(URI, text);
        client
    }

    pub(super) fn step(&mut self, messages: Vec<Message>) -> Vec<Response> {
        let step = self.server.step(messages);
        let mut responses = Vec::new();
        for message in step.messages {
            match message {
                Message::Response(response) => responses.push(response),
                Message::Request(Request { method, params, .. }) => {
                    self.told.push((method, params));
                }
                Message::Notification(Notification { method, params }) => {
                    if method == "textDocument/publishDiagnostics" {
                        let uri = params["uri"].as_str().expect("a text").to_owned();
                        let all = params["diagnostics"].as_array().expect("a list").clone();
                        self.diagnostics
                            .insert(uri, (params["version"].as_i64(), all));
                    } else {
                        self.told.push((method, params));
                    }
                }
            }
        }
        responses
    }

    pub(super) fn request(&mut self, method: &str, params: Value) -> Message {
        self.id += 1;
        Request::new(self.id.into(), method.to_owned(), params).into()
    }

    pub(super) fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        let request = self.request(method, params);
        let mut responses = self.step(vec![request]);
        assert_eq!(responses.len(), 1, "one answer to {method}");
        responses
            .remove(0)
            .response_result
            .map_err(|fault| (fault.code, fault.message))
    }

    /// Asks about the text of [`URI`]; the answer must be right.
    pub(super) fn about(&mut self, method: &str, mut params: Value) -> Value {
        params["textDocument"] = json!({ "uri": URI });
        self.ask(method, params)
            .unwrap_or_else(|fault| panic!("{method}: {fault:?}"))
    }

    pub(super) fn tell(&mut self, method: &str, params: Value) {
        let responses = self.step(vec![notification(method, params)]);
        assert!(responses.is_empty());
    }

    pub(super) fn open(&mut self, uri: &str, text: &str) {
        self.version += 1;
        let item =
            json!({ "uri": uri, "languageId": "todoc", "version": self.version, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    pub(super) fn change(&mut self, changes: &[Value]) -> Message {
        self.version += 1;
        notification(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": URI, "version": self.version },
                "contentChanges": changes,
            }),
        )
    }

    /// Puts a text in the place of the old one.
    pub(super) fn set(&mut self, text: &str) {
        let change = self.change(&[json!({ "text": text })]);
        self.step(vec![change]);
    }

    /// The diagnostics of the text: code, line and first column.
    pub(super) fn found(&self) -> Vec<String> {
        let (_, all) = &self.diagnostics[URI];
        all.iter()
            .map(|it| {
                let start = &it["range"]["start"];
                format!(
                    "{} {}:{}",
                    it["code"].as_str().unwrap_or_default(),
                    start["line"],
                    start["character"]
                )
            })
            .collect()
    }

    pub(super) fn version(&self) -> i32 {
        self.version
    }
}

pub(super) fn notification(method: &str, params: Value) -> Message {
    Notification::new(method.to_owned(), params).into()
}

/// A text and the place that is drawn in it as `⟂`, as a position whose columns are bytes.
pub(super) fn drawn(text: &str) -> (String, Value) {
    let at = text.find('⟂').expect("a place is drawn");
    (text.replace('⟂', ""), place(text, at))
}

/// A byte of a text as a position whose columns are bytes.
pub(super) fn place(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = at - before.rfind('\n').map_or(0, |it| it + 1);
    json!({ "line": line, "character": column })
}

/// The byte of a position whose columns are bytes.
pub(super) fn offset(text: &str, place: &Value) -> usize {
    let number =
        |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("small");
    let lines = text.split_inclusive('\n').take(number("line"));
    lines.map(str::len).sum::<usize>() + number("character")
}

/// A text after some changes, which don't overlap.
pub(super) fn edited(text: &str, edits: &Value) -> String {
    let edits = edits.as_array().cloned().unwrap_or_default();
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            let (start, end) = (offset(text, &range["start"]), offset(text, &range["end"]));
            (
                start,
                end,
                edit["newText"].as_str().expect("a text").to_owned(),
            )
        })
        .collect();
    edits.sort();
    let mut out = String::new();
    let mut from = 0;
    for (start, end, with) in edits {
        assert!(from <= start && start <= end, "changes overlap");
        out.push_str(&text[from..start]);
        out.push_str(&with);
        from = end;
    }
    out.push_str(&text[from..]);
    out
}
