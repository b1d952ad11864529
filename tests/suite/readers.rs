//! The reader of YAML beside a second one, serde_yaml on libyaml: what both take is the same to both.

use std::collections::BTreeMap;
use std::fs;

use fastrand::Rng;
use serde::Deserialize;
use serde_yaml::Value;
use todoc::backend::BACKENDS;
use todoc::yaml::{Marked, Scalar, parse, print};

use crate::support::{builds, files, fixtures, path, programs, report};
use crate::yaml::{PIECES, TRAPS};

/// How many texts are made.
const COUNT: usize = 4000;

/// A value as either reader has it.
#[derive(Debug, Clone, PartialEq)]
enum Read {
    Mapping(Vec<(String, Read)>),
    Sequence(Vec<Read>),
    Text(String),
    Number(String),
    Float(f64),
    Bool(bool),
    Null,
}

/// The documents as we read them; none where there is a fault.
fn ours(text: &str) -> Option<Vec<Read>> {
    let parsed = parse(text);
    let documents = parsed.documents.iter().map(of_ours).collect();
    parsed.faults.is_empty().then_some(documents)
}

fn of_ours(value: &Marked) -> Read {
    match &value.value {
        todoc::yaml::MarkedValue::Mapping(entries) => {
            let entries = entries.iter();
            Read::Mapping(
                entries
                    .map(|entry| (entry.key.clone(), of_ours(&entry.value)))
                    .collect(),
            )
        }
        todoc::yaml::MarkedValue::Sequence(items) => {
            Read::Sequence(items.iter().map(of_ours).collect())
        }
        todoc::yaml::MarkedValue::Scalar(scalar) => match scalar {
            Scalar::Text(text) => Read::Text(text.clone()),
            Scalar::Integer(number) => Read::Number(number.to_string()),
            Scalar::Decimal(number) => float(number),
            Scalar::Bool(value) => Read::Bool(*value),
            Scalar::Null => Read::Null,
        },
    }
}

/// A number that isn't whole, or one that 64 bits with a sign don't hold.
fn float(number: &str) -> Read {
    if number.parse::<u64>().is_ok() || number.ends_with("nan") {
        return Read::Number(number.to_owned());
    }
    let plain = number.replace(".inf", "inf");
    Read::Float(plain.parse().expect("a number"))
}

/// The documents as serde_yaml reads them; none where there is a fault, a tag, or a key that ours
/// refuses.
fn theirs(text: &str) -> Option<Vec<Read>> {
    let documents = serde_yaml::Deserializer::from_str(text);
    let mut read = Vec::new();
    for document in documents {
        read.push(of_theirs(&Value::deserialize(document).ok()?)?);
    }
    read.retain(|document| *document != Read::Null);
    Some(read)
}

fn of_theirs(value: &Value) -> Option<Read> {
    Some(match value {
        Value::Null => Read::Null,
        Value::Bool(value) => Read::Bool(*value),
        Value::Number(number) if number.is_f64() => float(&number.to_string()),
        Value::Number(number) => Read::Number(number.to_string()),
        Value::String(text) => Read::Text(text.clone()),
        Value::Sequence(items) => {
            Read::Sequence(items.iter().map(of_theirs).collect::<Option<_>>()?)
        }
        Value::Mapping(fields) => {
            let mut entries = Vec::new();
            for (key, value) in fields {
                let key = match of_theirs(key)? {
                    Read::Text(text) | Read::Number(text) => text,
                    Read::Bool(value) => value.to_string(),
                    Read::Mapping(_) | Read::Sequence(_) | Read::Float(_) | Read::Null => {
                        return None;
                    }
                };
                if entries.iter().any(|(other, _)| *other == key) {
                    return None;
                }
                entries.push((key, of_theirs(value)?));
            }
            Read::Mapping(entries)
        }
        Value::Tagged(_) => return None,
    })
}

/// How the two differ about a text that both should take, or both refuse.
fn difference(text: &str) -> Option<String> {
    let (ours, theirs) = (ours(text), theirs(text));
    (ours != theirs).then(|| {
        let faults = parse(text).faults;
        format!("{text:?}\n  ours:   {ours:?} {faults:?}\n  theirs: {theirs:?}")
    })
}

/// Characters that are a line break in YAML 1.1, which libyaml reads, and none in YAML 1.2.
fn has_old_breaks(text: &str) -> bool {
    text.contains(['\u{85}', '\u{2028}', '\u{2029}'])
}

