//! Tests of the printer.

use super::*;
use crate::yaml::map;

fn text(text: &str) -> Node {
    Node::new(Kind::Text(text.to_owned()))
}

/// A scalar as it is printed.
fn scalar(node: Node) -> String {
    let printed = print("", &[node]);
    printed["---\n".len()..].trim_end_matches('\n').to_owned()
}

#[test]
fn collections_are_indented_under_their_key() {
    let ports = vec![
        map! { "name": "http", "port": 80_u16 },
        map! { "port": 443_u16 },
    ];
    let node = map! {
        "spec": map! { "ports": ports, "ready": true },
        "args": vec![Node::sequence([text("a"), text("b")]), text("c")],
    };
    let expected = "\
---
spec:
  ports:
    - name: http
      port: 80
    - port: 443
  ready: true
args:
  - - a
    - b
  - c
";
    assert_eq!(print("", &[node]), expected);
}

#[test]
fn empty_collections_stand_on_their_line() {
    let fields: [(&str, Option<Node>); 0] = [];
    let node = map! { "a": Node::mapping(fields), "b": vec![], "c": vec![Node::sequence([])] };
    assert_eq!(print("", &[node]), "---\na: {}\nb: []\nc:\n  - []\n");
}

#[test]
fn every_document_follows_its_marker() {
    let documents = [map! { "a": "b" }, text("c")];
    assert_eq!(print("", &documents), "---\na: b\n---\nc\n");
    assert_eq!(print("", &[]), "");
}

#[test]
fn no_head_breaks_out_of_its_comment() {
    let head = "made from a\rb\u{2028}c\u{85}d\0.todo\n\n--- \"x\\y\"";
    let expected =
        "# made from a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}.todo\n#\n# --- \"x\\y\"\n---\na\n";
    assert_eq!(print(head, &[text("a")]), expected);
}

#[test]
fn only_words_are_plain() {
    for word in [
        "a",
        "/health",
        "_x",
        "ghcr.io/acme/web:1.0",
        "a=b,c+d@e-f",
        "nope",
    ] {
        assert_eq!(scalar(text(word)), word);
        assert_eq!(scalar(Node::quoted(word)), format!("\"{word}\""));
    }
    for other in [
        "", "-", "1", "a:", "a.", "a b", "NO", "Null", "~", "=", ".5", "ä", "a#b",
    ] {
        assert_eq!(scalar(text(other)), format!("\"{other}\""));
    }
    assert_eq!(scalar(text(&"a".repeat(200))).len(), 200);
    assert_eq!(scalar(text(&"a".repeat(201))).len(), 203);
}

#[test]
fn quotes_hold_every_character_on_one_line() {
    let node = text("\"\\\n\t\r \0\x1b\x7f\u{85}\u{a0}\u{2028}\u{2029}\u{feff}\u{fffe}\u{ffff}é😀");
    let expected = r#""\"\\\n\t\r \x00\x1B\x7F\x85"#.to_owned()
        + "\u{a0}"
        + r#"\u2028\u2029\uFEFF\uFFFE\uFFFFé😀""#;
    assert_eq!(scalar(node), expected);
}

#[test]
fn a_key_too_long_for_its_line_is_written_in_two() {
    let long = "k".repeat(1023);
    let node = map! { "a": Node::mapping([(long.clone(), Some(map! { "b": 1_u16 }))]) };
    let expected = format!("---\na:\n  ? \"{long}\"\n  :\n    b: 1\n");
    assert_eq!(print("", &[node]), expected);
}
