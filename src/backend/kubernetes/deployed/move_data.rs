//! The commands that keep data over a change: none of them stands among those that each build prints, since
//! it is for people to say when.

use super::changes::{Change, Store, Way, changes, stores, was_operated};
use super::commands::{Mover, Words, one_by_one, pack, told, unpack, words};
use super::of_app::pods;
use crate::backend::deployed::{Deployed, Kind, Thing, What};
use crate::backend::kubernetes::Group;
use crate::backend::kubernetes::secrets::{rollout_name, rollout_name_of_tier};
use crate::backend::{Delivery, Detail, Purpose, Step, When};
use crate::catalog::databases::{AccountNames, Copying, engine};
use crate::ir::{App, Database, DatabaseWorkload, Tier, Volume};

/// What to do about each change, in words and commands.
pub(in crate::backend::kubernetes) fn steps(
    deployed: &Deployed,
    app: &App,
    delivery: &Delivery,
) -> Vec<Step> {
    let then = &deployed.then();
    let changes = changes(then, app);
    let mover = Mover {
        then,
        app,
        delivery,
    };
    let mut all = changes.iter();
    if all.any(|change| matches!(change.way, Way::Namespace)) {
        return mover.namespace();
    }
    let mut done: Vec<&Thing> = Vec::new();
    let mut steps = Vec::new();
    for change in &changes {
        // One way to copy data is enough for all that changes about it.
        if !done.contains(&&change.thing) {
            let found = mover.step(change);
            if !found.is_empty() {
                done.push(&change.thing);
            }
            steps.extend(found);
        }
    }
    steps
}

