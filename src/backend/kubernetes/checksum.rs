//! Digests: of the config that pods read, which rolls them when it changes, and of pods that can't
//! be changed.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::ir::Entry;
use crate::yaml::{self, Node};

/// Key and digest of the config that a pod reads, if any. A container reads its variables once,
/// when it starts, so that a changed value must change the pod.
pub(super) fn annotation(config: &[Entry]) -> Option<(String, Node)> {
    let places = config.iter().map(|entry| entry.origin);
    let digest = (!config.is_empty()).then(|| Node::quoted(digest(config)).gathered(places));
    let digest = digest.map(|digest| digest.because("config_checksum"));
    digest.map(|digest| ("checksum/config".to_owned(), digest))
}

/// SHA-256 of the keys and values, by key: another order of statements rolls nothing. Each text
/// follows its length, since `A` = `B=C` isn't `A=B` = `C`. The whole digest in hexadecimal, as
/// `sha256sum` of a Helm chart would write it: an annotation has room, and a cut one gains nothing.
fn digest(config: &[Entry]) -> String {
    let mut pairs: Vec<_> = config
        .iter()
        .map(|entry| [&entry.key, &entry.value])
        .collect();
    pairs.sort_unstable();
    let mut hash = Sha256::new();
    for text in pairs.into_iter().flatten() {
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
