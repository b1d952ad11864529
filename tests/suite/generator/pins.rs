//! A file of digests, of all images that a program names.

use std::collections::BTreeSet;

use todoc::backend::backend;
use todoc::{Options, compile_all};

use super::Program;

/// Its path, as the text writes it.
pub(super) const FILE: &str = "./images.pins";

impl Program {
    /// Fills the file of digests, where the text names one.
    pub(super) fn pin(&mut self) {
        if !self.files.contains_key(FILE) {
            return;
        }
        // Keys of `config` need no value where images are built.
        let options = Options {
            check: backend("docker").into_iter().collect(),
            files: self.files.clone(),
            ..Options::default()
        };
        let compiled = compile_all(&self.text(), &options);
        // What is wrong with some is accepted later.
        let apps = compiled.builds.iter().filter_map(|it| {
            let partial = it.partial.as_ref().map(|partial| &partial.0);
            it.app.as_ref().or(partial)
        });
        let pinned = apps.filter_map(|app| app.pinned.as_ref());
        let images: BTreeSet<_> = pinned.flat_map(|it| &it.images).collect();
        let head = "\u{feff}# Digests.\r\n".to_owned();
        let lines = images.into_iter().enumerate();
        let lines: Vec<_> = lines
            .map(|(number, image)| format!("  {image}@sha256:{number:064x}\r\n\n"))
            .collect();
        let text = head + &lines.concat();
        self.files.insert(FILE.to_owned(), Ok(text.into_bytes()));
    }
}
