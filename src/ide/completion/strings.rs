//! What may stand in a string: folders and files beside the text, and paths that it knows.

use super::{Item, Kind, Request};
use crate::catalog::keys::{Means, Part};
use crate::catalog::platforms::PLATFORMS;
use crate::source::{FileId, Span};
use crate::syntax::tree::Atom;

/// Times of a schedule that have a word of their own, the most frequent first.
pub(super) const PRESETS: [&str; 5] = ["@hourly", "@daily", "@weekly", "@monthly", "@yearly"];

impl Request<'_> {
    /// What may stand in the string of a slot.
    pub(super) fn string(&self, atom: &Atom, part: &Part) -> Vec<Item> {
        let range = atom.span.range();
        let text = self.slice(atom.span);
        let is_closed = text.len() >= 2 && text.ends_with('"');
        let inner = range.start + 1..range.end - usize::from(is_closed);
        if self.offset < inner.start || inner.end < self.offset {
            return Vec::new();
        }
        let (Part::Slot(_, kind) | Part::Many(_, kind)) = part else {
            return Vec::new();
        };
        let typed = self
            .analysis
            .text
            .get(inner.start..self.offset)
            .unwrap_or_default();
        let span = |from: usize| Span::new(FileId(0), from..inner.end);
        match kind.means() {
            Means::Folder | Means::File => {
                let (folder, _) = typed.rsplit_once('/').unwrap_or((".", ""));
                let from = typed.rfind('/').map_or(0, |at| at + 1);
                let wants_files = kind.means() == Means::File;
                let folder = match self.context().filter(|_| self.is_in_build()) {
                    Some(context) => format!("{context}/{folder}"),
                    None => folder.to_owned(),
                };
                let mut entries = (self.list)(&folder);
                entries.sort_by_key(|(_, is_folder)| !is_folder);
                let shown = entries.into_iter().filter(|(name, is_folder)| {
                    !name.starts_with('.') && (wants_files || *is_folder)
                });
                let items = shown.map(|(name, is_folder)| {
                    let kind = if is_folder { Kind::Folder } else { Kind::File };
                    Item::new(kind, name, span(inner.start + from))
                });
                items.collect()
            }
            Means::Url => self
                .paths()
                .into_iter()
                .map(|path| Item::new(Kind::Value, path, span(inner.start)))
                .collect(),
            Means::Schedule => PRESETS
                .map(|it| Item::new(Kind::Value, it, span(inner.start)))
                .into(),
            Means::Zone => crate::catalog::zones::all()
                .map(|it| Item::new(Kind::Value, it, span(inner.start)))
                .collect(),
            Means::Platform => PLATFORMS
                .iter()
                .map(|it| Item::new(Kind::Value, it.name, span(inner.start)).detail(it.doc))
                .collect(),
            Means::Declares(_)
            | Means::Refers(_)
            | Means::Recipe
            | Means::PackageManager
            | Means::Protocol
            | Means::Switch
            | Means::ObjectKind
            | Means::Code
            | Means::Host
            | Means::Free => Vec::new(),
        }
    }

    fn is_in_build(&self) -> bool {
        self.around()
            .last()
            .is_some_and(|it| it.head.value == "build")
    }

    /// The folder that the image is built from.
    fn context(&self) -> Option<&str> {
        let build = self.around().last()?;
        build.atoms.get(1)?.as_text()
    }
}
