//! Where the source and the output folder lie to each other, by the command line.

use super::shell;
use crate::backend::Places;
use std::path::{Component, Path, PathBuf, absolute};

/// The places of an output folder and the folder of a source file, both as they were named. No link is
/// followed: what is written must not depend on the machine.
pub(super) fn of(out: &Path, source: &Path) -> Places {
    let plain = |path: &Path| without_dots(&absolute(path).unwrap_or_else(|_| path.to_owned()));
    let (out, source) = (plain(out), plain(source));
    Places {
        out: text(&shell::relative(&source, &out)),
        source: text(&shell::relative(&out, &source)),
    }
}

/// An absolute path without `.` and `..`.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

fn text(path: &Path) -> String {
    path.display()
        .to_string()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::of;
    use std::path::Path;

    #[test]
    fn places_are_relative_and_follow_no_link() {
        let places = |out: &str, source: &str| {
            let places = of(Path::new(out), Path::new(source));
            [places.out, places.source]
        };
        assert_eq!(places("out", "."), ["out", ".."]);
        assert_eq!(places("out", "apps/./web"), ["../../out", "../apps/web"]);
        assert_eq!(places("apps/../out/x", "apps"), ["../out/x", "../../apps"]);
        assert_eq!(places("apps/out", "apps"), ["out", ".."]);
        assert_eq!(places(".", "."), [".", "."]);
        assert_eq!(places("/o/t", "/s"), ["/o/t", "/s"]);
    }
}
