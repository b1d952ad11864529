//! Passwords on the command lines of well-known programs, and in statements of SQL.

use super::logins::{ends_word, first_bytes, stands_for_itself};
use super::tokens::{Credential, secret};

/// Most bytes of a command or statement that are looked through.
const LONGEST: usize = 300;
/// The least length of a password.
const LEAST: usize = 4;

/// How a program takes a password.
struct PasswordOption {
    /// How the program's name begins; behind a blank, a word that the command has.
    program: &'static str,
    /// The options that a password is behind.
    options: &'static [&'static str],
    /// Whether it may be in the same word as its option.
    joins: bool,
    /// Whether it may be the next word.
    parts: bool,
}

/// Each by its program's own manual page.
const OPTIONS: &[PasswordOption] = &[
    // Behind a blank, it asks for the password, and the word is the database.
    option("mysql", &["-p"], true, false),
    option("mariadb", &["-p"], true, false),
    option("sshpass", &["-p"], true, true),
    option("redis-cli", &["-a", "--pass"], false, true),
    option("valkey-cli", &["-a", "--pass"], false, true),
    option("docker login", &["-p", "--password"], false, true),
    option("podman login", &["-p", "--password"], false, true),
    option("helm login", &["-p", "--password"], false, true),
    option("sqlcmd", &["-P"], true, true),
    option("ldapsearch", &["-w"], true, true),
    option("aws configure", &["aws_secret_access_key"], false, true),
    option("openssl", &["pass:"], true, false),
];

const fn option(
    program: &'static str,
    options: &'static [&'static str],
    joins: bool,
    parts: bool,
) -> PasswordOption {
    PasswordOption {
        program,
        options,
        joins,
        parts,
    }
}

/// The words in front of the string with a password in SQL, in capitals.
const SQL: &[&str] = &["PASSWORD '", "IDENTIFIED BY '"];
/// Words of the SQL statements that set the password of a user or a role.
const OWNERS: &[&str] = &["USER ", "ROLE "];

/// The passwords that programs are given in a text.
pub(super) fn in_commands(text: &str) -> impl Iterator<Item = Credential> + '_ {
    let given_to = OPTIONS.iter().flat_map(move |row| {
        let name = row.program.split(' ').next().unwrap_or_default();
        text.match_indices(name)
            .filter_map(move |(at, _)| given(text, at, row))
    });
    given_to.chain(in_sql(text))
}

/// The password that a program is given whose name begins at a byte.
fn given(text: &str, at: usize, row: &PasswordOption) -> Option<Credential> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if text[..at].ends_with(is_name) {
        return None;
    }
    let line = first_bytes(&text[at..], LONGEST);
    let line = line.split(['\n', ';', '|']).next()?;
    let mut names = row.program.split(' ');
    let name = names.next().unwrap_or_default();
    // `mysqldump` takes what `mysql` takes; `mysql:8.4` is an image.
    let program = line.split(ends_word).next().unwrap_or_default();
    let rest = program.strip_prefix(name)?;
    rest.bytes()
        .all(|byte| byte.is_ascii_lowercase())
        .then_some(())?;
    let mut wanted = names.next();
    let mut is_next = false;
    let mut from = at;
    for word in line.split_inclusive(ends_word) {
        let (begin, bare) = (from, word.trim_end_matches(ends_word));
        from += word.len();
        if bare.is_empty() {
            continue;
        }
        if is_next {
            return password(bare, begin);
        }
        if wanted == Some(bare) {
            wanted = None;
        }
        let options = row.options.iter().filter(|_| wanted.is_none());
        for option in options {
            is_next |= row.parts && bare == *option;
            if row.joins
                && begin > at
                && let Some(value) = bare.strip_prefix(option)
            {
                let found = password(value, begin + option.len());
                if found.is_some() {
                    return found;
                }
            }
        }
    }
    None
}

/// A word as a password: not an option, a path, a number or what stands for one.
fn password(word: &str, at: usize) -> Option<Credential> {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = word.len() >= LEAST
        && !is_number
        && !word.starts_with(['-', '/', '.', '@'])
        && stands_for_itself(word);
    is_one.then(|| secret("a password", at..at + word.len()))
}

/// The passwords of users in statements of SQL.
fn in_sql(text: &str) -> impl Iterator<Item = Credential> + '_ {
    let all = text.match_indices(" '");
    all.filter_map(move |(at, _)| {
        let from = at + 2;
        let last = text.as_bytes()[..from].last_chunk::<4>()?;
        [*b"RD '", *b"BY '"]
            .contains(&last.map(|byte| byte.to_ascii_uppercase()))
            .then_some(())?;
        let mut begin = at.saturating_sub(LONGEST);
        while !text.is_char_boundary(begin) {
            begin += 1;
        }
        let before = text[begin..from].to_ascii_uppercase();
        let is_it = SQL.iter().any(|it| before.ends_with(it));
        let is_it = is_it && OWNERS.iter().any(|it| before.contains(it));
        let value = first_bytes(&text[from..], LONGEST);
        let value = &value[..value.find(['\'', '\n'])?];
        is_it.then(|| password(value, from)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::in_commands;

    fn found(text: &str) -> Vec<&str> {
        in_commands(text).map(|it| &text[it.range]).collect()
    }

    #[test]
    fn passwords_on_command_lines_are_found() {
        for text in [
            "mysql -u root -phunter2 app",
            "mysqldump -phunter2 app",
            "\"mysql\", \"-u\", \"root\", \"-phunter2\"",
            "sshpass -p hunter2 ssh x",
            "sshpass -phunter2 ssh x",
            "redis-cli -h cache -a hunter2 ping",
            "docker login -u me -p hunter2 ghcr.io",
            "helm registry login -u me --password hunter2 x.y",
            "sqlcmd -S db -U sa -P hunter2",
            "aws configure set aws_secret_access_key hunter2",
            "openssl enc -pass pass:hunter2 -in x",
            "psql -c \"CREATE USER app WITH PASSWORD 'hunter2'\"",
            "mariadb -e \"alter user 'a'@'%' identified by 'hunter2'\"",
        ] {
            assert_eq!(found(text), ["hunter2"], "{text}");
        }
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for text in [
            "mysql -u root -p app",
            "mysql -p$PASSWORD app",
            "mysql -p\"$PASSWORD\" app",
            "mysql -P3306 -p3306 app",
            "docker run -p 8080:80 x; docker login -p $TOKEN",
            "docker login --password-stdin ghcr.io",
            "redis-cli -a \"$REDIS_PASSWORD\" ping",
            "sshpass -e ssh x",
            "my-mysql -phunter2",
            "openssl enc -pass env:PASS -in pass:",
            "the password 'hunter2' of nobody",
            "CREATE USER app WITH PASSWORD '$1'",
            "pg_dump -p 5432 app",
            "é mysql",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
