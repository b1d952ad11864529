//! Commands that a person can copy into a POSIX shell.

use crate::backend::{argument, quote};
use std::path::{Component, Path, PathBuf};

/// A path as a word that no command takes for an option.
pub(super) fn path(path: &Path) -> String {
    quote(&argument(path))
}

/// Words as a command, broken into lines of at most `width` columns where words allow.
pub(super) fn command(words: &[String], width: usize) -> Vec<String> {
    const BREAK: &str = " \\";
    let mut lines: Vec<String> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let is_last = index + 1 == words.len();
        let room = width - if is_last { 0 } else { BREAK.len() };
        match lines.last_mut() {
            None => lines.push(word.clone()),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) => {
                line.push_str(BREAK);
                lines.push(format!("  {word}"));
            }
        }
    }
    lines
}

/// The way from one folder to another, both without links; absolute where they share nothing.
pub(super) fn relative(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let shares_a_folder = from
        .iter()
        .take(shared)
        .any(|part| matches!(part, Component::Normal(_)));
    if !shares_a_folder {
        return to.iter().collect();
    }
    let up = from.iter().skip(shared).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(to.iter().skip(shared).copied()).collect();
    if path == Path::new("") {
        PathBuf::from(".")
    } else {
        path
    }
}

#[cfg(test)]
mod tests {
    use super::{command, relative};
    use std::path::Path;

    #[test]
    fn long_commands_break_between_words() {
        let words = ["OUT=out", "docker", "buildx", "bake", "--load"].map(String::from);
        assert_eq!(command(&words, 80), ["OUT=out docker buildx bake --load"]);
        assert_eq!(
            command(&words, 25),
            [r"OUT=out docker buildx \", "  bake --load"]
        );
        assert_eq!(command(&words, 5).len(), 5);
    }

    #[test]
    fn paths_lead_from_folder_to_folder() {
        let way = |from, to| {
            relative(Path::new(from), Path::new(to))
                .display()
                .to_string()
        };
        assert_eq!(way("/w/app", "/w/out/local"), "../out/local");
        assert_eq!(way("/w", "/w/out"), "out");
        assert_eq!(way("/w/out", "/w/out"), ".");
        assert_eq!(way("/w/app", "/tmp/out"), "/tmp/out");
    }
}
