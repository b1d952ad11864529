//! Folders and processes that are against the command: a disk that fails at any call, folders that
//! may not be written or aren't folders, locks that lie, files that are too large. What is promised of
//! files holds all the same, and nothing panics.
//!
//! `folder` has builds that are cut off by time, and builds at once; `cli` has plain folders.

#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::symlink;
use std::process::{Command, Output, Stdio};

use crate::cli::{TODO, Test};
use crate::support::{has_tool, report};

/// Two tiers, and later one of them with another port.
const BEFORE: &str =
    "app shop\ntier web { image \"web:1\", port 80 }\ntier api { image \"api:1\" }\n";
const AFTER: &str = "app shop\ntier web { image \"web:1\", port 81 }\n";

/// A file below the folder of a test, and its text.
type Tree = Vec<(String, String)>;

/// What the first build writes, and what the second leaves.
fn trees() -> (Tree, Tree) {
    let test = Test::new().file("app.todo", BEFORE);
    test.run(&["build", "app.todo"]).ok();
    let old = test.tree("out");
    let test = test.file("app.todo", AFTER);
    test.run(&["build", "app.todo"]).ok();
    (old, test.tree("out"))
}

/// A folder that has the first build and is to have the second.
fn between(old: &Tree) -> Test {
    let test = Test::new().file("app.todo", AFTER);
    let files = old.iter();
    files.fold(test, |test, (path, text)| test.file(path, text))
}

// A disk that fails, and a process that ends, at any call.

/// The calls by which a build reads and changes a folder.
const CALLS: &[&str] = &[
    "openat", "write", "renameat", "mkdir", "unlink", "rmdir", "flock",
];

/// A build whose calls are traced into a file, with more options of strace's.
fn traced(test: &Test, options: &[&str]) -> Output {
    Command::new("strace")
        .args(["-o", "trace", "-e", &format!("trace={}", CALLS.join(","))])
        .args(options)
        .args([env!("CARGO_BIN_EXE_todoc"), "build", "app.todo"])
        .current_dir(test.path(""))
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("strace was here just now")
}

/// Files are whole, and the next build leaves what it should.
fn is_taken_up(test: &Test, old: &Tree, new: &Tree) -> Result<(), String> {
    for file in test.tree("out") {
        let is_passing = file.0.ends_with("todoc.lock") || file.0.contains("/.todoc-");
        if !(is_passing || old.contains(&file) || new.contains(&file)) {
            return Err(format!("{} is of no build", file.0));
        }
    }
    let ran = test.run(&["build", "app.todo"]);
    match ran.status {
        Some(0) if test.tree("out") == *new => Ok(()),
        Some(0) => Err("the next build leaves something else".to_owned()),
        _ => Err(ran.stderr),
    }
}

/// Does something to a build at each of its calls, one after the other, from the one on that reads its
/// source. `judge` says what is wrong with how it ended.
fn at_each_call(what: &str, judge: fn(&Output) -> Result<(), String>) {
    if !has_tool(
        "strace",
        Command::new("strace").args(["-o", "/dev/null", "true"]),
    ) {
        return;
    }
    let (old, new) = trees();
    let sound = between(&old);
    assert!(traced(&sound, &[]).status.success());
    let trace = sound.read("trace");
    let mut failures = Vec::new();
    let mut harmed = 0;
    for call in CALLS {
        let lines = trace.lines().filter(|line| line.starts_with(call));
        let mut numbered = lines.zip(1..).peekable();
        if *call == "openat" {
            // Before it come those of the system's own files.
            while numbered
                .next_if(|(line, _)| !line.contains("app.todo"))
                .is_some()
            {}
        }
        for (line, number) in numbered {
            let test = between(&old);
            let output = traced(
                &test,
                &["-e", &format!("inject={call}:{what}:when={number}")],
            );
            let mut judged = Ok(());
            if !output.status.success() {
                harmed += 1;
                judged = judge(&output);
            }
            let judged = judged.and_then(|()| is_taken_up(&test, &old, &new));
            failures.extend(judged.err().map(|why| format!("{line}: {why}")));
        }
    }
    report(&failures);
    assert!(harmed > 20, "{harmed} calls");
}

#[test]
fn a_build_killed_at_any_call_is_taken_up() {
    at_each_call("signal=KILL", |_| Ok(()));
}

