//! The whole way from text to files, in memory.

mod backends;
mod joined;
mod outcome;
mod tags;
mod targets;

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::{Artifact, Backend, Deployed, Places};
use crate::check::{self, Accepted};
use crate::diag::{CredentialPlaces, Diagnostic, has_errors, withhold, withhold_sources};
use crate::ir;
use crate::source::{Contexts, ContextsWanted, FileId, Files, ImageSources, SourceDigests, Span};
use crate::syntax::{Parsed, parse};
use joined::{by_place, each_once, joined, name, names};
pub use outcome::{PartialApp, UnknownTarget};
use targets::Whole;

/// What a compilation is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The target to build for; without one, the file's first, if it has any.
    pub target: Option<String>,
    /// The tag of every image that is built, whatever the text says; see [`crate::check::tag_fault`].
    pub tag: Option<String>,
    /// What tags are made of, whatever the text says, if [`Options::tag`] isn't all of them.
    pub tag_from: Option<ir::TagFrom>,
    /// The tag that stands for the state of Git, where tags are to be made of it. Without one, images have the
    /// tag that they have without `from git`.
    pub commit: Option<String>,
    /// What [`Program::sources_wanted`] asks for. Without a digest, an image has the tag that it has without
    /// `from sources`.
    pub sources: SourceDigests,
    /// The backends to run, in order.
    pub emit: Vec<&'static Backend>,
    /// Backends that write nothing, and complain nonetheless of what they can't take or can't say. Where neither these
    /// nor [`Options::emit`] names any, those do that run by default.
    pub check: Vec<&'static Backend>,
    /// Whether the lines of files are marked with where they come from.
    pub marks: bool,
    /// The source file's name without its folder, for the first line of generated files.
    pub source_name: String,
    /// Where the output folder lies; that of all targets' folders if [`Options::target_folders`].
    pub places: Places,
    /// Whether each target has a folder of its name in the output folder.
    pub target_folders: bool,
    /// What [`Program::files_wanted`] asks for.
    pub files: Files,
    /// What earlier builds for each target leave to be known; by `None` for a file without targets.
    pub deployed: BTreeMap<Option<String>, Deployed>,
    /// What was seen where [`Program::contexts_wanted`] asks to look; of the rest nothing is said.
    pub contexts: Contexts,
}

/// What came of a compilation.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// Everything that is wrong, by place. Files exist only where this is empty of errors.
    pub diagnostics: Vec<Diagnostic>,
    /// What is worth knowing, and what backends can't say, by place, if nothing is wrong.
    pub notes: Vec<Diagnostic>,
    /// What would be among them if no `allow` accepted it.
    pub accepted: Vec<Accepted>,
    /// The places that nobody may read, of what is accepted as well: others may show the same line.
    pub masks: Vec<Span>,
    /// Names of the file's targets, in its order.
    pub targets: Vec<String>,
    /// Set where [`Options::target`] isn't one of them: then nothing but the syntax was checked.
    pub unknown_target: Option<UnknownTarget>,
    /// The application, for the target asked for.
    pub app: Option<ir::App>,
    /// What is known of the application where something is wrong with it.
    pub partial: Option<PartialApp>,
    /// The files, in the order of the backends.
    pub artifacts: Vec<Artifact>,
}

/// What came of a compilation for all targets.
#[derive(Debug, Clone, Default)]
pub struct CompiledAll {
    /// Everything that is wrong for any target, by place. What is wrong for some targets alone
    /// names them.
    pub diagnostics: Vec<Diagnostic>,
    /// What is worth knowing, and what backends can't say, for any target that nothing is wrong with, by place.
    pub notes: Vec<Diagnostic>,
    /// What would be among them if no `allow` accepted it, each once.
    pub accepted: Vec<Accepted>,
    /// The places that nobody may read, of what is accepted as well: others may show the same line.
    pub masks: Vec<Span>,
    /// The compilation for each target, in the file's order; the only one of a file without. What is
    /// wrong with the text whatever the target isn't said again in each.
    pub builds: Vec<Compiled>,
}

/// A text that was read, so that the files that it names can be fetched before it is compiled.
#[derive(Debug)]
pub struct Program<'t> {
    text: &'t str,
    parsed: Parsed,
    /// Whatever it is compiled for.
    credentials: CredentialPlaces,
}

impl<'t> Program<'t> {
    /// Reads a text, which is `FileId(0)` in all spans.
    #[must_use]
    pub fn parse(text: &'t str) -> Self {
        let parsed = parse(FileId(0), text);
        Program {
            text,
            parsed,
            credentials: CredentialPlaces::default(),
        }
    }

    /// What was read.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// What was read, and the places of credentials, without the text.
    #[cfg(feature = "cli")]
    pub(crate) fn into_parts(self) -> (Parsed, CredentialPlaces) {
        (self.parsed, self.credentials)
    }

    /// Paths of the files that it names, as it writes them, each relative to its folder. Whoever
    /// compiles it reads them, since nothing here does. One that doesn't stay in that folder must not
    /// be read: it is a fault of the text.
    pub fn files_wanted(&self) -> impl Iterator<Item = &str> {
        self.parsed.file.files().map(|path| path.value.as_str())
    }

    /// What to look at in the folders that its images are built from, each relative to its folder. As
    /// for files, one that doesn't stay there must not be looked at.
    #[must_use]
    pub fn contexts_wanted(&self) -> ContextsWanted {
        check::contexts_wanted(&self.parsed.file)
    }

    /// The sources of the images that it builds, for any target. As for files, a context or Dockerfile that
    /// doesn't stay in its folder must not be read.
    #[must_use]
    pub fn sources_wanted(&self) -> BTreeSet<ImageSources> {
        tags::wanted(&self.parsed.file)
    }

