//! The reference of the language, printed from the tables of the catalog.
//!
//! `docs/language.md` is this text; a test holds it equal. Each block is shown in a program of its
//! own beside this file, which a test compiles.

mod from;
mod prose;
mod word;

pub use from::{formats, from_format};
pub use word::{explain, subjects, words};

use crate::catalog::databases::ENGINES;
use crate::catalog::defaults::{DEFAULTS, Default};
use crate::catalog::keys::{self, Part, Place, Row, SlotKind};
use crate::catalog::members::{Owner, members};
use crate::catalog::protocols::PROTOCOLS;
use crate::catalog::runtimes::{self, AS_OF};
use crate::catalog::{RECIPES, Recipe, Runtime};
use crate::syntax::usage;

/// The whole reference, in Markdown.
#[must_use]
pub fn language() -> String {
    let mut text = prose::INTRODUCTION.to_owned();
    for place in Place::ALL {
        text.push_str(&block(*place));
    }
    text.push_str("\n## In every block\n\n");
    text.push_str(prose::EVERY_BLOCK);
    text.push_str(&every_block());
    text.push_str("\n## Recipes\n\n");
    text.push_str(prose::RECIPES);
    text.push_str(&recipes());
    text.push_str("\n## Protocols\n\n");
    text.push_str(prose::PROTOCOLS);
    text.push_str(&protocols());
    text.push_str("\n## Databases\n\n");
    text.push_str(&databases());
    text.push_str("\n## Defaults\n\n");
    text.push_str(prose::DEFAULTS);
    text.push_str(&defaults());
    text.push_str("\n## Members\n\n");
    text.push_str(prose::MEMBERS);
    for owner in OWNERS {
        text.push_str(&members_of(*owner));
    }
    text
}

/// What has members, in the order of the reference.
const OWNERS: &[Owner] = &[
    Owner::Tier,
    Owner::Port,
    Owner::Volume,
    Owner::Database,
    Owner::External,
    Owner::ExternalService,
    Owner::Pod,
];

/// Over the columns of a table of statements.
const HEAD: [&str; 4] = ["statement", "how often", "meaning", "default"];

/// A block's statements, and a program that has it.
fn block(place: Place) -> String {
    let (heading, lead) = prose::block(place);
    let mut text = format!("\n## {heading}\n\n{lead}\n");
    let rows = keys::rows(place).filter(|row| row.places != keys::BLOCKS);
    let rows: Vec<_> = rows.map(|row| statement(place, row)).collect();
    if !rows.is_empty() {
        text.push('\n');
        text.push_str(&table(&HEAD, &rows));
    }
    text + "\n```todo\n" + example(place) + "```\n"
}

/// What may stand in every block, and a program that has it.
fn every_block() -> String {
    let rows = keys::all().filter(|row| row.places == keys::BLOCKS);
    let rows: Vec<_> = rows.map(|row| statement(Place::App, row)).collect();
    let example = include_str!("allow.todo");
    format!("\n{}\n```todo\n{example}```\n", table(&HEAD, &rows))
}

fn statement(place: Place, row: &Row) -> Vec<String> {
    let times = if row.many { "any" } else { "once" };
    let default = match place {
        // Patterns and words are kept as they are, for they are put to use.
        Place::Naming if matches!(row.parts, [Part::Slot(_, SlotKind::Text(_))]) => {
            code(&format!("\"{}\"", row.default))
        }
        Place::Naming => code(row.default),
        // What is said outside of the target counts before any default.
        Place::Target | Place::TargetTier | Place::Routes => String::new(),
        Place::Top
        | Place::App
        | Place::Ingress
        | Place::Helm
        | Place::Labels
        | Place::Shared
        | Place::Config
        | Place::Secret
        | Place::Database(_)
        | Place::External
        | Place::ExternalService
        | Place::Tier
        | Place::Job
        | Place::Build
        | Place::Health
        | Place::Exposure
        | Place::Env => row.default.to_owned(),
    };
    vec![
        code(&usage(row)),
        times.to_owned(),
        row.doc.to_owned(),
        default,
    ]
}

fn recipes() -> String {
    let rows: Vec<_> = RECIPES.iter().map(|recipe| recipe_row(recipe)).collect();
    let head = [
        "recipe",
        "for",
        "options",
        "`packages`",
        "`entry`",
        "public prefixes",
    ];
    table(&head, &rows) + "\n" + &runtime_table()
}

fn recipe_row(recipe: &Recipe) -> Vec<String> {
    let codes = |words: &[&str]| -> String {
        let words: Vec<_> = words.iter().map(|word| code(word)).collect();
        words.join(", ")
    };
    let plan = recipe.plan.as_ref();
    let packages = plan.map_or(&[][..], |plan| plan.packages);
    let packages: Vec<_> = packages.iter().map(|one| one.name).collect();
    let entry = plan.and_then(|plan| plan.entry.as_ref());
    vec![
        code(recipe.name),
        recipe.doc.to_owned(),
        codes(recipe.options),
        codes(&packages),
        entry.map_or(String::new(), |entry| match entry.default {
            Some(default) => format!("`\"{default}\"` where not said"),
            None => format!(
                "such as `\"{}\"`, said where the sources don't",
                entry.example
            ),
        }),
        codes(recipe.public_prefixes),
    ]
}