#[test]
fn a_build_that_a_call_fails_says_so_and_is_taken_up() {
    at_each_call("error=ENOSPC", |output| {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let is_told = stderr.starts_with("error: ") && stderr.contains("no space is left");
        (output.status.code() == Some(2) && is_told)
            .then_some(())
            .ok_or_else(|| format!("{:?} {stderr}", output.status))
    });
}

// Folders that are other than usual.

/// A build behind commands of a shell that has mounts of its own.
fn mounted(test: &Test, script: &str) -> Option<Output> {
    let proof = ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"];
    if !has_tool("unshare", Command::new("unshare").args(proof)) {
        return None;
    }
    let output = Command::new("unshare")
        .args(["-m", "sh", "-ec", script, "sh", env!("CARGO_BIN_EXE_todoc")])
        .current_dir(test.path(""))
        .stdin(Stdio::null())
        .output();
    Some(output.expect("unshare was here just now"))
}

/// What was said on standard error.
fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_full_disk_is_an_error() {
    let test = Test::new().file("app.todo", TODO).file("out/x", "");
    let full = "mount -t tmpfs -o size=8k tmpfs out; \"$1\" build app.todo; test ! -e out/x";
    let Some(output) = mounted(&test, full) else {
        return;
    };
    let stderr = told(&output);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.starts_with("error: can't write `out/local/")
            && stderr.ends_with("`: no space is left\n"),
        "{stderr}"
    );
}

#[test]
fn a_folder_mounted_for_reading_is_an_error_and_stays() {
    let (old, _) = trees();
    let test = between(&old);
    let readable = "mount --bind out out; mount -o remount,ro,bind out; \"$1\" build app.todo";
    let Some(output) = mounted(&test, readable) else {
        return;
    };
    assert_eq!(
        (output.status.code(), told(&output).as_str()),
        (
            Some(2),
            "error: can't write `out/todoc.lock`: the file system is read-only\n"
        )
    );
    assert_eq!(test.tree("out"), old);
    // Whoever only looks, or changes nothing, needn't write.
    let test = test.file("app.todo", BEFORE);
    let output = mounted(&test, readable).expect("it was possible just now");
    assert_eq!(
        (output.status.code(), told(&output)),
        (Some(0), String::new())
    );
}

#[test]
fn folders_may_be_mounted_from_elsewhere() {
    let (old, new) = trees();
    let test = between(&old);
    let apart = "mkdir mine; mount -t tmpfs tmpfs mine; cp -r out/. mine; mount --bind mine out; \
                 mount -t tmpfs tmpfs out/kubernetes; cp -r mine/kubernetes/. out/kubernetes; \
                 \"$1\" build app.todo >/dev/null; mkdir kept; cp -r out kept";
    let Some(output) = mounted(&test, apart) else {
        return;
    };
    assert_eq!(
        (output.status.code(), told(&output)),
        (Some(0), String::new())
    );
    let kept = test.tree("kept/out").into_iter();
    let kept = kept.map(|(path, text)| (path.replace("kept/", ""), text));
    assert_eq!(kept.collect::<Tree>(), new);
}

#[test]
fn what_is_no_folder_is_named_and_stays() {
    let test = Test::new().file("app.todo", BEFORE).file("real/x", "");
    symlink("nowhere", test.path("dangling")).expect("a link");
    symlink("endless", test.path("endless")).expect("a link");
    let pipe = Command::new("mkfifo").arg(test.path("pipe")).status();
    assert!(pipe.is_ok_and(|status| status.success()));
    let name = "n".repeat(256);
    let path = "deep/".repeat(1000);
    for out in [
        "dangling",
        "endless",
        "pipe",
        "/dev/null",
        "/proc",
        "/proc/x",
        &name,
        &path,
    ] {
        let ran = test.run(&["build", "app.todo", "--out", out]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{out}");
        // What was deployed before is read first.
        let begins = ["error: can't write ", "error: can't read "];
        let is_told = begins.iter().any(|begin| ran.stderr.starts_with(begin));
        let named = is_told && ran.stderr.contains(out);
        assert!(named && ran.stderr.lines().count() < 3, "{}", ran.stderr);
    }
    assert!(!test.path("nowhere").exists() && test.tree("real").len() == 1);
    // A link that the user names leads where the user says.
    symlink("real", test.path("link")).expect("a link");
    test.run(&["build", "app.todo", "--out", "link"]).ok();
    assert!(test.path("real/todoc.lock").exists());
}

#[test]
fn a_folder_that_is_gone_is_an_error() {
    let test = Test::new().file("app.todo", BEFORE).file("gone/x", "");
    let output = Command::new("sh")
        .args([
            "-c",
            "rm -r \"$PWD\"; \"$0\" build \"$1\"",
            env!("CARGO_BIN_EXE_todoc"),
        ])
        .arg(test.path("app.todo"))
        .current_dir(test.path("gone"))
        .stdin(Stdio::null())
        .output()
        .expect("sh");
    let stderr = told(&output);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.starts_with("error: can't write `out`"), "{stderr}");
}

