//! Scripts of `package.json`, and the files that they start.

use super::EntryKind;
use serde_json::Value;

/// The script that starts it where it is deployed.
#[must_use]
pub fn start(manifest: &Value) -> Option<(&'static str, &str)> {
    let scripts = manifest.get("scripts")?;
    let known = ["start:prod", "start"];
    let known = known
        .iter()
        .filter_map(|name| Some((*name, scripts.get(*name)?.as_str()?)));
    known.into_iter().next()
}

/// Options of Node.js with modules that must be there before the file: it isn't all that is started.
const LOADERS: &[&str] = &["-r", "--require", "--import", "--loader"];

/// The file that `node FILE` runs, where it runs nothing else.
#[must_use]
pub fn entry(command: &str, manifest: &Value) -> Option<String> {
    let words = command.split_whitespace();
    let mut words = words.skip_while(|it| it.contains('=') || *it == "cross-env");
    if words.next()? != "node" {
        return None;
    }
    let words: Vec<_> = words.collect();
    let at = words.iter().position(|it| !it.starts_with('-'))?;
    let (options, rest) = words.split_at_checked(at)?;
    let (file, more) = rest.split_first()?;
    let loads = |it: &&str| LOADERS.contains(&it.split('=').next().unwrap_or(it));
    if options.iter().any(loads) || more.iter().any(|it| it.contains(['&', '|', ';'])) {
        return None;
    }
    let file = file.trim_start_matches("./").trim_end_matches('/');
    let file = match file {
        "." | "" => manifest.get("main")?.as_str()?.trim_start_matches("./"),
        file => file,
    };
    let has_end = [".js", ".mjs", ".cjs"]
        .iter()
        .any(|end| file.ends_with(end));
    let file = if has_end {
        file.to_owned()
    } else {
        format!("{file}.js")
    };
    EntryKind::Script.admits(&file).then_some(file)
}

/// Frameworks by the package that an application names, and the server that their build makes.
const MADE: &[(&str, &str)] = &[
    ("@astrojs/node", "dist/server/entry.mjs"),
    ("@solidjs/start", ".output/server/index.mjs"),
    ("@sveltejs/adapter-node", "build/index.js"),
    ("nitropack", ".output/server/index.mjs"),
    ("nuxt", ".output/server/index.mjs"),
];

/// A framework by its package, and the server that the script `build` makes with it.
#[must_use]
pub fn made(manifest: &Value) -> Option<(&'static str, &'static str)> {
    manifest.get("scripts")?.get("build")?.as_str()?;
    let mut made = MADE.iter().copied();
    made.find(|(package, _)| packages(manifest).any(|it| it == *package))
}

/// The packages that a manifest names, those of the build as well.
pub fn packages(manifest: &Value) -> impl Iterator<Item = &str> {
    let lists = ["dependencies", "devDependencies"].into_iter();
    let lists = lists.filter_map(|list| manifest.get(list)?.as_object());
    lists.flat_map(|list| list.keys().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::{entry, made};
    use serde_json::json;

    #[test]
    fn the_start_script_names_the_entry() {
        let manifest = json!({ "main": "./lib/index" });
        for (command, expected) in [
            ("node dist/main.js", Some("dist/main.js")),
            (
                "NODE_ENV=production node --enable-source-maps ./dist/main",
                Some("dist/main.js"),
            ),
            ("cross-env A=b node server.mjs", Some("server.mjs")),
            ("node .", Some("lib/index.js")),
            ("node a.js && node b.js", None),
            ("tsx src/index.ts", None),
            ("node ../x.js", None),
            ("node -r dotenv/config x.js", None),
            ("node --import=./x.mjs x.js", None),
            ("node", None),
            ("", None),
        ] {
            assert_eq!(entry(command, &manifest).as_deref(), expected, "{command}");
        }
    }

    #[test]
    fn frameworks_say_what_their_build_makes() {
        let scripts = json!({ "build": "vite build" });
        for (manifest, expected) in [
            (
                json!({ "scripts": scripts, "devDependencies": { "@sveltejs/adapter-node": "6" } }),
                Some("build/index.js"),
            ),
            (
                json!({ "scripts": scripts, "dependencies": { "nuxt": "4" } }),
                Some(".output/server/index.mjs"),
            ),
            (json!({ "dependencies": { "nuxt": "4" } }), None),
            (
                json!({ "scripts": scripts, "dependencies": { "express": "5" } }),
                None,
            ),
            (json!({ "scripts": scripts, "dependencies": 1 }), None),
        ] {
            let entry = made(&manifest).map(|(_, entry)| entry);
            assert_eq!(entry, expected, "{manifest}");
        }
    }
}
