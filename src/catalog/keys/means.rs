//! What the slots of statements mean: which names they declare or refer to, or what they choose from.

/// What a slot declares or refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Means {
    /// It declares a name.
    Declares(Names),
    /// It refers to a name that is declared elsewhere.
    Refers(Names),
    /// A recipe of `RECIPES`.
    Recipe,
    /// A package manager of `PACKAGE_MANAGERS`.
    PackageManager,
    /// A protocol of `PROTOCOLS`.
    Protocol,
    /// A default that `without` switches off.
    Switch,
    /// A kind of Kubernetes objects.
    ObjectKind,
    /// The code of a diagnostic.
    Code,
    /// A folder beside the text, or in the build context.
    Folder,
    /// A file beside the text, or in the build context.
    File,
    /// A time zone.
    Zone,
    /// A schedule of five fields, or one such as `@daily`.
    Schedule,
    /// A platform of `PLATFORMS`.
    Platform,
    /// A host name.
    Host,
    /// The path of a URL.
    Url,
    /// Anything: no other part of the text or of the catalog is meant.
    Free,
}

/// A set of names: no two of one set may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Names {
    /// Tiers, jobs, crons, databases and external services.
    Things,
    /// Shared keys and secrets.
    Shared,
    /// The ports of one tier. Their names are protocols.
    Ports,
    /// The volumes of one tier.
    Volumes,
    /// Targets.
    Targets,
    /// The application.
    App,
}