#[test]
fn closed_streams_are_nothing_to_a_build() {
    let open = Test::new().file("app.todo", AFTER);
    open.run(&["build", "app.todo"]).ok();
    let new = open.tree("out");
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        let test = Test::new().file("app.todo", AFTER);
        let script = format!("exec {closed}; exec \"$0\" build app.todo");
        let status = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_todoc")])
            .current_dir(test.path(""))
            .env_clear()
            .stdout(Stdio::null())
            .status()
            .expect("sh");
        assert_eq!(
            (status.code(), test.tree("out")),
            (Some(0), new.clone()),
            "{closed}"
        );
    }
}

// Locks that lie, and files that are too large.

/// A lock that says todoc wrote these files, with their bytes.
fn lock_of(paths: &[&str], text: &str) -> String {
    let folder = Test::new().file("x", text);
    let hash = Command::new("sha256sum").arg(folder.path("x")).output();
    let hash = String::from_utf8(hash.expect("sha256sum").stdout).expect("a hash");
    let head = "# todoc.lock 1: the files here that todoc wrote, and may replace or delete\n";
    let lines = paths
        .iter()
        .map(|path| format!("{}  {path}\n", &hash[..64]));
    head.to_owned() + &lines.collect::<String>()
}

#[test]
fn no_lock_leads_out_of_the_folder() {
    let paths = [
        "../mine",
        "kubernetes/../../mine",
        "docker/../../mine",
        "kubernetes/../../out/../mine",
        "kubernetes//../../mine",
        "kubernetes/link/mine",
        "docker/mine",
    ];
    for force in [&[][..], &["--force"]] {
        let test = Test::new()
            .file("app.todo", AFTER)
            .file("mine", "mine")
            .file("elsewhere/mine", "mine")
            .file("out/todoc.lock", lock_of(&paths, "mine"))
            .file("out/kubernetes/x", "");
        let absolute = lock_of(&[test.path("mine").to_str().expect("a path")], "mine");
        symlink("../../elsewhere", test.path("out/kubernetes/link")).expect("a link");
        symlink("../elsewhere", test.path("out/docker")).expect("a link");
        let args = [&["build", "app.todo"], force].concat();
        for lock in [test.read("out/todoc.lock"), absolute] {
            fs::write(test.path("out/todoc.lock"), lock).expect("a file");
            let ran = test.run(&args);
            assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
            for path in ["mine", "elsewhere/mine"] {
                assert_eq!(test.read(path), "mine");
            }
        }
    }
}

