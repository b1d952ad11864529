//! What others need to reach a database: its user, its password and its URL.

use crate::catalog::databases::operator::Operator;
use crate::catalog::databases::{self, Engine};
use crate::check::findings::Findings;
use crate::check::names::content::{Composed, Content, ReferencePlace};
use crate::check::names::naming::Use;
use crate::check::names::scope::Scope;
use crate::check::names::secrets;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Account, Identity, Piece, SecretRef, StatedFact, Text};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

/// Whom the database belongs to, where its engine knows users.
pub(in crate::check) fn account(
    database: &ast::Database,
    engine: &Engine,
    scope: &Scope<'_>,
) -> Option<Account> {
    let own = |text: String| Spanned::new(text, database.span);
    let usual = engine.user?;
    let name = match &database.database {
        Some(name) => name.clone(),
        None => own(scope.naming.app().replace('-', "_")),
    };
    let user = match (&database.user, operator(database, engine)) {
        (Some(user), _) => user.clone(),
        // The engine's own is the operator's.
        (None, Some(_)) => name.clone(),
        (None, None) => own(usual.to_owned()),
    };
    Some(Account {
        user,
        database: name,
    })
}

/// The password's key, and where it is declared.
pub(in crate::check) fn password(
    database: &ast::Database,
    scope: &Scope<'_>,
) -> Option<(SecretRef, Span)> {
    let secret = database.secrets.first()?;
    let object = scope
        .naming
        .name(Use::TierSecret, &database.name.as_ref()?.value);
    let mut reference = secrets::reference(secret, &object)?;
    let engine = databases::engine(database.engine)?;
    if let Some(operator) = operator(database, engine) {
        operator.secret_keys.1.clone_into(&mut reference.key);
    }
    Some((reference, secret.span))
}

/// The operator that runs it, where `instances` stands.
pub(in crate::check) fn operator(
    database: &ast::Database,
    engine: &Engine,
) -> Option<&'static Operator> {
    database.instances.as_ref().and(engine.operator)
}

/// Whether it does without a password.
fn is_open(database: &ast::Database, engine: &Engine) -> bool {
    database.secrets.is_empty() && !engine.password.required && !database.broken
}

/// Complains at `place` of the password of a database that has none.
pub(in crate::check) fn has_a_password(
    database: &ast::Database,
    engine: &Engine,
    place: Span,
    found: &mut Findings,
) {
    if is_open(database, engine) {
        let name = database.name.as_ref().map_or("", |name| &name.value);
        let message = format!("`{name}` has no password");
        found.push(
            Diagnostic::new(Code::UnknownMember, place, message)
                .also(database.span, "declared here")
                .help(format!(
                    "say where it comes from: `{}`",
                    secret_line(engine)
                )),
        );
    }
}

/// The name by which the network knows the database, as `place` refers to it.
pub(in crate::check) fn host(id: &Identity, place: Span) -> Text {
    Text::fact(StatedFact::Host(id.name.clone()), &id.service, place)
}

/// The name by which the network knows the servers that take no writes, where an operator runs several; else that
/// of the one server.
pub(in crate::check) fn read_host(
    database: &ast::Database,
    engine: &Engine,
    id: &Identity,
    place: Span,
) -> Text {
    let Some((operator, said)) = operator(database, engine).zip(database.instances.as_ref()) else {
        return host(id, place);
    };
    let is_alone = said.value.parse() == Ok(1_u32);
    let reads = if is_alone {
        operator.writes
    } else {
        operator.reads
    };
    let service = format!("{}{reads}", id.workload);
    Text::fact(StatedFact::ReadHost(id.name.clone()), service, place).stated_at(&[said.span])
}

/// Its port.
pub(in crate::check) fn port(engine: &Engine, id: &Identity, place: Span) -> Text {
    let stated = StatedFact::DatabasePort(id.name.clone());
    Text::fact(stated, engine.port.to_string(), place)
}

/// Its host and port.
pub(in crate::check) fn address(engine: &Engine, id: &Identity, place: Span) -> Text {
    host(id, place)
        .and(":", place)
        .then(port(engine, id, place))
}

/// The user whom it belongs to.
pub(in crate::check) fn user(account: Account, id: &Identity, place: Span) -> Text {
    let Spanned { value, span } = account.user;
    Text::fact(StatedFact::DatabaseUser(id.name.clone()), value, place).stated_at(&[span])
}

/// Its name within its server.
pub(in crate::check) fn name(account: Account, id: &Identity, place: Span) -> Text {
    let Spanned { value, span } = account.database;
    Text::fact(StatedFact::DatabaseName(id.name.clone()), value, place).stated_at(&[span])
}

/// The database's URL, around its password if it has one.
pub(in crate::check) fn url<'a>(
    database: &ast::Database,
    engine: &Engine,
    id: &Identity,
    (scheme, host): (&str, Text),
    place: ReferencePlace<'_>,
    scope: &Scope<'_>,
) -> Option<Content<'a>> {
    let ReferencePlace { span, .. } = place;
    let start = Text::literal(format!("{scheme}://"), span);
    let end = host.and(":", span).then(port(engine, id, span));
    let (user, end) = match account(database, engine, scope) {
        Some(account) => (
            user(account.clone(), id, span),
            end.and("/", span).then(name(account, id, span)),
        ),
        None => (Text::default(), end),
    };
    let end = with_parameters(place.with_path(end), engine, place);
    if is_open(database, engine) {
        return Some(Content::Plain(start.then(end)));
    }
    let (password, declared) = password(database, scope)?;
    let variable = database.secrets.first()?.name.as_ref()?.value.clone();
    let pieces = vec![
        Piece::Text(start.then(user).and(":", span)),
        Piece::Secret {
            variable: variable.clone(),
            key: password.clone(),
            origin: span,
        },
        Piece::Text(Text::literal("@", span).then(end)),
    ];
    Some(Content::Composed(Composed {
        pieces,
        variable,
        password,
        declared,
    }))
}

/// A URL with the parameters that those of its engine need: behind the others that it has.
fn with_parameters(url: Text, engine: &Engine, place: ReferencePlace<'_>) -> Text {
    if engine.parameters.is_empty() {
        return url;
    }
    let between = if place.path.contains('?') { "&" } else { "?" };
    url.and(format!("{between}{}", engine.parameters), place.span)
}

/// The statement that says where the password comes from.
pub(in crate::check) fn secret_line(engine: &Engine) -> String {
    let word = engine.word.to_ascii_uppercase();
    format!("secret {word}_PASSWORD from env")
}
