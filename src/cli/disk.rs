//! Writing files so that nothing of the user's is lost.
//!
//! First every file is looked at, and if one isn't ours nothing is written. Then the lock takes in
//! the new hashes beside the old ones, each file is replaced whole, files that no statement stands
//! for any more are deleted, and the lock drops the old hashes. Wherever that is cut off, each file
//! is one that the lock knows, and the next build goes on from there. A folder is held meanwhile,
//! so that of two builds at once the later one wins whole.

use super::Failure;
use super::lock::{self, Lock};
use super::memory::Memory;
use super::output::{NO_FILE, complain, reason, shown};
use super::read::{self, MOST_ENTRIES};
use super::survey::{Found, Order, Owner, Place, Survey, Task, is_there, survey};
use crate::backend::FileChange;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// How names of files begin and end that are being written.
const UNFINISHED: (&str, &str) = (".todoc-", ".tmp");

/// What came of writing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome<'a> {
    /// How many files were made or replaced.
    pub(super) written: usize,
    /// How many were left alone because they would not have changed.
    pub(super) unchanged: usize,
    /// How many were deleted because no statement stands for them any more.
    pub(super) deleted: usize,
    /// Those that were kept all the same, and why.
    pub(super) kept: Vec<(String, &'static str)>,
    /// What became of the files that were written or deleted.
    pub(super) changes: Vec<FileChange<'a>>,
    /// What earlier builds left to be known.
    pub(super) before: Memory,
    /// The backends that no earlier build wrote files of, by name.
    pub(super) new: BTreeSet<&'static str>,
}

impl Outcome<'_> {
    /// That of a build which had nothing to write.
    pub(super) fn unchanged(survey: &Survey) -> Self {
        Outcome {
            written: 0,
            unchanged: survey.order.artifacts.len(),
            deleted: 0,
            kept: Vec::new(),
            changes: Vec::new(),
            before: survey.lock.memory.clone(),
            new: new(survey),
        }
    }
}

/// The backends with files of which no earlier build wrote any.
fn new(survey: &Survey) -> BTreeSet<&'static str> {
    let before: Vec<_> = survey.lock.paths().collect();
    let emit = survey.order.emit.iter();
    let new = emit.filter(|backend| {
        let mut now = survey.order.artifacts.iter();
        let is_there = now.any(|file| backend.writes(&file.path));
        is_there && !before.iter().any(|path| backend.writes(path))
    });
    new.map(|backend| backend.name).collect()
}

/// Makes sure that [`write`] may write all these files.
pub(super) fn may_write(order: Order<'_>) -> Result<(), Failure> {
    if !is_there(order.out)? {
        return Ok(());
    }
    // Amid the files of another build, lock and files needn't agree.
    let _held = hold(order.out);
    survey(order)?.refusal()
}

/// Writes the files, and deletes those that the same backends made in earlier builds alone.
pub(super) fn write(order: Order<'_>) -> Result<Outcome<'_>, Failure> {
    let out = order.out;
    is_there(out)?;
    fs::create_dir_all(out).map_err(|why| failed("write", out, &why))?;
    let held = hold(out);
    let survey = survey(order)?;
    survey.refusal()?;
    if held.is_some() {
        sweep(&survey);
    }

    let mut outcome = Outcome {
        written: 0,
        unchanged: 0,
        deleted: 0,
        kept: Vec::new(),
        changes: file_changes(&survey),
        before: survey.lock.memory.clone(),
        new: new(&survey),
    };
    let after = survey.lock_after();
    let during = survey.lock.clone().or(&after);
    let lock_text = save_lock(out, &during, survey.lock_text.as_deref())?;
    for (path, text) in pending(&survey) {
        let path = out.join(path);
        save(&path, text.as_bytes()).map_err(|why| failed("write", &path, &why))?;
        outcome.written += 1;
    }
    for place in &survey.places {
        let task = place.task();
        if matches!(task, Task::Delete) {
            let path = out.join(&place.path);
            fs::remove_file(&path).map_err(|why| failed("delete", &path, &why))?;
            outcome.deleted += 1;
        } else if let Task::Keep(why) = task {
            outcome.kept.push((place.path.clone(), why));
        }
        // Of what is deleted now, or was when a build was cut off.
        if place.wanted.is_none() && !matches!(place.found, Found::Blocked(_)) {
            remove_empty_folders(out, &place.path);
        }
    }
    save_lock(out, &after, Some(&lock_text))?;
    outcome.unchanged = order.artifacts.len() - outcome.written;
    Ok(outcome)
}

/// What becomes of files, other than those that stay as they are.
fn file_changes<'a>(survey: &Survey<'a>) -> Vec<FileChange<'a>> {
    let places = survey.places.iter();
    let places = places.filter(|place| match place.task() {
        Task::Write | Task::Overwrite(_) | Task::Delete => true,
        Task::Leave | Task::Refuse(_) | Task::Keep(_) => false,
    });
    let change = |place: &Place<'a>| FileChange {
        path: place.path.clone(),
        before: match &place.found {
            Found::File(bytes, Owner::Us) => String::from_utf8(bytes.clone()).ok(),
            Found::File(..) | Found::Nothing | Found::Link | Found::Blocked(_) => None,
        },
        after: place.wanted,
    };
    places.map(change).collect()
}

