//! Neovim itself, without a screen: types, completes, explains, renames and formats. It needs Neovim 0.11,
//! which `tests/tools nvim` installs.

use std::process::Command;

use crate::support::{has_tool, path};

/// The program, which another one may stand for: `NVIM=…`.
fn nvim() -> String {
    std::env::var("NVIM").unwrap_or_else(|_| "nvim".to_owned())
}

#[test]
fn a_person_is_served_in_neovim() {
    // An older one is there on many machines.
    let is_new = "if has('nvim-0.11') | qall! | else | cquit | endif";
    let mut proof = Command::new(nvim());
    if !has_tool(
        "Neovim 0.11",
        proof.args(["--headless", "--clean", "-c", is_new]),
    ) {
        return;
    }
    let program = path(env!("CARGO_BIN_EXE_todoc"));
    let folder = program.parent().expect("it has a folder");
    let paths = std::env::var("PATH").unwrap_or_default();
    // An error in the script alone doesn't end it.
    let output = Command::new("timeout")
        .arg("600")
        .arg(nvim())
        .args(["--headless", "--clean", "--cmd", "set rtp^=editors/neovim"])
        .args(["-c", "luafile editors/neovim/tests/scenario.lua"])
        .env("PATH", format!("{}:{paths}", folder.display()))
        .current_dir(path("."))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
