//! `todoc fmt`.

use super::args::Fmt;
use super::input::{Input, is_standard_input};
use super::output::{self, reason, shown};
use super::{Failure, Status, disk, input, named, read};
use crate::diag::{Masks, on_one_line, printable, render};
use crate::diff::unified;
use crate::format::format;
use crate::{Options, Program};
use std::path::{Path, PathBuf};

/// Folders that hold no text of the user's.
const SKIPPED: &[&str] = &["node_modules", "target"];

/// Gives each file its layout. One that can't be read doesn't keep the others from it.
pub(super) fn run(args: &Fmt) -> Result<Status, Failure> {
    let inputs = args.files.iter().filter(|file| is_standard_input(file));
    if inputs.count() > 1 {
        return Err(Failure::new("standard input can be read once").help("write `-` once"));
    }
    let mut worst = Status::Clean;
    for path in &args.files {
        let files = if !is_standard_input(path) && path.is_dir() {
            within(path)
        } else {
            Ok(vec![path.clone()])
        };
        match files {
            Ok(files) => {
                for file in files {
                    worst = worst.max(status(one(&file, args)));
                }
            }
            Err(failure) => worst = worst.max(status(Err(failure))),
        }
    }
    Ok(worst)
}

/// The status of what was done with a file. Why nothing could be done is told at once.
fn status(result: Result<Status, Failure>) -> Status {
    result.unwrap_or_else(|failure| {
        output::failure(&failure);
        Status::Failed
    })
}

/// The `.todo` files in a folder and those below it, by name. Links aren't followed, and hidden folders
/// aren't looked into.
fn within(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = read::entries(&folder, read::MOST_ENTRIES).map_err(|why| {
            let (folder, why) = (shown(&folder), reason(&why));
            Failure::new(format!("can't read `{folder}`: {why}"))
        })?;
        for entry in entries {
            let name = entry.file_name();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            let is_skipped = SKIPPED.iter().any(|skipped| name == *skipped);
            if kind.is_dir() && !is_hidden && !is_skipped {
                folders.push(entry.path());
            } else if kind.is_file() && entry.path().extension().is_some_and(|it| it == "todo") {
                found.push(entry.path());
            }
        }
    }
    if found.is_empty() {
        let message = format!("there is no `.todo` file in `{}`", shown(folder));
        return Err(Failure::new(message).help("name the files, or the folder that they are in"));
    }
    found.sort();
    Ok(found)
}

fn one(path: &Path, args: &Fmt) -> Result<Status, Failure> {
    let writes = !args.check && !args.diff;
    if writes && !is_standard_input(path) {
        disk::is_replaceable(path)?;
    }
    let input = input::source(path)?;
    let name = on_one_line(&input.name);
    if let Some(fault) = &input.fault {
        let fault = std::slice::from_ref(fault);
        let masks = Masks::of(&input.sources, fault);
        output::complain(&render::styled(&input.sources, fault, &masks));
        return Ok(Status::Wrong);
    }
    let formatted = format(input.text());
    let is_changed = formatted.text != input.text();
    if args.diff {
        print_diff(&input, &name, &formatted.text)?;
    } else if args.check && is_changed {
        output::print(&format!("{name}: not formatted\n"))?;
    } else if writes && is_standard_input(path) {
        output::print_raw(&formatted.text)?;
    } else if writes && is_changed {
        disk::replace(path, formatted.text.as_bytes())?;
        output::print(&format!("{name}: formatted\n"))?;
    }
    if formatted.is_broken {
        output::complain(&format!(
            "{name}: lines with errors of syntax stay as they are; `todoc check` says what is wrong\n"
        ));
    }
    let is_wrong = formatted.is_broken || (is_changed && !writes);
    Ok(if is_wrong {
        Status::Wrong
    } else {
        Status::Clean
    })
}

/// Prints what would change as a patch, without what nobody may read.
fn print_diff(input: &Input, name: &str, after: &str) -> Result<(), Failure> {
    let patch = unified((name, name), input.text(), after);
    let program = Program::parse(input.text());
    let options = Options {
        files: named::read(&input.folder, &program),
        ..Options::default()
    };
    let masks = Masks::at(&input.sources, &program.compile_all(&options).masks);
    output::print_raw(&printable(&masks.over(&patch)))
}
