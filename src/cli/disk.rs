//! Writing files so that nothing of the user's is lost.
//!
//! First every file is looked at, and if one isn't ours nothing is written. Then the lock takes in
//! the new hashes beside the old ones, each file is replaced whole, and the lock drops the old
//! hashes. Wherever that is cut off, each file is one that the lock knows. Two builds at once can
//! mix files of both, but no file is ever half written.

use super::lock::{self, Lock};
use super::output::reason;
use super::{Failure, count};
use crate::backend::Artifact;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// What came of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Files made or replaced.
    pub(super) written: usize,
    /// Files left alone because they would not have changed.
    pub(super) unchanged: usize,
}

/// Writes the files below `out`. With `force`, files that aren't ours are overwritten too.
pub(super) fn write(out: &Path, artifacts: &[Artifact], force: bool) -> Result<Outcome, Failure> {
    let failed = |path: &Path, why: &io::Error| {
        Failure::new(format!("can't write `{}`: {}", path.display(), reason(why)))
    };
    if fs::metadata(out).is_ok_and(|found| !found.is_dir()) {
        let out = out.display();
        return Err(Failure::new(format!(
            "can't write to `{out}`: it is a file, not a folder"
        )));
    }
    let (mut lock, lock_text) = read_lock(out, force)?;
    let pending = pending(out, artifacts, &lock, force)?;

    fs::create_dir_all(out).map_err(|why| failed(out, &why))?;
    let save_lock = |lock: &Lock, before: Option<&str>| -> Result<String, Failure> {
        let text = lock.to_string();
        if before != Some(&text) {
            let path = out.join(lock::NAME);
            save(&path, text.as_bytes()).map_err(|why| failed(&path, &why))?;
        }
        Ok(text)
    };

    for artifact in &pending {
        lock.add(&artifact.path, artifact.text.as_bytes());
    }
    let lock_text = save_lock(&lock, lock_text.as_deref())?;
    for artifact in &pending {
        let path = out.join(&artifact.path);
        save(&path, artifact.text.as_bytes()).map_err(|why| failed(&path, &why))?;
    }
    for artifact in artifacts {
        lock.set(&artifact.path, artifact.text.as_bytes());
    }
    save_lock(&lock, Some(&lock_text))?;

    Ok(Outcome {
        written: pending.len(),
        unchanged: artifacts.len() - pending.len(),
    })
}

/// The lock of a folder and its text; an empty one where there is none.
fn read_lock(out: &Path, force: bool) -> Result<(Lock, Option<String>), Failure> {
    let path = out.join(lock::NAME);
    let found = match fs::symlink_metadata(&path) {
        Ok(found) if found.is_dir() => Err("it is a folder".to_owned()),
        Ok(found) if !found.is_file() => Err("it is not a regular file".to_owned()),
        Ok(_) => fs::read(&path)
            .map_err(|why| reason(&why))
            .and_then(|bytes| {
                let text = String::from_utf8(bytes).map_err(|_| "it is not text".to_owned())?;
                Ok((Lock::parse(&text)?, Some(text)))
            }),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok((Lock::default(), None)),
        Err(why) => {
            let (path, why) = (path.display(), reason(&why));
            return Err(Failure::new(format!("can't read `{path}`: {why}")));
        }
    };
    match found {
        Ok(found) => Ok(found),
        Err(_) if force => Ok((Lock::default(), None)),
        Err(why) => Err(Failure::new(format!(
            "can't tell which files in `{}` todoc wrote, because `{}` is damaged: {why}",
            out.display(),
            lock::NAME
        ))
        .help("restore the file, or overwrite with --force")),
    }
}

/// The files that must be written, if all of them may be.
fn pending<'a>(
    out: &Path,
    artifacts: &'a [Artifact],
    lock: &Lock,
    force: bool,
) -> Result<Vec<&'a Artifact>, Failure> {
    let mut pending = Vec::new();
    let mut refused = Vec::new();
    let mut force_helps = true;
    for artifact in artifacts {
        match standing(out, artifact, lock) {
            Standing::Same => {}
            Standing::Free => pending.push(artifact),
            Standing::NotOurs(_) if force => pending.push(artifact),
            Standing::NotOurs(why) => refused.push(format!("\n  {}: {why}", artifact.path)),
            Standing::Blocked(why) => {
                force_helps = false;
                refused.push(format!("\n  {}: {why}", artifact.path));
            }
        }
    }
    if refused.is_empty() {
        return Ok(pending);
    }
    let failure = Failure::new(format!(
        "nothing was written, because {} in `{}` would be lost or can't be replaced:{}",
        count(refused.len(), "file"),
        out.display(),
        refused.concat()
    ));
    Err(failure.help(if force_helps {
        "overwrite with --force, or choose another folder with --out"
    } else {
        "move what is in the way, or choose another folder with --out"
    }))
}

/// What stands in the place of a file that we would write.
enum Standing {
    /// The very same bytes.
    Same,
    /// Nothing, or a file that we wrote.
    Free,
    /// Something that is only overwritten when asked to, and what it is.
    NotOurs(&'static str),
    /// Something that is never overwritten, and what it is.
    Blocked(String),
}

fn standing(out: &Path, artifact: &Artifact, lock: &Lock) -> Standing {
    if !lock::stays_inside(&artifact.path) {
        return Standing::Blocked("the path leads out of the folder".to_owned());
    }
    if let Some(why) = blocked_folder(out, &artifact.path) {
        return Standing::Blocked(why);
    }
    let path = out.join(&artifact.path);
    let found = match fs::symlink_metadata(&path) {
        Ok(found) => found,
        Err(why) if why.kind() == ErrorKind::NotFound => return Standing::Free,
        Err(why) => return Standing::Blocked(reason(&why)),
    };
    if found.is_symlink() {
        // Replaced itself if forced; what it points to stays.
        return Standing::NotOurs("it is a symbolic link");
    }
    if !found.is_file() {
        return Standing::Blocked(not_a_file(&found).to_owned());
    }
    match fs::read(&path) {
        Ok(bytes) if bytes == artifact.text.as_bytes() => Standing::Same,
        Ok(bytes) if lock.wrote(&artifact.path, &bytes) => Standing::Free,
        Ok(_) if lock.has(&artifact.path) => Standing::NotOurs("changed since todoc wrote it"),
        Ok(_) => Standing::NotOurs("todoc didn't write it"),
        Err(why) => Standing::Blocked(reason(&why)),
    }
}

/// Why the folders that a file lies in can't be used: a link would lead the build out of `out`.
fn blocked_folder(out: &Path, path: &str) -> Option<String> {
    let parents = path.match_indices('/').map(|(end, _)| &path[..end]);
    for (folder, found) in parents.map(|parent| (parent, fs::symlink_metadata(out.join(parent)))) {
        match found {
            Ok(found) if found.is_dir() => {}
            Ok(found) if found.is_symlink() => {
                return Some(format!("the folder `{folder}` is a symbolic link"));
            }
            Ok(_) => return Some(format!("`{folder}` is a file, not a folder")),
            Err(why) if why.kind() == ErrorKind::NotFound => return None,
            Err(why) => return Some(reason(&why)),
        }
    }
    None
}

fn not_a_file(found: &Metadata) -> &'static str {
    if found.is_dir() {
        "it is a folder"
    } else {
        "it is not a regular file"
    }
}

/// Puts a whole file in place, or nothing.
fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".todoc-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

#[cfg(test)]
mod tests;
