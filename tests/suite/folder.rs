//! The folder that a build keeps, through the real binary: what goes, what stays, what `--check`
//! says of it, and what a build leaves that is cut off or is not alone.

use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use todoc::backend::BACKENDS;

use crate::cli::{Ran, TODO, Test};
use crate::support::{builds, check_each, examples, has_tool};

/// An application of a database and three tiers, two of them built, one exposed.
const SHOP: &str = r#"app shop

postgres db {
  version 17
  storage 1Gi
  secret DB_PASSWORD from env
}

tier web {
  build nextjs "./web"
  port 3000
  health "/"
  expose ingress "shop.example.com"
}

tier api {
  build fastapi "./api"
  port 8000
  health "/"
}

tier cache {
  image "valkey/valkey:8"
  port redis 6379
}
"#;

/// The application without a block.
fn without(block: &str) -> String {
    let start = SHOP.find(block).expect("a block");
    let end = SHOP[start..].find("\n}\n").expect("its end");
    SHOP[..start].to_owned() + &SHOP[start + end + 3..]
}

/// A folder with the application built into `out`.
fn shop() -> Test {
    let test = Test::new().file("shop.todo", SHOP);
    test.run(&["build", "shop.todo"]).ok();
    test
}

fn build(test: &Test, source: &str) -> Ran {
    fs::write(test.path("shop.todo"), source).expect("a file");
    let ran = test.run(&["build", "shop.todo"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    ran
}

fn names(test: &Test) -> Vec<String> {
    test.tree("out").into_iter().map(|(path, _)| path).collect()
}

/// The end of a summary, from the commands that delete objects on.
fn deletion(ran: &Ran) -> &str {
    let at = ran.stdout.find("  # delete what is no longer");
    at.map_or("", |at| &ran.stdout[at..])
}

// What is no longer built.

#[test]
fn a_tier_that_is_gone_takes_its_files_with_it() {
    let test = shop();
    let ran = build(&test, &without("tier api"));
    assert!(
        ran.stdout
            .starts_with("2 files written to out, 7 unchanged, 3 deleted\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        deletion(&ran),
        "  # delete what is no longer part of the application
  kubectl delete --ignore-not-found -n shop deployment/shop-api \\
    service/shop-api networkpolicy/shop-api
"
    );
    let fresh = Test::new();
    build(&fresh, &without("tier api"));
    test.run(&["forget", "out"]).ok();
    assert_eq!(test.tree("out"), fresh.tree("out"));
    assert_eq!(deletion(&build(&test, &without("tier api"))), "");
    // And the other way round.
    build(&test, SHOP);
    assert_eq!(test.tree("out"), shop().tree("out"));
}

#[test]
fn no_line_deletes_data() {
    let test = shop();
    let ran = build(&test, &without("postgres db"));
    let note = "\nNo longer built, and in the cluster until you delete them with their data\n\
                \u{20} the PersistentVolumeClaims of StatefulSet shop-db in namespace shop\n";
    assert!(ran.stdout.contains(note), "{}", ran.stdout);
    assert_eq!(
        deletion(&ran),
        "  # delete what is no longer part of the application
  kubectl delete --ignore-not-found -n shop statefulset/shop-db \\
    service/shop-db networkpolicy/shop-db
"
    );

    let claim = SHOP.replace("storage 1Gi", "storage 1Gi, workload deployment");
    build(&test, &claim);
    let ran = build(&test, &without("postgres db"));
    let note = "data\n  PersistentVolumeClaim shop-db in namespace shop\n";
    assert!(ran.stdout.contains(note), "{}", ran.stdout);
    assert!(!deletion(&ran).to_lowercase().contains("claim"));

    // A namespace goes with all that is in it.
    let ran = build(&test, &SHOP.replace("app shop", "app shop { namespace b }"));
    assert!(ran.stdout.contains("data\n  Namespace shop\n"), "{ran:?}");
    assert!(!deletion(&ran).contains("namespace/"), "{ran:?}");
}

#[test]
fn what_no_cluster_changes_in_place_is_deleted_before() {
    let deletion = |ran: &Ran| {
        let (_, step) = ran.stdout.split_once("can't be changed in place")?;
        let (_, lines) = step.split_once('\n')?;
        let (lines, _) = lines.split_once("  # start the application")?;
        Some(lines.to_owned())
    };
    let claims = |ran: &Ran| {
        let (_, lines) = ran
            .stdout
            .split_once("Claims that stay as they are: change them by hand\n")?;
        Some(lines.lines().next()?.to_owned())
    };
    let delete = |objects: &str| {
        Some(format!(
            "  kubectl delete --ignore-not-found -n shop {objects}\n"
        ))
    };

    // A database is headless, a tier isn't; and a Deployment instead of a StatefulSet.
    let test = shop();
    let ran = build(
        &test,
        &SHOP.replace("storage 1Gi", "storage 1Gi, workload deployment"),
    );
    assert_eq!(deletion(&ran), delete("service/shop-db"));
    let ran = build(&test, SHOP);
    assert_eq!(deletion(&ran), delete("service/shop-db"));
    let tier = without("postgres db") + "tier db { image \"a:1\", port 80, health \"/\" }\n";
    let ran = build(&test, &tier);
    assert_eq!(deletion(&ran), delete("service/shop-db"));
    assert_eq!(claims(&ran), None);

    let test = shop();
    let ran = build(&test, &SHOP.replace("storage 1Gi", "storage 2Gi"));
    // Its pod goes on, and is taken over.
    let alone =
        "  kubectl delete --ignore-not-found --cascade=orphan -n shop statefulset/shop-db\n";
    assert_eq!(deletion(&ran).as_deref(), Some(alone));
    let line = "  the PersistentVolumeClaims of StatefulSet shop-db in namespace shop";
    assert_eq!(claims(&ran).as_deref(), Some(line));

    let test = shop();
    let named = "app shop { naming { label \"{tier}\" } }";
    let ran = build(&test, &SHOP.replace("app shop", named));
    let all =
        "deployment/shop-cache \\\n    deployment/shop-api deployment/shop-web statefulset/shop-db";
    assert_eq!(deletion(&ran), delete(all));

    // A bigger claim is no other one; and a second build has nothing to change.
    let volume = |class: &str| SHOP.replace("port 8000", &format!("port 8000\n  {class}"));
    build(&test, &volume("volume a 1Gi shared at \"/a\""));
    let ran = build(&test, &volume("volume a 2Gi shared at \"/a\""));
    assert_eq!((deletion(&ran), claims(&ran)), (None, None));
    let ran = build(
        &test,
        &volume("volume a 2Gi shared class \"nfs\" at \"/a\""),
    );
    let line = "  PersistentVolumeClaim shop-api-a in namespace shop";
    assert_eq!(
        (deletion(&ran), claims(&ran).as_deref()),
        (None, Some(line))
    );
    let ran = test.run(&["build", "shop.todo"]);
    assert_eq!((deletion(&ran), claims(&ran)), (None, None));
}

#[test]
fn an_object_may_go_though_its_file_stays() {
    let test = shop();
    let internal = SHOP.replace("  expose ingress \"shop.example.com\"\n", "");
    let ran = build(&test, &internal);
    assert!(ran.stdout.starts_with("1 file written"), "{}", ran.stdout);
    assert_eq!(
        deletion(&ran),
        "  # delete what is no longer part of the application
  kubectl delete --ignore-not-found -n shop ingress/shop-web
"
    );
}

#[test]
fn a_build_deletes_only_what_its_backends_wrote() {
    let test = shop();
    let smaller = without("tier api");
    fs::write(test.path("shop.todo"), &smaller).expect("a file");
    let ran = test
        .run(&["build", "shop.todo", "--emit", "kubernetes"])
        .ok();
    assert!(ran.stdout.contains(", 1 deleted\n"), "{}", ran.stdout);
    assert!(!test.path("out/kubernetes/30-api.yaml").exists());
    assert!(test.path("out/docker/api.Dockerfile").exists());
    let ran = test.run(&["build", "shop.todo", "--emit", "docker"]).ok();
    assert!(ran.stdout.contains(", 2 deleted\n"), "{}", ran.stdout);
    assert_eq!(deletion(&ran), "");
    // What is to be deleted in the cluster is remembered until that is done.
    test.run(&["forget", "out"]).ok();
    let fresh = Test::new();
    build(&fresh, &smaller);
    assert_eq!(test.tree("out"), fresh.tree("out"));
}

/// Else a build would delete what another backend wrote, or never delete what its own did.
#[test]
fn each_backend_writes_in_places_of_its_own() {
    check_each(&examples(), |fixture| {
        let mut failures = Vec::new();
        for backend in BACKENDS {
            let builds = builds(fixture, &[backend]);
            for file in builds.iter().flat_map(|built| &built.artifacts) {
                let owners = BACKENDS.iter().filter(|it| it.writes(&file.path));
                let owners: Vec<_> = owners.map(|owner| owner.name).collect();
                if owners != [backend.name] {
                    failures.push(format!("{} is of {owners:?}", file.path));
                }
            }
        }
        failures
    });
}

#[test]
fn a_folder_that_is_left_empty_goes() {
    let test = shop();
    let images = without("tier web").replace("build fastapi \"./api\"", "image \"a:1\"");
    build(&test, &images);
    assert!(!test.path("out/docker").exists());
    let test = shop().file("out/docker/mine", "mine");
    build(&test, &images);
    assert_eq!(test.read("out/docker/mine"), "mine");
}

#[test]
fn what_was_changed_by_hand_stays_and_is_named() {
    let test = shop().file("out/kubernetes/30-api.yaml", "by hand");
    for args in [
        &["build", "shop.todo"][..],
        &["build", "shop.todo", "--force"],
    ] {
        fs::write(test.path("shop.todo"), without("tier api")).expect("a file");
        let ran = test.run(args).ok();
        let kept = "\nKept, though nothing stands for them: delete them, or move them away\n\
                    \u{20} kubernetes/30-api.yaml: changed since todoc wrote it\n";
        assert!(ran.stdout.contains(kept), "{}", ran.stdout);
        assert_eq!(test.read("out/kubernetes/30-api.yaml"), "by hand");
        assert_eq!(test.run(&["build", "shop.todo", "--check"]).status, Some(1));
    }
    // If the tier comes back it isn't overwritten either.
    fs::write(test.path("shop.todo"), SHOP).expect("a file");
    let ran = test.run(&["build", "shop.todo"]);
    assert!(
        ran.status == Some(2) && ran.stderr.contains("30-api.yaml: changed since"),
        "{ran:?}"
    );
    fs::remove_file(test.path("out/kubernetes/30-api.yaml")).expect("a file");
    let ran = build(&test, &without("tier api"));
    assert!(!ran.stdout.contains("Kept"), "{}", ran.stdout);
    test.run(&["build", "shop.todo", "--check"]).ok();
}

#[test]
fn a_lock_of_an_older_todoc_is_read() {
    let test = shop();
    let lock = test.read("out/todoc.lock");
    let (_, rows) = lock.split_once('\n').expect("a first line");
    let head = "# todoc.lock 1: the files here that todoc wrote, and may replace\n";
    let test = test.file("out/todoc.lock", head.to_owned() + rows);
    build(&test, &without("tier api"));
    assert!(!test.path("out/kubernetes/30-api.yaml").exists());
}

// --check.

#[test]
fn a_folder_that_is_right_is_one_line() {
    let test = shop();
    let before = (test.tree("out"), times(&test));
    let ran = test.run(&["build", "shop.todo", "--check"]).ok();
    assert_eq!(ran.stdout, "out: as shop.todo says\n");
    assert_eq!((test.tree("out"), times(&test)), before);
    test.run(&["build", "shop.todo", "--check", "--emit", "docker"])
        .ok();
}

fn times(test: &Test) -> Vec<std::time::SystemTime> {
    let time = |path: &String| fs::metadata(test.path(path)).and_then(|found| found.modified());
    let times = names(test).iter().map(time).collect::<Result<_, _>>();
    times.expect("times")
}

#[test]
fn what_a_build_would_change_is_a_diff() {
    let test = shop();
    let wider = SHOP.replace("health \"/\"\n}", "health \"/\"\n  replicas 2\n}");
    fs::write(test.path("shop.todo"), wider).expect("a file");
    let before = (test.tree("out"), times(&test));
    let ran = test.run(&["build", "shop.todo", "--check"]);
    assert_eq!(ran.status, Some(1));
    assert_eq!(
        ran.stderr,
        "out: not as shop.todo says, in 1 file; build it without --check\n"
    );
    let start = "--- out/kubernetes/30-api.yaml\n+++ out/kubernetes/30-api.yaml\n@@ -";
    assert!(ran.stdout.starts_with(start), "{}", ran.stdout);
    assert!(ran.stdout.contains("\n-  replicas: 1\n+  replicas: 2\n"));
    assert_eq!((test.tree("out"), times(&test)), before);
}

#[test]
fn missing_changed_and_left_files_are_found() {
    let web = "out/kubernetes/30-web.yaml";
    let check = |test: &Test, files: usize| {
        let before = test.tree(".");
        let ran = test.run(&["build", "shop.todo", "--check"]);
        assert_eq!(ran.status, Some(1), "{ran:?}");
        assert_eq!(test.tree("."), before);
        let files = format!(", in {files} file");
        assert!(ran.stderr.contains(&files), "{}", ran.stderr);
        ran.stdout
    };
    let test = shop();
    fs::remove_file(test.path(web)).expect("a file");
    let diff = check(&test, 1);
    assert!(
        diff.starts_with(&format!("--- /dev/null\n+++ {web}\n@@ -0,0 ")),
        "{diff}"
    );

    let test = shop().file(web, "by\x1b[31m hand");
    let diff = check(&test, 1);
    assert!(
        diff.contains("\n-by␛[31m hand\n\\ No newline at end of file\n+# Gen"),
        "{diff}"
    );

    let test = shop().file("shop.todo", without("tier api"));
    let diff = check(&test, 5);
    assert!(
        diff.contains("--- out/docker/api.Dockerfile\n+++ /dev/null\n"),
        "{diff}"
    );

    let test = Test::new().file("shop.todo", SHOP);
    check(&test, 12);

    // A file that todoc doesn't know of has the right bytes, but is nobody's.
    let test = shop();
    fs::remove_file(test.path("out/todoc.lock")).expect("a file");
    let diff = check(&test, 1);
    assert!(
        diff.starts_with("--- /dev/null\n+++ out/todoc.lock\n"),
        "{diff}"
    );

    let test = shop().file(web, "x".repeat(2 << 20));
    assert_eq!(
        check(&test, 1),
        format!("{web}: it is far larger than what is built\n")
    );
    fs::remove_file(test.path(web)).expect("a file");
    fs::create_dir(test.path(web)).expect("a folder");
    assert_eq!(check(&test, 1), format!("{web}: it is a folder\n"));
}

#[test]
fn a_diff_shows_no_secret_that_somebody_pasted() {
    let test = shop();
    let web = "out/kubernetes/30-web.yaml";
    let secret = "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-secrets\nstringData:\n  \
                  SESSION: hunter2\n";
    let pasted = test.read(web).replacen(
        "      containers:",
        "      password: hunter2\n      containers:",
        1,
    );
    let test = test
        .file(web, format!("{pasted}{secret}"))
        .file("out/docker/web.Dockerfile", "FROM a\nENV API_KEY=hunter2\n")
        .file("out/kubernetes/40-mine.yaml", secret);
    let ran = test.run(&["build", "shop.todo", "--check"]);
    assert_eq!(ran.status, Some(1));
    for shown in [
        "\n-      password: •••\n",
        "\n-kind: Secret\n",
        "\n-  name: shop-secrets\n",
        "\n-  SESSION: •••\n",
        "\n-ENV API_KEY=•••\n",
    ] {
        assert!(ran.stdout.contains(shown), "{shown}{}", ran.stdout);
    }
    assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
}

#[test]
fn the_diff_can_be_applied() {
    if !has_tool("patch", Command::new("patch").arg("--version")) {
        return;
    }
    let test = shop().file("shop.todo", without("tier api").replace("3000", "3001"));
    let diff = test.run(&["build", "shop.todo", "--check"]).stdout;
    let test = test.file("diff", diff);
    let patch = Command::new("patch")
        .args(["-p0", "-E", "-i", "diff"])
        .current_dir(test.path(""))
        .output()
        .expect("patch");
    assert!(patch.status.success(), "{patch:?}");
    let fresh = Test::new().file("shop.todo", test.read("shop.todo"));
    fresh.run(&["build", "shop.todo"]).ok();
    let files = |test: &Test| {
        let mut files = test.tree("out");
        files.retain(|(path, _)| path != "out/todoc.lock");
        files
    };
    assert_eq!(files(&test), files(&fresh));
}

#[test]
fn a_check_that_cannot_be_made_is_no_difference() {
    let test = shop().file("out/todoc.lock", "<<<<<<<\n");
    let ran = test.run(&["build", "shop.todo", "--check"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    let test = shop().file("shop.todo", "app shop\ntier web\n");
    let ran = test.run(&["build", "shop.todo", "--check"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.starts_with("error[E"), "{}", ran.stderr);
}

// All targets.

#[test]
fn folders_of_targets_that_are_gone_are_named_and_stay() {
    const HEADING: &str = "Built for targets that are gone";
    let left = |test: &Test, args: &[&str]| {
        let ran = test.run(&[&["build"], args].concat()).ok();
        let mut lines = ran
            .stdout
            .lines()
            .skip_while(|line| !line.starts_with(HEADING));
        let lines = lines.by_ref().skip(1).map(str::trim).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    let test = shop()
        .file("out/notes/kustomization.yaml", "# mine\n")
        .file("other.todo", SHOP.to_owned() + "target mine {}\n");
    test.run(&["build", "other.todo"]).ok();
    let test = test.file(
        "shop.todo",
        SHOP.to_owned() + "target a {}\ntarget old {}\n",
    );
    assert_eq!(left(&test, &["shop.todo", "--all-targets"]), ["out"]);
    let old = test.tree("out/old");

    // Renamed; and what others built or wrote there is theirs.
    let test = test.file(
        "shop.todo",
        SHOP.to_owned() + "target a {}\ntarget new {}\n",
    );
    assert_eq!(left(&test, &["shop.todo"]), ["out", "out/old"]);
    assert_eq!(
        left(&test, &["shop.todo", "--all-targets"]),
        ["out", "out/old"]
    );
    assert_eq!(left(&test, &["shop.todo", "--out", "x"]), [""; 0]);
    assert_eq!(test.tree("out/old"), old);

    let test = test.file("shop.todo", SHOP);
    assert_eq!(left(&test, &["shop.todo"]), ["out/a", "out/new", "out/old"]);
}

#[test]
fn every_target_has_its_folder() {
    let test = Test::new().file("app.todo", TODO);
    let ran = test.run(&["build", "app.todo", "--all-targets"]).ok();
    for target in ["local", "production"] {
        let lines = format!(" files written to out/{target}\nfor target {target}\n");
        assert!(ran.stdout.contains(&lines), "{}", ran.stdout);
        let one = Test::new().file("app.todo", TODO);
        one.run(&["build", "app.todo", "--target", target]).ok();
        let folder = format!("out/{target}");
        assert_eq!(test.tree(&folder), one.tree(&folder));
    }
    let ran = test
        .run(&["build", "app.todo", "--all-targets", "--check"])
        .ok();
    assert_eq!(
        ran.stdout,
        "out/local: as app.todo says\nout/production: as app.todo says\n"
    );

    test.run(&["build", "app.todo", "--all-targets", "--out", "x y"])
        .ok();
    assert!(test.path("x y/production/todoc.lock").is_file());
    let changed = test.file("x y/local/kustomization.yaml", "by hand");
    let args = [
        "build",
        "app.todo",
        "--all-targets",
        "--out",
        "x y",
        "--check",
    ];
    let ran = changed.run(&args);
    assert_eq!(ran.status, Some(1));
    assert_eq!(ran.stderr.matches("not as app.todo says").count(), 1);

    let test = shop();
    let ran = test
        .run(&["build", "shop.todo", "--all-targets", "--check"])
        .ok();
    assert_eq!(ran.stdout, "out: as shop.todo says\n");
}

#[test]
fn all_targets_are_written_or_none() {
    let test = Test::new()
        .file("app.todo", TODO)
        .file("out/production/kustomization.yaml", "mine");
    let ran = test.run(&["build", "app.todo", "--all-targets"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert_eq!(names(&test), ["out/production/kustomization.yaml"]);

    let wrong = TODO.replace("expose ingress \"todo", "expose ingress \"-todo");
    let test = Test::new().file("app.todo", wrong);
    let ran = test.run(&["build", "app.todo", "--all-targets"]);
    assert_eq!((ran.status, names(&test)), (Some(1), Vec::new()));
    assert!(ran.stderr.contains("1 error in app.todo"), "{}", ran.stderr);
    test.run(&["build", "app.todo"]).ok();
}

/// A text with a fault in the first two of its three targets.
const FAULTY: &str = r#"app todo
tier web {
  build nextjs "./web" { NEXT_PUBLIC_URL = web.public_url }
  port 3000
  health "/"
}
target a { tier web { expose internal } }
target b { registry "ghcr.io/acme" }
target c { tier web { expose ingress "c.example.com" } }
"#;

#[test]
fn a_fault_of_some_targets_names_them() {
    let check = |text: &str| Test::new().stdin(text).run(&["check", "-"]).stderr;
    let told = check(FAULTY);
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    let note = "help: this is so for targets `a`, `b` only\n";
    assert!(told.contains(note), "{told}");

    let one = FAULTY.replace("internal", "ingress \"a.example.com\"");
    let told = check(&one);
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    assert!(
        told.contains("help: this is so for target `b` only\n"),
        "{told}"
    );

    let all = FAULTY.replace("ingress \"c.example.com\"", "internal");
    let told = check(&all);
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    assert!(!told.contains("this is so for"), "{told}");

    // A fault that stands in a target is that target's.
    let told = check(&FAULTY.replace("registry \"ghcr.io/acme\"", "registry \"https://x\""));
    assert_eq!(told.matches("error[").count(), 2, "{told}");
    assert_eq!(told.matches("this is so for").count(), 1, "{told}");
}

// Tags.

#[test]
fn a_tag_of_the_command_line_wins() {
    let public = TODO.replace(
        "build nextjs \"./web\"",
        "build nextjs \"./web\" { NEXT_PUBLIC_URL = web.public_url }",
    );
    let tagged = public.replace("images local", "images local, tag \"own\"");
    for (text, usual) in [
        (TODO, "1.0.0"),
        (&public, "1.0.0-local"),
        (&tagged, "own"),
        (&TODO.replace("version", "tag \"mine\"\n  version"), "mine"),
    ] {
        let test = Test::new().file("app.todo", text);
        let of_target = if text.contains("NEXT_PUBLIC") {
            "abc_1.2-local"
        } else {
            "abc_1.2"
        };
        for (args, tag) in [
            (&["build", "app.todo"][..], usual),
            (&["build", "app.todo", "--tag", "abc_1.2"], of_target),
        ] {
            test.run(args).ok();
            let image = format!("image: todo-web:{tag}\n");
            assert!(
                test.read("out/local/kubernetes/30-web.yaml")
                    .contains(&image),
                "{image}"
            );
            let image = format!("\"todo-web:{tag}\"");
            assert!(test.read("out/local/docker/bake.json").contains(&image));
        }
    }
    // What others build keeps its tag.
    let test = shop();
    test.run(&["build", "shop.todo", "--tag", "x"]).ok();
    assert!(
        test.read("out/kubernetes/30-cache.yaml")
            .contains("valkey/valkey:8\n")
    );
}

#[test]
fn a_tag_that_no_registry_takes_is_refused() {
    let test = Test::new().file("app.todo", TODO);
    for (tag, rule) in [
        ("a b", "may hold letters"),
        ("-a", "may not begin with"),
        ("", "it must have a character"),
        (&"x".repeat(129), "it is longer than 128 characters"),
    ] {
        let ran = test.run(&["build", "app.todo", &format!("--tag={tag}")]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(rule), "{}", ran.stderr);
    }
    assert!(!test.path("out").exists());
}

#[test]
fn one_tag_never_names_two_images() {
    let source = TODO
        .replace(
            "build nextjs \"./web\"",
            "build nextjs \"./web\" { NEXT_PUBLIC_URL = web.public_url }",
        )
        .replace(
            "images local",
            "context \"here\"\n  registry \"ghcr.io/acme\"",
        )
        .replace(
            "target production {",
            "target production {\n  context \"there\"",
        );
    let test = Test::new().file("app.todo", &source);
    test.run(&["build", "app.todo", "--all-targets"]).ok();
    test.run(&["build", "app.todo", "--all-targets", "--tag", "x"])
        .ok();
    // What a job runs is built as well.
    let job =
        "\njob seed {\n  build node \"./seed\" { SITE = web.public_url }\n  command \"node\"\n}\n";
    let test = test.file(
        "app.todo",
        source.replace("{ NEXT_PUBLIC_URL = web.public_url }", "") + job,
    );
    test.run(&["build", "app.todo", "--all-targets", "--tag", "y"])
        .ok();
    for target in ["local", "production"] {
        for (tier, tag) in [("web", "y".to_owned()), ("seed", format!("y-{target}"))] {
            let bake = test.read(&format!("out/{target}/docker/bake.json"));
            let name = format!("\"ghcr.io/acme/todo-{tier}:{tag}\"");
            assert!(bake.contains(&name), "{name} in {bake}");
        }
    }
    // Without build arguments it is one image for both.
    let same = Test::new().file("app.todo", TODO);
    same.run(&["build", "app.todo", "--all-targets", "--tag", "x"])
        .ok();
}

// Builds that are cut off, and builds at once.

/// Every file is one of two builds' whole, and a further build gives all that the second says.
fn is_taken_up(test: &Test, old: &[(String, String)], new: &[(String, String)]) {
    for file in test.tree("out") {
        let is_passing = file.0.ends_with("todoc.lock") || file.0.contains("/.todoc-");
        assert!(
            is_passing || old.contains(&file) || new.contains(&file),
            "{}",
            file.0
        );
    }
    test.run(&["build", "shop.todo"]).ok();
    assert_eq!(test.tree("out"), new);
}

#[test]
fn a_build_killed_at_any_moment_is_taken_up() {
    let source = without("tier api").replace("3000", "3001");
    let old = shop().tree("out");
    let fresh = shop();
    let start = Instant::now();
    build(&fresh, &source);
    let (whole, new) = (start.elapsed(), fresh.tree("out"));
    for part in 0..30 {
        let test = shop();
        fs::write(test.path("shop.todo"), &source).expect("a file");
        let mut child = test
            .command(&["build", "shop.todo"])
            .stdout(Stdio::null())
            .spawn()
            .expect("todoc starts");
        std::thread::sleep(whole * part / 25);
        child.kill().expect("killed");
        child.wait().expect("ended");
        is_taken_up(&test, &old, &new);
    }
}

#[cfg(unix)]
#[test]
fn a_build_without_space_is_taken_up() {
    let source = without("tier api").replace("3000", "3001");
    let old = shop().tree("out");
    let fresh = shop();
    build(&fresh, &source);
    let new = fresh.tree("out");
    let mut failed = 0;
    for blocks in 0..12 {
        let test = shop();
        fs::write(test.path("shop.todo"), &source).expect("a file");
        // No file may grow beyond so many blocks, as on a disk that is full.
        let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &limit, "sh", env!("CARGO_BIN_EXE_todoc")])
            .args(["build", "shop.todo"])
            .current_dir(test.path(""))
            .stdin(Stdio::null())
            .output()
            .expect("sh");
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{stderr}");
            let reason = "`: the file would be too large\n";
            assert!(
                stderr.starts_with("error: can't write `out/") && stderr.ends_with(reason),
                "{stderr}"
            );
            failed += 1;
        }
        is_taken_up(&test, &old, &new);
    }
    assert!(failed > 1, "{failed}");
}

#[test]
fn of_two_builds_at_once_one_wins_whole() {
    // The lock remembers more: what one of them leaves to be deleted.
    let files = |test: &Test| -> Vec<_> {
        let tree = test.tree("out").into_iter();
        tree.filter(|(path, _)| path != "out/todoc.lock").collect()
    };
    let test = Test::new()
        .file("a.todo", SHOP)
        .file("b.todo", without("tier api").replace("3000", "3001"));
    let trees = ["a.todo", "b.todo"].map(|file| {
        let alone = Test::new().file(file, test.read(file));
        alone.run(&["build", file]).ok();
        files(&alone)
    });
    for _ in 0..10 {
        let children = ["a.todo", "b.todo", "a.todo", "b.todo"].map(|file| {
            let mut command = test.command(&["build", file, "--force"]);
            command.stdout(Stdio::null()).spawn().expect("todoc starts")
        });
        for mut child in children {
            assert!(child.wait().expect("ended").success());
        }
        assert!(trees.contains(&files(&test)));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_another_build_writes_is_waited_for() {
    let test = shop();
    let held = File::open(test.path("out")).expect("a folder");
    held.lock().expect("a lock");
    let mut command = test.command(&["build", "shop.todo"]);
    let mut waiting = command.stdout(Stdio::null()).spawn().expect("todoc starts");
    std::thread::sleep(Duration::from_millis(300));
    assert!(waiting.try_wait().expect("a state").is_none());
    // Whoever only looks needn't wait.
    test.run(&["build", "shop.todo", "--check"]).ok();
    drop(held);
    assert!(waiting.wait().expect("ended").success());
}
