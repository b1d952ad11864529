//! Controllers of Ingresses: how each is told of the limits of a host.

/// A kind of controllers, by the documentation of those whose classes have its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Controller {
    /// The word that the names of its classes have.
    pub word: &'static str,
    /// By which annotations it is told how large the body of a request may be; empty where it has no such
    /// limit of its own.
    pub body: &'static [&'static str],
    /// By which annotations it is told how long an answer may take, and how each is written; empty where it
    /// waits for any answer.
    pub timeout: &'static [(&'static str, Seconds)],
}

/// How an annotation writes a number of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seconds {
    /// `300`.
    Bare,
    /// `300s`.
    WithUnit,
}

impl Seconds {
    /// A number of seconds as the annotation's value.
    #[must_use]
    pub fn written(self, seconds: u32) -> String {
        match self {
            Seconds::Bare => seconds.to_string(),
            Seconds::WithUnit => format!("{seconds}s"),
        }
    }
}

/// Those that are known. The class `nginx` is that of two controllers, and so is `haproxy`: each leaves the keys
/// of the other alone. For silent web sockets that of HAProxy Technologies has one limit for all hosts, an hour.
/// Traefik reads both limits from its own configuration, has none for bodies, and waits for
/// any answer.
pub const CONTROLLERS: &[Controller] = &[
    Controller {
        word: "nginx",
        body: &[
            "nginx.ingress.kubernetes.io/proxy-body-size",
            "nginx.org/client-max-body-size",
        ],
        timeout: &[
            (
                "nginx.ingress.kubernetes.io/proxy-read-timeout",
                Seconds::Bare,
            ),
            (
                "nginx.ingress.kubernetes.io/proxy-send-timeout",
                Seconds::Bare,
            ),
            ("nginx.org/proxy-read-timeout", Seconds::WithUnit),
            ("nginx.org/proxy-send-timeout", Seconds::WithUnit),
        ],
    },
    Controller {
        word: "haproxy",
        body: &["haproxy-ingress.github.io/proxy-body-size"],
        timeout: &[
            ("haproxy.org/timeout-server", Seconds::WithUnit),
            (
                "haproxy-ingress.github.io/timeout-server",
                Seconds::WithUnit,
            ),
            (
                "haproxy-ingress.github.io/timeout-tunnel",
                Seconds::WithUnit,
            ),
        ],
    },
    Controller {
        word: "traefik",
        body: &[],
        timeout: &[],
    },
];

/// The controller that serves a class, as far as its name says so: one of its words is the controller's.
#[must_use]
pub fn of_class(class: &str) -> Option<&'static Controller> {
    let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
    words.find_map(|word| CONTROLLERS.iter().find(|it| it.word == word))
}

/// A number of bytes, as nginx and HAProxy write it: with the largest unit that divides it.
#[must_use]
pub fn bytes(number: i128) -> String {
    for (unit, size) in [("m", 1 << 20), ("k", 1 << 10)] {
        if number % size == 0 {
            return format!("{}{unit}", number / size);
        }
    }
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::{bytes, of_class};

    #[test]
    fn classes_name_their_controllers() {
        let word = |class| of_class(class).map(|it| it.word);
        assert_eq!(word("nginx"), Some("nginx"));
        assert_eq!(word("external-nginx"), Some("nginx"));
        assert_eq!(word("haproxy.internal"), Some("haproxy"));
        assert_eq!(word("public"), None);
        assert_eq!(word("nginxplus"), None);
    }

    #[test]
    fn bytes_have_the_largest_unit() {
        assert_eq!(bytes(20 << 20), "20m");
        assert_eq!(bytes(3 << 30), "3072m");
        assert_eq!(bytes(512 << 10), "512k");
        assert_eq!(bytes(20_000_000), "20000000");
    }
}
