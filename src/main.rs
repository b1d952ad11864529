//! The `todoc` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    todoc::cli::main()
}
