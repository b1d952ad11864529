//! What a pod knows of itself.

/// How a value names the pod that reads it, unless something has that name.
pub const POD: &str = "pod";

/// What a pod knows of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PodMember {
    /// Its name.
    Name,
    /// Its address.
    Ip,
    /// Its namespace.
    Namespace,
    /// The name of the node that it runs on.
    Node,
    /// The address of that node.
    NodeIp,
    /// The name of its ServiceAccount.
    Account,
}
