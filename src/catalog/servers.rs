//! Servers that people start by a command: where each listens, and what is for development alone.

mod table;

use super::commands::name_of;
pub use table::SERVERS;

/// A server: a row of [`SERVERS`].
#[derive(Debug)]
pub struct Server {
    /// The program.
    pub program: &'static str,
    /// The runtime that it comes with: an image of another has none of that name.
    pub runtime: &'static str,
    /// The words behind it of which one makes it serve; empty where it always does. An empty one stands
    /// for none.
    pub verbs: &'static [&'static str],
    /// Options with the host.
    pub hosts: &'static [&'static str],
    /// Options with the port.
    pub ports: &'static [&'static str],
    /// Options with both, as in `0.0.0.0:8000`.
    pub binds: &'static [&'static str],
    /// Whether an address stands behind the verb, without an option.
    pub is_positional: bool,
    /// Where it listens if nothing is said: `true` for the container alone.
    pub is_loopback: bool,
    /// Its port if nothing is said; 0 where that isn't known, nor where it listens.
    pub port: u16,
    /// Variables that tell it otherwise.
    pub variables: &'static [&'static str],
    /// Options that leave all of that open, such as files of settings.
    pub unclear: &'static [&'static str],
    /// Options that make it watch its sources.
    pub reloads: &'static [&'static str],
    /// What to do instead of running it at all, where it is for development alone.
    pub instead: Option<&'static str>,
}

/// What is known of where a server listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<T> {
    /// Exactly this, by an option.
    Said(T),
    /// This, because nothing else is said.
    Usual(T),
    /// Nothing.
    Unclear,
}

impl<T> Told<T> {
    /// What it is, if it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Told::Said(it) | Told::Usual(it) => Some(it),
            Told::Unclear => None,
        }
    }
}

/// A command that starts a server.
#[derive(Debug)]
pub struct Serving {
    /// The server.
    pub server: &'static Server,
    /// Its program and verb, as people call it.
    pub name: String,
    /// Whether it listens on the container alone.
    pub is_loopback: Told<bool>,
    /// Its port.
    pub port: Told<u16>,
    /// The option that makes it watch its sources.
    pub reloads: Option<&'static str>,
}

/// The server that a command starts; its first word is the program's name.
#[must_use]
pub fn serving(words: &[String]) -> Option<Serving> {
    let (program, mut rest) = words.split_first()?;
    let mut program = name_of(program);
    // `python manage.py`, `php artisan`, `node server.js`.
    if let Some((script, after)) = rest.split_first()
        && matches!(name_of(script), "manage.py" | "artisan")
    {
        (program, rest) = (name_of(script), after);
    }
    let fits = |server: &&Server| server.program == program && verb(server, rest).is_some();
    let server = SERVERS.iter().find(fits)?;
    let verb = verb(server, rest)?;
    let mut serving = Serving {
        server,
        name: format!("{program} {verb}").trim_end().to_owned(),
        is_loopback: Told::Usual(server.is_loopback),
        port: Told::Usual(server.port),
        reloads: server
            .reloads
            .iter()
            .find(|option| rest.iter().any(|word| word == *option))
            .copied(),
    };
    if server.port == 0 {
        serving.is_loopback = Told::Unclear;
        serving.port = Told::Unclear;
    }
    if let Some(host) = option(rest, server.hosts) {
        serving.is_loopback = host_of(host);
    }
    if let Some(port) = option(rest, server.ports) {
        serving.port = port.parse().map_or(Told::Unclear, Told::Said);
    }
    let bind = if server.is_positional {
        let at = rest.iter().position(|word| word == verb);
        let after = rest.iter().skip(at.map_or(0, |at| at + 1));
        after
            .map(String::as_str)
            .find(|word| !word.starts_with('-'))
    } else {
        option(rest, server.binds)
    };
    if let Some(bind) = bind {
        (serving.is_loopback, serving.port) = address(bind, server.is_positional);
    }
    let is_unclear = |word: &String| {
        let name = word.split('=').next().unwrap_or(word);
        server.unclear.contains(&name)
    };
    let binds = rest
        .iter()
        .filter(|word| server.binds.contains(&word.as_str()));
    if rest.iter().any(is_unclear) || binds.count() > 1 {
        serving.is_loopback = Told::Unclear;
        serving.port = Told::Unclear;
    }
    Some(serving)
}

