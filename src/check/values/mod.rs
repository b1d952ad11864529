//! What values stand for, and what they refer to.

pub(in crate::check) mod database_access;
mod elsewhere;
pub(in crate::check) mod external;
pub(in crate::check) mod link;
mod members;
pub(in crate::check) mod public;
pub(in crate::check) mod references;
pub(in crate::check) mod shared;
pub(in crate::check) mod storage;
pub(in crate::check) mod value;
