//! Files that a build wrote, as the protocol asks for them: from a line of theirs to the statement that it comes
//! from, and back.

use gen_lsp_types::{Definition, ImplementationResponse, Location, Position, Range, Uri};
use serde_json::json;

use super::convert::clamp;
use super::documents::Document;
use super::state::Server;
use super::uri;
use super::view::View;
use crate::ide::written::{lines, written};

/// What such files are called.
const PATTERN: &str = "**/*.{yaml,Dockerfile}";

/// Has the client ask where lines of such files come from, which aren't of this language.
pub(super) fn register(server: &mut Server) {
    if server.client.asks_of_others {
        let files = json!({ "scheme": "file", "pattern": PATTERN });
        let options = json!({ "documentSelector": [files] });
        let method = "textDocument/definition";
        let one = json!({ "id": "todoc.written", "method": method, "registerOptions": options });
        server.ask(
            "client/registerCapability",
            json!({ "registrations": [one] }),
        );
    }
}

/// The statement that a line of a file comes from, in the text as it is open, else as it is on the disk.
pub(super) fn definition(server: &mut Server, file: &Uri, line: u32) -> Option<Location> {
    let beside = server.beside.as_ref();
    let written = written(beside, &uri::path(&file.0)?)?;
    let is_source = |open: &&String| uri::path(open).as_ref() == Some(&written.source);
    let open = server.documents.keys().find(is_source).cloned();
    let uri = open.unwrap_or_else(|| uri::of(&written.source));
    let mut closed;
    let document = if let Some(document) = server.documents.get_mut(&uri) {
        document
    } else {
        let name = written.source.file_name()?.to_str()?;
        let text = beside.text(written.source.parent()?, name)?;
        closed = Document::new(&uri, 0, text);
        &mut closed
    };
    let analysis = document.analysis(beside);
    let chosen = server.target.as_deref();
    let statement = written.statement(&analysis, beside, line as usize, chosen)?;
    let range = document.places(server.client.encoding).range(statement);
    Some(Location::new(Uri(uri), range))
}

/// The lines that the statement at a place became.
pub(super) fn implementation(view: &View<'_>, place: Position) -> Option<ImplementationResponse> {
    let source = uri::path(view.uri)?;
    let (analysis, offset) = (&view.analysis, view.offset(place));
    let found = lines(analysis, view.beside, &source, offset, view.target);
    let all = found.into_iter().map(|(path, lines)| {
        let at = |line| Position::new(clamp(line), 0);
        let range = Range::new(at(lines.start), at(lines.end));
        Location::new(Uri(uri::of(&path)), range)
    });
    let all: Vec<_> = all.collect();
    let list = Definition::LocationList(all);
    Some(ImplementationResponse::Definition(list))
}