/// The verb by which a server serves.
fn verb<'w>(server: &Server, rest: &'w [String]) -> Option<&'w str> {
    if server.verbs.is_empty() {
        return Some("");
    }
    let mut said = rest.iter().filter(|word| !word.starts_with('-'));
    if let Some(word) = said.find(|word| server.verbs.contains(&word.as_str())) {
        return Some(word);
    }
    let is_bare = rest.first().is_none_or(|word| word.starts_with('-'));
    (is_bare && server.verbs.contains(&"")).then_some("")
}

/// The value of an option, the last that is given.
fn option<'w>(words: &'w [String], names: &[&str]) -> Option<&'w str> {
    let mut pairs = words.iter().enumerate().filter_map(|(at, word)| {
        if names.contains(&word.as_str()) {
            let next = words.get(at + 1).map(String::as_str);
            return Some(
                next.filter(|next| !next.starts_with('-'))
                    .unwrap_or_default(),
            );
        }
        let (name, value) = word.split_once('=')?;
        names.contains(&name).then_some(value)
    });
    pairs.next_back()
}

fn host_of(host: &str) -> Told<bool> {
    match host.trim_matches(['[', ']']) {
        "127.0.0.1" | "localhost" | "::1" => Told::Said(true),
        // Vite's `--host` alone is all addresses.
        "0.0.0.0" | "::" | "" | "*" | "true" => Told::Said(false),
        _ => Told::Unclear,
    }
}

/// Reads `HOST:PORT`, or as Django takes it, a port alone.
fn address(text: &str, port_alone: bool) -> (Told<bool>, Told<u16>) {
    let port = |text: &str| text.parse().map_or(Told::Unclear, Told::Said);
    match text.rsplit_once(':') {
        Some((host, number)) if !host.starts_with("unix") && !host.starts_with("fd") => {
            (host_of(host), port(number))
        }
        Some(_) => (Told::Unclear, Told::Unclear),
        None if port_alone => (Told::Usual(true), port(text)),
        None => (host_of(text), Told::Usual(8000)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Told, serving};

    fn told(line: &str) -> Option<(Told<bool>, Told<u16>)> {
        let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
        serving(&words).map(|it| (it.is_loopback, it.port))
    }

    #[test]
    fn servers_listen_where_they_are_told() {
        use Told::{Said, Unclear, Usual};
        for (line, expected) in [
            ("uvicorn a:b", (Usual(true), Usual(8000))),
            (
                "uvicorn a:b --host 0.0.0.0 --port=80",
                (Said(false), Said(80)),
            ),
            ("uvicorn a:b --host $HOST --port $PORT", (Unclear, Unclear)),
            ("uvicorn a:b --uds /tmp/x", (Unclear, Unclear)),
            ("gunicorn a:b", (Usual(true), Usual(8000))),
            ("gunicorn -b :9000 a", (Said(false), Said(9000))),
            ("gunicorn --bind=127.0.0.1:9000 a", (Said(true), Said(9000))),
            ("gunicorn -b [::]:9000 a", (Said(false), Said(9000))),
            ("gunicorn -b unix:/tmp/x a", (Unclear, Unclear)),
            ("gunicorn -b 0.0.0.0:1 -b 0.0.0.0:2 a", (Unclear, Unclear)),
            ("gunicorn -c conf.py a", (Unclear, Unclear)),
            ("flask --app a run", (Usual(true), Usual(5000))),
            ("python manage.py runserver", (Usual(true), Usual(8000))),
            ("python manage.py runserver 0:8000", (Unclear, Said(8000))),
            ("python manage.py runserver 9000", (Usual(true), Said(9000))),
            ("fastapi run x.py", (Usual(false), Usual(8000))),
            ("next start -p 4000", (Usual(false), Said(4000))),
            ("vite preview --host", (Said(false), Usual(4173))),
            ("vite", (Usual(true), Usual(5173))),
            ("php artisan serve", (Usual(true), Usual(8000))),
            ("tsx watch src/main.ts", (Unclear, Unclear)),
            ("strapi develop", (Unclear, Unclear)),
            ("chainlit run app.py -h", (Usual(true), Usual(8000))),
            (
                "mlflow server -h 0.0.0.0 -p 8080",
                (Said(false), Said(8080)),
            ),
            ("jupyter lab --ip=0.0.0.0", (Said(false), Usual(8888))),
            ("tensorboard --logdir x --bind_all", (Unclear, Unclear)),
            ("datasette serve x.db", (Usual(true), Usual(8001))),
        ] {
            assert_eq!(told(line), Some(expected), "{line}");
        }
        for line in [
            "vite build",
            "next build",
            "flask db upgrade",
            "python manage.py migrate",
            "tsx src/main.ts",
            "strapi start",
            "jupyter nbconvert x.ipynb",
            "mlflow run .",
            "node x.js",
            "",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
    }
}
