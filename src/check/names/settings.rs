//! What `app` says, and what the target says instead.

use crate::check::findings::Findings;
use crate::check::types::image_names;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Namespace, PullPolicy};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{App, Name, Settings, Target};

/// The settings that hold for one target.
#[derive(Debug)]
pub(in crate::check) struct Effective<'a> {
    pub(in crate::check) namespace: Namespace,
    pub(in crate::check) version: String,
    /// The tag that was said, and whether it is this target's own, or for this build alone.
    pub(in crate::check) tag: Option<(&'a Name, bool)>,
    pub(in crate::check) registry: Option<&'a Name>,
    pub(in crate::check) host: Option<&'a Name>,
    /// At `app` where no statement says it.
    pub(in crate::check) pull: Spanned<PullPolicy>,
    pub(in crate::check) pull_secret: Option<&'a Name>,
    pub(in crate::check) local_images: bool,
    /// Whether that was said.
    pub(in crate::check) local_said: bool,
    /// Whether something beside them couldn't be read.
    pub(in crate::check) broken: bool,
}

/// The version where none is said.
const VERSION: &str = "0.1.0";

/// Merges the settings of the application and of a target, and checks both, so that nothing is
/// found only once another target is built. `tag` is for this build alone, and wins.
pub(in crate::check) fn effective<'a>(
    app: &'a App,
    name: &Name,
    target: Option<&'a Target>,
    tag: Option<&'a Name>,
    found: &mut Findings,
) -> Effective<'a> {
    let own = &app.settings;
    let theirs = target.map(|target| &target.settings);
    let pick = |of: fn(&Settings) -> Option<&Name>| theirs.and_then(of).or_else(|| of(own));
    let local = |settings: &Settings| settings.local_images.is_some();
    for settings in std::iter::once(own).chain(theirs) {
        settings_are_right(settings, found);
    }

    let namespace = pick(|settings| settings.namespace.as_ref()).unwrap_or(name);
    let said = match (theirs.and_then(|target| target.tag.as_ref()), &own.tag) {
        (Some(tag), _) => Some((tag, true)),
        (None, Some(tag)) => Some((tag, target.is_none())),
        (None, None) => None,
    };
    if let Some(tag) = tag {
        is_tag(tag, found);
    }
    if let Some(version) = &app.version {
        is_version(version, found);
    }
    let registry = pick(|settings| settings.registry.as_ref());
    // A target that names a registry isn't local because the application is.
    let local_said = theirs.is_some_and(local)
        || local(own) && theirs.is_none_or(|target| target.registry.is_none());
    let pull = theirs
        .and_then(|target| target.pull.as_ref())
        .or(own.pull.as_ref());
    Effective {
        namespace: Namespace {
            name: namespace.value.clone(),
            create: namespace.value != "default",
            origin: namespace.span,
        },
        version: app
            .version
            .as_ref()
            .map_or(VERSION.to_owned(), |version| version.value.clone()),
        tag: tag.map(|tag| (tag, true)).or(said),
        registry,
        host: pick(|settings| settings.host.as_ref()),
        pull_secret: pick(|settings| settings.pull_secret.as_ref()),
        pull: Spanned::new(
            match pull.map(|word| word.value) {
                Some("never") => PullPolicy::Never,
                Some("always") => PullPolicy::Always,
                _ => PullPolicy::IfNotPresent,
            },
            pull.map_or(app.span, |word| word.span),
        ),
        // Without a registry there is no other way.
        local_images: local_said || registry.is_none(),
        local_said,
        broken: own.broken || theirs.is_some_and(|target| target.broken),
    }
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
    let is_known = settings.local_said || settings.pull.value == PullPolicy::Never;
    (!is_known).then(|| {
        note.help("write `images local` in `app` if that is meant, or `registry` and its address")
    })
}

fn settings_are_right(settings: &Settings, found: &mut Findings) {
    if let Some(namespace) = &settings.namespace {
        texts::is_label(namespace, found);
    }
    if let Some(tag) = &settings.tag {
        is_tag(tag, found);
        if tag.value == image_names::LATEST {
            found.push(image_names::moves(tag.span, &tag.value));
        }
    }
    if let Some(registry) = &settings.registry {
        image_names::is_registry(registry, found);
    }
    if let Some(host) = &settings.host {
        texts::is_host(host, true, found);
    }
    if let Some(secret) = &settings.pull_secret {
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
