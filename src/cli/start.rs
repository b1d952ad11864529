//! Programs that are started for what they print, and ended if they take too long.

use super::read::bounded;
use crate::diag::{on_one_line, without_credentials};
use std::io::{self, ErrorKind, Read};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Most bytes that are read of an answer, which may name every file of a repository.
const MOST: u64 = 256 << 20;

/// How long a program's output may go on behind its end.
pub(super) const GRACE: Duration = Duration::from_secs(5);

/// What a program prints that ends in time; one that doesn't is ended.
pub(super) fn output_within(mut command: Command, patience: Duration) -> io::Result<Output> {
    command.stdin(Stdio::null());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (sender, printed) = mpsc::channel();
    thread::spawn(move || {
        // Both at once, since a pipe holds only so much.
        let stderr = thread::spawn(|| printed_to(stderr));
        let stdout = printed_to(stdout);
        let stderr = stderr.join().unwrap_or_else(|_| Ok(Vec::new()));
        // Nobody waits for it any more where that took too long.
        let _ = sender.send((stdout, stderr));
    });
    let status = wait_within(&mut child, patience)?;
    // A program that it started may go on, and hold its pipes.
    let (stdout, stderr) = printed.recv_timeout(GRACE).map_err(|_| {
        io::Error::other("it has ended, but a program that it started holds its output open")
    })?;
    Ok(Output {
        status,
        stdout: stdout?,
        stderr: stderr?,
    })
}

/// A line in which a program says what is wrong, as it may be shown: the program may repeat a URL with a password.
pub(super) fn complaint(line: &str) -> String {
    on_one_line(&without_credentials(line))
}

/// How often it is looked whether a program has ended, at first and at most.
const FIRST_LOOK: Duration = Duration::from_millis(1);
const LOOK: Duration = Duration::from_millis(50);

/// How a program ended; one that doesn't in time is ended.
pub(super) fn wait_within(child: &mut Child, patience: Duration) -> io::Result<ExitStatus> {
    let (mut waited, mut look) = (Duration::ZERO, FIRST_LOOK);
    while waited < patience {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        thread::sleep(look);
        waited += look;
        look = LOOK.min(look * 2);
    }
    child.kill()?;
    child.wait()?;
    Err(ErrorKind::TimedOut.into())
}

/// What comes through a pipe.
fn printed_to(pipe: Option<impl Read>) -> io::Result<Vec<u8>> {
    pipe.map_or_else(|| Ok(Vec::new()), |pipe| bounded(pipe, MOST))
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Command, Duration, ErrorKind, complaint, output_within};

    #[test]
    fn what_a_program_left_behind_is_not_waited_for() {
        let mut leaves = Command::new("sh");
        leaves.args(["-c", "sleep 20 & echo done"]);
        let ended = output_within(leaves, Duration::from_secs(600)).expect_err("it goes on");
        assert_eq!(ended.kind(), ErrorKind::Other, "{ended}");
    }

    #[test]
    fn no_credential_is_in_a_complaint() {
        let said = complaint("can't reach http://proxy:Ik2zwEQHfwcep@example.com:3128");
        assert_eq!(said, "can't reach http://•••@example.com:3128");
    }

    #[test]
    fn a_program_that_waits_for_ever_is_ended() {
        let mut waits = Command::new("sleep");
        waits.arg("600");
        let ended = output_within(waits, Duration::from_millis(200));
        assert_eq!(ended.expect_err("it is ended").kind(), ErrorKind::TimedOut);
        let mut closes = Command::new("sh");
        closes.args(["-c", "exec >&- 2>&-; exec sleep 600"]);
        let ended = output_within(closes, Duration::from_millis(200));
        assert_eq!(ended.expect_err("it is ended").kind(), ErrorKind::TimedOut);
        let mut prints = Command::new("sh");
        // More than a pipe holds, of both.
        prints.args(["-c", "seq 50000; seq 50000 >&2; exit 3"]);
        let printed = output_within(prints, Duration::from_secs(600)).expect("it ends");
        assert_eq!(printed.status.code(), Some(3));
        assert!(printed.stdout.ends_with(b"\n50000\n"));
        assert_eq!(printed.stdout, printed.stderr);
    }
}
