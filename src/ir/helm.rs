//! What `helm` says of the chart.

use std::collections::BTreeMap;

use crate::source::Span;

/// What the chart of the application is like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Helm {
    /// Where the values of secrets come from.
    pub secrets: ChartSecrets,
    /// How the values of tiers are ordered.
    pub order: ValueOrder,
    /// Values at paths of their own.
    pub values: Vec<NamedValue>,
    /// What the source's comments say of keys of `config` and of secrets, by whose they are, `None` for
    /// the application, and the fact: `config.LOG_LEVEL`, `secrets.API_KEY`. Nothing in them looks like a
    /// credential.
    pub remarks: BTreeMap<(Option<String>, String), String>,
}

/// Where a chart has the values of secrets from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartSecrets {
    /// From Secrets that exist in the cluster.
    #[default]
    Existing,
    /// From values of the chart, which then makes the Secrets.
    Values,
}

/// How the values of tiers are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueOrder {
    /// All of a tier under its name: `web.image.tag`.
    #[default]
    ByTier,
    /// The same field of all tiers together: `image.web.tag`.
    ByField,
}

/// A value at a path of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedValue {
    /// The keys of the path; at least one.
    pub path: Vec<String>,
    /// The tier, database, job or cron whose fact it is; `None` for one of the application.
    pub thing: Option<String>,
    /// The fact, as the source names it: `replicas`, `config.LOG_LEVEL`.
    pub fact: String,
    /// The statement.
    pub origin: Span,
}
