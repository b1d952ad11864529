//! A program as a tree of statements: its text, in more than one layout, and the same without a
//! statement.

use fastrand::Rng;

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// All of it but its block.
    pub(crate) head: String,
    /// Its block.
    pub(crate) body: Body,
}

/// The block of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// There is none.
    None,
    /// Statements.
    Block(Vec<Line>),
    /// Lines of YAML.
    Yaml(Vec<String>),
}

impl Line {
    /// A statement without a block.
    pub(super) fn new(head: impl Into<String>) -> Line {
        Line {
            head: head.into(),
            body: Body::None,
        }
    }

    /// A statement with a block.
    pub(super) fn block(head: impl Into<String>, lines: Vec<Line>) -> Line {
        Line {
            head: head.into(),
            body: Body::Block(lines),
        }
    }

    /// Whether it is this statement, without a block.
    pub(super) fn is(&self, head: &str) -> bool {
        self.head == head && matches!(self.body, Body::None)
    }

    /// A statement with a block of YAML.
    pub(super) fn yaml(head: impl Into<String>, lines: Vec<String>) -> Line {
        Line {
            head: head.into(),
            body: Body::Yaml(lines),
        }
    }

    /// Whether YAML stands in it, which needs lines of its own.
    fn needs_lines(&self) -> bool {
        match &self.body {
            Body::None => false,
            Body::Block(lines) => lines.iter().any(Line::needs_lines),
            Body::Yaml(_) => true,
        }
    }

    /// How many statements it is, with those of its block.
    fn count(&self) -> usize {
        match &self.body {
            Body::None | Body::Yaml(_) => 1,
            Body::Block(lines) => 1 + count(lines),
        }
    }
}

/// How many statements there are, with those of blocks.
pub(super) fn count(lines: &[Line]) -> usize {
    lines.iter().map(Line::count).sum()
}

/// The same without one of them, by its place in the text.
pub(super) fn without(lines: &[Line], mut at: usize) -> Vec<Line> {
    let mut left = Vec::new();
    for line in lines {
        let count = line.count();
        let mut line = line.clone();
        if at == 0 {
            at = usize::MAX;
            continue;
        }
        if at < count
            && let Body::Block(inner) = &mut line.body
        {
            *inner = without(inner, at - 1);
            at = usize::MAX;
        } else if at != usize::MAX {
            at -= count;
        }
        left.push(line);
    }
    left
}

/// The text as people write it.
pub(super) fn plain(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        print(line, 0, &mut text, None);
    }
    text
}

/// The same program in another layout, which means the same: comments, empty lines, blocks on one
/// line, odd blanks, other line ends.
pub(super) fn otherwise(lines: &[Line], rng: &mut Rng) -> String {
    let mut text = String::new();
    for line in lines {
        print(line, 0, &mut text, Some(rng));
    }
    if rng.bool() {
        text = text.replace('\n', "\r\n");
    }
    if rng.u8(..4) == 0 {
        text.insert(0, '\u{feff}');
    }
    text
}

const COMMENTS: &[&str] = &[
    "#",
    "# } {",
    "# \"",
    "# a, b = c",
    "# ümlaut 日本 🎉",
    "#\tx",
];

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

fn print(line: &Line, depth: usize, text: &mut String, mut rng: Option<&mut Rng>) {
    if let Some(rng) = &mut rng
        && rng.u8(..6) == 0
    {
        let more = *rng.choice(&["\n", "\n\n", "  \n", "\t\n"]).expect("one");
        text.push_str(more);
        let comment = *rng.choice(COMMENTS).expect("one");
        text.extend([comment, "\n"]);
    }
    // YAML is indented by blanks alone.
    let may_tab = depth > 0 && !line.needs_lines();
    let tab = rng.as_mut().is_some_and(|rng| may_tab && rng.u8(..8) == 0);
    text.push_str(&if tab {
        "\t".repeat(depth)
    } else {
        indent(depth)
    });
    text.push_str(&line.head);
    match &line.body {
        Body::None => {}
        Body::Block(lines) => {
            let flat = rng.as_mut().is_some_and(|rng| rng.bool());
            if flat && !line.needs_lines() {
                text.push_str(&flat_block(lines));
            } else if lines.is_empty() {
                text.push_str(" {}");
            } else {
                text.push_str(" {\n");
                for line in lines {
                    print(line, depth + 1, text, rng.as_deref_mut());
                }
                text.push_str(&indent(depth));
                text.push('}');
            }
        }
        Body::Yaml(lines) => {
            let before = indent(depth);
            text.push_str(" {\n");
            for line in lines {
                text.extend([before.as_str(), "  ", line, "\n"]);
            }
            text.extend([before.as_str(), "}"]);
        }
    }
    if let Some(rng) = &mut rng
        && rng.u8(..8) == 0
    {
        text.extend([" ", rng.choice(COMMENTS).expect("one")]);
    }
    text.push('\n');
}

/// A block on one line.
fn flat_block(lines: &[Line]) -> String {
    let lines = lines.iter().map(|line| match &line.body {
        Body::Block(lines) => format!("{}{}", line.head, flat_block(lines)),
        Body::None | Body::Yaml(_) => line.head.clone(),
    });
    format!(" {{ {} }}", lines.collect::<Vec<_>>().join(", "))
}
