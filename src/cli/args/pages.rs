//! What shells and `man` know of the command line: both are made from it.

use super::Args;
use clap::CommandFactory;
use clap_complete::{Shell, generate};

/// Options of `todoc completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc completions bash > /etc/bash_completion.d/todoc")]
pub(in crate::cli) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// What the shell reads to complete commands and options.
    pub(in crate::cli) fn text(&self) -> String {
        let mut text = Vec::new();
        generate(self.shell, &mut Args::command(), "todoc", &mut text);
        String::from_utf8_lossy(&text).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Args;
    use clap::CommandFactory;
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::{env, fs};

    /// The pages of a folder, by the names of their files.
    fn pages(folder: &Path) -> BTreeMap<String, String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let pages = entries.filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some((name, fs::read_to_string(entry.path()).ok()?))
        });
        pages.collect()
    }

    #[test]
    fn the_manual_is_what_the_command_says() {
        let fresh = tempfile::tempdir().expect("a folder");
        // Not the commit, which changes.
        let command = Args::command().version(env!("CARGO_PKG_VERSION"));
        clap_mangen::generate_to(command, fresh.path()).expect("pages");
        let fresh = pages(fresh.path());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/man");
        if env::var_os("UPDATE_EXPECT").is_some() && env::var_os("CI").is_none() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("a folder");
            for (name, text) in &fresh {
                fs::write(folder.join(name), text).expect("a page");
            }
        }
        assert!(fresh.len() > 8, "{:?}", fresh.keys());
        assert!(
            pages(&folder) == fresh,
            "docs/man isn't what `todoc --help` says: UPDATE_EXPECT=1 writes it anew"
        );
    }
}
