//! One value, its fields: each value of a chart changed alone changes the fields of its row in `rows`,
//! and no others.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use todoc::backend::helm;
use todoc::ir::{StatedFact, Text};

use super::another::{another, nested};
use super::chart::{Chart, at, charts};
use super::differences::{Difference, Id, differences, id};
use super::rows::{DERIVED, ROWS, Row, fits, row_of};
use super::{Answer, Case, Helm};
use crate::support::report;

/// The templates that an answer tells of, by the objects that they became there and before.
fn templates(before: &Answer, after: &Answer) -> BTreeMap<Id, String> {
    let mut found = BTreeMap::new();
    for (template, objects) in before.of(after).chain(&after.objects) {
        found.extend(objects.iter().map(|object| (id(object), template.clone())));
    }
    found
}

/// What isn't the same in an answer that tells of changes.
fn changes(before: &Answer, after: &Answer) -> Vec<Difference> {
    let objects = before.of(after).flat_map(|(_, objects)| objects);
    differences(objects, after.all())
}

/// Whether a row has a difference. A Job is another one when anything about its pod is.
fn has(row: &Row, thing: Option<&str>, template: &str, it: &Difference) -> bool {
    let folder = thing.map(|thing| format!("templates/{thing}/"));
    let is_own = folder.is_none_or(|folder| template.starts_with(&folder));
    let own = row.own.iter().filter(|_| is_own);
    let derived = DERIVED.iter().filter(|_| row.is_read);
    let mut patterns = own.chain(row.all).chain(derived);
    patterns.any(|pattern| fits(pattern, &it.object.kind, &it.field))
        || it.object.kind == "Job" && it.field == "/metadata/name"
}

/// A chart with its defaults.
fn plain(chart: &Chart) -> Case {
    let case = Case::render(4).into(&chart.app.namespace.name);
    case.file(chart.example())
}

/// A case with one value set, and with the one that it needs.
fn case(
    chart: &Chart,
    values: &[helm::ChartValue],
    value: &helm::ChartValue,
    other: Option<Value>,
) -> Case {
    let mut case = plain(chart);
    if let Some((field, is)) = row_of(&value.field).and_then(|row| row.needs) {
        let mut all = values.iter();
        if let Some(switch) = all.find(|it| it.thing == value.thing && it.field == field) {
            let is: Value = serde_json::from_str(is).expect("JSON");
            case = case.values(&nested(&switch.path, is));
        }
    }
    match other {
        Some(other) => case.values(&nested(&value.path, other)),
        None => case,
    }
}

/// What is wrong with what a value changes.
fn wrong(
    value: &helm::ChartValue,
    (before, after): (&Answer, &Answer),
    effective: &mut BTreeSet<&'static str>,
) -> Vec<String> {
    let Some(row) = row_of(&value.field) else {
        return vec![format!("no row for {}", value.field)];
    };
    // What isn't possible is said: a public address that nothing gives, an image that was built for
    // another one.
    if let Some(error) = &after.error {
        let is_said = error.contains("these values are wrong:");
        return (!is_said)
            .then(|| format!("no words of its own: {error}"))
            .into_iter()
            .collect();
    }
    let found = changes(before, after);
    if !found.is_empty() {
        effective.insert(row.value);
    }
    let templates = templates(before, after);
    let others = found.iter().filter(|it| {
        let template = templates.get(&it.object).map_or("", String::as_str);
        !has(row, value.thing.as_deref(), template, it)
    });
    others.map(|it| format!("it changes {it}")).collect()
}

#[test]
fn each_value_alone_changes_its_fields_alone() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    let mut effective = BTreeSet::new();
    for chart in charts() {
        let values = chart.values();
        let defaults = chart.read("values.yaml");
        let set = |value: &helm::ChartValue| {
            let other = another(value.kind, at(&defaults, value));
            case(chart, &values, value, Some(other))
        };
        let needs_none =
            |value: &&helm::ChartValue| row_of(&value.field).is_none_or(|row| row.needs.is_none());
        let (alone, others): (Vec<_>, Vec<_>) = values.iter().partition(needs_none);
        let mut note = |value: &helm::ChartValue, before: &Answer, after: &Answer| {
            let found = wrong(value, (before, after), &mut effective);
            let path = value.path.join(".");
            let found = found.iter();
            failures.extend(found.map(|it| format!("{} {path}: {it}", chart.name)));
        };
        let cases: Vec<_> = std::iter::once(plain(chart))
            .chain(alone.iter().map(|value| set(value)))
            .collect();
        let answers = helm.ask_for_changes(&chart.files, &cases);
        for (value, after) in alone.iter().zip(&answers[1..]) {
            note(value, &answers[0], after);
        }
        for value in others {
            let cases = [case(chart, &values, value, None), set(value)];
            let answers = helm.ask_for_changes(&chart.files, &cases);
            note(value, &answers[0], &answers[1]);
        }
    }
    // Each value does something somewhere.
    let idle = ROWS.iter().filter(|row| !effective.contains(row.value));
    failures.extend(idle.map(|row| format!("{} changes nothing in any program", row.value)));
    report(&failures);
}

/// Whether a text states a port of a Service.
fn states(text: &Text, thing: &str) -> bool {
    let mut facts = text.parts().iter().filter_map(|part| part.fact.as_ref());
    facts.any(|fact| matches!(fact, StatedFact::ServicePort { tier, .. } if tier == thing))
}

/// Every text that states a port follows it, and says nothing else.
#[test]
fn texts_follow_the_port_that_they_state() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    let mut followed = 0;
    for chart in charts() {
        let values = chart.values();
        let defaults = chart.read("values.yaml");
        let before = helm.ask_one(&chart.files, plain(chart));
        for value in values.iter().filter(|it| it.field == "service.port") {
            let thing = value.thing.as_deref().expect("a tier");
            let now = at(&defaults, value);
            let case = case(chart, &values, value, Some(json!(7117)));
            let after = helm.ask_one(&chart.files, case);
            let changed = differences(before.all(), after.all());
            let shared = chart.app.config.iter();
            for config in shared.chain(chart.app.pods().filter_map(|(_, pod)| pod.config.as_ref()))
            {
                for entry in config.entries.iter().filter(|it| states(&it.value, thing)) {
                    followed += 1;
                    let field = format!("/data/{}", entry.key);
                    let mut changed = changed.iter();
                    let own = changed.find(|it| it.object.name == config.name && it.field == field);
                    let expected = own
                        .and_then(|it| it.before.as_ref()?.as_str())
                        .map(|text| text.replace(&format!(":{now}"), ":7117"));
                    let is_right = own.is_some_and(|it| {
                        it.after.as_ref().and_then(Value::as_str) == expected.as_deref()
                    });
                    if !is_right {
                        let text = format!("{} {thing}: {} is {own:?}", chart.name, entry.key);
                        failures.push(text);
                    }
                }
            }
        }
    }
    assert!(followed > 0, "no text states a port");
    report(&failures);
}
