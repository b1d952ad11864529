//! What secrets are called.

/// What the names of secrets end in, as a word of their own.
const ENDINGS: &[&str] = &[
    "ACCESS_KEY",
    "ACCOUNT_KEY",
    "API_KEY",
    "API_KEYS",
    "API_TOKENS",
    "APIKEY",
    "APP_KEY",
    "AUTH_KEY",
    "BEARER",
    "CONNECTION_STRING",
    "CREDENTIALS",
    "DBPASS",
    "ENCRYPTION_KEY",
    "JWT",
    "KEY_BASE",
    "LICENSE_KEY",
    "MASTER_KEY",
    "MNEMONIC",
    "PASS",
    "PASSPHRASE",
    "PAT",
    "PEPPER",
    "PRIVATE_KEY",
    "PW",
    "PWD",
    "SALT",
    "SECRET",
    "SECRETS",
    "SECRET_KEY",
    "SERVICE_KEY",
    "SHARED_KEY",
    "SIGNING_KEY",
    "TOKEN",
];

/// What they end in, whatever is before it.
const TAILS: &[&str] = &["PASSWORD", "PASSWORDS", "PASSWD"];

/// Names that end so, and are no secret: what a page or a model knows by that name.
const NO_SECRETS: &[&str] = &[
    "CSRF_TOKEN",
    "XSRF_TOKEN",
    "MAX_TOKEN",
    "PAD_TOKEN",
    "EOS_TOKEN",
    "BOS_TOKEN",
    "STOP_TOKEN",
    "RESET_PASSWORD",
    "FORGOT_PASSWORD",
    "NO_PASSWORD",
    "ALLOW_EMPTY_PASSWORD",
];

/// Whether a name is that of a secret.
#[must_use]
pub fn names_a_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase().replace('-', "_");
    let ends = |ending: &str| {
        let before = name.strip_suffix(ending);
        before.is_some_and(|before| before.is_empty() || before.ends_with(['_', '.']))
    };
    let is_one =
        ENDINGS.iter().any(|ending| ends(ending)) || TAILS.iter().any(|tail| name.ends_with(tail));
    is_one && !NO_SECRETS.iter().any(|ending| ends(ending))
}

#[cfg(test)]
mod tests {
    use super::names_a_secret;

    #[test]
    fn names_are_those_of_secrets_as_frameworks_write_them() {
        for name in [
            "PGPASSWORD",
            "DB_PASS",
            "SECRET_KEY_BASE",
            "JWT",
            "JWT_SECRET",
            "MYSQL_PWD",
            "api-key",
            "dbPassword",
            "OPENAI_API_KEY",
            "GITHUB_PAT",
            "AZURE_STORAGE_CONNECTION_STRING",
            "spring.password",
            "RAILS_MASTER_KEY",
            "APP_KEY",
            "AUTH_SALT",
            "SSH_PASSPHRASE",
            "DBPASS",
            "ADMIN_PW",
            "PEPPER",
            "API_TOKENS",
        ] {
            assert!(names_a_secret(name), "{name}");
        }
        for name in [
            "CSRF_TOKEN",
            "MAX_TOKENS",
            "X-CSRF-TOKEN",
            "BYPASS",
            "COMPASS",
            "PUBLIC_KEY",
            "KEY",
            "PATH",
            "TOKENIZER",
            "PASSWORD_MIN_LENGTH",
            "SECRET_NAME",
            "ALLOW_EMPTY_PASSWORD",
            "COMPAT",
            "DEFAULT",
            "TOKEN_URL",
        ] {
            assert!(!names_a_secret(name), "{name}");
        }
    }
}
