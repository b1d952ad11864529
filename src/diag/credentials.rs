//! Text that looks like a credential: it is masked wherever text is printed, be it part of what is
//! wrong or not. A text is looked at as it stands, and as what its escapes, its percent-encoding and
//! long runs of base64 and of hexadecimal digits stand for.

use super::commands;
use super::encoded::{broken, encoded};
use super::escapes::decoded;
use super::logins;
use super::pem::putty_keys;
use super::plain::plain;
pub use super::tokens::Credential;

/// What in a text looks like a credential, in order and apart; in time linear in its length.
#[must_use]
pub fn credentials(text: &str) -> Vec<Credential> {
    let mut found: Vec<_> = direct(text).collect();
    for line in decoded(text) {
        found.extend(direct(&line.text).map(|it| Credential {
            range: line.place(&it.range),
            ..it
        }));
    }
    found.sort_by_key(|it| (it.range.start, it.range.end));
    let mut apart: Vec<Credential> = Vec::new();
    for it in found {
        match apart.last_mut() {
            Some(last) if it.range.start < last.range.end => {
                last.range.end = last.range.end.max(it.range.end);
            }
            _ => apart.push(it),
        }
    }
    apart
}

/// The credentials in a text without a look at its escapes.
fn direct(text: &str) -> impl Iterator<Item = Credential> {
    let plain = plain(text).into_iter();
    let plain = plain.chain(encoded(text)).chain(broken(text));
    plain
        .chain(logins::in_words(text))
        .chain(commands::in_commands(text))
        .chain(putty_keys(text))
}

#[cfg(test)]
mod tests {
    use super::credentials;

    fn found(text: &str) -> Vec<&str> {
        let all = credentials(text);
        all.iter().map(|it| &text[it.range.clone()]).collect()
    }

    #[test]
    fn credentials_are_found_whole() {
        for (text, credential) in [
            ("\"sk-abcdefghij01klmn23opqr\"", "sk-abcdefghij01klmn23opqr"),
            (
                "=sk-proj-a1_b2c3d4e5f6g7h8i9j0,",
                "sk-proj-a1_b2c3d4e5f6g7h8i9j0",
            ),
            ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
            (
                "x ghp_0123456789abcdefghijABCDEFGHIJ012345;",
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            ),
            (
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl-_x y",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl-_x",
            ),
            (
                "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
            ),
            (
                "\"-----BEGIN PRIVATE KEY-----\\nMIIE\"",
                "-----BEGIN PRIVATE KEY-----\\nMIIE",
            ),
            (
                "A = -----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES,0\n\n  MIIE\n  QUJD==,\ntier web {",
                "-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES,0\n\n  MIIE\n  QUJD==",
            ),
            (
                "['-----BEGIN PGP PRIVATE KEY BLOCK-----',\n 'lQOYBF']",
                "-----BEGIN PGP PRIVATE KEY BLOCK-----',\n 'lQOYBF",
            ),
            ("postgresql://me:p@db/app", "me:p"),
            ("redis://:hunter2@cache:6379", ":hunter2"),
            ("amqp://me:p@ss@mq:5672", "me:p@ss"),
            ("amqp://me:pw/w#rd@mq:5672", "me:pw/w#rd"),
            ("amqp://me:p%40ss@mq/x", "me:p%40ss"),
            ("https://x.y/?a=b&password=hunter2&c=d", "hunter2"),
            (
                "jdbc:postgresql://db/app?user=me&password=hunter2",
                "hunter2",
            ),
            ("jdbc:oracle:thin:scott/tiger@db:1521", "scott/tiger"),
            ("Server=db;Uid=me;Pwd=hunter2;", "hunter2"),
            ("host=db user=me password=hunter2 dbname=x", "hunter2"),
            (
                "https://a0b1c2d3e4f5a6b7c8d9@github.com/x",
                "a0b1c2d3e4f5a6b7c8d9",
            ),
            (
                "\\u0073k-abcdefghij01klmn23opqr",
                "\\u0073k-abcdefghij01klmn23opqr",
            ),
            (
                "%73k%2Dabcdefghij01klmn23opqr",
                "%73k%2Dabcdefghij01klmn23opqr",
            ),
            (
                "\"x\\nsk-abcdefghij01klmn23opqr\"",
                "sk-abcdefghij01klmn23opqr",
            ),
            (
                "\"x\\\\tsk-abcdefghij01klmn23opqr\"",
                "sk-abcdefghij01klmn23opqr",
            ),
            (
                "ghp\\_0123456789abcdefghijABCDEFGHIJ012345;",
                "ghp\\_0123456789abcdefghijABCDEFGHIJ012345",
            ),
            ("postgresql:\\/\\/me:pass\\/word@db\\/app", "me:pass\\/word"),
            (
                "Authorization:%20B\\u0061sic%20bWU6aHVudGVyMg==",
                "Authorization:%20B\\u0061sic%20bWU6aHVudGVyMg==",
            ),
            (
                "\"-----B\\u0045GIN PRIVATE KEY-----\\nMIIEabcdefgh\\n-----END PRIVATE KEY-----\", x",
                "-----B\\u0045GIN PRIVATE KEY-----\\nMIIEabcdefgh\\n-----END PRIVATE KEY-----",
            ),
            (
                "KEY=c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5",
                "c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5",
            ),
        ] {
            assert_eq!(found(text), [credential], "{text}");
        }
    }