impl Mover<'_> {
    fn step(&self, change: &Change<'_>) -> Vec<Step> {
        let Change { thing, way } = change;
        match way {
            Way::Namespace | Way::Path(_) => Vec::new(),
            Way::Version { database, from, to } => match database.engine.copying {
                // Forward the operator goes by itself, and to no other side.
                Copying::Statements { .. } if database.operated().is_some() => {
                    let steps = from.is_before(to).then(|| self.keep_copy(thing, database));
                    steps.flatten().into_iter().collect()
                }
                Copying::Statements { .. } => self.anew(thing, database),
                Copying::Forward => self.copy(thing, database.mount.mount),
            },
            Way::Account { database, .. } => self.anew(thing, database),
            Way::Smaller(store) | Way::Class(store, _) => match store {
                Store::Database(database) => self.anew(thing, database),
                Store::Volume(tier, volume) => self.volume_anew(thing, tier, volume),
            },
            Way::Larger(store) => self.grow(thing, *store).into_iter().collect(),
            Way::Fewer(tier, _) => vec![self.fewer(thing, tier)],
            Way::Claim(store) | Way::Gone { now: Some(store) } => match store {
                Store::Database(database) => self.beside(thing, database),
                Store::Volume(tier, volume) => self.volume_beside(thing, tier, volume),
            },
            Way::Gone { now: None } => vec![self.gone(thing)],
        }
    }

    /// Everything, in another namespace.
    fn namespace(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for store in stores(self.app) {
            let thing = store.thing();
            if self.then.get(&thing, What::Claim).is_some() {
                steps.extend(match store {
                    Store::Database(database) => self.beside(&thing, database),
                    Store::Volume(tier, volume) => self.volume_beside(&thing, tier, volume),
                });
            }
        }
        // One that somebody else made is theirs to delete.
        let then = self.namespace_then();
        let (title, delete) = if self.delivery.deployed.objects.has_namespace(then) {
            let title = format!(
                "Once nothing of it is needed any more, delete the namespace {then}, data and all"
            );
            (title, Some(words(["kubectl", "delete", "namespace", then])))
        } else {
            ("Once all of it is moved".to_owned(), None)
        };
        let last = self.forget(&[]);
        steps.push(told(&title, delete.into_iter().chain([last]).collect()));
        steps
    }

    /// Copies a database into a new claim of the same name.
    fn anew(&self, thing: &Thing, database: &Database) -> Vec<Step> {
        let Some((save, load)) = self.copying(thing, database) else {
            return Vec::new();
        };
        let name = &thing.name;
        let workload = self.was(thing, What::Workload);
        let mut all = self.stop(database);
        all.extend(save);
        let end = if let Some((operator, object)) = was_operated(self.then, thing) {
            all.extend(self.without_operated(operator.resource, object));
            "read into a new one, while the old one is deleted with its volumes"
        } else {
            all.extend(self.without_claims(thing, &[workload]));
            "read into a new volume; the old volume stays in the cluster, released"
        };
        all.push(self.apply(&[Group::Database(database)]));
        all.extend(self.wait_for(database));
        all.extend([load, self.forget(&[name])]);
        let title = format!(
            "To keep the data of `{name}`, before what stands below Next: it is saved in {name}.sql, and {end}"
        );
        let mut step = told(&title, all);
        if database.workload == DatabaseWorkload::StatefulSet {
            let pod = workload.rsplit('/').next().unwrap_or_default();
            step.details.push(Detail::new(
                "If it was applied already and doesn't start: write what was there before, build and apply that, and \
                 delete the pod, since no StatefulSet replaces one that never got ready",
            ));
            let pod = format!("pod/{pod}-0");
            let delete = words(["kubectl", "delete", "-n", self.namespace_then(), &pod]);
            step.details.push(Detail::command(0, vec![delete]));
        }
        vec![step]
    }

    /// Copies a database into one that runs beside it.
    fn beside(&self, thing: &Thing, database: &Database) -> Vec<Step> {
        let Some((save, load)) = self.copying(thing, database) else {
            return Vec::new();
        };
        let mut groups = Vec::new();
        if self.namespace_then() != self.app.namespace.name {
            groups.extend([Group::Namespace, Group::Shared]);
        }
        groups.push(Group::Database(database));
        let mut all = self.stop(database);
        all.extend(save);
        all.push(self.apply(&groups));
        all.extend(self.wait_for(database));
        all.push(load);
        if self.namespace_then() == self.app.namespace.name {
            all.push(self.forget(&[&thing.name]));
        }
        let title = format!(
            "To keep the data of `{}`, after its Secret is made and before the rest of what stands below Next: it is \
             saved in {0}.sql, and read into `{}`",
            thing.name, database.id.name
        );
        vec![told(&title, all)]
    }

    /// The commands that save a database in a file, and the one that reads it.
    fn copying(&self, thing: &Thing, database: &Database) -> Option<(Vec<Words>, Words)> {
        let Copying::Statements { load, .. } = &database.engine.copying else {
            return None;
        };
        let load = database.operated().map_or(*load, |it| it.operator.load);
        let file = format!("{}.sql", thing.name);
        let saved = self.saved_as_statements(thing, &file)?;
        let ended = words([
            "tail",
            "-n",
            "5",
            &file,
            "|",
            "grep",
            "-qi",
            "dump complete",
        ]);
        let ended = ended
            .into_iter()
            .map(|it| if it == "'|'" { "|".to_owned() } else { it });
        let load = self.loaded(&rollout_name(database), &load(database.account()?), &file);
        Some((vec![saved, ended.collect()], load))
    }

    /// Saves a database of before in a file, where its engine has a command that does.
    fn saved_as_statements(&self, thing: &Thing, file: &str) -> Option<Words> {
        let old = engine(self.was(thing, What::Engine))?;
        let Copying::Statements { save, .. } = &old.copying else {
            return None;
        };
        let save = was_operated(self.then, thing).map_or(*save, |(operator, _)| operator.save);
        let account = AccountNames {
            user: self.was(thing, What::User),
            database: self.was(thing, What::Database),
        };
        let workload = self.was(thing, What::Workload);
        Some(self.saved(workload, &save(account), file))
    }

    /// A copy of a database that its operator changes in place.
    fn keep_copy(&self, thing: &Thing, database: &Database) -> Option<Step> {
        let (save, _) = self.copying(thing, database)?;
        let name = &thing.name;
        let title = format!(
            "To keep a copy of the data of `{name}`, before what stands below Next: it is saved in {name}.sql"
        );
        let all = save.into_iter().chain([self.forget(&[name])]);
        Some(told(&title, all.collect()))
    }

    fn grow(&self, thing: &Thing, store: Store<'_>) -> Option<Step> {
        let size = &store.size()?.text;
        let is_applied = match store {
            Store::Database(database) => database.workload != DatabaseWorkload::StatefulSet,
            Store::Volume(..) => !store.is_of_each(),
        };
        let name = &thing.name;
        if is_applied {
            let title = format!("Once `kubectl apply` made the claim of `{name}` larger");
            return Some(told(&title, vec![self.forget(&[name])]));
        }
        let claims = self.claims(thing);
        let patch = format!(r#"{{"spec":{{"resources":{{"requests":{{"storage":"{size}"}}}}}}}}"#);
        let all = ["kubectl", "patch", "-n", self.namespace_then()].into_iter();
        let all = all.chain(claims.iter().map(String::as_str));
        let patch = words(all.chain(["-p", &patch]));
        let (noun, its) = match claims.as_slice() {
            [_] => ("claim", "its"),
            _ => ("claims", "their"),
        };
        let title = format!(
            "To make the {noun} of `{name}` larger, where {its} storage class has `allowVolumeExpansion`"
        );
        Some(told(&title, vec![patch, self.forget(&[name])]))
    }

    /// A copy of the files of a store that is read forward.
    fn copy(&self, thing: &Thing, folder: &str) -> Vec<Step> {
        let file = format!("{}.tar", thing.name);
        let save = self.saved(self.was(thing, What::Workload), &pack(folder), &file);
        let title = format!(
            "To keep a copy of the data of `{}`, before what stands below Next",
            thing.name
        );
        vec![told(&title, vec![save, self.forget(&[&thing.name])])]
    }

    /// The claims that may have been there, as kubectl names them.
    fn claims(&self, thing: &Thing) -> Vec<String> {
        let mounts = self.mounts(thing).into_iter();
        mounts.map(|it| format!("pvc/{}", it.claim)).collect()
    }

    /// Saves the files of a volume, of each pod that has one of its own.
    fn files_saved(&self, thing: &Thing) -> Vec<Words> {
        let packed = pack(self.was(thing, What::Path));
        let mounts = self.mounts(thing).into_iter();
        mounts
            .map(|it| self.saved(&it.pod, &packed, &it.file))
            .collect()
    }

    /// Reads them into the volume of now, of each pod what the pod of its number wrote.
    fn files_loaded(&self, thing: &Thing, tier: &Tier, volume: &Volume) -> Vec<Words> {
        let pods: Vec<_> = match volume.claim_of_each() {
            None => vec![rollout_name_of_tier(tier)],
            Some(_) => (0..pods(tier))
                .map(|number| format!("pod/{}-{number}", tier.id.workload))
                .collect(),
        };
        let mounts = self.mounts(thing).into_iter();
        let loaded = mounts.zip(pods);
        loaded
            .map(|(it, pod)| self.loaded(&pod, &unpack(&volume.path), &it.file))
            .collect()
    }

    /// Copies a volume into a new claim of the same name.
    fn volume_anew(&self, thing: &Thing, tier: &Tier, volume: &Volume) -> Vec<Step> {
        let others = self.app.tiers.iter().filter(|other| {
            let mut mounts = other.pod.volumes.iter();
            mounts.any(|it| it.object == volume.object)
        });
        let others: Vec<&Tier> = others.collect();
        let workloads: Vec<_> = others.iter().map(|it| rollout_name_of_tier(it)).collect();
        let workloads: Vec<_> = workloads.iter().map(String::as_str).collect();
        let groups: Vec<_> = others.iter().map(|it| Group::Tier(it)).collect();
        let files = self.mounts(thing).into_iter().map(|it| it.file);
        let files: Vec<_> = files.collect();
        let mut all = self.files_saved(thing);
        all.extend(files.iter().map(|file| words(["tar", "-tf", file])));
        all.extend(self.without_claims(thing, &workloads));
        all.push(self.apply(&groups));
        all.push(self.wait(&rollout_name_of_tier(tier)));
        all.extend(self.files_loaded(thing, tier, volume));
        all.push(self.forget(&[&thing.name]));
        let title = format!(
            "To keep the files of `{}`, before what stands below Next: they are saved in {}, and read into a new \
             volume; the old volume stays in the cluster, released",
            thing.name,
            files.join(", ")
        );
        vec![told(&title, all)]
    }

    /// Copies a volume into another claim.
    fn volume_beside(&self, thing: &Thing, tier: &Tier, volume: &Volume) -> Vec<Step> {
        let is_here = self.namespace_then() == self.app.namespace.name;
        let mut save = self.files_saved(thing);
        // Another kind of workload of that name would run beside the new one, and write on.
        let (was, is) = (self.was(thing, What::Workload), rollout_name_of_tier(tier));
        let name = |workload: &str| workload.rsplit('/').next().map(str::to_owned);
        if is_here && was != is && name(was) == name(&is) {
            save.push(self.stop_workload(was));
        }
        let mut load = self.files_loaded(thing, tier, volume);
        let left = self.mounts(thing).into_iter().skip(load.len());
        let left: Vec<_> = left.map(|it| it.file).collect();
        if is_here {
            load.push(self.forget(&[&thing.name]));
        }
        let name = &thing.name;
        let others = if left.is_empty() {
            String::new()
        } else {
            format!(
                "; what other pods had stays in {}, for you to join",
                left.join(", ")
            )
        };
        vec![
            told(
                &format!("To keep the files of `{name}`, before what stands below Next"),
                save,
            ),
            told(
                &format!(
                    "To bring the files of `{name}` to their new volume, once that runs{others}"
                ),
                load,
            ),
        ]
    }

    /// The claims of pods that were removed.
    fn fewer(&self, thing: &Thing, tier: &Tier) -> Step {
        let name = &thing.name;
        let kept = usize::try_from(pods(tier)).unwrap_or(usize::MAX);
        let claims: Vec<_> = self.claims(thing).into_iter().skip(kept).collect();
        let all = ["kubectl", "delete", "--ignore-not-found", "-n"].into_iter();
        let all = all.chain([self.namespace_then()]);
        let delete = words(all.chain(claims.iter().map(String::as_str)));
        let title = format!("The volumes of `{name}` whose pods are no more");
        let mut step = Step::tell(Purpose::ByHand, When::ThisTime, &title, Vec::new());
        step.details.push(Detail::new(
            "to delete their data for good, once they are gone:",
        ));
        step.details.push(Detail::command(1, vec![delete]));
        step.details.push(Detail::new("to be told no more of it:"));
        step.details
            .push(Detail::command(1, vec![self.forget(&[name])]));
        step
    }

    /// What is no part of the application.
    fn gone(&self, thing: &Thing) -> Step {
        let namespace = self.namespace_then();
        let name = &thing.name;
        let saves: Vec<_> = match thing.kind {
            Kind::Database => self
                .saved_as_statements(thing, &format!("{name}.sql"))
                .into_iter()
                .collect(),
            Kind::Namespace => Vec::new(),
            Kind::Volume => self.files_saved(thing),
        };
        let claims = match was_operated(self.then, thing) {
            Some((operator, object)) => vec![format!("{}/{object}", operator.resource)],
            None => self.claims(thing),
        };
        let delete = ["kubectl", "delete", "--ignore-not-found", "-n", namespace].into_iter();
        let delete = words(delete.chain(claims.iter().map(String::as_str)));
        let title = format!("The data of `{name}`, which isn't part of the application any more");
        let mut step = Step::tell(Purpose::ByHand, When::ThisTime, &title, Vec::new());
        let told = |why: &str, lines| [Detail::new(why), Detail::command(1, lines)];
        let details = &mut step.details;
        if !saves.is_empty() {
            details.extend(told("to keep a copy, while it runs:", one_by_one(saves)));
        }
        let forget = vec![self.forget(&[name])];
        details.extend(told("to delete it for good:", vec![delete]));
        details.extend(told("to be told no more of it:", forget));
        step
    }
}
