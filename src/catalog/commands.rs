//! Which program a command starts in the end: behind a shell, and behind programs that start others.

/// Shells, which start what stands behind `-c`.
const SHELLS: &[&str] = &["sh", "bash", "ash", "dash", "zsh"];

/// Programs that start another one, by their first words. What stands behind those and their options is
/// the other one.
const STARTERS: &[&[&str]] = &[
    &["bunx"],
    &["command"],
    &["cross-env"],
    &["ddtrace-run"],
    &["docker-entrypoint.sh"],
    &["dotenv"],
    &["dumb-init"],
    &["env"],
    &["exec"],
    &["hatch", "run"],
    &["newrelic-admin", "run-program"],
    &["nohup"],
    &["npm", "exec"],
    &["npx"],
    &["opentelemetry-instrument"],
    &["pdm", "run"],
    &["pipenv", "run"],
    &["pnpm", "dlx"],
    &["pnpm", "exec"],
    &["pnpx"],
    &["poetry", "run"],
    &["tini"],
    &["uv", "run"],
    &["uvx"],
    &["yarn", "dlx"],
    &["yarn", "exec"],
];

/// How many programs may stand before the one that counts.
const DEEPEST: usize = 8;

/// A path without its folders.
#[must_use]
pub fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The words of a line for a shell, of which the last command counts; none where that isn't clear.
#[must_use]
pub fn words_of_line(line: &str) -> Vec<String> {
    let last = line.split(['\n', ';']).flat_map(|it| it.split("&&"));
    let last = last.filter(|it| !it.trim().is_empty()).last();
    let last = last.unwrap_or_default();
    if last.contains(['|', '`', '(', '{', '&']) {
        return Vec::new();
    }
    let words = last.split_whitespace();
    let words = words.map(|word| word.trim_matches(['"', '\'']).to_owned());
    words.collect()
}

/// The commands of a line for a shell, each a line; a command that no shell reads is one, of its words.
#[must_use]
pub fn each_of_line(command: &[String]) -> Vec<Vec<String>> {
    let line = match command {
        [line] => line,
        [shell, rest @ ..] if SHELLS.contains(&name_of(shell)) => {
            let flag = |word: &String| word.starts_with('-') && word.ends_with('c');
            let at = rest.iter().position(flag);
            match at.and_then(|at| rest.get(at + 1)) {
                Some(line) => line,
                None => return vec![command.to_vec()],
            }
        }
        words => return vec![words.to_vec()],
    };
    let parts = line.split(['\n', ';', '|', '&']);
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts.map(|part| vec![part.to_owned()]).collect()
}

/// The commands that a command comes to, from the one that is written to the innermost. The first word of each
/// is the name of its program, without a folder.
#[must_use]
pub fn unwrapped(command: &[&str]) -> Vec<Vec<String>> {
    let mut words: Vec<String> = match command {
        [line] => words_of_line(line),
        words => words.iter().map(|&word| word.to_owned()).collect(),
    };
    let mut all = Vec::new();
    for _ in 0..DEEPEST {
        while words.first().is_some_and(|word| is_assignment(word)) {
            words.remove(0);
        }
        let Some(first) = words.first_mut() else {
            break;
        };
        *first = name_of(first).to_owned();
        all.push(words.clone());
        match inner(&words) {
            Some(inner) if !inner.is_empty() => words = inner,
            _ => break,
        }
    }
    all
}

/// The words of what a command starts, where it starts something else.
fn inner(words: &[String]) -> Option<Vec<String>> {
    let first = words.first()?.as_str();
    if SHELLS.contains(&first) {
        let is_flag = |word: &String| word.starts_with('-') && word.ends_with('c');
        let at = words.iter().position(is_flag)?;
        return Some(words_of_line(words.get(at + 1)?));
    }
    if is_python(first) {
        // `-u`, `-X dev` and the like stand before what is run.
        let at = words.iter().position(|word| word == "-m")?;
        return Some(words.get(at + 1..)?.to_vec());
    }
    if first == "node" {
        let at = words
            .iter()
            .position(|word| word.contains("node_modules/"))?;
        return Some(words.get(at..)?.to_vec());
    }
    let starts = |start: &&&[&str]| {
        let mut pairs = start.iter().zip(words);
        start.len() <= words.len() && pairs.all(|(one, word)| *one == word)
    };
    let start = STARTERS.iter().find(starts)?;
    let rest = words.get(start.len()..)?;
    let is_before = |word: &String| word.starts_with('-') || is_assignment(word);
    let count = rest.iter().take_while(|word| is_before(word)).count();
    Some(rest.get(count..)?.to_vec())
}

/// Whether a word is `NAME=value`, which shells and `env` set for what follows.
fn is_assignment(word: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    word.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_name))
}

