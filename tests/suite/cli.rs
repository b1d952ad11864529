//! The command line, through the real binary.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// An application of one tier, with two targets.
pub(crate) const TODO: &str = r#"app todo {
  version "1.0.0"
}

secret OPENAI_API_KEY from env { starts_with "sk-" }

tier web {
  build nextjs "./web"
  port 3000
  health "/"
  env {
    OPENAI_API_KEY
  }
}

target local {
  images local
  host "localhost"
  tier web { expose nodeport 30080 }
}

target production {
  registry "ghcr.io/acme"
  tier web { expose ingress "todo.example.com" tls }
}
"#;

/// A run of `todoc` in a folder of its own, with an empty environment.
pub(crate) struct Test {
    folder: TempDir,
    /// The folder below it in which the command runs.
    within: &'static str,
    stdin: Vec<u8>,
    env: Vec<(&'static str, &'static str)>,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Test {
    pub(crate) fn new() -> Self {
        Test {
            folder: tempfile::tempdir().expect("a temporary folder"),
            within: "",
            stdin: Vec::new(),
            env: Vec::new(),
        }
    }

    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    pub(crate) fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    pub(crate) fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.env.push((name, value));
        self
    }

    fn within(mut self, folder: &'static str) -> Self {
        self.within = folder;
        self
    }

