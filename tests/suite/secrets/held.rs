//! Values are held to their rules: `check`, from every source, with nothing of a value shown.

use super::{CANARY, RIGHT, env_file, ran, right, shop, with};
use crate::cli::{Ran, Test};
use serde_json::Value;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

const CHECK: [&str; 3] = ["secrets", "check", "app.todo"];

#[test]
fn values_come_from_the_environment_or_from_files_alone() {
    let in_environment = with(shop(), &RIGHT);
    assert_eq!(
        right(&in_environment, &CHECK)
            .matches("\n  ok       ")
            .count(),
        4
    );
    let file = shop().file("x.env", env_file(&RIGHT));
    let of = |test: &Test, files: &[&str]| {
        let files = files.iter().flat_map(|file| ["--env-file", file]);
        ran(test, &CHECK.into_iter().chain(files).collect::<Vec<_>>())
    };
    of(&file, &["x.env"]).ok();
    // A stale variable doesn't slip in.
    let both = with(shop(), &RIGHT).file("x.env", env_file(&RIGHT[1..]));
    let missing = of(&both, &["x.env"]);
    assert_eq!(missing.status, Some(1));
    assert!(missing.stdout.contains(
        "  missing  SESSION_KEY: $SESSION_KEY isn't set (make one: openssl rand -hex 32);\n    line 3 of app.todo\n"
    ), "{missing:?}");
    // Of several the last counts.
    let several = shop()
        .file("a.env", env_file(&RIGHT))
        .file("b.env", "WEB_KEY=CANARY\nOTHER=CANARY\n");
    of(&several, &["b.env", "a.env"]).ok();
    let wrong = of(&several, &["a.env", "b.env"]);
    assert_eq!(wrong.status, Some(1));
    assert!(
        wrong.stdout.contains(
            "  wrong    OWN_KEY: $WEB_KEY doesn't start with `wk-`; line 13 of app.todo\n"
        ),
        "{wrong:?}"
    );
    let piped = shop().stdin(env_file(&RIGHT));
    of(&piped, &["-"]).ok();
    let twice = of(&piped, &["-", "-"]);
    twice.fails("error: standard input can be read once\nhelp: write `-` once\n");
    let program = shop().stdin(super::SHOP);
    ran(&program, &["secrets", "check", "-", "--env-file", "-"])
        .fails("error: standard input can be read once\nhelp: write `-` once\n");
    of(&piped, &["none.env"])
        .fails("error: can't read none.env: there is no such file or folder\n");
}

#[test]
fn what_cannot_be_right_is_told_without_the_value() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "missing  SESSION_KEY: $SESSION_KEY isn't set"),
        (b"  \t ", "wrong    SESSION_KEY: $SESSION_KEY is blank"),
        (
            b"CANARY",
            "wrong    SESSION_KEY: $SESSION_KEY has fewer than 12 characters",
        ),
        (
            b"CANARY-CANARY-\xff",
            "wrong    SESSION_KEY: $SESSION_KEY isn't UTF-8 text",
        ),
        (
            b"\xf0\x9f\x98\x80CANARY",
            "wrong    SESSION_KEY: $SESSION_KEY has fewer than 12",
        ),
        (
            b"CANARY-CANARY ",
            "warning  SESSION_KEY: $SESSION_KEY begins or ends with a blank",
        ),
        (
            b"CANARY-CANARY\n",
            "warning  SESSION_KEY: $SESSION_KEY ends with a line break",
        ),
        (
            b"<CANARY-CANARY>",
            "warning  SESSION_KEY: $SESSION_KEY looks like a placeholder",
        ),
        (
            b"CANARY-db-password",
            "is the value of `SESSION_KEY` as well",
        ),
    ];
    for (value, expected) in cases {
        let test = with(shop(), &RIGHT[1..]);
        let value = OsStr::from_bytes(value);
        let mut command = test.command(&CHECK);
        let output = command
            .env("SESSION_KEY", value)
            .output()
            .expect("todoc starts");
        let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let (stdout, stderr) = (utf8(&output.stdout), utf8(&output.stderr));
        let one_line = stdout.replace("\n    ", " ");
        assert!(one_line.contains(expected), "{value:?}: {stdout}");
        assert!(
            !stdout.contains(CANARY) && stderr.is_empty(),
            "{stdout}{stderr}"
        );
        let stops = expected.starts_with("wrong") || expected.starts_with("missing");
        let status = i32::from(stops);
        assert_eq!(output.status.code(), Some(status), "{stdout}");
        let mut denied = test.command(&[&CHECK[..], &["--deny", "warnings"]].concat());
        let output = denied
            .env("SESSION_KEY", value)
            .output()
            .expect("todoc starts");
        assert_eq!(output.status.code(), Some(1), "{value:?}");
    }
}

