//! PersistentVolumeClaim, as an object and as a StatefulSet's template.

use super::Scope;
use crate::ir::{MountedBy, Quantity, Volume};
use crate::source::Spanned;
use crate::yaml::{Field, Node, map};

/// A claim of a database's own, which one pod mounts.
pub(super) fn claim(
    scope: &Scope,
    name: &str,
    size: &Spanned<Quantity>,
    class: Option<&str>,
) -> Node {
    object(scope, name, spec("ReadWriteOnce", class, size)).at(size.span)
}

/// The claim of a tier's volume, where the volume is its own; that of each pod its StatefulSet makes.
pub(super) fn of_volume(scope: &Scope, volume: &Volume) -> Option<Node> {
    let claim = volume.claim.as_ref()?;
    let mode = match claim.mounted_by {
        MountedBy::AllPods => "ReadWriteMany",
        MountedBy::OnePod => "ReadWriteOnce",
        MountedBy::EachPod => return None,
    };
    let spec = spec(mode, claim.class.as_deref(), &claim.size);
    Some(object(scope, &volume.object, spec).at(volume.origin))
}

fn object(scope: &Scope, name: &str, spec: Node) -> Node {
    map! {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": scope.metadata(name),
        "spec": spec,
    }
}

/// What a StatefulSet makes claims from. It can never be changed, so it has no label; the
/// controller gives each claim those of the selector. `kubectl apply` compares the list as a whole: what
/// the server adds to it would be a change each time, so it is written.
pub(super) fn template(name: &str, size: &Spanned<Quantity>, class: Option<&str>) -> Node {
    let mut spec = spec("ReadWriteOnce", class, size);
    spec.merge(&map! { "volumeMode": "Filesystem" }, &|_| None);
    map! {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": map! { "name": name },
        "spec": spec,
        "status": map! { "phase": "Pending" },
    }
    .at(size.span)
    .because("claim")
}

fn spec(mode: &str, class: Option<&str>, size: &Spanned<Quantity>) -> Node {
    map! {
        "accessModes": vec![Node::text(mode)].because("claim"),
        "storageClassName": class,
        "resources": map! {
            "requests": map! { "storage": Node::quoted(&size.value.text) },
        }
        .at(size.span),
    }
}
