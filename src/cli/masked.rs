//! What nobody may read of a file that somebody changed by hand: a diff of it is printed, perhaps for
//! all who see a team's builds.

use crate::catalog::secret_names::names_a_secret;
use crate::diag::MASK;
use crate::diag::credentials::credentials;
use std::collections::BTreeSet;

/// Words that speak of secrets, wherever they stand.
const SPEAKING: &[&str] = &[
    "passw",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "credential",
    "apikey",
    "api_key",
    "api-key",
    "private",
    "bearer",
    "authorization",
];

/// The values of a Secret that are none of its keys'.
const OPEN: &[&str] = &["apiVersion", "kind", "name", "namespace", "type"];

/// The least length of a word that may look random.
const LEAST_RANDOM: usize = 12;

/// The text of a file with the mask over what looks like a credential. In lines that no build writes, it also hides
/// all of a Secret, what follows a word that speaks of a secret, and what follows from a word that looks random, each
/// to the end of the line.
pub(super) fn masked(text: &str, wanted: &str) -> String {
    let wanted: BTreeSet<&str> = wanted.lines().collect();
    let credentials = credentials(text);
    let mut credentials = credentials.iter().map(|found| &found.range).peekable();
    let mut shown = String::new();
    let mut at = 0;
    let mut hidden = OpenCredential::default();
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        if body.starts_with("---") || at == 0 {
            hidden = OpenCredential::below(&text[at + body.len()..], body);
        }
        let end = at + line.len();
        while credentials.next_if(|range| range.end <= at).is_some() {}
        let credential = credentials.peek().filter(|range| range.start < end);
        let credential = credential.map(|range| range.start.saturating_sub(at));
        let next = text[at + line.len()..].lines().next().unwrap_or_default();
        let by_name = [
            hidden.value(body, next),
            assigned(body),
            hidden.spoken_of(body),
            random(body),
        ];
        let by_name = by_name.into_iter().flatten().min();
        let by_name = by_name.filter(|_| !wanted.contains(body));
        match credential.into_iter().chain(by_name).min() {
            Some(from) => {
                let from = from.min(body.len());
                shown.extend([&body[..from], MASK, &line[body.len()..]]);
            }
            None => shown.push_str(line),
        }
        at = end;
    }
    shown
}

/// What is known from the lines before.
#[derive(Default)]
struct OpenCredential {
    /// Whether the document has a Secret.
    in_secret: bool,
    /// Lines that stand deeper than this are part of a value.
    deeper_than: Option<usize>,
    /// Whether the last `name` was that of a secret: a `value` follows it.
    is_named: bool,
    /// Whether the last line ended with a word that speaks of a secret, as `- --password` does.
    is_announced: bool,
}

impl OpenCredential {
    /// For a document that begins with a line, and `rest` behind it.
    fn below(rest: &str, line: &str) -> Self {
        let end = rest.find("\n---").unwrap_or(rest.len());
        let mut lines = rest[..end].lines().chain([line]);
        let is_it = |line: &str| {
            let bare: String = line.chars().filter(|c| !" \t\"'".contains(*c)).collect();
            bare.match_indices("kind:Secret").any(|(at, it)| {
                let behind = bare[at + it.len()..].chars().next();
                !behind.is_some_and(char::is_alphanumeric)
            })
        };
        OpenCredential {
            in_secret: lines.any(is_it),
            ..OpenCredential::default()
        }
    }

    /// Where the rest of a line begins behind a word that speaks of a secret.
    fn spoken_of(&mut self, line: &str) -> Option<usize> {
        let was_announced = std::mem::take(&mut self.is_announced);
        let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        // An option of a command, and then its value.
        let is_item = line.trim_start().starts_with("- ") && pair(line).is_none();
        let lower = line.to_ascii_lowercase();
        let starts = SPEAKING.iter().filter_map(|word| lower.find(word));
        let Some(start) = starts.min() else {
            return (was_announced && is_item).then_some(indent);
        };
        let is_word = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        let behind = &line[start..];
        let end = start + behind.find(|c| !is_word(c)).unwrap_or(behind.len());
        let value = line[end..].trim_start_matches(|c: char| " \t:=\"'|>,-+".contains(c));
        self.is_announced = value.is_empty() && is_item;
        (!value.is_empty()).then(|| line.len() - value.len())
    }

