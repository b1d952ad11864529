//! What stands at a place of a text, and what may stand there.

use std::collections::BTreeSet;

use todoc::source::FileId;
use todoc::syntax::tree::{Atom, Fact};
use todoc::syntax::{At, Parsed, expectation, locate, parse};

use crate::support::{examples, programs, report};

/// The heads of the blocks around each place of a text, as its braces say.
fn blocks(text: &str) -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut stack: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        let mut statement = String::new();
        let (mut in_string, mut in_comment, mut escaped) = (false, false, false);
        for byte in line.bytes() {
            match byte {
                _ if in_comment => {}
                b'"' if !escaped => in_string = !in_string,
                _ if in_string => {}
                b'#' => in_comment = true,
                b'{' => {
                    let word = statement.split_whitespace().next().unwrap_or_default();
                    stack.push(word.to_owned());
                    statement.clear();
                }
                b'}' => {
                    stack.pop();
                    statement.clear();
                }
                b',' => statement.clear(),
                other => statement.push(char::from(other)),
            }
            escaped = byte == b'\\' && !escaped;
            found.push(stack.clone());
        }
    }
    found
}

fn heads(facts: &[&Fact]) -> Vec<String> {
    facts.iter().map(|fact| fact.head.value.clone()).collect()
}

#[test]
fn every_place_of_an_example_is_in_its_blocks() {
    let mut wrong = Vec::new();
    for fixture in examples() {
        let parsed = parse(FileId(0), &fixture.text);
        for (offset, expected) in blocks(&fixture.text).into_iter().enumerate() {
            let cursor = locate(&parsed, &fixture.text, offset);
            let around = match (cursor.at, cursor.path.as_slice()) {
                // YAML has braces of its own, and its statement has opened one.
                (At::Yaml, _) => continue,
                (At::Start | At::Comment, around) | (_, [around @ .., _]) => around,
                (at, []) => panic!("{at:?} without a statement"),
            };
            if heads(around) != expected || cursor.at == At::Junk || cursor.place.is_none() {
                wrong.push(format!(
                    "{} at {offset}: {:?} instead of {expected:?}, {:?}",
                    fixture.path,
                    heads(around),
                    cursor.at
                ));
            }
        }
    }
    report(&wrong);
}

/// Every statement of a text.
fn statements(facts: &[Fact]) -> Vec<&Fact> {
    let mut all = Vec::new();
    for fact in facts {
        all.push(fact);
        if let Some(block) = &fact.block {
            all.extend(statements(&block.facts));
        }
    }
    all
}

#[test]
fn every_token_of_a_program_is_one_that_may_stand_there() {
    let mut wrong = Vec::new();
    for fixture in programs() {
        let parsed = parse(FileId(0), &fixture.text);
        for fact in statements(&parsed.tree.facts) {
            for atom in &fact.atoms {
                for offset in [atom.span.range().start, atom.span.range().end] {
                    let cursor = locate(&parsed, &fixture.text, offset);
                    let is_it = matches!(cursor.at, At::Token(found, _) if found == atom)
                        && cursor.path.last() == Some(&fact);
                    // Keys and their words have no row.
                    let may_stand = cursor.row.is_none()
                        || matches!(cursor.at, At::Token(_, Some(part)) if cursor.next.contains(&part));
                    if !is_it || !may_stand {
                        wrong.push(format!(
                            "{} at {offset}: {:?}, {:?} may stand there",
                            fixture.path, cursor.at, cursor.next
                        ));
                    }
                }
            }
        }
    }
    report(&wrong);
}

