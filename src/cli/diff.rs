//! `todoc build --check`: what a build would change, as a unified diff.

use super::lock;
use super::masked::masked;
use super::output::shown;
use super::survey::{Found, LINK, Owner, Survey, Task};
use crate::diag::printable;
use crate::diff::unified;

/// Largest file on disk that is compared line by line, in bytes; nothing near it is ever built.
const LARGEST: usize = 1 << 20;

/// The changes, and how many files they are in.
#[derive(Default)]
pub(super) struct Changes {
    /// Unified diffs, from what is on disk to what would be.
    pub(super) text: String,
    /// How many files they are in.
    pub(super) files: usize,
}

/// What a build would change in a folder: nothing exactly where it would write and delete nothing.
/// Files that it would keep are among them, since no statement stands for them.
pub(super) fn changes(survey: &Survey) -> Changes {
    let mut changes = Changes::default();
    for place in &survey.places {
        if matches!(place.task(), Task::Leave) {
            continue;
        }
        match &place.found {
            Found::Nothing => changes.add(survey, &place.path, None, place.wanted),
            Found::File(bytes, owner) => {
                changes.add(survey, &place.path, Some((bytes, *owner)), place.wanted);
            }
            Found::Link => changes.line(survey, &place.path, LINK),
            Found::Blocked(why) => changes.line(survey, &place.path, why),
        }
    }
    // It follows from the files; only where they are as they shall be it has something to say.
    let lock = survey.lock_after().to_string();
    if changes.files == 0 && survey.lock_text.as_ref() != Some(&lock) {
        let before = survey.lock_text.as_ref();
        let before = before.map(|text| (text.as_bytes(), Owner::Us));
        changes.add(survey, lock::NAME, before, Some(&lock));
    }
    changes
}

impl Changes {
    fn add(
        &mut self,
        survey: &Survey,
        path: &str,
        before: Option<(&[u8], Owner)>,
        after: Option<&str>,
    ) {
        if before.is_some_and(|(bytes, _)| bytes.len() > LARGEST) {
            return self.line(survey, path, "it is far larger than what is built");
        }
        let shown = shown(&survey.order.out.join(path));
        let name = |is_there| {
            if is_there {
                shown.as_str()
            } else {
                "/dev/null"
            }
        };
        let is_wanted = after.is_some();
        let after = after.unwrap_or_default();
        let before_text = before.map_or("".into(), |(bytes, _)| String::from_utf8_lossy(bytes));
        // What a build wrote and nobody changed is known as well as what one would write.
        let known = match before {
            Some((_, Owner::Us)) => &before_text,
            Some((_, Owner::Changed | Owner::Others)) | None => after,
        };
        let (was, will_be) = (masked(&before_text, known), masked(after, after));
        if was == will_be && before.is_some() && is_wanted {
            return self.line(survey, path, "it differs in what nobody may read");
        }
        let names = (name(before.is_some()), name(is_wanted));
        let diff = unified(names, &was, &will_be);
        self.text.push_str(&printable(&diff));
        self.files += 1;
    }

    /// What has no lines to compare.
    fn line(&mut self, survey: &Survey, path: &str, why: &str) {
        let shown = shown(&survey.order.out.join(path));
        let line = format!("{shown}: {why}\n");
        self.text.push_str(&printable(&line));
        self.files += 1;
    }
}
