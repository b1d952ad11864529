//! Paths that probes and browsers ask for, against those that servers answer.

use super::readings::{self, Readings};
use super::started;
use crate::check::context::{self, AnsweredPaths, ServedPaths};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::Scope;
use crate::check::names::{overlay, routes};
use crate::diag::{Code, Diagnostic};
use crate::ir::{self, Expose};
use crate::source::Span;
use crate::syntax::ast::{self, ExposeWay, Handler};

/// Parts of annotations by which a controller passes on less than the whole path.
const REWRITE: &[&str] = &["rewrite", "strip", "middlewares", "app-root"];

/// The variable by which gunicorn takes the start of each path off.
const SCRIPT_NAME: &str = "SCRIPT_NAME";
/// The variable, and the option, by which uvicorn puts one before each.
const ROOT_PATH: &str = "UVICORN_ROOT_PATH";
const ROOT_OPTION: &str = "--root-path";

/// A path below which browsers come to a tier.
struct PublicPath<'a> {
    /// The path, without a slash at its end.
    path: &'a str,
    /// Where it stands.
    place: Span,
    /// Whether a host of the target has it among others.
    is_shared: bool,
    /// Whether it is taken off what the tier is asked for.
    is_stripped: bool,
}

/// Warns of each path that is asked for and not served.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    let is_rewritten = is_rewritten(scope);
    for face in readings::faces(scope).filter(|face| !face.is_job) {
        let Some(built) = readings::built(face, scope) else {
            continue;
        };
        if !face.view.patches.is_empty() {
            continue;
        }
        let command = started::words(&face.tier.command);
        let public = if is_rewritten {
            Vec::new()
        } else {
            public(face)
        };
        let started = started::all(Some(built), scope, &command);
        let server = StartedTier {
            face,
            readings,
            recipe: readings::recipe(face, scope).map_or("", |it| it.name),
            command: started.into_iter().map(|it| it.words).collect(),
        };
        // One word about a tier is enough.
        if server.adds(&public, found) || server.takes_off(&public, found) {
            continue;
        }
        if let Some((prefix, file)) = context::script_name(built, scope, &command) {
            links_alone(&prefix, &file, &public, found);
            continue;
        }
        let answered = context::served(built, scope, &command);
        let is_open = |answered: &ServedPaths| {
            let mut variables = answered.variables.iter();
            variables.any(|name| readings.sees(face, name)) || !face.tier.args.is_empty()
        };
        let Some(answered) = answered.filter(|answered| !is_open(answered)) else {
            continue;
        };
        probes_are_served(&answered, face.tier, found);
        browsers_are_served(&answered, &public, found);
    }
}

/// How a tier's server is started.
struct StartedTier<'s, 'a> {
    face: &'s TierFace<'a>,
    readings: &'s Readings<'s, 'a>,
    /// The recipe of its image.
    recipe: &'static str,
    /// What its command comes to; none where the recipe starts it.
    command: Vec<Vec<String>>,
}

impl StartedTier<'_, '_> {
    /// Whether it is one of these programs, or the one that a recipe starts.
    fn is(&self, programs: &[&str], recipe: &str) -> bool {
        let mut first = self.command.iter().filter_map(|words| words.first());
        if self.command.is_empty() {
            self.recipe == recipe
        } else {
            first.any(|program| programs.contains(&program.as_str()))
        }
    }

    /// The text of one of its variables.
    fn variable(&self, name: &str) -> Option<String> {
        let mut variables = self.readings.variables(self.face).iter();
        let variable = variables.find(|it| it.name == name)?;
        match &variable.value {
            ir::Value::Text(text) => Some(text.joined().into_owned()),
            ir::Value::Config { .. }
            | ir::Value::Secret(_)
            | ir::Value::Composed(_)
            | ir::Value::Pod(_) => None,
        }
    }

