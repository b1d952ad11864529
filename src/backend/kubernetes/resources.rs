//! What a container asks for and may not exceed.

use crate::ir::{Quantity, QuantityRange};
use crate::source::Spanned;
use crate::yaml::{Node, map};

/// Requests and limits, where either amount was said.
pub(super) fn resources(
    cpu: Option<&QuantityRange>,
    memory: Option<&QuantityRange>,
) -> Option<Node> {
    (cpu.is_some() || memory.is_some()).then(|| {
        map! {
            "requests": map! {
                "cpu": cpu.map(|range| amount(&range.request)),
                "memory": memory.map(|range| amount(&range.request)),
            },
            "limits": map! {
                "cpu": cpu.map(|range| amount(&range.limit)),
                "memory": memory.map(|range| amount(&range.limit)),
            },
        }
    })
}

fn amount(quantity: &Spanned<Quantity>) -> Node {
    Node::quoted(&quantity.value.text).at(quantity.span)
}
