//! Which line of a text came from which node.

use std::fmt::Write;

use super::{Node, Origin};

/// A text, and where each of its lines comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// A mark for each line, in order.
    pub marks: Vec<Mark>,
}

impl From<String> for Printed {
    /// A text without marks.
    fn from(text: String) -> Self {
        let marks = Vec::new();
        Printed { text, marks }
    }
}

/// Where a line of a text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The line; the first is 1.
    pub line: usize,
    /// The document of the text that it is in; the first is 0.
    pub document: usize,
    /// What it shows of the document, such as `spec.ports[0].name` or `data["a.b"]`; nothing for
    /// lines above the document's own.
    pub path: String,
    /// Where that comes from.
    pub origin: Origin,
}

/// A step from a node to one below it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'n> {
    /// To a whole document.
    Document(usize),
    /// To a field.
    Key(&'n str),
    /// To an item.
    Item(usize),
}

/// What is told of each line that is written. A line belongs to the innermost node that was entered
/// when it ends.
pub(super) trait Lines<'n> {
    /// A node begins.
    fn enter(&mut self, step: Step<'n>, node: &'n Node);
    /// The innermost node ends.
    fn leave(&mut self);
    /// A line ends.
    fn end(&mut self);
}

/// Nobody wants to know: this costs nothing.
#[derive(Debug)]
pub(super) struct Unmarked;

impl<'n> Lines<'n> for Unmarked {
    fn enter(&mut self, _: Step<'n>, _: &'n Node) {}
    fn leave(&mut self) {}
    fn end(&mut self) {}
}

/// Makes a mark of each line.
#[derive(Debug)]
pub(super) struct Marker {
    document: usize,
    path: String,
    /// The nodes that were entered: how long the path was before, and where each comes from.
    nodes: Vec<(usize, Origin)>,
    /// Where what is outside of all documents comes from.
    outside: Origin,
    marks: Vec<Mark>,
}

impl Marker {
    pub(super) fn new(outside: &Origin) -> Self {
        Marker {
            document: 0,
            path: String::new(),
            nodes: Vec::new(),
            outside: outside.clone(),
            marks: Vec::new(),
        }
    }

    pub(super) fn into_marks(self) -> Vec<Mark> {
        self.marks
    }

    fn origin(&self) -> &Origin {
        self.nodes
            .last()
            .map_or(&self.outside, |(_, origin)| origin)
    }
}

impl<'n> Lines<'n> for Marker {
    fn enter(&mut self, step: Step<'n>, node: &'n Node) {
        let origin = node.origin.within(self.origin());
        self.nodes.push((self.path.len(), origin));
        match step {
            Step::Document(at) => self.document = at,
            // Writing into a String can't fail.
            Step::Item(at) => {
                let _ = write!(self.path, "[{at}]");
            }
            Step::Key(key) if is_word(key) => {
                if !self.path.is_empty() {
                    self.path.push('.');
                }
                self.path.push_str(key);
            }
            Step::Key(key) => {
                let _ = write!(self.path, "[{key:?}]");
            }
        }
    }

    fn leave(&mut self) {
        if let Some((length, _)) = self.nodes.pop() {
            self.path.truncate(length);
        }
    }

    fn end(&mut self) {
        self.marks.push(Mark {
            line: self.marks.len() + 1,
            document: self.document,
            path: self.path.clone(),
            origin: self.origin().clone(),
        });
    }
}

/// Whether a key needs no brackets in a path.
fn is_word(key: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    !key.is_empty() && key.chars().all(known)
}

#[cfg(test)]
mod tests {
    use crate::source::{FileId, Span};
    use crate::yaml::{Node, Origin, map, print, print_marked};

    fn at(start: usize) -> Span {
        Span::new(FileId(0), start..start + 1)
    }

    #[test]
    fn every_line_knows_its_node() {
        let ports = Node::sequence([
            map! { "name": "http", "port": Node::integer(80_u16).at(at(4)) },
            map! { "port": 443_u16 },
        ]);
        let long = "q".repeat(1100);
        let documents = [
            map! {
                "kind": Node::text("Service").because("object"),
                "spec": map! { "a.b/c": "d", "ports": ports.at(at(3)) }.because("names"),
            }
            .at(at(2)),
            Node::mapping([(long, Some(map! { "b": Node::sequence([]) }))]),
        ];
        let printed = print_marked("one\ntwo", &documents, &Origin::rule("header", at(1)));
        assert_eq!(printed.text, print("one\ntwo", &documents));
        let shown = printed.marks.iter().map(|mark| {
            let place = mark.origin.span.map(|span| span.start);
            let path = mark.path.replace('q', "");
            format!(
                "{} {} {path} {place:?} {:?}",
                mark.line, mark.document, mark.origin.why
            )
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                r#"1 0  Some(1) Rule("header")"#,
                r#"2 0  Some(1) Rule("header")"#,
                "3 0  Some(2) Said",
                r#"4 0 kind Some(2) Rule("object")"#,
                r#"5 0 spec Some(2) Rule("names")"#,
                r#"6 0 spec["a.b/c"] Some(2) Rule("names")"#,
                "7 0 spec.ports Some(3) Said",
                "8 0 spec.ports[0].name Some(3) Said",
                "9 0 spec.ports[0].port Some(4) Said",
                "10 0 spec.ports[1].port Some(3) Said",
                r#"11 1  Some(1) Rule("header")"#,
                r#"12 1  Some(1) Rule("header")"#,
                r#"13 1  Some(1) Rule("header")"#,
                r#"14 1 .b Some(1) Rule("header")"#,
            ]
        );
        assert_eq!(printed.text.lines().count(), printed.marks.len());
    }
}
