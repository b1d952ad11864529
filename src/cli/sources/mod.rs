//! Digests of the sources of images: of what an image's build would see of its folder, and of nothing else.
//! Who reads the same sources elsewhere gets the same digest, so times, owners and empty folders don't count, and
//! of the mode what Git keeps: whether a file is a program.

mod ignored;

use super::contexts::{below, stays};
use super::output::{complain, reason, shown};
use super::read::{self, bounds};
use crate::hash::{Parts, hex};
use crate::source::{ImageSources, LeftOut, SourceDigests};
use ignored::{Fits, Ignored};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// The most files, folders and links of one context that are looked at.
const MOST_ENTRIES: usize = 200_000;
/// Of how many somebody is told, as they take seconds.
const MANY_ENTRIES: usize = 20_000;

/// Reads the sources that are wanted, by paths from `folder`. What builds write to `out` is none of them.
pub(super) fn digests(folder: &Path, wanted: BTreeSet<ImageSources>, out: &Path) -> SourceDigests {
    let out = fs::canonicalize(out).ok();
    let digests = wanted.into_iter().map(|sources| {
        let digest = digest(folder, &sources, out.as_deref());
        (sources, digest)
    });
    digests.collect()
}

/// What is hashed, and how much more may be.
struct Reading<'a> {
    hash: Parts,
    ignored: Ignored,
    out: Option<&'a Path>,
    entries: usize,
    bytes: u64,
}

fn digest(folder: &Path, sources: &ImageSources, out: Option<&Path>) -> Result<String, String> {
    let ImageSources { context, left_out } = sources;
    if !stays(context) {
        return Err("it leaves the source file's folder".to_owned());
    }
    let root = below(folder, context)?;
    let mut hash = Parts::default();
    let ignored = match left_out {
        LeftOut::Patterns(patterns) => Ignored::of(patterns.iter().copied()),
        LeftOut::BesideDockerfile(file) => {
            let dockerfile = stays(file).then(|| text(&root.join(file))).flatten();
            let dockerfile = dockerfile.ok_or_else(|| format!("`{file}` can't be read"))?;
            hash.add(dockerfile);
            let own = text(&root.join(format!("{file}.dockerignore")));
            let ignored = own.or_else(|| text(&root.join(".dockerignore")));
            Ignored::parse(&ignored.unwrap_or_default())
        }
    };
    let mut reading = Reading {
        hash,
        ignored,
        out,
        entries: 0,
        bytes: 0,
    };
    // Folders that wait, the next last: with their path below the context and what fits them.
    let mut folders = vec![(root.clone(), String::new(), Fits::default())];
    while let Some((folder, path, fits)) = folders.pop() {
        let known = reading.entries;
        let below = reading.folder(&folder, &path, &fits)?;
        if known <= MANY_ENTRIES && reading.entries > MANY_ENTRIES {
            complain(&format!(
                "reading the sources in `{}`: more than {MANY_ENTRIES} files\n",
                shown(Path::new(context))
            ));
        }
        folders.extend(below.into_iter().rev());
    }
    Ok(reading.hash.finish())
}

/// A folder with its path below the context and what fits it.
type Folder = (PathBuf, String, Fits);

impl Reading<'_> {
    /// Takes in the files of a folder; returns those in it, in order.
    fn folder(&mut self, folder: &Path, path: &str, fits: &Fits) -> Result<Vec<Folder>, String> {
        let failed = |why: io::Error| format!("`{}`: {}", shown(folder), reason(&why));
        let entries = read::entries(folder, MOST_ENTRIES + 1).map_err(failed)?;
        let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        self.entries += names.len();
        if self.entries > MOST_ENTRIES {
            return Err(format!(
                "it has more than {MOST_ENTRIES} files; leave some out in `.dockerignore`"
            ));
        }
        names.sort();
        let mut folders = Vec::new();
        for name in names {
            let here = folder.join(&name);
            let name = name.to_string_lossy();
            let path = match path {
                "" => name.into_owned(),
                path => format!("{path}/{name}"),
            };
            let fits = self.ignored.fits(&path, fits);
            let is_out = self.ignored.leaves_out(&fits);
            if is_out && self.ignored.leaves_out_all(&fits) || self.out == Some(&here) {
                continue;
            }
            let Ok(found) = fs::symlink_metadata(&here) else {
                // It was deleted just now.
                continue;
            };
            if found.is_dir() {
                folders.push((here, path, fits));
            } else if !is_out {
                self.entry(&here, &path, &found)
                    .map_err(|why| format!("`{}`: {}", shown(&here), reason(&why)))?;
            }
        }
        Ok(folders)
    }

    /// Takes in a file or a link; anything else is no source.
    fn entry(&mut self, file: &Path, path: &str, found: &Metadata) -> io::Result<()> {
        if found.is_symlink() {
            let to = fs::read_link(file)?;
            self.hash.add("link");
            self.hash.add(path);
            self.hash.add(to.as_os_str().as_encoded_bytes());
        } else if found.is_file() {
            self.bytes += found.len();
            if self.bytes > bounds::SOURCES {
                let most = bounds::SOURCES >> 30;
                return Err(io::Error::other(format!(
                    "all files to it are larger than {most} GiB"
                )));
            }
            self.hash
                .add(if is_program(found) { "program" } else { "file" });
            self.hash.add(path);
            let mut own = Sha256::new();
            io::copy(&mut read::pieces(file)?, &mut Hashing(&mut own))?;
            self.hash.add(hex(own));
        }
        Ok(())
    }
}

/// What is written to it is hashed.
struct Hashing<'a>(&'a mut Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn text(file: &Path) -> Option<String> {
    let bytes = read::regular(file, bounds::OF_CONTEXT).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(unix)]
fn is_program(found: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & 0o100 != 0
}

/// Where files have no mode, images are built with all files as programs.
#[cfg(not(unix))]
fn is_program(_: &Metadata) -> bool {
    false
}
