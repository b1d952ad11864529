//! Which version of the runtime the sources ask for, and whether the image has it.

use super::site::Site;
use crate::catalog::runtimes::{Runtime, Version};
use crate::catalog::version_files::{
    VersionFile, VersionForm, version_of_line, version_of_mise, version_of_module, version_of_tool,
};
use crate::catalog::version_ranges::VersionRanges;
use crate::check::findings::Findings;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::Look;

/// Most bytes of a range that is worth telling.
const LONGEST: usize = 60;

/// A version that a file asks for.
struct AskedVersion {
    /// The file, as seen from the context.
    path: String,
    /// As it is written there.
    text: String,
    ranges: VersionRanges,
}

/// What the sources of a recipe with a runtime are made for: the package's own files count before those of
/// the context.
fn places(site: &Site<'_>) -> Vec<(String, VersionFile)> {
    let Some(runtime) = runtime(site) else {
        return Vec::new();
    };
    let files = runtime.asked_by.iter();
    let own = files.clone().map(|file| (site.path(file.path), *file));
    let above = files.map(|file| (file.path.to_owned(), *file));
    let above = above.filter(|_| !site.workspace.is_empty());
    own.chain(above).collect()
}

fn runtime(site: &Site<'_>) -> Option<&'static Runtime> {
    Some(site.recipe.plan.as_ref()?.runtime)
}

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let places = places(site).into_iter();
    places.map(|(path, _)| (path, Look::Content)).collect()
}

fn asked(site: &Site<'_>) -> Vec<AskedVersion> {
    let found = places(site).into_iter().filter_map(|(path, file)| {
        let text = version(site, &path, file.form)?;
        let ranges = match file.form {
            VersionForm::GoModule | VersionForm::TomlFrom(_) => VersionRanges::from_version(&text),
            VersionForm::Whole
            | VersionForm::Behind(_)
            | VersionForm::Tool(_)
            | VersionForm::Line(_)
            | VersionForm::Json(_)
            | VersionForm::Toml(_) => VersionRanges::parse(&text),
        };
        (text.len() <= LONGEST).then_some(())?;
        Some(AskedVersion {
            path,
            ranges: ranges?,
            text,
        })
    });
    found.collect()
}

/// The version that a file's text says.
fn version(site: &Site<'_>, path: &str, form: VersionForm) -> Option<String> {
    let text = || site.text(path);
    let found = match form {
        VersionForm::Whole => version_of_line(text()?)?.to_owned(),
        VersionForm::Behind(start) => version_of_line(text()?)?.strip_prefix(start)?.to_owned(),
        VersionForm::Tool(tool) => {
            let manifest = site.toml(path)?;
            version_of_mise(&manifest, tool)?.to_owned()
        }
        VersionForm::Line(tool) => version_of_tool(text()?, tool)?.to_owned(),
        VersionForm::GoModule => version_of_module(text()?)?.to_owned(),
        VersionForm::Json(pointer) => site.json(path)?.pointer(pointer)?.as_str()?.to_owned(),
        VersionForm::Toml(keys) | VersionForm::TomlFrom(keys) => {
            let manifest = site.toml(path)?;
            let value = keys
                .iter()
                .try_fold(&*manifest, |value, key| value.get(key));
            value?.as_str()?.to_owned()
        }
    };
    let found = found.trim();
    (!found.is_empty()).then(|| found.to_owned())
}

/// Whether the text says a version itself.
fn is_said(site: &Site<'_>, runtime: &Runtime) -> bool {
    let mut said = site.said.versions.iter();
    said.any(|option| option.runtime.value == runtime.word)
}

/// The version that the sources ask for, where the text says none: the usual one if it will do.
pub(super) fn answer(site: &Site<'_>) -> Option<&'static Version> {
    let runtime = runtime(site)?;
    if is_said(site, runtime) {
        return None;
    }
    let asked = asked(site);
    // Where files contradict each other, the first counts.
    let of_all = best(runtime, &asked);
    of_all.or_else(|| best(runtime, asked.get(..1)?))
}

/// The best version that fits: the usual one, or else the newest, if it gets fixes.
fn best(runtime: &'static Runtime, asked: &[AskedVersion]) -> Option<&'static Version> {
    if asked.is_empty() {
        return None;
    }
    let fits = |version: &&Version| asked.iter().all(|it| it.ranges.have(version.name));
    let all: Vec<_> = runtime.versions.iter().filter(fits).collect();
    let usual = all.iter().find(|it| it.name == runtime.default);
    let newest = all.iter().rfind(|it| it.ended().is_none());
    usual.or(newest).or(all.last()).copied()
}

/// Warns where the image has another version than the sources ask for, or one that they ask for and that
/// gets no fixes.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let Some(runtime) = runtime(site) else {
        return;
    };
    let mut options = site.said.versions.iter();
    let said = options.find(|option| option.runtime.value == runtime.word);
    let written = said.and_then(|option| option.version.as_ref());
    let answer = answer(site);
    let name = match (said, written) {
        (Some(_), None) => return,
        (_, Some(written)) => written.value.as_str(),
        (None, None) => answer.map_or(runtime.default, |version| version.name),
    };
    let (word, asked) = (runtime.word, asked(site));
    if let Some((version, end)) = answer.and_then(|it| Some((it, it.ended()?)))
        && let Some(first) = asked.first()
    {
        let file = site.shown(&first.path);
        let message = format!(
            "`{file}` asks for {word} {}, which has had no fixes since {end}",
            version.name
        );
        found.push(
            Diagnostic::new(Code::RuntimeDiffers, site.place(), message).help(format!(
                "ask there for one that gets them, such as {}",
                runtime.default
            )),
        );
    }
    let Some(other) = asked.iter().find(|it| !it.ranges.have(name)) else {
        return;
    };
    let place = written.map_or(site.place(), |written| written.span);
    let message = format!(
        "`{}` asks for {word} `{}`, and the image has {name}",
        site.shown(&other.path),
        other.text
    );
    let diagnostic = Diagnostic::new(Code::RuntimeDiffers, place, message);
    let right = best(runtime, &asked);
    found.push(match (right, written) {
        (Some(right), Some(written)) => diagnostic.edit(
            Applicability::Maybe,
            format!("build on that: `{word} {}`", right.name),
            Edit::replace(written.span, right.name),
        ),
        (Some(right), None) => diagnostic.help(format!("build on that: `{word} {}`", right.name)),
        (None, _) => {
            let known: Vec<_> = runtime.versions.iter().map(|it| it.name).collect();
            diagnostic.help(format!(
                "ask there for one that there are images of: `{}`",
                known.join("`, `")
            ))
        }
    });
}
