//! What others need to reach a database: its user, its password and its URL.

use crate::catalog::databases::Engine;
use crate::check::findings::Findings;
use crate::check::names::content::{Composed, Content};
use crate::check::names::naming::Use;
use crate::check::names::scope::Scope;
use crate::check::names::secrets;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Account, Identity, Piece, SecretRef};
use crate::source::Span;
use crate::syntax::ast;

/// Whom the database belongs to, where its engine knows users.
pub(in crate::check) fn account(
    database: &ast::Database,
    engine: &Engine,
    scope: &Scope<'_>,
) -> Option<Account> {
    let user = match &database.user {
        Some(user) => user.value.clone(),
        None => engine.user?.to_owned(),
    };
    let name = match &database.database {
        Some(name) => name.value.clone(),
        None => scope.naming.app().replace('-', "_"),
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
    Some((secrets::reference(secret, &object)?, secret.span))
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

/// The database's URL, around its password if it has one.
pub(in crate::check) fn url<'a>(
    database: &ast::Database,
    engine: &Engine,
    id: &Identity,
    scheme: &str,
    path: &str,
    scope: &Scope<'_>,
) -> Option<Content<'a>> {
    let account = account(database, engine, scope);
    let place = format!("{}:{}", id.service, engine.port);
    let (user, place) = match account {
        Some(account) => (account.user, format!("{place}/{}{path}", account.database)),
        None => (String::new(), format!("{place}{path}")),
    };
    if is_open(database, engine) {
        return Some(Content::Plain(format!("{scheme}://{place}")));
    }
    let (password, declared) = password(database, scope)?;
    let variable = database.secrets.first()?.name.as_ref()?.value.clone();
    let pieces = vec![
        Piece::Text(format!("{scheme}://{user}:")),
        Piece::Variable(variable.clone()),
        Piece::Text(format!("@{place}")),
    ];
    Some(Content::Composed(Composed {
        pieces,
        variable,
        password,
        declared,
    }))
}

/// The statement that says where the password comes from.
pub(in crate::check) fn secret_line(engine: &Engine) -> String {
    let word = engine.word.to_ascii_uppercase();
    format!("secret {word}_PASSWORD from env")
}
