//! "Did you mean": the nearest of the words that are valid at a place.

/// How many candidates are compared with a word. Who declares more names than this didn't write
/// them by hand, and each of them would be compared with each unknown one.
const MOST_COMPARED: usize = 100;

/// The candidate nearest to `word`, at most a third of its length away; case counts for nothing.
/// Of several at the same distance, the first. A word has something in common with what it may
/// have been meant for.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = word.chars().count();
    let bound = (length.max(3) / 3).min(length.saturating_sub(1));
    let lower = word.to_lowercase();
    candidates
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
        .filter(|(distance, _)| *distance <= bound)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["nextjs", "fastapi", "node"];
        assert_eq!(did_you_mean("nexjs", words), Some("nextjs"));
        assert_eq!(did_you_mean("NextJS", words), Some("nextjs"));
        assert_eq!(did_you_mean("ndoe", words), Some("node"));
        assert_eq!(did_you_mean("rails", words), None);
        assert_eq!(did_you_mean("bd", ["db"]), Some("db"));
        assert_eq!(did_you_mean("b", ["a"]), None);
    }
}
