//! Syntax tree to IR: names are resolved, values typed, defaults filled in. Goes on after each
//! fault, so that all of them are found at once; the IR exists only where there is none.

mod advice;
mod allow;
mod context;
mod file_facts;
mod findings;
mod names;
mod types;
mod values;
mod whole_file;
mod workload;

use indexmap::{IndexMap, IndexSet};

use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, Database, Helm, Job, Lookup, SecretObject, Selector, TagFrom, Tier};
use crate::source::{Beside, FileId, Span, Spanned};
use crate::syntax::ast::{self, Name};
use advice::readings::Readings;
use advice::{ADVICE, browsers, notes, secrecy};
pub use allow::{Accepted, accept, unused};
pub use context::wanted as contexts_wanted;
pub use file_facts::FileFacts;
use findings::Findings;
use names::link::Link;
use names::naming::Naming;
use names::overlay::AppView;
use names::scope::{ExternalFace, Scope, Shared, Thing};
use names::settings::{AskedTag, Effective};
use names::{gather, secrets, settings};
pub use types::image_names::{digest_fault, tag_fault};
use types::{config_size, texts};
use values::{external, shared};
pub use whole_file::file_facts;
use workload::graph::Graph;
pub use workload::pins::pinned_lines;
use workload::process::Processes;
use workload::{
    chart, container, database, image_clashes, ingress, job, kept, labels, objects, pins, process,
    strip, tier,
};

/// What came of a check.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The application, if nothing is wrong with it but what is accepted.
    pub app: Option<App>,
    /// What is known of it where something is wrong.
    pub partial: Option<App>,
    /// What was found, besides what is accepted.
    pub diagnostics: Bag,
    /// What is worth knowing of the application, if it exists, besides what is accepted.
    pub notes: Bag,
    /// What was found and is accepted.
    pub accepted: Vec<Accepted>,
}

/// Complains of what a format can't take. It is handed what could be made of the text, errors or not.
pub type FormatCheck = fn(&App, &mut Bag);

/// Checks `file` for one of its targets, or for none where it has none; the tag that is asked for, and what
/// else it is to be made of, win over those in the text. `beside` has the files that [`ast::File::files`]
/// names, and what was seen in the contexts that [`contexts_wanted`] names; `facts` has what is wrong for all
/// targets, which isn't said again. `formats` are the checks of the formats that it is to be written in.
/// What is wrong with the syntax isn't seen here.
#[must_use]
pub fn check(
    file: &ast::File,
    target: Option<&ast::Target>,
    (tag, tag_from): (Option<&str>, Option<TagFrom>),
    beside: Beside<'_>,
    facts: &FileFacts,
    formats: &[FormatCheck],
) -> Checked {
    let mut found = Findings::default();
    let start = Span::new(FileId(0), 0..0);
    // Without a name, the rest is checked nonetheless, and what depends on the name is not.
    let app = file.app.as_ref();
    let name = app.and_then(|app| app.name.as_ref());
    let unsaid = ast::App {
        span: start,
        name: None,
        settings: ast::Settings {
            broken: !file.is_whole(),
            ..ast::Settings::default()
        },
        version: None,
        without: Vec::new(),
        pins: None,
        language: None,
        labels: Vec::new(),
        selector: None,
        naming: Vec::new(),
        helm: None,
    };
    let nameless = Spanned::new(String::new(), start);
    let app = app.unwrap_or(&unsaid);
    // It stands nowhere in the text; what is wrong with it is wrong with the application.
    let at_app = |tag: &str| Spanned::new(tag.to_owned(), app.span);
    let (tag, commit) = (tag.map(at_app), beside.commit.map(at_app));
    let asked = AskedTag {
        text: tag.as_ref(),
        from: tag_from,
        of_git: commit.as_ref(),
    };
    let (lowered, mut notes) = lower(
        file,
        app,
        name.unwrap_or(&nameless),
        target,
        asked,
        (beside, facts),
        &mut found,
    );
    let mut diagnostics = found.into_bag();
    for check in formats {
        check(&lowered, &mut diagnostics);
    }
    diagnostics.drop_shadowed(&facts.errors);
    // Of half a statement nobody knows what was meant: `512 MB` is no 512 bytes.
    if !file.sound {
        diagnostics.retain_sorted(|it| !matches!(it.code, Code::Implausible | Code::LimitTooLow));
    }
    let mut accepted = allow::accept(file, &mut diagnostics);
    let is_wrong = |diagnostics: &Bag| facts.is_wrong || diagnostics.has_errors();
    // What is wrong may be what would have read it.
    if !is_wrong(&diagnostics) {
        secrecy::unread(file).for_each(|diagnostic| diagnostics.push(diagnostic));
        accepted.extend(allow::accept(file, &mut diagnostics));
    }
    let is_right = name.is_some() && !is_wrong(&diagnostics);
    let (app, partial) = if is_right {
        (Some(lowered), None)
    } else {
        notes = Bag::default();
        (None, Some(lowered))
    };
    accepted.extend(allow::accept(file, &mut notes));
    Checked {
        app,
        partial,
        diagnostics,
        notes,
        accepted,
    }
}

