//! What to do with the file: the variables that it reads, and the commands of Docker Compose.

use super::FILE;
use super::address::{Ports, address, published};
use super::names::ComposeNames;
use super::project::name;
use super::variables::{self, ShellVariable};
use crate::backend::{Command, Delivery, Detail, Purpose, Step, When, argument};
use crate::catalog::members::PublicMember;
use crate::ir::{App, Transport};

/// The steps.
pub(super) fn steps(app: &App, delivery: Option<&Delivery>) -> Vec<Step> {
    let mut steps: Vec<Step> = [addresses(app), settings(app), secrets(app)]
        .into_iter()
        .flatten()
        .collect();
    let Some(delivery) = delivery.filter(|it| it.artifacts.iter().any(|file| file.path == FILE))
    else {
        return steps;
    };
    let file = argument(&delivery.out.join(FILE));
    let with_file = |words: &[&str]| {
        let words = words.iter().copied();
        Command::run(["docker", "compose", "-f", &file].into_iter().chain(words))
    };
    let project = name(app);
    let with_name = |words: &[&str]| {
        let words = words.iter().copied();
        Command::run(
            ["docker", "compose", "-p", &project]
                .into_iter()
                .chain(words),
        )
    };
    let mut step = |purpose, when, title: &str, commands| {
        steps.push(Step::run(purpose, when, title, commands));
    };
    step(
        Purpose::Apply,
        When::EveryTime,
        "build what changed, and start the application by Compose, now and after each change",
        vec![with_file(&["up", "--wait", "--remove-orphans"])],
    );
    let builds = app.pods().any(|(_, pod)| pod.image.build.is_some());
    if builds {
        step(
            Purpose::Forward,
            When::WhileUsed,
            "build anew at each change of code, while it runs",
            vec![with_file(&["watch"])],
        );
    }
    let names = ComposeNames::of(app);
    let jobs = app.jobs.iter();
    let jobs: Vec<_> = jobs
        .map(|job| with_file(&["run", "--rm", names.service(&job.id.name)]))
        .collect();
    if !jobs.is_empty() {
        step(Purpose::Forward, When::WhileUsed, "run a job", jobs);
    }
    step(
        Purpose::Forward,
        When::WhileUsed,
        "read what it logs",
        vec![with_name(&["logs", "-f"])],
    );
    step(
        Purpose::Stop,
        When::WhileUsed,
        "stop it; `-v` deletes its data as well",
        vec![with_name(&["down"])],
    );
    steps
}

/// Where each tier is reached.
fn addresses(app: &App) -> Option<Step> {
    let published = published(app);
    let lines = app.tiers.iter().flat_map(|tier| {
        let all = published.get(tier.id.name.as_str());
        let all = all.map_or(&[][..], Vec::as_slice).iter().enumerate();
        all.map(move |(at, published)| {
            let further = (at > 0).then_some(published.name.as_str());
            let url = match published.transport {
                Transport::Udp => format!("UDP port {} of localhost", published.port),
                Transport::Tcp => {
                    let url = address((tier, further), published, PublicMember::Url, Ports::Usual);
                    url.replace("$$", "$")
                }
            };
            Detail::new(format!(
                "{}: {url}; ${} changes the port",
                tier.id.name, published.variable
            ))
        })
    });
    let title = "With Compose reached at";
    Step::tell(Purpose::Open, When::WhileUsed, title, lines.collect()).unless_empty()
}

/// The keys of `config` that have no value.
fn settings(app: &App) -> Option<Step> {
    let lines = app.unset.iter();
    let lines = lines.map(|key| Detail::new(format!("${key}")));
    let title =
        "Settings that Compose reads from your shell, or with `--env-file .env` from a file";
    Step::tell(Purpose::NeedSecrets, When::Once, title, lines.collect()).unless_empty()
}

/// The variables that hold secrets.
fn secrets(app: &App) -> Option<Step> {
    let all = variables::secrets(app).into_iter();
    let lines = all.map(|(name, ShellVariable { optional, demand })| {
        let optional = if optional { ", optional" } else { "" };
        Detail::new(format!("${name}{optional}: {demand}"))
    });
    let title = "Secrets that Compose reads from your shell, or with `--env-file .env` from a file";
    Step::tell(Purpose::NeedSecrets, When::Once, title, lines.collect()).unless_empty()
}
