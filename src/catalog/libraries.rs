//! Packages that need something of the system that small images don't have.

use super::Flavour;

/// Packages of a system: of each list one.
type Choices = &'static [&'static [&'static str]];

/// What a package needs: a row of the tables.
#[derive(Debug)]
pub struct LibraryNeed {
    /// The package, as its registry normalizes the name.
    pub package: &'static str,
    /// Packages that bring along what it needs, or extras of it as `name[extra]`; `*` stands for anything.
    pub unless: &'static [&'static str],
    /// What it is compiled with, on Debian.
    build: Choices,
    /// What it loads or starts while it runs, on Debian.
    run: Choices,
    /// The same two on Alpine, where nobody says anything of what isn't known.
    alpine: (Choices, Choices),
    /// The first major version that needs nothing any more; 0 where all do.
    pub until: u32,
    /// A package that does without, to be put forward.
    pub instead: &'static str,
}

/// What a package loads or starts.
const fn loads(package: &'static str, run: Choices, instead: &'static str) -> LibraryNeed {
    LibraryNeed {
        package,
        unless: &[],
        build: &[],
        run,
        alpine: (&[], &[]),
        until: 0,
        instead,
    }
}

/// What comes as sources alone, and loads a library that it was compiled with.
const fn compiled(
    package: &'static str,
    build: Choices,
    run: Choices,
    instead: &'static str,
) -> LibraryNeed {
    LibraryNeed {
        build,
        ..loads(package, run, instead)
    }
}

const CC: &[&str] = &["gcc", "build-essential"];
const LIBC: &[&str] = &["libc6-dev", "build-essential"];
const PKG_CONFIG: &[&str] = &["pkg-config", "pkgconf"];
const FFMPEG: Choices = &[&["ffmpeg"]];
const GIT: Choices = &[&["git"]];
const CC_OF_ALPINE: &[&str] = &["gcc", "build-base"];
const LIBC_OF_ALPINE: &[&str] = &["musl-dev", "build-base"];

/// Packages of PyPI's that come without what they load, or as sources alone.
pub const OF_PYTHON: &[LibraryNeed] = &[
    LibraryNeed {
        alpine: (
            &[
                CC_OF_ALPINE,
                LIBC_OF_ALPINE,
                &["libpq-dev", "postgresql-dev"],
            ],
            &[&["libpq", "postgresql"]],
        ),
        ..compiled(
            "psycopg2",
            &[CC, LIBC, &["libpq-dev"]],
            &[&["libpq5", "libpq-dev"]],
            "psycopg2-binary",
        )
    },
    LibraryNeed {
        unless: &[
            "psycopg-binary",
            "psycopg-c",
            "psycopg[binary*",
            "psycopg[c*",
        ],
        alpine: (&[], &[&["libpq", "postgresql"]]),
        ..loads(
            "psycopg",
            &[&["libpq5", "libpq-dev", "postgresql-client"]],
            "psycopg[binary]",
        )
    },
    LibraryNeed {
        alpine: (
            &[
                CC_OF_ALPINE,
                LIBC_OF_ALPINE,
                &["pkgconf"],
                &["mariadb-dev", "mariadb-connector-c-dev"],
            ],
            &[&["mariadb-connector-c", "mariadb"]],
        ),
        ..compiled(
            "mysqlclient",
            &[
                CC,
                LIBC,
                PKG_CONFIG,
                &["default-libmysqlclient-dev", "libmariadb-dev"],
            ],
            &[&[
                "libmariadb3",
                "default-libmysqlclient-dev",
                "libmariadb-dev",
            ]],
            "pymysql",
        )
    },
    compiled(
        "python-ldap",
        &[
            CC,
            LIBC,
            &["libldap-dev", "libldap2-dev"],
            &["libsasl2-dev"],
        ],
        &[&["libldap2", "libldap"]],
        "ldap3",
    ),
    compiled(
        "pycairo",
        &[CC, LIBC, PKG_CONFIG, &["libcairo2-dev"]],
        &[&["libcairo2"]],
        "",
    ),
    compiled(
        "pyaudio",
        &[CC, LIBC, &["portaudio19-dev"]],
        &[&["libportaudio2", "portaudio19-dev"]],
        "",
    ),
    LibraryNeed {
        alpine: (&[CC_OF_ALPINE, LIBC_OF_ALPINE, &["linux-headers"]], &[]),
        ..compiled("uwsgi", &[CC, LIBC], &[], "gunicorn")
    },
    loads(
        "weasyprint",
        &[
            &["libpango-1.0-0", "weasyprint"],
            &["libpangoft2-1.0-0", "weasyprint"],
        ],
        "",
    ),
    loads("cairosvg", &[&["libcairo2"]], ""),
    LibraryNeed {
        alpine: (&[], &[&["libmagic", "file"]]),
        ..loads("python-magic", &[&["libmagic1", "libmagic-dev"]], "")
    },
    loads("pdf2image", &[&["poppler-utils"]], ""),
    loads("pytesseract", &[&["tesseract-ocr"]], ""),
    loads(
        "opencv-python",
        &[&["libgl1"], &["libglib2.0-0"]],
        "opencv-python-headless",
    ),
    loads(
        "opencv-contrib-python",
        &[&["libgl1"], &["libglib2.0-0"]],
        "opencv-contrib-python-headless",
    ),
    loads("pyzbar", &[&["libzbar0"]], ""),
    LibraryNeed {
        alpine: (&[], FFMPEG),
        ..loads("ffmpeg-python", FFMPEG, "")
    },
    LibraryNeed {
        alpine: (&[], GIT),
        ..loads("gitpython", GIT, "")
    },
];

