//! Which statement each line of the files comes from.

use super::Built;
use crate::docker::{Because, Dockerfile, LineReason};
use crate::ir;
use crate::source::Span;
use crate::yaml::{Mark, Origin, Why};

/// The mark of a line of a Dockerfile. Its path is the stage and the number of the instruction.
pub(super) fn of_line(built: Built, file: &Dockerfile, mark: &LineReason) -> Mark {
    let stage = mark.stage.and_then(|at| file.stages.get(at));
    let name = stage.map_or("", |stage| stage.name);
    let number = mark.instruction.map(|number| format!("[{number}]"));
    let mut causes: Vec<Origin> = Vec::new();
    if let (Some(stage), None) = (stage, mark.instruction) {
        causes.extend(base(built, &stage.from));
    }
    causes.extend(mark.because.iter().flat_map(|it| causes_of(built, it)));
    Mark {
        line: mark.line,
        document: 0,
        path: format!("{name}{}", number.unwrap_or_default()),
        origin: joined(&causes, "recipe", built.pod.image.origin),
    }
}

/// Options of `build` that many of a recipe's instructions depend on.
const SHAPING: [&str; 4] = ["packages", "workspace", "entry", "stand_in"];

/// All causes of one reason, the first of which names the rule.
fn causes_of(built: Built, because: &Because) -> Vec<Origin> {
    let first = cause(built, because);
    let others: Vec<_> = match because {
        Because::Recipe => SHAPING.iter().map(|word| Because::Option(word)).collect(),
        Because::Label => match &built.build.dockerfile {
            ir::DockerfileSource::Planned { choice, .. } => {
                vec![Because::Option(choice.base.runtime.word)]
            }
            ir::DockerfileSource::Theirs { .. } => Vec::new(),
        },
        Because::Option(_) | Because::Argument(_) | Because::Contract(_) | Because::Frame => {
            Vec::new()
        }
    };
    let rule = first.why;
    let others = others.iter().map(|it| cause(built, it));
    let others = others.filter(|it| it.why == Why::Said);
    // They are behind it, and don't say it.
    let others = others.map(|it| Origin { why: rule, ..it });
    std::iter::once(first.clone()).chain(others).collect()
}

/// What several causes come to: what is said counts before what holds by a rule. Without a cause, this
/// rule holds.
fn joined(causes: &[Origin], rule: &'static str, place: Span) -> Origin {
    let said = causes.iter().find(|cause| cause.why == Why::Said);
    let mut origin = said
        .or(causes.first())
        .cloned()
        .unwrap_or_else(|| Origin::rule(rule, place));
    for span in causes.iter().flat_map(Origin::spans) {
        if origin.spans().all(|known| known != span) {
            origin.also.push(span);
        }
    }
    origin
}

/// The option that chooses the image that a stage starts from, where it does.
fn base(built: Built, from: &str) -> Option<Origin> {
    let ir::DockerfileSource::Planned { choice, .. } = &built.build.dockerfile else {
        return None;
    };
    let is_base = choice.base.reference() == from;
    is_base.then(|| cause(built, &Because::Option(choice.base.runtime.word)))
}

