//! Scripts of `package.json`, and the files that they start.

use super::EntryKind;
use serde_json::Value;

/// Programs that run a script of the package, and the word before its name.
const RUNNERS: &[&str] = &[
    "npm run ",
    "pnpm run ",
    "yarn run ",
    "bun run ",
    "pnpm ",
    "yarn ",
];
/// How many scripts may run each other.
const MOST: usize = 5;

/// The script that starts it where it is deployed, and the command that this comes to.
#[must_use]
pub fn start(manifest: &Value) -> Option<(&'static str, &str)> {
    let scripts = manifest.get("scripts")?;
    let text = |name: &str| scripts.get(name)?.as_str().map(str::trim);
    let known = ["start:prod", "start"];
    let (name, mut command) = known.iter().find_map(|name| Some((*name, text(name)?)))?;
    for _ in 0..MOST {
        let mut names = RUNNERS.iter().filter_map(|it| command.strip_prefix(it));
        let Some(next) = names.find_map(|name| text(name.trim())) else {
            break;
        };
        command = next;
    }
    Some((name, command))
}

/// Options of Node.js with modules that must be there before the file: it isn't all that is started.
const LOADERS: &[&str] = &["-r", "--require", "--import", "--loader"];

/// The file that `node FILE` runs, where it runs nothing else.
#[must_use]
pub fn entry(command: &str, manifest: &Value) -> Option<String> {
    let (program, words) = started(command)?;
    if program != "node" {
        return None;
    }
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

/// The program of a command, behind variables, and its other words.
fn started(command: &str) -> Option<(&str, Vec<&str>)> {
    let words = command.split_whitespace();
    let mut words = words.skip_while(|it| it.contains('=') || *it == "cross-env");
    Some((words.next()?, words.collect()))
}

/// A program that serves what a build makes, and is given its file.
#[derive(Debug, PartialEq, Eq)]
pub struct FileServer {
    /// Its name, by which it is found among the programs of packages.
    pub program: &'static str,
    /// The package that has it.
    pub package: &'static str,
}

/// Those of React Router and Remix. They listen on all addresses, at `PORT`, and end when they are told to.
const FILE_SERVERS: &[FileServer] = &[
    FileServer {
        program: "react-router-serve",
        package: "@react-router/serve",
    },
    FileServer {
        program: "remix-serve",
        package: "@remix-run/serve",
    },
];

/// The server that a command starts, and the file that it is given, where it runs nothing else.
#[must_use]
pub fn served_by(command: &str) -> Option<(&'static FileServer, String)> {
    let (program, words) = started(command)?;
    let server = FILE_SERVERS.iter().find(|it| it.program == program)?;
    let [file] = words.as_slice() else {
        return None;
    };
    let file = file.trim_start_matches("./");
    EntryKind::Script
        .admits(file)
        .then(|| (server, file.to_owned()))
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

/// The version of a package that a manifest asks for, one of the build as well.
#[must_use]
pub fn requested<'m>(manifest: &'m Value, package: &str) -> Option<&'m str> {
    let lists = ["dependencies", "devDependencies"].into_iter();
    let mut versions = lists.filter_map(|list| manifest.get(list)?.get(package)?.as_str());
    versions.next()
}

/// The packages that a manifest names, those of the build as well.
pub fn packages(manifest: &Value) -> impl Iterator<Item = &str> {
    let lists = ["dependencies", "devDependencies"].into_iter();
    let lists = lists.filter_map(|list| manifest.get(list)?.as_object());
    lists.flat_map(|list| list.keys().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::{entry, made, served_by, start};
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
    fn scripts_that_run_others_are_followed() {
        for (scripts, expected) in [
            (
                json!({ "start": "npm run serve", "serve": "node a.js" }),
                "node a.js",
            ),
            (
                json!({ "start": "yarn serve", "serve": "node a.js" }),
                "node a.js",
            ),
            (
                json!({ "start": "bun run serve " , "serve": "pnpm serve2", "serve2": "x" }),
                "x",
            ),
            (json!({ "start": "npm run start" }), "npm run start"),
            (json!({ "start": "npm run gone" }), "npm run gone"),
            (json!({ "start": "a", "start:prod": "b" }), "b"),
        ] {
            let manifest = json!({ "scripts": scripts });
            let command = start(&manifest).map(|(_, command)| command);
            assert_eq!(command, Some(expected), "{manifest}");
        }
        assert_eq!(start(&json!({ "scripts": { "build": "x" } })), None);
    }

    #[test]
    fn servers_are_given_the_file_that_they_serve() {
        for (command, expected) in [
            (
                "react-router-serve ./build/server/index.js",
                Some(("react-router-serve", "build/server/index.js")),
            ),
            (
                "cross-env NODE_ENV=production remix-serve build/index.js",
                Some(("remix-serve", "build/index.js")),
            ),
            ("remix-serve", None),
            ("remix-serve ../x.js", None),
            ("remix-serve a.js && b", None),
            ("react-router dev", None),
        ] {
            let found = served_by(command);
            let found = found.as_ref().map(|(it, file)| (it.program, file.as_str()));
            assert_eq!(found, expected, "{command}");
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
