//! Definition, references, renames and the topology.

use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::ide::rename::{applied, rename};
use todoc::ide::{Analysis, Nothing};
use todoc::{Options, compile_all};

use super::client::{Client, URI, drawn, edited};
use crate::support::{examples, named, report};

const TEXT: &str = "app a\nconfig {\n  LOG = \"x\"\n}\nsecret KEY from env\npostgres db { storage 1Gi }\ntier web {\n  image \"a:1\"\n  port 80\n  needs api db\n  env {\n    LOG\n    KEY\n    API = api.url \"/v1\"\n  }\n}\ntier api {\n  image \"b:1\"\n  port 90\n  secret OWN from env\n  env {\n    OWN\n    U = db.url\n  }\n}\ntier worker from api { command \"w\" }\ntarget local {\n  config { LOG = \"y\" }\n  tier api { replicas 2 }\n}\n";

#[test]
fn names_lead_to_their_declarations() {
    let mut client = Client::with(TEXT);
    for (use_of, line) in [
        ("LOG\n    KEY", 2),
        ("KEY\n    API", 4),
        ("api.url", 16),
        ("api db", 16),
        ("db\n  env", 5),
        ("OWN\n    U", 19),
        ("LOG = \"y\"", 2),
        ("api {\n  image", 16),
    ] {
        let at = TEXT.find(use_of).expect("it is there");
        let place = super::client::place(TEXT, at);
        let found = client.about("textDocument/definition", json!({ "position": place }));
        assert_eq!(found[0]["range"]["start"]["line"], line, "{use_of}");
    }
    let (_, place) = drawn("⟂app");
    assert_eq!(
        client.about("textDocument/definition", json!({ "position": place })),
        Value::Null
    );
}

#[test]
fn references_are_all_of_them() {
    let mut client = Client::with(TEXT);
    let place = super::client::place(TEXT, TEXT.find("api.url").expect("it is there"));
    let all = |client: &mut Client, with: bool| {
        let found = client.about(
            "textDocument/references",
            json!({ "position": place, "context": { "includeDeclaration": with } }),
        );
        found.as_array().map(Vec::len)
    };
    assert_eq!(
        (all(&mut client, true), all(&mut client, false)),
        (Some(5), Some(4))
    );
    let marked = client.about(
        "textDocument/documentHighlight",
        json!({ "position": place }),
    );
    let writes = marked
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| it["kind"] == 3)
        .count();
    assert_eq!(writes, 1);
}

#[test]
fn a_rename_is_asked_about_what_follows() {
    let mut client = Client::with(TEXT);
    let place = super::client::place(TEXT, TEXT.find("api.url").expect("it is there"));
    let ready = client.about("textDocument/prepareRename", json!({ "position": place }));
    assert_eq!(ready["placeholder"], "api");
    let edit = client.about(
        "textDocument/rename",
        json!({ "position": place, "newName": "core" }),
    );
    assert_eq!(edit["changeAnnotations"]["keep"]["needsConfirmation"], true);
    let edits = edit["documentChanges"][0]["edits"].clone();
    assert_eq!(
        edit["documentChanges"][0]["textDocument"]["version"],
        client.version()
    );
    let renamed = edited(TEXT, &edits);
    assert!(
        renamed.contains("tier core {\n  name \"api\"\n"),
        "{renamed}"
    );
    assert!(
        renamed.contains("needs core db")
            && renamed.contains("from core")
            && renamed.contains("tier core { replicas")
    );
    // A client that can't ask is told.
    let mut plain = Client::new(&json!({ "general": { "positionEncodings": ["utf-8"] } }));
    plain.open(URI, TEXT);
    let edit = plain.about(
        "textDocument/rename",
        json!({ "position": place, "newName": "core" }),
    );
    assert_eq!(edit["changes"][URI].as_array().map(Vec::len), Some(5));
    let (method, told) = plain.told.last().expect("it is told");
    assert_eq!(method, "window/showMessage");
    assert!(
        told["message"]
            .as_str()
            .is_some_and(|it| it.contains("`a-api`")),
        "{told}"
    );
}

