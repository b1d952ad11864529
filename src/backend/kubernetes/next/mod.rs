//! What to do with the objects: the Secrets that they need, the commands that bring them to a cluster,
//! and what no command does.

mod gateway;
mod go_back;
mod make_secrets;
mod migrate;
mod reach;
mod secrets_needed;

use super::cluster::{self, NAMESPACE, Object};
use super::{deployed, object};
use crate::backend::{Command, Delivery, Detail, Purpose, Step, When, argument};
use crate::ir;
pub(in crate::backend) use go_back::of_chart as go_back_by_chart;
use indexmap::{IndexMap, IndexSet};
pub(in crate::backend) use make_secrets::program as secrets_program;
pub(in crate::backend) use migrate::steps_for_chart;
use std::collections::BTreeSet;
use std::path::Path;

/// Where objects lie below the output folder.
const OBJECTS: &str = "kubernetes";

/// The steps.
pub(super) fn steps(app: &ir::App, delivery: Option<&Delivery>) -> Vec<Step> {
    let mut steps: Vec<_> = reach::addresses(app).into_iter().collect();
    let secrets = secrets_needed::step(app, true);
    let asks_for_secrets = secrets.is_some();
    steps.extend(secrets);
    let Some(delivery) = delivery else {
        return steps;
    };
    let Delivery { artifacts, out, .. } = delivery;
    let mut change = cluster::change(delivery.changes, &app.namespace.name);
    // Those of this build stand in its files, and those of others in the lock.
    let after = deployed::after(delivery.deployed, app, true);
    let known: BTreeSet<_> = change.gone.iter().map(Object::key).collect();
    let remembered = deployed::gone(&after.objects).into_iter();
    change
        .gone
        .extend(remembered.filter(|it| !known.contains(&it.key())));
    steps.extend(by_hand(&change));
    let mut gone = delete_objects(
        &change.gone,
        Purpose::Delete,
        "delete what is no longer part of the application",
        None,
    );
    let mut paths = artifacts.iter().map(|artifact| artifact.path.as_str());
    if paths.clone().any(|path| path.starts_with(OBJECTS)) {
        steps.extend(deployed::steps(delivery.deployed, app, delivery));
        steps.extend(reach::publish(app));
        steps.extend(reach::for_ingresses(app));
        steps.extend(reach::for_operators(app));
        steps.extend(see_cluster(app));
        steps.extend(load_images(app, delivery));
        if asks_for_secrets && paths.any(|path| path == NAMESPACE) {
            steps.push(Step::run(
                Purpose::MakeSecrets,
                When::Once,
                "make the namespace, for the Secrets to live in",
                vec![kubectl_apply(&out.join(NAMESPACE))],
            ));
        }
        steps.extend(make_secrets::steps(app, delivery, true));
        steps.extend(define(app, out));
        steps.extend(delete_objects(
            &change.replaced,
            Purpose::Replace,
            "delete what can't be changed in place: the next command makes it anew",
            None,
        ));
        steps.extend(delete_objects(
            &change.replaced_alone,
            Purpose::Replace,
            "delete what can't be changed in place; the next command takes over its pods",
            Some("--cascade=orphan"),
        ));
        steps.extend(migrate::steps(app, delivery, &mut gone));
        steps.extend(reach::show_addresses(app));
        steps.extend(reach::forward(app));
        steps.push(go_back::step(app));
    }
    steps.extend(gone);
    steps
}

/// What comes before a chart where no objects are written: the images that the cluster gets from this
/// machine, and the Secrets. A chart that takes the values of secrets makes itself those that have keys
/// of the application's own.
pub(in crate::backend) fn steps_before_chart(app: &ir::App, delivery: &Delivery) -> Vec<Step> {
    let with_own = app.helm.secrets == ir::ChartSecrets::Existing;
    let mut steps: Vec<_> = secrets_needed::step(app, with_own).into_iter().collect();
    steps.extend(reach::for_operators(app));
    steps.extend(load_images(app, delivery));
    let made = make_secrets::steps(app, delivery, with_own);
    let namespace = &app.namespace.name;
    if !made.is_empty() && app.namespace.create {
        steps.push(Step::run(
            Purpose::MakeSecrets,
            When::Once,
            "make the namespace, for the Secrets to live in",
            vec![Command::run(["kubectl", "create", "namespace", namespace])],
        ));
    }
    steps.extend(made);
    steps
}

/// Says which cluster the commands act on, where none of them does.
pub(in crate::backend) fn see_cluster(app: &ir::App) -> Option<Step> {
    if app.context.is_some() {
        return None;
    }
    let see = Command::run(["kubectl", "config", "current-context"]);
    let title = "show the cluster that kubectl acts on; `context \"NAME\"` fixes it";
    Some(Step::run(
        Purpose::SeeCluster,
        When::EveryTime,
        title,
        vec![see],
    ))
}