    pub(crate) fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    /// Puts a text into a file of the folder, whatever stands there.
    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file below a folder, with its bytes, sorted.
    pub(crate) fn tree(&self, folder: &str) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let text = fs::read_to_string(&path).expect("a text");
                    let name = path.strip_prefix(self.folder.path()).expect("a file below");
                    files.push((name.display().to_string(), text));
                }
            }
        }
        files.sort();
        files
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_todoc"));
        command.args(args).current_dir(self.path(self.within));
        command.env_clear().envs(self.env.iter().copied());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let mut child = self.command(args).spawn().expect("todoc starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // Not every command reads it.
        let _ = stdin.write_all(&self.stdin);
        drop(stdin);
        let output = child.wait_with_output().expect("todoc ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran {
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Ran {
    pub(crate) fn ok(self) -> Self {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (Some(0), ""),
            "{self:?}"
        );
        self
    }

    pub(crate) fn fails(self, stderr: &str) {
        assert_eq!(
            (self.status, self.stdout.as_str(), self.stderr.as_str()),
            (Some(2), "", stderr)
        );
    }
}

// Files and folders that are not as they should be.

#[test]
fn what_cannot_be_read_is_one_line() {
    let test = Test::new().file("folder/x", "");
    let too_long = "x".repeat(5000);
    for command in ["check", "build"] {
        test.run(&[command, "none.todo"])
            .fails("error: can't read `none.todo`: there is no such file or folder\n");
        test.run(&[command, "folder"])
            .fails("error: can't read `folder`: it is a folder\n");
        test.run(&[command, "folder/x/y"])
            .fails("error: can't read `folder/x/y`: a part of the path is a file\n");
        test.run(&[command, &too_long]).fails(&format!(
            "error: can't read `{too_long}`: the name is too long, or not allowed\n"
        ));
        test.run(&[command, "no\x1b[31mne"])
            .fails("error: can't read `no␛[31mne`: there is no such file or folder\n");
    }
    assert!(!test.path("out").exists());
}

#[test]
fn endless_input_is_refused() {
    if Path::new("/dev/zero").exists() {
        Test::new()
            .run(&["check", "/dev/zero"])
            .fails("error: can't read `/dev/zero`: it is larger than 32 MiB\n");
    }
}

#[test]
fn bytes_that_are_no_text_are_shown_where_they_begin() {
    let test = Test::new().file("app.todo", b"app todo\n\xe9t\xe9 \xff\n");
    let expected = "\
error[E0101]: the file is not UTF-8 text
  ┌─ app.todo:2:1
  │
2 │ �t� �
  │ ^ the byte 0xe9 fits no character here
  │
  = help: save the file as UTF-8

";
    for command in ["check", "build"] {
        let ran = test.run(&[command, "app.todo"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
        assert!(ran.stderr.starts_with(expected), "{}", ran.stderr);
        assert!(
            ran.stderr.ends_with("; `todoc explain E0101` says more\n"),
            "{}",
            ran.stderr
        );
    }
    let utf16 = Test::new()
        .stdin(*b"\xff\xfea\0p\0p\0")
        .run(&["check", "-"]);
    assert!(utf16.stderr.contains("<stdin>:1:1") && utf16.stderr.contains("looks like UTF-16"));
    assert!(!test.path("out").exists());
}

#[test]
fn whatever_the_bytes_the_status_is_one() {
    for bytes in [
        &b""[..],
        b"\0\0\0",
        b"\xef\xbb\xbf",
        b"}}}{{{",
        b"\r\r\n\r",
        &[0x80; 1000],
    ] {
        let ran = Test::new().stdin(bytes).run(&["check", "-"]);
        assert_eq!(
            (ran.status, ran.stdout.as_str()),
            (Some(1), ""),
            "{bytes:?} {}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    }
}

#[test]
fn a_wrong_text_writes_nothing_and_tells_where_to_read_on() {
    let test = Test::new().file("app.todo", TODO.replace("nextjs", "nexjs"));
    for command in [
        &["build", "app.todo"][..],
        &["build", "app.todo", "--stdout"],
    ] {
        let ran = test.run(command);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
        assert!(ran.stderr.starts_with("error[E0501]: "), "{}", ran.stderr);
        let last = "1 error in app.todo; nothing was built; `todoc explain E0501` says more\n";
        assert!(ran.stderr.ends_with(last), "{}", ran.stderr);
    }
    assert!(!test.path("out").exists());
}

#[test]
fn the_worst_of_several_files_decides() {
    let test = Test::new()
        .file("good.todo", TODO)
        .file("bad.todo", b"\xff");
    test.run(&["check", "good.todo", "good.todo"]).ok();
    let ran = test.run(&["check", "bad.todo", "good.todo"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.starts_with("good.todo: no errors\n"));
    let ran = test.run(&["check", "none.todo", "bad.todo", "good.todo"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stdout.starts_with("good.todo: no errors\n"));
    assert!(ran.stderr.contains("none.todo") && ran.stderr.contains("bad.todo:1:1"));
}

/// What one format refuses is no fault for another.
#[test]
fn a_check_may_be_for_one_format() {
    let program = "app shop\n\
        tier web { image \"a:1\", port 80, expose nodeport 30080 }\n\
        tier api { image \"a:1\", port 80, expose nodeport 30080 }\n";
    let test = Test::new().file("app.todo", program);
    for (emit, status) in [("docker", 0), ("kubernetes", 1), ("docker,kubernetes", 1)] {
        let ran = test.run(&["check", "app.todo", "--emit", emit]);
        assert_eq!(ran.status, Some(status), "{emit}: {ran:?}");
        let told = ran.stderr.contains("the node port 30080 is taken");
        assert_eq!(told, status == 1, "{emit}: {ran:?}");
    }
    assert_eq!(test.run(&["check", "app.todo"]).status, Some(1));
    let ran = test.run(&["check", "app.todo", "--emit", "yaml"]);
    assert_eq!(ran.status, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("kubernetes"), "{ran:?}");
}

// The command line itself.

#[test]
fn wrong_options_are_status_two() {
    let test = Test::new().file("app.todo", TODO);
    for args in [
        &[][..],
        &["biuld"],
        &["build"],
        &["check"],
        &["build", ""],
        &["build", "app.todo", "--emit", "yaml"],
        &["build", "app.todo", "--stdout", "--out", "x"],
        &["build", "app.todo", "--stdout", "--check"],
        &["build", "app.todo", "--stdout", "--all-targets"],
        &["build", "app.todo", "--check", "--force"],
        &["build", "app.todo", "--all-targets", "--target", "local"],
        &["build", "app.todo", "--color", "sometimes", "x"],
    ] {
        let ran = test.run(args);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(!ran.stderr.is_empty());
    }
}

#[test]
fn help_and_version_are_answers() {
    for args in [
        &["--help"][..],
        &["build", "--help"],
        &["check", "-h"],
        &["fmt", "-h"],
        &["init", "--help"],
        &["explain", "-h"],
    ] {
        let ran = Test::new().run(args).ok();
        assert!(ran.stdout.contains("Usage: todoc"), "{}", ran.stdout);
        let widest = ran.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{}", ran.stdout);
    }
    let version = Test::new().run(&["--version"]).ok().stdout;
    let commit = version.strip_prefix(concat!("todoc ", env!("CARGO_PKG_VERSION")));
    let commit = commit.expect("the version").trim_end();
    // A build that nobody told its commit says none.
    let is_commit = |text: &str| {
        let digits = text.strip_prefix(" (").and_then(|it| it.strip_suffix(')'));
        digits.is_some_and(|it| it.len() == 12 && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    assert!(commit.is_empty() || is_commit(commit), "{version}");
}

#[test]
fn shells_complete_commands_and_options() {
    let test = Test::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = test.run(&["completions", shell]).ok().stdout;
        assert!(
            script.contains("init") && script.contains("all-targets"),
            "{shell}"
        );
    }
    let bash = test.run(&["completions", "bash"]).ok().stdout;
    let test = test.file("todoc.bash", &bash);
    let words = "source todoc.bash; COMP_WORDS=(todoc chec); COMP_CWORD=1; _todoc todoc chec todoc; echo ${COMPREPLY[@]}";
    if let Ok(output) = Command::new("bash")
        .args(["-c", words])
        .current_dir(test.path(""))
        .output()
    {
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            "check\n",
            "{output:?}"
        );
    }
}

#[test]
fn codes_are_listed_and_explained() {
    let test = Test::new();
    let list = test.run(&["explain"]).ok().stdout;
    assert!(
        list.starts_with("The words of the language\n\nat the top level\n  app "),
        "{list}"
    );
    let codes = "\nCodes: errors of syntax\n\nE0101  the file is not UTF-8 text\n";
    assert!(list.contains(codes), "{list}");
    let page = test.run(&["explain", "e0101"]).ok().stdout;
    assert!(
        page.starts_with("# E0101: the file is not UTF-8 text\n"),
        "{page}"
    );
    test.run(&["explain", "E101"]).fails(
        "error: there is no code and no word `E101`\nhelp: did you mean `E0101`? `todoc explain` lists all\n",
    );
    test.run(&["explain", "\x1b]0;x\x07"])
        .fails("error: there is no code and no word `␛]0;x␇`\nhelp: `todoc explain` lists all\n");
}

#[test]
fn colours_are_for_who_wants_them() {
    let colourful = |test: Test, args: &[&str]| test.run(args).stderr.contains('\x1b');
    let args = ["check", "none.todo"];
    assert!(!colourful(Test::new(), &args));
    assert!(colourful(
        Test::new(),
        &["check", "none.todo", "--color", "always"]
    ));
    assert!(colourful(Test::new().env("CLICOLOR_FORCE", "1"), &args));
    assert!(!colourful(
        Test::new().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"),
        &args
    ));
    let forced = Test::new().env("CLICOLOR_FORCE", "1");
    assert!(!colourful(
        forced,
        &["--color", "never", "check", "none.todo"]
    ));
}

#[test]
fn whoever_closes_the_pipe_has_read_enough() {
    let test = Test::new().file("app.todo", TODO);
    for args in [
        &["explain"][..],
        &["--help"],
        &["check", "app.todo"],
        &["build", "app.todo"],
        &["build", "app.todo", "--stdout"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = test
            .command(args)
            .stdin(Stdio::null())
            .stdout(writer)
            .output()
            .expect("todoc ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?} {stderr}");
        assert!(
            !stderr.contains("panicked") && !stderr.contains("Broken pipe"),
            "{stderr}"
        );
    }
}

#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    let test = Test::new();
    for args in ["explain", "--help", "--version"] {
        let output = test
            .command(&[args])
            .stdout(full.try_clone().expect("a device"))
            .output()
            .expect("todoc ends");
        assert_eq!(output.status.code(), Some(2), "{args}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            stderr,
            "error: can't write to standard output: no space is left\n"
        );
    }
}

#[test]
fn standard_input_is_read_once() {
    let test = Test::new().stdin(TODO);
    test.run(&["check", "-"]).ok();
    test.run(&["check", "-", "-"])
        .fails("error: standard input can be read once\nhelp: write `-` once\n");
}

/// What stands behind a line break in a name is no line of ours, such as a command to a runner of CI.
#[cfg(unix)]
#[test]
fn no_name_breaks_a_line() {
    let name = "a\n::error::b.todo";
    let wrong = TODO.replace("port", "prot");
    let test = Test::new().file(name, TODO).file("wrong\n::c.todo", wrong);
    for args in [
        &["check", name][..],
        &["check", "wrong\n::c.todo"],
        &["check", "wrong\n::c.todo", "--diff"],
        &["check", "none\n::d"],
        &["build", name, "--target", "x\n::e"],
        &["build", name, "--out", "out"],
        &["build", name, "--out", "out", "--check"],
        &["build", name, "--out", "more\n::f", "--check"],
        &["build", name, "--out", name],
        &["check", name, "--report", "json=none\n::g/h"],
        &["check", "wrong\n::c.todo", "--fix"],
        &["explain", "x\n::i"],
    ] {
        let ran = test.run(args);
        let lines = ran.stdout.lines().chain(ran.stderr.lines());
        let begun: Vec<_> = lines.filter(|line| line.starts_with("::")).collect();
        assert!(begun.is_empty(), "{args:?}: {begun:?}");
    }
}

// Building.

#[test]
fn the_first_target_is_built_into_a_folder_of_its_name() {
    let test = Test::new().file("app.todo", TODO);
    let ran = test.run(&["build", "app.todo"]).ok();
    let files = test.tree("out");
    let written = files.len() - 1;
    let start = format!(
        "{written} files written to out/local\nfor target local; others, with --target NAME: production\n\n"
    );
    assert!(ran.stdout.starts_with(&start), "{}", ran.stdout);
    for line in [
        "  web: http://localhost:30080\n",
        "Secrets that must exist in namespace todo\n  todo-secrets\n    OPENAI_API_KEY  from $OPENAI_API_KEY, starts with `sk-`\n",
        "  OUT=out/local docker buildx bake -f out/local/docker/bake.json --load\n",
        "  kubectl apply -f out/local/kubernetes/00-namespace.yaml\n",
        "  todoc secrets apply app.todo -t local\n",
        "  kubectl apply -f out/local/kubernetes\n",
    ] {
        assert!(ran.stdout.contains(line), "{line}{}", ran.stdout);
    }
    for path in [
        "kustomization.yaml",
        "kubernetes/30-web.yaml",
        "docker/web.Dockerfile",
        "todoc.lock",
    ] {
        assert!(test.path("out/local").join(path).is_file(), "{path}");
    }
    let names: Vec<_> = fs::read_dir(test.path("out")).expect("a folder").collect();
    assert_eq!(names.len(), 1);
}

#[test]
fn building_again_changes_nothing() {
    let test = Test::new().file("app.todo", TODO);
    test.run(&["build", "app.todo"]).ok();
    let before = test.tree("out");
    let ran = test.run(&["build", "app.todo"]).ok();
    let unchanged = format!(
        "{} files unchanged in out/local, for target local\n",
        before.len() - 1
    );
    assert!(ran.stdout.starts_with(&unchanged), "{}", ran.stdout);
    assert_eq!(test.tree("out"), before);
}

#[test]
fn the_lock_is_what_sha256sum_checks() {
    let test = Test::new().file("app.todo", TODO);
    test.run(&["build", "app.todo", "--out", "here"]).ok();
    let lock = test.read("here/todoc.lock");
    let paths: Vec<_> = lock
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once("  "))
        .collect();
    let built = test.tree("here").into_iter().map(|(path, _)| path);
    let built: Vec<_> = built.filter(|path| path != "here/todoc.lock").collect();
    let listed: Vec<_> = paths
        .iter()
        .map(|(_, path)| format!("here/{path}"))
        .collect();
    assert_eq!(listed, built);
    let check = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "todoc.lock"])
        .current_dir(test.path("here"))
        .output();
    if let Ok(check) = check {
        assert!(check.status.success(), "{check:?}");
    }
}

#[test]
fn other_targets_and_folders_are_chosen_by_name() {
    let test = Test::new().file("app.todo", TODO);
    let ran = test
        .run(&["build", "app.todo", "--target", "production"])
        .ok();
    assert!(
        ran.stdout.contains("  web: https://todo.example.com\n"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("the certificate of todo.example.com"),
        "{}",
        ran.stdout
    );
    assert!(test.path("out/production/kustomization.yaml").is_file());
    test.run(&["build", "app.todo", "-t", "local", "-o", "a b/c"])
        .ok();
    assert!(test.path("a b/c/kustomization.yaml").is_file());
    assert!(!test.path("out/local").exists());
}

#[test]
fn an_unknown_target_is_answered_with_those_there_are() {
    let test = Test::new().file("app.todo", TODO);
    test.run(&["build", "app.todo", "--target", "prodution"])
        .fails(
            "error: there is no target `prodution` in app.todo\n\
         help: did you mean `production`? It has: local, production\n",
        );
    test.run(&["build", "app.todo", "--target", "qa"])
        .fails("error: there is no target `qa` in app.todo\nhelp: it has: local, production\n");
    let (plain, _) = TODO.split_once("target local").expect("targets");
    Test::new().file("app.todo", plain).run(&["build", "app.todo", "--target", "qa"]).fails(
        "error: there is no target `qa` in app.todo\nhelp: it has no targets: leave --target out\n",
    );
    assert!(!test.path("out").exists());
}

#[test]
fn without_targets_the_folder_is_out() {
    let (plain, _) = TODO.split_once("target local").expect("targets");
    let test = Test::new().file("app.todo", plain);
    let ran = test.run(&["build", "app.todo"]).ok();
    assert!(!ran.stdout.contains("target"), "{}", ran.stdout);
    assert!(test.path("out/kustomization.yaml").is_file());
}

#[test]
fn what_is_emitted_is_chosen() {
    let test = Test::new().file("app.todo", TODO);
    let ran = test
        .run(&["build", "app.todo", "--emit", "kubernetes", "-o", "k"])
        .ok();
    assert!(!ran.stdout.contains("buildx"), "{}", ran.stdout);
    assert!(!test.path("k/docker").exists());
    test.run(&[
        "build",
        "app.todo",
        "--emit",
        "docker,kubernetes,docker",
        "-o",
        "both",
    ])
    .ok();
    test.run(&["build", "app.todo", "-o", "usual"]).ok();
    let below = |tree: Vec<(String, String)>, folder: &str| -> Vec<_> {
        let inner = |(path, text): (String, String)| (path.replacen(folder, "", 1), text);
        tree.into_iter().map(inner).collect()
    };
    assert_eq!(
        below(test.tree("both"), "both"),
        below(test.tree("usual"), "usual")
    );
    // The lock doesn't forget what another choice wrote.
    let lock = test.read("both/todoc.lock");
    test.run(&["build", "app.todo", "--emit", "docker", "-o", "both"])
        .ok();
    assert_eq!(test.read("both/todoc.lock"), lock);
}

#[test]
fn printed_objects_are_a_stream_for_kubectl() {
    let test = Test::new().file("app.todo", TODO);
    let ran = test.run(&["build", "app.todo", "--emit", "kubernetes", "--stdout"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("\n---\n") && ran.stdout.contains("kind: Deployment\n"));
    assert!(!ran.stdout.contains("kind: Kustomization") && !ran.stdout.contains("==>"));
    assert!(ran.stderr.starts_with("for target local"), "{}", ran.stderr);
    assert!(!test.path("out").exists());

    test.run(&["build", "app.todo", "--emit", "kubernetes"])
        .ok();
    let files = test
        .tree("out/local/kubernetes")
        .into_iter()
        .map(|(_, text)| text);
    assert_eq!(ran.stdout, files.collect::<String>());
}

#[test]
fn printed_files_stand_below_their_paths() {
    let ran = Test::new().stdin(TODO).run(&["build", "-", "--stdout"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(ran.stdout.starts_with("# ==> "), "{}", ran.stdout);
    for path in [
        "kustomization.yaml",
        "docker/web.Dockerfile",
        "docker/bake.json",
    ] {
        assert!(ran.stdout.contains(&format!("# ==> {path}\n")), "{path}");
    }
}

#[test]
fn the_same_text_gives_the_same_bytes_anywhere() {
    let plain = Test::new().file("app.todo", TODO);
    plain.run(&["build", "app.todo"]).ok();
    let odd = Test::new()
        .file("deep/er/app.todo", TODO)
        .file("else/where/x", "")
        .within("else/where")
        .env("LC_ALL", "tr_TR.ISO-8859-9")
        .env("TZ", "Pacific/Kiritimati")
        .env("HOME", "/nonexistent");
    let ran = odd
        .run(&[
            "build",
            "../../deep/er/app.todo",
            "--out",
            "../../out/local",
        ])
        .ok();
    // Where the source lies from there is another fact here.
    let lock = odd.read("out/local/todoc.lock");
    odd.write(
        "out/local/todoc.lock",
        &lock.replace("../../deep/er/app.todo", "../../app.todo"),
    );
    assert_eq!(odd.tree("out"), plain.tree("out"));
    let bake = "(cd ../../deep/er && OUT=../../out/local docker buildx bake -f \\\n    \
                ../../out/local/docker/bake.json --load)\n";
    assert!(ran.stdout.contains(bake), "{}", ran.stdout);
}

#[test]
fn a_file_name_cannot_write_yaml() {
    let test = Test::new().file("a\nkind: Pod.todo", TODO);
    let ran = test.run(&["build", "a\nkind: Pod.todo", "--stdout"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(!ran.stdout.contains("\nkind: Pod.todo"), "{}", ran.stdout);
}

// Folders with something in them.

#[test]
fn files_of_others_are_kept_and_named() {
    let test = Test::new()
        .file("app.todo", TODO)
        .file("out/local/kustomization.yaml", "mine");
    let before = test.tree("out");
    test.run(&["build", "app.todo"]).fails(
        "error: nothing was written, because 1 file in `out/local` would be lost or can't be replaced:\n\
         \u{20} kustomization.yaml: todoc didn't write it\n\
         help: overwrite with --force, or choose another folder with --out\n",
    );
    assert_eq!(test.tree("out"), before);
    test.run(&["build", "app.todo", "--force"]).ok();
    assert_ne!(test.read("out/local/kustomization.yaml"), "mine");
}

#[test]
fn files_changed_by_hand_are_kept() {
    let test = Test::new().file("app.todo", TODO);
    test.run(&["build", "app.todo"]).ok();
    let test = test.file("out/local/kustomization.yaml", "by hand");
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr
            .contains("kustomization.yaml: changed since todoc wrote it\n"),
        "{}",
        ran.stderr
    );
    assert_eq!(test.read("out/local/kustomization.yaml"), "by hand");
}

#[test]
fn a_damaged_lock_is_an_error() {
    let test = Test::new()
        .file("app.todo", TODO)
        .file("out/local/todoc.lock", "<<<<<<< ours\n");
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(
        ran.stderr.contains("`todoc.lock` is damaged"),
        "{}",
        ran.stderr
    );
    test.run(&["build", "app.todo", "--force"]).ok();
}

#[test]
fn what_is_no_folder_is_not_written_to() {
    let test = Test::new().file("app.todo", TODO).file("file", "mine");
    for out in ["file", "file/below", "app.todo"] {
        let ran = test.run(&["build", "app.todo", "--out", out]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(
            ran.stderr.starts_with("error: ") && ran.stderr.contains(out),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(
        (test.read("file").as_str(), test.read("app.todo").as_str()),
        ("mine", TODO)
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    let test = Test::new()
        .file("app.todo", TODO)
        .file("elsewhere/30-web.yaml", "mine")
        .file("out/local/x", "");
    std::os::unix::fs::symlink(test.path("elsewhere"), test.path("out/local/kubernetes"))
        .expect("a link");
    for args in [
        &["build", "app.todo"][..],
        &["build", "app.todo", "--force"],
    ] {
        let ran = test.run(args);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(
            ran.stderr
                .contains("the folder `kubernetes` is a symbolic link"),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(test.tree("elsewhere").len(), 1);
    assert_eq!(test.read("elsewhere/30-web.yaml"), "mine");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let test = Test::new().file("app.todo", TODO).file("closed/x", "");
    let closed = test.path("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("permissions");
    if fs::write(closed.join("probe"), "").is_ok() {
        // The superuser may write everywhere.
        return;
    }
    test.run(&["build", "app.todo", "--out", "closed/out"])
        .fails("error: can't write `closed/out`: permission denied\n");
}

#[test]
fn what_workloads_leave_open_is_noted_once_for_all() {
    let program = "app shop { allow N0521 \"it is so\" }\n\
        tier web { image \"a:1\", port 80, cpu 1 }\n\
        tier api { image \"a:1\", port 80, cpu 1 }\n\
        tier worker { image \"a:1\", cpu 1, memory 1Gi }\n\
        job seed { image \"a:1\" }\n";
    let test = Test::new().file("app.todo", program);
    let ran = test.run(&["build", "app.todo"]).ok();
    let notes = "  \
        lines 2, 3: no memory is set for `web`, `api`: Kubernetes reserves none and\n    \
        sets no limit; say what a pod needs, such as `memory 256Mi` [N0501]\n  \
        lines 2, 3: no health check is set for `web`, `api`: traffic reaches pods\n    \
        before they are ready; say what to ask, such as `health \"/health\"` or\n    \
        `health tcp` [N0502]\n  \
        lines 2, 3: nothing refers to `web`, `api`: the network policy lets nobody\n    \
        connect; write `needs` where something connects, `admit namespace \"NAME\"`\n    \
        for pods of another namespace, or `without network_policy` for all [N0504]\n  \
        line 5: no cpu or memory is set for `seed`: Kubernetes reserves none and sets\n    \
        no limit; say what a pod needs, such as `cpu 100m` and `memory 256Mi`\n    \
        [N0501]\n";
    let built = format!("\nNotes\n{notes}\n");
    assert!(ran.stdout.contains(&built), "{}", ran.stdout);
    let checked = test.run(&["check", "app.todo", "--deny", "warnings"]).ok();
    assert_eq!(
        checked.stdout,
        format!("app.todo: no errors\n\nNotes on app.todo\n{notes}")
    );
}

/// Machines get them as they get warnings, and no status depends on them.
#[test]
fn notes_are_reported_and_can_be_allowed() {
    let program = |allow: &str| {
        format!(
            "app shop {{ allow N0521 \"it is so\"\n{allow}\n}}\ntier web {{ image \"a:1\", cpu 1, memory 1Gi, port 80, expose forward 80 }}\n"
        )
    };
    let test = Test::new().file("app.todo", program(""));
    let report = |format: &str| {
        let options = [
            "check", "app.todo", "--deny", "warnings", "--report", format,
        ];
        let ran = test.run(&options);
        assert_eq!(ran.status, Some(0), "{ran:?}");
        ran.stdout
    };
    let short = "app.todo:4:1: note[N0502]: no health check is set for `web`: traffic reaches pods before they are ready\n";
    assert_eq!(report("short"), short);
    assert!(report("json").contains("\"severity\": \"note\""));
    assert!(report("sarif").contains("\"level\": \"note\""));
    assert!(report("github").starts_with("::notice file=app.todo,line=4"));
    let test = Test::new().file("app.todo", program("allow N0502 \"a mesh asks it\""));
    let ran = test.run(&["check", "app.todo"]).ok();
    assert_eq!(ran.stdout, "app.todo: no errors\n");
    let one = "app shop { allow N0521 \"it is so\" }\n\
        tier web {\n  image \"a:1\"\n  allow N0501 \"the namespace has a LimitRange\"\n}\n\
        tier api { image \"a:1\" }\n";
    let test = Test::new().file("app.todo", one);
    let ran = test.run(&["check", "app.todo", "--report", "short"]);
    let short = "app.todo:6:1: note[N0501]: no cpu or memory is set for `api`: Kubernetes reserves none and sets no limit\n";
    assert_eq!(ran.stdout, short);
    let stale = program("allow N0501 \"a default of the cluster\"");
    let test = Test::new().file("app.todo", &stale);
    let ran = test.run(&["check", "app.todo"]);
    assert!(ran.stderr.contains("warning[W0507]"), "{}", ran.stderr);
}
