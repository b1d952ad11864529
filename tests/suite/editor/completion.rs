//! Completion: what stands in right programs is offered at its place, and what is offered is right there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use todoc::catalog::keys::{Means, Part, SlotKind};
use todoc::diag::{Code, Severity};
use todoc::ide::completion::{Item, complete};
use todoc::ide::{Analysis, Nothing};
use todoc::source::FileId;
use todoc::syntax::tree::{AtomKind, Fact};
use todoc::syntax::{At, locate, parse};

use super::client::{Client, drawn};
use crate::support::{Fixture, examples, named, programs, report};

fn nothing(_: &str) -> Vec<(String, bool)> {
    Vec::new()
}

fn analysis(text: &str) -> Analysis {
    Analysis::new(text.to_owned(), None, &Nothing)
}

/// Every statement of a text.
fn statements(facts: &[Fact]) -> Vec<&Fact> {
    let mut all = Vec::new();
    for fact in facts {
        all.push(fact);
        all.extend(fact.block.iter().flat_map(|block| statements(&block.facts)));
    }
    all
}

/// The places at which a token stands that comes from a fixed set, each of another sort: what stands there,
/// and the text without it.
fn places(fixture: &Fixture, tried: &mut BTreeSet<String>) -> Vec<(usize, String, String)> {
    let text = &fixture.text;
    let parsed = parse(FileId(0), text);
    let mut all = Vec::new();
    for fact in statements(&parsed.tree.facts) {
        for (at, atom) in fact.atoms.iter().enumerate() {
            let range = atom.span.range();
            let cursor = locate(&parsed, text, range.end);
            let At::Token(_, Some(part)) = cursor.at else {
                continue;
            };
            let means = match part {
                Part::Slot(_, SlotKind::Name(means)) | Part::Many(_, SlotKind::Name(means)) => {
                    Some(*means)
                }
                Part::Word(_) | Part::Slot(_, SlotKind::Volume) => None,
                Part::Slot(..)
                | Part::Many(..)
                | Part::Maybe(_)
                | Part::Either(_)
                | Part::Options(_) => continue,
            };
            let is_open =
                |means| matches!(means, Means::Free | Means::Declares(_) | Means::ObjectKind);
            let is_fixed = !means.is_some_and(is_open);
            let sort = format!("{:?} {} {at} {part:?}", cursor.place, fact.head.value);
            if is_fixed && tried.insert(sort) {
                // What follows may not fit anything else.
                let end = fact
                    .atoms
                    .last()
                    .map_or(range.end, |it| it.span.range().end);
                let rest = format!("{}{}", &text[..range.start], &text[end..]);
                all.push((range.start, text[range.clone()].to_owned(), rest));
            }
        }
        for atom in fact.value.iter().flat_map(|value| &value.atoms) {
            let AtomKind::Reference(parts, _) = &atom.kind else {
                continue;
            };
            let place = locate(&parsed, text, atom.span.range().end).place;
            for (at, part) in parts.iter().enumerate() {
                let whole = parts.iter().skip(1).map(|it| it.value.as_str());
                let whole: Vec<_> = whole.collect();
                let sort = format!("{place:?} {whole:?} {at}");
                if tried.insert(sort) {
                    let range = part.span.range();
                    // What follows belongs to what is to be completed.
                    let end = atom.span.range().end;
                    let rest = format!("{}{}", &text[..range.start], &text[end..]);
                    all.push((range.start, part.value.clone(), rest));
                }
            }
        }
    }
    all
}

fn accepted(text: &str, item: &Item, insert: &str) -> String {
    let range = item.replace.range();
    format!("{}{insert}{}", &text[..range.start], &text[range.end..])
}

#[test]
fn what_stands_in_right_programs_is_offered_there() {
    let mut wrong = Vec::new();
    let mut tried = BTreeSet::new();
    let mut count = 0;
    for fixture in examples().iter().chain(&programs()) {
        for (offset, expected, text) in places(fixture, &mut tried) {
            count += 1;
            let items = complete(&analysis(&text), offset, &nothing);
            let is_it = |item: &Item| {
                item.label == expected
                    || item.label.trim_end_matches('.') == expected
                    || item.insert == expected
            };
            if !items.iter().any(is_it) {
                let labels: Vec<_> = items.iter().map(|it| it.label.as_str()).collect();
                let line = text[..offset].lines().count();
                wrong.push(format!(
                    "{}:{line}: `{expected}` isn't among {labels:?}",
                    fixture.path
                ));
            }
        }
    }
    assert!(count > 100, "{count} were tried");
    report(&wrong);
}

