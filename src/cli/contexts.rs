//! Looking into the folders that images are built from: at what the check names there, and at nothing
//! else.

use super::Failure;
use super::output::{reason, shown};
use super::read::{self, MOST_NAMES, bounds};
use crate::Program;
use crate::source::{Context, Contexts, Look, Seen};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The most paths that fit a pattern, or the beginning of one.
const MOST_MATCHING: usize = 128;

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
            let mut all = Context::new();
            for (path, look) in looks.iter() {
                if !path.contains('*') {
                    let seen = seen(&root, path, *look, &mut left).unwrap_or(Seen::Other);
                    all.insert(path.clone(), seen);
                    continue;
                }
                let found = matching(&root, path);
                for path in found.iter().flatten() {
                    let seen = seen(&root, path, *look, &mut left).unwrap_or(Seen::Other);
                    // What another look saw of it may be more.
                    let known = all.entry(path.clone()).or_insert_with(|| seen.clone());
                    if matches!(known, Seen::File(None) | Seen::Folder(None)) {
                        *known = seen;
                    }
                }
                let seen = found.map_or(Seen::Other, |found| Seen::Folder(Some(found)));
                all.insert(path.clone(), seen);
            }
            all
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

/// The paths of a context that fit a pattern; `None` where they are too many, or can't be known.
fn matching(root: &Path, pattern: &str) -> Option<Vec<String>> {
    if !stays(pattern) {
        return None;
    }
    let mut found = vec![String::new()];
    for part in pattern.split('/') {
        let mut longer = Vec::new();
        for path in found {
            let folder = if path.is_empty() { "." } else { &path };
            let join = |name: &str| match folder {
                "." => name.to_owned(),
                folder => format!("{folder}/{name}"),
            };
            let Some((start, end)) = part.split_once('*') else {
                longer.push(join(part));
                continue;
            };
            // A link that leads out of the context has no names.
            let Some(Seen::Folder(names)) = seen(root, folder, Look::Content, &mut 0) else {
                continue;
            };
            let fits = |name: &&String| {
                name.len() >= part.len() - 1 && name.starts_with(start) && name.ends_with(end)
            };
            let names = names?.into_iter().filter(|name| fits(&name));
            let names = names.filter(|name| !is_passed_over(name));
            longer.extend(names.map(|name| join(&name)));
            if longer.len() > MOST_MATCHING {
                return None;
            }
        }
        found = longer;
    }
    found.retain(|path| !is_nothing(&root.join(path)));
    Some(found)
}

/// Whether what has that name holds no sources of the application's own.
fn is_passed_over(name: &str) -> bool {
    let known = ["node_modules", "target", "testdata", "tests", "vendor"];
    name.starts_with('.') || known.contains(&name)
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
