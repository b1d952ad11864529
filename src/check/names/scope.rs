//! What names mean: tiers, databases, externals, jobs, shared keys and secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use super::face::TierFace;
use super::link::Link;
use super::naming::Naming;
use super::settings::Effective;
use crate::catalog::Pins;
use crate::catalog::databases::Engine;
use crate::catalog::defaults::Switch;
use crate::catalog::members::Owner;
use crate::check::file_facts::FileFacts;
use crate::check::findings::{Findings, Wanted};
use crate::diag::{Code, Diagnostic};
use crate::ir::{self, Identity};
use crate::source::{Contexts, Files, Span, Spanned};
use crate::syntax::ast::{self, Name};

/// Everything that a reference may name, for one target.
#[derive(Debug)]
pub(in crate::check) struct Scope<'a> {
    pub(in crate::check) file: &'a ast::File,
    /// The target's name.
    pub(in crate::check) target: Option<&'a str>,
    pub(in crate::check) settings: &'a Effective<'a>,
    pub(in crate::check) naming: &'a Naming<'a>,
    /// Defaults that are switched off for all of it.
    pub(in crate::check) off: &'a [Spanned<Switch>],
    /// Tiers, databases, externals and jobs: one set of names.
    pub(in crate::check) things: IndexMap<&'a str, Thing<'a>>,
    /// What has the name of one of them: checked as well, but nothing refers to it.
    pub(in crate::check) doubles: Vec<Thing<'a>>,
    /// Things that aren't in this target, and the statements that say so.
    pub(in crate::check) gone: IndexMap<&'a str, Span>,
    /// Keys of the shared ConfigMap and Secret: one set of names.
    pub(in crate::check) shared: IndexMap<&'a str, Shared<'a>>,
    /// The files that the text names.
    pub(in crate::check) files: &'a Files,
    /// The digests of images of registries.
    pub(in crate::check) pins: Pins,
    /// What was seen in the folders that images are built from.
    pub(in crate::check) contexts: &'a Contexts,
    /// Whether whoever installs the application gives values to those keys that have none.
    pub(in crate::check) gives_values: bool,
    /// The values of the keys among them, once they are worked out.
    pub(in crate::check) values: SharedValues<'a>,
    /// The keys whose values nobody knows before the application is installed: they have none, or are
    /// made of such.
    pub(in crate::check) unset: BTreeSet<&'a str>,
    /// What is the same for all targets.
    pub(in crate::check) facts: &'a FileFacts,
    pub(in crate::check) config_name: String,
    pub(in crate::check) secret_name: String,
    /// What is asked for each name that isn't there.
    pub(in crate::check) missing: AboutMissing,
}

/// What is asked for each name that isn't there: worked out with the first, since there may be many.
#[derive(Debug, Default)]
pub(in crate::check) struct AboutMissing {
    knows_all_things: OnceLock<bool>,
    knows_all_shared: OnceLock<bool>,
    /// The databases by their kinds; `None` where there are several of one.
    only_ones: OnceLock<BTreeMap<&'static str, Option<String>>>,
}