#[test]
fn places_in_text_that_is_being_typed() {
    // The place is at the sign `⟂`. Statements around it, then what may stand there.
    for (drawn, path, next) in [
        ("tier web {\n  needs ⟂\n}\n", "tier needs", "a name"),
        ("tier web {\n  needs d⟂\n}\n", "tier needs", "a name"),
        ("tier web {\n  port ⟂\n}\n", "tier port", "a name, a number"),
        (
            "tier web {\n  port 80 ⟂\n}\n",
            "tier port",
            "`as`, `udp`, `scheme`",
        ),
        (
            "tier web {\n  port 80 ⟂as 90\n}\n",
            "tier port",
            "`as`, `udp`, `scheme`",
        ),
        ("secret A from ⟂\n", "secret", "`object`, `env`"),
        ("secret A from env ⟂\n", "secret", "a name, `as`"),
        (
            "tier web {\n  expose ingress \"a\" tls ⟂\n}\n",
            "tier expose",
            "a string in double quotes, `path`, `of`",
        ),
        (
            "tier web { health \"/\" { liveness every 5s ⟂ } }\n",
            "tier health liveness",
            "`after`, `timeout`, `failures`",
        ),
        (
            "tier web {\n  command \"a\" ⟂\n}\n",
            "tier command",
            "a string in double quotes",
        ),
        (
            "tier web {\n  needs db ⟂, port 80\n}\n",
            "tier needs",
            "a name",
        ),
        ("tier web {\n  needs db, ⟂\n}\n", "tier", ""),
        ("tier web {\n  needs db\n  ⟂\n}\n", "tier", ""),
        ("tier web ⟂{\n}\n", "tier", "`from`"),
        ("tier web {\n}⟂\n", "", ""),
        ("tier web {\n  env {\n    A = ⟂\n", "tier env A", ""),
        ("tier web {\n  env {\n    ⟂", "tier env", ""),
        ("tier web\n  env\n    A = ⟂\n", "tier env A", ""),
        (
            "tier web {\n  patch Deployment {\n    a:⟂ b\n  }\n}\n",
            "tier patch",
            "",
        ),
        ("tier web { # a ⟂ b\n}\n", "tier", ""),
        ("nonsense web {\n  port ⟂\n}\n", "nonsense port", ""),
        ("? { port 80 ⟂ }\n", "port", ""),
        ("⟂", "", ""),
    ] {
        let offset = drawn.find('⟂').expect("it has a place");
        let text = drawn.replace('⟂', "");
        let parsed = parse(FileId(0), &text);
        let cursor = locate(&parsed, &text, offset);
        let expected: Vec<_> = cursor.next.iter().map(|part| expectation(part)).collect();
        assert_eq!(
            (
                heads(&cursor.path).join(" ").as_str(),
                expected.join(", ").as_str()
            ),
            (path, next),
            "of {drawn:?}, {:?}",
            cursor.at
        );
    }
}

/// What is expected where a token is `left` out of a text, or another stands instead of it, and what may
/// stand there.
fn expected(
    text: &str,
    left: &Atom,
    before: usize,
    instead: &str,
) -> Option<(String, Vec<String>)> {
    let end = left.span.range().end;
    let changed = format!("{} {instead}{}", &text[..before], &text[end..]);
    let parsed: Parsed = parse(FileId(0), &changed);
    let place = if instead.is_empty() {
        before
    } else {
        before + 1
    };
    let said = parsed.diagnostics.all().iter().find_map(|found| {
        let span = found.primary.span.range();
        let is_here = if instead.is_empty() {
            span.end == place
        } else {
            span.start == place
        };
        let what = found
            .message
            .strip_prefix("expected ")
            .filter(|_| is_here)?;
        let what = what
            .split_once(" after this")
            .or_else(|| what.split_once(", found "))?
            .0;
        let is_of_words = !what.starts_with("the end of")
            && !what.starts_with("`=`")
            && !what.starts_with("a comma");
        is_of_words.then(|| what.to_owned())
    })?;
    let next = locate(&parsed, &changed, before + 1).next;
    Some((said, next.into_iter().map(expectation).collect()))
}

#[test]
fn what_is_expected_may_stand_there() {
    let mut wrong = Vec::new();
    let mut count = 0;
    // Each place in a statement is tried once.
    let mut tried = BTreeSet::new();
    for fixture in programs() {
        let parsed = parse(FileId(0), &fixture.text);
        for fact in statements(&parsed.tree.facts) {
            let mut before = fact.head.span.range().end;
            for (at, atom) in fact.atoms.iter().enumerate() {
                let is_new = tried.insert((fact.head.value.clone(), fact.atoms.len(), at));
                for instead in ["", "[x]"].into_iter().filter(|_| is_new) {
                    let found = expected(&fixture.text, atom, before, instead);
                    let Some((said, mut next)) = found else {
                        continue;
                    };
                    count += 1;
                    next.sort_by_key(|it| std::cmp::Reverse(it.len()));
                    let rest = next
                        .iter()
                        .fold(said.clone(), |rest, it| rest.replace(it, ""));
                    if rest.replace(", ", "").replace(" or ", "").is_empty() {
                        continue;
                    }
                    wrong.push(format!(
                        "{}: {said} is expected behind `{}`, where {next:?} may stand",
                        fixture.path,
                        &fixture.text[fact.span.range().start..before]
                    ));
                }
                before = atom.span.range().end;
            }
        }
    }
    assert!(count > 100, "{count} were tried");
    report(&wrong);
}
