//! What a tier or job runs: an image that a recipe builds, or one that is there.

use super::arguments::arguments;
use super::build;
use super::build_secrets::secrets;
use super::container;
use super::health;
use super::image_name::{is_apart, named_by, reference};
use crate::catalog::{self, Argument, Choice, Contract, Plan, Recipe};
use crate::check::context;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::link::Link;
use crate::check::names::naming::Use;
use crate::check::names::ports;
use crate::check::names::scope::Scope;
use crate::check::types::image_names;
use crate::check::types::measure::Measure;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::diag::suggest::{Near, nearest};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Build, DockerfileSource, Image, Port};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name};

/// A workload's image, and what follows from it.
#[derive(Debug, Clone)]
pub(in crate::check) struct LoweredImage {
    pub(in crate::check) image: Image,
    /// The contract with it.
    pub(in crate::check) contract: Contract,
    /// What its build arguments refer to. A server may read them again while it runs, as Next.js
    /// does for its rewrites.
    pub(in crate::check) links: Vec<Link>,
}

/// A workload's image. `None` where it can't be known.
pub(in crate::check) fn lower(
    face: &TierFace<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<LoweredImage> {
    let tier = face.tier;
    match (&tier.build, &tier.image) {
        (Some(build), Some(image)) => {
            let noun = if face.is_job { "a job" } else { "a tier" };
            let message = format!("{noun} has either `build` or `image`, not both");
            let (first, second) = if image.span < build.span {
                (image.span, build.span)
            } else {
                (build.span, image.span)
            };
            found.push(
                Diagnostic::new(Code::Repeated, second, message)
                    .also(first, "this is the other one")
                    .help("keep one of the two"),
            );
            None
        }
        (None, None) => {
            if !tier.broken {
                let message = format!("`{}` has nothing to run", face.id.name);
                found.push(
                    Diagnostic::new(Code::MissingStatement, tier.span, message)
                        .help("say what it runs: `build nextjs \"./frontend\"`, or `image \"nginx:1.29\"`"),
                );
            }
            None
        }
        (None, Some(image)) => image_names::is_image(image, found).then(|| {
            image_names::is_pinned(image, &scope.pins, found);
            let reference = image_names::reference(&image.value);
            let pull = scope.settings.pull.clone();
            let image = Image {
                reference,
                pull,
                build: None,
                ours: false,
                origin: image.span,
                named_by: Vec::new(),
            };
            LoweredImage {
                image,
                contract: Contract::of_foreign_image(),
                links: Vec::new(),
            }
        }),
        (Some(said), None) => lower_build(said, face, scope, found),
    }
}

fn lower_build(
    said: &ast::Build,
    face: &TierFace<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<LoweredImage> {
    let recipe = recipe(said.recipe.as_ref()?, found);
    let folder = said.context.as_ref();
    let folder = folder.filter(|folder| is_context(folder, found));
    let recipe = recipe?;
    let (arguments, links) = arguments(said, recipe, scope, found);
    build::options_are_its(said, recipe, found);
    let secrets = secrets(said, recipe, found);
    let max_size = said.max_size.as_ref();
    let max_size = max_size.and_then(|size| numbers::quantity(size, Measure::Storage, found));
    let title = scope.naming.name(Use::Image, &face.stands.value);
    let reference = reference(&title, face, is_apart(face, recipe, scope), scope, found);
    let dockerfile = match &recipe.plan {
        Some(plan) => {
            let choice = build::choice(said, recipe, plan, face, scope, found);
            let port = port(said, plan, face, found);
            DockerfileSource::Planned {
                plan,
                choice: Box::new(Choice {
                    port: port?,
                    health: health::of_image(face, port?),
                    arguments: arguments
                        .iter()
                        .map(|entry| Argument {
                            name: entry.key.clone(),
                            public: recipe.is_public(&entry.key),
                        })
                        .collect(),
                    secrets: secrets.iter().map(|it| it.value.clone()).collect(),
                    project: scope.naming.app().to_owned(),
                    title,
                    version: scope.settings.version.value.clone(),
                    shutdown_seconds: container::shutdown_seconds(face, found),
                    ..choice?
                }),
            }
        }
        None => build::theirs(said, found)?,
    };
    let contract = match &dockerfile {
        DockerfileSource::Planned { plan, choice } => (plan.contract)(choice),
        DockerfileSource::Theirs { .. } => Contract::of_foreign_image(),
    };
    let reference = reference?;
    let folder = folder?;
    context::check(face.tier, scope, found);
    let image = Image {
        reference,
        pull: scope.settings.pull.clone(),
        build: Some(Build {
            context: folder.value.clone(),
            dockerfile,
            arguments,
            secrets: secrets
                .into_iter()
                .map(|it| Spanned::new(it.value.name, it.span))
                .collect(),
            said: said.options.clone(),
            platforms: scope.settings.platforms.to_vec(),
            max_size,
        }),
        ours: true,
        origin: said.span,
        named_by: named_by(scope),
    };
    Some(LoweredImage {
        image,
        contract,
        links,
    })
}

fn recipe(name: &Name, found: &mut Findings) -> Option<&'static Recipe> {
    let recipe = catalog::recipe(&name.value);
    if recipe.is_none() {
        let known: Vec<_> = catalog::RECIPES.iter().map(|recipe| recipe.name).collect();
        let message = format!("there is no recipe `{}`", name.value);
        let diagnostic = Diagnostic::new(Code::UnknownRecipe, name.span, message);
        // `next` is a part of `nextjs`, and `node` of `nodejs`.
        let part = |word: &&str| {
            word.len() > 2 && (word.starts_with(&name.value) || name.value.starts_with(*word))
        };
        let near = nearest(&name.value, known.iter().copied());
        let long = known
            .iter()
            .copied()
            .find(part)
            .filter(|_| name.value.len() > 2);
        let near = near.or(long.map(Near::of));
        found.push(match (catalog::recipe_for(&name.value), near) {
            (Some("dockerfile"), _) => diagnostic.help(format!(
                "write a Dockerfile in its folder, and `build dockerfile` here: no recipe builds {}",
                name.value
            )),
            (Some(recipe), _) => diagnostic.maybe(
                format!("write `{recipe}`, which builds it"),
                name.span,
                recipe,
            ),
            (None, Some(near)) => diagnostic.meant(near, name.span),
            (None, None) => diagnostic.help(format!("recipes are `{}`", known.join("`, `"))),
        });
    }
    recipe
}

/// A folder below the source file's, by a path that needs no quoting in any file it stands in.
fn is_context(context: &Name, found: &mut Findings) -> bool {
    let text = context.value.as_str();
    let Some(fault) = texts::relative_fault(text) else {
        return is_folder(context, found);
    };
    let message = format!("this folder can't be built from: {fault}");
    let diagnostic = Diagnostic::new(Code::InvalidContext, context.span, message);
    found.push(
        diagnostic.help("write the folder of the sources, as seen from this file: \"./frontend\""),
    );
    false
}

/// Complains of the path of a Dockerfile where that of its folder stands.
fn is_folder(context: &Name, found: &mut Findings) -> bool {
    let text = context.value.as_str();
    let (folder, file) = text.rsplit_once('/').unwrap_or((".", text));
    if file != "Dockerfile" {
        return true;
    }
    let message = format!("`{text}` is a file, and a folder is built from");
    let right = format!("\"{folder}\"");
    let diagnostic = Diagnostic::new(Code::InvalidContext, context.span, message);
    let title = format!("write {right}, in which that file is looked for");
    found.push(diagnostic.fix(title, context.span, right));
    false
}

/// Complains of a version that isn't in a table.
pub(in crate::check) fn unknown_version(
    written: &Name,
    what: &str,
    known: &[&str],
    found: &mut Findings,
) {
    let message = format!("`{}` isn't a known version of {what}", written.value);
    let mut diagnostic = Diagnostic::new(Code::UnknownVersion, written.span, message);
    if let Some(near) = known.iter().find(|it| build::is_part(it, &written.value)) {
        diagnostic = diagnostic.maybe(format!("write `{near}`"), written.span, *near);
    }
    found.push(diagnostic.help(format!("known are `{}`", known.join("`, `"))));
}

/// The port that a recipe's process listens on: its server has one, another command need not.
/// The outer `None` is a fault, which has been complained of.
#[expect(
    clippy::option_option,
    reason = "a port that is wrong isn't a worker's lack of one"
)]
fn port(
    build: &ast::Build,
    plan: &Plan,
    face: &TierFace<'_>,
    found: &mut Findings,
) -> Option<Option<u16>> {
    /// Below this, only root may listen.
    const FIRST_UNPRIVILEGED: u16 = 1024;
    if face.tier.ports.is_empty() && !face.tier.command.is_empty() {
        return Some(None);
    }
    let place = build.recipe.as_ref().map_or(build.span, |name| name.span);
    let main = if plan.is_server {
        if face.tier.ports.is_empty() && face.is_job {
            runs_a_server(face, place, found);
            return None;
        }
        let instead = "call the one that the server listens on `http`";
        let main = face.main_port(place, "this runs a server", instead, found)?;
        if !main.is_tcp() {
            let message = "this runs a server that listens over TCP";
            found.push(
                Diagnostic::new(Code::UdpPort, place, message)
                    .also(main.origin, "this port is UDP")
                    .help("say where it listens, such as `port 8080`"),
            );
            return None;
        }
        Some(main)
    } else {
        face.port().filter(|port| port.is_tcp())
    };
    let privileged = |port: &&Port| port.container < FIRST_UNPRIVILEGED;
    let Some(port) = face.ports.iter().find(privileged) else {
        return Some(main.map(|port| port.container));
    };
    let message = format!(
        "only root may listen on port {}, and this image runs as a user",
        port.container
    );
    let right = ports::written(port, 8080, port.service);
    found.push(
        Diagnostic::new(Code::InvalidPort, port.origin, message).maybe(
            format!("listen on a port from 1024 on: `{right}`"),
            port.origin,
            right,
        ),
    );
    None
}

/// Complains of a job that says no command, where what it runs is a server, by `place`.
pub(in crate::check) fn runs_a_server(face: &TierFace<'_>, place: Span, found: &mut Findings) {
    if face.tier.broken {
        return;
    }
    let message = format!("`{}` says no command, and would never end", face.id.name);
    found.push_merged(
        Diagnostic::new(Code::MissingStatement, face.tier.span, message)
            .also(place, "this runs a server")
            .help("say what it runs: `command \"python\" \"-m\" \"app.seed\"`"),
    );
}
