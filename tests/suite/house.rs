//! The rules that the source keeps, read off its text: who may use whom, what stands where, and
//! that every code has its page and its fixture.
//!
//! Unit tests are left out: all of a file from `#[cfg(test)] mod`, files named `tests.rs` and folders named `tests`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use todoc::backend::BACKENDS;
use todoc::diag::Code;

use crate::errors::parts;
use crate::support::{files, fixtures, path, read, report};

/// Which modules of the crate a module may use besides itself. A new module needs a row.
///
/// `compile` ties the stages together; `main` and `cli` are the program around the library.
pub(crate) const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("docker", &[]),
    ("hash", &[]),
    ("catalog", &["docker"]),
    (
        "diag",
        &["source", "catalog::credentials", "catalog::secret_names"],
    ),
    // `map!` is exported at the root, as all macros are.
    ("yaml", &["source", "__todoc_yaml_map"]),
    ("ir", &["source", "catalog", "yaml"]),
    ("syntax", &["source", "diag", "catalog::keys"]),
    ("reference", &["catalog", "diag::wrap", "syntax::usage"]),
    (
        "check",
        &["source", "diag", "syntax", "ir", "catalog", "yaml"],
    ),
    (
        "backend",
        &["source", "diag", "hash", "ir", "catalog", "docker", "yaml"],
    ),
    (
        "compile",
        &[
            "source", "diag", "syntax", "ir", "catalog", "yaml", "check", "backend",
        ],
    ),
    ("fix", &["source", "diag", "compile"]),
    ("diff", &[]),
    ("format", &["source", "diag", "syntax"]),
    (
        "ide",
        &[
            "source", "diag", "syntax", "ir", "catalog", "compile", "fix", "format", "backend",
            "init", "diff", "yaml",
        ],
    ),
    ("lsp", &["ide", "source", "diag"]),
    (
        "init",
        &["source", "diag", "syntax", "catalog", "compile", "format"],
    ),
    ("cli", ANY),
    ("main", ANY),
];

/// All of the crate.
const ANY: &[&str] = &[""];

/// Paths and macros that only some modules may use, by their prefixes.
pub(crate) const FENCES: &[(&[&str], &[&str])] = &[
    (&["pest", "pest_derive"], &["syntax"]),
    (&["codespan_reporting"], &["diag::render"]),
    (&["unicode_width"], &["diag::excerpt"]),
    (&["toml"], &["check::context", "init"]),
    (&["saphyr_parser"], &["yaml"]),
    (
        &["serde", "serde_yaml"],
        &["backend::kubernetes::check::copies::second_reader"],
    ),
    (&["clap", "clap_complete", "anstream", "tempfile"], &["cli"]),
    (&["clap_mangen"], &["cli::args::pages"]),
    (&["dlmalloc"], &["main"]),
    (&["signal_hook"], &["cli::watch"]),
    (&["similar"], &["diff"]),
    (&["gen_lsp_types"], &["lsp"]),
    (&["lsp_server"], &["lsp", "cli::lsp"]),
    (&["std::fs", "std::env", "std::process"], &["cli", "main"]),
    // Values are read in one place, and held in one type.
    (
        &[
            "std::env::var",
            "std::env::var_os",
            "std::env::vars",
            "std::env::vars_os",
        ],
        &["cli::secrets::values"],
    ),
    (&["zeroize"], &["cli::secrets::secret"]),
    (&["getrandom"], &["cli::secrets::generate"]),
    (
        &["std::process::Command"],
        &["cli::git", "cli::pin", "cli::secrets::child", "cli::start"],
    ),
    (
        &["print!", "println!", "eprint!", "eprintln!"],
        &["cli", "main"],
    ),
    // It talks to nobody.
    (
        &[
            "std::net::TcpStream",
            "std::net::TcpListener",
            "std::net::UdpSocket",
            "std::os::unix::net",
        ],
        &[],
    ),
    // Output depends on the text alone: no clock, no random order.
    (&["std::time::Instant", "std::collections::HashMap"], &[]),
    (&["std::time::SystemTime"], &["cli::watch"]),
    (
        &["std::time"],
        &[
            "cli::disk",
            "cli::git",
            "cli::lsp",
            "cli::pin",
            "cli::pipes",
            "cli::secrets::child",
            "cli::start",
            "cli::watch",
        ],
    ),
    (
        &["std::thread"],
        &[
            "cli::disk",
            "cli::lsp",
            "cli::pipes",
            "cli::secrets::child",
            "cli::start",
            "cli::watch",
        ],
    ),
];

