//! Charts of Helm: the Kubernetes objects as templates, with what an installer may say as values.
//!
//! The objects are those of the Kubernetes backend with everything in them that a value can switch on.
//! `rows` says which values there are, and `kinds` and `pod` put them in their places.

mod about;
mod anywhere;
mod asked;
mod chart;
mod edit;
mod example;
mod facts;
mod files;
mod fullest;
mod helpers;
mod hosts;
mod kinds;
mod losses;
mod names;
mod nested;
mod next;
mod notes;
mod others;
mod owners;
mod pod;
mod public;
mod reached;
mod readme;
mod rows;
mod schema;
mod shape;
mod templates;
mod text;
mod tree;
mod validate;
mod values;
mod values_file;

use super::{Artifact, Backend, Input, Written};
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir;
use crate::yaml::{Origin, Printed};
use anywhere::Targets;
use chart::Chart;
use shape::Shape;
use std::collections::{BTreeMap, BTreeSet};
use text::Expressions;
use tree::Tree;
use values::Values;
pub use values::{ChartValue, ValueKind};

/// The backend.
pub(super) const BACKEND: Backend = Backend {
    name: "helm",
    doc: "a chart of Helm",
    default: false,
    builds_images: false,
    runs_in_cluster: true,
    needs: &[],
    places: &["helm/"],
    stream: None,
    losses: Some("L01"),
    based_on: Some("kubernetes"),
    reads_other_targets: true,
    gives_values: true,
    check,
    lower,
    next: next::steps,
};

/// The values of an application's chart, in order.
#[must_use]
pub fn values(app: &ir::App, others: &[&ir::App]) -> Vec<ChartValue> {
    let all: Vec<_> = std::iter::once(app).chain(others.iter().copied()).collect();
    let targets = Targets::of(&all);
    Chart::new(&Shape::new(app, &targets), "", false).values.all
}

/// The values of the chart that hold secrets: the keys of each one's path, and the variable of the
/// installing user's environment that holds the secret.
#[must_use]
pub fn secret_values(app: &ir::App) -> Vec<(Vec<String>, String)> {
    let all = [app];
    let targets = Targets::of(&all);
    let shape = Shape::new(app, &targets);
    let values = rows::values(&shape);
    let secrets = rows::of_secrets(&values).filter_map(|(value, name)| {
        let key = shape.secret_key(value.thing.as_deref(), name)?;
        Some((value.path.clone(), key.from_env.clone()))
    });
    secrets.collect()
}

fn check(_: &ir::App, _: &mut Bag) {}

/// The charts of all targets are made once, those that aren't written as well: each chart has a file of
/// values for every target whose templates are the same, up to a bound.
fn lower(inputs: &[Input]) -> Vec<Written> {
    let Some(first) = inputs.first() else {
        return Vec::new();
    };
    let head = super::header(first.source);
    let targets = Targets::of(first.all);
    let shapes = first.all.iter().map(|app| Shape::new(app, &targets));
    let shapes: Vec<_> = shapes.collect();
    let of_targets = inputs.iter().rev();
    let of_targets = of_targets.map(|input| (input.app.target.as_deref(), input));
    let of_targets: BTreeMap<_, &Input> = of_targets.collect();
    let wanted = shapes.iter().map(|it| it.app.target.as_deref());
    let wanted = wanted.map(|target| of_targets.get(&target).copied());
    let wanted: Vec<Option<&Input>> = wanted.collect();
    let charts = shapes.iter().zip(&wanted).map(|(shape, wanted)| {
        let has_marks = wanted.is_some_and(|input| input.marks);
        Chart::new(shape, &head, has_marks)
    });
    let charts: Vec<_> = charts.collect();
    let places = wanted.iter().enumerate();
    let places = places
        .filter_map(|(at, wanted)| wanted.map(|_| at))
        .collect();
    let mut values = others::of_all(&shapes, &charts, &places, &head);
    let all = shapes.iter().zip(charts).zip(wanted).enumerate();
    let mut kinds = schema::Kinds::default();
    let all = all.filter_map(|(at, ((shape, chart), wanted))| {
        let (input, (others, apart)) = (wanted?, values.remove(&at)?);
        let mut found = apart;
        let artifacts = written(input, shape, chart, others, &head, &mut kinds, &mut found);
        Some(Written { artifacts, found })
    });
    all.collect()
}

