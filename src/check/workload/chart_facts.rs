//! Facts that have a value in a chart.

use indexmap::{IndexMap, IndexSet};

use crate::check::findings::Findings;
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostic};
use crate::ir::{App, Handler, SecretObject, Tier};
use crate::syntax::ast::HelmValue;

/// How many facts are looked through and shown where none is meant: whoever names more wrote them by no
/// hand.
const MOST_SHOWN: usize = 100;

/// The facts of an application, worked out once for all values that it names.
pub(super) struct Facts {
    of_app: IndexSet<String>,
    of_things: IndexMap<String, IndexSet<String>>,
    makes_secrets: bool,
}

impl Facts {
    /// Those of an application whose chart makes Secrets, or doesn't.
    pub(super) fn of(app: &App, makes_secrets: bool) -> Self {
        Facts {
            of_app: of_app(app, makes_secrets),
            of_things: of_things(app, makes_secrets),
            makes_secrets,
        }
    }

    /// Whose fact is meant, and which.
    pub(super) fn meant(
        &self,
        value: &HelmValue,
        found: &mut Findings,
    ) -> Option<(Option<String>, String)> {
        let words: Vec<_> = value.fact.iter().map(|word| word.value.as_str()).collect();
        let written = words.join(".");
        let (first, last) = (value.fact.first()?, value.fact.last()?);
        let place = first.span.to(last.span);
        if self.of_app.contains(&written) {
            return Some((None, written));
        }
        if let Some(facts) = self.of_things.get(first.value.as_str()) {
            let rest = words.get(1..).unwrap_or_default().join(".");
            if facts.contains(&rest) {
                return Some((Some(first.value.clone()), rest));
            }
        }
        if matches!(words.as_slice(), [.., "secret", _]) && !self.makes_secrets {
            let message = format!("`{written}` has no value: the chart reads Secrets that exist");
            let diagnostic = Diagnostic::new(Code::UnknownFact, place, message);
            found.push(diagnostic.help("add `secrets values` to `helm`"));
            return None;
        }
        let message = format!("`{written}` isn't a fact that has a value in a chart");
        let diagnostic = Diagnostic::new(Code::UnknownFact, place, message);
        let all: Vec<_> = self.all().collect();
        found.push(
            match did_you_mean(&written, all.iter().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!("it has: {}", all.join(", "))),
            },
        );
        None
    }

    /// The first of them, as they are written.
    fn all(&self) -> impl Iterator<Item = String> {
        let of_things = self.of_things.iter().flat_map(|(thing, facts)| {
            let facts = facts.iter();
            facts.map(move |fact| format!("{thing}.{fact}"))
        });
        let all = self.of_app.iter().cloned().chain(of_things);
        all.take(MOST_SHOWN)
    }
}

fn of_app(app: &App, makes_secrets: bool) -> IndexSet<String> {
    let mut facts: IndexSet<String> = ["namespace", "host", "pull"].map(str::to_owned).into();
    let config = app.config.iter().flat_map(|config| &config.entries);
    facts.extend(config.map(|entry| format!("config.{}", entry.key)));
    facts.extend(secrets(app.secret.as_ref(), makes_secrets));
    facts
}

fn secrets(secret: Option<&SecretObject>, makes_secrets: bool) -> Vec<String> {
    let keys = secret.iter().flat_map(|secret| &secret.keys);
    let keys = keys.filter(|_| makes_secrets);
    keys.map(|key| format!("secret.{}", key.name)).collect()
}

/// Tiers, databases and jobs, each with its facts.
fn of_things(app: &App, makes_secrets: bool) -> IndexMap<String, IndexSet<String>> {
    let words = |words: &[&str]| -> IndexSet<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    };
    let tiers = app.tiers.iter().map(|tier| {
        let mut facts = words(&["enabled", "replicas", "resources"]);
        let is_own = tier.pod.image.build.is_some() || !tier.pod.image.ours;
        if is_own {
            facts.extend(words(&["image", "tag", "pull"]));
        }
        facts.extend(words(reached(tier)));
        if tier.ports.len() > 1 {
            let ports = tier.ports.iter().map(|port| &port.name);
            let own = ports.flat_map(|port| PUBLISHED.map(|fact| format!("{port}.{fact}")));
            facts.extend(own);
        }
        let own = tier.pod.config.iter().flat_map(|config| &config.entries);
        facts.extend(own.map(|entry| format!("config.{}", entry.key)));
        facts.extend(secrets(tier.pod.secret.as_ref(), makes_secrets));
        (tier.id.name.clone(), facts)
    });
    let databases = app.databases.iter().map(|database| {
        let mut facts = words(&["image", "tag", "pull"]);
        if database.storage.is_some() {
            facts.insert("storage".to_owned());
        }
        if database.operated().is_some() {
            facts.insert("instances".to_owned());
        }
        facts.extend(secrets(database.secret.as_ref(), makes_secrets));
        (database.id.name.clone(), facts)
    });
    let jobs = app.jobs.iter().map(|job| {
        let mut facts = words(&["enabled", "resources"]);
        if job.pod.image.build.is_some() || !job.pod.image.ours {
            facts.extend(words(&["image", "tag", "pull"]));
        }
        if job.schedule.is_some() {
            facts.insert("schedule".to_owned());
        }
        (job.id.name.clone(), facts)
    });
    tiers.chain(databases).chain(jobs).collect()
}

/// The facts of a port that is exposed besides the first one. Whether it has them may depend on other targets.
const PUBLISHED: [&str; 2] = ["expose", "nodeport"];

/// The facts of how a tier is reached. Whether it has each of them may depend on other targets.
fn reached(tier: &Tier) -> &'static [&'static str] {
    let gets = tier.probes.as_ref().is_some_and(|probes| {
        let all = [&probes.readiness, &probes.liveness, &probes.startup];
        let mut all = all.into_iter().flatten();
        all.any(|probe| matches!(probe.handler, Handler::Get { .. }))
    });
    match (tier.ports.is_empty(), gets) {
        (true, _) => &[],
        (false, false) => &["expose", "port", "nodeport", "host"],
        (false, true) => &["expose", "port", "nodeport", "host", "health"],
    }
}
