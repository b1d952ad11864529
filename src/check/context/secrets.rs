//! Secrets that a build reads, and that it must be given.

use super::site::Site;
use super::theirs;
use crate::catalog::registries::{UPLOADS, asks_for_password, name_in_variables};
use crate::check::findings::Findings;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::Look;
use serde_json::Value;
use std::collections::BTreeSet;

/// Files that say where packages come from.
const NPMRC: &str = ".npmrc";
const YARNRC: &str = ".yarnrc.yml";
const BUNFIG: &str = "bunfig.toml";
const PIP_CONF: &str = "pip.conf";
const PYPROJECT: &str = "pyproject.toml";
const PIPFILE: &str = "Pipfile";
const REQUIREMENTS: &str = "requirements.txt";
const CARGO: &str = ".cargo/config.toml";

/// Configurations of bundlers, which upload what they make.
const BUNDLERS: &[&str] = &[
    "next.config.js",
    "next.config.mjs",
    "next.config.ts",
    "vite.config.js",
    "vite.config.mjs",
    "vite.config.ts",
];

/// How many names of one file are told.
const MOST_NAMES: usize = 8;
/// Most characters of a variable's name that is worth telling.
const LONGEST: usize = 100;

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files: &[&str] = match site.runtime() {
        "node" => &[NPMRC, YARNRC, BUNFIG],
        "python" => &[PIP_CONF, PYPROJECT, PIPFILE, REQUIREMENTS],
        "rust" => &[CARGO],
        _ => &[],
    };
    let files = files.iter().map(|file| (*file).to_owned());
    let bundlers = BUNDLERS.iter().filter(|_| site.runtime() == "node");
    let bundlers = bundlers.map(|file| site.path(file));
    files
        .chain(bundlers)
        .map(|path| (path, Look::Content))
        .collect()
}

/// Warns of each secret that the build reads and isn't given.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    if site.recipe.plan.is_none() {
        of_dockerfile(site, found);
        return;
    }
    match (site.runtime(), site.manager.map(|manager| manager.name)) {
        ("node", manager) => {
            if manager == Some("yarn4") {
                read_in(site, YARNRC, NamedBy::Braces, found);
            } else {
                of_npmrc(site, found);
            }
            if manager == Some("bun") {
                read_in(site, BUNFIG, NamedBy::Dollar, found);
            }
            for file in BUNDLERS {
                uploads(site, &site.path(file), found);
            }
        }
        ("python", Some("pip")) => {
            read_in(site, REQUIREMENTS, NamedBy::Braces, found);
            of_pip_conf(site, found);
        }
        ("python", Some("pipenv")) => read_in(site, PIPFILE, NamedBy::Dollar, found),
        ("python", Some("uv")) => of_indexes(site, "/tool/uv/index", "UV_INDEX", found),
        ("python", Some("poetry")) => {
            of_indexes(site, "/tool/poetry/source", "POETRY_HTTP_BASIC", found);
        }
        ("python", Some("pdm")) => of_pdm(site, found),
        ("rust", _) => of_cargo(site, found),
        _ => {}
    }
}

/// How a file names variables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NamedBy {
    /// `${NAME}`.
    Braces,
    /// That, or `$NAME`.
    Dollar,
}

/// Whether the build is given a secret, or says a value itself.
pub(super) fn is_given(site: &Site<'_>, name: &str) -> bool {
    let said = site.said;
    let secrets = said.secrets.iter().map(|it| &it.name);
    let stand_ins = said.stand_ins.iter();
    let arguments = said.arguments.iter().map(|it| &it.key);
    let mut all = secrets.chain(stand_ins).chain(arguments);
    all.any(|it| it.value == name)
}

/// Whether it is given a file at a path.
fn has_file(site: &Site<'_>, path: &str) -> bool {
    let files = site.said.secrets.iter().filter_map(|it| it.file.as_ref());
    files.into_iter().any(|it| it.value == path)
}

/// What to say of a secret that is missing.
fn missing(site: &Site<'_>, name: &str, message: String) -> Diagnostic {
    let add = format!("secret {name}");
    Diagnostic::new(Code::BuildSecretMissing, site.place(), message).edit(
        Applicability::Maybe,
        format!("let the build see it: `{add}`"),
        Edit::add(site.said.span, add),
    )
}

/// Warns of the variables that a file names, outside of comments.
fn read_in(site: &Site<'_>, file: &str, form: NamedBy, found: &mut Findings) {
    let text = site.text(file).unwrap_or_default();
    named(site, (file, text), form, found);
}

/// Warns of the variables that a text in a file names.
fn named(site: &Site<'_>, (file, text): (&str, &str), form: NamedBy, found: &mut Findings) {
    let names = variables(text, form);
    for name in names.iter().filter(|it| !is_given(site, it)) {
        let message = format!(
            "`{}` reads `{name}`, which the build doesn't have",
            site.shown(file)
        );
        found.push(missing(site, name, message));
    }
}

