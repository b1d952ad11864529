//! What writing Secrets would do, as the server says: nothing is written before all of them are known
//! to be taken.

use super::fill::is_asked;
use super::kubectl::{Applied, Kubectl, State};
use super::manifest::manifest;
use super::secret::Secret;
use super::values::Values;
use crate::backend::secrets::OwnSecret;
use crate::cli::Failure;
use crate::ir::App;

/// What is to be done with a Secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// There is none.
    Make,
    /// There is another.
    Change,
    /// There is the same.
    Leave,
    /// What there is can't be seen.
    Write,
}

/// A Secret that is to be written.
pub(super) struct Planned<'a> {
    pub(super) secret: OwnSecret<'a>,
    pub(super) document: Secret,
    pub(super) deed: Deed,
    /// Keys that have a value.
    pub(super) keys: Vec<&'a str>,
    /// Keys that an earlier run wrote, and that go.
    pub(super) goes: Vec<String>,
    /// Keys whose value is another one than before, where that is known.
    pub(super) changed: Option<Vec<String>>,
    before: State,
}

impl Planned<'_> {
    /// What came of it, in a word.
    pub(super) fn outcome(&self, applied: &Applied) -> Deed {
        match &self.before {
            State::Missing => Deed::Make,
            State::Unreadable => Deed::Write,
            State::There { version, .. } if *version == applied.version => Deed::Leave,
            State::There { .. } => Deed::Change,
        }
    }
}

/// Asks the server what writing each Secret would do. In a namespace that isn't there yet, all of them
/// would be made.
pub(super) fn plan<'a>(
    app: &App,
    own: &[OwnSecret<'a>],
    states: Vec<State>,
    values: &Values,
    kubectl: &Kubectl,
    has_namespace: bool,
) -> Result<Vec<Planned<'a>>, Failure> {
    let mut all = Vec::new();
    for (secret, before) in own.iter().zip(states) {
        let keys = secret.object.keys.iter();
        let keys = keys.filter(|key| values.get(&key.from_env).is_some());
        let keys: Vec<_> = keys.map(|key| key.key.as_str()).collect();
        if keys.is_empty() && before == State::Missing {
            continue;
        }
        let document = manifest(app, secret, values);
        let mut goes = Vec::new();
        let mut changed = None;
        let deed = if has_namespace {
            let applied = kubectl.apply(&document, true)?;
            match &before {
                State::Missing => Deed::Make,
                State::Unreadable => Deed::Write,
                State::There {
                    changed: at, keys, ..
                } => {
                    let gone = keys.iter().filter(|key| !applied.keys.contains(key));
                    goes.extend(gone.cloned());
                    // The server notes when it last changed what we wrote, in whole seconds: within one
                    // of them two changes look the same.
                    let looks_same = *at == applied.changed && *keys == applied.keys;
                    let data = kubectl.data(&secret.object.name)?;
                    let differ = differing(&data, secret, values, &applied.keys);
                    let is_same = looks_same && differ.is_empty();
                    changed = Some(differ);
                    if is_same { Deed::Leave } else { Deed::Change }
                }
            }
        } else {
            Deed::Make
        };
        all.push(Planned {
            secret: *secret,
            document,
            deed,
            keys,
            goes,
            changed,
            before,
        });
    }
    Ok(all)
}

/// The keys of which a Secret holds other values than these, or one that goes; `kept` are the keys that
/// stay. See [`Kubectl::data`].
fn differing(data: &Secret, secret: &OwnSecret, values: &Values, kept: &[String]) -> Vec<String> {
    let lines = || data.bytes().split(|byte| *byte == b'\n');
    let keys = secret.object.keys.iter().filter(|key| {
        let theirs = |line: &'_ [u8]| {
            let value = line.strip_prefix(key.key.as_bytes())?.strip_prefix(b" ")?;
            Some(value.to_vec())
        };
        let theirs = lines().find_map(theirs).map(Secret::new);
        let ours = values.get(&key.from_env).map(Secret::base64);
        match (theirs, ours) {
            (Some(theirs), Some(ours)) => theirs.bytes() != ours.bytes(),
            // Somebody else may have written it, and then it stays.
            (Some(_), None) => !kept.contains(&key.key),
            (None, ours) => ours.is_some(),
        }
    });
    keys.map(|key| key.key.clone()).collect()
}

/// Finds a Secret with the password of a database that keeps the one of its first start, and that
/// would get another. `replace` are the variables for which somebody said that this is meant.
pub(super) fn behind_a_database<'p, 'a>(
    planned: &'p [Planned<'a>],
    replace: &[String],
    values: &Values,
    kubectl: &Kubectl,
) -> Result<Option<&'p Planned<'a>>, Failure> {
    for it in planned {
        if it.secret.kept_by().is_none() {
            continue;
        }
        for key in &it.secret.object.keys {
            if is_asked(replace, &key.from_env) {
                continue;
            }
            let differs = match (it.deed, &it.before) {
                (Deed::Write, _) => true,
                (Deed::Change, State::There { keys, .. }) if keys.contains(&key.key) => {
                    // It may be that only somebody else wrote the same.
                    let there = kubectl.value(&it.secret.object.name, &key.key)?;
                    let ours = values.get(&key.from_env).map(Secret::base64);
                    ours.is_none_or(|ours| ours.bytes() != there.bytes())
                }
                (Deed::Make | Deed::Change | Deed::Leave, _) => false,
            };
            if differs {
                return Ok(Some(it));
            }
        }
    }
    Ok(None)
}
