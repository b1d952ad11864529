//! Rules for text that other programs read: names, hosts, paths, keys.

use super::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::Name;

/// Longest DNS label, and longest value of a label (RFC 1123; Kubernetes' `IsDNS1123Label`).
pub(super) const MOST_LABEL: usize = 63;

/// What is wrong with a text as a DNS label that begins with a letter (RFC 1035), as names of
/// Services must be; the rule serves for all names.
pub(super) fn label_fault(text: &str) -> Option<&'static str> {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.len() > MOST_LABEL {
        Some("it is longer than 63 characters")
    } else if !text.starts_with(|c: char| c.is_ascii_lowercase()) {
        Some("it must begin with a lower-case letter")
    } else if !text.chars().all(inner) {
        Some("it may hold lower-case letters, digits and `-` alone")
    } else if text.ends_with('-') {
        Some("it may not end with `-`")
    } else {
        None
    }
}

/// A name that becomes names of objects. Complains and returns false where it can't.
pub(super) fn is_label(name: &Name, found: &mut Findings) -> bool {
    let Some(fault) = label_fault(&name.value) else {
        return true;
    };
    let message = format!("`{}` can't be a name: {fault}", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
    let right = name.value.to_ascii_lowercase().replace('_', "-");
    found.push(if label_fault(&right).is_none() {
        diagnostic.fix(format!("write `{right}`"), name.span, right)
    } else {
        diagnostic.help("names are of lower-case letters, digits and `-`, and begin with a letter")
    });
    false
}

/// A variable's name, which is a key of a ConfigMap or Secret as well.
pub(super) fn is_variable(name: &Name, found: &mut Findings) -> bool {
    let right = name
        .value
        .starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_');
    if right && name.value.len() <= 253 {
        return true;
    }
    let message = format!("`{}` can't be the name of a variable", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidVariable, name.span, message);
    let fixed = name.value.replace('-', "_");
    found.push(if name.value.contains('-') && name.value.len() <= 253 {
        diagnostic.fix(format!("write `{fixed}`"), name.span, fixed)
    } else {
        diagnostic.help("variables are of letters, digits and `_`, up to 253 of them")
    });
    false
}

/// A key of a Secret (Kubernetes' `IsConfigMapKey`).
pub(super) fn is_key(name: &Name, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    let known = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let right = !text.is_empty() && text.len() <= 253 && text.chars().all(known);
    if right && text != "." && !text.starts_with("..") {
        return true;
    }
    let message = format!("`{text}` can't be a key of a Secret");
    let diagnostic = Diagnostic::new(Code::InvalidVariable, name.span, message);
    found.push(diagnostic.help("keys are of letters, digits, `-`, `.` and `_`, up to 253 of them"));
    false
}

/// A DNS name in lower case: labels of up to 63 characters, 253 in all.
pub(super) fn is_dns_name(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= MOST_LABEL
            && label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn is_address(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

/// A bare host: a DNS name, or where `address` an IPv4 address.
pub(super) fn is_host(name: &Name, address: bool, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    let right = is_dns_name(text) && (address || !is_address(text));
    if right {
        return true;
    }
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let bare = bare
        .split(['/', ':'])
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    let diagnostic = Diagnostic::new(
        Code::InvalidHost,
        name.span,
        format!("`{text}` is no host name"),
    );
    found.push(
        if bare != text && is_dns_name(&bare) && (address || !is_address(&bare)) {
            diagnostic.fix(
                format!("write \"{bare}\""),
                name.span,
                format!("\"{bare}\""),
            )
        } else if is_address(text) {
            diagnostic.help("an ingress routes by name: write a DNS name, not an address")
        } else {
            diagnostic.help("write a DNS name in lower case, without scheme, port or path")
        },
    );
    false
}

/// A path of a URL: it starts with a slash and holds nothing that a server would normalise away.
pub(super) fn is_path(name: &Name, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    let printable = text.chars().all(|c| c.is_ascii_graphic());
    let lower = text.to_ascii_lowercase();
    let plain = !["//", "/./", "/../", "%2f"]
        .iter()
        .any(|part| lower.contains(part))
        && !text.ends_with("/.")
        && !text.ends_with("/..");
    if text.starts_with('/') && printable && plain {
        return true;
    }
    let diagnostic = Diagnostic::new(Code::InvalidPath, name.span, format!("`{text}` is no path"));
    let slashed = format!("/{text}");
    found.push(
        if !text.starts_with('/') && printable && plain && !text.contains("://") {
            diagnostic.fix(
                format!("write \"{slashed}\""),
                name.span,
                format!("\"{slashed}\""),
            )
        } else {
            diagnostic
                .help("a path starts with `/` and has no spaces, `//`, `/./`, `/../` or `%2f`")
        },
    );
    false
}

/// An absolute path in a container: the runtime refuses what the API server accepts here.
pub(super) fn is_folder(name: &Name, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    let plain = text.chars().all(|c| c.is_ascii_graphic() && c != ':');
    let climbs = text.split('/').any(|part| part == "." || part == "..");
    if text.starts_with('/') && text != "/" && plain && !climbs && !text.contains("//") {
        return true;
    }
    let diagnostic = Diagnostic::new(
        Code::InvalidPath,
        name.span,
        format!("`{text}` is no folder"),
    );
    found.push(
        diagnostic.help("write an absolute path below `/`, without spaces, `:`, `//` or `..`"),
    );
    false
}

/// The key of a label or annotation: `[PREFIX/]NAME` (Kubernetes' `IsQualifiedName`).
pub(super) fn is_qualified_name(name: &Name, found: &mut Findings) -> bool {
    let (prefix, part) = match name.value.split_once('/') {
        Some((prefix, part)) => (Some(prefix), part),
        None => (None, name.value.as_str()),
    };
    let edge = |c: char| c.is_ascii_alphanumeric();
    let right = part.starts_with(edge)
        && part.ends_with(edge)
        && part.len() <= MOST_LABEL
        && part.chars().all(|c| edge(c) || "-_.".contains(c));
    if right && prefix.is_none_or(is_dns_name) {
        return true;
    }
    let message = format!("`{}` can't be the key of a label or annotation", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidText, name.span, message);
    found.push(diagnostic.help("write a key such as \"team\" or \"example.com/team\""));
    false
}

/// A URL's scheme (RFC 3986, section 3.1), in lower case.
pub(super) fn is_scheme(name: &Name, found: &mut Findings) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
    let text = name.value.as_str();
    if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(known) {
        return true;
    }
    let message = format!("`{text}` is no scheme of a URL");
    let diagnostic = Diagnostic::new(Code::InvalidText, name.span, message);
    found.push(diagnostic.help("write a scheme in lower case, such as \"postgresql\""));
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for right in ["a", "todo-api", "a1", &"a".repeat(63)] {
            assert_eq!(label_fault(right), None, "{right}");
        }
        for wrong in [
            "",
            "1a",
            "A",
            "a_b",
            "a-",
            "-a",
            "a.b",
            "ä",
            &"a".repeat(64),
        ] {
            assert!(label_fault(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn dns_names() {
        assert!(is_dns_name("todo.example.com") && is_dns_name("localhost"));
        for wrong in ["", "a..b", "A.b", "a.b.", "x_y.z", "*.a.b"] {
            assert!(!is_dns_name(wrong), "{wrong}");
        }
    }
}
