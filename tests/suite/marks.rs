//! Each line of the output knows the statement, default or rule that it comes from: in the programs of
//! the repository, in those at random, and where a value of a statement is changed or a statement is
//! left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use similar::{ChangeTag, TextDiff};
use todoc::backend::{Artifact, BACKENDS, backend};
use todoc::catalog::defaults::DEFAULTS;
use todoc::catalog::rules::RULES;
use todoc::source::{FileId, Files, Span};
use todoc::yaml::{Mark, Origin, Why};
use todoc::{CompiledAll, Options, compile_all};

use crate::generator::program;
use crate::support::{Fixture, check_each, examples, named, programs, report};

/// How many programs at random are looked at.
const GENERATED: u64 = 60;

/// What stands in a document only because its form asks for it: the rule of the same name accounts for
/// nothing else.
const FORM: &[&str] = &["apiVersion", "kind"];

fn compiled(text: &str, named: Files, marks: bool) -> CompiledAll {
    let options = Options {
        // A chart's lines come from the same nodes as the manifests', but for those that are held below.
        emit: BACKENDS
            .iter()
            .filter(|backend| backend.name != "helm")
            .copied()
            .collect(),
        marks,
        source_name: "app.todo".to_owned(),
        files: named,
        ..Options::default()
    };
    compile_all(text, &options)
}

/// Every file that a program becomes, for every target.
fn files(text: &str, named: Files) -> BTreeMap<String, Artifact> {
    let builds = compiled(text, named, true).builds.into_iter();
    let files = builds.flat_map(|build| {
        let target = build.app.and_then(|app| app.target).unwrap_or_default();
        let artifacts = build.artifacts.into_iter();
        artifacts.map(move |file| (format!("{target}/{}", file.path), file))
    });
    files.collect()
}

fn is_known(name: &str) -> bool {
    DEFAULTS.iter().any(|default| default.name == name) || RULES.iter().any(|it| it.name == name)
}

/// What is wrong with the marks of a file of a text of so many bytes.
fn wrong(path: &str, file: &Artifact, length: usize) -> Vec<String> {
    let lines: Vec<_> = file.text.lines().collect();
    if lines.len() != file.marks.len() {
        let marks = file.marks.len();
        return vec![format!("{path}: {} lines, {marks} marks", lines.len())];
    }
    let marks = file.marks.iter().zip(&lines).enumerate();
    let faults = marks.filter_map(|(at, (mark, line))| {
        let fault = fault(mark, line, at + 1, length)?;
        Some(format!("{path}:{}: {fault}: {line}", at + 1))
    });
    faults.collect()
}

fn fault(mark: &Mark, line: &str, number: usize, length: usize) -> Option<String> {
    let Origin { span, why, .. } = &mark.origin;
    let is_in_text = |span: Span| span.file == FileId(0) && span.end as usize <= length;
    if mark.line != number {
        Some(format!("it is called line {}", mark.line))
    } else if span.is_none() {
        Some("it has no place".to_owned())
    } else if !mark.origin.spans().all(is_in_text) {
        Some("its place is outside of the text".to_owned())
    } else {
        match why {
            Why::Rule(name) if !is_known(name) => Some(format!("no table has `{name}`")),
            Why::Rule("object") if !is_form(line) => Some("nothing accounts for it".to_owned()),
            Why::Rule(_) | Why::Said => None,
        }
    }
}

/// Whether a line holds nothing but what the form of a document asks for.
fn is_form(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    line == "---" || line.ends_with(':') || FORM.iter().any(|key| line.starts_with(key))
}

#[test]
fn every_line_has_a_reason_that_is_in_a_table() {
    check_each(&programs(), |Fixture { text, .. }| {
        let files = files(text, named(text));
        let wrong = files
            .iter()
            .flat_map(|(path, file)| wrong(path, file, text.len()));
        wrong.collect()
    });
}

