//! Programs that are started: `kubectl`, and the one that `pipe` names. What they are given goes
//! through one pipe, and what they print is masked before anybody sees it.

use super::mask::{Filter, Mask};
use super::secret::Secret;
use crate::cli::Failure;
use crate::cli::output::reason;
use crate::cli::start::{GRACE, wait_within};
use crate::diag::on_one_line;
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A program to be started.
pub(super) struct Program<'a> {
    /// Its name, and what it is given; no value.
    pub(super) words: &'a [OsString],
    /// Variables of the environment that it doesn't get, as they hold values.
    pub(super) without: &'a [String],
}

/// What came of a program.
pub(super) struct Ended {
    /// How it ended.
    pub(super) status: ExitStatus,
    /// What it printed; it may hold values.
    pub(super) stdout: Secret,
    /// What it complained of, masked.
    pub(super) stderr: String,
}

/// What came of a program whose output was passed on.
pub(super) struct PassedOn {
    /// How it ended.
    pub(super) status: ExitStatus,
    /// What became of what it printed.
    pub(super) stdout: Fate,
    /// What became of what it complained of.
    pub(super) stderr: Fate,
    /// Why not all of what it printed could be written, as where a disk is full.
    pub(super) lost: Option<io::Error>,
}

/// What became of a program's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// All of it was passed on as it came.
    Whole,
    /// There was a mask over something in it.
    Masked,
    /// None of it was, as a value is too short to be masked in it.
    Withheld,
}

/// How long `kubectl` may take: somebody may log in meanwhile, in a browser.
const PATIENCE: Duration = Duration::from_secs(600);

/// Most bytes that are read of what a program prints, where all of it is wanted at once.
const MOST: u64 = 16 << 20;

impl Program<'_> {
    /// Starts it, hands it the input, and waits for its end.
    pub(super) fn run(&self, input: &Secret, mask: &Mask) -> io::Result<Ended> {
        let mut child = self.start()?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let input = Secret::new(input.bytes().to_vec());
        thread::spawn(move || feed(stdin, &input));
        let (stdout, stderr) = (reading(stdout), reading(stderr));
        let status = wait_within(&mut child, PATIENCE)?;
        // What it started may go on, and hold its pipes.
        let read = |from: Receiver<io::Result<Secret>>| {
            let read = from.recv_timeout(GRACE);
            read.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
        };
        Ok(Ended {
            status,
            stdout: read(stdout)?,
            stderr: words(&read(stderr)?, mask),
        })
    }

    /// The same, where what it prints is passed on as it comes.
    pub(super) fn pass(&self, input: &Secret, mask: &Mask) -> io::Result<PassedOn> {
        let mut child = self.start()?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (stdout, stderr) = thread::scope(|scope| {
            scope.spawn(move || feed(stdin, input));
            let stderr = scope.spawn(move || pass_on(stderr, io::stderr(), mask));
            let stdout = pass_on(stdout, io::stdout(), mask);
            (stdout, stderr.join())
        });
        let status = child.wait()?;
        Ok(PassedOn {
            status,
            stdout: stdout.0,
            stderr: stderr.map_or(Fate::Whole, |it| it.0),
            lost: stdout.1,
        })
    }

    /// Why it can't be started, in words.
    pub(super) fn failure(&self, why: &io::Error) -> Failure {
        let name = self.words.first().map(|it| it.to_string_lossy());
        let name = on_one_line(&name.unwrap_or_default());
        if why.kind() == ErrorKind::NotFound {
            return Failure::new(format!("`{name}` isn't installed, or isn't in the PATH"));
        }
        if why.kind() == ErrorKind::TimedOut {
            return Failure::new(format!("`{name}` doesn't end"));
        }
        Failure::new(format!("can't run `{name}`: {}", reason(why)))
    }

    fn start(&self) -> io::Result<Child> {
        let mut words = self.words.iter();
        let mut command = Command::new(words.next().map_or(OsStr::new(""), |it| it));
        command.args(words);
        for variable in self.without {
            command.env_remove(variable);
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}

/// Reads what comes through a pipe, beside all else.
fn reading(from: Option<impl Read + Send + 'static>) -> Receiver<io::Result<Secret>> {
    let (sender, all) = channel();
    // Nobody waits for it any more where that took too long.
    thread::spawn(move || sender.send(read(from)));
    all
}

/// Hands a program its input. Whether it reads all of it is its own matter.
fn feed(stdin: Option<impl Write>, input: &Secret) {
    if let Some(mut stdin) = stdin {
        let _ = stdin.write_all(input.bytes());
    }
}

fn read(from: Option<impl Read>) -> io::Result<Secret> {
    let Some(mut from) = from else {
        return Ok(Secret::with_room(0));
    };
    let mut all = Secret::with_room(64 << 10);
    let mut left = MOST;
    let mut piece = [0; 16 << 10];
    loop {
        let number = from.read(&mut piece)?;
        if number == 0 {
            return Ok(all);
        }
        // What is more is read, so that the program can end, and forgotten.
        if left > 0 {
            all.push(piece.get(..number).unwrap_or_default());
            left = left.saturating_sub(number as u64);
        }
    }
}

/// What a program complained of, as text that may be shown.
fn words(stderr: &Secret, mask: &Mask) -> String {
    if mask.hides_all && !stderr.bytes().is_empty() {
        return "what it says is withheld: a value is too short to be masked in it".to_owned();
    }
    let shown = mask.over(stderr.bytes());
    String::from_utf8_lossy(&shown).trim_end().to_owned()
}

/// Passes on what comes, masked; or nothing, where nothing can be masked. Returns also why it couldn't be
/// written.
fn pass_on(from: Option<impl Read>, mut to: impl Write, mask: &Mask) -> (Fate, Option<io::Error>) {
    let Some(mut from) = from else {
        return (Fate::Whole, None);
    };
    let mut filter = Filter::new(mask);
    let mut piece = [0; 16 << 10];
    let mut lost = None;
    let mut fate = Fate::Whole;
    loop {
        let number = from.read(&mut piece).unwrap_or(0);
        if mask.hides_all {
            if number == 0 {
                return (fate, None);
            }
            fate = Fate::Withheld;
            continue;
        }
        let shown = match number {
            0 => filter.end(),
            _ => filter.pass(piece.get(..number).unwrap_or_default()),
        };
        // The program is heard to its end in any case.
        if lost.is_none() {
            lost = to.write_all(&shown).and_then(|()| to.flush()).err();
        }
        if number == 0 {
            if filter.masked {
                fate = Fate::Masked;
            }
            // Whoever closes a pipe has read enough.
            return (fate, lost.filter(|why| why.kind() != ErrorKind::BrokenPipe));
        }
    }
}
