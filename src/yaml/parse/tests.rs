use super::*;
use crate::yaml::{Kind, Node, print};

fn nodes(text: &str) -> Vec<Node> {
    let parsed = parse(text);
    assert_eq!(parsed.faults, Vec::new(), "{text}");
    let nodes = parsed.documents.iter();
    nodes
        .map(|it| it.node(&|_, kind| Node::new(kind)))
        .collect()
}

#[test]
fn what_is_read_is_printed_again() {
    let text = "---\na: 1\nb: -2.5\nc: \"yes\"\nd: null\ne: true\nf:\n  - x: {}\n  - []\n";
    assert_eq!(print("", &nodes(text)), text);
    let big = nodes("18446744073709551615");
    assert_eq!(
        big[0].kind,
        Kind::Decimal("18446744073709551615".to_owned())
    );
}

#[test]
fn documents_without_content_are_none() {
    for nothing in ["", "\n", "# a\n", "---\n---\n", "null", "--- ~\n"] {
        assert_eq!(nodes(nothing), Vec::new(), "{nothing:?}");
    }
    assert_eq!(nodes("---\na\n---\n---\nb\n").len(), 2);
}

#[test]
fn all_that_can_be_read_on_behind_is_told_with_its_place() {
    let deep = "[".repeat(100_000);
    let blocks = "- ".repeat(100_000);
    for (text, faults) in [
        (
            "a: 1\na: 2\n? [b]\n: 1\na: 3\n~: x",
            &["a", "[b]", "a", "~"][..],
        ),
        (
            "é: [\r\n  é: !x 1, b: &c !!str d, e: !<f> {}]",
            &["!x", "!!str", "!<f>"],
        ),
        ("a: 1\n b: 2", &[""]),
        ("a: *b", &[""]),
        ("a: &b [*b]", &["*b"]),
        ("a: \0", &["\0"]),
        (&deep, &[""]),
        (&blocks, &[""]),
    ] {
        let found = parse(text).faults;
        let places: Vec<_> = found.iter().map(|it| &text[it.place.clone()]).collect();
        assert_eq!(places, faults, "{found:?}");
    }
}

#[test]
fn every_value_has_its_place() {
    let text = "é: {b: [1, \"x\"], c: 'ü'}\nd:\n  - e: f\n    g:\n      - h\n    \n# i\n";
    let mut places = Vec::new();
    walk(&parse(text).documents[0], &mut |place| {
        places.push(text[place].to_owned());
    });
    let expected = [
        "é: {b: [1, \"x\"], c: 'ü'}\nd:\n  - e: f\n    g:\n      - h",
        "é",
        "{b: [1, \"x\"], c: 'ü'}",
        "b",
        "[1, \"x\"]",
        "1",
        "\"x\"",
        "c",
        "'ü'",
        "d",
        "- e: f\n    g:\n      - h",
        "e: f\n    g:\n      - h",
        "e",
        "f",
        "g",
        "- h",
        "h",
    ];
    assert_eq!(places, expected);
}

fn walk(value: &Marked, see: &mut dyn FnMut(Range<usize>)) {
    see(value.place.clone());
    match &value.value {
        MarkedValue::Mapping(entries) => {
            for entry in entries {
                see(entry.place.clone());
                walk(&entry.value, see);
            }
        }
        MarkedValue::Sequence(items) => items.iter().for_each(|item| walk(item, see)),
        MarkedValue::Scalar(_) => {}
    }
}

#[test]
fn aliases_are_copied_to_where_they_stand() {
    let text = "a: &x {b: 1}\nc: *x\n";
    let read = parse(text).documents;
    let copy = read[0].get("c").expect("a value");
    let b = copy.get("b").expect("a value");
    assert_eq!(
        (&text[copy.place.clone()], &text[b.place.clone()]),
        ("*x", "*x")
    );
}

#[test]
fn a_bomb_of_aliases_is_refused_before_it_is_built() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let alias = format!("*a{},", level - 1);
        let line = format!("a{level}: &a{level} [{}]\n", alias.repeat(10));
        bomb.push_str(&line);
    }
    let long = format!("- &a {}\n{}", "x".repeat(1 << 20), "- *a\n".repeat(100_000));
    for text in [bomb, long] {
        let faults = parse(&text).faults;
        assert_eq!(faults.len(), 1);
        assert!(
            faults[0].message.starts_with("aliases stand for"),
            "{faults:?}"
        );
    }
    let many = parse(&"- a\n".repeat(MOST_VALUES)).faults;
    assert!(
        many[0].message.starts_with("more than 500000 values"),
        "{many:?}"
    );
    let flow = parse(&format!("[{}]", "a,".repeat(MOST_FLOW + 1))).faults;
    assert!(
        flow[0].message.starts_with("more than 200000 commas"),
        "{flow:?}"
    );
}
