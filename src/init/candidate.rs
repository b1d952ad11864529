//! What may be a tier, and the folder that it was found in.

use super::Sources;
use super::dockerfile::{self, said};
use super::folders::{Folder, Folders, join, shown};
use crate::diag::without_credentials;
use std::borrow::Cow;

/// What may be a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The folder with its manifest.
    pub(super) folder: String,
    /// The folder of the lock file, where that is another: the folder of the manifest is a workspace.
    pub(super) workspace: Option<String>,
    /// The recipe.
    pub(super) recipe: &'static str,
    /// What it is called, where the folder isn't.
    pub(super) name: Option<String>,
    /// What the process is started from.
    pub(super) entry: Option<String>,
    /// What is run instead of what the recipe starts.
    pub(super) command: Vec<String>,
    /// The packages that it is made with.
    pub(super) packages: Vec<String>,
    /// The port that it listens on.
    pub(super) port: Option<Guess<u16>>,
    /// What it was read off.
    pub(super) why: String,
    /// Whether the folder has a Dockerfile.
    pub(super) dockerfile: bool,
    /// The port that it says.
    pub(super) exposed: Option<Guess<u16>>,
    /// Why no recipe fits, though something is there.
    pub(super) lacks: Option<String>,
}

/// What nobody said, and what it was read off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess<T> {
    pub(super) value: T,
    pub(super) from: String,
}

impl<T> Guess<T> {
    pub(super) fn new(value: T, from: impl Into<String>) -> Self {
        let from = from.into();
        Guess { value, from }
    }
}

impl Candidate {
    /// Leaves out what looks like a credential: a text that is written would show it.
    pub(super) fn leave_out_credentials(&mut self) {
        let is_plain = |text: &String| matches!(without_credentials(text), Cow::Borrowed(_));
        self.name = self.name.take().filter(is_plain);
        self.entry = self.entry.take().filter(is_plain);
        if !self.command.iter().all(is_plain) {
            self.command.clear();
        }
        let said = [&mut self.why].into_iter().chain(&mut self.lacks);
        for text in said {
            if let Cow::Owned(shown) = without_credentials(text) {
                *text = shown;
            }
        }
    }

    pub(super) fn new(at: &VisitedFolder<'_>, recipe: &'static str, why: String) -> Self {
        Candidate {
            folder: at.path.to_owned(),
            workspace: None,
            recipe,
            name: None,
            entry: None,
            command: Vec::new(),
            packages: Vec::new(),
            port: None,
            why,
            dockerfile: at.folder.has(dockerfile::FILE),
            exposed: exposed(at),
            lacks: None,
        }
    }

    /// Says that sources in a folder tell no port.
    pub(super) fn lacks_port(&mut self, folder: &str) {
        self.lacks = Some(format!(
            "nothing in {} says which port it serves: say it by `port`; what ends by itself is a `job` or \
             a `cron`",
            shown(folder)
        ));
    }

    /// The folder as `build` takes it.
    pub(super) fn context(&self) -> String {
        match self.workspace.as_ref().unwrap_or(&self.folder).as_str() {
            "" => ".".to_owned(),
            path => format!("./{path}"),
        }
    }

    /// The folder below the context, where it is another.
    pub(super) fn below_context(&self) -> Option<&str> {
        let context = self.workspace.as_deref()?;
        let below = self.folder.strip_prefix(context)?;
        Some(below.trim_start_matches('/'))
    }

    /// Whether browsers get pages from it.
    pub(super) fn is_page(&self) -> bool {
        matches!(self.recipe, "nextjs" | "vite" | "static")
    }

    /// Whether what lies below it, if anything, is what was meant.
    pub(super) fn is_weak(&self) -> bool {
        self.lacks.is_some() || matches!(self.recipe, "node" | "python" | "static" | "dockerfile")
    }
}

/// A folder that is looked at.
pub(super) struct VisitedFolder<'a> {
    pub(super) path: &'a str,
    pub(super) folder: &'a Folder,
    pub(super) folders: &'a Folders,
    pub(super) sources: &'a dyn Sources,
    /// The folder of the lock file that counts here, where this one has none.
    pub(super) workspace: Option<&'a str>,
}

impl VisitedFolder<'_> {
    /// The text of a file in the folder.
    pub(super) fn text(&self, file: &str) -> Option<String> {
        if !self.folder.has(file) {
            return None;
        }
        self.sources.text(&self.path_of(file))
    }

    pub(super) fn path_of(&self, file: &str) -> String {
        join(self.path, file)
    }
}

/// The port that the folder's Dockerfile says.
fn exposed(at: &VisitedFolder<'_>) -> Option<Guess<u16>> {
    let port = said(&at.text(dockerfile::FILE)?)?;
    let from = format!("`EXPOSE` in {}", at.path_of(dockerfile::FILE));
    Some(Guess::new(port, from))
}
