//! ConfigMaps that are larger than any may be.

use crate::catalog::bounds::MOST_CONFIG;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::{App, ConfigMap};
use crate::source::Span;

/// Complains of ConfigMaps of pods. The shared one has been measured while its values were worked out,
/// and so have those of files.
pub(in crate::check) fn check(app: &App, found: &mut Findings) {
    let all = app.pods().filter_map(|(_, pod)| pod.config.as_ref());
    for ConfigMap {
        entries, origin, ..
    } in all
    {
        let sizes = entries.iter().map(|it| it.key.len() + it.value.len());
        let size = sizes.sum();
        if size > MOST_CONFIG {
            found.push(too_large(*origin, size));
        }
    }
}

pub(in crate::check) fn too_large(place: Span, size: usize) -> Diagnostic {
    let message = format!("this is {size} bytes, and a ConfigMap holds {MOST_CONFIG}");
    Diagnostic::new(Code::TooLarge, place, message)
        .help("keep large data in the image, or in a database")
}
