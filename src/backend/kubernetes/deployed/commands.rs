//! Commands that save data, read it elsewhere, and make room for it.

use crate::backend::deployed::{Facts, Kind, Thing, What};
use crate::backend::kubernetes::kubectl::{rollout_status, until_ready};
use crate::backend::kubernetes::secrets::rollout_name_of_tier;
use crate::backend::kubernetes::{Group, path};
use crate::backend::{Delivery, Detail, Purpose, Step, When, argument, quote};
use crate::ir::{App, Database, EdgeKind, EdgeSource};

/// What the commands are about.
pub(super) struct Mover<'a> {
    pub(super) then: &'a Facts,
    pub(super) app: &'a App,
    pub(super) delivery: &'a Delivery<'a>,
}

/// A pod of before with its claim.
pub(super) struct MountedClaim {
    /// What `kubectl exec` takes for it.
    pub(super) pod: String,
    /// The name of the claim.
    pub(super) claim: String,
    /// The file that its data is saved in.
    pub(super) file: String,
}

/// Words of a shell; those that need quotes have them.
pub(super) type Words = Vec<String>;

pub(super) fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Words {
    words.into_iter().map(quote).collect()
}

impl Mover<'_> {
    pub(super) fn was(&self, thing: &Thing, what: What) -> &str {
        self.then.get(thing, what).unwrap_or_default()
    }

    /// The namespace in which everything is.
    pub(super) fn namespace_then(&self) -> &str {
        let mut namespaces = self.then.of_kind(Kind::Namespace);
        let then = namespaces
            .next()
            .and_then(|it| self.then.get(it, What::Name));
        then.unwrap_or(&self.app.namespace.name)
    }

    /// Runs a command in a pod of before, and puts what it prints into a file.
    pub(super) fn saved(&self, workload: &str, command: &[String], file: &str) -> Words {
        let exec = [
            "kubectl",
            "exec",
            "-n",
            self.namespace_then(),
            workload,
            "--",
        ];
        let command = command.iter().map(String::as_str);
        let mut all = words(exec.into_iter().chain(command));
        all.extend([">".to_owned(), quote(file)]);
        all
    }

    /// Runs a command in a pod of now, which reads a file.
    pub(super) fn loaded(&self, workload: &str, command: &[String], file: &str) -> Words {
        let namespace = self.app.namespace.name.as_str();
        let exec = ["kubectl", "exec", "-i", "-n", namespace, workload, "--"];
        let command = command.iter().map(String::as_str);
        let mut all = words(exec.into_iter().chain(command));
        all.extend(["<".to_owned(), quote(file)]);
        all
    }

    /// Ends what writes to a database; to apply it makes it anew.
    pub(super) fn stop(&self, database: &Database) -> Vec<Words> {
        let app = self.app;
        let uses = |name: &str| {
            app.edges.iter().any(|edge| {
                let is_of = matches!(&edge.from, EdgeSource::Thing(thing) if thing.0 == name);
                let is_use = edge.kind.connects() || edge.kind == EdgeKind::Waits;
                is_of && is_use && database.id.is(&edge.to)
            })
        };
        let tiers = app.tiers.iter().filter(|tier| uses(&tier.id.name));
        let tiers = tiers.map(rollout_name_of_tier);
        let crons = app
            .jobs
            .iter()
            .filter(|job| job.schedule.is_some() && uses(&job.id.name));
        let crons = crons.map(|job| format!("cronjob/{}", job.id.workload));
        let all: Vec<_> = tiers.chain(crons).collect();
        if all.is_empty() {
            return Vec::new();
        }
        vec![delete(
            self.namespace_then(),
            all.iter().map(String::as_str),
        )]
    }

    /// Deletes what runs on claims, and the claims, but not their volumes.
    pub(super) fn without_claims(&self, thing: &Thing, workloads: &[&str]) -> Vec<Words> {
        let namespace = self.namespace_then();
        let mounts = self.mounts(thing);
        let mut all: Vec<_> = mounts.iter().map(|it| self.keep(&it.claim)).collect();
        all.push(delete(namespace, workloads.iter().copied()));
        let claims: Vec<_> = mounts
            .iter()
            .map(|it| format!("pvc/{}", it.claim))
            .collect();
        let words_of = ["kubectl", "delete", "-n", namespace].into_iter();
        all.push(words(words_of.chain(claims.iter().map(String::as_str))));
        all
    }

    /// Lets the volume of a claim stay when the claim goes.
    fn keep(&self, claim: &str) -> Words {
        let namespace = self.namespace_then();
        let volume = format!(
            "\"$(kubectl get -n {namespace} pvc/{claim} -o 'jsonpath={{.spec.volumeName}}')\""
        );
        let keep = r#"{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}"#;
        let keep = [
            "kubectl".to_owned(),
            "patch".to_owned(),
            "pv".to_owned(),
            volume,
            "-p".to_owned(),
            quote(keep),
        ];
        keep.to_vec()
    }

    /// Ends what ran before.
    pub(super) fn stop_workload(&self, workload: &str) -> Words {
        delete(self.namespace_then(), std::iter::once(workload))
    }

    /// The pods that may have been there, each with its claim: one, by its workload, or each that has a claim of
    /// its own.
    pub(super) fn mounts(&self, thing: &Thing) -> Vec<MountedClaim> {
        let (workload, claim) = (
            self.was(thing, What::Workload),
            self.was(thing, What::Claim),
        );
        let file = &thing.name;
        let Ok(pods) = self.was(thing, What::Pods).parse::<u32>() else {
            return vec![MountedClaim {
                pod: workload.to_owned(),
                claim: claim.to_owned(),
                file: format!("{file}.tar"),
            }];
        };
        let (_, name) = workload.split_once('/').unwrap_or(("", workload));
        let claim = claim.strip_suffix('0').unwrap_or(claim);
        let all = (0..pods).map(|number| MountedClaim {
            pod: format!("pod/{name}-{number}"),
            claim: format!("{claim}{number}"),
            file: format!("{file}-{number}.tar"),
        });
        all.collect()
    }

    pub(super) fn apply(&self, groups: &[Group<'_>]) -> Words {
        let paths = groups.iter().map(|group| path(&group.file()));
        let artifacts = self.delivery.artifacts;
        let paths = paths.filter(|path| artifacts.iter().any(|file| file.path == *path));
        let files =
            paths.flat_map(|path| ["-f".to_owned(), argument(&self.delivery.out.join(path))]);
        let files: Vec<_> = files.collect();
        let all = ["kubectl", "apply"].into_iter();
        words(all.chain(files.iter().map(String::as_str)))
    }

    /// Waits for what runs a tier.
    pub(super) fn wait(&self, workload: &str) -> Words {
        let workload = std::iter::once(workload.to_owned());
        let wait = rollout_status(&self.app.namespace.name, workload);
        words(wait.iter().map(String::as_str))
    }

    /// Waits for a database.
    pub(super) fn wait_for(&self, database: &Database) -> Vec<Words> {
        let waits = until_ready(&self.app.namespace.name, [database], []);
        let waits = waits.iter();
        waits
            .map(|wait| words(wait.iter().map(String::as_str)))
            .collect()
    }

    /// Deletes the object of an operator with its claims, which are that object's.
    pub(super) fn without_operated(&self, resource: &str, name: &str) -> Vec<Words> {
        let object = format!("{resource}/{name}");
        vec![delete(
            self.namespace_then(),
            std::iter::once(object.as_str()),
        )]
    }

    /// Says that it is done.
    pub(super) fn forget(&self, names: &[&str]) -> Words {
        let out = argument(self.delivery.out);
        words(
            ["todoc", "forget", &out]
                .into_iter()
                .chain(names.iter().copied()),
        )
    }
}

