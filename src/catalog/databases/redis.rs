//! Redis, from the official image; Valkey's has the same commands.

use super::{Copying, Engine, HostName, Layout, NameRules, Password, Setup, Start, Storage, words};

/// The row.
pub(in crate::catalog) const ENGINE: Engine = Engine {
    word: "redis",
    doc: "a Redis in the cluster: a cache, or a queue that outlives its pod",
    external: "a Redis outside of the cluster, whose URL is a secret",
    prose: "A Redis in the cluster. It needs a `version` or an `image`. With `storage` it keeps its data on\n\
            a claim, and writes each change to its disk; without, it is a cache. Of a `memory` limit\n\
            it takes three quarters for data. A `secret` is its password; `args` are options of its\n\
            server, which win over ours.",
    example: include_str!("redis.todo"),
    image: "redis",
    images: &[],
    derived: &[],
    versions: &["6.2", "7", "7.2", "7.4", "8.0", "8.2", "8.4", "8"],
    suggested: "8",
    format_numbers: 2,
    copying: Copying::Forward,
    port: 6379,
    scheme: "redis",
    parameters: "",
    schemes: &["rediss", "valkey"],
    driver: "rediss",
    drivers: &[],
    least_memory: 16,
    user: None,
    users: NONE,
    databases: NONE,
    evicts: true,
    operator: None,
    uid: 999,
    password: Password {
        // The one that `redis-cli` reads by itself, so that probes name no password.
        variables: &["REDISCLI_AUTH"],
        client: "REDISCLI_AUTH",
        required: false,
        changed_by: None,
    },
    forgets: true,
    variables: |_| Vec::new(),
    start: |setup| started("redis-server", setup),
    answers: |host, _| answers(CLIENT, host),
    logs_in: Some(|host, _| logs_in(CLIENT, host)),
    ready: |_| ready(CLIENT),
    storage: Layout::Always(Storage {
        mount: DATA,
        data: None,
    }),
    writable: &[],
    host_name: HostName::Any,
    shared_memory: false,
    // It writes its data once more.
    shutdown_seconds: 60,
    takes_empty: None,
};

/// It has neither users of ours nor named databases.
const NONE: NameRules = NameRules {
    longest: 0,
    reserved: &[],
};

/// The client that the image has.
const CLIENT: &str = "redis-cli";

/// The image's working folder.
const DATA: &str = "/data";

/// Starts the server with a configuration on its standard input: what stands on a command line is
/// for every process of the node to read. The image's entry point adds what belongs to its version,
/// and the server takes the shell's place, so that signals reach it.
fn guarded(server: &str) -> String {
    format!(
        "exec docker-entrypoint.sh {server} - \"$@\" <<CONFIG\nrequirepass $REDISCLI_AUTH\nCONFIG"
    )
}

/// Whoever has no password is told so, which is an answer too.
pub(super) fn answers(client: &str, host: &str) -> Vec<String> {
    asked(client, host, "*PONG* | *NOAUTH*")
}

/// Whether the server takes the password.
pub(super) fn logs_in(client: &str, host: &str) -> Vec<String> {
    asked(client, host, "*PONG*")
}

/// The client succeeds with whatever it was answered, such as that data is still being loaded.
pub(super) fn ready(client: &str) -> Vec<String> {
    let ping = format!("{client} -h 127.0.0.1 -p 6379 ping | grep -q PONG");
    words(["sh", "-c", &ping])
}

/// A command that succeeds with an answer of these patterns, and shows any other: the client itself
/// succeeds with whatever it was answered, such as that the password is wrong or that data is still being
/// loaded.
fn asked(client: &str, host: &str, patterns: &str) -> Vec<String> {
    let script = format!(
        "reply=$({client} -h \"$1\" -p 6379 ping 2>&1)\n\
         case $reply in {patterns}) ;; *) echo \"$reply\"; exit 1 ;; esac"
    );
    words(["sh", "-c", &script, "ping", host])
}

/// What a server of this name starts with.
pub(super) fn started(server: &str, setup: &Setup<'_>) -> Start {
    let mut options = words(["--dir", DATA]);
    if setup.keeps {
        options.extend(words(["--appendonly", "yes"]));
    } else {
        options.extend(words(["--save", "", "--appendonly", "no"]));
    }
    if let Some(memory) = setup.memory {
        // At its bound it drops keys or refuses writes, where the kernel would kill it. Clients'
        // buffers, and what a child copies while it writes to the disk, come on top.
        let most = memory / 4 * 3;
        options.extend(words(["--maxmemory", &most.to_string()]));
    }
    if let Some(policy) = setup.policy {
        options.extend(words(["--maxmemory-policy", policy]));
    }
    if setup.guarded {
        // What follows the script is its name, `$0`, and then its arguments, `$@`.
        let command = words(["sh", "-c", &guarded(server), "redis"]);
        let args = options;
        return Start { command, args };
    }
    // Builds other than the official image's answer nobody but their own pod without a password.
    options.extend(words(["--protected-mode", "no"]));
    let server = words([server]).into_iter();
    Start {
        command: Vec::new(),
        args: server.chain(options).collect(),
    }
}
