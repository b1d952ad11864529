//! Valid programs at random: none gives a warning, and what each becomes decodes, fits together, is
//! read as it was written, and is taken by a real API server.
//!
//! `TODOC_CASES` says how many are tried, `TODOC_SEED` with which one to begin: a failure names the
//! seed of its program, and shows the smallest that fails in the same way.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use fastrand::Rng;
use serde_json::json;
use todoc::backend::{Artifact, BACKENDS};
use todoc::diag::Severity;
use todoc::{CompiledAll, Fixed, Options, compile_all, fix};

use crate::accepted::problems;
use crate::faithful::unfaithful;
use crate::generator::{Program, program};
use crate::objects::{documents, wrong};
use crate::server::Server;
use crate::statements::Seen;
use crate::support::report;
use crate::yaml::start_python;

/// How many programs are tried where nothing else is said.
const CASES: u64 = 2000;
/// Of so many programs one is asked a real API server about: 300 in all.
const ASKED: u64 = CASES / 300;
/// Of so many programs one is read by PyYAML, which is slow, and one compiled in another layout.
const SOME: u64 = 20;
/// How many threads try them.
pub(crate) const THREADS: usize = 2;
/// How many failures are shrunk and shown.
const MOST_SHOWN: usize = 5;

/// Something wrong with a program or what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What is the same in a smaller program with the same fault.
    kind: String,
    text: String,
}

pub(crate) fn fault(kind: impl Into<String>, text: impl Into<String>) -> Fault {
    let (kind, text) = (kind.into(), text.into());
    Fault { kind, text }
}

/// A fault as it is told, whose kind is what doesn't name a thing.
pub(crate) fn told(text: &str) -> Fault {
    let plain = text.split(['`', '"']).step_by(2);
    let words = plain.flat_map(|part| part.split([' ', ':', '/', '.']));
    let words = words.filter(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase()));
    fault(words.collect::<Vec<_>>().join(" "), text)
}

/// A number of the environment.
fn number(variable: &str, default: u64) -> u64 {
    let said = std::env::var(variable);
    said.map_or(default, |text| text.parse().expect("a number"))
}

/// The seeds that are tried.
pub(crate) fn seeds() -> std::ops::Range<u64> {
    seeds_of(CASES)
}

/// The same, for a test that tries another number of programs where nothing is said.
pub(crate) fn seeds_of(cases: u64) -> std::ops::Range<u64> {
    let first = number("TODOC_SEED", 0);
    first..first + number("TODOC_CASES", cases)
}

fn compiled(program: &Program, text: &str) -> CompiledAll {
    let options = Options {
        emit: BACKENDS.to_vec(),
        source_name: "app.todo".to_owned(),
        files: program.files.clone(),
        ..Options::default()
    };
    compile_all(text, &options)
}

/// The objects of an output that aren't copied, whose kinds are others'.
fn yaml(built: &todoc::Compiled) -> String {
    let files = built.artifacts.iter();
    let ours = |path: &str| {
        path.starts_with("kubernetes/") && !path.contains("/15-") && !path.contains("/12-")
    };
    let ours = files.filter(|file| ours(&file.path));
    ours.map(|file| file.text.as_str()).collect()
}

/// The program, but that `app` allows what is advised of the text and numbers in it, which are
/// random: a `$(A)` may well be what it is taken for, and a pod of one petabyte. What is advised of
/// anything else isn't allowed.
pub(crate) fn taking_advice(program: &Program) -> Program {
    const ADVICE: &[&str] = &[
        "E0318", "E0319", "W0512", "W0513", "W0514", "W0515", "W0516", "W0517", "W0518", "W0519",
    ];
    let options = Options {
        files: program.files.clone(),
        ..Options::default()
    };
    let found = compile_all(&program.text(), &options).diagnostics;
    let numbers = found.iter().map(|it| it.code.number());
    let advised: BTreeSet<_> = numbers.filter(|it| ADVICE.contains(it)).collect();
    if advised.is_empty() {
        return program.clone();
    }
    program.allowing(&advised)
}

