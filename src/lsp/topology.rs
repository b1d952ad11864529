//! The topology as a call hierarchy: who connects to whom.

use gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position, SymbolKind,
    Uri,
};

use super::view::View;
use crate::ide::names::Set;
use crate::ide::topology::{self, Neighbour};

pub(super) fn prepare(view: &View<'_>, place: Position) -> Option<Vec<CallHierarchyItem>> {
    let mention = view.analysis.names.at(view.offset(place))?;
    let item = item(view, &mention.name).filter(|_| mention.set == Set::Things)?;
    Some(vec![item])
}

pub(super) fn incoming(view: &View<'_>, name: &str) -> Vec<CallHierarchyIncomingCall> {
    let users = topology::users(&view.analysis, name);
    let calls = users.iter().filter_map(|user| {
        let from = item(view, &user.name)?;
        Some(CallHierarchyIncomingCall::new(from, places(view, user)))
    });
    calls.collect()
}

pub(super) fn outgoing(view: &View<'_>, name: &str) -> Vec<CallHierarchyOutgoingCall> {
    let used = topology::used(&view.analysis, name);
    let calls = used.iter().filter_map(|used| {
        let to = item(view, &used.name)?;
        Some(CallHierarchyOutgoingCall::new(to, places(view, used)))
    });
    calls.collect()
}

fn places(view: &View<'_>, neighbour: &Neighbour) -> Vec<gen_lsp_types::Range> {
    let places = neighbour.places.iter();
    places.map(|place| view.range(*place)).collect()
}

fn item(view: &View<'_>, name: &str) -> Option<CallHierarchyItem> {
    let declared = topology::declaration(&view.analysis, name)?;
    let kind = match declared.word.as_str() {
        "tier" => SymbolKind::Class,
        "job" | "cron" => SymbolKind::Event,
        "external" => SymbolKind::Interface,
        _ => SymbolKind::Struct,
    };
    Some(CallHierarchyItem {
        name: declared.name.clone(),
        kind,
        tags: None,
        detail: Some(declared.word.clone()),
        uri: Uri(view.uri.to_owned()),
        range: view.range(declared.statement),
        selection_range: view.range(declared.span),
        data: None,
    })
}
