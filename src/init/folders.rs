//! The folders that are looked into.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Sources;
use crate::diag::without_credentials;

/// How far below the topmost folder.
const DEEPEST: usize = 2;
/// The most names that are looked at, in all folders together.
const MOST: usize = 100_000;

/// Folders whose files are nobody's application, besides hidden ones and those whose names begin with
/// `test`.
const SKIPPED: &[&str] = &[
    "__pycache__",
    "build",
    "coverage",
    "dist",
    "doc",
    "docs",
    "e2e",
    "env",
    "examples",
    "fixtures",
    "node_modules",
    "out",
    "target",
    "vendor",
    "venv",
];

/// A folder.
#[derive(Debug, Clone, Default)]
pub(super) struct Folder {
    pub(super) files: Vec<String>,
    /// Those in it that are looked into.
    pub(super) folders: Vec<String>,
}

impl Folder {
    pub(super) fn has(&self, file: &str) -> bool {
        self.files.iter().any(|it| it == file)
    }
}

/// All of them, by their paths.
#[derive(Debug, Default)]
pub(super) struct Folders {
    all: BTreeMap<String, Folder>,
    /// Those that can't be looked into.
    pub(super) unseen: Vec<String>,
    /// Whether there was more than is looked at.
    pub(super) cut: bool,
}

impl Folders {
    /// Looks at the topmost folder and those below it.
    pub(super) fn walk(sources: &dyn Sources) -> Self {
        let mut found = Folders::default();
        let mut left = MOST;
        let mut level = vec![String::new()];
        for depth in 0..=DEEPEST {
            let mut below = Vec::new();
            for path in level {
                let Some(folder) = look(sources, &path, &mut left) else {
                    found.unseen.push(path);
                    continue;
                };
                if depth < DEEPEST {
                    below.extend(folder.folders.iter().map(|it| join(&path, it)));
                }
                found.all.insert(path, folder);
                if left == 0 {
                    found.cut = true;
                    return found;
                }
            }
            level = below;
        }
        found
    }

    pub(super) fn get(&self, path: &str) -> Option<&Folder> {
        self.all.get(path)
    }

    /// Those below a folder, with their paths.
    pub(super) fn below<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Folder)> {
        let all = self
            .all
            .iter()
            .map(|(path, folder)| (path.as_str(), folder));
        all.filter(move |(other, _)| *other != path && is_within(other, path))
    }
}

fn look(sources: &dyn Sources, path: &str, left: &mut usize) -> Option<Folder> {
    let mut folder = Folder::default();
    for (name, is_folder) in sources.list(path)?.into_iter().take(*left) {
        *left -= 1;
        if !is_folder {
            folder.files.push(name);
        } else if is_looked_into(&name) {
            folder.folders.push(name);
        }
    }
    Some(folder)
}

/// Whether an application may lie in a folder of that name, which is written where one does: none that looks like a
/// credential.
pub(super) fn is_looked_into(name: &str) -> bool {
    !name.starts_with('.')
        && !name.starts_with("test")
        && !SKIPPED.contains(&name)
        && matches!(without_credentials(name), Cow::Borrowed(_))
}

/// The path of what lies in a folder.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// A folder's path as people read it.
pub(super) fn shown(folder: &str) -> &str {
    if folder.is_empty() { "." } else { folder }
}

/// Whether a path is a folder, or lies below it.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path == folder
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{is_looked_into, is_within, join};

    #[test]
    fn paths_lie_within_folders() {
        assert_eq!((join("", "a"), join("a", "b")), ("a".into(), "a/b".into()));
        for (path, folder, expected) in [
            ("a/b", "a", true),
            ("a", "a", true),
            ("a", "", true),
            ("ab", "a", false),
            ("a", "a/b", false),
        ] {
            assert_eq!(is_within(path, folder), expected, "{path} {folder}");
        }
        let token = ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
        assert!(!is_looked_into(&token));
        assert!(is_looked_into("backend") && !is_looked_into("tests") && !is_looked_into(".git"));
    }
}
