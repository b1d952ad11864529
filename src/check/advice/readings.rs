//! Who reads which value, under which name and when: what images and containers are given.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::members::{
    DatabaseMember, Member, MemberValue, Owner, PortMember, PublicMember, TierMember, members,
};
use crate::catalog::{self, Recipe};
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Shared, Thing};
use crate::check::workload::environment::Environment;
use crate::check::workload::process::Processes;
use crate::ir::{self, EnvFromKind, Variable};
use crate::source::Span;
use crate::syntax::ast::{self, EnvLine, Name, Reference, Setting, Value, ValueKind};

/// How many values of shared keys are looked through, one referring to the next.
const MOST_STEPS: usize = 4;

/// What containers see and images are built with, beside what names mean.
#[derive(Debug)]
pub(in crate::check) struct Readings<'s, 'a> {
    /// What names mean.
    pub(in crate::check) scope: &'s Scope<'a>,
    processes: &'s Processes<'s, 'a>,
    /// The statements that give something its value, by the places of what they give it to: that is the
    /// origin of what became of them.
    said: BTreeMap<Span, &'a Setting>,
    /// All that is read without a shared key, which most rules ask for.
    own: Vec<Reading<'s, 'a>>,
}

/// A name under which a process, or the build of its image, reads something.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Reading<'s, 'a> {
    /// Whose process it is.
    pub(in crate::check) face: &'s TierFace<'a>,
    /// What builds its image.
    pub(in crate::check) recipe: Option<&'static Recipe>,
    /// The name, where it is declared.
    pub(in crate::check) name: &'a Name,
    /// What it reads; `None` where it is a key of a Secret, or comes from outside of the program.
    pub(in crate::check) value: Option<&'a Value>,
    /// Whether it is a secret, or is made from one.
    pub(in crate::check) is_secret: bool,
    /// When it is read.
    pub(in crate::check) when: When,
}

impl<'a> Reading<'_, 'a> {
    /// The leaves of its value.
    pub(in crate::check) fn leaves<'s>(&self, scope: &'s Scope<'a>) -> Vec<Leaf<'s, 'a>> {
        self.value.map_or(Vec::new(), |value| leaves(value, scope))
    }
}

/// When something is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum When {
    /// While the image is built: what a framework sends to browsers is fixed then.
    Build,
    /// When the container starts.
    Start,
}

/// Shared keys, each with the name where it is declared and its value.
type SharedNames<'s, 'a> = BTreeMap<&'s str, (bool, &'a Name, Option<&'a Value>)>;

impl<'s, 'a> Readings<'s, 'a> {
    /// What is read, as it was worked out.
    pub(in crate::check) fn of(scope: &'s Scope<'a>, processes: &'s Processes<'s, 'a>) -> Self {
        let said = settings(scope.file).map(|setting| (setting.key.span, setting));
        let mut readings = Readings {
            scope,
            processes,
            said: said.collect(),
            own: Vec::new(),
        };
        readings.own = readings.with(&SharedNames::new());
        readings
    }

    /// All that is read. Of shared keys those that `wanted` says: each tier may read all of them.
    pub(in crate::check) fn all(
        &self,
        wanted: impl Fn(&Name, Option<&Value>) -> bool,
    ) -> Vec<Reading<'s, 'a>> {
        let shared = self.shared(wanted);
        if shared.is_empty() {
            return self.own.clone();
        }
        self.with(&shared)
    }

    /// All that is read, of shared keys these.
    fn with(&self, shared: &SharedNames<'s, 'a>) -> Vec<Reading<'s, 'a>> {
        let mut all = Vec::new();
        for face in faces(self.scope) {
            self.of_face(face, shared, &mut all);
        }
        all
    }

