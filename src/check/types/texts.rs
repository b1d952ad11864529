//! Rules for text that other programs read: names, hosts, paths, schemes.

use super::variable_names::{is_config_key, is_identifier};
use crate::catalog::databases::NameRules;
pub(in crate::check) use crate::catalog::dns::{MOST_LABEL, is_name as is_dns_name};
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::Name;

/// What is wrong with a text as a DNS label that begins with a letter (RFC 1035), as names of
/// Services must be; the rule serves for all names.
pub(in crate::check) fn label_fault(text: &str) -> Option<&'static str> {
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

/// A text in a message: in backticks, or in words where there is nothing to see.
pub(in crate::check) fn shown(text: &str) -> String {
    if text.is_empty() {
        "an empty string".to_owned()
    } else {
        format!("`{text}`")
    }
}

/// The help and fix "write this string instead". The texts that are put forward here need no
/// escapes.
pub(in crate::check) fn rewrite(diagnostic: Diagnostic, name: &Name, right: &str) -> Diagnostic {
    let string = format!("\"{right}\"");
    diagnostic.fix(format!("write {string}"), name.span, string)
}

/// A name that becomes names of objects. Complains and returns false where it can't.
pub(in crate::check) fn is_label(name: &Name, found: &mut Findings) -> bool {
    let Some(fault) = label_fault(&name.value) else {
        return true;
    };
    let message = format!("`{}` can't be a name: {fault}", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
    let right = name.value.to_ascii_lowercase().replace('_', "-");
    let right = right.trim_matches('-');
    found.push(if label_fault(right).is_none() {
        // Others may refer to it as it is.
        diagnostic.maybe(format!("write `{right}`"), name.span, right)
    } else if name.value.len() > MOST_LABEL {
        diagnostic.help("choose a shorter name")
    } else {
        diagnostic.help("names are of lower-case letters, digits and `-`, and begin with a letter")
    });
    false
}

/// The name of a Secret that others make (Kubernetes' `NameIsDNSSubdomain`).
pub(in crate::check) fn is_secret_name(name: &Name, found: &mut Findings) -> bool {
    if is_dns_name(&name.value) {
        return true;
    }
    let message = format!("{} can't be the name of a Secret", shown(&name.value));
    let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
    let right = name.value.to_ascii_lowercase().replace(['_', ' '], "-");
    found.push(if is_dns_name(&right) {
        rewrite(diagnostic, name, &right)
    } else {
        diagnostic.help("names of Secrets are of lower-case letters, digits, `-` and `.`")
    });
    false
}

/// The name of a database, or of its user: one that stands in SQL without quotes and in a URL
/// without escapes, and that its engine takes.
pub(in crate::check) fn is_sql_name(
    name: &Name,
    what: &str,
    names: NameRules,
    found: &mut Findings,
) -> bool {
    is_identifier(name, what, names.longest, found) && is_free(name, what, names, found)
}

/// Complains of a name that the server keeps to itself. Servers take such names in any case.
pub(in crate::check) fn is_free(
    name: &Name,
    what: &str,
    names: NameRules,
    found: &mut Findings,
) -> bool {
    let mut reserved = names.reserved.iter();
    if !reserved.any(|it| it.eq_ignore_ascii_case(&name.value)) {
        return true;
    }
    let message = format!("`{}` can't be {what}: the server has its own", name.value);
    let help = match what {
        USER => "choose another one, such as `user shop`",
        _ => "choose another one, such as `database shop`",
    };
    found.push(Diagnostic::new(Code::InvalidVariable, name.span, message).help(help));
    false
}

/// What a user's name is called in a message.
pub(in crate::check) const USER: &str = "the name of a user";
/// What a database's name is called there.
pub(in crate::check) const DATABASE: &str = "the name of a database";

/// A key of a Secret.
pub(in crate::check) fn is_key(name: &Name, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    if is_config_key(text) {
        return true;
    }
    let message = format!("{} can't be a key of a Secret", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidVariable, name.span, message);
    let fixed = text.replace(' ', "-");
    found.push(if is_config_key(&fixed) {
        rewrite(diagnostic, name, &fixed)
    } else {
        diagnostic.help("write letters, digits, `-`, `.` and `_`, up to 253 of them")
    });
    false
}

fn is_address(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Whether a text is the name of a host, or its address where one may stand.
pub(in crate::check) fn is_host_name(text: &str, address: bool) -> bool {
    is_dns_name(text) && (address || !is_address(text))
}

/// A bare host: a DNS name, or where `address` an IPv4 address.
pub(in crate::check) fn is_host(name: &Name, address: bool, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    if is_host_name(text, address) {
        return true;
    }
    let behind_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = behind_scheme.split('/').next().unwrap_or("");
    let behind_login = authority
        .rsplit_once('@')
        .map_or(authority, |(_, rest)| rest);
    let bare = behind_login.split(':').next().unwrap_or("");
    let loses = bare != behind_scheme.trim_end_matches('/');
    let bare = bare.to_ascii_lowercase();
    let message = format!("{} isn't a valid host name", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidHost, name.span, message);
    found.push(if bare != text && is_host_name(&bare, address) {
        let diagnostic = rewrite(diagnostic, name, &bare);
        if loses {
            diagnostic.unsure()
        } else {
            diagnostic
        }
    } else if text.starts_with("*.") {
        diagnostic.help("name one host: `*` stands for several in front of an Ingress alone")
    } else if is_address(&bare) {
        diagnostic.help("write a DNS name: an ingress routes by name, not by address")
    } else {
        diagnostic.help("write a DNS name: lower-case letters, digits, `-` and `.`")
    });
    false
}

/// The host of an Ingress: a DNS name, or `*.` and one, which stands for all names of one more label.
pub(in crate::check) fn is_ingress_host(name: &Name, found: &mut Findings) -> bool {
    let below = name.value.strip_prefix("*.");
    let is_wildcard = below.is_some_and(|below| is_host_name(below, false) && below.contains('.'));
    is_wildcard || is_host(name, false, found)
}

/// Whether a character may stand behind the host of a URL (RFC 3986, with `[` and `]`).
pub(in crate::check) fn is_url_char(c: char) -> bool {
    c.is_ascii_graphic() && !"\"\\<>^`{|}".contains(c)
}

/// What is wrong with the path of a URL: it must start with a slash and hold nothing that a server
/// would normalise away (the API server refuses the same in an Ingress).
fn path_fault(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    if !text.starts_with('/') {
        Some("it doesn't start with `/`")
    } else if !text.chars().all(|c| is_url_char(c) && c != '#') {
        Some("it holds a character that must be escaped")
    } else if ["//", "/./", "/../", "%2f"]
        .iter()
        .any(|part| lower.contains(part))
        || text.ends_with("/.")
        || text.ends_with("/..")
    {
        Some("it may not hold `//`, `/./`, `/../` or `%2f`")
    } else {
        None
    }
}

/// A path of a URL.
pub(in crate::check) fn is_path(name: &Name, found: &mut Findings) -> bool {
    let text = name.value.as_str();
    let Some(fault) = path_fault(text) else {
        return true;
    };
    let message = format!("{} isn't a valid path: {fault}", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidPath, name.span, message);
    let path = text.split_once("://").map_or(text, |(_, rest)| {
        rest.find('/').map_or("", |slash| &rest[slash..])
    });
    let right = format!("/{}", path.trim_start_matches('/')).replace("//", "/");
    found.push(if path_fault(&right).is_none() {
        rewrite(diagnostic, name, &right)
    } else if text.chars().all(is_url_char) {
        diagnostic.help("write the path that it stands for")
    } else {
        diagnostic.help("write a space as `%20`, and other characters as their codes")
    });
    false
}

/// What is wrong with a path below the source file's folder. It needs no quoting in any file that it
/// stands in.
pub(in crate::check) fn relative_fault(text: &str) -> Option<&'static str> {
    let known = |c: char| c.is_alphanumeric() || "/._-+@ ".contains(c);
    if text.is_empty() {
        Some("its path is empty")
    } else if text.starts_with(['/', '~']) {
        Some("it isn't relative to this file")
    } else if text.split('/').any(|part| part == "..") {
        Some("it leaves the folder of this file")
    } else if !text.chars().all(known) || text.starts_with(' ') || text.ends_with(' ') {
        Some("its path holds more than letters, digits, blanks and `/._-+@`")
    } else {
        None
    }
}

/// Whether a text is an absolute path in a container: the runtime refuses what the API server accepts
/// here.
pub(in crate::check) fn is_path_of_folder(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_graphic() && c != ':');
    let climbs = text.split('/').any(|part| part == "." || part == "..");
    text.starts_with('/') && text != "/" && plain && !climbs && !text.contains("//")
}

