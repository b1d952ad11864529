//! `todoc lsp`: the language server on standard input and output.

use super::input::{self, Input};
use super::read::{self, bounds};
use super::{Status, contexts, named};
use crate::Program;
use crate::ide::Beside;
use crate::lsp::Server;
use crate::source::{Contexts, Files};
use lsp_server::Message;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How many messages may wait: a client that sends more without reading waits itself. There is room for all
/// of them from the start.
const MOST_WAITING: usize = 4096;
/// How many messages that can't be read a client may send before it isn't listened to any more.
const MOST_UNREADABLE: usize = 100;
/// How often the process that started the server is looked for.
const LOOK_FOR_PARENT: Duration = Duration::from_secs(5);
/// The deepest folder below a root that is searched for sources.
const DEEPEST: usize = 6;
/// The most sources that are read for one question about all of them.
const MOST_SOURCES: usize = 500;
/// Folders without sources of the user's.
const SKIPPED: &[&str] = &["node_modules", "target", "vendor"];

/// Serves a client until it says `exit`, closes its end, or is gone.
pub(super) fn run() -> Status {
    // What goes wrong within is told to the client; a text of the user's isn't part of it.
    std::panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(ToString::to_string);
        let place = place.unwrap_or_default();
        super::output::complain(&format!("todoc lsp: a fault of its own at {place}\n"));
    }));
    let (sender, waiting) = sync_channel(MOST_WAITING);
    // It ends with its input, or with the process.
    thread::spawn(move || {
        let mut input = BufReader::new(io::stdin().lock());
        let mut unreadable = 0;
        loop {
            let message = match next(&mut input) {
                Ok(Some(bytes)) => match message(&bytes) {
                    Some(message) => message,
                    None if unreadable < MOST_UNREADABLE => {
                        unreadable += 1;
                        continue;
                    }
                    None => {
                        let told = "todoc lsp: too many messages can't be read\n";
                        super::output::complain(told);
                        return;
                    }
                },
                Ok(None) | Err(_) => return,
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    match serve(&waiting) {
        0 => Status::Clean,
        _ => Status::Wrong,
    }
}

/// Answers messages as they come. Returns what the process ends with.
fn serve(receiver: &Receiver<Message>) -> u8 {
    let mut server = Server::new(Box::new(Disk));
    loop {
        let first = match receiver.recv_timeout(LOOK_FOR_PARENT) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => {
                if server.parent().is_some_and(is_gone) {
                    return 1;
                }
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return 1,
        };
        let waiting = std::iter::once(first).chain(receiver.try_iter());
        let step = server.step(waiting.collect());
        let mut out = io::stdout().lock();
        for message in step.messages {
            if message.write(&mut out).is_err() {
                return 1;
            }
        }
        if out.flush().is_err() {
            return 1;
        }
        if let Some(status) = step.ended {
            return status;
        }
    }
}

/// Whether a process has ended, as far as that can be seen.
fn is_gone(id: u32) -> bool {
    let processes = Path::new("/proc");
    processes.join("self").exists() && !processes.join(id.to_string()).exists()
}

/// The next message: its bytes, behind a header that says how many. `None` at the end of the input.
fn next(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        // A header is short: what never ends its line is none.
        if input.by_ref().take(4096).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            // Blank lines before a header are none of it.
            match length {
                Some(length) => return body(input, length).map(Some),
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            let value = value.trim().parse::<u64>();
            length = Some(value.map_err(io::Error::other)?);
        }
    }
}

fn body(input: &mut impl BufRead, length: u64) -> io::Result<Vec<u8>> {
    if length > bounds::MESSAGE {
        return Err(io::Error::other("a message is too long"));
    }
    let bytes = read::bounded(input.take(length), length)?;
    if (bytes.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// What bytes say. An editor whose texts are UTF-16 may send half of a pair, while a character is typed or deleted.
fn message(bytes: &[u8]) -> Option<Message> {
    let read = serde_json::from_slice(bytes);
    read.or_else(|_| serde_json::from_slice(&without_halves(bytes)))
        .ok()
}

/// JSON with the replacement character, which is as long in UTF-16, in place of each half of a pair.
fn without_halves(json: &[u8]) -> Vec<u8> {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
        let digits = std::str::from_utf8(digits).ok()?;
        u32::from_str_radix(digits, 16).ok()
    };
    let mut whole = Vec::with_capacity(json.len());
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        let length = match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.extend_from_slice(b"\\ufffd");
                at += 6;
                continue;
            }
            (Some(_), _) => 6,
            (None, _) if *byte == b'\\' => 2,
            (None, _) => 1,
        };
        let end = json.len().min(at + length);
        whole.extend_from_slice(json.get(at..end).unwrap_or_default());
        at = end;
    }
    whole
}

/// What lies on the disk, read as `build` reads it.
#[derive(Debug)]
struct Disk;

impl Beside for Disk {
    fn files(&self, folder: &Path, program: &Program<'_>) -> Files {
        named::read(folder, program)
    }

    fn contexts(&self, folder: &Path, program: &Program<'_>) -> Contexts {
        contexts::look(folder, program)
    }

    fn list(&self, folder: &Path, below: &str) -> Vec<(String, bool)> {
        if !contexts::stays(below) {
            return Vec::new();
        }
        let Ok(folder) = contexts::below(folder, below) else {
            return Vec::new();
        };
        let Ok(entries) = read::entries(&folder, read::MOST_NAMES) else {
            return Vec::new();
        };
        let entries = entries.filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some((name, entry.path().is_dir()))
        });
        let mut all: Vec<_> = entries.collect();
        all.sort();
        all
    }

    fn text(&self, folder: &Path, below: &str) -> Option<String> {
        if !contexts::stays(below) {
            return None;
        }
        let file = contexts::below(folder, below).ok()?;
        let bytes = read::regular(&file, bounds::OF_CONTEXT).ok()?;
        String::from_utf8(bytes).ok()
    }

    fn sources(&self, root: &Path) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        search(root, DEEPEST, &mut found);
        let read = found.into_iter().filter_map(|path| {
            let input: Input = input::source(&path).ok()?;
            let text = input.text();
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            Some((path, text.to_owned()))
        });
        read.collect()
    }
}

/// Searches a folder and those below it for `.todo` files; links aren't followed.
fn search(folder: &Path, deepest: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = read::entries(folder, read::MOST_NAMES) else {
        return;
    };
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if found.len() >= MOST_SOURCES {
            return;
        }
        if kind.is_file() && name.ends_with(".todo") {
            found.push(entry.path());
        } else if kind.is_dir()
            && deepest > 0
            && !name.starts_with('.')
            && !SKIPPED.contains(&name.as_ref())
        {
            search(&entry.path(), deepest - 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_halves;

    #[test]
    fn half_a_pair_is_replaced() {
        for (json, whole) in [
            (r#""a\ud83d\ude00b""#, r#""a\ud83d\ude00b""#),
            (r#""a\ud83db\uDE00""#, r#""a\ufffdb\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\\ud83d \u00e9 \n""#, r#""\\ud83d \u00e9 \n""#),
            (r#""\ud83"#, r#""\ud83"#),
            ("\\", "\\"),
        ] {
            let found = String::from_utf8(without_halves(json.as_bytes()));
            assert_eq!(found.as_deref(), Ok(whole));
        }
    }
}