/// Words of one backend, which no text of the program holds outside of its folder. Tables of the
/// catalog and the pages of codes may: they are read as they are.
const WORDS: &[(&str, &[&str])] = &[
    (
        "backend/kubernetes/",
        &[
            "kubectl",
            "minikube",
            "PersistentVolumeClaim",
            "StatefulSet",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "HorizontalPodAutoscaler",
            "ServiceAccount",
            "CronJob",
        ],
    ),
    ("backend/docker/", &["docker buildx", "buildx bake"]),
    ("backend/compose/", &["docker compose", "service_healthy"]),
    ("backend/helm/", &["helm upgrade", "_helpers.tpl"]),
];

/// Files, or those of a folder, that hold such words nonetheless, and why.
const SPEAK_OF_BACKENDS: &[(&str, &str)] = &[
    ("diag/codes.rs", "the summary of a code is a row"),
    ("cli/args.rs", "`--help` shows how `--stdout` is used"),
    (
        "reference/prose.rs",
        "the reference says what becomes of what is copied",
    ),
    ("cli/secrets", "kubectl writes Secrets into a cluster"),
    ("cli/args/secrets.rs", "`--help` says what kubectl does"),
    ("check/advice/notes.rs", "notes on local clusters"),
    (
        "backend/cluster_context.rs",
        "programs that take a context, of several backends",
    ),
    ("backend/helm", "templates of the same objects"),
    (
        "ide/completion/slots.rs",
        "which objects a `patch` of the text may name",
    ),
];

/// Where the diagnostics of a check are gathered: those of one target, and those of the whole file.
/// Nothing is resolved twice to throw away what is wrong with it the second time.
const GATHERS: &[&str] = &[
    "check/mod.rs",
    "check/whole_file.rs",
    "check/workload/apart.rs",
];

/// How code of the check names what a target says itself.
const OF_TARGETS: &[&str] = &[".targets", "TargetTier"];

/// The files of the check that look at what a target says itself, and why. All others read what holds in
/// the target from the overlay.
const LOOK_AT_TARGETS: &[(&str, &str)] = &[
    ("check/names/overlay.rs", "it is the overlay"),
    (
        "check/names/changes.rs",
        "it says at which place of a target something is said twice, or missing",
    ),
    (
        "check/mod.rs",
        "it hands the target to the overlay, and checks the names of all targets",
    ),
    (
        "check/workload/apart.rs",
        "it compares the images of all targets, each by its overlay",
    ),
    (
        "check/advice/neighbours.rs",
        "it compares the places of all targets",
    ),
    (
        "check/advice/known.rs",
        "it looks at every target, each by its overlay",
    ),
    (
        "check/advice/readings.rs",
        "it gathers all places of a text that say a value, whatever the target",
    ),
    (
        "check/advice/secrecy.rs",
        "a secret that any target reads is read",
    ),
    (
        "check/advice/paths.rs",
        "it looks at all routes of the target, and a path that any target has rewritten may be",
    ),
    (
        "check/advice/audience.rs",
        "it says other words where there are targets",
    ),
];

/// The ends of the way, which name things in the words of their formats and protocols.
const ENDS: &[&str] = &["backend/", "cli/", "ide/", "lsp/"];

/// What no file holds.
const FORBIDDEN: &[&str] = &["todo!(", "dbg!(", "FIXME", "unwrap()"];

/// What opens a file or folder, and the one place for it.
const OPENS: &[&str] = &[
    "File::open(",
    "OpenOptions",
    "fs::read(",
    "fs::read_to_string(",
    "fs::read_dir(",
    "read_to_end(",
    "read_to_string(",
    "include_bytes!(env",
];
/// Where else one is opened: the folder that a build holds, and a pipe for a report.
const OPENED: &[(&str, &str, usize)] = &[
    ("cli/disk.rs", "File::open(", 1),
    ("cli/pipes.rs", "OpenOptions", 3),
];

