//! What a build says and does where an earlier one was deployed, through the real binary.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::{Ran, Test};
use crate::support::has_tool;

/// A front end, whose image browsers read, and an API with migrations and a worker of its image.
const APP: &str = r#"app shop {
  version "1.0.0"
  registry "ghcr.io/acme"
}

secret DATABASE_URL from env { url "postgresql" }

tier web {
  build dockerfile "./web" { API_URL = api.public_url }
  port 3000
  health tcp
  expose ingress "shop.example.com" tls
}

tier api {
  build fastapi "./api" { entry "main:app", packages pip }
  port 8000
  health "/health"
  expose ingress "api.example.com" tls
  migrate "alembic" "upgrade" "head"
  env { DATABASE_URL }
}

tier worker from api { command "celery" "-A" "app.worker" "worker" }
"#;

fn shop(text: &str) -> Test {
    Test::new()
        .file("app.todo", text)
        .file("web/Dockerfile", "FROM scratch\nCOPY . /\n")
        .file("web/.dockerignore", "*.md\ntarget\n")
        .file("web/index.html", "one")
        .file("web/deep/er/page.html", "deep")
        .file(
            "api/requirements.txt",
            "fastapi==0.115.0\nuvicorn==0.30.0\nalembic\ncelery\n",
        )
        .file("api/main.py", "app = 1\n")
}

/// The tags that a file of objects has, each once.
fn tags(test: &Test, file: &str) -> Vec<String> {
    let objects = test.read(&format!("out/kubernetes/{file}"));
    let images = objects
        .lines()
        .filter_map(|line| line.trim().strip_prefix("image: "));
    let tags = images.filter_map(|image| image.rsplit_once(':'));
    let mut tags: Vec<_> = tags.map(|(_, tag)| tag.to_owned()).collect();
    tags.dedup();
    tags
}

fn tag(test: &Test, file: &str) -> String {
    let mut tags = tags(test, file);
    assert_eq!(tags.len(), 1, "{file}: {tags:?}");
    tags.remove(0)
}

