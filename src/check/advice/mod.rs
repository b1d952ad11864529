//! What is allowed and hardly meant.

pub(in crate::check) mod at_risk;
pub(in crate::check) mod audience;
pub(in crate::check) mod browsers;
pub(in crate::check) mod command_line;
pub(in crate::check) mod credentials;
pub(in crate::check) mod cycles;
pub(in crate::check) mod known;
pub(in crate::check) mod loopback;
pub(in crate::check) mod notes;
pub(in crate::check) mod origins;
pub(in crate::check) mod readings;
pub(in crate::check) mod schedulers;
pub(in crate::check) mod secrecy;
pub(in crate::check) mod typed_addresses;
pub(in crate::check) mod unexpanded;
