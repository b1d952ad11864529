//! `todoc secrets list`: which secrets there are, and who reads them. It reads no value.

use super::program::{Application, Loaded, load};
use crate::backend::secrets::{ForeignSecret, Reader, demands, foreign, readers};
use crate::backend::{Purpose, Step, When};
use crate::cli::args::secrets::{Form, List};
use crate::cli::page::Page;
use crate::cli::{Failure, Status, step};
use crate::ir::{Rule, SecretKey};
use serde_json::{Value, json};

/// Prints the list.
pub(super) fn run(args: &List) -> Result<Status, Failure> {
    let Loaded::Right(application) = load(&args.program)? else {
        return Ok(Status::Wrong);
    };
    let text = match args.report {
        Form::Human => page(&application, args.program.target.is_some()),
        Form::Json => format!("{:#}\n", report(&application)),
    };
    application.print(&text)?;
    Ok(Status::Clean)
}

/// Who reads a key, in words.
pub(super) fn read_by(application: &Application, object: &str, key: &SecretKey) -> String {
    let readers = readers(&application.app, object, key);
    let names: Vec<_> = readers.iter().map(|reader| reader.name.as_str()).collect();
    format!("read by {}", names.join(", "))
}

fn page(application: &Application, is_chosen: bool) -> String {
    let app = &application.app;
    let mut page = Page::default();
    let title = format!(
        "Secrets of {}, in namespace {}",
        application.title(),
        app.namespace.name
    );
    page.line(0, &title);
    if let Some(others) = application.others().filter(|_| !is_chosen) {
        page.line(0, &others);
    }
    let own = application.own();
    let foreign = foreign(app);
    if own.is_empty() && foreign.is_empty() {
        page.line(0, "it has none");
    }
    for secret in &own {
        let name = &secret.object.name;
        let mut lines = Vec::new();
        for key in &secret.object.keys {
            let readers = read_by(application, name, key);
            let line = application.line(key.origin);
            lines.push((2, format!("{}  {}", key.key, demands(key))));
            lines.push((4, format!("{readers}; line {line} of {}", application.file)));
        }
        page.section(name, &lines);
    }
    for ForeignSecret {
        name,
        what,
        keys,
        make,
    } in &foreign
    {
        page.section(name, &[(2, format!("{what}, with {}", list(keys)))]);
        if let Some(command) = make {
            let step = Step::run(Purpose::MakeSecrets, When::Once, "", vec![command.clone()]);
            for line in step::lines(&step) {
                page.push(&format!("  {line}"));
            }
        }
    }
    page.text
}

fn list(keys: &[(String, bool)]) -> String {
    let keys = keys.iter().map(|(key, optional)| {
        let optional = if *optional { " (optional)" } else { "" };
        format!("{key}{optional}")
    });
    keys.collect::<Vec<_>>().join(", ")
}

fn report(application: &Application) -> Value {
    let app = &application.app;
    let key = |object: &str, key: &SecretKey| {
        let readers = readers(app, object, key);
        let readers: Vec<_> = readers
            .into_iter()
            .map(|Reader { name, .. }| name)
            .collect();
        json!({
            "key": key.key,
            "variable": key.from_env,
            "optional": key.optional,
            "rules": key.rules.iter().map(Rule::clause).collect::<Vec<_>>(),
            "message": key.message,
            "readers": readers,
            "line": application.line(key.origin),
        })
    };
    let own = application.own().into_iter().map(|secret| {
        let keys = secret.object.keys.iter();
        let keys: Vec<_> = keys.map(|it| key(&secret.object.name, it)).collect();
        json!({ "name": secret.object.name, "keys": keys })
    });
    let others = foreign(app).into_iter().map(|it| {
        let keys = it.keys.iter();
        let keys = keys.map(|(key, optional)| json!({ "key": key, "optional": optional }));
        json!({ "name": it.name, "what": it.what, "keys": keys.collect::<Vec<_>>() })
    });
    json!({
        "application": app.name,
        "target": app.target,
        "namespace": app.namespace.name,
        "secrets": own.collect::<Vec<_>>(),
        "others": others.collect::<Vec<_>>(),
    })
}
