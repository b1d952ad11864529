//! What stands in a folder, beside what a build would have there. Reading only.

use super::lock::{self, Lock, Unreadable};
use super::memory::Memory;
use super::output::{reason, shown};
use super::read::{self, bounds};
use super::{Failure, count};
use crate::backend::{Artifact, Backend};
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What a build wants of a folder.
#[derive(Clone, Copy)]
pub(super) struct Order<'a> {
    /// The folder.
    pub(super) out: &'a Path,
    /// Its files.
    pub(super) artifacts: &'a [Artifact],
    /// The backends that made them: what others wrote there in earlier builds is left alone.
    pub(super) emit: &'a [&'a Backend],
    /// What a later build must know.
    pub(super) memory: &'a Memory,
    /// Whether files that aren't ours are overwritten, and a damaged lock is none.
    pub(super) force: bool,
}

/// A folder to be built into.
pub(super) struct Survey<'a> {
    /// What is wanted of it.
    pub(super) order: Order<'a>,
    /// What earlier builds wrote.
    pub(super) lock: Lock,
    /// The text of the lock, where there is one that can be read.
    pub(super) lock_text: Option<String>,
    /// The files of the build in its order, and then those of earlier builds by path.
    pub(super) places: Vec<Place<'a>>,
}

/// A file of this build, or of an earlier one.
pub(super) struct Place<'a> {
    /// Its path below the folder.
    pub(super) path: String,
    /// What it shall hold; nothing if it is of an earlier build alone.
    pub(super) wanted: Option<&'a str>,
    /// What is there.
    pub(super) found: Found,
}

/// What is in the place of a file.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A file, and whose bytes these are.
    File(Vec<u8>, Owner),
    /// A symbolic link. If it is replaced, what it points to stays.
    Link,
    /// What is never replaced or deleted, in words.
    Blocked(String),
}

/// Who wrote the bytes of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// An earlier build.
    Us,
    /// Someone, over those of an earlier build.
    Changed,
    /// Someone else.
    Others,
}

/// What a build has to do about a place.
pub(super) enum Task {
    /// Nothing: it is as it shall be.
    Leave,
    /// Write the file.
    Write,
    /// Write the file, but over what isn't ours, which is said in words.
    Overwrite(&'static str),
    /// Refuse, because of what is in the way.
    Refuse(String),
    /// Delete the file: no statement stands for it any more.
    Delete,
    /// Keep a file for which no statement stands any more: it isn't as we left it, in words.
    Keep(&'static str),
}

impl Place<'_> {
    /// What a build has to do here.
    pub(super) fn task(&self) -> Task {
        match (&self.found, self.wanted) {
            (Found::File(bytes, _), Some(text)) if *lock::with_lf(bytes) == *text.as_bytes() => {
                Task::Leave
            }
            (Found::Nothing | Found::File(_, Owner::Us), Some(_)) => Task::Write,
            (Found::File(_, owner), Some(_)) => Task::Overwrite(owner.words()),
            (Found::Link, Some(_)) => Task::Overwrite(LINK),
            (Found::Blocked(why), Some(_)) => Task::Refuse(why.clone()),
            (Found::File(_, Owner::Us), None) => Task::Delete,
            (Found::File(_, owner), None) => Task::Keep(owner.words()),
            (Found::Link, None) => Task::Keep(LINK),
            (Found::Nothing | Found::Blocked(_), None) => Task::Leave,
        }
    }
}

/// How a link is called.
pub(super) const LINK: &str = "it is a symbolic link";

impl Owner {
    fn words(self) -> &'static str {
        match self {
            Owner::Us => "todoc wrote it",
            Owner::Changed => "changed since todoc wrote it",
            Owner::Others => "todoc didn't write it",
        }
    }
}

/// Whether the folder is there, and nothing else in its place.
pub(super) fn is_there(out: &Path) -> Result<bool, Failure> {
    match fs::metadata(out) {
        Ok(found) if !found.is_dir() => {
            let out = shown(out);
            let message = format!("can't write to `{out}`: it is a file, not a folder");
            Err(Failure::new(message))
        }
        found => Ok(found.is_ok()),
    }
}