#[test]
fn files_are_opened_in_one_place() {
    let mut failures = Vec::new();
    for source in sources().iter().filter(|it| it.path != "cli/read.rs") {
        for opens in OPENS {
            let allowed = OPENED
                .iter()
                .find(|(path, call, _)| (*path, *call) == (&source.path, *opens));
            let allowed = allowed.map_or(0, |(_, _, number)| *number);
            let number = source.code.matches(opens).count();
            if number != allowed {
                failures.push(format!("{}: {number} times {opens}", source.path));
            }
        }
    }
    report(&failures);
}

/// Most lines of a source file.
const MOST_LINES: usize = 400;

/// Most lines of a grammar.
const MOST_GRAMMAR_LINES: usize = 120;

/// A source file.
pub(crate) struct Source {
    /// Its path below `src`.
    pub(crate) path: String,
    /// Its module's path: `diag::render`, or `main`.
    pub(crate) module: String,
    /// Its text without unit tests.
    text: String,
    /// Its text without unit tests and comments.
    pub(crate) code: String,
}

impl Source {
    /// The file `stem` below `src`, without its `.rs`, and its text.
    pub(crate) fn of(stem: &str, text: &str) -> Self {
        let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
        let text = text[..end].to_owned();
        Source {
            path: format!("{stem}.rs"),
            module: stem.trim_end_matches("/mod").replace('/', "::"),
            code: without_comments(&text),
            text,
        }
    }
}

pub(crate) fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&path("src"), "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, below: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("src can be listed") {
        let entry = entry.expect("src can be listed");
        let name = entry.file_name().into_string().expect("a plain name");
        let path = format!("{below}{name}");
        if entry.path().is_dir() && name == "tests" {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found);
        } else if let Some(stem) = path.strip_suffix(".rs")
            && name != "tests.rs"
        {
            found.push(Source::of(stem, &read(&format!("src/{path}"))));
        }
    }
}

/// Cuts each line at its first `//`, be it in a string: what stands behind a URL is no import.
fn without_comments(text: &str) -> String {
    let lines = text.lines();
    lines
        .map(|line| line.split("//").next().unwrap_or("").to_owned() + "\n")
        .collect()
}

/// Whether `path` is `prefix` or lies below it. All lies below the empty one.
fn is_below(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with("::"))
}

/// Every path of two names or more in a module's code, groups spread out; those into the crate
/// begin with `crate`.
pub(crate) fn paths(code: &str, module: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(is_name) {
        rest = &rest[at..];
        let mut names = Vec::new();
        rest = tree(rest, &mut names, &mut found);
    }
    found.iter().map(|path| absolute(path, module)).collect()
}

/// Reads one path or group behind `names` and gives back what follows it.
fn tree<'a>(mut rest: &'a str, names: &mut Vec<&'a str>, found: &mut Vec<String>) -> &'a str {
    let depth = names.len();
    if let Some(mut group) = rest.strip_prefix('{') {
        loop {
            group = group.trim_start_matches(|it: char| it == ',' || it.is_whitespace());
            if group.starts_with(is_name) {
                group = tree(group, names, found);
            }
            // Past ` as name` or `*`.
            let end = group.find([',', '}']).unwrap_or(group.len());
            group = &group[end..];
            if let Some(end) = group.strip_prefix('}') {
                return end;
            }
            if group.is_empty() {
                return group;
            }
        }
    }
    loop {
        let end = rest.find(|it| !is_name(it)).unwrap_or(rest.len());
        names.push(&rest[..end]);
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(next) if next.starts_with(is_name) => rest = next,
            Some(next) if next.starts_with('{') => {
                rest = tree(next, names, found);
                break;
            }
            _ => {
                if names.len() > 1 {
                    found.push(names.join("::"));
                }
                break;
            }
        }
    }
    names.truncate(depth);
    rest
}