    /// The variables of a container.
    pub(in crate::check) fn variables(&self, face: &TierFace<'_>) -> &'s [Variable] {
        let process = self.processes.of(face);
        process.map_or(&[], |process| process.environment.env.list())
    }

    /// Whether a container has a variable of that name of its own, or by a key of the application's.
    pub(in crate::check) fn sees(&self, face: &TierFace<'_>, name: &str) -> bool {
        let own = self.processes.of(face).is_some_and(|process| {
            let Environment { config, secret, .. } = &process.environment;
            let mut settings = config.iter().flat_map(|config| &config.entries);
            let mut secrets = secret.iter().flat_map(|secret| &secret.keys);
            settings.any(|it| it.key == name) || secrets.any(|it| it.name == name)
        });
        let mut variables = self.variables(face).iter();
        own || self.scope.shared.contains_key(name) || variables.any(|it| it.name == name)
    }

    fn shared(&self, wanted: impl Fn(&Name, Option<&Value>) -> bool) -> SharedNames<'s, 'a> {
        let scope = self.scope;
        let declared = scope.file.config.iter().flat_map(|config| &config.settings);
        let declared: BTreeMap<&str, &'a Name> = declared
            .map(|setting| (setting.key.value.as_str(), &setting.key))
            .collect();
        let shared = scope.shared.iter().filter_map(|(key, shared)| {
            let (name, value) = match shared {
                Shared::Config(setting) => (*declared.get(key)?, setting.value.as_ref()),
                Shared::Secret(secret) => (secret.name.as_ref()?, None),
            };
            let is_secret = matches!(shared, Shared::Secret(_));
            wanted(name, value).then_some((*key, (is_secret, name, value)))
        });
        shared.collect()
    }

    /// What one tier or job reads, but for what it takes from another, which reads it as well.
    fn of_face(
        &self,
        face: &'s TierFace<'a>,
        shared: &SharedNames<'s, 'a>,
        all: &mut Vec<Reading<'s, 'a>>,
    ) {
        let Some(process) = self.processes.of(face) else {
            return;
        };
        let recipe = recipe(face, self.scope);
        let reading = |name, value, is_secret, when| Reading {
            face,
            recipe,
            name,
            value,
            is_secret,
            when,
        };
        let arguments = face.tier.build.iter().flat_map(|build| &build.arguments);
        all.extend(arguments.map(|setting| {
            let value = setting.value.as_ref();
            reading(&setting.key, value, false, When::Build)
        }));
        let environment = &process.environment;
        let own = environment.config.iter().flat_map(|config| &config.entries);
        let own = own.filter_map(|entry| self.said.get(&entry.origin));
        all.extend(own.map(|setting| {
            let value = setting.value.as_ref();
            reading(&setting.key, value, false, When::Start)
        }));
        let secrets = face.tier.secrets.iter();
        let secrets = secrets.filter_map(|secret| secret.name.as_ref());
        all.extend(secrets.map(|name| reading(name, None, true, When::Start)));
        let base = process.base.and_then(|base| self.processes.of(base));
        let base = base.map(|base| &base.environment);
        let taken = base.iter().flat_map(|base| base.env.list());
        let taken: BTreeSet<Span> = taken.map(|variable| variable.origin).collect();
        let mut read = Vec::new();
        for variable in environment.env.list() {
            if taken.contains(&variable.origin) {
                continue;
            }
            let is_secret = matches!(
                variable.value,
                ir::Value::Secret(_) | ir::Value::Composed(_)
            );
            let said = self.said.get(&variable.origin);
            let key = match &variable.value {
                ir::Value::Config { key, .. } => Some(key),
                ir::Value::Secret(key) if key.object == self.scope.secret_name => {
                    Some(&variable.name)
                }
                ir::Value::Secret(_)
                | ir::Value::Text(_)
                | ir::Value::Composed(_)
                | ir::Value::Pod(_) => None,
            };
            let said = said.map(|setting| (&setting.key, setting.value.as_ref()));
            let named = || {
                let (_, name, value) = shared.get(key?.as_str())?;
                Some((*name, *value))
            };
            let Some((name, value)) = said.or_else(named) else {
                continue;
            };
            read.push((
                variable.origin,
                reading(name, value, is_secret, When::Start),
            ));
        }
        let names: BTreeSet<&str> = if shared.is_empty() {
            BTreeSet::new()
        } else {
            let variables = environment.env.list().iter();
            variables.map(|variable| variable.name.as_str()).collect()
        };
        for from in &environment.env_from {
            let is_secret = match from.kind {
                EnvFromKind::ConfigMap if from.object == self.scope.config_name => false,
                EnvFromKind::Secret if from.object == self.scope.secret_name => true,
                EnvFromKind::ConfigMap | EnvFromKind::Secret => continue,
            };
            if base.is_some_and(|base| base.env_from.contains(from)) {
                continue;
            }
            let keys = shared
                .iter()
                .filter(|(_, (secret, ..))| *secret == is_secret);
            // A variable of its own wins over the key of that name.
            let keys = keys.filter(|(key, _)| !names.contains(*key));
            read.extend(keys.map(|(_, (_, name, value))| {
                let reading = reading(name, *value, is_secret, When::Start);
                (from.origin, reading)
            }));
        }
        read.sort_by_key(|(place, _)| *place);
        all.extend(read.into_iter().map(|(_, reading)| reading));
    }
}

/// Every statement that gives a variable, a key or a build argument its value.
pub(in crate::check) fn settings(file: &ast::File) -> impl Iterator<Item = &Setting> {
    let of_workloads = file.workloads().flat_map(|tier| {
        let arguments = tier.build.iter().flat_map(|build| &build.arguments);
        let config = tier.config.iter().flat_map(|config| &config.settings);
        let env = tier.env.iter().filter_map(|line| match line {
            EnvLine::Set(setting) => Some(setting),
            EnvLine::Shared(_) | EnvLine::Spread(_) => None,
        });
        arguments.chain(config).chain(env)
    });
    let shared = file.config.iter().flat_map(|config| &config.settings);
    let of_targets = file.targets.iter().flat_map(|target| {
        let env = target.tiers.iter().flat_map(|tier| &tier.env);
        let config = target.config.iter().flat_map(|config| &config.settings);
        config.chain(env)
    });
    shared.chain(of_workloads).chain(of_targets)
}

/// Tiers and jobs.
pub(in crate::check) fn faces<'s, 'a>(
    scope: &'s Scope<'a>,
) -> impl Iterator<Item = &'s TierFace<'a>> {
    scope.things.values().filter_map(Thing::face)
}

/// The tier of that name.
fn tier<'s, 'a>(name: &str, scope: &'s Scope<'a>) -> Option<&'s TierFace<'a>> {
    let Thing::Tier(face) = scope.things.get(name)? else {
        return None;
    };
    Some(face)
}

/// The recipe that builds what a tier or job runs.
pub(in crate::check) fn recipe(face: &TierFace<'_>, scope: &Scope<'_>) -> Option<&'static Recipe> {
    let build = built(face, scope)?.build.as_ref();
    catalog::recipe(&build?.recipe.as_ref()?.value)
}

