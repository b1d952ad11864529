//! Each statement that may repeat, and each list, takes time for each of its parts and no more: the table
//! of statements is walked, and each stands some times, and many times that often. So does each way in
//! which things name each other.
//!
//! What stands there need not be right, since no text may take long. `hostile` holds texts of other kinds,
//! and says how time is compared.

use std::time::Duration;

use todoc::backend::backend;
use todoc::catalog::keys::{Body, Free, Means, Names, Part, Place, Row, SlotKind as Form, rows};
use todoc::diag::Severity;
use todoc::diag::credentials::credentials;
use todoc::ide::tokens::tokens;
use todoc::ide::{Analysis, Nothing};
use todoc::source::Seen;
use todoc::{Options, compile};

use crate::hostile::{Kind, grow, now, time, time_of_one_target};
use crate::support::{read, report};

/// How long the shortest text is, in bytes.
const SHORT: usize = 1_500;
/// How many times longer the other one is. Optimised code is some twenty times quicker.
const TIMES: usize = if cfg!(debug_assertions) { 10 } else { 100 };

/// What goes before and behind the statements of a place, so that they stand there.
fn around(place: Place) -> (String, &'static str) {
    const TIER: &str = "tier u { image \"x:1\"\n port 80 }\n";
    const LATER: &str = "}\n}\ntier u { image \"x:1\"\n port 80\n expose ingress \"h.example\" }\n";
    let tier = |line: &str| format!("app a\n{TIER}tier t {{\n image \"x:1\"\n port 80\n {line}\n");
    let app = |word: &str| format!("app a {{\n {word} {{\n");
    match place {
        Place::Top => (format!("app a\n{TIER}"), ""),
        Place::App => ("app a {\n".to_owned(), "}\ntier u { image \"x:1\" }\n"),
        Place::Ingress => (app("ingress"), LATER),
        Place::Naming => (app("naming"), LATER),
        Place::Helm => (app("helm"), LATER),
        Place::Labels => (app("labels"), LATER),
        Place::Shared => (
            "app a\nconfig {\n".to_owned(),
            "}\ntier t {\n image \"x:1\"\n env { ..config }\n}\n",
        ),
        Place::Config => (tier("config {"), "}\n}\n"),
        Place::Secret => ("app a\nsecret S from env {\n".to_owned(), "}\n"),
        Place::Database(engine) => {
            let text = format!("app a\n{TIER}{} d {{\n storage 1Gi\n", engine.word);
            (text, "}\n")
        }
        Place::External => {
            let text = "app a\nsecret S from env\npostgres d external {\n url S\n";
            (text.to_owned(), "}\n")
        }
        Place::ExternalService => ("app a\nexternal e {\n".to_owned(), "}\n"),
        Place::Tier => (tier(""), "}\n"),
        Place::Job => (format!("app a\n{TIER}job t {{\n image \"x:1\"\n"), "}\n"),
        Place::Build => (
            "app a\ntier t {\n build nextjs \".\" {\n".to_owned(),
            "}\n}\n",
        ),
        Place::Health => (tier("health \"/\" {"), "}\n}\n"),
        Place::Exposure => (tier("expose ingress \"h.example\" {"), "}\n}\n"),
        Place::Env => (tier("env {"), "}\n}\n"),
        Place::Target => (format!("app a\n{TIER}target p {{\n"), "}\n"),
        Place::TargetTier => (format!("app a\n{TIER}target p {{\n tier u {{\n"), "}\n}\n"),
        Place::Routes => {
            let text = format!("app a\n{TIER}target p {{\n ingress \"h.example\" {{\n");
            (text, "}\n}\n")
        }
        // A place that is new has to be added here.
        other => panic!("nothing stands {}", other.phrase()),
    }
}

