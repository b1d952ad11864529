//! `todoc.lock`: what earlier builds wrote to a folder, whatever they emitted. Whose a file is of
//! the backends is known by its path ([`Backend::writes`](crate::backend::Backend::writes)), so
//! that a build can leave alone what those write which it doesn't run.
//!
//! A line is `HASH  PATH`, sorted by path, so that `sha256sum -c todoc.lock` verifies a folder. A
//! path may have several lines while a build is under way: its file has the bytes of one of them.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Component, Path};

/// The file's name.
pub(super) const NAME: &str = "todoc.lock";
/// How the first line begins; its number grows when an older todoc could misread the file.
const VERSION: &str = "# todoc.lock 1:";
/// What the first line says behind that, for people.
const WORDS: &str = " the files here that todoc wrote, and may replace or delete";

/// Which files todoc wrote, by path below the folder, and the hashes that they may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lock {
    rows: BTreeMap<String, BTreeSet<String>>,
}

impl Lock {
    /// Reads a lock, or says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        if !lines.next().is_some_and(|head| head.starts_with(VERSION)) {
            return Err("line 1 is not that of a lock which this version knows".to_owned());
        }
        let mut lock = Lock::default();
        for (index, line) in lines.enumerate() {
            let (hash, path) = row(line).ok_or_else(|| format!("line {} is broken", index + 2))?;
            let hashes = lock.rows.entry(path.to_owned()).or_default();
            hashes.insert(hash.to_owned());
        }
        Ok(lock)
    }

    /// Whether a file of that path was written.
    pub(super) fn has(&self, path: &str) -> bool {
        self.rows.contains_key(path)
    }

    /// Whether a file of that path was written with these bytes.
    pub(super) fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        let hashes = self.rows.get(path);
        hashes.is_some_and(|hashes| hashes.contains(&hash(bytes)))
    }

    /// The paths of all files, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// The file has these bytes, and no others.
    pub(super) fn set(&mut self, path: &str, bytes: &[u8]) {
        let hashes = BTreeSet::from([hash(bytes)]);
        self.rows.insert(path.to_owned(), hashes);
    }

    /// A file may have the bytes that the other lock knows as well.
    pub(super) fn or(mut self, other: &Lock) -> Self {
        for (path, hashes) in &other.rows {
            let ours = self.rows.entry(path.clone()).or_default();
            ours.extend(hashes.iter().cloned());
        }
        self
    }

    /// The file is no longer ours.
    pub(super) fn remove(&mut self, path: &str) {
        self.rows.remove(path);
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{VERSION}{WORDS}")?;
        for (path, hashes) in &self.rows {
            for hash in hashes {
                writeln!(f, "{hash}  {path}")?;
            }
        }
        Ok(())
    }
}

/// Whether a path stays below the folder that it is relative to, and is written as builds write it:
/// another spelling of the same place would pass for another file.
pub(super) fn stays_inside(path: &str) -> bool {
    let is_normal = |part| matches!(part, Component::Normal(_));
    let is_name = |part: &str| !["", ".", ".."].contains(&part) && !part.contains(char::is_control);
    path.split('/').all(is_name) && Path::new(path).components().all(is_normal)
}

/// Hash and path of a line.
fn row(line: &str) -> Option<(&str, &str)> {
    let (hash, path) = line.split_once("  ")?;
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    (hash.len() == 64 && hash.chars().all(hex) && stays_inside(path)).then_some((hash, path))
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::{Lock, VERSION};

    /// The first line that builds once wrote, before they deleted anything.
    const OLD_HEAD: &str = "# todoc.lock 1: the files here that todoc wrote, and may replace";

    fn of(files: &[(&str, &str)]) -> Lock {
        let mut lock = Lock::default();
        for (path, text) in files {
            lock.set(path, text.as_bytes());
        }
        lock
    }

    fn lock() -> Lock {
        of(&[("b", ""), ("a/b.yaml", "new")]).or(&of(&[("a/b.yaml", "old")]))
    }

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        assert_eq!(Lock::parse(&lock().to_string()), Ok(lock()));
        assert_eq!(
            Lock::parse(&lock().to_string().replace('\n', "\r\n")),
            Ok(lock())
        );
        assert_eq!(
            Lock::default().to_string()
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n",
            of(&[("b", "")]).to_string()
        );
    }

    #[test]
    fn a_lock_of_older_builds_is_read() {
        let text = lock().to_string();
        let (_, rows) = text.split_once('\n').expect("a first line");
        assert_eq!(Lock::parse(&format!("{OLD_HEAD}\n{rows}")), Ok(lock()));
    }

    #[test]
    fn a_path_may_have_several_hashes_until_it_is_set() {
        let mut lock = lock();
        assert!(lock.wrote("a/b.yaml", b"old") && lock.wrote("a/b.yaml", b"new"));
        lock.set("a/b.yaml", b"new");
        assert!(!lock.wrote("a/b.yaml", b"old") && lock.wrote("a/b.yaml", b"new"));
        lock.remove("a/b.yaml");
        assert_eq!(lock.paths().collect::<Vec<_>>(), ["b"]);
        assert!(lock.has("b") && !lock.has("c") && !lock.wrote("c", b""));
    }

    #[test]
    fn what_is_no_lock_is_refused() {
        let hash = "0".repeat(64);
        for wrong in [
            String::new(),
            "\n".to_owned(),
            "# todoc.lock 2: from the future\n".to_owned(),
            format!("{VERSION}\n<<<<<<< ours\n"),
            format!("{VERSION}\n\n"),
            format!("{VERSION}\n{hash} a\n"),
            format!("{VERSION}\n{}  a\n", &hash[1..]),
            format!("{VERSION}\n{hash}  \n"),
            format!("{VERSION}\n{hash}  ../a\n"),
            format!("{VERSION}\n{hash}  a/../../b\n"),
            format!("{VERSION}\n{hash}  /etc/passwd\n"),
            format!("{VERSION}\n{hash}  kubernetes//30-u.yaml\n"),
            format!("{VERSION}\n{hash}  ./b\n"),
            format!("{VERSION}\n{hash}  a/./b\n"),
            format!("{VERSION}\n{hash}  a/b/\n"),
            format!("{VERSION}\n{hash}  a\tb\n"),
        ] {
            assert!(Lock::parse(&wrong).is_err(), "{wrong}");
        }
    }
}
