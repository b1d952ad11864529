//! The order of a release: migrations end well before any pod starts that needs them, and what others wait for
//! before these begin.

use super::super::network_policy::Clients;
use super::super::{Group, NAME_LABEL, migrated, migration, object, path, task};
use super::OBJECTS;
use super::reach;
use crate::backend::{Artifact, Command, Delivery, Purpose, Step, When, argument};
use crate::ir::{App, Job, Migration, Selector, Stages, Tier};
use std::collections::BTreeSet;

/// Longer than the ten minutes that a migration waits, and those that it is tried again for. What can't
/// start at all, as an image that isn't there, never fails.
const TIMEOUT: &str = "--timeout=30m";

/// What every Job has once it has ended, be it well or not: `kubectl wait` knows no way to wait for either
/// of two conditions, and would wait in vain for a Job that has failed to be complete.
const ENDED: &str = "--for=jsonpath={.status.conditions[0].status}=True";

/// The steps that start an application or change it; without migrations the first applies all. With some, what is
/// `gone` is deleted as a part of them: old pods need it until then.
pub(super) fn steps(app: &App, delivery: &Delivery, gone: &mut Option<Step>) -> Vec<Step> {
    let all = [
        "kubectl",
        "apply",
        "-f",
        &argument(&delivery.out.join(OBJECTS)),
    ]
    .map(str::to_owned);
    let order = Order::of(app);
    let jobs = order.resumed_jobs();
    if migrated(app).next().is_none() {
        let title = "start the application, or change it";
        let apply = Command::run(all);
        let apply = Step::run(Purpose::Apply, When::EveryTime, title, vec![apply]);
        let jobs = Step::run(
            Purpose::Apply,
            When::EveryTime,
            "once the jobs that others wait for have ended well, let those begin",
            vec![Command::all_of(jobs)],
        );
        let jobs = (order.stages.last > 0).then_some(jobs);
        return std::iter::once(apply)
            .chain(jobs)
            .chain(reach::until_it_runs(app))
            .collect();
    }
    let first = ["kubectl", "apply"].map(str::to_owned).into_iter();
    let first = first.chain(files(app, delivery)).collect();
    let gone = gone.take().map_or_else(Vec::new, |step| step.commands);
    let gone = gone.into_iter().filter_map(|command| match command {
        Command::Run(run) => Some(run.words),
        Command::Shell(_) => None,
    });
    let then = order.resumed_migrations().into_iter();
    let then = then.chain(std::iter::once(all.to_vec())).chain(jobs);
    let then = then.chain(reach::rollout_status(app)).chain(gone);
    around(app, &order.named_migrations(0), first, then.collect())
}

/// The steps of a release by charts, which `upgrade` makes up to a stage, with the pods of migrated images paused
/// or as they shall be; `None` where nothing waits.
pub(in crate::backend) fn steps_for_chart(
    app: &App,
    upgrade: impl Fn(bool, usize) -> Vec<String>,
) -> Option<Vec<Step>> {
    let order = Order::of(app);
    let (application, last) = (order.stages.application, order.stages.last);
    // What waits for migrations alone begins with the application.
    let at_once = application + usize::from(order.waited_jobs(application + 1).next().is_none());
    let mut then = Vec::new();
    let has_migrations = migrated(app).next().is_some();
    if has_migrations {
        for stage in 1..=application {
            then.push(upgrade(true, stage));
            then.push(order.wait(&by_labels(app, &order.labels_of_migrations(stage))));
        }
    }
    let released = at_once.min(last);
    then.push(upgrade(false, released));
    for stage in released + 1..=last {
        let jobs = order.waited_jobs(stage).map(|job| job.id.label.as_str());
        let jobs: Vec<_> = jobs.collect();
        then.push(order.wait(&by_labels(app, &jobs)));
        then.push(upgrade(false, stage));
    }
    if has_migrations {
        // Templates make the ends of names.
        let jobs = by_labels(app, &order.labels_of_migrations(0));
        return Some(around(app, &jobs, upgrade(true, 0), then));
    }
    (last > 0).then(|| {
        let title = "install the chart, or upgrade it; and once the jobs that others wait for have ended \
                     well, let those begin";
        let then = Command::all_of(then);
        vec![Step::run(Purpose::Apply, When::EveryTime, title, vec![then])]
    })
}

/// What begins after what.
struct Order<'a> {
    app: &'a App,
    stages: &'a Stages,
}

impl<'a> Order<'a> {
    fn of(app: &'a App) -> Self {
        let stages = app.stages();
        Order { app, stages }
    }

    /// The tiers whose migrations begin in a stage.
    fn migrated(&self, stage: usize) -> impl Iterator<Item = (&'a Tier, &'a Migration)> {
        let tiers = migrated(self.app);
        tiers.filter(move |(tier, _)| self.stages.of(&tier.id.name) == stage)
    }