/// Lines that a chart alone has, such as conditions, come from the statement of the object around them,
/// and other files than templates from the application: no table accounts for them.
#[test]
fn every_line_of_a_chart_has_a_place() {
    check_each(&programs(), |Fixture { text, .. }| {
        let options = Options {
            emit: backend("helm").into_iter().collect(),
            marks: true,
            source_name: "app.todo".to_owned(),
            files: named(text),
            ..Options::default()
        };
        let builds = compile_all(text, &options).builds.into_iter();
        let files = builds.flat_map(|build| build.artifacts);
        let faults = files.flat_map(|file| wrong(&file.path, &file, text.len()));
        faults
            .filter(|fault| !fault.contains("nothing accounts for it"))
            .collect()
    });
}

#[test]
fn every_rule_accounts_for_some_line() {
    let mut left: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    for Fixture { text, .. } in programs() {
        for mark in files(&text, named(&text))
            .values()
            .flat_map(|file| &file.marks)
        {
            if let Why::Rule(name) = mark.origin.why {
                left.remove(name);
            }
        }
    }
    assert!(left.is_empty(), "{left:?}");
    let twice = RULES
        .iter()
        .filter(|rule| DEFAULTS.iter().any(|it| it.name == rule.name));
    assert_eq!(twice.map(|rule| rule.name).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn marks_change_no_text() {
    check_each(&programs(), |Fixture { text, .. }| {
        let plain = compiled(text, named(text), false).builds.into_iter();
        let plain = plain.flat_map(|build| build.artifacts);
        let marked = compiled(text, named(text), true).builds.into_iter();
        let marked = marked.flat_map(|build| build.artifacts);
        let differ = plain.zip(marked).filter_map(|(plain, marked)| {
            let is_same = plain.text == marked.text && plain.marks.is_empty();
            (!is_same).then(|| format!("{} differs", plain.path))
        });
        differ.collect()
    });
}

#[test]
fn every_line_of_programs_at_random_has_a_place_in_the_text() {
    let mut faults = Vec::new();
    let mut lines = 0;
    for seed in 0..GENERATED {
        let program = program(seed);
        let text = program.text();
        for (path, file) in files(&text, program.files) {
            lines += file.marks.len();
            let wrong = wrong(&path, &file, text.len()).into_iter();
            faults.extend(wrong.map(|fault| format!("seed {seed}: {fault}")));
        }
    }
    assert!(lines > 0, "nothing was looked at");
    report(&faults);
}

/// Of so many changes of the examples one is tried where code isn't optimised.
const STRIDE: usize = if cfg!(debug_assertions) { 4 } else { 1 };

/// Lines that change with a statement and don't name it.
struct Unnamed {
    /// Words that the statement begins with; of every statement, where there are none.
    words: &'static [&'static str],
    /// What the lines are there by: a rule, or `said` for another statement.
    by: &'static [&'static str],
    /// Why they don't name it.
    reason: &'static str,
}

/// All of them. A row may go as soon as the application knows the place of what the row is about.
const UNNAMED: &[Unnamed] = &[
    Unnamed {
        words: &[],
        by: &["wait"],
        reason: "the first statement that asks for a database accounts for the wait",
    },
    Unnamed {
        words: &[],
        by: &["bake"],
        reason: "a line that closes a list belongs to what the list is in",
    },
    Unnamed {
        words: &["naming", "service"],
        by: &["said", "config_checksum", "contract", "wait"],
        reason: "a value that holds a Service's name doesn't know the pattern of that name",
    },
    Unnamed {
        words: &["tier_config", "tier_secret"],
        by: &["said"],
        reason: "a variable doesn't know the pattern by which its ConfigMap or Secret is named",
    },
    Unnamed {
        words: &["port"],
        by: &["said"],
        reason: "a recipe's variables and an Ingress's path are of their tier's first line, not of its port",
    },
    Unnamed {
        words: &["health"],
        by: &["said", "contract"],
        reason: "each probe is of its own line within the block",
    },
    Unnamed {
        words: &["volume"],
        by: &["object"],
        reason: "a diff can't tell which of two claims in a row a line is of",
    },
    Unnamed {
        words: &["tier"],
        by: &["said"],
        reason: "a diff can't tell which of two objects in a row a line is of",
    },
    Unnamed {
        words: &["system", "build_system", "workspace"],
        by: &["recipe", "contract"],
        reason: "a recipe's instructions don't say which option each depends on",
    },
];

