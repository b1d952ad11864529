//! Doing it again whenever something changes: `build --watch` and `check --watch`.
//!
//! Files are looked at again and again. Editors put another file in the place of one, and containers and
//! folders of a network tell of no change: looking is what works everywhere.

use super::contexts::stays;
use super::input::{self, is_standard_input};
use super::output::{NO_FILE, shown};
use super::read::is_special;
use super::{Failure, Status, count, output};
use crate::Program;
use crate::backend::FileChange;
use crate::source::ABOVE;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// From one look to the next.
const EVERY: Duration = Duration::from_millis(200);
/// What a process ends with that a second signal ends.
const INTERRUPTED: i32 = 130;
/// The most files that a line names.
const MOST_NAMED: usize = 4;

/// What a file or folder looks like from outside. Each of its changes changes some of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Its number in the file system, where there is one.
    inode: u64,
}

/// What stands at paths; nothing where nothing can be seen.
type Seen = BTreeMap<PathBuf, Option<Stamp>>;

/// Does `round` now, and again whenever one of these texts changes, or what lies beside it; until a signal
/// ends it. What fails is told, and may go well the next time. With `contexts`, the folders that images are
/// built from count as well.
pub(super) fn run(
    files: &[PathBuf],
    contexts: bool,
    mut round: impl FnMut() -> Result<(), Failure>,
) -> Result<Status, Failure> {
    if files.iter().any(|file| is_standard_input(file)) {
        let failure = Failure::new("standard input can't be watched");
        return Err(failure.help("name a file"));
    }
    are_files(files)?;
    let ended = ends()?;
    let mut before = look(paths(files, contexts));
    while !ended.load(Ordering::Relaxed) {
        if let Err(failure) = are_files(files).and_then(|()| round()) {
            output::failure(&failure);
        }
        // What has changed since the round began is to be seen by the next.
        let mut known = look(paths(files, contexts));
        for (path, stamp) in &mut known {
            if let Some(earlier) = before.get(path) {
                stamp.clone_from(earlier);
            }
        }
        match wait(&known, &ended) {
            Some(seen) => before = seen,
            None => break,
        }
    }
    Ok(Status::Clean)
}

/// Refuses pipes and devices: they are read once, and reading one may wait for ever.
fn are_files(files: &[PathBuf]) -> Result<(), Failure> {
    match files.iter().find(|file| is_special(file)) {
        Some(file) => {
            let failure = Failure::new(format!("`{}` can't be watched: {NO_FILE}", shown(file)));
            Err(failure.help("name a file"))
        }
        None => Ok(()),
    }
}

/// What the first signal sets; the second ends the process at once.
fn ends() -> Result<Arc<AtomicBool>, Failure> {
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        let set = flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&ended))
            .and_then(|_| flag::register(signal, Arc::clone(&ended)));
        set.map_err(|why| {
            Failure::new(format!("can't wait for signals: {}", output::reason(&why)))
        })?;
    }
    Ok(ended)
}

/// Waits until something else is seen, twice the same: a file that is being written is left alone. `None`
/// where a signal comes first.
fn wait(known: &Seen, ended: &AtomicBool) -> Option<Seen> {
    let mut last = None;
    loop {
        sleep(EVERY);
        if ended.load(Ordering::Relaxed) {
            return None;
        }
        let now = look(known.keys().cloned());
        if now != *known && last.as_ref() == Some(&now) {
            return Some(now);
        }
        last = Some(now);
    }
}

fn look(paths: impl IntoIterator<Item = PathBuf>) -> Seen {
    let stamped = paths.into_iter().map(|path| {
        let stamp = stamp(&path);
        (path, stamp)
    });
    stamped.collect()
}

fn stamp(path: &Path) -> Option<Stamp> {
    let found = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&found);
    #[cfg(not(unix))]
    let inode = 0;
    Some(Stamp {
        length: found.len(),
        modified: found.modified().ok(),
        inode,
    })
}

/// The texts, and what a round reads beside them.
fn paths(files: &[PathBuf], contexts: bool) -> Vec<PathBuf> {
    let mut all = files.to_vec();
    for file in files.iter().filter(|file| !is_special(file)) {
        let Ok(input) = input::source(file) else {
            continue;
        };
        let program = Program::parse(input.text());
        let named = program.files_wanted().filter(|path| stays(path));
        all.extend(named.map(|path| input.folder.join(path)));
        if !contexts {
            continue;
        }
        for (context, looks) in program.contexts_wanted() {
            // Of a folder above contexts the names count, and what is built there changes them.
            let is_above = context.ends_with(ABOVE);
            if stays(&context) && !is_above {
                let folder = input.folder.join(context);
                all.extend(
                    looks
                        .keys()
                        .filter(|it| stays(it))
                        .map(|it| folder.join(it)),
                );
                all.push(folder);
            }
        }
    }
    all
}

/// A line that tells of a build.
pub(super) fn line(target: Option<&str>, changes: &[FileChange<'_>]) -> String {
    let all = changes.iter();
    let all = all.map(|it| it.path.rsplit('/').next().unwrap_or(&it.path));
    let named: Vec<_> = all.take(MOST_NAMED).collect();
    let more = match changes.len().saturating_sub(named.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let what = match changes.len() {
        0 => "no file changed".to_owned(),
        number => format!(
            "{} changed ({}{more})",
            count(number, "file"),
            named.join(", ")
        ),
    };
    let target = target.map_or(String::new(), |target| format!(" for {target}"));
    format!("{} built{target}: {what}\n", clock())
}

/// The time of day, in UTC: the one that needs no table of zones.
fn clock() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = since.as_secs() % 86_400;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}Z")
}
