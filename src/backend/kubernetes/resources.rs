//! What a container asks for and may not exceed.

use crate::ir::{Quantity, Resources};
use crate::source::Spanned;
use crate::yaml::{Node, map};

/// Requests and limits, where any amount was said.
pub(in crate::backend) fn resources(said: &Resources) -> Option<Node> {
    let Resources { cpu, memory, disk } = said;
    let (cpu, memory, disk) = (cpu.as_ref(), memory.as_ref(), disk.as_ref());
    let places = [cpu, memory, disk].into_iter().flatten();
    let places = places.flat_map(|range| [range.request.span, range.limit.span]);
    (cpu.is_some() || memory.is_some() || disk.is_some()).then(|| {
        map! {
            "requests": map! {
                "cpu": cpu.map(|range| amount(&range.request)),
                "memory": memory.map(|range| amount(&range.request)),
                "ephemeral-storage": disk.map(|range| amount(&range.request)),
            },
            "limits": map! {
                "cpu": cpu.map(|range| amount(&range.limit)),
                "memory": memory.map(|range| amount(&range.limit)),
                "ephemeral-storage": disk.map(|range| amount(&range.limit)),
            },
        }
        .gathered(places)
    })
}

fn amount(quantity: &Spanned<Quantity>) -> Node {
    Node::quoted(&quantity.value.text).at(quantity.span)
}
