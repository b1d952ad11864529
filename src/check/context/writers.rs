//! What the sources say of files that the process writes.

use super::django::{self, MANAGE};
use super::packages::SCRIPTS;
use super::programs;
use super::site::Site;
use crate::catalog::writers::{
    FETCHING, FetchingPackage, OF_GO, OF_NODE, OF_PYTHON, OF_RUST, WritingPackage,
};
use crate::source::Look;

const MODULE: &str = "go.mod";
const CARGO: &str = "Cargo.toml";

/// Something that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct WrittenFolder {
    /// What writes it, for a message.
    pub(in crate::check) by: String,
    /// The folder, absolute in the image; `None` where the application chooses it.
    pub(in crate::check) folder: Option<String>,
    /// Variables that name another place.
    pub(in crate::check) variables: &'static [&'static str],
    /// Whether it must outlive the pod.
    pub(in crate::check) is_data: bool,
}

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    match site.runtime() {
        "go" => vec![(MODULE.to_owned(), Look::Content)],
        "rust" => vec![(CARGO.to_owned(), Look::Content)],
        "node" => vec![(site.path(SCRIPTS), Look::Content)],
        _ => Vec::new(),
    }
}

/// What the packages of a site write, and what its settings say of that.
pub(super) fn written(site: &Site<'_>) -> Vec<WrittenFolder> {
    let rows = rows(site);
    let mut all: Vec<_> = rows.into_iter().map(|row| of_package(site, row)).collect();
    if site.recipe.name == "django" {
        all.extend(of_django(site));
    }
    all
}

/// The packages of a site that fetch models or data.
pub(super) fn fetching(site: &Site<'_>) -> Vec<&'static FetchingPackage> {
    if site.runtime() != "python" {
        return Vec::new();
    }
    let names = programs::names(site).unwrap_or_default();
    let rows = FETCHING.iter();
    rows.filter(|row| names.contains(row.package)).collect()
}

fn of_package(site: &Site<'_>, row: &WritingPackage) -> WrittenFolder {
    let folder = (!row.folder.is_empty()).then(|| format!("/app/{}", site.path(row.folder)));
    WrittenFolder {
        by: format!("`{}`", row.package),
        folder,
        variables: row.variables,
        is_data: row.is_data,
    }
}

/// The rows of the packages that the application itself names.
fn rows(site: &Site<'_>) -> Vec<&'static WritingPackage> {
    match site.runtime() {
        "node" if site.recipe.name == "node" || site.recipe.name == "nextjs" => {
            let manifest = site.json(&site.path(SCRIPTS));
            let packages = manifest.as_ref().and_then(|it| it.get("dependencies"));
            let is_named = |row: &&WritingPackage| {
                packages.is_some_and(|packages| packages.get(row.package).is_some())
            };
            OF_NODE.iter().filter(is_named).collect()
        }
        "python" => {
            let names = programs::names(site).unwrap_or_default();
            let rows = OF_PYTHON.iter();
            rows.filter(|row| names.contains(row.package)).collect()
        }
        "go" => {
            let lines = site.text(MODULE).unwrap_or_default().lines();
            let requires = |line: &str, module: &str| {
                let line = line.trim().trim_start_matches("require ").trim_start();
                let rest = line.strip_prefix(module);
                let is_it = rest.is_some_and(|rest| rest.starts_with([' ', '/']));
                is_it && !line.contains("// indirect")
            };
            let is_named =
                |row: &&WritingPackage| lines.clone().any(|line| requires(line, row.package));
            OF_GO.iter().filter(is_named).collect()
        }
        "rust" => {
            let manifest = site.toml(CARGO);
            let crates = manifest.as_ref().and_then(|it| it.get("dependencies"));
            let is_named =
                |row: &&WritingPackage| crates.is_some_and(|it| it.get(row.package).is_some());
            OF_RUST.iter().filter(is_named).collect()
        }
        _ => Vec::new(),
    }
}

/// Where a Django project's settings put uploads, and a database of SQLite's, where they say it plainly.
fn of_django(site: &Site<'_>) -> Vec<WrittenFolder> {
    let project = site.text(MANAGE).and_then(django::project);
    let path = project.map(|project| format!("{}/settings.py", project.replace('.', "/")));
    let Some((path, text)) = path.and_then(|path| Some((path.clone(), site.text(&path)?))) else {
        return Vec::new();
    };
    let lines = || {
        text.lines()
            .filter(|line| !line.trim_start().starts_with('#'))
    };
    let folder = |by: &str, folder: String| WrittenFolder {
        by: format!("{by} of `{}`", site.shown(&path)),
        folder: Some(folder),
        variables: &[],
        is_data: true,
    };
    let mut all = Vec::new();
    // Files may go to a service instead.
    let is_remote = ["STORAGES", "DEFAULT_FILE_STORAGE", "import *"];
    let media = lines().find_map(|line| line.strip_prefix("MEDIA_ROOT"));
    if !is_remote.iter().any(|word| text.contains(word)) {
        let media = media.and_then(below_project);
        all.extend(media.map(|path| folder("`MEDIA_ROOT`", path)));
    }
    let database = lines().skip_while(|line| !line.starts_with("DATABASES"));
    let database: Vec<&str> = database.take_while(|line| !line.starts_with('}')).collect();
    let says = |word: &str| database.iter().any(|line| line.contains(word));
    if says("backends.sqlite3") && !says("environ") && !says("getenv") && !says("env(") {
        let name = database.iter().find_map(|line| {
            let line = line.trim_start();
            let rest = line
                .strip_prefix("\"NAME\"")
                .or(line.strip_prefix("'NAME'"))?;
            below_project(rest)
        });
        all.extend(name.map(|path| folder("the database", path)));
    }
    all
}

/// The absolute path of a setting such as `= BASE_DIR / "media"`; `None` where that isn't plain.
fn below_project(value: &str) -> Option<String> {
    const PLAIN: &[&str] = &["BASE_DIR /", "os.path.join(BASE_DIR,", "str(BASE_DIR /", ""];
    let value = value.trim_start_matches([' ', '=', ':']);
    let start = PLAIN.iter().find(|start| value.starts_with(**start))?;
    let rest = value.strip_prefix(start)?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (text, after) = rest.get(1..)?.split_once(quote)?;
    let is_whole = after.trim_matches([' ', ')', ',']).is_empty();
    let text = text.trim_end_matches('/');
    if !is_whole {
        return None;
    }
    match text.strip_prefix('/') {
        Some(below) => {
            (start.is_empty() && crate::catalog::is_path(below)).then(|| text.to_owned())
        }
        None => crate::catalog::is_path(text).then(|| format!("/app/{text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::below_project;

    #[test]
    fn plain_paths_are_read() {
        for (value, expected) in [
            (" = BASE_DIR / \"media\"", Some("/app/media")),
            (" = os.path.join(BASE_DIR, 'media/')", Some("/app/media")),
            (": BASE_DIR / \"db.sqlite3\",", Some("/app/db.sqlite3")),
            (" = \"/srv/media\"", Some("/srv/media")),
            (" = \"media/\"", Some("/app/media")),
            (" = BASE_DIR.parent / \"media\"", None),
            (" = BASE_DIR / \"..\" / \"media\"", None),
            (" = os.environ[\"MEDIA\"]", None),
            (" = \"", None),
            (" = é", None),
            ("", None),
        ] {
            assert_eq!(below_project(value).as_deref(), expected, "{value}");
        }
    }
}