fn is_digest(text: &str) -> bool {
    text.len() == 12 && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

fn build(test: &Test, more: &[&str]) -> Ran {
    test.run(&[&["build", "app.todo"], more].concat())
}

const FROM_SOURCES: &[&str] = &["--tag-from", "sources"];

#[test]
fn changed_code_has_another_tag_wherever_the_image_runs() {
    let test = shop(APP);
    build(&test, FROM_SOURCES).ok();
    let (web, api) = (tag(&test, "30-web.yaml"), tag(&test, "30-api.yaml"));
    assert!(is_digest(&web) && is_digest(&api) && web != api);
    assert_eq!(tag(&test, "30-worker.yaml"), api);
    let bake = test.read("out/docker/bake.json");
    assert!(bake.contains(&format!("acme/shop-web:{web}\"")), "{bake}");
    let migration = |test: &Test| {
        let objects = test.read("out/kubernetes/25-api-migrate.yaml");
        let name = objects
            .lines()
            .find(|line| line.contains("name: shop-api-migrate-"));
        name.expect("a Job").to_owned()
    };
    let before = migration(&test);
    test.write("api/main.py", "app = 2\n");
    build(&test, FROM_SOURCES).ok();
    assert_eq!(tag(&test, "30-web.yaml"), web);
    let changed = tag(&test, "30-api.yaml");
    assert!(is_digest(&changed) && changed != api);
    assert_eq!(tag(&test, "30-worker.yaml"), changed);
    assert_ne!(migration(&test), before);
    // Back to the same sources is back to the same image.
    test.write("api/main.py", "app = 1\n");
    build(&test, FROM_SOURCES).ok();
    assert_eq!(tag(&test, "30-api.yaml"), api);
}

#[test]
fn what_goes_into_an_image_counts_and_nothing_else() {
    let test = shop(APP);
    let tag = |file: &str| {
        build(&test, FROM_SOURCES).ok();
        tag(&test, file)
    };
    let (web, api) = (tag("30-web.yaml"), tag("30-api.yaml"));
    // What is left out, by our own file and by theirs; folders without files; and what builds write.
    let test_file = |path: &str, text: &str| {
        let path = test.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    test_file("api/.env", "PASSWORD=x");
    test_file("api/__pycache__/main.pyc", "x");
    test_file("web/README.md", "x");
    test_file("web/target/x/y", "x");
    fs::create_dir(test.path("web/empty")).expect("a folder");
    assert_eq!((tag("30-web.yaml"), tag("30-api.yaml")), (web.clone(), api));
    let mut seen = vec![web];
    for (path, text) in [
        ("web/deep/er/page.html", "changed"),
        ("web/deep/er/more.html", ""),
        ("web/Dockerfile", "FROM scratch\nCOPY . /\nUSER 1\n"),
        ("web/.dockerignore", "target\n"),
        ("web/Dockerfile.dockerignore", "deep\n"),
        ("app.todo", &APP.replace("API_URL", "API_ADDRESS")),
        (
            "app.todo",
            &APP.replace("\"api.example.com\"", "\"api2.example.com\""),
        ),
    ] {
        test_file(path, text);
        let new = tag("30-web.yaml");
        assert!(!seen.contains(&new), "{path}");
        seen.push(new);
    }
    // Another name for the same content, and a way to write it.
    fs::rename(test.path("web/index.html"), test.path("web/start.html")).expect("renamed");
    let renamed = tag("30-web.yaml");
    assert!(!seen.contains(&renamed));
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let page = test.path("web/start.html");
        fs::set_permissions(&page, fs::Permissions::from_mode(0o755)).expect("a mode");
        let program = tag("30-web.yaml");
        assert_ne!(program, renamed);
        // Who else may read it is another machine's affair.
        fs::set_permissions(&page, fs::Permissions::from_mode(0o700)).expect("a mode");
        assert_eq!(tag("30-web.yaml"), program);
        symlink("start.html", test.path("web/link")).expect("a link");
        assert_ne!(tag("30-web.yaml"), program);
        // A link that leads nowhere, and out of the folder, is one as well.
        symlink("/nowhere/at/all", test.path("web/astray")).expect("a link");
        tag("30-web.yaml");
    }
}

#[test]
fn the_text_may_say_it_and_the_command_line_wins() {
    let program = APP.replace("version \"1.0.0\"", "tag from sources");
    let test = shop(&program);
    build(&test, &[]).ok();
    let said = tag(&test, "30-web.yaml");
    let same = shop(APP);
    build(&same, FROM_SOURCES).ok();
    // The version is in an image of a recipe, and in no other.
    assert_eq!(tag(&same, "30-web.yaml"), said);
    build(&test, &["--tag", "mine"]).ok();
    assert_eq!(tag(&test, "30-web.yaml"), "mine");
    // A check reads no sources, and knows what is said.
    test.run(&["check", "app.todo"]).ok();
    let ran = build(&test, &["--tag", "x", "--tag-from", "git"]);
    assert_eq!(ran.status, Some(2));
}

#[test]
fn sources_that_cannot_be_read_are_no_tag() {
    let test = shop(APP);
    fs::remove_file(test.path("web/Dockerfile")).expect("removed");
    let refused = |why: &str| {
        let ran = build(&test, FROM_SOURCES);
        let expected = format!(
            "error: can't make a tag of the sources of `web`: `./web`: {why}\n\
             help: mend that, or give the tag: `--tag 1.0.0`\n"
        );
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.ends_with(&expected), "{}", ran.stderr);
    };
    refused("`Dockerfile` can't be read");
    fs::remove_dir_all(test.path("web")).expect("removed");
    refused("there is no such file or folder");
    assert!(!test.path("out").exists());
    // Who asks for no such tag may build without sources.
    build(&test, &["--no-context"]).ok();
    build(&test, &["--no-context", "--tag", "1"]).ok();
}

