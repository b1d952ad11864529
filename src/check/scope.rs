//! What names mean: tiers, databases, externals, shared keys and secrets.

use indexmap::IndexMap;

use super::findings::Findings;
use super::naming::{Naming, Use};
use super::settings::Effective;
use super::shared::SharedValues;
use super::{expose, texts, types};
use crate::catalog::databases::Engine;
use crate::catalog::members::Owner;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Identity, Port};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name};

/// Everything that a reference may name, for one target.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) file: &'a ast::File,
    /// The target's name.
    pub(super) target: Option<&'a str>,
    pub(super) settings: &'a Effective<'a>,
    pub(super) naming: &'a Naming<'a>,
    /// Tiers, databases and externals: one set of names.
    pub(super) things: IndexMap<&'a str, Thing<'a>>,
    /// Keys of the shared ConfigMap and Secret: one set of names.
    pub(super) shared: IndexMap<&'a str, Shared<'a>>,
    /// The values of the keys among them, once they are worked out.
    pub(super) values: SharedValues<'a>,
    pub(super) config_name: String,
    pub(super) secret_name: String,
}

/// A thing with members.
#[derive(Debug)]
pub(super) enum Thing<'a> {
    Tier(TierFace<'a>),
    Database(&'a ast::Database, &'static Engine, Identity),
    External(&'a ast::External),
}

/// What others need to know of a tier.
#[derive(Debug)]
pub(super) struct TierFace<'a> {
    pub(super) tier: &'a ast::Tier,
    pub(super) id: Identity,
    pub(super) port: Option<Port>,
    pub(super) expose: Spanned<Expose>,
    /// The host by which browsers know its load balancer.
    pub(super) balancer: Option<&'a Name>,
    /// What the target says of it.
    pub(super) scale: Option<&'a ast::Scale>,
}

/// A shared key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shared<'a> {
    Config(&'a ast::Setting),
    Secret(&'a ast::Secret),
}

impl Thing<'_> {
    pub(super) fn owner(&self) -> Owner {
        match self {
            Thing::Tier(_) => Owner::Tier,
            Thing::Database(..) => Owner::Database,
            Thing::External(_) => Owner::External,
        }
    }

    /// Where it is declared.
    fn span(&self) -> Span {
        match self {
            Thing::Tier(face) => face.tier.span,
            Thing::Database(database, ..) => database.span,
            Thing::External(external) => external.span,
        }
    }
}

impl TierFace<'_> {
    /// Complains, once for the tier, if it says no port; `why` says what `place` needs it for.
    pub(super) fn needs_port(&self, place: Span, why: &str, found: &mut Findings) {
        if self.tier.port.is_some() || self.tier.broken {
            return;
        }
        let message = format!("`{}` says no port", self.id.name);
        found.lacks(
            Diagnostic::new(Code::MissingPort, self.tier.span, message)
                .also(place, why)
                .help("say what it listens on: `port 3000`"),
        );
    }
}

impl Shared<'_> {
    /// Where it is declared.
    pub(super) fn span(&self) -> Span {
        match self {
            Shared::Config(setting) => setting.key.span,
            Shared::Secret(secret) => secret.span,
        }
    }
}

impl<'a> Scope<'a> {
    /// Gathers all names, and complains of those that can't be or are taken.
    pub(super) fn new(
        file: &'a ast::File,
        target: Option<&'a ast::Target>,
        settings: &'a Effective<'a>,
        naming: &'a Naming<'a>,
        found: &mut Findings,
    ) -> Self {
        let mut scope = Scope {
            file,
            target: target
                .and_then(|target| target.name.as_ref())
                .map(|name| name.value.as_str()),
            settings,
            naming,
            things: IndexMap::new(),
            shared: IndexMap::new(),
            values: SharedValues::new(),
            config_name: naming.object(Use::Config, None, found),
            secret_name: naming.object(Use::Secret, None, found),
        };
        for tier in &file.tiers {
            if let Some(name) = &tier.name {
                let face = face(tier, name, target, naming, found);
                scope.declare(name, Thing::Tier(face), found);
            }
        }
        for database in &file.databases {
            let engine = crate::catalog::databases::engine(database.engine);
            if let (Some(name), Some(engine)) = (&database.name, engine) {
                let id = naming.identity(name, database.span, found);
                scope.declare(name, Thing::Database(database, engine, id), found);
            }
        }
        for external in &file.externals {
            if let Some(name) = &external.name {
                scope.declare(name, Thing::External(external), found);
            }
        }
        for setting in file.config.iter().flat_map(|config| &config.settings) {
            scope.share(&setting.key, Shared::Config(setting), found);
        }
        for secret in &file.secrets {
            if let Some(name) = &secret.name {
                scope.share(name, Shared::Secret(secret), found);
            }
        }
        scope
    }

