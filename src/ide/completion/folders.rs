//! Tiers for folders beside the text that no image is built from yet.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Item, Kind};
use crate::compile::Program;
use crate::ide::names::Set;
use crate::ide::{Analysis, Beside};
use crate::init::{Sources, buildable};
use crate::source::Contexts;

/// The folder that a text lies in, and those below it.
pub struct Around<'a> {
    /// Whoever reads them.
    pub beside: &'a dyn Beside,
    /// The text's folder.
    pub folder: &'a Path,
}

impl Sources for Around<'_> {
    fn list(&self, folder: &str) -> Option<Vec<(String, bool)>> {
        Some(self.beside.list(self.folder, folder))
    }

    fn text(&self, file: &str) -> Option<String> {
        self.beside.text(self.folder, file)
    }

    fn contexts(&self, program: &Program<'_>) -> Contexts {
        self.beside.contexts(self.folder, program)
    }
}

/// A tier for each folder that can be built from, where a tier may begin: among `items`, which are offered
/// there besides, is what stands at the top level alone.
#[must_use]
pub fn tiers(analysis: &Analysis, items: &[Item], around: &Around<'_>) -> Vec<Item> {
    let mut top = items.iter();
    let Some(top) = top.find(|it| it.kind == Kind::Statement && it.label == "target") else {
        return Vec::new();
    };
    let built = analysis.parsed.file.workloads();
    let built = built.filter_map(|tier| Some(plain(&tier.build.as_ref()?.context.as_ref()?.value)));
    let built: BTreeSet<&str> = built.collect();
    let things = analysis.names.declared(Set::Things, None);
    let taken = things.map(|it| it.name.clone()).collect();
    let found = buildable(around, taken).into_iter();
    let found = found.filter(|it| !built.contains(plain(&it.context)));
    let items = found.map(|it| {
        let detail = format!("{} \"{}\"", it.recipe, it.context);
        let item = Item::new(Kind::Statement, format!("tier {}", it.name), top.replace);
        item.detail(detail).insert(it.text)
    });
    items.collect()
}

/// A context without what may stand before and behind it.
fn plain(context: &str) -> &str {
    let context = context.trim_end_matches('/');
    context.strip_prefix("./").unwrap_or(context)
}