/// A thing of the application's.
#[derive(Debug)]
pub(in crate::check) enum Thing<'a> {
    Tier(TierFace<'a>),
    Database(&'a ast::Database, &'static Engine, Identity),
    External(ExternalFace<'a>),
    ExternalService(&'a ast::ExternalService),
    Job(TierFace<'a>, &'a ast::Job),
}

/// A database outside of the cluster, in all targets or in this one.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct ExternalFace<'a> {
    pub(in crate::check) span: Span,
    /// The secret that holds its URL.
    pub(in crate::check) url: Option<&'a Name>,
    pub(in crate::check) broken: bool,
}

/// A shared key.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) enum Shared<'a> {
    Config(&'a ast::Setting),
    Secret(&'a ast::Secret),
}

/// The value of a shared key. Any number of tiers may read it.
#[derive(Debug)]
pub(in crate::check) struct SharedValue {
    pub(in crate::check) setting: Arc<ir::Setting>,
    pub(in crate::check) links: Vec<Link>,
}

/// The values of the shared keys; `None` for one that can't be known.
pub(in crate::check) type SharedValues<'a> = IndexMap<&'a str, Option<SharedValue>>;

impl<'a> Thing<'a> {
    /// What others know of it, if it is a tier or job.
    pub(in crate::check) fn face(&self) -> Option<&TierFace<'a>> {
        match self {
            Thing::Tier(face) | Thing::Job(face, _) => Some(face),
            Thing::Database(..) | Thing::External(_) | Thing::ExternalService(_) => None,
        }
    }

    pub(in crate::check) fn owner(&self) -> Owner {
        match self {
            Thing::Tier(_) => Owner::Tier,
            Thing::Database(..) => Owner::Database,
            Thing::External(_) => Owner::External,
            Thing::ExternalService(_) => Owner::ExternalService,
            Thing::Job(..) => Owner::Job,
        }
    }

    /// Where it is declared.
    pub(in crate::check) fn span(&self) -> Span {
        match self {
            Thing::Tier(face) | Thing::Job(face, _) => face.tier.span,
            Thing::Database(database, ..) => database.span,
            Thing::External(external) => external.span,
            Thing::ExternalService(external) => external.span,
        }
    }
}

impl Shared<'_> {
    pub(in crate::check) fn noun(&self) -> &'static str {
        match self {
            Shared::Config(_) => "a key of `config`",
            Shared::Secret(_) => "a secret",
        }
    }

    /// Where it is declared.
    pub(in crate::check) fn span(&self) -> Span {
        match self {
            Shared::Config(setting) => setting.key.span,
            Shared::Secret(secret) => secret.span,
        }
    }
}