/// The files to write. What may not be overwritten has been refused.
fn pending<'a>(survey: &'a Survey) -> impl Iterator<Item = (&'a str, &'a str)> {
    let places = survey.places.iter();
    let places = places.filter(|it| matches!(it.task(), Task::Write | Task::Overwrite(_)));
    places.filter_map(|place| Some((place.path.as_str(), place.wanted?)))
}

/// How long a build waits for another one before it says so: most are done by then.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it looks meanwhile.
const LOOKS: u32 = 20;

/// Keeps other builds out of a folder until the file is closed: when it is dropped, or the process
/// ends, however it does. `None` where the system can't.
fn hold(out: &Path) -> Option<File> {
    // The folder itself, so that no file is left in it; Windows locks files alone.
    let file = if cfg!(windows) {
        File::create(out.join(".todoc.hold"))
    } else {
        File::open(out)
    };
    let file = file.ok()?;
    for _ in 0..LOOKS {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(TryLockError::WouldBlock) => sleep(PATIENCE / LOOKS),
            Err(TryLockError::Error(_)) => return None,
        }
    }
    complain(&format!(
        "waiting for another build into `{}`\n",
        shown(out)
    ));
    file.lock().ok().map(|()| file)
}

/// Removes what builds left that were cut off. No other build is writing now.
fn sweep(survey: &Survey) {
    let places = survey.places.iter();
    let places = places.filter(|place| !matches!(place.found, Found::Blocked(_)));
    let mut folders: Vec<_> = places
        .filter_map(|place| Some(place.path.rsplit_once('/')?.0))
        .chain([""])
        .collect();
    folders.sort_unstable();
    folders.dedup();
    let (begin, end) = UNFINISHED;
    for folder in folders {
        let folder = survey.order.out.join(folder);
        let entries = read::entries(&folder, MOST_ENTRIES);
        for entry in entries.into_iter().flatten() {
            let name = entry.file_name();
            let ours = |name: &str| name.starts_with(begin) && name.ends_with(end);
            if name.to_str().is_some_and(ours) {
                // If it stays it does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Writes the lock, if that changes its text, which is given back.
fn save_lock(out: &Path, lock: &Lock, before: Option<&str>) -> Result<String, Failure> {
    let text = lock.to_string();
    if before != Some(&text) {
        let path = out.join(lock::NAME);
        save(&path, text.as_bytes()).map_err(|why| failed("write", &path, &why))?;
    }
    Ok(text)
}

/// Writes a lock anew, while no build is under way.
pub(super) fn replace_lock(out: &Path, lock: &Lock) -> Result<(), Failure> {
    let _held = hold(out);
    save_lock(out, lock, None).map(|_| ())
}

/// Puts a whole file in place, or nothing.
fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = match unfinished(folder) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            unfinished(folder)?
        }
        file => file?,
    };
    file.write_all(bytes)?;
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Puts a whole file where nothing is. Whether nothing was there: what is there stays, a link too.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let created = || {
        let folder = path.parent().filter(|it| *it != Path::new(""));
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = unfinished(folder)?;
        file.write_all(bytes)?;
        match file.persist_noclobber(path) {
            Ok(_) => Ok(true),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(failed) => Err(failed.error),
        }
    };
    created().map_err(|why| failed("write", path, &why))
}

/// A file that has no name yet.
fn unfinished(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder.tempfile_in(folder)
}

/// Refuses pipes and devices: [`replace`] would put a file in their place.
pub(super) fn is_replaceable(path: &Path) -> Result<(), Failure> {
    if read::is_special(path) {
        return Err(failed("write", path, &io::Error::other(NO_FILE)));
    }
    Ok(())
}

/// Puts other bytes into a file of the user's: whole, or not at all. It keeps its mode, and a link to
/// it stays one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    is_replaceable(path)?;
    let replace = || {
        let path = fs::canonicalize(path)?;
        let mode = fs::metadata(&path)?.permissions();
        if mode.readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED.0)
            .suffix(UNFINISHED.1)
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().set_permissions(mode)?;
        file.persist(&path).map_err(|failed| failed.error)?;
        Ok(())
    };
    replace().map_err(|why| failed("write", path, &why))
}

/// Removes the folders that a file was in, as far as nothing else is in them.
fn remove_empty_folders(out: &Path, below: &str) {
    for (end, _) in below.rmatch_indices('/') {
        // The system removes none with something in it.
        let _ = fs::remove_dir(out.join(&below[..end]));
    }
}

fn failed(what: &str, path: &Path, why: &io::Error) -> Failure {
    let (path, why) = (shown(path), reason(why));
    Failure::new(format!("can't {what} `{path}`: {why}"))
}

#[cfg(test)]
mod tests;
