//! `compose.yaml`: the same application on one machine, by Docker Compose.
//!
//! Each file says what becomes of one part. What Compose has no word for is a loss, raised where that
//! is found; [`lost`] names every field of the application, so that a new one can't be forgotten.

mod address;
mod build;
mod database;
mod environment;
mod health;
mod lost;
mod names;
mod needs;
mod next;
mod process;
mod project;
mod resources;
mod storage;
mod task;
mod text;
mod tier;
mod variables;
mod waits;

use super::{Artifact, Backend, Input, each};
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::Span;
use crate::yaml::{Field, Key, Node, map};
use project::Project;

/// The backend.
pub(super) const BACKEND: Backend = Backend {
    name: "compose",
    doc: "a Compose file for this machine, with the Dockerfiles that it builds from",
    default: false,
    builds_images: false,
    runs_in_cluster: false,
    needs: &["docker"],
    places: &[FILE],
    stream: Some(|path| path == FILE),
    losses: Some("L02"),
    based_on: None,
    reads_other_targets: false,
    gives_values: true,
    check: names::check,
    lower: |inputs| each(inputs, lower),
    next: next::steps,
};

/// The file.
const FILE: &str = "compose.yaml";

fn lower(input: &Input, found: &mut Bag) -> Vec<Artifact> {
    let app = input.app;
    let project = Project::of(input);
    let mut losses = Losses { found };
    let mut services: Vec<Service> = Vec::new();
    for database in &app.databases {
        services.push(database::service(&project, database, &mut losses));
    }
    for tier in &app.tiers {
        services.extend(tier::services(&project, tier, &mut losses));
    }
    for job in &app.jobs {
        services.push(task::service(&project, job, &mut losses));
    }
    lost::of_app(app, &project, &mut losses);
    let services = services.into_iter();
    let services = services.map(|(name, node)| (Key::from(name), Some(node)));
    let services: Vec<_> = services.collect();
    let document = map! {
        "name": project.name.clone().because("names"),
        "services": (!services.is_empty()).then(|| Node::mapping(services)).because("object"),
        "volumes": storage::volumes(&project).because("object"),
        "configs": storage::configs(&project).because("object"),
        "secrets": storage::secrets(&project).because("object"),
    };
    let head = super::header(input.source);
    vec![input.yaml(FILE.to_owned(), &head, &[document], app.origin)]
}

/// A service and its name.
type Service = (String, Node);

/// What Compose can't say.
struct Losses<'b> {
    found: &'b mut Bag,
}

impl Losses<'_> {
    /// Says that something at a place is lost. Sentences name whose it is in their first backticks:
    /// the summary joins those that say the same of several.
    fn lose(&mut self, code: Code, place: Span, message: impl Into<String>) {
        self.found.push(Diagnostic::new(code, place, message));
    }
}

/// A list, if there is anything in it.
fn unless_empty(items: Vec<Node>) -> Option<Node> {
    (!items.is_empty()).then(|| {
        let places: Vec<_> = items.iter().flat_map(|item| item.origin.spans()).collect();
        Node::sequence(items).gathered(places)
    })
}
