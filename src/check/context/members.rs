//! The packages of a workspace that one of them depends on, in the order in which they are built.

use super::site::Site;
use crate::catalog::is_path;
use crate::catalog::packages::NPM;
use crate::source::Look;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The file that names all packages of a workspace of npm's, and what each depends on.
const LOCK: &str = "package-lock.json";

/// The lists of what a package needs while it is built, or runs.
const LISTS: &[&str] = &[
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
];

/// Most packages of a workspace that one may need.
const MOST: usize = 64;

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let of_npm = site.possible_managers().contains(&&NPM);
    let is_wanted = of_npm && !site.workspace.is_empty();
    let looks = is_wanted.then(|| (LOCK.to_owned(), Look::Content));
    looks.into_iter().collect()
}

/// The folders of what a site's package depends on in its workspace, and then its own; none where it depends on
/// nothing there, or where its package manager finds them itself.
pub(super) fn answer(site: &Site<'_>) -> Vec<String> {
    if site.manager != Some(&NPM) || site.workspace.is_empty() {
        return Vec::new();
    }
    let lock = site.json(LOCK);
    let packages = lock.as_ref().and_then(|it| it.get("packages"));
    let order = packages.and_then(Value::as_object);
    let order = order.map_or(Vec::new(), |packages| order_of(packages, site.workspace));
    // By itself it is built as it would be without a workspace.
    if order.len() < 2 || order.len() > MOST || !order.iter().all(|it| is_path(it)) {
        return Vec::new();
    }
    order
}

/// A package that is looked at, and what of its dependencies isn't yet.
struct Visit<'l> {
    folder: &'l str,
    left: Vec<&'l str>,
}

/// The folders that a package needs built, each behind those that it needs itself. Those that need each other are
/// in any order.
fn order_of(packages: &Map<String, Value>, package: &str) -> Vec<String> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let visit = |folder| Visit {
        folder,
        left: needed(packages, folder),
    };
    let Some((package, _)) = packages.get_key_value(package) else {
        return order;
    };
    let mut path = vec![visit(package.as_str())];
    seen.insert(package.as_str());
    while let Some(last) = path.last_mut() {
        if let Some(next) = last.left.pop() {
            if seen.insert(next) {
                path.push(visit(next));
            }
        } else {
            order.push(last.folder.to_owned());
            path.pop();
        }
    }
    order
}

/// The folders of the members that a package depends on; the last is the first to be built.
fn needed<'l>(packages: &'l Map<String, Value>, folder: &str) -> Vec<&'l str> {
    let package = packages.get(folder);
    let lists = LISTS
        .iter()
        .filter_map(|list| package?.get(list)?.as_object());
    let names = lists.flat_map(Map::keys);
    let folders = names.filter_map(|name| {
        let link = packages.get(&format!("node_modules/{name}"))?;
        let folder = link.get("resolved")?.as_str()?;
        let is_member = link.get("link")?.as_bool()?;
        let (folder, _) = packages.get_key_value(folder)?;
        is_member.then_some(folder.as_str())
    });
    let mut folders: Vec<_> = folders.collect();
    folders.reverse();
    folders
}

#[cfg(test)]
mod tests {
    use super::order_of;
    use serde_json::{Value, json};

    fn order(lock: &Value, package: &str) -> String {
        let packages = lock.as_object().expect("an object");
        order_of(packages, package).join(" ")
    }

    #[test]
    fn what_is_needed_is_built_before() {
        let lock = json!({
            "": { "workspaces": ["apps/*"] },
            "apps/web": { "dependencies": { "b": "*", "x": "1" }, "devDependencies": { "a": "*" } },
            "packages/a": { "dependencies": { "c": "*" } },
            "packages/b": { "dependencies": { "a": "*" } },
            "packages/c": {},
            "packages/d": {},
            "node_modules/a": { "resolved": "packages/a", "link": true },
            "node_modules/b": { "resolved": "packages/b", "link": true },
            "node_modules/c": { "resolved": "packages/c", "link": true },
            "node_modules/x": { "version": "1.0.0", "resolved": "https://x" },
        });
        assert_eq!(
            order(&lock, "apps/web"),
            "packages/c packages/a packages/b apps/web"
        );
        assert_eq!(order(&lock, "packages/d"), "packages/d");
        assert_eq!(order(&lock, "apps/api"), "");
    }

    #[test]
    fn circles_end() {
        let lock = json!({
            "a": { "dependencies": { "b": "*", "a": "*" } },
            "b": { "dependencies": { "a": "*" } },
            "node_modules/a": { "resolved": "a", "link": true },
            "node_modules/b": { "resolved": "b", "link": true },
            "node_modules/c": { "resolved": 1, "link": "x" },
        });
        assert_eq!(order(&lock, "a"), "b a");
        assert_eq!(order(&json!({ "a": 1 }), "a"), "a");
        let names = (0..10_000).map(|it| format!("p{it}"));
        let many = names.clone().zip(names.clone().skip(1));
        let mut lock: serde_json::Map<_, _> = many
            .map(|(one, next)| (one, json!({ "dependencies": { next: "*" } })))
            .collect();
        for name in names {
            lock.insert(
                format!("node_modules/{name}"),
                json!({ "resolved": name, "link": true }),
            );
        }
        assert_eq!(order_of(&lock, "p0").len(), 9_999);
    }
}
