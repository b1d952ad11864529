//! What an image and its pod agree on.

use std::sync::Arc;

use super::Choice;

/// The one place that says as whom, where and how a container runs. The Dockerfile and the pod are
/// both written from it, so that they can't disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// User and group id of the process; `None` leaves the image's own.
    pub user: Option<u32>,
    /// Whether the process needs no capability of root's.
    pub no_capabilities: bool,
    /// Whether the root file system is read-only, but for `writable`.
    pub read_only_root: bool,
    /// Absolute paths that the process writes to; an `emptyDir` each where the root is read-only.
    pub writable: Vec<String>,
    /// Absolute paths of volumes that processes of the image write to: the image has the folders, for
    /// its user, since a new volume of Docker's is a copy of what it is mounted over. All pods of the image
    /// share the list.
    pub kept: Arc<[String]>,
    /// The process and its arguments; empty leaves the image's own.
    pub command: Vec<String>,
    /// Variables that both image and pod set, because the process can't run right without them and
    /// something between the two would set them otherwise.
    pub variables: Vec<(String, String)>,
    /// Variables that the pod alone sets, where an ingress controller stands in front of it.
    pub proxied_variables: Vec<(String, String)>,
    /// Seconds until SIGKILL, from the moment at which the pod is told to stop.
    pub shutdown_seconds: u32,
}

/// The capability that a container is denied: every one, or of an image of others, which may begin as root and
/// step down, the one alone that nothing needs, and by which a container can answer for others of its node.
#[must_use]
pub fn denied_capability(no_capabilities: bool) -> &'static str {
    if no_capabilities { "ALL" } else { "NET_RAW" }
}

/// User and group of every image that a recipe builds. Numeric, since the kubelet can't resolve a
/// name under `runAsNonRoot`, and above 10000, where no host has users of its own.
pub const USER: u32 = 10001;

/// Where every process may write, and every image has a folder already.
pub const TEMPORARY: &str = "/tmp";

/// How much an empty folder of a pod holds, as Kubernetes writes it.
pub const EMPTY_FOLDER: &str = "2Gi";

/// Kubernetes' own default of `terminationGracePeriodSeconds`.
pub const SHUTDOWN_SECONDS: u32 = 30;

/// The same for workers: nobody waits for an answer, and what they have begun is done once more if they
/// don't end it.
pub const WORKER_SHUTDOWN_SECONDS: u32 = 60;

/// Seconds for which a server keeps an idle connection: longer than the 60 of most proxies in front of
/// it. One that the server closes first may carry the next request already, which gets a 502.
pub(super) const IDLE_SECONDS: u32 = 75;

/// How long the pod of a port goes on serving after it was told to stop: until then, proxies and
/// ingress controllers may still send it requests.
pub const DRAIN_SECONDS: u32 = 5;

impl Contract {
    /// The contract with an image that somebody else built: nothing is known of it.
    #[must_use]
    pub fn of_foreign_image() -> Self {
        Contract {
            user: None,
            no_capabilities: false,
            read_only_root: false,
            writable: Vec::new(),
            kept: Arc::default(),
            command: Vec::new(),
            variables: Vec::new(),
            proxied_variables: Vec::new(),
            shutdown_seconds: SHUTDOWN_SECONDS,
        }
    }

    /// What the contracts of all recipes have in common. `server` is what the recipe starts, unless
    /// the source starts something else.
    pub(super) fn of_recipe<const N: usize>(choice: &Choice, server: [&str; N]) -> Self {
        let command = if choice.command.is_empty() {
            server.map(str::to_owned).into()
        } else {
            choice.command.clone()
        };
        Contract {
            user: Some(USER),
            no_capabilities: true,
            read_only_root: true,
            writable: vec![TEMPORARY.to_owned()],
            command,
            shutdown_seconds: choice.shutdown_seconds,
            ..Contract::of_foreign_image()
        }
    }

    /// Tells the process its port, as most platforms do.
    pub(super) fn with_port(mut self, choice: &Choice) -> Self {
        let port = choice
            .port
            .map(|port| ("PORT".to_owned(), port.to_string()));
        self.variables.extend(port);
        self
    }
}
