//! The overlay of a target over what the file says for all of them: the one place that decides
//! which of two statements holds, and that keeps the other, which may be wrong as well.

use super::hosts::{HostRoutesView, HostView, Routed};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{
    Admission, Amount, EnvLine, Expose, File, Gateway, HostRoutes, HostSettings, IngressSettings,
    Name, Patch, Replicas, Setting, Settings, Tag, Target, TargetTier, Tier,
};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// The statement that holds, and what it replaces.
#[derive(Debug)]
pub(in crate::check) struct Layered<'a, T> {
    /// The statement of the target, else the file's own.
    pub(in crate::check) holds: Option<&'a T>,
    /// The file's own, where the target says something else.
    pub(in crate::check) replaced: Option<&'a T>,
}

impl<'a, T> Layered<'a, T> {
    /// Lays what a target says over what the file says.
    pub(in crate::check) fn of(own: Option<&'a T>, theirs: Option<&'a T>) -> Self {
        Layered {
            holds: theirs.or(own),
            replaced: own.filter(|_| theirs.is_some()),
        }
    }

    /// Both statements: first the file's own.
    pub(in crate::check) fn all(&self) -> impl Iterator<Item = &'a T> {
        self.replaced.into_iter().chain(self.holds)
    }

    /// Reads both statements, first what is replaced, so that its faults are found as well; returns
    /// what the one that can be read says, of both the one that holds.
    pub(in crate::check) fn read<R>(&self, mut read: impl FnMut(&'a T) -> Option<R>) -> Option<R> {
        let replaced = self.replaced.and_then(&mut read);
        self.holds.and_then(read).or(replaced)
    }
}

/// A line that sets variables.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) enum EnvView<'a> {
    /// `NAME`: a shared key or secret.
    Shared(&'a Name),
    /// `NAME = value`.
    Set(&'a Setting),
    /// `..config` or `..secrets`: the word, and the place of the whole.
    Spread(&'a Name),
}

/// What a target says of each tier, by the tier's name.
#[derive(Debug, Default)]
pub(in crate::check) struct TargetView<'a> {
    blocks: BTreeMap<&'a str, Blocks<'a>>,
    routes: HostRoutesView<'a>,
}

/// The first block of a target on one tier, and a second one.
type Blocks<'a> = (Option<&'a TargetTier>, Option<&'a TargetTier>);

impl<'a> TargetView<'a> {
    /// That of a target, or of none. What `app` says of hosts is part of it.
    pub(in crate::check) fn of(file: &'a File, target: Option<&'a Target>) -> Self {
        let (own, theirs) = hosts(file, target);
        let mut view = TargetView {
            blocks: BTreeMap::new(),
            routes: HostRoutesView::of(own, theirs),
        };
        for block in target.into_iter().flat_map(|target| &target.tiers) {
            if let Some(name) = &block.name {
                let (first, second) = view.blocks.entry(&name.value).or_default();
                let free = if first.is_none() { first } else { second };
                free.get_or_insert(block);
            }
        }
        view
    }

    /// The tiers of which it says something.
    pub(in crate::check) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.blocks.keys().copied().chain(self.routes.names())
    }

    /// What the target says by `expose` of who reaches a tier.
    fn expose(&self, tier: &str) -> Option<&'a Expose> {
        let (block, _) = self.blocks.get(tier)?;
        block.as_ref()?.scale.expose.as_ref()
    }

    /// An `expose` of a tier, and a route to it that is said where it is: in the target, or outside of all.
    fn twice(&self, tier: &'a Tier, name: &str) -> Option<(&'a Expose, Routed<'a>)> {
        let theirs = self.expose(name).zip(self.routes.first_of_target(name));
        let own = tier.scale.expose.as_ref();
        theirs.or_else(|| own.zip(self.routes.first_of_app(name)))
    }
}

