//! Whether the packages that are installed have the programs that an image runs.

use std::collections::BTreeSet;

use super::site::Site;
use crate::catalog::packages::Names;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// The lock file, which names the packages.
pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let named = site.manager.filter(|manager| manager.names.is_some());
    let looks = named.map(|manager| (manager.lock.to_owned(), Look::Content));
    looks.into_iter().collect()
}

/// Warns where none of the packages is `name`, or brings it along.
pub(super) fn check(site: &Site<'_>, name: &str, brought_by: &[&str], found: &mut Findings) {
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
        Some(Names::UvLock) => format!("add it: `uv add {name}`"),
        Some(Names::Requirements) | None => format!("add it to `{}`", manager.lock),
    };
    found.push(Diagnostic::new(Code::ProgramMissing, site.place(), message).help(add));
}

/// The names of the packages that are installed, as PEP 503 normalizes them, each also with every
/// extra that is asked for. `None` where they can't be known.
pub(super) fn names(site: &Site<'_>) -> Option<BTreeSet<String>> {
    let manager = site.manager?;
    let text = site.text(manager.lock)?;
    match manager.names? {
        Names::UvLock => locked(text),
        Names::Requirements => required(text),
    }
}

/// Those of a `uv.lock`.
fn locked(text: &str) -> Option<BTreeSet<String>> {
    let lock: toml::Table = text.parse().ok()?;
    let packages = lock.get("package")?.as_array()?.iter();
    let name = |package: &toml::Value| Some(normalized(package.get("name")?.as_str()?));
    packages.map(name).collect()
}

/// Those of a file of requirements. One that takes in other files, or sources, tells too little.
fn required(text: &str) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").lines() {
        let line = line.trim_start_matches('\u{feff}').trim();
        let line = match line.find(" #") {
            _ if line.starts_with('#') => continue,
            Some(comment) => &line[..comment],
            None => line,
        };
        if line.is_empty() {
            continue;
        }
        if line.starts_with('-') {
            let known = [
                "-c",
                "--constraint",
                "-i",
                "--index",
                "--extra-index",
                "--find-links",
            ];
            let known = known
                .iter()
                .chain(&["-f", "--trusted-host", "--prefer-binary", "--pre"]);
            let known =
                known.chain(&["--only-binary", "--no-binary", "--require-hashes", "--hash"]);
            if known.clone().any(|option| line.starts_with(option)) {
                continue;
            }
            return None;
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let end = line.find(|c| !is_name(c)).unwrap_or(line.len());
        let (name, rest) = line.split_at(end);
        let rest = rest.trim_start();
        let is_requirement =
            rest.is_empty() || rest.starts_with(['[', '=', '<', '>', '~', '!', ';', '@', '(', '-']);
        if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || !is_requirement {
            return None;
        }
        let name = normalized(name);
        if let Some((extras, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            names.extend(
                extras
                    .split(',')
                    .map(|extra| format!("{name}[{}]", normalized(extra.trim()))),
            );
        }
        names.insert(name);
    }
    Some(names)
}

/// PEP 503's form of a name.
fn normalized(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}

/// Whether a text is like a pattern, in which `*` stands for anything.
pub(super) fn fits(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|tail| {
            let ends = tail.char_indices().map(|(at, _)| at).chain([tail.len()]);
            ends.into_iter().any(|at| fits(&tail[at..], rest))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{fits, locked, required};

    fn names(text: &str) -> Option<String> {
        let names = required(text)?.into_iter();
        Some(names.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn requirements_are_read_as_pip_does() {
        let text = "\u{feff}# all\r\nFastAPI[standard, all]==0.120 ; python_version > '3.9' # x\r\n\
                    zope.interface>=5 \\\r\n  --hash=sha256:ab\n\n-c limits.txt\n--index-url https://x\n\
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
            "--foo",
            "é",
        ] {
            assert_eq!(names(&format!("fastapi\n{unclear}\n")), None, "{unclear}");
        }
    }

    #[test]
    fn what_is_no_lock_names_nothing() {
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
        ] {
            assert_eq!(fits(text, pattern), like, "{text} {pattern}");
        }
    }
}
