//! Looking into the folders that images are built from: at what the check names there, and at nothing
//! else.

use super::output::reason;
use crate::Program;
use crate::source::{Context, Contexts, Look, Seen};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The largest file whose text is read, in bytes. Those that are read are far smaller.
const LARGEST: u64 = 8 << 20;

/// The most names of a folder that are read.
const MOST_NAMES: usize = 2000;

/// Looks into the contexts of a text, by paths from its folder.
pub(super) fn look(folder: &Path, program: &Program) -> Contexts {
    let wanted = program.contexts_wanted().into_iter();
    let wanted = wanted.filter(|(context, _)| stays(context));
    let looked = wanted.map(|(context, looks)| {
        let seen = context_at(folder, &context).map(|root| -> Context {
            let looks = looks.into_iter();
            let seen = looks.map(|(path, look)| {
                let seen = seen(&root, &path, look).unwrap_or(Seen::Other);
                (path, seen)
            });
            seen.collect()
        });
        (context, seen)
    });
    looked.collect()
}

/// Whether a path stays where it begins, as it is written.
pub(super) fn stays(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The true path of what a text names below its folder; or why nobody looks there.
pub(super) fn below(folder: &Path, path: &str) -> Result<PathBuf, String> {
    let real = |path: &Path| fs::canonicalize(path).map_err(|why| reason(&why));
    let found = real(&folder.join(path))?;
    if found.starts_with(real(folder)?) {
        Ok(found)
    } else {
        Err("it is a link that leaves the source file's folder".to_owned())
    }
}

/// The true path of a context; or why nobody looks into it.
fn context_at(folder: &Path, context: &str) -> Result<PathBuf, String> {
    let root = below(folder, context)?;
    // Whoever may not enter it sees nothing in it, and not that there is nothing.
    match fs::read_dir(&root) {
        Ok(_) => Ok(root),
        Err(why) => Err(reason(&why)),
    }
}

/// What stands at a path; `None` where that can't be known, or isn't in the context.
fn seen(root: &Path, path: &str, look: Look) -> Option<Seen> {
    if !stays(path) {
        return None;
    }
    let file = root.join(path);
    if is_nothing(&file) {
        return Some(Seen::Nothing);
    }
    let file = fs::canonicalize(&file).ok()?;
    if !file.starts_with(root) {
        return None;
    }
    let kind = fs::metadata(&file).ok()?;
    if kind.is_dir() {
        let names = (look == Look::Content).then(|| names(&file));
        return Some(Seen::Folder(names.flatten()));
    }
    // A pipe would never end.
    if !kind.is_file() {
        return None;
    }
    let text = (look == Look::Content).then(|| text(&file));
    Some(Seen::File(text.flatten()))
}

/// Whether it is certain that nothing is there, not even a link that leads nowhere.
fn is_nothing(file: &Path) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    let found = fs::symlink_metadata(file);
    found.is_err_and(|why| matches!(why.kind(), NotFound | NotADirectory))
}

/// A text that isn't too large.
fn text(file: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    let file = File::open(file).ok()?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > LARGEST {
        return None;
    }
    String::from_utf8(bytes).ok()
}

/// The names in a folder that isn't too large, in order.
fn names(folder: &Path) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder).ok()?.take(MOST_NAMES + 1);
    let names = entries.map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> = names.collect::<Option<_>>()?;
    names.sort();
    (names.len() <= MOST_NAMES).then_some(names)
}
