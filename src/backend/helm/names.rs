//! Names of values: the names of the source in camelCase, as templates read them.

use std::collections::BTreeMap;

/// Keys of the root of values that no tier may have: each means something to the chart or to Helm.
const ROOT: &[&str] = &[
    "config",
    "enabled",
    "global",
    "host",
    "imagePullSecrets",
    "ingress",
    "networkPolicy",
    "pauseRollouts",
    "secrets",
    "serviceAccount",
    "tags",
];

/// The name of the template that gives the origin of a tier, or of one of its ports.
pub(super) fn origin_helper(tier: &str, port: Option<&str>) -> String {
    match port {
        None => format!("{tier}.origin"),
        Some(port) => format!("{tier}.{port}.origin"),
    }
}

/// A name in camelCase: `DATABASE_URL` is `databaseUrl`, `celery-worker` is `celeryWorker`. A word
/// that isn't all capitals keeps its inner case.
#[must_use]
pub(super) fn camel(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let mut out = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        let is_small = word.chars().any(|c| c.is_ascii_lowercase());
        let word = if is_small {
            word.to_owned()
        } else {
            word.to_ascii_lowercase()
        };
        let mut chars = word.chars();
        let Some(first) = chars.next() else { continue };
        out.push(if out.is_empty() {
            first.to_ascii_lowercase()
        } else {
            first.to_ascii_uppercase()
        });
        out.push_str(chars.as_str());
    }
    out
}

/// The name of each of these among values: in camelCase, or as it is where two would be called the
/// same, or where a template couldn't read it.
#[must_use]
pub(super) fn camel_all<'n>(names: &[&'n str]) -> BTreeMap<&'n str, String> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *times.entry(camel(name)).or_default() += 1;
    }
    let called = names.iter().map(|name| {
        let short = camel(name);
        let is_own = times.get(&short) == Some(&1) && is_word(&short);
        (*name, if is_own { short } else { (*name).to_owned() })
    });
    called.collect()
}

/// Whether a key at the root of values means something to the chart or to Helm.
#[must_use]
pub(super) fn is_taken(key: &str) -> bool {
    ROOT.contains(&key)
}

/// The key of a tier, database or job at the root of values.
#[must_use]
pub(super) fn of_thing(name: &str) -> String {
    let short = camel(name);
    if is_taken(&short) || !is_word(&short) {
        format!("{short}Tier")
    } else {
        short
    }
}

/// Whether a template can read a key behind a dot.
#[must_use]
pub(super) fn is_word(key: &str) -> bool {
    let starts = key.starts_with(|c: char| c.is_ascii_alphabetic());
    starts && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// How a template reads the value at a path.
#[must_use]
pub(super) fn read(path: &[String]) -> String {
    if path.iter().all(|key| is_word(key)) {
        return format!(".Values.{}", path.join("."));
    }
    let keys = path.iter().map(|key| serde_json::Value::from(key.as_str()));
    let keys: Vec<_> = keys.map(|key| key.to_string()).collect();
    format!("(index .Values {})", keys.join(" "))
}

#[cfg(test)]
mod tests {
    use super::{camel, camel_all, of_thing, read};

    #[test]
    fn names_become_camel_case() {
        for (name, expected) in [
            ("DATABASE_URL", "databaseUrl"),
            ("celery-worker", "celeryWorker"),
            ("GITEA__server__ROOT_URL", "giteaServerRootUrl"),
            ("someKey", "someKey"),
            ("web", "web"),
            ("S3_KEY", "s3Key"),
        ] {
            assert_eq!(camel(name), expected);
        }
        assert_eq!(of_thing("config"), "configTier");
        assert_eq!(of_thing("pause-rollouts"), "pauseRolloutsTier");
        assert_eq!(of_thing("api"), "api");
    }

    #[test]
    fn two_of_one_name_keep_their_own() {
        let names = camel_all(&["A_B", "a-b", "C_D", "1X"]);
        assert_eq!(names["A_B"], "A_B");
        assert_eq!(names["a-b"], "a-b");
        assert_eq!(names["C_D"], "cD");
        assert_eq!(names["1X"], "1X");
    }

    #[test]
    fn keys_that_are_no_words_are_read_by_index() {
        let path = |keys: &[&str]| keys.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
        assert_eq!(read(&path(&["a", "bC"])), ".Values.a.bC");
        assert_eq!(read(&path(&["a", "b-c"])), r#"(index .Values "a" "b-c")"#);
    }
}
