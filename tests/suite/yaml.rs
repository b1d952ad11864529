//! Printed YAML, read back: every string is still the same string, in each place where one can
//! stand, for a reader of YAML 1.2 (serde_yaml) and one of YAML 1.1 (PyYAML).

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use fastrand::Rng;
use serde_json::json;
use serde_yaml::{Mapping, Value};
use todoc::yaml::{Kind, Node, map, print};

use crate::support::{has_tool, report};

/// How many strings are tried.
const COUNT: usize = 100_000;

/// How many strings stand in one document.
const BATCH: usize = 1000;

/// Strings that some reader takes for something else where they stand bare. Each has cost somebody
/// an evening: Go's YAML reader (in kubectl, Helm and Kustomize), PyYAML or serde_yaml.
#[rustfmt::skip]
pub(crate) const TRAPS: &[&str] = &[
    // Booleans and nulls.
    "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off",
    "OFF", "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~", "",
    // Numbers, in all notations.
    "0", "1", "-0", "+1", "0777", "0o17", "0O17", "0x1F", "0X1F", "0b1", "0B1", "-_1", "0o1_7",
    "1_0e3", "1_000", "1_000_000", "1_", "1__0", "0_7", "0x_1", "0x1_f", "0b1_0", "0x0_", "1_000.5",
    "685.230_15e+03", "0_", "0._", "0.1_", "1._5", "1e3", "1E3", "1e+3", ".5", "5.", "1.0",
    "12e4567", "20161216", "12345678901234567890", ".inf", "-.inf", "+.Inf", ".nan", ".NaN",
    // Numbers of base 60.
    "1:30", "10:00", "12:30:45", "190:20:30", "190:20:30.15", "22:22", "23:59:59", "24:00", "60:00",
    "1:1", "1:01", "5:5", "5:59", "1:2:3:4", "-1:30", "+1:30", "1:30.5", "1_0:30", "-1:1",
    // Dates and times.
    "2002-1-1", "2001-1-1 1:1:1", "2001-12-14", "2001-12-14t21:59:43.10-05:00",
    "2001-12-15 2:59:43.10", "2001-12-14T21:59:43Z", "2001-12-14 21:59:43.10 -5", "2024-02-30",
    // Marks of YAML.
    "<<", "=", "-", "--", "---", "...", "?", ":", "::", "- a", "? a", "a: b", "a:", ": a", "2:x",
    "#", "a #b", " #", "&a", "*a", "!a", "!!str", "%a", "@a", "`a", "|", ">", "|-", "'", "\"",
    "'a'", "\"a\"", "[", "]", "[]", "[a]", "{", "}", "{}", "{a: b}", ",", "a, b", "{{ a }}",
    "{{- a -}}", "%YAML 1.1", "--- a", "$(A)", "$$", "\\", "\\n", "\\u0041",
    // Blanks and breaks.
    " ", "  ", " a", "a ", "\ta", "a\t", "\t", "\n", "\r", "\r\n", "a\n", "a\n\n", "\na",
    "a\n---\nb", "a\n...\nb", "a\n  b\n c", "\ta\nb", " a\nb", "a \nb", "a\rb", "\u{85}",
    "a\u{85}b", "\u{a0}", "\u{2028}", "a\u{2029}b", "\u{feff}", "\u{feff}a", "\0", "\u{7f}",
    "\u{1b}[0m", "\u{fffe}", "\u{ffff}", "\u{202e}a", "\u{200b}", "\u{10ffff}", "\u{1f600}",
];

/// What strings are put together from.
#[rustfmt::skip]
pub(crate) const PIECES: &[&[&str]] = &[
    &["0", "1", "7", "9", "_", "+", "-", ".", ":", "e", "E", "x", "X", "o", "O", "b", "B", "f"],
    &["y", "N", "Yes", "nO", "oN", "off", "TRUE", "false", "null", "~", ".inf", ".nan", "<<", "="],
    &[
        "-", "?", ":", ",", "[", "]", "{", "}", "#",
        "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`",
    ],
    &[" ", "\t", "\n", "\r", "\u{85}", "\u{a0}", "\u{2028}", "\u{2029}", "\u{feff}", "a", "\\"],
    &["---", "...", ": ", " #", "- ", "? ", "{{", "}}", "\n  ", "\n---\n", "$(", "\\x", "a", "1"],
    &["a", "b", "Z", "0", "9", "_", ".", "/", ":", "@", "=", "+", ",", "-"],
    &["2001", "-", "12", "14", "T", "t", " ", ":", "59", ".", "Z", "+", "5"],
];

/// Reads batches, a line of JSON each, and prints each string that isn't read as it should be.
const PYTHON: &str = r#"
import json, sys, yaml
loaders = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]
for number, line in enumerate(sys.stdin.buffer):
    batch = json.loads(line)
    # The reader written in Python is slow: it gets the first batch, which has the traps, and a few.
    for loader in loaders if number % 20 == 0 else loaders[1:]:
        try:
            read = yaml.load(batch["yaml"], loader)
        except Exception as error:
            print(f"{loader.__name__}: {error}".replace("\n", " "))
            continue
        for at, text in enumerate(batch["strings"]):
            pair = read["list"][2 * at : 2 * at + 2]
            found = [read["plain"].get(text), read["quoted"].get(text), *pair]
            if found != [text] * 4:
                print(f"{loader.__name__}: {text!r} is read as {found!r}")
        if any(len(read[key]) != len(batch["strings"]) for key in ("plain", "quoted")):
            print(f"{loader.__name__}: too many keys")
