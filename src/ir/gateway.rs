//! A Gateway that leads to hosts.

use crate::source::Span;

/// A Gateway of the cluster, by whose routes hosts are reached in place of Ingresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Its name.
    pub name: String,
    /// Its namespace, where it isn't the application's.
    pub namespace: Option<String>,
    /// The listener of hosts with a certificate, where it isn't every one that serves the host.
    pub section: Option<String>,
    /// The listener of plain http, where it leads hosts with a certificate on to https. The others are served
    /// there.
    pub redirect: Option<String>,
    /// Where it was said.
    pub origin: Span,
}

impl Gateway {
    /// The listener that a host's routes are attached to, where it is one.
    #[must_use]
    pub fn listener(&self, is_secure: bool) -> Option<&String> {
        let plain = self.redirect.as_ref().filter(|_| !is_secure);
        plain.or(self.section.as_ref())
    }
}
