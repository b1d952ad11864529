//! Reading the files that a source names: those below its own folder, and no others.

use super::contexts::{below, stays};
use super::input::{LARGEST, bounded};
use super::output::reason;
use crate::Program;
use crate::source::Files;
use std::fs::{self, File};
use std::path::Path;

/// Reads the files that a text names, by paths from its folder. A path that leaves the folder as it is
/// written isn't tried: the check refuses it.
pub(super) fn read(folder: &Path, program: &Program) -> Files {
    program
        .files_wanted()
        .filter(|path| stays(path))
        .map(|path| {
            let bytes = bytes(folder, path);
            (path.to_owned(), bytes)
        })
        .collect()
}

/// The bytes of a file, or why there are none. Nothing but a plain file is opened: a pipe would
/// never end, and a link may not lead out of the folder.
fn bytes(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    let file = below(folder, path)?;
    let kind = fs::metadata(&file).map_err(|why| reason(&why))?;
    if !kind.is_file() {
        return Err("it is no file".to_owned());
    }
    let bytes = File::open(&file).and_then(|file| bounded(file, LARGEST));
    bytes.map_err(|why| reason(&why))
}