/// Folders that nothing is built from are offered as tiers, where a tier may begin.
#[test]
fn folders_are_offered_as_tiers() {
    let (text, place) =
        drawn("app shop\n\ntier web {\n  build static \"web\"\n  port 8080\n}\n\n⟂");
    let mut client = Client::new(&super::client::everything());
    for (path, text) in [
        ("web/index.html", ""),
        ("api/Dockerfile", "EXPOSE 5000\n"),
        ("tools/Cargo.toml", "[package]\nname = \"tools\"\n"),
    ] {
        let mut all = client.files.0.lock().expect("nobody panicked with it");
        all.insert(std::path::Path::new("/shop").join(path), text.to_owned());
    }
    client.open(super::client::URI, &text);
    let tiers = |client: &mut Client, place: &serde_json::Value| {
        let all = client.about("textDocument/completion", json!({ "position": place }));
        let all = all["items"].as_array().expect("a list").clone();
        let tiers = all.into_iter().filter(|it| {
            it["label"]
                .as_str()
                .is_some_and(|it| it.starts_with("tier "))
        });
        tiers.collect::<Vec<_>>()
    };
    let offered = tiers(&mut client, &place);
    assert_eq!(offered.len(), 1, "{offered:?}");
    let inserted = offered[0]["textEdit"]["newText"].as_str().expect("a text");
    assert_eq!(
        inserted,
        "tier api {\n  build dockerfile \"./api\"\n  port 5000\n}"
    );
    client.set(&format!("{text}{inserted}\n"));
    assert!(
        client.found().iter().all(|it| !it.starts_with('E')),
        "{:?}",
        client.found()
    );
    // Within a block no tier begins.
    assert_eq!(
        tiers(&mut client, &json!({ "line": 4, "character": 2 })),
        Vec::<serde_json::Value>::new()
    );
}

/// Statements that begin somewhere are offered there.
#[test]
fn statements_are_offered_where_they_stand() {
    let mut wrong = Vec::new();
    let mut tried = BTreeSet::new();
    for fixture in examples().iter().chain(&programs()) {
        let text = &fixture.text;
        let parsed = parse(FileId(0), text);
        for fact in statements(&parsed.tree.facts) {
            let cursor = locate(&parsed, text, fact.head.span.range().end);
            let (Some(place), Some(row)) = (cursor.place, cursor.row) else {
                continue;
            };
            if !tried.insert((format!("{place:?}"), row.word)) {
                continue;
            }
            let range = fact.span.range();
            let rest = format!("{}{}", &text[..range.start], &text[range.end..]);
            let items = complete(&analysis(&rest), range.start, &nothing);
            if items.iter().all(|it| it.label != row.word) {
                wrong.push(format!(
                    "{}: `{}` isn't offered {}",
                    fixture.path,
                    row.word,
                    place.phrase()
                ));
            }
        }
    }
    report(&wrong);
}

/// What may be wrong once an item is accepted: more is to be typed.
fn is_of_more(code: Code) -> bool {
    matches!(
        code,
        Code::Expected | Code::MissingStatement | Code::MissingSeparator | Code::MissingApp
    )
}

fn errors(text: &str) -> BTreeMap<Code, usize> {
    let mut all = BTreeMap::new();
    let found = todoc::check_all(text, named(text));
    for found in found.iter().filter(|it| it.severity() == Severity::Error) {
        *all.entry(found.code).or_default() += 1;
    }
    all
}

#[test]
fn what_is_offered_is_right() {
    let mut wrong = Vec::new();
    let mut tried = BTreeSet::new();
    let mut count = 0;
    for fixture in &examples() {
        for (offset, _, text) in places(fixture, &mut tried) {
            let analysis = analysis(&text);
            let before = errors(&text);
            for item in complete(&analysis, offset, &nothing) {
                let with = accepted(&text, &item, &item.insert);
                let after = errors(&with);
                let more: Vec<_> = after
                    .iter()
                    .filter(|(code, number)| {
                        // Where a tier is exposed in another way, what refers to its address isn't right yet.
                        let is_elsewhere = matches!(code, Code::NotExposed | Code::UnknownAddress)
                            && ["internal", "nodeport", "loadbalancer"]
                                .contains(&item.label.as_str());
                        !is_elsewhere
                            && !is_of_more(**code)
                            && before.get(code).is_none_or(|it| it < number)
                    })
                    .collect();
                count += 1;
                if !more.is_empty() {
                    let line = text[..offset].lines().count();
                    wrong.push(format!(
                        "{}:{line}: `{}` gives {more:?}",
                        fixture.path, item.label
                    ));
                }
            }
        }
    }
    assert!(count > 50, "{count} were tried");
    report(&wrong);
}

/// The labels that are offered at the place that is drawn.
fn offered(drawn_text: &str) -> Vec<String> {
    let (text, place) = drawn(drawn_text);
    let mut client = Client::with(&text);
    let list = client.about("textDocument/completion", json!({ "position": place }));
    assert_eq!(list["isIncomplete"], false);
    let items = list["items"].as_array().expect("a list");
    items
        .iter()
        .map(|it| it["label"].as_str().expect("text").to_owned())
        .collect()
}

