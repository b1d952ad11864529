//! What a name has: `backend.url`, `db.password`.

pub use super::pod_members::{POD, PodMember};

/// A kind of thing that has members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Owner {
    /// A workload.
    Tier,
    /// A port of a workload, behind the workload's name.
    Port,
    /// A database in the cluster.
    Database,
    /// A database outside of it.
    External,
    /// A service outside of the cluster that is no database.
    ExternalService,
    /// A volume of a tier.
    Volume,
    /// The pod that reads the value.
    Pod,
    /// What runs to its end, which has no members: nothing connects to it.
    Job,
}

impl Owner {
    /// What to call one in a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Owner::Tier => "a tier",
            Owner::Port => "a port",
            Owner::Database => "a database",
            Owner::External => "an external database",
            Owner::ExternalService => "an external service",
            Owner::Volume => "a volume",
            Owner::Pod => "the pod itself",
            Owner::Job => "a job",
        }
    }
}

/// A member: a row of [`MEMBERS`].
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The word behind the dot.
    pub word: &'static str,
    /// Which value it is.
    pub value: MemberValue,
    /// Whether a scheme may stand behind it in parentheses.
    pub scheme: bool,
    /// Whether a path may stand behind it.
    pub path: bool,
    /// What it is, for the reference.
    pub doc: &'static str,
}

/// The values that members have, by what has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MemberValue {
    /// Of a tier.
    Tier(TierMember),
    /// Of a port of a tier.
    Port(PortMember),
    /// What browsers know a port of a tier by.
    PublicPort(PublicMember),
    /// Of a database in the cluster.
    Database(DatabaseMember),
    /// Of an external database: the secret that holds its URL.
    ExternalUrl,
    /// Of an external service.
    ExternalService(PortMember),
    /// Of an external service: its host.
    ExternalHost,
    /// Of a volume: where its tier sees it.
    VolumePath,
    /// Of the pod that reads it.
    Pod(PodMember),
}

impl MemberValue {
    /// What has it.
    #[must_use]
    pub fn owner(self) -> Owner {
        match self {
            MemberValue::Tier(_) => Owner::Tier,
            MemberValue::Port(_) | MemberValue::PublicPort(_) => Owner::Port,
            MemberValue::Database(_) => Owner::Database,
            MemberValue::ExternalUrl => Owner::External,
            MemberValue::ExternalService(_) | MemberValue::ExternalHost => Owner::ExternalService,
            MemberValue::VolumePath => Owner::Volume,
            MemberValue::Pod(_) => Owner::Pod,
        }
    }

    /// Whether whoever reads it connects to a pod of the application's, by its Service.
    #[must_use]
    pub fn is_within_cluster(self) -> bool {
        match self {
            MemberValue::Tier(TierMember::Host | TierMember::Pods | TierMember::Port(_))
            | MemberValue::Port(_)
            | MemberValue::Database(_) => true,
            MemberValue::Tier(TierMember::Public(_))
            | MemberValue::PublicPort(_)
            | MemberValue::ExternalUrl
            | MemberValue::ExternalService(_)
            | MemberValue::ExternalHost
            | MemberValue::VolumePath
            | MemberValue::Pod(_) => false,
        }
    }
}

/// The members of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TierMember {
    /// The Service's name.
    Host,
    /// The name of the Service that names its pods.
    Pods,
    /// What the port has that stands for it.
    Port(PortMember),
    /// What browsers know it by.
    Public(PublicMember),
}

/// The members of a port, of a tier or of an external service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PortMember {
    /// `SCHEME://HOST:PORT`, where the host is a tier's Service.
    Url,
    /// The same for web sockets.
    WebSocket,
    /// Its number; of a tier the container's port.
    Number,
    /// `HOST:PORT`.
    Address,
}

/// What browsers know a tier by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PublicMember {
    /// Scheme, host, port and the exposure's path.
    Url,
    /// The same for web sockets.
    WebSocket,
    /// Scheme, host and port.
    Origin,
    /// The bare host.
    Host,
}

/// The members of a database in the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatabaseMember {
    /// Its URL, which holds the password.
    Url,
    /// The same for reading alone, by the servers beside the one that takes writes.
    ReadUrl,
    /// The Service's name.
    Host,
    /// Its port.
    Port,
    /// `SERVICE:PORT`.
    Address,
    /// The user who owns the database.
    User,
    /// The database's name.
    Name,
    /// The user's password.
    Password,
}

const fn member(word: &'static str, value: MemberValue, path: bool, doc: &'static str) -> Member {
    Member {
        word,
        value,
        scheme: false,
        path,
        doc,
    }
}

const fn tier(word: &'static str, value: TierMember, path: bool, doc: &'static str) -> Member {
    member(word, MemberValue::Tier(value), path, doc)
}

const fn port(word: &'static str, value: PortMember, path: bool, doc: &'static str) -> Member {
    member(word, MemberValue::Port(value), path, doc)
}

const fn service(word: &'static str, value: PortMember, path: bool, doc: &'static str) -> Member {
    member(word, MemberValue::ExternalService(value), path, doc)
}

const fn pod(word: &'static str, value: PodMember, doc: &'static str) -> Member {
    member(word, MemberValue::Pod(value), false, doc)
}

