//! What the tests share: fixtures, expected texts and tools that may be missing.
//!
//! A check gives back its failures as texts, so that a test can show all of them at once.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use similar::TextDiff;
use todoc::backend::{Artifact, BACKENDS, Backend, Deployed};
use todoc::diag::Diagnostic;
use todoc::source::{Contexts, Files, Look, Seen};
use todoc::{Compiled, CompiledAll, Options, compile, compile_all, contexts_wanted, files_wanted};

/// A path below the repository.
pub(crate) fn path(below: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// Whether a variable of the environment is set to something that means yes.
pub(crate) fn is_on(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| !["", "0", "false"].contains(&value.as_str()))
}

/// A `.todo` file of the repository.
pub(crate) struct Fixture {
    /// Its path below the repository, with forward slashes.
    pub(crate) path: String,
    /// Its name without folder and `.todo`.
    pub(crate) name: String,
    /// Its whole text.
    pub(crate) text: String,
}

/// The `.todo` files of a folder, by name. Panics where there are none: a test that looks at nothing
/// can't fail.
pub(crate) fn fixtures(folder: &str) -> Vec<Fixture> {
    let mut found: Vec<Fixture> = fs::read_dir(path(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .filter_map(|entry| {
            let file = entry.expect("the folder can be listed").file_name();
            let file = file.to_str().expect("fixtures have plain names");
            let name = file.strip_suffix(".todo")?.to_owned();
            let path = format!("{folder}/{file}");
            let text = read(&path);
            Some(Fixture { path, name, text })
        })
        .collect();
    assert!(!found.is_empty(), "{folder} holds no program");
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The examples.
pub(crate) fn examples() -> Vec<Fixture> {
    fixtures("examples")
}

/// The examples, and the programs that are there to show every form of a statement.
pub(crate) fn programs() -> Vec<Fixture> {
    let mut all = examples();
    all.extend(fixtures("tests/programs"));
    all
}

/// The files that a text names, all of them in `tests/files`.
pub(crate) fn named(text: &str) -> Files {
    let wanted = files_wanted(text).into_iter();
    let wanted = wanted.filter(|path| !path.contains("..") && !path.starts_with('/'));
    wanted
        .map(|file| {
            if file == "./large.txt" {
                // No repository should hold it.
                return (file, Ok("more or less\n".repeat(18_000).into_bytes()));
            }
            let bytes = fs::read(path("tests/files").join(&file));
            let bytes = bytes.map_err(|_| "there is no such file or folder".to_owned());
            (file, bytes)
        })
        .collect()
}

/// What stands in the folders that images are built from, all of them in `tests/contexts`. Most
/// programs have folders that aren't there.
fn contexts(text: &str) -> Contexts {
    let wanted = contexts_wanted(text).into_iter();
    let is_below =
        |context: &str| context.starts_with("./") && !context.contains("..") && context != "./.";
    let wanted = wanted.filter(|(context, _)| is_below(context));
    wanted
        .map(|(context, looks)| {
            let root = path("tests/contexts").join(&context);
            let seen = looks.iter().map(|(below, look)| {
                let seen = seen(&root.join(below), *look);
                (below.clone(), seen)
            });
            let seen = root.is_dir().then(|| seen.collect());
            (context, seen.ok_or("there is no such folder".to_owned()))
        })
        .collect()
}

fn seen(path: &Path, look: Look) -> Seen {
    if path.is_file() {
        return Seen::File(
            (look == Look::Content)
                .then(|| fs::read_to_string(path).ok())
                .flatten(),
        );
    }
    let Ok(entries) = fs::read_dir(path) else {
        return Seen::Nothing;
    };
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
    Seen::Folder(names.collect::<Result<_, _>>().ok())
}

/// Everything that is wrong with a text, for all of its targets, with the files and folders that it
/// names.
pub(crate) fn faults(text: &str) -> Vec<Diagnostic> {
    told(text, Vec::new()).diagnostics
}

/// Everything that is wrong with a text, and the notes or losses of one code, by its number.
pub(crate) fn faults_and_notes(text: &str, number: &str) -> Vec<Diagnostic> {
    let all = told(text, losing(number));
    let notes = all.notes.into_iter();
    let notes = notes.filter(|note| note.code.number() == number);
    all.diagnostics.into_iter().chain(notes).collect()
}

/// The backends that may have a loss of that code.
fn losing(number: &str) -> Vec<&'static Backend> {
    let losing = BACKENDS.iter().copied();
    losing
        .filter(|it| it.losses.is_some_and(|start| number.starts_with(start)))
        .collect()
}

fn told(text: &str, check: Vec<&'static Backend>) -> CompiledAll {
    let options = Options {
        check,
        files: named(text),
        contexts: contexts(text),
        deployed: BTreeMap::from([(None, deployed(text))]),
        ..Options::default()
    };
    compile_all(text, &options)
}

/// What an earlier build said, by the lines `# was ["KIND", "NAME", "WHAT", "VALUE"]` of a text.
fn deployed(text: &str) -> Deployed {
    let mut deployed = Deployed::default();
    for fact in text.lines().filter_map(|line| line.strip_prefix("# was ")) {
        let fact: Vec<String> = serde_json::from_str(fact).expect("a list of texts");
        assert!(deployed.said.read(&fact), "{fact:?}");
    }
    deployed
}

/// The text of a file below the repository.
pub(crate) fn read(below: &str) -> String {
    fs::read_to_string(path(below)).unwrap_or_else(|error| panic!("{below}: {error}"))
}

/// Paths of the files in a folder and below it, by name; `below` goes before each.
pub(crate) fn files(folder: &Path, below: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let entry = entry.expect("the folder can be listed");
        let path = format!("{below}/{}", entry.file_name().display());
        if entry.path().is_dir() {
            found.extend(files(&entry.path(), &path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Folders with the fixtures of all tests.
const FIXTURES: &[&str] = &[
    "examples",
    "tests/adoption",
    "tests/errors",
    "tests/mistakes",
    "tests/programs",
];

/// The fixtures whose paths hold what `TODOC_TEST` says: all where it says nothing, and none where
/// only other tests have such a one.
fn chosen<'a>(all: &'a [Fixture], wanted: &str) -> Result<Vec<&'a Fixture>, String> {
    assert!(!all.is_empty(), "a test of no fixture");
    let fits = |it: &&Fixture| it.path.contains(wanted);
    let chosen: Vec<_> = all.iter().filter(fits).collect();
    let fits_another = || {
        FIXTURES
            .iter()
            .flat_map(|it| fixtures(it))
            .any(|it| fits(&&it))
    };
    if chosen.is_empty() && !fits_another() {
        return Err(format!("TODOC_TEST={wanted} fits no fixture"));
    }
    Ok(chosen)
}

/// Runs a check on each fixture, but for those that `TODOC_TEST` leaves out, and fails with all
/// that the checks gave back.
pub(crate) fn check_each(fixtures: &[Fixture], check: impl Fn(&Fixture) -> Vec<String>) {
    let wanted = std::env::var("TODOC_TEST").unwrap_or_default();
    let chosen = chosen(fixtures, &wanted).unwrap_or_else(|problem| panic!("{problem}"));
    let mut failures = Vec::new();
    for fixture in chosen {
        let found = catch_unwind(AssertUnwindSafe(|| check(fixture)))
            .unwrap_or_else(|_| vec!["the check panicked".to_owned()]);
        failures.extend(found.iter().map(|text| format!("{}: {text}", fixture.path)));
    }
    report(&failures);
}

/// Fails with all failures, if there are any.
#[track_caller]
pub(crate) fn report(failures: &[String]) {
    let count = failures.len();
    assert!(count == 0, "{count} failed:\n{}", failures.join("\n"));
}

/// The failure if a file below `tests/golden` doesn't hold `actual`; see [`expect`].
#[must_use]
pub(crate) fn golden(below: &str, actual: &str) -> Option<String> {
    expect(&format!("tests/golden/{below}"), actual)
}

/// The failure, as a diff, if a file below the repository doesn't hold `actual`.
///
/// With `UPDATE_EXPECT=1` the file is written instead: by a person who then reads the change, so
/// not under `CI`.
#[must_use]
pub(crate) fn expect(below: &str, actual: &str) -> Option<String> {
    let file = path(below);
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if expected == actual && file.exists() {
        return None;
    }
    if !is_on("UPDATE_EXPECT") {
        return Some(format!(
            "not as expected (UPDATE_EXPECT=1 accepts it)\n{}",
            diff(below, &expected, actual)
        ));
    }
    assert!(!is_on("CI"), "UPDATE_EXPECT has no place under CI");
    let folder = file.parent().expect("a file is in a folder");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, actual))
        .err()
        .map(|error| format!("can't write {below}: {error}"))
}

fn diff(name: &str, expected: &str, actual: &str) -> String {
    TextDiff::from_lines(expected, actual)
        .unified_diff()
        .header(name, "actual")
        .to_string()
}

/// Files as one text that a person can review: each below a line `//// path`.
pub(crate) fn overview(artifacts: &[Artifact]) -> String {
    let mut text = String::new();
    for Artifact {
        path, text: body, ..
    } in artifacts
    {
        let end = if body.ends_with('\n') || body.is_empty() {
            ""
        } else {
            "\n\\ no newline at the end\n"
        };
        text.extend(["//// ", path, "\n", body, end]);
    }
    text
}

/// What a fixture compiles to: once for each of its targets, or once if it has none.
pub(crate) fn builds(fixture: &Fixture, emit: &[&'static Backend]) -> Vec<Compiled> {
    let build = |target| {
        let options = Options {
            target,
            emit: emit.to_vec(),
            source_name: format!("{}.todo", fixture.name),
            files: named(&fixture.text),
            ..Options::default()
        };
        compile(&fixture.text, &options)
    };
    let first = build(None);
    let others: Vec<_> = first.targets.iter().skip(1).cloned().map(Some).collect();
    std::iter::once(first)
        .chain(others.into_iter().map(build))
        .collect()
}

/// Whether a tool is here: the command that proves it succeeds. A test that gets `false` has
/// nothing to do; it fails instead under `CI` or `TODOC_REQUIRE_TOOLS`.
#[expect(
    clippy::print_stderr,
    reason = "whoever reads the log must see what is left out"
)]
pub(crate) fn has_tool(name: &str, proof: &mut Command) -> bool {
    let proof = proof.stdin(Stdio::null()).output();
    if proof.is_ok_and(|output| output.status.success()) {
        return true;
    }
    assert!(
        !is_on("CI") && !is_on("TODOC_REQUIRE_TOOLS"),
        "{name} is needed here and is missing"
    );
    eprintln!("skipped: {name} is missing");
    false
}

#[test]
fn an_overview_heads_each_file() {
    let file = |path: &str, text: &str| Artifact {
        path: path.to_owned(),
        text: text.to_owned(),
        marks: Vec::new(),
    };
    let text = overview(&[file("a/b.yaml", "x: 1\n"), file("c", "d"), file("e", "")]);
    report(golden("support/overview.txt", &text).as_slice());
}

#[test]
fn a_choice_that_fits_no_fixture_fails() {
    let examples = examples();
    let count = |wanted: &str| chosen(&examples, wanted).map(|chosen| chosen.len());
    assert_eq!(count(""), Ok(examples.len()));
    assert_eq!(count("examples/todo.todo"), Ok(1));
    // Another test's.
    assert_eq!(count("errors/E0301"), Ok(0));
    assert!(count("examples/none.todo").is_err());
}

#[test]
#[should_panic(expected = "tests/none")]
fn a_folder_of_fixtures_that_is_missing_fails() {
    fixtures("tests/none");
}

#[test]
#[should_panic(expected = "tests/schemas holds no program")]
fn a_folder_without_fixtures_fails() {
    fixtures("tests/schemas");
}

#[test]
fn a_difference_is_shown_as_a_diff() {
    let expected = "--- a.txt\n+++ actual\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n";
    assert_eq!(diff("a.txt", "same\nold\n", "same\nnew\n"), expected);
}