/// What no command does, because people's data is in it.
fn by_hand(change: &cluster::Change) -> impl Iterator<Item = Step> {
    let left = change.gone.iter();
    let left = left.filter(|object| object.holds_data || object.kind == cluster::SET);
    let step = |title: &str, objects: Vec<&Object>| {
        let lines = objects.into_iter().map(line).collect();
        Step::tell(Purpose::ByHand, When::ThisTime, title, lines).unless_empty()
    };
    let steps = [
        step(
            "No longer built, and in the cluster until you delete them with their data",
            left.collect(),
        ),
        step(
            "Claims that stay as they are: change them by hand",
            change.claims.iter().collect(),
        ),
    ];
    steps.into_iter().flatten()
}

/// An object with data, or the claims of a StatefulSet.
fn line(object: &Object) -> Detail {
    let Object {
        kind,
        namespace,
        name,
        holds_data,
    } = object;
    let place = match namespace {
        Some(namespace) => format!(" in namespace {namespace}"),
        None => String::new(),
    };
    let claims = if *holds_data {
        ""
    } else {
        "the PersistentVolumeClaims of "
    };
    Detail::new(format!("{claims}{kind} {name}{place}"))
}

/// Defines kinds, and waits until the server knows them: `kubectl apply` looks up the kinds of all objects
/// before it makes the first.
fn define(app: &ir::App, out: &Path) -> Option<Step> {
    let mut applied = Vec::new();
    let mut names = Vec::new();
    for file in &app.objects {
        if !file.definitions.is_empty() {
            applied.push(kubectl_apply(&out.join(object::path(file))));
        }
        let defined = file.definitions.iter();
        names.extend(defined.map(|name| format!("crd/{name}")));
    }
    let established = "--for=condition=established";
    let words = ["kubectl", "wait", established, "--timeout=1m"];
    let words = words.into_iter().map(str::to_owned);
    let wait = Command::run(words.chain(names));
    let is_needed = !applied.is_empty();
    applied.push(wait);
    is_needed.then(|| {
        Step::run(
            Purpose::Define,
            When::EveryTime,
            "define the kinds of objects that others are of",
            applied,
        )
    })
}

/// Loads the images that are built here, where the cluster has no registry to pull them from.
fn load_images(app: &ir::App, delivery: &Delivery) -> Option<Step> {
    if !app.local_images || !delivery.builds_images {
        return None;
    }
    let built = app.pods().filter(|(_, pod)| pod.image.build.is_some());
    let images = built.map(|(_, pod)| pod.image.reference.to_string());
    let images: IndexSet<String> = images.collect();
    let load = |words: [&str; 3]| {
        let images = images.iter();
        let commands = images.map(|image| Command::run([&words[..], &[image]].concat()));
        commands.collect()
    };
    let step = Step::run(
        Purpose::LoadImages,
        When::EveryTime,
        "load them into the cluster; Docker Desktop has them already",
        load(["minikube", "image", "load"]),
    );
    let mut step = step.unless_empty()?;
    step.alternatives = vec![("with kind", load(["kind", "load", "docker-image"]))];
    Some(step)
}

/// Deletes objects, which `kubectl apply` never does: what the files no longer hold comes last, so
/// that what stands in their place is there before they go.
fn delete_objects(
    objects: &[Object],
    purpose: Purpose,
    title: &str,
    option: Option<&str>,
) -> Option<Step> {
    // Against the order of the files: what guards pods goes after them.
    let gone = objects.iter().rev().filter(|object| !object.holds_data);
    let mut by_namespace: IndexMap<_, Vec<_>> = IndexMap::new();
    for object in gone {
        let word = format!("{}/{}", object.kind.to_lowercase(), object.name);
        let namespace = object.namespace.as_deref();
        by_namespace.entry(namespace).or_default().push(word);
    }
    let commands = by_namespace.into_iter().map(|(namespace, objects)| {
        let words = ["kubectl", "delete", "--ignore-not-found"];
        let place = namespace.map(|namespace| ["-n", namespace]);
        let words = words.into_iter().chain(option);
        let words = words.chain(place.into_iter().flatten());
        Command::run(words.map(str::to_owned).chain(objects))
    });
    Step::run(purpose, When::ThisTime, title, commands.collect()).unless_empty()
}

fn kubectl_apply(path: &Path) -> Command {
    Command::run(["kubectl", "apply", "-f", &argument(path)])
}
