//! All names of a text, gathered into what they mean for one target.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::changes;
use super::faces;
use super::naming::{Naming, Use};
use super::overlay::AppView;
use super::scope::{AboutMissing, ExternalFace, Scope, Shared, SharedValues, Thing};
use super::secrets;
use super::settings::Effective;
use crate::catalog::Pins;
use crate::catalog::defaults::Switch;
use crate::check::file_facts::FileFacts;
use crate::check::findings::Findings;
use crate::check::types::texts;
use crate::check::types::variable_names;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::{Beside, Span, Spanned};
use crate::syntax::ast::{self, Name};

/// Gathers all names, and complains of those that can't be or are taken.
pub(in crate::check) fn scope<'a>(
    file: &'a ast::File,
    view: &AppView<'a>,
    settings: &'a Effective<'a>,
    naming: &'a Naming<'a>,
    off: &'a [Spanned<Switch>],
    (beside, facts): (Beside<'a>, &'a FileFacts),
    found: &mut Findings,
) -> Scope<'a> {
    let mut scope = Scope {
        file,
        target: view
            .target
            .and_then(|target| target.name.as_ref())
            .map(|name| name.value.as_str()),
        settings,
        naming,
        off,
        things: IndexMap::new(),
        doubles: Vec::new(),
        files: beside.files,
        pins: Pins::default(),
        contexts: beside.contexts,
        gone: IndexMap::new(),
        shared: IndexMap::new(),
        gives_values: beside.gives_values,
        values: SharedValues::new(),
        facts,
        unset: BTreeSet::new(),
        config_name: naming.shared_object(Use::Config, found),
        secret_name: naming.shared_object(Use::Secret, found),
        missing: AboutMissing::default(),
    };
    for tier in &file.tiers {
        if let Some(name) = &tier.name {
            let face = faces::of_tier(tier, name, &view.tiers, naming, found);
            scope.declare(name, Thing::Tier(face), found);
        }
    }
    for database in &file.databases {
        let engine = crate::catalog::databases::engine(database.engine);
        if let (Some(name), Some(engine)) = (&database.name, engine) {
            let mut id = naming.identity(name, name, database.span, found);
            if let (Some(said), Some(operator)) = (&database.instances, engine.operator) {
                naming.operated(&mut id, operator, (name, said.span), found);
            }
            scope.declare(name, Thing::Database(database, engine, id), found);
        }
    }
    for external in &file.externals {
        if let Some(name) = &external.name {
            let face = ExternalFace {
                span: external.span,
                url: external.url.as_ref(),
                broken: external.broken,
            };
            scope.declare(name, Thing::External(face), found);
        }
    }
    for external in &file.external_services {
        if let Some(name) = &external.name {
            scope.declare(name, Thing::ExternalService(external), found);
        }
    }
    for job in &file.jobs {
        if let Some(name) = &job.tier.name {
            let face = faces::of_job(job, name, naming, found);
            scope.declare(name, Thing::Job(face, job), found);
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
    secrets::keys_differ(&file.secrets, found);
    changes::apply(view, &mut scope, found);
    if !scope.gives_values {
        changes::all_are_given(&scope, found);
    }
    scope
}

impl<'a> Scope<'a> {
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
            Some(first) => {
                found.push(taken(name, first.span()));
                self.doubles.push(thing);
            }
            None => {
                self.things.insert(&name.value, thing);
            }
        }
    }

    fn share(&mut self, name: &'a Name, shared: Shared<'a>, found: &mut Findings) {
        // A name that can't be is still the one that others refer to.
        variable_names::is_variable(name, found);
        match self.shared.get(name.value.as_str()) {
            Some(first) => {
                let again = taken(name, first.span());
                found.push(match (first, shared) {
                    (Shared::Secret(_), Shared::Secret(second)) => again.edit(
                        Applicability::Maybe,
                        "or delete the second one",
                        Edit::delete(second.whole),
                    ),
                    _ => again,
                });
            }
            None => {
                self.shared.insert(&name.value, shared);
            }
        }
    }
}

/// What to say of a name that stands in two declarations, `other` among them: at the later of them.
fn taken(name: &Name, other: Span) -> Diagnostic {
    let message = format!("the name `{}` is taken", name.value);
    let (first, second) = if other < name.span {
        (other, name.span)
    } else {
        (name.span, other)
    };
    Diagnostic::new(Code::NameTaken, second, message)
        .label("declared again here")
        .also(first, "declared here first")
        .help("choose another name for one of the two")
}
