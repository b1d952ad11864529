//! What `build` says besides the recipe and the folder: its options.

use crate::catalog::{
    self, Base, Choice, EntryPoint, PackageManager, Plan, Recipe, Runtime, Version,
};
use crate::check::context;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Shared};
use crate::check::types::texts;
use crate::diag::suggest::{Near, nearest};
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::ir::DockerfileSource;
use crate::syntax::ast::{self, Name};

/// Complains of options that the recipe doesn't have.
pub(in crate::check) fn options_are_its(build: &ast::Build, recipe: &Recipe, found: &mut Findings) {
    for option in &build.options {
        if recipe.options.contains(&option.value) {
            continue;
        }
        let message = format!(
            "the recipe `{}` has no option `{}`",
            recipe.name, option.value
        );
        let help = format!("its options are `{}`", recipe.options.join("`, `"));
        found.push(Diagnostic::new(Code::WrongOption, option.span, message).help(help));
    }
}

/// What is chosen of a plan's options, but for what others than `build` say. What isn't the
/// recipe's to choose has been complained of.
pub(in crate::check) fn choice(
    build: &ast::Build,
    recipe: &Recipe,
    plan: &'static Plan,
    face: &TierFace<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Choice> {
    let has = |option: &str| recipe.options.contains(&option);
    let answers = context::answers(face.tier, scope);
    let base = base(build, plan, answers.version, found);
    let packages = match &build.packages {
        Some(said) if has("packages") => packages(said, recipe, plan, found),
        _ => Some(answers.manager),
    };
    let entry = match &plan.entry {
        Some(entry) => {
            let is_seen = build.context.as_ref();
            let is_seen = is_seen.is_some_and(|it| scope.contexts.contains_key(&it.value));
            // A command starts what it says, and modules need nobody to build them.
            let is_command =
                entry.kind == catalog::EntryKind::Module && !face.tier.command.is_empty();
            let is_open = !is_seen || is_command;
            let usual = Usual {
                entry,
                candidates: &answers.candidates,
                is_open,
            };
            answers
                .entry
                .or_else(|| entry_of(build, recipe, &usual, found))
        }
        None => Some(String::new()),
    };
    let workspace = match &build.workspace {
        Some(said) if has("workspace") => workspace(said, found),
        _ => Some(String::new()),
    };
    let system = build.system.iter().filter(|_| has("system"));
    let system: Vec<_> = system
        .filter(|name| is_system_package(name, found))
        .collect();
    let build_system = build.build_system.iter().filter(|_| has("build_system"));
    let build_system: Vec<_> = build_system
        .filter(|name| is_system_package(name, found))
        .collect();
    let data = build.data.iter().filter(|_| has("data"));
    let data: Vec<_> = data.filter_map(|path| data_path(path, found)).collect();
    let stand_ins = build.stand_ins.iter().filter(|_| has("stand_in"));
    let stand_ins = stand_ins.filter_map(|name| stand_in(name, face, scope, found));
    let stand_ins = stand_ins.collect();
    let command = face.tier.command.iter();
    Some(Choice {
        base: base?,
        packages: packages?,
        release: answers.release.unwrap_or_default(),
        entry: entry?,
        server: answers.server,
        workspace: workspace?,
        members: answers.members,
        has_turbo: answers.has_turbo,
        output: answers.output.unwrap_or_default(),
        system: sorted(&system),
        build_system: sorted(&build_system),
        data,
        stand_ins,
        command: command.map(|word| word.value.clone()).collect(),
        pins: scope.pins.clone(),
        ..Choice::of(plan)
    })
}

/// Each once, in order: the image doesn't depend on how they are written.
fn sorted(names: &[&Name]) -> Vec<String> {
    let names: std::collections::BTreeSet<_> = names.iter().map(|name| &name.value).collect();
    names.into_iter().cloned().collect()
}

/// The image that is said, or else the usual one of the version that the sources ask for.
fn base(
    build: &ast::Build,
    plan: &'static Plan,
    asked: Option<&'static Version>,
    found: &mut Findings,
) -> Option<Base> {
    let runtime = plan.runtime;
    let mut options = build.versions.iter();
    let Some(option) = options.find(|option| option.runtime.value == runtime.word) else {
        let base = Base::of(runtime);
        let version = asked.map_or(base.version, |version| version.name);
        return Some(Base { version, ..base });
    };
    let written = option.version.as_ref()?;
    let mut versions = runtime.versions.iter();
    let Some(version) = versions.find(|version| version.name == written.value) else {
        unknown_version(written, runtime, found);
        return None;
    };
    gets_fixes(version, written, plan, found);
    let flavour = option.flavour.as_ref();
    let mut flavours = runtime.flavours.iter();
    let flavour = flavours.find(|one| flavour.is_some_and(|word| word.value == one.word()));
    let base = Base::of(runtime);
    Some(Base {
        version: version.name,
        flavour: flavour.copied().unwrap_or(base.flavour),
        ..base
    })
}

/// Complains of a version that isn't in the table. One that it is a part of, or that is a part of it,
/// is put forward if it gets fixes: `24.1` is no `24`, but may be built with it.
fn unknown_version(written: &Name, runtime: &Runtime, found: &mut Findings) {
    let message = format!(
        "`{}` isn't a known version of {}",
        written.value, runtime.word
    );
    let mut diagnostic = Diagnostic::new(Code::UnknownVersion, written.span, message);
    // A version that it is a part of, or that is a part of it, is what may have been meant: `16` is
    // spelt like `26`, and is none.
    let mut kept = runtime.versions.iter().filter(|it| it.ended().is_none());
    let near =
        kept.rfind(|it| is_part(it.name, &written.value) || is_part(&written.value, it.name));
    if let Some(near) = near {
        diagnostic = diagnostic.meant(Near::of(near.name), written.span);
    }
    let known: Vec<_> = runtime.versions.iter().map(|it| it.name).collect();
    found.push(diagnostic.help(format!("known are `{}`", known.join("`, `"))));
}

/// Whether a version is the beginning of another, as `24` of `24.1`.
pub(in crate::check) fn is_part(short: &str, long: &str) -> bool {
    long.strip_prefix(short)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Advises against a version that gets no fixes any more.
fn gets_fixes(version: &Version, written: &Name, plan: &Plan, found: &mut Findings) {
    let Some(end) = version.ended() else {
        return;
    };
    let runtime = plan.runtime;
    let (word, right) = (runtime.word, runtime.default);
    let message = format!("{word} {} has had no fixes since {end}", version.name);
    let diagnostic = Diagnostic::new(Code::VersionEnded, written.span, message);
    found.push(diagnostic.maybe(
        format!("choose one that gets them: `{word} {right}`"),
        written.span,
        right,
    ));
}

#[expect(
    clippy::option_option,
    reason = "a package manager that is wrong isn't the recipe's own"
)]
fn packages(
    said: &Name,
    recipe: &Recipe,
    plan: &Plan,
    found: &mut Findings,
) -> Option<Option<&'static PackageManager>> {
    let mut managers = plan.packages.iter();
    if let Some(manager) = managers.find(|manager| manager.name == said.value) {
        return Some(Some(manager));
    }
    let known: Vec<_> = plan.packages.iter().map(|manager| manager.name).collect();
    let message = format!(
        "the recipe `{}` doesn't install with `{}`",
        recipe.name, said.value
    );
    let diagnostic = Diagnostic::new(Code::WrongOption, said.span, message);
    found.push(match nearest(&said.value, known.iter().copied()) {
        Some(near) => diagnostic.meant(near, said.span),
        None => diagnostic.help(format!("it installs with `{}`", known.join("`, `"))),
    });
    None
}

