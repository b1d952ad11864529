//! Compose files, as Docker Compose reads them: the program of `tests/compose`, which
//! `tests/tools todoc-compose` installs, loads them in process.
//!
//! - `tool`: the program reads as Compose does, and says what Compose says.
//! - `equality`: containers are those of the Kubernetes output: variables, commands, folders, rights.
//! - `addresses`: where browsers on this machine reach what is exposed.
//! - `clashes`: no two things fall together, and none is renamed.
//! - `cluster`: what the Kubernetes output says of a container.
//! - `paths`: every path leads from the file to the source.
//! - `unset`: keys of `config` without a value.
//! - `variables`: which variables the file reads, and what stands where one isn't set.

mod addresses;
mod asker;
mod clashes;
mod cluster;
mod equality;
mod paths;
mod tool;
mod unset;
mod variables;

pub(crate) use asker::{Answer, Compose, Question};

use todoc::backend::backend;
use todoc::{Compiled, Options, compile};

/// What Compose alone is asked for.
fn built(text: &str) -> Compiled {
    let options = Options {
        emit: vec![backend("compose").expect("a backend")],
        source_name: "app.todo".to_owned(),
        ..Options::default()
    };
    compile(text, &options)
}

/// The file of a program that nothing is wrong with.
fn file(built: &Compiled) -> &str {
    let file = built.artifacts.iter().find(|it| it.path == "compose.yaml");
    &file
        .unwrap_or_else(|| panic!("{:?}", built.diagnostics))
        .text
}

/// What Compose reads of a file with these variables set.
fn read(compose: &mut Compose, text: &str, variables: &[(&str, &str)]) -> Answer {
    let variables = variables.iter();
    let environment = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    compose.ask(&Question {
        text,
        folder: "/shop/out",
        environment: &environment.collect(),
    })
}
