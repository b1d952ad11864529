//! Names of the domain name system, as Kubernetes takes them (RFC 1123, in lower case).

/// The longest label, in bytes.
pub const MOST_LABEL: usize = 63;
/// The longest name of labels, in bytes.
const MOST_NAME: usize = 253;

/// Whether a text is a label, as the name of a namespace is.
#[must_use]
pub fn is_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MOST_LABEL).contains(&text.len())
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether a text is a name of one label or several, as those of objects and hosts are.
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.len() <= MOST_NAME && text.split('.').all(is_label)
}

/// Whether Kubernetes has a namespace for itself: the prefix is reserved for those of its system
/// (kubernetes.io, "Namespaces").
#[must_use]
pub fn is_system_namespace(namespace: &str) -> bool {
    namespace.starts_with("kube-")
}
