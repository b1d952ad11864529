//! Folders and repositories that a stranger made: what lies in them starts nothing and leads nowhere.

use std::path::Path;
use std::process::Command;

use crate::cli::Test;
use crate::support::has_tool;

/// An application whose image is built from a folder, with the commit as its tag.
const APP: &str = "app shop { registry \"ghcr.io/acme\", tag from git }\n\
                   tier web { build static \"./web\", port 8080 }\n";

/// Runs Git in the folder of a test, whatever the configuration of this machine.
fn git(test: &Test, words: &[&str]) {
    let settings = [
        "user.name=a",
        "user.email=a@example.com",
        "commit.gpgsign=false",
    ];
    let ran = Command::new("git")
        .args(settings.iter().flat_map(|it| ["-c", it]))
        .args(["-c", "protocol.file.allow=always"])
        .args(words)
        .current_dir(test.path(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git");
    assert!(ran.status.success(), "{words:?}: {ran:?}");
}

/// A repository with the application; `None` where there is no Git.
fn repository() -> Option<Test> {
    let path: &'static str = std::env::var("PATH").unwrap_or_default().leak();
    has_tool("git", Command::new("git").arg("--version")).then_some(())?;
    let test = Test::new()
        .file("app.todo", APP)
        .file("web/index.html", "one\n")
        .file(".gitattributes", "* filter=own\n")
        .env("PATH", path)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CEILING_DIRECTORIES", "/tmp");
    git(&test, &["init", "-q"]);
    git(&test, &["add", "-A"]);
    git(&test, &["commit", "-qm", "one"]);
    Some(test)
}

/// The tag that a build gives the image.
fn tag(test: &Test) -> String {
    test.run(&["build", "app.todo"]).ok();
    let web = test.read("out/kubernetes/30-web.yaml");
    let (_, tag) = web.split_once("shop-web:").expect("an image");
    tag.split(['"', '\n']).next().unwrap_or_default().to_owned()
}

/// A program that leaves a file where it was started.
fn trap(test: &Test, name: &str) -> String {
    let left = test.path("started");
    let left = left.display();
    format!("mkdir -p {left} && touch {left}/{name}; cat #")
}

/// Gives a file another time: Git looks into it then, and filters what it finds.
fn touch(test: &Test) {
    let ran = Command::new("touch")
        .args(["-d", "2001-01-01"])
        .arg(test.path("web/index.html"))
        .status();
    assert!(ran.is_ok_and(|it| it.success()));
}

fn started(test: &Test) -> Vec<String> {
    let files = test.tree("started").into_iter();
    files.map(|(name, _)| name).collect()
}

#[test]
fn a_tag_from_git_starts_nothing_that_a_repository_names() {
    let Some(test) = repository() else { return };
    let commit = tag(&test);
    for (key, name) in [
        ("filter.own.clean", "clean"),
        ("filter.own.process", "process"),
        ("filter.own.smudge", "smudge"),
        ("core.fsmonitor", "fsmonitor"),
        ("core.sshCommand", "ssh"),
        ("remote.origin.uploadpack", "uploadpack"),
        ("diff.external", "diff"),
        ("core.pager", "pager"),
        ("credential.helper", "credential"),
    ] {
        git(&test, &["config", key, &trap(&test, name)]);
    }
    git(&test, &["config", "filter.own.required", "true"]);
    git(
        &test,
        &[
            "config",
            "remote.origin.url",
            &test.path("").display().to_string(),
        ],
    );
    git(&test, &["config", "remote.origin.promisor", "true"]);
    for hook in [
        "post-index-change",
        "fsmonitor-watchman",
        "pre-commit",
        "post-checkout",
    ] {
        let path = test.path(".git/hooks").join(hook);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, format!("#!/bin/sh\n{}\n", trap(&test, hook))).expect("a file");
        let run = Command::new("chmod").arg("+x").arg(&path).status();
        assert!(run.is_ok_and(|it| it.success()));
    }
    touch(&test);
    assert_eq!(tag(&test), commit);
    assert_eq!(started(&test), [""; 0]);
    // They would run otherwise.
    let _ = Command::new("git")
        .args(["status"])
        .current_dir(test.path(""))
        .output();
    assert!(!started(&test).is_empty());
}

/// Where an object is missing, Git would ask whom the configuration names.
#[test]
fn a_tag_from_git_fetches_nothing() {
    let Some(test) = repository() else { return };
    for (key, value) in [
        ("core.repositoryFormatVersion", "1".to_owned()),
        ("extensions.partialClone", "origin".to_owned()),
        ("remote.origin.promisor", "true".to_owned()),
        ("remote.origin.url", test.path("").display().to_string()),
        ("remote.origin.uploadpack", trap(&test, "uploadpack")),
    ] {
        git(&test, &["config", key, &value]);
    }
    std::fs::remove_dir_all(test.path(".git/objects")).expect("a folder");
    std::fs::create_dir_all(test.path(".git/objects")).expect("a folder");
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!(ran.status, Some(2), "{ran:?}");
    assert_eq!(started(&test), [""; 0]);
}

/// Filters of whoever runs the build count: what they keep elsewhere would differ from the commit.
#[test]
fn filters_of_ones_own_are_run() {
    let Some(test) = repository() else { return };
    std::fs::write(test.path("own"), "[filter \"own\"]\n clean = tr a-z A-Z\n").expect("a file");
    let global: &'static str = test.path("own").display().to_string().leak();
    let test = test.env("GIT_CONFIG_GLOBAL", global);
    let run = Command::new("git")
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "commit",
            "-qam",
            "two",
        ])
        .current_dir(test.path(""))
        .env("GIT_CONFIG_GLOBAL", global)
        .status();
    assert!(run.is_ok_and(|it| it.success()));
    let commit = tag(&test);
    assert!(!commit.contains('-'), "{commit}");
    // A repository can't put another in its place.
    git(
        &test,
        &["config", "filter.own.clean", &trap(&test, "clean")],
    );
    touch(&test);
    assert_eq!(tag(&test), commit);
    assert_eq!(started(&test), [""; 0]);
}

