//! What may be against a build on the second day: locks of other versions, cut off or left alone, and contexts
//! that kubectl doesn't know. Each is said in plain words, with the right status, and nothing is lost.

use std::fs;
use std::process::Command;

use crate::cli::{Ran, Test};
use crate::support::has_tool;

const SHOP: &str = r#"app shop { registry "ghcr.io/acme", context "nowhere" }

secret API_KEY from env

postgres db {
  version 17
  storage 10Gi
  secret DB_PASSWORD from env
}

tier api {
  image "ghcr.io/acme/api:1.0.0"
  port 8000
  health "/health"
  env { API_KEY, DATABASE_URL = db.url }
}

tier worker from api { command "work" }
"#;

/// All commands that read a lock.
const READERS: &[&[&str]] = &[
    &["build", "app.todo"],
    &["build", "app.todo", "--check"],
    &["next", "app.todo"],
    &["forget", "out"],
];

fn built() -> Test {
    let test = Test::new().file("app.todo", SHOP);
    assert_eq!(build(&test).stderr, "");
    test
}

fn build(test: &Test) -> Ran {
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    ran
}

/// Every command that reads the lock refuses it in these words, and leaves all as it was.
fn refused(test: &Test, words: &[&str]) {
    let before = test.tree("out");
    for args in READERS {
        let ran = test.run(args);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        for word in words {
            assert!(
                ran.stderr.contains(word),
                "{args:?}: {word}: {}",
                ran.stderr
            );
        }
        assert_eq!(ran.stderr.matches("error: ").count(), 1, "{}", ran.stderr);
        assert_eq!(test.tree("out"), before, "{args:?}");
    }
}