/// A change of a statement.
struct Change<'t> {
    /// Where the statement is on its line.
    statement: Range<usize>,
    /// The first word of the statement.
    word: &'t str,
    /// What is replaced.
    replaced: Range<usize>,
    /// What stands there instead.
    other: String,
}

/// The values of a text that can be changed: numbers, and texts in quotes on one line.
fn values(text: &str) -> Vec<Change<'_>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split(" #").next().unwrap_or_default();
        let trimmed = code.trim_start();
        let word = trimmed
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next();
        let statement = start + code.len() - trimmed.len()..start + code.trim_end().len();
        if !trimmed.starts_with('#') {
            for (value, other) in other_values(code) {
                all.push(Change {
                    statement: statement.clone(),
                    word: word.unwrap_or_default(),
                    replaced: start + value.start..start + value.end,
                    other,
                });
            }
        }
        start += line.len();
    }
    all
}

/// The values of a line, each with another one.
fn other_values(line: &str) -> Vec<(Range<usize>, String)> {
    let mut all = Vec::new();
    let mut quotes = line.match_indices('"').map(|(at, _)| at);
    let mut texts = Vec::new();
    while let (Some(start), Some(end)) = (quotes.next(), quotes.next()) {
        texts.push(start..end);
        if end > start + 1 {
            all.push((end..end, "x".to_owned()));
        }
    }
    let is_in_text = |at: usize| texts.iter().any(|text| text.contains(&at));
    let digits = |c: char| c.is_ascii_digit();
    let mut at = 0;
    while let Some(found) = line[at..].find(digits) {
        let start = at + found;
        let length = line[start..]
            .find(|c| !digits(c))
            .unwrap_or(line.len() - start);
        at = start + length;
        let before = line[..start].chars().next_back();
        let is_number = before.is_some_and(|c| c == ' ' || c == '.');
        if is_number
            && !is_in_text(start)
            && let Ok(number) = line[start..at].parse::<u32>()
        {
            all.push((start..at, (number + 1).to_string()));
        }
    }
    all
}

/// The lines that one text has and the other doesn't, and whether it is the old one that has it.
fn changed<'f>(old: &'f Artifact, new: &'f Artifact) -> Vec<(bool, &'f Mark, &'f str)> {
    let of = |file: &'f Artifact, at: Option<usize>| {
        let at = at?;
        Some((file.marks.get(at)?, file.text.lines().nth(at)?))
    };
    let diff = TextDiff::from_lines(&old.text, &new.text);
    let lines = diff.iter_all_changes().filter_map(|change| {
        let (is_old, found) = match change.tag() {
            ChangeTag::Equal => return None,
            ChangeTag::Delete => (true, of(old, change.old_index())),
            ChangeTag::Insert => (false, of(new, change.new_index())),
        };
        // All lines between documents are alike: a diff can't tell which of them went.
        let found = found.filter(|(_, line)| *line != "---");
        found.map(|(mark, line)| (is_old, mark, line))
    });
    lines.collect()
}

/// The names by which other statements refer to one: that of its block, and its own key.
fn names<'t>(text: &'t str, change: &Change<'t>) -> Vec<&'t str> {
    let before = &text[..change.statement.start];
    let block = before
        .lines()
        .rev()
        .find(|line| line.starts_with(char::is_alphabetic) && line.trim_end().ends_with('{'));
    let block = block.and_then(|line| line.split_whitespace().nth(1));
    let block = block.filter(|name| *name != "{");
    block.into_iter().chain([change.word]).collect()
}

/// Whether a place is in a statement, or in one that refers to it by one of these names.
fn names_it(text: &str, span: Span, change: &Change, names: &[&str]) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    if start < change.statement.end && change.statement.start < end.max(start + 1) {
        return true;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = &text[line_start..line_end];
    let mut words = line.split(|c: char| !(c.is_alphanumeric() || "_-".contains(c)));
    // The head of a block refers to nothing.
    line.starts_with(' ') && words.any(|word| names.contains(&word))
}

