//! Objects of other kinds: files that are written as they are. What stands in them is for the backend
//! to judge.

use super::files;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::ir::{ObjectFile, UniqueNames};
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
    let mut names = UniqueNames::default();
    for path in said {
        let Some(bytes) = files::bytes(path, scope, found) else {
            continue;
        };
        match str::from_utf8(bytes) {
            Ok(text) => {
                let text = text.trim_start_matches('\u{FEFF}');
                let (definitions, only_defines) = definitions(text);
                files.push(ObjectFile {
                    name: names.free(&stem(&path.value), LONGEST_NAME),
                    path: path.value.clone(),
                    text: text.to_owned(),
                    definitions,
                    only_defines,
                    origin: path.span,
                });
            }
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = before.split(|byte| *byte == b'\n').count();
                let message = format!("`{}`: line {line} isn't UTF-8 text", path.value);
                let diagnostic = Diagnostic::new(Code::InvalidYaml, path.span, message);
                found.push(diagnostic.help("save the file as UTF-8"));
            }
        }
    }
    files
}

/// The kind of what defines kinds.
const DEFINITION: &str = "CustomResourceDefinition";

/// The names of the definitions of kinds in a text, and whether it holds nothing else.
fn definitions(text: &str) -> (Vec<String>, bool) {
    // To read a text takes longer than to see that the word isn't in it.
    if !text.contains(DEFINITION) {
        return (Vec::new(), false);
    }
    let documents = yaml::parse(text).documents;
    let is_definition = |it: &&Marked| it.get("kind").and_then(Marked::as_text) == Some(DEFINITION);
    let only = !documents.is_empty() && documents.iter().all(|it| is_definition(&it));
    let names = documents.iter().filter(is_definition).filter_map(|it| {
        let name = it.get("metadata")?.get("name")?.as_text()?;
        Some(name.to_owned())
    });
    (names.collect(), only)
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