#[test]
fn a_secret_holds_a_mebibyte_and_no_more() {
    let of = |length: usize| {
        let value = CANARY.repeat(length / CANARY.len() + 1);
        let lines = env_file(&RIGHT[1..]) + &format!("SESSION_KEY='{}'\n", &value[..length]);
        let test = shop().file("x.env", lines);
        ran(&test, &[&CHECK[..], &["--env-file", "x.env"]].concat())
    };
    // The other value of the same Secret.
    let other = RIGHT[1].1.len();
    of((1 << 20) - other).ok();
    let ran = of((1 << 20) - other + 1);
    assert_eq!(ran.status, Some(1));
    let told = "  wrong    SESSION_KEY: $SESSION_KEY is too large: all values of Secret \
                `shop-secrets` may have 1 MiB together (make one: openssl rand -hex 32); line 3 of app.todo\n";
    let stdout = ran.stdout.replace("\n    ", " ");
    assert!(stdout.contains(told), "{ran:?}");
    assert_eq!(stdout.matches("1 MiB").count(), 1, "{ran:?}");
}

#[test]
fn a_file_that_is_read_differently_elsewhere_is_told_by_line_and_name() {
    let of = |text: &[u8]| -> Ran {
        let test = shop().file("x.env", text);
        let ran = ran(&test, &[&CHECK[..], &["--env-file", "x.env"]].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        ran
    };
    for (text, expected) in [
        (
            "# x\nSESSION_KEY=CANARY$CANARY\n",
            "line 2: the value of `SESSION_KEY` is read differently by other programs\nhelp: write it in 'single quotes'\n",
        ),
        (
            "SESSION_KEY='CANARY\n",
            "line 1: the quotation of `SESSION_KEY` doesn't end\nhelp: close it",
        ),
        (
            "CANARY CANARY\n",
            "line 1: it isn't `NAME=value`\nhelp: write NAME='value'",
        ),
        (
            "WEB_KEY=CANARY\n\nWEB_KEY=CANARY\n",
            "line 3: `WEB_KEY` is on line 1 already\nhelp: keep one",
        ),
        ("WEB_KEY=CANARY\0\n", "line 1: there is a NUL byte\n"),
        (
            "\u{feff}WEB_KEY=CANARY\n",
            "line 1: there is a byte-order mark\n",
        ),
    ] {
        let told = of(text.as_bytes()).stderr;
        assert!(
            told.starts_with(&format!("error: x.env, {expected}")),
            "{told}"
        );
    }
    let told = of(b"A=1\nWEB_KEY=CANARY\xff\n").stderr;
    assert_eq!(
        told,
        "error: x.env, line 2: it is not UTF-8 text\nhelp: save the file as UTF-8\n"
    );
}

#[test]
fn values_of_several_lines_are_values() {
    let pem = "-----BEGIN CANARY KEY-----\nCANARY\n-----END CANARY KEY-----\n";
    let lines = env_file(&RIGHT[1..]) + &format!("SESSION_KEY='{pem}'\n");
    let file = |lines: &str| shop().file("x.env", lines);
    let args = [&CHECK[..], &["--env-file", "x.env", "--deny", "warnings"]].concat();
    let check = right(&file(&lines), &args);
    assert!(check.contains("  ok       SESSION_KEY\n"), "{check}");
    // Compose and shells keep both bytes of such a line's end, other readers one.
    let windows = ran(&file(&lines.replace('\n', "\r\n")), &args);
    assert_eq!(windows.status, Some(2), "{windows:?}");
    assert!(
        windows
            .stderr
            .ends_with("help: save the file with line feeds at the ends of lines, not CRLF\n"),
        "{windows:?}"
    );
}

#[test]
fn verdicts_are_also_for_programs() {
    let test = with(shop(), &RIGHT[..3]);
    let ran = ran(&test, &[&CHECK[..], &["--report", "json"]].concat());
    assert_eq!(ran.status, Some(1));
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let values = report["values"].as_array().expect("a list").iter();
    let verdicts: Vec<_> = values
        .map(|it| it["verdict"].as_str().expect("a word"))
        .collect();
    assert_eq!(verdicts, ["ok", "ok", "missing", "ok"]);
}
