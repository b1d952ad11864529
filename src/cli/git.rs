//! The tag that stands for the state of Git: the commit, and where sources differ from it a digest as well.

use super::Failure;
use super::output::shown;
use super::start::{complaint, output_within};
use crate::hash::Parts;
use crate::source::SourceDigests;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

/// How many digits of a commit are in a tag: the same in every clone, however much it has.
const OF_COMMIT: usize = 12;
/// How many of the digest of sources that no commit has.
const OF_SOURCES: usize = 8;

/// How long an answer of Git's may take. The state of a large repository on a slow disk takes some ten seconds;
/// a pipe in the place of a file that Git reads would hold it up for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a filter's settings begin, as Git's `config` looks for them.
const FILTERS: &str = "^filter[.]";
/// The mode of a submodule in the index.
const SUBMODULE: &str = "160000 ";

/// The tag for sources at paths from `folder`, where the text lies as `file`. What builds write to `out` counts
/// for nothing.
pub(super) fn tag(
    folder: &Path,
    file: Option<&Path>,
    text: &str,
    sources: &SourceDigests,
    out: &Path,
) -> Result<String, Failure> {
    let repository = Repository {
        folder,
        settings: Vec::new(),
    };
    let commit = repository.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
    let Some(commit) = commit else {
        return Err(failure(folder, "nothing is committed there")
            .help("commit the sources, or make tags of them: `--tag-from sources`"));
    };
    let mut tag: String = commit.trim().chars().take(OF_COMMIT).collect();
    let contexts = sources.keys().map(|it| Path::new(&it.context));
    let contexts: Vec<_> = contexts.collect();
    let name = file.and_then(Path::file_name).map(Path::new);
    let paths: Vec<_> = contexts.iter().copied().chain(name).collect();
    let repository = repository.without_filters()?;
    if repository.differs(&paths, out)? || repository.has_parts(&contexts)? {
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

/// The repository that a folder lies in. It may be a stranger's: Git starts nothing that its configuration
/// names, fetches nothing, and writes nothing to it.
struct Repository<'a> {
    folder: &'a Path,
    /// What counts in place of its own settings, as `-c` takes it.
    settings: Vec<String>,
}

impl Repository<'_> {
    /// The same with no filters but those of whoever runs this, whatever the repository says of them: Git
    /// runs a filter on a file to see whether that has changed.
    fn without_filters(mut self) -> Result<Self, Failure> {
        // There is no such repository, so that what is left is the user's and the system's.
        let own = self.filters(Some(("GIT_DIR", "/dev/null")))?;
        let differ = |all: BTreeMap<String, String>| -> Vec<String> {
            let differ = all.into_iter().filter_map(|(name, value)| {
                let said = own.get(&name).map_or("", String::as_str);
                (value != said).then(|| format!("{name}={said}"))
            });
            differ.collect()
        };
        self.settings = differ(self.filters(None)?);
        let left = self.filters(None)?;
        // Some names, such as one with `=` or of bytes that are no text, can't be written on a command line.
        let is_text = left.keys().all(|name| !name.contains('\u{fffd}'));
        if is_text && differ(left).is_empty() {
            return Ok(self);
        }
        let why = "the configuration of the repository has a filter that can't be switched off";
        Err(failure(self.folder, why)
            .help("give the tag with `--tag`, or use `--tag-from sources`"))
    }

    /// What is said of filters; of what is said several times, the last.
    fn filters(&self, variable: Option<(&str, &str)>) -> Result<BTreeMap<String, String>, Failure> {
        let printed = self.run(["config", "-z", "--get-regexp", FILTERS], variable)?;
        let printed = printed.unwrap_or_default();
        let all = printed.split('\0').filter(|it| !it.is_empty());
        // A name alone stands for true.
        let all = all.map(|it| it.split_once('\n').unwrap_or((it, "true")));
        Ok(all
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect())
    }

    /// Whether anything at these paths isn't as it is in the commit, but for what lies in `out`.
    fn differs(&self, paths: &[&Path], out: &Path) -> Result<bool, Failure> {
        // A submodule has a configuration of its own.
        let mut words: Vec<OsString> = [
            "status",
            "--porcelain",
            "--untracked-files=normal",
            "--ignore-submodules=dirty",
            "--",
        ]
        .map(OsString::from)
        .to_vec();
        words.extend(paths.iter().map(|path| literal(path)));
        words.extend(out_of(self.folder, out).map(OsString::from));
        let changes = self.ask(words)?;
        Ok(changes.is_none_or(|changes| !changes.is_empty()))
    }

    /// Whether these folders have parts that are repositories by themselves, as submodules are, or are a
    /// part of one: what is changed there, the commit doesn't say.
    fn has_parts(&self, folders: &[&Path]) -> Result<bool, Failure> {
        const TOP: [&str; 2] = ["rev-parse", "--show-toplevel"];
        let top = self.ask(TOP)?;
        for folder in folders {
            let path = self.folder.join(folder);
            let there = Repository {
                folder: &path,
                settings: Vec::new(),
            };
            if path.is_dir() && there.ask(TOP)? != top {
                return Ok(true);
            }
        }
        let words = ["ls-files", "--stage", "--"].map(OsString::from);
        let paths = folders.iter().map(|path| literal(path));
        let files = self.ask(words.into_iter().chain(paths))?;
        let files = files.unwrap_or_default();
        Ok(!folders.is_empty() && files.lines().any(|line| line.starts_with(SUBMODULE)))
    }

    /// What Git prints; `None` where it says that there is no such thing.
    fn ask<W: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = W>,
    ) -> Result<Option<String>, Failure> {
        self.run(words, None)
    }

    fn run<W: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = W>,
        variable: Option<(&str, &str)>,
    ) -> Result<Option<String>, Failure> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder);
        command.args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
        ]);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        // Hooks run where the index is written; what is missing from a partial clone would be fetched.
        command
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("LC_ALL", "C")
            .envs(variable);
        command.args(words);
        answer(self.folder, output_within(command, PATIENCE))
    }
}

/// A path as Git takes it, letter by letter.
fn literal(path: &Path) -> OsString {
    let mut word = OsString::from(":(literal)");
    word.push(path);
    word
}

/// What keeps Git from looking at the output folder, where that lies below.
fn out_of(folder: &Path, out: &Path) -> Option<String> {
    let real = |path: &Path| path.canonicalize().ok();
    let (folder, out) = (real(folder)?, real(out)?);
    let below = out.strip_prefix(folder).ok()?.to_str()?;
    (!below.is_empty()).then(|| format!(":(exclude,literal){below}"))
}

/// What Git printed.
fn answer(folder: &Path, ran: io::Result<Output>) -> Result<Option<String>, Failure> {
    let ran = match ran {
        Ok(ran) => ran,
        Err(why) if why.kind() == ErrorKind::NotFound => {
            return Err(failure(folder, "`git` isn't installed")
                .help("install it, give the tag with `--tag`, or use `--tag-from sources`"));
        }
        Err(why) if why.kind() == ErrorKind::TimedOut => {
            let why = format!("`git` takes longer than {} seconds", PATIENCE.as_secs());
            return Err(failure(folder, &why).help(
                "look for a pipe or a device among the files that it reads, give the tag with `--tag`, or use \
                 `--tag-from sources`",
            ));
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
    Err(failure(folder, &format!("git says: {}", complaint(said)))
        .help("give the tag with `--tag`, or use `--tag-from sources`"))
}

fn failure(folder: &Path, why: &str) -> Failure {
    Failure::new(format!(
        "can't make a tag of the commit in `{}`: {why}",
        shown(folder)
    ))
}
