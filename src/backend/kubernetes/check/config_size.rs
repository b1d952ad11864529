//! ConfigMaps that `kubectl apply` can't take.

use std::borrow::Cow;

use crate::catalog::bounds::MOST_CONFIG;
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, ConfigMap, Setting};
use crate::source::Span;

/// Most bytes that the annotations of an object have (Kubernetes' `TotalAnnotationSizeLimitB`).
/// `kubectl apply` keeps the object as JSON in one of them.
const MOST_ANNOTATED: usize = 262_144;

/// What names, labels and annotations take of that, at a guess.
const OTHERS: usize = 2_048;

/// Complains of ConfigMaps that `kubectl apply` can't take. Of those that no cluster takes at all,
/// that has been said while they were checked.
pub(super) fn check(app: &App, found: &mut Bag) {
    if let Some(config) = &app.config {
        applies(config.origin, &texts(&config.entries), found);
    }
    for (_, pod) in app.pods() {
        if let Some(ConfigMap {
            entries, origin, ..
        }) = &pod.config
        {
            let sizes = entries.iter().map(|it| it.key.len() + it.value.len());
            if sizes.sum::<usize>() <= MOST_CONFIG {
                applies(*origin, &texts(entries), found);
            }
        }
    }
    for files in app.files() {
        let contents = files.files.iter();
        let contents = contents.map(|it| (it.key.as_str(), Cow::Borrowed(it.content.text())));
        applies(files.origin, &contents.collect::<Vec<_>>(), found);
    }
}

fn texts(entries: &[Setting]) -> Vec<(&str, Cow<'_, str>)> {
    let entries = entries.iter();
    entries
        .map(|it| (it.key.as_str(), it.value.joined()))
        .collect()
}

/// Complains of keys and values that fit a ConfigMap and no annotation.
fn applies(place: Span, entries: &[(&str, Cow<'_, str>)], found: &mut Bag) {
    let plain: usize = entries.iter().map(|(_, value)| value.len()).sum();
    // Few come near, and JSON is longer than text by its escapes alone.
    if plain > MOST_CONFIG || plain * 6 < MOST_ANNOTATED - OTHERS {
        return;
    }
    let json = |text: &str| serde_json::Value::from(text).to_string().len();
    let sizes = entries
        .iter()
        .map(|(key, value)| json(key) + json(value) + 2);
    let size: usize = sizes.sum();
    if size + OTHERS <= MOST_ANNOTATED {
        return;
    }
    let message = format!(
        "these are {size} bytes of JSON, and `kubectl apply` takes {}",
        MOST_ANNOTATED - OTHERS
    );
    found.push(
        Diagnostic::new(Code::UnappliableConfig, place, message)
            .help("put large data into the image, or into a volume")
            .help("or run `kubectl apply --server-side`, and say so by `allow E0318`"),
    );
}
