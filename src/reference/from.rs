//! What stands here for each key of another format: a page of the documentation, in Markdown.

use crate::catalog::foreign_formats::{Answer, FORMATS, ForeignBlock, ForeignFormat};
use crate::diag::wrap::{WIDTH, wrap};
use crate::syntax::usage;

/// The page for those who come from a format, by the word that asks for it; `None` where there is none.
///
/// `docs/from-compose.md` and `docs/from-kubernetes.md` are these texts; a test holds them equal.
#[must_use]
pub fn from_format(word: &str) -> Option<String> {
    let format = FORMATS
        .iter()
        .find(|format| format.word.eq_ignore_ascii_case(word))?;
    Some(page(format))
}

/// The words of [`from_format`].
pub fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.word)
}

fn page(format: &ForeignFormat) -> String {
    let mut text = format.introduction.to_owned();
    for block in format.blocks() {
        text.extend(["\n## ", block.path, "\n\n"]);
        for (keys, answer) in answers(block) {
            text.push_str(&item(&keys, answer));
        }
    }
    text
}

/// The keys of a block, those together that have one answer.
fn answers(block: &ForeignBlock) -> Vec<(Vec<&'static str>, Answer)> {
    let mut all: Vec<(Vec<&'static str>, Answer)> = Vec::new();
    for key in block.keys() {
        let Some(answer) = block.answer(key) else {
            continue;
        };
        let same = all.iter_mut().find(|(_, it)| *it == answer);
        match same {
            Some((keys, _)) => keys.push(key),
            None => all.push((vec![key], answer)),
        }
    }
    all
}

/// A line of the list, broken where it is too long.
fn item(keys: &[&str], answer: Answer) -> String {
    let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    let answer = match answer {
        Answer::Instead(instead) => instead.to_owned(),
        Answer::Same(row) => format!("the same word: `{}`", usage(row)),
    };
    let text = format!("{}: {answer}.", keys.join(", "));
    let mut lines = wrap(&text, WIDTH - 2, WIDTH - 2).into_iter();
    let mut item = String::new();
    if let Some(first) = lines.next() {
        item.extend(["- ", &first, "\n"]);
    }
    for line in lines {
        item.extend(["  ", &line, "\n"]);
    }
    item
}
