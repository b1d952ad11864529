//! `todoc pin`: the digests of images, asked of their registries by Docker.

use super::args::Judge;
use super::args::pin::Pin;
use super::output::{self, shown};
use super::report::Reporter;
use super::start::{complaint, output_within};
use super::{Failure, Status, build, contexts, count, disk, input, named};
use crate::backend::backend;
use crate::check::{digest_fault, pinned_lines};
use crate::diag::{Severity, on_one_line, printable};
use crate::source::Files;
use crate::{Options, Program};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How long the answer of one registry may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The command that asks a registry, without the image. It prints the digest of all platforms together, where
/// there are several.
const ASK: [&str; 6] = [
    "docker",
    "buildx",
    "imagetools",
    "inspect",
    "--format",
    "{{.Manifest.Digest}}",
];

/// Digests, by the images that have them.
type Digests = BTreeMap<String, String>;

/// Writes the digests of all images of registries that a program names, or none.
pub(super) fn run(args: &Pin) -> Result<Status, Failure> {
    const OUTCOME: &str = "; nothing was pinned";
    let mut reporter = Reporter::new(Judge::ERRORS_ALONE, false)?;
    let input = input::source(&args.file)?;
    if let Some(fault) = &input.fault {
        return Ok(reporter.add(&input, std::slice::from_ref(fault), &[], &[], OUTCOME));
    }
    let program = Program::parse(input.text());
    let app = program.parsed().file.app.as_ref();
    let said = app.and_then(|app| app.pins.as_ref());
    let said = said.map(|said| said.value.clone());
    let files_before = named::read(&input.folder, &program);
    let mut files = files_before.clone();
    let old = said
        .as_ref()
        .map(|path| set_aside(&mut files, &input.folder, path));
    // Images don't depend on keys of `config` that get their values when a chart is installed.
    let options = Options {
        check: backend("docker").into_iter().collect(),
        files,
        contexts: build::contexts(true, &input, &program)?,
        ..Options::default()
    };
    let compiled = program.compile_all(&options);
    let errors = compiled.diagnostics.iter();
    let errors: Vec<_> = errors
        .filter(|it| it.severity() == Severity::Error)
        .cloned()
        .collect();
    if !errors.is_empty() {
        return Ok(reporter.add(&input, &errors, &[], &[], OUTCOME));
    }
    let (Some(path), Some(old)) = (said, old) else {
        let name = on_one_line(&input.name);
        let failure = Failure::new(format!("`{name}` doesn't say where digests are kept"));
        return Err(failure.help("write `pins \"images.pins\"` into its `app`"));
    };
    let file = if input.folder == Path::new(".") {
        PathBuf::from(&path)
    } else {
        input.folder.join(&path)
    };
    let before = files_before.get(&path).and_then(|it| it.as_deref().ok());
    may_be_replaced(&file, before)?;
    let apps = compiled
        .builds
        .iter()
        .filter_map(|build| build.app.as_ref());
    let images = apps
        .filter_map(|app| app.pinned.as_ref())
        .flat_map(|it| &it.images);
    let images: BTreeSet<_> = images.collect();
    let mut new = Digests::new();
    let mut failed = Vec::new();
    for image in images {
        let kept = old.get(image).filter(|_| args.missing);
        match kept.map_or_else(|| digest(image), |digest| Ok(digest.clone())) {
            Ok(digest) => {
                new.insert(image.clone(), digest);
            }
            Err(Unknown::Image(why)) => failed.push(format!("  {image}: {why}")),
            Err(Unknown::All(failure)) => return Err(failure),
        }
    }
    if !failed.is_empty() {
        let what = count(failed.len(), "image");
        let message = format!(
            "can't get the digests of {what}, so nothing was written\n{}",
            failed.join("\n")
        );
        return Err(Failure::new(message).help(
            "see that the registries can be reached, and that `docker login` has been done where they ask for it",
        ));
    }
    let text = written(&input.file_name, &new);
    if fs::symlink_metadata(&file).is_ok() {
        disk::replace(&file, text.as_bytes())?;
    } else {
        disk::create(&file, text.as_bytes())?;
    }
    output::print(&told(&file, &old, &new))?;
    Ok(Status::Clean)
}

