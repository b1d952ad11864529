//! What a `.dockerignore` leaves out, by the rules of Docker's `patternmatcher`: patterns begin at the top
//! folder, what lies in a folder that fits is left out with it, and the last pattern that fits decides.

use std::collections::BTreeSet;

/// The patterns of a file, in order.
pub(super) struct Ignored {
    patterns: Vec<Pattern>,
}

/// Which patterns fit a path, or a folder that it is in.
#[derive(Clone, Default)]
pub(super) struct Fits(BTreeSet<usize>);

/// A pattern.
struct Pattern {
    /// Whether what fits it is taken back in.
    takes_in: bool,
    tokens: Vec<Token>,
    /// Whether the last name of a path alone counts: it is `**/` and a pattern for names.
    is_of_names: bool,
    /// The plain text that all that fits begins with, and ends with.
    plain: (String, String),
}

/// A part of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// This character.
    Plain(char),
    /// `?`: one character of a name.
    One,
    /// `*`: any part of a name.
    Name,
    /// `**` at the end: anything.
    All,
    /// `**` before something: folders, or none.
    Folders,
    /// `[a-z]`: one of these characters, or with `^` none of them.
    Class(Vec<(char, char)>, bool),
}

impl Ignored {
    /// Reads the lines of a file.
    pub(super) fn parse(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Ignored::of(lines)
    }

    /// Reads patterns.
    pub(super) fn of<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Self {
        let patterns = patterns.into_iter().filter_map(Pattern::parse);
        Ignored {
            patterns: patterns.collect(),
        }
    }

    /// What fits a path, whose folder has these fits; its names are parted by `/`.
    pub(super) fn fits(&self, path: &str, folder: &Fits) -> Fits {
        let own = self.patterns.iter().enumerate();
        let own = own.filter(|(at, pattern)| !folder.0.contains(at) && pattern.fits(path));
        let mut fits = folder.clone();
        fits.0.extend(own.map(|(at, _)| at));
        fits
    }

    /// Whether what has these fits is left out.
    pub(super) fn leaves_out(&self, fits: &Fits) -> bool {
        let last = fits.0.last().and_then(|at| self.patterns.get(*at));
        last.is_some_and(|pattern| !pattern.takes_in)
    }

    /// Whether all that lies in a folder with these fits is left out, so that nobody need look.
    pub(super) fn leaves_out_all(&self, fits: &Fits) -> bool {
        let after = fits.0.last().map_or(0, |last| last + 1);
        let later = self.patterns.get(after..).unwrap_or_default();
        self.leaves_out(fits) && !later.iter().any(|pattern| pattern.takes_in)
    }
}

impl Pattern {
    fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        let (takes_in, line) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        let clean = clean(line)?;
        let mut tokens = tokens(&clean);
        let crosses =
            |token: &Token| matches!(token, Token::All | Token::Folders | Token::Plain('/'));
        let is_of_names =
            tokens.first() == Some(&Token::Folders) && !tokens.iter().skip(1).any(crosses);
        if is_of_names {
            tokens.remove(0);
        }
        let plain = |tokens: &mut dyn Iterator<Item = &Token>| -> String {
            tokens
                .map_while(|token| match token {
                    Token::Plain(c) => Some(*c),
                    Token::One | Token::Name | Token::All | Token::Folders | Token::Class(..) => {
                        None
                    }
                })
                .collect()
        };
        let start = plain(&mut tokens.iter());
        let end: String = plain(&mut tokens.iter().rev()).chars().rev().collect();
        Some(Pattern {
            takes_in,
            tokens,
            is_of_names,
            plain: (start, end),
        })
    }

    fn fits(&self, path: &str) -> bool {
        let text = match path.rsplit_once('/') {
            Some((_, name)) if self.is_of_names => name,
            _ => path,
        };
        let (start, end) = &self.plain;
        if !text.starts_with(start.as_str()) || !text.ends_with(end.as_str()) {
            return false;
        }
        // Which tokens may be next, and whether one of folders has begun: all at once, so that no pattern takes
        // more than its length for a character.
        let mut at = BTreeSet::from([(0, false)]);
        self.skip(&mut at);
        for c in text.chars() {
            let mut next = BTreeSet::new();
            for (index, _) in at {
                self.step(index, c, &mut next);
            }
            at = next;
            self.skip(&mut at);
            if at.is_empty() {
                return false;
            }
        }
        at.contains(&(self.tokens.len(), false))
    }

    /// Adds what may be next after a character.
    fn step(&self, index: usize, c: char, next: &mut BTreeSet<(usize, bool)>) {
        let Some(token) = self.tokens.get(index) else {
            return;
        };
        let is_taken = match token {
            Token::Plain(plain) => *plain == c,
            Token::One => c != '/',
            Token::Class(ranges, is_negated) => {
                ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *is_negated
            }
            Token::Name => {
                if c != '/' {
                    next.insert((index, false));
                }
                false
            }
            Token::All => {
                next.insert((index, false));
                false
            }
            Token::Folders => {
                next.insert((index, true));
                c == '/'
            }
        };
        if is_taken {
            next.insert((index + 1, false));
        }
    }

    /// Adds what follows tokens that may stand for nothing.
    fn skip(&self, at: &mut BTreeSet<(usize, bool)>) {
        for (index, token) in self.tokens.iter().enumerate() {
            let may_be_empty = matches!(token, Token::Name | Token::All | Token::Folders);
            // Of folders that have begun, the last `/` is waited for.
            if may_be_empty && at.contains(&(index, false)) {
                at.insert((index + 1, false));
            }
        }
    }
}

