//! `PostgreSQL`, from the official image.

use super::{
    AccountNames, Copying, Engine, HostName, Layout, NameRules, Password, Setup, Start, Storage,
    operator, words,
};

/// The row.
pub(super) const ENGINE: Engine = Engine {
    word: "postgres",
    doc: "a PostgreSQL database in the cluster",
    external: "a PostgreSQL database outside of the cluster",
    prose: "A database in the cluster, on a claim. It needs a `version` (or an `image`), its `storage`\n\
            and one `secret`, which is its password.\n\
            \n\
            With `instances` it has that many servers, which the operator CloudNativePG runs: one takes\n\
            writes, the others follow it, and one of them takes its place when it is gone. The cluster must\n\
            have the operator; the summary of a build says how to see that. The build writes a `Cluster`,\n\
            from which the operator makes pods, claims, Services and a PodDisruptionBudget. `.url` leads to\n\
            the server that takes writes, and `.read_url` to the others, which refuse writes and may be a\n\
            moment behind; while all of those are gone, nothing answers there. Its Secret has the keys\n\
            `username` and `password`, and once `todoc secrets apply` changed the password, the operator\n\
            changes it in the servers as well.\n\
            `version` means an image of the operator's project, with pgvector among others; another `image`\n\
            must be made from one of those. The `user` can't be `postgres`, which is the operator's own.\n\
            `args` are settings, such as `\"-c\" \"max_connections=200\"`. `workload`, `uid`, `writable`, `env` and\n\
            `file` are of a pod of our own, and don't stand beside `instances`. Servers may come and go, and\n\
            claims may grow. A later major version is brought about by the operator, which stops the servers\n\
            for it. What the operator can do besides, such as backups, is a `patch Cluster`. To delete the\n\
            `Cluster` deletes the data.",
    example: include_str!("postgres.todo"),
    image: "postgres",
    images: &[("postgres", ""), ("postgresql", "")],
    derived: &["pgvector", "postgis", "timescaledb"],
    versions: &["13", "14", "15", "16", "17", "18"],
    suggested: "18",
    format_numbers: 1,
    copying: Copying::Statements { save, load },
    port: 5432,
    scheme: "postgresql",
    parameters: "",
    schemes: &["postgres"],
    driver: "postgresql+asyncpg",
    drivers: &["asyncpg", "psycopg", "psycopg2", "psycopg_async", "pg8000"],
    least_memory: 64,
    user: Some("postgres"),
    users: NAMES,
    databases: NAMES,
    evicts: false,
    operator: Some(&operator::CLOUDNATIVE_PG),
    // The image's own: data that an earlier deployment of the official image wrote belongs to it.
    uid: 999,
    password: Password {
        variables: &["POSTGRES_PASSWORD"],
        client: "PGPASSWORD",
        required: true,
        changed_by: Some("ALTER ROLE"),
    },
    forgets: false,
    variables,
    start,
    answers,
    logs_in: Some(logs_in),
    // Over TCP, also within the pod: while the image makes its data, a server without a TCP port
    // answers on the socket.
    ready: |account| answers("127.0.0.1", account),
    storage: Layout::ByMajor(storage),
    writable: &["/tmp", "/var/run/postgresql"],
    host_name: HostName::Any,
    shared_memory: true,
    // A checkpoint must fit.
    shutdown_seconds: 60,
    // `initdb` writes 39 MB (measured with 15.18), 16 MB of which are the first segment of its log, and
    // up to 80 MB of that are kept (`min_wal_size`).
    takes_empty: Some((39 - 16 + 80) << 20),
};

/// It cuts longer ones off: its `NAMEDATALEN`, less one.
const NAMES: NameRules = NameRules {
    longest: 63,
    reserved: &[],
};

fn variables(setup: &Setup<'_>) -> Vec<(&'static str, String)> {
    let account = setup.account.into_iter().flat_map(|account| {
        [
            ("POSTGRES_USER", account.user.to_owned()),
            ("POSTGRES_DB", account.database.to_owned()),
        ]
    });
    let data = setup.storage.data;
    account
        .chain(data.map(|data| ("PGDATA", data.to_owned())))
        .collect()
}

/// Refuses to start where data of another major version lies, whatever its place: the image makes an empty
/// database where it finds none at its own. What follows is the name of the script, `$0`, the folder of the
/// claim, and the image's arguments.
const GUARDED: &str = r#"for data in "$1"/pgdata "$1"/*/docker; do
  [ -s "$data/PG_VERSION" ] || continue
  read -r found <"$data/PG_VERSION"
  [ "$found" = "${PG_MAJOR:-$found}" ] && continue
  echo "$data is of PostgreSQL $found, which $PG_MAJOR can't read: todoc explain W0701" >&2
  exit 1
done
shift
[ "$1" = postgres ] || set -- postgres "$@"
exec docker-entrypoint.sh "$@""#;

fn start(setup: &Setup<'_>) -> Start {
    if !setup.keeps || !setup.starts_alike {
        return Start::default();
    }
    Start {
        command: words(["sh", "-c", GUARDED, "guard", setup.storage.mount]),
        args: Vec::new(),
    }
}

/// Through the socket, where the image asks for no password. Roles are those that the new server makes.
fn save(AccountNames { user, database }: AccountNames<'_>) -> Vec<String> {
    words([
        "pg_dump",
        "--no-owner",
        "--no-privileges",
        "-U",
        user,
        "-d",
        database,
    ])
}

fn load(AccountNames { user, database }: AccountNames<'_>) -> Vec<String> {
    words([
        "psql",
        "-Xq",
        "-v",
        "ON_ERROR_STOP=1",
        "-U",
        user,
        "-d",
        database,
    ])
}

/// A query, since a server that answers may refuse the password or lack the database. It asks for no
/// password that it wasn't given, and reads no settings.
fn logs_in(host: &str, account: Option<AccountNames<'_>>) -> Vec<String> {
    let mut server = format!("host={host} port={} connect_timeout=3", ENGINE.port);
    if let Some(AccountNames { user, database }) = account {
        server.extend([format!(" user={user} dbname={database}")]);
    }
    words(["psql", "-wXAtq", "-d", &server, "-c", "SELECT 1"])
}

/// User and database are named to keep the server's log free of errors.
fn answers(host: &str, account: Option<AccountNames<'_>>) -> Vec<String> {
    let port = ENGINE.port.to_string();
    let mut command = words(["pg_isready", "-h", host, "-p", &port]);
    if let Some(AccountNames { user, database }) = account {
        command.extend(words(["-U", user, "-d", database]));
    }
    command
}

/// From 18 on the image declares its volume one level up and refuses a mount at the old place.
/// Before that, a fresh file system's `lost+found` makes the mount itself no folder for data.
fn storage(major: u32) -> Storage {
    if major >= 18 {
        Storage {
            mount: "/var/lib/postgresql",
            data: None,
        }
    } else {
        Storage {
            mount: "/var/lib/postgresql/data",
            data: Some("/var/lib/postgresql/data/pgdata"),
        }
    }
}
