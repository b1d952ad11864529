//! One `build` statement and its context.

use crate::catalog::{self, Base, EntryPoint, PackageManager, Plan, Recipe};
use crate::check::file_facts::FileFacts;
use crate::diag::{Code, Diagnostic};
use crate::source::{Context, Contexts, Seen, Span};
use crate::syntax::ast::{self, Name};
use std::borrow::Cow;
use std::sync::Arc;

/// All that says which paths of its context matter for a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SiteKind<'a> {
    recipe: &'static str,
    workspace: &'a str,
    entry: Option<&'a str>,
    manager: Option<&'a str>,
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
    pub(super) entry: Option<(&'static EntryPoint, Cow<'a, str>)>,
    /// What installs, in recipes that have package managers.
    pub(super) manager: Option<&'static PackageManager>,
    /// Whether the recipe's own process runs, and no `command`.
    pub(super) runs: bool,
    seen: Option<&'a Context>,
    /// What was seen in all contexts.
    pub(super) contexts: Option<&'a Contexts>,
    facts: Option<&'a FileFacts>,
}

/// What isn't there, and what may have been meant.
pub(super) struct Missing {
    pub(super) message: String,
    pub(super) instead: Vec<String>,
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
                Some((entry, Cow::Borrowed(text.or(entry.default)?)))
            }),
            manager: plan.and_then(|plan| manager(said, plan)),
            runs: tier.command.is_empty(),
            seen: None,
            contexts: None,
            facts: None,
        })
    }

    /// Which paths of the context matter for it.
    pub(super) fn kind(&self) -> SiteKind<'a> {
        SiteKind {
            recipe: self.recipe.name,
            workspace: self.workspace,
            entry: self.said.entry.as_ref().map(|said| said.value.as_str()),
            manager: self.said.packages.as_ref().map(|said| said.value.as_str()),
            file: self.said.file.as_ref().map(|file| file.value.as_str()),
        }
    }

    /// What its process may be started from, in recipes that have it.
    pub(super) fn entry_point(&self) -> Option<&'static EntryPoint> {
        self.recipe.plan.as_ref()?.entry.as_ref()
    }

    /// The package managers that the recipe works with.
    pub(super) fn managers(&self) -> &'static [&'static PackageManager] {
        self.recipe.plan.as_ref().map_or(&[], |plan| plan.packages)
    }

    /// The word of the runtime that it is built with, or served by; empty where somebody else says it.
    pub(super) fn runtime(&self) -> &'static str {
        self.recipe
            .plan
            .as_ref()
            .map_or("", |plan| plan.runtime.word)
    }

    /// The image that it is built on, but for the version.
    pub(super) fn base(&self) -> Option<Base> {
        let base = Base::of(self.recipe.plan.as_ref()?.runtime);
        let mut options = self.said.versions.iter();
        let option = options.find(|option| option.runtime.value == base.runtime.word);
        let said = option.and_then(|option| option.flavour.as_ref());
        let mut flavours = base.runtime.flavours.iter();
        let flavour = flavours.find(|one| said.is_some_and(|word| word.value == one.word()));
        Some(Base {
            flavour: flavour.copied().unwrap_or(base.flavour),
            ..base
        })
    }

    /// Those that may install: the one that is said, or else each.
    pub(super) fn possible_managers(&self) -> Vec<&'static PackageManager> {
        match &self.said.packages {
            Some(_) => self.manager.into_iter().collect(),
            None => self.managers().to_vec(),
        }
    }

    /// A file in JSON, such as a `package.json`; `None` where it can't be read.
    pub(super) fn json(&self, path: &str) -> Option<Arc<serde_json::Value>> {
        self.facts?.manifest(&self.context.value, path, || {
            let text = self.text(path)?;
            serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
        })
    }

    /// A file in JSON with commas behind the last of lists and objects, such as a `bun.lock`.
    pub(super) fn json_with_commas(&self, path: &str) -> Option<Arc<serde_json::Value>> {
        self.facts?.manifest(&self.context.value, path, || {
            serde_json::from_str(&without_last_commas(self.text(path)?)).ok()
        })
    }

    /// A file in TOML, such as a `pyproject.toml`; `None` where it can't be read.
    pub(super) fn toml(&self, path: &str) -> Option<Arc<serde_json::Value>> {
        self.facts?.manifest(&self.context.value, path, || {
            toml::from_str(self.text(path)?.trim_start_matches('\u{feff}')).ok()
        })
    }

    /// With what was seen; `None` where nobody looked.
    pub(super) fn with(self, contexts: &'a Contexts, facts: &'a FileFacts) -> Option<Self> {
        let seen = contexts.get(&self.context.value)?.as_ref().ok()?;
        Some(Site {
            seen: Some(seen),
            contexts: Some(contexts),
            facts: Some(facts),
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

/// Such a text without those commas.
fn without_last_commas(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let (mut is_quoted, mut is_escaped) = (false, false);
    // Where a comma stands that nothing has followed yet but blanks.
    let mut comma = None;
    for c in text.chars() {
        if is_quoted {
            (is_quoted, is_escaped) = (is_escaped || c != '"', c == '\\' && !is_escaped);
        } else if matches!(c, ']' | '}')
            && let Some(at) = comma.take()
        {
            plain.truncate(at);
        } else if c == ',' {
            comma = Some(plain.len());
        } else if !c.is_whitespace() {
            (comma, is_quoted) = (None, c == '"');
        }
        plain.push(c);
    }
    plain
}

fn manager(said: &ast::Build, plan: &Plan) -> Option<&'static PackageManager> {
    let mut managers = plan.packages.iter().copied();
    match &said.packages {
        None => managers.next(),
        Some(name) => managers.find(|manager| manager.name == name.value),
    }
}

#[cfg(test)]
mod tests {
    use super::without_last_commas;

    #[test]
    fn commas_that_end_lists_go() {
        for (text, expected) in [
            ("{ \"a\": [1, 2,], }", "{ \"a\": [1, 2]}"),
            ("{ \"a,]\": \",}\\\",]\" ,\n}", "{ \"a,]\": \",}\\\",]\" }"),
            ("[,", "[,"),
            ("\"", "\""),
        ] {
            assert_eq!(without_last_commas(text), expected, "{text}");
        }
    }
}
