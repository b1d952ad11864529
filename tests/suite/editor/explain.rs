//! Hovers, hints, tokens, lenses, links and actions.

use serde_json::{Value, json};
use todoc::ide::tokens::tokens;
use todoc::ide::{Analysis, Nothing};

use super::client::{Client, URI, drawn, edited, place};
use crate::support::{examples, programs, read, report};

fn example() -> String {
    read("examples/todo.todo")
}

fn at(text: &str, needle: &str) -> Value {
    place(
        text,
        text.find(needle).unwrap_or_else(|| panic!("no {needle}")),
    )
}

fn hover(client: &mut Client, place: &Value) -> String {
    let found = client.about("textDocument/hover", json!({ "position": place }));
    found["contents"]["value"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn hovers_say_what_it_is_and_becomes() {
    let text = example();
    let mut client = Client::with(&text);
    for (needle, parts) in [
        (
            "port 3000",
            vec![
                "port [NAME] PORT",
                "listens",
                "Becomes for `local`",
                "Service `todo-frontend`",
            ],
        ),
        (
            "backend.public_url",
            vec![
                "**backend**: tier",
                "| local | `http://localhost:30800/api` |",
                "| production | `https://api.todo.example.com/api` |",
            ],
        ),
        ("nextjs", vec!["**nextjs**", "NEXT_PUBLIC_"]),
        ("DATABASE_URL }", vec!["secret", "declared at line 11"]),
        ("LOG_LEVEL\n", vec!["LOG_LEVEL", "declared at line 8"]),
        (
            "tier frontend",
            vec!["Deployment `todo-frontend`", "Becomes"],
        ),
        ("needs backend", vec!["needs NAME"]),
    ] {
        let found = hover(&mut client, &at(&text, needle));
        for part in parts {
            assert!(
                found.contains(part),
                "`{part}` isn't in what is said of `{needle}`:\n{found}"
            );
        }
    }
    // The other target.
    client
        .ask(
            "workspace/executeCommand",
            json!({ "command": "todoc.selectTarget", "arguments": ["production"] }),
        )
        .expect("it is done");
    let found = hover(&mut client, &at(&text, "port 3000"));
    assert!(found.contains("Becomes for `production`"), "{found}");
}

#[test]
fn hints_show_what_is_derived() {
    let text = example();
    let mut client = Client::with(&text);
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
    let found = client.about("textDocument/inlayHint", json!({ "range": range }));
    let labels: Vec<_> = found
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["label"].as_str().expect("text").to_owned())
        .collect();
    for expected in [
        "→ todo-frontend:1.0.0-local",
        "→ http://localhost:30800/api",
        "→ http://todo-backend:8000",
        "→ http://localhost:30080",
    ] {
        assert!(
            labels.iter().any(|it| it == expected),
            "{expected}: {labels:?}"
        );
    }
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "todoc": { "inlayHints": { "value": false, "image": false, "url": false } } } }));
    let found = client.about("textDocument/inlayHint", json!({ "range": range }));
    assert_eq!(found, json!([]));
}

#[test]
fn hints_show_what_holds_by_default() {
    let text = example();
    let mut client = Client::with(&text);
    let hints = |client: &mut Client| {
        let settings = json!({ "todoc": { "inlayHints": { "value": false, "image": false, "url": false, "defaults": true } } });
        client.tell(
            "workspace/didChangeConfiguration",
            json!({ "settings": settings }),
        );
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
        let found = client.about("textDocument/inlayHint", json!({ "range": range }));
        let hints = found.as_array().expect("a list").iter().map(|it| {
            let line = it["position"]["line"].as_u64().expect("a line");
            let line = usize::try_from(line).expect("a line");
            (
                line,
                it["tooltip"]["value"].as_str().expect("text").to_owned(),
            )
        });
        hints.collect::<Vec<_>>()
    };
    let line = |text: &str| {
        let (before, _) = text.split_once("tier backend").expect("it is there");
        before.matches('\n').count()
    };
    let of_backend = |found: &[(usize, String)], text: &str| {
        let mut all = found.iter().filter(|(at, _)| *at == line(text));
        all.next().expect("a hint").1.clone()
    };
    let found = hints(&mut client);
    let told = of_backend(&found, &text);
    assert!(
        told.contains("**read_only_root**") && told.contains("without read_only_root"),
        "{told}"
    );
}

