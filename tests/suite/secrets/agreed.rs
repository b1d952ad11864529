//! The script takes and refuses the values that `check` and `apply` do, in dash and bash.

use super::CANARY;
use crate::cli::Test;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// A program with every rule.
const PROGRAM: &str = r#"app shop
secret PLAIN from env
secret LONG from env { min_length 32 }
secret DSN from env { url "postgresql" }
secret KEY from env { starts_with "wk-" }
postgres db { version 17, storage 1Gi, secret PASSWORD from env }
tier web { image "nginx:1.29", port 80, env { PLAIN, LONG, DSN, KEY, DATABASE_URL = db.url } }
"#;

const RIGHT: [(&str, &[u8]); 5] = [
    ("PLAIN", b"CANARY-plain"),
    ("LONG", b"CANARY-CANARY-CANARY-CANARY-CANARY"),
    ("DSN", b"postgresql://CANARY@h/d"),
    ("KEY", b"wk-CANARY"),
    ("PASSWORD", b"CANARY.CANARY"),
];

#[test]
fn the_script_takes_what_check_takes() {
    let sixteen = "\u{e9}".repeat(16);
    let many = "\u{e9}".repeat(32);
    let smileys = "\u{1f600}".repeat(31) + "x";
    let cases: &[(&str, &[u8], bool)] = &[
        ("LONG", sixteen.as_bytes(), false),
        ("LONG", many.as_bytes(), true),
        ("LONG", smileys.as_bytes(), true),
        ("LONG", &smileys.as_bytes()[1..], false),
        ("PLAIN", "\u{3000}".as_bytes(), false),
        ("PLAIN", " \u{a0}\n\u{2028}\t\u{1680}".as_bytes(), false),
        ("PLAIN", "\u{3000}.\u{3000}".as_bytes(), true),
        ("PLAIN", "\u{200b}".as_bytes(), true),
        ("PLAIN", b"a\xffb", false),
        ("PLAIN", b"\xed\xa0\x80", false),
        ("PLAIN", b"\x01", true),
        ("PLAIN", b"-n", true),
        ("PLAIN", b"%s\\n$(exit 1)`'\"", true),
        ("DSN", b"postgresql+/x://h", false),
        ("DSN", b"postgresql+asyncpg://h", true),
        ("DSN", b"postgresql+a.b-c+d://h", true),
        ("DSN", b"postgresql+://h", false),
        ("DSN", b"postgresql+\xc3\xa9://h", false),
        ("DSN", b"postgresql+x://h/+/://i", true),
        ("DSN", b"postgresqls://h", false),
        ("DSN", b"mysql+postgresql://h", false),
        ("KEY", b"wk", false),
        ("KEY", b" wk-a", false),
        ("PASSWORD", b"a~b_c-d.e", true),
        ("PASSWORD", b"a/b", false),
        ("PASSWORD", "\u{e9}".as_bytes(), false),
        ("PASSWORD", b"a\nb", false),
    ];
    let test = Test::new().file("app.todo", PROGRAM);
    fs::create_dir(test.path("bin")).expect("a folder");
    let kubectl = test.path("bin/kubectl");
    fs::write(
        &kubectl,
        "#!/bin/sh\ncase $1 in apply) cat >/dev/null ;; esac\n",
    )
    .expect("a file");
    fs::set_permissions(&kubectl, fs::Permissions::from_mode(0o755)).expect("a program");
    let script = test.run(&["secrets", "script", "app.todo"]).ok().stdout;
    assert!(!script.contains(CANARY), "{script}");
    fs::write(test.path("make.sh"), script).expect("a file");
    let with = |mut command: Command, name: &str, value: &[u8]| {
        for (other, right) in RIGHT {
            let value = if other == name { value } else { right };
            command.env(other, OsStr::from_bytes(value));
        }
        let path = format!("{}:/usr/bin:/bin", test.path("bin").display());
        let output = command.env("PATH", path).output().expect("it starts");
        let shown = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(!shown.contains(CANARY), "{shown}");
        (output.status.code(), shown)
    };
    let mut failures = Vec::new();
    for (name, value, takes) in cases {
        let check = test.command(&["secrets", "check", "app.todo"]);
        let (status, told) = with(check, name, value);
        assert_eq!(status, Some(i32::from(!takes)), "{name} {value:?}: {told}");
        for shell in ["dash", "bash"] {
            let mut command = Command::new(shell);
            command.arg("make.sh").current_dir(test.path(""));
            let (status, told) = with(command, name, value);
            let agrees = if *takes {
                status == Some(0)
            } else {
                status == Some(1) && told.contains(&format!("${name} "))
            };
            if !agrees {
                failures.push(format!("{shell}: {name} {value:?}: {status:?} {told}"));
            }
        }
    }
    crate::support::report(&failures);
}