"#;

/// The traps, every character of the basic plane, and random strings; all different.
fn strings(rng: &mut Rng) -> Vec<String> {
    let mut strings: Vec<String> = TRAPS.iter().map(|&trap| trap.to_owned()).collect();
    let plane: Vec<char> = ('\0'..='\u{ffff}').collect();
    strings.extend(plane.chunks(16).map(|chars| chars.iter().collect()));
    // Around the greatest length of a plain text, and of a key on one line.
    strings.extend(
        (198..=202)
            .chain(1018..=1028)
            .map(|length| "k".repeat(length)),
    );
    let mut seen: BTreeSet<String> = strings.iter().cloned().collect();
    while strings.len() < COUNT {
        let string = random(rng);
        if seen.insert(string.clone()) {
            strings.push(string);
        }
    }
    strings
}

fn random(rng: &mut Rng) -> String {
    let length = rng.usize(1..14);
    let kind = rng.usize(..PIECES.len() + 2);
    let mut string = String::new();
    for _ in 0..length {
        match kind {
            0 => string.push(rng.char(..)),
            1 => string.extend(rng.choice(PIECES).and_then(|it| rng.choice(*it)).copied()),
            kind => string.extend(rng.choice(PIECES[kind - 2]).copied()),
        }
    }
    string
}

/// A document with each string as a key, as a value and as an item of a list.
fn document(strings: &[String]) -> String {
    let plain = |string: &String| Node::new(Kind::Text(string.clone()));
    let quoted = |string: &String| Node::quoted(string);
    let fields = |value: &dyn Fn(&String) -> Node| {
        Node::mapping(strings.iter().map(|it| (it.clone(), Some(value(it)))))
    };
    let list = strings.iter().flat_map(|it| [plain(it), quoted(it)]);
    let document = map! {
        "plain": fields(&plain),
        "quoted": fields(&quoted),
        "list": Node::sequence(list),
    };
    print("", &[document])
}

/// The strings that serde_yaml reads as something else.
fn misread(strings: &[String], text: &str) -> Vec<String> {
    let read: Value = match serde_yaml::from_str(text) {
        Ok(read) => read,
        Err(error) => return vec![format!("serde_yaml: {error}")],
    };
    let mut failures = Vec::new();
    for (at, string) in strings.iter().enumerate() {
        let (plain, quoted) = (&read["plain"][string], &read["quoted"][string]);
        let (item, quoted_item) = (&read["list"][2 * at], &read["list"][2 * at + 1]);
        let found = [plain, quoted, item, quoted_item];
        if found.iter().any(|it| it.as_str() != Some(string)) {
            failures.push(format!("serde_yaml: {string:?} is read as {found:?}"));
        }
    }
    for key in ["plain", "quoted"] {
        if read[key].as_mapping().map(Mapping::len) != Some(strings.len()) {
            failures.push("serde_yaml: too many keys".to_owned());
        }
    }
    failures
}

#[test]
fn every_string_is_read_as_it_was_written() {
    let seed = std::env::var("TODOC_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let strings = strings(&mut Rng::with_seed(seed));
    let batches: Vec<_> = strings.chunks(BATCH).map(|it| (it, document(it))).collect();
    let mut failures = Vec::new();

    // PyYAML works while we read the same documents here.
    let lines: Vec<String> = batches
        .iter()
        .map(|(strings, text)| json!({ "strings": strings, "yaml": text }).to_string())
        .collect();
    let python = start_python(PYTHON, lines);
    for (strings, text) in &batches {
        failures.extend(misread(strings, text));
    }
    if let Some(python) = python {
        failures.extend(
            python
                .join()
                .expect("the thread ends")
                .lines()
                .map(str::to_owned),
        );
    }
    if !failures.is_empty() {
        failures.insert(0, format!("with TODOC_SEED={seed}"));
    }
    report(&failures);
}

/// Gives lines to a script that has PyYAML, if there is one; the thread's text is what it prints.
pub(crate) fn start_python(
    script: &str,
    lines: impl IntoIterator<Item = String> + Send + 'static,
) -> Option<std::thread::JoinHandle<String>> {
    let mut proof = Command::new("python3");
    if !has_tool("PyYAML", proof.args(["-c", "import yaml"])) {
        return None;
    }
    let mut child = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 ran before");
    let mut input = child.stdin.take().expect("a pipe");
    Some(std::thread::spawn(move || {
        for line in lines {
            // A reader that fails closes its end; its status says so below.
            let _ = writeln!(input, "{line}");
        }
        drop(input);
        let output = child.wait_with_output().expect("python3 ends");
        assert!(output.status.success(), "python3 failed");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }))
}

#[test]
fn no_trap_stands_bare() {
    // Go's reader isn't asked here; that it has no say is as good.
    for trap in TRAPS {
        let printed = print("", &[Node::new(Kind::Text((*trap).to_owned()))]);
        assert!(
            printed.starts_with("---\n\"") && printed.ends_with("\"\n"),
            "{printed}"
        );
    }
}
