//! Values are handed on through one pipe: `pipe`, and what strace sees of every command.

use super::{CANARY, RIGHT, env_file, ran, shop, with};
use crate::cli::Test;
use crate::commands::server;
use crate::support::{files, has_tool, path, read};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fs;
use std::process::{Command, Stdio};

pub(super) const PIPE: [&str; 4] = ["secrets", "pipe", "app.todo", "--"];

/// A folder with the values in the environment, in which programs are found.
pub(super) fn given() -> Test {
    with(shop(), &RIGHT).env("PATH", "/usr/bin:/bin")
}

#[test]
fn what_a_program_prints_is_masked() {
    let test = given();
    let of = |args: &[&str]| ran(&test, &[&PIPE[..], args].concat());
    let shown = of(&["cat"]);
    assert_eq!(shown.stdout.matches(": \"***\"\n").count(), 4, "{shown:?}");
    // Whoever reads it would take it for the program's own.
    assert_eq!(shown.status, Some(2));
    assert!(
        shown
            .stderr
            .starts_with("error: `cat` printed values: `***` is in their places\nhelp: "),
        "{shown:?}"
    );
    let decoded = of(&[
        "sh",
        "-c",
        "sed -n 's/^  \"OWN_KEY\": \"\\(.*\\)\"$/\\1/p' | base64 -d >&2",
    ]);
    assert!(decoded.stderr.starts_with("***"), "{decoded:?}");
    // It has what it needs, and no variable with a value.
    let names = of(&["sh", "-c", "wc -l; env | cut -d= -f1"]);
    let names: Vec<_> = names.stdout.lines().map(str::trim).collect();
    assert!(names.contains(&"PATH"), "{names:?}");
    assert!(
        RIGHT.iter().all(|(name, _)| !names.contains(name)),
        "{names:?}"
    );
    let ends = of(&["sh", "-c", "cat >/dev/null; exit 3"]);
    assert_eq!(
        (ends.status, ends.stderr.as_str()),
        (Some(2), "error: `sh` ended with status 3\n")
    );
    let dies = of(&["sh", "-c", "kill -9 $$"]);
    assert_eq!(
        (dies.status, dies.stderr.as_str()),
        (Some(2), "error: `sh` was ended by a signal\n")
    );
    of(&["no-such\x1b[31mprogram"])
        .fails("error: `no-such␛[31mprogram` isn't installed, or isn't in the PATH\n");
    // One that doesn't read, and one that never stops printing to a reader who has gone.
    of(&["true"]).ok();
    let wrong = with(shop(), &RIGHT[1..]).env("PATH", "/usr/bin:/bin");
    let wrong = ran(&wrong, &[&PIPE[..], &["touch", "started"]].concat());
    assert_eq!(
        (wrong.status, wrong.stdout.as_str()),
        (Some(1), ""),
        "{wrong:?}"
    );
    assert!(
        wrong
            .stderr
            .ends_with("1 value missing or wrong; nothing was started\n"),
        "{wrong:?}"
    );
}

/// The same application, whose chart takes the values of secrets.
fn charted() -> String {
    super::SHOP.replacen(" }\n", ", helm { secrets values } }\n", 1)
}

const PIPE_VALUES: [&str; 6] = ["secrets", "pipe", "app.todo", "--as", "values", "--"];

#[test]
fn a_chart_gets_its_values() {
    let with_values = |test: Test, values| with(test, values).env("PATH", "/usr/bin:/bin");
    let test = with_values(Test::new().file("app.todo", charted()), &RIGHT);
    let shown = ran(&test, &[&PIPE_VALUES[..], &["cat"]].concat());
    assert_eq!(
        shown.stdout,
        "db:\n  secrets:\n    dbPassword: \"***\"\nsecrets:\n  sentry: \"***\"\n  \
         sessionKey: \"***\"\nweb:\n  secrets:\n    ownKey: \"***\"\n"
    );
    // One that must be there isn't: nothing is started.
    let wrong = with_values(Test::new().file("app.todo", charted()), &RIGHT[1..]);
    let wrongly = ran(&wrong, &[&PIPE_VALUES[..], &["touch", "started"]].concat());
    assert_eq!(wrongly.status, Some(1), "{wrongly:?}");
    assert!(!wrong.path("started").exists());
    // A chart that reads Secrets takes no values of them.
    let refused = ran(
        &given(),
        &[&PIPE_VALUES[..], &["touch", "started"]].concat(),
    );
    assert_eq!(refused.status, Some(2), "{refused:?}");
    assert!(
        refused.stderr.starts_with(
            "error: the chart of `shop` takes no values of secrets: its pods read Secrets that \
             exist already\n"
        ),
        "{refused:?}"
    );
}

