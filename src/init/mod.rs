//! A first text for a folder of sources: what its images are built by, read off the manifests there.
//!
//! Whatever is written has been compiled with the folders beside it, and nothing was found: a recipe
//! that something is wrong with gives way to the folder's Dockerfile, and that to a comment.

mod candidate;
mod databases;
mod detect;
mod docker;
mod dockerfile;
mod folders;
mod go;
mod names;
mod node;
mod plan;
mod python;
mod rust;
mod search;
mod settle;
mod variables;
mod write;

use std::collections::BTreeSet;

use crate::compile::Program;
use crate::source::Contexts;
use candidate::Candidate;
use folders::Folders;

/// Folders of sources. Whoever has files reads them; nothing here does.
pub trait Sources {
    /// The names in a folder, and whether each is a folder itself, in order; without links. `None` where
    /// it can't be looked at. Paths are those from the topmost folder, which is the empty one.
    fn list(&self, folder: &str) -> Option<Vec<(String, bool)>>;
    /// The text of a file; `None` where it has none that can be read.
    fn text(&self, file: &str) -> Option<String>;
    /// What stands in the folders that images are built from.
    fn contexts(&self, program: &Program<'_>) -> Contexts;
}

/// A text, and what it is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The text, which compiles without an error or a warning.
    pub text: String,
    /// What was found in the folders, in the order of the text.
    pub found: Vec<Found>,
    /// The databases that stand in it: their keywords and names.
    pub databases: Vec<(&'static str, String)>,
    /// Folders that can't be looked into.
    pub unseen: Vec<String>,
    /// Whether there was more to look at than is looked at.
    pub cut: bool,
}

/// What was found in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The name of the tier.
    pub name: String,
    /// The folder, as `build` takes it.
    pub context: String,
    /// What it is built by.
    pub recipe: &'static str,
    /// What that was read off, as a clause such as `frontend/package.json has next`.
    pub why: String,
    /// Why the tier is a comment, if it is one.
    pub lacks: Option<String>,
}

/// Writes a text for what lies in the folders; `name` is what the topmost one is called.
#[must_use]
pub fn draft(sources: &dyn Sources, name: &str) -> Draft {
    let folders = Folders::walk(sources);
    let found = detect::all(&folders, sources);
    let plan = plan::FileDraft::new(name, found, sources);
    let (plan, text) = settle::settle(plan, sources);
    Draft {
        text,
        found: plan.tiers.iter().map(plan::TierDraft::found).collect(),
        databases: plan.databases_shown(),
        unseen: folders.unseen,
        cut: folders.cut,
    }
}

/// A folder that an image can be built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buildable {
    /// A name for its tier.
    pub name: String,
    /// The recipe.
    pub recipe: &'static str,
    /// The folder, as `build` takes it.
    pub context: String,
    /// The tier, with what it must say.
    pub text: String,
}

/// What can be built from the folders; their tiers get none of the names that are taken.
#[must_use]
pub fn buildable(sources: &dyn Sources, mut taken: BTreeSet<String>) -> Vec<Buildable> {
    let folders = Folders::walk(sources);
    let found = detect::all(&folders, sources).into_iter();
    let found = found.filter(|it| it.workspace.is_none() && it.lacks.is_none());
    let named = found.map(|it: Candidate| {
        let name = names::tier(&it, &mut taken);
        Buildable {
            text: write::brief(&name, &it),
            name,
            recipe: it.recipe,
            context: it.context(),
        }
    });
    named.collect()
}
