//! Tiers, jobs and databases to the IR.

pub(in crate::check) mod admit;
pub(in crate::check) mod apart;
pub(in crate::check) mod arguments;
pub(in crate::check) mod build;
pub(in crate::check) mod chart;
mod chart_facts;
pub(in crate::check) mod container;
pub(in crate::check) mod database;
pub(in crate::check) mod environment;
pub(in crate::check) mod files;
pub(in crate::check) mod graph;
pub(in crate::check) mod health;
pub(in crate::check) mod image;
pub(in crate::check) mod image_clashes;
pub(in crate::check) mod image_name;
pub(in crate::check) mod ingress;
pub(in crate::check) mod job;
pub(in crate::check) mod kept;
pub(in crate::check) mod labels;
pub(in crate::check) mod objects;
pub(in crate::check) mod patches;
pub(in crate::check) mod pod;
pub(in crate::check) mod process;
pub(in crate::check) mod scaling;
pub(in crate::check) mod server;
pub(in crate::check) mod tier;
pub(in crate::check) mod variables;