/// What holds for a tier or job in one target, where a target may change it.
#[derive(Debug)]
pub(in crate::check) struct WorkloadView<'a> {
    /// `replicas`.
    pub(in crate::check) replicas: Layered<'a, Replicas>,
    /// `cpu`.
    pub(in crate::check) cpu: Layered<'a, Amount>,
    /// `memory`.
    pub(in crate::check) memory: Layered<'a, Amount>,
    /// `expose`.
    pub(in crate::check) expose: Layered<'a, Expose>,
    /// The other statements of `expose` beside it.
    pub(in crate::check) further: &'a [Expose],
    /// The routes that lead to it, which expose it whatever else is said: browsers know it by the first.
    pub(in crate::check) routes: Vec<Routed<'a>>,
    /// An `expose` and a route beside it, of which one is too much.
    pub(in crate::check) exposed_twice: Option<(&'a Expose, Routed<'a>)>,
    /// `patch`: the file's own, then the target's, which win where they meet.
    pub(in crate::check) patches: Vec<&'a Patch>,
    /// `env`: the file's own lines but for those that the target replaces, then the target's.
    pub(in crate::check) env: Vec<EnvView<'a>>,
    /// `annotate`, in the same order.
    pub(in crate::check) annotations: Vec<&'a Setting>,
    /// `admit`: the file's own, then the target's, which let in others besides.
    pub(in crate::check) admits: Vec<&'a Admission>,
    /// What the target says of it, and a second block that says more.
    pub(in crate::check) blocks: Blocks<'a>,
    /// Whether a statement that may say one of these couldn't be read.
    pub(in crate::check) broken: bool,
}

impl<'a> WorkloadView<'a> {
    /// The view of a tier in a target, or in none.
    pub(in crate::check) fn of(tier: &'a Tier, target: &TargetView<'a>) -> Self {
        let name = tier.name.as_ref().map(|name| name.value.as_str());
        let blocks = name.and_then(|name| target.blocks.get(name).copied());
        let (there, again) = blocks.unwrap_or_default();
        let (own, scale) = (&tier.scale, there.map(|there| &there.scale));
        let set = there.map_or(&[][..], |there| &there.env);
        let notes = there.map_or(&[][..], |there| &there.annotations);
        let patches = scale.map_or(&[][..], |scale| &scale.patches);
        let admitted = there.map_or(&[][..], |there| &there.admits);
        WorkloadView {
            replicas: Layered::of(
                own.replicas.as_ref(),
                scale.and_then(|it| it.replicas.as_ref()),
            ),
            cpu: Layered::of(own.cpu.as_ref(), scale.and_then(|it| it.cpu.as_ref())),
            memory: Layered::of(own.memory.as_ref(), scale.and_then(|it| it.memory.as_ref())),
            expose: Layered::of(own.expose.as_ref(), scale.and_then(|it| it.expose.as_ref())),
            further: match scale.filter(|it| it.expose.is_some()) {
                Some(theirs) => &theirs.further,
                None => &own.further,
            },
            routes: name.map_or(Vec::new(), |name| {
                target.routes.to(name, target.expose(name).is_some())
            }),
            exposed_twice: name.and_then(|name| target.twice(tier, name)),
            patches: own.patches.iter().chain(patches).collect(),
            env: environment(&tier.env, set),
            annotations: settings(&tier.annotations, notes),
            admits: tier.admits.iter().chain(admitted).collect(),
            blocks: (there, again),
            broken: own.broken || scale.is_some_and(|scale| scale.broken),
        }
    }

    /// The view of a job, which no target changes.
    pub(in crate::check) fn of_job(tier: &'a Tier) -> Self {
        WorkloadView::of(tier, &TargetView::default())
    }
}

/// What holds of an application as a whole in one target.
#[derive(Debug)]
pub(in crate::check) struct AppView<'a> {
    /// The target.
    pub(in crate::check) target: Option<&'a Target>,
    /// What it says of each tier.
    pub(in crate::check) tiers: TargetView<'a>,
    /// `namespace`.
    pub(in crate::check) namespace: Layered<'a, Name>,
    /// Whether that is `existing`.
    pub(in crate::check) namespace_exists: bool,
    /// `context`.
    pub(in crate::check) context: Layered<'a, Name>,
    /// `tag`.
    pub(in crate::check) tag: Layered<'a, Tag>,
    /// Whether each target has images of its own by that tag.
    pub(in crate::check) tag_is_targets_own: bool,
    /// `registry`.
    pub(in crate::check) registry: Layered<'a, Name>,
    /// `images local`. A target that names a registry isn't local because the application is.
    pub(in crate::check) local_images: Layered<'a, Span>,
    /// `platform`. A target whose images are loaded by hand has its own alone.
    pub(in crate::check) platforms: Layered<'a, Vec<Name>>,
    /// `pull`.
    pub(in crate::check) pull: Layered<'a, Spanned<&'static str>>,
    /// The Secret of `pull`.
    pub(in crate::check) pull_secret: Layered<'a, Name>,
    /// Whether a statement that may say one of these couldn't be read.
    pub(in crate::check) broken: bool,
    /// `config`: the keys to which the target gives a value, each with its first.
    pub(in crate::check) values: IndexMap<&'a str, &'a Setting>,
    /// Databases that somebody else runs, each with the secret that holds its URL.
    pub(in crate::check) externals: &'a [(Name, Name)],
    /// What isn't there.
    pub(in crate::check) without: &'a [Name],
    /// `class` of `ingress`.
    pub(in crate::check) class: Layered<'a, Name>,
    /// `issuer` of `ingress`.
    pub(in crate::check) issuer: Layered<'a, Name>,
    /// `gateway` of `ingress`: that of a target takes the place of `class` and `issuer`, and its `class` that of
    /// the file's Gateway.
    pub(in crate::check) gateway: Layered<'a, Gateway>,
    /// `body` of `ingress`.
    pub(in crate::check) body: Layered<'a, Name>,
    /// `timeout` of `ingress`.
    pub(in crate::check) timeout: Layered<'a, Name>,
    /// `annotate` of `ingress`.
    pub(in crate::check) annotations: Vec<&'a Setting>,
    /// The host by which browsers reach the cluster.
    pub(in crate::check) host: Layered<'a, Name>,
    /// Hosts over several tiers: the file's own, then the target's.
    pub(in crate::check) hosts: Vec<HostView<'a>>,
    /// `object`: the file's own, then the target's.
    pub(in crate::check) objects: Vec<&'a Name>,
}

