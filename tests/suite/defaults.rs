//! Each default that has a word is switched off by it, and nothing else changes; and what the tables
//! say of defaults is what holds.
//!
//! What changes is in `tests/golden/defaults/NAME.diff`, for a person to have read.

use similar::TextDiff;
use todoc::backend::BACKENDS;
use todoc::catalog::RECIPES;
use todoc::catalog::contract::USER;
use todoc::catalog::defaults::DEFAULTS;
use todoc::catalog::keys::{self, Part, Place, Row, SlotKind};
use todoc::catalog::runtimes::{GO, NODE, PYTHON, RUST};
use todoc::diag::render;
use todoc::source::SourceMap;
use todoc::{Options, compile};

use crate::support::{golden, overview, report};

/// A program that has what every default is about.
const PROGRAM: &str = r#"app shop

config { LOG_LEVEL = "info" }

postgres db {
  version 17
  storage 1Gi
  secret POSTGRES_PASSWORD from env
}

tier web {
  build fastapi "./web"
  port 8000
  replicas 2
  cpu 100m..500m
  memory 128Mi..512Mi
  health "/"
  env { LOG_LEVEL, DATABASE_URL = db.url }
}
"#;

fn files(text: &str) -> String {
    let options = Options {
        emit: BACKENDS.to_vec(),
        source_name: "shop.todo".to_owned(),
        ..Options::default()
    };
    let compiled = compile(text, &options);
    let sources = SourceMap::single("shop.todo", text);
    let shown = render::text(&sources, &compiled.diagnostics);
    assert!(compiled.app.is_some(), "{shown}");
    overview(&compiled.artifacts)
}

#[test]
fn a_word_switches_its_default_off_and_changes_nothing_else() {
    let usual = files(PROGRAM);
    let mut failures = Vec::new();
    for default in DEFAULTS.iter().filter(|default| default.switch.is_some()) {
        let name = default.name;
        let without = PROGRAM.replacen("app shop", &format!("app shop {{ without {name} }}"), 1);
        let changed = files(&without);
        if changed == usual {
            failures.push(format!("`without {name}` changes nothing"));
        }
        let diff = TextDiff::from_lines(&usual, &changed);
        let diff = diff.unified_diff().context_radius(1).to_string();
        failures.extend(golden(&format!("defaults/{name}.diff"), &diff));
        if default.other != format!("without {name}") {
            failures.push(format!("`{name}` doesn't say its word"));
        }
    }
    report(&failures);
}

/// What a row says of its default, as it is written in a program; nothing where it says it in words.
fn said(place: Place, row: &Row) -> Option<String> {
    let default = match (place, row.parts) {
        (Place::Naming, [Part::Slot(_, SlotKind::Text(_))]) => format!("\"{}\"", row.default),
        (Place::Naming, _) => row.default.to_owned(),
        _ => row.default.strip_prefix('`')?.split('`').next()?.to_owned(),
    };
    Some(format!("{} {default}", row.word))
}

/// A program with a line at a place, where such a program is known. `word` is the line's first.
fn program(place: Place, word: &str, line: &str) -> Option<String> {
    let tier = |build: &str, line: &str| {
        format!("tier web {{\n  {build}\n  port 8080\n  health \"/\"\n  {line}\n}}\n")
    };
    let web = tier("build nextjs \"./web\"", "");
    let recipe = match word {
        "node" => "nextjs",
        "python" => "fastapi",
        "file" => "dockerfile",
        word => word,
    };
    let entry = ["entry \"web\""].into_iter().filter(|_| recipe == "rust");
    Some(match place {
        Place::App => format!("app shop {{ {line} }}\n{web}"),
        Place::Naming => format!("app shop {{ naming {{ {line} }} }}\n{web}"),
        Place::Helm => format!("app shop {{ helm {{ {line} }} }}\n{web}"),
        Place::Tier => "app shop\n".to_owned() + &tier("build nextjs \"./web\"", line),
        Place::Build => {
            let lines = entry.chain([line]).filter(|line| !line.is_empty());
            let lines = lines.collect::<Vec<_>>().join(", ");
            let build = format!("build {recipe} \"./web\" {{ {lines} }}");
            "app shop\n".to_owned() + &tier(&build, "")
        }
        Place::Health => {
            web.replace("health \"/\"", &format!("health \"/\" {{ {line} }}")) + "app shop\n"
        }
        Place::Database(engine) => {
            let version = engine.suggested;
            let secret = if engine.password.required {
                "secret PASSWORD from env"
            } else {
                ""
            };
            format!(
                "app shop\n{} db {{\n  version {version}\n  storage 1Gi\n  memory 1Gi\n  {secret}\n  {line}\n}}\n",
                engine.word
            )
        }
        Place::Top
        | Place::Ingress
        | Place::Labels
        | Place::Shared
        | Place::Config
        | Place::Secret
        | Place::External
        | Place::ExternalService
        | Place::Job
        | Place::Env
        | Place::Target
        | Place::TargetTier
        | Place::Routes
        | _ => return None,
    })
}

