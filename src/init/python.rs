//! Projects of Python.

use std::collections::BTreeSet;

use super::candidate::{Candidate, Guess, VisitedFolder};
use super::folders::{join, shown};
use super::search;
use crate::catalog::EntryKind;
use crate::catalog::frameworks::made;
use crate::catalog::requirements::{normalized, split_name};

/// The port that servers of Python are given.
const PORT: u16 = 8000;
/// Where an application of FastAPI or Flask often is.
const MODULES: &[&str] = &[
    "app/main.py",
    "main.py",
    "app.py",
    "server.py",
    "api.py",
    "wsgi.py",
    "src/main.py",
    "app/app.py",
    "app/__init__.py",
    "api/main.py",
];
/// What is started by its name.
const SCRIPTS: &[&str] = &[
    "main.py",
    "worker.py",
    "server.py",
    "app.py",
    "src/main.py",
    "app/main.py",
];
/// Servers and workers: a script that needs one of these doesn't end by itself.
const STAYS: &[&str] = &[
    "aio-pika",
    "aiogram",
    "aiohttp",
    "aiokafka",
    "discord-py",
    "kafka-python",
    "litestar",
    "pika",
    "python-telegram-bot",
    "sanic",
    "starlette",
    "tornado",
    "uvicorn",
];

/// The project in a folder.
pub(super) fn look(at: &VisitedFolder<'_>) -> Vec<Candidate> {
    let manifests = ["pyproject.toml", "requirements.txt"];
    let Some(manifest) = manifests.iter().find(|it| at.folder.has(it)) else {
        return Vec::new();
    };
    let manifest = at.path_of(manifest);
    let packages = packages(at);
    let has = |name: &str| packages.contains(name);
    let mut found = if at.folder.has("manage.py") {
        let mut found = Candidate::new(
            at,
            "django",
            format!("{} is there", at.path_of("manage.py")),
        );
        found.port = Some(Guess::new(PORT, "what gunicorn is told in the image"));
        found
    } else if has("fastapi") {
        let mut found = Candidate::new(at, "fastapi", format!("{manifest} has fastapi"));
        found.entry = object(at, "FastAPI(");
        found.port = Some(Guess::new(PORT, "what uvicorn is told in the image"));
        found
    } else if has("flask") {
        flask(at, &manifest, has("gunicorn"))
    } else if let Some(script) = SCRIPTS.iter().find(|it| is_there(at, it)) {
        let mut found = Candidate::new(at, "python", format!("{} is there", at.path_of(script)));
        found.entry = Some((*script).to_owned());
        found.port = search::port(at, &["py"]);
        if found.port.is_none() && !STAYS.iter().any(|it| has(it)) {
            found.lacks = Some(format!(
                "nothing in {} says that it serves a port or waits for work: what ends by itself is a \
                 `job` or a `cron`",
                at.path_of(script)
            ));
        }
        found
    } else {
        return Vec::new();
    };
    found.packages = packages.into_iter().collect();
    vec![found]
}

/// Flask's own server is for development.
fn flask(at: &VisitedFolder<'_>, manifest: &str, has_server: bool) -> Candidate {
    let mut found = Candidate::new(at, "python", format!("{manifest} has flask"));
    let object = object(at, "Flask(");
    found.entry = object
        .as_ref()
        .and_then(|it| Some(it.split_once(':')?.0.to_owned()));
    match object {
        Some(object) if has_server => {
            let bind = format!("0.0.0.0:{PORT}");
            let words = ["gunicorn", "--bind", &bind, &object];
            found.command = words.iter().map(|it| (*it).to_owned()).collect();
            found.port = Some(Guess::new(PORT, "what the command says"));
        }
        Some(_) => {
            found.lacks = Some(format!(
                "{manifest} has flask and no gunicorn: its own server is for development"
            ));
        }
        None => {
            let folder = shown(at.path);
            found.lacks = Some(format!("no module in {folder} makes a `Flask(…)`"));
        }
    }
    found
}

/// The object that a module makes by a call, as `app.main:app`.
fn object(at: &VisitedFolder<'_>, call: &str) -> Option<String> {
    MODULES.iter().find_map(|file| {
        let text = at.sources.text(&join(at.path, file))?;
        let name = made(&text, call)?;
        let module = file.trim_end_matches(".py").trim_end_matches("/__init__");
        let object = format!("{}:{}", module.replace('/', "."), name);
        EntryKind::Object.admits(&object).then_some(object)
    })
}

fn is_there(at: &VisitedFolder<'_>, file: &str) -> bool {
    match file.rsplit_once('/') {
        None => at.folder.has(file),
        Some((folder, name)) => {
            let names = at.sources.list(&join(at.path, folder));
            names.is_some_and(|names| names.iter().any(|(it, is_folder)| it == name && !is_folder))
        }
    }
}

/// The packages that a project names, as PEP 503 normalizes them.
fn packages(at: &VisitedFolder<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if let Some(text) = at.text("requirements.txt") {
        found.extend(text.lines().filter_map(name));
    }
    let project = at.text("pyproject.toml");
    let Some(project) = project.and_then(|text| text.parse::<toml::Table>().ok()) else {
        return found;
    };
    let own = project.get("project").and_then(|it| it.get("dependencies"));
    let own = own.and_then(toml::Value::as_array).into_iter().flatten();
    found.extend(own.filter_map(|it| name(it.as_str()?)));
    let poetry = project.get("tool").and_then(|it| it.get("poetry"));
    let poetry = poetry.and_then(|it| it.get("dependencies")?.as_table());
    if let Some(poetry) = poetry {
        found.extend(poetry.keys().filter_map(|it| name(it)));
    }
    found
}

/// The name of a requirement.
fn name(line: &str) -> Option<String> {
    let line = line.trim();
    let name = normalized(split_name(line).0);
    (!name.is_empty() && !line.starts_with('-')).then_some(name)
}
