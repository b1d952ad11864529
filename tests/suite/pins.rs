//! Digests of images: where they count, and how `todoc pin` gets them.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::cli::Test;

/// A digest of one letter.
fn digest(letter: char) -> String {
    format!("sha256:{}", letter.to_string().repeat(64))
}

const APP: &str = "app shop {
  pins \"images.pins\"
  tag from sources
}

postgres db {
  version 17
  storage 1Gi
  secret DB_PASSWORD from env
}

tier web {
  image \"nginxinc/nginx-unprivileged:1.29\"
  port 8080
  health \"/\"
}

tier api {
  build node \"./api\" { entry \"server.js\" }
  port 3000
  health \"/health\"
  env { DATABASE_URL = db.url }
}
";

/// All images of it, in order.
const IMAGES: [&str; 4] = [
    "docker/dockerfile:1",
    "nginxinc/nginx-unprivileged:1.29",
    "node:24-slim",
    "postgres:17",
];

/// The application with a `docker` that answers with what the file `answers` says.
fn shop() -> Test {
    let test = Test::new()
        .file("app.todo", APP)
        .file(
            "api/package.json",
            "{\"name\": \"api\", \"version\": \"1.0.0\"}\n",
        )
        .file(
            "api/package-lock.json",
            "{\"name\": \"api\", \"lockfileVersion\": 3}\n",
        )
        .file(
            "api/server.js",
            "require('http').createServer().listen(3000)\n",
        );
    let folder = test.path("").display().to_string();
    let docker = format!(
        "#!/bin/sh\necho \"$@\" >>'{folder}/asked'\nfor image; do :; done\n\
         grep \"^$image \" '{folder}/answers' | cut -d ' ' -f 2- | grep . ||\n\
         {{ echo 'resolving' >&2; echo \"ERROR: $image: not found\" >&2; exit 1; }}\n"
    );
    let test = test.file("bin/docker", docker);
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(test.path("bin/docker"), mode).expect("a mode");
    let path = format!("{folder}/bin:/usr/bin:/bin");
    test.env("PATH", path.leak())
}

/// Has all registries answer with one digest.
fn answer(test: &Test, letter: char) {
    let line = |image: &&str| format!("{image} {}\n", digest(letter));
    test.write("answers", &IMAGES.iter().map(line).collect::<String>());
}

#[test]
fn all_images_are_named_by_their_digests() {
    let test = shop();
    answer(&test, 'a');
    test.run(&["pin", "app.todo"]).ok();
    let a = digest('a');
    let pins = test.read("images.pins");
    let lines: Vec<_> = pins.lines().skip(1).collect();
    let expected = IMAGES.map(|image| format!("{image}@{a}"));
    assert_eq!(lines, expected);
    let ran = test
        .run(&[
            "build",
            "app.todo",
            "--emit",
            "kubernetes,docker,compose,helm",
        ])
        .ok();
    assert!(!ran.stderr.contains("W0539"), "{}", ran.stderr);
    let dockerfile = test.read("out/docker/api.Dockerfile");
    assert!(
        dockerfile.starts_with(&format!("# syntax=docker/dockerfile:1@{a}\n")),
        "{dockerfile}"
    );
    assert!(
        dockerfile.contains(&format!("FROM node:24-slim@{a} AS base\n")),
        "{dockerfile}"
    );
    let label = format!("org.opencontainers.image.base.digest=\"{a}\"");
    assert!(dockerfile.contains(&label), "{dockerfile}");
    for (file, image) in [
        (
            "out/kubernetes/30-web.yaml",
            format!("nginxinc/nginx-unprivileged:1.29@{a}"),
        ),
        ("out/kubernetes/20-db.yaml", format!("postgres:17@{a}")),
        (
            "out/compose.yaml",
            format!("nginxinc/nginx-unprivileged:1.29@{a}"),
        ),
        ("out/compose.yaml", format!("postgres:17@{a}")),
    ] {
        let written = test.read(file);
        assert!(written.contains(&image), "{file}: {written}");
    }
    assert!(test.read("out/helm/shop/values.yaml").contains(&a));
    // Another image to start from is another image.
    let before = test.read("out/kubernetes/30-api.yaml");
    answer(&test, 'b');
    test.run(&["pin", "app.todo"]).ok();
    test.run(&["build", "app.todo"]).ok();
    assert_ne!(before, test.read("out/kubernetes/30-api.yaml"));
}

