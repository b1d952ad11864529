//! What pods and containers may do: `restricted` of the Pod Security Standards, as far as an image
//! is known to bear it.

use crate::catalog::contract::denied_capability;
use crate::source::Span;
use crate::yaml::{Field, Node, map};

/// A pod's part. Volumes belong to its group, or to `group` where no user is known; a claim with data
/// in it is made over once and not at each start, which takes long on a big one and opens its files to
/// the group. User 0 is said as it is: the kubelet starts no root under `runAsNonRoot`. With the user
/// stands where it is said, if it is.
pub(super) fn pod(user: Option<(u32, Option<Span>)>, group: Option<u32>, keeps_data: bool) -> Node {
    let (user, place) = user.unzip();
    let place = place.flatten();
    let id = || by(user, place);
    let group = user.or(group);
    map! {
        "runAsNonRoot": by(user.map(|user| user != 0), place),
        "runAsUser": id(),
        "runAsGroup": id(),
        "fsGroup": by(group, place),
        "fsGroupChangePolicy": by(group.filter(|_| keeps_data).map(|_| "OnRootMismatch"), place),
        "seccompProfile": map! { "type": "RuntimeDefault" },
    }
    .because("hardening")
}

/// The part of a container whose image runs as any user. An image of unknown make keeps its user
/// and most of its capabilities.
/// `place` is where it is said whether the root is read-only.
pub(super) fn container(known: bool, read_only_root: bool, place: Option<Span>) -> Node {
    let root = (known || read_only_root).then_some(read_only_root);
    map! {
        "allowPrivilegeEscalation": false,
        "readOnlyRootFilesystem": by(root.because("read_only_root"), place),
        "capabilities": capabilities(known),
    }
    .because("hardening")
}

/// The part of a container that is `restricted` whatever its pod says, but for seccomp, which
/// every pod sets.
pub(super) fn restricted_container(user: u32) -> Node {
    map! {
        "runAsNonRoot": true,
        "runAsUser": user,
        "runAsGroup": user,
        "allowPrivilegeEscalation": false,
        "readOnlyRootFilesystem": true.because("read_only_root"),
        "capabilities": capabilities(true),
    }
    .because("hardening")
}

/// What a statement at this place asks for, or what a rule does where there is none.
fn by(value: impl Field, place: Option<Span>) -> Option<Node> {
    match place {
        Some(place) => value.at(place),
        None => value.into_field(),
    }
}

fn capabilities(none: bool) -> Node {
    map! { "drop": vec![Node::text(denied_capability(none))] }
}
