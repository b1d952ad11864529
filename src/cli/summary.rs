//! What `todoc build` tells: what was written, what must exist, and what to do next.

use super::cluster::Object;
use super::disk::Outcome;
use super::output::BOLD;
use super::secrets_needed::secret_lines;
use super::step::Step;
use super::written::Written;
use super::{count, next};
use crate::diag::printable;
use crate::diag::wrap::{self, WIDTH};
use crate::ir::{self, Expose};
use crate::source::{Contexts, SourceMap};
use indexmap::IndexMap;
use std::path::PathBuf;

/// The summary of a build; without `written` of one that printed its files.
pub(super) fn summary(
    app: &ir::App,
    targets: &[String],
    sources: &SourceMap,
    contexts: &Contexts,
    written: Option<&Written>,
) -> String {
    let mut page = Page::default();
    if let Some(written) = written {
        page.line(0, &files(written));
    }
    if let Some(target) = &app.target {
        page.line(0, &choice(target, targets));
    }
    if let Some(Written { outcome, .. }) = written {
        page.section(
            "Kept, though nothing stands for them: delete them, or move them away",
            &kept(outcome),
        );
        page.section(
            "No longer built, and in the cluster until you delete them with their data",
            &left(outcome),
        );
        page.section(
            "Claims that stay as they are: change them by hand",
            &lines_of(&outcome.change.claims),
        );
    }
    page.section("Reached at", &addresses(app));
    page.section("Notes", &notes(app, sources, contexts));
    let heading = format!(
        "Secrets that must exist in namespace {}",
        app.namespace.name
    );
    page.section(&heading, &secret_lines(app));
    if let Some(written) = written {
        let steps = next::steps(app, written);
        page.commands(&steps);
    }
    page.text
}

/// Folders of targets that are gone, or nothing.
pub(super) fn left_over(folders: &[PathBuf]) -> String {
    let lines = folders
        .iter()
        .map(|folder| (2, folder.display().to_string()));
    let mut page = Page::default();
    page.section(
        "Built for targets that are gone: no build deletes these, nor their objects",
        &lines.collect::<Vec<_>>(),
    );
    page.text
}

/// Text that grows; what comes from the user can't act on the terminal.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line, broken between words where it is too long.
    fn line(&mut self, indent: usize, line: &str) {
        let shown = printable(line).replace('\n', " ");
        for part in wrap(&shown, indent) {
            self.push(&part);
        }
    }

    fn section(&mut self, heading: &str, lines: &[(usize, String)]) {
        if lines.is_empty() {
            return;
        }
        self.push(&format!("\n{BOLD}{}{BOLD:#}", printable(heading)));
        for (indent, line) in lines {
            self.line(*indent, line);
        }
    }

    /// Commands are never broken here: a shell must read them.
    fn commands(&mut self, steps: &[Step]) {
        if steps.is_empty() {
            return;
        }
        self.push(&format!("\n{BOLD}Next{BOLD:#}"));
        for step in steps {
            // Each line of it is a comment, so that all can be copied at once.
            for line in wrap::wrap(&step.purpose, WIDTH - 4, WIDTH - 4) {
                self.push(&format!("  # {line}"));
            }
            for line in &step.lines {
                self.push(&format!("  {}", printable(line)));
            }
        }
    }
}

fn files(written: &Written) -> String {
    let Outcome {
        written: new,
        unchanged,
        deleted,
        ..
    } = written.outcome;
    let out = written.out.display();
    let files = match (new, unchanged) {
        (0, 0) => "nothing to write".to_owned(),
        (0, unchanged) => format!("{} unchanged in {out}", count(unchanged, "file")),
        (new, 0) => format!("{} written to {out}", count(new, "file")),
        (new, _) => format!(
            "{} written to {out}, {unchanged} unchanged",
            count(new, "file")
        ),
    };
    match deleted {
        0 => files,
        _ => format!("{files}, {deleted} deleted"),
    }
}

