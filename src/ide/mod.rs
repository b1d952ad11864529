//! What editors ask of a text that is being typed: all of it is computed from the text and from what lies
//! beside it, in memory.

pub mod actions;
pub mod completion;
pub mod hints;
pub mod hover;
pub mod layout;
pub mod lenses;
pub mod links;
pub mod names;
pub mod output;
pub mod rename;
pub mod signature;
pub mod structure;
pub mod symbols;
pub mod tokens;
pub mod topology;
pub mod values;
mod walk;
pub mod written;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use crate::backend::Artifact;
use crate::compile::{CompiledAll, Options, Program};
use crate::diag::{CredentialPlaces, Edit, Masks};
use crate::fix::fix;
use crate::source::{Contexts, ContextsWanted, FileId, Files, LineIndex, LooksByPath, Span};
use crate::syntax::Parsed;
use names::Index;

/// What lies beside a text. Whoever has files reads them; nothing here does.
pub trait Beside {
    /// The files that a text names, as [`Program::files_wanted`] asks for them, by paths from `folder`.
    fn files(&self, folder: &Path, program: &Program<'_>) -> Files;
    /// What stands in the folders that its images are built from.
    fn contexts(&self, folder: &Path, program: &Program<'_>) -> Contexts;
    /// The names in a folder below `folder`, and whether each is a folder itself; in order. None where
    /// it can't be looked at.
    fn list(&self, folder: &Path, below: &str) -> Vec<(String, bool)>;
    /// The text of a file below `folder`; `None` where it has none that can be read.
    fn text(&self, folder: &Path, below: &str) -> Option<String>;
    /// The `.todo` files in a folder and below it, with their texts. There is a bound for both.
    fn sources(&self, root: &Path) -> Vec<(PathBuf, String)>;
}

/// Nothing lies beside the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Beside for Nothing {
    fn files(&self, _: &Path, _: &Program<'_>) -> Files {
        Files::new()
    }

    fn contexts(&self, _: &Path, _: &Program<'_>) -> Contexts {
        Contexts::new()
    }

    fn list(&self, _: &Path, _: &str) -> Vec<(String, bool)> {
        Vec::new()
    }

    fn text(&self, _: &Path, _: &str) -> Option<String> {
        None
    }

    fn sources(&self, _: &Path) -> Vec<(PathBuf, String)> {
        Vec::new()
    }
}

/// What was read beside a text, and what the text asked for then. A text that asks for the same needs no
/// other look.
#[derive(Debug, Default)]
pub struct Looked {
    files_wanted: Vec<String>,
    contexts_wanted: ContextsWanted,
    files: Files,
    contexts: Contexts,
}

impl Looked {
    /// The paths of what the text asked for, from its folder.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let files = self.files_wanted.iter().cloned();
        let contexts = self.contexts_wanted.iter().flat_map(|(context, looks)| {
            let looks = looks.keys();
            looks.map(move |path| format!("{context}/{path}"))
        });
        files.chain(contexts)
    }
}

/// Whether two texts want the same looked at. What contexts share is compared once.
fn want_the_same(one: &ContextsWanted, other: &ContextsWanted) -> bool {
    let mut same = BTreeSet::new();
    let mut is_same = |one: &Arc<LooksByPath>, other: &Arc<LooksByPath>| {
        let both = (Arc::as_ptr(one), Arc::as_ptr(other));
        if same.contains(&both) {
            return true;
        }
        let is_same = one == other;
        if is_same {
            same.insert(both);
        }
        is_same
    };
    let mut pairs = one.iter().zip(other);
    one.len() == other.len()
        && pairs.all(|((one, looks), (other, others))| one == other && is_same(looks, others))
}

/// A text, and all that is known of it.
#[derive(Debug)]
pub struct Analysis {
    /// The text.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// Its statements.
    pub parsed: Parsed,
    /// The application for each of its targets, and all that is wrong with it.
    pub all: CompiledAll,
    /// Where names are declared and used.
    pub names: Index,
    /// What was read beside it.
    pub looked: Looked,
    /// Whether that was read for this analysis.
    pub is_looked_anew: bool,
    credentials: CredentialPlaces,
    masks: OnceCell<Masks>,
    /// What it becomes for those targets that were asked for.
    outputs: RefCell<BTreeMap<Option<String>, Rc<Vec<Artifact>>>>,
}

impl Analysis {
    /// Analyses a text with what lies beside it in `folder`; one that lies nowhere has no folder.
    #[must_use]
    pub fn new(text: String, folder: Option<&Path>, beside: &dyn Beside) -> Self {
        Self::again(text, folder, beside, None)
    }

    /// The same, with what was read before where the text asks for nothing else.
    #[must_use]
    pub fn again(
        text: String,
        folder: Option<&Path>,
        beside: &dyn Beside,
        before: Option<Looked>,
    ) -> Self {
        let program = Program::parse(&text);
        let files_wanted: Vec<_> = program.files_wanted().map(str::to_owned).collect();
        let contexts_wanted = program.contexts_wanted();
        let before = before.filter(|looked| {
            looked.files_wanted == files_wanted
                && want_the_same(&looked.contexts_wanted, &contexts_wanted)
        });
        let is_looked_anew = before.is_none();
        let looked = before.unwrap_or_else(|| Looked {
            files: folder.map_or(Files::new(), |it| beside.files(it, &program)),
            contexts: folder.map_or(Contexts::new(), |it| beside.contexts(it, &program)),
            files_wanted,
            contexts_wanted,
        });
        let options = Options {
            files: looked.files,
            contexts: looked.contexts,
            ..Options::default()
        };
        let all = program.compile_all(&options);
        let looked = Looked {
            files: options.files,
            contexts: options.contexts,
            ..looked
        };
        let (parsed, credentials) = program.into_parts();
        let names = Index::new(&parsed.tree);
        Analysis {
            lines: LineIndex::new(&text),
            text,
            parsed,
            all,
            names,
            looked,
            is_looked_anew,
            credentials,
            masks: OnceCell::new(),
            outputs: RefCell::default(),
        }
    }

    /// What nobody may read of the text, and what looks like a credential: neither is shown.
    #[must_use]
    pub fn masks(&self) -> &Masks {
        self.masks.get_or_init(|| {
            let places = self.all.masks.iter().copied().collect();
            self.credentials.masks(&self.text, &places)
        })
    }
}

/// The text with every change that is certain, as `check --fix` makes them; `None` where there is none.
#[must_use]
pub fn fixed(analysis: &Analysis) -> Option<Edit> {
    let fixed = fix(&analysis.text, |_| analysis.looked.files.clone());
    let whole = Span::new(FileId(0), 0..analysis.text.len());
    (fixed.made > 0).then(|| Edit::replace(whole, fixed.text))
}
