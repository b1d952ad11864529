//! Lists of hosts that stand in the sources: the server answers to no other.

use super::django::{self, assigned, only};
use super::routes::python_file;
use super::setting::quoted;
use super::site::Site;
use super::theirs;
use crate::source::Look;

/// A list of hosts that a server answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct ListedHosts {
    /// What the list is called.
    pub(in crate::check) list: &'static str,
    /// The file that has it, as its users call it.
    pub(in crate::check) file: String,
    /// Its hosts, in small letters.
    pub(in crate::check) hosts: Vec<String>,
    /// What the server answers to requests for others.
    pub(in crate::check) status: u16,
    /// Variables that name other settings.
    pub(in crate::check) variables: &'static [&'static str],
}

/// The settings of Rails for where it is deployed.
const RAILS: &str = "config/environments/production.rb";

/// What Django answers to as well, where it is told no host.
const OF_DEBUG: &[&str] = &[".localhost", "127.0.0.1", "[::1]"];

/// Middleware that answers no request before Django has looked at its host.
const BEFORE_HOSTS: &[&str] = &["django.", "whitenoise.", "corsheaders."];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let is_theirs = site.recipe.name == "dockerfile";
    let looks = is_theirs.then(|| (RAILS.to_owned(), Look::Content));
    looks.into_iter().collect()
}

/// The list of a site's server; `None` where there is none, or it can't be known. `command` are the words that start
/// it, where the recipe doesn't.
pub(super) fn listed(site: &Site<'_>, command: &[String]) -> Option<ListedHosts> {
    let list = |list, file: &str, hosts| ListedHosts {
        list,
        file: site.shown(file),
        hosts,
        status: 400,
        variables: &[],
    };
    match site.recipe.name {
        "django" if site.runs => {
            let (file, text) = django::settings(site)?;
            let mut hosts = of_django(text)?;
            if hosts.is_empty() {
                hosts.extend(OF_DEBUG.iter().map(|&host| host.to_owned()));
            }
            Some(ListedHosts {
                variables: &["DJANGO_SETTINGS_MODULE"],
                ..list("ALLOWED_HOSTS", &file, hosts)
            })
        }
        "fastapi" | "python" => {
            let (file, text, object) = python_file(site, command)?;
            if let Some(hosts) = of_starlette(text, &object) {
                return Some(list("allowed_hosts", &file, hosts));
            }
            Some(list("TRUSTED_HOSTS", &file, of_flask(text, &object)?))
        }
        "dockerfile" if site.runs => {
            let (_, dockerfile) = theirs::dockerfile(site)?;
            let is_deployed = dockerfile.contains("RAILS_ENV") && dockerfile.contains("production");
            let hosts = of_rails(site.text(RAILS)?).filter(|_| is_deployed)?;
            Some(ListedHosts {
                status: 403,
                variables: &["RAILS_ENV"],
                ..list("config.hosts", RAILS, hosts)
            })
        }
        _ => None,
    }
}

/// The plain texts of a list in brackets, and what follows it.
fn texts(list: &str) -> Option<(Vec<String>, &str)> {
    let mut rest = list.strip_prefix('[').or(list.strip_prefix('('))?;
    let mut all = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        // The rest of the line is a comment.
        if let Some(comment) = rest.strip_prefix('#') {
            rest = comment.split_once('\n')?.1;
        } else if let Some(after) = rest.strip_prefix([']', ')']) {
            return Some((all, after));
        } else {
            let (text, after) = quoted(rest)?;
            // Texts that stand beside each other are one.
            if text.contains(['$', '\\', '{'])
                || !after.trim_start().starts_with([',', ']', ')', '#'])
            {
                return None;
            }
            all.push(text.to_ascii_lowercase());
            rest = after;
        }
    }
}

/// `ALLOWED_HOSTS`, where each request gets to the middleware that looks at it.
fn of_django(text: &str) -> Option<Vec<String>> {
    let (hosts, after) = texts(assigned(only(text, "ALLOWED_HOSTS")?)?)?;
    let is_whole = after.lines().next().is_none_or(|rest| {
        let rest = rest.trim();
        rest.is_empty() || rest.starts_with('#')
    });
    let (middleware, _) = texts(assigned(only(text, "MIDDLEWARE")?)?)?;
    let before = middleware
        .iter()
        .take_while(|it| !it.ends_with(".commonmiddleware"));
    let (mut before, at) = (before.clone(), before.count());
    let is_looked_at = at < middleware.len()
        && before.all(|it| BEFORE_HOSTS.iter().any(|known| it.starts_with(known)));
    (is_whole && is_looked_at).then_some(hosts)
}

/// `allowed_hosts` of Starlette's middleware.
fn of_starlette(text: &str, object: &str) -> Option<Vec<String>> {
    let start = format!("\n{object}.add_middleware(");
    let mut calls = text.split(&start).skip(1).map(str::trim_start);
    let rest = calls.find_map(|call| call.strip_prefix("TrustedHostMiddleware"))?;
    let (between, list) = rest.split_once("allowed_hosts")?;
    let is_next = between.trim_matches([',', ' ', '\n', '\r']).is_empty();
    let (hosts, _) = texts(assigned(list)?)?;
    (is_next && text.matches("TrustedHostMiddleware,").count() == 1).then_some(hosts)
}

