//! What a server answers, as far as its sources say it.

/// Which paths a server answers, as far as its sources say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct ServedPaths {
    /// The server, for a message.
    pub(in crate::check) server: &'static str,
    /// The file that says it, as its users call it.
    pub(in crate::check) file: String,
    /// The setting that names the path there; empty where there isn't one.
    pub(in crate::check) setting: String,
    /// What it answers.
    pub(in crate::check) answered: AnsweredPaths,
    /// Variables that tell it otherwise.
    pub(in crate::check) variables: &'static [&'static str],
}

/// What a server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) enum AnsweredPaths {
    /// All below the first of these paths, which is empty for the root, and perhaps below the others.
    Below(Vec<String>),
    /// These, and nothing else.
    Routes(Vec<RouteRead>),
}

impl ServedPaths {
    /// Whether a request for a path is answered.
    pub(in crate::check) fn answers(&self, path: &str) -> bool {
        match &self.answered {
            AnsweredPaths::Below(bases) => bases.iter().any(|base| is_below(path, base)),
            AnsweredPaths::Routes(routes) => routes.iter().any(|route| route.answers(path)),
        }
    }

    /// Whether something is answered below a path.
    pub(in crate::check) fn is_below(&self, prefix: &str) -> bool {
        match &self.answered {
            AnsweredPaths::Below(bases) => bases
                .iter()
                .any(|base| is_below(base, prefix) || (!base.is_empty() && is_below(prefix, base))),
            AnsweredPaths::Routes(routes) => routes.iter().any(|route| route.is_below(prefix)),
        }
    }
}

/// A path that a server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct RouteRead {
    /// The path, up to its first variable part.
    pub(in crate::check) path: String,
    /// Whether it goes on in any way.
    pub(in crate::check) is_open: bool,
}

impl RouteRead {
    /// The path that a route's text stands for.
    pub(super) fn of(text: &str) -> Self {
        let end = text.find(['{', '<', ':', '*', '?', '(', '+', '$']);
        let path = &text[..end.unwrap_or(text.len())];
        RouteRead {
            path: path.to_owned(),
            is_open: end.is_some(),
        }
    }

    /// Whether a request for a path gets there.
    fn answers(&self, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or(path);
        let is_it = path.trim_end_matches('/') == self.path.trim_end_matches('/');
        is_it || (self.is_open && path.starts_with(&self.path))
    }

    /// Whether a request for something below a path may get there.
    fn is_below(&self, path: &str) -> bool {
        is_below(&self.path, path) || (self.is_open && path.starts_with(&self.path))
    }
}

/// Whether a path is another, or below it.
fn is_below(path: &str, other: &str) -> bool {
    let rest = path.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

#[cfg(test)]
mod tests {
    use super::{RouteRead, is_below};

    #[test]
    fn routes_answer_paths() {
        let open = RouteRead::of("/items/{id}");
        assert!(open.answers("/items/1") && !open.answers("/item"));
        assert!(open.is_below("/items") && open.is_below("/items/1"));
        let plain = RouteRead::of("/api/health");
        assert!(plain.answers("/api/health/?x") && !plain.answers("/health"));
        assert!(plain.is_below("/api") && !plain.is_below("/ap"));
        assert!(!RouteRead::of("/").is_below("/api"));
    }

    #[test]
    fn paths_are_below_others() {
        assert!(is_below("/docs/x", "/docs"));
        assert!(is_below("/docs", "/docs"));
        assert!(is_below("/x", ""));
        assert!(!is_below("/docsx", "/docs"));
        assert!(!is_below("", "/docs"));
    }
}
