//! Django, served by gunicorn.

use super::frame::with_stand_ins;
use super::python::{PACKAGES, drain_seconds, interpreter, shipped};
use crate::catalog::context::PROCESS_VARIABLES;
use crate::catalog::contract::IDLE_SECONDS;
use crate::catalog::runtimes::PYTHON;
use crate::catalog::{Choice, Contract, EntryKind, EntryPoint, Need, Plan, Recipe};
use crate::docker::{Instruction, Stage};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "django",
    doc: "a Django application with a `STATIC_ROOT`, served by gunicorn, which must be among its packages",
    options: &[
        "python",
        "packages",
        "entry",
        "system",
        "build_system",
        "stand_in",
        "secret",
        "max_size",
    ],
    public_prefixes: &[],
    several: "",
    plan: Some(Plan {
        runtime: &PYTHON,
        packages: PACKAGES,
        entry: Some(EntryPoint {
            kind: EntryKind::Object,
            default: Some("config.wsgi:application"),
            example: "config.wsgi:application",
        }),
        is_server: true,
        contract,
        stages,
        ignore: &["staticfiles", "*.sqlite3"],
    }),
    context: &[
        Need::Packages,
        Need::Package {
            name: "gunicorn",
            brought_by: &["uvicorn-worker"],
            starts: true,
        },
        Need::Package {
            name: "django",
            brought_by: &["*django*", "wagtail*"],
            starts: false,
        },
        Need::File {
            path: "manage.py",
            help: "build from the folder that holds it: `build django \"./backend\"`",
        },
        Need::Entry {
            others: &["mysite.wsgi", "core.wsgi", "app.wsgi", "project.wsgi"],
            told_by: Some("manage.py"),
        },
        PROCESS_VARIABLES,
    ],
};

/// One process a pod, as for all recipes. Its threads let the probes be answered beside a slow
/// request. It proves that it lives by a file, which must not wait for a disk.
fn contract(choice: &Choice) -> Contract {
    let port = choice.port.map_or(String::new(), |port| port.to_string());
    let address = format!("0.0.0.0:{port}");
    let drain = drain_seconds(choice);
    let idle = IDLE_SECONDS.to_string();
    let command = [
        "gunicorn",
        &choice.entry,
        "--bind",
        &address,
        "--threads",
        "4",
        "--worker-tmp-dir",
        "/dev/shm",
        "--access-logfile",
        "-",
        "--graceful-timeout",
        &drain,
        "--keep-alive",
        &idle,
    ];
    let mut contract = Contract::of_recipe(choice, command);
    // As uvicorn, gunicorn believes no proxy but one on 127.0.0.1.
    contract.proxied_variables = vec![("FORWARDED_ALLOW_IPS".to_owned(), "*".to_owned())];
    contract
}

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    let python = interpreter(choice);
    let collect = [&python, "manage.py", "collectstatic", "--noinput"];
    let built = vec![
        Instruction::Comment(
            "The image has its static files, under the names that pages give them.",
        ),
        Instruction::run(vec![with_stand_ins(choice, &collect)]),
    ];
    shipped(choice, contract, built)
}
