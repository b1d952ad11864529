//! The Secrets that an application reads: which there are, who reads each key, and what to tell
//! `kubectl` of them. None of it knows a value.

mod by_hand;
mod foreign;
mod object;
mod own;
mod readers;
mod script;

pub(super) use by_hand::{create_pull, create_tls};
pub use foreign::{ForeignSecret, foreign};
pub(super) use foreign::{certificates, of_others};
pub use object::{Store, claim_name, external, head, namespace, plain_rows};
pub use own::{OwnSecret, SecretOwner, demands, own};
pub(super) use readers::rollout_name;
pub(in crate::backend) use readers::rollout_name_of_tier;
pub use readers::{ChangedSecret, Reader, readers, restarts};
pub use script::script;
