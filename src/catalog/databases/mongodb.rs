//! `MongoDB`, from the official image.

use super::{
    AccountNames, Copying, Engine, HostName, Layout, NameRules, Password, Setup, Start, Storage,
    connects, words,
};

/// The row.
pub(super) const ENGINE: Engine = Engine {
    word: "mongodb",
    doc: "a MongoDB in the cluster",
    external: "a MongoDB outside of the cluster",
    prose: "A MongoDB of one server in the cluster, on a claim. It needs a `version` (or an `image`), its\n\
            `storage` and one `secret`, which is its password. The user is its administrator, and is kept in\n\
            the database `admin`, which `.url` says. `args` are options of its server. A `file` at\n\
            `/docker-entrypoint-initdb.d/NAME.js` runs at the first start.",
    example: include_str!("mongodb.todo"),
    image: "mongo",
    images: &[("mongo", "")],
    derived: &[],
    versions: &["6.0", "7.0", "8.0"],
    suggested: "8.0",
    format_numbers: 1,
    copying: Copying::Forward,
    port: 27017,
    scheme: "mongodb",
    // Where a URL names a database, its users are sought in that one.
    parameters: "authSource=admin",
    schemes: &[],
    driver: "mongodb",
    drivers: &[],
    // Its cache takes 256 MiB at least.
    least_memory: 384,
    user: Some("mongodb"),
    users: NameRules {
        longest: 63,
        reserved: &[],
    },
    databases: NameRules {
        longest: 63,
        reserved: &["admin", "config", "local"],
    },
    evicts: false,
    operator: None,
    uid: 999,
    password: Password {
        variables: &["MONGO_INITDB_ROOT_PASSWORD"],
        client: "MONGO_PASSWORD",
        required: true,
        changed_by: Some("db.changeUserPassword"),
    },
    forgets: false,
    variables,
    start: |_| Start::default(),
    answers,
    // Its shell takes more memory, and more seconds, than whoever waits has.
    logs_in: None,
    ready,
    storage: Layout::Always(Storage {
        mount: "/data/db",
        data: None,
    }),
    // Its socket, and what its entry point writes down.
    writable: &["/tmp", "/data/configdb"],
    host_name: HostName::Any,
    shared_memory: false,
    // A checkpoint must fit.
    shutdown_seconds: 60,
    takes_empty: None,
};

fn variables(setup: &Setup<'_>) -> Vec<(&'static str, String)> {
    let account = setup.account.into_iter().flat_map(|account| {
        [
            ("MONGO_INITDB_ROOT_USERNAME", account.user.to_owned()),
            ("MONGO_INITDB_DATABASE", account.database.to_owned()),
        ]
    });
    account.collect()
}

fn answers(host: &str, _: Option<AccountNames<'_>>) -> Vec<String> {
    connects(host, ENGINE.port)
}

/// By the name of the pod, which is its address: while the image makes its data, a server without users
/// answers on `127.0.0.1`. The shell would take seconds of a busy core each time.
fn ready(_: Option<AccountNames<'_>>) -> Vec<String> {
    let script = "exec 3<>\"/dev/tcp/$(hostname)/$1\"";
    let port = ENGINE.port.to_string();
    words(["bash", "-c", script, "connect", &port])
}
