//! A compiler for small applications: `.todo` text to Kubernetes objects and Dockerfiles.

pub mod backend;
pub mod catalog;
pub mod check;
pub mod cli;
mod compile;
pub mod diag;
pub mod docker;
pub mod ir;
pub mod reference;
pub mod source;
pub mod syntax;
pub mod yaml;

pub use compile::{Compiled, Options, check_all, compile};
