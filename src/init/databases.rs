//! Databases, by the packages that connect to them.

/// A package that connects to a database.
pub(super) struct Driver {
    /// The package, as its manifest names it; of a Cargo package with the feature that counts.
    package: &'static str,
    /// The keyword of the database.
    pub(super) engine: &'static str,
    /// The scheme of URLs by which a library beside it chooses the package.
    scheme: Option<&'static str>,
    /// Whether it takes a URL.
    pub(super) takes_url: bool,
}

/// Libraries that choose the driver by the scheme of a URL.
const CHOOSERS: &[&str] = &["sqlalchemy", "sqlmodel", "alembic"];

const fn row(package: &'static str, engine: &'static str, scheme: Option<&'static str>) -> Driver {
    Driver {
        package,
        engine,
        scheme,
        takes_url: true,
    }
}

const DRIVERS: &[Driver] = &[
    row("asyncpg", "postgres", Some("postgresql+asyncpg")),
    row("psycopg", "postgres", Some("postgresql+psycopg")),
    row("psycopg2", "postgres", None),
    row("psycopg2-binary", "postgres", None),
    row("pg", "postgres", None),
    row("postgres", "postgres", None),
    row("prisma-postgresql", "postgres", None),
    row("github.com/lib/pq", "postgres", None),
    row("github.com/jackc/pgx/v5", "postgres", None),
    row("github.com/jackc/pgx/v4", "postgres", None),
    row("gorm.io/driver/postgres", "postgres", None),
    row("sqlx/postgres", "postgres", None),
    row("diesel/postgres", "postgres", None),
    row("tokio-postgres", "postgres", None),
    row("asyncmy", "mysql", Some("mysql+asyncmy")),
    row("aiomysql", "mysql", Some("mysql+aiomysql")),
    row("pymysql", "mysql", Some("mysql+pymysql")),
    row("mysqlclient", "mysql", None),
    row("mysql2", "mysql", None),
    row("prisma-mysql", "mysql", None),
    row("sqlx/mysql", "mysql", None),
    Driver {
        takes_url: false,
        ..row("github.com/go-sql-driver/mysql", "mysql", None)
    },
    Driver {
        takes_url: false,
        ..row("gorm.io/driver/mysql", "mysql", None)
    },
    row("redis", "redis", None),
    row("ioredis", "redis", None),
    row("bullmq", "redis", None),
    row("fred", "redis", None),
    row("github.com/redis/go-redis/v9", "redis", None),
    row("github.com/go-redis/redis/v8", "redis", None),
];

/// What these packages connect to: each database once, by the first package that does.
pub(super) fn drivers(packages: &[String]) -> Vec<&'static Driver> {
    let mut found: Vec<&Driver> = Vec::new();
    for driver in DRIVERS {
        let is_there = packages.iter().any(|it| it == driver.package);
        if is_there && found.iter().all(|it| it.engine != driver.engine) {
            found.push(driver);
        }
    }
    found
}

impl Driver {
    /// The scheme of the URL, where it is another than the database's own.
    pub(super) fn scheme(&self, packages: &[String]) -> Option<&'static str> {
        let is_chosen = packages.iter().any(|it| CHOOSERS.contains(&it.as_str()));
        self.scheme.filter(|_| is_chosen)
    }

    /// What it is called.
    pub(super) fn name(&self) -> &'static str {
        self.package
    }
}

/// The usual name of a database, and of the variable with its URL.
pub(super) fn usual(engine: &str) -> (&'static str, &'static str) {
    match engine {
        "redis" => ("cache", "REDIS_URL"),
        _ => ("db", "DATABASE_URL"),
    }
}

#[cfg(test)]
mod tests {
    use super::{DRIVERS, drivers};
    use crate::catalog::databases::ENGINES;

    #[test]
    fn every_driver_connects_to_a_database_of_the_table() {
        for driver in DRIVERS {
            let engine = ENGINES.iter().find(|it| it.word == driver.engine);
            assert!(engine.is_some(), "{}", driver.package);
        }
        let packages = ["sqlalchemy", "psycopg2", "asyncpg", "redis"].map(str::to_owned);
        let found = drivers(&packages);
        let said: Vec<_> = found
            .iter()
            .map(|it| (it.engine, it.scheme(&packages)))
            .collect();
        assert_eq!(
            said,
            [("postgres", Some("postgresql+asyncpg")), ("redis", None)]
        );
    }
}
