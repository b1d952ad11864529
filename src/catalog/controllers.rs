//! Controllers of Ingresses: how each is told of the limits of a host, and to take paths off.

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
    /// How it is told to take a path off what a program is asked for.
    pub strip: Stripping,
}

/// How a controller is told to take a path off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stripping {
    /// It takes the paths of a host for regular expressions then: by annotations of what leads to such a path,
    /// and of what leads to the host's other paths.
    Patterns {
        /// Those of a path that it takes off.
        stripped: &'static [(&'static str, &'static str)],
        /// Those of one that it passes on whole.
        whole: &'static [(&'static str, &'static str)],
    },
    /// By annotations of what leads to the path, and how each writes it.
    Paths(&'static [(&'static str, StrippedPath)]),
    /// By no annotation.
    Untold,
}

/// How an annotation says what becomes of a path that is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrippedPath {
    /// By what takes its place: `/`.
    Root,
    /// By a regular expression of the whole, and what it becomes.
    Whole,
}

impl StrippedPath {
    /// The annotation's value for a path, which stands in it as a regular expression.
    #[must_use]
    pub fn written(self, pattern: &str) -> String {
        match self {
            StrippedPath::Root => "/".to_owned(),
            StrippedPath::Whole => format!("^{pattern}/?(.*)$ /\\1"),
        }
    }
}

impl Stripping {
    /// The annotations that are written for a path that is taken off.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        let of_texts = match self {
            Stripping::Patterns { stripped, .. } => stripped,
            Stripping::Paths(_) | Stripping::Untold => &[],
        };
        let of_paths = match self {
            Stripping::Paths(paths) => paths,
            Stripping::Patterns { .. } | Stripping::Untold => &[],
        };
        let of_texts = of_texts.iter().map(|(key, _)| *key);
        of_texts.chain(of_paths.iter().map(|(key, _)| *key))
    }
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
///
/// ingress-nginx (its `enforceRegexModifier`) takes all paths of a host for regular expressions, whatever their
/// letters' case, where one of them has `rewrite-target` or `use-regex`; the longer text first. NGINX's own controller
/// reads `nginx.org/rewrite-target` since 5.3.
/// Traefik takes paths off by an object of its own, a Middleware, which some other object has to define.
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
        strip: Stripping::Patterns {
            stripped: &[
                ("nginx.ingress.kubernetes.io/use-regex", "true"),
                ("nginx.ingress.kubernetes.io/rewrite-target", "/$2"),
                ("nginx.org/path-regex", "case_sensitive"),
                ("nginx.org/rewrite-target", "/$2"),
            ],
            whole: &[
                ("nginx.ingress.kubernetes.io/use-regex", "true"),
                ("nginx.org/path-regex", "case_sensitive"),
            ],
        },
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
        strip: Stripping::Paths(&[
            ("haproxy.org/path-rewrite", StrippedPath::Whole),
            (
                "haproxy-ingress.github.io/rewrite-target",
                StrippedPath::Root,
            ),
        ]),
    },
    Controller {
        word: "traefik",
        body: &[],
        timeout: &[],
        strip: Stripping::Untold,
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
