//! Databases that run in the cluster: what their images expect of a pod.

/// A kind of database: a row of [`ENGINES`].
#[derive(Debug)]
pub struct Engine {
    /// The top-level keyword.
    pub word: &'static str,
    /// Repository of the official image.
    pub image: &'static str,
    /// Major versions that exist, oldest first.
    pub versions: &'static [&'static str],
    /// The port it listens on, which is also that of its scheme.
    pub port: u16,
    /// The scheme of its URLs.
    pub scheme: &'static str,
    /// The user where none is said.
    pub user: &'static str,
    /// The uid and gid that own the data in the official image.
    pub uid: u32,
    /// Variables that the image reads when it makes its data, besides the password.
    pub variables: fn(account: Account<'_>, storage: Storage) -> Vec<(&'static str, String)>,
    /// The variable that the image reads the password from.
    pub password: &'static str,
    /// A command of the image that succeeds once the server at a host accepts connections. It
    /// needs no password, no file and no user of its own.
    pub ready: fn(host: &str, account: Account<'_>) -> Vec<String>,
    /// Where the claim is mounted, and the variable that says where in it the data lies.
    pub storage: fn(major: u32) -> Storage,
    /// Absolute paths besides the data that the server writes to.
    pub writable: &'static [&'static str],
    /// Whether it wants more shared memory than a container's 64 MiB.
    pub shared_memory: bool,
    /// Seconds from SIGTERM to SIGKILL: a checkpoint must fit.
    pub shutdown_seconds: u32,
}

/// Whom a database belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account<'a> {
    /// The user that owns it.
    pub user: &'a str,
    /// Its name within the server.
    pub database: &'a str,
}

/// Where an engine keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Storage {
    /// Where the claim is mounted.
    pub mount: &'static str,
    /// The data folder within it, where the image must be told.
    pub data: Option<&'static str>,
}

/// Every engine.
pub const ENGINES: &[&Engine] = &[&POSTGRES];

/// `PostgreSQL`, from the official image.
pub const POSTGRES: Engine = Engine {
    word: "postgres",
    image: "postgres",
    versions: &["13", "14", "15", "16", "17", "18"],
    port: 5432,
    scheme: "postgresql",
    user: "postgres",
    // The image's own: data that an earlier deployment of the official image wrote belongs to it.
    uid: 999,
    variables: postgres_variables,
    password: "POSTGRES_PASSWORD",
    ready: postgres_ready,
    storage: postgres_storage,
    writable: &["/tmp", "/var/run/postgresql"],
    shared_memory: true,
    shutdown_seconds: 60,
};

fn postgres_variables(account: Account<'_>, storage: Storage) -> Vec<(&'static str, String)> {
    let mut variables = vec![
        ("POSTGRES_USER", account.user.to_owned()),
        ("POSTGRES_DB", account.database.to_owned()),
    ];
    variables.extend(storage.data.map(|data| ("PGDATA", data.to_owned())));
    variables
}

/// Over TCP, also within the pod: while the image makes its data, a server without a TCP port
/// answers on the socket. User and database are named to keep the server's log free of errors.
fn postgres_ready(host: &str, account: Account<'_>) -> Vec<String> {
    let port = POSTGRES.port.to_string();
    let Account { user, database } = account;
    [
        "pg_isready",
        "-h",
        host,
        "-p",
        &port,
        "-U",
        user,
        "-d",
        database,
    ]
    .map(str::to_owned)
    .to_vec()
}

/// From 18 on the image declares its volume one level up and refuses a mount at the old place.
/// Before that, a fresh file system's `lost+found` makes the mount itself no folder for data.
fn postgres_storage(major: u32) -> Storage {
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

/// The engine of a top-level keyword.
#[must_use]
pub fn engine(word: &str) -> Option<&'static Engine> {
    ENGINES.iter().find(|engine| engine.word == word).copied()
}