    /// The jobs that begin in a stage behind others.
    fn waiting_jobs(&self, stage: usize) -> impl Iterator<Item = &'a Job> {
        let jobs = self.app.jobs.iter().filter(|job| !job.after.is_empty());
        jobs.filter(move |job| self.stages.of(&job.id.name) == stage)
    }

    /// The jobs that those of a stage wait for.
    fn waited_jobs(&self, stage: usize) -> impl Iterator<Item = &'a Job> {
        let waiting = self.waiting_jobs(stage);
        let names = waiting.flat_map(|job| job.after.iter().map(|name| name.value.0.as_str()));
        let names: BTreeSet<&str> = names.collect();
        let jobs = self.app.jobs.iter();
        jobs.filter(move |job| names.contains(job.id.name.as_str()))
    }

    fn labels_of_migrations(&self, stage: usize) -> Vec<&'a str> {
        let migrations = self.migrated(stage);
        migrations.map(|(_, it)| it.id.label.as_str()).collect()
    }

    /// The Jobs of the migrations of a stage.
    fn named_migrations(&self, stage: usize) -> Vec<String> {
        let tiers = self.migrated(stage).map(|(tier, _)| tier);
        let names = tiers.filter_map(|tier| migration::name(self.app, tier));
        names.map(|name| format!("job/{name}")).collect()
    }

    /// Lets the migrations that wait begin, stage by stage, and waits for them.
    fn resumed_migrations(&self) -> Vec<Vec<String>> {
        let mut commands = Vec::new();
        for stage in 1..=self.stages.application {
            let jobs = self.named_migrations(stage);
            commands.extend(jobs.iter().map(|job| self.resume(job)));
            commands.push(self.wait(&jobs));
        }
        commands
    }

    /// Waits for the jobs that others wait for, and lets these begin, stage by stage.
    fn resumed_jobs(&self) -> Vec<Vec<String>> {
        if self.stages.last == self.stages.application {
            return Vec::new();
        }
        let clients = &Clients::of(self.app);
        let named = |job: &Job| Some(format!("job/{}", task::name(self.app, job, clients)?));
        let mut commands = Vec::new();
        for stage in self.stages.application + 1..=self.stages.last {
            let waited: Vec<_> = self.waited_jobs(stage).filter_map(named).collect();
            if !waited.is_empty() {
                commands.push(self.wait(&waited));
            }
            let waiting = self.waiting_jobs(stage).filter_map(named);
            commands.extend(waiting.map(|job| self.resume(&job)));
        }
        commands
    }

    /// Waits until Jobs have ended well. [`ENDED`] isn't for these: the first condition of one that was made
    /// without a pod says whether it is suspended.
    fn wait(&self, jobs: &[String]) -> Vec<String> {
        wait(self.app, "--for=condition=complete", TIMEOUT, jobs)
    }

    /// Lets a Job begin that was made without a pod.
    fn resume(&self, job: &str) -> Vec<String> {
        let namespace = self.app.namespace.name.as_str();
        let patch = ["--type=merge", "-p", r#"{"spec":{"suspend":false}}"#];
        let words = ["kubectl", "patch", job, "-n", namespace].into_iter();
        words.chain(patch).map(str::to_owned).collect()
    }
}

fn wait(app: &App, condition: &str, timeout: &str, jobs: &[String]) -> Vec<String> {
    let namespace = app.namespace.name.as_str();
    let words = ["kubectl", "wait", condition, timeout, "-n", namespace];
    let words = words.map(str::to_owned).into_iter();
    words.chain(jobs.iter().cloned()).collect()
}

/// Jobs by the labels of their pods.
fn by_labels(app: &App, labels: &[&str]) -> Vec<String> {
    ["jobs".to_owned(), "-l".to_owned(), selected(app, labels)].to_vec()
}

/// Runs what starts the migrations, waits for their Jobs, and runs what is to follow.
fn around(app: &App, jobs: &[String], first: Vec<String>, then: Vec<Vec<String>>) -> Vec<Step> {
    let namespace = app.namespace.name.as_str();
    let all: Vec<_> = migrated(app).map(|(_, it)| it.id.label.as_str()).collect();
    let labels = selected(app, &all);
    let delete = ["kubectl", "delete", "jobs", "--cascade=foreground"];
    let failed = ["--field-selector", "status.successful=0", "-l", &labels];
    let delete = delete.into_iter().chain(["-n", namespace]).chain(failed);
    let complete = wait(app, "--for=condition=complete", "--timeout=30s", jobs);
    let then = std::iter::once(complete).chain(then).collect();
    let title = format!(
        "once the migrations have ended well, start the application, or change it; these steps again \
         start a migration again that failed, and its log is \
         `kubectl logs -n {namespace} -l '{labels}' --all-containers --prefix --tail=50`"
    );
    vec![
        Step::run(
            Purpose::Apply,
            When::EveryTime,
            "run the migrations, with what they need, while old pods go on; those of before that \
             didn't succeed end first",
            vec![Command::run(delete), Command::run(first)],
        ),
        Step::run(
            Purpose::Apply,
            When::EveryTime,
            &title,
            vec![
                Command::run(wait(app, ENDED, TIMEOUT, jobs)),
                Command::all_of(then),
            ],
        ),
    ]
}

/// What selects pods and Jobs by their labels.
fn selected(app: &App, labels: &[&str]) -> String {
    let labels = labels.join(", ");
    match app.selector {
        Selector::App => format!("app in ({labels})"),
        Selector::Standard => format!("{NAME_LABEL} in ({labels})"),
    }
}

/// The files with the migrations and what they need, as `kubectl apply` takes them.
fn files(app: &App, delivery: &Delivery) -> Vec<String> {
    let copies = app.objects.iter().map(object::path);
    let stores = migrated(app).flat_map(|(tier, _)| app.stores(tier));
    let groups = [Group::Namespace, Group::Shared].into_iter();
    let groups = groups
        .chain(app.databases.iter().map(Group::Database))
        .chain(stores.map(|store| Group::Tier(store.tier)));
    let own = migrated(app).map(|(tier, _)| migration::file(tier));
    let files = groups.map(Group::file).chain(own);
    let files = files.map(|name| path(&name));
    let wanted: BTreeSet<String> = files.chain(copies).collect();
    let is_wanted = |file: &&Artifact| wanted.contains(&file.path);
    let files = delivery.artifacts.iter().filter(is_wanted);
    files
        .flat_map(|file| ["-f".to_owned(), argument(&delivery.out.join(&file.path))])
        .collect()
}
