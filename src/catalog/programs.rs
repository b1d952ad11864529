//! Programs that commands name, and what brings them into an image.

use super::{Base, Flavour};

/// A program of a package that is installed with the application.
#[derive(Debug)]
pub struct PackagedProgram {
    /// The program.
    pub program: &'static str,
    /// The package that has it.
    pub package: &'static str,
}

const fn of(program: &'static str, package: &'static str) -> PackagedProgram {
    PackagedProgram { program, package }
}

/// Programs of packages of npm's that servers are migrated or started by.
pub const OF_NODE: &[PackagedProgram] = &[
    of("concurrently", "concurrently"),
    of("cross-env", "cross-env"),
    of("db-migrate", "db-migrate"),
    of("dotenv", "dotenv-cli"),
    of("drizzle-kit", "drizzle-kit"),
    of("http-server", "http-server"),
    of("knex", "knex"),
    of("migrate-mongo", "migrate-mongo"),
    of("mikro-orm", "@mikro-orm/cli"),
    of("nest", "@nestjs/cli"),
    of("next", "next"),
    of("node-pg-migrate", "node-pg-migrate"),
    of("nodemon", "nodemon"),
    of("nuxt", "nuxt"),
    of("payload", "payload"),
    of("pm2", "pm2"),
    of("prisma", "prisma"),
    of("sequelize", "sequelize-cli"),
    of("sequelize-cli", "sequelize-cli"),
    of("serve", "serve"),
    of("strapi", "@strapi/strapi"),
    of("ts-node", "ts-node"),
    of("ts-node-dev", "ts-node-dev"),
    of("tsc", "typescript"),
    of("tsx", "tsx"),
    of("turbo", "turbo"),
    of("typeorm", "typeorm"),
    of("typeorm-ts-node-commonjs", "typeorm"),
    of("vite", "vite"),
];

/// Programs and modules of packages of PyPI's, the package as PEP 503 normalizes it.
pub const OF_PYTHON: &[PackagedProgram] = &[
    of("aerich", "aerich"),
    of("alembic", "alembic"),
    of("arq", "arq"),
    of("celery", "celery"),
    of("daphne", "daphne"),
    of("django-admin", "django"),
    of("dramatiq", "dramatiq"),
    of("flask", "flask"),
    of("granian", "granian"),
    of("gunicorn", "gunicorn"),
    of("hypercorn", "hypercorn"),
    of("litestar", "litestar"),
    of("prefect", "prefect"),
    of("quart", "quart"),
    of("rq", "rq"),
    of("sanic", "sanic"),
    of("streamlit", "streamlit"),
    of("supervisord", "supervisor"),
    of("taskiq", "taskiq"),
    of("uvicorn", "uvicorn"),
    of("uwsgi", "uwsgi"),
    of("waitress-serve", "waitress"),
];

/// Programs that install packages, and stay behind where they did: each with what does the same without it.
pub const OF_BUILDS: &[(&str, &str)] = &[
    (
        "bun",
        "start what it starts by Node.js: `\"node\" \"dist/main.js\"`",
    ),
    ("bunx", "write `\"npx\"` instead, which the image has"),
    (
        "pdm",
        "write the program alone: the image finds those of its packages",
    ),
    (
        "pipenv",
        "write the program alone: the image finds those of its packages",
    ),
    (
        "pnpm",
        "write `\"npm\"` instead, which the image has, or the program by its path",
    ),
    ("pnpx", "write `\"npx\"` instead, which the image has"),
    (
        "poetry",
        "write the program alone: the image finds those of its packages",
    ),
    (
        "uv",
        "write the program alone: the image finds those of its packages",
    ),
    (
        "uvx",
        "write the program alone, and add its package to the project",
    ),
];

/// A program of the system.
#[derive(Debug)]
pub struct SystemProgram {
    /// The program.
    pub program: &'static str,
    /// The packages of Debian that have it.
    pub debian: &'static [&'static str],
    /// Those of Alpine.
    pub alpine: &'static [&'static str],
    /// Whether every image of Alpine has it, as a part of busybox.
    pub is_of_busybox: bool,
}

const fn system(
    program: &'static str,
    debian: &'static [&'static str],
    alpine: &'static [&'static str],
) -> SystemProgram {
    SystemProgram {
        program,
        debian,
        alpine,
        is_of_busybox: false,
    }
}