/// Takes what the file says now out of the files that are compiled: it may be wrong, or not be there yet.
fn set_aside(files: &mut Files, folder: &Path, path: &str) -> Digests {
    let empty = Ok(Vec::new());
    let stays = contexts::stays(path);
    let is_missing = || {
        let found = fs::symlink_metadata(folder.join(path));
        found.is_err_and(|why| why.kind() == ErrorKind::NotFound)
    };
    match files.get(path) {
        Some(Ok(bytes)) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            files.insert(path.to_owned(), empty);
            pinned_lines(&text).filter_map(|(_, pin)| pin).collect()
        }
        Some(Err(_)) if stays && is_missing() => {
            files.insert(path.to_owned(), empty);
            Digests::new()
        }
        _ => Digests::new(),
    }
}

/// How the first line of a file of digests begins.
const HEAD: &str = "# Digests of the images that ";

/// Refuses to write over a file that holds something else than digests, as the program itself does, and through a
/// link. `before` is what was read of the file.
fn may_be_replaced(file: &Path, before: Option<&[u8]>) -> Result<(), Failure> {
    let Ok(found) = fs::symlink_metadata(file) else {
        return Ok(());
    };
    let name = shown(file);
    if found.is_symlink() {
        let failure = Failure::new(format!("`{name}` is a link, and was left as it is"));
        return Err(failure.help("write the path of the file that it leads to behind `pins`"));
    }
    let text = String::from_utf8_lossy(before.unwrap_or_default());
    let has_pins = pinned_lines(&text).any(|(_, pin)| pin.is_some());
    if found.len() == 0 || text.starts_with(HEAD) || has_pins {
        return Ok(());
    }
    let failure = Failure::new(format!(
        "`{name}` isn't a file of digests, and was left as it is"
    ));
    Err(failure.help("write the path of another file behind `pins`, or delete this one"))
}

/// Why an image's digest isn't known.
enum Unknown {
    /// Of this image alone.
    Image(String),
    /// Of this, and of all others.
    All(Failure),
}

/// Asks the image's registry.
fn digest(image: &str) -> Result<String, Unknown> {
    let mut command = Command::new(ASK[0]);
    command.args(&ASK[1..]).arg(image).env("LC_ALL", "C");
    let ran = output_within(command, PATIENCE).map_err(|why| {
        if why.kind() == ErrorKind::NotFound {
            let failure =
                Failure::new("`docker` isn't installed, which asks registries for digests");
            return Unknown::All(failure.help(
                "install Docker with buildx, or write the file by hand: a line such as \
                 `nginx:1.29@sha256:…` for each image",
            ));
        }
        if why.kind() == ErrorKind::TimedOut {
            let seconds = PATIENCE.as_secs();
            return Unknown::Image(format!("no answer within {seconds} seconds"));
        }
        Unknown::Image(output::reason(&why))
    })?;
    let printed = String::from_utf8_lossy(&ran.stdout);
    let printed = printed.trim();
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        let said = said.lines().rfind(|line| !line.trim().is_empty());
        let said = said.unwrap_or("docker says nothing").trim();
        let said = said.strip_prefix("ERROR: ").unwrap_or(said);
        let named = format!("{image}: ");
        let said = said.strip_prefix(&named).unwrap_or(said);
        return Err(Unknown::Image(complaint(said)));
    }
    match digest_fault(printed) {
        None => Ok(printed.to_owned()),
        Some(_) => Err(Unknown::Image(
            "docker answers with something else than a digest".to_owned(),
        )),
    }
}

/// The file's text.
fn written(name: &str, digests: &Digests) -> String {
    let name = printable(name);
    let head = format!("{HEAD}{name} runs and builds on. `todoc pin {name}` asks for them anew.\n");
    let lines = digests.iter();
    let lines: Vec<_> = lines
        .map(|(image, digest)| format!("{image}@{digest}\n"))
        .collect();
    head + &lines.concat()
}

/// What became of each image.
fn told(file: &Path, old: &Digests, new: &Digests) -> String {
    let width = new.keys().chain(old.keys()).map(String::len).max();
    let width = width.unwrap_or_default();
    let mut lines = Vec::new();
    let mut changes = 0;
    for (image, digest) in new {
        let what = match old.get(image) {
            None => "new",
            Some(before) if before == digest => "as before",
            Some(_) => "changed",
        };
        changes += usize::from(what != "as before");
        lines.push(format!("  {image:width$}  {what}\n"));
    }
    for image in old.keys().filter(|image| !new.contains_key(*image)) {
        changes += 1;
        lines.push(format!("  {image:width$}  dropped: nothing uses it\n"));
    }
    let lines = lines.concat();
    let file = shown(file);
    let images = count(new.len(), "image");
    match changes {
        0 => format!("{file}: {images}, nothing changed\n"),
        _ => format!("{file}: {images}\n{lines}"),
    }
}