#[test]
fn tokens_are_apart_and_on_their_lines() {
    let mut wrong = Vec::new();
    for fixture in examples().iter().chain(&programs()) {
        for cut in [
            fixture.text.len(),
            fixture.text.len() / 2,
            fixture.text.len() / 3,
        ] {
            let cut = (0..=cut)
                .rev()
                .find(|at| fixture.text.is_char_boundary(*at))
                .unwrap_or(0);
            let text = &fixture.text[..cut];
            let analysis = Analysis::new(text.to_owned(), None, &Nothing);
            let mut end = 0;
            for token in tokens(&analysis) {
                let range = token.span.range();
                if range.start < end || text[range.clone()].contains('\n') || range.is_empty() {
                    wrong.push(format!("{}: {token:?}", fixture.path));
                }
                end = range.end;
            }
        }
    }
    report(&wrong);
}

#[test]
fn tokens_say_what_each_word_is() {
    let text = "app a\nsecret KEY from env\ntier web {\n  build go \"./\"\n  port http 80 # x\n  needs nobody\n  env {\n    A = secret.KEY\n    ..config\n  }\n}\n";
    let mut client = Client::with(text);
    let legend = client.capabilities["capabilities"]["semanticTokensProvider"]["legend"].clone();
    let found = client.about("textDocument/semanticTokens/full", json!({}));
    let data: Vec<usize> = found["data"]
        .as_array()
        .expect("numbers")
        .iter()
        .map(|it| usize::try_from(it.as_u64().expect("a number")).expect("small"))
        .collect();
    let lines: Vec<&str> = text.lines().collect();
    let (mut line, mut column) = (0, 0);
    let mut said = Vec::new();
    for five in data.chunks(5) {
        if five[0] > 0 {
            column = 0;
        }
        line += five[0];
        column += five[1];
        let word = &lines[line][column..column + five[2]];
        let kind = legend["tokenTypes"][five[3]].as_str().expect("a name");
        said.push(format!("{word} {kind} {}", five[4]));
    }
    for expected in [
        "app keyword 0",
        "a class 1",
        "KEY variable 3",
        "from enumMember 0",
        "web class 1",
        "go function 0",
        "\"./\" string 0",
        "http type 1",
        "80 number 0",
        "# x comment 0",
        "nobody class 4",
        "A variable 0",
        "secret keyword 0",
        "KEY variable 2",
        "..config macro 0",
    ] {
        assert!(
            said.iter().any(|it| it == expected),
            "{expected}: {said:#?}"
        );
    }
}

#[test]
fn lenses_are_for_clients_with_the_commands() {
    let text = example();
    let mut client = Client::with(&text);
    let found = client.about("textDocument/codeLens", json!({}));
    let titles: Vec<_> = found
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["command"]["title"].as_str().expect("text").to_owned())
        .collect();
    assert!(
        titles.iter().any(|it| it == "build production"),
        "{titles:?}"
    );
    assert!(
        titles.iter().any(|it| it.contains("objects · ")),
        "{titles:?}"
    );
    assert!(titles.iter().any(|it| it == "needed by 2"), "{titles:?}");
    let mut plain = Client::new(&json!({}));
    plain.open(URI, &text);
    assert_eq!(
        plain
            .about("textDocument/codeLens", json!({}))
            .as_array()
            .map(Vec::len),
        Some(titles.len())
    );
}

#[test]
fn links_lead_to_what_is_there() {
    let text = "app a\ntier web {\n  build node \"./front\"\n  file \"a b.conf\" at \"/x\"\n}\n";
    let mut client = Client::with("");
    for path in ["/shop/front/package.json", "/shop/a b.conf"] {
        client
            .files
            .0
            .lock()
            .expect("it is free")
            .insert(path.into(), String::new());
    }
    client.set(text);
    let found = client.about("textDocument/documentLink", json!({}));
    let targets: Vec<_> = found
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["target"].clone())
        .collect();
    assert_eq!(
        targets,
        [
            "file:///shop/./front/package.json",
            "file:///shop/a%20b.conf"
        ]
    );
}

fn actions(client: &mut Client, place: &Value, only: &Value) -> Vec<Value> {
    let context = json!({ "diagnostics": [], "only": only });
    let params = json!({ "range": { "start": place, "end": place }, "context": context });
    client
        .about("textDocument/codeAction", params)
        .as_array()
        .cloned()
        .unwrap_or_default()
}

