//! The script that installs the tools of the tests, where nothing can be installed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::cli::Test;
use crate::support::path;

/// A program that says so and fails.
const BROKEN: &str = "#!/bin/sh\necho \"no network for ${0##*/}\"\nexit 1\n";

#[test]
fn an_installation_that_fails_ends_and_shows_its_log() {
    let test = Test::new();
    fs::create_dir(test.path("bin")).expect("a folder");
    for name in ["python3", "apt-get", "sudo"] {
        let program = test.path("bin").join(name);
        fs::write(&program, BROKEN).expect("a file");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    }
    // Of the tools in the table, one of each way to install: an environment of Python's, packages.
    for tool in ["hadolint", "go"] {
        let ran = Command::new("timeout")
            .arg("300")
            .arg(path("tests/tools"))
            .arg(tool)
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", test.path("bin").display()),
            )
            .env("TODOC_TOOLS", test.path("tools"))
            .output()
            .expect("the script starts");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(1), "{tool}: {said}");
        assert!(said.contains("no network for "), "{tool}: {said}");
        assert!(said.contains("couldn't be installed"), "{tool}: {said}");
    }
}