    fn declare(&mut self, name: &'a Name, thing: Thing<'a>, found: &mut Findings) {
        const RESERVED: &[&str] = &[
            "app", "config", "secret", "env", "target", "default", "internal",
        ];
        if RESERVED.contains(&name.value.as_str()) {
            let message = format!(
                "`{}` can't be a name: it is a word of the language",
                name.value
            );
            let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
            found.push(diagnostic.help("choose another name"));
        } else {
            texts::is_label(name, found);
        }
        match self.things.get(name.value.as_str()) {
            Some(first) => found.push(taken(name, first.span())),
            None => {
                self.things.insert(&name.value, thing);
            }
        }
    }

    fn share(&mut self, name: &'a Name, shared: Shared<'a>, found: &mut Findings) {
        if !texts::is_variable(name, found) {
            return;
        }
        match self.shared.get(name.value.as_str()) {
            Some(first) => found.push(taken(name, first.span())),
            None => {
                self.shared.insert(&name.value, shared);
            }
        }
    }

    /// The thing of that name; complains where there is none.
    pub(super) fn thing(&self, name: &Name, found: &mut Findings) -> Option<&Thing<'a>> {
        let thing = self.things.get(name.value.as_str());
        // A declaration that couldn't be read may be the one.
        if thing.is_none() && !self.file.broken {
            if let Some(shared) = self.shared.get(name.value.as_str()) {
                let message = format!("`{}` is a key, no tier or database", name.value);
                let diagnostic = Diagnostic::new(Code::WrongKind, name.span, message);
                found.push(diagnostic.also(shared.span(), "declared here"));
            } else {
                found.unknown(name, "tier or database", self.things.keys().copied());
            }
        }
        thing
    }

    /// The shared key or secret of that name; complains where there is none.
    pub(super) fn shared(&self, name: &Name, found: &mut Findings) -> Option<Shared<'a>> {
        let shared = self.shared.get(name.value.as_str()).copied();
        let unread = self
            .file
            .config
            .as_ref()
            .is_some_and(|config| config.broken);
        if shared.is_none() && !self.file.broken && !unread {
            found.unknown(name, "shared key or secret", self.shared.keys().copied());
        }
        shared
    }
}

fn taken(name: &Name, first: Span) -> Diagnostic {
    let message = format!("the name `{}` is taken", name.value);
    Diagnostic::new(Code::NameTaken, name.span, message)
        .label("declared again here")
        .also(first, "declared here first")
        .help("choose another name for one of the two")
}

/// What others need to know of a tier: its names, its port and who reaches it.
fn face<'a>(
    tier: &'a ast::Tier,
    name: &'a Name,
    target: Option<&'a ast::Target>,
    naming: &Naming<'_>,
    found: &mut Findings,
) -> TierFace<'a> {
    let there = target.into_iter().flat_map(|target| &target.tiers);
    let mut there = there.filter(|tier| {
        tier.name
            .as_ref()
            .is_some_and(|other| other.value == name.value)
    });
    let first = there.next();
    let scale = first.map(|tier| &tier.scale);
    if let (Some(first), Some(second)) = (first, there.next()) {
        let message = format!(
            "the target says twice what is different about `{}`",
            name.value
        );
        found.push(
            Diagnostic::new(Code::Repeated, second.span, message)
                .also(first.span, "the first one")
                .help("join the two blocks"),
        );
    }
    let port = tier.port.as_ref().and_then(|port| {
        let container = types::port(port.container.as_ref()?, found)?;
        let service = match &port.service {
            Some(service) => types::port(service, found)?,
            None => container,
        };
        Some(Port {
            container,
            service,
            origin: port.span,
        })
    });
    let said = scale
        .and_then(|scale| scale.expose.as_ref())
        .or(tier.scale.expose.as_ref());
    let id = naming.identity(name, tier.span, found);
    let (expose, balancer) = expose::lower(said, &id, tier, found);
    let face = TierFace {
        tier,
        id,
        port,
        expose,
        balancer,
        scale,
    };
    if !matches!(face.expose.value, Expose::Internal) {
        face.needs_port(face.expose.span, "this exposes it", found);
    }
    face
}