/// Makes sure that no link takes a build elsewhere: neither `base`, unless the command line names it,
/// nor the folder of a target below it.
pub(super) fn follow_no_link(base: &Path, is_named: bool, out: &Path) -> Result<(), Failure> {
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink());
    let folders = [(base, !is_named), (out, out != base)];
    let mut links = folders
        .into_iter()
        .filter(|(folder, counts)| *counts && is_link(folder));
    let Some((link, _)) = links.next() else {
        return Ok(());
    };
    let failure = Failure::new(format!("can't build into `{}`: {LINK}", shown(link)));
    Err(failure.help("remove the link, or name the folder that it leads to with --out"))
}

/// Looks at a folder.
pub(super) fn survey(order: Order<'_>) -> Result<Survey<'_>, Failure> {
    let Order {
        out,
        artifacts,
        emit,
        memory: _,
        force,
    } = order;
    is_there(out)?;
    let (lock, lock_text) = read_lock(out, force)?;
    let mut places: Vec<_> = artifacts
        .iter()
        .map(|artifact| Place {
            path: artifact.path.clone(),
            wanted: Some(&artifact.text),
            found: find(out, &artifact.path, &lock),
        })
        .collect();
    let wanted: BTreeSet<_> = artifacts.iter().map(|it| it.path.as_str()).collect();
    let earlier = lock
        .paths()
        .filter(|path| emit.iter().any(|backend| backend.writes(path)) && !wanted.contains(path));
    places.extend(earlier.map(|path| Place {
        path: path.to_owned(),
        wanted: None,
        found: find(out, path, &lock),
    }));
    Ok(Survey {
        order,
        lock,
        lock_text,
        places,
    })
}

impl Survey<'_> {
    /// The lock after the build.
    pub(super) fn lock_after(&self) -> Lock {
        let mut lock = self.lock.clone();
        lock.memory = lock.memory.after(self.order.memory);
        for place in &self.places {
            match (place.wanted, &place.found) {
                (Some(text), _) => lock.set(&place.path, text.as_bytes()),
                (None, Found::Nothing | Found::File(_, Owner::Us)) => lock.remove(&place.path),
                // It is spoken of until it is gone, or has our bytes again.
                (None, _) => {}
            }
        }
        lock
    }

    /// Refuses to take over the folder of another source, whose files and objects the build would take for its
    /// own that are gone.
    pub(super) fn is_of_this_source(&self) -> Result<(), Failure> {
        let Order {
            out, memory, force, ..
        } = self.order;
        let (Some(theirs), Some(own)) = (&self.lock.memory.source, &memory.source) else {
            return Ok(());
        };
        // One that isn't there any more has another name now.
        if force || theirs == own || !out.join(theirs).exists() {
            return Ok(());
        }
        let name = |path: &str| shown(Path::new(path.rsplit('/').next().unwrap_or(path)));
        Err(Failure::new(format!(
            "`{}` has the files of `{}`: a build of `{}` would delete them, and take what runs for objects to delete",
            shown(out),
            shown(Path::new(theirs)),
            name(own)
        ))
        .help(format!(
            "name another folder, such as `--out out/{}`; or take it over with --force",
            name(own).trim_end_matches(".todo")
        )))
    }

    /// Why nothing may be written, if anything would be lost.
    pub(super) fn refusal(&self) -> Result<(), Failure> {
        self.is_of_this_source()?;
        let force = self.order.force;
        let mut refused = Vec::new();
        let mut force_helps = true;
        for place in &self.places {
            let why = match place.task() {
                Task::Overwrite(why) if !force => why.to_owned(),
                Task::Refuse(why) => {
                    force_helps = false;
                    why
                }
                Task::Leave | Task::Write | Task::Overwrite(_) | Task::Delete | Task::Keep(_) => {
                    continue;
                }
            };
            refused.push(format!("\n  {}: {why}", place.path));
        }
        if refused.is_empty() {
            return Ok(());
        }
        let failure = Failure::new(format!(
            "nothing was written, because {} in `{}` would be lost or can't be replaced:{}",
            count(refused.len(), "file"),
            shown(self.order.out),
            refused.concat()
        ));
        Err(failure.help(if force_helps {
            "overwrite with --force, or choose another folder with --out"
        } else {
            "move what is in the way, or choose another folder with --out"
        }))
    }
}

