//! Names for what has none that fits.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use crate::catalog::databases::ENGINES;

/// Names that mean something else where a tier's could stand.
const RESERVED: &[&str] = &[
    "app", "config", "secret", "env", "target", "default", "internal", "external",
];
/// The longest name: with that of the application it names objects, which have 63 characters.
const LONGEST: usize = 25;

/// A name for what is built from a folder: the folder's, if it can be one.
pub(super) fn tier(candidate: &Candidate, taken: &mut BTreeSet<String>) -> String {
    let last = candidate.folder.rsplit('/').next().unwrap_or_default();
    let said = candidate.name.as_deref().unwrap_or(last);
    let usual = if candidate.is_page() || candidate.recipe == "django" {
        "web"
    } else {
        "api"
    };
    free(&plain(said).unwrap_or_else(|| usual.to_owned()), taken)
}

/// A name for the application.
pub(super) fn app(folder: &str) -> String {
    let name = plain(folder).filter(|it| !RESERVED.contains(&it.as_str()));
    name.unwrap_or_else(|| "my-app".to_owned())
}

/// The name itself, or with the first number that nothing has.
pub(super) fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut all = std::iter::once(name.to_owned()).chain(numbered);
    let free = all.find(|it| !taken.contains(it)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

/// A text as a name: lower-case letters, digits and `-`, beginning with a letter. `None` where too little
/// is left, or it means something else.
fn plain(text: &str) -> Option<String> {
    let mut name = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let name: String = name.chars().take(LONGEST).collect();
    let name = name.trim_end_matches('-');
    let is_word = RESERVED.contains(&name) || ENGINES.iter().any(|it| it.word == name);
    (!name.is_empty() && !is_word).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{app, free, plain};
    use std::collections::BTreeSet;

    #[test]
    fn folders_become_names() {
        for (folder, expected) in [
            ("frontend", Some("frontend")),
            ("My Shop_API", Some("my-shop-api")),
            ("2048", None),
            ("3d-viewer", Some("d-viewer")),
            ("größe", Some("gr-e")),
            ("漢字", None),
            ("app", None),
            ("postgres", None),
            ("a\ntier b {}", Some("a-tier-b")),
            ("x--", Some("x")),
            ("", None),
        ] {
            assert_eq!(plain(folder).as_deref(), expected, "{folder}");
        }
        assert_eq!(plain(&"long".repeat(20)).map(|it| it.len()), Some(25));
        assert_eq!(
            (app("default").as_str(), app("shop").as_str()),
            ("my-app", "shop")
        );
        let mut taken = BTreeSet::new();
        let names = [
            free("a", &mut taken),
            free("a", &mut taken),
            free("a", &mut taken),
        ];
        assert_eq!(names, ["a", "a-2", "a-3"]);
    }
}
