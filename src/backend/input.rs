//! What a backend is given.

use std::path::Path;

use super::Artifact;
use crate::diag::Bag;
use crate::ir;
use crate::source::Span;
use crate::yaml::{self, Mark, Node, Origin, Printed};

/// An application to be written.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The application, for one target.
    pub app: &'a ir::App,
    /// The application for all of the file's targets, this one among them, in the file's order. None
    /// but this one unless the backend [reads them](super::Backend::reads_other_targets); a target with
    /// errors isn't among them.
    pub all: &'a [&'a ir::App],
    /// The source file's name, for the first line of what is written.
    pub source: &'a str,
    /// Where source and output lie to each other.
    pub places: &'a Places,
    /// Whether each line is marked with where it comes from, which takes as long as all the rest.
    pub marks: bool,
}

/// What a backend writes for one target.
#[derive(Debug, Default)]
pub struct Written {
    /// The files.
    pub artifacts: Vec<Artifact>,
    /// What of the application they can't say, as losses.
    pub found: Bag,
}

/// What a backend writes that writes each target by itself.
pub fn each(inputs: &[Input], lower: fn(&Input, &mut Bag) -> Vec<Artifact>) -> Vec<Written> {
    let one = |input| {
        let mut found = Bag::default();
        let artifacts = lower(input, &mut found);
        Written { artifacts, found }
    };
    inputs.iter().map(one).collect()
}

impl Input<'_> {
    /// The application for the file's other targets.
    pub fn others(&self) -> impl Iterator<Item = &ir::App> {
        let all = self.all.iter().copied();
        all.filter(|other| other.target != self.app.target)
    }

    /// A file of documents below a comment. What no document says of itself comes from `origin`.
    pub(super) fn yaml(
        &self,
        path: String,
        head: &str,
        documents: &[Node],
        origin: Span,
    ) -> Artifact {
        let Printed { text, marks } = if self.marks {
            yaml::print_marked(head, documents, &Origin::rule("header", origin))
        } else {
            Printed {
                text: yaml::print(head, documents),
                marks: Vec::new(),
            }
        };
        Artifact { path, text, marks }
    }

    /// A mark for each line of a text, by its number, if they are asked for.
    pub(super) fn marks(
        &self,
        text: &str,
        mut mark: impl FnMut(usize, &str) -> (String, Origin),
    ) -> Vec<Mark> {
        let lines = text.lines().filter(|_| self.marks).zip(1..);
        let marks = lines.map(|(text, line)| {
            let (path, origin) = mark(line, text);
            Mark {
                line,
                document: 0,
                path,
                origin,
            }
        });
        marks.collect()
    }
}

/// How source file and output folder are reached from each other: paths with forward slashes, made
/// from the command line alone, so that what is written doesn't depend on the machine. They are
/// relative wherever the two have a folder in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The output folder, from the source file's folder.
    pub out: String,
    /// The source file's folder, from the output folder.
    pub source: String,
}

impl Default for Places {
    /// `out` beside the source file.
    fn default() -> Self {
        Places {
            out: "out".to_owned(),
            source: "..".to_owned(),
        }
    }
}

impl Places {
    /// Those of a folder of that name in the output folder.
    #[must_use]
    pub fn below(&self, folder: &str) -> Self {
        let source = match self.source.as_str() {
            "." => "..".to_owned(),
            // The two share no folder.
            source if Path::new(source).is_absolute() => source.to_owned(),
            source => format!("../{source}"),
        };
        let out = match self.out.as_str() {
            "." => folder.to_owned(),
            out => format!("{}/{folder}", out.trim_end_matches('/')),
        };
        Places { out, source }
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn a_folder_below_is_one_further_away() {
        let below = |out: &str, source: &str| {
            let places = Places {
                out: out.to_owned(),
                source: source.to_owned(),
            };
            let Places { out, source } = places.below("local");
            [out, source]
        };
        assert_eq!(below("out", ".."), ["out/local", "../.."]);
        assert_eq!(below(".", "."), ["local", ".."]);
        assert_eq!(below("..", "app"), ["../local", "../app"]);
        assert_eq!(below("/tmp/out/", "/w"), ["/tmp/out/local", "/w"]);
    }
}