/// What is wrong with a program. What PyYAML reads is sent to it.
fn faults(program: &Program, python: Option<&Sender<String>>) -> Vec<Fault> {
    let found = catch_unwind(AssertUnwindSafe(|| taking_advice(program)));
    let Ok(program) = &found else {
        return vec![fault("panic", "the compiler panicked")];
    };
    let text = program.text();
    let found = catch_unwind(AssertUnwindSafe(|| compiled(program, &text)));
    let Ok(all) = found else {
        return vec![fault("panic", "the compiler panicked")];
    };
    if !all.diagnostics.is_empty() {
        return complaints(&all, &text);
    }
    let mut faults = Vec::new();
    for built in &all.builds {
        let yaml = yaml(built);
        let (Some(app), Ok(objects)) = (&built.app, documents(&yaml)) else {
            faults.push(fault("nothing", "what it becomes can't be read"));
            continue;
        };
        let found = wrong(&objects).into_iter().chain(unfaithful(app, &objects));
        faults.extend(found.map(|it| told(&it)));
        if let Some(python) = python.filter(|_| program.seed.is_multiple_of(SOME)) {
            let case = json!({ "seed": program.seed, "yaml": yaml, "objects": objects });
            python.send(case.to_string()).expect("it is read");
        }
    }
    if program.seed.is_multiple_of(SOME) {
        faults.extend(other_layout(program, &all));
    }
    faults
}

/// What is complained of.
fn complaints(all: &CompiledAll, text: &str) -> Vec<Fault> {
    let found = all.diagnostics.iter();
    let complaint = found.map(|it| {
        let number = it.code.number();
        let line = text[..it.primary.span.range().start].matches('\n').count() + 1;
        // Other things would be missing for want of what is left out.
        let kind = format!("{number} {}", it.message);
        fault(kind, format!("{line}: {number}: {}", it.message))
    });
    complaint.collect()
}

/// The text of a file, without comments where it has those of the program: in the values of charts.
fn without_comments(file: &Artifact) -> String {
    let name = file.path.rsplit('/').next().expect("one");
    if name != "values.yaml" && !name.starts_with("values-") {
        return file.text.clone();
    }
    let lines = file.text.lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}

/// What another layout changes.
fn other_layout(program: &Program, all: &CompiledAll) -> Option<Fault> {
    let mut rng = Rng::with_seed(program.seed);
    let other = compiled(program, &program.otherwise(&mut rng));
    let artifacts = |all: &CompiledAll| {
        let builds = all.builds.iter();
        let files = builds.flat_map(|built| &built.artifacts);
        let files = files.map(|file| (file.path.clone(), without_comments(file)));
        files.collect::<Vec<_>>()
    };
    let found: Vec<_> = other.diagnostics.iter().map(|it| &it.message).collect();
    let is_same = found.is_empty() && artifacts(all) == artifacts(&other);
    let text = format!("in another layout it becomes something else: {found:?}");
    (!is_same).then(|| fault("layout", text))
}

/// The first program of each kind of fault that a check finds.
pub(crate) fn first_of_kinds(
    seeds: impl Iterator<Item = u64>,
    mut check: impl FnMut(&Program) -> Vec<Fault>,
) -> BTreeMap<String, (u64, Fault)> {
    let mut first = BTreeMap::new();
    for seed in seeds {
        if let Some(fault) = check(&program(seed)).into_iter().next() {
            // Complaints name things: those of one code are of a kind.
            let kind = fault.kind.split(' ').take(3).collect();
            first.entry(kind).or_insert((seed, fault));
        }
        if first.len() > MOST_SHOWN {
            break;
        }
    }
    first
}

/// The same by several threads, each with what its checks use.
pub(crate) fn first_by_threads<U: Send>(
    used: &mut [U],
    seeds: &(impl Iterator<Item = u64> + Clone + Send),
    check: impl Fn(&mut U, &Program) -> Vec<Fault> + Sync,
) -> BTreeMap<String, (u64, Fault)> {
    let (count, check) = (used.len(), &check);
    thread::scope(|scope| {
        let threads = used.iter_mut().enumerate().map(|(at, used)| {
            let mine = seeds.clone().skip(at).step_by(count);
            scope.spawn(move || first_of_kinds(mine, |it| check(used, it)))
        });
        let threads: Vec<_> = threads.collect();
        let found = threads.into_iter();
        found
            .flat_map(|it| it.join().expect("a check's panic is caught"))
            .collect()
    })
}

/// Each as people read it: what is wrong, and the smallest program with that.
pub(crate) fn shown(
    first: BTreeMap<String, (u64, Fault)>,
    check: impl Fn(&Program) -> Vec<Fault>,
) -> Vec<String> {
    let shown = first.into_values().take(MOST_SHOWN).map(|(seed, fault)| {
        let small = program(seed).shrunk(|smaller| {
            let found = check(smaller);
            !found.is_empty() && found.iter().all(|it| it.kind == fault.kind)
        });
        let text = small.text();
        format!("TODOC_SEED={seed} TODOC_CASES=1: {}\n{text}", fault.text)
    });
    shown.collect()
}

/// Reads cases, a line of JSON each, and prints those that aren't read as they should be.
const PYTHON: &str = r#"
import json, sys, yaml
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for line in sys.stdin.buffer:
    case = json.loads(line)
    try:
        read = json.dumps(list(yaml.load_all(case["yaml"], loader)), sort_keys=True)
    except Exception as error:
        read = str(error).replace("\n", " ")
    if read != json.dumps(case["objects"], sort_keys=True):
        print(f"TODOC_SEED={case['seed']}: PyYAML reads something else: {read:.300}")
