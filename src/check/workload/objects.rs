//! Objects of other kinds: files of YAML that are written as they are.

mod contents;
mod stream;

use super::files;
use super::refusals::folded;
use crate::catalog::fields::spelled;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Names, Object, ObjectFile};
use crate::source::LineIndex;
use crate::syntax::ast::Name;
use crate::yaml::{self, Marked};

/// The longest name of a file that is written: with what stands around it, file systems take it.
const LONGEST_NAME: usize = 200;

/// The files that the application and its target name.
pub(in crate::check) fn lower(
    said: &[&Name],
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Vec<ObjectFile> {
    let mut files: Vec<ObjectFile> = Vec::new();
    let mut names = Names::default();
    for path in said {
        let Some(bytes) = files::bytes(path, scope, found) else {
            continue;
        };
        let mut faults = Vec::new();
        let read = read(bytes, &mut faults);
        for Fault {
            code,
            message,
            help,
        } in faults
        {
            let message = format!("`{}`: {message}", path.value);
            found.push(Diagnostic::new(code, path.span, message).help(help));
        }
        if let Some((text, objects)) = read {
            files.push(ObjectFile {
                name: names.free(&stem(&path.value), LONGEST_NAME),
                path: path.value.clone(),
                text,
                objects,
                origin: path.span,
            });
        }
    }
    files
}

/// The text of a file, and what its objects are called.
fn read(bytes: &[u8], faults: &mut Vec<Fault>) -> Option<(String, Vec<Object>)> {
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.split(|byte| *byte == b'\n').count();
            let message = format!("line {line} isn't UTF-8 text");
            faults.push(wrong(message, "save the file as UTF-8"));
            return None;
        }
    };
    let text = text.trim_start_matches('\u{FEFF}');
    stream::check(text, faults);
    let lines = LineIndex::new(text);
    let parsed = yaml::parse(text);
    for fault in parsed.faults {
        let line = 1 + lines.line(fault.place.start);
        let message = format!("line {line}: {}", fault.message);
        faults.push(wrong(message, "write YAML that `kubectl apply -f` takes"));
    }
    if parsed.documents.is_empty() && faults.is_empty() {
        let help = "write an object with `apiVersion`, `kind` and `metadata.name`";
        faults.push(wrong("it holds no object".to_owned(), help));
    }
    let mut objects = Vec::new();
    for (document, number) in parsed.documents.iter().zip(1..) {
        contents::check(document, &lines, faults);
        match named(document, number) {
            Ok(object) => objects.push(object),
            Err(fault) => faults.push(fault),
        }
    }
    faults.is_empty().then(|| (text.to_owned(), objects))
}

/// What a document is called; `number` is its place in the file, from 1.
fn named(document: &Marked, number: usize) -> Result<Object, Fault> {
    let metadata = document.get("metadata");
    let text = |value: Option<&Marked>| {
        let text = value.and_then(Marked::as_text);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let missing = |field: &str| {
        let message = format!("object {number} has no `{field}`");
        let help = "an object says its `apiVersion`, `kind` and `metadata.name`";
        wrong(message, help)
    };
    let version = text(document.get("apiVersion")).ok_or_else(|| missing("apiVersion"))?;
    let kind = text(document.get("kind")).ok_or_else(|| missing("kind"))?;
    // kubectl takes `/v1` for `v1`, and the kinds of either.
    let is_core = !version.trim_start_matches('/').contains('/');
    if is_core && folded(&kind).ends_with("LIST") {
        let message = format!("object {number} is a {kind}");
        return Err(wrong(message, SPLIT));
    }
    if document
        .entries()
        .iter()
        .any(|it| folded(&it.key) == "ITEMS")
    {
        let message =
            format!("object {number} has `items`, and kubectl takes it for a list of objects");
        return Err(wrong(message, SPLIT));
    }
    if is_core && folded(&kind) == "SECRET" {
        return Err(Fault {
            code: Code::SecretExposed,
            message: format!("object {number} is a Secret, whose values anyone could read"),
            help: "declare its keys instead: `secret NAME from env`",
        });
    }
    if let Some(right) = spelled(&kind).filter(|right| *right != kind) {
        let message = format!("object {number}: `{kind}` isn't a kind, and `{right}` is one");
        return Err(wrong(message, "write the kind as Kubernetes does"));
    }
    let name = text(metadata.and_then(|it| it.get("name")));
    Ok(Object {
        kind,
        name: name.ok_or_else(|| missing("metadata.name"))?,
        namespace: text(metadata.and_then(|it| it.get("namespace"))),
    })
}

const SPLIT: &str = "write its items as documents, apart by `---`";

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

/// What is wrong with a file.
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
