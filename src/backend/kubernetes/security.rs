//! What pods and containers may do: `restricted` of the Pod Security Standards, as far as an image
//! is known to bear it.

use crate::yaml::{Field, Node, map};

/// A pod's part. Volumes belong to its group; a claim with data in it is made over once and not at
/// each start, which takes long on a big one and opens its files to the group. User 0 is said as
/// it is: the kubelet starts no root under `runAsNonRoot`.
pub(super) fn pod(user: Option<u32>, keeps_data: bool) -> Node {
    map! {
        "runAsNonRoot": user.map(|user| user != 0),
        "runAsUser": user,
        "runAsGroup": user,
        "fsGroup": user,
        "fsGroupChangePolicy": user.filter(|_| keeps_data).map(|_| "OnRootMismatch"),
        "seccompProfile": map! { "type": "RuntimeDefault" },
    }
    .because("hardening")
}

/// The part of a container whose image runs as any user. An image of unknown make keeps its user
/// and its capabilities: many start as root and step down.
pub(super) fn container(known: bool, read_only_root: bool) -> Node {
    map! {
        "allowPrivilegeEscalation": false,
        "readOnlyRootFilesystem": (known || read_only_root)
            .then_some(read_only_root)
            .because("read_only_root"),
        "capabilities": known.then(no_capabilities),
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
        "capabilities": no_capabilities(),
    }
    .because("hardening")
}

fn no_capabilities() -> Node {
    map! { "drop": vec![Node::text("ALL")] }
}
