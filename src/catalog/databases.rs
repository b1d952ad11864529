//! Databases that run in the cluster: what their images expect of a pod.

mod mongodb;
pub(in crate::catalog) mod mysql;
pub mod operator;
mod postgres;
mod rabbitmq;
pub(in crate::catalog) mod redis;
pub(in crate::catalog) mod valkey;
pub mod version;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::members::DatabaseMember;
use operator::Operator;

/// A kind of database: a row of [`ENGINES`], in a file of its own.
#[derive(Debug)]
pub struct Engine {
    /// The top-level keyword.
    pub word: &'static str,
    /// What the keyword means, as a sentence without its full stop.
    pub doc: &'static str,
    /// What it means with `external` behind the name.
    pub external: &'static str,
    /// What the reference says of its block.
    pub prose: &'static str,
    /// A whole program that has one, for the reference.
    pub example: &'static str,
    /// Repository of the official image.
    pub image: &'static str,
    /// Images whose data it keeps, by the last part of their names, and the statement that its
    /// block needs for one; empty where `version` does.
    pub images: &'static [(&'static str, &'static str)],
    /// Images that are built on the official one and start as it does, by the last part of their names.
    pub derived: &'static [&'static str],
    /// Versions that exist, oldest first.
    pub versions: &'static [&'static str],
    /// The version to suggest where none is said: one of `versions`.
    pub suggested: &'static str,
    /// Of how many numbers of a version it depends whether its server reads the data of another.
    pub format_numbers: usize,
    /// How data is brought to a server that can't read the files of another one.
    pub copying: Copying,
    /// The port it listens on, which is also that of its scheme.
    pub port: u16,
    /// The scheme of its URLs.
    pub scheme: &'static str,
    /// Parameters that its URLs have besides what is said; empty where there are none.
    pub parameters: &'static str,
    /// Other schemes that its drivers take, without what follows a `+`.
    pub schemes: &'static [&'static str],
    /// The scheme of a driver, for examples.
    pub driver: &'static str,
    /// Drivers whose names stand behind `+` in a scheme.
    pub drivers: &'static [&'static str],
    /// The memory in MiB below which it is killed while it makes its data or starts.
    pub least_memory: u32,
    /// The user where none is said; `None` for an engine without users and named databases.
    pub user: Option<&'static str>,
    /// What users may be called.
    pub users: NameRules,
    /// What databases within it may be called.
    pub databases: NameRules,
    /// Whether it can be told what to drop when its memory is full.
    pub evicts: bool,
    /// What runs several of its servers as one database, where anything does.
    pub operator: Option<&'static Operator>,
    /// The uid and gid that own the data in the official image.
    pub uid: u32,
    /// How it is told its password.
    pub password: Password,
    /// Whether it can do without a claim, as a cache can.
    pub forgets: bool,
    /// Variables that the image reads when it makes its data, besides the password.
    pub variables: fn(&Setup<'_>) -> Vec<(&'static str, String)>,
    /// What its container starts.
    pub start: fn(&Setup<'_>) -> Start,
    /// A command of the image that succeeds once the server at a host accepts connections. It
    /// needs no password, no file and no user of its own.
    pub answers: Asks,
    /// A command of the image that succeeds once the server at a host lets the account in, and says why
    /// it doesn't. It reads the password from the variable [`Password::client`], where there is one.
    /// `None` where the image has no client that is small enough for whoever waits.
    pub logs_in: Option<Asks>,
    /// A command that succeeds within the container while the server does its work.
    pub ready: fn(account: Option<AccountNames<'_>>) -> Vec<String>,
    /// Where the claim is mounted.
    pub storage: Layout,
    /// Absolute paths besides the data that the server writes to.
    pub writable: &'static [&'static str],
    /// What its data has to do with the name of its host.
    pub host_name: HostName,
    /// Whether it wants more shared memory than a container's 64 MiB.
    pub shared_memory: bool,
    /// Seconds from SIGTERM to SIGKILL: what it writes at its end must fit.
    pub shutdown_seconds: u32,
    /// The bytes that it takes before anybody writes anything, where that is known.
    pub takes_empty: Option<u64>,
}

/// What the data of an engine has to do with the name of its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostName {
    /// Nothing: each of its pods may have another.
    Any,
    /// It lies under that, which therefore stays the same.
    Kept,
}

/// A command that asks the server at a host, for an account where the engine knows users.
pub type Asks = fn(host: &str, account: Option<AccountNames<'_>>) -> Vec<String>;

/// What names within a server may be: letters, digits and `_`, and besides this.
#[derive(Debug, Clone, Copy)]
pub struct NameRules {
    /// How long one may be, in bytes.
    pub longest: usize,
    /// Those that the server keeps to itself.
    pub reserved: &'static [&'static str],
}

/// Engines are told apart by their keywords.
impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Engine {}

impl PartialOrd for Engine {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Engine {
    fn cmp(&self, other: &Self) -> Ordering {
        self.word.cmp(other.word)
    }
}

impl Hash for Engine {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.word.hash(state);
    }
}

