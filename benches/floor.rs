//! The floor under `todoc build`: writes the same files the same way, and does nothing else.
//!
//! `floor FILES OUT` writes what `todoc build --stdout` printed to FILES: each file by a temporary
//! one beside it and a rename, as `todoc` does. Neither asks the disk to have it all (`fsync`): after a
//! crash of the machine a build is run again.

#![allow(
    clippy::disallowed_methods,
    reason = "it does what todoc's command line does"
)]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(files), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: floor FILES OUT"));
    };
    let text = fs::read_to_string(files)?;
    let mut folders = BTreeSet::new();
    for file in text.split("# ==> ").skip(1) {
        let (path, content) = file.split_once('\n').unwrap_or_default();
        let path = Path::new(&out).join(path);
        let folder = path.parent().unwrap_or(Path::new("."));
        if folders.insert(folder.to_owned()) {
            fs::create_dir_all(folder)?;
        }
        let unfinished = folder.join(".floor.tmp");
        File::create_new(&unfinished)?.write_all(content.as_bytes())?;
        fs::rename(&unfinished, &path)?;
    }
    Ok(())
}