impl<'a> Scope<'a> {
    /// The thing of that name; complains where there is none.
    pub(in crate::check) fn thing(&self, name: &Name, found: &mut Findings) -> Option<&Thing<'a>> {
        let thing = self.things.get(name.value.as_str());
        if thing.is_some() || !self.knows_all_things() || self.file.may_declare(&name.value) {
            return thing;
        }
        if let Some(gone) = self.gone.get(name.value.as_str()) {
            let target = self.target.unwrap_or_default();
            let message = format!("`{}` isn't in the target `{target}`", name.value);
            found.push(
                Diagnostic::new(Code::UnknownName, name.span, message)
                    .of_target(target)
                    .also(*gone, "by this statement")
                    .help("do there without what refers to it as well"),
            );
            return None;
        }
        if let Some(shared) = self.shared.get(name.value.as_str()) {
            let diagnostic = wrong_kind(name, shared.noun(), Wanted::Thing, shared.span());
            found.push(diagnostic.help("name a tier or a database"));
        } else if let Some(known) = self.only_one_of(&name.value) {
            let message = format!("there is no tier or database `{}`", name.value);
            found.push_merged(
                Diagnostic::new(Code::UnknownName, name.span, message)
                    .also(
                        self.things.get(known).map_or(name.span, Thing::span),
                        "declared here",
                    )
                    .maybe(
                        format!("write `{known}`, which is a `{}`", name.value),
                        name.span,
                        known,
                    ),
            );
        } else {
            found.unknown(name, Wanted::Thing, self.things.keys().copied());
        }
        None
    }

    /// The name of the only database of a kind.
    fn only_one_of(&self, word: &str) -> Option<&str> {
        let only_ones = self.missing.only_ones.get_or_init(|| {
            let mut only_ones = BTreeMap::new();
            for (name, thing) in &self.things {
                if let Thing::Database(_, engine, _) = thing {
                    let known = only_ones.entry(engine.word);
                    known
                        .and_modify(|only| *only = None)
                        .or_insert_with(|| Some((*name).to_owned()));
                }
            }
            only_ones
        });
        only_ones.get(word)?.as_deref()
    }

    /// The thing of that name, if anything can connect to it; complains where it can't.
    pub(in crate::check) fn reachable(
        &self,
        name: &Name,
        found: &mut Findings,
    ) -> Option<&Thing<'a>> {
        let thing = self.thing(name, found)?;
        if let Thing::Job(..) = thing {
            let message = format!("`{}` is a job: nothing can connect to it", name.value);
            let diagnostic = Diagnostic::new(Code::WrongKind, name.span, message);
            found.push(
                diagnostic
                    .also(thing.span(), "declared here")
                    .help("name a tier or a database"),
            );
            return None;
        }
        Some(thing)
    }

    /// The shared key or secret of that name; complains where there is none.
    pub(in crate::check) fn shared(&self, name: &Name, found: &mut Findings) -> Option<Shared<'a>> {
        let shared = self.shared.get(name.value.as_str()).copied();
        if shared.is_some() || !self.knows_all_shared() || self.file.may_declare(&name.value) {
            return shared;
        }
        if let Some(thing) = self.things.get(name.value.as_str()) {
            let noun = thing.owner().noun();
            let diagnostic = wrong_kind(name, noun, Wanted::Shared, thing.span());
            found.push(diagnostic.help(format!(
                "for its URL, set a variable: `NAME = {}.url`",
                name.value
            )));
        } else if let Some(diagnostic) = self.own(name) {
            found.push_merged(diagnostic);
        } else {
            found.unknown(name, Wanted::Shared, self.shared.keys().copied());
        }
        None
    }

    /// What to say of a name that isn't shared, and that a database, a tier or a job has for itself.
    fn own(&self, name: &Name) -> Option<Diagnostic> {
        let file = self.file;
        let is_it = |it: Option<&Name>| it.is_some_and(|it| it.value == name.value);
        let databases = file.databases.iter().filter_map(|database| {
            let mut own = database.secrets.iter();
            let secret = own.find(|secret| is_it(secret.name.as_ref()))?;
            let owner = database.name.as_ref()?;
            let right = format!("{}.password", owner.value);
            let help = format!("refer to it as `{right}`: `{} = {right}`", name.value);
            Some((owner, secret.span, help))
        });
        let pods = file.workloads().filter_map(|tier| {
            let mut secrets = tier.secrets.iter();
            let secret = secrets.find(|secret| is_it(secret.name.as_ref()));
            let settings = tier.config.iter().flat_map(|config| &config.settings);
            let mut settings = settings.filter(|setting| is_it(Some(&setting.key)));
            let (span, whole) = match secret {
                Some(secret) => (secret.span, "the secret"),
                None => (settings.next()?.span(), "it in a `config`"),
            };
            let help = format!(
                "declare {whole} at the top level, and name it in the `env` of those that read it"
            );
            Some((tier.name.as_ref()?, span, help))
        });
        let (owner, span, help) = databases.chain(pods).next()?;
        let message = format!("`{}` belongs to `{}` alone", name.value, owner.value);
        let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
        Some(diagnostic.also(span, "declared here").help(help))
    }

    /// Whether each tier, database and job has its name: one without may be the one that is looked
    /// for.
    fn knows_all_things(&self) -> bool {
        let file = self.file;
        *self.missing.knows_all_things.get_or_init(|| {
            file.tiers.iter().all(|tier| tier.name.is_some())
                && file
                    .databases
                    .iter()
                    .all(|database| database.name.is_some())
                && file
                    .externals
                    .iter()
                    .all(|external| external.name.is_some())
                && file
                    .external_services
                    .iter()
                    .all(|external| external.name.is_some())
                && file.jobs.iter().all(|job| job.tier.name.is_some())
        })
    }

    /// Whether each shared key and secret has its name.
    pub(in crate::check) fn knows_all_shared(&self) -> bool {
        let file = self.file;
        *self.missing.knows_all_shared.get_or_init(|| {
            file.secrets.iter().all(|secret| secret.name.is_some())
                && file.config.as_ref().is_none_or(|config| !config.broken)
        })
    }
}

/// A name that is declared as something else than is wanted.
pub(in crate::check) fn wrong_kind(
    name: &Name,
    noun: &str,
    wanted: Wanted,
    declared: Span,
) -> Diagnostic {
    let message = format!("`{}` is {noun}, no {}", name.value, wanted.noun());
    Diagnostic::new(Code::WrongKind, name.span, message).also(declared, "declared here")
}