/// Whoever writes a default down changes nothing: so what the table says is what the compiler does.
#[test]
fn a_default_that_is_said_changes_nothing() {
    let mut failures = Vec::new();
    // Which keys are dropped is the server's own default, and nobody tells it.
    let rows = keys::all().filter(|row| row.word != "policy");
    for row in rows.filter(|row| !row.default.is_empty()) {
        let lines = row.places.iter().filter_map(|place| {
            let line = said(*place, row)?;
            let with = program(*place, row.word, &line);
            let without = program(*place, row.word, "");
            Some((line, with.zip(without)))
        });
        let lines: Vec<_> = lines.collect();
        for (line, programs) in &lines {
            if programs
                .as_ref()
                .is_some_and(|(with, without)| files(with) != files(without))
            {
                failures.push(format!("`{line}` isn't what holds without it"));
            }
        }
        if !lines.is_empty() && lines.iter().all(|(_, programs)| programs.is_none()) {
            failures.push(format!("no program says the default of `{}`", row.word));
        }
    }
    report(&failures);
}

/// The rules are sentences, and the numbers in them stand in other tables.
#[test]
fn the_rules_of_defaults_say_what_other_tables_do() {
    let rule = |name: &str| {
        let default = DEFAULTS.iter().find(|default| default.name == name);
        default.expect("a default").rule
    };
    let mut wanted = Vec::new();
    for runtime in [&NODE, &PYTHON] {
        let text = format!(
            "{} {} {}",
            runtime.word,
            runtime.default,
            runtime.flavours[0].word()
        );
        wanted.push(("versions of recipes", text));
    }
    for runtime in [&GO, &RUST] {
        let text = format!("{} {}", runtime.word, runtime.default);
        wanted.push(("versions of recipes", text));
    }
    for plan in RECIPES.iter().filter_map(|recipe| recipe.plan.as_ref()) {
        let first = plan.packages.first().map(|manager| manager.name);
        let entry = plan.entry.as_ref().and_then(|entry| entry.default);
        let both = first.into_iter().chain(entry);
        wanted.extend(both.map(|text| ("versions of recipes", text.to_owned())));
    }
    wanted.push(("hardening", format!("user and group {USER},")));
    for row in keys::rows(Place::Health).filter(|row| row.word != "allow") {
        let times = row.default.trim_matches('`');
        let without = times.replace("timeout 3s ", "");
        wanted.push(("probes", format!("{} {without}", row.word)));
        wanted.push((
            "probes",
            times
                .split(' ')
                .skip(2)
                .take(2)
                .collect::<Vec<_>>()
                .join(" "),
        ));
    }
    let mut versions = keys::rows(Place::App).filter(|row| row.word == "version");
    let version = versions.next().expect("a row").default;
    wanted.push((
        "version, tag",
        format!("version {}", version.trim_matches(['`', '"'])),
    ));
    let seconds: String = rule("shutdown")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let missing = wanted
        .into_iter()
        .filter(|(name, text)| !rule(name).contains(text))
        .map(|(name, text)| format!("`{name}` doesn't say `{text}`"));
    report(&missing.collect::<Vec<_>>());
    let written = files(PROGRAM);
    let (_, stop) = written.split_once("preStop:").expect("a pod that waits");
    let line = stop.lines().find(|line| line.contains("seconds:"));
    assert_eq!(
        line.map(str::trim),
        Some(format!("seconds: {seconds}").as_str())
    );
}
