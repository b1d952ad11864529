//! Charts, as Helm 4 and Helm 3 read them: the program of `tests/helm`, which `tests/tools todoc-helm`
//! installs, renders and lints them in process.
//!
//! - `tool`: the program says what Helm says.
//! - `equality`: the chart with its defaults is the Kubernetes output.
//! - `fields`: each value alone changes its fields alone; `rows` says which.
//! - `hostile`: values that nobody should set are refused with words, or arrive.
//! - `refusals`: what is refused, and the line that a user reads.
//! - `structure`: values, schema and templates belong together.
//! - `installed`: a real API server takes charts, through all that a release does.
//! - `alike`: names that would be one name among values.
//! - `unset`: keys without a value, and comments of the source.
//! - `tested`: what `helm test` asks.
//! - `files`: files of tiers arrive as they are, or are told of.
//! - `schemas`: schemas keep to their meta-schema.
//! - `lint`: lint has nothing to say, and a chart can be a part of another.

mod alike;
mod another;
mod asker;
mod chart;
mod differences;
mod equality;
mod fields;
mod files;
mod hostile;
mod installed;
mod lint;
mod refusals;
mod rows;
mod schemas;
mod structure;
mod tested;
mod tool;
mod unset;

pub(crate) use asker::{Answer, Case, Files, HELMS, Helm};
pub(crate) use chart::objects;
