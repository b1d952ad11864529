//! What a lock remembers of earlier builds, besides the files.
//!
//! Each fact is a line `# WORD [TEXT, …]`, which `sha256sum` takes for a comment.

use std::collections::BTreeMap;
use std::fmt;

/// What earlier builds into a folder were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Memory {
    /// The source file, as a path from the folder; `None` for standard input, and where a lock doesn't say.
    pub(super) source: Option<String>,
    /// A digest of what each image is made from, by its name: of the first build that named one so.
    pub(super) images: BTreeMap<String, String>,
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
            ("image", [name, content]) => {
                self.images.insert(name.clone(), content.clone());
            }
            _ => return false,
        }
        true
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
            images: images.collect(),
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
        let images = self.images.iter();
        let images = images.map(|(name, content)| ("image", vec![name, content]));
        for (word, texts) in source.chain(images) {
            writeln!(f, "# {word} {}", serde_json::json!(texts))?;
        }
        Ok(())
    }
}
