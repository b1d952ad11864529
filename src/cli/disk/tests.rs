use super::Outcome;
use crate::backend::{Artifact, BACKENDS};
use crate::cli::Failure;
use crate::cli::lock::Lock;
use crate::cli::survey::Order;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const A: &str = "kubernetes/a.yaml";
const B: &str = "docker/b.Dockerfile";

fn file(path: &str, text: &str) -> Artifact {
    Artifact {
        path: path.to_owned(),
        text: text.to_owned(),
        marks: Vec::new(),
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn order<'a>(out: &'a Path, artifacts: &'a [Artifact], force: bool) -> Order<'a> {
    Order {
        out,
        artifacts,
        emit: BACKENDS,
        memory: Box::leak(Box::default()),
        force,
    }
}

fn write<'a>(out: &'a Path, files: &'a [Artifact], force: bool) -> Result<Outcome<'a>, Failure> {
    super::write(order(out, files, force))
}

fn build(out: &Path, artifacts: &[Artifact]) -> Result<(usize, usize), Failure> {
    let done = write(out, artifacts, false)?;
    Ok((done.written, done.unchanged))
}

fn read(out: &Path, path: &str) -> String {
    fs::read_to_string(out.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn put(out: &Path, path: &str, text: &str) {
    let path = out.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn lock(out: &Path) -> Lock {
    Lock::parse(&read(out, "todoc.lock")).expect("a lock")
}

fn refusal(out: &Path, artifacts: &[Artifact]) -> String {
    build(out, artifacts).expect_err("a refusal").message
}

#[test]
fn files_are_written_once() {
    let temp = folder();
    let out = temp.path().join("deep/out");
    let files = [file(A, "1"), file(B, "1")];
    assert_eq!(build(&out, &files), Ok((2, 0)));
    let time = |path: &str| {
        fs::metadata(out.join(path))
            .and_then(|found| found.modified())
            .expect("a time")
    };
    let before = [A, B, "todoc.lock"].map(time);
    assert_eq!(build(&out, &files), Ok((0, 2)));
    assert_eq!([A, B, "todoc.lock"].map(time), before);
    assert_eq!(build(&out, &[file(A, "2"), file(B, "1")]), Ok((1, 1)));
    assert_eq!((read(&out, A), time(B)), ("2".to_owned(), before[1]));
}

#[test]
fn files_of_backends_that_do_not_run_are_left_alone() {
    let temp = folder();
    let kubernetes = &BACKENDS[..1];
    assert!(build(temp.path(), &[file(A, "1"), file(B, "1")]).is_ok());
    let files = [file(A, "2")];
    let mut order = order(temp.path(), &files, false);
    order.emit = kubernetes;
    let done = super::write(order).expect("written");
    let lock = lock(temp.path());
    assert!(lock.wrote(A, b"2") && !lock.wrote(A, b"1") && lock.wrote(B, b"1"));
    assert_eq!((done.deleted, read(temp.path(), B)), (0, "1".to_owned()));

    // Nor are those of a backend that this version doesn't know.
    put(temp.path(), "later/x", "1");
    let mut lock = lock;
    lock.set("later/x", b"1");
    put(temp.path(), "todoc.lock", &lock.to_string());
    assert_eq!(write(temp.path(), &[], false).expect("written").deleted, 2);
    assert_eq!(read(temp.path(), "later/x"), "1");
    assert!(self::lock(temp.path()).has("later/x"));
}

#[test]
fn what_is_no_longer_built_goes_with_its_folder() {
    let temp = folder();
    assert!(build(temp.path(), &[file(A, "1"), file(B, "1")]).is_ok());
    put(temp.path(), "kubernetes/mine", "mine");
    let done = write(temp.path(), &[], false).expect("written");
    assert_eq!((done.deleted, done.written, done.kept), (2, 0, Vec::new()));
    assert!(!temp.path().join("docker").exists() && !temp.path().join(A).exists());
    assert_eq!(read(temp.path(), "kubernetes/mine"), "mine");
    assert_eq!(lock(temp.path()), Lock::default());
    // A file of the same bytes is a user's from now on.
    put(temp.path(), A, "1");
    assert_eq!(write(temp.path(), &[], false).expect("written").deleted, 0);
}

#[test]
fn what_was_changed_is_kept_and_named_until_it_goes() {
    let temp = folder();
    assert!(build(temp.path(), &[file(A, "1"), file(B, "1")]).is_ok());
    put(temp.path(), A, "by hand");
    fs::remove_file(temp.path().join(B)).expect("a file");
    for force in [false, true, false] {
        let done = write(temp.path(), &[], force).expect("written");
        let kept = vec![(A.to_owned(), "changed since todoc wrote it")];
        assert_eq!((done.deleted, done.kept), (0, kept));
        assert_eq!(read(temp.path(), A), "by hand");
    }
    let lock = lock(temp.path());
    assert!(lock.has(A) && !lock.has(B));
    put(temp.path(), A, "1");
    let done = write(temp.path(), &[], false).expect("written");
    assert_eq!((done.deleted, done.kept), (1, Vec::new()));
}

#[test]
fn foreign_files_are_all_named_and_none_is_touched() {
    let temp = folder();
    put(temp.path(), A, "mine");
    put(temp.path(), B, "mine too");
    let files = [file("c", "1"), file(A, "1"), file(B, "1")];
    let message = refusal(temp.path(), &files);
    assert!(
        message.contains(&format!("\n  {A}: todoc didn't write it\n  {B}: todoc")),
        "{message}"
    );
    assert_eq!(
        (read(temp.path(), A), read(temp.path(), B)),
        ("mine".to_owned(), "mine too".to_owned())
    );
    assert!(!temp.path().join("c").exists() && !temp.path().join("todoc.lock").exists());

    assert!(write(temp.path(), &files, true).is_ok());
    assert_eq!(read(temp.path(), A), "1");
    assert_eq!(build(temp.path(), &[file(A, "2")]), Ok((1, 0)));
}

#[test]
fn a_foreign_file_of_the_same_bytes_becomes_ours() {
    let temp = folder();
    put(temp.path(), A, "1");
    assert_eq!(build(temp.path(), &[file(A, "1")]), Ok((0, 1)));
    assert_eq!(build(temp.path(), &[file(A, "2")]), Ok((1, 0)));
}

#[test]
fn a_file_changed_by_hand_is_kept() {
    let temp = folder();
    assert!(build(temp.path(), &[file(A, "1")]).is_ok());
    put(temp.path(), A, "by hand");
    assert!(
        refusal(temp.path(), &[file(A, "2")]).ends_with("a.yaml: changed since todoc wrote it")
    );
    assert_eq!(read(temp.path(), A), "by hand");
    // Whoever wrote by hand what is built now has lost nothing.
    assert_eq!(build(temp.path(), &[file(A, "by hand")]), Ok((0, 1)));
}

/// The states in which a killed build can leave a folder, each after the other.
#[test]
fn a_build_cut_off_anywhere_is_taken_up() {
    const C: &str = "docker/deep/c";
    let old = [file(A, "1"), file(B, "1"), file(C, "1")];
    let new = [file(A, "2"), file(B, "2")];
    for files_done in 0..=3 {
        let temp = folder();
        assert!(build(temp.path(), &old).is_ok());
        let mut after = Lock::default();
        for file in &new {
            after.set(&file.path, file.text.as_bytes());
        }
        let during = lock(temp.path()).or(&after);
        put(temp.path(), "todoc.lock", &during.to_string());
        put(temp.path(), "docker/deep/.todoc-x.tmp", "half");
        for file in new.iter().take(files_done) {
            put(temp.path(), &file.path, &file.text);
        }
        if files_done == 3 {
            fs::remove_file(temp.path().join(C)).expect("a file");
        }

        let next = [file(A, "3"), file(B, "3")];
        assert_eq!(build(temp.path(), &next), Ok((2, 0)), "{files_done}");
        for gone in [C, "docker/deep"] {
            assert!(!temp.path().join(gone).exists(), "{gone} {files_done}");
        }
        assert!(!self::lock(temp.path()).has(C));
        assert!(!self::lock(temp.path()).wrote(A, b"1"));
    }
}

#[test]
fn a_first_build_cut_off_owns_nothing_that_came_later() {
    let temp = folder();
    let mut lock = Lock::default();
    lock.set(A, b"1");
    put(temp.path(), "todoc.lock", &lock.to_string());
    put(temp.path(), A, "mine");
    assert!(build(temp.path(), &[file(A, "1")]).is_err());
}

#[test]
fn a_damaged_lock_stops_the_build_unless_forced() {
    for damaged in ["", "<<<<<<< ours", "# todoc.lock x: never\n"] {
        let temp = folder();
        put(temp.path(), "todoc.lock", damaged);
        assert!(refusal(temp.path(), &[file(A, "1")]).contains("`todoc.lock` is damaged: line 1"));
        assert_eq!(read(temp.path(), "todoc.lock"), damaged);
        assert!(write(temp.path(), &[file(A, "1")], true).is_ok());
        assert!(lock(temp.path()).wrote(A, b"1"));
    }
    let temp = folder();
    fs::write(temp.path().join("todoc.lock"), b"\xff").expect("a file");
    assert!(refusal(temp.path(), &[file(A, "1")]).ends_with("it is not text"));
    let temp = folder();
    put(temp.path(), "todoc.lock/x", "");
    assert!(refusal(temp.path(), &[file(A, "1")]).ends_with("it is a folder"));
    assert!(write(temp.path(), &[file(A, "1")], true).is_err());
}

#[test]
fn folders_and_files_in_the_way_are_never_overwritten() {
    let temp = folder();
    put(temp.path(), "kubernetes", "a file");
    put(temp.path(), "docker/b.Dockerfile/x", "in a folder");
    for force in [false, true] {
        let failure =
            write(temp.path(), &[file(A, "1"), file(B, "1")], force).expect_err("a refusal");
        assert!(
            failure
                .message
                .contains("`kubernetes` is a file, not a folder"),
            "{failure:?}"
        );
        assert!(
            failure.message.contains("b.Dockerfile: it is a folder"),
            "{failure:?}"
        );
    }
    assert_eq!(read(temp.path(), "kubernetes"), "a file");

    let blocked = temp.path().join("kubernetes/out");
    let message = refusal(&blocked, &[file(A, "1")]);
    assert!(
        message.ends_with("a part of the path is a file"),
        "{message}"
    );
    let message = refusal(&temp.path().join("kubernetes"), &[file(A, "1")]);
    assert!(message.ends_with("it is a file, not a folder"), "{message}");
}

#[test]
fn no_path_leads_out() {
    let temp = folder();
    let out = temp.path().join("out");
    for path in ["../a", "/tmp/todoc-test-a", "a/../../b", ""] {
        assert!(write(&out, &[file(path, "1")], true).is_err(), "{path}");
    }
    assert!(!temp.path().join("a").exists() && !temp.path().join("b").exists());
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), 0);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn links_are_not_followed() {
        let temp = folder();
        let (out, elsewhere) = (temp.path().join("out"), temp.path().join("elsewhere"));
        put(&elsewhere, "a.yaml", "mine");
        put(&elsewhere, "b", "mine");
        fs::create_dir_all(out.join("docker")).expect("a folder");
        symlink(&elsewhere, out.join("kubernetes")).expect("a link");
        symlink(elsewhere.join("b"), out.join(B)).expect("a link");

        assert!(
            refusal(&out, &[file(A, "1")]).ends_with("the folder `kubernetes` is a symbolic link")
        );
        assert!(write(&out, &[file(A, "1")], true).is_err());
        assert!(refusal(&out, &[file(B, "mine")]).ends_with("it is a symbolic link"));
        assert!(write(&out, &[file(B, "1")], true).is_ok());
        assert_eq!(
            (read(&out, B), read(&elsewhere, "b")),
            ("1".to_owned(), "mine".to_owned())
        );
        assert_eq!(read(&elsewhere, "a.yaml"), "mine");
    }

    #[test]
    fn nothing_is_deleted_through_a_link() {
        let temp = folder();
        let (out, elsewhere) = (temp.path().join("out"), temp.path().join("elsewhere"));
        assert!(build(&out, &[file(A, "1"), file(B, "1")]).is_ok());
        fs::rename(out.join("kubernetes"), &elsewhere).expect("moved");
        symlink(&elsewhere, out.join("kubernetes")).expect("a link");
        fs::rename(out.join(B), elsewhere.join("b")).expect("moved");
        symlink(elsewhere.join("b"), out.join(B)).expect("a link");
        let done = write(&out, &[], true).expect("written");
        let kept = vec![(B.to_owned(), "it is a symbolic link")];
        assert_eq!((done.deleted, done.kept), (0, kept));
        assert_eq!(read(&elsewhere, "a.yaml") + &read(&elsewhere, "b"), "11");
        assert!(lock(&out).has(A) && lock(&out).has(B));
    }

    #[test]
    fn the_folder_itself_may_be_a_link() {
        let temp = folder();
        fs::create_dir(temp.path().join("real")).expect("a folder");
        symlink("real", temp.path().join("out")).expect("a link");
        assert_eq!(build(&temp.path().join("out"), &[file(A, "1")]), Ok((1, 0)));
        symlink("nowhere", temp.path().join("dangling")).expect("a link");
        let message = refusal(&temp.path().join("dangling"), &[file(A, "1")]);
        assert!(
            message.ends_with("something else is in its place"),
            "{message}"
        );
    }

    #[test]
    fn files_are_readable_for_all() {
        let temp = folder();
        assert!(build(temp.path(), &[file(A, "1")]).is_ok());
        for path in [A, "todoc.lock"] {
            let mode = fs::metadata(temp.path().join(path))
                .expect("a file")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o644, "{path}");
        }
    }

    #[test]
    fn a_folder_that_refuses_writing_is_an_error() {
        // No one may make files here, not even the superuser.
        if Path::new("/proc/self").exists() {
            let message = refusal(Path::new("/proc/self/out"), &[file(A, "1")]);
            assert!(
                message.starts_with("can't write `/proc/self/out`: "),
                "{message}"
            );
        }
    }
}

#[test]
fn of_two_builds_at_once_one_wins_whole() {
    let temp = folder();
    let builds = ["1", "2"].map(|text| {
        let text = text.repeat(50_000);
        [
            file(A, &text),
            file(B, &text),
            file(&format!("docker/{}", &text[..1]), &text),
        ]
    });
    for _ in 0..20 {
        std::thread::scope(|scope| {
            for files in &builds {
                let out = temp.path();
                scope.spawn(move || write(out, files, false).expect("written"));
            }
        });
        let won = usize::from(read(temp.path(), A) == builds[1][0].text);
        for file in &builds[won] {
            assert_eq!(read(temp.path(), &file.path), file.text);
        }
        assert!(!temp.path().join(&builds[1 - won][2].path).exists());
        for folder in ["kubernetes", "docker", ""] {
            let left = fs::read_dir(temp.path().join(folder)).expect("a folder");
            let paths = builds[won].iter().map(|file| file.path.as_str());
            let here = paths.filter(|path| path.starts_with(folder)).count();
            assert_eq!(left.count(), here, "{folder}");
        }
    }
}