impl<'a> AppView<'a> {
    /// The view of a file in a target, or in none.
    pub(in crate::check) fn of(file: &'a File, target: Option<&'a Target>) -> Self {
        let own = file.app.as_ref().map(|app| &app.settings);
        let theirs = target.map(|target| &target.settings);
        let layer =
            |of: fn(&Settings) -> Option<&Name>| Layered::of(own.and_then(of), theirs.and_then(of));
        let tag = Layered::of(
            own.and_then(|own| own.tag.as_ref()),
            theirs.and_then(|theirs| theirs.tag.as_ref()),
        );
        let own_is_local = own.and_then(|own| own.local_images.as_ref());
        let names_none = theirs.is_none_or(|theirs| theirs.registry.is_none());
        let said = target.and_then(|target| target.config.as_ref());
        let mut values = IndexMap::new();
        for setting in said.into_iter().flat_map(|config| &config.settings) {
            values.entry(setting.key.value.as_str()).or_insert(setting);
        }
        let ingress = own.and_then(|own| own.ingress.as_ref());
        let changed = theirs.and_then(|theirs| theirs.ingress.as_ref());
        let own_gateway = ingress.and_then(|said| said.gateway.as_ref());
        let their_gateway = changed.and_then(|said| said.gateway.as_ref());
        let name = |of: fn(&IngressSettings) -> Option<&Name>| {
            let (own, theirs) = (ingress.and_then(of), changed.and_then(of));
            let counts = theirs.is_none() && their_gateway.is_none();
            Layered {
                holds: theirs.or(own.filter(|_| counts)),
                replaced: own.filter(|_| !counts),
            }
        };
        let of_hosts = |of: fn(&HostSettings) -> Option<&Name>| {
            Layered::of(
                ingress.and_then(|said| of(&said.hosts)),
                changed.and_then(|said| of(&said.hosts)),
            )
        };
        let names_class = changed.is_some_and(|said| said.class.is_some());
        let counts = their_gateway.is_none() && !names_class;
        let notes = |said: Option<&'a IngressSettings>| {
            said.map_or(&[][..], |said| said.hosts.annotations.as_slice())
        };
        let objects = target.map_or(&[][..], |target| target.objects.as_slice());
        let without = target.map_or(&[][..], |target| target.without.as_slice());
        let gone: BTreeSet<&str> = without.iter().map(|name| name.value.as_str()).collect();
        let tiers = TargetView::of(file, target);
        let hosts = tiers.routes.hosts(hosts(file, target), |tier| {
            gone.contains(tier) || tiers.expose(tier).is_some()
        });
        AppView {
            target,
            hosts,
            tiers,
            namespace: layer(|said| said.namespace.as_ref()),
            namespace_exists: theirs
                .filter(|theirs| theirs.namespace.is_some())
                .or(own)
                .is_some_and(|said| said.namespace_exists),
            context: layer(|said| said.context.as_ref()),
            tag_is_targets_own: theirs.is_none_or(|theirs| theirs.tag.is_some()),
            tag,
            registry: layer(|said| said.registry.as_ref()),
            local_images: Layered::of(
                own_is_local.filter(|_| names_none),
                theirs.and_then(|theirs| theirs.local_images.as_ref()),
            ),
            platforms: platforms(own, theirs),
            pull: Layered::of(
                own.and_then(|own| own.pull.as_ref()),
                theirs.and_then(|theirs| theirs.pull.as_ref()),
            ),
            pull_secret: layer(|said| said.pull_secret.as_ref()),
            broken: own.is_some_and(|own| own.broken) || theirs.is_some_and(|it| it.broken),
            values,
            externals: target.map_or(&[], |target| &target.externals),
            without,
            class: name(|said| said.class.as_ref()),
            issuer: name(|said| said.issuer.as_ref()),
            gateway: Layered {
                holds: their_gateway.or(own_gateway.filter(|_| counts)),
                replaced: own_gateway.filter(|_| !counts),
            },
            body: of_hosts(|said| said.body.as_ref()),
            timeout: of_hosts(|said| said.timeout.as_ref()),
            annotations: settings(notes(ingress), notes(changed)),
            host: layer(|said| said.host.as_ref()),
            objects: file.objects.iter().chain(objects).collect(),
        }
    }
}

