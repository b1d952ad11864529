//! Dockerfiles, and pages that are there as they are.

use super::candidate::{Candidate, Guess, VisitedFolder};
use super::dockerfile::FILE;

/// A page that is served as it is.
const PAGE: &str = "index.html";
/// What nginx listens on in the images of the recipes.
pub(super) const NGINX: u16 = 8080;

/// What there is where nothing else is.
pub(super) fn look(at: &VisitedFolder<'_>) -> Vec<Candidate> {
    if at.folder.has(FILE) {
        return vec![theirs(at)];
    }
    // What makes pages isn't one itself.
    if at.folder.has(PAGE) && !at.folder.has("package.json") {
        let mut page = Candidate::new(at, "static", format!("{} is there", at.path_of(PAGE)));
        page.port = Some(Guess::new(NGINX, "what nginx listens on in the image"));
        return vec![page];
    }
    Vec::new()
}

/// The folder's Dockerfile.
fn theirs(at: &VisitedFolder<'_>) -> Candidate {
    let mut found = Candidate::new(at, "dockerfile", format!("{} is there", at.path_of(FILE)));
    found.port.clone_from(&found.exposed);
    found
}
