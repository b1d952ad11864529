//! Paths below which the sources serve.

use super::packages::SCRIPTS;
use super::routes;
use super::served::{AnsweredPaths, ServedPaths};
use super::setting::{code, quoted};
use super::site::Site;
use super::theirs;
use crate::catalog::frameworks::MIDDLEWARE;
use crate::source::{Look, Seen};

/// The configurations of Next.js.
pub(super) const NEXT_CONFIGS: &[&str] = &[
    "next.config.js",
    "next.config.mjs",
    "next.config.ts",
    "next.config.mts",
];

/// Its setting of the path below which it serves everything.
const BASE: &str = "basePath";

/// Where an application of NestJS starts, and the call that says below which path it serves.
const NEST: &str = "src/main.ts";
const PREFIX: &str = "setGlobalPrefix(";

/// The settings of an application of Spring Boot, and those of the path below which it serves.
const SPRING: &str = "src/main/resources/application.properties";
const CONTEXT_PATHS: &[&str] = &["server.servlet.context-path", "spring.webflux.base-path"];
/// Variables by which Spring is told otherwise.
const OF_SPRING: &[&str] = &[
    "SERVER_SERVLET_CONTEXT_PATH",
    "SPRING_WEBFLUX_BASE_PATH",
    "SPRING_PROFILES_ACTIVE",
    "SPRING_APPLICATION_JSON",
    "SPRING_CONFIG_LOCATION",
    "SPRING_CONFIG_ADDITIONAL_LOCATION",
    "MANAGEMENT_SERVER_PORT",
    "JAVA_TOOL_OPTIONS",
];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files: &[&str] = match site.recipe.name {
        "nextjs" => NEXT_CONFIGS,
        "node" => &[NEST],
        "dockerfile" => &[SPRING],
        _ => &[],
    };
    let files = files.iter().map(|file| (site.path(file), Look::Content));
    files.chain(routes::looks(site)).collect()
}

/// What the server of a site answers; `None` where that can't be known. `command` are the words that start it, where
/// the recipe doesn't.
pub(super) fn served(site: &Site<'_>, command: &[String]) -> Option<ServedPaths> {
    let below = |server, file: &str, setting: &str, paths| ServedPaths {
        server,
        file: site.shown(&site.path(file)),
        setting: setting.to_owned(),
        answered: AnsweredPaths::Below(paths),
        variables: &[],
    };
    match site.recipe.name {
        "nextjs" if site.runs => {
            let base = base_path(site)?;
            Some(below("next", "next.config", BASE, vec![base]))
        }
        // Its files lie at the root of the server.
        "vite" if site.runs => Some(below("nginx", "", "", vec![String::new()])),
        "node" if site.runs => match nest(site) {
            Some(paths) => Some(below("nest", NEST, "setGlobalPrefix", paths)),
            None => routes::of_node(site),
        },
        "fastapi" | "python" => routes::of_python(site, command),
        "dockerfile" if site.runs => Some(ServedPaths {
            variables: OF_SPRING,
            ..below("spring", SPRING, CONTEXT_PATHS[0], vec![spring(site)?])
        }),
        _ => None,
    }
}

/// The path below which Next.js serves, empty for the root; `None` where that can't be known.
fn base_path(site: &Site<'_>) -> Option<String> {
    let mut base = String::new();
    for path in NEXT_CONFIGS.iter().map(|file| site.path(file)) {
        match site.seen(&path) {
            Some(Seen::Nothing | Seen::Folder(_)) => {}
            Some(Seen::File(Some(text))) => base = said(text)?,
            Some(Seen::File(None) | Seen::Other) | None => return None,
        }
    }
    Some(base)
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
    let (path, after) = quoted(value)?;
    let is_comment = before
        .lines()
        .last()
        .is_some_and(|line| line.contains("//"));
    let is_plain = path.starts_with('/') && !path.contains(['$', '\\']);
    let is_whole = after.trim_start().starts_with([',', '}']) || after.starts_with(['\n', '\r']);
    let is_once = !rest.contains(BASE);
    (is_plain && is_whole && is_once && !is_comment).then(|| path.trim_end_matches('/').to_owned())
}

/// The path below which an application of NestJS serves, and others that its first file names.
fn nest(site: &Site<'_>) -> Option<Vec<String>> {
    let text = site.text(&site.path(NEST))?;
    let manifest = site.json(&site.path(SCRIPTS));
    let packages = manifest.as_ref().and_then(|it| it.get("dependencies"));
    let serves_files = packages.is_some_and(|it| it.get("@nestjs/serve-static").is_some());
    if serves_files {
        return None;
    }
    prefix(text)
}

