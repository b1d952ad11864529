//! How requirements of Python name packages (PEP 508, PEP 503).

/// The name that a requirement begins with, and the rest of its line. The name is empty where the line
/// begins with something else.
#[must_use]
pub fn split_name(line: &str) -> (&str, &str) {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    line.split_at(line.find(|c| !is_name(c)).unwrap_or(line.len()))
}

/// PEP 503's form of a name.
#[must_use]
pub fn normalized(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{normalized, split_name};

    #[test]
    fn names_end_where_versions_begin() {
        assert_eq!(
            split_name("uvicorn[standard]>=0.30"),
            ("uvicorn", "[standard]>=0.30")
        );
        assert_eq!(split_name("Flask"), ("Flask", ""));
        assert_eq!(split_name("==1"), ("", "==1"));
        assert_eq!(normalized("Typing__Extensions.-x"), "typing-extensions-x");
    }
}
