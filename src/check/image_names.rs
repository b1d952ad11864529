//! Names of images: repositories, tags, whole references.

use super::findings::Findings;
use super::texts::is_dns_name;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::Name;

/// What is wrong with an image's tag (the grammar of `distribution/reference`).
pub(super) fn tag_fault(text: &str) -> Option<&'static str> {
    let known = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > 128 {
        Some("it is longer than 128 characters")
    } else if !text.chars().all(known) || text.starts_with(['.', '-']) {
        Some(
            "it may hold letters, digits, `_`, `.` and `-` alone, and begins with none of the last two",
        )
    } else {
        None
    }
}

/// What is wrong with an image's reference: `[HOST[:PORT]/]PATH[:TAG][@sha256:DIGEST]` (the
/// grammar of `distribution/reference`). The API server takes any text here; the kubelet doesn't.
pub(super) fn image_fault(text: &str) -> Option<&'static str> {
    let (rest, digest) = text
        .split_once('@')
        .map_or((text, None), |(rest, digest)| (rest, Some(digest)));
    if let Some(digest) = digest {
        let hex = digest.strip_prefix("sha256:").unwrap_or("");
        if hex.len() != 64 || !hex.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')) {
            return Some("its digest isn't `sha256:` and 64 hexadecimal digits");
        }
    }
    let after_path = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (path, tag) = match rest[after_path..].find(':') {
        Some(colon) => (
            &rest[..after_path + colon],
            Some(&rest[after_path + colon + 1..]),
        ),
        None => (rest, None),
    };
    if tag.is_some_and(|tag| tag_fault(tag).is_some()) {
        return Some("its tag isn't letters, digits, `_`, `.` and `-`, up to 128 of them");
    }
    repository_fault(path)
}

/// What is wrong with an image's reference without tag and digest.
pub(super) fn repository_fault(path: &str) -> Option<&'static str> {
    let mut parts: Vec<_> = path.split('/').collect();
    if parts.len() > 1 && (parts[0].contains(['.', ':']) || parts[0] == "localhost") {
        let (host, port) = parts[0]
            .split_once(':')
            .map_or((parts[0], None), |(host, port)| (host, Some(port)));
        if !is_dns_name(host) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Some("its registry isn't a host name in lower case, with a port or without");
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
    (!parts.iter().all(component)).then_some("its name isn't lower-case letters and digits, with single `.`, `_`, `-` or `/` between them")
}

/// An image's reference.
pub(super) fn is_image(name: &Name, found: &mut Findings) -> bool {
    let Some(fault) = image_fault(&name.value) else {
        return true;
    };
    let message = format!("`{}` is no image: {fault}", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidImage, name.span, message);
    found.push(diagnostic.help("write it as \"nginx:1.29\" or \"ghcr.io/acme/api:1.0.0\""));
    false
}

#[cfg(test)]
mod tests {
    use super::image_fault;

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