/// The text after the change that an action of that title makes.
fn done(text: &str, all: &[Value], title: &str) -> String {
    let action = all
        .iter()
        .find(|it| it["title"].as_str().is_some_and(|it| it.contains(title)));
    let action = action.unwrap_or_else(|| panic!("no `{title}` in {all:#?}"));
    edited(text, &action["edit"]["documentChanges"][0]["edits"])
}

#[test]
fn what_is_wrong_can_be_mended() {
    let (text, place) = drawn("app a\n\ntier web {\n  image \"x:1\"\n  prot⟂ 80\n}\n");
    let mut client = Client::with(&text);
    let all = actions(&mut client, &place, &Value::Null);
    assert_eq!(all[0]["isPreferred"], true);
    assert_eq!(done(&text, &all, "port"), text.replace("prot", "port"));
    let all = actions(&mut client, &place, &json!(["source.fixAll.todoc"]));
    assert_eq!(
        done(&text, &all, "every change"),
        text.replace("prot", "port")
    );
    // A warning is accepted.
    let (text, place) = drawn("app a\n\ntier web {\n  image \"x:late⟂st\"\n  port 80\n}\n");
    client.set(&text);
    let all = actions(&mut client, &place, &json!(["quickfix"]));
    let accepted = done(&text, &all, "accept it");
    client.set(&accepted);
    assert!(
        client.found().iter().all(|it| !it.starts_with("W0501")),
        "{accepted}"
    );
}

#[test]
fn values_are_moved_and_typed_urls_become_references() {
    let (text, place) = drawn(
        "app a\n\n# The page.\ntier web {\n  image \"x:1\"\n  port 80\n  env {\n    LOG = \"in⟂fo\"\n    API = \"http://a-api:8000/v1\"\n  }\n}\n\ntier api {\n  image \"y:1\"\n  port 8000\n}\n",
    );
    let mut client = Client::with(&text);
    let all = actions(&mut client, &place, &Value::Null);
    let shared = done(&text, &all, "shared key `LOG`");
    assert!(
        shared.contains("app a\n\nconfig {\n  LOG = \"info\"\n}\n\n# The page.\ntier web"),
        "{shared}"
    );
    assert!(shared.contains("env {\n    LOG\n"), "{shared}");
    let secret = done(&text, &all, "make it a secret");
    assert!(
        secret.contains("secret LOG from env\n\n# The page.") && !secret.contains("info"),
        "{secret}"
    );
    let all = actions(&mut client, &at(&text, "http://a-api"), &Value::Null);
    let reference = done(&text, &all, "refer to it");
    assert!(reference.contains("API = api.url \"/v1\"\n"), "{reference}");
    for text in [shared, secret, reference] {
        client.set(&text);
        assert!(
            client.found().iter().all(|it| !it.starts_with('E')),
            "{text}\n{:?}",
            client.found()
        );
    }
}

#[test]
fn the_preview_is_what_a_build_writes() {
    let text = example();
    let mut client = Client::with(&text);
    let all = client
        .ask(
            "todoc/preview",
            json!({ "uri": URI, "target": "production" }),
        )
        .expect("it answers");
    let all = all.as_array().expect("a list").clone();
    let file = all
        .iter()
        .find(|it| it["path"] == "kubernetes/30-backend.yaml")
        .unwrap_or_else(|| panic!("{:?}", all.iter().map(|it| &it["path"]).collect::<Vec<_>>()));
    assert!(
        file["text"]
            .as_str()
            .is_some_and(|it| it.contains("api.todo.example.com"))
    );
    let lines = file["text"].as_str().expect("text").lines().count();
    assert_eq!(file["marks"].as_array().map(Vec::len), Some(lines));
    let line = text[..text.find("postgres neon").expect("it is there")]
        .matches('\n')
        .count();
    let some = client
        .ask(
            "workspace/executeCommand",
            json!({ "command": "todoc.preview", "arguments": [{ "uri": URI, "line": line }] }),
        )
        .expect("it answers");
    assert!(some.as_array().is_some_and(|some| some.len() < all.len()));
}

