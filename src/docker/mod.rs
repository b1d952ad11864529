//! Dockerfiles: typed instructions and their printer. Plain data; it knows nothing of recipes.

/// One build stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {}
