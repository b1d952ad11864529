//! What is told of the tenth build: what changed, and what that takes; and all of it where it is asked for.
//! Through the real binary.

use crate::cli::{Ran, Test};

const SHOP: &str = r#"app shop {
  registry "ghcr.io/acme"
  tag from sources
}

secret API_KEY from env

config { LEVEL = "info" }

tier web {
  build dockerfile "./web"
  port 3000
  health tcp
  expose ingress "shop.example.com" tls
  env { LEVEL, API_KEY }
}

tier worker { image "ghcr.io/acme/worker:1.0.0", env { LEVEL } }
"#;

fn files(text: &str) -> Test {
    Test::new()
        .file("app.todo", text)
        .file("web/Dockerfile", "FROM scratch\nCOPY . /\n")
        .file("web/page.html", "one")
}

fn built() -> Test {
    let test = files(SHOP);
    build(&test);
    test
}

/// How many files a build wrote to a folder, besides its lock.
fn written(test: &Test, folder: &str) -> usize {
    test.tree(folder).len() - 1
}

fn build(test: &Test) -> Ran {
    test.run(&["build", "app.todo"]).ok()
}

fn changed(test: &Test, from: &str, to: &str) -> String {
    assert!(SHOP.contains(from), "{from}");
    test.write("app.todo", &SHOP.replace(from, to));
    build(test).stdout
}

/// The commands of a summary, by their first words.
fn commands(summary: &str) -> Vec<String> {
    let lines = summary.lines().skip_while(|line| *line != "Next");
    let lines = lines.filter_map(|line| line.strip_prefix("  "));
    let lines = lines.filter(|line| !line.starts_with([' ', '#']));
    let words = |line: &str| {
        let words = line.split(' ').filter(|word| !word.contains('='));
        words.take(2).collect::<Vec<_>>().join(" ")
    };
    lines.map(words).collect()
}

const IMAGES: &str = "docker buildx";
const SECRETS: &str = "todoc secrets";
const CONTEXT: &str = "kubectl config";
const APPLY: &str = "kubectl apply";
const WAIT: &str = "kubectl rollout";
const DELETE: &str = "kubectl delete";