    /// Where a value begins that nobody may read, in the next line, which has another behind it.
    fn value(&mut self, line: &str, behind: &str) -> Option<usize> {
        let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        if self.deeper_than.is_some_and(|depth| indent > depth) {
            return Some(pair(line).map_or(indent, |(_, value)| value));
        }
        self.deeper_than = None;
        let Some((key, value)) = pair(line) else {
            let key = line.trim_start_matches([' ', '\t', '-']).trim_end();
            let key = key.strip_suffix(':').map(|it| it.trim_matches(['"', '\'']));
            // Only a Secret has the second, wherever it is quoted.
            let holds_values = key == Some("stringData") || self.in_secret && key == Some("data");
            if holds_values || key.is_some_and(names_a_secret) {
                self.deeper_than = Some(indent);
            }
            let is_open = line.trim_end().ends_with(':') || line.trim().is_empty();
            return (self.in_secret && !is_open && line != "---").then_some(indent);
        };
        let is_hidden = match key {
            _ if self.in_secret => !OPEN.contains(&key),
            "name" => {
                self.is_named = is_secret_name(&line[value..]);
                false
            }
            "value" => {
                let name = pair(behind).filter(|(key, _)| *key == "name");
                let is_named = name.is_some_and(|(_, name)| is_secret_name(&behind[name..]));
                // The name may come behind it; in the next item it is that one's.
                self.is_named || is_named && !behind.trim_start().starts_with('-')
            }
            key => names_a_secret(key),
        };
        if is_hidden {
            self.deeper_than = Some(indent);
        }
        is_hidden.then_some(value)
    }
}

/// Whether the text of a `name` is that of a secret.
fn is_secret_name(text: &str) -> bool {
    names_a_secret(text.trim_matches([' ', '"', '\'']))
}