fn is_name(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

/// Follows `super` and `self` from a module; other paths stay as they are.
fn absolute(path: &str, module: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split("::") {
        match name {
            "super" => {
                if names.is_empty() {
                    names = std::iter::once("crate").chain(module.split("::")).collect();
                }
                names.pop();
            }
            "self" if names.is_empty() => {
                names = std::iter::once("crate").chain(module.split("::")).collect();
            }
            "todoc" if names.is_empty() => names.push("crate"),
            name => names.push(name),
        }
    }
    names.join("::")
}

#[test]
fn modules_use_only_what_they_may() {
    let mut failures = Vec::new();
    for source in sources().iter().filter(|it| it.module != "lib") {
        let own = source.module.split("::").next().unwrap_or_default();
        let Some((_, allowed)) = MAY_USE.iter().find(|(module, _)| *module == own) else {
            failures.push(format!(
                "{}: say in MAY_USE what `{own}` may use",
                source.path
            ));
            continue;
        };
        for path in paths(&source.code, &source.module) {
            if let Some(used) = path.strip_prefix("crate::")
                && !is_below(used, own)
                && !allowed.iter().any(|allowed| is_below(used, allowed))
            {
                failures.push(format!("{} may not use {used}", source.path));
            }
        }
    }
    report(&failures);
}

/// A backend that uses another, and why: a chart is the Kubernetes objects with values in them.
const USES_ANOTHER: (&str, &str) = ("helm", "kubernetes");

#[test]
fn backends_do_not_use_each_other() {
    let sources = sources();
    let backend = |path: &str| {
        let name = path.strip_prefix("backend::")?.split("::").next()?;
        BACKENDS.iter().map(|it| it.name).find(|it| *it == name)
    };
    let mut failures = Vec::new();
    for source in &sources {
        let Some(own) = backend(&source.module) else {
            continue;
        };
        for path in paths(&source.code, &source.module) {
            let used = path.strip_prefix("crate::").and_then(backend);
            if used.is_some_and(|used| used != own && (own, used) != USES_ANOTHER) {
                failures.push(format!("{} may not use {path}", source.path));
            }
        }
    }
    report(&failures);
}

#[test]
fn each_crate_and_each_effect_has_its_place() {
    let mut failures = Vec::new();
    for source in sources() {
        let paths = paths(&source.code, &source.module);
        for (fenced, places) in FENCES {
            if places.iter().any(|place| is_below(&source.module, place)) {
                continue;
            }
            for fenced in *fenced {
                let used = paths.iter().any(|path| is_below(path, fenced));
                if used || (fenced.ends_with('!') && calls(&source.code, fenced)) {
                    failures.push(format!("{} may not use {fenced}", source.path));
                }
            }
        }
    }
    report(&failures);
}

/// Whether code calls a macro: its name isn't the end of another.
fn calls(code: &str, name: &str) -> bool {
    code.match_indices(name)
        .any(|(at, _)| !code[..at].ends_with(is_name))
}

#[test]
fn no_source_holds_a_forbidden_word() {
    let mut failures = Vec::new();
    for source in sources() {
        let found = FORBIDDEN.iter().filter(|word| source.text.contains(**word));
        failures.extend(found.map(|word| format!("{} holds `{word}`", source.path)));
    }
    report(&failures);
}

#[test]
fn diagnostics_are_gathered_in_one_place() {
    let gathers = |source: &&Source| source.code.contains("Findings::default()");
    let sources = sources();
    let paths = sources.iter().filter(gathers);
    let paths: Vec<_> = paths.map(|source| source.path.as_str()).collect();
    let mut expected = GATHERS.to_vec();
    expected.sort_unstable();
    assert_eq!(paths, expected);
}

/// Which of two statements holds is decided once: a place that merges a target by itself may decide
/// otherwise than the others.
#[test]
fn a_target_is_laid_over_the_file_in_one_place() {
    let looks = |source: &&Source| {
        let mut words = OF_TARGETS.iter();
        source.path.starts_with("check/") && words.any(|word| source.code.contains(word))
    };
    let sources = sources();
    let paths: BTreeSet<_> = sources
        .iter()
        .filter(looks)
        .map(|it| it.path.as_str())
        .collect();
    let expected: BTreeSet<_> = LOOK_AT_TARGETS.iter().map(|(path, _)| *path).collect();
    assert_eq!(paths, expected);
}

/// How a pass would find a diagnostic by its words.
const FINDS_BY_WORDS: &[&str] = &[
    "message.contains(",
    "message.ends_with(",
    "message.find(",
    "message.matches(",
    "message.split",
    "message.starts_with(",
    "message.strip_",
    "message.trim_",
    "message == \"",
    "message != \"",
];

/// Diagnostics have codes and places: what a sentence says is for people, and may be said better any day.
#[test]
fn no_pass_finds_a_diagnostic_by_its_words() {
    let mut failures = Vec::new();
    // What is shown of one is made of its words.
    for source in sources().iter().filter(|it| !it.path.starts_with("cli/")) {
        let held = FINDS_BY_WORDS
            .iter()
            .filter(|it| source.code.contains(**it));
        failures.extend(held.map(|held| format!("{} holds `{held}`", source.path)));
    }
    report(&failures);
}

/// The string literals of code, one behind the other.
fn literals(code: &str) -> String {
    let mut found = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, from) = rest.split_at(at);
        let after = &from[1..];
        rest = if from.starts_with("//") {
            from.split_once('\n').map_or("", |(_, next)| next)
        } else if from.starts_with("'\"'") || from.starts_with("'\\") {
            from.get(3..).unwrap_or_default()
        } else if !from.starts_with('"') {
            after
        } else {
            let hashes = before.len() - before.trim_end_matches('#').len();
            let is_raw = before[..before.len() - hashes].ends_with('r');
            let end = format!("\"{}", "#".repeat(if is_raw { hashes } else { 0 }));
            let mut close = after.find(&end);
            while let Some(at) = close.filter(|_| !is_raw) {
                let before = &after[..at];
                if (before.len() - before.trim_end_matches('\\').len()) % 2 == 0 {
                    break;
                }
                close = after[at + 1..].find('"').map(|next| at + 1 + next);
            }
            let close = close.unwrap_or(after.len());
            found.extend([&after[..close], "\n"]);
            after.get(close + end.len()..).unwrap_or_default()
        };
    }
    found
}

