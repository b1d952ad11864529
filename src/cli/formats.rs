//! The formats that a build writes: backends, by their names.

use super::args::Build;
use crate::backend::{Artifact, BACKENDS, Backend};

/// Whether one of these backends writes what images are built by. Whoever asks for none of them may not
/// have the folders.
pub(super) fn build_images(backends: &[&Backend]) -> bool {
    backends.iter().any(|backend| backend.builds_images)
}

/// The backends that write: those that are asked for, and what they need. On standard output nothing
/// stands beside what was asked for.
pub(super) fn emitted(args: &Build) -> Vec<&'static Backend> {
    if args.stdout {
        return chosen(&args.emit);
    }
    with_needs(&args.emit)
}

/// The backends whose steps are told: those that are asked for. What one of them needs and uses by itself
/// counts where another one is asked for that only names it, as manifests name images.
pub(super) fn told(args: &Build) -> Vec<&'static Backend> {
    let asked = chosen(&args.emit);
    if asked.iter().any(|backend| backend.needs.is_empty()) {
        return emitted(args);
    }
    asked
}

/// The backends of these names, and those whose files theirs name.
pub(super) fn with_needs(names: &[String]) -> Vec<&'static Backend> {
    let needs = chosen(names).into_iter().flat_map(|it| it.needs);
    let needs = needs.map(|name| (*name).to_owned());
    chosen(&names.iter().cloned().chain(needs).collect::<Vec<_>>())
}

/// The backends of these names, in their own order.
pub(super) fn chosen(names: &[String]) -> Vec<&'static Backend> {
    let asked = |backend: &&&Backend| names.iter().any(|name| name == backend.name);
    BACKENDS.iter().filter(asked).copied().collect()
}

/// All files as one text: those of one backend alone as a program reads them, where one can.
pub(super) fn joined(artifacts: &[Artifact], emit: &[&Backend]) -> String {
    if let [only] = emit
        && let Some(is_read) = only.stream
    {
        let read = artifacts.iter().filter(|file| is_read(&file.path));
        return read.map(|file| file.text.as_str()).collect();
    }
    let with_head = |file: &Artifact| format!("# ==> {}\n{}", file.path, file.text);
    artifacts.iter().map(with_head).collect()
}
