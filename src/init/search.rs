//! What sources say: the port that they listen on, and the route that tells whether they are healthy.

use super::Sources;
use super::candidate::{Guess, VisitedFolder};
use super::folders::{is_looked_into, join};

/// How far below a folder is searched.
const DEEPEST: usize = 3;
/// The most files that are read.
const MOST_FILES: usize = 60;
/// The most bytes of them together.
const MOST_BYTES: usize = 4 << 20;
/// Routes that tell whether a server is healthy.
const ROUTES: &[&str] = &["/health", "/healthz", "/api/health", "/api/healthz"];

/// Words before the number of a port, in the line where a server begins to listen.
const LISTENS: &[&str] = &["listen", "serve", "bind", "addr", "port", "run("];

/// The port that the sources of a folder listen on.
pub(super) fn port(at: &VisitedFolder<'_>, ends: &[&str]) -> Option<Guess<u16>> {
    port_in(at.sources, at.path, ends)
}

/// The same of a folder by its path.
pub(super) fn port_in(sources: &dyn Sources, folder: &str, ends: &[&str]) -> Option<Guess<u16>> {
    each(sources, folder, ends, &mut |file, text| {
        let value = text.lines().find_map(listened)?;
        Some(Guess::new(value, file))
    })
}

/// The route of a folder's sources that tells whether they are healthy.
pub(super) fn health(sources: &dyn Sources, folder: &str) -> Option<Guess<&'static str>> {
    let ends = ["js", "mjs", "cjs", "ts", "mts", "py", "go", "rs"];
    each(sources, folder, &ends, &mut |file, text| {
        let value = text.lines().find_map(route)?;
        Some(Guess::new(value, file))
    })
}

/// A variable that browsers read, by one of the prefixes, and that holds the address of an API.
pub(super) fn public_url(
    sources: &dyn Sources,
    folder: &str,
    prefixes: &[&str],
) -> Option<Guess<String>> {
    let ends = ["js", "jsx", "mjs", "ts", "tsx", "vue", "svelte"];
    each(sources, folder, &ends, &mut |file, text| {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mut words = words.filter(|it| prefixes.iter().any(|prefix| it.starts_with(prefix)));
        let value = words.find(|it| is_api_url(it))?.to_owned();
        Some(Guess::new(value, file))
    })
}

/// Whether a variable of that name holds the address of an API.
pub(super) fn is_api_url(name: &str) -> bool {
    let is_api = ["API", "BACKEND", "SERVER"]
        .iter()
        .any(|it| name.contains(it));
    let is_url = ["URL", "URI", "ORIGIN", "BASE", "ENDPOINT"]
        .iter()
        .any(|it| name.ends_with(it));
    is_api && is_url
}

/// Goes through the sources of a folder until one has it. They come by name, those of a folder before
/// those below.
fn each<T>(
    sources: &dyn Sources,
    folder: &str,
    ends: &[&str],
    look: &mut dyn FnMut(&str, &str) -> Option<T>,
) -> Option<T> {
    let (mut files, mut bytes) = (0, 0);
    let mut level = vec![folder.to_owned()];
    for _ in 0..=DEEPEST {
        let mut below = Vec::new();
        for folder in level {
            for (name, is_folder) in sources.list(&folder).unwrap_or_default() {
                let path = join(&folder, &name);
                if is_folder {
                    if is_looked_into(&name) {
                        below.push(path);
                    }
                    continue;
                }
                let is_source = name
                    .rsplit_once('.')
                    .is_some_and(|(_, end)| ends.contains(&end));
                if !is_source || name.contains(".test.") || name.contains("_test.") {
                    continue;
                }
                files += 1;
                if files > MOST_FILES || bytes > MOST_BYTES {
                    return None;
                }
                let Some(text) = sources.text(&path) else {
                    continue;
                };
                bytes += text.len();
                if let Some(found) = look(&path, &text) {
                    return Some(found);
                }
            }
        }
        level = below;
    }
    None
}

/// The number of a port in a line where a server begins to listen.
fn listened(line: &str) -> Option<u16> {
    let line = line.trim_start();
    if line.starts_with(['#', '*']) || line.starts_with("//") || line.starts_with("import ") {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let at = LISTENS.iter().filter_map(|word| lower.find(word)).min()?;
    let rest = line.get(at..)?;
    let numbers = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_');
    let mut numbers = numbers.filter_map(|it| {
        let number: u16 = it.parse().ok()?;
        (it.len() >= 4 || number == 80).then_some(number)
    });
    numbers.find(|it| *it == 80 || *it >= 1024)
}

/// A route of health in a line that registers one at the server itself: behind a router there may be a
/// prefix.
fn route(line: &str) -> Option<&'static str> {
    let line = line.trim();
    if line.starts_with("//") || (line.starts_with('#') && !line.starts_with("#[")) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let registers = [
        ".get(",
        "handlefunc(",
        "handle(",
        ".route(",
        "#[get(",
        "add_url_rule(",
    ];
    let is_router =
        lower.contains("router.get(") || lower.contains("router.route(") || lower.contains("bp.");
    if is_router || !registers.iter().any(|it| lower.contains(it)) {
        return None;
    }
    let quoted = |route: &str| {
        let ends = |quote: char| line.contains(&format!("{quote}{route}{quote}"));
        // The patterns of Go's may name the method.
        ['"', '\'', '`'].iter().any(|it| ends(*it)) || line.contains(&format!("\"GET {route}\""))
    };
    ROUTES.iter().find(|it| quoted(it)).copied()
}

#[cfg(test)]
mod tests {
    use super::{is_api_url, listened, route};

    #[test]
    fn lines_that_listen_say_a_port() {
        for (line, expected) in [
            ("app.listen(4000, () => {})", Some(4000)),
            ("const port = process.env.PORT || 8081", Some(8081)),
            ("http.ListenAndServe(\":8080\", nil)", Some(8080)),
            (
                "let listener = TcpListener::bind(\"0.0.0.0:3000\").await?;",
                Some(3000),
            ),
            ("Addr: \":9000\",", Some(9000)),
            ("web.run_app(app, port=8080)", Some(8080)),
            ("server.listen(80)", Some(80)),
            ("// app.listen(4000)", None),
            ("import { x } from './port'", None),
            ("port = int(os.environ['PORT'])", None),
            ("timeout = 5000", None),
            ("bind(\"127.0.0.1:0\")", None),
            ("é", None),
        ] {
            assert_eq!(listened(line), expected, "{line}");
        }
    }

    #[test]
    fn lines_that_register_a_route_say_it() {
        for (line, expected) in [
            ("@app.get(\"/health\")", Some("/health")),
            (
                "app.get('/api/health', (q, s) => s.send('ok'))",
                Some("/api/health"),
            ),
            ("mux.HandleFunc(\"GET /healthz\", ok)", Some("/healthz")),
            (".route(\"/healthz\", get(ok))", Some("/healthz")),
            ("#[get(\"/health\")]", Some("/health")),
            ("@router.get(\"/health\")", None),
            ("fetch('/health')", None),
            ("# @app.get(\"/health\")", None),
            ("@app.get(\"/health/deep\")", None),
        ] {
            assert_eq!(route(line), expected, "{line}");
        }
        assert!(is_api_url("VITE_API_URL") && is_api_url("NEXT_PUBLIC_BACKEND_BASE"));
        assert!(!is_api_url("VITE_API_KEY") && !is_api_url("VITE_SITE_URL"));
    }
}
