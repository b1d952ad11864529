//! Containers are those of the Kubernetes output, for every example and program, each of its targets, and
//! for programs at random: what they run, see and may do; and nothing but variables holds a secret.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use todoc::backend::{Backend, Places, backend};
use todoc::catalog::members::PodMember;
use todoc::ir::{App, Identity, Piece, Pod, StatedFact, Text};
use todoc::{Compiled, Options, compile_all, ir};

use super::cluster::{Container, Secrets, container, list, of_shell, value};
use super::{Compose, Question, paths};
use crate::generated::{Fault, THREADS, first_by_threads, seeds, shown, taking_advice, told};
use crate::generator::Program;
use crate::helm::objects;
use crate::support::{builds, programs, report};

/// The folder of the file. That of the source is above it.
pub(super) const FOLDER: &str = "/shop/out";
/// Where a container of Kubernetes has its shared memory as a folder, one of Docker's has it anyway.
const SHARED_MEMORY: &str = "/dev/shm";

fn backends() -> Vec<&'static Backend> {
    ["kubernetes", "docker", "compose"]
        .map(|name| backend(name).expect("a backend"))
        .to_vec()
}

/// What a shell must have set: every variable that a secret comes from, and those by whose names
/// Secrets of others are read.
fn environment(app: &App) -> BTreeMap<String, String> {
    let own = app.secrets().flat_map(|secret| &secret.keys);
    let own = own.map(|key| key.from_env.as_str());
    let pods = app.pods().flat_map(|(_, pod)| &pod.env);
    let secrets = pods.filter(|it| matches!(it.value, ir::Value::Secret(_)));
    let files = app.pods().flat_map(|(_, pod)| &pod.secret_files);
    let names = own.chain(secrets.map(|it| it.name.as_str()));
    let names = names.chain(files.map(|it| it.name.as_str()));
    let engines = app.databases.iter();
    let engines = engines.flat_map(|it| it.engine.password.variables);
    let names = names.chain(engines.copied());
    let names = names.map(of_shell);
    names.map(|name| (name.clone(), value(&name))).collect()
}

/// Whether patches change what a thing is in a cluster: they are lost here.
fn is_patched(app: &App, name: &str) -> bool {
    let tiers = app.tiers.iter().map(|it| (&it.id, &it.patches));
    let jobs = app.jobs.iter().map(|it| (&it.id, &it.patches));
    let databases = app.databases.iter().map(|it| (&it.id, &it.patches));
    let mut all = tiers.chain(jobs).chain(databases);
    all.any(|(id, patches)| id.name == name && !patches.is_empty())
}

/// A thing that runs, by what it is called, and its pod if it isn't a database.
fn things(app: &App) -> impl Iterator<Item = (&Identity, Option<&Pod>)> {
    let databases = app.databases.iter().map(|it| (&it.id, None));
    databases.chain(app.pods().map(|(id, pod)| (id, Some(pod))))
}

/// The service of a thing. It has the thing's own name, unless the network knows another one by that:
/// then it has the name of its own object.
pub(super) fn service<'p>(project: &'p Value, app: &App, id: &Identity) -> Option<&'p Value> {
    let is_known = |other: &Identity| {
        let mut tiers = app.tiers.iter();
        let tier = tiers.find(|it| it.id.name == other.name);
        let is_database = app.databases.iter().any(|it| it.id.name == other.name);
        is_database || tier.is_some_and(|it| !it.ports.is_empty())
    };
    let is_of_another = things(app)
        .any(|(other, _)| is_known(other) && other.service == id.name && other.name != id.name);
    let name = match (is_of_another, is_known(id)) {
        (false, _) => &id.name,
        (true, true) => &id.service,
        (true, false) => &id.workload,
    };
    project["services"].as_object()?.get(name)
}

fn aliases(service: &Value) -> impl Iterator<Item = &str> {
    list(&service["networks"]["default"]["aliases"]).filter_map(Value::as_str)
}

