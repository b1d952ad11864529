//! Objects of other kinds: files of YAML that are copied, and that `kubectl` must read as they look.

mod contents;
mod second_reader;
mod stream;

use super::refusals::folded;
use crate::catalog::fields::spelled;
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, ObjectFile};
use crate::source::LineIndex;
use crate::yaml::{self, Marked};

/// An object in a file that is copied.
pub(super) struct Copied<'a> {
    pub(super) file: &'a ObjectFile,
    pub(super) kind: String,
    pub(super) name: String,
    /// Its namespace, where it says one.
    pub(super) namespace: Option<String>,
}

/// The objects of all files in which nothing is wrong. Complains of the others.
pub(super) fn check<'a>(app: &'a App, found: &mut Bag) -> Vec<Copied<'a>> {
    let mut copies = Vec::new();
    for file in &app.objects {
        let mut faults = Vec::new();
        let objects = read(file, &mut faults);
        if faults.is_empty() {
            copies.extend(objects);
        }
        for fault in faults {
            let message = format!("`{}`: {}", file.path, fault.message);
            found.push(Diagnostic::new(fault.code, file.origin, message).help(fault.help));
        }
    }
    copies
}

/// What the objects of a file are called.
fn read<'a>(file: &'a ObjectFile, faults: &mut Vec<CopyFault>) -> Vec<Copied<'a>> {
    stream::check(&file.text, faults);
    let lines = LineIndex::new(&file.text);
    let parsed = yaml::parse(&file.text);
    for fault in parsed.faults {
        let line = 1 + lines.line(fault.place.start);
        let message = format!("line {line}: {}", fault.message);
        faults.push(wrong(message, "write YAML that `kubectl apply -f` takes"));
    }
    if faults.is_empty() {
        faults.extend(second_reader::fault(&file.text));
    }
    if parsed.documents.is_empty() && faults.is_empty() {
        let help = "write an object with `apiVersion`, `kind` and `metadata.name`";
        faults.push(wrong("it holds no object".to_owned(), help));
    }
    let mut objects = Vec::new();
    for (document, number) in parsed.documents.iter().zip(1..) {
        contents::check(document, &lines, faults);
        match named(file, document, number) {
            Ok(object) => objects.push(object),
            Err(fault) => faults.push(fault),
        }
    }
    objects
}

/// What a document is called; `number` is its place in the file, from 1.
fn named<'a>(
    file: &'a ObjectFile,
    document: &Marked,
    number: usize,
) -> Result<Copied<'a>, CopyFault> {
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
        return Err(CopyFault {
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
    Ok(Copied {
        file,
        kind,
        name: name.ok_or_else(|| missing("metadata.name"))?,
        namespace: text(metadata.and_then(|it| it.get("namespace"))),
    })
}

const SPLIT: &str = "write its items as documents, apart by `---`";

/// What is wrong with a file.
struct CopyFault {
    code: Code,
    message: String,
    help: &'static str,
}

/// A fault of the YAML or of an object.
fn wrong(message: String, help: &'static str) -> CopyFault {
    CopyFault {
        code: Code::InvalidYaml,
        message,
        help,
    }
}
