//! The settings of a Django project.

use super::site::Site;
use crate::catalog::EntryKind;
use crate::check::findings::Findings;
use crate::source::Look;

/// The program of a project.
pub(super) const MANAGE: &str = "manage.py";

/// Packages in which settings often are.
const PROJECTS: &[&str] = &["config", "mysite", "core", "app", "project", "backend"];

/// The modules that may be the project's settings, and what is served: nobody knows its name before `manage.py` is
/// read.
fn candidates<'a>(site: &'a Site<'_>) -> impl Iterator<Item = String> + use<'a> {
    let said = site.said.entry.as_ref();
    let said = said.and_then(|said| said.value.split_once('.'));
    let names = said.map(|(project, _)| project).into_iter();
    let names = names.chain(PROJECTS.iter().copied());
    names.flat_map(|project| ["settings", "wsgi"].map(|it| format!("{project}/{it}.py")))
}

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files = candidates(site).chain([MANAGE.to_owned()]);
    files.map(|path| (path, Look::Content)).collect()
}

/// Warns where static files can't be collected, because the settings don't say where to.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let Some(project) = site.text(MANAGE).and_then(project) else {
        return;
    };
    let path = format!("{}/settings.py", project.replace('.', "/"));
    let Some(text) = site.text(&path) else {
        return;
    };
    // Settings may be taken in from elsewhere, or made by a program.
    let is_open = [
        "STATIC_ROOT",
        "import *",
        "django_heroku",
        "configurations",
        "exec(",
    ];
    if text.trim().is_empty() || is_open.iter().any(|word| text.contains(word)) {
        return;
    }
    let what = format!("`STATIC_ROOT` in `{path}`, where `collectstatic` puts static files");
    let help = "add it there: `STATIC_ROOT = BASE_DIR / \"staticfiles\"`";
    found.push(site.lacking(site.place(), &what).help(help));
}

/// The package of the settings that Django's `manage.py` names.
pub(super) fn project(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("DJANGO_SETTINGS_MODULE")?;
    let mut quoted = rest.lines().next()?.split(['"', '\'']);
    let settings = quoted.nth(2).or_else(|| quoted.next())?;
    let (project, _) = settings.split_once(".settings")?;
    EntryKind::Module.admits(project).then_some(project)
}

#[cfg(test)]
mod tests {
    use super::project;

    #[test]
    fn the_project_is_the_one_of_the_settings() {
        for (text, expected) in [
            (
                "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
                Some("mysite"),
            ),
            (
                "os.environ.setdefault(\"DJANGO_SETTINGS_MODULE\", \"a.b.settings.local\")",
                Some("a.b"),
            ),
            (
                "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'",
                Some("shop"),
            ),
            ("DJANGO_SETTINGS_MODULE", None),
            ("\"DJANGO_SETTINGS_MODULE\", get(\"X\")", None),
            ("\"DJANGO_SETTINGS_MODULE\", \"é é.settings\"", None),
            ("", None),
        ] {
            assert_eq!(project(text), expected, "{text}");
        }
    }
}
