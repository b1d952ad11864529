//! What holds of any input, for the fuzzer to look for one of which it doesn't.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde::Deserialize;
use serde_yaml::Value;
use todoc::backend::{Artifact, BACKENDS};
use todoc::catalog::RECIPES;
use todoc::diag::report::{FORMATS, Report, ReportedFile};
use todoc::diag::{Diagnostic, has_errors};
use todoc::format::format;
use todoc::source::{Contexts, Files, Look, Seen, SourceMap};
use todoc::{Compiled, Options, compile, compile_all, contexts_wanted, files_wanted, fix};

/// Of so many texts, by their lengths, the fixes of one are made: each makes it compile again.
const ONE_FIXED_OF: usize = 8;

/// Compiles a text for all of its targets, tells what is wrong in every format, gives it its layout, and
/// makes the fixes.
///
/// # Panics
///
/// Where something doesn't hold that holds of every text.
pub fn answer(text: &str) {
    answer_to(text);
    let formatted = format(text);
    assert_eq!(
        format(&formatted.text),
        formatted,
        "the layout is reached at once"
    );
    if text.len().is_multiple_of(ONE_FIXED_OF) {
        let fixed = fix(text, named);
        let again = fix(&fixed.text, named);
        assert_eq!(
            (again.made, &again.text),
            (0, &fixed.text),
            "a fix leaves no other"
        );
    }
}

/// Compiles a text for all of its targets, and tells what is wrong in every format.
///
/// # Panics
///
/// Where something doesn't hold that holds of every text.
pub fn answer_to(text: &str) {
    answer_with(text, named(text), Contexts::new());
}

/// Compiles programs that name files, with any bytes in them, with any lines in a patch, and with any
/// text in each file of a folder that an image is built from.
///
/// # Panics
///
/// Where something doesn't hold that holds of every file.
pub fn answer_beside(bytes: &[u8]) {
    const NAMING: &str = "app a\nobject \"./x\"\n\
        tier t {\n  image \"x:1\"\n  port 80\n  file \"./x\" at \"/srv/x\"\n}\n";
    let file = |bytes: &[u8]| Files::from([("./x".to_owned(), Ok(bytes.to_owned()))]);
    answer_with(NAMING, file(bytes), Contexts::new());
    if let Ok(text) = std::str::from_utf8(bytes) {
        let lines: String = text
            .split_inclusive('\n')
            .map(|line| format!("    {line}"))
            .collect();
        let patched = format!(
            "app a\ntier t {{\n  image \"x:1\"\n  port 80\n  patch Deployment {{\n{lines}\n  }}\n}}\n"
        );
        answer_with(&patched, Files::new(), Contexts::new());
        // One of the recipes, by the length of the text; one that needs its entry gets one.
        let recipe = RECIPES[text.len() % RECIPES.len()].name;
        for options in ["", " { entry \"web\" }"] {
            let build = format!("build {recipe} \"./web\"{options}");
            let built = format!("app a\ntier t {{\n  {build}\n  port 8000\n}}\n");
            answer_with(&built, Files::new(), filled(&built, text));
        }
    }
}

/// Folders in which each file that is looked for holds a text, and each folder the names in its lines.
fn filled(program: &str, text: &str) -> Contexts {
    let seen = |look: Look, number: usize| match number % 3 {
        _ if look == Look::Kind => Seen::File(None),
        0 => Seen::Folder(Some(text.lines().map(str::to_owned).collect())),
        _ => Seen::File(Some(text.to_owned())),
    };
    let contexts = contexts_wanted(program).into_iter();
    let filled = contexts.map(|(folder, looks)| {
        let looks = looks.iter().zip(text.len()..);
        let looks = looks.map(|((path, look), number)| (path.clone(), seen(*look, number)));
        (folder, Ok(looks.collect()))
    });
    filled.collect()
}

fn options(files: Files, contexts: Contexts) -> Options {
    Options {
        emit: BACKENDS.to_vec(),
        source_name: "app.todo".to_owned(),
        files,
        contexts,
        ..Options::default()
    }
}

fn answer_with(text: &str, files: Files, contexts: Contexts) {
    let options = options(files, contexts);
    let all = compile_all(text, &options);
    places_are_right(text, &all.diagnostics);
    for built in &all.builds {
        is_whole(text, built, &all.diagnostics);
    }
    let first = compile(text, &options);
    is_whole(text, &first, &first.diagnostics);
    let built = all.builds.first().expect("one for a text without targets");
    assert_eq!(
        built.artifacts, first.artifacts,
        "the same text, the same files"
    );
    let accepted = all.accepted.iter();
    let accepted = accepted.map(|it| (it.diagnostic.clone(), it.reason.clone()));
    let report = Report {
        files: vec![ReportedFile {
            sources: SourceMap::single("app.todo", text),
            uri: "app.todo".to_owned(),
            accepted: accepted.collect(),
            diagnostics: all.diagnostics,
            notes: all.notes,
        }],
        failures: Vec::new(),
    };
    for format in FORMATS {
        let shown = (format.write)(&report);
        // Lines and tabs stay (`printable`).
        let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        assert!(!shown.contains(acts), "{}: {shown:?}", format.name);
    }
}

/// The files that a text names, if they are those of the project's own tests.
fn named(text: &str) -> Files {
    static THERE: LazyLock<Files> = LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        // Cargo builds it for the fuzzer, and for the tests, which are one folder further up.
        let mut folders = ["../tests/files", "tests/files"]
            .iter()
            .map(|it| here.join(it));
        let folder = folders
            .find(|it| it.is_dir())
            .expect("the files of the tests");
        let entries = fs::read_dir(folder).expect("they can be listed");
        let read = |entry: fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, Ok(fs::read(entry.path()).expect("a file")))
        };
        entries.map(|entry| read(entry.expect("a file"))).collect()
    });
    let wanted = files_wanted(text).into_iter();
    wanted
        .map(|path| {
            let found = THERE.get(path.trim_start_matches("./")).cloned();
            (path, found.unwrap_or_else(|| Err("it isn't there".into())))
        })
        .collect()
}

