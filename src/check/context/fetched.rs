//! Packages that come from elsewhere than a registry: from folders beside the context, and by Git.

use super::packages::SCRIPTS;
use super::site::Site;
use crate::catalog::packages::{PDM, PIP, PIPENV, UV};
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;
use serde_json::Value;

/// Hosts that hand out packages without Git.
const WITHOUT_GIT: &[&str] = &["github.com", "gitlab.com", "bitbucket.org"];
/// The program.
const GIT: &str = "git";

/// The manifest of each runtime.
fn manifest(site: &Site<'_>) -> Option<String> {
    match site.runtime() {
        "node" => Some(site.path(SCRIPTS)),
        "python" => Some("pyproject.toml".to_owned()),
        "rust" => Some("Cargo.toml".to_owned()),
        "go" => Some("go.mod".to_owned()),
        _ => None,
    }
}

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let file = manifest(site).into_iter();
    file.map(|file| (file, Look::Content)).collect()
}

/// Warns of the first folder that lies outside of the context, and of the first package that needs Git.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let Some(file) = manifest(site) else {
        return;
    };
    let mut folders = folders(site, &file).into_iter();
    if let Some(folder) = folders.find(|folder| leaves(site.workspace, folder)) {
        let message = format!(
            "`{}` names `{folder}`, which lies outside of `{}`",
            site.shown(&file),
            site.context.value
        );
        let diagnostic = Diagnostic::new(Code::RequirementUnseen, site.place(), message);
        found.push(diagnostic.help(
            "put it into the folder that is built from, or build both from a folder above them by a Dockerfile: \
             `build dockerfile`",
        ));
    }
    let own = site.said.system.iter().chain(&site.said.build_system);
    let has_git = own.into_iter().any(|name| name.value == GIT);
    if let Some(file) = by_git(site).filter(|_| !has_git) {
        let message = format!(
            "`{}` fetches a package by Git, which the image doesn't have",
            site.shown(&file)
        );
        let diagnostic = Diagnostic::new(Code::LibraryMissing, site.place(), message);
        found.push(diagnostic.help("add it to the build: `build_system \"git\"`"));
    }
}

/// The folders that a manifest names in place of packages.
fn folders(site: &Site<'_>, file: &str) -> Vec<String> {
    let found = match site.runtime() {
        "node" => site.json(file).map(|it| of_node(&it)),
        "go" => site.text(file).map(of_go),
        "rust" => site.toml(file).map(|it| {
            let workspace = it.get("workspace");
            let both = [Some(&*it), workspace].into_iter().flatten();
            let lists = ["dependencies", "build-dependencies", "dev-dependencies"];
            let lists = both.flat_map(|table| lists.map(|list| table.get(list)));
            lists.flatten().flat_map(paths).collect()
        }),
        _ => site.toml(file).map(|it| {
            let lists = ["/tool/uv/sources", "/tool/poetry/dependencies"];
            let lists = lists.iter().filter_map(|list| it.pointer(list));
            lists.flat_map(paths).collect()
        }),
    };
    found.unwrap_or_default()
}

/// The values of `path` in a table of tables.
fn paths(list: &Value) -> Vec<String> {
    let rows = list.as_object().into_iter().flat_map(|list| list.values());
    rows.filter_map(|row| Some(row.get("path")?.as_str()?.to_owned()))
        .collect()
}

fn of_node(manifest: &Value) -> Vec<String> {
    let lists = ["dependencies", "devDependencies"].into_iter();
    let lists = lists.filter_map(|list| manifest.get(list)?.as_object());
    let versions = lists.flat_map(|list| list.values().filter_map(Value::as_str));
    let path = |version: &str| {
        let path = version.strip_prefix("file:");
        path.or_else(|| version.strip_prefix("link:"))
            .map(str::to_owned)
    };
    versions.filter_map(path).collect()
}

/// The folders in place of modules that are required.
fn of_go(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| {
        let (module, folder) = line.split_once("=>")?;
        let words = module.trim_start().trim_start_matches("replace ");
        let module = words.split_whitespace().next()?;
        let is_required = text.matches(module).count() > 1;
        is_required.then(|| folder.trim().to_owned())
    });
    lines.collect()
}

/// Whether a path from the folder of a package leads out of the context.
fn leaves(package: &str, path: &str) -> bool {
    if !path.starts_with('.') {
        return false;
    }
    let mut depth = package.split('/').filter(|it| !it.is_empty()).count();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if depth == 0 => return true,
            ".." => depth -= 1,
            _ => depth += 1,
        }
    }
    false
}

/// The file with a package that needs the program Git to be fetched.
fn by_git(site: &Site<'_>) -> Option<String> {
    let manager = site.manager?;
    let needs = if site.runtime() == "node" {
        let manifest = site.json(&site.path(SCRIPTS))?;
        let lists = ["dependencies", "devDependencies"].into_iter();
        let lists = lists.filter_map(|list| manifest.get(list)?.as_object());
        let mut versions = lists.flat_map(|list| list.values().filter_map(Value::as_str));
        let needs = |version: &str| {
            let is_git = version.starts_with("git+") || version.starts_with("git://");
            is_git && !WITHOUT_GIT.iter().any(|host| version.contains(host))
        };
        return versions.any(needs).then(|| site.path(SCRIPTS));
    } else if *manager == UV || *manager == PDM {
        let lock = site.toml(manager.lock)?;
        let mut packages = lock.get("package")?.as_array()?.iter();
        packages.any(|it| it.get(GIT).is_some() || it.pointer("/source/git").is_some())
    } else if *manager == PIP {
        let mut lines = site.text(manager.lock)?.lines();
        lines.any(|line| !line.trim_start().starts_with('#') && line.contains("git+"))
    } else if *manager == PIPENV {
        let lock = site.json(manager.lock)?;
        let mut packages = lock.get("default")?.as_object()?.values();
        packages.any(|it| it.get(GIT).is_some())
    } else {
        // Poetry brings a Git of its own.
        false
    };
    needs.then(|| manager.lock.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{leaves, of_go};

    #[test]
    fn paths_lead_out_of_the_context() {
        for (package, path, expected) in [
            ("", "../shared", true),
            ("", "./shared", false),
            ("apps/web", "../../shared", false),
            ("apps/web", "../../../shared", true),
            ("", "./a/../../b", true),
            ("", "shared", false),
            ("", "/shared", false),
        ] {
            assert_eq!(leaves(package, path), expected, "{package} {path}");
        }
    }

    #[test]
    fn modules_are_replaced_where_they_are_required() {
        let text = "require a.b/c v0.0.0\nreplace a.b/c => ../c\nreplace a.b/d => ../d\n";
        assert_eq!(of_go(text), ["../c"]);
    }
}
