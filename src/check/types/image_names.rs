//! Rules for the names of images: references, registries, tags.

use super::texts::{is_dns_name, rewrite, shown};
use crate::catalog::Pins;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::ImageReference;
use crate::source::Span;
use crate::syntax::ast::Name;

/// What is wrong with an image's tag (the grammar of `distribution/reference`).
#[must_use]
pub fn tag_fault(text: &str) -> Option<&'static str> {
    let known = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if text.is_empty() {
        Some("it must have a character at least")
    } else if text.len() > 128 {
        Some("it is longer than 128 characters")
    } else if !text.chars().all(known) {
        Some("it may hold letters, digits, `_`, `.` and `-` alone")
    } else if text.starts_with(['.', '-']) {
        Some("it may not begin with `.` or `-`")
    } else {
        None
    }
}

/// What is wrong with an image's reference: `[HOST[:PORT]/]PATH[:TAG][@sha256:DIGEST]` (the
/// grammar of `distribution/reference`). The API server takes any text here; the kubelet doesn't.
pub(in crate::check) fn image_fault(text: &str) -> Option<&'static str> {
    let (rest, digest) = split_digest(text);
    if let Some(fault) = digest.and_then(digest_fault) {
        return Some(fault);
    }
    let (path, tag) = split_tag(rest);
    if tag.is_some_and(|tag| tag_fault(tag).is_some()) {
        return Some("its tag may hold letters, digits, `_`, `.` and `-` alone, up to 128");
    }
    repository_fault(path)
}

/// What is wrong with an image's digest.
#[must_use]
pub fn digest_fault(text: &str) -> Option<&'static str> {
    let hex = text.strip_prefix("sha256:").unwrap_or("");
    let is_right = hex.len() == 64 && hex.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    (!is_right).then_some("its digest isn't `sha256:` and 64 hexadecimal digits")
}

/// The tag that an image without one has.
pub(in crate::check) const LATEST: &str = "latest";

/// Complains of an image whose tag is `latest`, be it unsaid, and that no digest fixes.
pub(in crate::check) fn is_pinned(image: &Name, pins: &Pins, found: &mut Findings) {
    if image.value.contains('@') || pins.digest(&image.value).is_some() {
        return;
    }
    match split_tag(&image.value) {
        (_, Some(tag)) if is_moving(tag) => found.push(moves(image.span, tag)),
        (_, Some(_)) => {}
        (name, None) => {
            let message = format!("`{name}` names no tag: it is `latest`, which moves");
            let diagnostic = Diagnostic::new(Code::MovingTag, image.span, message);
            found.push(diagnostic.help(format!("name a version, such as \"{name}:1.0.0\"")));
        }
    }
}

/// Whether a tag names no version: it has no digit, as `stable` and `alpine`, or is a `latest` of something.
fn is_moving(tag: &str) -> bool {
    let is_latest = |part: &str| part == LATEST;
    !tag.contains(|c: char| c.is_ascii_digit()) || tag.split(['-', '_', '.']).any(is_latest)
}

/// What to say of a tag that names another image after each push.
pub(in crate::check) fn moves(place: Span, tag: &str) -> Diagnostic {
    let message = format!("the tag `{tag}` moves: it names whatever was pushed last");
    Diagnostic::new(Code::MovingTag, place, message).help("name a version, such as \"1.0.0\"")
}

/// The parts of an image's reference.
pub(in crate::check) fn reference(text: &str) -> ImageReference {
    let (rest, digest) = split_digest(text);
    let (repository, tag) = split_tag(rest);
    ImageReference {
        repository: repository.to_owned(),
        tag: tag.map(str::to_owned),
        digest: digest.map(str::to_owned),
    }
}

/// What stands before an image's digest, and the digest.
fn split_digest(text: &str) -> (&str, Option<&str>) {
    text.split_once('@')
        .map_or((text, None), |(rest, digest)| (rest, Some(digest)))
}

/// The name before an image's tag, and the tag: a colon before the last slash is a port's.
fn split_tag(text: &str) -> (&str, Option<&str>) {
    let after_slash = text.rfind('/').map_or(0, |slash| slash + 1);
    match text[after_slash..].find(':') {
        Some(colon) => {
            let (path, tag) = text.split_at(after_slash + colon);
            (path, tag.get(1..))
        }
        None => (text, None),
    }
}

