//! What is wrong with a file whatever the target.

use std::sync::{Mutex, OnceLock};

use super::advice::{credentials, neighbours, secrecy};
use super::allow;
use super::file_facts::FileFacts;
use super::findings::Findings;
use super::types::{numbers, texts};
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Files, Span};
use crate::syntax::ast::File;

/// Looks at a file, and at those that it names: what is the same for all of its targets.
#[must_use]
pub fn file_facts(file: &File, beside: &Files) -> FileFacts {
    let mut found = Findings::default();
    is_named(file, &mut found);
    let credentials = credentials::check(file, beside, &mut found);
    secrecy::few_read_all(file, &mut found);
    neighbours::check(file, &mut found);
    allow::are_right(file, &mut found);
    let mut found = found.into_bag();
    let errors = found.places_of_errors();
    let accepted = allow::accept(file, &mut found);
    FileFacts {
        is_wrong: found.has_errors(),
        errors,
        accepted,
        found,
        credentials,
        known_to_browsers: OnceLock::new(),
        images: OnceLock::new(),
        manifests: Mutex::default(),
        has_sources: OnceLock::new(),
    }
}

/// Complains of an application without a name, of one that names no objects, and of a language that
/// isn't known.
fn is_named(file: &File, found: &mut Findings) {
    let Some(app) = &file.app else {
        if file.is_whole() {
            let start = Span::new(FileId(0), 0..0);
            let message = "the file doesn't name its application";
            let diagnostic = Diagnostic::new(Code::MissingApp, start, message);
            found.push(diagnostic.help("begin with a line such as `app todo`"));
        }
        return;
    };
    if let Some(name) = &app.name {
        texts::is_label(name, found);
    }
    if let Some(language) = &app.language {
        numbers::number(language, "version of the language", 1..=1, found);
    }
}
