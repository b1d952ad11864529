//! Files beside the source: what can be read, and what of it a tier mounts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::catalog::bounds::MOST_CONFIG;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::check::types::texts;
use crate::check::values::storage::{Mounts, bare};
use crate::diag::{Code, Diagnostic};
use crate::ir::{FileContent, FileMap, Identity, MountedFile, UniqueNames};
use crate::syntax::ast::{self, Name};

/// Most bytes of a ConfigMap's key (apimachinery's `DNS1123SubdomainMaxLength`).
const LONGEST_KEY: usize = 253;

/// The bytes of a file; complains where there are none.
pub(in crate::check) fn bytes<'a>(
    file: &Name,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Option<&'a [u8]> {
    read(file, scope).map_err(|fault| found.push(*fault)).ok()
}

/// The bytes of a file, or why there are none.
fn read<'a>(file: &Name, scope: &Scope<'a>) -> Result<&'a [u8], Box<Diagnostic>> {
    let path = file.value.as_str();
    if let Some(fault) = texts::relative_fault(path) {
        let message = format!("`{path}` can't be read: {fault}");
        let diagnostic = Diagnostic::new(Code::InvalidPath, file.span, message);
        return Err(Box::new(diagnostic.help(
            "write the path of a file below this file's folder: \"./nginx.conf\"",
        )));
    }
    let why = match scope.files.get(path) {
        Some(Ok(bytes)) => return Ok(bytes),
        Some(Err(why)) => why,
        None => "nobody read it",
    };
    let message = format!("can't read `{path}`: {why}");
    let diagnostic = Diagnostic::new(Code::UnreadableFile, file.span, message);
    Err(Box::new(
        diagnostic.help("write the path as seen from this file's folder"),
    ))
}

/// A file that a pod mounts, where it is known whose ConfigMap holds it.
pub(in crate::check) struct Mounted<'a> {
    said: &'a ast::MountedFile,
    file: &'a Name,
    path: &'a Name,
    bytes: &'a [u8],
}

/// The files that a tier, job or database mounts.
pub(in crate::check) fn mounted<'a>(
    all: &'a [ast::MountedFile],
    mounts: &mut Mounts,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Mounted<'a>> {
    let mut files = Vec::new();
    for said in all {
        match resolve(said, mounts, scope) {
            Ok(file) => files.extend(file),
            Err(faults) => found.extend(faults),
        }
    }
    files
}

/// What one statement mounts, or all that is wrong with it. Nothing, where a part of it couldn't be
/// read.
fn resolve<'a>(
    said: &'a ast::MountedFile,
    mounts: &mut Mounts,
    scope: &Scope<'a>,
) -> Result<Option<Mounted<'a>>, Vec<Diagnostic>> {
    let path = said.path.as_ref();
    let free = path.map(|path| mounts.take_for_file(path));
    let bytes = said.file.as_ref().map(|file| read(file, scope));
    let (bytes, unread) = match bytes {
        Some(Ok(bytes)) => (Some(bytes), None),
        Some(Err(fault)) => (None, Some(fault)),
        None => (None, None),
    };
    let faults = free.and_then(Result::err).into_iter().chain(unread);
    let faults: Vec<_> = faults.map(|fault| *fault).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let all = said.file.as_ref().zip(path).zip(bytes);
    Ok(all.map(|((file, path), bytes)| Mounted {
        said,
        file,
        path,
        bytes,
    }))
}

/// Those of the tier behind `from`, where nothing else stands. What is wrong with them is said
/// there.
pub(in crate::check) fn inherited<'a>(
    base: &'a ast::Tier,
    mounts: &mut Mounts,
    scope: &Scope<'a>,
) -> Vec<Mounted<'a>> {
    let all = base.files.iter();
    all.filter_map(|said| resolve(said, mounts, scope).ok().flatten())
        .collect()
}

/// The ConfigMap of a pod's files.
pub(in crate::check) fn map(
    id: &Identity,
    mounted: Vec<Mounted<'_>>,
    found: &mut Findings,
) -> Option<FileMap> {
    let mut files: Vec<MountedFile> = Vec::new();
    let mut keys = UniqueNames::default();
    let mut size = 0;
    for it in mounted {
        let fitted = size <= MOST_CONFIG;
        size += it.bytes.len();
        if fitted && size > MOST_CONFIG {
            found.push(too_large(it.file, it.bytes.len(), size));
        }
        files.push(MountedFile {
            key: keys.free(&key(&it.file.value), LONGEST_KEY),
            source: it.file.value.clone(),
            path: bare(&it.path.value),
            content: content(it.bytes),
            origin: it.said.span,
        });
    }
    let origin = files.first()?.origin;
    Some(FileMap {
        name: format!("{}-files", id.workload),
        files,
        origin,
    })
}

fn too_large(file: &Name, length: usize, size: usize) -> Diagnostic {
    let message = if length > MOST_CONFIG {
        format!(
            "`{}` is {length} bytes, and a ConfigMap holds {MOST_CONFIG}",
            file.value
        )
    } else {
        format!(
            "with `{}` the files at this place are {size} bytes, and a ConfigMap holds {MOST_CONFIG}",
            file.value
        )
    };
    Diagnostic::new(Code::TooLarge, file.span, message)
        .help("put it into the image, or into a volume")
}

fn content(bytes: &[u8]) -> FileContent {
    match str::from_utf8(bytes) {
        Ok(text) => FileContent::Text(text.to_owned()),
        Err(_) => FileContent::Base64(STANDARD.encode(bytes)),
    }
}

/// A key after the file's name. It begins with no dot: `..` would be refused.
fn key(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let name: String = name
        .trim_start_matches('.')
        .chars()
        .map(|c| if known(c) { c } else { '-' })
        .collect();
    if name.is_empty() {
        "file".to_owned()
    } else {
        name
    }
}