/// What a slot is filled with, by a number.
fn filled(form: Form, number: usize) -> String {
    match form {
        Form::Name(means) => name(means, number),
        Form::Text(means) => format!("\"{}\"", text(means, number)),
        Form::Number => number.to_string(),
        Form::Amount => "1".to_owned(),
        Form::Volume => format!("u.v{number}"),
        Form::FileOrSecret => match number % 2 {
            0 => format!("\"./f{number}\""),
            _ => format!("secret.n{number}"),
        },
        Form::Fact => ["u.replicas", "namespace", "u.image", "v.port"][number % 4].to_owned(),
        _ => panic!("{form:?} isn't known here"),
    }
}

fn name(means: Means, number: usize) -> String {
    let word = match means {
        // Of what it refers to, some is there.
        Means::Refers(Names::Things) if number.is_multiple_of(2) => "u",
        Means::Recipe => "nextjs",
        Means::PackageManager => "npm",
        Means::Protocol => "http",
        Means::Switch => "spread",
        Means::ObjectKind => "Deployment",
        Means::Code => "N0501",
        Means::Declares(_)
        | Means::Refers(_)
        | Means::Folder
        | Means::File
        | Means::Zone
        | Means::Schedule
        | Means::Platform
        | Means::Host
        | Means::Url
        | Means::Free => return format!("n{number}"),
    };
    word.to_owned()
}

fn text(means: Means, number: usize) -> String {
    match means {
        Means::Folder | Means::File => format!("./f{number}"),
        Means::Zone => "UTC".to_owned(),
        Means::Schedule => "@daily".to_owned(),
        Means::Host => format!("h{number}.example"),
        Means::Platform => "linux/amd64".to_owned(),
        Means::Url => format!("/p{number}"),
        Means::Free => format!("/v{number}"),
        Means::Declares(_)
        | Means::Refers(_)
        | Means::Recipe
        | Means::PackageManager
        | Means::Protocol
        | Means::Switch
        | Means::ObjectKind
        | Means::Code => name(means, number),
    }
}

/// Parts of a statement. What may be left out is there every second time, and alternatives take turns.
fn said(parts: &[Part], number: usize, words: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Word(word) => words.push((*word).to_owned()),
            Part::Slot(_, form) | Part::Many(_, form) => words.push(filled(*form, number)),
            Part::Maybe(parts) if number.is_multiple_of(2) => said(parts, number, words),
            Part::Maybe(_) => {}
            Part::Either(ways) => said(ways[number % ways.len()], number, words),
            Part::Options(ways) => ways.iter().for_each(|way| said(way, number, words)),
        }
    }
}

/// A statement of a row.
fn statement(row: &Row, number: usize) -> String {
    let mut words = vec![row.word.to_owned()];
    said(row.parts, number, &mut words);
    if row.value {
        words.push(format!("= \"v{number}\""));
    }
    match row.body {
        Body::Required(Place::Tier | Place::Job) => words.push("{ image \"x:1\" }".to_owned()),
        Body::Required(_) => words.push("{ }".to_owned()),
        Body::Yaml => words.push("{\n  spec: {a: 1}\n}".to_owned()),
        Body::None | Body::Optional(_) => {}
        other => panic!("{other:?} isn't known here"),
    }
    words.join(" ")
}

/// What any word means at a place that has no row for it.
fn free(place: Place) -> &'static [&'static str] {
    match place.free() {
        Free::Nothing => &[],
        Free::Keys => &["K% = \"v\"", "K%", "K% optional", "K% = config.K%"],
        Free::Labels => &["l% = \"v\"", "\"example.com/l%\" = \"v\""],
        Free::Settings => &["K% = \"v\"", "K% = u.url"],
        Free::Variables => &[
            "K% = \"v\"",
            "K%",
            "..config",
            "K% = u.url \"/p%\"",
            "\"a.k-%\" = \"v\"",
        ],
        Free::Routes => &["\"/p%\" = u", "\"/p%\" = n%"],
        other => panic!("{other:?} isn't known here"),
    }
}