/// The tier or job whose `build` makes the image that a tier or job runs.
pub(in crate::check) fn built<'a>(face: &TierFace<'a>, scope: &Scope<'a>) -> Option<&'a ast::Tier> {
    let own = face.tier;
    let built = match (&own.build, &own.image) {
        (None, None) => tier(&own.from.as_ref()?.value, scope)?.tier,
        _ => own,
    };
    built.build.is_some().then_some(built)
}

/// A value without lists and without shared keys: text, or what something is known by.
pub(in crate::check) struct Leaf<'s, 'a> {
    /// Where it stands.
    pub(in crate::check) span: Span,
    /// What it is.
    pub(in crate::check) kind: LeafKind<'s, 'a>,
}

/// What a leaf is.
pub(in crate::check) enum LeafKind<'s, 'a> {
    /// Text as written.
    Text(&'a str),
    /// A member of a thing.
    Member(&'a Reference, &'s Thing<'a>, MemberValue),
}

/// The leaves of a value, those of shared keys that it refers to among them.
pub(in crate::check) fn leaves<'s, 'a>(
    value: &'a Value,
    scope: &'s Scope<'a>,
) -> Vec<Leaf<'s, 'a>> {
    let mut all = Vec::new();
    let mut values = vec![(value, 0)];
    while let Some((value, steps)) = values.pop() {
        let span = value.span;
        match &value.kind {
            ValueKind::Text(text) | ValueKind::Bare(text) => all.push(Leaf {
                span,
                kind: LeafKind::Text(text),
            }),
            ValueKind::List(items) | ValueKind::Json(items) => {
                values.extend(items.iter().rev().map(|item| (item, steps)));
            }
            ValueKind::Reference(reference) => {
                if let Some(value) = shared_value(reference, scope).filter(|_| steps < MOST_STEPS) {
                    values.push((value, steps + 1));
                }
                if let Some((thing, member)) = member(reference, scope) {
                    let kind = LeafKind::Member(reference, thing, member.value);
                    all.push(Leaf { span, kind });
                }
            }
        }
    }
    all
}

fn shared_value<'a>(reference: &Reference, scope: &Scope<'a>) -> Option<&'a Value> {
    let [owner, key] = reference.parts.as_slice() else {
        return None;
    };
    match scope.shared.get(key.value.as_str())? {
        Shared::Config(setting) => setting.value.as_ref().filter(|_| owner.value == "config"),
        Shared::Secret(_) => None,
    }
}

