//! Reading a source file: any bytes.

use super::Failure;
use super::output::{reason, shown};
use super::read::{self, bounds};
use crate::diag::{Code, Diagnostic, printable};
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::holds_values;
use std::io;
use std::path::{Path, PathBuf};

/// A source file.
pub(super) struct Input {
    /// The file as the user calls it.
    pub(super) name: String,
    /// Its name alone, fit for a comment line of generated files.
    pub(super) file_name: String,
    /// The file as a reference of RFC 3986.
    pub(super) uri: String,
    /// Its path; `None` for standard input.
    pub(super) path: Option<PathBuf>,
    /// The folder that paths in the text are relative to.
    pub(super) folder: PathBuf,
    /// The text, as `FileId(0)`.
    pub(super) sources: SourceMap,
    /// What is wrong with the bytes; then the text has replacement characters.
    pub(super) fault: Option<Diagnostic>,
}

impl Input {
    /// The whole text.
    pub(super) fn text(&self) -> &str {
        self.sources.get(FileId(0)).map_or("", |file| &file.text)
    }

    /// The same file with another text.
    pub(super) fn with_text(self, text: String) -> Self {
        Input {
            sources: SourceMap::single(&self.name, text),
            ..self
        }
    }
}

/// Whether a path on the command line stands for standard input.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads a file, or standard input.
pub(super) fn source(path: &Path) -> Result<Input, Failure> {
    if is_standard_input(path) {
        let bytes = read::bounded(io::stdin().lock(), bounds::SOURCE)
            .map_err(|why| unreadable("standard input", &why))?;
        return Ok(input(
            "<stdin>",
            uri(Path::new("<stdin>")),
            "standard input",
            None,
            PathBuf::from("."),
            bytes,
        ));
    }
    let name = path.display().to_string();
    let bytes = read::any(path, bounds::SOURCE)
        .map_err(|why| unreadable(&format!("`{}`", shown(path)), &why))?;
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    let file_name = printable(&file_name).replace(['\n', '\t'], " ");
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let own = Some(path.to_owned());
    Ok(input(&name, uri(path), &file_name, own, folder, bytes))
}

/// A path as a reference of RFC 3986: each byte that may not stand in one is escaped.
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    if path.is_absolute() {
        uri.push_str("file://");
    }
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(*byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            _ => uri.extend(["%", &format!("{byte:02X}")]),
        }
    }
    uri
}

fn unreadable(what: &str, why: &io::Error) -> Failure {
    Failure::new(format!("can't read {what}: {}", reason(why)))
}

fn input(
    name: &str,
    uri: String,
    file_name: &str,
    path: Option<PathBuf>,
    folder: PathBuf,
    bytes: Vec<u8>,
) -> Input {
    let (text, fault) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let mut fault = not_utf8(error.as_bytes(), at);
            if holds_values(&text) {
                fault = fault.mask(Span::new(FileId(0), 0..text.len()));
            }
            (text, Some(fault))
        }
    };
    Input {
        name: name.to_owned(),
        uri,
        file_name: file_name.to_owned(),
        path,
        folder,
        sources: SourceMap::single(name, text),
        fault,
    }
}

/// What to say of bytes that are no UTF-8 from `at` on; in the text a replacement stands there.
fn not_utf8(bytes: &[u8], at: usize) -> Diagnostic {
    let span = Span::new(FileId(0), at..at + '\u{fffd}'.len_utf8());
    let byte = bytes.get(at).copied().unwrap_or_default();
    let help = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "it looks like UTF-16: save it as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    Diagnostic::new(Code::NotUtf8, span, "the file is not UTF-8 text")
        .label(format!("the byte 0x{byte:02x} fits no character here"))
        .help(help)
}
