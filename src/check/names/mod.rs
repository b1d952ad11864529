//! What names mean: what the text declares, and what a target changes of it.

pub(in crate::check) mod changes;
pub(in crate::check) mod content;
pub(in crate::check) mod expose;
pub(in crate::check) mod face;
pub(in crate::check) mod faces;
pub(in crate::check) mod gather;
pub(in crate::check) mod hosts;
pub(in crate::check) mod link;
pub(in crate::check) mod naming;
pub(in crate::check) mod overlay;
pub(in crate::check) mod ports;
pub(in crate::check) mod routes;
pub(in crate::check) mod scope;
pub(in crate::check) mod secrets;
pub(in crate::check) mod settings;
