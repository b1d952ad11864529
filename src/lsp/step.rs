//! What the server does with the messages that wait.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::capabilities;
use super::client::Client;
use super::diagnostics;
use super::documents::Document;
use super::fault::Fault;
use super::requests;
use super::state::{Life, Server};
use super::unread::hidden;

/// What came of some messages.
#[derive(Debug, Default)]
pub struct Step {
    /// What to send, in order.
    pub messages: Vec<Message>,
    /// What the process ends with, if it ends.
    pub ended: Option<u8>,
}

impl Server {
    /// Takes all messages that wait, in their order. What is asked about a text that changes later among
    /// them is answered for the text as it is then, and each text is looked at once.
    pub fn step(&mut self, messages: Vec<Message>) -> Step {
        let cancelled: BTreeSet<RequestId> = messages.iter().filter_map(cancelled).collect();
        let mut changed: BTreeMap<String, usize> = BTreeMap::new();
        for (at, message) in messages.iter().enumerate() {
            if let Message::Notification(told) = message
                && told.method == "textDocument/didChange"
                && let Some(uri) = uri_of(&told.params)
            {
                changed.insert(uri.to_owned(), at);
            }
        }
        let mut late = Vec::new();
        let mut ended = None;
        for (at, message) in messages.into_iter().enumerate() {
            match message {
                Message::Request(request) if cancelled.contains(&request.id) => {
                    self.fail(request.id, ErrorCode::RequestCanceled, "cancelled");
                }
                Message::Request(request) => {
                    let uri = uri_of(&request.params);
                    let is_early = uri
                        .and_then(|uri| changed.get(uri))
                        .is_some_and(|change| at < *change);
                    if !is_early {
                        self.request(request);
                    } else if requests::is_of_a_version(&request.method) {
                        let id = request.id;
                        self.fail(id, ErrorCode::ContentModified, "the text has changed");
                    } else {
                        late.push(request);
                    }
                }
                Message::Notification(told) if told.method == "exit" => {
                    ended = Some(u8::from(self.life != Life::ShutDown));
                    break;
                }
                Message::Notification(told) => self.notification(told),
                Message::Response(_) => {}
            }
        }
        if ended.is_none() {
            self.publish();
            for request in late {
                self.request(request);
            }
            self.guarded(Server::watch);
        }
        Step {
            messages: std::mem::take(&mut self.out),
            ended,
        }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        match (self.life, method.as_str()) {
            (Life::New, "initialize") => {
                self.client = Client::new(&params);
                self.life = Life::Running;
                let options = params.get("initializationOptions");
                self.configure(options.unwrap_or(&Value::Null));
                let answer = capabilities::answer(&self.client);
                self.send(Response::new_ok(id, answer));
            }
            (Life::New, _) => {
                self.fail(
                    id,
                    ErrorCode::ServerNotInitialized,
                    "`initialize` comes first",
                );
            }
            (_, "initialize") => {
                self.fail(id, ErrorCode::InvalidRequest, "`initialize` comes once");
            }
            (Life::ShutDown, _) => {
                self.fail(id, ErrorCode::InvalidRequest, "the server was shut down");
            }
            (Life::Running, "shutdown") => {
                self.life = Life::ShutDown;
                self.send(Response::new_ok(id, Value::Null));
            }
            (Life::Running, _) => {
                let answer = self.guarded(|server| requests::answer(server, &method, params));
                match answer.unwrap_or(Err(Fault::Internal)) {
                    Ok(value) => self.send(Response::new_ok(id, value)),
                    Err(fault) => {
                        let (code, message) = fault.say(&method);
                        self.fail(id, code, &message);
                    }
                }
            }
        }
    }

    fn notification(&mut self, told: Notification) {
        if self.life == Life::Running {
            self.guarded(|server| server.take(told));
        }
    }

    /// Does something that may meet a fault of the server's own: then what is known of all texts is thrown
    /// away, and it goes on.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Server) -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(|| work(self)));
        if done.is_err() {
            self.documents.values_mut().for_each(Document::forget);
        }
        done.ok()
    }

    /// Publishes the diagnostics of each text that changed.
    fn publish(&mut self) {
        let untold = self.documents.iter().filter(|(_, it)| it.untold);
        let untold: Vec<String> = untold.map(|(uri, _)| uri.clone()).collect();
        for uri in &untold {
            let found = self.guarded(|server| {
                let document = server.documents.get_mut(uri)?;
                let analysis = document.analysis(server.beside.as_ref());
                let places = document.places(server.client.encoding);
                let all = diagnostics::all(&analysis, places, uri);
                let all = serde_json::to_value(all).ok()?;
                Some((document.version, hidden(all, &|| analysis.masks())))
            });
            // One that can't be looked at isn't tried again until it changes.
            if let Some(document) = self.documents.get_mut(uri) {
                document.untold = false;
            }
            if let Some((version, all)) = found.flatten() {
                let params = json!({ "uri": uri, "version": version, "diagnostics": all });
                self.tell("textDocument/publishDiagnostics", params);
            }
        }
    }
}

/// The request that a message cancels.
fn cancelled(message: &Message) -> Option<RequestId> {
    let Message::Notification(told) = message else {
        return None;
    };
    if told.method != "$/cancelRequest" {
        return None;
    }
    let id = told.params.get("id")?;
    if let Some(id) = id.as_str() {
        return Some(id.to_owned().into());
    }
    Some(i32::try_from(id.as_i64()?).ok()?.into())
}

/// The text that a message is about.
fn uri_of(params: &Value) -> Option<&str> {
    params.pointer("/textDocument/uri")?.as_str()
}
