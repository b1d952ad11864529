//! Digests that images of registries are pinned to: a tag may name another image tomorrow, a digest can't.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Choice, Contract, Plan};
use crate::docker::{FRONTEND, Instruction, Stage};

/// The label for the image that one starts from (annotations of the Open Containers image specification).
pub(super) const BASE_NAME: &str = "org.opencontainers.image.base.name";
/// The label for its digest.
const BASE_DIGEST: &str = "org.opencontainers.image.base.digest";

/// The digests of images, by their references as they are written without one: `node:24-slim`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pins(Arc<BTreeMap<String, String>>);

impl Pins {
    /// These digests, each as `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn new(digests: BTreeMap<String, String>) -> Self {
        Pins(Arc::new(digests))
    }

    /// The digest of an image, by its reference without one.
    #[must_use]
    pub fn digest(&self, reference: &str) -> Option<&str> {
        self.0.get(reference).map(String::as_str)
    }

    /// The reference with its digest, if it has one.
    #[must_use]
    pub fn pinned(&self, reference: &str) -> String {
        match self.digest(reference) {
            Some(digest) => format!("{reference}@{digest}"),
            None => reference.to_owned(),
        }
    }
}

impl Plan {
    /// The stages of its Dockerfile, with the digests that are chosen.
    #[must_use]
    pub fn pinned_stages(&self, choice: &Choice, contract: &Contract) -> Vec<Stage> {
        let mut stages = (self.stages)(choice, contract);
        let pins = &choice.pins;
        for image in images(&mut stages) {
            *image = pins.pinned(image);
        }
        let instructions = stages.iter_mut().flat_map(|it| &mut it.instructions);
        for instruction in instructions {
            if let Instruction::Label(labels) = instruction.bare_mut()
                && let Some((_, base)) = labels.iter().find(|(label, _)| *label == BASE_NAME)
                && let Some(digest) = pins.digest(base)
            {
                labels.push((BASE_DIGEST, digest.to_owned()));
            }
        }
        stages
    }

    /// The images of registries that its Dockerfile names, without digests.
    #[must_use]
    pub fn images(&self, choice: &Choice, contract: &Contract) -> BTreeSet<String> {
        let mut stages = (self.stages)(choice, contract);
        let mut all: BTreeSet<_> = images(&mut stages).map(|image| image.clone()).collect();
        all.insert(FRONTEND.to_owned());
        all
    }
}

/// Where stages name images and no other stages.
fn images(stages: &mut [Stage]) -> impl Iterator<Item = &mut String> {
    let names: BTreeSet<_> = stages.iter().map(|stage| stage.name).collect();
    let all = stages.iter_mut().flat_map(|stage| {
        let copies = stage.instructions.iter_mut();
        let copies = copies.filter_map(|instruction| {
            if let Instruction::Copy { from, .. } = instruction.bare_mut() {
                from.as_mut()
            } else {
                None
            }
        });
        std::iter::once(&mut stage.from).chain(copies)
    });
    all.filter(move |name| !names.contains(name.as_str()))
}
