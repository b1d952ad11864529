//! Clients that send what nobody expects: the server answers, and goes on.

use serde_json::{Value, json};

use super::client::{Client, URI, everything, notification};

const TEXT: &str = "app a\n\ntier web {\n  image \"nginx:1.29\"\n  port 80\n}\n";

fn is_well(client: &mut Client) {
    client.set(TEXT);
    assert!(
        client.found().iter().all(|it| !it.starts_with('E')),
        "{:?}",
        client.found()
    );
    let symbols = client.about("textDocument/documentSymbol", json!({}));
    assert_eq!(symbols.as_array().map(Vec::len), Some(2));
}

#[test]
fn what_comes_out_of_order_is_answered() {
    let mut client = Client::new(&everything());
    for (method, params, code) in [
        ("textDocument/nonsense", json!({}), -32601),
        ("textDocument/hover/", Value::Null, -32601),
        ("textDocument/documentSymbol", Value::Null, -32602),
        (
            "textDocument/documentSymbol",
            json!({ "textDocument": 7 }),
            -32602,
        ),
        ("initialize", json!({}), -32600),
    ] {
        let fault = client.ask(method, params).expect_err("it is wrong");
        assert_eq!(fault.0, code, "{method}: {fault:?}");
    }
    // Nothing is open.
    assert_eq!(
        client.about("textDocument/documentSymbol", json!({})),
        Value::Null
    );
    for told in [
        notification(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": URI, "version": 1 }, "contentChanges": [] }),
        ),
        notification(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": URI } }),
        ),
        notification("textDocument/didOpen", json!([])),
        notification("$/nonsense", Value::Null),
        notification("$/cancelRequest", json!({ "id": [] })),
        notification("workspace/didChangeConfiguration", json!({ "settings": 7 })),
    ] {
        assert!(client.step(vec![told]).is_empty());
    }
    client.open(URI, TEXT);
    is_well(&mut client);
    assert_eq!(client.ask("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(
        client
            .ask("textDocument/documentSymbol", json!({}))
            .map_err(|it| it.0),
        Err(-32600)
    );
    assert_eq!(
        client
            .server
            .step(vec![notification("exit", Value::Null)])
            .ended,
        Some(0)
    );
}

#[test]
fn a_client_that_goes_without_a_word_is_an_error() {
    let mut client = Client::with(TEXT);
    assert_eq!(
        client
            .server
            .step(vec![notification("exit", Value::Null)])
            .ended,
        Some(1)
    );
}

#[test]
fn before_it_is_started_nothing_is_answered() {
    let mut server = todoc::lsp::Server::new(Box::new(todoc::ide::Nothing));
    let early = lsp_server::Request::new(1.into(), "textDocument/hover".to_owned(), json!({}));
    let step = server.step(vec![early.into()]);
    let answer = serde_json::to_value(&step.messages[0]).expect("JSON");
    assert_eq!(answer["error"]["code"], -32002);
}

#[test]
fn thousands_of_changes_at_once_are_one() {
    let mut client = Client::with("");
    let mut changes = Vec::new();
    for _ in 0..5000 {
        let end = json!({ "line": 99_999, "character": 99_999 });
        let change = json!({ "range": { "start": end, "end": end }, "text": "# x\n" });
        changes.push(client.change(&[change]));
    }
    let version = client.version();
    let ask = client.request(
        "textDocument/foldingRange",
        json!({ "textDocument": { "uri": URI } }),
    );
    let late = client.request(
        "textDocument/foldingRange",
        json!({ "textDocument": { "uri": URI } }),
    );
    changes.insert(0, ask);
    changes.push(late);
    let answers = client.step(changes);
    // Both are answered for the last text.
    for answer in answers {
        let folds = answer.response_result.expect("it is answered");
        assert_eq!(folds[0]["endLine"], 4999);
    }
    assert_eq!(client.diagnostics[URI].0, Some(i64::from(version)));
    is_well(&mut client);
}

#[test]
fn places_outside_of_the_text_are_the_nearest_in_it() {
    let mut client = Client::with(TEXT);
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    let start = json!({ "line": 0, "character": 0 });
    for (from, to) in [(&start, &far), (&far, &start), (&far, &far)] {
        let change =
            client.change(&[json!({ "range": { "start": from, "end": to }, "text": "x" })]);
        client.step(vec![change]);
    }
    let ranges = client.about(
        "textDocument/selectionRange",
        json!({ "positions": [far, start] }),
    );
    assert_eq!(ranges.as_array().map(Vec::len), Some(2));
    is_well(&mut client);
}

/// What lies beside a text is read when it is opened or saved, and when it is told of; not at each key.
#[test]
fn files_that_vanish_are_missed_once_that_is_told() {
    let text = "app a\n\ntier web {\n  image \"nginx:1.29\"\n  port 80\n  file \"./a.conf\" at \"/etc/a.conf\"\n}\n";
    let path = std::path::PathBuf::from("/shop/./a.conf");
    let mut client = Client::new(&everything());
    let put = |client: &Client, there: bool| {
        let mut all = client.files.0.lock().expect("nobody panicked with it");
        all.clear();
        all.extend(there.then(|| (path.clone(), "x".to_owned())));
    };
    let is_missed = |client: &Client| client.found().iter().any(|it| it.starts_with("E0313"));
    put(&client, true);
    client.open(URI, text);
    assert!(!is_missed(&client), "{:?}", client.found());
    put(&client, false);
    client.set(&format!("{text}# x\n"));
    assert!(!is_missed(&client));
    let changed = json!({ "changes": [{ "uri": "file:///shop/a.conf", "type": 3 }] });
    client.tell("workspace/didChangeWatchedFiles", changed);
    assert!(is_missed(&client), "{:?}", client.found());
    put(&client, true);
    client.tell(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": URI } }),
    );
    assert!(!is_missed(&client), "{:?}", client.found());
    // Another file is read at once.
    client.set(&text.replace("a.conf\" at", "b.conf\" at"));
    assert!(is_missed(&client), "{:?}", client.found());
}

/// Messages in any order, of any kind: each request has one answer, and the server goes on.
#[test]
fn messages_in_any_order_are_answered() {
    let mut rng = fastrand::Rng::with_seed(11);
    let mut client = Client::with(TEXT);
    for _ in 0..300 {
        let mut messages = Vec::new();
        let mut asked = 0;
        for _ in 0..rng.usize(1..6) {
            let number = || json!(["", 0, -1, 4_294_967_295_u64, null, {}]);
            let odd = number()[rng.usize(..6)].clone();
            let place = json!({ "line": rng.u32(..9), "character": odd });
            let document = json!({ "uri": URI, "version": rng.i32(..) });
            messages.push(match rng.u8(..5) {
                0 => client.change(&[json!({ "text": &TEXT[..rng.usize(..TEXT.len())] })]),
                1 => client
                    .change(&[json!({ "range": { "start": place, "end": place }, "text": "{" })]),
                2 => notification("textDocument/didClose", json!({ "textDocument": document })),
                3 => {
                    let item =
                        json!({ "uri": URI, "languageId": "todoc", "version": 1, "text": TEXT });
                    notification("textDocument/didOpen", json!({ "textDocument": item }))
                }
                _ => {
                    asked += 1;
                    let method = METHODS[rng.usize(..METHODS.len())];
                    client.request(
                        method,
                        json!({ "textDocument": document, "position": place }),
                    )
                }
            });
        }
        assert_eq!(client.step(messages).len(), asked);
    }
    client.open(URI, TEXT);
    is_well(&mut client);
}

#[test]
fn cancelled_requests_are_told_so() {
    let mut client = Client::with(TEXT);
    let ask = client.request(
        "textDocument/foldingRange",
        json!({ "textDocument": { "uri": URI } }),
    );
    let id = serde_json::to_value(&ask).expect("JSON")["id"].clone();
    let cancel = notification("$/cancelRequest", json!({ "id": id }));
    let answers = client.step(vec![ask, cancel]);
    let fault = answers[0]
        .response_result
        .as_ref()
        .expect_err("it was cancelled");
    assert_eq!(fault.code, -32800);
}

#[test]
fn closed_texts_are_forgotten() {
    let mut client = Client::with("nonsense\n");
    assert!(!client.found().is_empty());
    client.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": URI } }),
    );
    assert!(client.found().is_empty());
    for uri in [
        "untitled:Untitled-1",
        "file:///a%20b/%23/%E6%BC%A2.todo",
        "file:///%ff",
        "",
    ] {
        client.open(uri, "nonsense\n");
        assert!(!client.diagnostics[uri].1.is_empty(), "{uri}");
    }
}

