//! A compiler for small applications: `.todo` text to Kubernetes objects and Dockerfiles.
//!
//! ```
//! use todoc::backend::BACKENDS;
//! use todoc::{Options, compile};
//!
//! let text = r#"
//! app notes
//!
//! tier web {
//!   image "ghcr.io/acme/notes:1.0.0"
//!   port 8080
//! }
//! "#;
//! let compiled = compile(text, &Options {
//!     emit: BACKENDS.to_vec(),
//!     source_name: "app.todo".to_owned(),
//!     ..Options::default()
//! });
//! assert!(compiled.diagnostics.is_empty());
//!
//! let web = compiled.artifacts.iter().find(|file| file.path == "kubernetes/30-web.yaml");
//! assert!(web.is_some_and(|file| file.text.contains("image: ghcr.io/acme/notes:1.0.0\n")));
//! ```
//!
//! # The way of a text
//!
//! ```text
//! &str ── syntax::parse ──▶ Parsed { tree, file: ast::File, diagnostics }    never fails
//!                              │
//!                              ▼
//!         check::check ───▶ Checked { app: Option<ir::App>, diagnostics }     for one target
//!                              │
//!                              ▼
//!         Backend::lower ─▶ Vec<Artifact { path, text }>                     for each backend
//!                              │
//!                              ▼
//!         cli::disk ──────▶ files                                            the only one who writes
//! ```
//!
//! [`compile()`] is all of it but the last step, in memory. What a statement, recipe or database is
//! stands in the tables of [`catalog`]; what a code means, in that of [`diag`].
//!
//! # What holds
//!
//! 1. [`syntax::parse`] takes any string, in time linear in its length.
//! 2. All of the library but `cli`, which is a feature, is pure: no files, no environment, no clock.
//! 3. No secret has a value. The IR has no field for one, so no backend can print one.
//! 4. The same text gives the same bytes: no order of a hash table reaches the output.
//! 5. Backends see the [`ir`] alone, never the text or its tree.
//! 6. One module knows each library: `syntax` pest, `diag::render` codespan-reporting, `yaml`
//!    saphyr-parser, `cli` clap.
//! 7. All that is wrong is said at once, and each mistake once. Warnings stop nothing by themselves.
//! 8. Each code has its page, and a program in the tests that gets it.
//!
//! ARCHITECTURE.md names the test that holds each of them.

// What pest generates without its `std` names it.
extern crate alloc;

pub mod backend;
pub mod catalog;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod compile;
pub mod diag;
#[cfg(feature = "cli")]
mod diff;
pub mod docker;
mod fix;
pub mod format;
mod hash;
#[cfg(feature = "cli")]
pub mod ide;
#[cfg(feature = "cli")]
pub mod init;
pub mod ir;
#[cfg(feature = "cli")]
pub mod lsp;
pub mod reference;
pub mod source;
pub mod syntax;
pub mod yaml;

pub use compile::{
    Compiled, CompiledAll, Options, PartialApp, Program, UnknownTarget, check_all, compile,
    compile_all, contexts_wanted, files_wanted,
};
pub use fix::{Fixed, fix};