/// Where the first word begins that looks random: it has digits, and letters of both cases.
fn random(line: &str) -> Option<usize> {
    let mut at = 0;
    for word in line.split(|c: char| !c.is_ascii_alphanumeric()) {
        let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
        let is_mixed = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
        if word.len() >= LEAST_RANDOM && is_mixed && has(u8::is_ascii_digit) {
            return Some(at);
        }
        let rest = &line[at + word.len()..];
        at += word.len() + rest.chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// The name that ends before a byte.
fn name_before(line: &str, at: usize) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let before = line[..at].trim_end().trim_end_matches(['"', '\'']);
    let name = before.rsplit(|c| !is_name(c)).next().unwrap_or_default();
    name.trim_start_matches('-')
}

/// A key of YAML or JSON, and where its value begins.
fn pair(line: &str) -> Option<(&str, usize)> {
    let at = line.find(": ").or_else(|| line.find(":\t"))?;
    Some((name_before(line, at), at + 2))
}

/// Where a secret begins that is given a value as in a Dockerfile or by an option.
fn assigned(line: &str) -> Option<usize> {
    // `ENV NAME=value`, and `ENV NAME value`.
    let mut ends = line.match_indices(['=', ' ']).map(|(at, _)| at);
    let is_env = line.trim_start().starts_with("ENV ");
    let is_it = |at: &usize| {
        let is_equals = line.as_bytes().get(*at) == Some(&b'=');
        (is_equals || is_env) && names_a_secret(name_before(line, *at))
    };
    Some(ends.find(is_it)? + 1)
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn all_of_a_secret_is_hidden() {
        let text = "---\n# by hand: hunter2\napiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\n  \
                    annotations:\n    last-applied: '{\"data\": \"hunter2\"}'\ndata:\n  name: hunter2\n  \
                    KEY: |\n    hunter2\n    a: hunter2\ntype: Opaque\n---\nkind: ConfigMap\ndata:\n  A: b\n";
        let shown = "---\n# by hand: •••\napiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\n  \
                     annotations:\n    last-applied: •••\ndata:\n  name: •••\n  KEY: •••\n    •••\n    a: \
                     •••\ntype: Opaque\n---\nkind: ConfigMap\ndata:\n  A: b\n";
        assert_eq!(masked(text, ""), shown);
        for json in [
            "{\"kind\":\"Secret\",\"data\":{\"KEY\":\"hunter2\"}}",
            "{ \"data\": {\n  \"KEY\": \"hunter2\"\n},\n  \"kind\" : \"Secret\"\n}",
            "kind: List\nitems:\n- kind: Secret\n  stringData:\n    type: hunter2\n",
            "kind: Secret\r\ndata: {KEY: hunter2}\r\n",
            "kind: Secret\ndata:\n  KEY:\n    hunter2\n",
        ] {
            assert!(
                !masked(json, "").contains("hunter2"),
                "{}",
                masked(json, "")
            );
        }
        let other = "kind: SecretStore\nspec:\n  a: b\n---\nkind: SealedSecret\nspec:\n  a: b\n";
        assert_eq!(masked(other, ""), other);
    }

    #[test]
    fn what_has_the_name_of_a_secret_is_hidden() {
        for (line, shown) in [
            ("  API_KEY: \"hunter2\"", "  API_KEY: •••"),
            (
                "  - name: TOKEN\n    value: hunter2",
                "  - name: TOKEN\n    value: •••",
            ),
            (
                "  - name: COLOUR\n    value: red",
                "  - name: COLOUR\n    value: red",
            ),
            ("ENV A=b API_TOKEN=hunter2", "ENV A=b API_TOKEN=•••"),
            ("ENV API_TOKEN hunter2", "ENV API_TOKEN •••"),
            ("RUN echo the token is", "RUN echo the token •••"),
            ("- --password\n- hunter2\n- x", "- --password\n- •••\n- x"),
            ("# the Password is hunter2", "# the Password •••"),
            ("password : hunter2", "password : •••"),
            ("\"password\":\t\"hunter2\"", "\"password\":\t•••"),
            ("      - --password=hunter2", "      - --password=•••"),
            (
                "password: >-\n  hunter2\nA: b",
                "password: •••\n  •••\nA: b",
            ),
            ("A: sk-abcdefghij01klmn23opqr # b", "A: •••"),
            ("url: postgres://a:hunter2@b/c", "url: postgres://•••"),
            (
                "- value: hunter2\n  name: TOKEN",
                "- value: •••\n  name: TOKEN",
            ),
            ("- value: red\n- name: TOKEN", "- value: red\n- name: TOKEN"),
            ("password:\n    hunter2\nA: b", "password:\n    •••\nA: b"),
            ("stringData:\n  a: hunter2", "stringData:\n  a: •••"),
            ("accessKey: Ik2zwEQHfwcep", "accessKey: •••"),
            ("cookie: session=Ik2zwEQHfwcep; a=b", "cookie: session=•••"),
            (
                "\"pass\\u0077ord\": \"Ik2zwEQHfwcep\"",
                "\"pass\\u0077ord\": \"•••",
            ),
            (
                "image: x@sha256:0123456789abcdef",
                "image: x@sha256:0123456789abcdef",
            ),
        ] {
            assert_eq!(masked(line, ""), shown);
        }
    }

    #[test]
    fn what_a_build_writes_is_shown() {
        let text = "- name: API_TOKEN\n  value: none\n  other: TOKEN=1\n";
        assert_eq!(masked(text, "  value: none\n"), text.replace("=1", "=•••"));
        assert_eq!(masked(text, text), text);
    }
}
