//! Compose files, as Docker Compose reads them: the program of `tests/compose`, which
//! `tests/tools todoc-compose` installs, loads them in process.
//!
//! - `tool`: the program reads as Compose does, and says what Compose says.
//! - `equality`: containers are those of the Kubernetes output: variables, commands, folders, rights.
//! - `cluster`: what the Kubernetes output says of a container.
//! - `paths`: every path leads from the file to the source.
//! - `unset`: keys of `config` without a value.

mod asker;
mod cluster;
mod equality;
mod paths;
mod tool;
mod unset;

pub(crate) use asker::{Answer, Compose, Question};