/// Deletes objects, and waits until their pods are gone.
fn delete<'w>(namespace: &'w str, objects: impl Iterator<Item = &'w str>) -> Words {
    let delete = [
        "kubectl",
        "delete",
        "--ignore-not-found",
        "--cascade=foreground",
    ];
    let delete = delete.into_iter().chain(["-n", namespace]);
    words(delete.chain(objects))
}

/// Prints the files of a folder.
pub(super) fn pack(folder: &str) -> Vec<String> {
    ["tar", "-C", folder, "-cf", "-", "."]
        .map(str::to_owned)
        .into()
}

/// Reads them into a folder.
pub(super) fn unpack(folder: &str) -> Vec<String> {
    ["tar", "-C", folder, "-xf", "-"].map(str::to_owned).into()
}

/// Commands of which each runs if the one before it succeeded.
pub(super) fn told(title: &str, commands: Vec<Words>) -> Step {
    let details = vec![Detail::command(0, one_by_one(commands))];
    Step::tell(Purpose::ByHand, When::ThisTime, title, details)
}

/// The lines of such commands.
pub(super) fn one_by_one(commands: Vec<Words>) -> Vec<Words> {
    let last = commands.len().saturating_sub(1);
    let joined = commands.into_iter().enumerate().map(|(at, mut words)| {
        if at < last {
            words.push("&&".to_owned());
        }
        words
    });
    joined.collect()
}