#[test]
fn literals_are_found_between_comments_and_characters() {
    let code = r##"a('"', "one\"x\\", '\'', r"two\", r#"th"ree"#); // "no", it's
        let x: &'static str = "four // five";"##;
    assert_eq!(
        literals(code),
        "one\\\"x\\\\\ntwo\\\nth\"ree\nfour // five\n"
    );
}

#[test]
fn what_one_backend_knows_stands_in_its_folder() {
    let mut failures = Vec::new();
    let mut spoke = BTreeSet::new();
    for source in sources() {
        if source.path.starts_with("catalog/") {
            continue;
        }
        let texts = literals(&source.text);
        for (folder, words) in WORDS {
            let is_own = source.path.starts_with(folder);
            let mut known = SPEAK_OF_BACKENDS.iter().map(|(path, _)| *path);
            let known = known.find(|path| source.path.starts_with(path));
            let held = words.iter().filter(|word| texts.contains(**word));
            for word in held.filter(|_| !is_own) {
                match known {
                    Some(path) => {
                        spoke.insert(path);
                    }
                    None => failures.push(format!("{}: `{word}` belongs to {folder}", source.path)),
                }
            }
        }
    }
    let silent = SPEAK_OF_BACKENDS.iter().map(|(path, _)| *path);
    let silent = silent.filter(|path| !spoke.contains(path));
    failures.extend(silent.map(|path| format!("{path} needs no exception")));
    report(&failures);
}

/// The names of the types that code declares, at the first column.
fn types(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter_map(|line| {
        let line = match line.strip_prefix("pub(") {
            Some(within) => within.split_once(") ").map_or(within, |(_, rest)| rest),
            None => line.strip_prefix("pub ").unwrap_or(line),
        };
        let kinds = ["struct ", "enum ", "trait ", "type "];
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        rest.split(|it| !is_name(it)).next()
    })
}

#[test]
fn types_are_found_whoever_may_use_them() {
    let code = "struct A<T>\npub enum B {\npub(super) type C = u8;\n\
                pub(in crate::check) trait D\n    struct Inner\nfn e() {}\n";
    assert_eq!(types(code).collect::<Vec<_>>(), ["A", "B", "C", "D"]);
}