/// The files of a chart.
fn written(
    input: &Input,
    shape: &Shape<'_>,
    chart: Chart,
    targets: Vec<(String, String)>,
    head: &str,
    kinds: &mut schema::Kinds,
    found: &mut Bag,
) -> Vec<Artifact> {
    let app = input.app;
    let folder = format!("helm/{}", app.name);
    let with = Expressions {
        shape,
        values: &chart.values,
    };
    losses::of_patches(app, &chart.unread, found);
    named_are_there(app, &chart.values, found);
    paths_are_free(app, &chart.values, found);
    losses::check(app, found);
    let origin = Origin::rule("header", app.origin);
    let file = |path: &str, text: String| Artifact {
        path: format!("{folder}/{path}"),
        marks: input.marks(&text, |_, _| (String::new(), origin.clone())),
        text,
    };
    let mut paths = chart.objects.iter().map(|(path, _)| path.as_str());
    let has_tests = paths.any(|path| path.ends_with("/test.yaml"));
    let names: Vec<_> = targets.iter().map(|(name, _)| name.clone()).collect();
    let tree = Tree::of(with.values);
    let mut artifacts = vec![
        file("Chart.yaml", about::chart(head, app)),
        file("values.yaml", values_file::text(head, &tree)),
        file("values.schema.json", schema::text(&tree, kinds)),
        file("README.md", readme::text(head, with, &names, has_tests)),
        file(".helmignore", about::IGNORE.to_owned()),
    ];
    let example = example::text(head, with);
    artifacts.extend(example.map(|text| file("ci/example-values.yaml", text)));
    let targets = targets.into_iter();
    artifacts.extend(targets.map(|(name, text)| file(&format!("values-{name}.yaml"), text)));
    for map in app.files() {
        for it in &map.files {
            let path = helpers::file_path(&map.name, &it.key, &it.content);
            artifacts.push(file(&path, helpers::file_content(&it.content)));
        }
    }
    let copies = app.objects.iter();
    artifacts.extend(copies.map(|copy| files::copied(copy, &folder, input)));
    let others = chart.others.into_iter();
    artifacts.extend(others.map(|(path, text)| file(&path, text)));
    for (path, Printed { text, marks }) in chart.objects {
        artifacts.push(Artifact {
            path: format!("{folder}/{path}"),
            text,
            marks,
        });
    }
    losses::release(app, artifacts.iter().map(|it| it.text.len()), found);
    artifacts
}

/// Each `value` puts something at its path: a tier may have no such fact in any target.
fn named_are_there(app: &ir::App, values: &Values, found: &mut Bag) {
    let there: BTreeSet<_> = values.all.iter().map(|value| &value.path).collect();
    for named in &app.helm.values {
        if !there.contains(&named.path) {
            let message = format!("nothing in the chart has the fact `{}`", named.fact);
            let diagnostic = Diagnostic::new(Code::UnknownFact, named.origin, message);
            found.push(diagnostic.help("leave the statement out"));
        }
    }
}

/// No `value` takes a path that another value of the chart has by itself, nor one above or below it.
fn paths_are_free(app: &ir::App, values: &Values, found: &mut Bag) {
    let own = values.all.iter().filter(|value| !value.is_named);
    let own: BTreeSet<&[String]> = own.map(|value| value.path.as_slice()).collect();
    for named in &app.helm.values {
        let path = named.path.as_slice();
        let below = own.range(path..).next();
        let below = below.filter(|other| other.starts_with(path)).copied();
        let above = || (1..path.len()).find_map(|length| own.get(&path[..length]).copied());
        if let Some(other) = below.or_else(above) {
            let message = format!(
                "`{}` can't be a value: the chart has `{}` already",
                path.join("."),
                other.join(".")
            );
            let diagnostic = Diagnostic::new(Code::ValueClash, named.origin, message);
            found.push(diagnostic.help("give it another path"));
        }
    }
}
