//! `todoc init`.

use super::args::Init;
use super::output::{self, reason, shown};
use super::page::Page;
use super::read::{self, bounds};
use super::{Failure, Status, contexts, count, disk};
use crate::Program;
use crate::init::{Draft, Sources, draft};
use crate::source::Contexts;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that is written.
const NAME: &str = "app.todo";

/// Files for editors and Git, by their paths.
const EDITOR: &[(&str, &str)] = &[
    (
        ".gitattributes",
        "*.todo linguist-language=HCL\nout/** linguist-generated\n",
    ),
    (
        ".vscode/settings.json",
        "{\n  \"files.associations\": { \"*.todo\": \"todoc\" },\n  \"[todoc]\": { \"editor.formatOnSave\": true }\n}\n",
    ),
    (
        ".vscode/extensions.json",
        "{\n  \"recommendations\": [\"todoc.todoc\"]\n}\n",
    ),
    (
        ".pre-commit-config.yaml",
        "repos:
  - repo: local
    hooks:
      - id: todoc-fmt
        name: todoc fmt
        entry: todoc fmt --check
        language: system
        files: \\.todo$
      - id: todoc-check
        name: todoc check
        entry: todoc check
        language: system
        files: \\.todo$
",
    ),
];

/// Writes a first text for a folder.
pub(super) fn run(args: &Init) -> Result<Status, Failure> {
    let folder = &args.folder;
    let real = fs::canonicalize(folder).map_err(|why| unreadable(folder, &reason(&why)))?;
    drop(read::entries(&real, 0).map_err(|why| unreadable(folder, &reason(&why)))?);
    let path = if folder == Path::new(".") {
        PathBuf::from(NAME)
    } else {
        folder.join(NAME)
    };
    if !args.stdout && fs::symlink_metadata(&path).is_ok() {
        // What is asked for besides may still be missing.
        if args.editor {
            output::print(&editor(folder)?.text)?;
        }
        return Err(is_there(&path));
    }
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let draft = draft(&Disk { root: real.clone() }, &name);
    if args.stdout {
        output::print_raw(&draft.text)?;
        return Ok(Status::Clean);
    }
    if !disk::create(&path, draft.text.as_bytes())? {
        return Err(is_there(&path));
    }
    let mut page = told(&draft, &path);
    if args.editor {
        page.text.push_str(&editor(folder)?.text);
    }
    output::print(&page.text)?;
    Ok(Status::Clean)
}

fn unreadable(folder: &Path, why: &str) -> Failure {
    Failure::new(format!("can't look into `{}`: {why}", shown(folder)))
}

fn is_there(path: &Path) -> Failure {
    let failure = Failure::new(format!("`{}` is there already", shown(path)));
    failure.help("print what would be written with --stdout, or move the file away")
}

/// What was written, and what it was made from.
fn told(draft: &Draft, path: &Path) -> Page {
    let mut page = Page::default();
    let written: Vec<_> = draft.found.iter().filter(|it| it.lacks.is_none()).collect();
    let databases = draft.databases.len();
    let mut what = count(written.len(), "tier");
    if databases > 0 {
        what = format!("{what} and {}", count(databases, "database"));
    }
    page.line(0, &format!("{} written: {what}", shown(path)));
    let tiers = written.iter().map(|it| {
        let line = format!(
            "{}: {} \"{}\", because {}",
            it.name, it.recipe, it.context, it.why
        );
        (2, line)
    });
    let databases = draft
        .databases
        .iter()
        .map(|(engine, name)| (2, format!("{name}: {engine}")));
    page.section("Found", &tiers.chain(databases).collect::<Vec<_>>());
    let comments = draft.found.iter().filter_map(|it| {
        let lacks = it.lacks.as_ref()?;
        Some((2, format!("{} ({}): {lacks}", it.name, it.context)))
    });
    page.section(
        "In comments, until it is mended",
        &comments.collect::<Vec<_>>(),
    );
    let unseen = draft
        .unseen
        .iter()
        .map(|it| (2, format!("{it}: it can't be read")));
    let cut = draft
        .cut
        .then(|| (2, "what lies behind 100,000 names".to_owned()));
    page.section("Not looked at", &unseen.chain(cut).collect::<Vec<_>>());
    let next = if written.is_empty() {
        "write a tier; `todoc lsp` completes it in an editor".to_owned()
    } else {
        let path = super::shell::path(path);
        format!("look at the lines with `guessed`, then `todoc build {path}`")
    };
    page.section("Next", &[(2, next)]);
    page
}

/// Writes the files for editors and Git that aren't there, and says what those that are there lack.
fn editor(folder: &Path) -> Result<Page, Failure> {
    let (mut made, mut kept) = (Vec::new(), Vec::new());
    for (name, text) in EDITOR {
        if disk::create(&folder.join(name), text.as_bytes())? {
            made.push((2, (*name).to_owned()));
            continue;
        }
        let is_same = read::regular(&folder.join(name), bounds::OF_CONTEXT)
            .is_ok_and(|bytes| bytes == text.as_bytes());
        if !is_same {
            kept.push((2, (*name).to_owned()));
            kept.extend(text.lines().map(|line| (4, line.to_owned())));
        }
    }
    let mut page = Page::default();
    page.section("Written besides", &made);
    page.section("Kept as they are; add to them", &kept);
    Ok(page)
}

/// Folders on the disk.
struct Disk {
    /// The topmost one, without links.
    root: PathBuf,
}

impl Sources for Disk {
    fn list(&self, folder: &str) -> Option<Vec<(String, bool)>> {
        let folder = contexts::below(&self.root, folder).ok()?;
        let entries = read::entries(&folder, read::MOST_ENTRIES).ok()?;
        let names = entries.filter_map(|entry| {
            let kind = entry.file_type().ok()?;
            let is_plain = kind.is_dir() || kind.is_file();
            let name = entry.file_name().into_string().ok()?;
            is_plain.then_some((name, kind.is_dir()))
        });
        let mut names: Vec<_> = names.collect();
        names.sort();
        Some(names)
    }

    fn text(&self, file: &str) -> Option<String> {
        let file = contexts::below(&self.root, file).ok()?;
        let bytes = read::regular(&file, bounds::OF_CONTEXT).ok()?;
        String::from_utf8(bytes).ok()
    }

    fn contexts(&self, program: &Program<'_>) -> Contexts {
        contexts::look(&self.root, program)
    }
}
