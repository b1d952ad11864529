//! What to say of changes that data in a cluster depends on.

use super::changes::{Change, Store, Way, changes, was_operated};
use super::of_app;
use crate::backend::deployed::Deployed;
use crate::backend::deployed::{Facts, Kind, Thing, What};
use crate::catalog::databases::Copying;
use crate::catalog::databases::version::ServerVersion;
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, Database};
use crate::source::Span;

/// Warns of what an application changes from what may be in a cluster.
pub(crate) fn warnings(deployed: &Deployed, app: &App) -> Bag {
    let then = deployed.then();
    let mut found = Bag::default();
    for change in changes(&then, app) {
        let diagnostic = warning(&then, &change, app);
        found.push(diagnostic.help(
            "once that is done, or where nothing was deployed, `todoc forget` ends this warning",
        ));
    }
    found
}

fn warning(then: &Facts, change: &Change<'_>, app: &App) -> Diagnostic {
    let Change { thing, way } = change;
    let was = |what: What| then.get(thing, what).unwrap_or_default();
    let name = &thing.name;
    match way {
        Way::Namespace => {
            let message = format!(
                "all of it moves to the namespace `{}`, and what is in `{}` stays there, its data too",
                app.namespace.name,
                was(What::Name)
            );
            Diagnostic::new(Code::NamespaceLeft, app.namespace.origin, message).help(format!(
                "copy the data by the commands that the build prints, or write `namespace {}`",
                was(What::Name)
            ))
        }
        Way::Version { database, from, to } => version(name, database, from, to),
        Way::Account { database, what } => account(name, database, *what, was(*what)),
        Way::Smaller(store) => claim(
            *store,
            &format!(
                "{} of `{name}` has {}, and no claim becomes smaller",
                claims(*store),
                was(What::Size)
            ),
        )
        .help(format!(
            "write {}, or move the data by the commands that the build prints",
            was(What::Size)
        )),
        Way::Larger(store) => claim(
            *store,
            &format!(
                "{} of `{name}` has {}, and grows only where its storage class lets it",
                claims(*store),
                was(What::Size)
            ),
        )
        .help(grow(*store)),
        Way::Class(store, what) => {
            let what = if *what == What::Class {
                "class"
            } else {
                "access mode"
            };
            claim(
                *store,
                &format!("{} of `{name}` keeps its {what} for good", claims(*store)),
            )
            .help("write it as it was, or move the data by the commands that the build prints")
        }
        Way::Claim(store) => left(
            *store,
            &match (was_operated(then, thing), store.operated()) {
                (None, Some(now)) => format!(
                    "{} runs `{name}` now, and its data stays in `{}`",
                    now.operator.name,
                    was(What::Claim)
                ),
                (Some((operator, object)), None) => format!(
                    "{} runs `{name}` no more, and its data stays in the {} `{object}`",
                    operator.name, operator.kind
                ),
                (None, None) | (Some(_), Some(_)) => format!(
                    "`{name}` has another claim now, and its data stays in `{}`",
                    was(What::Claim)
                ),
            },
        )
        .help("move the data by the commands that the build prints"),
        Way::Fewer(tier, volume) => {
            let message = format!(
                "`{name}` has volumes of {} pods, of which this leaves {}",
                was(What::Pods),
                of_app::pods(tier)
            );
            Diagnostic::new(Code::DataLeft, tier.replicas.origin, message)
                .label("what the last pods wrote stays in their claims")
                .also(volume.origin, "the volume")
                .help("see that their data isn't needed, or write as many pods as before, which mount it again")
        }
        Way::Path(volume) => {
            let message = format!(
                "the files of `{name}` were at {}, and are at {} now",
                was(What::Path),
                volume.path
            );
            Diagnostic::new(Code::VolumeMoved, volume.origin, message)
                .help("see that the program looks for them there")
        }
        Way::Gone { now: Some(store) } => left(
            *store,
            &format!(
                "the data of `{name}` stays in `{}`, and `{}` begins empty",
                was(What::Claim),
                store.thing().name
            ),
        )
        .help("move the data by the commands that the build prints, or write the name of before"),
        Way::Gone { now: None } => gone(thing, was(What::Claim), app.origin),
    }
}

