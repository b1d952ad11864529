//! What a name has: `backend.url`, `db.password`.

/// A kind of thing that has members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A workload.
    Tier,
    /// A database in the cluster.
    Database,
    /// A database outside of it.
    External,
    /// A volume of a tier.
    Volume,
}

impl Owner {
    /// What to call one in a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Owner::Tier => "a tier",
            Owner::Database => "a database",
            Owner::External => "an external database",
            Owner::Volume => "a volume",
        }
    }
}

/// A member: a row of [`MEMBERS`].
#[derive(Debug)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberValue {
    /// Of a tier.
    Tier(TierMember),
    /// Of a database in the cluster.
    Database(DatabaseMember),
    /// Of an external database: the secret that holds its URL.
    ExternalUrl,
    /// Of a volume: where its tier sees it.
    VolumePath,
}

impl MemberValue {
    /// What has it.
    #[must_use]
    pub fn owner(self) -> Owner {
        match self {
            MemberValue::Tier(_) => Owner::Tier,
            MemberValue::Database(_) => Owner::Database,
            MemberValue::ExternalUrl => Owner::External,
            MemberValue::VolumePath => Owner::Volume,
        }
    }
}

/// The members of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TierMember {
    /// `http://SERVICE:PORT`.
    Url,
    /// The Service's name.
    Host,
    /// The container's port.
    Port,
    /// `SERVICE:PORT`.
    Address,
    /// What browsers know it by.
    Public(PublicMember),
}

/// What browsers know a tier by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicMember {
    /// Scheme, host, port and the exposure's path.
    Url,
    /// Scheme, host and port.
    Origin,
    /// The bare host.
    Host,
}

/// The members of a database in the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseMember {
    /// Its URL, which holds the password.
    Url,
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

const fn database(word: &'static str, value: DatabaseMember, doc: &'static str) -> Member {
    member(word, MemberValue::Database(value), false, doc)
}

/// Every member.
pub const MEMBERS: &[Member] = &[
    tier(
        "url",
        TierMember::Url,
        true,
        "`http://SERVICE:PORT`, for processes in the cluster",
    ),
    tier("host", TierMember::Host, false, "the Service's name"),
    tier("port", TierMember::Port, false, "the container's port"),
    tier("address", TierMember::Address, false, "`SERVICE:PORT`"),
    tier(
        "public_url",
        TierMember::Public(PublicMember::Url),
        true,
        "the URL that browsers know, by the tier's `expose`",
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
    Member {
        scheme: true,
        path: true,
        ..database(
            "url",
            DatabaseMember::Url,
            "its URL with user and password, a secret; `url(\"postgresql+asyncpg\")` for another scheme",
        )
    },
    database("host", DatabaseMember::Host, "the Service's name"),
    database("port", DatabaseMember::Port, "its port"),
    database("address", DatabaseMember::Address, "`SERVICE:PORT`"),
    database("user", DatabaseMember::User, "the user who owns it"),
    database("name", DatabaseMember::Name, "the database's name"),
    database(
        "password",
        DatabaseMember::Password,
        "the user's password, a secret",
    ),
    member(
        "url",
        MemberValue::ExternalUrl,
        false,
        "the secret that holds its URL",
    ),
    member(
        "path",
        MemberValue::VolumePath,
        false,
        "where the tier sees it: `web.uploads.path` for `volume uploads` of the tier `web`",
    ),
];

/// The members of a kind of thing.
pub fn members(owner: Owner) -> impl Iterator<Item = &'static Member> {
    MEMBERS
        .iter()
        .filter(move |member| member.value.owner() == owner)
}
