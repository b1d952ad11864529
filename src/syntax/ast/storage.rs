//! What a tier keeps and reads besides its image.

use super::Name;
use crate::source::Span;

/// `volume …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The statement.
    pub span: Span,
    /// Whose it is.
    pub source: VolumeSource,
    /// `at`: where it is seen.
    pub path: Option<Name>,
    /// Whether something in it couldn't be read.
    pub broken: bool,
}

/// Whose a volume is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VolumeSource {
    /// This tier's: `NAME SIZE …`.
    Own(OwnVolume),
    /// Another tier's: `TIER.VOLUME`.
    Other {
        /// The tier.
        tier: Name,
        /// The volume's name there; empty where it isn't typed yet.
        volume: Name,
        /// `read`.
        read: bool,
    },
}

/// `volume NAME SIZE [shared|per pod] [class "CLASS"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnVolume {
    /// Its name.
    pub name: Option<Name>,
    /// Its size.
    pub size: Option<Name>,
    /// `shared`: the word's place.
    pub shared: Option<Span>,
    /// `per pod`: the first word's place.
    pub per_pod: Option<Span>,
    /// The storage class.
    pub class: Option<Name>,
}

/// `file "./x.conf" at "/etc/x.conf"`, or `file secret.NAME at "/etc/x.key"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MountedFile {
    /// The statement.
    pub span: Span,
    /// The file's path, from the source file's folder.
    pub file: Option<Name>,
    /// The shared secret whose value it is instead; empty where it isn't typed yet.
    pub secret: Option<Name>,
    /// `at`: where it is seen.
    pub path: Option<Name>,
}

impl Volume {
    /// What it says of a volume of its tier's own.
    #[must_use]
    pub fn own(&self) -> Option<&OwnVolume> {
        match &self.source {
            VolumeSource::Own(own) => Some(own),
            VolumeSource::Other { .. } => None,
        }
    }

    /// The name by which its tier knows it.
    #[must_use]
    pub fn name(&self) -> Option<&Name> {
        match &self.source {
            VolumeSource::Own(own) => own.name.as_ref(),
            VolumeSource::Other { volume, .. } => Some(volume),
        }
    }
}

/// `patch KIND ["NAME"] { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// The statement without its block.
    pub span: Span,
    /// The kind of the object.
    pub kind: Option<Name>,
    /// The object's name.
    pub object: Option<Name>,
    /// The lines in its braces.
    pub yaml: Option<Name>,
}
