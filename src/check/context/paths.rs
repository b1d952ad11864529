//! Paths that are asked for, against those below which the sources serve.

use super::site::Site;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::source::{Look, Seen};
use crate::syntax::ast::{self, ExposeWay, Handler, Name};

/// The configurations of Next.js.
const CONFIGS: &[&str] = &[
    "next.config.js",
    "next.config.mjs",
    "next.config.ts",
    "next.config.mts",
];

/// Its setting of the path below which it serves everything.
const BASE: &str = "basePath";

/// Parts of annotations by which a controller passes on less than the whole path.
const REWRITE: &[&str] = &["rewrite", "strip", "middlewares", "app-root"];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files = CONFIGS.iter().filter(|_| site.recipe.name == "nextjs");
    files.map(|file| (site.path(file), Look::Content)).collect()
}

/// Warns of a path that is asked for and not served.
pub(super) fn check(site: &Site<'_>, tier: &ast::Tier, scope: &Scope<'_>, found: &mut Findings) {
    if !site.runs {
        return;
    }
    let base = match site.recipe.name {
        "nextjs" => base_path(site),
        // Its files lie at the root of the server.
        "vite" => Some((String::new(), "nginx")),
        _ => None,
    };
    let Some((base, server)) = base else {
        return;
    };
    let health = tier.health.iter();
    let asked = health.filter_map(|health| match &health.handler {
        Some(Handler::Get(path)) => Some(path),
        Some(Handler::Tcp(_) | Handler::Grpc(_) | Handler::Exec(_)) | None => None,
    });
    if let Some(path) = asked.into_iter().find(|path| !is_below(&path.value, &base)) {
        let message = format!(
            "`{server}` serves below `{base}` alone, and probes ask for `{}`",
            path.value
        );
        let diagnostic = Diagnostic::new(Code::PathUnserved, path.span, message);
        found.push(diagnostic.help(format!("ask for a path below it: `health \"{base}\"`")));
    }
    if is_rewritten(scope) {
        return;
    }
    let Some(path) = public(tier) else {
        return;
    };
    let prefix = path.value.trim_end_matches('/');
    if is_below(&base, prefix) || (!base.is_empty() && is_below(prefix, &base)) {
        return;
    }
    let message = match base.as_str() {
        "" => format!(
            "`{server}` serves from `/` on, and the whole of `{}` is passed on to it",
            path.value
        ),
        _ => format!(
            "`{server}` serves below `{base}` alone, and browsers ask for `{}`",
            path.value
        ),
    };
    let diagnostic = Diagnostic::new(Code::PathUnserved, path.span, message);
    found.push(diagnostic.help(match site.recipe.name {
        "nextjs" => format!(
            "say it in `{}`: `{BASE}: \"{}\"`, or give it a host of its own",
            site.shown(&site.path("next.config")),
            path.value.trim_end_matches('/')
        ),
        _ => "give it a host of its own, without `path`".to_owned(),
    }));
}

/// Whether a path is another, or below it.
fn is_below(path: &str, other: &str) -> bool {
    let rest = path.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// The path of a tier's only Ingress, where it isn't the root.
fn public(tier: &ast::Tier) -> Option<&Name> {
    if !tier.scale.further.is_empty() {
        return None;
    }
    match tier.scale.expose.as_ref()?.way.as_ref()? {
        ExposeWay::Ingress { path, .. } => path.as_ref().filter(|path| path.value != "/"),
        ExposeWay::Internal
        | ExposeWay::NodePort(_)
        | ExposeWay::LoadBalancer(_)
        | ExposeWay::Forward(_)
        | ExposeWay::Elsewhere(_) => None,
    }
}

/// Whether an annotation of Ingresses may have the path changed.
fn is_rewritten(scope: &Scope<'_>) -> bool {
    let file = scope.file;
    let app = file.app.iter().map(|app| &app.settings);
    let settings = app.chain(file.targets.iter().map(|target| &target.settings));
    let ingress = settings.filter_map(|settings| settings.ingress.as_ref());
    let mut keys = ingress.flat_map(|ingress| &ingress.annotations);
    keys.any(|it| REWRITE.iter().any(|part| it.key.value.contains(part)))
}

/// The path below which Next.js serves, empty for the root; `None` where that can't be known.
fn base_path(site: &Site<'_>) -> Option<(String, &'static str)> {
    let mut base = String::new();
    for path in CONFIGS.iter().map(|file| site.path(file)) {
        match site.seen(&path) {
            Some(Seen::Nothing | Seen::Folder(_)) => {}
            Some(Seen::File(Some(text))) => base = said(text)?,
            Some(Seen::File(None) | Seen::Other) | None => return None,
        }
    }
    Some((base, "next"))
}

/// What a configuration says of it.
fn said(text: &str) -> Option<String> {
    let Some((before, rest)) = text.split_once(BASE) else {
        // Others may say it: a configuration that is taken in from elsewhere.
        let is_open = text.contains("require(") || text.contains("...");
        return (!is_open).then(String::new);
    };
    let rest = rest.trim_start_matches(['"', '\'']).trim_start();
    let value = rest.strip_prefix(':')?.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let (path, after) = value.get(1..)?.split_once(quote)?;
    let is_comment = before
        .lines()
        .last()
        .is_some_and(|line| line.contains("//"));
    let is_plain = path.starts_with('/') && !path.contains(['$', '\\']);
    let is_whole = after.trim_start().starts_with([',', '}']) || after.starts_with(['\n', '\r']);
    let is_once = !rest.contains(BASE);
    (is_plain && is_whole && is_once && !is_comment).then(|| path.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::{is_below, said};

    #[test]
    fn plain_paths_are_read() {
        for (text, expected) in [
            ("export default { basePath: '/docs' }", Some("/docs")),
            (
                "module.exports = {\n  \"basePath\": \"/a/b/\",\n}",
                Some("/a/b"),
            ),
            ("export default { output: 'standalone' }", Some("")),
            ("export default { basePath: process.env.BASE }", None),
            ("export default { basePath: `/${x}` }", None),
            ("export default { basePath: '/a' + b }", None),
            ("export default { ...base }", None),
            ("// basePath: '/x'\nexport default {}", None),
            ("const basePath = '/x'\nexport default { basePath }", None),
            ("export default { basePath: '' }", None),
            ("basePath", None),
            ("basePath: '", None),
        ] {
            assert_eq!(said(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn paths_are_below_others() {
        assert!(is_below("/docs/x", "/docs"));
        assert!(is_below("/docs", "/docs"));
        assert!(is_below("/x", ""));
        assert!(!is_below("/docsx", "/docs"));
        assert!(!is_below("", "/docs"));
    }
}
