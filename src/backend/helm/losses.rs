//! What a chart can't say.

use super::about;
use super::names;
use super::values::{ChartValue, Values};
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, Patch};
use crate::yaml::Printed;
use std::collections::{BTreeMap, BTreeSet};

/// Complains of what no chart says of the application.
pub(super) fn check(app: &App, found: &mut Bag) {
    for file in app.objects.iter().filter(|file| file.only_defines) {
        let message = format!(
            "Helm installs the definitions in `{}` and never changes them",
            file.path
        );
        let diagnostic = Diagnostic::new(Code::DefinitionsStay, file.origin, message);
        found.push(diagnostic.help("after a change of them, run `kubectl apply` with that file"));
    }
    if about::version(&app.version.value).is_none() {
        let message = format!(
            "`{}` isn't a version that Helm takes: the chart has {}",
            app.version.value,
            about::FIRST
        );
        let diagnostic = Diagnostic::new(Code::ChartVersion, app.version.span, message);
        found.push(diagnostic.help("say one of three numbers, such as `version \"1.2.3\"`"));
    }
}

/// The most bytes of a release as it is packed. Helm keeps it in a Secret, in base64, which makes three
/// bytes four; a Secret has at most 1 MiB (`MaxSecretSize`).
const MOST_OF_RELEASE: usize = (1 << 20) / 4 * 3;

/// Of so many bytes of what is written here, packing leaves one at most.
const PACKED: usize = 3;

/// Complains of a chart that may be too large for a release: `sizes` are those of all its files.
///
/// A release has the chart and the objects that it became, both packed together. What the application's
/// own files hold may not pack at all, and stands in both: far apart, so that packing doesn't find the one
/// in the other.
pub(super) fn release(app: &App, sizes: impl Iterator<Item = usize>, found: &mut Bag) {
    let mounted = app.files().flat_map(|map| &map.files);
    let mounted = mounted.map(|file| (file.content.text().len(), file.origin));
    let copied = app.objects.iter().filter(|file| !file.only_defines);
    let copied = copied.map(|file| (file.text.len(), file.origin));
    let own: Vec<_> = mounted.chain(copied).collect();
    let of_own: usize = own.iter().map(|(size, _)| size).sum();
    let others = sizes.sum::<usize>().saturating_sub(of_own);
    if 2 * of_own + others / PACKED <= MOST_OF_RELEASE {
        return;
    }
    let largest = own.iter().max_by_key(|(size, _)| size);
    let message = "a release of this chart may be larger than 1 MiB, the most that Helm can store";
    let place = largest.map_or(app.origin, |(_, origin)| *origin);
    let diagnostic = Diagnostic::new(Code::ReleaseTooLarge, place, message);
    found.push(diagnostic.help("put large data into the image, or into a volume"));
}

/// The values that some template reads, and the others. `helpers` are the templates that objects use.
pub(super) fn split(
    values: Values,
    objects: &[(String, Printed)],
    helpers: &str,
) -> (Values, Vec<ChartValue>) {
    let texts = objects.iter().map(|(_, printed)| printed.text.as_str());
    let mut reads = Reads::default();
    texts.chain([helpers]).for_each(|text| reads.add(text));
    values.split(|value| reads.has(value))
}

/// Complains of the patches that are why values aren't read.
pub(super) fn of_patches(app: &App, unread: &[ChartValue], found: &mut Bag) {
    let first = patched(app).filter_map(|(name, patches)| Some((name.as_str(), patches.first()?)));
    let first: BTreeMap<&str, &Patch> = first.collect();
    for value in unread {
        let thing = value.thing.as_deref();
        if let Some(patch) = thing.and_then(|thing| first.get(thing)) {
            let message = format!(
                "the chart has no value `{}`: a `patch` sets what it would change",
                value.path.join(".")
            );
            let diagnostic = Diagnostic::new(Code::PatchedValue, patch.kind.span, message);
            found.push(diagnostic.help("leave that out of the patch, or accept it"));
        }
    }
}

/// What templates read of values.
#[derive(Debug, Default)]
struct Reads<'t> {
    /// Values and groups as they are read as a whole, such as `.Values.web.image`.
    whole: BTreeSet<&'t str>,
    /// Those of which only a part is read, by a key behind a dot.
    parts: BTreeSet<&'t str>,
}

impl<'t> Reads<'t> {
    /// Takes in what a text reads, in both forms that [`names::read`] writes.
    fn add(&mut self, text: &'t str) {
        for (at, start) in text.match_indices(".Values.") {
            let rest = &text[at + start.len()..];
            let length = rest.find(|c: char| !is_path(c)).unwrap_or(rest.len());
            let read = &text[at..at + start.len() + length];
            self.whole.insert(read);
            let dots = read.match_indices('.').skip(2);
            self.parts.extend(dots.map(|(dot, _)| &read[..dot]));
        }
        for (at, start) in text.match_indices("(index .Values ") {
            let Some(length) = end_of_index(&text[at + start.len()..]) else {
                continue;
            };
            let end = at + start.len() + length;
            match text[end..].chars().next() {
                Some('.') => self.parts.insert(&text[at..end]),
                Some(c) if is_path(c) => false,
                Some(_) | None => self.whole.insert(&text[at..end]),
            };
        }
    }

    /// Whether a value is read, or the group that an image is.
    fn has(&self, value: &ChartValue) -> bool {
        let read = names::read(&value.path);
        let group = value.path.split_last().map(|(_, group)| group);
        let group = group.filter(|_| value.field.starts_with("image."));
        self.whole.contains(read.as_str())
            || self.parts.contains(read.as_str())
            || group.is_some_and(|it| self.whole.contains(names::read(it).as_str()))
    }
}

/// Whether a character may belong to the keys behind `.Values.`.
fn is_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}

/// How long the keys of `(index .Values …)` are, with the parenthesis behind them.
fn end_of_index(keys: &str) -> Option<usize> {
    let (mut is_text, mut is_escaped) = (false, false);
    for (at, c) in keys.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            ')' if !is_text => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether anything of an application is patched.
pub(super) fn has_patches(app: &App) -> bool {
    patched(app).next().is_some()
}

/// The things of an application that have patches, each with these.
fn patched(app: &App) -> impl Iterator<Item = (&String, &[Patch])> {
    let tiers = app.tiers.iter().map(|it| (&it.id.name, &it.patches));
    let databases = app.databases.iter().map(|it| (&it.id.name, &it.patches));
    let jobs = app.jobs.iter().map(|it| (&it.id.name, &it.patches));
    let all = tiers.chain(databases).chain(jobs);
    let all = all.map(|(name, patches)| (name, patches.as_slice()));
    all.filter(|(_, patches)| !patches.is_empty())
}