/// Whether a program is Python's own.
#[must_use]
pub fn is_python(name: &str) -> bool {
    let rest = name.strip_prefix("python");
    rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

/// Shells that start without the variables whose names they can't have, such as `a.b`: dash is `sh` in
/// Debian, and BusyBox has that of Alpine. bash passes them on.
const DROPPING: &[&str] = &["sh", "ash", "dash"];

/// What of a command keeps such variables from the program that it starts: a shell, or a package
/// manager that runs scripts by `sh`.
#[must_use]
pub fn dropping(command: &[&str]) -> Option<String> {
    let all = unwrapped(command);
    let first = |words: &Vec<String>| Some(words.first()?.clone());
    let drops = |words: &&Vec<String>| {
        let program = words.first().map_or("", String::as_str);
        let runs_script = matches!(program, "npm" | "pnpm" | "yarn") && script(words).is_some();
        DROPPING.contains(&program) || runs_script
    };
    all.iter().find(drops).and_then(first)
}

/// The script of `package.json` that a command runs, and what it adds to its words.
#[must_use]
pub fn script(words: &[String]) -> Option<(&str, &[String])> {
    let (first, rest) = words.split_first()?;
    let (second, rest) = rest.split_first()?;
    let (name, rest) = match (first.as_str(), second.as_str()) {
        ("npm" | "pnpm" | "yarn" | "bun", "run" | "run-script") => {
            let (name, rest) = rest.split_first()?;
            (name.as_str(), rest)
        }
        ("npm", "start" | "test") => (second.as_str(), rest),
        ("pnpm" | "yarn", name) if !name.starts_with('-') => (name, rest),
        _ => return None,
    };
    let rest = match rest.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => rest,
    };
    Some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::{dropping, each_of_line, script, unwrapped};

    #[test]
    fn lines_have_several_commands() {
        let of = |command: &[&str]| {
            let command: Vec<_> = command.iter().map(|it| (*it).to_owned()).collect();
            let each = each_of_line(&command).into_iter();
            each.map(|words| words.join(" ").trim().to_owned())
                .collect::<Vec<_>>()
                .join(" / ")
        };
        assert_eq!(
            of(&["sh", "-ec", "a b && c; d || e | f\ng &"]),
            "a b / c / d / e / f / g"
        );
        assert_eq!(of(&["a && b"]), "a / b");
        assert_eq!(of(&["a", "&&", "b"]), "a && b");
        assert_eq!(of(&["sh", "-c"]), "sh -c");
        assert_eq!(of(&["sh"]), "sh");
        assert_eq!(of(&[]), "");
    }

    fn innermost(command: &[&str]) -> String {
        unwrapped(command)
            .last()
            .map_or(String::new(), |it| it.join(" "))
    }

    #[test]
    fn the_innermost_program_counts() {
        for (command, expected) in [
            (&["uvicorn", "a:b"][..], "uvicorn a:b"),
            (&["uvicorn a:b --reload"], "uvicorn a:b --reload"),
            (
                &["sh", "-c", "alembic upgrade head && exec uvicorn 'a:b'"],
                "uvicorn a:b",
            ),
            (&["/bin/bash", "-lc", "A=b gunicorn x"], "gunicorn x"),
            (&["uv", "run", "--no-sync", "fastapi", "run"], "fastapi run"),
            (
                &["/app/.venv/bin/python", "-u", "-m", "flask", "run"],
                "flask run",
            ),
            (
                &["python3.12", "manage.py", "runserver"],
                "python3.12 manage.py runserver",
            ),
            (&["npx", "--yes", "next", "start"], "next start"),
            (&["node", "node_modules/.bin/next", "start"], "next start"),
            (&["env", "A=b", "tini", "--", "node", "x.js"], "node x.js"),
            (&["sh", "-c", "a | tee b"], "sh -c a | tee b"),
            (&["sh", "-c"], "sh -c"),
            (&["sh"], "sh"),
            (&[""], ""),
            (&[], ""),
        ] {
            assert_eq!(innermost(command), expected, "{command:?}");
        }
        let deep = ["env"; 100];
        assert!(unwrapped(&deep).len() <= 8);
    }

    #[test]
    fn some_shells_drop_variables() {
        for (command, expected) in [
            (&["sh", "-c", "exec java -jar x.jar"][..], Some("sh")),
            (&["/bin/dash", "x.sh"], Some("dash")),
            (&["tini", "--", "sh", "x.sh"], Some("sh")),
            (&["npm", "run", "start"], Some("npm")),
            (&["npm", "install"], None),
            (&["bash", "-c", "exec java"], None),
            (&["java", "-jar", "sh"], None),
            (&[], None),
        ] {
            assert_eq!(dropping(command).as_deref(), expected, "{command:?}");
        }
    }

    #[test]
    fn scripts_are_run_in_several_ways() {
        let of = |line: &str| {
            let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
            script(&words).map(|(name, rest)| format!("{name}: {}", rest.join(" ")))
        };
        assert_eq!(of("npm start").as_deref(), Some("start: "));
        assert_eq!(of("npm run dev -- -p 1").as_deref(), Some("dev: -p 1"));
        assert_eq!(of("yarn serve -p 1").as_deref(), Some("serve: -p 1"));
        assert_eq!(of("npm install"), None);
        assert_eq!(of("npm run"), None);
        assert_eq!(of("npm"), None);
    }
}