/// What is wrong with an image's reference without tag and digest.
pub(in crate::check) fn repository_fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("its name is missing");
    }
    if path.contains("://") {
        return Some("it begins with a scheme, as a URL does");
    }
    let mut parts: Vec<_> = path.split('/').collect();
    if parts.len() > 1 && (parts[0].contains(['.', ':']) || parts[0] == "localhost") {
        let (host, port) = parts[0]
            .split_once(':')
            .map_or((parts[0], None), |(host, port)| (host, Some(port)));
        if !is_dns_name(host) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Some("its registry must be a host in lower case, with or without a port");
        }
        parts.remove(0);
    }
    if path.len() > 255 {
        return Some("it is longer than 255 characters");
    }
    let component = |part: &&str| {
        let edge = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        part.starts_with(edge)
            && part.ends_with(edge)
            && part.chars().all(|c| edge(c) || "._-".contains(c))
            && !part.contains("..")
            && !part.contains("._")
            && !part.contains("_.")
            && !part.contains("___")
    };
    if parts.iter().all(component) {
        None
    } else if path.contains(|c: char| c.is_ascii_uppercase()) {
        Some("its name must be in lower case")
    } else {
        Some("its name may hold letters, digits and single `.`, `_`, `-`, `/` alone")
    }
}

/// An image's reference.
pub(in crate::check) fn is_image(name: &Name, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    let Some(fault) = image_fault(text) else {
        return true;
    };
    let message = format!("{} isn't a valid image: {fault}", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidImage, name.span, message);
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let (path, _) = split_tag(bare);
    let right = path.to_ascii_lowercase() + &bare[path.len()..];
    found.push(if image_fault(&right).is_none() {
        rewrite(diagnostic, name, &right)
    } else {
        diagnostic.help("write it as \"nginx:1.29\" or \"ghcr.io/acme/api:1.0.0\"")
    });
    false
}

/// A registry, and perhaps a folder in it.
pub(in crate::check) fn is_registry(name: &Name, found: &mut Findings) -> bool {
    // Anything may follow it, so it is judged with something behind it.
    let judge = |text: &str| repository_fault(&format!("{text}/x"));
    let text = name.value.as_str();
    let Some(fault) = judge(text) else {
        return true;
    };
    let message = format!("{} can't be a registry: {fault}", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidImage, name.span, message);
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let right = bare.trim_end_matches('/').to_ascii_lowercase();
    found.push(if judge(&right).is_none() {
        rewrite(diagnostic, name, &right)
    } else {
        diagnostic.help("write a registry such as \"ghcr.io/acme\"")
    });
    false
}

#[cfg(test)]
mod tests {
    use super::{image_fault, reference};

    #[test]
    fn references_are_split_and_joined() {
        let digest = format!("sha256:{}", "a".repeat(64));
        for (repository, tag, has_digest) in [
            ("nginx", None, false),
            ("nginx", Some("1.29"), false),
            ("localhost:5000/a", None, false),
            ("localhost:5000/a/b", Some("c"), false),
            ("ghcr.io/acme/api", None, true),
            ("ghcr.io:443/acme/api", Some("1.0.0"), true),
        ] {
            let tagged = tag.map_or(repository.to_owned(), |tag| format!("{repository}:{tag}"));
            let text = if has_digest {
                format!("{tagged}@{digest}")
            } else {
                tagged
            };
            let split = reference(&text);
            assert_eq!(split.repository, repository, "{text}");
            assert_eq!(split.tag.as_deref(), tag, "{text}");
            assert_eq!(split.digest.is_some(), has_digest, "{text}");
            assert_eq!(split.to_string(), text);
        }
    }

    #[test]
    fn image_references() {
        let digest = format!("nginx@sha256:{}", "a".repeat(64));
        for right in [
            "nginx",
            "nginx:1.29",
            "library/nginx",
            "ghcr.io/acme/api:1.0.0",
            "localhost:5000/a:b",
            "a/b/c_d/e__f",
            "localhost/x",
            &digest,
        ] {
            assert_eq!(image_fault(right), None, "{right}");
        }
        for wrong in [
            "",
            "Nginx",
            "nginx:",
            "nginx:a b",
            "a//b",
            "/a",
            "a/",
            "nginx@sha256:12",
            "nginx:.x",
            "a..b",
            "-a",
            "UPPER.io/a",
            "ghcr.io:x/a",
            "a:b:c",
            "http://x/y",
        ] {
            assert!(image_fault(wrong).is_some(), "{wrong}");
        }
    }
}