/// Whether a text is what a value states, but for what has another place on this machine: public
/// addresses, and ports that are different behind Services.
fn is_same(app: &App, value: &Text, text: &str) -> bool {
    let pieces = pattern(app, value, 0);
    matches(&pieces, text)
}

/// A value as texts, with `None` for what is different on this machine.
fn pattern(app: &App, value: &Text, depth: usize) -> Vec<Option<String>> {
    let mut pieces = Vec::new();
    for part in value.parts() {
        match &part.fact {
            Some(StatedFact::Public { .. } | StatedFact::ServicePort { .. }) => pieces.push(None),
            Some(StatedFact::Config(key)) if depth < 8 => {
                let mut entries = app.config.iter().flat_map(|map| &map.entries);
                let found = entries.find(|entry| entry.key == *key);
                let inner = found.map_or(Vec::new(), |it| pattern(app, &it.value, depth + 1));
                if inner.iter().any(Option::is_none) {
                    pieces.extend(inner);
                } else {
                    pieces.push(Some(part.text.clone()));
                }
            }
            _ => pieces.push(Some(part.text.clone())),
        }
    }
    pieces
}

fn matches(pieces: &[Option<String>], text: &str) -> bool {
    match pieces {
        [] => text.is_empty(),
        [Some(piece), rest @ ..] => text
            .strip_prefix(piece.as_str())
            .is_some_and(|text| matches(rest, text)),
        [None, rest @ ..] => {
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| matches(rest, &text[at..]))
        }
    }
}

/// Whether a variable of a pod may have another value here, and has one that it may have.
fn is_expected(app: &App, pod: &Pod, name: &str, text: &str, seen: &Container) -> bool {
    let said = pod.env.iter().find(|it| it.name == name);
    // A pod that is taken from another reads that one's.
    let own = app.pods().filter_map(|(_, pod)| pod.config.as_ref());
    let maps: Vec<_> = app.config.iter().chain(own).collect();
    let setting = |object: Option<&str>, key: &str| {
        let maps = maps.iter();
        let maps = maps.filter(|map| object.is_none_or(|name| map.name == name));
        let mut entries = maps.flat_map(|map| &map.entries);
        entries.any(|entry| entry.key == key && is_same(app, &entry.value, text))
    };
    match said.map(|it| &it.value) {
        None => setting(None, name),
        Some(ir::Value::Text(said)) => is_same(app, said, text),
        Some(ir::Value::Config { object, key }) => setting(Some(object), key),
        Some(ir::Value::Secret(_)) => false,
        Some(ir::Value::Pod(member)) => match member {
            PodMember::Name => things(app).any(|(id, of)| {
                let names = [&id.name, &id.service, &id.workload];
                of.is_some_and(|of| std::ptr::eq(of, pod)) && names.iter().any(|it| *it == text)
            }),
            PodMember::Namespace => text == app.namespace.name,
            PodMember::Account => {
                let account = pod.account.as_ref();
                text == account.map_or(&app.name, |it| &it.value)
            }
            PodMember::Ip | PodMember::Node | PodMember::NodeIp | _ => false,
        },
        Some(ir::Value::Composed(pieces)) => {
            let pieces = pieces.iter().flat_map(|piece| match piece {
                Piece::Text(said) => pattern(app, said, 0),
                Piece::Secret { variable, .. } => vec![seen.variables.get(variable).cloned()],
            });
            let pieces: Vec<_> = pieces.collect();
            matches(&pieces, text)
        }
    }
}

