//! Secrets that are none, that nobody reads, or that more read than need to.

use std::collections::{BTreeMap, BTreeSet};

use super::command_line;
use super::readings::{self, Readings, When};
use crate::catalog::secret_names::names_a_secret;
use crate::check::file_facts::FileFacts;
use crate::check::findings::Findings;
use crate::check::names::overlay;
use crate::check::names::scope::{Scope, Shared};
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::ir::Pod;
use crate::source::Span;
use crate::syntax::ast::{self, EnvLine, Name, Tier, Value, ValueKind};

/// Warns of what has the name of a secret, and stands where anybody may read it.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    names_are_plain(readings, found);
    let facts = readings.scope.facts;
    for face in readings::faces(readings.scope) {
        let args = std::iter::once(&face.tier.args);
        for command in command_line::commands(face.tier).chain(args) {
            options_are_plain(command, facts, found);
        }
    }
}

/// Warns of text under a name of a secret, where anybody may read it.
fn names_are_plain(readings: &Readings<'_, '_>, found: &mut Findings) {
    let facts = readings.scope.facts;
    let mut seen = BTreeSet::new();
    let wanted =
        |name: &Name, value: Option<&Value>| names_a_secret(&name.value) && value.is_some();
    let at_start = readings.all(wanted).into_iter();
    let at_start = at_start.filter(|reading| reading.when == When::Start);
    let read = at_start.map(|reading| (reading.name, reading.value));
    // What nobody reads stands in the ConfigMap all the same.
    let shared = readings
        .scope
        .shared
        .values()
        .filter_map(|shared| match shared {
            Shared::Config(setting) => Some((&setting.key, setting.value.as_ref())),
            Shared::Secret(_) => None,
        });
    for (name, value) in read.chain(shared) {
        let Some(value) = value else {
            continue;
        };
        let ValueKind::Text(text) = &value.kind else {
            continue;
        };
        let is_known = facts.has_credential(value.span);
        let is_none = matches!(text.as_str(), "" | "true" | "false") || text.starts_with('/');
        if is_known || is_none || !names_a_secret(&name.value) || !seen.insert(value.span) {
            continue;
        }
        let message = format!(
            "`{}` has the name of a secret, and anybody may read it",
            name.value
        );
        found.push(
            Diagnostic::new(Code::SecretInPlain, name.span, message).help(format!(
                "declare it with `secret {0} from env`, and write `{0}` alone in `env`",
                name.value
            )),
        );
    }
}

/// Warns of words of a command that are secrets by the names of their options: `--password=…`,
/// `--api-key` and a word behind it, `TOKEN=…`.
fn options_are_plain(command: &[Name], facts: &FileFacts, found: &mut Findings) {
    for (at, word) in command.iter().enumerate() {
        let (option, value) = match word.value.split_once('=') {
            Some((option, value)) => (option, Some((value, word.span))),
            None if word.value.starts_with("--") => {
                let next = command.get(at + 1);
                (
                    word.value.as_str(),
                    next.map(|next| (next.value.as_str(), next.span)),
                )
            }
            None => continue,
        };
        let name = option.trim_start_matches('-');
        let Some((value, place)) = value.filter(|_| names_a_secret(name)) else {
            continue;
        };
        let is_none = matches!(value, "" | "true" | "false")
            || value.starts_with(['/', '$', '-', '{', '<', '%']);
        if is_none || facts.has_credential(place) {
            continue;
        }
        let message =
            format!("`{option}` has the name of a secret, and anybody may read its value");
        let diagnostic = Diagnostic::new(Code::SecretInPlain, place, message).mask(place);
        found.push(diagnostic.help(
            "declare the secret, and let the process read its variable, or a shell put it in: `\"sh\" \"-c\" \"exec server --password $DB_PASSWORD\"`",
        ));
    }
}

/// What to say of the shared secrets that nothing reads in any target. What couldn't be read may be
/// what reads one.
pub(in crate::check) fn unread(file: &ast::File) -> impl Iterator<Item = Diagnostic> {
    let spread = file.workloads().any(|tier| spread(tier).is_some());
    let secrets = file.secrets.iter().filter(move |_| file.sound && !spread);
    let read = read(file);
    let builds = file.workloads().filter_map(|tier| tier.build.as_ref());
    let build_secrets = builds.flat_map(|build| &build.secrets);
    let build_secrets = build_secrets.map(|secret| &secret.name);
    let build_secrets: BTreeMap<&str, Span> = build_secrets
        .map(|name| (name.value.as_str(), name.span))
        .collect();
    secrets.filter_map(move |secret| {
        let name = secret.name.as_ref()?;
        if read.contains(name.value.as_str()) {
            return None;
        }
        let delete = Edit::delete(secret.whole);
        if let Some(built) = build_secrets.get(name.value.as_str()) {
            let message = format!("no pod reads the secret `{}`", name.value);
            return Some(
                Diagnostic::new(Code::UnreadSecret, name.span, message)
                    .also(*built, "the build takes it from whoever builds")
                    .edit(
                        Applicability::Certain,
                        "delete it: the cluster needs none",
                        delete,
                    ),
            );
        }
        let message = format!("nothing reads the secret `{}`", name.value);
        let diagnostic = Diagnostic::new(Code::UnreadSecret, name.span, message)
            .help(format!("let a tier read it: `env {{ {} }}`", name.value));
        Some(diagnostic.edit(Applicability::Certain, "or delete it", delete))
    })
}