fn version(
    name: &str,
    database: &Database,
    from: &ServerVersion,
    to: &ServerVersion,
) -> Diagnostic {
    let message = format!("the data of `{name}` is of {from}, and the server is {to} now");
    let found = Diagnostic::new(Code::VersionOfData, database.image.span, message);
    let found = match (database.operated(), from.is_before(to)) {
        (Some(it), true) => {
            let name = it.operator.name;
            return found
                .label(format!(
                    "{name} changes that data in place, for good, and stops the servers for it"
                ))
                .help(
                    "before you apply this, copy the data by the commands that the build prints",
                );
        }
        (Some(it), false) => {
            let name = it.operator.name;
            return found
                .label(format!("{name} refuses an earlier version"))
                .help(format!("write a version from {from} on"));
        }
        (None, _) => found,
    };
    match (&database.engine.copying, from.is_before(to)) {
        (Copying::Statements { .. }, _) => found
            .label("it can't read that data")
            .help("before you apply this, save the data by the commands that the build prints"),
        (Copying::Forward, true) => found
            .label("it changes that data for good")
            .help("before you apply this, copy the data by the commands that the build prints"),
        (Copying::Forward, false) => found
            .label("it can't read that data")
            .help(format!("write a version from {from} on")),
    }
}

fn account(name: &str, database: &Database, what: What, was: &str) -> Diagnostic {
    let is_user = what == What::User;
    let account = database.account.as_ref();
    let said = account.map(|it| if is_user { &it.user } else { &it.database });
    let place = said.map_or(database.id.origin, |said| said.span);
    let noun = if is_user { "user" } else { "database" };
    let message = format!("the data of `{name}` was made for the {noun} `{was}`, and has no other");
    Diagnostic::new(Code::AccountOfData, place, message)
        .label("only an empty volume gets this one")
        .help(format!(
            "write `{noun} {was}`, or move the data by the commands that the build prints"
        ))
}

fn gone(thing: &Thing, claim: &str, place: Span) -> Diagnostic {
    let noun = match thing.kind {
        Kind::Database => "database",
        Kind::Volume | Kind::Namespace => "volume",
    };
    let message = format!(
        "the {noun} `{}` isn't part of this any more, and its data stays in `{claim}`",
        thing.name
    );
    Diagnostic::new(Code::DataLeft, place, message)
        .help("keep a copy or delete it by the commands that the build prints")
}

fn claims(store: Store<'_>) -> &'static str {
    if store.is_of_each() {
        "each claim"
    } else {
        "the claim"
    }
}

fn grow(store: Store<'_>) -> &'static str {
    match store {
        Store::Volume(..) if store.is_of_each() => {
            "make the claims larger by the command that the build prints"
        }
        Store::Database(_) if store.operated().is_some() => {
            "`kubectl apply` makes its claims larger, where the class has `allowVolumeExpansion`"
        }
        Store::Database(_) => "make the claim larger by the command that the build prints",
        Store::Volume(..) => {
            "`kubectl apply` makes it larger, and is refused where the class has no `allowVolumeExpansion`"
        }
    }
}

fn claim(store: Store<'_>, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ClaimFixed, size_place(store), message)
}

fn left(store: Store<'_>, message: &str) -> Diagnostic {
    let place = match store {
        Store::Database(database) => database.id.origin,
        Store::Volume(_, volume) => volume.origin,
    };
    Diagnostic::new(Code::DataLeft, place, message)
}

fn size_place(store: Store<'_>) -> Span {
    match store {
        Store::Database(database) => {
            let size = database.storage.as_ref();
            size.map_or(database.id.origin, |size| size.span)
        }
        Store::Volume(_, volume) => {
            let claim = volume.claim.as_ref();
            claim.map_or(volume.origin, |claim| claim.size.span)
        }
    }
}