/// What to start from where neither the text nor the sources say it.
struct Usual<'a> {
    entry: &'a EntryPoint,
    /// What it may be.
    candidates: &'a [String],
    /// Whether it need not be said: a command starts the image, or nobody looked into the folder.
    is_open: bool,
}

/// What the process is started from; empty where that is open.
fn entry_of(
    build: &ast::Build,
    recipe: &Recipe,
    usual: &Usual<'_>,
    found: &mut Findings,
) -> Option<String> {
    let entry = usual.entry;
    let Some(said) = &build.entry else {
        if entry.default.is_some() || build.options.iter().any(|it| it.value == "entry") {
            return entry.default.map(str::to_owned);
        }
        if usual.is_open {
            return Some(String::new());
        }
        let message = format!("`{}` doesn't say what it starts", recipe.name);
        let place = build.recipe.as_ref().map_or(build.span, |name| name.span);
        let missing = Diagnostic::new(Code::MissingStatement, place, message);
        found.push(match usual.candidates {
            [] => missing.help(format!("say it: `{{ entry \"{}\" }}`", entry.example)),
            [first, ..] => {
                let edit = Edit::add(build.span, format!("entry \"{first}\""));
                let title = format!("say it: `{{ entry \"{first}\" }}`");
                missing
                    .edit(Applicability::Maybe, title, edit)
                    .help(format!("there are `{}`", usual.candidates.join("`, `")))
            }
        });
        return None;
    };
    if entry.kind.admits(&said.value) {
        return Some(said.value.clone());
    }
    let message = format!("{} is nothing to start from", texts::shown(&said.value));
    let diagnostic = Diagnostic::new(Code::InvalidText, said.span, message);
    found.push(diagnostic.help(format!("write it as \"{}\"", entry.example)));
    None
}

