//! One `build` statement and its context.

use crate::catalog::{self, EntryPoint, PackageManager, Plan, Recipe};
use crate::diag::{Code, Diagnostic};
use crate::source::{Context, Contexts, Seen, Span};
use crate::syntax::ast::{self, Name};

/// All that says which paths of its context matter for a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SiteKind<'a> {
    recipe: &'static str,
    workspace: &'a str,
    entry: Option<&'a str>,
    manager: Option<&'static str>,
    /// The path of somebody else's Dockerfile.
    file: Option<&'a str>,
}

/// What a `build` says, and what was seen in its context: nothing, until [`Site::with`].
pub(super) struct Site<'a> {
    pub(super) said: &'a ast::Build,
    pub(super) recipe: &'static Recipe,
    /// The context, as it is written.
    pub(super) context: &'a Name,
    /// Folder of the package that is built, below the context; empty for the context itself.
    pub(super) workspace: &'a str,
    /// What the process is started from, in recipes that have it.
    pub(super) entry: Option<(&'static EntryPoint, &'a str)>,
    /// What installs, in recipes that have package managers.
    pub(super) manager: Option<&'static PackageManager>,
    /// Whether the recipe's own process runs, and no `command`.
    pub(super) runs: bool,
    seen: Option<&'a Context>,
}

impl<'a> Site<'a> {
    /// The one of a tier or job. `None` where too little of it is right.
    pub(super) fn of(tier: &'a ast::Tier) -> Option<Self> {
        let said = tier.build.as_ref()?;
        let recipe = catalog::recipe(&said.recipe.as_ref()?.value)?;
        let plan = recipe.plan.as_ref();
        let entry = plan.and_then(|plan| plan.entry.as_ref());
        let workspace = said.workspace.as_ref().map_or("", |said| &said.value);
        Some(Site {
            said,
            recipe,
            context: said.context.as_ref()?,
            workspace: workspace.strip_prefix("./").unwrap_or(workspace),
            entry: entry.and_then(|entry| {
                let text = said.entry.as_ref().map(|said| said.value.as_str());
                Some((entry, text.or(entry.default)?))
            }),
            manager: plan.and_then(|plan| manager(said, plan)),
            runs: tier.command.is_empty(),
            seen: None,
        })
    }

    /// Which paths of the context matter for it.
    pub(super) fn kind(&self) -> SiteKind<'a> {
        SiteKind {
            recipe: self.recipe.name,
            workspace: self.workspace,
            entry: self.entry.map(|(_, text)| text),
            manager: self.manager.map(|manager| manager.name),
            file: self.said.file.as_ref().map(|file| file.value.as_str()),
        }
    }

    /// With what was seen; `None` where nobody looked.
    pub(super) fn with(self, contexts: &'a Contexts) -> Option<Self> {
        let seen = contexts.get(&self.context.value)?.as_ref().ok()?;
        Some(Site {
            seen: Some(seen),
            ..self
        })
    }

    /// Where to say what is wrong with the context.
    pub(super) fn place(&self) -> Span {
        self.context.span
    }

    /// The path, as seen from the context, of what lies in the package's folder.
    pub(super) fn path(&self, below: &str) -> String {
        match self.workspace {
            "" => below.to_owned(),
            workspace => format!("{workspace}/{below}"),
        }
    }

    /// A path of the context, as its users call it.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.context.value.trim_end_matches('/'))
    }

    /// What stands at a path; `None` where nobody looked.
    pub(super) fn seen(&self, path: &str) -> Option<&'a Seen> {
        self.seen?.get(path)
    }

    /// Whether it is certain that no file is there.
    pub(super) fn lacks(&self, path: &str) -> bool {
        matches!(self.seen(path), Some(Seen::Nothing | Seen::Folder(_)))
    }

    /// Whether it is certain that no folder is there.
    pub(super) fn lacks_folder(&self, path: &str) -> bool {
        matches!(self.seen(path), Some(Seen::Nothing | Seen::File(_)))
    }

    /// Whether it is certain that a file is there.
    pub(super) fn has(&self, path: &str) -> bool {
        matches!(self.seen(path), Some(Seen::File(_)))
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Option<&'a str> {
        match self.seen(path)? {
            Seen::File(text) => text.as_deref(),
            Seen::Nothing | Seen::Folder(_) | Seen::Other => None,
        }
    }

    /// The names in a folder.
    pub(super) fn names(&self, path: &str) -> Option<&'a [String]> {
        match self.seen(path)? {
            Seen::Folder(names) => names.as_deref(),
            Seen::Nothing | Seen::File(_) | Seen::Other => None,
        }
    }

    /// Warns that the context has none of what the build needs.
    pub(super) fn lacking(&self, span: Span, what: &str) -> Diagnostic {
        let message = format!("`{}` has no {what}", self.context.value);
        Diagnostic::new(Code::ContextLacks, span, message)
    }
}

fn manager(said: &ast::Build, plan: &Plan) -> Option<&'static PackageManager> {
    let mut managers = plan.packages.iter().copied();
    match &said.packages {
        None => managers.next(),
        Some(name) => managers.find(|manager| manager.name == name.value),
    }
}
