//! What Compose can't say, besides what is found where the parts are written. Every field of the
//! application is named here: a new one doesn't compile until this file says what becomes of it.

use super::Losses;
use super::environment;
use super::project::Project;
use crate::catalog::defaults::Switch;
use crate::diag::Code;
use crate::ir::{
    App, Claim, ConfigMap, Contract, Database, HostSettings, Identity, Ingress, IngressSettings,
    Job, Patch, Pod, StatedFact, Text, Tier, Value, Volume,
};
use crate::source::Span;
use std::collections::BTreeSet;

/// All of it.
pub(super) fn of_app(app: &App, project: &Project, losses: &mut Losses) {
    let App {
        name,
        // In `mod` and `project`.
        target: _,
        target_origin: _,
        is_default_target: _,
        config,
        secret: _,
        labels: _,
        edges: _,
        lookup: _,
        // They are in the tags of images.
        version: _,
        tag_from: _,
        // Images are named by the digests too.
        pinned: _,
        // Services go by the names in the source.
        naming: _,
        // Nothing selects containers, and nothing is loaded into a cluster.
        selector: _,
        local_images: _,
        context: _,
        origin,
        namespace,
        pull_secret,
        off,
        databases,
        tiers,
        objects,
        jobs,
        ingress,
        // Each tier behind one says that it is reached elsewhere.
        ingresses,
        // What a chart is like.
        helm: _,
        // Variables of the shell give them their values.
        unset,
    } = app;
    if namespace.name != *name {
        setting("namespace", namespace.origin, losses);
    }
    if let Some(secret) = pull_secret {
        setting("pull secret", secret.span, losses);
    }
    of_ingress(ingress, losses);
    of_hosts(ingresses, tiers, losses);
    if let Some(map) = config {
        of_settings(map, unset, losses);
    }
    for object in objects {
        let message = format!(
            "the objects of `{}`: Compose has no such kinds",
            object.path
        );
        losses.lose(Code::ObjectLost, object.origin, message);
    }
    let kinds = [
        Switch::DisruptionBudget,
        Switch::NetworkPolicy,
        Switch::PodSecurity,
        Switch::ServiceAccount,
        Switch::Spread,
    ];
    if kinds
        .iter()
        .any(|kind| off.iter().all(|it| it.value != *kind))
    {
        let message = "network policies, disruption budgets, spread over nodes and the service \
                       account: one machine has one network, in which all reach each other";
        losses.lose(Code::ClusterLost, *origin, message);
    }
    for database in databases {
        of_database(database, losses);
    }
    for tier in tiers {
        of_tier(tier, project, losses);
    }
    for job in jobs {
        of_job(job, project, losses);
    }
}

/// Lists as JSON in which somebody's variable is put as it stands: Compose has no function that
/// escapes one.
fn of_settings(map: &ConfigMap, unset: &[String], losses: &mut Losses) {
    for setting in &map.entries {
        of_json(&setting.value, setting.origin, unset, losses);
    }
}

fn of_json(text: &Text, place: Span, unset: &[String], losses: &mut Losses) {
    for part in text.parts() {
        if let (true, Some(StatedFact::Config(key))) = (part.in_json, &part.fact)
            && unset.contains(key)
        {
            let message = format!(
                "the escapes of `{key}` in a list as JSON: a value with a quote or a backslash \
                 breaks the list"
            );
            losses.lose(Code::EscapeLost, place, message);
        }
    }
}

/// What all hosts have.
fn of_ingress(ingress: &IngressSettings, losses: &mut Losses) {
    let IngressSettings {
        class,
        issuer,
        annotations,
        timeout,
        gateway,
        // In `address`.
        pattern_hosts: _,
        are_both: _,
    } = ingress;
    if let Some(class) = class {
        setting("Ingress class", class.span, losses);
    }
    if let Some(issuer) = issuer {
        setting("issuer of certificates", issuer.span, losses);
    }
    if let Some(gateway) = gateway {
        setting("Gateway", gateway.origin, losses);
    }
    for entry in annotations {
        setting("annotations of Ingresses", entry.origin, losses);
    }
    if let Some(timeout) = timeout {
        setting("timeout of hosts", timeout.span, losses);
    }
}

/// What is said of each host alone.
fn of_hosts(hosts: &[Ingress], tiers: &[Tier], losses: &mut Losses) {
    // What takes a path off isn't needed: browsers ask for the rest, which is said of the address.
    let of_tiers = tiers.iter().filter_map(|tier| tier.expose.value.strip());
    let of_routes = hosts.iter().flat_map(|host| &host.routes);
    let stripped: BTreeSet<Span> = of_tiers
        .chain(of_routes.filter_map(|route| route.strip))
        .collect();
    for host in hosts {
        of_host(&host.settings, &stripped, losses);
    }
    for tier in tiers {
        if let Some(settings) = tier.expose.value.own_settings() {
            of_host(settings, &stripped, losses);
        }
    }
}

/// What is said of one host. A limit may be several annotations.
fn of_host(settings: &HostSettings, stripped: &BTreeSet<Span>, losses: &mut Losses) {
    let HostSettings {
        annotations,
        timeout,
    } = settings;
    let places = annotations.iter().map(|entry| entry.origin);
    let places = places.chain(timeout.iter().map(|it| it.span));
    let places = places.filter(|place| !stripped.contains(place));
    let mut known = Vec::new();
    for place in places {
        if !known.contains(&place) {
            known.push(place);
            setting("setting of a host", place, losses);
        }
    }
}

