//! A Dockerfile of somebody else's: whether it is there, has the stage, and keeps secrets out.

use super::programs::fits;
use super::site::Site;
use crate::catalog::recipes::dockerfile::FILE;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::{Look, Seen};

/// What holds variables for development, secrets among them.
const VARIABLES: &str = ".env";

/// How many stages a help line lists.
const MOST_LISTED: usize = 8;

fn file<'a>(site: &Site<'a>) -> &'a str {
    let file = site.said.file.as_ref().map_or(FILE, |said| &said.value);
    file.strip_prefix("./").unwrap_or(file)
}

/// The ignore files that count, the first that is there.
fn ignore_files(site: &Site<'_>) -> [String; 2] {
    [
        format!("{}.dockerignore", file(site)),
        ".dockerignore".to_owned(),
    ]
}

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let ignore = ignore_files(site).map(|path| (path, Look::Content));
    let mut looks: Vec<_> = ignore.into();
    looks.push((file(site).to_owned(), Look::Content));
    looks.push((VARIABLES.to_owned(), Look::Kind));
    looks
}

/// Warns where the build would fail, or take in what no image may have.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let file = file(site);
    if site.lacks(file) {
        let said = site.said.file.as_ref();
        let span = said.map_or(site.place(), |said| said.span);
        let lacking = site.lacking(span, &format!("`{file}`"));
        found.push(
            lacking
                .help("write its path as seen from the context: `file \"docker/api.Dockerfile\"`"),
        );
    }
    let Some(text) = site.text(file) else {
        return;
    };
    if let Some(said) = &site.said.stage
        && let Some(stages) = stages(text)
        && stages
            .iter()
            .all(|stage| !stage.eq_ignore_ascii_case(&said.value))
    {
        let what = format!("stage `{}` in `{file}`", said.value);
        let lacking = site.lacking(said.span, &what);
        found.push(if stages.is_empty() {
            lacking.help("name one there: `FROM … AS runner`")
        } else {
            let first: Vec<_> = stages
                .iter()
                .take(MOST_LISTED)
                .map(String::as_str)
                .collect();
            lacking.help(format!("it has `{}`", first.join("`, `")))
        });
    }
    if site.has(VARIABLES) && copies_all(text) && lets_in(site) {
        let message = format!("`{}` goes into the image", site.shown(VARIABLES));
        found.push(
            Diagnostic::new(Code::Dotenv, site.place(), message)
                .label("whoever has the image can read it")
                .help(format!(
                    "keep it out: a line `**/.env*` in `{}`",
                    site.shown(".dockerignore")
                )),
        );
    }
}

/// The path of the Dockerfile, and its text.
pub(super) fn dockerfile<'a>(site: &Site<'a>) -> Option<(&'a str, &'a str)> {
    let file = file(site);
    let text = site.text(file)?;
    let is_plain = !text.lines().any(has_own_syntax);
    is_plain.then_some((file, text))
}

/// What the last stage starts: its `ENTRYPOINT` and `CMD`. `None` where that isn't plain, or another stage is
/// built.
pub(super) fn command(site: &Site<'_>) -> Option<Vec<String>> {
    if site.recipe.plan.is_some() || site.said.stage.is_some() {
        return None;
    }
    started(site.text(file(site))?)
}

fn started(text: &str) -> Option<Vec<String>> {
    let (mut entry_point, mut command) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if has_own_syntax(line) {
            return None;
        }
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let words = || -> Option<Vec<String>> {
            // One that goes on in the next line isn't plain.
            if rest.ends_with(['\\', '`']) {
                return None;
            }
            let of_shell = || vec!["sh".to_owned(), "-c".to_owned(), rest.to_owned()];
            Some(serde_json::from_str(rest).unwrap_or_else(|_| of_shell()))
        };
        match word.to_ascii_uppercase().as_str() {
            "FROM" => (entry_point, command) = (Vec::new(), Vec::new()),
            "ENTRYPOINT" => (entry_point, command) = (words()?, Vec::new()),
            "CMD" => command = words()?,
            _ => {}
        }
    }
    entry_point.extend(command);
    (!entry_point.is_empty()).then_some(entry_point)
}

