//! What a chart can't say.

use super::about;
use super::helpers;
use super::text::Expressions;
use super::values::{Value, Values};
use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, ObjectFile, Patch};
use crate::yaml::{self, Printed, Scalar};

/// Whether a file defines kinds of objects, and holds nothing else.
pub(super) fn is_definition(file: &ObjectFile) -> bool {
    let documents = yaml::parse(&file.text).documents;
    let mut kinds = documents.iter().map(|document| {
        let yaml::Value::Mapping(fields) = &document.value else {
            return None;
        };
        let kind = fields.iter().find(|field| field.key == "kind")?;
        match &kind.value.value {
            yaml::Value::Scalar(Scalar::Text(kind)) => Some(kind.as_str()),
            yaml::Value::Scalar(_) | yaml::Value::Mapping(_) | yaml::Value::Sequence(_) => None,
        }
    });
    !documents.is_empty() && kinds.all(|kind| kind == Some("CustomResourceDefinition"))
}

/// Complains of what no chart says of the application.
pub(super) fn check(app: &App, found: &mut Bag) {
    for file in app.objects.iter().filter(|file| is_definition(file)) {
        let message = format!(
            "Helm installs the definitions in `{}` and never changes them",
            file.path
        );
        let diagnostic = Diagnostic::new(Code::DefinitionsStay, file.origin, message);
        found.push(diagnostic.help("after a change of them, run `kubectl apply` with that file"));
    }
    if about::version(&app.version.value).is_none() {
        let message = format!(
            "`{}` isn't a version that Helm takes: the chart has {}",
            app.version.value,
            about::FIRST
        );
        let diagnostic = Diagnostic::new(Code::ChartVersion, app.version.span, message);
        found.push(diagnostic.help("say one of three numbers, such as `version \"1.2.3\"`"));
    }
}

/// The values that some template reads. Complains of the patches that are why others aren't read.
pub(super) fn read(
    with: Expressions<'_>,
    objects: &[(String, Printed)],
    found: &mut Bag,
) -> Values {
    let app = with.shape.app;
    let helpers = helpers::text(with, &helpers::all(with));
    let texts = objects.iter().map(|(_, printed)| printed.text.as_str());
    let texts: Vec<&str> = texts.chain([helpers.as_str()]).collect();
    let is_read = |value: &Value| texts.iter().any(|text| reads(text, value));
    let (read, unread) = with.values.clone().split(is_read);
    for value in unread {
        if let Some(patch) = patch(app, value.thing.as_deref()) {
            let message = format!(
                "the chart has no value `{}`: a `patch` sets what it would change",
                value.path.join(".")
            );
            let diagnostic = Diagnostic::new(Code::PatchedValue, patch.kind.span, message);
            found.push(diagnostic.help("leave that out of the patch, or accept it"));
        }
    }
    read
}

/// Whether a template reads a value, or the group that it is in.
fn reads(text: &str, value: &Value) -> bool {
    let whole = super::names::read(&value.path);
    let group = value
        .path
        .split_last()
        .map(|(_, group)| super::names::read(group));
    let ends = |read: &str| {
        text.match_indices(read).any(|(at, _)| {
            let next = text[at + read.len()..].chars().next();
            !next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
        })
    };
    let is_of_image = value.field.starts_with("image.");
    ends(&whole)
        || text.contains(&format!("{whole}."))
        || is_of_image && group.is_some_and(|it| ends(&it))
}

fn patch<'a>(app: &'a App, thing: Option<&str>) -> Option<&'a Patch> {
    let thing = thing?;
    let tiers = app.tiers.iter().map(|it| (&it.id.name, &it.patches));
    let databases = app.databases.iter().map(|it| (&it.id.name, &it.patches));
    let jobs = app.jobs.iter().map(|it| (&it.id.name, &it.patches));
    let mut all = tiers.chain(databases).chain(jobs);
    all.find(|(name, _)| *name == thing)?.1.first()
}
