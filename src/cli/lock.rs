//! `todoc.lock`: what earlier builds wrote to a folder, whatever they emitted. Whose a file is of
//! the backends is known by its path ([`Backend::writes`](crate::backend::Backend::writes)), so
//! that a build can leave alone what those write which it doesn't run.
//!
//! A line is `HASH  PATH`, sorted by path, so that `sha256sum -c todoc.lock` verifies a folder. A
//! path may have several lines while a build is under way: its file has the bytes of one of them. Before
//! them stand, as comments, other facts that a later build needs ([`Memory`]).

use super::memory::Memory;
use crate::hash;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Component, Path};

/// The file's name.
pub(super) const NAME: &str = "todoc.lock";
/// How the first line begins; its number grows when an older todoc could misread the file.
const VERSION: u32 = 3;
/// What stands before that number.
const HEAD: &str = "# todoc.lock ";
/// What the first line says behind that, for people.
const WORDS: &str = " the files here that todoc wrote, and may replace or delete";

/// Which files todoc wrote, by path below the folder, and the hashes that they may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lock {
    rows: BTreeMap<String, BTreeSet<String>>,
    /// What is known besides.
    pub(super) memory: Memory,
}

/// Why a lock can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// A later version wrote it.
    Newer,
    /// It isn't what any version writes, in words.
    Damaged(String),
}

impl Lock {
    /// Reads a lock, or says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        let damaged = |index: usize, line: &str| {
            let marks = ["<<<<<<<", "=======", ">>>>>>>"];
            let what = match marks.iter().find(|mark| line.starts_with(**mark)) {
                Some(_) => "has the conflict markers of a merge",
                None => "isn't one that todoc writes",
            };
            Unreadable::Damaged(format!("line {} {what}", index + 1))
        };
        let mut lines = text.lines().enumerate();
        let head = lines.next().map_or("", |(_, line)| line);
        let version = head
            .strip_prefix(HEAD)
            .and_then(|rest| rest.split_once(':'));
        match version.map(|(number, _)| number.parse::<u32>()) {
            Some(Ok(1..=VERSION)) => {}
            Some(Ok(number)) if number > VERSION => return Err(Unreadable::Newer),
            Some(_) | None => return Err(damaged(0, head)),
        }
        let mut lock = Lock::default();
        for (index, line) in lines {
            if let Some(fact) = line.strip_prefix("# ") {
                if !lock.memory.read(fact) {
                    return Err(damaged(index, line));
                }
                continue;
            }
            let (hash, path) = row(line).ok_or_else(|| damaged(index, line))?;
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
        let Some(hashes) = self.rows.get(path) else {
            return false;
        };
        hashes.contains(&hash::of(bytes)) || hashes.contains(&hash::of(&*with_lf(bytes)))
    }

    /// The paths of all files, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// The file has these bytes, and no others.
    pub(super) fn set(&mut self, path: &str, bytes: &[u8]) {
        let hashes = BTreeSet::from([hash::of(bytes)]);
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
        writeln!(f, "{HEAD}{VERSION}:{WORDS}")?;
        write!(f, "{}", self.memory)?;
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

/// Bytes with line ends as builds write them: Git may have put others there, which aren't a change.
pub(super) fn with_lf(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.windows(2).any(|two| two == b"\r\n") {
        return Cow::Borrowed(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            plain.push(*byte);
        }
    }
    Cow::Owned(plain)
}

/// Hash and path of a line.
fn row(line: &str) -> Option<(&str, &str)> {
    let (hash, path) = line.split_once("  ")?;
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    (hash.len() == 64 && hash.chars().all(hex) && stays_inside(path)).then_some((hash, path))
}

#[cfg(test)]
mod tests {
    use super::{Lock, Unreadable};

    /// First lines that builds once wrote: before they deleted anything, and before they remembered more.
    const OLD_HEADS: [&str; 2] = [
        "# todoc.lock 1: the files here that todoc wrote, and may replace",
        "# todoc.lock 1: the files here that todoc wrote, and may replace or delete",
    ];
    const HEAD: &str = "# todoc.lock 2: x";

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

    fn remembering() -> Lock {
        let mut lock = lock();
        lock.memory.source = Some("../my \"app\".todo".to_owned());
        let image = ("ghcr.io/a/b:1".to_owned(), "c".to_owned());
        lock.memory.images.insert(image.0, image.1);
        lock
    }

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        assert_eq!(Lock::parse(&lock().to_string()), Ok(lock()));
        assert_eq!(Lock::parse(&remembering().to_string()), Ok(remembering()));
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
        for head in OLD_HEADS {
            assert_eq!(Lock::parse(&format!("{head}\n{rows}")), Ok(lock()));
        }
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
            "# todoc.lock 0: never\n".to_owned(),
            "# todoc.lock x: never\n".to_owned(),
            format!("{HEAD}\n\n"),
            format!("{HEAD}\n{hash} a\n"),
            format!("{HEAD}\n{}  a\n", &hash[1..]),
            format!("{HEAD}\n{hash}  \n"),
            format!("{HEAD}\n{hash}  ../a\n"),
            format!("{HEAD}\n{hash}  a/../../b\n"),
            format!("{HEAD}\n{hash}  /etc/passwd\n"),
            format!("{HEAD}\n{hash}  kubernetes//30-u.yaml\n"),
            format!("{HEAD}\n{hash}  ./b\n"),
            format!("{HEAD}\n{hash}  a/./b\n"),
            format!("{HEAD}\n{hash}  a/b/\n"),
            format!("{HEAD}\n{hash}  a\tb\n"),
            format!("{HEAD}\n# source\n"),
            format!("{HEAD}\n# source [\"a\", \"b\"]\n"),
            format!("{HEAD}\n# source [1]\n"),
            format!("{HEAD}\n# sauce [\"a\"]\n"),
        ] {
            let found = Lock::parse(&wrong);
            assert!(matches!(found, Err(Unreadable::Damaged(_))), "{wrong}");
        }
        let newer = Lock::parse("# todoc.lock 4: from the future\n");
        assert_eq!(newer, Err(Unreadable::Newer));
        let merged = format!("{HEAD}\n<<<<<<< ours\n{hash}  a\n");
        let why = "line 2 has the conflict markers of a merge".to_owned();
        assert_eq!(Lock::parse(&merged), Err(Unreadable::Damaged(why)));
    }
}
