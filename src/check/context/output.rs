//! Where the output of a build lies.

use super::packages::{SCRIPTS, scripts};
use super::paths::NEXT_CONFIGS;
use super::setting::code;
use super::site::Site;
use crate::catalog::commands::{name_of, unwrapped};
use crate::catalog::{self};
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// The configurations of Vite, of which the first that is there counts.
const CONFIGURATIONS: &[&str] = &[
    "vite.config.js",
    "vite.config.mjs",
    "vite.config.ts",
    "vite.config.mts",
    "vite.config.cjs",
    "vite.config.cts",
];

/// The folder in which the image of Next.js looks for the output.
const NEXT: &str = ".next";

/// The page that a folder of files begins with, and folders in which generators of sites leave it.
const INDEX: &str = "index.html";
const BUILT: &[&str] = &["_site", "build", "dist", "out", "public", "site", "www"];

/// Builders that write to a folder of their own, with the verb by which they do; the others write to `dist`.
const OTHERS: &[(&str, &str, &str)] = &[
    ("docusaurus", "build", "build"),
    ("eleventy", "", "_site"),
    ("gatsby", "build", "public"),
    ("react-scripts", "build", "build"),
];

/// Options that say the folder.
const OPTIONS: &[&str] = &["--outDir", "--out-dir"];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files = CONFIGURATIONS.iter().map(|file| site.path(file));
    let files = files.chain([site.path(SCRIPTS)]);
    files.map(|path| (path, Look::Content)).collect()
}

/// What to look at for files that are served as they are.
pub(super) fn looks_of_static(site: &Site<'_>) -> Vec<(String, Look)> {
    let below = BUILT.iter().map(|folder| format!("{folder}/{INDEX}"));
    let all = below.chain([INDEX.to_owned()]);
    all.map(|file| (site.path(&file), Look::Kind)).collect()
}

/// Warns of a folder without the page that it begins with, where one in it has that.
pub(super) fn check_static(site: &Site<'_>, found: &mut Findings) {
    if !site.lacks(&site.path(INDEX)) {
        return;
    }
    let has_index = |folder: &&&str| site.has(&site.path(&format!("{folder}/{INDEX}")));
    let Some(folder) = BUILT.iter().find(has_index) else {
        return;
    };
    let right = site.shown(folder);
    let message = format!(
        "`{}` has no `{INDEX}`, and `{right}` has one",
        site.context.value
    );
    found.push(
        Diagnostic::new(Code::OutputElsewhere, site.place(), message)
            .label("nothing is served at `/`")
            .help(format!("serve that folder: `build static \"{right}\"`")),
    );
}

/// Warns of output of Next.js in a folder where its image doesn't look.
pub(super) fn check_next(site: &Site<'_>, found: &mut Findings) {
    let files = NEXT_CONFIGS.iter().map(|file| site.path(file));
    let said = files.into_iter().find_map(|file| {
        let folder = configured(site.text(&file)?, "distDir")?;
        Some((folder, file))
    });
    let is_elsewhere = |folder: &str| within(folder) != Some(NEXT);
    if let Some((folder, file)) = said.filter(|(folder, _)| is_elsewhere(folder)) {
        let message = format!(
            "`{}` writes to `{folder}`, and the image is made from `{NEXT}`",
            site.shown(&file)
        );
        found.push(
            Diagnostic::new(Code::OutputElsewhere, site.place(), message)
                .help("leave the option `distDir` out there"),
        );
    }
}

