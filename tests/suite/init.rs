//! `todoc init`: a first text for any folder compiles without a warning, is in its layout, and overwrites
//! nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fastrand::Rng;
use todoc::format::format;
use todoc::init::{Draft, Sources, draft};
use todoc::source::{Context, Contexts, Look, Seen};
use todoc::{Options, Program};

use crate::cli::Test;
use crate::support::report;

/// Folders in memory: texts by their paths.
#[derive(Debug, Clone, Default)]
struct Memory(BTreeMap<String, String>);

impl Memory {
    fn seen(&self, path: &str, look: Look) -> Seen {
        if let Some(text) = self.0.get(path) {
            return Seen::File((look == Look::Content).then(|| text.clone()));
        }
        match self.list(path) {
            Some(names) if !names.is_empty() => {
                Seen::Folder(Some(names.into_iter().map(|(name, _)| name).collect()))
            }
            Some(_) | None => Seen::Nothing,
        }
    }
}

impl Sources for Memory {
    fn list(&self, folder: &str) -> Option<Vec<(String, bool)>> {
        let mut names = BTreeSet::new();
        for path in self.0.keys() {
            let below = if folder.is_empty() {
                Some(path.as_str())
            } else {
                path.strip_prefix(folder)
                    .and_then(|it| it.strip_prefix('/'))
            };
            if let Some(below) = below {
                let name = below.split('/').next().unwrap_or(below);
                names.insert((name.to_owned(), below.contains('/')));
            }
        }
        Some(names.into_iter().collect())
    }

    fn text(&self, file: &str) -> Option<String> {
        self.0.get(file).cloned()
    }

    fn contexts(&self, program: &Program<'_>) -> Contexts {
        let wanted = program.contexts_wanted().into_iter();
        let seen = wanted.map(|(context, looks)| {
            let root = context.trim_start_matches("./").trim_start_matches('.');
            let path = |below: &str| match (root, below) {
                ("", below) => below.to_owned(),
                (root, "." | "") => root.to_owned(),
                (root, below) => format!("{root}/{below}"),
            };
            let looks = looks.iter();
            let seen = looks.map(|(below, look)| {
                let seen = self.seen(&path(below.trim_start_matches("./")), *look);
                (below.clone(), seen)
            });
            let seen: Context = seen.collect();
            (context, Ok(seen))
        });
        seen.collect()
    }
}

/// A part of an application: the files of a folder, and what its `build` says.
struct Part {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    /// What stands in the text, with one blank between words; `@` is the folder.
    expected: &'static [&'static str],
}