/// Says what is hardly meant. Returns what is built for browsers with an address of which thing.
fn advise(
    scope: &Scope<'_>,
    processes: &Processes<'_, '_>,
    found: &mut Findings,
) -> Vec<(String, Link)> {
    let readings = Readings::of(scope, processes);
    secrecy::check(&readings, found);
    for advise in ADVICE {
        advise(&readings, found);
    }
    browsers::links(&readings)
}

/// What a target is called.
fn name_of(target: Option<&ast::Target>) -> Option<String> {
    let name = target.and_then(|target| target.name.as_ref());
    name.map(|name| name.value.clone())
}

fn lower(
    file: &ast::File,
    app: &ast::App,
    name: &Name,
    target: Option<&ast::Target>,
    asked: AskedTag<'_>,
    beside: (Beside<'_>, &FileFacts),
    found: &mut Findings,
) -> (App, Bag) {
    let view = AppView::of(file, target);
    let settings = settings::effective(app, name, &view, asked, found);
    let naming = Naming::new(app, name, found);
    let off = container::without(&app.without, found);
    let mut scope = gather::scope(file, &view, &settings, &naming, &off, beside, found);
    scope.pins = pins::read(app.pins.as_ref(), &scope, found);
    targets_are_right(file, &scope, found);
    shared::work_out(&mut scope, found);
    let scope = scope;
    let mut processes = process::work_out(&scope, found);
    let for_browsers = advise(&scope, &processes, found);
    let mut graph = Graph::default();
    let mut secrets_read = IndexSet::new();
    let (mut tiers, mut databases, mut jobs) = (Vec::new(), Vec::new(), Vec::new());
    let first = scope.things.values().map(|thing| (thing, true));
    // One more thing of a name clashes with the first in everything, which has been said.
    let more = scope.doubles.iter().map(|thing| (thing, false));
    for (thing, counts) in first.chain(more) {
        match thing {
            Thing::Tier(face) => {
                let lowered = tier::lower(face, &scope, &mut processes, &mut graph, found);
                if let Some(lowered) = lowered.filter(|_| counts) {
                    secrets_read.extend(lowered.secrets_read);
                    tiers.push(lowered.tier);
                }
            }
            Thing::Database(database, engine, id) => {
                let lowered = database::lower(database, engine, id, &scope, found);
                databases.extend(lowered.filter(|_| counts));
            }
            Thing::External(external) => external_is_right(external, &scope, found),
            Thing::ExternalService(service) => external::is_right(service, found),
            Thing::Job(face, job) => {
                let lowered = job::lower(face, job, &scope, &mut processes, &mut graph, found);
                if let Some(lowered) = lowered.filter(|_| counts) {
                    secrets_read.extend(lowered.secrets_read);
                    jobs.push(lowered.job);
                }
            }
        }
    }
    let images = (&mut tiers[..], &mut jobs[..], &mut databases[..]);
    let pinned = pins::apply(app.pins.as_ref(), images, &scope, found);
    kept::work_out(&mut tiers, &mut jobs);
    let ingress = ingress::settings(&view, &tiers, &scope, found);
    strip::of_tiers(&mut tiers, &ingress, &scope, found);
    ingress::tiers_speak_http(&tiers, &ingress, found);
    let ingresses = ingress::lower(&name.value, (&view, &ingress), &tiers, &scope, found);
    for (tier, link) in for_browsers {
        graph.browsers(&tier, &link);
    }
    let edges = graph.into_edges(&tiers, &jobs, &databases, &ingresses);
    let mut notes = notes::notes((&tiers, &jobs, &databases), &edges, &ingress, &scope);
    let pods = tiers.iter().map(|tier| &tier.pod);
    let mut pods = pods.chain(jobs.iter().map(|job| &job.pod));
    if pods.any(|pod| pod.image.build.is_some()) {
        notes.extend(settings::images_arrive(&settings, app.span, found));
    }
    let pull_secret = pull_secret(&settings, &tiers, &jobs, &databases);
    let mut whole = App {
        name: name.value.clone(),
        version: settings.version.clone(),
        naming: naming.said(),
        origin: app.span,
        target: name_of(target),
        target_origin: target.map_or(app.span, |target| target.span),
        is_default_target: is_default(file, target),
        namespace: settings.namespace.clone(),
        context: settings.context.map(|context| context.value.clone()),
        tag_from: settings.tag_from.as_ref().map(|from| from.value),
        local_images: settings.local_images,
        pull_secret,
        pinned,
        labels: labels::labels(&app.labels, &scope, found),
        selector: match app.selector.as_ref().map(|word| word.value) {
            Some("standard") => Selector::Standard,
            _ => Selector::App,
        },
        off: off.clone(),
        config: shared::config_map(&scope),
        unset: shared::without_value(&scope),
        secret: secret(&secrets_read, &scope, found),
        databases,
        tiers,
        objects: objects::lower(&view.objects, &scope, found),
        jobs,
        ingress,
        ingresses,
        helm: Helm::default(),
        edges,
        lookup: Lookup::default(),
    };
    whole.helm = chart::lower(app.helm.as_ref(), file, &whole, found);
    image_clashes::check(&whole, &scope, found);
    config_size::check(&whole, found);
    let mut bag = Bag::default();
    for note in notes {
        bag.push(note);
    }
    (whole, bag)
}

/// The Secret with the registry's credentials. No registry is asked for what is built here and loaded by hand.
fn pull_secret(
    settings: &Effective<'_>,
    tiers: &[Tier],
    jobs: &[Job],
    databases: &[Database],
) -> Option<Name> {
    let pods = tiers.iter().map(|tier| &tier.pod);
    let mut pods = pods.chain(jobs.iter().map(|job| &job.pod));
    let is_asked = !settings.local_images
        || !databases.is_empty()
        || pods.any(|pod| pod.image.build.is_none());
    settings.pull_secret.filter(|_| is_asked).cloned()
}

/// Whether a target is the one that is built where none is asked for: the first.
fn is_default(file: &ast::File, target: Option<&ast::Target>) -> bool {
    let first = file.targets.first();
    target.is_none_or(|target| first.is_some_and(|first| first.span == target.span))
}

/// Names of targets, and the tiers that they speak of.
fn targets_are_right(file: &ast::File, scope: &Scope<'_>, found: &mut Findings) {
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for target in &file.targets {
        if let Some(name) = &target.name {
            texts::is_label(name, found);
            match seen.get(name.value.as_str()) {
                Some(first) => {
                    let message = format!("there are two targets `{}`", name.value);
                    let diagnostic = Diagnostic::new(Code::NameTaken, name.span, message);
                    found.push(
                        diagnostic
                            .also(*first, "the first one")
                            .help("join the two, or rename one"),
                    );
                }
                None => {
                    seen.insert(&name.value, name.span);
                }
            }
        }
        // What isn't in the target that is checked may be in this one.
        let is_there = |name: &&Name| !scope.gone.contains_key(name.value.as_str());
        let names = target.tiers.iter().filter_map(|tier| tier.name.as_ref());
        for name in names.filter(is_there) {
            match scope.thing(name, found) {
                None | Some(Thing::Tier(_)) => {}
                Some(other) => {
                    let message = format!("`{}` is {}, no tier", name.value, other.owner().noun());
                    found.push(
                        Diagnostic::new(Code::WrongKind, name.span, message)
                            .also(other.span(), "declared here")
                            .help("name a tier: targets change tiers alone"),
                    );
                }
            }
        }
    }
}

fn external_is_right(external: &ExternalFace<'_>, scope: &Scope<'_>, found: &mut Findings) {
    match external.url {
        Some(url) => {
            secrets::shared_ref(url, scope, found);
        }
        None if external.broken => {}
        None => {
            let message = "this external database doesn't say which secret holds its URL";
            let diagnostic = Diagnostic::new(Code::MissingStatement, external.span, message);
            found.push(
                diagnostic
                    .help("say it: `url DATABASE_URL`, with a `secret DATABASE_URL from env`"),
            );
        }
    }
}

/// The shared Secret, with the keys that something reads.
fn secret(
    read: &IndexSet<String>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<SecretObject> {
    let mut keys = Vec::new();
    for (name, shared) in &scope.shared {
        if let Shared::Secret(secret) = shared {
            let key = secrets::lower(secret, found);
            keys.extend(key.filter(|_| read.contains(*name)));
        }
    }
    let origin = keys.first()?.origin;
    Some(SecretObject {
        name: scope.secret_name.clone(),
        keys,
        origin,
    })
}
