//! The kinds and fields of Kubernetes objects. The fields are those of the table that patches are held to.

mod others;
mod pods;
mod workloads;

use super::{ForeignBlock, IN_A_PATCH};

/// For what follows from names, references and other facts.
const DERIVED: &str = "delete it: it is written for you";

/// For what runs beside the one container.
const OTHERS_BESIDE: &str = "say it in a patch, since a tier runs one container: `patch Deployment {`, and its YAML on the lines below";

/// For what selects pods.
const SELECTORS: &str =
    "delete it: selectors follow from the names; `naming { selector standard }` changes them";

/// What the server writes into objects.
const OF_THE_SERVER: &str = "delete it: the API server writes it";

/// In the order in which people read them.
pub(super) const BLOCKS: &[&[ForeignBlock]] = &[workloads::BLOCKS, pods::BLOCKS, others::BLOCKS];
