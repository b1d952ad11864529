//! What is spoken on ports, by their names.

/// A protocol: a row of [`PROTOCOLS`].
#[derive(Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The name of a port that speaks it.
    pub name: &'static str,
    /// The scheme of its URLs; `None` where clients take an address alone.
    pub scheme: Option<&'static str>,
    /// The port of the scheme, which its URLs leave out outside of the cluster.
    pub port: Option<u16>,
    /// Whether it is http, be it within TLS, so that a GET is answered.
    pub is_http: bool,
}

/// The name of a port where none is said. It is the port that stands for its tier.
pub const HTTP: &str = "http";

/// The name of a port where http is spoken within TLS.
pub const HTTPS: &str = "https";

/// The name of a port where gRPC is spoken.
pub const GRPC: &str = "grpc";

const fn urls(name: &'static str, port: Option<u16>) -> Protocol {
    Protocol {
        name,
        scheme: Some(name),
        port,
        is_http: false,
    }
}

const fn addresses(name: &'static str) -> Protocol {
    Protocol {
        name,
        scheme: None,
        port: None,
        is_http: false,
    }
}

/// Every protocol that isn't plain http. Ports of schemes are those of the registry of service
/// names (RFC 6335); MongoDB's and NATS' are what their clients take where none is said.
pub const PROTOCOLS: &[Protocol] = &[
    Protocol {
        is_http: true,
        ..urls(HTTPS, Some(443))
    },
    urls(GRPC, None),
    urls("redis", Some(6379)),
    urls("postgresql", Some(5432)),
    urls("mysql", Some(3306)),
    urls("mongodb", Some(27017)),
    urls("amqp", Some(5672)),
    urls("nats", Some(4222)),
    addresses("kafka"),
    addresses("smtp"),
    // Prometheus GETs them.
    Protocol {
        is_http: true,
        ..addresses("metrics")
    },
];

/// The word by which a port's name says what is spoken on it: all of it, or what stands before its
/// first `-`. Service meshes read names so as well: `http-admin` speaks http.
fn word(port: &str) -> &str {
    let is_whole = PROTOCOLS.iter().any(|protocol| protocol.name == port);
    let before = port.split('-').next().filter(|_| !is_whole);
    before.unwrap_or(port)
}

fn row(port: &str) -> Option<&'static Protocol> {
    let word = word(port);
    PROTOCOLS.iter().find(|protocol| protocol.name == word)
}

/// Whether a port's name says what is spoken on it.
#[must_use]
pub fn is_known(port: &str) -> bool {
    word(port) == HTTP || row(port).is_some()
}

/// Whether a GET is answered on a port, by the port's name: one that says nothing may speak http.
#[must_use]
pub fn is_http(port: &str) -> bool {
    row(port).is_none_or(|protocol| protocol.is_http)
}

/// Whether http within TLS is spoken on a port, by the port's name.
#[must_use]
pub fn is_https(port: &str) -> bool {
    word(port) == HTTPS
}

/// Whether gRPC is spoken on a port, by the port's name.
#[must_use]
pub fn is_grpc(port: &str) -> bool {
    word(port) == GRPC
}

/// The scheme of URLs of a port, by the port's name. One that says nothing has none: whoever guesses
/// sends http to a database.
#[must_use]
pub fn scheme(port: &str) -> Option<&'static str> {
    match row(port) {
        Some(protocol) => protocol.scheme,
        None => (word(port) == HTTP).then_some(HTTP),
    }
}

/// The protocol that is mostly spoken on a port of this number, if it is none of http.
#[must_use]
pub fn by_number(number: u16) -> Option<&'static str> {
    let mut rows = PROTOCOLS.iter().filter(|row| !row.is_http);
    rows.find(|row| row.port == Some(number))
        .map(|row| row.name)
}

/// The port that browsers leave out of an address of this scheme, if it is one of theirs.
#[must_use]
pub fn browsers_port(scheme: &str) -> Option<u16> {
    matches!(scheme, HTTP | HTTPS)
        .then(|| own_port(scheme))
        .flatten()
}

/// The port of a scheme, if it has one.
#[must_use]
pub fn own_port(scheme: &str) -> Option<u16> {
    let protocol = PROTOCOLS.iter().find(|it| it.scheme == Some(scheme));
    match protocol {
        Some(protocol) => protocol.port,
        None if scheme == HTTP => Some(80),
        None => None,
    }
}
