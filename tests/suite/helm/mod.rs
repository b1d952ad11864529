//! Charts, as Helm 4 and Helm 3 read them: the program of `tests/helm`, which `tests/tools todoc-helm`
//! installs, renders and lints them in process.

mod asker;
mod tool;

pub(crate) use asker::{Case, Files, HELMS, Helm};