#[test]
fn what_would_fill_the_memory_is_not_read() {
    let (old, _) = trees();
    for (path, told) in [
        (
            "out/todoc.lock",
            "`todoc.lock` is damaged: it is larger than 16 MiB\n",
        ),
        (
            "out/kubernetes/30-web.yaml",
            "30-web.yaml: it is larger than 256 MiB\n",
        ),
    ] {
        let test = between(&old);
        let file = File::create(test.path(path)).expect("a file");
        // It has a length and no bytes.
        file.set_len(1 << 40).expect("a length");
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!(ran.status, Some(2), "{ran:?}");
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn a_row_of_the_lock_counts_as_it_is_written_alone() {
    for path in [
        "kubernetes//30-web.yaml",
        "./kubernetes/30-web.yaml",
        "kubernetes/./30-web.yaml",
    ] {
        let (old, _) = trees();
        let test = between(&old).file("app.todo", BEFORE);
        let objects = test.read("out/kubernetes/30-web.yaml");
        let row = lock_of(&[path], &objects);
        let row = row.lines().last().expect("a row");
        let lock = test.read("out/todoc.lock") + row + "\n";
        let test = test.file("out/todoc.lock", &lock);
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!(ran.status, Some(2), "{ran:?}");
        assert!(
            ran.stderr.contains("`todoc.lock` is damaged"),
            "{}",
            ran.stderr
        );
        assert_eq!(test.read("out/kubernetes/30-web.yaml"), objects);
        let ran = test.run(&["build", "app.todo", "--force"]);
        assert!(!ran.stdout.contains("delete"), "{}", ran.stdout);
        assert_eq!(test.read("out/kubernetes/30-web.yaml"), objects);
    }
}

#[test]
fn nothing_beside_a_build_holds_it_up() {
    let (old, _) = trees();
    let targets = format!("{BEFORE}target here {{ namespace here }}\n");
    let test = between(&old)
        .file("app.todo", targets)
        .file("out/huge/todoc.lock", "");
    let pipe = |path: &str| {
        let made = Command::new("mkfifo").arg(test.path(path)).status();
        assert!(made.is_ok_and(|status| status.success()), "a pipe");
    };
    for (folder, file) in [("piped", "kustomization.yaml"), ("locked", "todoc.lock")] {
        fs::create_dir(test.path(&format!("out/{folder}"))).expect("a folder");
        pipe(&format!("out/{folder}/{file}"));
    }
    fs::write(test.path("out/piped/todoc.lock"), "").expect("a file");
    fs::write(test.path("out/locked/kustomization.yaml"), "").expect("a file");
    let huge = File::create(test.path("out/huge/kustomization.yaml")).expect("a file");
    huge.set_len(1 << 40).expect("a length");
    for (folder, device) in [("zero", "/dev/zero"), ("random", "/dev/urandom")] {
        let test = test.path(&format!("out/{folder}"));
        fs::create_dir(&test).expect("a folder");
        fs::write(test.join("todoc.lock"), "").expect("a file");
        symlink(device, test.join("kustomization.yaml")).expect("a link");
    }
    symlink("/proc", test.path("out/proc")).expect("a link");
    symlink("loop", test.path("out/loop")).expect("a link");
    pipe("out/pipe");
    test.run(&["build", "app.todo"]).ok();
    test.run(&["build", "app.todo", "--all-targets"]).ok();
    let tree = test.path("out/here/todoc.lock");
    assert!(tree.exists());
}

#[test]
fn no_link_takes_a_build_elsewhere() {
    const SOURCE: &str = "app shop\ntier web { image \"web:1\" }\ntarget here { namespace here }\n";
    for link in ["out", "out/here"] {
        let test = Test::new().file("app.todo", SOURCE).file("elsewhere/x", "");
        if link != "out" {
            fs::create_dir(test.path("out")).expect("a folder");
        }
        symlink(test.path("elsewhere"), test.path(link)).expect("a link");
        for options in [&[][..], &["--all-targets"], &["--force"], &["--check"]] {
            test.run(&[&["build", "app.todo"], options].concat())
                .fails(&format!(
                    "error: can't build into `{link}`: it is a symbolic link\n\
                 help: remove the link, or name the folder that it leads to with --out\n"
                ));
        }
        assert_eq!(test.tree("elsewhere").len(), 1);
        test.run(&["build", "app.todo", "--target", "here", "--out", link])
            .ok();
    }
}

#[test]
fn a_build_that_waits_for_another_says_so() {
    let test = Test::new().file("app.todo", BEFORE).file("out/x", "");
    let folder = File::open(test.path("out")).expect("a folder");
    folder.lock().expect("a lock");
    let mut waiting = test
        .command(&["build", "app.todo"])
        .stdout(Stdio::null())
        .spawn()
        .expect("todoc starts");
    let mut stderr = BufReader::new(waiting.stderr.take().expect("a pipe"));
    let mut said = String::new();
    stderr.read_line(&mut said).expect("a line");
    assert_eq!(said, "waiting for another build into `out`\n");
    folder.unlock().expect("no lock");
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "");
    assert!(waiting.wait().expect("it ends").success());
}

#[test]
fn what_is_allowed_is_not_shown_for_that() {
    let key = ["sk", "-live", "-q7Zk2vXw9RtBn4Lm8Hd6Jp3Ys5Gf1Cx0"].concat();
    let source = format!(
        "app shop\ntier web {{\n  image \"web:1\"\n  allow E0220 \"it is revoked\"\n  \
         file \"./settings\" at \"/etc/settings\"\n  env {{ KEY = \"{key}\" }}\n}}\n"
    );
    let test = Test::new()
        .file("app.todo", &source)
        .file("settings", format!("a\nkey {key}\n"));
    for options in [
        &["build", "app.todo", "--check"][..],
        &["build", "app.todo"],
        &["check", "app.todo", "--report", "json"],
        &["check", "app.todo", "--report", "sarif"],
        &["build", "app.todo", "--check"],
    ] {
        let ran = test.run(options);
        let told = ran.stdout + &ran.stderr;
        assert!(
            !told.contains(&key) && !told.contains("E0220]"),
            "{options:?}: {told}"
        );
    }
    // What is printed as files are the files; what is said beside them is not.
    let ran = test.run(&["build", "app.todo", "--stdout"]);
    assert!(
        ran.stdout.contains(&key) && !ran.stderr.contains(&key),
        "{ran:?}"
    );
    let file = "out/kubernetes/30-web.yaml";
    let objects = test.read(file).replace(&key, &format!("{key}2"));
    let test = test.file(file, objects);
    let ran = test.run(&["build", "app.todo", "--check"]);
    assert_eq!(ran.status, Some(1));
    let told = ran.stdout + &ran.stderr;
    assert!(told.contains(file) && !told.contains(&key), "{told}");
}

#[test]
fn nothing_that_is_written_acts_on_a_terminal() {
    let misleading = "a\u{202e}b\u{2066}c\u{200f}d\u{9b}e\u{2028}f";
    let source = format!(
        "app shop {{ helm {{ secrets values }} }}\nsecret K from env {{ message \"{misleading}\" }}\n\
         config {{ KEY = \"{misleading}\" }}\ntier web {{\n  build nextjs \".\" {{ NEXT_PUBLIC_A = \
         \"{misleading}\" }}\n  port 3000\n  env {{ ..config, K }}\n}}\n"
    );
    let test = Test::new().file("app.todo", source);
    let formats = "kubernetes,docker,helm,compose";
    test.run(&["build", "app.todo", "--no-context", "--emit", formats]);
    let mut tree = test.tree("out");
    let script = test.run(&["secrets", "script", "app.todo"]).ok();
    tree.push(("script".to_owned(), script.stdout));
    assert!(
        tree.iter().any(|(path, _)| path.ends_with("bake.json")),
        "{tree:?}"
    );
    for (path, text) in tree {
        let acts = |c: char| {
            c != '\n' && c != '\t' && c.is_control()
                || "\u{202e}\u{2066}\u{200f}\u{2028}".contains(c)
        };
        assert!(
            path.ends_with("Dockerfile") || !text.contains(acts),
            "{path}: {text}"
        );
    }
}

#[test]
fn names_are_apart_in_any_case_and_fit_any_disk() {
    let object = |name: &str| {
        format!("apiVersion: example.com/v1\nkind: Example\nmetadata: {{name: {name}}}\n")
    };
    let long = "l".repeat(250);
    let mut source = "app shop\ntier web { image \"web:1\" }\n".to_owned();
    let mut test = Test::new();
    let paths = ["A", "a", "x/a", &long, &format!("x/{long}")];
    for (number, path) in paths.iter().enumerate() {
        source.extend(["object \"./", path, ".yaml\"\n"]);
        test = test.file(&format!("{path}.yaml"), object(&format!("n{number}")));
    }
    let test = test.file("app.todo", source);
    test.run(&["build", "app.todo"]).ok();
    let names = test.tree("out/kubernetes").into_iter();
    let mut names: Vec<_> = names.map(|(path, _)| path.to_lowercase()).collect();
    names.retain(|name| name.contains("/15-"));
    let count = names.len();
    names.dedup();
    assert_eq!((names.len(), count), (paths.len(), paths.len()));
    assert!(names.iter().all(|name| name.len() < 240), "{names:?}");
}

#[test]
fn a_report_is_not_written_over_its_source() {
    let test = Test::new().file("app.todo", BEFORE);
    symlink("app.todo", test.path("link")).expect("a link");
    fs::hard_link(test.path("app.todo"), test.path("hard")).expect("a link");
    for file in ["app.todo", "./app.todo", "link", "hard"] {
        let ran = test.run(&["check", "app.todo", "--report", &format!("json={file}")]);
        let told = format!("error: can't write a report over `{file}`\n");
        assert!(ran.stderr.starts_with(&told), "{}", ran.stderr);
        assert_eq!(
            (ran.status, test.read("app.todo").as_str()),
            (Some(2), BEFORE)
        );
    }
}

/// Whatever is in the place of a file that is written, no command waits for ever.
#[test]
fn what_is_written_to_is_no_pipe_that_nobody_reads() {
    let source = BEFORE.replacen("app shop", "app shop { pins \"pipe\" }", 1);
    let test = Test::new()
        .file("app.todo", BEFORE)
        .file("pins.todo", source);
    let pipe = Command::new("mkfifo").arg(test.path("pipe")).status();
    assert!(pipe.is_ok_and(|status| status.success()));
    let _socket = std::os::unix::net::UnixListener::bind(test.path("socket")).expect("a socket");
    fs::create_dir(test.path("folder")).expect("a folder");
    for args in [
        "check app.todo --report json=pipe",
        "check app.todo --report sarif=socket",
        "check app.todo --report json=folder",
        "fmt pipe",
        "fmt socket",
        "check pipe --fix",
        "check pipe --watch",
        "build pipe --watch",
        "pin pins.todo",
        "build app.todo --out pipe",
        "init pipe",
        "forget pipe",
    ] {
        let command = Command::new("timeout")
            .args(["20", env!("CARGO_BIN_EXE_todoc")])
            .args(args.split(' '))
            .current_dir(test.path("."))
            .stdin(Stdio::null())
            .output();
        let output = command.expect("timeout starts");
        let told = String::from_utf8_lossy(&output.stderr);
        // The program is wrong where it names what is no file.
        let status = if args.starts_with("pin") { 1 } else { 2 };
        assert!(
            output.status.code() == Some(status) && told.contains("error"),
            "{args}: {:?} {told}",
            output.status
        );
    }
    // Where somebody reads, it is a place for a report as any other.
    for report in ["json=pipe", "json=/dev/null", "json=/dev/stdout"] {
        let script = "[ $1 != json=pipe ] || timeout 20 cat pipe >read & \
                      timeout 20 \"$0\" check app.todo --report $1 >/dev/null; wait";
        let command = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_todoc"), report])
            .current_dir(test.path("."))
            .output();
        let told = command.expect("a shell").stderr;
        let told = String::from_utf8_lossy(&told);
        assert!(!told.contains("can't write"), "{report}: {told}");
    }
}

/// A file that the text names is a source as well, and what is no report at all is somebody's.
#[test]
fn a_report_takes_the_place_of_reports_alone() {
    let source = "app a\ntier t {\n  build dockerfile \"./web\"\n  file \"./empty\" at \"/f\"\n}\n\
                  object \"./o.yaml\"\n";
    let object = "apiVersion: example.com/v1\nkind: Example\nmetadata: {name: a}\n";
    let test = Test::new().file("app.todo", source).file("o.yaml", object);
    let test = test.file("empty", "").file("web/Dockerfile", "FROM x\n");
    test.run(&["build", "app.todo"]).ok();
    symlink("o.yaml", test.path("link")).expect("a link");
    symlink(".", test.path("here")).expect("a link");
    let lock = test.read("out/todoc.lock");
    let kept = [
        "o.yaml",
        "link",
        "here/o.yaml",
        "out/../o.yaml",
        "empty",
        "here/empty",
        "web/Dockerfile",
        "out/todoc.lock",
        "out/kustomization.yaml",
    ];
    for format in ["json", "sarif", "short", "github"] {
        for file in kept {
            let before = test.read(file);
            let ran = test.run(&["check", "app.todo", "--report", &format!("{format}={file}")]);
            let told = format!("error: can't write a report over `{file}`\n");
            assert!(ran.stderr.starts_with(&told), "{}", ran.stderr);
            assert_eq!((ran.status, test.read(file)), (Some(2), before));
        }
    }
    assert_eq!(test.read("out/todoc.lock"), lock);
    // Each takes the place of each other one, of what is wrong and of what is not.
    let wrong = "app a\ntier t { imag \"x:1\" }\n";
    fs::write(test.path("wrong.todo"), wrong).expect("a file");
    let formats = ["short", "json", "sarif", "github", "human", "json"];
    for text in ["app.todo", "wrong.todo", "nowhere.todo", "app.todo"] {
        for format in formats {
            let ran = test.run(&["check", text, "--report", &format!("{format}=report")]);
            assert!(
                !ran.stderr.contains("can't write a report"),
                "{}",
                ran.stderr
            );
        }
    }
    assert!(test.read("report").contains("\"name\": \"todoc\""));
}
