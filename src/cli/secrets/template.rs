//! `todoc secrets template`: a file to fill in, or objects that name values in a store. It reads no
//! value.

use super::list::read_by;
use super::program::{Application, Loaded, load};
use crate::backend::secrets::{Store, external};
use crate::cli::args::secrets::{Template, TemplateKind};
use crate::cli::{Failure, Status};
use crate::diag::printable;
use crate::ir::{Rule, SecretKey};
use indexmap::IndexMap;
use std::path::Path;

/// Prints the template.
pub(super) fn run(args: &Template) -> Result<Status, Failure> {
    let Loaded::Right(application) = load(&args.program)? else {
        return Ok(Status::Wrong);
    };
    let text = match args.kind {
        TemplateKind::Env => variables(&application, &args.program.file),
        TemplateKind::ExternalSecret => {
            let store = store(args.store.as_deref().unwrap_or_default())?;
            let head = format!(
                "Printed by todoc from {}: where the values of {} are, and none of them.",
                application.file,
                application.title()
            );
            external(&application.app, &application.own(), store, &head)
        }
    };
    application.print(&text)?;
    Ok(Status::Clean)
}

fn store(text: &str) -> Result<Store<'_>, Failure> {
    let (kind, name) = text.split_once('/').unwrap_or(("SecretStore", text));
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
    if matches!(kind, "SecretStore" | "ClusterSecretStore")
        && !name.is_empty()
        && name.chars().all(is_name)
    {
        return Ok(Store { kind, name });
    }
    let failure = Failure::new("that isn't a valid store");
    Err(failure.help("write `--store NAME`, or `--store ClusterSecretStore/NAME`"))
}

fn variables(application: &Application, file: &Path) -> String {
    let command = format!(
        "todoc secrets apply {} --env-file FILE",
        application.arguments(file)
    );
    let mut text = String::new();
    comment(
        &mut text,
        &format!("Values of the secrets of {}.", application.title()),
    );
    comment(
        &mut text,
        "Write each between its quotes, and keep this file out of version control. Then:",
    );
    comment(&mut text, &command);
    let mut by_variable: IndexMap<&str, Vec<(&str, &SecretKey)>> = IndexMap::new();
    let own = application.own();
    for secret in &own {
        for key in &secret.object.keys {
            let readers = by_variable.entry(&key.from_env).or_default();
            readers.push((&secret.object.name, key));
        }
    }
    for (variable, keys) in by_variable {
        text.push('\n');
        for (object, key) in keys {
            if let Some(message) = &key.message {
                comment(&mut text, message);
            }
            let optional = key.optional.then(|| "optional".to_owned());
            let clauses = optional
                .into_iter()
                .chain(key.rules.iter().map(Rule::clause));
            let clauses: Vec<_> = clauses.chain([read_by(application, object, key)]).collect();
            comment(&mut text, &clauses.join(", "));
        }
        text.push_str(variable);
        text.push_str("=''\n");
    }
    text
}

/// Adds a line that no reader takes for anything else.
fn comment(text: &mut String, line: &str) {
    let line = printable(line).replace('\n', " ");
    text.extend(["# ", &line, "\n"]);
}
