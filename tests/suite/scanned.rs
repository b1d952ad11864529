//! A scanner of objects: `kube-score`, which `tests/tools kube-score` installs, finds in the examples what
//! the table in SECURITY.md lists with a reason, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;
use todoc::backend::BACKENDS;

use crate::support::{builds, examples, has_tool, read, report};

/// The scanner.
const PROGRAM: &str = "kube-score";

/// The grade of what is all right.
const FINE: u64 = 10;

/// The checks that SECURITY.md lists.
fn listed() -> BTreeSet<String> {
    let text = read("SECURITY.md");
    let (_, section) = text.split_once("## What scanners say").expect("a section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let names = rows.filter_map(|row| row.split('`').next());
    names.map(str::to_owned).collect()
}

/// The checks that fail for objects, each with an object and what is said of it.
fn failed(objects: &str) -> Vec<(String, String)> {
    let mut child = Command::new(PROGRAM)
        .args(["score", "--output-format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it was here just now");
    let mut input = child.stdin.take().expect("its input is piped");
    input.write_all(objects.as_bytes()).expect("it reads");
    drop(input);
    let ran = child.wait_with_output().expect("it ends");
    let all: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let all = all.as_array().expect("a list of objects");
    assert!(!all.is_empty());
    let mut failed = Vec::new();
    for object in all {
        let checks = object["checks"].as_array().into_iter().flatten();
        for check in checks {
            if check["skipped"] == true || check["grade"].as_u64() >= Some(FINE) {
                continue;
            }
            let id = check["check"]["id"].as_str().expect("an id");
            let said = check["comments"][0]["summary"].as_str().unwrap_or_default();
            let name = object["object_name"].as_str().unwrap_or_default();
            failed.push((id.to_owned(), format!("{name}: {said}")));
        }
    }
    failed
}

#[test]
fn a_scanner_finds_what_the_table_lists_alone() {
    if !has_tool(PROGRAM, Command::new(PROGRAM).arg("version")) {
        return;
    }
    let listed = listed();
    let mut found = BTreeMap::new();
    for example in examples() {
        for built in builds(&example, BACKENDS) {
            let files = built.artifacts.iter();
            // Not what was copied.
            let files = files.filter(|it| {
                it.path.starts_with("kubernetes/") && !it.path.starts_with("kubernetes/15-")
            });
            let objects: Vec<_> = files.map(|it| it.text.as_str()).collect();
            let objects = objects.join("\n---\n");
            for (check, said) in failed(&objects) {
                found
                    .entry(check)
                    .or_insert_with(|| format!("{}: {said}", example.name));
            }
        }
    }
    let others = found.iter().filter(|(check, _)| !listed.contains(*check));
    let mut failures: Vec<_> = others
        .map(|(check, said)| format!("{check} isn't in the table: {said}"))
        .collect();
    let stale = listed.iter().filter(|check| !found.contains_key(*check));
    failures.extend(stale.map(|check| format!("{check} is in the table, and all is well")));
    report(&failures);
}
