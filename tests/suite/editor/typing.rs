//! Every example typed from empty, and taken away again: nothing is stale, and nothing panics.

use serde_json::{Value, json};
use todoc::diag::report::FORMATS;
use todoc::source::Files;
use todoc::{Options, compile_all};

use super::client::{Client, URI, place};
use crate::support::{examples, is_on, report};

/// Codes and places of all that `check` finds, as [`Client::found`] gives them.
fn expected(text: &str) -> Vec<String> {
    let options = Options {
        files: Files::new(),
        ..Options::default()
    };
    let all = compile_all(text, &options);
    let all = all.diagnostics.iter().chain(&all.notes);
    all.map(|found| {
        let place = place(text, found.primary.span.range().start);
        format!("{} {}:{}", found.code, place["line"], place["character"])
    })
    .collect()
}

/// Types texts, character by character, with a look at every `stride`-th.
fn typed(text: &str, stride: usize, wrong: &mut Vec<String>) {
    let mut client = Client::with("");
    let mut at = 0;
    let mut waiting = Vec::new();
    for (count, c) in text.chars().enumerate() {
        let end = place(text, at);
        let change = json!({ "range": { "start": end, "end": end }, "text": c.to_string() });
        waiting.push(client.change(&[change]));
        at += c.len_utf8();
        if count % stride != 0 && at < text.len() {
            continue;
        }
        let version = client.version();
        client.step(std::mem::take(&mut waiting));
        let told = client.diagnostics[URI].0;
        if told != Some(i64::from(version)) {
            wrong.push(format!("at {at}: {told:?} is told of version {version}"));
        }
        let (found, expected) = (client.found(), expected(&text[..at]));
        if found != expected {
            wrong.push(format!("at {at}: {found:?} instead of {expected:?}"));
        }
    }
}

/// The keystrokes that are looked at: a sample, or with `TODOC_KEYSTROKES=1` all of them, which takes
/// minutes.
fn stride(sample: usize) -> usize {
    if is_on("TODOC_KEYSTROKES") { 1 } else { sample }
}

#[test]
fn examples_typed_from_empty_are_told_of_as_check_tells() {
    let mut wrong = Vec::new();
    for (at, fixture) in examples().into_iter().enumerate() {
        // Each of them at other places.
        let stride = stride(211 + 2 * at);
        let mut its = Vec::new();
        typed(&fixture.text, stride, &mut its);
        wrong.extend(
            its.into_iter()
                .take(3)
                .map(|it| format!("{}: {it}", fixture.path)),
        );
    }
    report(&wrong);
}

#[test]
fn examples_without_a_character_are_told_of_as_check_tells() {
    let mut wrong = Vec::new();
    for (number, fixture) in examples().into_iter().enumerate() {
        let whole = &fixture.text;
        let mut client = Client::with(whole);
        let places = (0..whole.len()).filter(|at| whole.is_char_boundary(*at));
        for at in places.skip(number).step_by(stride(397)) {
            let next = whole[at..].chars().next().map_or(1, char::len_utf8);
            let (start, end) = (place(whole, at), place(whole, at + next));
            let range = json!({ "start": start, "end": end });
            let change = client.change(&[json!({ "range": range, "text": "" })]);
            client.step(vec![change]);
            let text = format!("{}{}", &whole[..at], &whole[at + next..]);
            let found = client.found();
            if found != expected(&text) {
                wrong.push(format!("{} without {at}: {found:?}", fixture.path));
            }
            client.set(whole);
        }
    }
    report(&wrong);
}

#[test]
fn the_last_list_is_what_check_reports_as_json() {
    let format = FORMATS.iter().find(|format| format.name == "json");
    assert!(format.is_some(), "a report as JSON");
    for fixture in examples() {
        let client = Client::with(&fixture.text);
        assert_eq!(client.found(), expected(&fixture.text), "{}", fixture.path);
    }
}

#[test]
fn columns_are_what_client_and_server_agreed_on() {
    let text =
        "# 😀 漢字\napp a\n\ntier web {\n  image \"x\" # é😀\n  env { A = \"😀\", B = nope }\n}\n";
    let column = |capabilities: &Value| {
        let mut client = Client::new(capabilities);
        client.open(URI, text);
        let encoding = client.capabilities["capabilities"]["positionEncoding"].clone();
        let (_, all) = &client.diagnostics[URI];
        let wrong = all
            .iter()
            .find(|it| it["code"] == "E0107")
            .expect("`nope` is no value");
        let column = wrong["range"]["start"]["character"].as_u64();
        // What comes in counts as what goes out.
        let range = &wrong["range"];
        let change = client.change(&[json!({ "range": range, "text": "\"ok\"" })]);
        client.step(vec![change]);
        assert!(client.found().iter().all(|it| !it.starts_with("E0107")));
        (encoding, column)
    };
    let bytes = json!({ "general": { "positionEncodings": ["utf-8"] } });
    assert_eq!(column(&bytes), (json!("utf-8"), Some(24)));
    assert_eq!(column(&json!({})), (json!("utf-16"), Some(22)));
}