#[test]
fn a_chart_gets_any_value_as_it_is_and_nobody_sees_it() {
    let hostile =
        "CANARY \\ \"q\" 'a' {{ x }} $HOME\t\u{85}\u{7f}\u{1}\u{1f980}\u{2028}\u{feff}é: #\n two";
    let values = [
        ("SESSION_KEY", hostile),
        ("DB_PASSWORD", "CANARY-db-password"),
        ("WEB_KEY", "wk-CANARY"),
    ];
    let test = values
        .iter()
        .fold(Test::new(), |test, (name, value)| test.env(name, value));
    let test = test
        .file("app.todo", charted())
        .env("PATH", "/usr/bin:/bin");
    let shown = ran(&test, &[&PIPE_VALUES[..], &["tee", "got"]].concat());
    assert!(shown.stdout.contains("sessionKey: \"***\"\n"), "{shown:?}");
    let got = fs::read_to_string(test.path("got")).expect("what it got");
    let got: serde_json::Value = serde_yaml::from_str(&got).expect("YAML");
    assert_eq!(got["secrets"]["sessionKey"], hostile);
    assert_eq!(got["web"]["secrets"]["ownKey"], "wk-CANARY");
    assert_eq!(got["secrets"].get("sentry"), None, "it is optional");
}

#[test]
fn beside_a_short_value_nothing_is_shown() {
    let program =
        "app shop\nsecret PIN from env\ntier web { image \"nginx:1.29\", port 80, env { PIN } }\n";
    let test = Test::new()
        .file("app.todo", program)
        .env("PIN", "x1")
        .env("PATH", "/usr/bin:/bin");
    let shown = ran(&test, &[&PIPE[..], &["cat"]].concat());
    assert_eq!(shown.stdout, "");
    assert_eq!(shown.status, Some(2));
    assert!(
        shown.stderr.starts_with(
            "error: what `cat` printed is withheld: a value is too short to be masked in it\nhelp: "
        ),
        "{shown:?}"
    );
    // One that prints nothing has nothing that could be taken for its own.
    ran(
        &test,
        &[&PIPE[..], &["sh", "-c", "cat >/dev/null"]].concat(),
    )
    .ok();
    let complains = ran(&test, &[&PIPE[..], &["sh", "-c", "cat >&2"]].concat());
    assert_eq!(
        (complains.status, complains.stderr.as_str()),
        (
            Some(0),
            "note: `sh` complained, which is withheld: a value is too short to be masked in it\n"
        )
    );
}

#[test]
fn values_have_one_type_that_nothing_prints() {
    let code = read("src/cli/secrets/secret.rs");
    for word in [
        "derive",
        "Debug",
        "Display",
        "Clone",
        "Serialize",
        "Deref",
        "AsRef",
    ] {
        assert!(
            !code.contains(word),
            "src/cli/secrets/secret.rs holds `{word}`"
        );
    }
    for file in files(&path("src/cli/secrets"), "src/cli/secrets") {
        let code = read(&file);
        assert!(
            !code.contains("for Secret"),
            "{file} implements something for it"
        );
    }
}

/// The ways in which a command may be given its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Environment,
    File,
    StandardInput,
}

/// What strace sees of a command and all that it starts: the calls that hold a value.
fn calls(test: &Test, args: &[&str], source: Source, values: &str) -> Vec<String> {
    let mut traced = Command::new("strace");
    traced.args(["-f", "-v", "-y", "-s", "100000", "-o", "trace"]);
    traced.args([
        "-e",
        "trace=execve,write,writev,pwrite64,openat,sendto,sendmsg,rename",
    ]);
    traced.arg(env!("CARGO_BIN_EXE_todoc")).args(args);
    traced
        .current_dir(test.path(""))
        .env_clear()
        .stdin(Stdio::null());
    traced
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", test.path(""));
    if let Some(server) = server() {
        traced.env("KUBECONFIG", &server.kubeconfig);
    }
    match source {
        Source::Environment => {
            let pairs = values.lines().filter_map(|line| line.split_once('='));
            traced.envs(pairs.map(|(name, value)| (name, value.trim_matches('\''))));
        }
        Source::File => {
            traced.args(["--env-file", "x.env"]);
        }
        Source::StandardInput => {
            traced.args(["--env-file", "-"]);
            let file = fs::File::open(test.path("x.env")).expect("a file");
            traced.stdin(file);
        }
    }
    let output = traced.output().expect("strace was here just now");
    let shown = [output.stdout, output.stderr].concat();
    let shown = String::from_utf8_lossy(&shown);
    let spellings = spellings(values);
    assert!(
        spellings.iter().all(|it| !shown.contains(it)),
        "{args:?}: {shown}"
    );
    let trace =
        String::from_utf8_lossy(&fs::read(test.path("trace")).expect("a trace")).into_owned();
    fs::remove_file(test.path("trace")).expect("a trace");
    // What kubectl keeps beside it for the next time is looked at as well.
    for path in files(&test.path(""), "") {
        let bytes = fs::read(test.path(path.trim_start_matches('/'))).expect("a file");
        let shown = String::from_utf8_lossy(&bytes);
        let is_ours = path.ends_with("x.env");
        assert!(
            is_ours || spellings.iter().all(|it| !shown.contains(it)),
            "{args:?}: {path}"
        );
    }
    let lines = trace.lines();
    // The first is how the command itself is started.
    let lines = lines
        .skip(1)
        .filter(|line| spellings.iter().any(|it| line.contains(it)));
    lines.map(str::to_owned).collect()
}

