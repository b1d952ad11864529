//! How much there may be of a thing, where more would be refused later.

/// Most bytes of a ConfigMap's keys and values (Kubernetes' `MaxSecretSize`, for both kinds).
pub const MOST_CONFIG: usize = 1_048_576;

/// Most keys of the path of a value in a chart: Helm goes through them by recursion.
pub const MOST_VALUE_KEYS: usize = 16;

/// Most characters of each of those. YAML takes 1,024 before a colon (1.2, section 7.4.3).
pub const LONGEST_VALUE_KEY: usize = 63;

/// How many targets have a file of values in the charts of the other targets. Without a bound, a thousand targets
/// would make a million files.
pub const MOST_BESIDE: usize = 32;

/// How often values of `config` may be made of others, all of them together. A chart writes each out
/// again, so that an installer may change it.
pub const MOST_OTHERS: usize = 100_000;

/// How many of those may lie within each other: formats go through them by recursion.
pub const MOST_STEPS: usize = 16;
