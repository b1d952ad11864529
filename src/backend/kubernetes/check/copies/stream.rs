//! Lines that kubectl reads as something else than YAML does: it cuts a file into documents by its lines
//! before it reads any YAML, and takes more characters for line breaks.

use super::{CopyFault, wrong};

/// The most lines of one file that are told.
const MOST: usize = 20;

/// Complains of every line that two readers may understand differently. Whoever reviews the file must see
/// the objects that the cluster gets.
pub(super) fn check(text: &str, faults: &mut Vec<CopyFault>) {
    let lines = text.split('\n').zip(1..);
    let found = lines.filter_map(|(line, number)| {
        let (message, help) = fault(line)?;
        Some(wrong(format!("line {number} {message}"), help))
    });
    faults.extend(found.take(MOST));
}

/// What is wrong with a line, and what to do.
fn fault(line: &str) -> Option<(&'static str, &'static str)> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains(is_break) {
        return Some((
            "has a character that some readers take for the end of the line",
            "write it in double quotes, as `\\r`, `\\N`, `\\L` or `\\P`",
        ));
    }
    if line.starts_with('%') {
        return Some(("is a directive, which kubectl doesn't read", "delete it"));
    }
    let is_bare = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with('#')
    };
    match line.split_at_checked(3) {
        Some(("---", rest)) if !is_bare(rest) => Some((
            "has text behind `---`, which kubectl doesn't read",
            "write it on the line below",
        )),
        Some(("...", rest)) if is_bare(rest) => Some((
            "ends a document, and kubectl reads nothing behind it",
            "write `---` where another document begins, and nothing at the end",
        )),
        _ => None,
    }
}

/// Whether YAML 1.1 takes a character for a line break (section 4.2), and 1.2 doesn't; or kubectl doesn't,
/// which cuts at line feeds alone.
fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn lines_are_refused_that_readers_differ_about() {
        let refused = |text: &str| {
            let mut faults = Vec::new();
            check(text, &mut faults);
            faults.len()
        };
        for text in [
            "",
            "a: b\r\n",
            "---\n",
            "--- # a\r\na: |\n  ---x\n  ...\n",
            "....\n",
        ] {
            assert_eq!(refused(text), 0, "{text:?}");
        }
        for text in [
            "---x",
            "--- a",
            "---\t|",
            "...",
            "... # a",
            "%YAML 1.1",
            "a\rb",
            "# \u{2028}kind: b",
            "a\u{85}",
            "a \u{2029}",
        ] {
            assert_eq!(refused(text), 1, "{text:?}");
        }
        assert_eq!(refused(&"...\n".repeat(1000)), super::MOST);
    }
}
