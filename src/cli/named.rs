//! Reading the files that a source names: those below its own folder, and no others.

use super::contexts::{below, stays};
use super::output::reason;
use super::read::{self, bounds};
use crate::Program;
use crate::source::Files;
use std::path::Path;

/// Reads the files that a text names, by paths from its folder. A path that leaves the folder as it is
/// written isn't tried: the check refuses it.
pub(super) fn read(folder: &Path, program: &Program) -> Files {
    let mut files = Files::new();
    let mut left = bounds::ALL_NAMED;
    for path in program.files_wanted().filter(|path| stays(path)) {
        if files.contains_key(path) {
            continue;
        }
        let bytes = bytes(folder, path, left);
        left -= bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        files.insert(path.to_owned(), bytes);
    }
    files
}

/// The bytes of a file, or why there are none. Nothing but a plain file is opened: a pipe would
/// never end, and a link may not lead out of the folder. `left` is how much all files may still have.
fn bytes(folder: &Path, path: &str, left: u64) -> Result<Vec<u8>, String> {
    let file = below(folder, path)?;
    let bytes = read::regular(&file, bounds::NAMED).map_err(|why| reason(&why))?;
    if bytes.len() as u64 > left {
        let most = bounds::ALL_NAMED >> 20;
        return Err(format!(
            "with those before it, it is larger than {most} MiB"
        ));
    }
    Ok(bytes)
}
