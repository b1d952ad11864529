//! The `todoc` command.

use std::process::ExitCode;

/// In place of musl's, which gives memory slowly.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    todoc::cli::main()
}