/// Programs of the system that small images don't have.
pub const OF_SYSTEMS: &[SystemProgram] = &[
    SystemProgram {
        is_of_busybox: true,
        ..system("wget", &["wget"], &["wget"])
    },
    SystemProgram {
        is_of_busybox: true,
        ..system(
            "nc",
            &["netcat-openbsd", "ncat", "netcat-traditional"],
            &["netcat-openbsd"],
        )
    },
    SystemProgram {
        is_of_busybox: true,
        ..system("ping", &["iputils-ping"], &["iputils"])
    },
    system("bash", &[], &["bash"]),
    system("curl", &["curl"], &["curl"]),
    system("dumb-init", &["dumb-init"], &["dumb-init"]),
    system(
        "envsubst",
        &["gettext-base", "gettext"],
        &["gettext", "gettext-envsubst"],
    ),
    system("ffmpeg", &["ffmpeg"], &["ffmpeg"]),
    system("git", &["git"], &["git"]),
    system("jq", &["jq"], &["jq"]),
    system("make", &["make"], &["make"]),
    system(
        "mysql",
        &["default-mysql-client", "mariadb-client"],
        &["mysql-client", "mariadb-client"],
    ),
    system(
        "mysqldump",
        &["default-mysql-client", "mariadb-client"],
        &["mysql-client", "mariadb-client"],
    ),
    system("nginx", &["nginx", "nginx-light"], &["nginx"]),
    system("pg_dump", &["postgresql-client"], &["postgresql-client"]),
    system("pg_isready", &["postgresql-client"], &["postgresql-client"]),
    system("psql", &["postgresql-client"], &["postgresql-client"]),
    system("redis-cli", &["redis-tools"], &["redis"]),
    system("rsync", &["rsync"], &["rsync"]),
    system("tini", &["tini"], &["tini"]),
];

/// The program of the system that an image on this base doesn't have, unless one of `installed` brings it.
#[must_use]
pub fn missing_of_system<'i>(
    name: &str,
    base: &Base,
    mut installed: impl Iterator<Item = &'i str>,
) -> Option<&'static str> {
    let row = OF_SYSTEMS.iter().find(|row| row.program == name)?;
    let packages = match base.flavour {
        Flavour::Alpine | Flavour::AlpineSlim if row.is_of_busybox => return None,
        Flavour::Alpine | Flavour::AlpineSlim => row.alpine,
        Flavour::Slim | Flavour::SlimTrixie => row.debian,
    };
    let first = packages.first()?;
    // `postgresql-client-17` is one of `postgresql-client`.
    let brings = |name: &str| packages.iter().any(|it| name.starts_with(it));
    (!installed.any(brings)).then_some(*first)
}

#[cfg(test)]
mod tests {
    use super::{OF_BUILDS, OF_NODE, OF_PYTHON, OF_SYSTEMS, missing_of_system};
    use crate::catalog::runtimes::NODE;
    use crate::catalog::{Base, Flavour};

    #[test]
    fn tables_have_each_program_once() {
        let names = OF_NODE.iter().map(|row| row.program);
        let mut names: Vec<_> = names.collect();
        assert!(names.is_sorted());
        names.extend(OF_PYTHON.iter().map(|row| row.program));
        names.extend(OF_BUILDS.iter().map(|row| row.0));
        names.extend(OF_SYSTEMS.iter().map(|row| row.program));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn packages_of_the_system_bring_programs() {
        let slim = Base::of(&NODE);
        let alpine = Base {
            flavour: Flavour::Alpine,
            ..slim.clone()
        };
        let none = std::iter::empty;
        assert_eq!(missing_of_system("curl", &slim, none()), Some("curl"));
        assert_eq!(missing_of_system("wget", &slim, none()), Some("wget"));
        assert_eq!(missing_of_system("wget", &alpine, none()), None);
        assert_eq!(missing_of_system("bash", &slim, none()), None);
        assert_eq!(missing_of_system("bash", &alpine, none()), Some("bash"));
        let client = ["postgresql-client-17"].into_iter();
        assert_eq!(missing_of_system("psql", &slim, client), None);
        assert_eq!(missing_of_system("cat", &slim, none()), None);
    }
}
