//! What statements become: the files of a target, and which of their lines come from where.

use super::Analysis;
use crate::backend::{Artifact, BACKENDS};
use crate::compile::{Options, Program};
use crate::source::Span;
use std::rc::Rc;

/// What a statement becomes in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Becomes {
    /// The file.
    pub path: String,
    /// Kind and name of the object, where it is one.
    pub object: Option<(String, String)>,
    /// The first of its lines there that come from the statement; the first of the file is 1.
    pub first: usize,
    /// The last one.
    pub last: usize,
}

impl Analysis {
    /// The target whose values are shown: the one that was chosen, if there is such a one, else the first.
    #[must_use]
    pub fn shown<'a>(&'a self, chosen: Option<&'a str>) -> Option<&'a str> {
        let targets = self.all.builds.first().map(|build| &build.targets)?;
        let chosen = chosen.filter(|chosen| targets.iter().any(|it| it == chosen));
        chosen.or_else(|| targets.first().map(String::as_str))
    }

    /// The files for a target, each line with its mark; none of a text with errors. They are made when they
    /// are first asked for.
    #[must_use]
    pub fn output(&self, target: Option<&str>) -> Rc<Vec<Artifact>> {
        let target = target.map(str::to_owned);
        if let Some(known) = self.outputs.borrow().get(&target) {
            return Rc::clone(known);
        }
        let options = Options {
            target: target.clone(),
            emit: BACKENDS.iter().copied().filter(|it| it.default).collect(),
            marks: true,
            source_name: "app.todo".to_owned(),
            files: self.looked.files.clone(),
            ..Options::default()
        };
        let made = Rc::new(Program::parse(&self.text).compile(&options).artifacts);
        self.outputs.borrow_mut().insert(target, Rc::clone(&made));
        made
    }
}

/// What the statements of a span become.
#[must_use]
pub fn becomes(artifacts: &[Artifact], statement: Span) -> Vec<Becomes> {
    let mut all: Vec<Becomes> = Vec::new();
    for artifact in artifacts {
        let mut documents: Vec<(usize, usize, usize)> = Vec::new();
        for mark in &artifact.marks {
            if !mark.origin.spans().any(|span| statement.contains(span)) {
                continue;
            }
            match documents.last_mut().filter(|it| it.0 == mark.document) {
                Some((_, _, last)) => *last = mark.line,
                None => documents.push((mark.document, mark.line, mark.line)),
            }
        }
        for (document, first, last) in documents {
            all.push(Becomes {
                path: artifact.path.clone(),
                object: object(artifact, document),
                first,
                last,
            });
        }
    }
    all
}

/// Kind and name of a document.
fn object(artifact: &Artifact, document: usize) -> Option<(String, String)> {
    let lines = artifact.text.lines().zip(&artifact.marks);
    let lines = lines.filter(|(_, mark)| mark.document == document);
    let value = |line: &str| {
        let (_, value) = line.split_once(": ")?;
        Some(value.trim_matches('"').to_owned())
    };
    let find = |path: &str| {
        let mut found = lines.clone().filter(|(_, mark)| mark.path == path);
        found.find_map(|(line, _)| value(line))
    };
    Some((find("kind")?, find("metadata.name")?))
}
