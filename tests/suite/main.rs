//! Tests of the whole.

mod recipes;
mod support;