/// The names that may be those of secrets which something refers to.
fn read(file: &ast::File) -> BTreeSet<&str> {
    let mut read = BTreeSet::new();
    let mut values: Vec<&Value> = Vec::new();
    for tier in file.workloads() {
        for line in &tier.env {
            match line {
                EnvLine::Shared(name) => {
                    read.insert(name.value.as_str());
                }
                EnvLine::Set(setting) => values.extend(&setting.value),
                EnvLine::Spread(_) => {}
            }
        }
    }
    let there = file.targets.iter().flat_map(|target| &target.tiers);
    values.extend(
        there
            .flat_map(|tier| &tier.env)
            .filter_map(|it| it.value.as_ref()),
    );
    for value in values {
        if let ValueKind::Reference(reference) = &value.kind
            && let [owner, name, ..] = reference.parts.as_slice()
            && owner.value == "secret"
        {
            read.insert(&name.value);
        }
    }
    let files = file.workloads().flat_map(|tier| &tier.files);
    let files = files.filter_map(|file| file.secret.as_ref());
    read.extend(files.map(|name| name.value.as_str()));
    let builds = file.workloads().filter_map(|tier| tier.build.as_ref());
    read.extend(
        builds
            .flat_map(|build| &build.stand_ins)
            .map(|name| name.value.as_str()),
    );
    read.extend(
        file.externals
            .iter()
            .filter_map(|it| it.url.as_ref())
            .map(|it| it.value.as_str()),
    );
    let there = file.targets.iter().flat_map(|target| &target.externals);
    read.extend(there.map(|(_, secret)| secret.value.as_str()));
    read
}

/// Notes of the keys of `config` that no container reads and no value refers to: they stand in the
/// ConfigMap, and change nothing.
pub(in crate::check) fn unread_keys<'p>(
    pods: impl Iterator<Item = &'p Pod>,
    scope: &Scope<'_>,
) -> Vec<Diagnostic> {
    let file = scope.file;
    let mut read: BTreeSet<&str> = BTreeSet::new();
    read.extend(pods.flat_map(|pod| pod.config_read.iter().map(|it| it.key.as_str())));
    let annotations = file.workloads().flat_map(|tier| &tier.annotations);
    let mut values: Vec<&Value> = readings::settings(file)
        .chain(annotations)
        .chain(overlay::host_annotations(file))
        .filter_map(|setting| setting.value.as_ref())
        .collect();
    while let Some(value) = values.pop() {
        match &value.kind {
            ValueKind::Reference(reference) => {
                if let [owner, key, ..] = reference.parts.as_slice()
                    && owner.value == "config"
                {
                    read.insert(&key.value);
                }
            }
            ValueKind::List(items) | ValueKind::Json(items) => values.extend(items),
            ValueKind::Text(_) | ValueKind::Bare(_) => {}
        }
    }
    let keys = file.config.iter().flat_map(|config| &config.settings);
    let unread = keys.filter(|setting| file.sound && !read.contains(setting.key.value.as_str()));
    let notes = unread.map(|setting| {
        let key = &setting.key.value;
        let text = format!("no container reads `{key}`, a key of the shared `config`");
        let note = Diagnostic::new(Code::UnreadKey, setting.key.span, text);
        note.help(format!(
            "name it where it is read, as in `env {{ {key} }}`, or delete it"
        ))
    });
    notes.collect()
}

/// Where a workload says `..secrets`.
fn spread(tier: &Tier) -> Option<&Name> {
    tier.env.iter().find_map(|line| match line {
        EnvLine::Spread(word) if word.value == "secrets" => Some(word),
        EnvLine::Spread(_) | EnvLine::Shared(_) | EnvLine::Set(_) => None,
    })
}

/// Warns where all secrets, and not one alone, are given to several.
pub(in crate::check) fn few_read_all(file: &ast::File, found: &mut Findings) {
    let mut all = file.workloads().filter_map(spread);
    let (Some(first), Some(second)) = (all.next(), all.next()) else {
        return;
    };
    let names = file.secrets.iter().filter_map(|it| it.name.as_ref());
    let names: Vec<_> = names.take(2).map(|it| it.value.as_str()).collect();
    let [example, _] = names.as_slice() else {
        return;
    };
    let message = "more than one tier reads all secrets";
    let diagnostic = Diagnostic::new(Code::SecretsSpread, second.span, message)
        .also(first.span, "the first one")
        .help(format!(
            "name those that each needs, such as `env {{ {example} }}`"
        ));
    found.push(all.fold(diagnostic, |diagnostic, more| {
        diagnostic.also(more.span, "and one more")
    }));
}