/// A pattern as a path from the top folder without `.` and `..`; `None` for one that fits nothing.
fn clean(pattern: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '*' if chars.next_if_eq(&'*').is_some() => {
                chars.next_if_eq(&'/');
                if chars.peek().is_none() {
                    Token::All
                } else {
                    Token::Folders
                }
            }
            '*' => Token::Name,
            '?' => Token::One,
            '\\' => Token::Plain(chars.next().unwrap_or('\\')),
            '[' => class(&mut chars),
            c => Token::Plain(c),
        });
    }
    tokens
}

/// The characters up to the next `]`.
fn class(chars: &mut impl Iterator<Item = char>) -> Token {
    let mut chars = chars.take_while(|c| *c != ']').peekable();
    let is_negated = chars.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    while let Some(c) = chars.next() {
        let from = if c == '\\' {
            chars.next().unwrap_or(c)
        } else {
            c
        };
        let to = if chars.next_if_eq(&'-').is_some() {
            chars.next().unwrap_or(from)
        } else {
            from
        };
        ranges.push((from, to));
    }
    Token::Class(ranges, is_negated)
}

#[cfg(test)]
mod tests {
    use super::{Fits, Ignored};

    /// Whether a file is left out.
    fn is_out(patterns: &str, path: &str) -> bool {
        let ignored = Ignored::parse(patterns);
        let ends = path
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([path.len()]);
        let mut fits = Fits::default();
        for end in ends {
            fits = ignored.fits(&path[..end], &fits);
        }
        ignored.leaves_out(&fits)
    }

    #[test]
    fn patterns_fit_as_dockers_do() {
        for (patterns, path, expected) in [
            ("out", "out/a/b", true),
            ("out", "a/out", false),
            ("/out/", "out/a", true),
            ("./a/../out", "out", true),
            ("**/out", "out", true),
            ("**/out", "a/b/out/c", true),
            ("**/out", "a/bout", false),
            ("*.pem", "a.pem", true),
            ("*.pem", "a/b.pem", false),
            ("**/*.pem", "a/b.pem", true),
            ("a/*/c", "a/b/c/d", true),
            ("a/*/c", "a/b/b/c", false),
            ("a/**/c", "a/c", true),
            ("a/**/c", "a/b/b/c", true),
            ("a/**/c", "a/b/bc", false),
            ("a/**", "a/b/c", true),
            ("a**", "abc/d", true),
            ("**", "a/b", true),
            ("?.txt", "a.txt", true),
            ("?.txt", "ab.txt", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("\\*x", "*x", true),
            ("\\*x", "ax", false),
            ("a[", "a", false),
            ("# out\n#b", "out", false),
            ("*\n!README.md", "README.md", false),
            ("*\n!README.md", "a/README.md", true),
            ("a\n!a/keep\n", "a/keep/x", false),
            ("!a\na", "a", true),
            ("**/.env*\n!**/.env.example", "a/.env.example", false),
            ("**/.env*\n!**/.env.example", "a/.env", true),
            ("\u{feff}out\r\n", "out", true),
            (".", "a", false),
            ("", "a", false),
            ("größe/*", "größe/x", true),
        ] {
            assert_eq!(is_out(patterns, path), expected, "{patterns:?} {path}");
        }
    }

    #[test]
    fn nobody_looks_where_all_is_left_out() {
        let all = |patterns: &str, path: &str| {
            let ignored = Ignored::parse(patterns);
            ignored.leaves_out_all(&ignored.fits(path, &Fits::default()))
        };
        assert!(all("a", "a"));
        assert!(all("!**/b\na", "a"));
        assert!(!all("a\n!**/b", "a"));
        assert!(!all("b", "a"));
    }

    #[test]
    fn no_pattern_takes_long() {
        let stars = "*a".repeat(200) + "b";
        assert!(!is_out(&stars, &"a".repeat(3000)));
    }
}
