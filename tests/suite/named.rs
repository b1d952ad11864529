//! Files that a text names: which of them the command reads, and from where.

use std::fs;

use crate::cli::{Ran, Test};

const SHELF: &str = r#"app shelf

object "./more/certificate.yaml"

tier web {
  image "nginx:1.29"
  file "./nginx.conf" at "/etc/nginx/conf.d/default.conf"
}
"#;

const CERTIFICATE: &str =
    "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: shelf\n";

/// An application with its files, in a folder below the one where the command runs.
fn shelf() -> Test {
    Test::new()
        .file("shelf/app.todo", SHELF)
        .file("shelf/nginx.conf", "server {}\n")
        .file("shelf/more/certificate.yaml", CERTIFICATE)
}

/// The one thing that is wrong.
fn fault(ran: &Ran) -> &str {
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert_eq!(ran.stderr.matches("error[").count(), 1, "{}", ran.stderr);
    ran.stderr.lines().next().expect("a line")
}

#[test]
fn files_are_read_beside_the_source() {
    let test = shelf();
    let ran = test.run(&["build", "shelf/app.todo"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(
        test.read("out/kubernetes/30-web.yaml")
            .contains("nginx.conf: \"server {}\\n\"\n")
    );
    assert!(
        test.read("out/kubernetes/15-certificate.yaml")
            .ends_with(&format!("---\n{CERTIFICATE}"))
    );
    assert!(
        test.read("out/kustomization.yaml")
            .contains("- kubernetes/15-certificate.yaml\n")
    );
    assert_eq!(test.run(&["check", "shelf/app.todo"]).status, Some(0));
}

#[test]
fn a_text_from_standard_input_has_the_current_folder() {
    let test = shelf().file("nginx.conf", "here").stdin(SHELF);
    let ran = test.run(&["check", "-"]);
    let expected =
        "error[E0313]: can't read `./more/certificate.yaml`: there is no such file or folder";
    assert_eq!(fault(&ran), expected);
}

#[test]
fn a_changed_file_rolls_the_pods() {
    let test = shelf();
    let checksum = || {
        test.run(&["build", "shelf/app.todo"]);
        let objects = test.read("out/kubernetes/30-web.yaml");
        let line = objects
            .lines()
            .find(|line| line.contains("checksum/config"));
        line.expect("a checksum").to_owned()
    };
    let before = checksum();
    fs::write(test.path("shelf/nginx.conf"), "server { }\n").expect("a file");
    assert_ne!(checksum(), before);
}

#[test]
fn what_is_too_large_for_a_config_map_is_an_error() {
    let test = shelf().file("shelf/nginx.conf", vec![b'x'; 1_048_577]);
    let ran = test.run(&["check", "shelf/app.todo"]);
    let expected = "error[E0310]: `./nginx.conf` is 1048577 bytes, and a ConfigMap holds 1048576";
    assert_eq!(fault(&ran), expected);
    // It fits, and `kubectl apply` can't take it.
    let test = shelf().file("shelf/nginx.conf", vec![b'x'; 1_048_576]);
    let ran = test.run(&["check", "shelf/app.todo"]);
    let told = fault(&ran);
    assert!(told.starts_with("error[E0318]: these are 10485"), "{told}");
    let test = shelf().file("shelf/nginx.conf", vec![b'x'; 250_000]);
    assert_eq!(test.run(&["check", "shelf/app.todo"]).status, Some(0));
    // What a database reads is a ConfigMap as well.
    let source = "app shelf\n\npostgres db {\n  version 17\n  storage 1Gi\n  secret DB_PASSWORD from env\n  \
                  file \"./shelf.sql\" at \"/docker-entrypoint-initdb.d/shelf.sql\"\n}\n";
    let test = Test::new()
        .file("app.todo", source)
        .file("shelf.sql", vec![b'x'; 300_000]);
    let ran = test.run(&["check", "app.todo"]);
    assert!(fault(&ran).starts_with("error[E0318]: "), "{ran:?}");
}

#[test]
fn a_folder_is_no_file() {
    let test = shelf();
    fs::remove_file(test.path("shelf/nginx.conf")).expect("a file");
    fs::create_dir(test.path("shelf/nginx.conf")).expect("a folder");
    let ran = test.run(&["check", "shelf/app.todo"]);
    assert_eq!(
        fault(&ran),
        "error[E0313]: can't read `./nginx.conf`: it is no file"
    );
}

#[cfg(unix)]
#[test]
fn a_link_may_not_lead_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let test = shelf().file("secret.txt", "hunter2");
    fs::remove_file(test.path("shelf/nginx.conf")).expect("a file");
    symlink("../secret.txt", test.path("shelf/nginx.conf")).expect("a link");
    let ran = test.run(&["build", "shelf/app.todo", "--stdout"]);
    let expected = "error[E0313]: can't read `./nginx.conf`: it is a link that leaves the source file's folder";
    assert_eq!(fault(&ran), expected);
    assert!(ran.stdout.is_empty() && !ran.stderr.contains("hunter2"));

    fs::remove_file(test.path("shelf/nginx.conf")).expect("a link");
    symlink("more/certificate.yaml", test.path("shelf/nginx.conf")).expect("a link");
    assert_eq!(test.run(&["check", "shelf/app.todo"]).status, Some(0));
}

/// Were it opened, this would wait for ever.
#[cfg(unix)]
#[test]
fn a_pipe_is_no_file() {
    let test = shelf();
    let pipe = test.path("shelf/nginx.conf");
    fs::remove_file(&pipe).expect("a file");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "mkfifo makes a pipe"
    );
    let ran = test.run(&["check", "shelf/app.todo"]);
    assert_eq!(
        fault(&ran),
        "error[E0313]: can't read `./nginx.conf`: it is no file"
    );
}