/// Texts in which a line stands again and again, by its number; the same each time unless `differ`.
fn repeated(
    name: &str,
    place: Place,
    differ: bool,
    line: impl Fn(usize) -> String + 'static,
) -> Kind {
    let make = move |length: usize| {
        let (mut text, end) = around(place);
        for number in 1.. {
            if text.len() >= length {
                break;
            }
            text.push_str(&line(if differ { number } else { 2 }));
            text.push('\n');
        }
        text + end
    };
    let kind = if differ { "many" } else { "the same again" };
    Kind {
        name: format!("{kind} {name} {}", place.phrase()),
        make: Box::new(make),
    }
}

/// The list in a statement, which grows.
fn lists(parts: &'static [Part]) -> Vec<(Vec<&'static str>, Form)> {
    let mut found = Vec::new();
    let mut before = Vec::new();
    for part in parts {
        match part {
            Part::Word(word) => before.push(*word),
            Part::Many(_, form) => found.push((before.clone(), *form)),
            Part::Slot(..) => {}
            Part::Maybe(parts) => found.extend(lists(parts)),
            Part::Either(ways) | Part::Options(ways) => {
                found.extend(ways.iter().flat_map(|way| lists(way)));
            }
        }
    }
    found
}

/// A statement whose list grows.
fn long(place: Place, row: &'static Row, words: &[&str], form: Form) -> Kind {
    let head = [&[row.word], words].concat().join(" ");
    let name = format!("one `{head}` with a long list {}", place.phrase());
    let make = move |length: usize| {
        let (mut text, end) = around(place);
        text.push_str(&head);
        for number in 1.. {
            if text.len() >= length {
                break;
            }
            text.push(' ');
            text.push_str(&filled(form, number));
        }
        text + "\n" + end
    };
    Kind {
        name,
        make: Box::new(make),
    }
}

/// Every text that grows, and those in which targets do.
fn kinds() -> (Vec<Kind>, Vec<Kind>) {
    let (mut kinds, mut targets) = (Vec::new(), Vec::new());
    for place in Place::ALL.iter().copied() {
        for row in rows(place) {
            let among = if row.word == "target" {
                &mut targets
            } else {
                &mut kinds
            };
            for differ in [true, false] {
                let name = format!("`{}`", row.word);
                // What may stand once is told of each time.
                if differ || row.many {
                    among.push(repeated(&name, place, differ, |number| {
                        statement(row, number)
                    }));
                }
            }
            for (words, form) in lists(row.parts) {
                among.push(long(place, row, &words, form));
            }
        }
        for line in free(place) {
            for differ in [true, false] {
                let write = |number: usize| line.replace('%', &number.to_string());
                kinds.push(repeated(&format!("`{line}`"), place, differ, write));
            }
        }
    }
    (kinds, targets)
}

#[test]
fn many_times_each_statement_and_list_takes_as_many_times_as_long() {
    let (kinds, targets) = kinds();
    assert!(kinds.len() > 150, "{}", kinds.len());
    grow(&kinds, SHORT, TIMES, time);
    // A chart reads the text once more for each target.
    grow(&targets, SHORT, TIMES, time_of_one_target);
}

