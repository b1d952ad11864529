//! Which release of a package manager its lock file is of.

use super::packages::{named, said};
use super::site::Site;
use crate::catalog::packages::LockForms;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// The lines of a lock file among which the version of its form is.
const FIRST_LINES: usize = 16;

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let managers = site.possible_managers().into_iter();
    let locks = managers.filter(|manager| manager.forms.is_some());
    let contents = locks.map(|manager| (manager.lock.to_owned(), Look::Content));
    contents.collect()
}

/// The release that installs, where it isn't the usual one.
pub(super) fn answer(site: &Site<'_>) -> Option<String> {
    let manager = site.manager?;
    let forms = manager.forms?;
    asked(site, forms).or_else(|| {
        let form = form(site.text(manager.lock)?, forms.key)?;
        of(forms.releases, form).map(str::to_owned)
    })
}

/// Warns of a lock file that is of none of the releases that install.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let Some((manager, forms)) = site.manager.and_then(|it| Some((it, it.forms?))) else {
        return;
    };
    let text = site.text(manager.lock).unwrap_or_default();
    let form = form(text, forms.key).unwrap_or_default();
    let Some(writer) = of(forms.refused, form).filter(|_| asked(site, forms).is_none()) else {
        return;
    };
    let message = format!(
        "`{}` is written by {writer}, and the build can't install from it",
        site.shown(manager.lock)
    );
    found.push(Diagnostic::new(Code::OtherLock, said(site), message).help(forms.help));
}

/// The release that `package.json` names, where that is the one to install with.
fn asked(site: &Site<'_>, forms: &LockForms) -> Option<String> {
    if forms.named.is_empty() {
        return None;
    }
    let (name, version) = named(site)?;
    // A checksum may follow, behind `+`.
    let version = version.split('+').next().unwrap_or_default();
    let parts: Vec<_> = version.split('.').collect();
    let is_number =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_release = parts.len() == 3 && parts.iter().all(is_number);
    let is_its = format!("{name}@{version}").starts_with(forms.named);
    (is_release && is_its).then(|| version.to_owned())
}

/// The version of the form of a lock file.
fn form<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut lines = text.lines().take(FIRST_LINES);
    let value = lines.find_map(|line| line.trim_start().strip_prefix(key))?;
    Some(value.trim().trim_matches(['\'', '"']))
}

fn of(table: &[(&'static str, &'static str)], form: &str) -> Option<&'static str> {
    let mut rows = table.iter();
    rows.find_map(|(one, what)| (*one == form).then_some(*what))
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn lock_files_say_their_form() {
        let yarn = "# This file is generated\n\n__metadata:\n  version: 8\n  cacheKey: 10c0\n";
        for (text, key, expected) in [
            (yarn, "version:", Some("8")),
            (
                "lockfileVersion: '6.0'\r\n",
                "lockfileVersion:",
                Some("6.0"),
            ),
            ("lockfileVersion: 5.4\n", "lockfileVersion:", Some("5.4")),
            (
                "[metadata]\nlock_version = \"4.4.1\"",
                "lock_version =",
                Some("4.4.1"),
            ),
            (
                "# yarn lockfile v1\n\nms@^2:\n  version \"2.1.3\"\n",
                "version:",
                None,
            ),
            ("", "version:", None),
        ] {
            assert_eq!(form(text, key), expected, "{text}");
        }
    }
}
