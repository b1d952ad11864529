//! The application for one target, as a build has it before it writes.

use super::args::Build;
use super::input::Input;
use super::memory::Memory;
use super::places;
use super::survey::Order;
use super::tags::Tags;
use crate::backend::{self, Artifact, BACKENDS, Backend, Deployed};
use crate::diag::Diagnostic;
use crate::{Compiled, ir};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The application for one target, its files and their folder.
pub(super) struct Built {
    pub(super) app: ir::App,
    pub(super) notes: Vec<Diagnostic>,
    pub(super) artifacts: Vec<Artifact>,
    pub(super) out: PathBuf,
    /// What a later build must know.
    pub(super) memory: Memory,
}

impl Built {
    /// What it wants of its folder.
    pub(super) fn order<'a>(&'a self, emit: &'a [&'a Backend], force: bool) -> Order<'a> {
        Order {
            out: &self.out,
            artifacts: &self.artifacts,
            emit,
            memory: &self.memory,
            force,
        }
    }
}

/// What a later build must know of this one.
pub(super) fn memory(
    tags: &Tags,
    built: &Built,
    input: &Input,
    before: Option<&Deployed>,
) -> Memory {
    let runs_in_cluster = built.artifacts.iter().any(|file| {
        let backend = BACKENDS.iter().find(|backend| backend.writes(&file.path));
        backend.is_some_and(|backend| backend.runs_in_cluster)
    });
    let mut paths = built.artifacts.iter().map(|file| file.path.as_str());
    let writes_objects = paths.any(|path| backend::OBJECTS.writes(path));
    Memory {
        source: input.path.as_deref().map(|file| {
            let folder = places::of(&built.out, &input.folder).source;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            // A way that is that of one machine is no fact of the folder.
            if Path::new(&folder).is_absolute() {
                name.into_owned()
            } else {
                format!("{folder}/{name}")
            }
        }),
        target: built.app.target.clone(),
        images: if runs_in_cluster {
            tags.contents(&built.app)
        } else {
            BTreeMap::new()
        },
        deployed: match before {
            Some(before) if runs_in_cluster => backend::after(before, &built.app, writes_objects),
            Some(before) => before.clone(),
            None => Deployed::default(),
        },
        secrets: secrets(&built.app),
    }
}

/// The keys of the Secrets that must exist.
fn secrets(app: &ir::App) -> BTreeSet<[String; 3]> {
    let namespace = &app.namespace.name;
    let own = app.secrets().flat_map(|secret| {
        let keys = secret.keys.iter();
        keys.map(|key| [namespace.clone(), secret.name.clone(), key.key.clone()])
    });
    let foreign = backend::secrets::foreign(app).into_iter();
    let foreign = foreign.map(|secret| [namespace.clone(), secret.name.to_owned(), String::new()]);
    own.chain(foreign).collect()
}

/// What came of a compilation, if nothing is wrong.
pub(super) fn of(compiled: Compiled, args: &Build) -> Option<Built> {
    let app = compiled.app?;
    let out = match (&app.target, args.holds_targets()) {
        (Some(target), true) => args.folder().join(target),
        _ => args.folder().to_owned(),
    };
    Some(Built {
        app,
        notes: compiled.notes,
        artifacts: compiled.artifacts,
        out,
        memory: Memory::default(),
    })
}
