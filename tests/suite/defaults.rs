//! Each default that has a word is switched off by it, and nothing else changes.
//!
//! What changes is in `tests/golden/defaults/NAME.diff`, for a person to have read.

use similar::TextDiff;
use todoc::backend::BACKENDS;
use todoc::catalog::defaults::DEFAULTS;
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