/// `TRUSTED_HOSTS` of Flask.
fn of_flask(text: &str, object: &str) -> Option<Vec<String>> {
    let starts = ['"', '\''].map(|quote| format!("\n{object}.config[{quote}TRUSTED_HOSTS{quote}]"));
    let rest = starts
        .iter()
        .find_map(|start| Some(text.split_once(start)?.1))?;
    let (hosts, _) = texts(assigned(rest)?)?;
    (text.matches("TRUSTED_HOSTS").count() == 1).then_some(hosts)
}

/// `config.hosts` of Rails.
fn of_rails(text: &str) -> Option<Vec<String>> {
    let code: Vec<_> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect();
    let code = code.join("\n");
    // Some paths may be left out.
    if code.contains("host_authorization") {
        return None;
    }
    let mut hosts = Vec::new();
    for (at, word) in code.match_indices("config.hosts") {
        let rest = code[at + word.len()..].trim_start();
        if let Some(host) = rest.strip_prefix("<<") {
            let (host, after) = quoted(host.trim_start())?;
            let line = after.lines().next().unwrap_or_default();
            if host.contains("#{") || !line.trim().is_empty() {
                return None;
            }
            hosts.push(host.to_ascii_lowercase());
        } else {
            let (more, _) = texts(assigned(rest)?)?;
            hosts.extend(more);
        }
    }
    (!hosts.is_empty()).then_some(hosts)
}

#[cfg(test)]
mod tests {
    use super::{of_django, of_flask, of_rails, of_starlette};

    fn joined(hosts: Option<Vec<String>>) -> Option<String> {
        hosts.map(|hosts| hosts.join(" "))
    }

    #[test]
    fn lists_of_django_are_read() {
        const COMMON: &str = "MIDDLEWARE = [\n    'django.middleware.security.SecurityMiddleware',\n    'django.middleware.common.CommonMiddleware',\n]\n";
        for (text, expected) in [
            (
                "ALLOWED_HOSTS = ['A.example.com', '.b.c']\n",
                Some("a.example.com .b.c"),
            ),
            (
                "# ALLOWED_HOSTS\nALLOWED_HOSTS = [\n    \"a\",  # one\n]\n",
                Some("a"),
            ),
            ("ALLOWED_HOSTS = []\n", Some("")),
            ("ALLOWED_HOSTS = ['a'] + more\n", None),
            ("ALLOWED_HOSTS = ['a', x]\n", None),
            ("ALLOWED_HOSTS = ['a' 'b']\n", None),
            ("ALLOWED_HOSTS = os.environ['HOSTS'].split(',')\n", None),
            ("ALLOWED_HOSTS = ['a']\nALLOWED_HOSTS += x\n", None),
            ("if DEBUG:\n    ALLOWED_HOSTS = ['a']\n", None),
            ("ALLOWED_HOSTS = ['a']\nfrom .local import *\n", None),
            ("ALLOWED_HOSTS = ['", None),
        ] {
            let text = format!("{text}{COMMON}");
            assert_eq!(joined(of_django(&text)).as_deref(), expected, "{text}");
        }
        for middleware in [
            "['shop.health.HealthMiddleware', 'django.middleware.common.CommonMiddleware']",
            "['django.middleware.security.SecurityMiddleware']",
            "ours",
        ] {
            let text = format!("ALLOWED_HOSTS = ['a']\nMIDDLEWARE = {middleware}\n");
            assert_eq!(of_django(&text), None, "{text}");
        }
    }

    #[test]
    fn lists_of_others_are_read() {
        for (text, expected) in [
            (
                "\napp.add_middleware(TrustedHostMiddleware, allowed_hosts=['a', '*.b'])",
                Some("a *.b"),
            ),
            (
                "\napp.add_middleware(\n    TrustedHostMiddleware,\n    allowed_hosts=['a'])",
                Some("a"),
            ),
            (
                "\napp.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)",
                None,
            ),
            (
                "\nif x:\n    app.add_middleware(TrustedHostMiddleware, allowed_hosts=['a'])",
                None,
            ),
        ] {
            assert_eq!(
                joined(of_starlette(text, "app")).as_deref(),
                expected,
                "{text}"
            );
        }
        for (text, expected) in [
            ("\napp.config[\"TRUSTED_HOSTS\"] = [\"a\"]\n", Some("a")),
            ("\napp.config['TRUSTED_HOSTS'] = hosts\n", None),
            ("\n# app.config['TRUSTED_HOSTS'] = ['a']\n", None),
        ] {
            assert_eq!(joined(of_flask(text, "app")).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            (
                "  config.hosts = [\n    \"a\",\n    \".b\",\n  ]\n",
                Some("a .b"),
            ),
            (
                "  config.hosts << \"a\"\n  config.hosts << 'b'\n",
                Some("a b"),
            ),
            ("  # config.hosts = [\"a\"]\n", None),
            ("  config.hosts = [ /.*\\.a/ ]\n", None),
            ("  config.hosts << \"a\" if x\n", None),
            ("  config.hosts << ENV[\"HOST\"]\n", None),
            ("  config.hosts = nil\n", None),
            (
                "  config.hosts << \"a\"\n  config.host_authorization = {}\n",
                None,
            ),
        ] {
            assert_eq!(joined(of_rails(text)).as_deref(), expected, "{text}");
        }
    }
}
