//! Every line that builds print for a shell is read alike by dash and bash: false programs say what they
//! were given.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::Test;
use crate::commands::commands_among;
use crate::support::{examples, has_tool, report};

/// What a false program does: it writes down its name, where it runs, what it is given, and a variable that
/// lines set; and says a number, which others compare or take for a name.
const FALSE: &str = r#"#!/bin/sh
line="${0##*/} in <${PWD#"$HOME"}> with <${OUT-}>:"
for word; do line="$line <$word>"; done
# At once, since both ends of a pipe write.
printf '%s\n' "$line" >>"$HOME/record"
case " $* " in *" -f - "*|*" -i "*) cat >/dev/null ;; esac
echo 7
"#;

/// Every program that a line starts, but for those of the shell itself.
const PROGRAMS: &[&str] = &[
    "docker", "grep", "helm", "kind", "kubectl", "minikube", "tail", "tar", "todoc",
];

const SHELLS: [&str; 2] = ["dash", "bash"];

/// The lines of a summary that a shell reads: beside `Next`, and below it with their comments.
fn lines(summary: &str) -> (String, String) {
    let (beside, next) = summary.split_once("\nNext\n").unwrap_or((summary, ""));
    // Behind it stands what is told of another target.
    let next = next.lines().map_while(|line| line.strip_prefix("  "));
    (
        commands_among(beside.lines().filter(|line| line.starts_with(' '))),
        next.map(|line| line.to_owned() + "\n").collect(),
    )
}

/// What the programs were given that a shell started.
fn record(shell: &str, test: &Test, script: &str) -> Result<Vec<String>, String> {
    let bin = test.path("bin");
    let _ = fs::remove_file(test.path("record"));
    let mut command = Command::new(shell);
    command.args(["-euc", script]).current_dir(test.path(""));
    let home = fs::canonicalize(test.path("")).expect("a folder");
    command.env_clear().env("HOME", home);
    // Nothing but what stands there is found.
    command.env("PATH", format!("{}:/usr/bin:/bin", bin.display()));
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for (at, _) in script.match_indices('$') {
        let name = script[at + 1..].trim_start_matches('{');
        let name = name.split(|c| !is_name(c)).next().unwrap_or_default();
        if !name.is_empty() && !["OUT", "HOME"].contains(&name) {
            command.env(name, format!("{shell} of it's"));
        }
    }
    let ran = command.output().expect("a shell");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    if !ran.status.success() || !said.is_empty() {
        return Err(format!("{shell}: {said}\n{script}"));
    }
    let record = fs::read_to_string(test.path("record")).unwrap_or_default();
    let record = record.replace(&format!("{shell} of it's"), "SHELL of it's");
    let mut lines: Vec<_> = record.lines().map(str::to_owned).collect();
    // Programs of one pipe write in any order.
    lines.sort();
    Ok(lines)
}

/// What is wrong with the lines of a summary.
fn faults(test: &Test, summary: &str, wanted: &mut usize) -> Vec<String> {
    let (beside, next) = lines(summary);
    let mut faults = Vec::new();
    for script in [beside, next] {
        for shell in SHELLS {
            let read = Command::new(shell).args(["-nc", &script]).output();
            let said = read.expect("a shell").stderr;
            if !said.is_empty() {
                faults.push(format!("{shell} -n: {}", String::from_utf8_lossy(&said)));
            }
        }
        match SHELLS.map(|shell| record(shell, test, &script)) {
            [Ok(one), Ok(other)] if one == other => *wanted += one.len(),
            [Ok(one), Ok(other)] => faults.push(format!("{one:#?}\n{other:#?}\n{script}")),
            [one, other] => faults.extend(one.err().into_iter().chain(other.err())),
        }
    }
    faults
}

/// A folder with programs that only say what they are given.
fn folder() -> Test {
    let mut test = Test::new();
    for program in PROGRAMS {
        test = test.file(&format!("bin/{program}"), FALSE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::Permissions::from_mode(0o755);
            let path = test.path(&format!("bin/{program}"));
            fs::set_permissions(path, mode).expect("a mode");
        }
    }
    test
}

