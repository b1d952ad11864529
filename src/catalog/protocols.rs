//! What is spoken on ports, by their names.

/// A protocol: a row of [`PROTOCOLS`].
#[derive(Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The name of a port that speaks it.
    pub name: &'static str,
    /// The scheme of its URLs; `None` where clients take an address alone.
    pub scheme: Option<&'static str>,
}

/// The name of a port where none is said. It is the port that stands for its tier.
pub const HTTP: &str = "http";

const fn urls(name: &'static str) -> Protocol {
    Protocol {
        name,
        scheme: Some(name),
    }
}

const fn addresses(name: &'static str) -> Protocol {
    Protocol { name, scheme: None }
}

/// Every protocol that isn't plain http.
pub const PROTOCOLS: &[Protocol] = &[
    urls("https"),
    urls("grpc"),
    urls("redis"),
    urls("postgresql"),
    urls("mysql"),
    urls("mongodb"),
    urls("amqp"),
    urls("nats"),
    addresses("kafka"),
    addresses("smtp"),
    addresses("metrics"),
];

/// The scheme of URLs of a port, by the port's name: any name that isn't in the table speaks http.
#[must_use]
pub fn scheme(port: &str) -> Option<&'static str> {
    let protocol = PROTOCOLS.iter().find(|protocol| protocol.name == port);
    protocol.map_or(Some(HTTP), |protocol| protocol.scheme)
}
