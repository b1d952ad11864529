//! ConfigMap.

use super::Scope;
use crate::ir::{self, FileContent, FileMap};
use crate::yaml::{Node, map};

/// The object with a block's keys. Its values are taken literally: Kubernetes expands no `$(NAME)`
/// in them. `word` is that of the pattern by which it is named.
pub(super) fn config_map(scope: &Scope, word: &'static str, config: &ir::ConfigMap) -> Node {
    let entries = config.entries.iter();
    let data = entries.map(|entry| {
        let value = Node::quoted(entry.value.to_string())
            .at(entry.origin)
            .also(entry.value.places());
        (entry.key.clone(), Some(value))
    });
    map! {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": scope.metadata_by(word, &config.name, None),
        "data": Node::mapping(data),
    }
    .at(config.origin)
}

/// The object with a tier's files; what isn't text stands in `binaryData`.
pub(super) fn of_files(scope: &Scope, files: &FileMap) -> Node {
    let of = |choose: fn(&FileContent) -> Option<&String>| {
        let chosen = files.files.iter().filter_map(|file| {
            let value = Node::quoted(choose(&file.content)?).at(file.origin);
            Some((file.key.clone(), Some(value)))
        });
        let chosen: Vec<_> = chosen.collect();
        (!chosen.is_empty()).then(|| Node::mapping(chosen))
    };
    map! {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": scope.metadata(&files.name),
        "data": of(|content| match content {
            FileContent::Text(text) => Some(text),
            FileContent::Base64(_) => None,
        }),
        "binaryData": of(|content| match content {
            FileContent::Text(_) => None,
            FileContent::Base64(text) => Some(text),
        }),
    }
    .at(files.origin)
}
