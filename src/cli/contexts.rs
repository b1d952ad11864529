//! Looking into the folders that images are built from: at what the check names there, and at nothing
//! else.

use super::Failure;
use super::output::{reason, shown};
use super::read::{self, MOST_NAMES, bounds};
use crate::Program;
use crate::source::{Context, Contexts, Look, Seen};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Why nobody follows a link.
const LEAVES: &str = "it is a link that leaves the source file's folder";

/// Makes sure that no context is a link out of the source file's folder: an image would hold what lies
/// elsewhere on this machine.
pub(super) fn stay(folder: &Path, program: &Program) -> Result<(), Failure> {
    for context in program.contexts_wanted().into_keys() {
        if stays(&context) && below(folder, &context).is_err_and(|why| why == LEAVES) {
            let context = shown(Path::new(&context));
            let failure = Failure::new(format!("can't build from `{context}`: {LEAVES}"));
            return Err(failure.help("put the folder itself there, or the source file above both"));
        }
    }
    Ok(())
}

/// Looks into the contexts of a text, by paths from its folder.
pub(super) fn look(folder: &Path, program: &Program) -> Contexts {
    let wanted = program.contexts_wanted().into_iter();
    let wanted = wanted.filter(|(context, _)| stays(context));
    let mut left = bounds::ALL_OF_CONTEXTS;
    let looked = wanted.map(|(context, looks)| {
        let seen = context_at(folder, &context).map(|root| -> Context {
            let looks = looks.into_iter();
            let seen = looks.map(|(path, look)| {
                let seen = seen(&root, &path, look, &mut left).unwrap_or(Seen::Other);
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
        Err(LEAVES.to_owned())
    }
}

/// The true path of a context; or why nobody looks into it.
fn context_at(folder: &Path, context: &str) -> Result<PathBuf, String> {
    let root = below(folder, context)?;
    // Whoever may not enter it sees nothing in it, and not that there is nothing.
    match read::entries(&root, 0) {
        Ok(_) => Ok(root),
        Err(why) => Err(reason(&why)),
    }
}

/// What stands at a path; `None` where that can't be known, or isn't in the context. `left` is how much
/// text may still be read.
fn seen(root: &Path, path: &str, look: Look, left: &mut u64) -> Option<Seen> {
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
    let text = (look == Look::Content)
        .then(|| text(&file, *left))
        .flatten();
    *left -= text.as_ref().map_or(0, |text| text.len() as u64);
    Some(Seen::File(text))
}

/// Whether it is certain that nothing is there, not even a link that leads nowhere.
fn is_nothing(file: &Path) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    let found = fs::symlink_metadata(file);
    found.is_err_and(|why| matches!(why.kind(), NotFound | NotADirectory))
}

/// A text that isn't too large.
fn text(file: &Path, left: u64) -> Option<String> {
    let bytes = read::regular(file, bounds::OF_CONTEXT.min(left)).ok()?;
    String::from_utf8(bytes).ok()
}

/// The names in a folder that isn't too large, in order.
fn names(folder: &Path) -> Option<Vec<String>> {
    let entries = read::entries(folder, MOST_NAMES + 1).ok()?;
    let names = entries.map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = names.collect::<Option<_>>()?;
    names.sort();
    (names.len() <= MOST_NAMES).then_some(names)
}