/// Runs Git in the folder of a test, whatever the configuration of this machine.
fn git(test: &Test, words: &[&str]) {
    let ran = Command::new("git")
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(words)
        .current_dir(test.path(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git");
    assert!(ran.status.success(), "{ran:?}");
}

#[test]
fn a_commit_is_a_tag_and_what_it_lacks_is_in_the_tag_too() {
    const FROM_GIT: &[&str] = &["--tag-from", "git"];
    if !has_tool("git", Command::new("git").arg("--version")) {
        return;
    }
    let path: &'static str = std::env::var("PATH").unwrap_or_default().leak();
    let without = shop(APP).env("PATH", "/nowhere");
    let ran = build(&without, FROM_GIT);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(
        ran.stderr.contains("`git` isn't installed"),
        "{}",
        ran.stderr
    );
    let test = shop(APP)
        .env("PATH", path)
        .env("GIT_CEILING_DIRECTORIES", "/tmp");
    let ran = build(&test, FROM_GIT);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.contains("not a git repository"),
        "{}",
        ran.stderr
    );
    git(&test, &["init", "-q"]);
    let ran = build(&test, FROM_GIT);
    assert!(
        ran.stderr.contains("nothing is committed there"),
        "{}",
        ran.stderr
    );
    git(&test, &["add", "-A"]);
    git(&test, &["commit", "-qm", "one"]);
    build(&test, FROM_GIT).ok();
    let commit = tag(&test, "30-web.yaml");
    assert!(is_digest(&commit), "{commit}");
    assert_eq!(tag(&test, "30-api.yaml"), commit);
    // What the build wrote is no change of its sources.
    build(&test, FROM_GIT).ok();
    assert_eq!(tag(&test, "30-web.yaml"), commit);
    test.write("web/index.html", "two");
    build(&test, FROM_GIT).ok();
    let dirty = tag(&test, "30-web.yaml");
    assert!(dirty.starts_with(&format!("{commit}-")), "{dirty}");
    test.write("web/index.html", "three");
    build(&test, FROM_GIT).ok();
    let other = tag(&test, "30-web.yaml");
    assert!(
        other.starts_with(&format!("{commit}-")) && other != dirty,
        "{other}"
    );
    test.write("web/index.html", "one");
    // A clone without history has the same commit.
    git(
        &test,
        &[
            "clone",
            "-q",
            "--depth",
            "1",
            &format!("file://{}", test.path("").display()),
            "clone",
        ],
    );
    let ran = test.run(&[&["build", "clone/app.todo", "--out", "of-clone"], FROM_GIT].concat());
    ran.ok();
    let web = test.read("of-clone/kubernetes/30-web.yaml");
    assert!(
        web.contains(&format!("image: ghcr.io/acme/shop-web:{commit}\n")),
        "{web}"
    );
}

#[test]
fn changed_code_under_the_same_tag_is_told_until_the_tag_changes() {
    const TOLD: &str = "Changed under a tag that stays the same";
    let test = shop(APP);
    let told = |args: &[&str]| {
        let ran = build(&test, args).ok();
        ran.stdout.contains(TOLD).then_some(ran.stdout)
    };
    assert_eq!(told(&[]), None);
    assert_eq!(told(&[]), None);
    test.write("api/main.py", "app = 2\n");
    for _ in 0..2 {
        let told = told(&[]).expect("it is told");
        assert!(told.contains("\n  ghcr.io/acme/shop-api:1.0.0\n"), "{told}");
        assert!(!told.contains("shop-web:1.0.0\n  "), "{told}");
        assert!(told.contains("tag from sources"), "{told}");
    }
    // Compose builds what changed by itself.
    let ran = build(&test, &["--emit", "compose", "--out", "compose"]).ok();
    assert!(!ran.stdout.contains(TOLD));
    assert_eq!(told(FROM_SOURCES), None);
    assert_eq!(told(&["--tag", "1.0.1"]), None);
    test.write("api/main.py", "app = 3\n");
    assert!(told(&["--tag", "1.0.1"]).is_some());
    // Another node in the Dockerfile is another image as well.
    test.write(
        "app.todo",
        &APP.replace("packages pip", "python 3.12, packages pip"),
    );
    assert_eq!(told(&["--tag", "1.0.2"]), None);
    test.write(
        "app.todo",
        &APP.replace("packages pip", "python 3.13, packages pip"),
    );
    assert!(told(&["--tag", "1.0.2"]).is_some());
}

#[test]
fn targets_keep_their_images_apart() {
    let targets = "\nconfig { REGION }\n\
                   target eu { context \"eu\", config { REGION = \"eu\" } }\n\
                   target us { context \"us\", config { REGION = \"us\" } }\n";
    let program = APP.replace("API_URL = api.public_url", "REGION = config.REGION") + targets;
    let image = |test: &Test, target: &str, tier: &str| {
        let objects = test.read(&format!("out/{target}/kubernetes/30-{tier}.yaml"));
        let mut lines = objects
            .lines()
            .filter_map(|line| line.trim().strip_prefix("image: "));
        lines.next().expect("an image").to_owned()
    };
    let test = shop(&program);
    for (args, tag) in [(&[][..], "1.0.0"), (&["--tag", "abc"], "abc")] {
        build(&test, &[&["--all-targets"], args].concat()).ok();
        for target in ["eu", "us"] {
            let web = format!("ghcr.io/acme/shop-web:{tag}-{target}");
            assert_eq!(image(&test, target, "web"), web);
            assert_eq!(
                image(&test, target, "api"),
                format!("ghcr.io/acme/shop-api:{tag}")
            );
        }
    }
    build(&test, &[&["--all-targets"], FROM_SOURCES].concat()).ok();
    assert_ne!(image(&test, "eu", "web"), image(&test, "us", "web"));
    assert_eq!(image(&test, "eu", "api"), image(&test, "us", "api"));
    // One that all targets build alike has one name.
    let alike = shop(&program.replace("REGION = \"us\"", "REGION = \"eu\""));
    build(&alike, &["--all-targets"]).ok();
    assert_eq!(image(&alike, "us", "web"), "ghcr.io/acme/shop-web:1.0.0");
}

#[test]
fn images_for_different_platforms_are_kept_apart() {
    let targets = "\ntarget eu { context \"eu\", platform \"linux/amd64\" }\n\
                   target us { context \"us\", platform \"linux/arm64\" \"linux/amd64\" }\n";
    let test = shop(&(APP.to_owned() + targets));
    let image = |test: &Test, target: &str| {
        let objects = test.read(&format!("out/{target}/kubernetes/30-api.yaml"));
        let mut lines = objects
            .lines()
            .filter_map(|line| line.trim().strip_prefix("image: "));
        lines.next().expect("an image").to_owned()
    };
    build(&test, &["--all-targets"]).ok();
    for target in ["eu", "us"] {
        let expected = format!("ghcr.io/acme/shop-api:1.0.0-{target}");
        assert_eq!(image(&test, target), expected);
    }
    build(&test, &["--all-targets", "--tag-from", "sources"]).ok();
    assert_ne!(image(&test, "eu"), image(&test, "us"));
    // What the application says isn't for a cluster on this machine, whose images have other names anyway.
    let targets = "\ntarget cloud { context \"cloud\" }\n\
                   target laptop { context \"laptop\", images local }\n";
    let program = APP.replace(
        "version \"1.0.0\"",
        "version \"1.0.0\"\n  platform \"linux/amd64\"",
    );
    let test = shop(&(program + targets));
    let emit = ["--all-targets", "--emit", "kubernetes,docker,compose"];
    build(&test, &emit).ok();
    assert_eq!(image(&test, "cloud"), "ghcr.io/acme/shop-api:1.0.0");
    assert_eq!(image(&test, "laptop"), "shop-api:1.0.0");
    for (target, number) in [("cloud", 2), ("laptop", 0)] {
        let bake = test.read(&format!("out/{target}/docker/bake.json"));
        assert_eq!(bake.matches("\"linux/amd64\"").count(), number, "{bake}");
        // Of the worker too, which runs the API's image.
        let compose = test.read(&format!("out/{target}/compose.yaml"));
        let said = compose.matches("    platform: linux/amd64\n").count();
        assert_eq!(said, if number == 0 { 0 } else { 4 }, "{compose}");
    }
}

#[test]
fn a_folder_is_of_one_source() {
    let other = "app blog\n\ntier blog { image \"ghost:5.1\", port 2368, health \"/\" }\n";
    let test = shop(APP).file("blog.todo", other);
    build(&test, &[]).ok();
    let before = test.tree("out");
    let refusal = "error: `out` has the files of `../app.todo`: a build of `blog.todo` would delete them, and \
                   take what runs for objects to delete\n\
                   help: name another folder, such as `--out out/blog`; or take it over with --force\n";
    test.run(&["build", "blog.todo"]).fails(refusal);
    test.run(&["build", "blog.todo", "--check"]).fails(refusal);
    assert_eq!(test.tree("out"), before);
    test.run(&["build", "blog.todo", "--out", "out/blog"]).ok();
    assert_eq!(
        test.read("out/kustomization.yaml"),
        before
            .iter()
            .find(|(path, _)| path == "out/kustomization.yaml")
            .expect("it")
            .1
    );
    // The same source from elsewhere is the same source.
    let inside = shop(APP).file("sub/x", "");
    build(&inside, &[]).ok();
    let from_sub = inside
        .command(&["build", "../app.todo", "--out", "../out"])
        .current_dir(inside.path("sub"))
        .output();
    assert!(from_sub.expect("todoc").status.success());
    // A source with another name, and an application with another name, are the same folder's.
    fs::rename(test.path("app.todo"), test.path("shop.todo")).expect("renamed");
    test.run(&["build", "shop.todo"]).ok();
    test.write("shop.todo", &APP.replace("app shop", "app store"));
    let ran = test.run(&["build", "shop.todo"]);
    assert!(ran.stderr.contains("warning[W0705]"), "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("kubectl delete --ignore-not-found -n shop"),
        "{}",
        ran.stdout
    );
    let ran = test.run(&["build", "blog.todo", "--force"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(test.path("out/kubernetes/30-blog.yaml").exists());
}

#[test]
fn line_ends_of_another_system_are_no_change() {
    let test = shop(APP);
    build(&test, &[]).ok();
    for (path, text) in test.tree("out") {
        fs::write(test.path(&path), text.replace('\n', "\r\n")).expect("a file");
    }
    let ran = build(&test, &[]).ok();
    assert!(
        ran.stdout.contains(" files unchanged in out\n"),
        "{}",
        ran.stdout
    );
    build(&test, &["--check"]).ok();
    test.write("app.todo", &APP.replace("1.0.0", "1.0.1"));
    build(&test, &[]).ok();
    assert_eq!(tag(&test, "30-api.yaml"), "1.0.1");
}

#[test]
fn a_lock_of_a_later_version_is_left_alone() {
    let test = shop(APP);
    build(&test, &[]).ok();
    let lock = test.read("out/todoc.lock");
    test.write(
        "out/todoc.lock",
        &lock.replacen("todoc.lock 3:", "todoc.lock 4:", 1),
    );
    build(&test, &[]).fails(
        "error: can't tell which files in `out` todoc wrote: a newer version of it wrote `todoc.lock`\n\
         help: use that version, choose another folder with --out, or overwrite with --force\n",
    );
    test.write("out/todoc.lock", &format!("{lock}<<<<<<< ours\n"));
    let ran = build(&test, &[]);
    assert!(
        ran.stderr.contains("has the conflict markers of a merge"),
        "{}",
        ran.stderr
    );
    build(&test, &["--force"]).ok();
    assert!(Path::new(&test.path("out/todoc.lock")).exists());
}

#[test]
fn each_command_of_a_release_by_charts_names_the_context() {
    for secrets in ["", "  helm { secrets values }\n"] {
        let program = format!(
            "app shop {{\n  context \"one two\"\n{secrets}}}\n\nsecret KEY from env\n\ntier api {{\n  \
             image \"ghcr.io/acme/api:1.0.0\"\n  port 80\n  health \"/\"\n  migrate \"up\"\n  \
             env {{ KEY = secret.KEY }}\n}}\n"
        );
        let ran = shop(&program).run(&["build", "app.todo", "--emit", "kubernetes,helm"]);
        let (_, next) = ran.stdout.split_once("\nNext\n").expect("what comes next");
        // A command, and a comment, go on in the next line.
        let next = next.replace("\\\n", " ").replace("\n  # ", " ");
        let next = next.split_whitespace().collect::<Vec<_>>().join(" ");
        for (program, option) in [("kubectl ", "--context"), ("helm ", "--kube-context")] {
            let calls: Vec<_> = next.split(program).skip(1).collect();
            assert!(!calls.is_empty(), "{next}");
            for call in calls {
                let named = format!("{option} 'one two' ");
                assert!(call.starts_with(&named), "{program}{call}\n\n{next}");
            }
        }
    }
}

#[test]
fn a_context_is_one_line_that_is_seen() {
    for odd in ["\\n touch x #", "\\u202e", "\\u2028", "\\u001b[2J"] {
        let program = APP.replacen(
            "app shop {",
            &format!("app shop {{\n  context \"c{odd}\""),
            1,
        );
        let ran = shop(&program).run(&["check", "app.todo"]);
        assert_eq!(ran.status, Some(1), "{odd} {ran:?}");
        assert!(ran.stderr.contains("error[E0215]"), "{odd} {}", ran.stderr);
    }
}
