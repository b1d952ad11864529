//! What `app` says, and what the target says instead.

use super::overlay::AppView;
use crate::catalog::dns::is_system_namespace;
use crate::check::findings::Findings;
use crate::check::types::image_names;
use crate::check::types::platforms;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Namespace, PullPolicy, TagFrom};
use crate::source::{Span, Spanned, reorders};
use crate::syntax::ast::{App, Name, Tag};

/// The settings that hold for one target.
#[derive(Debug)]
pub(in crate::check) struct Effective<'a> {
    pub(in crate::check) namespace: Namespace,
    pub(in crate::check) context: Option<&'a Name>,
    /// At `app` where no statement says it.
    pub(in crate::check) version: Spanned<String>,
    /// The tag that was said, and whether it is this target's own.
    pub(in crate::check) tag: Option<(&'a Name, bool)>,
    /// What tags are made of, where no text is said, and where that is said.
    pub(in crate::check) tag_from: Option<Spanned<TagFrom>>,
    pub(in crate::check) registry: Option<&'a Name>,
    pub(in crate::check) host: Option<&'a Name>,
    /// At `app` where no statement says it.
    pub(in crate::check) pull: Spanned<PullPolicy>,
    pub(in crate::check) pull_secret: Option<&'a Name>,
    /// The platforms of images that are built; none is that of the machine that builds them.
    pub(in crate::check) platforms: &'a [Name],
    pub(in crate::check) local_images: bool,
    /// Where that was said.
    pub(in crate::check) local_said: Option<Span>,
    /// Whether something beside them couldn't be read.
    pub(in crate::check) broken: bool,
}

/// The version where none is said.
const VERSION: &str = "0.1.0";

/// The tag that is asked for, whatever the text says.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::check) struct AskedTag<'a> {
    /// The tag of all images that are built.
    pub(in crate::check) text: Option<&'a Name>,
    /// What tags are to be made of.
    pub(in crate::check) from: Option<TagFrom>,
    /// The tag that Git gives, where that is known.
    pub(in crate::check) of_git: Option<&'a Name>,
}

/// Reads the settings that hold, and checks those that a target replaces as well, so that nothing is
/// found only once another target is built. `asked` is for this build alone, and wins.
pub(in crate::check) fn effective<'a>(
    app: &'a App,
    name: &Name,
    view: &AppView<'a>,
    asked: AskedTag<'a>,
    found: &mut Findings,
) -> Effective<'a> {
    settings_are_right(view, found);
    let namespace = view.namespace.holds.unwrap_or(name);
    if view.namespace.holds.is_none() {
        is_free_namespace(name, NAMESPACE_BESIDE, found);
    }
    if let Some(tag) = asked.text {
        is_tag(tag, found);
    }
    let (tag, tag_from) = tag(app, view, asked);
    if let Some(version) = &app.version {
        is_version(version, found);
    }
    let registry = view.registry.holds;
    let local_said = view.local_images.holds.copied();
    // Without a registry there is no other way.
    let local_images = local_said.is_some() || registry.is_none();
    let platforms = view.platforms.holds.map_or(&[][..], Vec::as_slice);
    if local_images {
        platforms::are_one(platforms, found);
    }
    let pull = view.pull.holds;
    Effective {
        namespace: Namespace {
            name: namespace.value.clone(),
            create: namespace.value != "default" && !view.namespace_exists,
            origin: namespace.span,
        },
        context: view.context.holds,
        version: app
            .version
            .clone()
            .unwrap_or_else(|| Spanned::new(VERSION.to_owned(), app.span)),
        tag,
        tag_from,
        registry,
        host: view.host.holds,
        pull_secret: view.pull_secret.holds,
        pull: Spanned::new(
            match pull.map(|word| word.value) {
                Some("never") => PullPolicy::Never,
                Some("always") => PullPolicy::Always,
                _ => PullPolicy::IfNotPresent,
            },
            pull.map_or(app.span, |word| word.span),
        ),
        platforms,
        local_images,
        local_said,
        broken: view.broken,
    }
}

