//! Files that a build wrote: their lines lead to statements, and statements to their lines.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, URI, everything};
use crate::support::{files, read};

const OUT: &str = "/shop/out/production";

/// The example as a build writes it, below the client's folder.
fn built() -> BTreeMap<PathBuf, String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("app.todo"), read("examples/todo.todo")).expect("a file");
    let built = Command::new(env!("CARGO_BIN_EXE_todoc"))
        .args(["build", "app.todo", "--target", "production"])
        .current_dir(&folder)
        .output()
        .expect("it runs");
    assert!(built.status.success(), "{built:?}");
    let all = files(folder.path(), "").into_iter().map(|path| {
        let path = path.trim_start_matches('/').to_owned();
        let text = fs::read_to_string(folder.path().join(&path)).expect("text");
        (Path::new("/shop").join(path), text)
    });
    all.collect()
}

/// A client beside these files.
fn beside(all: &BTreeMap<PathBuf, String>) -> Client {
    let client = Client::new(&everything());
    let mut files = client.files.0.lock().expect("nobody panicked with it");
    files.clone_from(all);
    drop(files);
    client
}

/// The line of the text that a line of a file leads to.
fn source(client: &mut Client, path: &Path, line: usize) -> Option<usize> {
    let params = json!({
        "textDocument": { "uri": format!("file://{}", path.display()) },
        "position": { "line": line, "character": 3 },
    });
    let found = client.ask("textDocument/definition", params);
    let found = found.expect("it answers");
    if found.is_null() {
        return None;
    }
    assert_eq!(found["uri"], URI);
    Some(number(&found["range"]["start"]["line"]))
}

fn number(value: &Value) -> usize {
    let number = value.as_u64().and_then(|it| usize::try_from(it).ok());
    number.expect("a number")
}

/// The line that holds some words.
fn line_of(text: &str, words: &str) -> usize {
    let (before, _) = text.split_once(words).expect(words);
    before.matches('\n').count()
}

#[test]
fn lines_of_files_lead_to_their_statements() {
    let all = built();
    let mut client = beside(&all);
    client.open(URI, &read("examples/todo.todo"));
    let params = json!({ "uri": URI, "target": "production" });
    let preview = client.ask("todoc/preview", params).expect("it answers");
    let mut count = 0;
    for file in preview.as_array().expect("a list") {
        let path = Path::new(OUT).join(file["path"].as_str().expect("a path"));
        let marks = file["marks"].as_array().expect("a list").iter();
        let marks: BTreeMap<_, _> = marks
            .map(|mark| (number(&mark[0]), number(&mark[1])))
            .collect();
        // A few of each file: there are a thousand lines.
        for line in (0..all[&path].lines().count()).step_by(7) {
            let found = source(&mut client, &path, line);
            let marked = marks.get(&line).copied();
            assert_eq!(found, marked, "{}:{line}", path.display());
            count += usize::from(found.is_some());
        }
    }
    assert!(count > 50, "{count}");
}

/// The text may be closed, and newer than the files; these may have been changed.
#[test]
fn lines_are_found_where_they_are_now() {
    let mut all = built();
    let text = read("examples/todo.todo");
    let path = Path::new(OUT).join("kubernetes/30-backend.yaml");
    let port = line_of(&all[&path], "containerPort: 8000");
    let statement = line_of(&text, "port 8000");
    assert_eq!(source(&mut beside(&all), &path, port), Some(statement));
    let longer = format!("# mine\n# mine\n{}", all[&path]);
    all.insert(path.clone(), longer);
    assert_eq!(source(&mut beside(&all), &path, port + 2), Some(statement));
    let mut client = beside(&all);
    client.open(URI, &format!("# new\n{text}"));
    assert_eq!(source(&mut client, &path, port + 2), Some(statement + 1));
    // Of a text that is wrong nothing is made.
    client.set("app a\n{");
    assert_eq!(source(&mut client, &path, port + 2), None);
}

#[test]
fn files_of_others_lead_nowhere() {
    let all = built();
    let path = Path::new(OUT).join("kubernetes/30-backend.yaml");
    let lock = Path::new(OUT).join("todoc.lock");
    let with = |path: &Path, text: &str| {
        let mut all = all.clone();
        all.insert(path.to_owned(), text.to_owned());
        all
    };
    let (other, mine) = (
        Path::new("/shop/other.yaml"),
        Path::new(OUT).join("mine.yaml"),
    );
    let lock = |source: &str| {
        let row = "0  kubernetes/30-backend.yaml";
        with(&lock, &format!("# source {source}\n{row}\n"))
    };
    for (all, path) in [
        (with(other, "a: 1\n"), other),
        (with(&mine, "a: 1\n"), mine.as_path()),
        (lock(""), path.as_path()),
        (lock("[\"/etc/passwd\"]"), path.as_path()),
        (lock("[7]"), path.as_path()),
        (lock("[\"../../../../..\"]"), path.as_path()),
        (BTreeMap::new(), path.as_path()),
    ] {
        let mut client = beside(&all);
        assert_eq!(source(&mut client, path, 5), None, "{}", path.display());
    }
}

#[test]
fn statements_lead_to_what_they_became() {
    let all = built();
    let text = read("examples/todo.todo");
    let mut client = beside(&all);
    client.open(URI, &text);
    let settings = json!({ "settings": { "todoc": { "target": "production" } } });
    client.tell("workspace/didChangeConfiguration", settings);
    let mut lines = |words: &str| -> Vec<(String, String)> {
        let place = json!({ "line": line_of(&text, words), "character": 3 });
        let found = client.about("textDocument/implementation", json!({ "position": place }));
        let found = found.as_array().expect("a list").iter().map(|it| {
            let uri = it["uri"].as_str().expect("a URI");
            let path = uri.strip_prefix("file://").expect("a file");
            let end = |end: &str| number(&it["range"][end]["line"]);
            let (start, end) = (end("start"), end("end"));
            let lines = all[Path::new(path)].lines().skip(start).take(end - start);
            (path.to_owned(), lines.collect::<Vec<_>>().join("\n"))
        });
        found.collect()
    };
    let port = lines("port 8000");
    assert!(
        port.iter().any(|(path, text)| {
            path.ends_with("/30-backend.yaml") && text.contains("containerPort: 8000")
        }),
        "{port:?}"
    );
    let tier = lines("tier backend");
    assert!(
        tier.iter()
            .any(|(path, _)| path.ends_with("/backend.Dockerfile")),
        "{tier:?}"
    );
    // Nothing was built for the other target.
    let settings = json!({ "settings": { "todoc": { "target": "local" } } });
    client.tell("workspace/didChangeConfiguration", settings);
    let place = json!({ "line": line_of(&text, "port 8000"), "character": 3 });
    let found = client.about("textDocument/implementation", json!({ "position": place }));
    assert_eq!(found, json!([]));
}

/// Clients ask about files of other languages where they are told to.
#[test]
fn clients_are_told_of_such_files() {
    let mut capabilities = everything();
    capabilities["textDocument"]["definition"] = json!({ "dynamicRegistration": true });
    let registered = |client: &Client| {
        let mut told = client.told.iter();
        told.any(|(_, params)| params["registrations"][0]["method"] == "textDocument/definition")
    };
    assert!(registered(&Client::new(&capabilities)));
    assert!(!registered(&Client::new(&everything())));
}
