//! Packages and commands that write beside the sources, which no process of an image may change.

/// A package whose programs write files: a row of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WritingPackage {
    /// The package, as its registry normalizes the name; of a module of Go the beginning of its path.
    pub package: &'static str,
    /// The folder that it writes, seen from the working directory; empty where the application chooses.
    pub folder: &'static str,
    /// The variables that name another place.
    pub variables: &'static [&'static str],
    /// Whether what it writes must outlive the pod.
    pub is_data: bool,
}

/// A package that keeps data in a folder of this name, or chosen by the application.
const fn keeps(package: &'static str, folder: &'static str) -> WritingPackage {
    WritingPackage {
        package,
        folder,
        variables: &[],
        is_data: true,
    }
}

/// A package that writes what may be lost.
const fn writes(package: &'static str, folder: &'static str) -> WritingPackage {
    WritingPackage {
        is_data: false,
        ..keeps(package, folder)
    }
}

/// Packages of npm's.
pub const OF_NODE: &[WritingPackage] = &[
    keeps("@strapi/strapi", "public/uploads"),
    keeps("better-sqlite3", ""),
    keeps("connect-sqlite3", ""),
    keeps("level", ""),
    keeps("lowdb", ""),
    keeps("nedb", ""),
    keeps("nedb-promises", ""),
    keeps("node-persist", ".node-persist"),
    WritingPackage {
        variables: &["PARSE_SERVER_LOGS_FOLDER"],
        ..writes("parse-server", "logs")
    },
    writes("session-file-store", "sessions"),
    keeps("sqlite3", ""),
];

/// Packages of PyPI's.
pub const OF_PYTHON: &[WritingPackage] = &[
    WritingPackage {
        variables: &["CHAINLIT_APP_ROOT"],
        ..writes("chainlit", ".files")
    },
    writes("reflex", ".web"),
    keeps("scrapyd", "dbs"),
    keeps("sqlitedict", ""),
    keeps("tinydb", ""),
    keeps("zodb", ""),
];

/// A package that fetches models or data when they are first needed, and keeps them below `HOME`: a row of
/// [`FETCHING`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchingPackage {
    /// The package, as PyPI normalizes the name.
    pub package: &'static str,
    /// The variable that names another place.
    pub variable: &'static str,
    /// Others by which the place is known, or nothing is fetched.
    pub others: &'static [&'static str],
}

const fn of_hub(package: &'static str) -> FetchingPackage {
    FetchingPackage {
        package,
        variable: "HF_HOME",
        others: &[
            "HF_HUB_CACHE",
            "HF_HUB_OFFLINE",
            "SENTENCE_TRANSFORMERS_HOME",
            "TRANSFORMERS_OFFLINE",
            "XDG_CACHE_HOME",
        ],
    }
}

/// Packages of PyPI's that fetch models or data.
pub const FETCHING: &[FetchingPackage] = &[
    of_hub("diffusers"),
    of_hub("faster-whisper"),
    FetchingPackage {
        package: "nltk",
        variable: "NLTK_DATA",
        others: &[],
    },
    FetchingPackage {
        package: "openai-whisper",
        variable: "XDG_CACHE_HOME",
        others: &[],
    },
    of_hub("sentence-transformers"),
    FetchingPackage {
        package: "torchvision",
        variable: "TORCH_HOME",
        others: &["XDG_CACHE_HOME"],
    },
    of_hub("transformers"),
];

/// Modules of Go.
pub const OF_GO: &[WritingPackage] = &[
    keeps("github.com/blevesearch/bleve", ""),
    keeps("github.com/cockroachdb/pebble", ""),
    keeps("github.com/dgraph-io/badger", ""),
    keeps("github.com/glebarez/sqlite", ""),
    keeps("github.com/pocketbase/pocketbase", "pb_data"),
    keeps("github.com/syndtr/goleveldb", ""),
    keeps("github.com/tidwall/buntdb", ""),
    keeps("go.etcd.io/bbolt", ""),
    keeps("modernc.org/sqlite", ""),
];

/// Crates.
pub const OF_RUST: &[WritingPackage] = &[
    keeps("fjall", ""),
    keeps("heed", ""),
    keeps("redb", ""),
    keeps("rocksdb", ""),
    keeps("rusqlite", ""),
    keeps("sled", ""),
    keeps("tantivy", ""),
];

