//! How much there may be of a thing, where more would be refused later.

/// Most bytes of a ConfigMap's keys and values (Kubernetes' `MaxSecretSize`, for both kinds).
pub const MOST_CONFIG: usize = 1_048_576;
