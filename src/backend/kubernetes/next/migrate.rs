//! The order of a release with migrations: they end well before any pod starts that needs them.

use super::super::{Group, NAME_LABEL, migrated, migration, object, path};
use super::OBJECTS;
use super::reach;
use crate::backend::{Artifact, Command, Delivery, Purpose, Step, When, argument};
use crate::ir::{App, Selector};
use std::collections::BTreeSet;

/// Longer than the ten minutes that a migration waits, and those that it is tried again for. What can't
/// start at all, as an image that isn't there, never fails.
const TIMEOUT: &str = "--timeout=30m";

/// What every Job has once it has ended, be it well or not: `kubectl wait` knows no way to wait for either
/// of two conditions, and would wait in vain for a Job that has failed to be complete.
const ENDED: &str = "--for=jsonpath={.status.conditions[0].status}=True";

/// The steps that start an application or change it; without migrations a single one. With some, what is
/// `gone` is deleted as a part of them: old pods need it until then.
pub(super) fn steps(app: &App, delivery: &Delivery, gone: &mut Option<Step>) -> Vec<Step> {
    let all = [
        "kubectl",
        "apply",
        "-f",
        &argument(&delivery.out.join(OBJECTS)),
    ]
    .map(str::to_owned);
    let jobs = migrated(app).filter_map(|(tier, _)| migration::name(app, tier));
    let jobs: Vec<_> = jobs.map(|name| format!("job/{name}")).collect();
    if jobs.is_empty() {
        let title = "start the application, or change it";
        let apply = Command::run(all);
        let apply = Step::run(Purpose::Apply, When::EveryTime, title, vec![apply]);
        return std::iter::once(apply)
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
    let then = std::iter::once(all.to_vec()).chain(reach::rollout_status(app));
    around(app, &jobs, first, then.chain(gone).collect())
}

/// The steps of a release by charts, which `first` makes with the pods of migrated images paused, and
/// `then` as it shall be; `None` without migrations.
pub(in crate::backend) fn steps_for_chart(
    app: &App,
    first: Vec<String>,
    then: Vec<String>,
) -> Option<Vec<Step>> {
    migrated(app).next()?;
    // Templates make the ends of names.
    let jobs = ["jobs".to_owned(), "-l".to_owned(), labels(app)];
    Some(around(app, &jobs, first, vec![then]))
}

/// Runs what starts the migrations, waits for their Jobs, and runs what is to follow.
fn around(app: &App, jobs: &[String], first: Vec<String>, then: Vec<Vec<String>>) -> Vec<Step> {
    let namespace = app.namespace.name.as_str();
    let wait = |condition: &str, timeout: &str| -> Vec<String> {
        let words = ["kubectl", "wait", condition, timeout, "-n", namespace];
        let words = words.map(str::to_owned).into_iter();
        words.chain(jobs.iter().cloned()).collect()
    };
    let labels = labels(app);
    let delete = ["kubectl", "delete", "jobs", "--cascade=foreground"];
    let failed = ["--field-selector", "status.successful=0", "-l", &labels];
    let delete = delete.into_iter().chain(["-n", namespace]).chain(failed);
    let complete = wait("--for=condition=complete", "--timeout=30s");
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
            vec![Command::run(wait(ENDED, TIMEOUT)), Command::all_of(then)],
        ),
    ]
}

/// The pods and Jobs of all migrations of an application, by their labels.
fn labels(app: &App) -> String {
    let labels: Vec<_> = migrated(app).map(|(_, it)| it.id.label.as_str()).collect();
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
