//! Files that a build wrote: which text they come from, and which statement each of their lines does.
//!
//! A file on the disk may be older than the text, or have been changed: its lines are found in what the text
//! becomes now by comparing the two.

use super::output::becomes;
use super::{Analysis, Beside};
use crate::backend::Artifact;
use crate::diff;
use crate::source::Span;
use crate::syntax::locate;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

/// What a build leaves beside the files that it writes, with their paths.
const LOCK: &str = "todoc.lock";
/// What stands in it before the path of the text.
const SOURCE: &str = "# source ";
/// How far above a file the folder of its build is searched for.
const FARTHEST: usize = 8;
/// The folder that builds write to, unless they are told another.
const OUT: &str = "out";

/// A file that a build wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// The folder that the build wrote to.
    pub folder: PathBuf,
    /// The file's path below it.
    pub path: String,
    /// The text that it was made from.
    pub source: PathBuf,
}

/// What is known of a file; `None` of one that no build wrote.
#[must_use]
pub fn written(beside: &dyn Beside, file: &Path) -> Option<WrittenFile> {
    let mut folders = file.ancestors().skip(1).take(FARTHEST);
    let (folder, lock) = folders.find_map(|folder| Some((folder, beside.text(folder, LOCK)?)))?;
    let path = file.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
    let is_listed = |line: &str| line.split_once("  ").is_some_and(|(_, it)| it == path);
    if !lock.lines().any(is_listed) {
        return None;
    }
    let source = lock.lines().find_map(|line| line.strip_prefix(SOURCE))?;
    let [source] =
        <[String; 1]>::try_from(serde_json::from_str::<Vec<String>>(source).ok()?).ok()?;
    Some(WrittenFile {
        source: normal(&folder.join(source)),
        folder: folder.to_owned(),
        path,
    })
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => normal.push(part),
        }
    }
    normal
}

impl WrittenFile {
    /// The statement that a line comes from, of which the first is 0. `analysis` is that of the text.
    #[must_use]
    pub fn statement(
        &self,
        analysis: &Analysis,
        beside: &dyn Beside,
        line: usize,
        chosen: Option<&str>,
    ) -> Option<Span> {
        let there = beside.text(&self.folder, &self.path)?;
        let files = self.output(analysis, chosen);
        let file = files.iter().find(|file| file.path == self.path)?;
        let line = counterpart(&there, &file.text, line);
        let mut marks = file.marks.iter();
        marks.find(|mark| mark.line == line + 1)?.origin.span
    }

    /// What the text becomes now, for the target that the folder is called after, else for the one that is
    /// shown.
    fn output(&self, analysis: &Analysis, chosen: Option<&str>) -> Rc<Vec<Artifact>> {
        let named = self.folder.file_name().and_then(|name| name.to_str());
        let targets = analysis.all.builds.first().map(|build| &build.targets);
        let named = named.filter(|name| targets.is_some_and(|all| all.iter().any(|it| it == name)));
        analysis.output(named.or(analysis.shown(chosen)))
    }
}

/// The lines that the statement at a place became, in files that a build wrote for the target that is shown:
/// the first of a file is 0. `source` is the path of the text.
#[must_use]
pub fn lines(
    analysis: &Analysis,
    beside: &dyn Beside,
    source: &Path,
    offset: usize,
    chosen: Option<&str>,
) -> Vec<(PathBuf, Range<usize>)> {
    let Some(around) = source.parent() else {
        return Vec::new();
    };
    let cursor = locate(&analysis.parsed, &analysis.text, offset);
    let Some(fact) = cursor.path.last() else {
        return Vec::new();
    };
    let target = analysis.shown(chosen);
    let out = around.join(OUT);
    let out = target.map_or(out.clone(), |target| out.join(target));
    let files = analysis.output(target);
    let all = becomes(&files, fact.span).into_iter().filter_map(|it| {
        let path = out.join(&it.path);
        let is_ours = written(beside, &path)?.source == normal(source);
        let there = is_ours.then(|| beside.text(&out, &it.path)).flatten()?;
        let file = files.iter().find(|file| file.path == it.path)?;
        let first = counterpart(&file.text, &there, it.first.checked_sub(1)?);
        let end = counterpart(&file.text, &there, it.last.checked_sub(1)?) + 1;
        Some((path, first..end))
    });
    all.collect()
}

/// Where a line of one text stands in another one, or would.
fn counterpart(from: &str, to: &str, line: usize) -> usize {
    // The ends of what was compared so far.
    let (mut before, mut after) = (0, 0);
    for (old, new) in diff::changes(from, to) {
        if line < old.start {
            break;
        }
        if line < old.end {
            let last = new.end.saturating_sub(1).max(new.start);
            return last.min(new.start + (line - old.start));
        }
        (before, after) = (old.end, new.end);
    }
    after + (line - before)
}

#[cfg(test)]
mod tests {
    use super::{counterpart, normal};
    use std::path::Path;

    #[test]
    fn lines_are_found_again() {
        let old = "a\nb\nc\nd\n";
        for (new, expected) in [
            (old, [0, 1, 2, 3]),
            ("x\na\nb\nc\nd\n", [1, 2, 3, 4]),
            ("a\nc\nd\n", [0, 1, 1, 2]),
            ("a\nx\ny\nc\nd\n", [0, 1, 3, 4]),
            ("d\n", [0, 0, 0, 0]),
        ] {
            let found: Vec<_> = (0..4).map(|line| counterpart(old, new, line)).collect();
            assert_eq!(found, expected, "{new:?}");
        }
        assert_eq!(counterpart("", "", 7), 7);
    }

    #[test]
    fn paths_are_made_normal() {
        for (path, expected) in [
            ("/a/out/x/../../app.todo", "/a/app.todo"),
            ("/a/./b", "/a/b"),
            ("/../../b", "/b"),
        ] {
            assert_eq!(normal(Path::new(path)), Path::new(expected));
        }
    }
}