/// What to say of a path that is no folder of a container.
pub(in crate::check) fn no_folder(name: &Name) -> Diagnostic {
    let message = format!("{} isn't a valid folder of a container", shown(&name.value));
    Diagnostic::new(Code::InvalidPath, name.span, message)
        .help("write an absolute path below `/`, without blanks, `:` and `..`")
}

/// The name of an object that is there already, of the kind called `what`: a DNS subdomain.
pub(in crate::check) fn is_object_name(name: &Name, what: &str, found: &mut Findings) -> bool {
    if is_dns_name(&name.value) {
        return true;
    }
    let message = format!("{} can't be the name of {what}", shown(&name.value));
    let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
    found.push(diagnostic.help("write lower-case letters, digits, `-` and `.`"));
    false
}

/// The name in the key of a label or annotation, behind its prefix, and what a label's value is that isn't empty.
pub(in crate::check) fn is_qualified_part(text: &str) -> bool {
    let edge = |c: char| c.is_ascii_alphanumeric();
    text.starts_with(edge)
        && text.ends_with(edge)
        && text.len() <= MOST_LABEL
        && text.chars().all(|c| edge(c) || "-_.".contains(c))
}

/// The key of a label or annotation: `[PREFIX/]NAME` (Kubernetes' `IsQualifiedName`).
pub(in crate::check) fn is_qualified_name(name: &Name, found: &mut Findings) -> bool {
    let (prefix, part) = match name.value.split_once('/') {
        Some((prefix, part)) => (Some(prefix), part),
        None => (None, name.value.as_str()),
    };
    if is_qualified_part(part) && prefix.is_none_or(is_dns_name) {
        return true;
    }
    let message = format!(
        "{} can't be the key of a label or annotation",
        shown(&name.value)
    );
    let diagnostic = Diagnostic::new(Code::InvalidText, name.span, message);
    found.push(diagnostic.help("write a key such as \"team\" or \"example.com/team\""));
    false
}

/// A URL's scheme (RFC 3986, section 3.1), in lower case.
pub(in crate::check) fn is_scheme(name: &Name, found: &mut Findings) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c);
    let right =
        |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(known);
    let text = name.value.as_str();
    if right(text) {
        return true;
    }
    let message = format!("{} isn't a valid scheme of a URL", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidText, name.span, message);
    let bare = text.split(':').next().unwrap_or("").to_ascii_lowercase();
    found.push(if right(&bare) {
        rewrite(diagnostic, name, &bare)
    } else {
        diagnostic.help("write a scheme in lower case, such as \"postgresql\"")
    });
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