/// The hosts over several tiers of `app` and of a target.
fn hosts<'a>(file: &'a File, target: Option<&'a Target>) -> (&'a [HostRoutes], &'a [HostRoutes]) {
    let said = |settings: Option<&'a Settings>| settings.map_or(&[][..], |it| it.hosts.as_slice());
    let own = file.app.as_ref().map(|app| &app.settings);
    (said(own), said(target.map(|target| &target.settings)))
}

/// The platforms of an application and of a target: a cluster on this machine runs what this machine builds,
/// whatever the application says for others.
fn platforms<'a>(
    own: Option<&'a Settings>,
    theirs: Option<&'a Settings>,
) -> Layered<'a, Vec<Name>> {
    let said = |settings: &'a Settings| {
        let platforms = Some(&settings.platforms);
        platforms.filter(|it| !it.is_empty())
    };
    let (own, own_said) = (own.and_then(said), theirs.and_then(said));
    let is_here = theirs.is_some_and(|theirs| theirs.local_images.is_some());
    Layered {
        holds: own_said.or(own.filter(|_| !is_here)),
        replaced: own.filter(|_| is_here || own_said.is_some()),
    }
}

/// Keys with values: one that the target sets isn't the file's any more.
fn settings<'a>(own: &'a [Setting], theirs: &'a [Setting]) -> Vec<&'a Setting> {
    let set = keys(theirs);
    let kept = own
        .iter()
        .filter(|own| !set.contains(own.key.value.as_str()));
    kept.chain(theirs).collect()
}

/// Lines of `env`: one whose variable the target sets isn't read, and may refer to what isn't in
/// this target.
fn environment<'a>(own: &'a [EnvLine], theirs: &'a [Setting]) -> Vec<EnvView<'a>> {
    let set = keys(theirs);
    let is_kept = |key: &Name| !set.contains(key.value.as_str());
    let kept = own.iter().filter_map(|line| match line {
        EnvLine::Shared(key) => is_kept(key).then_some(EnvView::Shared(key)),
        EnvLine::Set(set) => is_kept(&set.key).then_some(EnvView::Set(set)),
        EnvLine::Spread(word) => Some(EnvView::Spread(word)),
    });
    kept.chain(theirs.iter().map(EnvView::Set)).collect()
}

/// All annotations that are said of one host alone.
pub(in crate::check) fn host_annotations(file: &File) -> impl Iterator<Item = &Setting> {
    let scales = file.workloads().map(|tier| &tier.scale);
    let theirs = file.targets.iter().flat_map(|target| &target.tiers);
    let scales = scales.chain(theirs.map(|tier| &tier.scale));
    let exposes = scales.flat_map(|scale| scale.expose.iter().chain(&scale.further));
    let own = exposes.filter_map(|it| it.settings.as_ref());
    let apps = file.app.iter().map(|app| &app.settings);
    let settings = apps.chain(file.targets.iter().map(|target| &target.settings));
    let hosts = settings.flat_map(|settings| &settings.hosts);
    let all = own.chain(hosts.map(|host| &host.settings));
    all.flat_map(|settings| &settings.annotations)
}

fn keys(settings: &[Setting]) -> BTreeSet<&str> {
    let keys = settings.iter();
    keys.map(|setting| setting.key.value.as_str()).collect()
}