fn member<'s, 'a>(
    reference: &Reference,
    scope: &'s Scope<'a>,
) -> Option<(&'s Thing<'a>, &'static Member)> {
    let [owner, rest @ ..] = reference.parts.as_slice() else {
        return None;
    };
    let thing = scope.things.get(owner.value.as_str())?;
    let own = [thing.owner()];
    let (kinds, word): (&[Owner], &Name) = match rest {
        [word] => (&own, word),
        [_, word] => (&[Owner::Port, Owner::Volume], word),
        _ => return None,
    };
    let mut members = kinds.iter().flat_map(|kind| members(*kind));
    let member = members.find(|member| member.word == word.value)?;
    Some((thing, member))
}

/// What a member that pods alone can use has instead for browsers, where there is such a thing; the
/// outer `None` is a member that is no address within the cluster.
#[expect(
    clippy::option_option,
    reason = "an address without a public one is an address nonetheless"
)]
pub(in crate::check) fn within_cluster(member: MemberValue) -> Option<Option<&'static str>> {
    let public = match member {
        MemberValue::Tier(TierMember::Host) => Some(PublicMember::Host),
        MemberValue::Tier(TierMember::Port(port)) | MemberValue::Port(port) => match port {
            PortMember::Url => Some(PublicMember::Url),
            PortMember::WebSocket => Some(PublicMember::WebSocket),
            PortMember::Address => None,
            PortMember::Number => return None,
        },
        MemberValue::Tier(TierMember::Pods)
        | MemberValue::Database(DatabaseMember::Host | DatabaseMember::Address) => None,
        MemberValue::Tier(TierMember::Public(_))
        | MemberValue::PublicPort(_)
        | MemberValue::Database(_)
        | MemberValue::ExternalUrl
        | MemberValue::ExternalService(_)
        | MemberValue::ExternalHost
        | MemberValue::VolumePath
        | MemberValue::Pod(_) => return None,
    };
    let of_tier = |public| {
        let value = MemberValue::Tier(TierMember::Public(public));
        let member = members(Owner::Tier).find(|member| member.value == value)?;
        Some(member.word)
    };
    Some(public.and_then(of_tier))
}
