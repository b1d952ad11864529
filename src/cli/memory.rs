//! What a lock remembers of earlier builds, besides the files.
//!
//! Each fact is a line `# WORD [TEXT, …]`, which `sha256sum` takes for a comment.

use crate::backend::Deployed;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What earlier builds into a folder were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Memory {
    /// The source file, as a path from the folder; `None` for standard input, and where a lock doesn't say.
    pub(super) source: Option<String>,
    /// The target that it was built for; `None` without one, and where a lock doesn't say.
    pub(super) target: Option<String>,
    /// A digest of what each image is made from, by its name: of the first build that named one so.
    pub(super) images: BTreeMap<String, String>,
    /// What may be in a cluster, as far as data depends on it.
    pub(super) deployed: Deployed,
    /// The keys of Secrets that must exist: namespace, Secret and key. Of one that isn't ours the key is empty.
    pub(super) secrets: BTreeSet<[String; 3]>,
}

impl Memory {
    /// Reads a line behind its `# `. Whether it is one.
    pub(super) fn read(&mut self, line: &str) -> bool {
        let Some((word, texts)) = line.split_once(' ') else {
            return false;
        };
        let Ok(texts) = serde_json::from_str::<Vec<String>>(texts) else {
            return false;
        };
        match (word, texts.as_slice()) {
            ("source", [path]) => self.source = Some(path.clone()),
            ("target", [name]) => self.target = Some(name.clone()),
            ("image", [name, content]) => {
                self.images.insert(name.clone(), content.clone());
            }
            ("is", fact) => return self.deployed.said.read(fact),
            ("was", fact) => return self.deployed.before.read(fact),
            ("secret", [namespace, secret, key]) => {
                let all = [namespace, secret, key].map(String::clone);
                self.secrets.insert(all);
            }
            (word, object) => return self.deployed.objects.read(word, object),
        }
        true
    }

    /// The names of what is left to be done.
    pub(super) fn left(&self) -> Vec<String> {
        self.deployed.left()
    }

    /// Drops what is left to be done of that name.
    pub(super) fn forget(&mut self, name: &str) {
        self.deployed.forget(name);
    }

    /// What is remembered after a build with these facts. Of a name that clusters may have pulled already, the
    /// first content counts until there is no such image any more.
    pub(super) fn after(&self, now: &Memory) -> Memory {
        let images = now.images.iter().map(|(name, content)| {
            let first = self.images.get(name).unwrap_or(content);
            (name.clone(), first.clone())
        });
        Memory {
            source: now.source.clone().or_else(|| self.source.clone()),
            target: now.target.clone(),
            images: images.collect(),
            deployed: now.deployed.clone(),
            secrets: now.secrets.clone(),
        }
    }

    /// The images that have another content than when they were named so.
    pub(super) fn changed_images<'n>(&self, now: &'n Memory) -> Vec<&'n str> {
        let images = now.images.iter();
        let changed = images.filter(|(name, content)| {
            let first = self.images.get(*name);
            first.is_some_and(|first| first != *content)
        });
        changed.map(|(name, _)| name.as_str()).collect()
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source.iter().map(|path| ("source", vec![path]));
        let target = self.target.iter().map(|name| ("target", vec![name]));
        let images = self.images.iter();
        let images = images.map(|(name, content)| ("image", vec![name, content]));
        for (word, texts) in source.chain(target).chain(images) {
            writeln!(f, "# {word} {}", serde_json::json!(texts))?;
        }
        let Deployed {
            said,
            before,
            objects,
        } = &self.deployed;
        for (word, facts) in [("is", said), ("was", before)] {
            for fact in facts.rows() {
                writeln!(f, "# {word} {}", serde_json::json!(fact))?;
            }
        }
        for (word, object) in objects.rows() {
            writeln!(f, "# {word} {}", serde_json::json!(object))?;
        }
        for secret in &self.secrets {
            writeln!(f, "# secret {}", serde_json::json!(secret))?;
        }
        Ok(())
    }
}
