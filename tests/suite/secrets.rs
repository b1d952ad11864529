//! `todoc secrets`: values on their way from whoever has them, which nobody is shown.

mod agreed;
mod applied;
mod asked;
mod cluster;
mod handed;
mod held;
mod mistaken;
mod passed;
mod refused;
mod scripted;
mod stand_in;

use crate::cli::{Ran, Test};

/// An application that asks for values in every way.
const SHOP: &str = r#"app shop { version "1.0.0", pull_secret "registry-login" }

secret SESSION_KEY from env { min_length 12, message "make one: openssl rand -hex 32" }
secret SENTRY from env SENTRY_DSN { optional, url "https" }
secret STRIPE from object "stripe" key "api-key"

postgres db { version 17, storage 1Gi, secret DB_PASSWORD from env { min_length 12 } }

tier web {
  image "ghcr.io/acme/web:1"
  port 3000
  expose ingress "shop.example.com" tls
  secret OWN_KEY from env WEB_KEY { starts_with "wk-" }
  env { SESSION_KEY, SENTRY, STRIPE, DATABASE_URL = db.url }
}

tier worker from web { env { SESSION_KEY } }

cron clean "0 3 * * *" from web { command "clean" }

target local { images local }
target production { namespace shop-prod }
"#;

/// A folder with it.
fn shop() -> Test {
    Test::new().file("app.todo", SHOP)
}

/// A value that must show nowhere, as a part of all values of the tests.
const CANARY: &str = "CANARY";

/// The values that it asks for, as they should be.
const RIGHT: [(&str, &str); 4] = [
    ("SESSION_KEY", "CANARY-session-key"),
    ("SENTRY_DSN", "https://CANARY@sentry.example.com/1"),
    ("DB_PASSWORD", "CANARY-db-password"),
    ("WEB_KEY", "wk-CANARY-web"),
];

/// What came of a command, which shows no value.
fn ran(test: &Test, args: &[&str]) -> Ran {
    let ran = test.run(args);
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains(CANARY), "{args:?}: {ran:?}");
    }
    ran
}

/// A command that is well, with what it prints.
fn right(test: &Test, args: &[&str]) -> String {
    ran(test, args).ok().stdout
}

/// A `.env` file of those values.
fn env_file(values: &[(&str, &str)]) -> String {
    let lines = values
        .iter()
        .map(|(name, value)| format!("{name}='{value}'\n"));
    lines.collect()
}

/// The same folder with the values in the environment.
fn with(test: Test, values: &[(&'static str, &'static str)]) -> Test {
    values
        .iter()
        .fold(test, |test, (name, value)| test.env(name, value))
}
