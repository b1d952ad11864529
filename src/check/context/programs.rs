//! Whether the packages that are installed have the programs that an image runs.

use std::collections::BTreeSet;

use super::site::Site;
use crate::catalog::packages::NameList;
use crate::catalog::requirements::{normalized, split_name};
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::{Look, Span};
use serde_json::Value;

/// The lock file, which names the packages.
pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let managers = site.possible_managers().into_iter();
    let named = managers.filter(|manager| manager.names.is_some());
    let looks = named.map(|manager| (manager.lock.to_owned(), Look::Content));
    looks.collect()
}

/// Warns where none of the packages is `name`, or brings it along.
pub(super) fn check(
    site: &Site<'_>,
    (name, place): (&str, Span),
    brought_by: &[&str],
    found: &mut Findings,
) {
    let Some((manager, names)) = site.manager.zip(names(site)) else {
        return;
    };
    let brings = |package: &String| {
        let mut patterns = brought_by.iter();
        package == name || patterns.any(|pattern| fits(package, pattern))
    };
    if names.iter().any(brings) {
        return;
    }
    let message = format!(
        "`{}` doesn't name `{name}`, which the image runs",
        site.shown(manager.lock)
    );
    let add = match manager.names {
        Some(NameList::UvLock | NameList::PipfileLock) => {
            let add = match manager.name {
                "pipenv" => "install",
                _ => "add",
            };
            format!("add it: `{} {add} {name}`", manager.name)
        }
        Some(NameList::Requirements) | None => format!("add it to `{}`", manager.lock),
    };
    found.push(Diagnostic::new(Code::ProgramMissing, place, message).help(add));
}

/// The names of the packages that are installed, as PEP 503 normalizes them, each also with every
/// extra that is asked for. `None` where they can't be known.
pub(super) fn names(site: &Site<'_>) -> Option<BTreeSet<String>> {
    let manager = site.manager?;
    match manager.names? {
        NameList::UvLock => locked(&*site.toml(manager.lock)?),
        NameList::PipfileLock => default_of(&*site.json(manager.lock)?),
        NameList::Requirements => required(&joined(site.text(manager.lock)?)),
    }
}

/// The version of a package that a lock file names; `None` where it names none.
pub(super) fn locked_version(site: &Site<'_>, name: &str) -> Option<String> {
    let manager = site.manager?;
    let version = |value: &Value| Some(value.get("version")?.as_str()?.to_owned());
    match manager.names? {
        NameList::UvLock => {
            let lock = site.toml(manager.lock)?;
            let packages = lock.get("package")?.as_array()?.iter();
            let is_it = |it: &&Value| it.get("name").and_then(Value::as_str) == Some(name);
            packages.clone().find(is_it).and_then(version)
        }
        NameList::PipfileLock => {
            let found = version(site.json(manager.lock)?.get("default")?.get(name)?)?;
            Some(found.trim_start_matches('=').to_owned())
        }
        NameList::Requirements => {
            let text = site.text(manager.lock)?.to_lowercase();
            let mut lines = text.lines().filter_map(|line| {
                let (package, rest) = line.split_once("==")?;
                let package = package.split('[').next()?.trim();
                let version = rest.split([' ', ';', '\\']).next()?;
                (package == name).then(|| version.to_owned())
            });
            lines.next()
        }
    }
}

/// The names in a `uv.lock`, or in another lock file of the same form.
pub(super) fn locked(lock: &Value) -> Option<BTreeSet<String>> {
    let packages = lock.get("package")?.as_array()?.iter();
    // Poetry and PDM tell who asks for each: what development alone does isn't installed.
    let is_main = |package: &&Value| {
        let groups = package.get("groups").and_then(Value::as_array);
        let is_main = |it: &Value| matches!(it.as_str(), Some("main" | "default"));
        groups.is_none_or(|groups| groups.iter().any(is_main))
    };
    let packages = packages.filter(is_main);
    let name = |package: &Value| Some(normalized(package.get("name")?.as_str()?));
    packages.map(name).collect()
}

/// Those of a `Pipfile.lock`.
fn default_of(lock: &Value) -> Option<BTreeSet<String>> {
    let packages = lock.get("default")?.as_object()?;
    Some(packages.keys().map(|name| normalized(name)).collect())
}

/// Those of a file of requirements. One that takes in other files, or sources, tells too little.
fn required(text: &str) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for line in lines(text) {
        match requirement(line) {
            Requirement::Package { name, extras } => {
                let extras = extras.iter().map(|extra| format!("{name}[{extra}]"));
                names.extend(extras);
                names.insert(name);
            }
            Requirement::Option => {}
            Requirement::Beside(_) | Requirement::Unclear => return None,
        }
    }
    Some(names)
}

/// Most bytes of a path that is worth telling.
const LONGEST: usize = 200;

/// A line of a file of requirements.
#[derive(Debug, PartialEq, Eq)]
enum Requirement<'a> {
    /// A package, from an index or a URL.
    Package { name: String, extras: Vec<String> },
    /// Something that names no package.
    Option,
    /// A file or folder beside it.
    Beside(&'a str),
    /// Anything else.
    Unclear,
}

/// Warns of files and folders that a file of requirements names. It alone is there when packages are
/// installed.
pub(super) fn beside(site: &Site<'_>, found: &mut Findings) {
    let Some(manager) = site.manager else {
        return;
    };
    let (Some(NameList::Requirements), Some(text)) = (manager.names, site.text(manager.lock))
    else {
        return;
    };
    let text = joined(text);
    let path = lines(&text).find_map(|line| match requirement(line) {
        Requirement::Beside(path) => Some(path),
        Requirement::Package { .. } | Requirement::Option | Requirement::Unclear => None,
    });
    let Some(path) = path else {
        return;
    };
    let lock = site.shown(manager.lock);
    let message = format!("`{lock}` takes in `{path}`, which isn't there when it is installed");
    found.push(
        Diagnostic::new(Code::RequirementUnseen, site.place(), message).help(format!(
            "name all packages in `{lock}`: `pip freeze` prints them, or `uv pip compile`"
        )),
    );
}

