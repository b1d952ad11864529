//! Objects of other kinds: files of YAML that are written as they are.

use super::fields;
use super::files;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Names, Object, ObjectFile};
use crate::syntax::ast;
use crate::yaml::{self, At, Node};

/// The longest name of a file that is written: with what stands around it, file systems take it.
const LONGEST_NAME: usize = 200;

/// The files that the application and its target name.
pub(in crate::check) fn lower(
    file: &ast::File,
    target: Option<&ast::Target>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Vec<ObjectFile> {
    let there = target.into_iter().flat_map(|target| &target.objects);
    let mut files: Vec<ObjectFile> = Vec::new();
    let mut names = Names::default();
    for path in file.objects.iter().chain(there) {
        let Some(bytes) = files::bytes(path, scope, found) else {
            continue;
        };
        match read(bytes) {
            Ok((text, objects)) => files.push(ObjectFile {
                name: names.free(&stem(&path.value), LONGEST_NAME),
                path: path.value.clone(),
                text,
                objects,
                origin: path.span,
            }),
            Err(fault) => {
                let Fault {
                    code,
                    message,
                    help,
                } = fault;
                let message = format!("`{}`: {message}", path.value);
                found.push(Diagnostic::new(code, path.span, message).help(help));
            }
        }
    }
    files
}

struct Fault {
    code: Code,
    message: String,
    help: &'static str,
}

/// A fault of the YAML or of an object.
fn wrong(message: String, help: &'static str) -> Fault {
    Fault {
        code: Code::InvalidYaml,
        message,
        help,
    }
}

/// The text of a file, and what its objects are called.
fn read(bytes: &[u8]) -> Result<(String, Vec<Object>), Fault> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        wrong(
            format!("line {line} is no UTF-8 text"),
            "save the file as UTF-8",
        )
    })?;
    let text = text.trim_start_matches('\u{FEFF}');
    let documents = yaml::parse(text, &of_metadata).map_err(|fault| {
        let message = format!("line {}: {}", fault.line, fault.message);
        wrong(message, "write YAML that `kubectl apply -f` takes")
    })?;
    if let Some(line) = text.lines().position(|line| line.starts_with('%')) {
        let message = format!(
            "line {} is a directive, which kubectl doesn't read",
            line + 1
        );
        return Err(wrong(message, "delete it"));
    }
    if documents.is_empty() {
        let help = "write an object with `apiVersion`, `kind` and `metadata.name`";
        return Err(wrong("it holds no object".to_owned(), help));
    }
    let objects = documents.iter().zip(1..);
    let objects = objects.map(|(document, number)| object(document, number));
    Ok((text.to_owned(), objects.collect::<Result<_, _>>()?))
}

/// What no object may say of itself, whatever its kind.
fn of_metadata(path: &[String], at: At<'_>) -> Option<String> {
    match path.split_first() {
        Some((first, below)) if first == "metadata" => fields::of_metadata(below, at),
        _ => None,
    }
}

/// What a document is called; `number` is its place in the file, from 1.
fn object(document: &Node, number: usize) -> Result<Object, Fault> {
    let metadata = document.get("metadata");
    let text = |node: Option<&Node>| {
        let text = node.and_then(Node::as_text);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let missing = |field: &str| {
        let message = format!("object {number} has no `{field}`");
        let help = "an object says its `apiVersion`, `kind` and `metadata.name`";
        wrong(message, help)
    };
    let version = text(document.get("apiVersion")).ok_or_else(|| missing("apiVersion"))?;
    let kind = text(document.get("kind")).ok_or_else(|| missing("kind"))?;
    if version == "v1" && kind.ends_with("List") {
        let message = format!("object {number} is a {kind}");
        return Err(wrong(
            message,
            "write its items as documents, apart by `---`",
        ));
    }
    if version == "v1" && kind == "Secret" {
        return Err(Fault {
            code: Code::SecretExposed,
            message: format!("object {number} is a Secret, whose values anyone could read"),
            help: "declare its keys instead: `secret NAME from env`",
        });
    }
    let name = text(metadata.and_then(|it| it.get("name")));
    Ok(Object {
        kind,
        name: name.ok_or_else(|| missing("metadata.name"))?,
        namespace: text(metadata.and_then(|it| it.get("namespace"))),
    })
}

/// A name after the file's.
fn stem(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let lower = stem.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        "object".to_owned()
    } else {
        words.join("-")
    }
}