/// Files are there where nothing is wrong, and only there, and are what they say. `told` is what is
/// wrong with the text, for this target or for all.
fn is_whole(text: &str, built: &Compiled, told: &[Diagnostic]) {
    places_are_right(text, &built.diagnostics);
    // An application that is right may lack what one format alone needs.
    let wrong = built.app.is_none() || has_errors(&built.diagnostics);
    assert!(!wrong || has_errors(told), "{told:?}");
    assert_eq!(built.artifacts.is_empty(), wrong);
    let mut paths = BTreeSet::new();
    let mut objects = BTreeSet::new();
    for Artifact { path, text, .. } in &built.artifacts {
        assert!(paths.insert(path), "{path} twice");
        let writes = BACKENDS.iter().filter(|backend| backend.writes(path));
        assert_eq!(writes.count(), 1, "{path} is one backend's");
        let is_other = path.starts_with("helm/") || path == "compose.yaml";
        if path.ends_with(".yaml") && !is_other {
            let copied = text.contains("# Copied by todoc from ");
            for object in documents(path, text) {
                let named = is_object(&object, copied);
                assert!(
                    path == "kustomization.yaml" || objects.insert(named),
                    "{path}: {named:?} twice",
                    named = object["metadata"]
                );
            }
        }
    }
}

fn documents(path: &str, text: &str) -> Vec<Value> {
    let documents = serde_yaml::Deserializer::from_str(text);
    let documents =
        documents.map(|it| Value::deserialize(it).map_err(|why| (path.to_owned(), why)));
    let documents: Result<Vec<_>, _> = documents.collect();
    let documents = documents.expect("YAML");
    documents.into_iter().filter(|it| !it.is_null()).collect()
}

/// Its kind and name, which Kubernetes must take if they are ours.
fn is_object(object: &Value, copied: bool) -> (String, String) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
    assert_ne!(kind, "Secret", "no Secret is written");
    if copied || kind == "Kustomization" {
        return (
            kind,
            format!("{name} {}", text(&object["metadata"]["namespace"])),
        );
    }
    // That of a host has its dots.
    let dots = matches!(kind.as_str(), "Ingress" | "HTTPRoute" | "GRPCRoute");
    let inside =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || dots && c == '.';
    let most = match kind.as_str() {
        "Ingress" | "HTTPRoute" | "GRPCRoute" => 253,
        "CronJob" | "StatefulSet" => 52,
        _ => 63,
    };
    assert!(
        !name.is_empty()
            && name.len() <= most
            && name.chars().all(inside)
            && !name.starts_with('-')
            && !name.ends_with('-'),
        "{kind} {name}"
    );
    for (key, value) in object["metadata"]["labels"]
        .as_mapping()
        .into_iter()
        .flatten()
    {
        let value = value.as_str().expect("labels are text");
        let inside = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        assert!(
            value.len() <= 63 && value.chars().all(inside),
            "{key:?}: {value}"
        );
    }
    (kind, name)
}

/// Places lie in the text, between characters.
fn places_are_right(text: &str, diagnostics: &[Diagnostic]) {
    for found in diagnostics {
        for label in std::iter::once(&found.primary).chain(&found.secondary) {
            assert!(text.get(label.span.range()).is_some(), "{found:?}");
        }
        for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(text.get(edit.span.range()).is_some(), "{found:?}");
        }
    }
}

/// How long the shorter of two texts is, in bytes.
const SHORT: usize = 4_000;
/// How many times longer the other one is.
const TIMES: usize = 8;
/// How many times longer it may take for each byte; quadratic time takes `TIMES` times as long.
const SLACK: u32 = 4;
/// How often two texts are compared before they fail: the machine may have been busy.
const TRIES: usize = 5;

/// A text in three parts, apart by `\u{1e}`, of which the second may be repeated: eight times as much
/// of it takes some eight times as long. `%` in it becomes the number of the repetition.
///
/// # Panics
///
/// If it takes much longer.
pub fn grows_evenly(text: &str) {
    let mut parts = text.splitn(3, '\u{1e}');
    let mut next = || parts.next().unwrap_or_default();
    let (before, part, after) = (next(), next(), next());
    if part.is_empty() || text.len() > 400 {
        return;
    }
    let repeated = |length: usize| {
        let mut text = before.to_owned();
        for number in 0.. {
            if text.len() >= length {
                break;
            }
            text.push_str(&part.replace('%', &number.to_string()));
        }
        text + after
    };
    let (short, long) = (repeated(SHORT), repeated(SHORT * TIMES));
    let factor = u32::try_from(TIMES).expect("a small number") * SLACK;
    let mut tries = (0..TRIES).map(|_| (time(&short), time(&long)));
    let is_slow = |(short, long): (Duration, Duration)| long > short * factor;
    assert!(
        !tries.all(is_slow),
        "{:?}, many {:?}, {:?}: {:?} and {:?}",
        before,
        part,
        after,
        time(&short),
        time(&long)
    );
}

/// How long this thread has had a processor.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("it never runs backwards")
}

fn time(text: &str) -> Duration {
    let start = now();
    let compiled = compile(text, &options(Files::new(), Contexts::new()));
    assert!(compiled.artifacts.is_empty() || compiled.app.is_some());
    now() - start
}