const fn database(word: &'static str, value: DatabaseMember, doc: &'static str) -> Member {
    member(word, MemberValue::Database(value), false, doc)
}

/// Every member.
pub const MEMBERS: &[Member] = &[
    tier(
        "url",
        TierMember::Port(PortMember::Url),
        true,
        "`http://SERVICE:PORT`, for processes in the cluster, by the port `http`, else the only one; its name says the scheme",
    ),
    tier(
        "ws_url",
        TierMember::Port(PortMember::WebSocket),
        true,
        "the same for web sockets: `ws://SERVICE:PORT`",
    ),
    tier("host", TierMember::Host, false, "the Service's name"),
    tier("pods", TierMember::Pods, false, "a name of all its pods"),
    tier(
        "port",
        TierMember::Port(PortMember::Number),
        false,
        "the container's port",
    ),
    tier(
        "address",
        TierMember::Port(PortMember::Address),
        false,
        "`SERVICE:PORT`",
    ),
    tier(
        "public_url",
        TierMember::Public(PublicMember::Url),
        true,
        "the URL that browsers know, by the tier's `expose`; of several paths the first",
    ),
    tier(
        "public_ws_url",
        TierMember::Public(PublicMember::WebSocket),
        true,
        "the same for web sockets: `wss://…` with `tls`, else `ws://…`",
    ),
    tier(
        "origin",
        TierMember::Public(PublicMember::Origin),
        true,
        "the same without the exposure's path, as CORS wants it",
    ),
    tier(
        "public_host",
        TierMember::Public(PublicMember::Host),
        false,
        "the name that browsers know",
    ),
    port(
        "url",
        PortMember::Url,
        true,
        "`backend.grpc.url`, as of a tier, with the scheme of the port's name",
    ),
    port(
        "port",
        PortMember::Number,
        false,
        "the container's port of that name",
    ),
    port("address", PortMember::Address, false, "`SERVICE:PORT`"),
    member(
        "public_url",
        MemberValue::PublicPort(PublicMember::Url),
        true,
        "the URL by which browsers know the port, as `expose … of PORT` says it; of several the first Ingress, else the first",
    ),
    member(
        "public_ws_url",
        MemberValue::PublicPort(PublicMember::WebSocket),
        true,
        "the same for web sockets",
    ),
    member(
        "origin",
        MemberValue::PublicPort(PublicMember::Origin),
        true,
        "the same without the exposure's path",
    ),
    member(
        "public_host",
        MemberValue::PublicPort(PublicMember::Host),
        false,
        "the name by which browsers know the port",
    ),
    Member {
        scheme: true,
        path: true,
        ..database(
            "url",
            DatabaseMember::Url,
            "its URL with user and password, a secret; of a `redis` without a password it is none; `url(\"postgresql+asyncpg\")` for another scheme",
        )
    },
    Member {
        scheme: true,
        path: true,
        ..database(
            "read_url",
            DatabaseMember::ReadUrl,
            "of a `postgres` the same for reading alone: it leads to the `instances` that take no writes, which may be a moment behind; where there is one server, to that",
        )
    },
    database("host", DatabaseMember::Host, "the Service's name"),
    database("port", DatabaseMember::Port, "its port"),
    database("address", DatabaseMember::Address, "`SERVICE:PORT`"),
    database(
        "user",
        DatabaseMember::User,
        "the user who owns it; not of a `redis`",
    ),
    database(
        "name",
        DatabaseMember::Name,
        "the database's name; not of a `redis`",
    ),
    database(
        "password",
        DatabaseMember::Password,
        "its password, a secret",
    ),
    member(
        "url",
        MemberValue::ExternalUrl,
        false,
        "the secret that holds its URL",
    ),
    member(
        "read_url",
        MemberValue::ExternalUrl,
        false,
        "the same, as of a database whose servers are many in the cluster",
    ),
    service(
        "url",
        PortMember::Url,
        true,
        "`SCHEME://HOST:PORT`, without the scheme's own port",
    ),
    service(
        "ws_url",
        PortMember::WebSocket,
        true,
        "the same for web sockets",
    ),
    member("host", MemberValue::ExternalHost, false, "its host"),
    service("port", PortMember::Number, false, "its port"),
    service("address", PortMember::Address, false, "`HOST:PORT`"),
    member(
        "path",
        MemberValue::VolumePath,
        true,
        "where the tier sees it: `web.uploads.path` for `volume uploads` of the tier `web`",
    ),
    pod(
        "name",
        PodMember::Name,
        "its name, such as `notes-api-7c9d8f6b5-x2k4q`: each pod has another",
    ),
    pod("ip", PodMember::Ip, "its IP address"),
    pod("namespace", PodMember::Namespace, "its namespace"),
    pod(
        "node",
        PodMember::Node,
        "the name of the node that it runs on",
    ),
    pod(
        "node_ip",
        PodMember::NodeIp,
        "the IP address of that node, where an agent of the node listens",
    ),
    pod(
        "account",
        PodMember::Account,
        "the name of its ServiceAccount",
    ),
];

/// The members of a kind of thing.
pub fn members(owner: Owner) -> impl Iterator<Item = &'static Member> {
    MEMBERS
        .iter()
        .filter(move |member| member.value.owner() == owner)
}
