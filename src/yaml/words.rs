//! What saphyr-parser says, in the words that users get.

/// What the reader says, in plainer words where it has them of its own for common faults.
pub(super) fn plain(said: &str) -> String {
    let row = WORDS.iter().find(|(end, _)| said.ends_with(end));
    if let Some((_, words)) = row {
        return (*words).to_owned();
    }
    // Where it was when it came to it shows in the text.
    let what = said
        .split_once(", ")
        .filter(|(while_at, _)| while_at.starts_with("while "));
    what.map_or(said, |(_, what)| what).to_owned()
}

/// The end of what the reader says, and what is told.
const WORDS: &[(&str, &str)] = &[
    ("simple key expect ':'", NO_COLON),
    ("simple key expected", NO_COLON),
    (
        "mapping values are not allowed in this context",
        "a colon can't stand here: text with `: ` in it needs quotes",
    ),
    (
        "mapping keys are not allowed in this context",
        "a key can't stand here",
    ),
    (
        "block sequence entries are not allowed in this context",
        "an item of a list can't stand here",
    ),
    (
        "did not find expected key",
        "expected a key, indented like the one before it",
    ),
    (
        "did not find expected '-' indicator",
        "expected `- `, indented like the item before it",
    ),
    (
        "did not find expected ',' or '}'",
        "expected a comma or `}`",
    ),
    ("expected ',' or ']'", "expected a comma or `]`"),
    ("did not find expected node content", "expected a value"),
    (
        "did not find expected <document start>",
        "expected `---` before another document",
    ),
    (
        "did not find expected <document-start>",
        "expected `---` before another document",
    ),
    ("found unknown anchor", "unknown anchor"),
    (
        "found unexpected end of stream",
        "a quote that isn't closed",
    ),
    (
        "invalid trailing content after double-quoted scalar",
        "text behind a closing quote",
    ),
    ("invalid indentation", "no line above is indented so"),
    ("misplaced bracket", "a bracket that closes nothing"),
    ("tab cannot be used as indentation", TAB),
    ("tabs disallowed in this context", TAB),
    (
        "tabs disallowed within this context (block indentation)",
        TAB,
    ),
    ("while scanning a plain scalar, found a tab", TAB),
    (
        "recursion limit exceeded",
        "too many brackets, one in the other",
    ),
];

const NO_COLON: &str = "a key without a colon";
const TAB: &str = "a tab, where only spaces may indent";
