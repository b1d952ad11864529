//! Applications, and what is shown of them.

use std::path::Path;

use crate::backend::{Artifact, BACKENDS};
use crate::catalog::{Choice, recipe};
use crate::cli::disk::Outcome;
use crate::cli::memory::Memory;
use crate::cli::summary::summary;
use crate::cli::written::Written;
use crate::diag::Diagnostic;
use crate::ir::{self, Expose, sample};
use crate::source::{FileId, SourceMap, Span, Spanned};
pub(super) fn here<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::new(FileId(0), 9..10))
}

pub(super) fn key(name: &str) -> ir::SecretKey {
    ir::SecretKey {
        name: name.to_owned(),
        key: name.to_owned(),
        from_env: name.to_owned(),
        optional: false,
        rules: Vec::new(),
        message: None,
        origin: here(()).span,
    }
}

pub(super) fn tier(name: &str, expose: Expose) -> ir::Tier {
    let recipe = recipe("nextjs").expect("a recipe");
    let plan = recipe.plan.as_ref().expect("a plan");
    let choice = Choice {
        port: Some(3000),
        ..Choice::of(plan)
    };
    let address = |scheme: &str, host: &str, port| ir::PublicAddress {
        scheme: scheme.to_owned(),
        host: host.to_owned(),
        port,
        path: String::new(),
    };
    let public = match &expose {
        Expose::Ingress { host, .. } => Some(address("https", host, None)),
        Expose::NodePort { port: Some(port) } | Expose::Forward { port } => {
            Some(address("http", "localhost", Some(*port)))
        }
        Expose::Elsewhere { address } => Some(address.clone()),
        Expose::Internal | Expose::NodePort { port: None } | Expose::LoadBalancer => None,
    };
    let mut tier = ir::Tier {
        public,
        expose: here(expose),
        ..sample::tier(name)
    };
    tier.pod.image.reference.repository = format!("todo-{name}");
    tier.pod.image.build = Some(ir::Build {
        context: format!("./{name}"),
        dockerfile: ir::DockerfileSource::Planned {
            plan,
            choice: Box::new(choice),
        },
        secrets: Vec::new(),
        said: Vec::new(),
        platforms: Vec::new(),
        max_size: None,
        arguments: Vec::new(),
    });
    tier
}

pub(super) fn ingress(host: &str) -> Expose {
    Expose::Ingress {
        host: host.to_owned(),
        path: "/".to_owned(),
        tls: Some("todo-tls".to_owned()),
        shared: false,
        settings: ir::HostSettings::default(),
        strip: None,
    }
}

/// The summary of a build into `out`, without its escapes.
pub(super) fn shown(app: &ir::App, out: &str, folder: &Path) -> String {
    noted(app, &[], out, folder)
}

pub(super) fn noted(app: &ir::App, notes: &[Diagnostic], out: &str, folder: &Path) -> String {
    let paths = [
        "kubernetes/00-namespace.yaml",
        "kustomization.yaml",
        "docker/bake.json",
    ];
    let artifacts = paths.map(|path| Artifact {
        path: path.to_owned(),
        text: String::new(),
        marks: Vec::new(),
    });
    let written = Written {
        outcome: Outcome {
            written: 2,
            unchanged: 1,
            deleted: 0,
            kept: Vec::new(),
            changes: Vec::new(),
            before: Memory::default(),
            new: std::collections::BTreeSet::new(),
        },
        memory: &Memory::default(),
        artifacts: &artifacts,
        out: Path::new(out),
        program: Some(Path::new("app.todo")),
        folder,
    };
    let targets = ["local", "production", "staging"].map(String::from);
    let sources = SourceMap::single("app.todo", "app todo\ntier a {\n}\n");
    let usual: Vec<_> = BACKENDS.iter().copied().filter(|it| it.default).collect();
    let steps = written.steps(app, &usual);
    let text = summary(app, &targets, &sources, notes, &steps, Some(&written), true);
    anstream::adapter::strip_str(&text).to_string()
}
