//! What the sidecar of Dapr needs, which its injector adds to pods that ask for it.

use crate::ir::Entry;
use crate::source::Span;

/// The annotation by which a pod asks for the sidecar.
const ENABLED: &str = "dapr.io/enabled";

/// What the injector takes for yes (`IsTruthy` of `dapr/kit`).
const YES: &[&str] = &["y", "yes", "true", "t", "on", "1"];

/// Where sidecars call each other (`dapr-internal-grpc-port`'s default).
pub(super) const PORT: u16 = 50002;

/// The statement that asks for the sidecar. It reads the Secrets of its namespace from the API server
/// unless it is told not to, and ends at once without a token.
pub(super) fn enabled(annotations: &[Entry]) -> Option<Span> {
    let mut annotations = annotations.iter();
    let asks = annotations.find(|it| it.key == ENABLED)?;
    let value = asks.value.to_lowercase();
    YES.contains(&value.as_str()).then_some(asks.origin)
}
