//! Names that stand for two things: of images that are built, and of objects that are copied.

use indexmap::IndexMap;

use super::inventory;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::{App, Object};
use crate::source::Span;

/// Complains of every two things that would meet in one image or object.
pub(in crate::check) fn check(app: &App, found: &mut Findings) {
    images_differ(app, found);
    copies_differ(app, found);
}

fn images_differ(app: &App, found: &mut Findings) {
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

/// Objects of other kinds are none of ours, and each stands once.
fn copies_differ(app: &App, found: &mut Findings) {
    let ours = inventory::of_app(app).into_iter();
    let mut seen: Vec<_> = ours
        .map(|object| (object.kind.to_owned(), object.name, object.origin))
        .collect();
    for file in &app.objects {
        for object in &file.objects {
            // Somebody else's namespace is none of ours.
            let elsewhere = |it: &String| *it != app.namespace.name;
            if object.namespace.as_ref().is_some_and(elsewhere) {
                continue;
            }
            let Object { kind, name, .. } = object;
            let mut same = seen.iter().filter(|(other, _, _)| other == kind);
            if let Some((_, _, first)) = same.find(|(_, other, _)| other == name) {
                let message = format!("`{}` holds the {kind} `{name}`, which is there", file.path);
                found.push(
                    Diagnostic::new(Code::ObjectClash, file.origin, message)
                        .also(*first, "it comes from here")
                        .help("delete it from the file, or give it another name"),
                );
            }
            seen.push((kind.clone(), name.clone(), file.origin));
        }
    }
}