/// Statements of which each names another: `<` is the number of the one before, `>` that of the one
/// behind, in a circle.
const LINKS: &[(&str, &str)] = &[
    (
        "a chain",
        "tier t% { image \"x:1\", port 80, needs t< , allow E0319 \"x\" }",
    ),
    (
        "a chain the other way",
        "tier t% { image \"x:1\", port 80, needs t> , allow E0319 \"x\" }",
    ),
    (
        "a chain of variables",
        "tier t% { image \"x:1\", port 80\n env { A = t<.url }\n}",
    ),
    (
        "one that all need",
        "tier t% { image \"x:1\", port 80, needs u }",
    ),
    (
        "one database",
        "tier t% { image \"x:1\", port 80\n env { A = d.url }\n}",
    ),
    (
        "a database each",
        "postgres d% { version 17, storage 1Gi, secret P% from env }\n\
      tier t% { image \"x:1\", port 80\n env { A = d%.url }\n}",
    ),
    (
        "migrations",
        "tier t% { image \"x:1\", port 80\n migrate \"m\"\n env { A = t<.url, B = d.url }\n}",
    ),
    (
        "migrations of images of their own",
        "tier t% { image \"x:%\", port 80\n migrate \"m\"\n needs u\n}",
    ),
    (
        "what is taken from the one before",
        "tier t% from u { command \"a\" \"%\", port 80 }",
    ),
    (
        "images of one build",
        "tier t% from b { command \"a\" \"%\", port 3000, migrate \"m\" }",
    ),
    (
        "volumes of one",
        "tier t% { image \"x:1\", volume u.v at \"/p%\" }",
    ),
    (
        "volumes of one image",
        "tier t% from b { command \"a\" \"%\", volume v 1Gi at \"/p%\" }",
    ),
    (
        "secrets",
        "secret S% from env\ntier t% { image \"x:1\", env { S%, S< } }",
    ),
    (
        "secrets of each",
        "tier t% { image \"x:1\"\n secret S from env S% as \"k\"\n}",
    ),
    (
        "ports of this machine",
        "tier t% { image \"x:1\", port 80, expose loadbalancer }",
    ),
    (
        "hosts",
        "tier t% { image \"x:1\", port 80, expose ingress \"h%.example\" tls }",
    ),
    (
        "paths of a host",
        "tier t% { image \"x:1\", port 80, expose ingress \"h.example\" path \"/p%\" }",
    ),
    (
        "jobs",
        "job j% { image \"x:1\", needs u, env { A = u.url } }",
    ),
];

/// A text with so many of them.
fn linked(line: &'static str, length: usize) -> String {
    let count = length.div_ceil(line.len());
    let lines = (0..count).map(|number| {
        let before = (number + count - 1) % count;
        let behind = (number + 1) % count;
        let line = line.replace('<', &before.to_string());
        let line = line.replace('>', &behind.to_string());
        line.replace('%', &number.to_string()) + "\n"
    });
    let others = "app a { registry \"r.example\" }\ntier u { image \"x:1\", port 80, volume v 1Gi shared at \"/v\" }\n\
                  tier b { build nextjs \"./b\", port 3000 }\n\
                  postgres d { version 17, storage 1Gi, secret P from env }\n";
    others.to_owned() + &lines.collect::<String>()
}

/// They are right, so that all is written. What is no chain names the same thing, from both of its sides.
#[test]
fn things_that_name_each_other_take_time_for_each() {
    let kinds = LINKS.iter().map(|(name, line)| {
        let wrong = compile(&linked(line, line.len() * 3), &Options::default());
        let wrong = wrong
            .diagnostics
            .iter()
            .filter(|it| it.severity() == Severity::Error);
        assert_eq!(wrong.count(), 0, "{name}");
        Kind {
            name: (*name).to_owned(),
            make: Box::new(|length| linked(line, length)),
        }
    });
    let mut kinds: Vec<_> = kinds.collect();
    for fact in ["t%.replicas", "t%.unknown", "config.K%"] {
        kinds.push(Kind {
            name: format!("values of a chart for {fact}"),
            make: Box::new(move |length| {
                let numbers = || 0..length / 80;
                let values = numbers().map(|number| {
                    let fact = fact.replace('%', &number.to_string());
                    format!("value \"v.x{number}\" {fact}\n")
                });
                let keys = numbers().map(|number| format!("K{number} = \"v\"\n"));
                let tiers = numbers().map(|number| format!("tier t{number} {{ image \"x:1\" }}\n"));
                let [values, keys, tiers] =
                    [values.collect::<String>(), keys.collect(), tiers.collect()];
                format!("app a {{ helm {{\n{values}}} }}\nconfig {{\n{keys}}}\n{tiers}")
            }),
        });
    }
    grow(&kinds, SHORT / 3, 4 * TIMES, time);
}