/// The tag of images that are built, or what it is made of. Of a commit each image has its own content,
/// whatever the target, and a digest is that of one image alone.
fn tag<'a>(
    app: &App,
    view: &AppView<'a>,
    asked: AskedTag<'a>,
) -> (Option<(&'a Name, bool)>, Option<Spanned<TagFrom>>) {
    if let Some(text) = asked.text {
        return (Some((text, false)), None);
    }
    let asked_from = asked.from.map(|from| Spanned::new(from, app.span));
    let from = asked_from.or_else(|| match view.tag.holds {
        Some(Tag::From(word)) => Some(Spanned::new(TagFrom::of(word.value)?, word.span)),
        Some(Tag::Text(_)) | None => None,
    });
    let text = match (&from, view.tag.holds) {
        (None, Some(Tag::Text(text))) => Some((text, view.tag_is_targets_own)),
        (Some(from), _) if from.value == TagFrom::Git => asked.of_git.map(|tag| (tag, false)),
        (Some(_), _) | (None, Some(Tag::From(_)) | None) => None,
    };
    (text, from)
}

/// Whether nodes can have the images that are built; what to note of how they get there.
pub(in crate::check) fn images_arrive(
    settings: &Effective<'_>,
    origin: Span,
    found: &mut Findings,
) -> Option<Diagnostic> {
    if !settings.local_images {
        return None;
    }
    if settings.pull.value == PullPolicy::Always {
        let message = "`pull always` asks a registry for images that none has: pods don't start";
        found.push(
            Diagnostic::new(Code::PullFromNowhere, settings.pull.span, message)
                .help("write `pull missing`, which takes the image that was loaded")
                .help("or name a registry: `registry \"ghcr.io/acme\"`"),
        );
    }
    let text = "no `registry` is set: images are loaded into the cluster by hand";
    let note = Diagnostic::new(Code::ImagesLoadedByHand, origin, text);
    let is_known = settings.local_said.is_some() || settings.pull.value == PullPolicy::Never;
    (!is_known).then(|| {
        note.help("write `images local` in `app` if that is meant, or `registry` and its address")
    })
}

/// What helps an application whose name can't be that of its namespace.
const NAMESPACE_BESIDE: &str =
    "choose another name, or write `namespace NAME` in `app` with the name of another namespace";

/// Whether an application may have a namespace. Complains where Kubernetes has it for itself: what the system runs
/// there would get the settings that the application's own pods need, and be gone with them.
fn is_free_namespace(namespace: &Name, help: &str, found: &mut Findings) {
    if is_system_namespace(&namespace.value) {
        let message = format!(
            "`{}` can't be the application's namespace: `kube-` begins those of Kubernetes itself",
            namespace.value
        );
        let diagnostic = Diagnostic::new(Code::InvalidName, namespace.span, message);
        found.push(diagnostic.help(help));
    }
}

fn settings_are_right(view: &AppView<'_>, found: &mut Findings) {
    for namespace in view.namespace.all() {
        if texts::is_label(namespace, found) {
            is_free_namespace(namespace, "choose another name", found);
        }
    }
    for context in view.context.all() {
        if context.value.trim().is_empty() {
            let message = "a context's name can't be empty";
            let diagnostic = Diagnostic::new(Code::InvalidText, context.span, message);
            found.push(diagnostic.help("write the name of one, such as \"production\""));
        } else if context.value.chars().any(|c| c.is_control() || reorders(c)) {
            let message = "a context's name can't contain invisible characters";
            let diagnostic = Diagnostic::new(Code::InvalidText, context.span, message);
            found.push(diagnostic.help(
                "printed commands contain the name: rename the context, and write the new name here",
            ));
        }
    }
    for tag in view.tag.all() {
        let Tag::Text(tag) = tag else {
            continue;
        };
        is_tag(tag, found);
        if tag.value == image_names::LATEST {
            found.push(image_names::moves(tag.span, &tag.value));
        }
    }
    for registry in view.registry.all() {
        image_names::is_registry(registry, found);
    }
    for said in view.platforms.all() {
        platforms::are_right(said, found);
    }
    for host in view.host.all() {
        texts::is_host(host, true, found);
    }
    for secret in view.pull_secret.all() {
        texts::is_secret_name(secret, found);
    }
}

fn is_tag(tag: &Name, found: &mut Findings) {
    if let Some(fault) = image_names::tag_fault(&tag.value) {
        let message = format!("{} can't be a tag: {fault}", texts::shown(&tag.value));
        let diagnostic = Diagnostic::new(Code::InvalidText, tag.span, message);
        found.push(diagnostic.help("write a tag such as \"1.0.0\" or \"v2-rc1\""));
    }
}

/// A version becomes a tag, a label's value and an image's label.
fn is_version(version: &Name, found: &mut Findings) {
    let text = version.value.as_str();
    let fault = image_names::tag_fault(&text.replace('+', "_")).or_else(|| {
        let too_long = text.len() > texts::MOST_LABEL;
        too_long.then_some("it is longer than 63 characters")
    });
    if let Some(fault) = fault {
        let message = format!("{} can't be a version: {fault}", texts::shown(text));
        let diagnostic = Diagnostic::new(Code::InvalidText, version.span, message);
        found.push(diagnostic.help("write a version such as \"1.0.0\""));
    }
}
