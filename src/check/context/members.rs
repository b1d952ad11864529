//! The packages of a workspace that one of them depends on, in the order in which they are built.

use super::packages::SCRIPTS;
use super::site::Site;
use crate::catalog::is_path;
use crate::catalog::packages::{BUN, NPM};
use crate::source::Look;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The lists of what a package needs while it is built, or runs.
const LISTS: &[&str] = &[
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
];

/// Most packages of a workspace that one may need.
const MOST: usize = 64;

/// The tasks of Turborepo, and its program.
const TASKS: &str = "turbo.json";
const TURBO: &str = "turbo";

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    if site.workspace.is_empty() {
        return Vec::new();
    }
    let managers = site.possible_managers().into_iter();
    // Their lock files name all packages of a workspace, and what each depends on.
    let named = managers.filter(|it| **it == NPM || **it == BUN);
    let looks = named.map(|it| (it.lock.to_owned(), Look::Content));
    looks.chain([(TASKS.to_owned(), Look::Kind)]).collect()
}

/// Whether the whole workspace is built by Turborepo: by the script `build` beside its tasks.
pub(super) fn has_turbo(site: &Site<'_>) -> bool {
    if site.workspace.is_empty() || !site.has(TASKS) {
        return false;
    }
    let manifest = site.json(SCRIPTS);
    let part = |part: &str, name: &str| {
        manifest
            .as_ref()?
            .get(part)?
            .get(name)?
            .as_str()
            .map(str::to_owned)
    };
    let is_installed = LISTS.iter().any(|list| part(list, TURBO).is_some());
    let build = part("scripts", "build").unwrap_or_default();
    is_installed && build.split_whitespace().any(|word| word == TURBO)
}

/// The folders of what a site's package depends on in its workspace, and then its own; none where it depends on
/// nothing there, or where its package manager finds them itself.
pub(super) fn answer(site: &Site<'_>) -> Vec<String> {
    let lock = match site.manager {
        _ if site.workspace.is_empty() => None,
        Some(&NPM) => site.json(NPM.lock),
        Some(&BUN) => site.json_with_commas(BUN.lock),
        _ => None,
    };
    let order = lock.and_then(|lock| order(&lock, site.workspace));
    let order = order.unwrap_or_default();
    // By itself it is built as it would be without a workspace.
    if order.len() < 2 || order.len() > MOST || !order.iter().all(|it| is_path(it)) {
        return Vec::new();
    }
    order
}

/// That order, by a lock file of npm's or Bun's.
fn order(lock: &Value, package: &str) -> Option<Vec<String>> {
    let packages = lock.get("packages")?.as_object()?;
    let of_npm = |name: &str| {
        let link = packages.get(&format!("node_modules/{name}"))?;
        let is_member = link.get("link")?.as_bool()?;
        link.get("resolved")?.as_str().filter(|_| is_member)
    };
    let of_bun = |name: &str| {
        let entry = packages.get(name)?.get(0)?.as_str()?;
        entry.strip_prefix(name)?.strip_prefix("@workspace:")
    };
    Some(match lock.get("workspaces").and_then(Value::as_object) {
        Some(members) => order_of(members, package, of_bun),
        None => order_of(packages, package, of_npm),
    })
}

/// A package that is looked at, and what of its dependencies isn't yet.
struct Visit<'l> {
    folder: &'l str,
    left: Vec<&'l str>,
}

/// The folders that a package needs built, each behind those that it needs itself. Those that need each other are
/// in any order. `packages` are those of the workspace by their folders, and `folder_of` knows them by name.
fn order_of<'l>(
    packages: &'l Map<String, Value>,
    package: &str,
    folder_of: impl Fn(&str) -> Option<&'l str>,
) -> Vec<String> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let visit = |folder| Visit {
        folder,
        left: needed(packages, folder, &folder_of),
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
fn needed<'l>(
    packages: &'l Map<String, Value>,
    folder: &str,
    folder_of: &impl Fn(&str) -> Option<&'l str>,
) -> Vec<&'l str> {
    let package = packages.get(folder);
    let lists = LISTS
        .iter()
        .filter_map(|list| package?.get(list)?.as_object());
    let names = lists.flat_map(Map::keys);
    let folders = names.filter_map(|name| {
        let (folder, _) = packages.get_key_value(folder_of(name)?)?;
        Some(folder.as_str())
    });
    let mut folders: Vec<_> = folders.collect();
    folders.reverse();
    folders
}

#[cfg(test)]
mod tests {
    use super::order;
    use serde_json::{Value, json};

    fn of_npm(packages: &Value, package: &str) -> String {
        let lock = json!({ "packages": packages });
        order(&lock, package).expect("packages").join(" ")
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
            of_npm(&lock, "apps/web"),
            "packages/c packages/a packages/b apps/web"
        );
        assert_eq!(of_npm(&lock, "packages/d"), "packages/d");
        assert_eq!(of_npm(&lock, "apps/api"), "");
    }

    #[test]
    fn lock_files_of_bun_name_members() {
        let lock = json!({
            "workspaces": {
                "": { "name": "root" },
                "apps/web": { "name": "web", "dependencies": { "@a/b": "*", "x": "1" } },
                "packages/b": { "name": "@a/b", "devDependencies": { "c": "*" } },
                "packages/c": { "name": "c" },
            },
            "packages": {
                "@a/b": ["@a/b@workspace:packages/b"],
                "c": ["c@workspace:packages/c"],
                "x": ["x@1.0.0", "", {}, "sha512"],
            },
        });
        let order = order(&lock, "apps/web").expect("packages");
        assert_eq!(order.join(" "), "packages/c packages/b apps/web");
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
        assert_eq!(of_npm(&lock, "a"), "b a");
        assert_eq!(of_npm(&json!({ "a": 1 }), "a"), "a");
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
        assert_eq!(of_npm(&Value::Object(lock), "p0").split(' ').count(), 9_999);
    }
}
