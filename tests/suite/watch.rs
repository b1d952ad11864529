//! `--watch`: what changes is built and checked again, until a signal ends it.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::Test;

/// How long something may take on a machine that has much to do.
const PATIENCE: Duration = Duration::from_secs(120);

const APP: &str = "app shop\n\ntier web {\n  image \"nginx:1.29\"\n  port 80\n  file \"./page.html\" at \"/srv/page.html\"\n}\n";

/// A command that watches, and what it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(test: &Test, args: &[&str]) -> Self {
        let mut child = test.command(args).spawn().expect("todoc starts");
        let (sender, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("a pipe")),
            Box::new(child.stderr.take().expect("a pipe")),
        ];
        for stream in streams {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        Watching { child, lines }
    }

    /// Waits for a line with these words.
    fn says(&self, words: &str) -> String {
        let mut all = String::new();
        let until = Instant::now() + PATIENCE;
        while let Ok(line) = self
            .lines
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            if line.contains(words) {
                return line;
            }
            all = format!("{all}{line}\n");
        }
        panic!("it never says `{words}`:\n{all}");
    }

    /// Ends it as Ctrl-C does.
    fn end(mut self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-INT", &id])
            .status()
            .expect("kill runs");
        assert!(sent.success());
        let status = self.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0));
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Waits until a file holds these words.
fn holds(test: &Test, path: &str, words: &str) {
    let until = Instant::now() + PATIENCE;
    while !fs::read_to_string(test.path(path)).is_ok_and(|text| text.contains(words)) {
        assert!(Instant::now() < until, "{path} never holds `{words}`");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_changes_is_built_again() {
    let web = "out/kubernetes/30-web.yaml";
    let test = Test::new().file("app.todo", APP).file("page.html", "one");
    let watching = Watching::start(&test, &["build", "app.todo", "--watch"]);
    watching.says("files written to out");
    holds(&test, web, "nginx:1.29");

    // Written in place.
    test.write("app.todo", &APP.replace("1.29", "1.30"));
    assert!(
        watching
            .says(" built: 1 file changed (")
            .contains("30-web.yaml")
    );
    holds(&test, web, "nginx:1.30");

    // Another file in its place, as editors do.
    test.write("app.todo.new", &APP.replace("1.29", "1.31"));
    fs::rename(test.path("app.todo.new"), test.path("app.todo")).expect("a rename");
    watching.says(" built: 1 file changed (");
    holds(&test, web, "nginx:1.31");

    // A file that it names.
    test.write("page.html", "two");
    watching.says(" built: ");
    holds(&test, web, "two");

    // Wrong: the files stay, and it goes on.
    test.write("app.todo", &APP.replace("port 80", "prot 80"));
    watching.says("nothing was built");
    holds(&test, web, "nginx:1.31");
    fs::remove_file(test.path("app.todo")).expect("a file");
    watching.says("can't read `app.todo`");
    test.write("app.todo", APP);
    watching.says(" built: 1 file changed (");
    holds(&test, web, "nginx:1.29");

    // Many saves end in the last.
    for number in 0..1000 {
        test.write("app.todo", &APP.replace("1.29", &format!("1.{number}")));
    }
    holds(&test, web, "nginx:1.999");
    watching.end();
}

#[test]
fn folders_that_images_are_built_from_count() {
    let source =
        "app shop\n\ntier web {\n  build vite \"./web\"\n  port 8080\n  health \"/healthz\"\n}\n";
    let manifest = "{\"scripts\":{\"build\":\"vite build\"}}";
    let test = Test::new()
        .file("app.todo", source)
        .file("web/package.json", manifest);
    let watching = Watching::start(
        &test,
        &["build", "app.todo", "--watch", "--deny", "warnings"],
    );
    watching.says("has no `package-lock.json`");
    // A file that appears.
    test.write("web/package-lock.json", "{}");
    watching.says("files written to out");
    // A folder that goes.
    fs::remove_dir_all(test.path("web")).expect("a folder");
    watching.says(" built: no file changed");
    watching.end();
}

#[test]
fn what_changes_is_checked_again() {
    let test = Test::new()
        .file("a.todo", "app a\n")
        .file("b.todo", "app b\n")
        .file("page.html", "x");
    let args = ["check", "a.todo", "b.todo", "--watch", "--report", "json"];
    let watching = Watching::start(&test, &args);
    let document = |watching: &Watching| -> serde_json::Value {
        let line = watching.says("\"version\"");
        serde_json::from_str(&line).expect("a document on a line")
    };
    assert_eq!(document(&watching)["summary"]["errors"], 0);
    test.write("b.todo", "app b\ntier\n");
    assert_ne!(document(&watching)["summary"]["errors"], 0);
    test.write("b.todo", "app b\n");
    assert_eq!(document(&watching)["summary"]["errors"], 0);
    watching.end();
}

#[test]
fn what_cannot_be_watched_is_status_two() {
    let test = Test::new().file("app.todo", APP);
    for args in [
        &["build", "-", "--watch"][..],
        &["check", "-", "--watch"],
        &["build", "app.todo", "--watch", "--stdout"],
        &["build", "app.todo", "--watch", "--check"],
        &["check", "app.todo", "--watch", "--fix"],
    ] {
        let ran = test.run(args);
        assert_eq!(
            (ran.status, ran.stdout.as_str()),
            (Some(2), ""),
            "{args:?} {}",
            ran.stderr
        );
    }
}
