//! Says which commit a program is built from: the one that `TODOC_BUILT_FROM` names, else the one that
//! the package was made of. Nothing else is asked, so that the same sources give the same program.

#![allow(
    clippy::disallowed_methods,
    reason = "a build script reads its environment and its package"
)]

use std::env;
use std::fs;
use std::path::Path;

/// Written by `cargo package` into what it packs.
const PACKED: &str = ".cargo_vcs_info.json";
/// How many digits of a commit are told.
const DIGITS: usize = 12;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=TODOC_BUILT_FROM");
    // A file that isn't there would have all of it built each time.
    if Path::new(PACKED).exists() {
        println!("cargo:rerun-if-changed={PACKED}");
    }
    let version = env!("CARGO_PKG_VERSION");
    let said = env::var("TODOC_BUILT_FROM").ok();
    let commit = said.and_then(|said| commit(&said)).or_else(packed);
    let commit = commit.map_or(String::new(), |commit| format!(" ({commit})"));
    println!("cargo:rustc-env=TODOC_VERSION={version}{commit}");
}

/// The commit that the package was made of.
fn packed() -> Option<String> {
    let text = fs::read_to_string(PACKED).ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    commit(rest.split('"').nth(1)?)
}

/// The first digits of a commit.
fn commit(text: &str) -> Option<String> {
    let text = text.trim();
    let is_one = text.len() >= DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_one.then(|| text.chars().take(DIGITS).collect())
}
