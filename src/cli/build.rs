//! `todoc build`.

use super::args::Build;
use super::summary::{Written, summary};
use super::{Failure, Status, disk, input, named, output};
use crate::backend::{Artifact, BACKENDS, Backend};
use crate::diag::suggest::did_you_mean;
use crate::{Options, compile, files_wanted};
use std::path::PathBuf;

/// Builds a file for one target.
pub(super) fn run(args: &Build) -> Result<Status, Failure> {
    let input = input::read(&args.file)?;
    let wrong = |diagnostics: &[_]| {
        output::diagnostics(
            &input.sources,
            &input.name,
            diagnostics,
            "; nothing was built",
        );
        Ok(Status::Wrong)
    };
    if let Some(fault) = &input.fault {
        return wrong(std::slice::from_ref(fault));
    }

    let emit = chosen(&args.emit);
    let only_kubernetes = matches!(emit.as_slice(), [one] if one.name == "kubernetes");
    let compiled = compile(
        input.text(),
        &Options {
            target: args.target.clone(),
            emit,
            source_name: input.file_name.clone(),
            files: named::read(&input.folder, files_wanted(input.text())),
        },
    );
    let Some(app) = compiled.app.filter(|_| compiled.diagnostics.is_empty()) else {
        let status = wrong(&compiled.diagnostics)?;
        return known_target(args.target.as_deref(), &compiled.targets, &input.name)
            .map(|()| status);
    };

    if args.stdout {
        output::print_raw(&joined(&compiled.artifacts, only_kubernetes))?;
        output::complain(&summary(&app, &compiled.targets, &input.sources, None));
        return Ok(Status::Clean);
    }
    let out = args.out.clone().unwrap_or_else(|| match &app.target {
        Some(target) => PathBuf::from("out").join(target),
        None => PathBuf::from("out"),
    });
    let written = Written {
        outcome: disk::write(&out, &compiled.artifacts, args.force)?,
        artifacts: &compiled.artifacts,
        out: &out,
        folder: &input.folder,
    };
    output::print(&summary(
        &app,
        &compiled.targets,
        &input.sources,
        Some(&written),
    ))?;
    Ok(Status::Clean)
}

/// The backends of these names, in their own order.
fn chosen(names: &[String]) -> Vec<&'static Backend> {
    let asked = |backend: &&&Backend| names.iter().any(|name| name == backend.name);
    BACKENDS.iter().filter(asked).copied().collect()
}

fn known_target(asked: Option<&str>, targets: &[String], file: &str) -> Result<(), Failure> {
    let Some(asked) = asked.filter(|asked| targets.iter().all(|target| target != asked)) else {
        return Ok(());
    };
    let failure = Failure::new(format!("there is no target `{asked}` in {file}"));
    if targets.is_empty() {
        return Err(failure.help("it has no targets: leave --target out"));
    }
    let list = targets.join(", ");
    Err(
        match did_you_mean(asked, targets.iter().map(String::as_str)) {
            Some(near) => failure.help(format!("did you mean `{near}`? It has: {list}")),
            None => failure.help(format!("it has: {list}")),
        },
    )
}

/// All files as one text. Kubernetes objects alone are a stream for `kubectl apply -f -`; the
/// kustomization is no object that it knows.
fn joined(artifacts: &[Artifact], only_kubernetes: bool) -> String {
    if only_kubernetes {
        let objects = artifacts
            .iter()
            .filter(|file| file.path != "kustomization.yaml");
        return objects.map(|file| file.text.as_str()).collect();
    }
    let with_head = |file: &Artifact| format!("# ==> {}\n{}", file.path, file.text);
    artifacts.iter().map(with_head).collect()
}