/// How often a database is asked for its health, and what its failure takes. Times are in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// From one time to the next.
    pub every: u32,
    /// Until it counts as failed.
    pub timeout: u32,
    /// Failures in a row until it counts.
    pub failures: u32,
}

/// Ten minutes for the first start and for a recovery, which a restart would only begin anew.
pub const STARTING: Asked = Asked {
    every: 5,
    timeout: 5,
    failures: 120,
};

/// Commands get five seconds: they start a process, which a busy machine delays.
pub const READY: Asked = Asked {
    every: 10,
    timeout: 5,
    failures: 3,
};

/// Slower to act than being ready: a restart ends every connection.
pub const ALIVE: Asked = Asked {
    failures: 6,
    ..READY
};

/// Where processes share memory, which is a folder.
pub const SHARED_MEMORY: &str = "/dev/shm";

/// How much of it there is where no memory limit is set, as Kubernetes writes it.
pub const SHARED_MEMORY_SIZE: &str = "1Gi";

impl Engine {
    /// Absolute paths that are mounted for the server, besides its data.
    pub fn folders(&self) -> impl Iterator<Item = &'static str> {
        let memory = self.shared_memory.then_some(SHARED_MEMORY);
        self.writable.iter().copied().chain(memory)
    }

    /// Whether its databases have that member.
    #[must_use]
    pub fn has(&self, member: DatabaseMember) -> bool {
        match member {
            DatabaseMember::User | DatabaseMember::Name => self.user.is_some(),
            DatabaseMember::ReadUrl => self.operator.is_some(),
            DatabaseMember::Url
            | DatabaseMember::Host
            | DatabaseMember::Port
            | DatabaseMember::Address
            | DatabaseMember::Password => true,
        }
    }
}

/// The password of an engine.
#[derive(Debug)]
pub struct Password {
    /// The variables that the container reads it from.
    pub variables: &'static [&'static str],
    /// The variable that a client reads it from.
    pub client: &'static str,
    /// Whether the server refuses to start without one.
    pub required: bool,
    /// The statement of SQL that changes it, where the data keeps the one of the first start; `None`
    /// where each start reads it.
    pub changed_by: Option<&'static str>,
}

/// Whom a database belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountNames<'a> {
    /// The user that owns it.
    pub user: &'a str,
    /// Its name within the server.
    pub database: &'a str,
}

/// What one database was told, every default filled in.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// Whom it belongs to, where its engine knows users.
    pub account: Option<AccountNames<'a>>,
    /// Where its data lies.
    pub storage: Storage,
    /// Whether its data outlives the pod.
    pub keeps: bool,
    /// Whether it has a password.
    pub guarded: bool,
    /// What it drops when its memory is full.
    pub policy: Option<&'a str>,
    /// Most bytes that its container may take.
    pub memory: Option<u64>,
    /// Whether its image starts as the official one does.
    pub starts_alike: bool,
}

/// How data is brought to a server that can't read the files of another one.
#[derive(Debug)]
pub enum Copying {
    /// One server writes it as statements, and another one reads them.
    Statements {
        /// A command within the old container that writes them to its standard output. Its last lines say
        /// `dump complete`, in capitals or not.
        save: fn(account: AccountNames<'_>) -> Vec<String>,
        /// A command within the new one that reads them from its standard input.
        load: fn(account: AccountNames<'_>) -> Vec<String>,
    },
    /// Later versions read the files of earlier ones, and nothing reads those of later ones.
    Forward,
}

/// What a container starts; empty parts leave what the image says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// Replaces the image's entry point.
    pub command: Vec<String>,
    /// Replaces its arguments.
    pub args: Vec<String>,
}

/// Where an engine keeps its data, by its version.
#[derive(Debug, Clone, Copy)]
pub enum Layout {
    /// The major version decides.
    ByMajor(fn(u32) -> Storage),
    /// All versions keep it there.
    Always(Storage),
}

/// Where one version keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Storage {
    /// Where the claim is mounted.
    pub mount: &'static str,
    /// The data folder within it, where the image must be told.
    pub data: Option<&'static str>,
}

/// Every engine.
pub const ENGINES: &[&Engine] = &[
    &postgres::ENGINE,
    &redis::ENGINE,
    &mysql::ENGINE,
    &valkey::ENGINE,
    &mongodb::ENGINE,
    &rabbitmq::ENGINE,
];

/// The engine of a top-level keyword.
#[must_use]
pub fn engine(word: &str) -> Option<&'static Engine> {
    ENGINES.iter().find(|engine| engine.word == word).copied()
}

/// A command of bash that succeeds once something accepts connections at a host and port. A packet that is
/// dropped would hold it up for minutes.
fn connects(host: &str, port: u16) -> Vec<String> {
    let script = "exec 3<>\"/dev/tcp/$1/$2\"";
    let port = port.to_string();
    words(["timeout", "3", "bash", "-c", script, "connect", host, &port])
}

/// The words of a command.
fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}
