//! `todoc secrets check`: whether the values are what the program asks for.

use super::judge::{Judged, Verdict, judge};
use super::live;
use super::program::{Application, Loaded, load};
use super::values::{Values, are_apart, gather};
use crate::cli::args::secrets::{Check, Deny, Form, Sources};
use crate::cli::page::Page;
use crate::cli::{Failure, Status};
use serde_json::{Value, json};

/// Prints what is to be said of each value.
pub(super) fn run(args: &Check) -> Result<Status, Failure> {
    are_apart(&args.sources, &args.program.file)?;
    let Loaded::Right(application) = load(&args.program)? else {
        return Ok(Status::Wrong);
    };
    if args.live {
        return live::run(&application, args.context.as_ref(), args.report);
    }
    let values = values(&application, &args.sources)?;
    let judged = judge(&application.own(), &values);
    let text = match args.report {
        Form::Human => page(&application, &judged, "Values of the secrets"),
        Form::Json => format!("{:#}\n", report(&application, &judged)),
    };
    application.print(&text)?;
    let stops = judged.iter().any(|it| it.verdict.stops());
    let is_odd = judged.iter().any(|it| !it.warnings.is_empty());
    if stops || (is_odd && args.deny == Some(Deny::Warnings)) {
        return Ok(Status::Wrong);
    }
    Ok(Status::Clean)
}

/// The values of all variables that an application asks for.
pub(super) fn values(application: &Application, sources: &Sources) -> Result<Values, Failure> {
    let own = application.own();
    let keys = own.iter().flat_map(|secret| &secret.object.keys);
    gather(&keys.map(|key| key.from_env.as_str()).collect(), sources)
}

/// What is to be said of each value, for people.
pub(super) fn page(application: &Application, judged: &[Judged], what: &str) -> String {
    let mut page = Page::default();
    page.line(0, &format!("{what} of {}", application.title()));
    if judged.is_empty() {
        page.line(0, "it asks for none");
    }
    for of_secret in judged.chunk_by(|a, b| a.secret.object.name == b.secret.object.name) {
        let name = of_secret.first().map(|it| it.secret.object.name.as_str());
        let lines: Vec<_> = of_secret
            .iter()
            .flat_map(|it| lines(application, it))
            .collect();
        page.section(name.unwrap_or_default(), &lines);
    }
    page.text
}

fn lines(application: &Application, judged: &Judged) -> Vec<(usize, String)> {
    let Judged {
        key,
        verdict,
        warnings,
        ..
    } = judged;
    let line = application.line(key.origin);
    let place = format!("line {line} of {}", application.file);
    let from = &key.from_env;
    let message = key.message.as_ref();
    let message = message.map_or(String::new(), |it| format!(" ({it})"));
    let said = match verdict {
        Verdict::Right => key.key.clone(),
        Verdict::Missing => format!("{}: ${from} isn't set{message}; {place}", key.key),
        Verdict::LeftOut => format!("{}: ${from} isn't set, and needn't be", key.key),
        Verdict::Wrong(why) => format!("{}: ${from} {why}{message}; {place}", key.key),
    };
    let mut lines = vec![(2, format!("{:8} {said}", verdict.word()))];
    let warnings = warnings.iter();
    lines.extend(warnings.map(|warning| (2, format!("warning  {}: ${from} {warning}", key.key))));
    lines
}

fn report(application: &Application, judged: &[Judged]) -> Value {
    let keys = judged.iter().map(|it| {
        let why = match &it.verdict {
            Verdict::Wrong(why) => Some(why),
            Verdict::Right | Verdict::Missing | Verdict::LeftOut => None,
        };
        json!({
            "secret": it.secret.object.name,
            "key": it.key.key,
            "variable": it.key.from_env,
            "verdict": it.verdict.word(),
            "why": why,
            "message": it.key.message,
            "warnings": it.warnings,
            "line": application.line(it.key.origin),
        })
    });
    json!({
        "application": application.app.name,
        "target": application.app.target,
        "namespace": application.app.namespace.name,
        "values": keys.collect::<Vec<_>>(),
    })
}
