//! What the API server refuses, todoc refuses at the line: for each rule an object that breaks it,
//! which the server must answer as the rule says, and a program that would become such an object,
//! which gets its code. Where no program can, the rule says why.

mod names;
mod numbers;
mod operated;
mod routes;
mod sound;
mod structure;

use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::diag::Severity;
use todoc::{Options, compile};

use self::sound::sound;
use crate::server::{Server, Verb};
use crate::support::{named, report};

/// A rule of the API server, or of what runs its objects.
struct Rule {
    /// What it is about.
    name: &'static str,
    /// The object that breaks it.
    broken: Option<Broken>,
    /// What todoc does about it.
    todoc: Todoc,
}

/// An object that breaks a rule.
struct Broken {
    /// The object as it would be right, by its kind; see [`sound()`].
    kind: &'static str,
    /// Where it is wrong, as a JSON pointer, and what stands there. Behind `-` a sequence has one more
    /// item: this one, or its first again for null.
    place: &'static str,
    value: Value,
    /// What the server says of it.
    says: Says,
}

#[derive(Clone, Copy)]
enum Says {
    /// It refuses it, in words of which these are a part.
    Refuses(&'static str),
    /// It takes it, and warns in these words.
    Warns(&'static str),
    /// It takes it, and then it doesn't work.
    Takes,
    /// It refuses it over the object as it would be right.
    RefusesOver(&'static str),
}

enum Todoc {
    /// Of this program, all that is wrong has this code.
    Code(&'static str, String),
    /// No program becomes such an object, or none that todoc could tell, because of this.
    Never(&'static str),
}

fn rule(name: &'static str, broken: Broken, todoc: Todoc) -> Rule {
    Rule {
        name,
        broken: Some(broken),
        todoc,
    }
}

/// A rule of what runs the objects: the server can't know it.
fn later(name: &'static str, todoc: Todoc) -> Rule {
    Rule {
        name,
        broken: None,
        todoc,
    }
}

fn broken(kind: &'static str, place: &'static str, value: Value, says: Says) -> Broken {
    Broken {
        kind,
        place,
        value,
        says,
    }
}

fn refused(
    kind: &'static str,
    place: &'static str,
    value: impl Into<Value>,
    words: &'static str,
) -> Broken {
    broken(kind, place, value.into(), Says::Refuses(words))
}

fn warned(
    kind: &'static str,
    place: &'static str,
    value: impl Into<Value>,
    words: &'static str,
) -> Broken {
    broken(kind, place, value.into(), Says::Warns(words))
}

fn taken(kind: &'static str, place: &'static str, value: impl Into<Value>) -> Broken {
    broken(kind, place, value.into(), Says::Takes)
}

fn fixed(
    kind: &'static str,
    place: &'static str,
    value: impl Into<Value>,
    words: &'static str,
) -> Broken {
    broken(kind, place, value.into(), Says::RefusesOver(words))
}

/// What a program gets. It begins with `app a` where it doesn't say so itself.
fn code(code: &'static str, program: impl Into<String>) -> Todoc {
    let program = program.into();
    let app = if program.starts_with("app ") {
        ""
    } else {
        "app a\n"
    };
    Todoc::Code(code, format!("{app}{program}\n"))
}

/// The same for a tier with a port, and more inside.
fn tier(code: &'static str, inside: impl AsRef<str>) -> Todoc {
    let inside = inside.as_ref();
    self::code(
        code,
        format!("tier web {{\n  image \"web:1\"\n  port 80\n  {inside}\n}}"),
    )
}

fn never(why: &'static str) -> Todoc {
    Todoc::Never(why)
}

/// Every rule.
fn rules() -> Vec<Rule> {
    [
        names::rules(),
        numbers::rules(),
        structure::rules(),
        routes::rules(),
        operated::rules(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The codes of the errors that a program gets, or those of all where there is no error.
fn codes(program: &str) -> Vec<&'static str> {
    let options = Options {
        emit: BACKENDS.to_vec(),
        files: named(program),
        ..Options::default()
    };
    let compiled = compile(program, &options);
    let all = compiled.diagnostics.iter();
    let errors = all
        .clone()
        .filter(|found| found.severity() == Severity::Error);
    let mut codes: Vec<_> = errors.map(|found| found.code.number()).collect();
    if codes.is_empty() {
        codes.extend(all.map(|found| found.code.number()));
    }
    codes.dedup();
    codes
}

#[test]
fn what_the_server_would_refuse_has_its_code() {
    let wrong = rules().into_iter().filter_map(|rule| match rule.todoc {
        Todoc::Code(code, program) => {
            let codes = codes(&program);
            (codes != [code]).then(|| format!("{}: {codes:?}, not {code}", rule.name))
        }
        Todoc::Never(why) => (!why.contains(' ')).then(|| format!("{}: {why}", rule.name)),
    });
    report(&wrong.collect::<Vec<_>>());
}

/// Breaks an object.
fn break_at(object: &mut Value, place: &str, value: &Value) {
    let (parent, key) = place.rsplit_once('/').expect("a pointer");
    let parent = object
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no {place}"));
    // As in a JSON pointer, where `/` may be in a key.
    let key = key.replace("~1", "/");
    let Some(items) = parent.as_array_mut() else {
        parent[key] = value.clone();
        return;
    };
    if key == "-" {
        let first = items[0].clone();
        items.push(if value.is_null() {
            first
        } else {
            value.clone()
        });
    } else {
        items[key.parse::<usize>().expect("a place")] = value.clone();
    }
}

#[test]
fn the_server_says_so_in_these_words() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let mut wrong = Vec::new();
    for rule in rules() {
        let Some(Broken {
            kind,
            place,
            value,
            says,
        }) = rule.broken
        else {
            continue;
        };
        // Of its own, because nobody ends what is deleted here.
        let namespace = server.namespace(&json!({}));
        let mut object = sound(kind, &namespace);
        let verdict = server.ask_one(Verb::Check, &object);
        assert!(verdict.problems().is_empty(), "{kind}: {verdict:?}");
        let verb = match says {
            Says::RefusesOver(_) => {
                let verdict = server.ask_one(Verb::Apply, &object);
                assert!(verdict.is_yes(), "{kind}: {verdict:?}");
                Verb::Apply
            }
            // A node port out of its range passes a dry run.
            _ if kind == "Service" => Verb::Create,
            Says::Refuses(_) | Says::Warns(_) | Says::Takes => Verb::Check,
        };
        break_at(&mut object, place, &value);
        let verdict = server.ask_one(verb, &object);
        let is_so = match says {
            Says::Refuses(words) | Says::RefusesOver(words) => {
                !verdict.is_yes() && verdict.message.contains(words)
            }
            Says::Warns(words) => {
                verdict.is_yes() && verdict.warnings.iter().any(|it| it.contains(words))
            }
            Says::Takes => verdict.is_yes() && verdict.warnings.is_empty(),
        };
        if !is_so {
            wrong.push(format!("{}: {verdict:?}", rule.name));
        }
        if verb == Verb::Create {
            // It keeps its node port from the others.
            server.ask_one(Verb::Delete, &object);
        }
    }
    report(&wrong);
}
