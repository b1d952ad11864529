//! Nodes to text.

use super::Node;

/// Prints documents, each after `---`, below comment lines of `head` (which may be empty).
#[must_use]
pub fn print(head: &str, documents: &[Node]) -> String {
    let _ = (head, documents);
    String::new()
}
