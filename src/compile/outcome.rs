//! What may come of a compilation besides the application: part of it, or an unknown target.

use std::error::Error;
use std::fmt;

use crate::ir;

/// What is known of an application with errors, for editors. What the errors are about is missing from
/// it or is a guess, so backends must not be given it.
#[derive(Debug, Clone)]
pub struct PartialApp(pub ir::App);

/// A target that a file doesn't have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTarget {
    /// The one asked for.
    pub asked: String,
    /// Those that there are, in the order of the file.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownTarget {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "no target is called `{}`", self.asked)
    }
}

impl Error for UnknownTarget {}
