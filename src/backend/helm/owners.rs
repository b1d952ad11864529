//! Whose the Secrets of an application are.

use std::collections::BTreeMap;

use crate::ir::{App, SecretKey, SecretObject, ThingName};

/// The Secrets of an application and of its things, by their names.
pub(super) fn owners(app: &App) -> BTreeMap<&str, Option<&str>> {
    let own = app.secret.iter().map(|secret| (secret, None));
    let pods = app.pods().map(|(id, pod)| (id, pod.secret.as_ref()));
    let databases = app.databases.iter();
    let databases = databases.map(|database| (&database.id, database.secret.as_ref()));
    let things = pods.chain(databases);
    let things = things.filter_map(|(id, secret)| Some((secret?, Some(id.name.as_str()))));
    let mut owners = BTreeMap::new();
    for (secret, owner) in own.chain(things) {
        owners.entry(secret.name.as_str()).or_insert(owner);
    }
    owners
}

/// The keys of every Secret of the application's own, by whose it is.
pub(super) fn secret_keys(app: &App) -> BTreeMap<&str, BTreeMap<&str, &SecretKey>> {
    let pods = app.pods().map(|(id, _)| id.name.as_str());
    let databases = app.databases.iter().map(|it| it.id.name.as_str());
    let things = std::iter::once("").chain(pods).chain(databases);
    let secrets = things.filter_map(|thing| {
        let object = owner_of_secrets(app, Some(thing).filter(|it| !it.is_empty()))?;
        let keys = object.keys.iter().rev();
        let keys = keys.map(|key| (key.name.as_str(), key));
        Some((thing, keys.collect()))
    });
    secrets.collect()
}

/// The Secret of a thing, or of the application.
pub(super) fn owner_of_secrets<'a>(app: &'a App, thing: Option<&str>) -> Option<&'a SecretObject> {
    let Some(thing) = thing else {
        return app.secret.as_ref();
    };
    if let Some(pod) = app.pod(thing) {
        return pod.secret.as_ref();
    }
    let database = app.database(&ThingName(thing.to_owned()))?;
    database.secret.as_ref()
}