/// The lock of a folder and its text; an empty one where there is none.
pub(super) fn read_lock(out: &Path, force: bool) -> Result<(Lock, Option<String>), Failure> {
    let path = out.join(lock::NAME);
    let found = match fs::symlink_metadata(&path) {
        Ok(found) if found.is_dir() => Err("it is a folder".to_owned()),
        Ok(found) if !found.is_file() => Err("it is not a regular file".to_owned()),
        Ok(_) => {
            match read_text(&path).map(|text| (Lock::parse(&text), text)) {
                Ok((Ok(lock), text)) => Ok((lock, Some(text))),
                Ok((Err(Unreadable::Damaged(why)), _)) | Err(why) => Err(why),
                Ok((Err(Unreadable::Newer), _)) if force => Err(String::new()),
                Ok((Err(Unreadable::Newer), _)) => {
                    return Err(Failure::new(format!(
                    "can't tell which files in `{}` todoc wrote: a newer version of it wrote `{}`",
                    shown(out),
                    lock::NAME
                ))
                .help("use that version, choose another folder with --out, or overwrite with --force"));
                }
            }
        }
        Err(why) if why.kind() == ErrorKind::NotFound => Ok((Lock::default(), None)),
        Err(why) => {
            let (path, why) = (shown(&path), reason(&why));
            return Err(Failure::new(format!("can't read `{path}`: {why}")));
        }
    };
    match found {
        Ok(found) => Ok(found),
        Err(_) if force => Ok((Lock::default(), None)),
        Err(why) => Err(Failure::new(format!(
            "can't tell which files in `{}` todoc wrote, because `{}` is damaged: {why}",
            shown(out),
            lock::NAME
        ))
        .help("restore the file, take one side of a merge as a whole, or overwrite with --force")),
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    let bytes = read::regular(path, bounds::LOCK).map_err(|why| reason(&why))?;
    String::from_utf8(bytes).map_err(|_| "it is not text".to_owned())
}

fn find(out: &Path, below: &str, lock: &Lock) -> Found {
    if !lock::stays_inside(below) {
        return Found::Blocked("the path leads out of the folder".to_owned());
    }
    match folders(out, below) {
        Ok(true) => {}
        Ok(false) => return Found::Nothing,
        Err(why) => return Found::Blocked(why),
    }
    let path = out.join(below);
    let found = match fs::symlink_metadata(&path) {
        Ok(found) => found,
        Err(why) if why.kind() == ErrorKind::NotFound => return Found::Nothing,
        Err(why) => return Found::Blocked(reason(&why)),
    };
    if found.is_symlink() {
        return Found::Link;
    }
    if found.is_dir() {
        return Found::Blocked("it is a folder".to_owned());
    }
    if !found.is_file() {
        return Found::Blocked("it is not a regular file".to_owned());
    }
    match read::regular(&path, bounds::BUILT) {
        Ok(bytes) => {
            let owner = match (lock.wrote(below, &bytes), lock.has(below)) {
                (true, _) => Owner::Us,
                (false, true) => Owner::Changed,
                (false, false) => Owner::Others,
            };
            Found::File(bytes, owner)
        }
        Err(why) => Found::Blocked(reason(&why)),
    }
}

/// Whether the folders that a file lies in are there; why they can't be used, as a link would lead the
/// build out of `out`.
fn folders(out: &Path, path: &str) -> Result<bool, String> {
    let parents = path.match_indices('/').map(|(end, _)| &path[..end]);
    for (folder, found) in parents.map(|parent| (parent, fs::symlink_metadata(out.join(parent)))) {
        match found {
            Ok(found) if found.is_dir() => {}
            Ok(found) if found.is_symlink() => {
                return Err(format!("the folder `{folder}` is a symbolic link"));
            }
            Ok(_) => return Err(format!("`{folder}` is a file, not a folder")),
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(false),
            Err(why) => return Err(reason(&why)),
        }
    }
    Ok(true)
}
