//! What pods run and see, whatever runs them.

use std::sync::Arc;

use super::{
    ConfigMap, Contract, Entry, EnvFrom, FileMap, Image, MountedBy, QuantityRange, SecretFile,
    SecretObject, Setting, ThingName, Variable, Volume,
};
use crate::source::{Span, Spanned};

/// What a pod runs and sees, whatever runs the pod.
#[derive(Debug, Clone)]
pub struct Pod {
    /// The image of its container.
    pub image: Image,
    /// As whom, where and how it runs.
    pub contract: Contract,
    /// Where the source changes the contract.
    pub said: ContractChanges,
    /// What replaces the image's entry point; empty leaves it.
    pub command: Vec<Spanned<String>>,
    /// What replaces the image's arguments; empty leaves them.
    pub args: Vec<Spanned<String>>,
    /// Commands with their arguments that run before its container, in order, as it does: migrations of what it
    /// keeps.
    pub first: Vec<Spanned<Vec<String>>>,
    /// Annotations of its own.
    pub annotations: Vec<Entry>,
    /// The ServiceAccount whose token it gets, where it isn't the application's, which gives none.
    pub account: Option<Spanned<String>>,
    /// Claims that it mounts.
    pub volumes: Vec<Volume>,
    /// The group that those belong to, where it isn't known as whom the image runs: most storage
    /// gives a new claim to root.
    pub volume_group: Option<u32>,
    /// A host name that is that of the next pod as well, where a volume that outlives it is its own; of several
    /// pods with such volumes that of the first. It is at the volume's statement.
    pub host_name: Option<Spanned<String>>,
    /// Files that it reads, in a ConfigMap of its own.
    pub files: Option<FileMap>,
    /// Secrets that it reads as files, in the order of the source.
    pub secret_files: Vec<SecretFile>,
    /// What is set aside for it, and what it may not exceed.
    pub resources: Resources,
    /// Databases of the cluster that it waits for.
    pub waits: Vec<Wait>,
    /// A ConfigMap of its own.
    pub config: Option<ConfigMap>,
    /// A Secret of its own.
    pub secret: Option<SecretObject>,
    /// Objects whose keys are all variables of it.
    pub env_from: Vec<EnvFrom>,
    /// Its variables, in the order of the source; the contract's come first.
    pub env: Vec<Variable>,
    /// Every key of `config` that it reads, by whatever way.
    pub config_read: Vec<Arc<Setting>>,
}

impl Pod {
    /// The volumes that a container of it mounts. One that runs beside others of the same leaves them
    /// those of one pod.
    pub fn mounted(&self, is_beside: bool) -> impl Iterator<Item = &Volume> {
        self.volumes.iter().filter(move |volume| {
            let claim = volume.claim.as_ref();
            let is_alone = claim.is_some_and(|claim| claim.mounted_by != MountedBy::AllPods);
            !(is_alone && is_beside)
        })
    }

    /// Whether each pod of its workload has claims of its own: then that is a StatefulSet.
    #[must_use]
    pub fn has_own_claims(&self) -> bool {
        let mut volumes = self.volumes.iter();
        volumes.any(|volume| volume.claim_of_each().is_some())
    }

    /// The folders that are empty at each start, where no volume is mounted, each with the statement
    /// that asks for it, if one does.
    #[must_use]
    pub fn empty_folders(&self, is_beside: bool) -> Vec<(&str, Option<Span>)> {
        let Pod { contract, said, .. } = self;
        // On a root that isn't read-only, a recipe's own folders are in the image, for its user.
        let own = contract.writable.iter().filter(|path| {
            let mut said = said.writable.iter();
            contract.read_only_root && said.all(|folder| folder.value != **path)
        });
        let own = own.map(|path| (path.as_str(), None));
        let said = said.writable.iter();
        let said = said.map(|folder| (folder.value.as_str(), Some(folder.span)));
        let is_free = |path: &str| self.mounted(is_beside).all(|volume| volume.path != path);
        own.chain(said).filter(|(path, _)| is_free(path)).collect()
    }
}

/// What statements change about a contract, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContractChanges {
    /// The `user` statement's number.
    pub user: Option<Span>,
    /// The `grace` statement's duration.
    pub grace: Option<Span>,
    /// The folders of `writable`, which are empty at each start in any case.
    pub writable: Vec<Spanned<String>>,
    /// What makes the root file system read-only or writable: the first `writable`, or a `without`.
    pub read_only_root: Option<Span>,
}

/// Requests and limits, where they are said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resources {
    /// Cores.
    pub cpu: Option<QuantityRange>,
    /// Bytes.
    pub memory: Option<QuantityRange>,
    /// Bytes of the node's disk, besides volumes.
    pub disk: Option<QuantityRange>,
}

/// A database that a tier waits for before it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The database.
    pub database: ThingName,
    /// The first place that asks for it.
    pub origin: Span,
}