const PARTS: &[Part] = &[
    Part {
        name: "nextjs",
        files: &[
            (
                "package.json",
                r#"{"scripts":{"build":"next build"},"dependencies":{"next":"15"}}"#,
            ),
            ("package-lock.json", "{}"),
            ("next.config.mjs", "export default { output: 'standalone' }"),
        ],
        expected: &["build nextjs \"@\"", "port 3000", "health \"/\""],
    },
    Part {
        name: "vite",
        files: &[
            (
                "package.json",
                r#"{"scripts":{"build":"vite build"},"devDependencies":{"vite":"7"}}"#,
            ),
            ("pnpm-lock.yaml", ""),
            ("index.html", ""),
        ],
        expected: &["build vite \"@\"", "port 8080", "health \"/healthz\""],
    },
    Part {
        name: "node",
        files: &[
            (
                "package.json",
                r#"{"scripts":{"start":"node src/server.js"},"dependencies":{"express":"5","pg":"8","ioredis":"5"}}"#,
            ),
            ("package-lock.json", "{}"),
            (
                "src/server.js",
                "app.get('/healthz', ok)\napp.listen(4000)\n",
            ),
        ],
        expected: &[
            "build node \"@\" { entry \"src/server.js\" }",
            "port 4000",
            "health \"/healthz\"",
            "DATABASE_URL = db.url",
            "REDIS_URL = cache.url",
        ],
    },
    Part {
        name: "fastapi",
        files: &[
            (
                "pyproject.toml",
                "[project]\nname = \"x\"\ndependencies = [\"fastapi\", \"uvicorn[standard]>=0.30\", \"SQLAlchemy\", \"asyncpg\"]\n",
            ),
            (
                "uv.lock",
                "[[package]]\nname = \"uvicorn\"\n\n[[package]]\nname = \"fastapi\"\n",
            ),
            (
                "main.py",
                "api = FastAPI()\n\n@api.get(\"/health\")\ndef health(): ...\n",
            ),
            (".env.example", "OPENAI_API_KEY=\nLOG_LEVEL=info\n"),
        ],
        expected: &[
            "build fastapi \"@\" { entry \"main:api\" }",
            "port 8000",
            "health \"/health\"",
            "DATABASE_URL = db.url(\"postgresql+asyncpg\")",
            "secret OPENAI_API_KEY from env",
            "also names LOG_LEVEL",
        ],
    },
    Part {
        name: "django",
        files: &[
            (
                "requirements.txt",
                "Django==5.2\ngunicorn\npsycopg2-binary\n",
            ),
            (
                "manage.py",
                "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
            ),
            ("shop/wsgi.py", "application = 1\n"),
            ("shop/settings.py", ""),
            (".env.example", "SECRET_KEY=x\nDATABASE_URL=\n"),
        ],
        expected: &[
            "build django \"@\"",
            "stand_in SECRET_KEY",
            "migrate \"python\" \"manage.py\" \"migrate\" \"--noinput\"",
            "DATABASE_URL = db.url",
        ],
    },
    Part {
        name: "flask",
        files: &[
            ("requirements.txt", "flask\ngunicorn\n"),
            ("app.py", "app = Flask(__name__)\n"),
        ],
        expected: &[
            "build python \"@\" { entry \"app\" }",
            "command \"gunicorn\" \"--bind\" \"0.0.0.0:8000\" \"app:app\"",
        ],
    },
    Part {
        name: "go",
        files: &[
            ("go.mod", "module x\n\nrequire github.com/lib/pq v1.10.9\n"),
            (
                "cmd/api/main.go",
                "package main\n\nfunc main() { http.ListenAndServe(\":9000\", nil) }\n",
            ),
            ("cmd/seed/main.go", "package main\n\nfunc main() {}\n"),
        ],
        expected: &[
            "build go \"@\" { entry \"./cmd/api\" }",
            "port 9000",
            "DATABASE_URL = db.url",
            "nothing in",
        ],
    },
    Part {
        name: "rust",
        files: &[
            (
                "Cargo.toml",
                "[package]\nname = \"search\"\n\n[dependencies]\naxum = \"0.8\"\n",
            ),
            ("Cargo.lock", ""),
            (
                "src/main.rs",
                "fn main() { TcpListener::bind(\"0.0.0.0:7700\"); }\n",
            ),
        ],
        expected: &["build rust \"@\" { entry \"search\" }", "port 7700"],
    },
    Part {
        name: "static",
        files: &[("index.html", "<h1>hello</h1>")],
        expected: &["build static \"@\"", "health \"/healthz\""],
    },
    Part {
        name: "dockerfile",
        files: &[("Dockerfile", "FROM php:8.4-apache\nEXPOSE 8081\n")],
        expected: &["build dockerfile \"@\"", "port 8081"],
    },
    Part {
        name: "sveltekit",
        files: &[
            (
                "package.json",
                r#"{"scripts":{"build":"vite build"},"devDependencies":{"@sveltejs/adapter-node":"6","vite":"8"}}"#,
            ),
            ("package-lock.json", "{}"),
        ],
        expected: &["build node \"@\" { entry \"build/index.js\" }"],
    },
];

fn add(memory: &mut Memory, folder: &str, part: &Part) {
    for (path, text) in part.files {
        let path = if folder.is_empty() {
            (*path).to_owned()
        } else {
            format!("{folder}/{path}")
        };
        memory.0.insert(path, (*text).to_owned());
    }
}

/// What is wrong with a text for these folders.
fn faults(memory: &Memory, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let program = Program::parse(text);
    let options = Options {
        contexts: memory.contexts(&program),
        ..Options::default()
    };
    let found = program.compile_all(&options).diagnostics;
    wrong.extend(
        found
            .iter()
            .map(|it| format!("{} {}", it.code.number(), it.message)),
    );
    if format(text).text != text {
        wrong.push("it isn't in its layout".to_owned());
    }
    if text.lines().any(|line| line.chars().count() > 220) {
        wrong.push("a line is very long".to_owned());
    }
    wrong
}

/// A draft that nothing is wrong with; nor with what it shows as a comment for another place.
fn right(memory: &Memory, name: &str, told: &str) -> (Draft, Vec<String>) {
    let draft = draft(memory, name);
    let mut wrong = faults(memory, &draft.text);
    if let Some((before, place)) = draft.text.split_once("# Another place") {
        let lines = place
            .lines()
            .skip(2)
            .filter_map(|line| line.strip_prefix("# "));
        let place = lines.collect::<Vec<_>>().join("\n") + "\n";
        assert!(place.starts_with("target production {\n"), "{place}");
        wrong.extend(
            faults(memory, &format!("{before}\n{place}"))
                .into_iter()
                .filter(|it| !it.contains("layout")),
        );
    }
    let wrong = wrong
        .into_iter()
        .map(|it| format!("{told}: {it}\n{}", draft.text));
    let wrong = wrong.collect();
    (draft, wrong)
}

