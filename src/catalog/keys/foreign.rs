//! Words that people bring from Compose and Kubernetes, and what stands here instead.

mod database;
mod hosts;
mod tier;
mod top;
mod within;

pub use within::{ForeignPart, PARTS, foreign_part};

use super::Place;

/// A word from elsewhere: a row of [`foreign_words`].
#[derive(Debug)]
pub struct Foreign {
    /// The word in all its spellings, in lower case without `_` and `-`.
    pub words: &'static [&'static str],
    /// Where it is answered so; empty for anywhere.
    pub places: &'static [Place],
    /// The statement that says the same in the same way, if there is one.
    pub same: Option<&'static str>,
    /// What to write instead, as an imperative.
    pub instead: &'static str,
}

impl Foreign {
    /// Whether it is this word, however it is spelled.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(&plain(word).as_str())
    }
}

const fn same(
    words: &'static [&'static str],
    same: &'static str,
    instead: &'static str,
) -> Foreign {
    Foreign {
        words,
        places: &[],
        same: Some(same),
        instead,
    }
}

const fn other(words: &'static [&'static str], instead: &'static str) -> Foreign {
    Foreign {
        words,
        places: &[],
        same: None,
        instead,
    }
}

const fn at(
    places: &'static [Place],
    words: &'static [&'static str],
    instead: &'static str,
) -> Foreign {
    Foreign {
        words,
        places,
        same: None,
        instead,
    }
}

/// Every word from elsewhere. Of several rows that fit, the first counts.
pub fn foreign_words() -> impl Iterator<Item = &'static Foreign> {
    let words = hosts::HOST_WORDS.iter().chain(top::TOP_WORDS);
    let words = words.chain(database::DATABASE_WORDS);
    words.chain(tier::TIER_WORDS)
}

/// A word in lower case, without `_` and `-`.
fn plain(word: &str) -> String {
    let letters = word.chars().filter(|c| !matches!(c, '_' | '-'));
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// What to answer a word from elsewhere at a place.
#[must_use]
pub fn foreign(place: Place, word: &str) -> Option<&'static Foreign> {
    let plain = plain(word);
    foreign_words().find(|row| {
        let is_there = row.places.is_empty() || row.places.contains(&place);
        let stands = row
            .same
            .is_none_or(|same| super::rows(place).any(|it| it.word == same));
        is_there && stands && row.words.contains(&plain.as_str())
    })
}
