//! Whether a configuration that is a program of JavaScript's says something.
//!
//! It isn't run. Where it takes values from elsewhere, nobody can know what it says.

use super::site::Site;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Seen;

/// Packages with a scope that are known to leave such settings alone: those of others may be a
/// company's own configuration.
const KNOWN_SCOPES: &[&str] = &["@next/", "@sentry/"];

/// The value by which a build makes pages alone.
const EXPORT: &str = "export";

/// Warns where none of `files` says `key: "value"`, and nothing but they can.
pub(super) fn check(site: &Site<'_>, files: &[&str], key: &str, value: &str, found: &mut Findings) {
    let mut there = Vec::new();
    for path in files.iter().map(|file| site.path(file)) {
        match site.seen(&path) {
            Some(Seen::Nothing | Seen::Folder(_)) => {}
            Some(Seen::File(Some(text))) if !says(text, key, value) => there.push(path),
            _ => return,
        }
    }
    let setting = format!("`{key}: \"{value}\"`");
    let (message, file) = match there.as_slice() {
        [] => {
            let file = site.path(files.first().copied().unwrap_or_default());
            let lacking = format!(
                "`{}` has no `{file}` that says {setting}",
                site.context.value
            );
            (lacking, file)
        }
        [file, ..] => (
            format!("`{}` doesn't say {setting}", site.shown(file)),
            file.clone(),
        ),
    };
    let is_export = site.text(&file).is_some_and(exports);
    let add = format!(
        "add {setting} to the configuration in `{}`",
        site.shown(&file)
    );
    found.push(
        Diagnostic::new(Code::NotStandalone, site.place(), message)
            .label("the image has nothing to start without it")
            .help(if is_export {
                format!(
                    "{add} instead of `{key}: \"{EXPORT}\"`, which makes pages that need no server"
                )
            } else {
                add
            }),
    );
}

/// Whether a configuration says that pages alone are made.
fn exports(text: &str) -> bool {
    let quoted = [format!("\"{EXPORT}\""), format!("'{EXPORT}'")];
    let mut code = text.lines().map(code);
    code.any(|line| quoted.iter().any(|it| line.contains(it)))
}

/// Whether a configuration says it, or may.
fn says(text: &str, key: &str, value: &str) -> bool {
    let code: Vec<_> = text.lines().map(code).collect();
    let may_say = |line: &&str| {
        line.contains(value) || line.contains("...") || takes_in_more(line) || computes(line, key)
    };
    code.iter().any(may_say)
}

/// A line without its comment, as far as lines tell.
pub(super) fn code(line: &str) -> &str {
    if line.trim_start().starts_with(['*', '/']) {
        return "";
    }
    // That of a URL is no comment.
    let comment = line
        .match_indices("//")
        .find(|(at, _)| !line[..*at].ends_with(':'));
    comment.map_or(line, |(at, _)| &line[..at])
}

/// Whether a line takes in a module that may hold settings.
fn takes_in_more(line: &str) -> bool {
    let words = ["from", "require(", "import(", "import", "jiti("];
    let modules = line.match_indices(['"', '\'', '`']).filter(|(at, _)| {
        let before = line[..*at].trim_end();
        words.iter().any(|word| before.ends_with(word))
    });
    modules.into_iter().any(|(at, quote)| {
        let module = &line[at + quote.len()..];
        let known = KNOWN_SCOPES.iter().any(|scope| module.starts_with(scope));
        module.starts_with(['.', '/', '~', '#', '$', '@']) && !known
    })
}

/// Whether a line has the key with anything but a text behind it.
fn computes(line: &str, key: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    // Looked for once: a line may have the key as often as it likes.
    let operator = line.rfind(['?', '+', '$']);
    line.match_indices(key).any(|(at, _)| {
        let rest = &line[at + key.len()..];
        if line[..at].ends_with(is_word) || rest.starts_with(is_word) {
            return false;
        }
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix(':').map(str::trim_start);
        !value.is_some_and(|value| {
            let start = line.len() - value.len();
            value.starts_with(['"', '\'', '`']) && operator.is_none_or(|operator| operator < start)
        })
    })
}

/// The text in quotes that something starts with, and what follows it.
pub(super) fn quoted(value: &str) -> Option<(&str, &str)> {
    let mut quotes = value.chars();
    let quote = quotes.next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    value.get(1..)?.split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn what_is_plain_is_read_and_what_is_not_may_say_anything() {
        for (text, expected) in [
            ("export default { output: 'standalone' }", true),
            ("module.exports = {\n  \"output\": \"standalone\",\n}", true),
            (
                "const output = process.env.CI ? 'x' : undefined\nexport default { output }",
                true,
            ),
            ("export default {\n  output: process.env.OUT,\n}", true),
            ("export default { ...base, images: {} }", true),
            ("import base from './base.mjs'\nexport default base", true),
            ("export { default } from '@acme/next-config'", true),
            ("module.exports = require(\"../next.config.base\")", true),
            ("config.output.publicPath = '/x'", true),
            ("", false),
            ("export default {}", false),
            (
                "import type { NextConfig } from \"next\";\n\nconst nextConfig: NextConfig = {\n  /* config options here */\n};\n\nexport default nextConfig;\n",
                false,
            ),
            (
                "// output: 'standalone',\nexport default {\n  reactStrictMode: true, // standalone\n}",
                false,
            ),
            (
                "/**\n * standalone\n */\nmodule.exports = { outputFileTracingRoot: 'https://x' }",
                false,
            ),
            (
                "import { withSentryConfig } from '@sentry/nextjs'\nexport default withSentryConfig({})",
                false,
            ),
            (
                "import createMDX from '@next/mdx'\nexport default createMDX()({ poweredByHeader: false })",
                false,
            ),
            ("export default { output: 'export' }", false),
            (
                "export default { images: { remotePatterns: [new URL('https://x/**')] } }",
                false,
            ),
        ] {
            assert_eq!(says(text, "output", "standalone"), expected, "{text}");
        }
    }
}
