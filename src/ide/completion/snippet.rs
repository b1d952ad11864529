//! Statements with places to fill in.

use crate::catalog::keys::{Body, Part, Row, SlotKind};

/// A statement as a snippet: its word, and places for what must follow.
#[must_use]
pub fn snippet(row: &Row) -> String {
    let mut writer = Writer {
        row,
        stop: 1,
        out: row.word.to_owned(),
    };
    for part in row.parts {
        writer.part(part);
    }
    if row.value {
        writer.out.push_str(" = $0");
    }
    match row.body {
        Body::Required(_) | Body::Yaml => writer.out.push_str(" {\n  $0\n}"),
        Body::None | Body::Optional(_) => {}
    }
    writer.out
}

struct Writer<'r> {
    row: &'r Row,
    stop: usize,
    out: String,
}

impl Writer<'_> {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Word(word) => {
                self.out.push(' ');
                self.out.push_str(word);
            }
            Part::Slot(name, kind) | Part::Many(name, kind) => {
                let sample = sample(self.row.word, name);
                let (before, after) = match kind {
                    SlotKind::Text(_) | SlotKind::FileOrSecret => ("\"", "\""),
                    SlotKind::Name(_)
                    | SlotKind::Number
                    | SlotKind::Amount
                    | SlotKind::Volume
                    | SlotKind::Fact => ("", ""),
                };
                let stop = self.stop;
                let filled = if sample.is_empty() {
                    format!("${stop}")
                } else {
                    format!("${{{stop}:{sample}}}")
                };
                self.stop += 1;
                self.out.extend([" ", before, &filled, after]);
            }
            Part::Maybe(_) | Part::Options(_) => {}
            Part::Either(choices) => self.either(choices),
        }
    }

    /// A choice among words that stand for themselves, or the first of others.
    fn either(&mut self, choices: &[&[Part]]) {
        let words = choices.iter().map(|parts| match parts {
            [Part::Word(word)] => Some(*word),
            _ => None,
        });
        if let Some(words) = words.collect::<Option<Vec<_>>>() {
            let choice = format!(" ${{{}|{}|}}", self.stop, words.join(","));
            self.out.push_str(&choice);
            self.stop += 1;
            return;
        }
        // What has more to say of itself is completed word by word.
        let all_words = choices
            .iter()
            .all(|parts| matches!(parts.first(), Some(Part::Word(_))));
        if !all_words && let Some(first) = choices.first() {
            for part in *first {
                self.part(part);
            }
        } else {
            self.out.push(' ');
        }
    }
}

/// What a slot is filled with until somebody does; empty where nothing is like the next best.
fn sample(word: &str, slot: &str) -> &'static str {
    match (word, slot) {
        ("port", "port") => "8000",
        ("storage" | "disk", _) | ("volume", "size") => "1Gi",
        ("volume" | "file" | "writable", "path") => "/data",
        ("replicas", "amount") => "2",
        ("cpu", "amount") => "100m..500m",
        ("memory", "amount") => "128Mi..512Mi",
        ("user", "number") => "10001",
        ("max_size", _) => "500M",
        ("platform", _) => "linux/amd64",
        ("min_length", _) => "32",
        ("language", _) => "1",
        ("health", "path") => "/",
        ("cron", "schedule") => "@daily",
        (_, "context") => "./",
        _ => "",
    }
}
