//! Texts as what they stand for: ports, durations, quantities, images and hosts.

pub(in crate::check) mod cidr;
pub(in crate::check) mod config_size;
pub(in crate::check) mod image_names;
pub(in crate::check) mod implausible;
pub(in crate::check) mod measure;
pub(in crate::check) mod numbers;
pub(in crate::check) mod platforms;
pub(in crate::check) mod schedule;
pub(in crate::check) mod texts;
pub(in crate::check) mod urls;
pub(in crate::check) mod variable_names;