/// The statements on lines of their own within a block, each left out.
fn deletions(text: &str) -> Vec<Change<'_>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let statement = line.trim();
        let is_whole = line.starts_with(' ')
            && statement.starts_with(char::is_alphabetic)
            && !statement.contains(['{', '}', '[', ']']);
        if is_whole {
            let indent = line.len() - line.trim_start().len();
            all.push(Change {
                statement: start + indent..start + indent + statement.len(),
                word: statement.split(' ').next().unwrap_or_default(),
                replaced: start..start + line.len(),
                other: String::new(),
            });
        }
        start += line.len();
    }
    all
}

/// What was found of changes: how many could be tried, how many lines changed, and those that don't name
/// the statement, by its word and by what they are there by.
#[derive(Default)]
struct Outcome {
    tried: usize,
    lines: usize,
    unnamed: BTreeMap<(String, &'static str), (usize, String)>,
}

impl Outcome {
    /// Tries a change of a text. Of lines that are new, the places are those of the changed text.
    fn add(&mut self, text: &str, before: &BTreeMap<String, Artifact>, change: &Change) {
        let mut other = text.to_owned();
        other.replace_range(change.replaced.clone(), &change.other);
        let after = files(&other, named(text));
        self.tried += usize::from(!after.is_empty());
        let names = names(text, change);
        for (path, old) in before {
            let Some(new) = after.get(path) else { continue };
            for (is_old, mark, line) in changed(old, new) {
                self.lines += 1;
                if !is_old && change.other.is_empty() {
                    continue;
                }
                let of = if is_old { text } else { other.as_str() };
                let mut spans = mark.origin.spans();
                if spans.any(|span| names_it(of, span, change, &names)) {
                    continue;
                }
                // What a whole document is there for, each of its lines is.
                let is_gone = is_old && change.other.is_empty();
                let mut marks = old.marks.iter().filter(|_| is_gone);
                let head = marks.find(|it| {
                    it.document == mark.document
                        && it.path.is_empty()
                        && it.origin.why != Why::Rule("header")
                });
                if head.is_some_and(|it| {
                    it.origin
                        .spans()
                        .any(|span| names_it(of, span, change, &names))
                }) {
                    continue;
                }
                let by = match mark.origin.why {
                    Why::Said => "said",
                    Why::Rule(name) => name,
                };
                let statement = &text[change.statement.clone()];
                let shown = format!("`{statement}`: {path}: {line}");
                let key = (change.word.to_owned(), by);
                self.unnamed.entry(key).or_insert((0, shown)).0 += 1;
            }
        }
    }

    /// What isn't in the list.
    fn failures(&self) -> Vec<String> {
        let is_listed = |word: &str, by: &str| {
            UNNAMED.iter().any(|row| {
                let is_its = row.words.is_empty() || row.words.contains(&word);
                is_its && row.by.contains(&by) && !row.reason.is_empty()
            })
        };
        let found = self.unnamed.iter();
        let found = found.filter(|((word, by), _)| !is_listed(word, by));
        let found = found.map(|((word, by), (count, shown))| {
            format!("{count} lines by `{by}` change with `{word}`, such as {shown}")
        });
        found.collect()
    }
}

#[test]
fn a_changed_line_names_the_statement_that_changed() {
    let mut outcome = Outcome::default();
    for Fixture { text, .. } in examples() {
        let before = files(&text, named(&text));
        for change in values(&text).iter().step_by(STRIDE) {
            outcome.add(&text, &before, change);
        }
    }
    let Outcome { tried, lines, .. } = outcome;
    assert!(tried > 80 && lines > 500, "{tried} changes, {lines} lines");
    report(&outcome.failures());
}

#[test]
fn a_line_that_goes_names_the_statement_that_went() {
    let mut outcome = Outcome::default();
    for Fixture { text, .. } in examples() {
        let before = files(&text, named(&text));
        for change in deletions(&text).iter().step_by(STRIDE) {
            outcome.add(&text, &before, change);
        }
    }
    let Outcome { tried, lines, .. } = outcome;
    assert!(tried > 40 && lines > 300, "{tried} changes, {lines} lines");
    report(&outcome.failures());
}