/// What of a service isn't what its container is in a cluster.
fn differences(app: &App, pod: Option<&Pod>, there: &Container, here: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut differ = |what: &str, there: &dyn std::fmt::Debug, here: &dyn std::fmt::Debug| {
        wrong.push(format!("{what} there {there:?} here {here:?}"));
    };
    let variables = here["environment"].as_object();
    let variables: BTreeMap<&str, &str> = variables
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
        .collect();
    for (name, before) in &there.variables {
        let after = variables.get(name.as_str()).copied();
        let is_expected = || {
            let pod = pod.zip(after);
            pod.is_some_and(|(pod, after)| is_expected(app, pod, name, after, there))
        };
        if after != Some(before) && !is_expected() {
            differ("the variable", &(name, before), &after);
        }
    }
    for name in variables.keys() {
        if !there.variables.contains_key(*name) {
            differ("a variable that isn't", &"", name);
        }
    }
    let words = |field: &str| -> Vec<String> {
        let words = list(&here[field]).filter_map(Value::as_str);
        words.map(str::to_owned).collect()
    };
    for (what, there, field) in [
        ("the command", &there.command, "entrypoint"),
        ("the arguments", &there.args, "command"),
    ] {
        if *there != words(field) {
            differ(what, there, &words(field));
        }
    }
    let image = here["image"].as_str().unwrap_or_default();
    // A tag that would be too long is cut.
    let is_same = match image.strip_suffix("-compose") {
        Some(start) => there.image.starts_with(start),
        None => image == there.image,
    };
    if !is_same {
        differ("the image", &there.image, &image);
    }
    let targets = |field: &str| list(&here[field]).filter_map(|it| it["target"].as_str());
    let empty = list(&here["tmpfs"]).filter_map(Value::as_str);
    let empty = empty
        .filter_map(|it| it.split_once(':'))
        .map(|(path, _)| path);
    let mounts = targets("volumes")
        .chain(targets("configs"))
        .chain(targets("secrets"))
        .chain(empty);
    // One slash is as good as several.
    let mounts: BTreeSet<_> = mounts
        .map(|path| format!("/{}", path.trim_start_matches('/')))
        .collect();
    let mut expected = there.mounts.clone();
    expected.remove(SHARED_MEMORY);
    if expected != mounts {
        differ("the mounts", &expected, &mounts);
    }
    let user = here["user"].as_str().map(str::to_owned);
    let read_only = here["read_only"] == true;
    let drops_all = here["cap_drop"][0] == "ALL";
    let rights = (&user, read_only, drops_all);
    // Compose refuses to copy a secret into a read-only container.
    let has_secrets = pod.is_some_and(|pod| !pod.secret_files.is_empty());
    let expected = (
        &there.user,
        there.read_only && !has_secrets,
        there.drops_all,
    );
    if rights != expected {
        differ("the rights", &expected, &rights);
    }
    wrong.extend(pod.into_iter().flat_map(|pod| secret_files(pod, here)));
    wrong
}

/// What of the secrets that a container reads as files isn't what its pod says.
fn secret_files(pod: &Pod, here: &Value) -> Vec<String> {
    let user = pod.contract.user.map(|user| user.to_string());
    let files = pod.secret_files.iter();
    let wrong = files.filter(|file| {
        let mut all = list(&here["secrets"]);
        let found = all.find(|it| it["target"] == *file.path);
        found.is_none_or(|it| {
            let mode = if user.is_some() { "0440" } else { "0444" };
            let names = [&file.name, &format!("{}-file", file.name)];
            !names.iter().any(|name| it["source"] == **name)
                || it["gid"].as_str() != user.as_deref()
                || it["mode"] != mode
        })
    });
    wrong
        .map(|file| format!("the secret at {}: {}", file.path, here["secrets"]))
        .collect()
}