/// The names of the stages; `None` where they can't be told.
fn stages(text: &str) -> Option<Vec<String>> {
    let mut stages = Vec::new();
    for line in text.lines() {
        if has_own_syntax(line) {
            return None;
        }
        let words: Vec<_> = line.split_whitespace().collect();
        let Some((from, rest)) = words.split_first() else {
            continue;
        };
        if !from.eq_ignore_ascii_case("from") {
            continue;
        }
        match rest {
            [.., last] if last.ends_with(['\\', '`']) => return None,
            [.., word, name] if word.eq_ignore_ascii_case("as") => stages.push((*name).to_owned()),
            _ => {}
        }
    }
    Some(stages)
}

/// Whether a line says that the file is in another language than Dockerfiles.
fn has_own_syntax(line: &str) -> bool {
    let directive = line.strip_prefix('#').map(str::trim_start);
    let directive = directive.and_then(|text| text.strip_prefix("syntax"));
    let parser = directive.and_then(|text| text.trim_start().strip_prefix('='));
    parser.is_some_and(|parser| !parser.contains("docker/dockerfile"))
}

/// Whether a line copies the whole context.
fn copies_all(text: &str) -> bool {
    text.lines().any(|line| {
        let mut words = line.split_whitespace();
        let copies = words.next().is_some_and(|word| {
            word.eq_ignore_ascii_case("copy") || word.eq_ignore_ascii_case("add")
        });
        let rest: Vec<_> = words.skip_while(|word| word.starts_with("--")).collect();
        copies
            && !line.contains("--from")
            && rest.len() > 1
            && matches!(rest.first(), Some(&("." | "./")))
    })
}

/// Whether no ignore file keeps the variables out.
fn lets_in(site: &Site<'_>) -> bool {
    for path in ignore_files(site) {
        match site.seen(&path) {
            Some(Seen::Nothing) => {}
            Some(Seen::File(Some(text))) => return !keeps_out(text),
            _ => return false,
        }
    }
    true
}

/// Whether an ignore file keeps the variables in the top folder out, or may: the last line that is
/// like them decides.
fn keeps_out(text: &str) -> bool {
    let mut out = false;
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
    {
        let (back, pattern) = match line.strip_prefix('!') {
            Some(pattern) => (true, pattern),
            None => (false, line),
        };
        let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
        let pattern = pattern.trim_start_matches("**/").trim_end_matches('/');
        let unclear = pattern.contains(['?', '[', '\\']);
        if fits(VARIABLES, pattern) || (unclear && !back) {
            out = !back;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{copies_all, keeps_out, stages, started};

    #[test]
    fn ignore_files_keep_variables_out() {
        for (text, expected) in [
            ("", false),
            ("node_modules\n# .env\n.env.local\n", false),
            (".env", true),
            ("/.env\r\n", true),
            ("**/.env*", true),
            ("**", true),
            ("*\n!src", true),
            (".*", true),
            ("**\n!.env", false),
            (".e[n]v", true),
            ("*.env", true),
        ] {
            assert_eq!(keeps_out(text), expected, "{text}");
        }
    }

    #[test]
    fn the_last_stage_starts_something() {
        for (text, expected) in [
            ("FROM a\nCMD [\"x\", \"y\"]\n", Some("x y")),
            ("FROM a\ncmd x y\n", Some("sh -c x y")),
            ("FROM a\nENTRYPOINT [\"e\"]\nCMD [\"x\"]\n", Some("e x")),
            ("FROM a\nCMD [\"x\"]\nFROM b\n", None),
            ("FROM a\nCMD x \\\n y\n", None),
            ("#syntax=example.com/own\nFROM a\nCMD [\"x\"]\n", None),
            ("", None),
        ] {
            let started = started(text).map(|words| words.join(" "));
            assert_eq!(started.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dockerfiles_are_read_line_by_line() {
        let text =
            "# syntax=docker/dockerfile:1\nfrom node:24 as base\nFROM base AS Runner\nFROM base\n";
        assert_eq!(
            stages(text),
            Some(vec!["base".to_owned(), "Runner".to_owned()])
        );
        assert_eq!(stages("FROM \\\n  node AS x\n"), None);
        assert_eq!(stages("#syntax=example.com/own\nFROM node AS x\n"), None);
        for (text, expected) in [
            ("COPY . .", true),
            ("copy --chown=1:1 ./ /app/", true),
            ("ADD . /app", true),
            ("COPY --from=builder . .", false),
            ("COPY src .", false),
            ("RUN cp . .", false),
            ("COPY", false),
        ] {
            assert_eq!(copies_all(text), expected, "{text}");
        }
    }
}