/// How many of a thing there are in the shorter of two texts that differ in that number alone.
const FEW: usize = if cfg!(debug_assertions) { 30 } else { 1_000 };
/// How many times as many there are in the other one.
const MORE: usize = 4;

/// A text with so many things of a kind, and the formats that it is written in.
type Counted = (&'static str, fn(usize) -> String, &'static str);

fn lines(count: usize, line: &str) -> String {
    let lines = (0..count).map(|number| line.replace('%', &number.to_string()) + "\n");
    lines.collect()
}

/// What takes a little for each two of something: it shows where there are thousands of it.
const COUNTED: &[Counted] = &[
    (
        "targets",
        |count| {
            let targets = "target p% { namespace n%, tier u { replicas 2 } }";
            format!(
                "app a\ntier u {{ image \"x:1\", port 80 }}\n{}",
                lines(count / 4, targets)
            )
        },
        "helm",
    ),
    (
        "hosts of one tier",
        |count| {
            let hosts = lines(count, "expose ingress \"h%.example\" tls");
            format!("app a\ntier u {{ image \"x:1\", port 80\n{hosts}}}\n")
        },
        "helm",
    ),
    (
        "hosts of a target",
        |count| {
            let hosts = lines(count, "ingress \"h%.example\" { \"/\" = t% }");
            let tiers = lines(count, "tier t% { image \"x:1\", port 80 }");
            format!("app a\n{tiers}target p {{\n{hosts}}}\n")
        },
        "kubernetes",
    ),
    (
        "tiers of a host",
        |count| {
            let routes = lines(count, "\"/p%\" = t%");
            let tiers = lines(count, "tier t% { image \"x:1\", port 80 }");
            format!("app a\n{tiers}target p {{ ingress \"h.example\" {{\n{routes}}} }}\n")
        },
        "kubernetes",
    ),
    (
        "named values",
        |count| {
            let values = lines(count, "value \"v.x%\" t%.replicas");
            let tiers = lines(count, "tier t% { image \"x:1\" }");
            format!("app a {{ helm {{\n{values}}} }}\n{tiers}")
        },
        "helm",
    ),
    (
        "keys of one tier",
        |count| {
            let (keys, read) = (lines(count, "K% = \"v\""), lines(count, "K%"));
            format!("app a\nconfig {{\n{keys}}}\ntier t {{ image \"x:1\"\n env {{\n{read}}}\n}}\n")
        },
        "compose",
    ),
    (
        "secrets of one tier",
        |count| {
            let (keys, read) = (lines(count, "secret S% from env"), lines(count, "S%"));
            format!("app a\n{keys}tier t {{ image \"x:1\"\n env {{\n{read}}}\n}}\n")
        },
        "compose",
    ),
];

#[test]
fn things_are_compared_with_all_others_once() {
    let failures = COUNTED.iter().filter_map(|(name, text, format)| {
        let options = Options {
            emit: vec![backend(format).expect("a backend")],
            ..Options::default()
        };
        let time = |count| {
            let text = text(count);
            let start = now();
            let built = compile(&text, &options);
            assert!(built.app.is_some(), "{name}: {:?}", built.diagnostics);
            now().saturating_sub(start)
        };
        let both = |_| (time(FEW), time(FEW * MORE));
        // Quadratic time takes twice as long as this.
        let is_slow = |(few, more): &(Duration, Duration)| *more > *few * 8;
        let slow: Vec<_> = (0..4).map(both).take_while(is_slow).collect();
        (slow.len() == 4).then(|| format!("{name}: {slow:?}"))
    });
    report(&failures.collect::<Vec<_>>());
}