/// The folder of the package that is built, as seen from the context.
fn workspace(said: &Name, found: &mut Findings) -> Option<String> {
    let path = said.value.strip_prefix("./").unwrap_or(&said.value);
    if catalog::is_path(path) {
        return Some(path.to_owned());
    }
    let message = format!(
        "{} isn't a folder of the context",
        texts::shown(&said.value)
    );
    let diagnostic = Diagnostic::new(Code::InvalidPath, said.span, message);
    found.push(diagnostic.help("write it as seen from the context: \"apps/web\""));
    None
}

/// A file or folder of the context, as seen from there.
fn data_path(said: &Name, found: &mut Findings) -> Option<String> {
    let path = said.value.strip_prefix("./").unwrap_or(&said.value);
    let path = path.strip_suffix('/').unwrap_or(path);
    if catalog::is_path(path) {
        return Some(path.to_owned());
    }
    let message = format!(
        "{} isn't a file or folder of the context",
        texts::shown(&said.value)
    );
    let diagnostic = Diagnostic::new(Code::InvalidPath, said.span, message);
    found.push(diagnostic.help("write it as seen from the context: `data \"templates\"`"));
    None
}

/// A package of Debian (its policy, §5.6.1) or Alpine.
fn is_system_package(name: &Name, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-._".contains(c);
    if text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(known) {
        return true;
    }
    let message = format!(
        "{} isn't the name of a package of Debian or Alpine",
        texts::shown(text)
    );
    let diagnostic = Diagnostic::new(Code::InvalidText, name.span, message);
    found.push(diagnostic.help("write the names of packages: `system \"libpq5\" \"ffmpeg\"`"));
    false
}

/// Most characters of a stand-in, below the kernel's bound on one word of a command
/// (`MAX_ARG_STRLEN`).
const LONGEST: usize = 100_000;

/// A secret's variable, and a value that keeps to its rules and is none: whoever finds it in a
/// build's log has found nothing.
fn stand_in(
    name: &Name,
    face: &TierFace<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<(String, String)> {
    let own = face.tier.secrets.iter();
    let mut own = own.filter(|secret| {
        secret
            .name
            .as_ref()
            .is_some_and(|it| it.value == name.value)
    });
    let secret = match own.next() {
        Some(secret) => secret,
        None => match scope.shared(name, found)? {
            Shared::Secret(secret) => secret,
            Shared::Config(setting) => {
                let message = format!("`{}` is a key of `config`, no secret", name.value);
                let diagnostic = Diagnostic::new(Code::WrongKind, name.span, message)
                    .also(setting.key.span, "declared here");
                found.push(diagnostic.help(format!(
                    "give the build its value: `{0} = config.{0}`",
                    name.value
                )));
                return None;
            }
        },
    };
    let start = match (&secret.url, &secret.starts_with) {
        (Some(scheme), _) => format!("{}://stand-in:stand-in@127.0.0.1:1/stand-in", scheme.value),
        (None, Some(start)) => format!("{}stand-in", start.value),
        (None, None) => "stand-in".to_owned(),
    };
    let least = secret.min_length.as_ref();
    let least = least.and_then(|length| length.value.parse::<usize>().ok());
    let missing = least
        .unwrap_or(0)
        .min(LONGEST)
        .saturating_sub(start.chars().count());
    Some((name.value.clone(), start + &"-".repeat(missing)))
}

/// A Dockerfile of somebody else's, which a recipe without a plan names.
pub(in crate::check) fn theirs(
    build: &ast::Build,
    found: &mut Findings,
) -> Option<DockerfileSource> {
    let file = match &build.file {
        None => Some(catalog::recipes::dockerfile::FILE.to_owned()),
        Some(said) => is_file(said, found).then(|| said.value.clone()),
    };
    let stage = match &build.stage {
        None => Some(None),
        Some(said) => is_stage(said, found).then(|| Some(said.value.clone())),
    };
    Some(DockerfileSource::Theirs {
        file: file?,
        stage: stage?,
    })
}

/// A file below the context.
fn is_file(said: &Name, found: &mut Findings) -> bool {
    if texts::relative_fault(&said.value).is_none() {
        return true;
    }
    let message = format!("{} isn't a file of the context", texts::shown(&said.value));
    let diagnostic = Diagnostic::new(Code::InvalidPath, said.span, message);
    found.push(diagnostic.help("write it as seen from the context: \"docker/api.Dockerfile\""));
    false
}

/// A stage's name (BuildKit's `validStageName`).
fn is_stage(said: &Name, found: &mut Findings) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    let text = said.value.as_str();
    if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(known) {
        return true;
    }
    let message = format!("{} isn't a valid name of a stage", texts::shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidText, said.span, message);
    found.push(diagnostic.help("write the word behind `AS`, in lower case: \"runner\""));
    false
}
