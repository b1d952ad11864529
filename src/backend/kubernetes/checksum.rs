//! Digests: of the config that pods read, which rolls them when it changes, and of pods that can't
//! be changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::hash;
use crate::ir::{FileMap, Setting};
use crate::yaml::{self, Node};

/// Key and digest of the config and the files that a pod reads, if any. A container reads its
/// variables once, when it starts, so that a changed value must change the pod.
pub(super) fn annotation(
    config: &[Arc<Setting>],
    files: Option<&FileMap>,
) -> Option<(String, Node)> {
    let files = files.map_or(&[][..], |files| &files.files);
    let places = config
        .iter()
        .flat_map(|setting| std::iter::once(setting.origin).chain(setting.value.places()));
    let places = places.chain(files.iter().map(|file| file.origin));
    let settings = config
        .iter()
        .map(|setting| (setting.key.clone(), setting.value.joined()));
    // No variable has a slash in its name: a file is never taken for one.
    let files = files.iter().map(|file| {
        let text = Cow::Borrowed(file.content.text());
        (format!("files/{}", file.key), text)
    });
    let all: BTreeMap<_, _> = settings.chain(files).collect();
    let digest = (!all.is_empty()).then(|| Node::quoted(digest(&all)).gathered(places));
    let digest = digest.map(|digest| digest.because("config_checksum"));
    digest.map(|digest| ("checksum/config".to_owned(), digest))
}

/// SHA-256 of the keys and values, by key: another order of statements rolls nothing. Each line is a
/// key and the digest of its value, which has one length and needs no escaping, so that a template of
/// Helm comes to the same. The whole digest in hexadecimal: an annotation has room, and a cut one
/// gains nothing.
fn digest(config: &BTreeMap<String, Cow<'_, str>>) -> String {
    let lines = config
        .iter()
        .map(|(key, value)| format!("{key} {}", hash::of(value.as_bytes())));
    let lines: Vec<_> = lines.collect();
    hash::of(lines.join("\n"))
}

/// SHA-256 of a node as it is printed, in hexadecimal.
pub(super) fn of_node(node: &Node) -> String {
    hash::of(yaml::print("", std::slice::from_ref(node)))
}