#[test]
fn nothing_new_is_two_lines() {
    let test = built();
    let number = written(&test, "out");
    let expected = format!("{number} files unchanged in out\nall steps: `todoc next app.todo`\n");
    assert_eq!(build(&test).stdout, expected);
    let ran = test.run(&["build", "app.todo", "--quiet"]).ok();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn a_change_takes_what_it_needs_and_no_more() {
    let test = built();
    let told = changed(&test, "\"info\"", "\"debug\"");
    assert!(
        told.contains("\n  changed: kubernetes/10-config.yaml, "),
        "{told}"
    );
    assert_eq!(commands(&told), [CONTEXT, APPLY, WAIT], "{told}");
    assert!(
        told.contains("\nall steps: `todoc next app.todo`\n"),
        "{told}"
    );
    // Changed code has another image.
    test.write("web/page.html", "two");
    assert_eq!(
        commands(&build(&test).stdout),
        [IMAGES, CONTEXT, APPLY, WAIT]
    );
    // A secret more, and one less.
    let more = SHOP
        .replace("config {", "secret OTHER from env\n\nconfig {")
        .replace("LEVEL, API_KEY", "LEVEL, API_KEY, OTHER");
    test.write("app.todo", &more);
    let told = build(&test).stdout;
    assert!(commands(&told).contains(&SECRETS.to_owned()), "{told}");
    assert!(told.contains("OTHER"), "{told}");
    assert!(!commands(&changed(&test, "shop", "shop")).contains(&SECRETS.to_owned()));
    // What is gone is deleted once what is there was applied.
    let told = changed(
        &test,
        "tier worker { image \"ghcr.io/acme/worker:1.0.0\", env { LEVEL } }\n",
        "",
    );
    assert!(
        told.contains("\n  deleted: kubernetes/30-worker.yaml\n"),
        "{told}"
    );
    assert_eq!(
        commands(&told).last().map(String::as_str),
        Some(DELETE),
        "{told}"
    );
    let told = changed(&test, "worker:1.0.0", "worker:1.0.1");
    assert!(
        told.contains("\n  new: kubernetes/30-worker.yaml\n"),
        "{told}"
    );
}

#[test]
fn all_steps_are_told_again() {
    let test = built();
    let first = build(&files(SHOP)).stdout;
    let again = test.run(&["next", "app.todo"]).ok().stdout;
    // What the first build told, which shell reads it, and how to go back.
    let (mut wanted, mut more) = (first.lines().skip(1).peekable(), Vec::new());
    for line in again.lines().skip(1) {
        if wanted.peek() == Some(&line) {
            wanted.next();
        } else {
            more.push(line);
        }
    }
    assert_eq!(wanted.next(), None, "{again}");
    let more = more.join("\n");
    for line in [
        "To go back to an earlier version",
        "kubectl rollout undo -n shop deployment/shop-web deployment/shop-worker",
        "# for a POSIX shell",
    ] {
        assert!(more.contains(line), "{line}\n{more}");
    }
    assert!(more.lines().count() < 15, "{more}");
    test.write("app.todo", &SHOP.replace("\"info\"", "\"debug\""));
    test.run(&["next", "app.todo"]).fails(
        "error: `out` isn't as app.todo says\nhelp: build it first, which says what the changes take\n",
    );
    test.run(&["next", "app.todo", "-o", "other"]).fails(
        "error: nothing was built into `other`: it has no todoc.lock\nhelp: build it first: `todoc build`\n",
    );
    // A format more is new, and its steps are.
    build(&test);
    let told = test
        .run(&["build", "app.todo", "--emit", "kubernetes,compose"])
        .ok()
        .stdout;
    assert!(
        commands(&told).contains(&"docker compose".to_owned()),
        "{told}"
    );
    let all = test.run(&["next", "app.todo"]).ok().stdout;
    for command in [IMAGES, SECRETS, APPLY, "docker compose"] {
        assert!(commands(&all).contains(&command.to_owned()), "{all}");
    }
}

#[test]
fn each_target_is_told_by_itself() {
    let program =
        SHOP.to_owned() + "\ntarget one { context \"one\" }\ntarget two { context \"it's two\" }\n";
    let test = files(&program);
    let told = test
        .run(&["build", "app.todo", "--all-targets"])
        .ok()
        .stdout;
    assert!(
        told.contains("kubectl --context one apply -f out/one/kubernetes\n"),
        "{told}"
    );
    assert!(
        told.contains("kubectl --context 'it'\\''s two' apply -f out/two/kubernetes\n"),
        "{told}"
    );
    assert!(!told.contains("current-context"), "{told}");
    let again = test
        .run(&["build", "app.todo", "--all-targets"])
        .ok()
        .stdout;
    let number = written(&test, "out/one");
    let page = |target: &str| {
        format!(
            "{number} files unchanged in out/{target}, for target {target}\n\
             all steps: `todoc next app.todo -t {target}`\n"
        )
    };
    assert_eq!(again, format!("{}\n{}", page("one"), page("two")));
    let next = test.run(&["next", "app.todo", "-t", "two"]).ok().stdout;
    assert!(
        next.contains("kubectl --context 'it'\\''s two' rollout status"),
        "{next}"
    );
    assert!(!next.contains("--context one"), "{next}");
    let every = next
        .lines()
        .filter(|line| line.trim_start().starts_with("kubectl"));
    assert!(
        every.clone().all(|line| line.contains("--context ")),
        "{next}"
    );
    assert!(every.count() > 1);
}

#[test]
fn a_namespace_of_somebody_else_is_neither_made_nor_deleted() {
    let test = files(&SHOP.replace("app shop {", "app shop {\n  namespace shared existing"));
    let told = build(&test).stdout;
    assert!(!test.path("out/kubernetes/00-namespace.yaml").exists());
    assert!(!told.contains("00-namespace"), "{told}");
    let web = test.read("out/kubernetes/30-web.yaml");
    assert!(web.contains("namespace: shared\n"), "{web}");
    // Nor is one to be deleted that the build made before, with all that is in it.
    let test = files(&SHOP.replace("app shop {", "app shop {\n  namespace shared"));
    build(&test);
    let program = SHOP.replace("app shop {", "app shop {\n  namespace shared existing");
    test.write("app.todo", &program);
    for _ in 0..2 {
        let told = build(&test).stdout;
        let words = ["Namespace ", "kubectl delete", "No longer built"];
        assert!(words.iter().all(|word| !told.contains(word)), "{told}");
    }
    let ran = test.run(&["build", "app.todo", "--emit", "helm"]).ok();
    assert!(ran.stdout.contains("helm upgrade"), "{}", ran.stdout);
    assert!(
        !ran.stdout.contains("create namespace") && !ran.stdout.contains("--create-namespace"),
        "{}",
        ran.stdout
    );
}
