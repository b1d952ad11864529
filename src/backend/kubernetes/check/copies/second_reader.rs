//! YAML that our reader takes and kubectl doesn't: a second reader is asked, of kubectl's own descent.

use super::{CopyFault, wrong};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Where kubectl can't read on. It reads with a copy of libyaml (YAML 1.1), as serde_yaml does; what we
/// read with follows YAML 1.2, which allows more, such as a line break between a key and its `:`.
pub(super) fn fault(text: &str) -> Option<CopyFault> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let error = documents.find_map(|document| IgnoredAny::deserialize(document).err())?;
    let line = error.location().map_or(1, |place| place.line());
    let message = format!("line {line}: kubectl can't read on from here");
    let help = "write a key and its `:` on one line, and other YAML as version 1.1 has it";
    Some(wrong(message, help))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn what_kubectl_cannot_read_is_told_with_its_line() {
        for text in ["", "a: b\n", "---\na: {b: c, d}\n---\n- &a b\n- *a\n"] {
            assert!(fault(text).is_none(), "{text:?}");
        }
        for (text, line) in [
            ("a: {b\n  : c}\n", 2),
            ("a: b\n---\nc: [\"d\"\n  : e]\n", 4),
        ] {
            assert!(!crate::yaml::parse(text).documents.is_empty(), "{text:?}");
            let message = fault(text).map(|it| it.message).unwrap_or_default();
            assert!(message.starts_with(&format!("line {line}: ")), "{message}");
        }
    }
}