/// A command that writes into its working directory, or among the packages: a row of [`COMMANDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WritingCommand {
    /// The words that it begins with, behind what starts it.
    pub words: &'static [&'static str],
    /// What it writes.
    pub writes: &'static str,
    /// The way out, as an imperative.
    pub help: &'static str,
}

const fn command(
    words: &'static [&'static str],
    writes: &'static str,
    help: &'static str,
) -> WritingCommand {
    WritingCommand {
        words,
        writes,
        help,
    }
}

const BY_BUILD: &str = "let the script `build` of `package.json` do it";
const BY_IMAGE: &str = "leave it out: the image has the packages of the lock file";
const BEFORE: &str = "run it before, and commit what it writes";

/// Commands that write, by programs that are seen behind shells and runners. `manage.py` stands for Python's.
pub const COMMANDS: &[WritingCommand] = &[
    command(&["alembic", "revision"], "a migration", BEFORE),
    command(&["flask", "db", "init"], "the folder of migrations", BEFORE),
    command(&["flask", "db", "migrate"], "a migration", BEFORE),
    command(
        &["manage.py", "collectstatic"],
        "static files",
        "leave it out: the recipe `django` collects them in the image",
    ),
    command(&["manage.py", "compilemessages"], "translations", BEFORE),
    command(&["manage.py", "makemigrations"], "migrations", BEFORE),
    command(&["next", "build"], "the application", BY_BUILD),
    command(&["npm", "ci"], "packages", BY_IMAGE),
    command(&["npm", "install"], "packages", BY_IMAGE),
    command(&["nuxt", "build"], "the application", BY_BUILD),
    command(&["pip", "install"], "packages", BY_IMAGE),
    command(&["prisma", "generate"], "the client", BY_BUILD),
    command(&["tsc"], "the application", BY_BUILD),
    command(&["vite", "build"], "the application", BY_BUILD),
];

/// The row of a command, whose first word is the name of its program.
#[must_use]
pub fn writing(words: &[String]) -> Option<&'static WritingCommand> {
    // `python manage.py migrate` is what `./manage.py migrate` is.
    let (first, rest) = words.split_first()?;
    let script = rest.first().map(|word| super::commands::name_of(word));
    let of_python = super::commands::is_python(first) && script == Some("manage.py");
    let words: Vec<&str> = if of_python {
        let rest = rest.iter().skip(1).map(String::as_str);
        std::iter::once("manage.py").chain(rest).collect()
    } else {
        words.iter().map(String::as_str).collect()
    };
    // What only asks or checks writes nothing.
    let is_dry = |word: &&str| {
        matches!(
            *word,
            "--noEmit" | "--no-emit" | "--dry-run" | "--check" | "--help" | "--version" | "-h"
        )
    };
    if words.iter().any(is_dry) {
        return None;
    }
    COMMANDS.iter().find(|row| words.starts_with(row.words))
}

#[cfg(test)]
mod tests {
    use super::{COMMANDS, FETCHING, OF_GO, OF_NODE, OF_PYTHON, OF_RUST, writing};

    #[test]
    fn tables_have_each_once_and_in_order() {
        for table in [OF_NODE, OF_PYTHON, OF_GO, OF_RUST] {
            let names = table.iter().map(|row| row.package);
            assert!(names.is_sorted_by(|one, other| one < other));
        }
        let names = FETCHING.iter().map(|row| row.package);
        assert!(names.is_sorted_by(|one, other| one < other));
        let words = COMMANDS.iter().map(|row| row.words);
        assert!(words.is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn commands_that_write_are_known() {
        let is_one = |line: &str| {
            let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
            writing(&words).is_some()
        };
        for line in [
            "python3 manage.py collectstatic --noinput",
            "manage.py makemigrations",
            "prisma generate",
            "tsc -p .",
        ] {
            assert!(is_one(line), "{line}");
        }
        for line in [
            "python manage.py migrate",
            "python other.py collectstatic",
            "manage.py makemigrations --check",
            "tsc --noEmit",
            "prisma migrate deploy",
            "npm run ci",
            "",
        ] {
            assert!(!is_one(line), "{line}");
        }
    }
}
