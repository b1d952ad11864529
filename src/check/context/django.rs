//! The settings of a Django project.

use super::setting::quoted;
use super::site::Site;
use crate::catalog::EntryKind;
use crate::check::findings::Findings;
use crate::source::Look;

/// The program of a project.
pub(super) const MANAGE: &str = "manage.py";

/// Packages in which settings often are.
const PROJECTS: &[&str] = &["config", "mysite", "core", "app", "project", "backend"];

/// Words with which settings may be taken in from elsewhere, or made by a program.
const OPEN: &[&str] = &["import *", "django_heroku", "configurations", "exec("];

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
    let mut said = OPEN.iter().chain(&["STATIC_ROOT"]);
    if text.trim().is_empty() || said.any(|word| text.contains(word)) {
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

/// The settings that both of Django's programs name, with their text.
pub(super) fn settings<'a>(site: &Site<'a>) -> Option<(String, &'a str)> {
    let project = site.text(MANAGE).and_then(project)?;
    let path = project.replace('.', "/");
    let served = site.text(&format!("{path}/wsgi.py"))?;
    let module = format!("{project}.settings");
    let is_same = ['"', '\'']
        .iter()
        .any(|quote| served.contains(&format!("{quote}{module}{quote}")));
    let settings = format!("{path}/settings.py");
    let text = site.text(&settings).filter(|_| is_same)?;
    Some((settings, text))
}

/// The path that Django puts before the links that it makes, where its settings say it plainly, and the file.
pub(super) fn script_name(site: &Site<'_>) -> Option<(String, String)> {
    const NAME: &str = "FORCE_SCRIPT_NAME";
    if site.recipe.name != "django" || !site.runs {
        return None;
    }
    let (file, text) = settings(site)?;
    let rest = only(text, NAME)?;
    let (path, after) = quoted(assigned(rest)?)?;
    let is_whole = after
        .lines()
        .next()
        .is_none_or(|rest| rest.trim().is_empty());
    let path = path.trim_end_matches('/');
    (is_whole && path.starts_with('/')).then(|| (path.to_owned(), site.shown(&file)))
}

/// What follows a word that starts a line, where the text has it there alone, but for comments. Settings that are
/// taken in from elsewhere may have it again.
pub(super) fn only<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut open = OPEN.iter().chain(&["locals()", "globals()"]);
    if open.any(|word| text.contains(word)) {
        return None;
    }
    let is_comment = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
        text[line..at].trim_start().starts_with('#')
    };
    let mut places = text.match_indices(word).filter(|(at, _)| !is_comment(*at));
    let (at, _) = places.next()?;
    let is_start = at == 0 || text[..at].ends_with('\n');
    (is_start && places.next().is_none()).then(|| &text[at + word.len()..])
}

/// What stands behind `=`.
pub(super) fn assigned(rest: &str) -> Option<&str> {
    Some(rest.trim_start().strip_prefix('=')?.trim_start())
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
