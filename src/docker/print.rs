//! Writes a Dockerfile. This is the one place that knows its syntax and quotes.

use super::lint::{BUILDKIT, HADOLINT};
use super::{Because, DockerValue, Dockerfile, Healthcheck, Instruction, Mount, Stage, ValuePart};

/// What stands between the lines of one instruction.
const CONTINUED: &str = " \\\n    ";

/// The text of a Dockerfile.
///
/// Dockerfiles have no way to write a line break or another control character in a comment, a
/// label or a variable. None comes here from a checked source; a space stands for it.
#[must_use]
pub fn print(file: &Dockerfile) -> String {
    let mut header = format!("# {}", one_line(&file.header));
    if BUILDKIT.is_mistaken(file) || HADOLINT.is_mistaken(file) {
        header += "\n# A rule about secrets is off: all names that it would report are public.";
    }
    let head = [directives(file), header];
    let paragraphs = head.into_iter().chain(file.stages.iter().map(print_stage));
    join(paragraphs, "\n\n") + "\n"
}

/// What a line is there for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineReason {
    /// The line; the first is 1.
    pub line: usize,
    /// The stage that it is in, by its number; `None` above all stages.
    pub stage: Option<usize>,
    /// The instruction of that stage that it is a line of; `None` for the stage's own first lines.
    pub instruction: Option<usize>,
    /// What it is there for.
    pub because: Vec<Because>,
}

/// The same as [`print()`] with what each line is there for, in order.
#[must_use]
pub fn print_with_reasons(file: &Dockerfile) -> (String, Vec<LineReason>) {
    let text = print(file);
    let mut marks = Vec::new();
    let mut mark = |lines: usize, stage, instruction, because: &[Because]| {
        for _ in 0..lines {
            marks.push(LineReason {
                line: marks.len() + 1,
                stage,
                instruction,
                because: because.to_vec(),
            });
        }
    };
    let of_stages = file
        .stages
        .iter()
        .map(|stage| lines(&print_stage(stage)) + 1);
    let head = lines(&text).saturating_sub(1 + of_stages.sum::<usize>());
    mark(head, None, None, &[Because::Frame]);
    for (at, stage) in file.stages.iter().enumerate() {
        // An empty line, a comment and `FROM`.
        mark(3, Some(at), None, &[Because::Recipe]);
        for (number, instruction) in stage.instructions.iter().enumerate() {
            let lines = lines(&print_instruction(instruction));
            mark(lines, Some(at), Some(number), &instruction.reasons());
        }
    }
    (text, marks)
}

/// How many lines a text has, of which the last one may lack its end.
fn lines(text: &str) -> usize {
    text.matches('\n').count() + 1
}

/// The lines that tools read before anything else; BuildKit heeds its own at the very top alone.
fn directives(file: &Dockerfile) -> String {
    let skip = if BUILDKIT.is_mistaken(file) {
        "skip=SecretsUsedInArgOrEnv;"
    } else {
        ""
    };
    // Above the one argument that it is about, the pragma would be read as that argument's help.
    let pragma = if HADOLINT.is_mistaken(file) {
        "\n# hadolint global ignore=DL3064"
    } else {
        ""
    };
    let frontend = one_line(&file.frontend);
    format!("# syntax={frontend}\n# check={skip}error=true{pragma}")
}

fn print_stage(stage: &Stage) -> String {
    let Stage {
        name,
        from,
        native,
        help,
        instructions,
    } = stage;
    let platform = if *native {
        "--platform=$BUILDPLATFORM "
    } else {
        ""
    };
    let head = format!("# {name} {help}\nFROM {platform}{from} AS {name}");
    let instructions = instructions.iter().map(print_instruction);
    join(std::iter::once(head).chain(instructions), "\n")
}