const TOP: &str = "app a\nconfig {\n  LOG = \"x\"\n}\nsecret KEY from env\npostgres db { storage 1Gi }\ntier web {\n  image \"a:1\"\n  port 80\n}\ntier api {\n  image \"b:1\"\n  port http 80\n  port grpc 90\n  volume up 1Gi shared at \"/up\"\n}\n";

#[test]
fn each_place_offers_what_fits() {
    for (rest, expected) in [
        ("tier x {\n  needs ⟂\n}\n", vec!["db", "web", "api"]),
        ("tier x {\n  needs db ⟂\n}\n", vec!["web", "api"]),
        ("tier x {\n  needs w⟂\n}\n", vec!["db", "web", "api"]),
        ("tier x from ⟂", vec!["web", "api"]),
        ("tier x {\n  volume ⟂\n}\n", vec!["api.up"]),
        ("tier x {\n  port ⟂\n}\n", vec!["http", "grpc", "h2c"]),
        ("tier x {\n  env {\n    A = config.⟂\n  }\n}\n", vec!["LOG"]),
        ("tier x {\n  env {\n    A = secret.⟂\n  }\n}\n", vec!["KEY"]),
        (
            "tier x {\n  env {\n    A = api.⟂\n  }\n}\n",
            vec![
                "url", "ws_url", "host", "port", "address", "http", "grpc", "up",
            ],
        ),
        (
            "tier x {\n  env {\n    A = api.grpc.⟂\n  }\n}\n",
            vec!["url", "port", "address"],
        ),
        (
            "tier x {\n  env {\n    DATABASE_URL = ⟂\n  }\n}\n",
            vec![
                "db.url", "db.", "web.", "api.", "config.", "secret.", "pod.",
            ],
        ),
        (
            "tier x {\n  env {\n    ⟂\n  }\n}\n",
            vec!["LOG", "KEY", "..config", "..secrets", "allow"],
        ),
        (
            "target t {\n  config {\n    ⟂\n  }\n}\n",
            vec!["LOG", "allow"],
        ),
        (
            "target t {\n  ingress \"h\" {\n    \"/\" = ⟂\n  }\n}\n",
            vec!["web", "api"],
        ),
        ("tier x {\n  without ⟂\n}\n", vec![]),
        ("# ⟂\n", vec![]),
        ("tier x {\n  image \"⟂\"\n}\n", vec![]),
    ] {
        let all = offered(&format!("{TOP}{rest}"));
        if rest.contains("without") {
            assert!(all.iter().any(|it| it == "network_policy"), "{all:?}");
        } else if rest.contains("port ⟂") {
            assert!(
                all.contains(&"http".to_owned()) && all.contains(&"grpc".to_owned()),
                "{all:?}"
            );
        } else {
            assert_eq!(all, expected, "{rest}");
        }
    }
    let first = offered("⟂");
    assert!(
        ["app", "tier", "postgres", "target"]
            .iter()
            .all(|it| first.iter().any(|label| label == it)),
        "{first:?}"
    );
    let tier = offered("app a\ntier x {\n  image \"a:1\"\n  ⟂\n}\n");
    assert!(
        tier.contains(&"port".to_owned())
            && !tier.contains(&"image".to_owned())
            && !tier.contains(&"build".to_owned()),
        "{tier:?}"
    );
}

#[test]
fn folders_and_files_are_those_beside_the_text() {
    let (text, place) = drawn("app a\ntier x {\n  build node \"./fr⟂\"\n}\n");
    let mut client = Client::with("");
    for path in [
        "/shop/frontend/package.json",
        "/shop/backend/go.mod",
        "/shop/app.yaml",
    ] {
        client
            .files
            .0
            .lock()
            .expect("it is free")
            .insert(path.into(), String::new());
    }
    client.set(&text);
    let list = client.about("textDocument/completion", json!({ "position": place }));
    let labels: Vec<_> = list["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["label"].clone())
        .collect();
    assert_eq!(labels, ["backend", "frontend"]);
    let edit = &list["items"][1]["textEdit"];
    assert_eq!(
        super::client::edited(&text, &json!([edit])),
        text.replace("fr", "frontend")
    );
}

#[test]
fn snippets_are_for_clients_that_know_them() {
    let (text, place) = drawn("app a\ntier x {\n  ⟂\n}\n");
    let port = |client: &mut Client| {
        let list = client.about("textDocument/completion", json!({ "position": place }));
        let items = list["items"].as_array().expect("a list").clone();
        items
            .into_iter()
            .find(|it| it["label"] == "port")
            .expect("`port`")
    };
    let mut client = Client::with(&text);
    let item = port(&mut client);
    assert_eq!(
        (&item["insertTextFormat"], &item["textEdit"]["newText"]),
        (&json!(2), &json!("port ${1:8000}"))
    );
    let mut plain = Client::new(&json!({}));
    plain.open(super::client::URI, &text);
    let item = port(&mut plain);
    assert_eq!(
        (&item["insertTextFormat"], &item["textEdit"]["newText"]),
        (&json!(null), &json!("port"))
    );
}