/// A text with one blank between words.
fn plain(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_recipe_is_found_at_the_top_and_below() {
    let mut wrong = Vec::new();
    for part in PARTS {
        for (folder, context) in [("", "."), ("part", "./part"), ("apps/part", "./apps/part")] {
            let mut memory = Memory::default();
            add(&mut memory, folder, part);
            let (draft, faults) = right(&memory, "shop", part.name);
            wrong.extend(faults);
            let text = plain(&draft.text);
            for expected in part.expected {
                let expected = expected.replace('@', context);
                if !text.contains(&expected) {
                    wrong.push(format!("{}: no `{expected}` in\n{}", part.name, draft.text));
                }
            }
        }
    }
    report(&wrong);
}

#[test]
fn any_two_parts_stand_beside_each_other() {
    let mut wrong = Vec::new();
    for one in PARTS {
        for other in PARTS {
            let mut memory = Memory::default();
            add(&mut memory, "frontend", one);
            add(&mut memory, "backend", other);
            let told = format!("{} and {}", one.name, other.name);
            let (draft, faults) = right(&memory, "shop", &told);
            wrong.extend(faults);
            let live = draft.found.iter().filter(|it| it.lacks.is_none()).count();
            if live != 2 {
                wrong.push(format!("{told}: {live} tiers in\n{}", draft.text));
            }
        }
    }
    report(&wrong);
}

#[test]
fn a_page_and_its_api_know_each_other() {
    let mut memory = Memory::default();
    add(&mut memory, "frontend", &PARTS[0]);
    add(&mut memory, "backend", &PARTS[3]);
    memory.0.insert(
        "frontend/app/page.tsx".into(),
        "fetch(process.env.NEXT_PUBLIC_BACKEND_URL)".into(),
    );
    let (draft, wrong) = right(&memory, "shop", "a page and its API");
    report(&wrong);
    let text = plain(&draft.text);
    for expected in [
        "build nextjs \"./frontend\" { NEXT_PUBLIC_BACKEND_URL = backend.public_url }",
        "needs backend",
        "CORS_ORIGINS = [frontend.origin]",
        "tier frontend { expose nodeport 30081 }",
        "tier backend { expose nodeport 30080 }",
    ] {
        assert!(
            text.contains(expected),
            "no `{expected}` in\n{}",
            draft.text
        );
    }
}

#[test]
fn members_of_a_workspace_are_built_from_its_lock_file() {
    let mut memory = Memory::default();
    for (path, text) in [
        (
            "package.json",
            r#"{"private":true,"workspaces":["apps/*"]}"#,
        ),
        ("package-lock.json", "{}"),
        (
            "apps/web/package.json",
            r#"{"scripts":{"build":"vite build"},"dependencies":{"vite":"7"}}"#,
        ),
        ("apps/web/index.html", ""),
        (
            "apps/api/package.json",
            r#"{"scripts":{"build":"tsc","start":"node dist/main"}}"#,
        ),
        ("packages/ui/package.json", r#"{"name":"ui"}"#),
    ] {
        memory.0.insert(path.into(), text.into());
    }
    let (draft, wrong) = right(&memory, "studio", "a workspace");
    report(&wrong);
    let text = plain(&draft.text);
    for expected in [
        "build vite \".\" { workspace \"apps/web\", VITE_API_URL = api.public_url }",
        "build node \".\" { workspace \"apps/api\", entry \"dist/main.js\" }",
    ] {
        assert!(
            text.contains(expected),
            "no `{expected}` in\n{}",
            draft.text
        );
    }
    assert_eq!(draft.found.len(), 2, "{}", draft.text);
}

#[test]
fn a_server_without_a_script_that_starts_it_is_not_passed_over() {
    let manifest = |more: &str| format!("{{\"dependencies\":{{\"fastify\":\"5\"}}{more}}}");
    let builds = manifest(r#","scripts":{"build":"tsc"}"#);
    for (manifest, source, expected) in [
        (
            builds.as_str(),
            "src/main.ts",
            "build node \"./api\"\nport 3000",
        ),
        (
            &builds,
            "src/other.ts",
            "# api/package.json has fastify, but neither a script `start` nor",
        ),
        (
            &manifest(r#","main":"lib/index.js""#),
            "lib/index.js",
            "build node \"./api\" { entry \"lib/index.js\" }",
        ),
    ] {
        let mut memory = Memory::default();
        for (path, text) in [
            ("api/package.json", manifest),
            ("api/package-lock.json", "{}"),
            (
                &format!("api/{source}"),
                "app.listen({ port: Number(process.env.PORT) })",
            ),
        ] {
            memory.0.insert(path.to_owned(), text.to_owned());
        }
        let (draft, wrong) = right(&memory, "shop", source);
        report(&wrong);
        let text = plain(&draft.text);
        assert!(
            text.contains(expected),
            "no `{expected}` in\n{}",
            draft.text
        );
    }
}

#[test]
fn what_something_is_wrong_with_gives_way() {
    // Without its lock file: the Dockerfile, else a comment that says what is missing.
    let mut memory = Memory::default();
    add(&mut memory, "web", &PARTS[0]);
    memory.0.remove("web/package-lock.json");
    let (alone, wrong) = right(&memory, "shop", "without a lock file");
    report(&wrong);
    assert!(
        alone.found[0]
            .lacks
            .as_ref()
            .is_some_and(|it| it.contains("package-lock.json")),
        "{alone:?}"
    );
    assert!(alone.text.contains("\n# tier web {\n"), "{}", alone.text);
    memory
        .0
        .insert("web/Dockerfile".into(), "FROM node\nEXPOSE 3001\n".into());
    let (with, wrong) = right(&memory, "shop", "with a Dockerfile");
    report(&wrong);
    assert!(
        plain(&with.text).contains("build dockerfile \"./web\"\nport 3001"),
        "{}",
        with.text
    );

    // Nothing at all, and nothing that is one.
    for files in [
        &[][..],
        &[("README.md", "# x")],
        &[("package.json", "{")],
        &[("a/package.json", "[]")],
    ] {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let (draft, wrong) = right(&Memory(files.collect()), "x", "nothing");
        report(&wrong);
        assert!(
            draft.text.contains("app x\n") && draft.text.contains("# tier "),
            "{}",
            draft.text
        );
    }
}

#[test]
fn odd_names_are_names_and_strings() {
    let names = [
        "My Shop (v2)",
        "größe",
        "2048",
        "we\"ird",
        "a\\b",
        "a\ntier evil {}\n",
        "漢字",
        "-x",
        "app",
        "config",
        "postgres",
        "x# y",
        "{}",
        "a\u{202e}b",
        "\t",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "this-is-a-very-long-name-of-a-folder-that-no-object-of-kubernetes-could-ever-have-as-its-own",
    ];
    let mut wrong = Vec::new();
    for name in names {
        for part in PARTS {
            let mut memory = Memory::default();
            add(&mut memory, name, part);
            let (draft, faults) = right(&memory, name, name);
            wrong.extend(faults);
            if draft.text.contains("\ntier evil") || draft.text.contains("\napp evil") {
                wrong.push(draft.text.clone());
            }
        }
    }
    report(&wrong);
}

#[test]
fn any_part_of_any_folder_gives_a_right_text() {
    let mut wrong = Vec::new();
    let mut rng = Rng::with_seed(13);
    for round in 0..80 {
        let mut memory = Memory::default();
        for folder in ["", "web", "api", "apps/one", "apps/two", "services/x"] {
            if rng.bool() {
                add(&mut memory, folder, &PARTS[rng.usize(..PARTS.len())]);
            }
        }
        let paths: Vec<_> = memory.0.keys().cloned().collect();
        for path in paths {
            match rng.u8(..10) {
                0 => drop(memory.0.remove(&path)),
                1 => {
                    let text = memory.0.entry(path).or_default();
                    let end = (0..=text.len())
                        .rev()
                        .find(|it| text.is_char_boundary(*it) && rng.u8(..4) == 0);
                    text.truncate(end.unwrap_or(0));
                }
                2 => memory.0.entry(path).or_default().insert(0, '\u{feff}'),
                3 => {
                    let text = memory.0.entry(path).or_default();
                    *text = text.replace('\n', "\r\n");
                }
                4 => drop(memory.0.insert(format!("{path}.env"), "A=b".into())),
                _ => {}
            }
        }
        let (_, faults) = right(&memory, "shop", &format!("round {round}"));
        wrong.extend(faults);
    }
    report(&wrong);
}

// The command.

/// A folder with two parts on the disk.
fn shop() -> Test {
    let mut test = Test::new();
    for (folder, part) in [("frontend", &PARTS[0]), ("backend", &PARTS[3])] {
        for (path, text) in part.files {
            test = test.file(&format!("{folder}/{path}"), text);
        }
    }
    test
}

/// Whether the text that was written builds without a warning, and is in its layout.
fn builds(test: &Test) {
    test.run(&["fmt", "--check", "app.todo"]).ok();
    let ran = test.run(&["build", "app.todo", "--deny", "warnings"]).ok();
    assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
}

#[test]
fn a_folder_gets_a_text_once() {
    let test = shop().file("backend/.env", "OPENAI_API_KEY=canary-of-a-value\n");
    let ran = test.run(&["init"]).ok();
    assert!(
        ran.stdout
            .starts_with("app.todo written: 2 tiers and 1 database\n"),
        "{}",
        ran.stdout
    );
    let written = test.read("app.todo");
    assert!(!written.contains("canary"), "{written}");
    assert_eq!(test.run(&["init", "--stdout"]).ok().stdout, written);
    builds(&test);
    test.run(&["init"]).fails(
        "error: `app.todo` is there already\nhelp: print what would be written with --stdout, or move the file away\n",
    );
    assert_eq!(test.read("app.todo"), written);
}

#[test]
fn files_for_editors_are_written_where_none_are() {
    let test = shop().file(".gitattributes", "*.png binary\n");
    let ran = test.run(&["init", "--editor"]).ok();
    assert_eq!(test.read(".gitattributes"), "*.png binary\n");
    assert!(
        ran.stdout.contains("\n    *.todo linguist-language=HCL\n"),
        "{}",
        ran.stdout
    );
    for file in [".vscode/settings.json", ".vscode/extensions.json"] {
        let value: serde_json::Value = serde_json::from_str(&test.read(file)).expect("JSON");
        assert!(value.is_object());
    }
    let hooks: serde_json::Value =
        serde_yaml::from_str(&test.read(".pre-commit-config.yaml")).expect("YAML");
    assert_eq!(hooks["repos"][0]["hooks"][0]["entry"], "todoc fmt --check");
    let before = test.tree("");
    // The text is there by now; so is all else.
    assert_eq!(test.run(&["init", "--editor"]).status, Some(2));
    assert_eq!(test.tree(""), before);
}

#[test]
fn what_is_no_folder_is_status_two() {
    let test = Test::new().file("file", "");
    for folder in ["nowhere", "file"] {
        let ran = test.run(&["init", folder]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{folder}");
        assert!(
            ran.stderr.starts_with("error: can't look into `"),
            "{}",
            ran.stderr
        );
    }
    let nothing = Test::new();
    let ran = nothing.run(&["init"]).ok();
    assert!(
        ran.stdout.starts_with("app.todo written: 0 tiers\n"),
        "{}",
        ran.stdout
    );
    nothing.run(&["check", "app.todo"]).ok();
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_closed_folders_are_named() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = Test::new()
        .file("package.json", PARTS[0].files[0].1)
        .file("index.html", "canary");
    let test = shop().file("closed/index.html", "");
    symlink(outside.path(""), test.path("linked")).expect("a link");
    fs::create_dir(test.path("odd")).expect("a folder");
    symlink(outside.path("index.html"), test.path("odd/index.html")).expect("a link");
    symlink("nowhere", test.path("odd/Dockerfile")).expect("a link");
    symlink(".", test.path("odd/again")).expect("a link");
    let closed = test.path("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("a mode");
    let is_closed = fs::read_dir(&closed).is_err();
    let ran = test.run(&["init"]).ok();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("a mode");
    let written = test.read("app.todo");
    assert!(
        !written.contains("/linked") && !written.contains("/odd"),
        "{written}"
    );
    // Whoever may read anything has no closed folder.
    assert_eq!(
        ran.stdout.contains("closed: it can't be read"),
        is_closed,
        "{}",
        ran.stdout
    );
    builds(&test);
}

#[test]
fn a_folder_of_many_files_is_looked_at_nonetheless() {
    let test = shop();
    fs::create_dir(test.path("data")).expect("a folder");
    for number in 0..50_000 {
        fs::write(test.path(&format!("data/{number:05}.csv")), "").expect("a file");
    }
    let ran = test.run(&["init"]).ok();
    assert!(
        ran.stdout.starts_with("app.todo written: 2 tiers"),
        "{}",
        ran.stdout
    );
    builds(&test);
}
