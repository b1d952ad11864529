//! The server's state, and what it says to its client.

use std::collections::{BTreeMap, BTreeSet};

use gen_lsp_types::Uri;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::Value;

use super::client::Client;
use super::documents::Document;
use super::view::View;
use crate::ide::Beside;

/// How far a server has come in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// `initialize` is still to come.
    New,
    Running,
    /// `shutdown` has come, and `exit` is still to.
    ShutDown,
}

/// A language server for one client.
pub struct Server {
    pub(super) beside: Box<dyn Beside>,
    pub(super) client: Client,
    pub(super) documents: BTreeMap<String, Document>,
    /// The target whose values are shown, where the user chose one.
    pub(super) target: Option<String>,
    pub(super) settings: Value,
    pub(super) life: Life,
    pub(super) out: Vec<Message>,
    /// The number of the next request to the client.
    asked: i32,
    /// The files that the client watches.
    pub(super) watched: BTreeSet<String>,
    /// Whether a text was closed since then.
    pub(super) has_closed: bool,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let open: Vec<_> = self.documents.keys().collect();
        to.debug_struct("Server")
            .field("life", &self.life)
            .field("open", &open)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// A server that was just started.
    #[must_use]
    pub fn new(beside: Box<dyn Beside>) -> Self {
        Server {
            beside,
            client: Client::default(),
            documents: BTreeMap::new(),
            target: None,
            settings: Value::Null,
            life: Life::New,
            out: Vec::new(),
            asked: 0,
            watched: BTreeSet::new(),
            has_closed: false,
        }
    }

    /// The process that the server ends with, if the client named one.
    #[must_use]
    pub fn parent(&self) -> Option<u32> {
        self.client.parent
    }

    /// The text of a URI, if it is open.
    pub(super) fn view<'a>(&'a mut self, uri: &'a Uri) -> Option<View<'a>> {
        let document = self.documents.get_mut(&uri.0)?;
        let analysis = document.analysis(self.beside.as_ref());
        let document = &*document;
        Some(View {
            uri: &uri.0,
            document,
            analysis,
            places: document.places(self.client.encoding),
            client: &self.client,
            beside: self.beside.as_ref(),
            target: self.target.as_deref(),
            settings: &self.settings,
        })
    }

    /// Tells the client something.
    pub(super) fn tell(&mut self, method: &str, params: Value) {
        let method = method.to_owned();
        self.out
            .push(Message::Notification(Notification { method, params }));
    }

    /// Asks the client for something whose answer doesn't matter.
    pub(super) fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        let request = Request::new(self.asked.into(), method.to_owned(), params);
        self.out.push(Message::Request(request));
    }

    pub(super) fn send(&mut self, response: Response) {
        self.out.push(Message::Response(response));
    }

    pub(super) fn fail(&mut self, id: RequestId, code: ErrorCode, message: &str) {
        self.send(Response::new_err(id, code as i32, message.to_owned()));
    }
}
