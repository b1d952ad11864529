//! The keys of Compose files and Kubernetes objects, and what stands here for each.

mod compose;
mod kubernetes;

use super::fields::Shape;
use super::keys::{self, Place, Row, foreign};

/// For what a pod can have, and the language has no word for.
const IN_A_PATCH: &str = "say it in a patch: `patch Deployment {`, and its YAML on the lines below";

/// Another format that describes applications.
#[derive(Debug)]
pub struct ForeignFormat {
    /// Its name in text.
    pub name: &'static str,
    /// The word that asks for it.
    pub word: &'static str,
    /// What is said before the keys: how programs differ, and one beside an example of the format.
    pub introduction: &'static str,
    blocks: &'static [&'static [ForeignBlock]],
}

/// The formats that most people come from.
pub const FORMATS: &[ForeignFormat] = &[
    ForeignFormat {
        name: "Compose",
        word: "compose",
        introduction: include_str!("compose.md"),
        blocks: compose::BLOCKS,
    },
    ForeignFormat {
        name: "Kubernetes",
        word: "kubernetes",
        introduction: include_str!("kubernetes.md"),
        blocks: kubernetes::BLOCKS,
    },
];

impl ForeignFormat {
    /// Its blocks, in the order in which people read them.
    pub fn blocks(&self) -> impl Iterator<Item = &'static ForeignBlock> {
        self.blocks.iter().copied().flatten()
    }
}

/// A block of another format.
#[derive(Debug)]
pub struct ForeignBlock {
    /// Where it stands there, such as `services.NAME.build`.
    pub path: &'static str,
    /// Where one would write its keys here.
    pub place: Place,
    /// Its keys.
    pub keys: ForeignKeys,
    /// What is said of keys here alone, with commas between them. It counts before what is said of a word anywhere.
    pub own: &'static [(&'static str, &'static str)],
}

/// The keys of a block of another format.
#[derive(Debug)]
pub enum ForeignKeys {
    /// These, as that format spells them, with commas between them.
    Listed(&'static str),
    /// The fields that a type of Kubernetes has.
    Fields(&'static str),
    /// Those that have an answer of their own.
    Own,
}

/// What stands here for a key of another format.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Answer {
    /// What to do, as an imperative.
    Instead(&'static str),
    /// The statement of the same name.
    Same(&'static Row),
}

impl ForeignBlock {
    /// Its keys, in the order of the format.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        match self.keys {
            ForeignKeys::Listed(keys) => parted(keys).collect(),
            ForeignKeys::Fields(name) => {
                let shape = Shape::of(name);
                shape
                    .into_iter()
                    .flat_map(Shape::fields)
                    .map(|it| it.0)
                    .collect()
            }
            ForeignKeys::Own => self.own.iter().flat_map(|(keys, _)| parted(keys)).collect(),
        }
    }

    /// What stands here for one of its keys; `None` where no table knows it.
    #[must_use]
    pub fn answer(&self, key: &str) -> Option<Answer> {
        let own = self
            .own
            .iter()
            .find(|(keys, _)| parted(keys).any(|it| it == key));
        if let Some((_, instead)) = own {
            return Some(Answer::Instead(instead));
        }
        if let Some(row) = foreign(self.place, key) {
            return Some(Answer::Instead(row.instead));
        }
        keys::rows(self.place)
            .find(|row| row.word == key)
            .map(Answer::Same)
    }
}

/// Keys with commas between them.
fn parted(keys: &'static str) -> impl Iterator<Item = &'static str> {
    keys.split(", ")
}

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Instead(one), Self::Instead(other)) => one == other,
            (Self::Same(one), Self::Same(other)) => std::ptr::eq(*one, *other),
            (Self::Instead(_), Self::Same(_)) | (Self::Same(_), Self::Instead(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, ForeignKeys, parted};

    #[test]
    fn every_key_of_other_formats_has_one_answer() {
        let mut missing = Vec::new();
        for format in FORMATS {
            for block in format.blocks() {
                let keys = block.keys();
                assert!(!keys.is_empty(), "{} has no keys", block.path);
                for key in &keys {
                    if block.answer(key).is_none() {
                        missing.push(format!("{}: {key}", block.path));
                    }
                }
                if !matches!(block.keys, ForeignKeys::Own) {
                    for (own, _) in block.own {
                        for key in parted(own) {
                            assert!(keys.contains(&key), "{} has no `{key}`", block.path);
                        }
                    }
                }
            }
        }
        assert!(missing.is_empty(), "no answer:\n{}", missing.join("\n"));
    }
}