#[test]
fn half_typed_programs_break_nothing() {
    let texts = [
        "{",
        "}",
        "tier",
        "tier web {",
        "tier web { env { A = ",
        "\u{feff}app a\r\n",
        "\0",
        "app \"\u{202e}",
        "patch",
        "tier a { patch Deployment {\n x: [",
        "\r",
        "a.b.c.",
        "[[[[",
        "\"\\",
    ];
    for text in texts {
        let mut client = Client::with(text);
        for line in [0, 1, 9] {
            let end = json!({ "line": line, "character": 99 });
            let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
            for method in METHODS {
                let context = json!({ "includeDeclaration": true, "diagnostics": [], "triggerKind": 1, "isRetrigger": false });
                let params = json!({
                    "textDocument": { "uri": URI },
                    "positions": [end],
                    "position": end,
                    "ch": "\n",
                    "range": range,
                    "newName": "x",
                    "previousResultId": "1",
                    "query": "",
                    "context": context,
                    "options": { "tabSize": 2, "insertSpaces": true },
                });
                // A rename may be refused; nothing else is.
                if let Err((code, message)) = client.ask(method, params) {
                    assert_eq!(code, -32803, "{method} of {text:?}: {message}");
                }
            }
        }
        is_well(&mut client);
    }
}

const METHODS: &[&str] = &[
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/documentHighlight",
    "textDocument/documentLink",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/formatting",
    "textDocument/hover",
    "textDocument/inlayHint",
    "textDocument/onTypeFormatting",
    "textDocument/prepareCallHierarchy",
    "textDocument/prepareRename",
    "textDocument/rangeFormatting",
    "textDocument/references",
    "textDocument/rename",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "textDocument/signatureHelp",
    "workspace/symbol",
];
