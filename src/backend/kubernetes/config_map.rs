//! ConfigMap.

use super::Scope;
use crate::ir;
use crate::yaml::{Node, map};

/// The object with a block's keys. Its values are taken literally: Kubernetes expands no `$(NAME)`
/// in them.
pub(super) fn config_map(scope: &Scope, config: &ir::ConfigMap) -> Node {
    let entries = config.entries.iter();
    let data = entries.map(|entry| {
        let value = Node::quoted(&entry.value).at(entry.origin);
        (entry.key.as_str(), Some(value))
    });
    map! {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": scope.metadata(&config.name),
        "data": Node::mapping(data),
    }
    .at(config.origin)
}