/// What no call but one may hold: each value, as it is and in base64.
fn spellings(values: &str) -> Vec<String> {
    let pairs = values.lines().filter_map(|line| line.split_once('='));
    let values = pairs
        .map(|(_, value)| value.trim_matches('\''))
        .filter(|it| it.contains(CANARY));
    values
        .flat_map(|value| [value.to_owned(), STANDARD.encode(value)])
        .collect()
}

#[test]
fn a_value_stands_in_no_call_but_writes_to_a_pipe() {
    if !has_tool(
        "strace",
        Command::new("strace").args(["-o", "/dev/null", "true"]),
    ) {
        return;
    }
    let right = env_file(&RIGHT);
    let wrong = right.replace("wk-CANARY", "CANARY");
    let mut commands: Vec<(&[&str], usize)> = vec![
        (&["secrets", "list", "app.todo"], 0),
        (&["secrets", "template", "app.todo"], 0),
        (&["secrets", "script", "app.todo"], 0),
        (&["secrets", "check", "app.todo"], 0),
        (
            &[
                "secrets", "check", "app.todo", "--deny", "warnings", "--report", "json",
            ],
            0,
        ),
        // Without a cluster, and so without a pipe.
        (
            &["secrets", "apply", "app.todo", "-y", "--context", "nope"],
            0,
        ),
    ];
    // The server is asked about each of three Secrets, and then given it.
    if server().is_some() {
        commands.push((
            &[
                "secrets",
                "apply",
                "app.todo",
                "-y",
                "--create-namespace",
                "-t",
                "traced",
            ],
            3,
        ));
        // What didn't change is compared with what the server has: four values.
        commands.push((&["secrets", "apply", "app.todo", "-y", "-t", "traced"], 7));
    }
    for source in [Source::Environment, Source::File, Source::StandardInput] {
        for (args, writes) in &commands {
            let reads_none = ["list", "template", "script"].contains(&args[1]);
            if reads_none && source != Source::Environment {
                continue;
            }
            for values in [&right, &wrong] {
                let program = super::SHOP.replace(
                    "target production",
                    "target traced { namespace shop-traced }\ntarget production",
                );
                let program = match source {
                    Source::Environment => program.replace("shop-traced", "traced-a"),
                    Source::File => program.replace("shop-traced", "traced-b"),
                    Source::StandardInput => program.replace("shop-traced", "traced-c"),
                };
                let test = Test::new().file("app.todo", program).file("x.env", values);
                let calls = calls(&test, args, source, values);
                let is_pipe = |call: &String| call.contains(" write(") && call.contains("<pipe:[");
                assert!(calls.iter().all(is_pipe), "{args:?} {source:?}: {calls:#?}");
                let writes = if values == &right { *writes } else { 0 };
                assert_eq!(calls.len(), writes, "{args:?} {source:?}: {calls:#?}");
            }
        }
    }
    // The other program's pipes are its own; it gets the values by one write.
    for (program, pipe) in [
        (super::SHOP.to_owned(), &PIPE[..]),
        (charted(), &PIPE_VALUES[..]),
    ] {
        let test = Test::new().file("app.todo", program);
        let args = [pipe, &["sh", "-c", "cat >/dev/null"]].concat();
        let calls = calls(&test, &args, Source::Environment, &right);
        let (ours, theirs): (Vec<_>, Vec<_>) =
            calls.iter().partition(|call| call.contains("<pipe:["));
        assert_eq!(ours.len(), 1, "{calls:#?}");
        assert!(
            theirs.iter().all(|call| call.contains("/dev/null>")),
            "{calls:#?}"
        );
    }
}