    /// What it says that tags are made of, for any target.
    #[must_use]
    pub fn tags_from(&self) -> BTreeSet<ir::TagFrom> {
        tags::said(&self.parsed.file)
    }

    /// Compiles it for one target.
    #[must_use]
    pub fn compile(&self, options: &Options) -> Compiled {
        let parsed = &self.parsed;
        let targets = &parsed.file.targets;
        let wanted = options.target.as_deref();
        let wanted = wanted.or_else(|| targets.iter().find_map(name));
        let target = targets.iter().find(|target| name(target) == wanted);
        if let (Some(asked), None) = (wanted, target) {
            let known = names(&parsed.file);
            let mut compiled = Compiled {
                targets: known.clone(),
                unknown_target: Some(UnknownTarget {
                    asked: asked.to_owned(),
                    known,
                }),
                diagnostics: parsed.diagnostics.clone().into_sorted(),
                ..Compiled::default()
            };
            compiled.masks = self.finish(&mut compiled.diagnostics, &mut [], &[]);
            return compiled;
        }
        let mut compiled = self.build_one(target, options);
        self.finish_one(&mut compiled);
        compiled
    }

    /// Compiles it for each of its targets, whatever [`Options::target`] says.
    #[must_use]
    pub fn compile_all(&self, options: &Options) -> CompiledAll {
        let parsed = &self.parsed;
        let targets = &parsed.file.targets;
        if targets.is_empty() {
            let only = self.compile(options);
            return CompiledAll {
                diagnostics: only.diagnostics.clone(),
                notes: only.notes.clone(),
                accepted: only.accepted.clone(),
                masks: only.masks.clone(),
                builds: vec![only],
            };
        }
        let whole = Whole::of(parsed, options);
        let builds = targets
            .iter()
            .map(|target| self.check_one(Some(target), &whole, options));
        let mut builds: Vec<_> = builds.collect();
        self.write(&mut builds, |_| true, options);
        let mut diagnostics = joined(parsed, &builds, |build| &build.diagnostics);
        let unused = self.unused_in_all(&builds, &whole, options);
        let is_wrong = whole.has_errors() || has_errors(&diagnostics);
        let mut notes = if is_wrong {
            Vec::new()
        } else {
            joined(parsed, &builds, |build| &build.notes)
        };
        diagnostics.extend(whole.found.into_sorted());
        diagnostics.sort_by(by_place);
        diagnostics.extend(unused);
        let accepted = builds.iter().flat_map(|build| &build.accepted);
        let accepted = each_once(whole.facts.accepted.iter().chain(accepted));
        let masks = self.finish(&mut diagnostics, &mut notes, &accepted);
        for build in &mut builds {
            self.finish_one(build);
        }
        CompiledAll {
            diagnostics,
            notes,
            accepted,
            masks,
            builds,
        }
    }

    /// Finishes what is told for one target, where the last was found. Of a wrong application nothing
    /// is noted.
    fn finish_one(&self, compiled: &mut Compiled) {
        if compiled.app.is_none() || has_errors(&compiled.diagnostics) {
            compiled.notes.clear();
        }
        compiled.masks = self.finish(
            &mut compiled.diagnostics,
            &mut compiled.notes,
            &compiled.accepted,
        );
    }

    /// Puts diagnostics in order, and their fixes in the words of the text. Returns what they and the
    /// accepted ones mask, which notes don't show either.
    fn finish<'a>(
        &self,
        diagnostics: &mut [Diagnostic],
        notes: &mut [Diagnostic],
        accepted: impl IntoIterator<Item = &'a Accepted>,
    ) -> Vec<Span> {
        diagnostics.sort_by_key(|found| found.primary.span);
        let fixes = diagnostics
            .iter_mut()
            .filter_map(|found| found.fix.as_mut());
        fixes.for_each(|fix| fix.settle(self.text));
        let accepted: Vec<&Diagnostic> = accepted.into_iter().map(|it| &it.diagnostic).collect();
        let all = diagnostics.iter().chain(accepted.iter().copied());
        let places: BTreeSet<Span> = all.flat_map(|found| found.mask.iter().copied()).collect();
        if !diagnostics.is_empty() || !notes.is_empty() {
            let masks = self.credentials.masks(self.text, &places);
            withhold(self.text, diagnostics, &masks);
            withhold(self.text, notes, &masks);
            withhold_sources(diagnostics);
            withhold_sources(notes);
        }
        places.into_iter().collect()
    }
}

/// Compiles `text`, which is `FileId(0)` in all spans, for one target.
#[must_use]
pub fn compile(text: &str, options: &Options) -> Compiled {
    Program::parse(text).compile(options)
}

/// Compiles `text` for each of its targets, whatever [`Options::target`] says.
#[must_use]
pub fn compile_all(text: &str, options: &Options) -> CompiledAll {
    Program::parse(text).compile_all(options)
}

/// What [`Program::files_wanted`] says of `text`.
#[must_use]
pub fn files_wanted(text: &str) -> Vec<String> {
    let program = Program::parse(text);
    program.files_wanted().map(str::to_owned).collect()
}

/// What [`Program::contexts_wanted`] says of `text`.
#[must_use]
pub fn contexts_wanted(text: &str) -> ContextsWanted {
    Program::parse(text).contexts_wanted()
}

/// Everything that is wrong with `text`, for every target that it has. `files` are those that
/// [`Program::files_wanted`] asks for.
#[must_use]
pub fn check_all(text: &str, files: Files) -> Vec<Diagnostic> {
    let options = Options {
        files,
        ..Options::default()
    };
    compile_all(text, &options).diagnostics
}
