//! `FastAPI`, served by uvicorn.

use super::frame::{base, runner};
use super::packages::{PIP, UV};
use super::python::{builder, environment, files};
use super::runtimes::PYTHON;
use super::{Choice, Contract, Recipe};
use crate::docker::Stage;

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "fastapi",
    doc: "a FastAPI application",
    runtime: &PYTHON,
    packages: &[&UV, &PIP],
    entry: Some("app.main:app"),
    public_prefixes: &[],
    contract,
    plan,
    ignore: &[],
};

/// One process a pod: replicas scale, not workers.
fn contract(choice: &Choice) -> Contract {
    let port = choice.port.map_or(String::new(), |port| port.to_string());
    let command = [
        "uvicorn",
        &choice.entry,
        "--host",
        "0.0.0.0",
        "--port",
        &port,
    ];
    let mut contract = Contract::of_recipe(choice, command);
    // Behind TLS that ends at the ingress, uvicorn must believe `X-Forwarded-Proto`, or its
    // redirects lead to http and clients all have one address. It trusts 127.0.0.1 alone, and the
    // controller's address can't be known beforehand. So the pod says it, and only behind an
    // ingress: whoever reaches the port directly could make the headers up.
    contract.proxied_variables = vec![("FORWARDED_ALLOW_IPS".to_owned(), "*".to_owned())];
    contract
}

fn plan(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    vec![
        base(choice, Vec::new()),
        builder(choice, &RECIPE),
        runner(choice, contract, environment(choice), files(choice)),
    ]
}