/// What the first file of such an application says of it.
fn prefix(text: &str) -> Option<Vec<String>> {
    let lines: Vec<_> = text.lines().map(code).collect();
    let text = lines.join("\n");
    let (before, rest) = text.split_once(PREFIX)?;
    let (path, after) = quoted(rest.trim_start())?;
    let is_plain = !path.is_empty() && !path.contains(['$', '\\', ':', '*']);
    // With a comma, some paths may be left out.
    let is_whole = after.trim_start().starts_with(')') && !after.contains(PREFIX);
    let start = before.lines().last()?.trim_start();
    let object = start.strip_suffix('.')?;
    let is_always = object.chars().all(|c| c.is_alphanumeric() || c == '_');
    // Others may answer before it.
    let mut uses = text.split(".use(").skip(1).map(str::trim_start);
    let is_known =
        |call: &str| quoted(call).is_some() || MIDDLEWARE.iter().any(|it| call.starts_with(it));
    let is_open = text.contains("useStaticAssets") || text.contains("if (") || !uses.all(is_known);
    if !(is_plain && is_whole && is_always) || is_open {
        return None;
    }
    let rooted = |text: &str| format!("/{}", text.trim_matches('/'));
    let mut paths = vec![rooted(path)];
    let mut left = text.as_str();
    while let Some(at) = left.find(['"', '\'', '`']) {
        let Some((text, after)) = quoted(&left[at..]) else {
            break;
        };
        paths.push(rooted(text));
        left = after;
    }
    Some(paths)
}

/// The path below which an application of Spring Boot serves.
fn spring(site: &Site<'_>) -> Option<String> {
    let (_, dockerfile) = theirs::dockerfile(site)?;
    let is_told = ["SPRING_", "SERVER_", "-D", "--s"]
        .iter()
        .any(|word| dockerfile.contains(word));
    context_path(site.text(SPRING)?).filter(|_| !is_told)
}

/// What its settings say of it.
fn context_path(text: &str) -> Option<String> {
    let is_open = [
        "spring.profiles",
        "spring.config",
        "management.server",
        "#---",
    ];
    if is_open.iter().any(|word| text.contains(word)) {
        return None;
    }
    let settings = text.lines().filter_map(|line| line.split_once(['=', ':']));
    let mut said = settings.filter(|(key, _)| CONTEXT_PATHS.contains(&key.trim()));
    let (_, path) = said.next()?;
    let path = path.trim().trim_end_matches('/');
    let is_plain = path.starts_with('/') && !path.contains(['$', '\\', ' ', '@']);
    (is_plain && said.next().is_none()).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{context_path, prefix, said};

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
    fn prefixes_of_nest_are_read() {
        for (text, expected) in [
            ("  app.setGlobalPrefix('api');\n", Some("/api")),
            ("app.setGlobalPrefix(\n  \"/api/v1/\"\n)", Some("/api/v1")),
            ("// app.setGlobalPrefix('api')", None),
            ("app.setGlobalPrefix('api', { exclude: ['health'] })", None),
            ("app.setGlobalPrefix(process.env.PREFIX)", None),
            ("app.setGlobalPrefix(`${x}`)", None),
            ("cond && app.setGlobalPrefix('api')", None),
            ("if (x) {\n  app.setGlobalPrefix('api')\n}", None),
            (
                "app.use(helmet());\napp.setGlobalPrefix('api')",
                Some("/api"),
            ),
            ("app.use(probe);\napp.setGlobalPrefix('api')", None),
            ("app.setGlobalPrefix('", None),
        ] {
            let paths = prefix(text);
            let first = paths.as_ref().and_then(|paths| paths.first());
            assert_eq!(first.map(String::as_str), expected, "{text}");
        }
    }

    #[test]
    fn context_paths_of_spring_are_read() {
        for (text, expected) in [
            (
                "server.port=1\nserver.servlet.context-path=/api\n",
                Some("/api"),
            ),
            ("spring.webflux.base-path: /api/", Some("/api")),
            ("#server.servlet.context-path=/api", None),
            ("server.servlet.context-path=${BASE:/api}", None),
            ("server.servlet.context-path=/\n", None),
            (
                "server.servlet.context-path=/a\nspring.profiles.active=x",
                None,
            ),
            ("", None),
        ] {
            assert_eq!(context_path(text).as_deref(), expected, "{text}");
        }
    }
}
