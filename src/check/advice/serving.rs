//! Servers that a command starts, against the ports that their tiers say: where they listen, and what of
//! them is for development alone.

use super::readings::{self, Readings};
use super::started::{self, StartedCommand};
use crate::catalog::servers::{Serving, Told, serving};
use crate::catalog::{Choice, Plan, recipe};
use crate::check::context;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// A command that starts a server.
struct StartedServer {
    serving: Serving,
    /// Where the command is written.
    place: Span,
    /// The file and the name of the script that has it; `None` for the program's own text.
    script: Option<(String, String)>,
}

/// Warns of each.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    for face in readings::faces(readings.scope).filter(|face| !face.is_job) {
        let Some((commands, place)) = commands(face, readings) else {
            continue;
        };
        sets_port(&commands, place, face, found);
        let Some(started) = started(commands, place, face, readings) else {
            continue;
        };
        listens(&started, face, readings, found);
        develops(&started, found);
    }
}

/// The commands that a tier's own comes to, behind the scripts of its sources, and where that is written.
fn commands(
    face: &TierFace<'_>,
    readings: &Readings<'_, '_>,
) -> Option<(Vec<StartedCommand>, Span)> {
    let built = readings::built(face, readings.scope);
    let said: Vec<&Name> = face.tier.command.iter().chain(&face.tier.args).collect();
    let (words, place) = match said.as_slice() {
        [] => {
            let theirs = context::command_of_dockerfile(built?, readings.scope)?;
            let context = built?.build.as_ref()?.context.as_ref()?;
            (theirs, context.span)
        }
        [first, .., last] => (
            started::words(said.iter().copied()),
            first.span.to(last.span),
        ),
        [only] => (started::words(said.iter().copied()), only.span),
    };
    Some((started::all(built, readings.scope, &words), place))
}

/// The server that these commands start.
fn started(
    commands: Vec<StartedCommand>,
    place: Span,
    face: &TierFace<'_>,
    readings: &Readings<'_, '_>,
) -> Option<StartedServer> {
    let built = readings::built(face, readings.scope);
    let fits = |it: &Serving| match built {
        Some(built) => runtime(built).is_none_or(|runtime| runtime == it.server.runtime),
        // In an image of others a common word is a program of theirs, or what theirs is told to do.
        None => !face.tier.command.is_empty() && it.server.program != "serve",
    };
    commands.into_iter().find_map(|it| {
        Some(StartedServer {
            serving: serving(&it.words).filter(fits)?,
            place,
            script: it.script,
        })
    })
}

/// Warns of a script that sets `PORT` to another port than the tier says.
fn sets_port(commands: &[StartedCommand], place: Span, face: &TierFace<'_>, found: &mut Findings) {
    let Some(port) = face.port() else {
        return;
    };
    let set = commands
        .iter()
        .find_map(|it| Some((it.port?, it.script.as_ref()?)));
    let Some((own, (file, name))) = set else {
        return;
    };
    if face.ports.iter().all(|port| port.container != own) {
        let message = format!(
            "the script `{name}` of `{file}` sets `PORT` to {own}, and `{}` says port {}",
            face.id.name, port.container
        );
        found.push(
            Diagnostic::new(Code::ListensElsewhere, place, message)
                .also(port.origin, "this is the port that others use")
                .help("leave `PORT` out there: the image sets it"),
        );
    }
}

/// The runtime of the recipe that builds it, if there is one.
fn runtime(built: &ast::Tier) -> Option<&'static str> {
    let recipe = recipe(&built.build.as_ref()?.recipe.as_ref()?.value)?;
    Some(recipe.plan.as_ref()?.runtime.word)
}

/// Warns of a server that nothing outside of its container reaches, or that listens on another port.
fn listens(
    started: &StartedServer,
    face: &TierFace<'_>,
    readings: &Readings<'_, '_>,
    found: &mut Findings,
) {
    let serving = &started.serving;
    let server = serving.server;
    let Some(port) = face.port() else {
        return;
    };
    let mut variables = server.variables.iter();
    if variables.any(|name| sees(face, readings, name)) || !face.view.patches.is_empty() {
        return;
    }
    let name = &serving.name;
    if serving.is_loopback.known() == Some(true) {
        let message = format!(
            "`{name}` listens on 127.0.0.1, where nothing outside of its container reaches it"
        );
        let words = match (server.hosts, server.binds) {
            ([host, ..], _) => [(*host).to_owned(), "0.0.0.0".to_owned()],
            ([], [bind, ..]) => [(*bind).to_owned(), format!("0.0.0.0:{}", port.container)],
            ([], []) => [format!("0.0.0.0:{}", port.container), String::new()],
        };
        found.push(diagnostic(Code::ListensElsewhere, started, message, &words));
        return;
    }
    let Some(own) = serving.port.known() else {
        return;
    };
    if face.ports.iter().any(|port| port.container == own) {
        return;
    }
    let said = match serving.port {
        Told::Said(_) => "listens",
        Told::Usual(_) | Told::Unclear => "listens by default",
    };
    let message = format!(
        "`{name}` {said} on port {own}, and `{}` says port {}",
        face.id.name, port.container
    );
    let number = port.container.to_string();
    let words = match (server.ports, server.binds) {
        ([option, ..], _) => [(*option).to_owned(), number],
        ([], [bind, ..]) => [(*bind).to_owned(), format!("0.0.0.0:{number}")],
        ([], []) => [format!("0.0.0.0:{number}"), String::new()],
    };
    let diagnostic = diagnostic(Code::ListensElsewhere, started, message, &words);
    found.push(diagnostic.also(port.origin, "this is the port that others use"));
}

/// Whether a variable tells the server more: the tier's, or the one that a recipe sets itself.
fn sees(face: &TierFace<'_>, readings: &Readings<'_, '_>, name: &str) -> bool {
    let recipe = readings::recipe(face, readings.scope);
    let plan = recipe.and_then(|recipe| recipe.plan.as_ref());
    readings.sees(face, name) || plan.is_some_and(|plan| sets(plan, name))
}

fn sets(plan: &'static Plan, name: &str) -> bool {
    let choice = Choice {
        port: Some(1),
        ..Choice::of(plan)
    };
    let contract = (plan.contract)(&choice);
    contract.variables.iter().any(|(key, _)| key == name)
}

/// What to say of a server, and the words that mend it.
fn diagnostic(
    code: Code,
    started: &StartedServer,
    message: String,
    words: &[String; 2],
) -> Diagnostic {
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    let diagnostic = Diagnostic::new(code, started.place, message);
    diagnostic.help(match &started.script {
        Some((file, name)) => format!(
            "add `{}` to the script `{name}` of `{file}`",
            words.join(" ")
        ),
        None => format!("add `\"{}\"` to the command", words.join("\" \"")),
    })
}

/// Warns of what is for development.
fn develops(started: &StartedServer, found: &mut Findings) {
    let serving = &started.serving;
    let by = match &started.script {
        Some((file, name)) => format!(", which the script `{name}` of `{file}` runs,"),
        None => String::new(),
    };
    let diagnostic = match (serving.server.instead, serving.reloads) {
        (Some(instead), _) => {
            let message = format!("`{}`{by} is for development alone", serving.name);
            Diagnostic::new(Code::DevelopmentMode, started.place, message).help(instead)
        }
        (None, Some(option)) => {
            let message = format!(
                "`{}`{by} watches sources, which never change in an image",
                serving.name
            );
            Diagnostic::new(Code::DevelopmentMode, started.place, message)
                .help(format!("leave `{option}` out"))
        }
        (None, None) => return,
    };
    found.push(diagnostic);
}
