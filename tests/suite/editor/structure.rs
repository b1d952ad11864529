//! Outlines, folding, selections and layout.

use serde_json::{Value, json};

use super::client::{Client, URI, drawn, edited, everything};
use crate::support::{examples, programs, report};

const OPTIONS: &str = r#"{ "tabSize": 4, "insertSpaces": false }"#;

fn options() -> Value {
    serde_json::from_str(OPTIONS).expect("JSON")
}

fn outline(symbols: &Value, depth: usize, out: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let text = |key: &str| symbol[key].as_str().unwrap_or_default();
        let line = format!("{} {} {}\n", symbol["kind"], text("name"), text("detail"));
        out.extend(["  ".repeat(depth), line]);
        outline(&symbol["children"], depth + 1, out);
    }
}

const PROGRAM: &str =
    "app a\n\ntier web {\n  image \"nginx:1.29\"\n  port 8000\n  env { A = \"b\" }\n}\n";

/// The numbers of all tokens.
fn numbers(answer: &Value) -> Vec<Value> {
    answer["data"].as_array().expect("a list").clone()
}

#[test]
fn changes_of_tokens_give_the_tokens() {
    let mut client = Client::with(PROGRAM);
    let answer = client.about("textDocument/semanticTokens/full", json!({}));
    let (mut known, mut id) = (numbers(&answer), answer["resultId"].clone());
    let texts = [
        PROGRAM.to_owned(),
        PROGRAM.replace("8000", "8001"),
        format!("# a comment\n{PROGRAM}"),
        PROGRAM.lines().take(3).collect(),
        String::new(),
        PROGRAM.to_owned(),
    ];
    for text in texts {
        client.set(&text);
        let method = "textDocument/semanticTokens/full/delta";
        let delta = client.about(method, json!({ "previousResultId": id }));
        for edit in delta["edits"].as_array().expect("changes") {
            let number =
                |key: &str| usize::try_from(edit[key].as_u64().expect("a number")).expect("small");
            let data = edit["data"].as_array().cloned().unwrap_or_default();
            known.splice(
                number("start")..number("start") + number("deleteCount"),
                data,
            );
        }
        // Others know nothing of it, and are told all.
        let other = client.about(method, json!({ "previousResultId": "nonsense" }));
        assert_eq!(numbers(&other), known, "{text}");
        id = other["resultId"].clone();
    }
}

#[test]
fn the_outline_names_what_counts() {
    let mut client = Client::with(
        "app a\nconfig {\n  LOG = \"info\"\n}\nsecret KEY from env\npostgres db { storage 1Gi }\ntier web {\n  build nextjs \"./web\"\n  port 3000\n  replicas 2..6\n  volume data 1Gi at \"/data\"\n}\ncron clean \"@daily\" from web { command \"x\" }\ntarget local { tier web { replicas 1 } }\n",
    );
    let symbols = client.about("textDocument/documentSymbol", json!({}));
    let mut out = String::new();
    outline(&symbols, 0, &mut out);
    assert_eq!(
        out,
        "2 a \n3 config \n  14 LOG \"info\"\n20 KEY \n23 db postgres\n5 web :3000 ×2..6 nextjs\n  7 3000 \n  7 data 1Gi at \"/data\"\n24 clean \n3 local \n  5 web ×1\n"
    );
    let mut plain = Client::new(&json!({}));
    plain.open(URI, "app a\ntier web { image \"b\", port http 80 }\n");
    let flat = plain.about("textDocument/documentSymbol", json!({}));
    assert_eq!(flat[2]["containerName"], "web");
}

#[test]
fn names_of_an_outline_are_within_their_statements() {
    let mut wrong = Vec::new();
    for fixture in programs() {
        let mut client = Client::with(&fixture.text);
        let symbols = client.about("textDocument/documentSymbol", json!({}));
        let mut rest: Vec<Value> = symbols.as_array().cloned().unwrap_or_default();
        while let Some(symbol) = rest.pop() {
            let place = |range: &str, end: &str| {
                let place = &symbol[range][end];
                (place["line"].as_u64(), place["character"].as_u64())
            };
            let (range, name) = ("range", "selectionRange");
            if place(range, "start") > place(name, "start")
                || place(name, "end") > place(range, "end")
            {
                wrong.push(format!("{}: {symbol}", fixture.path));
            }
            rest.extend(symbol["children"].as_array().cloned().unwrap_or_default());
        }
    }
    report(&wrong);
}

#[test]
fn blocks_comments_and_runs_are_folded() {
    let mut client = Client::with(
        "# a\n# b\napp a\nsecret A from env\nsecret B from env\nsecret C from env\ntier web {\n  env {\n    X = \"1\"\n  }\n  patch Deployment {\n    a: b\n  }\n}\n",
    );
    let folds = client.about("textDocument/foldingRange", json!({}));
    let lines: Vec<_> = folds
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| format!("{}-{} {}", it["startLine"], it["endLine"], it["kind"]))
        .collect();
    assert_eq!(
        lines,
        [
            "0-1 \"comment\"",
            "3-5 null",
            "6-12 null",
            "7-8 null",
            "10-11 null"
        ]
    );
}