/// Overwriting is a way out, and the folder is whole after it.
fn force_mends(test: &Test) {
    let ran = test.run(&["build", "app.todo", "--force"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(build(test).stdout.contains(" files unchanged in out\n"));
}

#[test]
fn a_lock_of_a_later_version_is_read_by_nobody() {
    let test = built();
    let lock = test.read("out/todoc.lock");
    test.write(
        "out/todoc.lock",
        &lock.replacen("todoc.lock 3:", "todoc.lock 9:", 1),
    );
    refused(
        &test,
        &[
            "a newer version of it wrote `todoc.lock`",
            "use that version",
        ],
    );
    force_mends(&test);
}

#[test]
fn a_lock_of_an_earlier_version_knows_its_files() {
    let heads = [
        "# todoc.lock 1: the files here that todoc wrote, and may replace",
        "# todoc.lock 2: the files here that todoc wrote, and may replace or delete",
    ];
    for head in heads {
        let test = built();
        let lock = test.read("out/todoc.lock");
        let rows = lock.lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<_> = rows.collect();
        let old = format!("{head}\n{}\n", rows.join("\n"));
        test.write("out/todoc.lock", &old);
        let told = build(&test).stdout;
        assert!(told.contains(" files unchanged in out\n"), "{told}");
        let ran = test.run(&["next", "app.todo"]).ok();
        assert!(
            ran.stdout.contains("kubectl --context nowhere apply"),
            "{}",
            ran.stdout
        );
        test.run(&["forget", "out"]).ok();
        // A tier that is gone is known by its file.
        test.write("out/todoc.lock", &old);
        test.write(
            "app.todo",
            &SHOP.replace("tier worker from api { command \"work\" }\n", ""),
        );
        let told = build(&test).stdout;
        assert!(told.contains("deployment/shop-worker"), "{told}");
        assert!(!test.path("out/kubernetes/30-worker.yaml").exists());
    }
}

#[test]
fn a_lock_that_was_cut_off_or_replaced_is_damaged() {
    let lock = built().read("out/todoc.lock");
    let cut = |at: usize| lock.as_bytes()[..at].to_vec();
    let damaged = [
        Vec::new(),
        cut(5),
        cut(lock.len() - 70),
        cut(lock.rfind("  ").expect("a row") + 2),
        b"\xff\xfe\x00".to_vec(),
        b"{\"a\": 1}\n".to_vec(),
        lock.replacen("# is [", "# is ", 1).into_bytes(),
    ];
    for bytes in damaged {
        let test = built();
        fs::write(test.path("out/todoc.lock"), &bytes).expect("a file");
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        for args in READERS {
            let ran = test.run(args);
            assert_eq!(ran.status, Some(2), "{args:?}: {shown}");
            assert!(
                ran.stderr.contains("`todoc.lock` is damaged: "),
                "{}",
                ran.stderr
            );
            assert!(ran.stderr.contains("restore the file"), "{}", ran.stderr);
        }
        assert_eq!(
            fs::read(test.path("out/todoc.lock")).expect("a file"),
            bytes
        );
        force_mends(&test);
    }
    let test = built();
    fs::remove_file(test.path("out/todoc.lock")).expect("removed");
    fs::create_dir(test.path("out/todoc.lock")).expect("a folder");
    refused(&test, &["`todoc.lock` is damaged: it is a folder"]);
}

/// As README says to commit them, for CI that builds and deploys.
#[test]
fn locks_alone_are_enough_on_another_machine() {
    let test = built();
    fs::remove_dir_all(test.path("out/kubernetes")).expect("removed");
    fs::remove_file(test.path("out/kustomization.yaml")).expect("removed");
    // Git gave it the line ends of another system.
    let lock = test.read("out/todoc.lock").replace('\n', "\r\n");
    test.write("out/todoc.lock", &lock);
    let program = SHOP.replace("version 17", "version 18");
    test.write(
        "app.todo",
        &program.replace("tier worker from api { command \"work\" }\n", ""),
    );
    let ran = build(&test);
    assert!(ran.stderr.contains("warning[W0701]"), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("deployment/shop-worker"),
        "{}",
        ran.stdout
    );
    assert!(test.path("out/kubernetes/20-db.yaml").exists());
}

#[test]
fn a_folder_without_parts_is_made_whole_and_what_others_changed_is_kept() {
    let test = built();
    let whole = test.tree("out");
    fs::remove_file(test.path("out/kubernetes/30-api.yaml")).expect("removed");
    test.write("out/kubernetes/30-worker.yaml", "mine: yes\n");
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
    let words = "kubernetes/30-worker.yaml: changed since todoc wrote it";
    assert!(ran.stderr.contains(words), "{}", ran.stderr);
    // Either all of it is written or nothing.
    assert!(!test.path("out/kubernetes/30-api.yaml").exists());
    fs::remove_file(test.path("out/kubernetes/30-worker.yaml")).expect("removed");
    let told = build(&test).stdout;
    assert!(told.starts_with("2 files written to out, "), "{told}");
    assert_eq!(test.tree("out"), whole);
}

/// kubectl says so at the first line, and no line acts on another cluster.
#[test]
fn a_context_that_kubectl_lacks_ends_the_first_line() {
    let proof = &mut Command::new("kubectl");
    if !has_tool("kubectl", proof.args(["version", "--client"])) {
        return;
    }
    let test = Test::new().file("app.todo", SHOP).file(
        "config",
        "apiVersion: v1\nkind: Config\ncurrent-context: other\n\
         clusters: [{name: a, cluster: {server: \"http://127.0.0.1:1\"}}]\n\
         users: [{name: b}]\n\
         contexts: [{name: other, context: {cluster: a, user: b}}]\n",
    );
    let told = build(&test).stdout;
    let (_, next) = told.split_once("\nNext\n").expect("what comes next");
    let ran = |script: &str| {
        let own = test.path("bin");
        let path = std::env::var("PATH").unwrap_or_default();
        let _ = fs::create_dir(&own);
        let _ = fs::copy(env!("CARGO_BIN_EXE_todoc"), own.join("todoc"));
        let ran = Command::new("sh")
            .args(["-euc", script])
            .current_dir(test.path(""))
            .env("PATH", format!("{}:{path}", own.display()))
            .env("KUBECONFIG", test.path("config"))
            .env("API_KEY", "s3cr3t-s3cr3t-s3cr3t")
            .env("DB_PASSWORD", "an0ther-s3cr3t-s3cr3t")
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        (ran.status.success(), said)
    };
    let unknown = "context \"nowhere\" does not exist";
    let (is_good, said) = ran(next);
    assert!(!is_good && said.contains(unknown), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let (is_good, said) = ran("todoc secrets apply -y app.todo");
    let unknown =
        "error: cannot locate context nowhere\nhelp: name one of `kubectl config get-contexts`";
    assert!(!is_good && said.contains(unknown), "{said}");
    assert!(!said.contains("s3cr3t"), "{said}");
}