fn setting(what: &str, place: Span, losses: &mut Losses) {
    let message = format!("the {what}: a cluster's setting, which Compose doesn't have");
    losses.lose(Code::SettingLost, place, message);
}

fn of_tier(tier: &Tier, project: &Project, losses: &mut Losses) {
    let Tier {
        id,
        pod,
        rollout,
        patches,
        // In `tier`, `health`, `address` and `waits`.
        ports: _,
        replicas: _,
        probes: _,
        expose: _,
        migration: _,
        exposed_port: _,
        public: _,
        off: _,
        // A published port needs no Service, and neither does one container.
        public_service: _,
        pods_service: _,
        // All containers reach each other, which is said of the whole application.
        admits: _,
        further: _,
    } = tier;
    of_pod(id, pod, project, losses);
    if rollout.span != id.origin {
        let message = format!(
            "the rollout of `{}`: Compose stops the old ones first",
            id.name
        );
        losses.lose(Code::SettingLost, rollout.span, message);
    }
    of_patches(patches, id, losses);
}

fn of_job(job: &Job, project: &Project, losses: &mut Losses) {
    let Job {
        id,
        pod,
        patches,
        // In `task` and `waits`.
        schedule: _,
        after: _,
        off: _,
    } = job;
    of_pod(id, pod, project, losses);
    of_patches(patches, id, losses);
}

fn of_database(database: &Database, losses: &mut Losses) {
    let Database {
        id,
        patches,
        // In `database`.
        engine: _,
        image: _,
        pull: _,
        mount: _,
        storage: _,
        class: _,
        account: _,
        password: _,
        secret: _,
        policy: _,
        args: _,
        files: _,
        resources: _,
        env: _,
        uid: _,
        writable: _,
        // All containers reach each other.
        admits: _,
        off: _,
        // Both are a container.
        workload: _,
        said: _,
    } = database;
    of_patches(patches, id, losses);
}

fn of_pod(id: &Identity, pod: &Pod, project: &Project, losses: &mut Losses) {
    let Pod {
        image,
        contract,
        annotations,
        account,
        volumes,
        secret_files,
        // A new volume of Docker's belongs to whom the image's folder does.
        volume_group: _,
        // In `process`, `environment`, `resources`, `storage` and `waits`.
        host_name: _,
        said: _,
        command: _,
        args: _,
        first: _,
        files: _,
        resources: _,
        waits: _,
        config,
        secret: _,
        env_from: _,
        env,
        // Compose makes a container anew whose variables or files changed.
        config_read: _,
    } = pod;
    let Contract {
        user,
        read_only_root,
        // In `process` and `storage`; variables are the pod's.
        no_capabilities: _,
        writable: _,
        shutdown_seconds: _,
        variables: _,
        proxied_variables: _,
        // In the image.
        command: _,
        kept: _,
    } = contract;
    for entry in annotations {
        let message = format!("annotations of `{}`: nothing reads them", id.name);
        losses.lose(Code::SettingLost, entry.origin, message);
    }
    if let Some(account) = account {
        let message = format!("the account of `{}`: there is no API server", id.name);
        losses.lose(Code::SettingLost, account.span, message);
    }
    let unset = &project.app.unset;
    if let Some(map) = config {
        of_settings(map, unset, losses);
    }
    for variable in env {
        if let Value::Text(text) = &variable.value {
            of_json(text, variable.origin, unset, losses);
        }
    }
    if let (Some(file), true) = (secret_files.first(), read_only_root) {
        let message = format!(
            "the read-only root of `{}`: Compose copies the file of a secret into the container",
            id.name
        );
        losses.lose(Code::ReadOnlyLost, file.origin, message);
    }
    for file in secret_files {
        if project.secret(&file.key).is_none() {
            environment::of_others(&file.key, &file.name, file.origin, losses);
        }
    }
    let has_folders = project.recipe(image).is_some();
    for volume in volumes {
        let Volume {
            name,
            claim,
            path,
            read_only,
            origin,
            object: _,
        } = volume;
        if let Some(claim) = claim {
            let Claim {
                size,
                class,
                // Any number of containers mount a volume; where each has its own, one runs.
                mounted_by: _,
            } = claim;
            let what = if class.is_some() {
                "size and class"
            } else {
                "size"
            };
            let message = format!("the {what} of volume `{name}`: a volume of Docker has none");
            losses.lose(Code::VolumeLost, size.span, message);
        }
        if let (Some(user), false, false) = (user, read_only, has_folders) {
            let message = format!(
                "the owner of volume `{name}`: it is whose the image's folder {path} is, not {user}"
            );
            losses.lose(Code::OwnerLost, *origin, message);
        }
    }
}

fn of_patches(patches: &[Patch], id: &Identity, losses: &mut Losses) {
    for patch in patches {
        let Patch {
            kind,
            object: _,
            text: _,
            document: _,
        } = patch;
        let message = format!("a patch of `{}`: it changes a {}", id.name, kind.value);
        losses.lose(Code::PatchLost, kind.span, message);
    }
}
