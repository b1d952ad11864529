//! Databases that run in the cluster.

use super::{Identity, Patch, PullPolicy, Quantity, Resources, SecretObject, SecretRef};
use crate::catalog::databases::{Engine, Storage};
use crate::source::Spanned;

/// A database that runs in the cluster.
#[derive(Debug, Clone)]
pub struct Database {
    /// Its names.
    pub id: Identity,
    /// What kind it is.
    pub engine: &'static Engine,
    /// The image's reference.
    pub image: String,
    /// When the image is pulled.
    pub pull: PullPolicy,
    /// Where the claim is mounted.
    pub mount: Storage,
    /// Size of the claim.
    pub storage: Spanned<Quantity>,
    /// The database that the image makes at its first start.
    pub database: String,
    /// The user that owns it.
    pub user: String,
    /// The password's key.
    pub password: SecretRef,
    /// The Secret that holds it.
    pub secret: SecretObject,
    /// What is set aside for it, and what it may not exceed.
    pub resources: Resources,
    /// What runs its pod.
    pub workload: DatabaseWorkload,
    /// What is merged into its objects, in order.
    pub patches: Vec<Patch>,
    /// Labels of the workloads that may connect to it, sorted.
    pub clients: Vec<String>,
}

/// What runs a database's pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseWorkload {
    /// A StatefulSet with a claim of its own, behind a headless Service.
    StatefulSet,
    /// A Deployment that is recreated, on a claim of the same name.
    Deployment,
}
