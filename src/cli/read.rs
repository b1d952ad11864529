//! Reading files and folders: the one place that opens any, each with a bound. Only what the command
//! line names may be something other than a regular file, such as a pipe.

use super::output::NO_FILE;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::Path;

/// Whether there is something at a path, or behind its link, that is neither a file nor a folder: a pipe, a device or
/// a socket.
pub(super) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// The largest of each kind of text that is read, in bytes; every one is whole MiB.
pub(super) mod bounds {
    const MIB: u64 = 1 << 20;
    /// A source file: a thousand times what people write, and far below the offsets that a
    /// [`Span`](crate::source::Span) holds.
    pub(in crate::cli) const SOURCE: u64 = 32 * MIB;
    /// A message of an editor: one source, however it is escaped.
    pub(in crate::cli) const MESSAGE: u64 = 256 * MIB;
    /// A file that a source names. A ConfigMap takes 1 MiB, and a file of objects holds a few.
    pub(in crate::cli) const NAMED: u64 = 32 * MIB;
    /// A file of values: a hundred Secrets take less.
    pub(in crate::cli) const VALUES: u64 = 128 * MIB;
    /// All of those together, however often each is named.
    pub(in crate::cli) const ALL_NAMED: u64 = 128 * MIB;
    /// A file of a build context. Those that are read are far smaller.
    pub(in crate::cli) const OF_CONTEXT: u64 = 8 * MIB;
    /// All of those together; of the rest nothing is said.
    pub(in crate::cli) const ALL_OF_CONTEXTS: u64 = 128 * MIB;
    /// All files of one context that go into an image, where their digest is wanted.
    pub(in crate::cli) const SOURCES: u64 = 4096 * MIB;
    /// A file that a build wrote: far more than any has.
    pub(in crate::cli) const BUILT: u64 = 256 * MIB;
    /// The lock: a hundred bytes for each of 160,000 files.
    pub(in crate::cli) const LOCK: u64 = 16 * MIB;
    /// The beginning of a file of which the first line counts, in bytes.
    pub(in crate::cli) const FIRST_LINE: u64 = 4096;
}

/// The most names of a folder that are looked at, where all of them are wanted.
pub(super) const MOST_NAMES: usize = 2000;
/// The most entries of a folder that builds write to.
pub(super) const MOST_ENTRIES: usize = 100_000;

/// The bytes of what the command line names: a file, or a pipe.
pub(super) fn any(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    File::open(path).and_then(|file| bounded(file, most))
}

/// The bytes of a regular file, which links may lead to.
pub(super) fn regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for its other end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other(NO_FILE));
    }
    let file = File::open(path)?;
    // One that is only long, with a hole in it, takes no time.
    if file.metadata()?.len() > most {
        return Err(too_large(most));
    }
    bounded(file, most)
}

/// What a regular file holds, to be read piece by piece.
pub(super) fn pieces(path: &Path) -> io::Result<impl Read> {
    File::open(path)
}

/// The first bytes of a regular file that no link leads to, or of as many as it has.
pub(super) fn head(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other(NO_FILE));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The first entries of a folder, as many as the bound says; those that can't be read are left out.
pub(super) fn entries(
    folder: &Path,
    most: usize,
) -> io::Result<impl Iterator<Item = DirEntry> + use<>> {
    Ok(fs::read_dir(folder)?.take(most).filter_map(Result::ok))
}

/// All bytes, up to a bound.
pub(super) fn bounded(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    // Room for what people write, so that it is read at once.
    let mut bytes = Vec::with_capacity(16 << 10);
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

fn too_large(most: u64) -> io::Error {
    io::Error::other(format!("it is larger than {} MiB", most >> 20))
}