fn joined(text: &str) -> String {
    text.replace("\\\r\n", " ").replace("\\\n", " ")
}

/// Lines with something in them, without comments.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.trim_start_matches('\u{feff}').lines();
    let without = lines.map(|line| match line.find(" #") {
        _ if line.trim_start().starts_with('#') => "",
        Some(comment) => line[..comment].trim(),
        None => line.trim(),
    });
    without.filter(|line| !line.is_empty())
}

fn requirement(line: &str) -> Requirement<'_> {
    if line.starts_with('-') {
        return option(line);
    }
    if line.starts_with("./") || line.starts_with("../") || line == "." || line == ".." {
        return if line.len() > LONGEST {
            Requirement::Unclear
        } else {
            Requirement::Beside(line)
        };
    }
    let (name, rest) = split_name(line);
    let rest = rest.trim_start();
    let marks = ['[', '=', '<', '>', '~', '!', ';', '@', '(', '-'];
    let is_requirement = rest.is_empty() || rest.starts_with(marks);
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || !is_requirement {
        return Requirement::Unclear;
    }
    let extras = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let extras = extras.map_or("", |(extras, _)| extras).split(',');
    Requirement::Package {
        name: normalized(name),
        extras: extras
            .map(|extra| normalized(extra.trim()))
            .filter(|extra| !extra.is_empty())
            .collect(),
    }
}

/// An option of pip's on a line of its own.
fn option(line: &str) -> Requirement<'_> {
    const TAKE_IN: &[&str] = &[
        "-r",
        "--requirement",
        "-c",
        "--constraint",
        "-e",
        "--editable",
    ];
    let (word, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
    let path = rest.trim_start();
    if !TAKE_IN.contains(&word) {
        // `-rbase.txt` is allowed as well.
        let is_attached = ["-r", "-c", "-e"].iter().any(|it| word.starts_with(it));
        return if is_attached {
            Requirement::Unclear
        } else {
            Requirement::Option
        };
    }
    // An address may hold a password.
    if path.is_empty() || path.contains(':') || path.len() > LONGEST {
        return Requirement::Unclear;
    }
    Requirement::Beside(path)
}

/// Whether a text is like a pattern, in which `*` stands for anything.
pub(super) fn fits(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return text == pattern;
    };
    let Some(mut tail) = text.strip_prefix(start) else {
        return false;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some(at) = tail.find(part) else {
            return false;
        };
        tail = &tail[at + part.len()..];
    }
    tail.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::{default_of, fits, locked, required};

    fn names(text: &str) -> Option<String> {
        let names = required(&super::joined(text))?.into_iter();
        Some(names.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn requirements_are_read_as_pip_does() {
        let text = "\u{feff}# all\r\nFastAPI[standard, all]==0.120 ; python_version > '3.9' # x\r\n\
                    zope.interface>=5 \\\r\n  --hash=sha256:ab\n\n--index-url https://x\n\
                    my_pkg @ https://example.com/my.whl#sha=1\n";
        let expected = "fastapi fastapi[all] fastapi[standard] my-pkg zope-interface";
        assert_eq!(names(text).as_deref(), Some(expected));
        assert_eq!(names("").as_deref(), Some(""));
        for unclear in [
            "-r base.txt",
            "-e .",
            ".",
            "./lib",
            "git+https://x/y.git",
            "lib/x.whl",
            "é",
            "-c limits.txt",
            "-e git+https://x/y.git",
            "-rbase.txt x",
        ] {
            assert_eq!(names(&format!("fastapi\n{unclear}\n")), None, "{unclear}");
        }
    }

    #[test]
    fn what_is_no_lock_names_nothing() {
        let locked = |text: &str| locked(&toml::from_str(text).ok()?);
        let default_of = |text: &str| default_of(&serde_json::from_str(text).ok()?);
        let text = "{ \"default\": { \"My.Pkg\": {} }, \"develop\": { \"x\": {} } }";
        assert_eq!(default_of(text).map(|it| it.len()), Some(1));
        assert_eq!(default_of("{ \"default\": 1 }"), None);
        assert_eq!(default_of("{"), None);
        let text = "version = 1\n\n[[package]]\nname = \"My.Pkg\"\nversion = \"1\"\n";
        assert_eq!(locked(text).map(|it| it.len()), Some(1));
        for text in [
            "",
            "version = 1",
            "package = 1",
            "[[package]]\nname = 1",
            "[[",
        ] {
            assert_eq!(locked(text), None, "{text}");
        }
    }

    #[test]
    fn patterns_have_stars() {
        for (text, pattern, like) in [
            ("django", "*django*", true),
            ("djangorestframework", "*django*", true),
            ("dj-django-x", "*django*", true),
            ("dj", "*django*", false),
            ("é", "*", true),
            ("", "*", true),
            ("fastapi[standard]", "fastapi[standard*", true),
            ("abcabd", "a*ab*d", true),
            ("abab", "ab*ab*ab", false),
            ("a", "a*a", false),
        ] {
            assert_eq!(fits(text, pattern), like, "{text} {pattern}");
        }
        assert!(fits(".env", &"*".repeat(1_000_000)));
    }
}
