//! `todoc secrets check --live`: which Secrets and keys the cluster has. It reads names, and no value.

use super::kubectl::{Kubectl, State};
use super::mask::Mask;
use super::program::Application;
use crate::backend::secrets::foreign;
use crate::cli::args::secrets::Form;
use crate::cli::page::Page;
use crate::cli::{Failure, Status};
use serde_json::json;

/// A key that must be there, or may.
struct Wanted {
    secret: String,
    key: String,
    optional: bool,
}

/// Prints what there is.
pub(super) fn run(
    application: &Application,
    context: Option<&String>,
    form: Form,
) -> Result<Status, Failure> {
    let mut kubectl = Kubectl {
        mask: Mask::of(std::iter::empty()),
        without: &[],
        context: context.or(application.app.context.as_ref()).cloned(),
        namespace: &application.app.namespace.name,
    };
    let place = kubectl.place()?;
    let wanted = wanted(application);
    let mut rows = Vec::new();
    let mut misses = false;
    for of_secret in wanted.chunk_by(|a, b| a.secret == b.secret) {
        let name = of_secret.first().map_or("", |it| it.secret.as_str());
        let state = kubectl.state(name)?;
        for it in of_secret {
            let word = match &state {
                State::Unreadable => {
                    return Err(Failure::new(
                        "the cluster lets you read no Secrets, and so no names of keys",
                    )
                    .help("ask for the right to `get` Secrets in the namespace"));
                }
                State::There { keys, .. } if keys.contains(&it.key) => "ok",
                State::There { .. } | State::Missing if it.optional => "left out",
                State::There { .. } | State::Missing => "missing",
            };
            misses |= word == "missing";
            rows.push((it, word));
        }
    }
    let text = match form {
        Form::Human => {
            let mut page = Page::default();
            page.line(
                0,
                &format!(
                    "Secrets of {} in namespace {} of context {} ({})",
                    application.title(),
                    kubectl.namespace,
                    place.context,
                    place.server
                ),
            );
            for of_secret in rows.chunk_by(|(a, _), (b, _)| a.secret == b.secret) {
                let name = of_secret.first().map_or("", |(it, _)| it.secret.as_str());
                let lines = of_secret
                    .iter()
                    .map(|(it, word)| (2, format!("{word:8} {}", it.key)));
                page.section(name, &lines.collect::<Vec<_>>());
            }
            page.text
        }
        Form::Json => {
            let keys = rows.iter().map(|(it, word)| {
                json!({ "secret": it.secret, "key": it.key, "optional": it.optional, "verdict": word })
            });
            let report = json!({
                "application": application.app.name,
                "target": application.app.target,
                "context": place.context,
                "namespace": kubectl.namespace,
                "keys": keys.collect::<Vec<_>>(),
            });
            format!("{report:#}\n")
        }
    };
    application.print(&text)?;
    Ok(if misses { Status::Wrong } else { Status::Clean })
}

/// Every key that pods, Ingresses or nodes read.
fn wanted(application: &Application) -> Vec<Wanted> {
    let own = application.own().into_iter().flat_map(|secret| {
        let name = &secret.object.name;
        let keys = secret.object.keys.iter();
        keys.map(move |key| Wanted {
            secret: name.clone(),
            key: key.key.clone(),
            optional: key.optional,
        })
    });
    let others = foreign(&application.app).into_iter().flat_map(|secret| {
        let name = secret.name.to_owned();
        let keys = secret.keys.into_iter();
        keys.map(move |(key, optional)| Wanted {
            secret: name.clone(),
            key,
            optional,
        })
    });
    own.chain(others).collect()
}
