//! `FastAPI`, served by uvicorn.

use super::python::{OPTIONS, PACKAGES, drain_seconds, shipped};
use crate::catalog::context::PROCESS_VARIABLES;
use crate::catalog::contract::IDLE_SECONDS;
use crate::catalog::runtimes::PYTHON;
use crate::catalog::{Choice, Contract, EntryKind, EntryPoint, Need, Plan, Recipe};
use crate::docker::Stage;

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "fastapi",
    doc: "a FastAPI application, served by uvicorn, which must be among its packages",
    options: OPTIONS,
    public_prefixes: &[],
    several: "",
    plan: Some(Plan {
        runtime: &PYTHON,
        packages: PACKAGES,
        entry: Some(EntryPoint {
            kind: EntryKind::Object,
            default: Some("app.main:app"),
            example: "app.main:app",
        }),
        is_server: true,
        contract,
        stages,
        ignore: &[],
    }),
    context: &[
        Need::Packages,
        Need::Package {
            name: "uvicorn",
            brought_by: BRING_UVICORN,
            starts: true,
        },
        Need::Entry {
            others: &[
                "main", "app", "server", "api", "src.main", "app.app", "api.main",
            ],
            told_by: None,
        },
        PROCESS_VARIABLES,
    ],
};

/// Packages that have uvicorn among their own, besides FastAPI's extras; whoever uses one of them need
/// not name it.
const BRING_UVICORN: &[&str] = &[
    "fastapi[standard*",
    "fastapi[all]",
    "fastapi-cli",
    "fastapi-cloud-cli",
    "uvicorn-worker",
    "chainlit",
    "chromadb",
    "crewai",
    "fastmcp",
    "google-adk",
    "gradio",
    "litellm[proxy]",
    "mcp",
    "mlflow",
    "nicegui",
    "openai-agents",
    "prefect",
    "ray[serve]",
];

/// One process a pod: replicas scale, not workers.
fn contract(choice: &Choice) -> Contract {
    let port = choice.port.map_or(String::new(), |port| port.to_string());
    let drain = drain_seconds(choice);
    let idle = IDLE_SECONDS.to_string();
    let command = [
        "uvicorn",
        &choice.entry,
        "--host",
        "0.0.0.0",
        "--port",
        &port,
        "--timeout-graceful-shutdown",
        &drain,
        "--timeout-keep-alive",
        &idle,
    ];
    let mut contract = Contract::of_recipe(choice, command);
    // Behind TLS that ends at the ingress, uvicorn must believe `X-Forwarded-Proto`, or its
    // redirects lead to http and clients all have one address. It trusts 127.0.0.1 alone, and the
    // controller's address can't be known beforehand. So the pod says it, and only behind an
    // ingress: whoever reaches the port directly could make the headers up.
    contract.proxied_variables = vec![("FORWARDED_ALLOW_IPS".to_owned(), "*".to_owned())];
    contract
}

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    shipped(choice, contract, Vec::new())
}
