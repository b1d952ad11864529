//! What stands beside and above the text: hints, lenses and links, as the protocol says them.

use gen_lsp_types::{
    CodeLens, Command, DocumentLink, InlayHint, InlayHintKind, Label, Range, Tooltip, Uri,
};
use serde_json::{Value, json};

use super::explain::markdown;
use super::uri;
use super::view::View;
use crate::ide::hints::{Kind, defaults, hints as of};
use crate::ide::lenses::{Does, Lens, lenses as lenses_of};
use crate::ide::links::links as links_of;

pub(super) fn hints(view: &View<'_>, range: Range) -> Vec<InlayHint> {
    let is_wanted = |kind| {
        let name = match kind {
            Kind::Url => "url",
            Kind::Image => "image",
            Kind::Value => "value",
            Kind::Defaults => "defaults",
        };
        let setting = view.settings.pointer(&format!("/inlayHints/{name}"));
        // They are many, and hardly change.
        let usual = kind != Kind::Defaults;
        setting.and_then(Value::as_bool).unwrap_or(usual)
    };
    let within = view.places.span(range);
    let mut all = of(&view.analysis, within, view.target);
    // The output is made for them.
    if is_wanted(Kind::Defaults) {
        all.extend(defaults(&view.analysis, within, view.target));
    }
    let all = all
        .into_iter()
        .filter(|hint| is_wanted(hint.kind))
        .map(|hint| InlayHint {
            position: view.places.position(hint.offset),
            label: Label::String(format!("→ {}", hint.text)),
            kind: Some(InlayHintKind::Type),
            text_edits: None,
            tooltip: Some(Tooltip::MarkupContent(markdown(hint.all))),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        });
    all.collect()
}

/// The lenses; none for a client without the commands behind them.
pub(super) fn lenses(view: &View<'_>) -> Vec<CodeLens> {
    if !view.client.commands {
        return Vec::new();
    }
    let all = lenses_of(&view.analysis, view.target);
    all.into_iter().map(|lens| lens_said(view, lens)).collect()
}

fn lens_said(view: &View<'_>, lens: Lens) -> CodeLens {
    let Lens { span, title, does } = lens;
    let range = view.range(span);
    let (command, more) = match does {
        Does::Preview(path, line) => ("todoc.preview", json!({ "path": path, "line": line })),
        Does::Users => ("todoc.references", json!({ "position": range.start })),
        Does::Build(target) => ("todoc.build", json!({ "target": target })),
    };
    CodeLens {
        range,
        command: Some(Command {
            title,
            tooltip: None,
            command: command.to_owned(),
            arguments: Some(vec![json!(view.uri), more]),
        }),
        data: None,
    }
}

pub(super) fn links(view: &View<'_>) -> Vec<DocumentLink> {
    let Some(folder) = view.document.folder() else {
        return Vec::new();
    };
    let is_there = |path: &str| {
        let (below, name) = path.rsplit_once('/').unwrap_or((".", path));
        let all = view.beside.list(folder, below);
        all.iter().any(|(it, is_folder)| it == name && !is_folder)
    };
    let links = links_of(&view.analysis).into_iter().filter_map(|link| {
        let path = link.paths.iter().find(|path| is_there(path))?;
        Some(DocumentLink {
            range: view.range(link.span),
            target: Some(Uri(uri::of(&folder.join(path)))),
            tooltip: Some(path.clone()),
            data: None,
        })
    });
    links.collect()
}
