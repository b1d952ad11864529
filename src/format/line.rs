//! Lines of the text to be, and the columns in them that stand below one another.

use crate::syntax::tree::Fact;

/// A line.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// What it is.
    pub(super) kind: LineKind<'a>,
    /// How many blocks it stands in.
    pub(super) depth: usize,
    /// Its text, without blanks at its ends and without the comment.
    pub(super) text: String,
    /// The comment behind it.
    pub(super) comment: Option<String>,
    /// Whether a blank line stands before it.
    pub(super) blank_before: bool,
    /// Places in its text that stand below those of its neighbours, from left to right.
    pub(super) columns: Vec<Tab>,
}

/// What a line is.
#[derive(Debug, Clone, Copy)]
pub(super) enum LineKind<'a> {
    /// A statement, whole.
    Statement(&'a Fact),
    /// A statement whose block goes on below it.
    Open,
    /// The end of a block.
    Close,
    /// A comment by itself.
    Comment,
    /// YAML, with its own indentation.
    Yaml,
    /// Text that stays as it is.
    Frozen,
}

/// A place in a line that stands below those of its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tab {
    /// What stands there.
    pub(super) column: Column,
    /// Where, in bytes of the line's text.
    pub(super) at: usize,
    /// How many blanks more than one stand before it.
    pub(super) blanks: usize,
}

/// What stands below one another, in the order in which it is moved there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The `=` of settings.
    Equals,
    /// The `from` of secrets.
    From,
    /// The second column of `naming` and `health`.
    Second,
    /// The `{` of statements with one word.
    Brace,
}

impl Column {
    /// All, in order.
    pub(super) const ALL: [Column; 4] =
        [Column::Equals, Column::From, Column::Second, Column::Brace];
}

impl<'a> Line<'a> {
    /// A line without columns.
    pub(super) fn plain(kind: LineKind<'a>, depth: usize, text: String) -> Self {
        Line {
            kind,
            depth,
            text,
            comment: None,
            blank_before: false,
            columns: Vec::new(),
        }
    }

    /// How many columns it takes, without its comment.
    pub(super) fn width(&self) -> usize {
        2 * self.depth + self.width_before(self.text.len())
    }

    /// How many columns its text takes up to a place.
    pub(super) fn width_before(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let tabs = self.columns.iter().filter(|tab| tab.at < at);
        before.chars().count() + tabs.map(|tab| tab.blanks).sum::<usize>()
    }

    /// Adds the line to a text, without its line break.
    pub(super) fn print(&self, out: &mut String) {
        let indent = match self.kind {
            LineKind::Frozen | LineKind::Yaml => 0,
            LineKind::Statement(_) | LineKind::Open | LineKind::Close | LineKind::Comment => {
                2 * self.depth
            }
        };
        blanks(out, indent);
        let mut from = 0;
        for tab in &self.columns {
            out.push_str(self.text.get(from..tab.at).unwrap_or_default());
            blanks(out, tab.blanks);
            from = tab.at;
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        if let Some(comment) = &self.comment {
            blanks(out, 2);
            out.push_str(comment);
        }
    }
}

fn blanks(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