    /// Warns where uvicorn puts a path before each that is asked for, which has it already. Whether it does.
    fn adds(&self, public: &[PublicPath<'_>], found: &mut Findings) -> bool {
        if !self.is(&["uvicorn", "fastapi"], "fastapi") {
            return false;
        }
        let mut words = self.command.iter().flatten();
        let said = words.find_map(|word| match word.strip_prefix(ROOT_OPTION)? {
            "" => Some(None),
            value => Some(value.strip_prefix('=')),
        });
        let (prefix, said) = match said {
            Some(Some(value)) => (Some(value.to_owned()), ROOT_OPTION),
            Some(None) => (words.next().cloned(), ROOT_OPTION),
            None => (self.variable(ROOT_PATH), ROOT_PATH),
        };
        let Some(prefix) = prefix else {
            return false;
        };
        let prefix = prefix.trim_end_matches('/');
        let Some(public) = public
            .iter()
            .find(|it| !prefix.is_empty() && !it.is_stripped && it.path == prefix)
        else {
            return false;
        };
        let message = format!(
            "uvicorn puts `{prefix}` before each path, and browsers ask for `{prefix}` already"
        );
        found.push(
            Diagnostic::new(Code::PathUnserved, public.place, message).help(format!(
                "leave `{said}` out, and put the routes below it: `APIRouter(prefix=\"{prefix}\")`"
            )),
        );
        true
    }

    /// Warns of what gunicorn answers 500 to, where it takes the start of each path off. Whether it does.
    fn takes_off(&self, public: &[PublicPath<'_>], found: &mut Findings) -> bool {
        // A worker of another server's may not know it.
        let mut words = self.command.iter().flatten();
        let is_its_own = self.is(&["gunicorn"], "django") && !words.any(|it| it.contains("Worker"));
        if !is_its_own || !self.readings.sees(self.face, SCRIPT_NAME) {
            return false;
        }
        if let Some(prefix) = self.variable(SCRIPT_NAME) {
            let served = ServedPaths {
                server: "gunicorn",
                file: String::new(),
                setting: SCRIPT_NAME.to_owned(),
                answered: AnsweredPaths::Below(vec![prefix.trim_end_matches('/').to_owned()]),
                variables: &[],
            };
            probes_are_served(&served, self.face.tier, found);
            browsers_are_served(&served, public, found);
        }
        true
    }
}

/// Warns where Django puts the public path before links, and nothing takes it off what is asked for.
fn links_alone(prefix: &str, file: &str, public: &[PublicPath<'_>], found: &mut Findings) {
    let mut public = public.iter().filter(|it| !it.is_stripped);
    let Some(public) = public.find(|it| it.path == prefix) else {
        return;
    };
    let message = format!(
        "`FORCE_SCRIPT_NAME` in `{file}` puts `{prefix}` before links, and nothing takes it off requests"
    );
    found.push(
        Diagnostic::new(Code::PathUnserved, public.place, message).help(format!(
            "let gunicorn do both: `env {{ {SCRIPT_NAME} = \"{prefix}\" }}`, and ask for the health below it"
        )),
    );
}

/// Warns of a path that probes ask for in vain.
fn probes_are_served(paths: &ServedPaths, tier: &ast::Tier, found: &mut Findings) {
    let health = tier.health.iter().filter(|health| health.port.is_none());
    let handlers = health.flat_map(|health| {
        let lines = health.probes.iter().filter(|line| !line.off);
        let own = lines.filter_map(|line| line.handler.as_ref());
        health.handler.iter().chain(own)
    });
    let mut asked = handlers.filter_map(|handler| match handler {
        Handler::Get(path) => Some(path),
        Handler::Tcp(_) | Handler::Grpc(_) | Handler::Exec(_) => None,
    });
    let Some(path) = asked.find(|path| !paths.answers(&path.value)) else {
        return;
    };
    let text = path.value.as_str();
    let server = paths.server;
    let (message, help) = match &paths.answered {
        AnsweredPaths::Below(bases) => {
            let base = bases.first().map_or("", String::as_str);
            let below = match server {
                // Its own pages begin there.
                "next" => String::new(),
                _ => text.trim_end_matches('/').to_owned(),
            };
            (
                format!("`{server}` serves below `{base}` alone, and probes ask for `{text}`"),
                format!("ask for a path below it: `health \"{base}{below}\"`"),
            )
        }
        AnsweredPaths::Routes(routes) => {
            let last = text.rsplit('/').find(|part| !part.is_empty());
            let named = |it: &str| last.is_some_and(|last| it.ends_with(&format!("/{last}")));
            let mut plain = routes.iter().filter(|route| !route.is_open);
            let help = match plain.find(|route| named(&route.path)) {
                Some(route) => format!("ask for the one that it has: `health \"{}\"`", route.path),
                None => "add it there, or ask for a connection: `health tcp`".to_owned(),
            };
            let message = format!(
                "`{}` has no route for `{text}`, which probes ask for",
                paths.file
            );
            (message, help)
        }
    };
    found.push(Diagnostic::new(Code::PathUnserved, path.span, message).help(help));
}

/// Warns of public paths below which nothing is served.
fn browsers_are_served(served: &ServedPaths, public: &[PublicPath<'_>], found: &mut Findings) {
    let (stripped, whole): (Vec<_>, Vec<_>) = public.iter().partition(|it| it.is_stripped);
    for public in stripped {
        rest_is_served(served, public, found);
    }
    for public in whole.into_iter().filter(|it| !served.is_below(it.path)) {
        let path = public.path;
        let ServedPaths {
            server,
            file,
            setting,
            ..
        } = served;
        let host = if public.is_shared {
            "give it a host of its own"
        } else {
            "give it a host of its own, without `path`"
        };
        let (message, help) = match &served.answered {
            AnsweredPaths::Routes(_) => (
                format!("`{file}` has no route below `{path}`, and the whole of it is passed on"),
                format!("put the routes there below it, or {host}"),
            ),
            AnsweredPaths::Below(bases) => {
                let base = bases.first().map_or("", String::as_str);
                let message = match base {
                    "" => format!(
                        "`{server}` serves from `/` on, and the whole of `{path}` is passed on to it"
                    ),
                    _ => format!(
                        "`{server}` serves below `{base}` alone, and browsers ask for `{path}`"
                    ),
                };
                let help = match *server {
                    "next" => format!(
                        "say it in `{file}`: `{setting}: \"{path}\"`, or give it a host of its own"
                    ),
                    "nest" => format!(
                        "say it in `{file}`: `{setting}(\"{path}\")`, or lead to it by `{base}`"
                    ),
                    "spring" => {
                        format!("say it in `{file}`: `{setting}={path}`, or lead to it by `{base}`")
                    }
                    "gunicorn" => format!("say the same in both: `{setting} = \"{path}\"`"),
                    _ => host.to_owned(),
                };
                (message, help)
            }
        };
        found.push(Diagnostic::new(Code::PathUnserved, public.place, message).help(help));
    }
}

/// Warns of a path that is taken off although the server knows it, or has pages that name it.
fn rest_is_served(served: &ServedPaths, public: &PublicPath<'_>, found: &mut Findings) {
    let ServedPaths {
        server,
        file,
        setting,
        ..
    } = served;
    let AnsweredPaths::Below(bases) = &served.answered else {
        return;
    };
    let (path, base) = (public.path, bases.first().map_or("", String::as_str));
    let (message, help) = if !base.is_empty() {
        (
            format!(
                "`{server}` serves below `{base}` alone, and `strip` takes `{path}` off what it is asked for"
            ),
            "delete `strip`".to_owned(),
        )
    } else if *server == "next" {
        (
            format!(
                "pages of `{server}` name their scripts from `/` on, and browsers ask for those without `{path}`"
            ),
            format!("delete `strip`, and say the path in `{file}`: `{setting}: \"{path}\"`"),
        )
    } else {
        return;
    };
    found.push(Diagnostic::new(Code::PathUnserved, public.place, message).help(help));
}

/// The paths by which hosts lead to a tier; none where one leads to all of it, or where that isn't known.
fn public<'a>(face: &TierFace<'a>) -> Vec<PublicPath<'a>> {
    let routes = face.view.routes.iter();
    let routes = routes.map(|(host, route)| (&route.path, true, routes::strip(host, route)));
    let mut all: Vec<_> = routes.collect();
    if all.is_empty()
        && face.view.further.is_empty()
        && matches!(face.expose.value, Expose::Ingress { .. })
    {
        let said = face.view.expose.holds.and_then(|said| said.way.as_ref());
        if let Some(ExposeWay::Ingress {
            path: Some(path), ..
        }) = said
        {
            all.push((path, false, face.expose.value.strip()));
        }
    }
    let paths = all.into_iter().map(|(path, is_shared, strip)| PublicPath {
        is_stripped: strip.is_some(),
        path: path.value.trim_end_matches('/'),
        place: path.span,
        is_shared,
    });
    let paths: Vec<_> = paths.collect();
    if paths.iter().any(|it| it.path.is_empty()) {
        return Vec::new();
    }
    paths
}

/// Whether an annotation of Ingresses may have the path changed.
fn is_rewritten(scope: &Scope<'_>) -> bool {
    let file = scope.file;
    let app = file.app.iter().map(|app| &app.settings);
    let settings = app.chain(file.targets.iter().map(|target| &target.settings));
    let ingress = settings.filter_map(|settings| settings.ingress.as_ref());
    let keys = ingress.flat_map(|ingress| &ingress.hosts.annotations);
    let mut keys = keys.chain(overlay::host_annotations(file));
    keys.any(|it| REWRITE.iter().any(|part| it.key.value.contains(part)))
}
