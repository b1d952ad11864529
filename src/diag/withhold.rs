//! What diagnostics at the place of a credential leave out: they say that something is wrong there,
//! and neither quote nor change what stands there.

use super::fold::folded;
use super::mask::{MASK, Masks, without_credentials};
use super::{Diagnostic, Edit, Label};
use crate::source::{FileId, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many letters and digits of a credential may be quoted where it stands.
const MOST_QUOTED: usize = 4;
/// Of a longer place nothing is quoted, so that time stays linear in the number of diagnostics.
const LONGEST_PLACE: usize = 4096;

/// Takes fix, suggestion and quotations from the diagnostics whose places touch a masked one of
/// `text`, and every fix that would touch one or write what stands there.
pub(crate) fn withhold(text: &str, diagnostics: &mut [Diagnostic], masks: &Masks) {
    for found in diagnostics {
        let fixes = found.fix.iter().flat_map(|fix| &fix.edits);
        let is_unsafe = fixes.clone().any(|edit| {
            masks.touched(edit.span).next().is_some() || masks.over(&edit.text) != edit.text
        });
        let spans = std::iter::once(found.primary.span)
            .chain(found.secondary.iter().map(|label| label.span))
            .chain(fixes.map(|edit| edit.span));
        let places: BTreeSet<_> = spans
            .flat_map(|span| masks.touched(span).map(move |place| near(place, span)))
            .filter(|(file, _)| *file == FileId(0))
            .map(|(_, range)| (range.start, range.end))
            .collect();
        if !is_unsafe && places.is_empty() {
            continue;
        }
        if let Some(fix) = found.fix.take() {
            found.help.retain(|help| *help != fix.title);
        }
        // One that masks its place chose its words with care.
        if !found.mask.is_empty() {
            continue;
        }
        let quotes = Quotes::of(text, &places);
        found.help.retain(|help| quotes.without(help) == *help);
        let labels = std::iter::once(&mut found.primary).chain(&mut found.secondary);
        let texts = labels.map(|Label { text, .. }| text);
        for text in texts.chain([&mut found.message]) {
            // A string is shown with its own quotes.
            *text = masks.over(&quotes.without(text)).into_owned();
        }
    }
}

/// Masks what looks like a credential in all that is said of files beside a program: it stands in none of
/// its texts. A fix that would write one is left out.
pub(crate) fn withhold_sources(diagnostics: &mut [Diagnostic]) {
    let of_files = diagnostics.iter_mut();
    let of_files = of_files.filter(|found| found.code.depends_on_sources());
    for found in of_files {
        let is_unsafe = |edit: &Edit| matches!(without_credentials(&edit.text), Cow::Owned(_));
        if let Some(fix) = found.fix.take_if(|fix| fix.edits.iter().any(is_unsafe)) {
            found.help.retain(|help| *help != fix.title);
        }
        let labels = std::iter::once(&mut found.primary).chain(&mut found.secondary);
        let texts = labels.map(|label| &mut label.text).chain(&mut found.help);
        let titles = found.fix.iter_mut().map(|fix| &mut fix.title);
        for text in texts.chain(titles).chain([&mut found.message]) {
            if let Cow::Owned(shown) = without_credentials(text) {
                *text = shown;
            }
        }
    }
}

/// A masked place that a span touches; of a long one, such as a whole key, the part that it shows.
fn near(place: Span, span: Span) -> (FileId, Range<usize>) {
    let (place_range, span_range) = (place.range(), span.range());
    let both = place_range.start.max(span_range.start)..place_range.end.min(span_range.end);
    let is_short = place_range.len() <= LONGEST_PLACE;
    (place.file, if is_short { place_range } else { both })
}

/// What may not be quoted.
enum Quotes {
    /// Nothing may.
    All,
    /// These runs of letters and digits; of strings nothing, where escapes may hide them.
    Runs(BTreeSet<Vec<u8>>, bool),
}

impl Quotes {
    fn of(text: &str, places: &BTreeSet<(usize, usize)>) -> Self {
        let length: usize = places.iter().map(|(start, end)| end - start).sum();
        if length > LONGEST_PLACE {
            return Quotes::All;
        }
        let mut runs = BTreeSet::new();
        let mut has_escapes = false;
        for (start, end) in places {
            let place = text.get(*start..*end).unwrap_or_default();
            has_escapes |= place.contains(['\\', '%', '&']);
            runs.extend(folded(place).windows(MOST_QUOTED + 1).map(<[u8]>::to_vec));
        }
        Quotes::Runs(runs, has_escapes)
    }

    /// A sentence without the quotations of what stands there.
    fn without(&self, sentence: &str) -> String {
        let parts = sentence.split('`').enumerate();
        let parts = parts.map(|(index, part)| {
            if index % 2 == 0 {
                self.without_string(part)
            } else if self.forbid(part) {
                Cow::Borrowed(MASK)
            } else {
                Cow::Borrowed(part)
            }
        });
        parts.collect::<Vec<_>>().join("`")
    }

    /// A part of a sentence without the string in it, which is cut where it is long: what is left of a credential
    /// has no shape of its own.
    fn without_string<'t>(&self, part: &'t str) -> Cow<'t, str> {
        let (Some(start), Some(end)) = (part.find('"'), part.rfind('"')) else {
            return Cow::Borrowed(part);
        };
        let hides = match self {
            Quotes::All | Quotes::Runs(_, true) => true,
            Quotes::Runs(_, false) => self.forbid(&part[start..end]),
        };
        if start == end || !hides {
            return Cow::Borrowed(part);
        }
        Cow::Owned(format!("{}\"{MASK}{}", &part[..start], &part[end..]))
    }

    fn forbid(&self, quoted: &str) -> bool {
        match self {
            Quotes::All => true,
            Quotes::Runs(runs, _) => {
                let folded = folded(quoted);
                let mut windows = folded.windows(MOST_QUOTED + 1);
                windows.any(|run| runs.contains(run))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::withhold;
    use crate::diag::{Code, Diagnostic, Masks};
    use crate::source::{FileId, SourceMap, Span};

    fn withheld(text: &str, found: Diagnostic) -> Diagnostic {
        let mut all = [found];
        let masks = Masks::of(&SourceMap::single("app.todo", text), []);
        withhold(text, &mut all, &masks);
        let [found] = all;
        found
    }

    #[test]
    fn a_string_in_its_own_quotes_is_masked() {
        let key = ["sk-", "abcdefghij01klmn23opqr"].concat();
        let place = Span::new(FileId(0), 5..5 + key.len());
        let message = format!("found the string \"{key}\"");
        let found = Diagnostic::new(Code::UnknownWord, place, message);
        let found = withheld(&format!("app \"{key}\""), found);
        assert_eq!(found.message, "found the string \"•••\"");
    }

    #[test]
    fn what_is_left_of_a_credential_in_a_string_that_is_cut_is_masked() {
        for (string, cut) in [
            (
                "Server=db;User Id=sa;Password=Zq7gKopCkk1LMs92;",
                "Server=db;User Id=sa;Password=Zq7gKopCkk",
            ),
            (
                "Server=db;User Id=sa;Passw\\u006frd=Zq7gKopCkk1LMs92;",
                "Server=db;User Id=sa;Password=Zq7gKopCkk",
            ),
        ] {
            let text = format!("needs \"{string}\"");
            let place = Span::new(FileId(0), 6..text.len());
            let message = format!("expected a name, found the string \"{cut}\"…");
            let found = withheld(&text, Diagnostic::new(Code::UnknownWord, place, message));
            assert_eq!(found.message, "expected a name, found the string \"•••\"…");
        }
    }

    #[test]
    fn what_touches_a_credential_has_no_fix_and_no_quotation() {
        let key = ["sk-", "abcdefghij01klmn23opqr"].concat();
        let text = format!("app {key} x");
        let place = Span::new(FileId(0), 4..4 + key.len());
        let found = |span| {
            Diagnostic::new(
                Code::UnknownWord,
                span,
                format!("`{}` isn't a name", &key[3..9]),
            )
            .label("write `ABC_DEF`, not `x`")
            .help("write `tier`")
            .fix("write `sk_abcdefg`", span, "sk_abcdefg")
        };
        for span in [
            place,
            Span::new(FileId(0), 0..5),
            Span::new(FileId(0), 4..4),
        ] {
            let found = withheld(&text, found(span));
            assert_eq!(found.fix, None);
            assert_eq!(found.help, ["write `tier`"]);
            assert_eq!(found.message, "`•••` isn't a name");
            assert_eq!(found.primary.text, "write `•••`, not `x`");
        }
        let other = found(Span::new(FileId(0), 0..3));
        assert_eq!(withheld(&text, other.clone()), other);
    }
}