/// Files that the build would have deleted.
fn kept(outcome: &Outcome) -> Vec<(usize, String)> {
    let line = |(path, why): &(String, _)| (2, format!("{path}: {why}"));
    outcome.kept.iter().map(line).collect()
}

/// Objects that no line deletes, because people's data is in them.
fn left(outcome: &Outcome) -> Vec<(usize, String)> {
    let mut objects: Vec<_> = outcome.change.gone.clone();
    objects.retain(|object| object.holds_data || object.kind == "StatefulSet");
    lines_of(&objects)
}

/// Objects with data, or the claims of a StatefulSet.
fn lines_of(objects: &[Object]) -> Vec<(usize, String)> {
    let line = |object: &Object| {
        let Object {
            kind,
            namespace,
            name,
            holds_data,
        } = object;
        let place = match namespace {
            Some(namespace) => format!(" in namespace {namespace}"),
            None => String::new(),
        };
        let claims = if *holds_data {
            ""
        } else {
            "the PersistentVolumeClaims of "
        };
        (2, format!("{claims}{kind} {name}{place}"))
    };
    objects.iter().map(line).collect()
}

fn choice(target: &str, targets: &[String]) -> String {
    let others: Vec<_> = targets
        .iter()
        .filter(|other| *other != target)
        .map(String::as_str)
        .collect();
    match others.as_slice() {
        [] => format!("for target {target}"),
        _ => format!(
            "for target {target}; others, with --target NAME: {}",
            others.join(", ")
        ),
    }
}

fn addresses(app: &ir::App) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for tier in &app.tiers {
        let address = match (&tier.public_url, &tier.expose.value) {
            (_, Expose::Internal) => continue,
            (Some(url), Expose::Forward { .. }) => format!("{url}, while it is forwarded"),
            (Some(url), _) => url.clone(),
            (None, Expose::NodePort { port: Some(port) }) => format!("port {port} of any node"),
            (None, Expose::NodePort { port: None }) => {
                "a port of any node that the cluster chooses".to_owned()
            }
            (None, Expose::LoadBalancer) => "the address of its load balancer".to_owned(),
            (None, Expose::Ingress { host, .. }) => host.clone(),
            (None, Expose::Forward { port }) => {
                format!("localhost:{port}, while it is forwarded")
            }
        };
        lines.push((2, format!("{}: {address}", tier.id.name)));
    }
    lines
}

fn notes(app: &ir::App, sources: &SourceMap, contexts: &Contexts) -> Vec<(usize, String)> {
    let line = |note: &crate::source::Spanned<String>| {
        let number = sources
            .get(note.span.file)
            .map(|file| file.lines.line(note.span.start as usize) + 1);
        match number {
            Some(number) => (2, format!("line {number}: {}", note.value)),
            None => (2, note.value.clone()),
        }
    };
    let mut lines: Vec<_> = app.notes.iter().map(line).collect();
    lines.extend(not_looked_into(app, contexts).map(|note| (2, note)));
    lines
}

/// The contexts that nobody could look into, those of one reason on a line.
fn not_looked_into(app: &ir::App, contexts: &Contexts) -> impl Iterator<Item = String> {
    let mut by_reason: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (_, pod) in app.pods() {
        if let Some(build) = &pod.image.build
            && let Some(Err(why)) = contexts.get(&build.context)
        {
            let known = by_reason.entry(why).or_default();
            if !known.contains(&build.context.as_str()) {
                known.push(&build.context);
            }
        }
    }
    by_reason
        .into_iter()
        .map(|(why, contexts)| format!("can't look into `{}`: {why}", contexts.join("`, `")))
}

/// A line in lines that fit, each indented, those after the first by two more.
fn wrap(line: &str, indent: usize) -> Vec<String> {
    let lines = wrap::wrap(line, WIDTH - indent, WIDTH - indent - 2);
    let indents = std::iter::once(indent).chain(std::iter::repeat(indent + 2));
    let indented = lines.iter().zip(indents);
    indented
        .map(|(line, indent)| " ".repeat(indent) + line)
        .collect()
}

#[cfg(test)]
mod tests;