/// Where something is said, or the default or rule that holds instead.
fn cause(built: Built, because: &Because) -> Origin {
    let image = &built.pod.image;
    let rule = |name| Origin::rule(name, image.origin);
    match because {
        Because::Option(word) => {
            let mut said = built.build.said.iter();
            said.find(|said| said.value == *word)
                .map_or(rule("versions of recipes"), |said| Origin::said(said.span))
        }
        Because::Argument(name) => {
            let mut arguments = built.build.arguments.iter();
            arguments
                .find(|entry| entry.key == *name)
                .map_or(rule("recipe"), |entry| Origin {
                    also: entry.value.places().collect(),
                    ..Origin::said(entry.origin)
                })
        }
        Because::Contract("port") => {
            let port = built.tier.and_then(|tier| tier.ports.first());
            Origin::rule("contract", port.map_or(image.origin, |port| port.origin))
        }
        Because::Contract("health") => {
            let probes = built.tier.and_then(|tier| tier.probes.as_ref());
            let probe = probes.and_then(|it| it.readiness.as_ref().or(it.liveness.as_ref()));
            Origin::rule("contract", probe.map_or(image.origin, |probe| probe.origin))
        }
        Because::Contract(part) => {
            let said = &built.pod.said;
            let places: Vec<_> = match *part {
                "user" => said.user.into_iter().collect(),
                "command" => built.pod.command.iter().map(|word| word.span).collect(),
                "writable" => said.writable.iter().map(|folder| folder.span).collect(),
                _ => Vec::new(),
            };
            let causes: Vec<_> = places.into_iter().map(Origin::said).collect();
            joined(&causes, "contract", image.origin)
        }
        Because::Label => Origin {
            also: vec![built.version],
            ..rule("labels")
        },
        Because::Recipe => rule("recipe"),
        Because::Frame => rule("header"),
    }
}

/// The path and the origin of a line of `bake.json`. `keys` are those that lead to the line before.
pub(super) fn of_bake(
    keys: &mut Vec<String>,
    line: &str,
    built: &[Built],
    app: Span,
) -> (String, Origin) {
    let depth = (line.len() - line.trim_start().len()) / 2;
    keys.truncate(depth.saturating_sub(1));
    let key = line.trim_start().strip_prefix('"');
    if let Some((key, _)) = key.and_then(|line| line.split_once("\": ")) {
        keys.push(key.to_owned());
    }
    let of = |name: &String| built.iter().find(|one| one.name == name);
    let rule = Origin::rule("bake", app);
    let origin = match keys.as_slice() {
        [first, name, rest @ ..] if first == "target" => match of(name) {
            Some(one) => of_target(*one, rest),
            None => rule,
        },
        _ => rule,
    };
    (keys.join("."), origin)
}

fn of_target(one: Built, rest: &[String]) -> Origin {
    let place = one.pod.image.origin;
    let words: Vec<_> = rest.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["args", name] => cause(one, &Because::Argument((*name).to_owned())),
        ["args"] => {
            let arguments = one.build.arguments.iter();
            let causes: Vec<_> = arguments.map(|entry| Origin::said(entry.origin)).collect();
            joined(&causes, "recipe", place)
        }
        ["secret", ..] => {
            let secrets = one.build.secrets.iter();
            let causes: Vec<_> = secrets.map(|it| Origin::said(it.span)).collect();
            joined(&causes, "bake", place)
        }
        ["context", ..] => Origin::said(place),
        ["dockerfile", ..] => told(one, "file"),
        ["target", ..] => told(one, "stage"),
        ["platforms", ..] => {
            let said = one.build.platforms.iter();
            let causes: Vec<_> = said.map(|it| Origin::said(it.span)).collect();
            joined(&causes, "bake", place)
        }
        ["tags", ..] => Origin {
            also: one.pod.image.named_by.clone(),
            ..Origin::rule("names", place)
        },
        _ => Origin::rule("bake", place),
    }
}

/// What an option says, if it is said.
fn told(one: Built, word: &str) -> Origin {
    let mut said = one.build.said.iter();
    let said = said.find(|said| said.value == word);
    said.map_or(Origin::rule("bake", one.pod.image.origin), |said| {
        Origin::said(said.span)
    })
}

#[cfg(test)]
mod tests {
    use super::of_bake;
    use crate::ir::sample;

    #[test]
    fn lines_of_json_have_paths() {
        let text = "{\n  \"a\": {\n    \"b\": [\n      \"x: y\"\n    ],\n    \"c\": \"d\"\n  },\n  \"e\": {}\n}";
        let mut keys = Vec::new();
        let paths = text
            .lines()
            .map(|line| of_bake(&mut keys, line, &[], sample::place()).0);
        let expected = ["", "a", "a.b", "a.b", "a", "a.c", "", "e", ""];
        assert_eq!(paths.collect::<Vec<_>>(), expected);
    }
}