#[test]
fn names_that_cannot_be_are_refused() {
    let mut client = Client::with(TEXT);
    for (of, new, why) in [
        ("api.url", "web", "`web` is declared already, at line 7"),
        ("api.url", "Web_1", "Web_1"),
        ("api.url", "", "isn't a name"),
        ("api.url", "a b", "isn't a name"),
        ("api.url", "config", "config"),
        ("KEY\n", "LOG", "declared already, at line 3"),
        ("image", "x", "there is no name"),
    ] {
        let place = super::client::place(TEXT, TEXT.find(of).expect("it is there"));
        let params = json!({ "textDocument": { "uri": URI }, "position": place, "newName": new });
        let (code, message) = client.ask("textDocument/rename", params).expect_err(new);
        assert_eq!(code, -32803);
        assert!(message.contains(why), "{of} to {new}: {message}");
    }
}

/// The files of a text for all targets.
fn built(text: &str) -> Vec<(String, String)> {
    let options = Options {
        emit: BACKENDS.to_vec(),
        source_name: "app.todo".to_owned(),
        files: named(text),
        ..Options::default()
    };
    let builds = compile_all(text, &options).builds;
    let all = builds.into_iter().flat_map(|build| build.artifacts);
    all.map(|it| (it.path, it.text)).collect()
}

/// A renamed thing has other names, and nothing else changes; where its names are kept, nothing does.
#[test]
fn renames_change_what_has_the_name_alone() {
    const FRESH: &str = "zebra-crossing";
    let mut wrong = Vec::new();
    let mut count = 0;
    for fixture in examples() {
        if todoc::check_all(&fixture.text, named(&fixture.text))
            .iter()
            .any(|it| it.severity() == todoc::diag::Severity::Error)
        {
            continue;
        }
        let analysis = Analysis::new(fixture.text.clone(), None, &Nothing);
        let before = built(&fixture.text);
        let declared: Vec<_> = analysis
            .names
            .all()
            .filter(|it| it.declares && it.word == "tier")
            .collect();
        for mention in declared {
            let renaming = match rename(&analysis, mention.span.range().start, FRESH) {
                Ok(renaming) => renaming,
                Err(why) => {
                    wrong.push(format!("{}: {}: {why}", fixture.path, mention.name));
                    continue;
                }
            };
            count += 1;
            let renamed = applied(&fixture.text, &renaming.edits);
            let after = built(&renamed);
            if after.is_empty() || after.len() != before.len() {
                wrong.push(format!("{}: {}: other files", fixture.path, mention.name));
            }
            let again = Analysis::new(renamed.clone(), None, &Nothing);
            let place = again
                .names
                .all()
                .find(|it| it.name == FRESH)
                .expect("it is there");
            let back =
                rename(&again, place.span.range().start, &mention.name).expect("it was called so");
            if applied(&renamed, &back.edits) != fixture.text {
                wrong.push(format!(
                    "{}: {} isn't the same when it is renamed back",
                    fixture.path, mention.name
                ));
            }
        }
    }
    assert!(count > 10, "{count} were renamed");
    report(&wrong);
}

#[test]
fn the_topology_is_a_hierarchy_of_calls() {
    let mut client = Client::with(TEXT);
    let place = super::client::place(TEXT, TEXT.find("api.url").expect("it is there"));
    let items = client.about(
        "textDocument/prepareCallHierarchy",
        json!({ "position": place }),
    );
    let item = items[0].clone();
    let names = |calls: &Value, key: &str| -> Vec<String> {
        let calls = calls.as_array().expect("a list").iter();
        calls
            .map(|it| it[key]["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    let incoming = client
        .ask("callHierarchy/incomingCalls", json!({ "item": item }))
        .expect("it answers");
    assert_eq!(names(&incoming, "from"), ["web", "worker"]);
    let outgoing = client
        .ask("callHierarchy/outgoingCalls", json!({ "item": item }))
        .expect("it answers");
    assert_eq!(names(&outgoing, "to"), ["db"]);
}

#[test]
fn symbols_of_all_texts_are_found() {
    let mut client = Client::with(TEXT);
    client.files.0.lock().expect("it is free").insert(
        "/shop/b c/other.todo".into(),
        "app b\ntier web-two { image \"x:1\" }\n".to_owned(),
    );
    client
        .files
        .0
        .lock()
        .expect("it is free")
        .insert("/shop/app.todo".into(), "tier stale { }\n".to_owned());
    let found = client
        .ask("workspace/symbol", json!({ "query": "WB" }))
        .expect("it answers");
    let names: Vec<_> = found
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| (it["name"].clone(), it["location"]["uri"].clone()))
        .collect();
    assert_eq!(
        names,
        [
            (json!("web"), json!(URI)),
            (json!("web-two"), json!("file:///shop/b%20c/other.todo"))
        ]
    );
}