fn runtime_table() -> String {
    let rows = runtimes::ALL.map(|runtime| {
        let images: Vec<_> = runtime
            .flavours
            .iter()
            .map(|flavour| format!("`{}:VERSION-{}`", runtime.image, flavour.word()))
            .collect();
        vec![code(runtime.word), images.join(", "), listed(runtime)]
    });
    let head = ["runtime", "image", "versions, the default in bold"];
    format!(
        "A version whose last day lies before {AS_OF} is one to leave: it gets no fixes.\n\n{}",
        table(&head, &rows)
    )
}

/// The versions of a runtime, each with the day of its last fixes, and the default in bold.
fn listed(runtime: &Runtime) -> String {
    let versions: Vec<_> = runtime
        .versions
        .iter()
        .map(|version| {
            let name = if version.name == runtime.default {
                format!("**{}**", version.name)
            } else {
                version.name.to_owned()
            };
            version
                .end
                .map_or(name.clone(), |end| format!("{name} (until {end})"))
        })
        .collect();
    versions.join(", ")
}

fn protocols() -> String {
    let rows = PROTOCOLS.iter().map(|protocol| {
        let url = protocol
            .scheme
            .map_or("none: `.address` alone".to_owned(), |scheme| {
                code(&format!("{scheme}://"))
            });
        vec![code(protocol.name), url]
    });
    table(&["port", "URLs"], &rows.collect::<Vec<_>>())
}

fn databases() -> String {
    let rows: Vec<_> = ENGINES
        .iter()
        .map(|engine| {
            vec![
                code(engine.word),
                code(engine.image),
                engine.versions.join(", "),
                engine.port.to_string(),
                code(&format!("{}://", engine.scheme)),
            ]
        })
        .collect();
    let head = ["keyword", "official image", "versions", "port", "URLs"];
    table(&head, &rows)
}

fn defaults() -> String {
    let rows: Vec<_> = DEFAULTS.iter().map(default_row).collect();
    let head = ["name", "what holds", "why", "for something else"];
    table(&head, &rows)
}

fn default_row(default: &Default) -> Vec<String> {
    // What `without` takes is a word of the language.
    let word = |text: &str| match default.switch {
        Some(_) => code(text),
        None => text.to_owned(),
    };
    vec![
        word(default.name),
        default.rule.to_owned(),
        default.reason.to_owned(),
        word(default.other),
    ]
}

fn members_of(owner: Owner) -> String {
    let rows: Vec<_> = members(owner)
        .map(|member| {
            let extras: Vec<_> = [(member.scheme, "a scheme"), (member.path, "a path")]
                .into_iter()
                .filter_map(|(takes, what)| takes.then_some(what))
                .collect();
            vec![
                code(&format!(".{}", member.word)),
                member.doc.to_owned(),
                extras.join(", "),
            ]
        })
        .collect();
    let head = ["member", "value", "takes"];
    format!("\nOf {}:\n\n{}", owner.noun(), table(&head, &rows))
}

fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let head: Vec<_> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rule = vec!["---".to_owned(); head.len()];
    let mut text = String::new();
    for cells in [&head, &rule].into_iter().chain(rows) {
        // A bar would end its cell, in code as well.
        let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        text.extend(["| ", &cells.join(" | "), " |\n"]);
    }
    text
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A whole program that has the block.
fn example(place: Place) -> &'static str {
    match place {
        Place::Top => include_str!("top.todo"),
        Place::App => include_str!("app.todo"),
        Place::Ingress => include_str!("ingress.todo"),
        Place::Routes => include_str!("routes.todo"),
        Place::Exposure => include_str!("exposure.todo"),
        Place::Naming => include_str!("naming.todo"),
        Place::Helm => include_str!("helm.todo"),
        Place::Labels => include_str!("labels.todo"),
        Place::Shared => include_str!("shared.todo"),
        Place::Config => include_str!("config.todo"),
        Place::Secret => include_str!("secret.todo"),
        Place::Database(engine) => engine.example,
        Place::External => include_str!("external.todo"),
        Place::ExternalService => include_str!("external_service.todo"),
        Place::Tier => include_str!("tier.todo"),
        Place::Job => include_str!("job.todo"),
        Place::Build => include_str!("build.todo"),
        Place::Health => include_str!("health.todo"),
        Place::Env => include_str!("env.todo"),
        Place::Target => include_str!("target.todo"),
        Place::TargetTier => include_str!("target_tier.todo"),
    }
}
