//! Programs that start others by the clock, of which one alone may run.

/// A scheduler: a row of [`SCHEDULERS`].
#[derive(Debug)]
pub struct Scheduler {
    /// The program.
    pub program: &'static str,
    /// The argument that makes it a scheduler; empty where it always is one.
    pub argument: &'static str,
    /// Beginnings of the arguments that say where it keeps its times; empty where it keeps none in a
    /// file of the working directory.
    pub keeps: &'static [&'static str],
}

const fn always(program: &'static str) -> Scheduler {
    Scheduler {
        program,
        argument: "",
        keeps: &[],
    }
}

/// Celery's, by its command or by an option of its worker. `-S` names another way to keep times.
const fn celery(argument: &'static str) -> Scheduler {
    Scheduler {
        program: "celery",
        argument,
        keeps: &["-s", "-S", "--schedule"],
    }
}

/// Every scheduler that is known.
pub const SCHEDULERS: &[Scheduler] = &[
    celery("beat"),
    celery("-B"),
    celery("--beat"),
    always("clockwork"),
    always("crond"),
    always("periodiq"),
    always("rqscheduler"),
    always("supercronic"),
    Scheduler {
        argument: "schedule:work",
        ..always("artisan")
    },
];

/// A program's name without its folder.
fn name(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// The scheduler that a command starts, and the words of the command, those for a shell among them.
#[must_use]
pub fn started<'c>(command: &[&'c str]) -> Option<(&'static Scheduler, Vec<&'c str>)> {
    let words = command.iter().flat_map(|word| word.split_whitespace());
    let words: Vec<&str> = words.collect();
    // Any word may be the name of a program that another starts; one that is always a scheduler is
    // the first, but for the shell's own words.
    let mut own = words.iter().copied();
    let first = own.find(|word| !matches!(name(word), "sh" | "bash" | "ash" | "-c" | "exec"));
    let scheduler = SCHEDULERS.iter().find(|scheduler| {
        if scheduler.argument.is_empty() {
            return first.is_some_and(|word| name(word) == scheduler.program);
        }
        let Some(at) = words
            .iter()
            .position(|word| name(word) == scheduler.program)
        else {
            return false;
        };
        // What stands behind an option of one letter is its value: an application may be called `beat`.
        let is_value = |word: &str| word.len() == 2 && word.starts_with('-');
        let pairs = words.get(at..).unwrap_or_default().windows(2);
        pairs
            .filter_map(|pair| Some((pair.first()?, pair.last()?)))
            .filter(|(before, word)| word.starts_with('-') || !is_value(before))
            .any(|(_, word)| *word == scheduler.argument)
    })?;
    Some((scheduler, words))
}

#[cfg(test)]
mod tests {
    use super::started;

    #[test]
    fn schedulers_are_known_by_their_commands() {
        let is_one = |command: &[&str]| started(command).is_some();
        assert!(is_one(&["celery", "-A", "app", "beat"]));
        assert!(is_one(&[
            "python", "-m", "celery", "-A", "app", "worker", "-B"
        ]));
        assert!(is_one(&[
            "sh",
            "-c",
            "exec /usr/local/bin/supercronic /etc/crontab"
        ]));
        assert!(is_one(&["php", "artisan", "schedule:work"]));
        assert!(!is_one(&["celery", "-A", "beat", "worker"]));
        assert!(!is_one(&["beat", "celery"]));
        assert!(!is_one(&["python", "manage.py", "crond"]));
        assert!(!is_one(&["sh", "-c", ""]));
        assert!(!is_one(&[]));
    }
}
