//! `values-TARGET.yaml`: what is different in another target, where the templates are the same.

use super::example::put;
use super::files;
use super::rows;
use super::shape::Shape;
use super::text::Expressions;
use super::values::Values;
use crate::backend::Input;
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::App;
use crate::yaml::{self, Kind, Node, Printed};
use std::collections::{BTreeMap, BTreeSet};

/// What every template of a chart holds, by its path.
pub(super) struct Templates {
    pub(super) objects: Vec<(String, Printed)>,
    pub(super) others: Vec<(String, String)>,
}

/// Each other target whose templates are the same, with its file.
pub(super) fn all(
    input: &Input,
    own: &Templates,
    values: &Values,
    head: &str,
    found: &mut Bag,
) -> Vec<(String, String)> {
    let mut written = Vec::new();
    for other in input.others {
        let Some(target) = &other.target else {
            continue;
        };
        let rest = std::iter::once(input.app).chain(input.others.iter().copied());
        let rest: Vec<&App> = rest.filter(|app| app.target != other.target).collect();
        let shape = Shape::new(other, &rest);
        let their_values = rows::values(&shape);
        let with = Expressions {
            shape: &shape,
            values: &their_values,
        };
        let theirs = files::of_objects(with, head);
        let others = files::of_chart(with, head);
        match differing(own, &theirs, &others) {
            Some(path) => {
                let message = format!(
                    "{path} isn't the same for all targets: those where it differs have no file of values"
                );
                let place = input.app.origin;
                let diagnostic = Diagnostic::new(Code::TargetApart, place, message);
                let help = "build each of them a chart of its own, with `--target NAME`";
                found.push(diagnostic.help(help));
            }
            None => written.push((target.clone(), text(head, values, &their_values))),
        }
    }
    written
}

/// The first template that differs.
fn differing(
    own: &Templates,
    theirs: &[(String, Printed)],
    others: &[(String, String)],
) -> Option<String> {
    let mut others_by_path: BTreeMap<&String, &str> = BTreeMap::new();
    for (path, printed) in theirs {
        others_by_path.entry(path).or_insert(&printed.text);
    }
    for (path, printed) in &own.objects {
        if others_by_path.get(path) != Some(&printed.text.as_str()) {
            return Some(path.clone());
        }
    }
    let known: BTreeSet<_> = own.objects.iter().map(|(path, _)| path).collect();
    if let Some((path, _)) = theirs.iter().find(|(path, _)| !known.contains(path)) {
        return Some(path.clone());
    }
    let mut pairs = own.others.iter().zip(others);
    let pair = pairs.find(|(one, other)| one != other);
    pair.map(|((path, _), _)| path.clone())
}

/// The values that differ.
fn text(head: &str, own: &Values, theirs: &Values) -> String {
    let mut root = Node::mapping::<&str>([]);
    let own: BTreeMap<_, _> = own.by_path().into_iter().map(|it| (&it.path, it)).collect();
    for value in theirs.by_path() {
        let own = own.get(&value.path);
        if own.is_none_or(|own| !same(&own.default, &value.default)) {
            put(&mut root, &value.path, value.default.clone());
        }
    }
    yaml::print(head, &[root])
}

/// Whether two defaults are the same wherever they come from.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Mapping(one), Kind::Mapping(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(a, b)| a.0 == b.0 && same(&a.1, &b.1))
        }
        (Kind::Sequence(one), Kind::Sequence(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(a, b)| same(a, b))
        }
        (one, other) => one == other,
    }
}