#[test]
fn signatures_show_what_comes_next() {
    let (text, place) = drawn("app a\ntier web {\n  port 80 ⟂\n}\n");
    let mut client = Client::with(&text);
    let found = client.about("textDocument/signatureHelp", json!({ "position": place }));
    assert_eq!(
        found["signatures"][0]["label"],
        "port [NAME] PORT [as SERVICE] [udp] [scheme \"SCHEME\"]"
    );
    assert!(
        found["signatures"][0]["documentation"]["value"]
            .as_str()
            .is_some_and(|it| it.contains("`as`")),
        "{found}"
    );
}

/// No answer shows what looks like a credential.
#[test]
fn no_answer_shows_a_credential() {
    let canary = ["ghp", "_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    let text = format!(
        "app a\n\nconfig {{\n  TOKEN = \"{canary}\"\n}}\n\ntier web {{\n  image \"x:1\"\n  port 80\n  env {{\n    TOKEN\n    OTHER = \"postgres://u:{canary}@h/d\"\n    THIRD = config.TOKEN\n  }}\n}}\n"
    );
    let mut client = Client::with(&text);
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
    let mut said = format!("{:?}{:?}", client.diagnostics, client.told);
    for (line, content) in text.lines().enumerate() {
        for character in [2, content.len() / 2, content.len()] {
            let position = json!({ "line": line, "character": character });
            for method in ["hover", "completion", "signatureHelp", "documentHighlight"] {
                let found = client.about(
                    &format!("textDocument/{method}"),
                    json!({ "position": position }),
                );
                said.push_str(&found.to_string());
            }
            let offered = actions(&mut client, &position, &Value::Null);
            // What a change writes is in the text already; what it is called is shown.
            said.extend(offered.iter().map(|it| it["title"].to_string()));
        }
    }
    for method in ["inlayHint", "documentSymbol", "codeLens", "documentLink"] {
        let found = client.about(&format!("textDocument/{method}"), json!({ "range": range }));
        said.push_str(&found.to_string());
    }
    said.push_str(
        &client
            .ask("todoc/preview", json!({ "uri": URI }))
            .expect("it answers")
            .to_string(),
    );
    assert!(!said.contains(&canary[4..20]), "{said}");
}

/// Nor where one stands in the place of a name.
#[test]
fn no_name_that_is_a_credential_is_shown() {
    let canary = ["ghp", "_", "16C7e42F292c6912E7710c838347Ae178B4a"].concat();
    let text = format!(
        "app a\n\ntier {canary} {{\n  image \"x:1\"\n  port {canary} 80\n  volume {canary} 1Gi at \"/d\"\n}}\n\n\
         secret {canary} from env\npostgres {canary} {{\n  version 17\n}}\nconfig {{\n  {canary} = \"v\"\n}}\n\
         tier web {{\n  image \"x:1\"\n  needs {canary}\n  env {{\n    A = {canary}.url\n    B = {canary}\n  }}\n}}\n\
         object \"./{canary}.yaml\"\ntarget {canary} {{\n  namespace x\n}}\n"
    );
    let mut client = Client::with(&text);
    let mut said = format!("{:?}", client.diagnostics);
    let mut hear = |what: &str, found: &Value| {
        if found.to_string().contains(&canary[4..20]) {
            said.extend([what, ": ", &found.to_string(), "\n"]);
        }
    };
    for (line, content) in text.lines().enumerate() {
        let at = content.find(&canary).unwrap_or(2);
        let position = json!({ "line": line, "character": at });
        for method in [
            "hover",
            "completion",
            "signatureHelp",
            "prepareRename",
            "prepareCallHierarchy",
        ] {
            let method = format!("textDocument/{method}");
            let params = json!({ "textDocument": { "uri": URI }, "position": position });
            let mut found = match client.ask(&method, params) {
                Ok(found) => found,
                Err((_, why)) => Value::String(why),
            };
            // What a completion writes isn't what is shown of it.
            for item in found
                .pointer_mut("/items")
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                item["textEdit"] = Value::Null;
            }
            hear(&method, &found);
        }
    }
    for method in ["inlayHint", "documentSymbol", "codeLens", "documentLink"] {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
        let found = client.about(&format!("textDocument/{method}"), json!({ "range": range }));
        hear(method, &found);
    }
    for (method, params) in [
        ("todoc/preview", json!({ "uri": URI })),
        ("workspace/symbol", json!({ "query": "" })),
    ] {
        hear(method, &client.ask(method, params).expect("it answers"));
    }
    assert!(!said.contains(&canary[4..20]), "{said}");
}
