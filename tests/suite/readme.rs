//! What the README shows is what happens: its program, its files, its error, its commands.

use std::fs;
use std::process::Command;

use todoc::catalog::RECIPES;
use todoc::catalog::databases::ENGINES;
use todoc::catalog::keys::{Place, rows};

use crate::docs::{fences, wrong_programs};
use crate::support::{expect, files, read, report};

/// The line that the README leaves out to get its error.
const LEFT_OUT: &str = "expose ingress \"api.example.com\" tls";

/// What the binary says of a program named `app.todo`, and the folder that it ran in.
fn todoc(command: &str, program: &str) -> (String, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("app.todo"), program).expect("a program can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_todoc"))
        .args([command, "app.todo"])
        .current_dir(&folder)
        .env_clear()
        .output()
        .expect("todoc runs");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).expect("todoc prints text"), folder)
}

/// The README with the files and the error that its program gives.
fn as_it_is() -> String {
    let readme = read("README.md");
    let all = fences(&readme);
    let program = &all[0].text;
    assert_eq!(all[0].language, "todo", "the README begins with a program");

    let (_, folder) = todoc("build", program);
    let files = files(&folder.path().join("out"), "out").join("\n") + "\n";
    assert!(program.contains(LEFT_OUT) && readme.contains(&format!("`{LEFT_OUT}`")));
    let lines = program.split_inclusive('\n');
    let wrong: String = lines.filter(|line| line.trim() != LEFT_OUT).collect();
    let (error, _) = todoc("check", &wrong);

    let fence = |text: &str| format!("```text\n{text}```\n");
    let shown: Vec<_> = all.iter().filter(|it| it.language == "text").collect();
    let [old_files, old_error] = shown.as_slice() else {
        panic!("the README shows files and an error");
    };
    readme
        .replacen(&fence(&old_files.text), &fence(&files), 1)
        .replacen(&fence(&old_error.text), &fence(&error), 1)
}

#[test]
fn the_files_and_the_error_are_what_todoc_gives() {
    report(expect("README.md", &as_it_is()).as_slice());
}

#[test]
fn every_program_is_right() {
    report(&wrong_programs("README.md"));
}

/// The script runs them as they stand, so that they work wherever it does.
#[test]
fn the_commands_are_those_that_the_script_runs() {
    let readme = read("README.md");
    let script = read(".ci/run");
    let all = fences(&readme);
    let commands = all.iter().find(|it| it.language == "sh").expect("commands");
    let missing = commands
        .text
        .lines()
        .filter(|command| !script.contains(&format!("\n    {command}\n")))
        .map(|command| format!(".ci/run doesn't run `{command}`"));
    report(&missing.collect::<Vec<_>>());
}

#[test]
fn the_table_of_the_language_leaves_nothing_out() {
    let readme = read("README.md");
    let databases = ENGINES.iter().map(|engine| Place::Database(engine));
    let all = [Place::Top, Place::App, Place::Tier].into_iter();
    let words = all.chain(databases).flat_map(rows).map(|row| row.word);
    let recipes = RECIPES.iter().map(|recipe| recipe.name);
    let table: Vec<_> = readme.lines().filter(|it| it.starts_with("| ")).collect();
    let table = table.join("\n");
    let missing = words
        .chain(recipes)
        .filter(|word| {
            ![' ', '`']
                .iter()
                .any(|end| table.contains(&format!("`{word}{end}")))
        })
        .map(|word| format!("the README's tables lack `{word}`"));
    report(&missing.collect::<Vec<_>>());
}
