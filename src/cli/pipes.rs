//! Writing to pipes, terminals and devices that the command line names.

#[cfg(unix)]
use super::output::NO_FILE;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a text to what is at a path. A pipe that nobody reads, and anything that would wait for ever or
/// lose what it has, is refused.
pub(super) fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    #[cfg(unix)]
    if let Ok(found) = fs::metadata(path) {
        use std::os::unix::fs::FileTypeExt;
        let kind = found.file_type();
        if kind.is_fifo() {
            return to_pipe::write(path, text);
        }
        if kind.is_block_device() || kind.is_socket() {
            return Err(io::Error::other(NO_FILE));
        }
    }
    fs::write(path, text)
}

#[cfg(unix)]
mod to_pipe {
    use std::fs::OpenOptions;
    use std::io::{self, ErrorKind, Write};
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::Path;
    use std::thread::sleep;
    use std::time::Duration;

    /// What makes calls fail that would wait (`O_NONBLOCK`).
    const WITHOUT_WAITING: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
        0o4000
    } else {
        4
    };
    /// How long a reader may take nothing, and how often it is looked whether it does.
    const PATIENCE: Duration = Duration::from_secs(10);
    const LOOKS: u32 = 500;

    /// Writes to a pipe that somebody reads.
    pub(super) fn write(path: &Path, mut text: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).custom_flags(WITHOUT_WAITING);
        let nobody = || io::Error::other("it is a pipe that nobody reads");
        let mut pipe = options.open(path).map_err(|_| nobody())?;
        let mut looks = 0;
        while !text.is_empty() && looks < LOOKS {
            match pipe.write(text) {
                Ok(taken) => {
                    text = text.get(taken..).unwrap_or_default();
                    looks = 0;
                }
                Err(why) if why.kind() == ErrorKind::WouldBlock => {
                    sleep(PATIENCE / LOOKS);
                    looks += 1;
                }
                Err(why) if why.kind() == ErrorKind::Interrupted => {}
                // Whoever closes a pipe has read enough.
                Err(why) if why.kind() == ErrorKind::BrokenPipe => return Ok(()),
                Err(why) => return Err(why),
            }
        }
        if text.is_empty() {
            return Ok(());
        }
        Err(nobody())
    }
}
