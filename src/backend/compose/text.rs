//! Texts as Compose reads them: in each of them `$` begins a variable of its environment.

use crate::yaml::Node;

/// Text that is taken literally.
pub(super) fn literal(text: &str) -> String {
    text.replace('$', "$$")
}

/// Text that is taken literally, quoted only where it must be.
pub(super) fn plain(text: &str) -> Node {
    Node::text(literal(text))
}

/// The words of a command, taken literally.
pub(super) fn words<'w>(words: impl IntoIterator<Item = &'w String>) -> Vec<Node> {
    words.into_iter().map(|word| plain(word)).collect()
}

/// A variable without which nothing starts, and what to tell whoever hasn't set it.
pub(super) fn required(variable: &str, message: &str) -> String {
    // Braces would end the expression, and the message stands on one line of a terminal.
    let plain = |c: char| match c {
        '{' => '(',
        '}' => ')',
        c if c.is_control() => ' ',
        c => c,
    };
    let message: String = literal(message).chars().map(plain).collect();
    format!("${{{variable}:?{message}}}")
}

/// A variable that may be missing, and is nothing then.
pub(super) fn optional(variable: &str) -> String {
    format!("${{{variable}-}}")
}

/// This text and a variable behind it, or nothing where the variable is missing or empty.
pub(super) fn if_set(variable: &str, before: &str) -> String {
    format!("${{{variable}:+{before}}}${{{variable}-}}")
}

/// A variable, or this text where it is missing or empty.
pub(super) fn or(variable: &str, default: &str) -> String {
    format!("${{{variable}:-{default}}}")
}

#[cfg(test)]
mod tests {
    use super::{if_set, literal, optional, or, required};

    #[test]
    fn no_text_is_an_expression() {
        assert_eq!(literal("a$b ${c} $$"), "a$$b $${c} $$$$");
        assert_eq!(required("A", "use ${B}\nor {x"), "${A:?use $$(B) or (x}");
        assert_eq!([optional("A"), or("A", "80")], ["${A-}", "${A:-80}"]);
        assert_eq!(if_set("A", ":"), "${A:+:}${A-}");
    }
}