/// How long it takes to tell of what each token of a text is.
fn time_of_tokens(text: &str) -> Duration {
    let analysis = Analysis::new(text.to_owned(), None, &Nothing);
    let start = now();
    let count = tokens(&analysis).len();
    assert!(count > 0);
    now().saturating_sub(start)
}

/// An editor asks for them whenever something is typed.
#[test]
fn tokens_take_time_for_each() {
    let kinds: Vec<_> = [
        (Place::Shared, "K% = \"v\""),
        (Place::Env, "K%"),
        (Place::Top, "tier t% { image \"x:1\", needs t1 }"),
    ]
    .map(|(place, line)| {
        let write = move |number: usize| line.replace('%', &number.to_string());
        repeated(&format!("`{line}`"), place, true, write)
    })
    .into();
    grow(&kinds, SHORT, 100, time_of_tokens);
}

/// How long it takes to check a program with a configuration that is this text.
fn time_of_configuration(text: &str) -> Duration {
    let file = |text: &str| Seen::File(Some(text.to_owned()));
    let manifest = r#"{"dependencies": {"next": "16"}, "scripts": {"build": "next build"}}"#;
    let files = [
        ("package.json", manifest),
        ("package-lock.json", "{}"),
        ("next.config.js", text),
    ];
    let context = files.map(|(path, text)| (path.to_owned(), file(text)));
    let options = Options {
        contexts: [("./web".to_owned(), Ok(context.into()))].into(),
        ..Options::default()
    };
    let start = now();
    let built = compile(
        "app a\ntier t { build nextjs \"./web\", port 3000 }\n",
        &options,
    );
    assert!(built.app.is_some());
    now().saturating_sub(start)
}

/// How long it takes to look for credentials in a text.
fn time_of_credentials(text: &str) -> Duration {
    let start = now();
    let found = credentials(text);
    assert!(found.iter().all(|it| it.range.end <= text.len()));
    now().saturating_sub(start)
}

/// What begins a credential and isn't one may stand in a text any number of times.
#[test]
fn credentials_are_looked_for_in_linear_time() {
    let parts = [
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "secret=-----BEGIN",
        "a=;secret=-----BEGIN PRIVATE KEY----- ",
        "curl -u ",
        "-psk_",
        "://a:",
        "password ",
        "Basic ",
        "@tcp(",
        "a:b@unix(",
        "PuTTY-User-Key-File-",
        "c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5/",
        "%2575",
        "&#45;",
    ];
    let kinds = parts.map(|part| Kind {
        name: format!("many {part:?}"),
        make: Box::new(move |length| part.repeat(length / part.len())),
    });
    grow(&kinds, SHORT, TIMES, time_of_credentials);
}

/// Sources are anybody's: a configuration may be on one line, however long.
#[test]
fn configurations_take_linear_time() {
    let parts = [
        "output",
        "output:",
        "output:'",
        "output: 'x' ? ",
        "'",
        "//",
        "import '",
        "require(\"",
    ];
    let kinds = parts.map(|part| Kind {
        name: format!("many {part:?} in a configuration"),
        make: Box::new(move |length| {
            format!("module.exports = {{ {}", part.repeat(length / part.len()))
        }),
    });
    grow(&kinds, SHORT, 100, time_of_configuration);
}

/// Whoever meets a bound may look up what it is.
#[test]
fn bounds_of_what_is_read_stand_in_the_documentation() {
    let text = read("SECURITY.md");
    let (_, table) = text.split_once("## Bounds").expect("a section");
    let table = table.split("\n## ").next().unwrap_or_default();
    let source = read("src/cli/read.rs");
    let sizes = source.lines().filter_map(|line| {
        let (_, size) = line.trim().strip_suffix(" * MIB;")?.split_once("= ")?;
        Some(format!("{size} MiB"))
    });
    let sizes: Vec<_> = sizes.collect();
    assert!(sizes.len() >= 8, "{sizes:?}");
    let missing = sizes.into_iter().filter(|size| !table.contains(size));
    report(&missing.collect::<Vec<_>>());
}