#[test]
fn both_read_the_same_in_every_file() {
    let mut texts = BTreeMap::new();
    for file in files(&path("tests"), "tests") {
        if path(&file)
            .extension()
            .is_some_and(|it| it == "yaml" || it == "yml")
        {
            let bytes = fs::read(path(&file)).expect("it can be read");
            texts.extend(String::from_utf8(bytes).ok().map(|text| (file, text)));
        }
    }
    for fixture in programs() {
        for built in builds(&fixture, &BACKENDS[..1]) {
            let artifacts = built.artifacts.into_iter();
            texts.extend(artifacts.map(|it| (format!("{} {}", fixture.path, it.path), it.text)));
        }
    }
    for fixture in programs().into_iter().chain(fixtures("tests/errors")) {
        let file = todoc::syntax::parse(todoc::source::FileId(0), &fixture.text).file;
        let tiers = file.tiers.iter().flat_map(|tier| &tier.scale.patches);
        for (number, patch) in tiers.enumerate() {
            if let Some(yaml) = &patch.yaml {
                texts.insert(format!("{} {number}", fixture.path), yaml.value.clone());
            }
        }
    }
    let failures: Vec<_> = texts
        .iter()
        // What has a tag is refused, and read by serde_yaml where it is one of YAML's own.
        .filter(|(name, text)| !name.ends_with("binary.yaml") && !has_old_breaks(text))
        // YAML 1.2 alone lets a document follow `...` without a marker of its own.
        .filter(|(name, _)| !name.ends_with("ended.yaml"))
        .filter_map(|(name, text)| Some(format!("{name}: {}", difference(text)?)))
        .collect();
    assert!(texts.len() > 200, "{}", texts.len());
    report(&failures);
}

#[test]
fn both_read_the_same_in_generated_texts() {
    let rng = &mut Rng::with_seed(7);
    let (mut compared, mut failures) = (0, Vec::new());
    for _ in 0..COUNT {
        let value = value(rng, 0);
        let json = serde_json::to_string_pretty(&value).expect("it is JSON");
        let block = serde_yaml::to_string(&value).expect("it is YAML");
        let printed = parse(&block).documents;
        let printed: Vec<_> = printed
            .iter()
            .map(|it| it.node(&|_, kind| todoc::yaml::Node::new(kind)))
            .collect();
        let windows = block.replace('\n', "\r\n");
        for text in [json, windows, block, print("a comment", &printed)] {
            // The mark of the byte order, which libyaml takes in quotes and kubectl nowhere, is refused.
            if !has_old_breaks(&text) && !text.contains('\u{feff}') {
                compared += 1;
                failures.extend(difference(&text));
            }
        }
    }
    assert!(compared > COUNT, "{compared}");
    failures.truncate(10);
    report(&failures);
}

#[test]
fn both_read_the_same_in_any_text_that_both_take() {
    let rng = &mut Rng::with_seed(8);
    let (mut both, mut failures) = (0, Vec::new());
    for _ in 0..10 * COUNT {
        let text = junk(rng);
        let read = ours(&text);
        if has_old_breaks(&text) {
            continue;
        }
        if let (Some(ours), Some(theirs)) = (read, theirs(&text)) {
            both += 1;
            if ours != theirs {
                failures.push(format!(
                    "{text:?}\n  ours:   {ours:?}\n  theirs: {theirs:?}"
                ));
            }
        }
    }
    assert!(both > COUNT, "{both}");
    failures.truncate(10);
    report(&failures);
}

fn value(rng: &mut Rng, depth: usize) -> Value {
    match rng.usize(..if depth > 3 { 6 } else { 10 }) {
        0 => Value::Bool(rng.bool()),
        1 => Value::Null,
        2 => Value::Number(rng.i64(-1_000_000..1_000_000).into()),
        3 => Value::Number((f64::from(rng.i32(-9999..9999)) / 8.0).into()),
        4 | 5 => Value::String(string(rng)),
        6 | 7 => Value::Sequence((0..rng.usize(..4)).map(|_| value(rng, depth + 1)).collect()),
        _ => {
            let fields = (0..rng.usize(..5)).map(|_| {
                let key = Value::String(string(rng));
                (key, value(rng, depth + 1))
            });
            Value::Mapping(fields.collect())
        }
    }
}

fn string(rng: &mut Rng) -> String {
    if rng.bool() {
        return (*rng.choice(TRAPS).expect("there are some")).to_owned();
    }
    let pieces = rng.choice(PIECES).expect("there are some");
    let length = rng.usize(1..6);
    let words = (0..length).map(|_| *rng.choice(*pieces).expect("there are some"));
    words.collect()
}

/// Lines that may be YAML.
fn junk(rng: &mut Rng) -> String {
    const LINES: &[&str] = &[
        "a: b",
        "b:",
        "  c: 1",
        "  - d",
        "- e",
        "- f: g",
        "  h: [1, {i: j}]",
        "k: |",
        "  l",
        "m: >-",
        "  n",
        "\"o\": 'p'",
        "q: &r s",
        "t: *r",
        "---",
        "# u",
        "",
        "v: {w: x,",
        "  y: z}",
        "? a",
        ": b",
        "c: \"d",
        "  e\"",
        "f: g",
        "   h",
        "  i: j # k",
        "<<: {l: m}",
        "n: !o p",
        "\tq: r",
    ];
    let mut text = String::new();
    for _ in 0..rng.usize(1..5) {
        match rng.usize(..8) {
            0 => text.push_str(&string(rng)),
            1 => text.extend(["s", &string(rng), ": ", &string(rng)]),
            _ => text.push_str(rng.choice(LINES).expect("there are some")),
        }
        text.push('\n');
    }
    text
}