    #[test]
    fn credentials_in_other_spellings_are_found() {
        for (text, credential) in [
            (
                "https%253A%252F%252Fme%253Ahunter2%2540db%252Fx",
                "me%253Ahunter2",
            ),
            (
                "x='736b2d6162636465666768696a30316b6c6d6e32336f707172'",
                "736b2d6162636465666768696a30316b6c6d6e32336f707172",
            ),
            (
                "<a>sk&#45;abcdefghij01klmn23opqr</a>",
                "sk&#45;abcdefghij01klmn23opqr",
            ),
            (
                "postgres&#58;//me&colon;hunter2&commat;db/x",
                "me&colon;hunter2",
            ),
            (
                "k: c2stYWJjZGVmZ2hpajAx\n  a2xtbjIzb3BxciBpcyB0\n  aGUga2V5\nother: x",
                "c2stYWJjZGVmZ2hpajAx\n  a2xtbjIzb3BxciBpcyB0",
            ),
            (
                "\"c2stYWJjZGVmZ2hpajAx\\\n   a2xtbjIzb3BxciBpcyB0\\\n   aGUga2V5\"",
                "c2stYWJjZGVmZ2hpajAx\\\n   a2xtbjIzb3BxciBpcyB0",
            ),
            (
                "x \"c2stYWJjZGVmZ2hpajAx\\na2xtbjIzb3BxciBpcyB0\\naGUga2V5\" y",
                "c2stYWJjZGVmZ2hpajAx\\na2xtbjIzb3BxciBpcyB0",
            ),
            (
                "a=b;secret=-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0B\\n-----END PRIVATE KEY-----;c",
                "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0B\\n-----END PRIVATE KEY-----",
            ),
            ("${AWS_ID:-AKIAJ7Q2WXZ4BN6MVT3K}", "AKIAJ7Q2WXZ4BN6MVT3K"),
            ("x _AKIAJ7Q2WXZ4BN6MVT3K_", "AKIAJ7Q2WXZ4BN6MVT3K"),
            (
                "mysql -pghp_0123456789abcdefghijABCDEFGHIJ012345 -uroot",
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            ),
            (
                "us/c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5",
                "us/c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5",
            ),
            (
                "${KEY:-c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5}",
                "-c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5",
            ),
            ("curl -s -u me:hunter2 https://x.y", "me:hunter2"),
            ("\"curl\", \"--user\", \"me:hunter2\", \"x\"", "me:hunter2"),
            ("DSN=me:hunter2@tcp(db:3306)/app?x=y", "me:hunter2"),
            ("\"me:p@ss@unix(/run/mysql)/app\"", "me:p@ss"),
            (
                "KEY: |\n  PuTTY-User-Key-File-3: ssh-ed25519\n  Encryption: none\n  Comment: me\n  Public-Lines: 1\n  \
                 AAAAC3Nz\n  Private-Lines: 1\n  AAAAIHq7\n  Private-MAC: 0a1b2c\nother: x",
                "PuTTY-User-Key-File-3: ssh-ed25519\n  Encryption: none\n  Comment: me\n  Public-Lines: 1\n  \
                 AAAAC3Nz\n  Private-Lines: 1\n  AAAAIHq7\n  Private-MAC: 0a1b2c",
            ),
        ] {
            assert_eq!(found(text), [credential], "{text}");
        }
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for text in [
            "sk-",
            "sk-abcdefghijklmnopqrs",
            "task-abcdefghijklmnopqrstuvwxyz",
            "sk-your-own-key-goes-here-please",
            "pk_live_abcdefghijklmnopqrstuvwxyz",
            "AKIA0123",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi",
            "-----BEGIN CERTIFICATE-----",
            "https://example.com:8080/a@b",
            "postgresql://me@db/app",
            "sk-learn-model-serving-production-v2",
            "registry.example.com/sk-abcdefghijklmnopqrstuvwxyz/web:1.29",
            "https://example.com/?token=$TOKEN&password=<password>",
            "host=db password=${PASSWORD}",
            "color;password=",
            "postgresql://me:$(PASSWORD)@db/app",
            "postgresql://me:${PASSWORD}@db/app",
            "postgresql://USER:<password>@db/app",
            "docker run -u app:app x; curl -u $USER:$PASSWORD https://x.y",
            "curl -u me https://x.y:8080/",
            "USER:PASSWORD@tcp(db:3306)/app",
            "PuTTY-User-Key-File-3: ssh-ed25519",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "authentication-service\nproduction-environment\nanother-long-name-of-a-thing",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
