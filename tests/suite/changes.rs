//! Changes of a text, one by one: what a build says, which objects change, which pods start anew. On a real
//! API server no printed command fails, and what is there in the end is what a fresh installation has.
//!
//! `tests/golden/changes/table.txt` is the table. The server is asked with `TODOC_CHANGES=1`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use crate::accepted::documents;
use crate::cli::{Ran, Test};
use crate::support::{expect, is_on, report};
use rows::{BEFORE, Edit, ROWS};

mod rows;
mod server;

/// How many rows are played at once.
const AT_ONCE: usize = 4;

/// A row that is being played.
struct Row {
    edits: &'static [Edit],
    /// A namespace of its own.
    namespace: String,
    test: Test,
    /// What was built before the change.
    before: Vec<Value>,
    /// What is built after it.
    after: Vec<Value>,
    /// What that build told.
    told: Ran,
}

/// The text after a change.
fn changed(edits: &[Edit]) -> String {
    edits.iter().fold(BEFORE.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    })
}

/// The objects that a build wrote.
fn objects(test: &Test) -> Vec<Value> {
    let files = test.tree("out/kubernetes").into_iter();
    files.flat_map(|(_, text)| documents(&text)).collect()
}

/// Kind and name.
fn title(object: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    format!(
        "{}/{}",
        word(&object["kind"]),
        word(&object["metadata"]["name"])
    )
}

fn build(test: &Test) -> Ran {
    let ran = test.run(&["build", "app.todo", "--no-context"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    ran
}

/// Builds the text before and after a change.
fn played(at: usize, edits: &'static [Edit]) -> Row {
    let namespace = format!("change-{at}");
    let placed = |program: &str| program.replace("NAMESPACE", &namespace);
    let test = Test::new()
        .file("app.todo", placed(BEFORE))
        .file("api.conf", "a = b\n")
        .file("web/index.html", "one");
    let first = build(&test);
    assert_eq!(first.stderr, "", "the text before is sound");
    let before = objects(&test);
    test.write("app.todo", &placed(&changed(edits)));
    let told = build(&test);
    let after = objects(&test);
    Row {
        edits,
        namespace,
        test,
        before,
        after,
        told,
    }
}

/// What each gives, several at once, in their order.
fn each<T: Send>(count: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let result = of(at);
                    done.lock().expect("nobody panicked").insert(at, result);
                }
            });
        }
    });
    let done = done.into_inner().expect("nobody panicked");
    done.into_values().collect()
}

/// A row as it stands in the table.
fn line(row: &Row) -> String {
    let by_title = |objects: &[Value]| -> BTreeMap<String, Value> {
        objects.iter().map(|it| (title(it), it.clone())).collect()
    };
    let (old, new) = (by_title(&row.before), by_title(&row.after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let (mut changes, mut restarts) = (Vec::new(), Vec::new());
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(_), None) => changes.push(format!("-{name}")),
            (None, Some(_)) => changes.push(format!("+{name}")),
            (Some(old), Some(new)) if old != new => {
                changes.push(format!("~{name}"));
                if old["spec"]["template"] != new["spec"]["template"] {
                    restarts.push(name.clone());
                }
            }
            (_, _) => {}
        }
    }
    let codes = row.told.stderr.lines().filter_map(|line| {
        let code = line.strip_prefix("warning[")?;
        Some(code.split(']').next()?.to_owned())
    });
    let list = |words: &[String]| {
        if words.is_empty() {
            "nothing".to_owned()
        } else {
            words.join(" ")
        }
    };
    let mut text = String::new();
    for (from, to) in row.edits {
        let flat = |text: &str| text.trim().replace("\n  ", "\n").replace('\n', " ⏎ ");
        let (from, to) = (flat(from), flat(to));
        let _ = match (from.as_str(), to.as_str()) {
            (_, "") => writeln!(text, "without `{from}`"),
            _ => writeln!(text, "`{from}` → `{to}`"),
        };
    }
    let codes = list(&codes.collect::<Vec<_>>());
    let _ = write!(
        text,
        "  says: {codes}\n  changes: {}\n  restarts: {}\n\n",
        list(&changes),
        list(&restarts)
    );
    text.replace(&row.namespace, "NAMESPACE")
}

#[test]
fn each_change_is_told_and_ends_where_a_fresh_installation_does() {
    assert!(ROWS.len() >= 40, "{} rows", ROWS.len());
    let rows = each(ROWS.len(), |at| played(at, ROWS[at]));
    let table: String = rows.iter().map(line).collect();
    let mut failures: Vec<_> = expect("tests/golden/changes/table.txt", &table)
        .into_iter()
        .collect();
    // Thousands of requests of kubectl, which a busy machine takes minutes for.
    if is_on("TODOC_CHANGES") {
        failures.extend(server::failures(&rows));
    }
    report(&failures);
}