#[test]
fn a_selection_grows() {
    let (text, place) =
        drawn("tier web {\n  env {\n    A = [b.url, c.u⟂rl \"/x\"]\n    B = \"1\"\n  }\n}\n");
    let mut client = Client::with(&text);
    let ranges = client.about(
        "textDocument/selectionRange",
        json!({ "positions": [place] }),
    );
    let mut at = &ranges[0];
    let mut all = Vec::new();
    while !at.is_null() {
        let range = &at["range"];
        let of = |end: &str| super::client::offset(&text, &range[end]);
        all.push(text[of("start")..of("end")].to_owned());
        at = &at["parent"];
    }
    assert_eq!(
        all[..4],
        [
            "url",
            "c.url",
            "[b.url, c.url \"/x\"]",
            "A = [b.url, c.url \"/x\"]"
        ]
    );
    assert_eq!(all.last(), Some(&text));
    assert!(
        all.windows(2)
            .all(|pair| pair[0].len() < pair[1].len() && pair[1].contains(&pair[0])),
        "{all:?}"
    );
}

#[test]
fn layout_is_what_fmt_gives() {
    let mut wrong = Vec::new();
    for fixture in examples() {
        let ugly = fixture.text.replace("  ", "      ").replace(" = ", "=");
        let mut client = Client::with(&ugly);
        let edits = client.about("textDocument/formatting", json!({ "options": options() }));
        let expected = todoc::format::format(&ugly).text;
        if edited(&ugly, &edits) != expected {
            wrong.push(fixture.path.clone());
        }
    }
    report(&wrong);
}

#[test]
fn layout_of_a_range_is_that_of_the_blocks_it_touches() {
    let text = "app   a\n\ntier web {\n image   \"a\"\n}\n\ntier api {\n image   \"b\"\n}\n";
    let mut client = Client::with(text);
    let at = json!({ "line": 3, "character": 1 });
    let edits = client.about(
        "textDocument/rangeFormatting",
        json!({ "range": { "start": at, "end": at }, "options": options() }),
    );
    assert_eq!(
        edited(text, &edits),
        text.replacen(" image   \"a\"", "  image \"a\"", 1)
    );
}

#[test]
fn a_new_line_is_indented() {
    for (drawn_text, expected) in [
        ("tier web {\n⟂\n}\n", "tier web {\n  \n}\n"),
        (
            "tier web {\n  env {\n    A = \"{\"\n    }⟂\n}\n",
            "tier web {\n  env {\n    A = \"{\"\n  }\n}\n",
        ),
        ("# {\n⟂", "# {\n"),
    ] {
        let (text, place) = drawn(drawn_text);
        let mut client = Client::with(&text);
        let edits = client.about(
            "textDocument/onTypeFormatting",
            json!({ "position": place, "ch": "\n", "options": options() }),
        );
        assert_eq!(edited(&text, &edits), expected);
    }
}

#[test]
fn a_client_that_knows_nothing_is_served() {
    let mut client = Client::new(&Value::Null);
    client.open(URI, "app a\n");
    assert!(client.told.is_empty(), "{:?}", client.told);
    // What is in Markdown for others is a plain text for it.
    let at = |line: u32| json!({ "position": { "line": line, "character": 0 } });
    let hover = client.about("textDocument/hover", at(0));
    assert_eq!(hover["contents"]["kind"], "plaintext", "{hover}");
    let found = client.about("textDocument/completion", at(1));
    let found = found["items"].as_array().expect("a list").iter();
    let mut texts = found.map(|it| &it["documentation"]);
    assert!(texts.any(Value::is_string), "something is explained");
    assert!(!texts.any(Value::is_object), "nothing is in Markdown");
    let mut client = Client::new(&everything());
    client
        .files
        .0
        .lock()
        .expect("it is free")
        .insert("/shop/nginx.conf".into(), "x".to_owned());
    client.open(
        URI,
        "app a\ntier web {\n  image \"a:1\"\n  file \"nginx.conf\" at \"/x\"\n}\n",
    );
    let watched = client
        .told
        .iter()
        .find(|(method, _)| method == "client/registerCapability");
    let (_, params) = watched.expect("the file is watched");
    assert_eq!(
        params["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"],
        "/shop/nginx.conf"
    );
    assert!(
        client.found().iter().all(|it| !it.starts_with('E')),
        "{:?}",
        client.found()
    );
    // It vanishes.
    client.files.0.lock().expect("it is free").clear();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert!(
        client.found().iter().any(|it| it.starts_with("E0313")),
        "{:?}",
        client.found()
    );
}
