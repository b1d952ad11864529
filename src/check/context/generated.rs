//! Code that a program makes before the application is built, and nothing runs it.

use super::packages::SCRIPTS;
use super::site::Site;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// The package whose code is generated, the command that does it, and where what it is made from is.
const CLIENT: &str = "@prisma/client";
const GENERATE: &str = "prisma generate";
const SCHEMA: &str = "prisma/schema.prisma";

/// Programs that run scripts of other packages, in which the command may be.
const RUNNERS: &[&str] = &["turbo", "nx ", "lerna", "make", "just "];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files = [site.path(SCRIPTS), site.path(SCHEMA)];
    files.map(|path| (path, Look::Content)).into()
}

/// Warns where the client isn't there when the application is built: packages are installed before the schema is
/// there, so that they can't make it.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let path = site.path(SCRIPTS);
    let (Some(manifest), Some(schema)) = (site.json(&path), site.text(&site.path(SCHEMA))) else {
        return;
    };
    let is_used = manifest
        .get("dependencies")
        .is_some_and(|it| it.get(CLIENT).is_some());
    let scripts = manifest.get("scripts").and_then(|it| it.as_object());
    let texts = scripts.into_iter().flat_map(|it| it.values());
    let mut texts = texts.filter_map(|it| it.as_str());
    let builds = scripts.is_some_and(|it| it.contains_key("build"));
    let generates =
        |text: &str| text.contains(GENERATE) || RUNNERS.iter().any(|runner| text.contains(runner));
    // Its output may be among the sources.
    let is_kept = schema.contains("output");
    if !is_used || !builds || is_kept || texts.any(generates) {
        return;
    }
    let message = format!("no script of `{}` runs `{GENERATE}`", site.shown(&path));
    let build = scripts.and_then(|it| it.get("build")?.as_str());
    let build = build.unwrap_or_default();
    found.push(
        Diagnostic::new(Code::NotGenerated, site.place(), message)
            .label("the client isn't there when this is built")
            .help(format!("let `build` do it: `\"{GENERATE} && {build}\"`")),
    );
}