/// Whether texts hold a secret where none may be: anywhere but in values of variables.
fn shows_secrets(project: &Value) -> bool {
    match project {
        Value::String(text) => text.contains("CANARY"),
        Value::Array(items) => items.iter().any(shows_secrets),
        Value::Object(fields) => fields.iter().any(|(key, value)| {
            key.contains("CANARY") || (key != "environment" && shows_secrets(value))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// What is wrong with the Compose file of a target.
fn wrong(compose: &mut Compose, built: &Compiled) -> Vec<String> {
    let file = built.artifacts.iter().find(|it| it.path == "compose.yaml");
    let (Some(app), Some(file)) = (&built.app, file) else {
        return vec![format!("there is no file: {:?}", built.diagnostics)];
    };
    let mut found = Vec::new();
    if file.text.contains("CANARY") {
        found.push("the file holds a secret".to_owned());
    }
    let environment = environment(app);
    let answer = compose.ask(&Question {
        text: &file.text,
        folder: FOLDER,
        environment: &environment,
    });
    found.extend(
        answer
            .said
            .iter()
            .map(|line| format!("Compose says {line}")),
    );
    let project = match answer.project {
        Ok(project) => project,
        Err(error) => return vec![format!("Compose refuses it: {error}")],
    };
    if shows_secrets(&project) {
        found.push("a secret is elsewhere than in variables".to_owned());
    }
    let (objects, secrets) = (objects(&built.artifacts), Secrets::of(app));
    for (id, pod) in things(app) {
        let name = &id.name;
        if is_patched(app, name) {
            continue;
        }
        // Of those that an operator runs, it alone knows the containers.
        let mut databases = app.databases.iter();
        if databases.any(|it| it.id.name == *name && it.operated().is_some())
            && service(&project, app, id).is_some()
        {
            continue;
        }
        let (Some(there), Some(here)) = (
            container(&objects, id, &secrets),
            service(&project, app, id),
        ) else {
            found.push(format!("`{name}` isn't there"));
            continue;
        };
        let differences = differences(app, pod, &there, here);
        found.extend(differences.iter().map(|it| format!("`{name}`: {it}")));
        let is_known = project["services"].get(&id.service).is_some()
            || aliases(here).any(|alias| alias == id.service);
        let has_ports = pod.is_none()
            || app
                .tiers
                .iter()
                .any(|it| it.id.name == *name && !it.ports.is_empty());
        if has_ports && !is_known {
            found.push(format!("`{name}` isn't known as {}", id.service));
        }
        let labels: BTreeMap<_, _> = app.labels.iter().map(|it| (&it.key, &it.value)).collect();
        let written = here["labels"].as_object();
        let written: BTreeMap<_, _> = written
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key, value.as_str()?)))
            .collect();
        if !labels
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .eq(written.iter().map(|(key, value)| (*key, *value)))
        {
            found.push(format!("`{name}`: the labels are {written:?}"));
        }
    }
    found.extend(paths::wrong(app, &project));
    found
}

#[test]
fn containers_of_every_program_are_those_of_the_cluster() {
    let Some(mut compose) = Compose::start() else {
        return;
    };
    let mut failures = Vec::new();
    for fixture in programs() {
        for built in builds(&fixture, &backends()) {
            let target = built.app.as_ref().and_then(|app| app.target.clone());
            let found = wrong(&mut compose, &built);
            let name = format!("{} {}", fixture.path, target.unwrap_or_default());
            failures.extend(found.iter().map(|it| format!("{name}: {it}")));
        }
    }
    report(&failures);
}

fn faults(compose: &mut Compose, program: &Program) -> Vec<Fault> {
    let program = taking_advice(program);
    let options = Options {
        emit: backends(),
        source_name: "app.todo".to_owned(),
        files: program.files.clone(),
        places: Places::default(),
        ..Options::default()
    };
    let all = compile_all(&program.text(), &options);
    let found = all.builds.iter().flat_map(|built| wrong(compose, built));
    found.map(|it| told(&it)).collect()
}

/// Of so many programs one is tried: 2,000 take minutes.
const SOME: usize = 4;

/// `TODOC_CASES` says of how many, `TODOC_SEED` with which one to begin.
#[test]
fn containers_of_valid_programs_are_those_of_the_cluster() {
    let askers: Option<Vec<Compose>> = (0..THREADS).map(|_| Compose::start()).collect();
    let Some(mut askers) = askers else {
        return;
    };
    let first = first_by_threads(&mut askers, &seeds().step_by(SOME), faults);
    let compose = std::cell::RefCell::new(askers.remove(0));
    report(&shown(first, |it| faults(&mut compose.borrow_mut(), it)));
}
