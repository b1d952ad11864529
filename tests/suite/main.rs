//! The tests that look at the compiler from outside; unit tests of pure helpers are beside them.
//!
//! - `cli`: the binary, as a user runs it: what it prints, writes and refuses.
//! - `errors`: each program in `tests/errors` is answered as its own last lines say.
//! - `explain`: the page of every code shows a program that has this fault alone, and one that is right.
//! - `house`: the source obeys the rules of its layout.
//! - `objects`: every example's Kubernetes objects decode, and fit together.
//! - `recipes`: the Dockerfile of every recipe, package manager and flavour.
//! - `yaml`: every string survives printing, in each place where one can stand.
//!
//! `UPDATE_EXPECT=1` writes what is expected anew, `TODOC_TEST=substring` picks fixtures by path.

mod cli;
mod errors;
mod explain;
mod house;
mod objects;
mod recipes;
mod support;
mod yaml;
