//! "Did you mean": the nearest of the words that are valid at a place.

/// How many candidates are compared with a word. Who declares more names than this didn't write
/// them by hand, and each of them would be compared with each unknown one.
const MOST_COMPARED: usize = 100;

/// The most characters of a word that is compared: names have at most 63 (RFC 1035, section 2.3.4), and
/// comparing takes as many steps as the lengths of both words multiplied.
const LONGEST_COMPARED: usize = 256;

/// A word that may have been meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near<'a> {
    /// The word.
    pub word: &'a str,
    /// Whether it is one slip away at the most, or differs in case alone, and no other word is as
    /// near: then it was meant, if the candidates are all that may stand there.
    pub is_sure: bool,
}

impl<'a> Near<'a> {
    /// A word that somebody must look at.
    #[must_use]
    pub fn of(word: &'a str) -> Self {
        Near {
            word,
            is_sure: false,
        }
    }

    /// The same where what was meant may be none of the candidates, as a name that isn't declared
    /// yet.
    #[must_use]
    pub fn unsure(self) -> Self {
        Near {
            is_sure: false,
            ..self
        }
    }
}

/// The candidate nearest to `word`, at most a third of its length away; case counts for nothing.
/// Of several at the same distance, the first. A word has something in common with what it may
/// have been meant for.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    Some(nearest(word, candidates)?.word)
}

/// The same, with how sure it is.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    let length = word.chars().count();
    if length > LONGEST_COMPARED {
        return None;
    }
    let bound = (length.max(3) / 3).min(length.saturating_sub(1));
    let lower = word.to_lowercase();
    let near = candidates
        .into_iter()
        .take(MOST_COMPARED)
        // Words are at least as far from each other as their lengths are.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= bound)
        .map(|candidate| {
            (
                strsim::osa_distance(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= bound);
    let near: Vec<_> = near.collect();
    let (least, nearest) = near.iter().min_by_key(|(distance, _)| *distance)?;
    let as_near = near.iter().filter(|(distance, _)| distance == least);
    let mut others = as_near.filter(|(_, word)| word != nearest);
    Some(Near {
        word: nearest,
        is_sure: *least <= 1 && others.next().is_none(),
    })
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, nearest};

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["nextjs", "fastapi", "node"];
        assert_eq!(did_you_mean("nexjs", words), Some("nextjs"));
        assert_eq!(did_you_mean("NextJS", words), Some("nextjs"));
        assert_eq!(did_you_mean("ndoe", words), Some("node"));
        assert_eq!(did_you_mean("rails", words), None);
        assert_eq!(did_you_mean("bd", ["db"]), Some("db"));
        assert_eq!(did_you_mean("b", ["a"]), None);
        let long = "x".repeat(super::LONGEST_COMPARED);
        let near = format!("y{}", &long[1..]);
        assert_eq!(did_you_mean(&long, [near.as_str()]), Some(near.as_str()));
        let longer = format!("{long}x");
        assert_eq!(did_you_mean(&longer, [longer.as_str()]), None);
    }

    #[test]
    fn one_slip_to_one_word_is_sure() {
        let is_sure = |word| {
            let words = ["readiness", "user", "file", "fill", "fill", "files"];
            nearest(word, words).map(|near| near.is_sure)
        };
        assert_eq!(is_sure("readines"), Some(true));
        assert_eq!(is_sure("USER"), Some(true));
        assert_eq!(is_sure("redines"), Some(false), "two slips");
        assert_eq!(is_sure("fil"), Some(false), "two words");
        assert_eq!(is_sure("fll"), Some(true), "one word twice");
        assert_eq!(is_sure("other"), None);
    }
}
