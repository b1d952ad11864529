//! Names that are made up, each another than those before it.

use std::collections::BTreeMap;

/// The names that are taken.
#[derive(Debug, Default)]
pub struct UniqueNames {
    /// Each with the number from which on its namesakes look for one.
    taken: BTreeMap<String, usize>,
}

impl UniqueNames {
    /// Takes a name as it stands.
    pub fn take(&mut self, name: &str) {
        self.taken.entry(name.to_owned()).or_insert(2);
    }

    /// Takes a name of ASCII, or if it is taken the first that is free of `name-2`, `name-3` and so on. It
    /// is cut to at most so many bytes.
    pub fn free(&mut self, name: &str, longest: usize) -> String {
        let first = cut(name, longest);
        let Some(mut number) = self.taken.get(first).copied() else {
            self.take(first);
            return first.to_owned();
        };
        let free = loop {
            let tail = format!("-{number}");
            let next = cut(name, longest.saturating_sub(tail.len())).to_owned() + &tail;
            number += 1;
            if !self.taken.contains_key(&next) {
                break next;
            }
        };
        self.taken.insert(first.to_owned(), number);
        self.take(&free);
        free
    }
}

/// What of a name fits; where it is cut it doesn't end in `-`.
fn cut(name: &str, longest: usize) -> &str {
    match name.get(..longest) {
        Some(start) if start.len() < name.len() => start.trim_end_matches('-'),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::UniqueNames;

    #[test]
    fn every_name_is_another_and_fits() {
        let mut names = UniqueNames::default();
        names.take("data");
        let mut next = |name: &str| names.free(name, 8);
        assert_eq!(next("data"), "data-2");
        assert_eq!(next("data-2"), "data-2-2");
        assert_eq!(next("data"), "data-3");
        assert_eq!(next("abcdefghij"), "abcdefgh");
        assert_eq!(next("abcdefghkl"), "abcdef-2");
        assert_eq!(next("abcdef--ij"), "abcdef");
        let many: Vec<_> = (0..200).map(|_| next("many")).collect();
        assert_eq!(many[199], "many-200");
        assert_eq!(next("many-many"), "many-man");
    }
}
