//! YAML: a tree of nodes that know where they came from, and its printer.
//!
//! The printer is our own because every line must know its source and every string must survive
//! every reader: YAML 1.1 and 1.2 disagree about `no`, `1:30`, `0o17` and a few hundred more.

mod marked;
mod marks;
mod merge;
mod node;
mod offsets;
mod origin;
mod parse;
mod print;
mod scalar;
mod template;
mod words;

pub use marked::{Marked, MarkedEntry, MarkedValue};
pub use marks::{Mark, Printed};
pub use merge::{DELETE, DIRECTIVE, ItemKeys};
pub use node::{Field, Key, Kind, LINES, Node};
pub use origin::{Origin, Why};
pub use parse::{Fault, MOST_COPIED, MOST_DEEP, MOST_FLOW, MOST_VALUES, ParsedYaml, parse};
pub use print::{indent, print, print_marked, push_field, quoted, word};
pub use scalar::Scalar;
pub use template::{comment, print_body, print_template, verbatim};

/// A mapping, written as the YAML it becomes. A value that is `None` leaves its key out.
///
/// ```
/// use todoc::yaml::{map, print};
///
/// let replicas: Option<u32> = None;
/// let node = map! { "kind": "Deployment", "spec": map! { "replicas": replicas, "paused": true } };
/// assert_eq!(print("", &[node]), "---\nkind: Deployment\nspec:\n  paused: true\n");
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __todoc_yaml_map {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::yaml::Node::mapping([
            $(($key, $crate::yaml::Field::into_field($value))),*
        ])
    };
}
pub use crate::__todoc_yaml_map as map;
