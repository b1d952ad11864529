//! Files with variables, which stay out of images.

use super::site::Site;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Seen;

/// Warns of files with variables that a framework would read, and doesn't get.
pub(super) fn check(site: &Site<'_>, files: &[&str], found: &mut Findings) {
    for file in there(site, files) {
        let message = format!(
            "`{}` stays out of the image, and the build doesn't see it",
            site.shown(&file)
        );
        found.push(
            Diagnostic::new(Code::Dotenv, site.place(), message)
                .label("what it sets for this build is lost")
                .help(
                    "set what the browser reads as build arguments, and all else in `env`: it may \
                     hold secrets, which an image must not have",
                ),
        );
    }
}

/// Those of a few files that are there.
pub(super) fn there(site: &Site<'_>, files: &[&str]) -> Vec<String> {
    let paths = files.iter().map(|file| site.path(file));
    let there = |path: &String| matches!(site.seen(path), Some(Seen::File(_)));
    paths.filter(there).collect()
}
