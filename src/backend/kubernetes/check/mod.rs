//! What Kubernetes refuses of an application, and nothing else does.

mod clashes;
mod config_size;
mod copies;
mod fields;
pub(super) mod inventory;
mod patches;
mod refusals;

use crate::diag::Bag;
use crate::ir::App;

/// Complains of all that a cluster or `kubectl` would refuse. The application may have errors that
/// others found.
pub(super) fn check(app: &App, found: &mut Bag) {
    patches::check(app, found);
    let copies = copies::check(app, found);
    clashes::check(app, &copies, found);
    config_size::check(app, found);
}
