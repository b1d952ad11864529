//! URLs of databases that ask SQLAlchemy for a driver that isn't installed.

use super::readings::{self, LeafKind, Readings, When};
use crate::catalog::members::{DatabaseMember, MemberValue};
use crate::check::context;
use crate::check::findings::Findings;
use crate::check::names::scope::Thing;
use crate::diag::{Applicability, Code, Diagnostic, Edit};

/// Warns of each variable that is such a URL.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for reading in readings.all(|_, _| false) {
        let leaves = reading.leaves(scope);
        let [leaf] = leaves.as_slice() else {
            continue;
        };
        let LeafKind::Member(reference, Thing::Database(_, engine, _), member) = leaf.kind else {
            continue;
        };
        let is_url = matches!(
            member,
            MemberValue::Database(DatabaseMember::Url | DatabaseMember::ReadUrl)
        );
        let is_plain = engine.word == "postgres" && is_url && reference.argument.is_none();
        if !is_plain || reading.when != When::Start {
            continue;
        }
        let Some(built) = readings::built(reading.face, scope) else {
            continue;
        };
        let name = &reading.name.value;
        let Some((driver, file)) = context::needed_driver(built, scope, name) else {
            continue;
        };
        let (Some(first), Some(last)) = (reference.parts.first(), reference.parts.last()) else {
            continue;
        };
        // From version 2.1 on it is psycopg.
        let other = match driver {
            "psycopg" => "psycopg2",
            _ => "another driver",
        };
        let message = format!(
            "`{file}` gives SQLAlchemy this URL, which asks for {other}, and the packages have `{driver}`"
        );
        let words = format!("{}.{}", first.value, last.value);
        let right = format!("{words}(\"postgresql+{driver}\")");
        let place = first.span.to(last.span);
        let edit = Edit::replace(place, right.clone());
        let diagnostic = Diagnostic::new(Code::DriverMissing, place, message);
        found.push(diagnostic.edit(
            Applicability::Maybe,
            format!("name the driver: `{right}`"),
            edit,
        ));
    }
}
