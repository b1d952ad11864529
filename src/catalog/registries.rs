//! Registries of packages that give nothing to whoever names no password.

/// Parts of the addresses of such registries.
const PRIVATE: &[&str] = &[
    ".codeartifact.",
    ".jfrog.io/",
    ".pkg.dev/",
    "dl.cloudsmith.io/basic/",
    "npm.fontawesome.com",
    "npm.pkg.github.com",
    "pkgs.dev.azure.com/",
    "pypi.fury.io/",
];

/// Whether a registry certainly asks for a password. An address that has one has been given it.
#[must_use]
pub fn asks_for_password(url: &str) -> bool {
    let address = url.split_once("://").map_or(url, |(_, rest)| rest);
    !has_user(address) && PRIVATE.iter().any(|part| address.contains(part))
}

/// Whether an address may name a user or a password. One with a slash in it is wrong, and is a password all the same;
/// a scope of npm's, as in `/@acme`, is none.
fn has_user(address: &str) -> bool {
    address.match_indices('@').any(|(at, _)| {
        let before = &address[..at];
        !before.ends_with('/') || before.contains(':')
    })
}

/// Variables by which programs of a build are let in where they upload to, and what is missing without them.
pub const UPLOADS: &[(&str, &str)] = &[
    ("BUGSNAG_API_KEY", "its source maps aren't uploaded"),
    ("CODECOV_TOKEN", "the sizes of its bundles aren't uploaded"),
    ("DATADOG_API_KEY", "its source maps aren't uploaded"),
    ("SENTRY_AUTH_TOKEN", "its source maps aren't uploaded"),
];

/// The part of a variable's name that stands for a registry of this name.
#[must_use]
pub fn name_in_variables(name: &str) -> String {
    let part = |c: char| match c {
        'a'..='z' => c.to_ascii_uppercase(),
        'A'..='Z' | '0'..='9' => c,
        _ => '_',
    };
    name.chars().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::{asks_for_password, name_in_variables};

    #[test]
    fn private_registries_are_known_by_their_addresses() {
        for (url, expected) in [
            ("https://npm.pkg.github.com", true),
            ("https://npm.pkg.github.com/acme", true),
            ("https://europe-python.pkg.dev/acme/py/simple/", true),
            ("https://acme.jfrog.io/artifactory/api/pypi/simple", true),
            (
                "https://user:pw@acme.jfrog.io/artifactory/api/pypi/simple",
                false,
            ),
            ("https://npm.pkg.github.com/@acme", true),
            ("https://user:p/w@acme.jfrog.io/npm/", false),
            ("https://user:pw/@acme.jfrog.io/npm/", false),
            ("https://to/ken@acme.jfrog.io/npm/", false),
            ("https://registry.npmjs.org/", false),
            ("https://download.pytorch.org/whl/cpu", false),
            ("https://pypi.org/simple?x=@", false),
            ("", false),
        ] {
            assert_eq!(asks_for_password(url), expected, "{url}");
        }
    }

    #[test]
    fn names_of_registries_are_parts_of_variables() {
        assert_eq!(name_in_variables("my-index.1"), "MY_INDEX_1");
        assert_eq!(name_in_variables("é"), "_");
    }
}