#[test]
fn a_type_name_stands_for_one_thing() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_between = |source: &Source| ENDS.iter().all(|end| !source.path.starts_with(end));
    for source in sources().into_iter().filter(is_between) {
        for name in types(&source.code) {
            let places = places.entry(name.to_owned()).or_default();
            places.insert(source.path.clone());
        }
    }
    let is_stage = |path: &String| path.starts_with("syntax/ast/") || path.starts_with("ir/");
    let twins = places.iter().filter(|(_, places)| {
        let of_stages = places.iter().filter(|path| is_stage(path)).count();
        places.len() > 1 && !(places.len() == 2 && of_stages == 2)
    });
    let failures = twins.map(|(name, places)| {
        format!("give one of these a name of its own: `{name}` in {places:?}")
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn files_are_short() {
    let mut failures = Vec::new();
    // With unit tests, and files of nothing else.
    let all = files(&path("src"), "src");
    for file in all.iter().filter(|it| it.strip_suffix(".rs").is_some()) {
        let lines = read(file).lines().count();
        if lines > MOST_LINES {
            failures.push(format!("{file} has {lines} lines"));
        }
    }
    for entry in fs::read_dir(path("grammar")).expect("grammar can be listed") {
        let path = entry.expect("grammar can be listed").path();
        let text = fs::read_to_string(&path).expect("a grammar is text");
        let lines = text.lines().count();
        if lines >= MOST_GRAMMAR_LINES {
            failures.push(format!("{} has {lines} lines", path.display()));
        }
    }
    report(&failures);
}

#[test]
fn every_code_has_its_page() {
    let mut failures = Vec::new();
    for code in Code::ALL {
        let mut lines = code.page().lines();
        if lines.next() != Some(&format!("# {code}: {}", code.summary())) {
            failures.push(format!(
                "{code}.md doesn't begin with its number and summary"
            ));
        }
        if lines.all(|line| line.trim().is_empty()) {
            failures.push(format!("{code}.md explains nothing"));
        }
    }
    for entry in fs::read_dir(path("src/diag/explain")).expect("the pages can be listed") {
        let path = entry.expect("the pages can be listed").path();
        let number = path.file_stem().and_then(|stem| stem.to_str());
        if !Code::ALL.iter().any(|code| Some(code.number()) == number) {
            failures.push(format!("{} explains no code", path.display()));
        }
    }
    report(&failures);
}

#[test]
fn a_number_begins_as_its_severity_does() {
    let wrong = Code::ALL.iter().filter(|code| {
        let first = code.severity().noun().to_uppercase();
        !code.number().starts_with(&first[..1])
    });
    let wrong = wrong.map(|code| format!("{code} is no {}", code.severity().noun()));
    report(&wrong.collect::<Vec<_>>());
}

#[test]
fn every_code_has_its_fixture() {
    // What isn't UTF-8 is found while reading files, and is no fixture that could be read here.
    let mut missing: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
    missing.retain(|number| *number != Code::NotUtf8.number());
    let mut failures = Vec::new();
    for fixture in fixtures("tests/errors") {
        let (_, answer) = parts(&fixture.text);
        let Some((_, code)) = answer.split_once('[') else {
            continue;
        };
        let code = code.split(']').next().unwrap_or_default();
        if fixture.name.split('_').next() == Some(code) {
            missing.retain(|number| *number != code);
        } else {
            failures.push(format!("{} begins with {code}", fixture.path));
        }
    }
    failures.extend(
        missing
            .iter()
            .map(|code| format!("tests/errors/{code}_*.todo is missing")),
    );
    report(&failures);
}

#[test]
fn paths_are_found_in_groups_and_from_below() {
    let code = "use crate::{diag::{Bag, Code as C}, ir};\nlet x = super::super::ir::App;\n\
                use std::{fs, collections::BTreeMap};\nuse self::b::C; a.b();";
    let expected = [
        "crate::diag::Bag",
        "crate::diag::Code",
        "crate::ir",
        "crate::ir::App",
        "std::fs",
        "std::collections::BTreeMap",
        "crate::backend::docker::b::C",
    ];
    assert_eq!(paths(code, "backend::docker"), expected);
}
