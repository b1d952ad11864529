//! Folders that images are built from: what of them makes a build warn, and what doesn't.

use std::fs;

use crate::cli::{Ran, Test};
use crate::support::report;

mod addresses;
mod entries;
mod fetched;
mod managers;
mod paths;
mod queries;
mod rows;
mod secrets;
mod writers;

use addresses::ADDRESSES;
use fetched::FETCHED;
use managers::MANAGERS;
use paths::PATHS;
use queries::QUERIES;
use rows::{BUILD, ROWS, STANDALONE};
use secrets::SECRETS;
use writers::WRITERS;

/// An application of one tier or job.
fn program(build: &str) -> String {
    format!(
        "app todo {{ images local }}\n\ntier it {{\n  {build}\n  port 8000\n  health \"/\"\n  cpu 1\n  memory 1Gi\n}}\n"
    )
}

/// A program and its folder `it`, by paths and texts.
fn test(build: &str, files: &[(&str, &str)]) -> Test {
    let test = Test::new().file("app.todo", program(build));
    fs::create_dir_all(test.path("it")).expect("a folder");
    let put = |test: Test, (path, text): &(&str, &str)| test.file(&format!("it/{path}"), text);
    files.iter().fold(test, put)
}

/// The first line of each warning, by place and code.
fn warnings(ran: &Ran) -> Vec<String> {
    let lines = ran.stderr.lines();
    let first = lines.filter_map(|line| line.strip_prefix("warning["));
    first.map(|line| line.replacen(']', "", 1)).collect()
}

#[test]
fn builds_warn_of_what_stands_in_their_folders() {
    let mut failures = Vec::new();
    for (build, files, expected) in ROWS
        .iter()
        .chain(SECRETS)
        .chain(WRITERS)
        .chain(MANAGERS)
        .chain(PATHS)
        .chain(ADDRESSES)
        .chain(FETCHED)
        .chain(QUERIES)
    {
        let folder = test(build, files);
        let ran = folder.run(&["build", "app.todo"]);
        let found = warnings(&ran);
        let checked = warnings(&folder.run(&["check", "app.todo"]));
        if ran.status != Some(0) || found != *expected || checked != *expected {
            failures.push(format!(
                "{build} {files:?}: {:?}\n{}",
                ran.status, ran.stderr
            ));
        }
    }
    report(&failures);
}

const TRAPS: &[(&str, &str)] = &[("package.json", "{}"), ("yarn.lock", "")];
const OF_NPM: &str = "build vite \"./it\" { packages npm }";

#[test]
fn commands_look_only_where_dockerfiles_are_written() {
    let test = test(OF_NPM, TRAPS);
    let looked = |args: &[&str]| warnings(&test.run(args)).len();
    assert_eq!(looked(&["build", "app.todo"]), 2);
    assert_eq!(looked(&["build", "app.todo", "--check"]), 2);
    assert_eq!(looked(&["build", "app.todo", "--stdout"]), 2);
    assert_eq!(looked(&["check", "app.todo"]), 2);
    assert_eq!(looked(&["check", "app.todo", "--emit", "compose"]), 2);
    assert_eq!(looked(&["check", "app.todo", "--no-context"]), 0);
    assert_eq!(looked(&["check", "app.todo", "--emit", "kubernetes"]), 0);
    assert_eq!(looked(&["build", "app.todo", "--no-context"]), 0);
    assert_eq!(looked(&["build", "app.todo", "--emit", "kubernetes"]), 0);
    let denied = test.run(&["build", "app.todo", "--out", "new", "--deny", "warnings"]);
    assert_eq!(denied.status, Some(1));
    assert!(!test.path("new").exists());
}

