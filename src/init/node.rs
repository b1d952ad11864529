//! Packages of Node.js.

use serde_json::Value;

use super::candidate::{Candidate, Guess, VisitedFolder};
use super::docker::NGINX;
use super::folders::join;
use super::search;
use crate::catalog::PackageManager;
use crate::catalog::packages::{BUN, NPM, PNPM, YARN};
use crate::catalog::scripts::{entry, made, packages, served_by, start};

/// The manifest.
const FILE: &str = "package.json";
/// What builds with Vite, and isn't a page that nginx can serve.
const SERVED: &[&str] = &[
    "@angular/ssr",
    "@builder.io/qwik-city",
    "@react-router/node",
    "@remix-run/node",
    "@solidjs/start",
    "@sveltejs/kit",
    "@tanstack/react-start",
    "astro",
    "nuxt",
    "vinxi",
];
/// Servers, which a package is made to run rather than to be used by others.
const SERVERS: &[&str] = &[
    "@hapi/hapi",
    "@nestjs/core",
    "express",
    "fastify",
    "hono",
    "koa",
    "socket.io",
    "ws",
];
/// What the script `build` makes the recipe's own entry of.
const SOURCES_OF_ENTRY: &[&str] = &["src/main.ts", "src/main.mts", "src/main.js"];
const MANAGERS: &[&PackageManager] = &[&NPM, &PNPM, &YARN, &BUN];
/// The ports that frameworks listen on where nothing is said.
const NEXT: u16 = 3000;

/// Whether a folder's lock file is that of packages below it.
pub(super) fn is_workspace(at: &VisitedFolder<'_>) -> bool {
    let says = at.text(FILE).and_then(|text| parsed(&text));
    at.folder.has("pnpm-workspace.yaml") || says.is_some_and(|it| it.get("workspaces").is_some())
}

/// The package in a folder.
pub(super) fn look(at: &VisitedFolder<'_>) -> Vec<Candidate> {
    let Some(text) = at.text(FILE) else {
        return Vec::new();
    };
    let file = at.path_of(FILE);
    let Some(manifest) = parsed(&text) else {
        let mut found = Candidate::new(at, "node", format!("{file} is there"));
        found.lacks = Some(format!("{file} isn't valid JSON"));
        return vec![found];
    };
    let packages: Vec<String> = packages(&manifest).map(str::to_owned).collect();
    let has = |name: &str| packages.iter().any(|it| it == name);
    let framework = |name: &str| format!("{file} has {name}");
    let served = SERVED.iter().find(|it| has(it));
    let mut found = if has("next") {
        Candidate::new(at, "nextjs", framework("next"))
    } else if has("vite") && served.is_none() && at.folder.has("index.html") {
        Candidate::new(at, "vite", framework("vite"))
    } else if let Some((script, command)) = start(&manifest) {
        let mut found = Candidate::new(at, "node", format!("{file} has a script {script}"));
        found.entry = entry(command, &manifest);
        if found.entry.is_none() && served_by(command).is_none() {
            found.lacks = Some(format!(
                "the script `{script}` in {file} isn't `node` and a file: the recipe starts the file \
                 that the script `build` makes, such as `dist/main.js`"
            ));
        }
        found
    } else if let Some((package, server)) = made(&manifest) {
        let mut found = Candidate::new(at, "node", framework(package));
        found.entry = Some(server.to_owned());
        found
    } else if let Some(server) = SERVERS.iter().find(|it| has(it)) {
        without_start(at, framework(server), &manifest)
    } else {
        return Vec::new();
    };
    let has_lock = MANAGERS.iter().any(|it| at.folder.has(it.lock));
    if !has_lock && let Some(root) = at.workspace {
        found.workspace = Some(root.to_owned());
    }
    found.port = Some(port(at, &found, &manifest));
    found.packages = packages;
    found.packages.extend(prisma(at));
    vec![found]
}

fn parsed(text: &str) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text).ok()?;
    value.is_object().then_some(value)
}

/// A server that no script starts: the recipe's own entry, if the sources have what becomes of it.
fn without_start(at: &VisitedFolder<'_>, why: String, manifest: &Value) -> Candidate {
    let mut found = Candidate::new(at, "node", why);
    let builds = manifest.pointer("/scripts/build").is_some();
    let mut sources = SOURCES_OF_ENTRY.iter().map(|it| join(at.path, it));
    if builds && sources.any(|path| at.sources.text(&path).is_some()) {
        return found;
    }
    let main = manifest.get("main").and_then(Value::as_str);
    found.entry = main.and_then(|main| entry(&format!("node {main}"), manifest));
    if found.entry.is_none() {
        let lacks = "neither a script `start` nor `main` says there which file starts it";
        found.lacks = Some(lacks.to_owned());
    }
    found
}

fn port(at: &VisitedFolder<'_>, found: &Candidate, manifest: &Value) -> Guess<u16> {
    if found.recipe == "vite" {
        return Guess::new(NGINX, "what nginx listens on in the image");
    }
    let said = start(manifest).and_then(|(script, command)| Some((script, flag(command)?)));
    if let Some((script, value)) = said {
        return Guess::new(
            value,
            format!("the script {script} of {}", at.path_of(FILE)),
        );
    }
    if found.recipe == "nextjs" {
        return Guess::new(NEXT, "the usual port of Next.js");
    }
    let listens = search::port(at, &["js", "mjs", "cjs", "ts", "mts"]);
    listens.unwrap_or_else(|| Guess::new(NEXT, "the image sets PORT to it"))
}

/// The number behind `--port` or `-p`.
fn flag(command: &str) -> Option<u16> {
    let words: Vec<_> = command.split([' ', '=']).collect();
    let mut pairs = words.windows(2);
    let number = pairs.find_map(|pair| match pair {
        ["--port" | "-p" | "--PORT" | "PORT", number] => number.parse::<u16>().ok(),
        _ => None,
    });
    number.filter(|it| *it > 0)
}

/// The driver that Prisma's schema names, as if it were a package.
fn prisma(at: &VisitedFolder<'_>) -> Option<String> {
    let text = at.sources.text(&join(at.path, "prisma/schema.prisma"))?;
    let lines = text.lines().map(str::trim);
    let mut providers = lines.filter_map(|line| line.strip_prefix("provider")?.split('"').nth(1));
    let known = ["postgresql", "mysql"];
    let provider = providers.find(|it| known.contains(it))?;
    Some(format!("prisma-{provider}"))
}

#[cfg(test)]
mod tests {
    use super::flag;

    #[test]
    fn ports_stand_behind_their_flags() {
        assert_eq!(flag("next start -p 4000"), Some(4000));
        assert_eq!(flag("next start --port=4000"), Some(4000));
        assert_eq!(flag("next start -p $PORT"), None);
    }
}
