//! Digests: of the config that pods read, which rolls them when it changes, and of pods that can't
//! be changed.

use std::borrow::Cow;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::ir::{FileMap, Setting};
use crate::yaml::{self, Node};

/// Key and digest of the config and the files that a pod reads, if any. A container reads its
/// variables once, when it starts, so that a changed value must change the pod.
pub(super) fn annotation(config: &[Setting], files: Option<&FileMap>) -> Option<(String, Node)> {
    let files = files.map_or(&[][..], |files| &files.files);
    let places = config
        .iter()
        .flat_map(|setting| std::iter::once(setting.origin).chain(setting.value.places()));
    let places = places.chain(files.iter().map(|file| file.origin));
    let settings = config
        .iter()
        .map(|setting| (setting.key.as_str(), setting.value.joined()));
    let files = files
        .iter()
        .map(|file| (file.key.as_str(), Cow::Borrowed(file.content.text())));
    let all: Vec<_> = settings.chain(files).collect();
    let digest = (!all.is_empty()).then(|| Node::quoted(digest(all)).gathered(places));
    let digest = digest.map(|digest| digest.because("config_checksum"));
    digest.map(|digest| ("checksum/config".to_owned(), digest))
}

/// SHA-256 of the keys and values, by key: another order of statements rolls nothing. Each text
/// follows its length, since `A` = `B=C` isn't `A=B` = `C`. The whole digest in hexadecimal, as
/// `sha256sum` of a Helm chart would write it: an annotation has room, and a cut one gains nothing.
fn digest(mut config: Vec<(&str, Cow<'_, str>)>) -> String {
    config.sort_unstable();
    let mut hash = Sha256::new();
    for text in config.iter().flat_map(|(key, value)| [*key, value]) {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hex(hash)
}

/// SHA-256 of a node as it is printed, in hexadecimal.
pub(super) fn of_node(node: &Node) -> String {
    hex(Sha256::new_with_prefix(yaml::print(
        "",
        std::slice::from_ref(node),
    )))
}

fn hex(hash: Sha256) -> String {
    let mut hex = String::new();
    for byte in hash.finalize() {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