"#;

#[test]
fn valid_programs_give_no_warning_and_become_what_they_say() {
    let (sender, receiver) = channel();
    let python = start_python(PYTHON, receiver);
    let sender = python.is_some().then_some(sender);
    let mut senders = vec![sender; THREADS];
    let first = first_by_threads(&mut senders, &seeds(), |sender, it| {
        faults(it, sender.as_ref())
    });
    drop(senders);
    let mut failures = shown(first, |program| faults(program, None));
    if let Some(python) = python {
        let said = python.join().expect("the thread ends");
        failures.extend(said.lines().map(str::to_owned));
    }
    report(&failures);
}

/// What the server finds in one of a program's targets.
fn refused(server: &mut Server, program: &Program) -> Vec<Fault> {
    let program = &taking_advice(program);
    let all = compiled(program, &program.text());
    if !all.diagnostics.is_empty() {
        return vec![fault("", "it doesn't compile")];
    }
    let at = usize::try_from(program.seed).expect("small") % all.builds.len();
    let found = problems(server, &all.builds[at]);
    found.iter().map(|it| told(it)).collect()
}

#[test]
fn the_server_takes_what_valid_programs_become() {
    let Some(server) = Server::start() else {
        return;
    };
    let server = RefCell::new(server);
    let check = |program: &Program| refused(&mut server.borrow_mut(), program);
    let some = seeds().step_by(usize::try_from(ASKED).expect("small"));
    report(&shown(first_of_kinds(some, check), check));
}

/// The generator knows the whole language: a statement or word that it never writes is one that
/// nobody tries.
#[test]
fn every_statement_and_each_of_its_words_is_generated() {
    let mut seen = Seen::default();
    for seed in 0..2000 {
        seen.add(&program(seed).text());
    }
    report(&seen.missing("generated program"));
}

/// A line left out, doubled, or without its last letters: what a fix makes of it has no more errors.
#[test]
fn no_fix_adds_an_error_to_a_generated_program() {
    let mut failures = Vec::new();
    for seed in seeds().step_by(usize::try_from(SOME).expect("small")) {
        let program = program(seed);
        let text = program.text();
        let mut rng = Rng::with_seed(seed);
        let mut lines: Vec<_> = text.lines().collect();
        let at = rng.usize(..lines.len());
        match rng.u8(..3) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at]),
            _ => {
                let line = lines[at];
                let end = rng.usize(..=line.len());
                lines[at] = &line[..line.floor_char_boundary(end)];
            }
        }
        let wrong = lines.join("\n");
        let Fixed {
            found, left, text, ..
        } = fix(&wrong, |_| program.files.clone());
        let errors = |all: &[todoc::diag::Diagnostic]| {
            let errors = all.iter().filter(|it| it.severity() == Severity::Error);
            errors.count()
        };
        if errors(&left) > errors(&found) {
            failures.push(format!(
                "TODOC_SEED={seed}: {found:?} became {left:?}:\n{wrong}\n{text}"
            ));
        }
    }
    report(&failures);
}

/// Programs that were once wrong in one of these ways.
const FOUND: &[(&str, &str)] = &[
    (
        "of keys that nobody gives a value there is no ConfigMap to read",
        "app a\nconfig { K optional }\ntier t {\n  image \"x:1\"\n  env { ..config }\n}\n",
    ),
    (
        "what is said beside all secrets stands once",
        "app a\nsecret A from object \"o\" key \"k\"\nsecret B from env\n\
         tier t {\n  image \"x:1\"\n  env { A, ..secrets, B = \"b\" }\n}\n",
    ),
    (
        "what a tier inherits of all secrets stands once",
        "app a\nsecret A from object \"o\" key \"k\"\n\
         tier t {\n  image \"x:1\"\n  env { ..secrets }\n}\n\
         tier u from t {\n  env { A }\n}\n",
    ),
    (
        "a slash at the end of a path makes it no other",
        "app a\ntier t {\n  build python \".\" { entry \"a\" }\n  volume v 1Gi at \"/tmp/\"\n}\n",
    ),
    (
        "a key may be called as a statement",
        "app a\nconfig { allow optional }\ntier t { image \"x:1\" }\n",
    ),
];

#[test]
fn what_was_found_stays_found() {
    let mut failures = Vec::new();
    for (what, text) in FOUND {
        let program = Program::of(text);
        let found = faults(&program, None);
        failures.extend(found.iter().map(|it| format!("{what}: {}", it.text)));
    }
    report(&failures);
}