/// Packages of npm's, where they are what the application runs with.
pub const OF_NODE: &[LibraryNeed] = &[
    LibraryNeed {
        until: 7,
        ..loads("@prisma/client", &[&["openssl"]], "")
    },
    loads("puppeteer", &[&["chromium"]], ""),
    LibraryNeed {
        alpine: (&[], FFMPEG),
        ..loads("fluent-ffmpeg", FFMPEG, "")
    },
    LibraryNeed {
        alpine: (&[], GIT),
        ..loads("simple-git", GIT, "")
    },
    compiled(
        "node-sass",
        &[&["python3"], &["make"], &["g++"]],
        &[],
        "sass",
    ),
];

/// Crates that link to a library of the system, or run a program of it.
pub const OF_RUST: &[LibraryNeed] = &[
    LibraryNeed {
        unless: &["openssl-src"],
        ..compiled("openssl-sys", &[PKG_CONFIG, &["libssl-dev"]], &[], "")
    },
    LibraryNeed {
        unless: &["protox", "protoc-bin-vendored", "protobuf-src"],
        ..compiled("prost-build", &[&["protobuf-compiler"]], &[], "")
    },
    compiled("clang-sys", &[&["libclang-dev", "clang"]], &[], ""),
    compiled("alsa-sys", &[PKG_CONFIG, &["libasound2-dev"]], &[], ""),
];

/// Modules of Go that are C in part, and do nothing without it, each with one that does without.
pub const WITH_C: &[(&str, &str)] = &[
    (
        "github.com/confluentinc/confluent-kafka-go",
        "github.com/twmb/franz-go",
    ),
    ("github.com/davidbyttow/govips", ""),
    ("github.com/h2non/bimg", ""),
    ("github.com/mattn/go-sqlite3", "modernc.org/sqlite"),
    ("gocv.io/x/gocv", ""),
    ("gorm.io/driver/sqlite", "github.com/glebarez/sqlite"),
];

impl LibraryNeed {
    /// The packages of the system that it is compiled with, without those that are installed for the build: of
    /// each choice the first.
    #[must_use]
    pub fn lacks_to_build(&self, flavour: Flavour, installed: &[&str]) -> Vec<&'static str> {
        let (alpine, _) = self.alpine;
        let wanted = if flavour.is_alpine() {
            alpine
        } else {
            self.build
        };
        lacking(wanted, installed)
    }

    /// Those that it runs with, without those that the image has.
    #[must_use]
    pub fn lacks_to_run(&self, flavour: Flavour, installed: &[&str]) -> Vec<&'static str> {
        let (_, alpine) = self.alpine;
        let wanted = if flavour.is_alpine() {
            alpine
        } else {
            self.run
        };
        lacking(wanted, installed)
    }
}

fn lacking(wanted: Choices, installed: &[&str]) -> Vec<&'static str> {
    // `libglib2.0-0t64` is one of `libglib2.0-0`.
    let has = |one: &&str| installed.iter().any(|it| it.starts_with(*one));
    let lacking = wanted.iter().filter(|choice| !choice.iter().any(has));
    lacking
        .filter_map(|choice| choice.first().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{OF_PYTHON, OF_RUST};
    use crate::catalog::Flavour;

    #[test]
    fn one_of_each_choice_will_do() {
        let psycopg2 = OF_PYTHON.first().expect("a row");
        let slim = |installed: &[&str]| psycopg2.lacks_to_build(Flavour::Slim, installed);
        assert_eq!(slim(&[]), ["gcc", "libc6-dev", "libpq-dev"]);
        assert_eq!(slim(&["build-essential", "libpq-dev"]), [""; 0]);
        assert_eq!(psycopg2.lacks_to_run(Flavour::Slim, &[]), ["libpq5"]);
        assert_eq!(psycopg2.lacks_to_run(Flavour::Slim, &["libpq5"]), [""; 0]);
        let alpine = ["build-base"];
        assert_eq!(
            psycopg2.lacks_to_build(Flavour::Alpine, &alpine),
            ["libpq-dev"]
        );
        let openssl = OF_RUST.first().expect("a row");
        let installed = ["pkgconf", "libssl-dev"];
        let lacks = openssl.lacks_to_build(Flavour::SlimTrixie, &installed);
        assert_eq!(lacks, [""; 0]);
        assert_eq!(openssl.lacks_to_build(Flavour::Alpine, &[]), [""; 0]);
    }
}
