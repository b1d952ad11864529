//! When a cron runs: five fields or a macro, as the API server reads them (its `ParseStandard` of
//! robfig/cron), and the name of a time zone.

use super::texts;
use crate::catalog::zones;
use crate::check::findings::Findings;
use crate::diag::suggest::nearest;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::syntax::ast::Name;

/// The times that have a word of their own.
const MACROS: &[&str] = &[
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];

/// One of the five fields.
struct ScheduleField {
    what: &'static str,
    least: u32,
    most: u32,
    /// Words for its values from `least` on.
    words: &'static [&'static str],
}

const fn field(
    what: &'static str,
    least: u32,
    most: u32,
    words: &'static [&'static str],
) -> ScheduleField {
    ScheduleField {
        what,
        least,
        most,
        words,
    }
}

const FIELDS: [ScheduleField; 5] = [
    field("minute", 0, 59, &[]),
    field("hour", 0, 23, &[]),
    field("day of the month", 1, 31, &[]),
    field("month", 1, 12, MONTHS),
    // Sunday is 0 alone: unlike other crons, this one knows no 7.
    field("day of the week", 0, 6, DAYS),
];

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// The most days that each month has.
const LONGEST: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Complains of a schedule that the API server refuses, or that never comes.
pub(in crate::check) fn is_schedule(times: &Name, found: &mut Findings) {
    let Some(fault) = fault(&times.value) else {
        return;
    };
    let message = format!(
        "{} isn't a valid schedule: {fault}",
        texts::shown(&times.value)
    );
    let diagnostic = Diagnostic::new(Code::InvalidSchedule, times.span, message);
    found.push(if times.value.contains("TZ=") {
        diagnostic.help("say the time zone behind it: `zone \"Europe/Berlin\"`")
    } else {
        diagnostic.help(
            "write minute, hour, day of the month, month and day of the week: `\"30 3 * * mon-fri\"`",
        )
    });
}

/// Complains of what isn't the name of a time zone. `Local` would be that of the controller.
pub(in crate::check) fn is_zone(zone: &Name, found: &mut Findings) {
    let text = zone.value.as_str();
    if zones::is_zone(text) {
        return;
    }
    let known: Vec<_> = zones::near(text).collect();
    let message = format!("{} isn't the name of a time zone", texts::shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidSchedule, zone.span, message);
    found.push(match nearest(text, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.edit(
            Applicability::Maybe,
            format!("did you mean `{}`?", near.word),
            Edit::replace(zone.span, format!("\"{}\"", near.word)),
        ),
        None => diagnostic.help("write a name of the IANA database: \"Europe/Berlin\", or \"UTC\""),
    });
}

/// What is wrong with a schedule.
fn fault(text: &str) -> Option<String> {
    if text.contains("TZ=") {
        return Some("a time zone doesn't stand in it".to_owned());
    }
    if text.starts_with('@') {
        let known = MACROS.contains(&text);
        return (!known).then(|| format!("macros are `{}`", MACROS.join("`, `")));
    }
    let parts: Vec<_> = text.split(' ').filter(|part| !part.is_empty()).collect();
    if parts.len() != FIELDS.len() {
        return Some(format!("it has {} fields, of five", parts.len()));
    }
    let mut values = Vec::new();
    for (part, field) in parts.iter().zip(&FIELDS) {
        match set(part, field) {
            Ok(set) => values.push(set),
            Err(fault) => return Some(format!("in its {}, {fault}", field.what)),
        }
    }
    let [_, _, days, months, _] = values.as_slice() else {
        return None;
    };
    // With a day of the week as well, either of the two days will do.
    let week_is_open = parts.last().is_some_and(|part| ["*", "?"].contains(part));
    let comes = |month: &u32| {
        let longest = LONGEST.iter().zip(1..).find(|(_, number)| number == month);
        longest.is_some_and(|(longest, _)| days.iter().any(|day| day <= longest))
    };
    (week_is_open && !months.iter().any(comes)).then(|| "no month has that day".to_owned())
}

/// The values that a field stands for: a list of `*`, `N`, `N-M`, each perhaps with `/STEP`.
fn set(text: &str, field: &ScheduleField) -> Result<Vec<u32>, String> {
    let mut values = Vec::new();
    for item in text.split(',') {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (item, None),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" || range == "?" => (field.least, field.most),
            Some((from, to)) => (value(from, field)?, value(to, field)?),
            // From there on, where there is a step.
            None if step.is_some() => (value(range, field)?, field.most),
            None => (value(range, field)?, value(range, field)?),
        };
        if from > to {
            return Err(format!("`{range}` runs backwards"));
        }
        let step = match step {
            None => 1,
            Some(step) => digits(step)
                .filter(|step| *step > 0)
                .ok_or_else(|| format!("`{item}` has no step"))?,
        };
        values.extend((from..=to).step_by(usize::try_from(step).unwrap_or(usize::MAX)));
    }
    Ok(values)
}

/// A number of a field, or a word for one.
fn value(text: &str, field: &ScheduleField) -> Result<u32, String> {
    let word = text.to_ascii_lowercase();
    let word = (field.least..)
        .zip(field.words)
        .find(|(_, it)| **it == word);
    let number = word.map(|(number, _)| number).or_else(|| digits(text));
    let number = number.ok_or_else(|| format!("{} isn't a valid value", texts::shown(text)))?;
    let ScheduleField { least, most, .. } = field;
    if (*least..=*most).contains(&number) {
        Ok(number)
    } else {
        Err(format!("{number} isn't from {least} to {most}"))
    }
}

/// A number of digits alone: Rust's own reader takes a sign as well.
fn digits(text: &str) -> Option<u32> {
    let all = text.chars().all(|c| c.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn schedules_are_read_as_the_api_server_reads_them() {
        for right in [
            "* * * * *",
            "0 3 * * *",
            " 0  3 * * * ",
            "*/15 8-18/2 1,15 JAN-mar Mon-FRI",
            "5/20 ? ? * ?",
            "0 0 29 2 *",
            "0 0 31 2 mon",
            "0 0 31 2 */2",
            "0 0 31 4,5 *",
            "@daily",
        ] {
            assert_eq!(fault(right), None, "{right}");
        }
        for wrong in [
            "",
            "* * * *",
            "0 * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 7",
            "* * * mon *",
            "5-1 * * * *",
            "1-2-3 * * * *",
            "*-5 * * * *",
            "*/0 * * * *",
            "*/2/3 * * * *",
            "1,,2 * * * *",
            "+1 * * * *",
            "-1 * * * *",
            "4294967296 * * * *",
            "* * *\t* *",
            "@reboot",
            "@every 5m",
            "@Daily",
            "TZ=UTC 0 3 * * *",
            "CRON_TZ=UTC 0 3 * * *",
            "0 3 31 2 *",
            "0 3 31 2,4,6 *",
        ] {
            assert!(fault(wrong).is_some(), "{wrong}");
        }
    }
}
