//! Symbols of all texts in the folders that are open.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::convert::Places;
use super::state::Server;
use super::unread::hidden;
use super::{structure, uri};
use crate::diag::Masks;
use crate::ide::symbols::{Symbol, outline};
use crate::source::{LineIndex, SourceMap};

/// The most symbols of one answer.
const MOST: usize = 500;

/// The symbols whose names have the letters of a query in their order. What is open in the editor counts
/// over what is on the disk.
pub(super) fn symbols(server: &Server, query: &str) -> Value {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for root in &server.client.roots {
        let Some(path) = uri::path(root) else {
            continue;
        };
        for (path, text) in server.beside.sources(&path) {
            texts.insert(uri::of(&path), text);
        }
    }
    for (uri, document) in &server.documents {
        let canonical = uri::path(uri).map_or_else(|| uri.clone(), |path| uri::of(&path));
        texts.remove(&canonical);
        texts.insert(uri.clone(), document.text.clone());
    }
    let mut all = Vec::new();
    for (uri, text) in &texts {
        let lines = LineIndex::new(text);
        let places = Places {
            text,
            lines: &lines,
            encoding: server.client.encoding,
        };
        let mut found = Vec::new();
        for symbol in outline(text) {
            add(&symbol, None, uri, &places, query, &mut found);
        }
        if !found.is_empty() {
            let masks = Masks::at(&SourceMap::single("", text.as_str()), []);
            all.extend(found.into_iter().map(|it| hidden(it, &|| &masks)));
        }
    }
    all.truncate(MOST);
    Value::Array(all)
}

fn add(
    symbol: &Symbol,
    container: Option<&str>,
    uri: &str,
    places: &Places<'_>,
    query: &str,
    all: &mut Vec<Value>,
) {
    if matches(&symbol.name, query) {
        let range = places.range(symbol.at);
        all.push(json!({
            "name": symbol.name,
            "kind": structure::kind(symbol.kind),
            "containerName": container,
            "location": { "uri": uri, "range": range },
        }));
    }
    for child in &symbol.children {
        add(child, Some(&symbol.name), uri, places, query, all);
    }
}

/// Whether a name has all letters of a query, in their order and whatever their case.
fn matches(name: &str, query: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut wanted = query.chars().flat_map(char::to_lowercase);
    wanted.all(|wanted| letters.any(|letter| letter == wanted))
}
