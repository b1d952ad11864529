//! What a tier keeps and reads besides its image.

use crate::syntax::ast::{MountedFile, OwnVolume, Patch, Volume, VolumeSource};
use crate::syntax::signature::Statement;
use crate::syntax::tree::AtomKind;

pub(super) fn volume(statement: &Statement<'_>) -> Volume {
    let other = statement.slots.iter().find_map(|(_, atom)| {
        let AtomKind::Reference(parts, _) = &atom.kind else {
            return None;
        };
        let [tier, volume] = parts.as_slice() else {
            return None;
        };
        Some(VolumeSource::Other {
            tier: tier.clone(),
            volume: volume.clone(),
            read: statement.word("read").is_some(),
        })
    });
    let own = || {
        VolumeSource::Own(OwnVolume {
            name: statement.slot("name"),
            size: statement.slot("size"),
            shared: statement.word("shared"),
            per_pod: statement.word("per"),
            class: statement.slot("class"),
        })
    };
    Volume {
        span: statement.span(),
        source: other.unwrap_or_else(own),
        path: statement.slot("path"),
        broken: statement.broken,
    }
}

pub(super) fn file(statement: &Statement<'_>) -> MountedFile {
    MountedFile {
        span: statement.span(),
        file: statement.slot("file"),
        secret: statement
            .slots
            .iter()
            .find_map(|(_, atom)| atom.as_secret().cloned()),
        path: statement.slot("path"),
    }
}

pub(super) fn patches(statement: &Statement<'_>) -> Vec<Patch> {
    let patches = statement.children("patch");
    let patches = patches.map(|patch| Patch {
        span: patch.span(),
        kind: patch.slot("kind"),
        object: patch.slot("object"),
        // An unclosed one may hold anything that follows it.
        yaml: patch.fact.raw.clone().filter(|_| !patch.broken),
    });
    patches.collect()
}