/// The variables that a text names, the first ones. One with a value of its own, as in `${NAME:-x}`, isn't needed.
fn variables(text: &str, form: NamedBy) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let lines = text.lines().map(str::trim_start);
    for line in lines.filter(|line| !line.starts_with(['#', ';'])) {
        for (at, _) in line.match_indices('$') {
            let rest = &line[at + 1..];
            let rest = match (rest.strip_prefix('{'), form) {
                (Some(inner), _) => {
                    let mut bytes = inner.bytes().take(LONGEST + 1);
                    bytes
                        .position(|it| it == b'}')
                        .and_then(|end| inner.get(..end))
                }
                (None, NamedBy::Dollar) => {
                    let end = rest.find(|c: char| !is_of_name(c)).unwrap_or(rest.len());
                    rest.get(..end)
                }
                (None, NamedBy::Braces) => None,
            };
            let name = rest.filter(|name| is_name(name));
            names.extend(name.filter(|_| names.len() < MOST_NAMES));
        }
    }
    names
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && text.len() <= LONGEST && text.chars().all(is_of_name)
}

/// What npm, pnpm, Yarn 1 and Bun read.
fn of_npmrc(site: &Site<'_>, found: &mut Findings) {
    read_in(site, NPMRC, NamedBy::Braces, found);
    let text = site.text(NPMRC).unwrap_or_default();
    let lines = || {
        text.lines()
            .map(str::trim)
            .filter(|it| !it.starts_with(['#', ';']))
    };
    // Whose password is there for one may mean it for all.
    let has_password = lines().any(|line| line.contains(":_auth") || line.contains(":_password"));
    if has_password || has_file(site, "/root/.npmrc") {
        return;
    }
    let registries = lines().filter_map(|line| line.split_once("registry="));
    let Some((_, url)) = registries
        .into_iter()
        .find(|(_, url)| asks_for_password(url))
    else {
        return;
    };
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.trim_end_matches('/');
    if host.len() > LONGEST {
        return;
    }
    let message = format!(
        "`{}` installs from `{host}`, which asks for a password",
        site.shown(NPMRC)
    );
    found.push(Diagnostic::new(Code::BuildSecretMissing, site.place(), message).help(format!(
        "add `//{host}/:_authToken=${{NPM_TOKEN}}` there, and let the build see it: `secret NPM_TOKEN`"
    )));
}

/// A file of pip's, which is its own in the folder of a user or of the system alone.
fn of_pip_conf(site: &Site<'_>, found: &mut Findings) {
    let text = site.text(PIP_CONF).unwrap_or_default();
    for (key, name) in [
        ("index-url", "PIP_INDEX_URL"),
        ("extra-index-url", "PIP_EXTRA_INDEX_URL"),
    ] {
        let says = |line: &str| {
            let (word, _) = line.split_once('=')?;
            Some(word.trim().replace('_', "-") == key)
        };
        let is_said = text.lines().any(|line| says(line) == Some(true));
        if is_said && !is_given(site, name) && !has_file(site, "/etc/pip.conf") {
            let message = format!(
                "`{}` says `{key}`, and pip reads it from no folder of sources",
                site.shown(PIP_CONF)
            );
            found.push(missing(site, name, message));
        }
    }
}

/// Warns of the indexes of a `pyproject.toml` that ask for a password, which variables with this prefix have.
fn of_indexes(site: &Site<'_>, list: &str, prefix: &str, found: &mut Findings) {
    let manifest = site.toml(PYPROJECT);
    let list = manifest
        .as_ref()
        .and_then(|it| it.pointer(list)?.as_array());
    for index in list.into_iter().flatten().take(MOST_NAMES) {
        let text = |key: &str| index.get(key).and_then(Value::as_str);
        let (Some(name), Some(url)) = (text("name"), text("url")) else {
            continue;
        };
        let is_asked = asks_for_password(url) || text("authenticate") == Some("always");
        let start = format!("{prefix}_{}_", name_in_variables(name));
        let mut secrets = site.said.secrets.iter();
        let is_given = secrets.any(|it| it.name.value.starts_with(&start));
        if !is_asked || is_given || name.len() > LONGEST || has_file(site, "/root/.netrc") {
            continue;
        }
        let message = format!(
            "the index `{name}` of `{}` asks for a password, which the build doesn't have",
            site.shown(PYPROJECT)
        );
        let diagnostic = Diagnostic::new(Code::BuildSecretMissing, site.place(), message);
        found.push(diagnostic.help(format!(
            "let the build see it: `secret {start}USERNAME` and `secret {start}PASSWORD`"
        )));
    }
}

/// Warns of the variables that the addresses of PDM's sources name.
fn of_pdm(site: &Site<'_>, found: &mut Findings) {
    let manifest = site.toml(PYPROJECT);
    let list = manifest
        .as_ref()
        .and_then(|it| it.pointer("/tool/pdm/source")?.as_array());
    for source in list.into_iter().flatten().take(MOST_NAMES) {
        let url = source.get("url").and_then(Value::as_str);
        if let Some(url) = url {
            named(site, (PYPROJECT, url), NamedBy::Braces, found);
        }
    }
}

