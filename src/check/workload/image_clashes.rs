//! Names of images that are built, each for one thing alone.

use indexmap::IndexMap;

use super::apart;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::ir::App;
use crate::source::Span;

/// Complains of every two things that would be built as one image, here or for another target.
pub(in crate::check) fn check(app: &App, scope: &Scope<'_>, found: &mut Findings) {
    apart::check(scope, found);
    let mut seen: IndexMap<String, Span> = IndexMap::new();
    let images = app.pods().map(|(_, pod)| &pod.image);
    for image in images.filter(|image| image.build.is_some()) {
        let name = image.reference.to_string();
        let message = format!("two things would have the image `{name}`");
        let Some(first) = seen.insert(name, image.origin) else {
            continue;
        };
        found.push(
            Diagnostic::new(Code::ObjectClash, image.origin, message)
                .also(first, "the other one")
                .help("change a name, or the pattern in `naming`"),
        );
    }
}