#[test]
fn it_says_what_became_of_each_image() {
    let test = shop();
    answer(&test, 'a');
    let ran = test.run(&["pin", "app.todo"]).ok();
    let expected = "images.pins: 4 images
  docker/dockerfile:1               new
  nginxinc/nginx-unprivileged:1.29  new
  node:24-slim                      new
  postgres:17                       new
";
    assert_eq!(ran.stdout, expected);
    let ran = test.run(&["pin", "app.todo"]).ok();
    assert_eq!(ran.stdout, "images.pins: 4 images, nothing changed\n");
    test.write("app.todo", &APP.replace("version 17", "version 18"));
    let ran = test.run(&["check", "app.todo"]);
    assert!(
        ran.stderr
            .contains("`images.pins` has no digest of `postgres:18`"),
        "{}",
        ran.stderr
    );
    // The others' registries aren't asked.
    test.write("answers", &format!("postgres:18 {}\n", digest('c')));
    test.write("asked", "");
    let ran = test.run(&["pin", "app.todo", "--missing"]).ok();
    let expected = "images.pins: 4 images
  docker/dockerfile:1               as before
  nginxinc/nginx-unprivileged:1.29  as before
  node:24-slim                      as before
  postgres:18                       new
  postgres:17                       dropped: nothing uses it
";
    assert_eq!(ran.stdout, expected);
    let asked = "buildx imagetools inspect --format {{.Manifest.Digest}} postgres:18\n";
    assert_eq!(test.read("asked"), asked);
}

#[test]
fn nothing_is_written_where_one_image_has_no_digest() {
    let test = shop();
    answer(&test, 'a');
    test.run(&["pin", "app.todo"]).ok();
    let before = test.read("images.pins");
    test.write(
        "answers",
        &format!("node:24-slim {}\npostgres:17 <html>\n", digest('b')),
    );
    test.run(&["pin", "app.todo"]).fails(
        "error: can't get the digests of 3 images, so nothing was written
  docker/dockerfile:1: not found
  nginxinc/nginx-unprivileged:1.29: not found
  postgres:17: docker answers with something else than a digest
help: see that the registries can be reached, and that `docker login` has been done where they ask for it
",
    );
    assert_eq!(test.read("images.pins"), before);
    let test = shop().env("PATH", "/nowhere");
    let ran = test.run(&["pin", "app.todo"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.contains("`docker` isn't installed"),
        "{}",
        ran.stderr
    );
    assert!(!test.path("images.pins").exists());
}

#[test]
fn a_wrong_file_is_an_error_and_written_anew() {
    let test = shop();
    answer(&test, 'a');
    let (a, b) = (digest('a'), digest('b'));
    let wrong = format!(
        "\u{feff}# digests\n\nnode:24-slim@{a}\nnode:24-slim@{b}\npostgres:17\nredis:8@sha256:12\n"
    );
    test.write("images.pins", &wrong);
    let ran = test.run(&["check", "app.todo"]);
    assert_eq!(ran.status, Some(1));
    for part in [
        "lines 5 and 6 don't name an image with its digest",
        "line 4 names an image",
    ] {
        assert!(ran.stderr.contains(part), "{}", ran.stderr);
    }
    // What it can say of a wrong file is no reason not to mend it.
    test.run(&["pin", "app.todo"]).ok();
    test.run(&["check", "app.todo"]).ok();
    // A link that leads out is neither read nor written.
    fs::remove_file(test.path("images.pins")).expect("a file");
    let outside = test.path("../outside.pins");
    std::os::unix::fs::symlink(&outside, test.path("images.pins")).expect("a link");
    for command in ["check", "pin"] {
        let ran = test.run(&[command, "app.todo"]);
        assert_eq!(ran.status, Some(1), "{}", ran.stderr);
        assert!(ran.stderr.contains("E0313"), "{}", ran.stderr);
    }
    assert!(!outside.exists());
}

#[test]
fn nothing_but_a_file_of_digests_is_replaced() {
    let test = shop();
    answer(&test, 'a');
    test.write("notes.txt", "# to do\nask for the digests\n");
    test.write("kept.pins", &format!("node:24-slim@{}\n", digest('b')));
    std::os::unix::fs::symlink("kept.pins", test.path("link.pins")).expect("a link");
    for name in ["app.todo", "api/package.json", "notes.txt", "link.pins"] {
        let named = APP.replace("images.pins", name);
        test.write("app.todo", &named);
        let before = test.read(name);
        let ran = test.run(&["pin", "app.todo"]);
        assert_eq!(ran.status, Some(2), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("was left as it is"), "{}", ran.stderr);
        assert_eq!(test.read(name), before, "{name}");
        assert!(!test.path("asked").exists(), "nothing is asked for {name}");
    }
}

#[test]
fn a_program_without_pins_is_told_how_to_have_them() {
    let test = shop();
    test.write("app.todo", &APP.replace("  pins \"images.pins\"\n", ""));
    let ran = test.run(&["pin", "app.todo"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr
            .contains("write `pins \"images.pins\"` into its `app`"),
        "{}",
        ran.stderr
    );
    // Of a wrong text nothing is asked.
    test.write("app.todo", &APP.replace("version 17", "version 3"));
    let ran = test.run(&["pin", "app.todo"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("nothing was pinned"), "{}", ran.stderr);
    assert!(!test.path("asked").exists());
}
