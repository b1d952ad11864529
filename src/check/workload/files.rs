//! Files beside the source: what can be read, and what of it a tier mounts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::catalog::bounds::MOST_CONFIG;
use crate::check::findings::Findings;
use crate::check::names::scope::{Scope, Shared};
use crate::check::names::secrets;
use crate::check::types::texts;
use crate::check::values::storage::{Mounts, bare};
use crate::diag::{Code, Diagnostic};
use crate::ir::{FileContent, FileMap, Identity, MountedFile, SecretFile, SecretRef, UniqueNames};
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
struct Mounted<'a> {
    said: &'a ast::MountedFile,
    file: &'a Name,
    path: &'a Name,
    bytes: &'a [u8],
}

/// The files that a tier, job or database mounts.
#[derive(Default)]
pub(in crate::check) struct MountedFiles<'a> {
    beside: Vec<Mounted<'a>>,
    secrets: Vec<SecretFile>,
}

impl<'a> MountedFiles<'a> {
    /// Those that are said.
    pub(in crate::check) fn of(
        all: &'a [ast::MountedFile],
        mounts: &mut Mounts,
        scope: &Scope<'a>,
        found: &mut Findings,
    ) -> Self {
        let mut files = MountedFiles::default();
        for said in all {
            if let Some(name) = &said.secret {
                may_be_a_file(name, scope, found);
            }
            found.extend(files.add(said, mounts, scope));
        }
        files
    }

    /// Adds those of the tier behind `from`, where nothing else stands. What is wrong with them is said
    /// there.
    pub(in crate::check) fn inherit(
        &mut self,
        base: &'a ast::Tier,
        mounts: &mut Mounts,
        scope: &Scope<'a>,
    ) {
        for said in &base.files {
            let _said_there = self.add(said, mounts, scope);
        }
    }

    /// Adds what one statement mounts, and returns what is wrong with its path and its file. Nothing is
    /// added where a part of it couldn't be read.
    fn add(
        &mut self,
        said: &'a ast::MountedFile,
        mounts: &mut Mounts,
        scope: &Scope<'a>,
    ) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let mut free = None;
        if let Some(path) = &said.path {
            match mounts.take_for_file(path) {
                Ok(()) => free = Some(path),
                Err(fault) => faults.push(*fault),
            }
        }
        if let (Some(name), Some(path)) = (&said.secret, free)
            && let Some(key) = key_of(name, scope)
        {
            self.secrets.push(SecretFile {
                name: name.value.clone(),
                key,
                path: bare(&path.value),
                origin: said.span,
            });
        }
        match said.file.as_ref().map(|file| (file, read(file, scope))) {
            Some((file, Ok(bytes))) => {
                self.beside.extend(free.map(|path| Mounted {
                    said,
                    file,
                    path,
                    bytes,
                }));
            }
            Some((_, Err(fault))) => faults.push(*fault),
            None => {}
        }
        faults
    }

    /// The names of the shared secrets among them.
    pub(in crate::check) fn secrets_read(&self) -> impl Iterator<Item = String> {
        self.secrets.iter().map(|file| file.name.clone())
    }

    /// The ConfigMap of those beside the source, and those that are secrets.
    pub(in crate::check) fn lower(
        self,
        id: &Identity,
        found: &mut Findings,
    ) -> (Option<FileMap>, Vec<SecretFile>) {
        (map(id, self.beside, found), self.secrets)
    }
}

/// The key of a shared secret that is always there.
fn key_of(name: &Name, scope: &Scope<'_>) -> Option<SecretRef> {
    match scope.shared.get(name.value.as_str())? {
        Shared::Secret(secret) => secrets::reference(secret, &scope.secret_name),
        Shared::Config(_) => None,
    }
    .filter(|key| !key.optional)
}

/// Complains of a name that isn't a shared secret's, and of a secret that may be missing: the kubelet would put
/// an empty folder at the path.
fn may_be_a_file(name: &Name, scope: &Scope<'_>, found: &mut Findings) {
    if name.value.is_empty() {
        let message = "expected the name of a secret after `secret.`";
        let diagnostic = Diagnostic::new(Code::Expected, name.span, message);
        found.push(diagnostic.help("name one that the top level declares: `secret.TLS_KEY`"));
        return;
    }
    let Some((key, declared)) = secrets::shared_ref(name, scope, found) else {
        return;
    };
    if key.optional {
        let message = format!(
            "the secret `{}` is optional, and a file must be there",
            name.value
        );
        found.push(
            Diagnostic::new(Code::OptionalFile, name.span, message)
                .label("where it is missing, Kubernetes puts an empty folder")
                .also(declared, "declared here")
                .help("delete `optional` there, or give the secret to the container as a variable, in `env`"),
        );
    }
}

/// The ConfigMap of a pod's files.
fn map(id: &Identity, mounted: Vec<Mounted<'_>>, found: &mut Findings) -> Option<FileMap> {
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
