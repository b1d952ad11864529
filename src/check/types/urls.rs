//! URLs in plain text, as far as it matters whom they lead to.

/// The parts of a URL, as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Url<'t> {
    /// What stands before `://`; empty where nothing does.
    pub(in crate::check) scheme: &'t str,
    /// The host, without the brackets of an IPv6 address.
    pub(in crate::check) host: &'t str,
    /// The digits behind the host.
    pub(in crate::check) port: Option<&'t str>,
    /// What follows, from its `/`, `?` or `#` on.
    pub(in crate::check) rest: &'t str,
}

impl<'t> Url<'t> {
    /// The parts of `SCHEME://HOST…`.
    pub(in crate::check) fn of(text: &'t str) -> Option<Self> {
        let (scheme, behind) = text.trim().split_once("://")?;
        let known = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        (!scheme.is_empty() && scheme.chars().all(known)).then(|| Url::at(scheme, behind))
    }

    /// The parts of `SCHEME://HOST…` or `HOST:PORT…`.
    pub(in crate::check) fn of_address(text: &'t str) -> Option<Self> {
        Url::of(text).or_else(|| {
            let url = Url::at("", text.trim());
            url.port.is_some().then_some(url)
        })
    }

    fn at(scheme: &'t str, behind: &'t str) -> Self {
        let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
        let (authority, rest) = behind.split_at(end);
        let address = authority.rsplit('@').next().unwrap_or(authority);
        let (host, port) = match address.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
                (host, Some(port))
            }
            _ => (address, None),
        };
        Url {
            scheme,
            host: host.trim_start_matches('[').trim_end_matches(']'),
            port,
            rest,
        }
    }

    /// Whether it leads to the machine of whoever follows it.
    pub(in crate::check) fn is_loopback(&self) -> bool {
        is_loopback(self.host)
    }
}

/// Whether a host is the machine that asks for it.
pub(in crate::check) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host == "::1" || host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn a_url_has_parts() {
        let parts = |text| Url::of(text).map(|it| (it.scheme, it.host, it.port, it.rest));
        assert_eq!(
            parts("postgresql://me:a@b@db:5432/app?x=1"),
            Some(("postgresql", "db", Some("5432"), "/app?x=1"))
        );
        assert_eq!(
            parts("http://[::1]:80"),
            Some(("http", "::1", Some("80"), ""))
        );
        assert_eq!(
            parts("https://a.example#top"),
            Some(("https", "a.example", None, "#top"))
        );
        assert_eq!(parts("a b://c"), None);
        assert_eq!(parts("localhost:80"), None);
        assert_eq!(
            Url::of_address("localhost:80/x").map(|it| it.host),
            Some("localhost")
        );
        assert_eq!(Url::of_address("localhost"), None);
    }
}