/// Names that no command line takes.
#[test]
fn a_filter_that_cannot_be_switched_off_is_an_error() {
    let Some(test) = repository() else { return };
    for name in [&b"a=b"[..], b"\xff"] {
        let config = std::fs::read(test.path(".git/config")).expect("a file");
        let own = [&b"[filter \""[..], name, b"\"]\n clean = false\n"].concat();
        std::fs::write(test.path(".git/config"), [&config[..], &own].concat()).expect("a file");
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!(ran.status, Some(2), "{ran:?}");
        assert!(
            ran.stderr.contains("can't be switched off"),
            "{}",
            ran.stderr
        );
        std::fs::write(test.path(".git/config"), config).expect("a file");
    }
}

/// The commit says nothing of what has changed in a submodule, and its own configuration counts there.
#[test]
fn what_lies_in_a_submodule_is_in_the_tag() {
    let Some(test) = repository() else { return };
    let Some(other) = repository() else { return };
    let place = other.path("").display().to_string();
    git(&test, &["submodule", "--quiet", "add", &place, "web/part"]);
    git(&test, &["commit", "-qam", "two"]);
    let before = tag(&test);
    assert!(before.contains('-'), "{before}");
    assert_eq!(tag(&test), before);
    let config = test.path(".git/modules/web/part");
    assert!(Path::new(&config).is_dir());
    let config = config.display().to_string();
    git(
        &test,
        &[
            "--git-dir",
            &config,
            "config",
            "filter.own.clean",
            &trap(&test, "clean"),
        ],
    );
    test.write("web/part/web/index.html", "two\n");
    assert_ne!(tag(&test), before);
    // A context of its own within it.
    test.write("app.todo", &APP.replace("./web", "./web/part/web"));
    // Not with `-a`, which looks into the submodule as the person who runs it.
    git(&test, &["add", "app.todo"]);
    git(&test, &["commit", "-qm", "three"]);
    let before = tag(&test);
    test.write("web/part/web/index.html", "three\n");
    assert_ne!(tag(&test), before);
    assert_eq!(started(&test), [""; 0]);
}
