//! Platforms that images are built for.

use super::texts::{rewrite, shown};
use crate::catalog::platforms::{PLATFORMS, called_otherwise, platform_named};
use crate::check::findings::Findings;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::Name;

/// Complains of what isn't a platform, and of one that stands twice.
pub(in crate::check) fn are_right(said: &[Name], found: &mut Findings) {
    for (at, name) in said.iter().enumerate() {
        is_known(name, found);
        let earlier = said.get(..at).unwrap_or_default().iter();
        if let Some(first) = earlier.into_iter().find(|it| it.value == name.value) {
            let message = format!("the platform {} stands twice", shown(&name.value));
            found.push(
                Diagnostic::new(Code::InvalidPlatform, name.span, message)
                    .label("the second time")
                    .also(first.span, "the first time")
                    .help("write each platform once"),
            );
        }
    }
}

fn is_known(name: &Name, found: &mut Findings) {
    let text = name.value.as_str();
    if platform_named(text).is_some() {
        return;
    }
    let message = format!("{} isn't a known platform", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidPlatform, name.span, message);
    let system = text.split_once('/').map_or("", |(system, _)| system);
    let names = || PLATFORMS.iter().map(|it| it.name);
    found.push(if let Some(platform) = called_otherwise(text) {
        rewrite(diagnostic, name, platform.name)
    } else if matches!(system, "windows" | "darwin" | "freebsd") {
        diagnostic.help(
            "write the platform of the nodes, such as \"linux/amd64\": images of recipes run on Linux alone",
        )
    } else if let Some(near) = nearest(text, names()) {
        let right = format!("\"{}\"", near.word);
        diagnostic.maybe(format!("write {right}"), name.span, right)
    } else {
        let all: Vec<_> = names().collect();
        diagnostic.help(format!("known are \"{}\"", all.join("\", \"")))
    });
}

/// Complains of several where images aren't pushed: Docker loads those of one platform, and a cluster on this
/// machine has nodes of one.
pub(in crate::check) fn are_one(said: &[Name], found: &mut Findings) {
    let [first, second, ..] = said else { return };
    let message = "images that are loaded by hand are of one platform";
    found.push(
        Diagnostic::new(Code::InvalidPlatform, second.span, message)
            .label("this is another one")
            .also(first.span, "the first one")
            .help("keep the platform of the nodes alone")
            .help(
                "or push to a registry, which holds images of several: `registry \"ghcr.io/acme\"`",
            ),
    );
}