/// The targets that a folder was built for: its folders, or itself.
fn built(out: &Path) -> Vec<Option<String>> {
    if out.join("todoc.lock").exists() {
        return vec![None];
    }
    let entries = fs::read_dir(out).expect("a folder");
    let names = entries.map(|it| it.expect("an entry").file_name());
    let names = names.map(|it| Some(it.into_string().expect("a text")));
    names.collect()
}

fn has_shells() -> bool {
    SHELLS
        .iter()
        .all(|shell| has_tool(shell, Command::new(shell).args(["-c", "true"])))
}

const EMIT: &[&str] = &["--emit", "kubernetes,docker,compose,helm"];

#[test]
fn both_shells_give_programs_the_same_words() {
    if !has_shells() {
        return;
    }
    let (mut wrong, mut programs) = (Vec::new(), 0);
    for example in examples() {
        // A folder whose name must be quoted, and one that is entered for the build of images.
        let folder_name = "it's $HOME";
        let test = folder().file(&format!("{folder_name}/app.todo"), &example.text);
        let file = format!("{folder_name}/app.todo");
        let has_targets = example.text.lines().any(|line| line.starts_with("target "));
        let mut args = vec!["build", &file, "--no-context", "--out", "my out"];
        args.extend(EMIT);
        if has_targets {
            args.push("--all-targets");
        }
        let ran = test.run(&args);
        assert_eq!(ran.status, Some(0), "{}: {}", example.name, ran.stderr);
        let mut summaries = vec![ran.stdout];
        for target in built(&test.path("my out")) {
            let out = target.as_ref().map(|it| format!("my out/{it}"));
            let mut args = vec!["next", &file, "--out", out.as_deref().unwrap_or("my out")];
            if let Some(target) = &target {
                args.extend(["-t", target]);
            }
            let ran = test.run(&args);
            assert_eq!(ran.status, Some(0), "{}: {}", example.name, ran.stderr);
            assert!(ran.stdout.contains("# for a POSIX shell"), "{}", ran.stdout);
            summaries.push(ran.stdout);
        }
        for summary in &summaries {
            let faults = faults(&test, summary, &mut programs);
            wrong.extend(
                faults
                    .into_iter()
                    .map(|it| format!("{}: {it}", example.name)),
            );
        }
    }
    assert!(programs > 200, "{programs} programs were started");
    report(&wrong);
}

/// What changes of data, of what is deleted and of contexts takes.
#[test]
fn both_shells_give_the_same_words_on_the_second_day() {
    const SHOP: &str = r#"app shop { namespace shop, registry "ghcr.io/acme", pull_secret "login", context "it's \"one\"" }

postgres db {
  version 17
  storage 10Gi
  secret DB_PASSWORD from env
}

tier api {
  build dockerfile "./api" { max_size 100M }
  port 8000
  health "/health"
  expose ingress "shop.example.com" tls
  volume media 5Gi at "/srv/media"
  env { DATABASE_URL = db.url }
}

tier worker from api { command "work" }
"#;
    if !has_shells() {
        return;
    }
    let (mut wrong, mut programs) = (Vec::new(), 0);
    for (from, to) in [
        ("version 17", "version 18"),
        ("10Gi", "20Gi"),
        ("10Gi", "5Gi"),
        ("postgres db", "postgres other"),
        ("5Gi", "4Gi"),
        ("volume media", "volume files"),
        ("namespace shop", "namespace live"),
        ("app shop", "app store"),
        ("tier worker from api { command \"work\" }\n", ""),
    ] {
        let test = folder().file("app.todo", SHOP);
        let args = ["build", "app.todo", "--no-context"];
        let ran = test.run(&args);
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
        let program = SHOP.replace(from, to).replace(
            "db.url",
            if to.contains("other") {
                "other.url"
            } else {
                "db.url"
            },
        );
        test.write("app.todo", &program);
        let ran = test.run(&args);
        assert_eq!(ran.status, Some(0), "{to}: {}", ran.stderr);
        let faults = faults(&test, &ran.stdout, &mut programs);
        wrong.extend(faults.into_iter().map(|it| format!("{to}: {it}")));
    }
    assert!(programs > 60, "{programs} programs were started");
    report(&wrong);
}
