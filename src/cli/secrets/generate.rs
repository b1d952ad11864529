//! Values that are made here, from the random numbers of the system.

use super::secret::Secret;
use crate::cli::Failure;
use crate::ir::Rule;

/// The fewest characters, each one of 62: 190 bits.
const LENGTH: usize = 32;

/// What they are of: each stands as it is in a URL, a shell and a command of SQL.
const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A value that keeps to the rules of all keys which a variable gives it to.
pub(super) fn generate(variable: &str, rules: &[&Rule]) -> Result<Secret, Failure> {
    let mut begins: Vec<&str> = Vec::new();
    let mut length = LENGTH;
    for rule in rules {
        match rule {
            Rule::Url { .. } => {
                let message = format!("`{variable}` is a URL, which nobody can make up");
                return Err(
                    Failure::new(message).help("leave its `--generate` out, and give its value")
                );
            }
            Rule::StartsWith(start) => begins.push(start),
            Rule::MinLength(least) => {
                length = length.max(usize::try_from(*least).unwrap_or(LENGTH));
            }
            Rule::UrlSafe => {}
        }
    }
    // Of several beginnings the longest has the others, or there is no such value.
    let begin = begins
        .iter()
        .copied()
        .max_by_key(|it| it.len())
        .unwrap_or_default();
    let mut value = Secret::with_room(begin.len() + length);
    value.push(begin.as_bytes());
    let mut left = length;
    while left > 0 {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes)
            .map_err(|why| Failure::new(format!("the system has no random numbers: {why}")))?;
        // Those beyond the last whole 62 would make some letters likelier than others.
        let letters = bytes
            .iter()
            .filter(|byte| usize::from(**byte) < 4 * LETTERS.len());
        for byte in letters.take(left) {
            let letter = usize::from(*byte) % LETTERS.len();
            value.push(&LETTERS[letter..=letter]);
            left -= 1;
        }
    }
    let text = value.text().unwrap_or_default();
    if let Some(rule) = rules.iter().find(|rule| !rule.holds(text)) {
        let message = format!("no value can be made for `{variable}`: {}", rule.clause());
        return Err(Failure::new(message).help("leave its `--generate` out, and give its value"));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::generate;
    use crate::ir::Rule;

    #[test]
    fn a_value_keeps_to_its_rules_and_is_another_each_time() {
        let rules = [
            Rule::StartsWith("sk-".to_owned()),
            Rule::MinLength(500),
            Rule::UrlSafe,
        ];
        let rules: Vec<_> = rules.iter().collect();
        let texts: Vec<_> = (0..8)
            .map(|_| generate("A", &rules).map_err(|it| it.message))
            .map(|it| it.map(|it| it.text().expect("ASCII").to_owned()))
            .collect();
        for (at, text) in texts.iter().enumerate() {
            let text = text.as_deref().expect("a value");
            assert!(rules.iter().all(|rule| rule.holds(text)));
            assert_eq!(text.len(), 503);
            assert_eq!(
                texts.iter().position(|it| it.as_deref() == Ok(text)),
                Some(at)
            );
        }
        // Each letter stands somewhere in four thousand.
        let all: String = texts.iter().flatten().map(|it| &it[3..]).collect();
        assert!(
            super::LETTERS
                .iter()
                .all(|it| all.contains(char::from(*it)))
        );
        assert_eq!(generate("A", &[]).map_or(0, |it| it.bytes().len()), 32);
    }

    #[test]
    fn what_cannot_be_made_up_is_said() {
        let told = |rules: &[Rule]| {
            let rules: Vec<_> = rules.iter().collect();
            generate("A", &rules).map(drop).map_err(|it| it.message)
        };
        let url = Rule::Url {
            scheme: "https".to_owned(),
        };
        assert_eq!(
            told(&[url]),
            Err("`A` is a URL, which nobody can make up".to_owned())
        );
        let starts = |start: &str| Rule::StartsWith(start.to_owned());
        assert_eq!(told(&[starts("a"), starts("ab")]), Ok(()));
        assert!(told(&[starts("a"), starts("b")]).is_err());
        assert!(told(&[starts("a/"), Rule::UrlSafe]).is_err());
    }
}