/// Warns of the registries that Cargo is told of, and that ask for a token.
fn of_cargo(site: &Site<'_>, found: &mut Findings) {
    let config = site.toml(CARGO);
    let registries = config
        .as_ref()
        .and_then(|it| it.get("registries")?.as_object());
    for (name, registry) in registries.into_iter().flatten().take(MOST_NAMES) {
        let index = registry.get("index").and_then(Value::as_str);
        let variable = format!("CARGO_REGISTRIES_{}_TOKEN", name_in_variables(name));
        let is_asked = index.is_some_and(asks_for_password) && is_name(&variable);
        if is_asked && !is_given(site, &variable) {
            let message = format!(
                "the registry `{name}` of `{}` asks for a token, which the build doesn't have",
                site.shown(CARGO)
            );
            found.push(missing(site, &variable, message));
        }
    }
}

/// Warns of a configuration that uploads what it makes, without what lets it in.
fn uploads(site: &Site<'_>, file: &str, found: &mut Findings) {
    let text = site.text(file).unwrap_or_default();
    for (name, lost) in UPLOADS {
        let reads = format!("process.env.{name}");
        let lines = text.lines().map(str::trim_start);
        let mut lines = lines.filter(|line| !line.starts_with("//"));
        if lines.any(|line| line.contains(&reads)) && !is_given(site, name) {
            let message = format!(
                "`{}` reads `{name}`, which the build doesn't have: {lost}",
                site.shown(file)
            );
            found.push(missing(site, name, message));
        }
    }
}

/// Warns of the secrets that a Dockerfile mounts and the build isn't given, and of those that the build is given
/// and the Dockerfile doesn't mount.
fn of_dockerfile(site: &Site<'_>, found: &mut Findings) {
    let Some((file, text)) = theirs::dockerfile(site) else {
        return;
    };
    let ids = mounted(text);
    for id in ids.iter().take(MOST_NAMES).filter(|it| !is_given(site, it)) {
        let message = format!(
            "`{}` mounts the secret `{id}`, which the build doesn't have",
            site.shown(file)
        );
        found.push(if is_name(id) {
            missing(site, id, message)
        } else {
            let diagnostic = Diagnostic::new(Code::BuildSecretMissing, site.place(), message);
            let right = id.replace('-', "_");
            diagnostic.help(format!(
                "call it by the name of a variable there, such as `id={right}`, and say `secret {right}`"
            ))
        });
    }
    for secret in &site.said.secrets {
        let name = &secret.name;
        if !ids.contains(name.value.as_str()) {
            let message = format!(
                "`{}` doesn't mount the secret `{}`",
                site.shown(file),
                name.value
            );
            let diagnostic = Diagnostic::new(Code::BuildSecretMissing, name.span, message);
            found.push(diagnostic.help(format!(
                "mount it in the step that needs it: `RUN --mount=type=secret,id={0},env={0} …`",
                name.value
            )));
        }
    }
}

/// The secrets that a Dockerfile mounts.
fn mounted(text: &str) -> BTreeSet<&str> {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    let words = lines.flat_map(str::split_whitespace);
    let mounts = words.filter_map(|word| word.strip_prefix("--mount="));
    let secrets = mounts.filter(|mount| mount.split(',').any(|part| part == "type=secret"));
    let ids = secrets.flat_map(|mount| mount.split(',').filter_map(|it| it.strip_prefix("id=")));
    ids.filter(|id| id.len() <= LONGEST && !id.contains('$'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{NamedBy, mounted, variables};

    #[test]
    fn variables_are_named_in_two_ways() {
        let of = |text, form| {
            let names = variables(text, form).into_iter();
            names.collect::<Vec<_>>().join(" ")
        };
        let text = "//a/:_authToken=${NPM_TOKEN}\n# ${NO}\n; ${NO}\nx=${A:-b} ${é} $B ${C\n$ ${}";
        assert_eq!(of(text, NamedBy::Braces), "NPM_TOKEN");
        assert_eq!(of(text, NamedBy::Dollar), "B NPM_TOKEN");
        assert_eq!(of("$é$A$", NamedBy::Dollar), "A");
        let many: Vec<_> = (0..100).map(|it| format!("${{A{it}}}")).collect();
        assert_eq!(variables(&many.concat(), NamedBy::Braces).len(), 8);
    }

    #[test]
    fn mounts_of_secrets_are_told_from_others() {
        let text = "RUN --mount=type=secret,id=npm --mount=type=cache,id=c,target=/x \\\n \
                    --mount=id=two,type=secret npm ci\n# --mount=type=secret,id=no\n";
        let ids = mounted(text).into_iter().collect::<Vec<_>>();
        assert_eq!(ids, ["npm", "two"]);
        assert!(mounted("--mount=").is_empty());
    }
}
