//! Whether Poetry finds the application, which it installs as a package unless it is told that it is none.

use super::site::Site;
use crate::catalog::packages::POETRY;
use crate::check::findings::Findings;
use crate::source::Look;

const PYPROJECT: &str = "pyproject.toml";
/// The folders in which it looks for a package.
const PLACES: &[&str] = &[".", "src"];
/// What builds a package, where nothing else is said.
const OWN: &str = "poetry.core.masonry.api";

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    if !site.possible_managers().contains(&&POETRY) {
        return Vec::new();
    }
    let files = PLACES.iter().chain([&PYPROJECT]);
    files
        .map(|path| ((*path).to_owned(), Look::Content))
        .collect()
}

/// Warns where it finds no package of the application's name.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    if site.manager != Some(&POETRY) {
        return;
    }
    let Some(manifest) = site.toml(PYPROJECT) else {
        return;
    };
    let at = |pointer: &str| manifest.pointer(pointer);
    let backend = at("/build-system/build-backend").and_then(|it| it.as_str());
    let is_said = at("/tool/poetry/packages").is_some()
        || at("/tool/poetry/package-mode").is_some_and(|it| it == false);
    let name = at("/project/name").or(at("/tool/poetry/name"));
    let Some(name) = name.and_then(|name| name.as_str()) else {
        return;
    };
    if is_said || backend.is_some_and(|backend| backend != OWN) {
        return;
    }
    let module = name.to_ascii_lowercase().replace(['-', '.'], "_");
    let file = format!("{module}.py");
    let is_module = |entry: &String| *entry == module || *entry == file;
    for place in PLACES {
        match site.names(place) {
            Some(names) if names.iter().any(is_module) => return,
            Some(_) => {}
            // A folder that can't be read may have it.
            None if site.lacks_folder(place) => {}
            None => return,
        }
    }
    let what =
        format!("`{module}` and no `src/{module}`, which Poetry installs as the package `{name}`");
    found.push(site.lacking(site.place(), &what).help(format!(
        "say in `{}` that the application isn't a package: `package-mode = false` in `[tool.poetry]`",
        site.shown(PYPROJECT)
    )));
}