/// The folder that the sources say, and the file that says it.
fn said(site: &Site<'_>) -> Option<(String, String)> {
    let manifest = site.path(SCRIPTS);
    let script = scripts(site, &manifest)?;
    let script = script.get("build")?.as_str()?;
    let commands = unwrapped(&[script]);
    let words = commands.last()?;
    let program = words.first()?.as_str();
    if let Some(folder) = option(words) {
        return Some((folder.to_owned(), manifest));
    }
    let is_it = |(name, verb, _): &&(&str, &str, &str)| {
        *name == program && (verb.is_empty() || words.iter().any(|word| word == verb))
    };
    if let Some((_, _, folder)) = OTHERS.iter().find(is_it) {
        return Some(((*folder).to_owned(), manifest));
    }
    if name_of(program) != "vite" {
        return None;
    }
    let files = CONFIGURATIONS.iter().map(|file| site.path(file));
    let (file, text) = files.into_iter().find_map(|file| {
        let text = site.text(&file)?;
        Some((file, text))
    })?;
    Some((configured(text, "outDir")?, file))
}

fn option(words: &[String]) -> Option<&str> {
    let mut pairs = words.iter().enumerate();
    pairs.find_map(|(at, word)| match word.split_once('=') {
        Some((name, value)) => OPTIONS.contains(&name).then_some(value),
        None if OPTIONS.contains(&word.as_str()) => words.get(at + 1).map(String::as_str),
        None => None,
    })
}

/// The value of a key in a configuration, where it is a plain text and the only one.
fn configured(text: &str, key: &str) -> Option<String> {
    let code: Vec<_> = text.lines().map(code).collect();
    let code = code.join("\n");
    let mut found = code
        .match_indices(key)
        .map(|(at, key)| &code[at + key.len()..]);
    let rest = found.next().filter(|_| found.next().is_none())?;
    let rest = rest.trim_start_matches(['"', '\'']).trim_start();
    let rest = rest.strip_prefix(':')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, after) = rest.get(1..)?.split_once(quote)?;
    // Behind an operator comes another part of it.
    let is_whole =
        after.trim_start().starts_with([',', '}', '\n']) || after.starts_with([' ', '\n']);
    (is_whole && !after.trim_start().starts_with(['+', '?', '.'])).then(|| value.to_owned())
}

/// A folder below that of the package, as it stands in commands.
fn within(folder: &str) -> Option<&str> {
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    catalog::is_path(folder).then_some(folder)
}

/// The folder of the output, where the sources say one.
pub(super) fn answer(site: &Site<'_>) -> Option<String> {
    let (folder, _) = said(site)?;
    within(&folder).map(str::to_owned)
}

/// Warns of output in a folder that no image is made from.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let Some((folder, file)) = said(site).filter(|(folder, _)| within(folder).is_none()) else {
        return;
    };
    let message = format!(
        "`{}` writes to `{folder}`, and the image is made from a folder of the package",
        site.shown(&file)
    );
    found.push(
        Diagnostic::new(Code::OutputElsewhere, site.place(), message)
            .help("write to `dist`: leave the option `outDir` out there"),
    );
}

#[cfg(test)]
mod tests {
    use super::{configured, option};

    #[test]
    fn folders_are_read_where_they_are_plain() {
        for (text, expected) in [
            (
                "export default { build: { outDir: 'build' } }",
                Some("build"),
            ),
            ("build: {\n  \"outDir\": \"../out\",\n}", Some("../out")),
            ("build: {\n  outDir: 'x'\n}", Some("x")),
            ("// outDir: 'x'\nexport default {}", None),
            ("outDir: process.env.OUT", None),
            ("outDir: 'a' + b", None),
            ("outDir: `x`", None),
            ("outDir: 'a', other: { outDir: 'b' }", None),
            ("const outDir = 'x'", None),
            ("outDir: '", None),
            ("outDir: é", None),
            ("", None),
        ] {
            assert_eq!(configured(text, "outDir").as_deref(), expected, "{text}");
        }
        let words = |line: &str| -> Vec<String> { line.split(' ').map(str::to_owned).collect() };
        assert_eq!(option(&words("vite build --outDir x")), Some("x"));
        assert_eq!(option(&words("vite build --outDir=x -l")), Some("x"));
        assert_eq!(option(&words("vite build --outDir")), None);
        assert_eq!(option(&words("vite build")), None);
    }
}
