//! The texts that a client has open.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gen_lsp_types::{SemanticToken, TextDocumentContentChangeEvent as Change};

use super::convert::{Encoding, Places};
use super::uri;
use crate::ide::{Analysis, Beside, Looked};
use crate::source::LineIndex;

/// A text that is open.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) version: i32,
    pub(super) text: String,
    pub(super) lines: LineIndex,
    /// The folder that its paths are relative to.
    folder: Option<PathBuf>,
    /// What is known of the text as it is.
    analysis: Option<Rc<Analysis>>,
    /// What was read beside it for the analysis before.
    looked: Option<Looked>,
    /// The last tokens that the client was told of, and their number.
    pub(super) tokens: RefCell<(u32, Vec<SemanticToken>)>,
    /// Whether its diagnostics are to be published.
    pub(super) untold: bool,
}

impl Document {
    pub(super) fn new(uri: &str, version: i32, text: String) -> Self {
        let folder = uri::path(uri).and_then(|path| path.parent().map(Path::to_owned));
        Document {
            version,
            lines: LineIndex::new(&text),
            text,
            folder,
            analysis: None,
            looked: None,
            tokens: RefCell::default(),
            untold: true,
        }
    }

    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    pub(super) fn places(&self, encoding: Encoding) -> Places<'_> {
        Places {
            text: &self.text,
            lines: &self.lines,
            encoding,
        }
    }

    /// Makes a change. Places that aren't in the text are the nearest that are.
    pub(super) fn change(&mut self, change: Change, encoding: Encoding) {
        // A key that is pressed changes nothing on the disk.
        let analysis = self.analysis.take().and_then(Rc::into_inner);
        self.looked = analysis.map(|it| it.looked).or(self.looked.take());
        self.untold = true;
        match change {
            Change::TextDocumentContentChangeWholeDocument(whole) => {
                self.lines = LineIndex::new(&whole.text);
                self.text = whole.text;
            }
            Change::TextDocumentContentChangePartial(part) => {
                let range = self.places(encoding).span(part.range).range();
                self.lines.replace(range.clone(), &part.text);
                self.text.replace_range(range, &part.text);
            }
        }
    }

    /// Another look is needed: at the text, or at what lies beside it.
    pub(super) fn forget(&mut self) {
        self.analysis = None;
        self.looked = None;
        self.untold = true;
    }

    /// All that is known of the text.
    pub(super) fn analysis(&mut self, beside: &dyn Beside) -> Rc<Analysis> {
        let folder = self.folder.as_deref();
        let (text, looked) = (&self.text, &mut self.looked);
        let fresh = || Rc::new(Analysis::again(text.clone(), folder, beside, looked.take()));
        Rc::clone(self.analysis.get_or_insert_with(fresh))
    }
}
