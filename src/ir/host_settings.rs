//! What is said of one host besides where it leads.

use super::Entry;
use crate::source::Spanned;

/// What is said of one host besides what all have, or of one of several objects that lead to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostSettings {
    /// Annotations, which win over those of all.
    pub annotations: Vec<Entry>,
    /// How many seconds an answer may take, where a Gateway leads to the host.
    pub timeout: Option<Spanned<u32>>,
}

impl HostSettings {
    /// What is said, wherever it stands: the same of two that say the same.
    #[must_use]
    pub fn texts(&self) -> (Vec<(String, String)>, Option<u32>) {
        let all = self.annotations.iter();
        let all = all.map(|entry| (entry.key.clone(), entry.value.clone()));
        (all.collect(), self.timeout.as_ref().map(|it| it.value))
    }

    /// Its annotations behind those of all hosts that it doesn't replace.
    #[must_use]
    pub fn merged<'a>(&'a self, of_all: &'a [Entry]) -> Vec<&'a Entry> {
        let is_own = |key: &str| self.annotations.iter().any(|it| it.key == key);
        let kept = of_all.iter().filter(|entry| !is_own(&entry.key));
        kept.chain(&self.annotations).collect()
    }
}
