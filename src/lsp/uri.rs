//! `file:` URIs and paths.

use std::path::{Path, PathBuf};

/// The path of a `file:` URI; `None` for what lies nowhere, such as `untitled:Untitled-1`.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let decoded = decode(rest)?;
    // `/C:/folder` of Windows has no slash before the drive.
    let bytes = decoded.as_bytes();
    let has_drive = matches!(bytes, [b'/', drive, b':', ..] if drive.is_ascii_alphabetic());
    let from = usize::from(has_drive && cfg!(windows));
    let path = decoded.get(from..)?;
    let path = path.starts_with('/') || has_drive;
    path.then(|| PathBuf::from(decoded.get(from..).unwrap_or_default()))
}

/// The URI of a path.
pub(super) fn of(path: &Path) -> String {
    let mut uri = String::from("file://");
    let text = path.to_string_lossy();
    if !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.extend(["%", &format!("{byte:02X}")]),
        }
    }
    uri
}

/// A path as a pattern that means it alone: what has a meaning in patterns may be any character.
pub(super) fn pattern(path: &Path) -> String {
    let text = path.to_string_lossy().replace("/./", "/");
    let special = |c: char| if "*?{}[]".contains(c) { '?' } else { c };
    text.chars().map(special).collect()
}

/// A text with its percent escapes undone; `None` if it isn't UTF-8 then.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        let digits = std::str::from_utf8(&digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{of, path};
    use std::path::Path;

    #[test]
    fn paths_survive() {
        for text in ["/a/b.todo", "/a b/#1/50%/ü/漢.todo", "/a?b=c&d", "/C:/x"] {
            let uri = of(Path::new(text));
            assert!(uri.is_ascii() && !uri.contains([' ', '#', '?']), "{uri}");
            assert_eq!(path(&uri).as_deref(), Some(Path::new(text)));
        }
    }

    #[test]
    fn clients_escape_what_they_like() {
        assert_eq!(
            path("file:///a%20b%2fc").as_deref(),
            Some(Path::new("/a b/c"))
        );
        assert_eq!(path("file://localhost/a").as_deref(), Some(Path::new("/a")));
        for wrong in [
            "untitled:a",
            "file://",
            "file:///%ff",
            "file:///%f",
            "",
            "http://a/b",
        ] {
            assert_eq!(path(wrong), None, "{wrong}");
        }
    }
}
