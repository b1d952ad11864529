//! `values-TARGET.yaml`: what is different in another target, where the templates are the same.

use super::chart::Chart;
use super::nested::Nested;
use super::shape::Shape;
use super::values::ChartValue;
use crate::catalog::bounds::MOST_BESIDE;
use crate::diag::{Bag, Code, Diagnostic};
use crate::yaml::{self, Kind, Node};
use std::collections::{BTreeMap, BTreeSet};

/// For each wanted chart the files of values, by the names of other targets, and what to say of targets
/// that have none. Charts are wanted by their places: none else is compared with others, and those are
/// the first of the text.
pub(super) fn of_all(
    shapes: &[Shape<'_>],
    charts: &[Chart],
    wanted: &BTreeSet<usize>,
    head: &str,
) -> BTreeMap<usize, (Vec<(String, String)>, Bag)> {
    let templates = Templates::of(charts);
    let values: Vec<ByPath> = charts.iter().map(by_path).collect();
    let beyond = beyond(shapes);
    let all = shapes.iter().zip(&values).enumerate();
    let all = all.filter(|(own, _)| wanted.contains(own));
    let all = all.map(|(own, (shape, own_values))| {
        let mut written = Vec::new();
        let mut apart = BTreeSet::new();
        let others = shapes.iter().zip(&values).enumerate().take(MOST_BESIDE);
        for (other, (their_shape, their_values)) in others.filter(|(other, _)| *other != own) {
            if let Some(path) = templates.differing(own, other) {
                apart.insert(path);
            } else if let Some(target) = &their_shape.app.target {
                written.push((target.clone(), text(head, own_values, their_values)));
            }
        }
        let mut found = Bag::default();
        if let Some(beyond) = &beyond {
            found.push(beyond.clone());
        }
        for path in apart {
            let message = format!(
                "{path} isn't the same for all targets: those where it differs have no file of values"
            );
            let diagnostic = Diagnostic::new(Code::TargetApart, shape.app.origin, message);
            found.push(diagnostic.help(OWN_CHART));
        }
        (own, (written, found))
    });
    all.collect()
}

/// What to do for targets without a file of values.
const OWN_CHART: &str = "build each of them a chart of its own, with `--target NAME`";

/// What to say where there are more targets than have files of values.
fn beyond(shapes: &[Shape<'_>]) -> Option<Diagnostic> {
    let rest = shapes.get(MOST_BESIDE..)?;
    let first = rest.first()?;
    let others = match rest.len() - 1 {
        0 => "",
        _ => " and those behind it",
    };
    let name = first.app.target.as_deref().unwrap_or_default();
    let message = format!(
        "charts have no file of values for `{name}`{others}: the first {MOST_BESIDE} targets have one"
    );
    let diagnostic = Diagnostic::new(Code::TargetApart, first.app.target_origin, message);
    Some(diagnostic.help(OWN_CHART))
}

/// The templates of all charts. Equal ones have one number, so that none is compared twice.
struct Templates<'c> {
    paths: Vec<&'c str>,
    of_charts: Vec<BTreeSet<usize>>,
}

impl<'c> Templates<'c> {
    fn of(charts: &'c [Chart]) -> Self {
        let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut paths = Vec::new();
        let of_charts = charts.iter().map(|chart| {
            let templates = chart.templates().map(|(path, text)| {
                *numbers.entry((path, text)).or_insert_with(|| {
                    paths.push(path);
                    paths.len() - 1
                })
            });
            templates.collect()
        });
        let of_charts = of_charts.collect();
        Templates { paths, of_charts }
    }

    /// The path of the first template that one of two charts has and the other hasn't.
    fn differing(&self, one: usize, other: usize) -> Option<&'c str> {
        let [one, other] = [self.of_charts.get(one)?, self.of_charts.get(other)?];
        let first = one.symmetric_difference(other).next()?;
        self.paths.get(*first).copied()
    }
}

type ByPath<'c> = BTreeMap<&'c [String], (usize, &'c ChartValue)>;

/// The values of a chart by their paths, each with its place among them.
fn by_path(chart: &Chart) -> ByPath<'_> {
    let values = chart.values.by_path().into_iter().enumerate();
    values
        .map(|(at, value)| (value.path.as_slice(), (at, value)))
        .collect()
}

/// The values that differ, in the order of the other chart.
fn text(head: &str, own: &ByPath<'_>, theirs: &ByPath<'_>) -> String {
    let differs = |(path, value): &(&&[String], &(usize, &ChartValue))| {
        let own = own.get(*path);
        own.is_none_or(|(_, own)| !same(&own.default, &value.1.default))
    };
    let mut differing: Vec<_> = theirs.iter().filter(differs).collect();
    differing.sort_by_key(|(_, (at, _))| *at);
    let mut root = Nested::default();
    for (path, (_, value)) in differing {
        let own = own.get(*path).map(|(_, own)| &own.default);
        root.put(path, without_others(own, &value.default));
    }
    yaml::print(head, &[root.into_node()])
}

/// A default in the place of another. Helm lays maps over each other: a key of the other is deleted by null.
fn without_others(own: Option<&Node>, theirs: &Node) -> Node {
    let mut node = theirs.clone();
    if let (Some(Kind::Mapping(own)), Kind::Mapping(fields)) =
        (own.map(|it| &it.kind), &mut node.kind)
    {
        for (key, _) in own {
            if fields.iter().all(|(it, _)| it != key) {
                fields.push((key.clone(), Node::new(Kind::Null)));
            }
        }
    }
    node
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
