//! What each folder is built by: the first that fits.

use super::candidate::{Candidate, VisitedFolder};
use super::folders::{Folders, is_within, join};
use super::{Sources, docker, go, node, python, rust};

/// What sources are written in: two in one folder and below it are parts of one application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Node,
    Python,
    Go,
    Rust,
    /// Files as they are, or a Dockerfile.
    Any,
}

/// All that may be tiers, by their folders.
pub(super) fn all(folders: &Folders, sources: &dyn Sources) -> Vec<Candidate> {
    let mut found = Vec::new();
    visit(folders, sources, "", &[], None, &mut found);
    // A start script or Dockerfile above the real parts starts or builds all of them.
    let paths: Vec<_> = found.iter().map(|it| it.folder.clone()).collect();
    found.retain(|it| {
        let has_below = paths
            .iter()
            .any(|other| *other != it.folder && is_within(other, &it.folder));
        !(it.is_weak() && has_below)
    });
    found.iter_mut().for_each(Candidate::leave_out_credentials);
    found
}

fn visit(
    folders: &Folders,
    sources: &dyn Sources,
    path: &str,
    taken: &[Family],
    workspace: Option<&str>,
    found: &mut Vec<Candidate>,
) {
    let Some(folder) = folders.get(path) else {
        return;
    };
    let at = VisitedFolder {
        path,
        folder,
        folders,
        sources,
        workspace,
    };
    let mut taken = taken.to_vec();
    let here = here(&at, &taken);
    if let Some((family, candidates)) = here {
        if !candidates.iter().all(Candidate::is_weak) {
            taken.push(family);
        }
        taken.push(Family::Any);
        found.extend(candidates);
    }
    let workspace = if node::is_workspace(&at) {
        Some(path)
    } else {
        workspace
    };
    for name in &folder.folders {
        let below = join(path, name);
        visit(folders, sources, &below, &taken, workspace, found);
    }
}

/// What is in one folder.
fn here(at: &VisitedFolder<'_>, taken: &[Family]) -> Option<(Family, Vec<Candidate>)> {
    type Look = fn(&VisitedFolder<'_>) -> Vec<Candidate>;
    const ALL: &[(Family, Look)] = &[
        (Family::Node, node::look),
        (Family::Python, python::look),
        (Family::Go, go::look),
        (Family::Rust, rust::look),
        (Family::Any, docker::look),
    ];
    let mut lacking = None;
    for (family, look) in ALL.iter().filter(|(family, _)| !taken.contains(family)) {
        let found = look(at);
        if found.iter().any(|it| it.lacks.is_none()) {
            return Some((*family, found));
        }
        if !found.is_empty() && lacking.is_none() {
            lacking = Some((*family, found));
        }
    }
    lacking
}
