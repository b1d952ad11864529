//! `MySQL`, from the official image; `MariaDB`'s takes the same variables and arguments.

use super::{
    AccountNames, Copying, Engine, HostName, Layout, NameRules, Password, Setup, Start, Storage,
    words,
};

/// The row.
pub(in crate::catalog) const ENGINE: Engine = Engine {
    word: "mysql",
    doc: "a MySQL or MariaDB database in the cluster",
    external: "a MySQL or MariaDB database outside of the cluster",
    prose: "A MySQL in the cluster, on a claim; with `image \"mariadb:11.8\"` a MariaDB. It needs a `version`\n\
            (or an `image`), its `storage` and one `secret`, which is its password. `root` has the same\n\
            password, and can log in from within the pod alone. `args` are options of its server, such as\n\
            `\"--max-connections=200\"`.",
    example: include_str!("mysql.todo"),
    image: "mysql",
    images: &[("mysql", ""), ("mariadb", "image \"mariadb:11.8\"")],
    derived: &["mariadb"],
    // 8.0 had its last release in April 2026, and 9 moves on every three months.
    versions: &["8.0", "8.4", "9"],
    suggested: "8.4",
    format_numbers: 2,
    copying: Copying::Statements { save, load },
    port: 3306,
    scheme: "mysql",
    parameters: "",
    schemes: &["mysql2", "mariadb"],
    driver: "mysql+pymysql",
    drivers: &[
        "pymysql",
        "mysqldb",
        "mysqlconnector",
        "aiomysql",
        "asyncmy",
    ],
    least_memory: 128,
    user: Some("mysql"),
    users: NameRules {
        longest: 32,
        // The image makes it anyway, and refuses to make it again.
        reserved: &["root"],
    },
    databases: NameRules {
        longest: 64,
        reserved: &["mysql", "sys", "information_schema", "performance_schema"],
    },
    evicts: false,
    operator: None,
    uid: 999,
    password: Password {
        variables: &["MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD"],
        client: "MYSQL_PASSWORD",
        required: true,
        changed_by: Some("ALTER USER"),
    },
    forgets: false,
    variables,
    start: |_| Start {
        command: Vec::new(),
        // The entry point puts the server's name before options: MariaDB's has another.
        args: words([&format!("--datadir={DATA}")]),
    },
    answers,
    logs_in: Some(logs_in),
    ready: |account| logs_in("127.0.0.1", account),
    storage: Layout::Always(Storage {
        mount: "/var/lib/mysql",
        data: Some(DATA),
    }),
    writable: &["/tmp", "/var/run/mysqld"],
    host_name: HostName::Any,
    shared_memory: false,
    // InnoDB writes its changed pages.
    shutdown_seconds: 60,
    takes_empty: None,
};

/// Below the claim: a fresh file system's `lost+found` makes the mount itself no folder for data.
const DATA: &str = "/var/lib/mysql/data";

/// Pings a server with the client that the image has: from MariaDB 11 on, none is called `mysqladmin`.
/// Its client would check the certificate, which a server makes itself, against the password.
const PING: &str = r#"if command -v mariadb-admin >/dev/null; then
  exec mariadb-admin --skip-ssl-verify-server-cert "$@" ping
fi
exec mysqladmin "$@" ping"#;

/// Logs in and asks. The client reads `MYSQL_PWD`, so that no command line shows the password. It
/// isn't set for the whole container because the entry point's own clients would read it too, before
/// there is a password.
const LOG_IN: &str = r#"export MYSQL_PWD="$MYSQL_PASSWORD"
if command -v mariadb >/dev/null; then exec mariadb "$@" -e "SELECT 1"; fi
exec mysql "$@" -e "SELECT 1""#;

fn variables(setup: &Setup<'_>) -> Vec<(&'static str, String)> {
    let account = setup.account.into_iter().flat_map(|account| {
        [
            ("MYSQL_USER", account.user.to_owned()),
            ("MYSQL_DATABASE", account.database.to_owned()),
        ]
    });
    // Otherwise whoever reaches the Service could log in as root.
    let root = [("MYSQL_ROOT_HOST", "localhost".to_owned())];
    account.chain(root).collect()
}

/// A ping needs no password: it succeeds where a login is refused. While the image makes its data, its
/// server listens on no port.
fn answers(host: &str, account: Option<AccountNames<'_>>) -> Vec<String> {
    client(PING, "ping", host, account)
}

/// Over TCP, also within the pod, for the same reason. A login succeeds once the image has made the user
/// and the database.
fn logs_in(host: &str, account: Option<AccountNames<'_>>) -> Vec<String> {
    let mut command = client(LOG_IN, "login", host, account);
    if let Some(AccountNames { database, .. }) = account {
        command.extend(words(["-D", database]));
    }
    command
}

/// A script that calls a client. What follows it is its name, `$0`, and then its arguments, `$@`.
/// Without a timeout, a client waits for hours where a packet is dropped.
fn client(script: &str, name: &str, host: &str, account: Option<AccountNames<'_>>) -> Vec<String> {
    let port = ENGINE.port.to_string();
    let mut command = words(["sh", "-c", script, name, "--connect-timeout=3"]);
    command.extend(words(["-h", host, "-P", &port]));
    if let Some(AccountNames { user, .. }) = account {
        command.extend(words(["-u", user]));
    }
    command
}

/// Writes a database as statements, by the program that the image has.
const SAVE: &str = r#"export MYSQL_PWD="$MYSQL_ROOT_PASSWORD"
set -- -u root --single-transaction --routines --events "$1"
if command -v mariadb-dump >/dev/null; then exec mariadb-dump "$@"; fi
exec mysqldump --no-tablespaces "$@""#;

/// Reads statements.
const LOAD: &str = r#"export MYSQL_PWD="$MYSQL_ROOT_PASSWORD"
if command -v mariadb >/dev/null; then exec mariadb -u root "$1"; fi
exec mysql -u root "$1""#;

/// `root` can log in from within the pod.
fn save(account: AccountNames<'_>) -> Vec<String> {
    words(["sh", "-c", SAVE, "save", account.database])
}

fn load(account: AccountNames<'_>) -> Vec<String> {
    words(["sh", "-c", LOAD, "load", account.database])
}
