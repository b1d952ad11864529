//! Charts of programs, beside what the Kubernetes backend makes of them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use todoc::backend::{Artifact, backend, helm};
use todoc::{Compiled, ir};

use super::Files;
use crate::accepted::documents;
use crate::support::{Fixture, builds, programs};

/// A chart, and the objects of the same program for the same target.
pub(crate) struct Chart {
    /// `FIXTURE for TARGET`.
    pub(crate) name: String,
    /// The chart's files, by their paths below its folder.
    pub(crate) files: Files,
    /// The objects that the Kubernetes backend writes.
    pub(crate) objects: Vec<Value>,
    /// The application, and the same for the other targets.
    pub(crate) app: ir::App,
    others: Vec<ir::App>,
}

impl Chart {
    /// The chart of a target among what a program became for all of them, if nothing is wrong with it.
    pub(crate) fn of(name: String, at: usize, all: &[Compiled]) -> Option<Chart> {
        let built = &all[at];
        let app = built.app.clone()?;
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        let others = others.filter_map(|(_, built)| built.app.clone());
        let folder = format!("helm/{}/", app.name);
        let files = built.artifacts.iter();
        let files = files.filter_map(|file| {
            let path = file.path.strip_prefix(&folder)?;
            Some((path.to_owned(), file.text.clone()))
        });
        Some(Chart {
            name,
            files: files.collect(),
            objects: objects(&built.artifacts),
            app,
            others: others.collect(),
        })
    }

    /// The values that a person must give before anything can be installed, as a values file: those
    /// of the chart's own example.
    pub(crate) fn example(&self) -> &str {
        let example = self.files.get("ci/example-values.yaml");
        example.map_or("", String::as_str)
    }

    /// Its values.
    pub(crate) fn values(&self) -> Vec<helm::ChartValue> {
        let others: Vec<_> = self.others.iter().collect();
        let mut values = helm::values(&self.app, &others);
        let written = self.read("values.yaml");
        // Those that no template reads, since a patch takes their place, aren't written.
        let is_written = |value: &helm::ChartValue| {
            let mut keys = value.path.iter();
            keys.try_fold(&written, |at, key| at.get(key)).is_some()
        };
        values.retain(|value| is_written(value));
        // Several things may share one.
        let mut seen = BTreeSet::new();
        values.retain(|value| seen.insert(value.path.clone()));
        values
    }

    /// A file of the chart, read as YAML or JSON.
    pub(crate) fn read(&self, path: &str) -> Value {
        let text = self.files.get(path);
        let text = text.unwrap_or_else(|| panic!("{}: no {path}", self.name));
        serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{} {path}: {error}", self.name))
    }
}

/// What a value is in a values file.
pub(crate) fn at<'v>(values: &'v Value, value: &helm::ChartValue) -> &'v Value {
    let keys = value.path.iter();
    keys.fold(values, |found, key| &found[key.as_str()])
}

/// All objects of the Kubernetes backend, those that it copies as well.
pub(crate) fn objects(artifacts: &[Artifact]) -> Vec<Value> {
    let files = artifacts.iter();
    let files = files.filter(|file| {
        let name = file.path.strip_prefix("kubernetes/");
        name.is_some_and(|name| name != "kustomization.yaml")
    });
    files.flat_map(|file| documents(&file.text)).collect()
}

/// The charts of every example and program, for each of its targets: made once for all tests.
pub(crate) fn charts() -> &'static [Chart] {
    static CHARTS: OnceLock<Vec<Chart>> = OnceLock::new();
    CHARTS.get_or_init(|| programs().iter().flat_map(charts_of).collect())
}

/// The charts of a fixture, for each of its targets.
pub(crate) fn charts_of(fixture: &Fixture) -> Vec<Chart> {
    let backends = ["kubernetes", "helm"].map(|name| backend(name).expect("a backend"));
    let built = builds(fixture, &backends);
    let charts = built.iter().enumerate().map(|(at, one)| {
        let target = one.app.as_ref().and_then(|app| app.target.clone());
        let name = match target {
            Some(target) => format!("{} for {target}", fixture.name),
            None => fixture.name.clone(),
        };
        let chart = Chart::of(name, at, &built);
        chart.unwrap_or_else(|| panic!("{}: {:?}", fixture.path, one.diagnostics))
    });
    charts.collect()
}