/// What is accepted may not be there for others, or for a command that doesn't look.
#[test]
fn what_is_allowed_may_be_right_elsewhere() {
    let build = "build vite \"./it\" { packages npm, allow W0602 \"CI locks\", allow W0603 \"CI writes it\" }";
    let here = test(build, TRAPS);
    let there = test(build, &[("package.json", BUILD), ("package-lock.json", "")]);
    for (test, args) in [
        (&here, &["build", "app.todo"][..]),
        (&here, &["check", "app.todo"]),
        (&here, &["build", "app.todo", "--no-context"]),
        (&there, &["build", "app.todo"]),
    ] {
        let ran = test.run(args);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn reports_have_what_may_have_been_meant() {
    let ran = test(OF_NPM, TRAPS).run(&["build", "app.todo", "--report", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let text = report.to_string();
    assert!(
        text.contains("W0602") && text.contains("\"yarn\""),
        "{text}"
    );
}

/// A misspelt folder is told at once, with the one that is there.
#[test]
fn folders_that_are_not_there_are_warned_of() {
    let test = Test::new()
        .file("app.todo", program("build go \"./bakend\""))
        .file("backend/go.mod", "module it\n")
        .file("backend/main.go", "");
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!(warnings(&ran), ["W0611: there is no folder `./bakend`"]);
    assert_eq!(ran.status, Some(0));
    let help = "help: write the one that is there: `\"./backend\"`";
    assert!(ran.stderr.contains(help), "{}", ran.stderr);
    assert!(!ran.stdout.contains("can't look"), "{}", ran.stdout);
    let denied = test.run(&["check", "app.todo", "--deny", "warnings"]);
    assert_eq!(denied.status, Some(1));
    let ran = test.run(&["build", "app.todo", "--no-context"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

/// The way out of a lock file that is the workspace's.
#[test]
fn a_lock_file_above_says_where_to_build_from() {
    let files = [("pnpm-lock.yaml", ""), ("apps/api/package.json", BUILD)];
    let ran = test("build node \"./it/apps/api\"", &files).run(&["check", "app.todo"]);
    let text = ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = "in `./it`: write `build node \"./it\" { workspace \"apps/api\" }`";
    assert!(text.contains(help), "{}", ran.stderr);
}

/// What the sources say is in the Dockerfile.
#[test]
fn dockerfiles_follow_the_sources() {
    let files = [
        (
            "package.json",
            r#"{ "scripts": { "build": "vite build --outDir out" } }"#,
        ),
        ("pnpm-lock.yaml", ""),
        (".nvmrc", "22\n"),
    ];
    let test = test("build vite \"./it\"", &files);
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    let dockerfile = test.read("out/docker/it.Dockerfile");
    for part in [
        "node:22-slim AS base",
        "pnpm install",
        "test -f out/index.html",
        "/app/out",
    ] {
        assert!(dockerfile.contains(part), "{part}: {dockerfile}");
    }
}

/// What a package depends on in its workspace is built before it.
#[test]
fn members_are_built_in_order() {
    const ROOT: &str = r#"{ "workspaces": ["apps/*", "packages/*"] }"#;
    const BUN: &str = r#"{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "root", },
    "apps/web": { "name": "web", "dependencies": { "words": "*", }, },
    "packages/words": { "name": "words", },
  },
  "packages": {
    "web": ["web@workspace:apps/web"],

    "words": ["words@workspace:packages/words"],
  }
}
"#;
    const TURBO: &str = r#"{ "workspaces": ["apps/*"], "scripts": { "build": "turbo run build" }, "devDependencies": { "turbo": "2" } }"#;
    for (root, lock, text, more, expected) in [
        (
            ROOT,
            "bun.lock",
            BUN,
            "",
            "npm --prefix=/app run build --if-present --force --workspace=/app/packages/words --workspace=/app/apps/web",
        ),
        (ROOT, "yarn.lock", "", "", "yarn --silent workspaces info"),
        (
            TURBO,
            "pnpm-lock.yaml",
            "",
            "{}",
            "/app/node_modules/.bin/turbo run build --filter=.",
        ),
        (ROOT, "pnpm-lock.yaml", "", "{}", "pnpm --filter"),
    ] {
        let files = [
            ("package.json", root),
            (lock, text),
            ("turbo.json", more),
            ("apps/web/package.json", BUILD),
        ];
        let files: Vec<_> = files
            .into_iter()
            .filter(|(path, text)| *path != "turbo.json" || !text.is_empty())
            .collect();
        let build = "build vite \"./it\" { workspace \"apps/web\" }";
        let test = test(build, &files);
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
        let dockerfile = test.read("out/docker/it.Dockerfile");
        let line = dockerfile.replace("\\\n", " ");
        let words: Vec<_> = line.split_whitespace().collect();
        assert!(
            words.join(" ").contains(expected),
            "{expected}: {dockerfile}"
        );
    }
}

#[test]
fn variables_of_processes_are_a_note() {
    let files = [("go.mod", ""), ("main.go", ""), (".env", "SECRET=hunter2")];
    let ran = test("build go \"./it\"", &files).run(&["build", "app.todo"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    let note = "\n  line 4: `./it/.env` stays out of the image; set what the process reads of it\n";
    assert!(ran.stdout.contains(note), "{}", ran.stdout);
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn a_folder_is_no_lock_file_and_a_file_is_no_folder() {
    let files = [("package.json", BUILD), ("package-lock.json/x", "")];
    let ran = test("build vite \"./it\"", &files).run(&["build", "app.todo"]);
    let expected = ["W0603: `./it` has no `package-lock.json`, which npm installs from"];
    assert_eq!(warnings(&ran), expected);

    let test = Test::new()
        .file("app.todo", program("build go \"./it\""))
        .file("it", "");
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    assert!(
        ran.stdout.contains("can't look into `./it`: "),
        "{}",
        ran.stdout
    );
}

#[test]
fn names_of_folders_may_hold_blanks() {
    let test = Test::new()
        .file("app.todo", program("build vite \"./my web/größe\""))
        .file("my web/größe/package.json", BUILD);
    let expected = ["W0603: `./my web/größe` has no `package-lock.json`, which npm installs from"];
    assert_eq!(warnings(&test.run(&["build", "app.todo"])), expected);
}

/// Of what can't be read nothing is known, and so nothing said.
#[test]
fn large_and_odd_files_are_no_trap() {
    let sparse = |path| {
        let file = fs::File::create(path).expect("a file");
        file.set_len(100 << 20).expect("a large file");
    };
    let odd = test(
        "build fastapi \"./it\"",
        &[("pyproject.toml", ""), ("app/main.py", "")],
    )
    .file("it/uv.lock", b"[[package]]\nname = \"x\" # \xff\n");
    assert_eq!(warnings(&odd.run(&["build", "app.todo"])), [""; 0]);

    let large = test(
        "build fastapi \"./it\"",
        &[("pyproject.toml", ""), ("app/main.py", "")],
    );
    sparse(large.path("it/uv.lock"));
    assert_eq!(warnings(&large.run(&["build", "app.todo"])), [""; 0]);

    let nested = "[".repeat(100_000);
    let deep = test(
        "build fastapi \"./it\"",
        &[("pyproject.toml", ""), ("app/main.py", "")],
    )
    .file("it/uv.lock", format!("x = {nested}"))
    .file("it/package.json", &nested);
    assert_eq!(deep.run(&["build", "app.todo"]).status, Some(0));
}

#[test]
fn a_folder_of_very_many_files_is_left_alone() {
    let test = test("build go \"./it\"", &[("go.mod", "")]);
    for number in 0..2100 {
        fs::write(test.path(&format!("it/{number}")), "").expect("a file");
    }
    assert_eq!(warnings(&test.run(&["build", "app.todo"])), [""; 0]);
}

#[cfg(unix)]
mod unix {
    use super::{BUILD, STANDALONE, TRAPS, program, test, warnings};
    use crate::cli::Test;
    use std::ffi::OsStr;
    use std::fs;
    use std::io::ErrorKind;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    /// Were it opened, this would wait for ever.
    #[test]
    fn pipes_are_not_opened() {
        let test = test("build nextjs \"./it\"", &[("package.json", BUILD)]);
        for name in ["package-lock.json", "next.config.js", ".env"] {
            let made = Command::new("mkfifo")
                .arg(test.path(&format!("it/{name}")))
                .status();
            assert!(
                made.is_ok_and(|status| status.success()),
                "mkfifo makes a pipe"
            );
        }
        assert_eq!(warnings(&test.run(&["build", "app.todo"])), [""; 0]);
    }

    #[test]
    fn links_are_followed_within_the_folder_alone() {
        let files = [("package.json", BUILD), ("real.json", "{}")];
        let test = test("build nextjs \"./it\"", &files)
            .file("outside/next.config.mjs", "export default {}");
        symlink("real.json", test.path("it/package-lock.json")).expect("a link");
        symlink(
            "../outside/next.config.mjs",
            test.path("it/next.config.mjs"),
        )
        .expect("a link");
        assert_eq!(warnings(&test.run(&["build", "app.todo"])), [""; 0]);

        fs::remove_file(test.path("it/next.config.mjs")).expect("a link");
        symlink("next.config.mjs", test.path("it/next.config.mjs")).expect("a link to itself");
        assert_eq!(warnings(&test.run(&["build", "app.todo"])), [""; 0]);

        fs::remove_file(test.path("it/next.config.mjs")).expect("a link");
        fs::write(
            test.path("it/real.mjs"),
            STANDALONE.replace("standalone", "export"),
        )
        .expect("a file");
        symlink("real.mjs", test.path("it/next.config.mjs")).expect("a link");
        assert_eq!(
            warnings(&test.run(&["build", "app.todo"])),
            ["W0604: `./it/next.config.mjs` doesn't say `output: \"standalone\"`"]
        );
    }

    #[test]
    fn a_context_may_not_be_a_link_out_of_the_folder() {
        let test = Test::new().file("here/app.todo", program("build vite \"./it\""));
        fs::create_dir(test.path("elsewhere")).expect("a folder");
        symlink("../elsewhere", test.path("here/it")).expect("a link");
        test.run(&["build", "here/app.todo"]).fails(
            "error: can't build from `./it`: it is a link that leaves the source file's folder\n\
             help: put the folder itself there, or the source file above both\n",
        );
        let test = test.file("here/app.todo", program("build static \"./it\""));
        let ran = test.run(&["build", "here/app.todo"]);
        assert_eq!(ran.status, Some(2), "{ran:?}");
    }

    /// Whoever is root runs it as nobody, who may not read everything.
    #[test]
    fn what_may_not_be_read_is_no_trap() {
        let files = [
            ("package.json", "{}"),
            ("package-lock.json", ""),
            ("next.config.js", ""),
        ];
        let test = test("build nextjs \"./it\"", &files);
        let program = test.path("todoc");
        fs::copy(env!("CARGO_BIN_EXE_todoc"), &program).expect("a copy");
        let closed = |path: &str, mode| {
            let mode = fs::Permissions::from_mode(mode);
            fs::set_permissions(test.path(path), mode).expect("permissions");
        };
        let run = || {
            let mut command = Command::new(&program);
            command
                .args(["build", "app.todo", "--stdout"])
                .current_dir(test.path(""));
            if fs::write(test.path("it/closed/probe"), "").is_ok() {
                use std::os::unix::process::CommandExt;
                command.uid(65534).gid(65534);
            }
            loop {
                match command.output() {
                    // A process that another test starts just now may still hold the copy open.
                    Err(why) if why.kind() == ErrorKind::ExecutableFileBusy => {}
                    ran => return ran.expect("it runs"),
                }
            }
        };
        fs::create_dir(test.path("it/closed")).expect("a folder");
        closed("it/closed", 0o000);
        closed("", 0o755);
        closed("it/package.json", 0o000);
        closed("it/next.config.js", 0o000);
        let output = run();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !told.contains("warning"),
            "{told}"
        );

        closed("it", 0o000);
        let output = run();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.contains("can't look into `./it`: permission denied"),
            "{told}"
        );
        closed("it", 0o755);
        closed("it/closed", 0o755);
    }

    #[test]
    fn any_bytes_may_name_what_lies_there() {
        let test = test("build go \"./it\"", &[("go.mod", "")]);
        let odd = OsStr::from_bytes(b"\xff\n\x1b[31m.go");
        fs::write(test.path("it").join(odd), "").expect("a file");
        assert_eq!(warnings(&test.run(&["build", "app.todo"])), [""; 0]);

        let test = super::test(
            "build go \"./it\"",
            &[("go.mod", ""), ("cmd/a b\u{1b}[31m/x.go", "")],
        );
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!(warnings(&ran), ["W0606: `./it` has no Go files"]);
        assert!(!ran.stderr.contains('\u{1b}'));
    }

    /// What stands in files is text of others as much as their names are.
    #[test]
    fn what_files_say_cannot_act_on_the_terminal() {
        let odd = "FROM node AS a\u{1b}[31m\nFROM node AS b\u{7}\n";
        let files = [("Dockerfile", odd), (".dockerignore", "*")];
        let test = super::test("build dockerfile \"./it\" { stage \"x\" }", &files);
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!(warnings(&ran).len(), 1, "{}", ran.stderr);
        assert!(!ran.stderr.contains(['\u{1b}', '\u{7}']));

        let files = [("requirements.txt", "-r a\u{1b}[31mb.txt\n"), ("x.py", "")];
        let test = super::test(
            "build python \"./it\" { packages pip, entry \"x.py\" }",
            &files,
        );
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!(warnings(&ran).len(), 1, "{}", ran.stderr);
        assert!(!ran.stderr.contains('\u{1b}'));
    }

    #[test]
    fn nothing_is_sought_outside() {
        for context in ["..", "/", "~", "../it", "./it/../..", "./a\\nb"] {
            let build = format!("build vite \"{context}\"");
            let test = Test::new()
                .file("here/app.todo", program(&build))
                .file("package.json", TRAPS[0].1);
            let ran = test.run(&["build", "here/app.todo"]);
            assert_eq!(ran.status, Some(1), "{context}");
            assert_eq!(ran.stderr.matches("W06").count(), 0, "{}", ran.stderr);
        }
    }
}
