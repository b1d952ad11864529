//! The tag that stands for the state of Git: the commit, and where sources differ from it a digest as well.

use super::Failure;
use super::output::shown;
use crate::hash::Parts;
use crate::source::SourceDigests;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many digits of a commit are in a tag: the same in every clone, however much it has.
const OF_COMMIT: usize = 12;
/// How many of the digest of sources that no commit has.
const OF_SOURCES: usize = 8;

/// The tag for sources at paths from `folder`, where the text lies as `file`. What builds write to `out` counts
/// for nothing.
pub(super) fn tag(
    folder: &Path,
    file: Option<&Path>,
    text: &str,
    sources: &SourceDigests,
    out: &Path,
) -> Result<String, Failure> {
    let commit = git(
        folder,
        ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"],
    )?;
    let Some(commit) = commit else {
        return Err(failure(folder, "nothing is committed there")
            .help("commit the sources, or make tags of them: `--tag-from sources`"));
    };
    let mut tag: String = commit.trim().chars().take(OF_COMMIT).collect();
    let mut paths: Vec<PathBuf> = sources.keys().map(|it| it.context.clone().into()).collect();
    let name = file.and_then(Path::file_name);
    paths.extend(name.map(PathBuf::from));
    let mut words: Vec<&OsStr> = ["status", "--porcelain", "--untracked-files=normal", "--"]
        .map(OsStr::new)
        .to_vec();
    words.extend(paths.iter().map(|path| path.as_os_str()));
    let without = out_of(folder, out);
    words.extend(without.as_deref().map(OsStr::new));
    let changes = git(folder, words)?;
    if changes.is_none_or(|changes| !changes.is_empty()) {
        let mut hash = Parts::default();
        hash.add(text);
        for (wanted, digest) in sources {
            hash.add(&wanted.context);
            let digest = digest.as_ref().map_err(|why| {
                let context = shown(Path::new(&wanted.context));
                failure(
                    folder,
                    &format!("the sources in `{context}` can't be read: {why}"),
                )
            })?;
            hash.add(digest);
        }
        let digest: String = hash.finish().chars().take(OF_SOURCES).collect();
        tag = format!("{tag}-{digest}");
    }
    Ok(tag)
}

/// What keeps Git from looking at the output folder, where that lies below.
fn out_of(folder: &Path, out: &Path) -> Option<String> {
    let real = |path: &Path| path.canonicalize().ok();
    let (folder, out) = (real(folder)?, real(out)?);
    let below = out.strip_prefix(folder).ok()?.to_str()?;
    (!below.is_empty()).then(|| format!(":(exclude,literal){below}"))
}

/// What Git prints; `None` where it says that there is no such thing.
fn git<W: AsRef<OsStr>>(
    folder: &Path,
    words: impl IntoIterator<Item = W>,
) -> Result<Option<String>, Failure> {
    let mut command = Command::new("git");
    // Looking must neither write to the repository nor start what its configuration names.
    command
        .arg("-C")
        .arg(folder)
        .args(["-c", "core.fsmonitor=false"]);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    let ran = command.args(words).stdin(Stdio::null()).output();
    let ran = match ran {
        Ok(ran) => ran,
        Err(why) if why.kind() == ErrorKind::NotFound => {
            return Err(failure(folder, "`git` isn't installed")
                .help("install it, give the tag with `--tag`, or use `--tag-from sources`"));
        }
        Err(why) => return Err(failure(folder, &super::output::reason(&why))),
    };
    if ran.status.success() {
        return Ok(Some(String::from_utf8_lossy(&ran.stdout).into_owned()));
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    let said = said.lines().next().unwrap_or_default();
    if said.is_empty() {
        return Ok(None);
    }
    let said = said.strip_prefix("fatal: ").unwrap_or(said);
    Err(failure(folder, &format!("git says: {said}"))
        .help("give the tag with `--tag`, or use `--tag-from sources`"))
}

fn failure(folder: &Path, why: &str) -> Failure {
    Failure::new(format!(
        "can't make a tag of the commit in `{}`: {why}",
        shown(folder)
    ))
}