fn print_instruction(instruction: &Instruction) -> String {
    match instruction {
        Instruction::For(instruction, _) => print_instruction(instruction),
        Instruction::Comment(comment) => format!("# {comment}"),
        Instruction::Arg { name, help, .. } => format!("# {name} {help}\nARG {name}"),
        Instruction::Env(variables) => {
            let pairs = variables
                .iter()
                .map(|(name, value)| format!("{name}={}", print_value(value)));
            format!("ENV {}", join(pairs, CONTINUED))
        }
        Instruction::Label(labels) => {
            let pairs = labels
                .iter()
                .map(|(name, value)| format!("{name}=\"{}\"", escape(value)));
            format!("LABEL {}", join(pairs, CONTINUED))
        }
        Instruction::Workdir(path) => format!("WORKDIR {path}"),
        Instruction::Copy {
            from,
            sources,
            target,
            owner,
        } => {
            let from = from.iter().map(|from| format!("--from={from}"));
            let owner = owner.iter().map(|id| format!("--chown={id}:{id}"));
            let paths = [sources.as_slice(), std::slice::from_ref(target)].concat();
            let paths = print_paths(&paths);
            let copy = std::iter::once("COPY".to_owned());
            join(copy.chain(from).chain(owner).chain([paths]), " ")
        }
        Instruction::Run { mounts, commands } => {
            let mounts = mounts.iter().map(print_mount);
            let commands = join(commands.iter().map(|words| shell(words)), " \\\n    && ");
            format!(
                "RUN {}",
                join(mounts.chain(std::iter::once(commands)), CONTINUED)
            )
        }
        Instruction::Write { path, lines } => {
            let start = std::iter::once(r"printf '%s\n'".to_owned());
            let lines = lines.iter().map(|line| shell(std::slice::from_ref(line)));
            let lines = start.chain(lines).chain([format!("> {path}")]);
            format!("RUN {}", join(lines, CONTINUED))
        }
        Instruction::User(id) => format!("USER {id}:{id}"),
        Instruction::Expose(port) => format!("EXPOSE {port}"),
        Instruction::Healthcheck(check) => print_healthcheck(check),
        Instruction::StopSignal(signal) => format!("STOPSIGNAL {signal}"),
        Instruction::Cmd(words) => format!("CMD {}", json(words)),
        Instruction::Entrypoint(words) => format!("ENTRYPOINT {}", json(words)),
    }
}

/// The paths of a `COPY`: bare, or as JSON where one of them must be quoted.
fn print_paths(paths: &[String]) -> String {
    let plain = |path: &String| path.chars().all(|c| is_plain(c) || c == '*');
    if paths.iter().all(plain) {
        paths.join(" ")
    } else {
        json(paths)
    }
}

fn print_mount(mount: &Mount) -> String {
    match mount {
        Mount::Cache { id, target, locked } => {
            let sharing = if *locked { ",sharing=locked" } else { "" };
            let id = id.replace(|c: char| !is_plain(c) || c == ',', "-");
            format!("--mount=type=cache,id={id},target={target}{sharing}")
        }
        Mount::Bind { source, target } => {
            format!("--mount=type=bind,source={source},target={target}")
        }
        Mount::Secret { id, target } => {
            let place = match target {
                Some(target) => format!("target={target}"),
                None => format!("env={id}"),
            };
            format!("--mount=type=secret,id={id},{place},required=true")
        }
    }
}

fn print_healthcheck(check: &Healthcheck) -> String {
    let Healthcheck {
        interval,
        timeout,
        start_period,
        retries,
        command,
    } = check;
    format!(
        "HEALTHCHECK --interval={interval}s --timeout={timeout}s --start-period={start_period}s \
         --retries={retries}{CONTINUED}CMD {}",
        json(command)
    )
}

fn print_value(DockerValue(pieces): &DockerValue) -> String {
    let plain = pieces.iter().all(|piece| match piece {
        ValuePart::Text(text) => text.chars().all(is_plain),
        ValuePart::Variable(_) => true,
    });
    let written = pieces
        .iter()
        .map(|piece| match piece {
            ValuePart::Text(text) => escape(text),
            ValuePart::Variable(name) => format!("${{{name}}}"),
        })
        .collect::<String>();
    if plain && !written.is_empty() {
        written
    } else {
        format!("\"{written}\"")
    }
}

/// Text between double quotes, in `ENV` and `LABEL`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '"' | '\\' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A command for the shell.
fn shell(words: &[String]) -> String {
    let quoted = words.iter().map(|word| {
        if !word.is_empty() && word.chars().all(is_plain) {
            word.clone()
        } else if word.contains(['$', '`', '\'']) {
            // ShellCheck takes a `$` between single quotes for a mistake (SC2016).
            let word = one_line(word).replace('\\', r"\\").replace('"', "\\\"");
            format!("\"{}\"", word.replace('$', r"\$").replace('`', r"\`"))
        } else {
            format!("'{}'", one_line(word))
        }
    });
    join(quoted, " ")
}

/// A command that no shell runs, as a JSON array.
fn json(words: &[String]) -> String {
    let quoted = words.iter().map(|word| {
        let mut quoted = String::from("\"");
        for c in word.chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                c if c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric() => quoted.push(c),
                // It might act on a terminal, or turn the direction of what is read.
                c => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        quoted.extend([format!("\\u{unit:04x}")]);
                    }
                }
            }
        }
        quoted + "\""
    });
    format!("[{}]", join(quoted, ", "))
}

/// Characters that mean themselves to the shell and to the Dockerfile's own reader.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '_' | '.' | '/' | ':' | ',' | '@' | '+' | '=' | '%')
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn join(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests;
