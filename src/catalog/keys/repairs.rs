//! What to write instead of tokens that don't belong in a statement: data of its row.

/// What to say where the reading of a statement stops.
#[derive(Debug)]
pub struct Repair {
    /// Where it stops.
    pub at: Stop,
    /// The forms of the last tokens, up to the one where it stops.
    pub found: &'static [Token],
    /// Whether the statement holds no other tokens.
    pub alone: bool,
    /// What to do, as an imperative. `{0}`, `{1}` … stand for the tokens as they are written, `{word}` for
    /// the word of the statement.
    pub instead: &'static str,
    /// What to write for the tokens, or behind the last one at the end of a statement; `None` where nobody
    /// but the writer knows.
    pub write: Option<&'static str>,
    /// Whether that is what was meant for certain.
    pub certain: bool,
}

/// Where the reading of a statement stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Where this word or slot may stand.
    Expected(&'static str),
    /// Behind the last part.
    TooMany,
    /// At the end, where a part is missing.
    End,
}

/// The form of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// Any.
    Any,
    /// A bare word.
    Word,
    /// One of these words, in upper or lower case.
    OneOf(&'static [&'static str]),
    /// A number, with or without a unit.
    Number,
    /// A number without a unit.
    Bare,
    /// A number with `%`.
    Percent,
    /// A string.
    Text,
    /// A string that begins with `/`.
    Path,
    /// A string with an IP address, perhaps with `/` and a number behind it.
    Block,
    /// Two ports in a string, `"80:3000"`: written as `3000 as 80`.
    Ports,
    /// `env.NAME`, or `process.env.NAME`: written as `NAME`.
    Variable,
    /// `secret.NAME`: written as `NAME`.
    Secret,
    /// A member of something, such as `db.url`: written as `db`.
    Member,
}

/// Whether a text is an IP address, perhaps with `/` and a number behind it.
#[must_use]
pub fn is_block(text: &str) -> bool {
    let address = text.split('/').next().unwrap_or_default();
    address.parse::<std::net::IpAddr>().is_ok()
}

/// A repair of a single token that certainly says what was meant, if what follows doesn't.
pub(super) const fn instead_of(
    expected: &'static str,
    found: &'static [Token],
    instead: &'static str,
    write: &'static str,
) -> Repair {
    Repair {
        at: Stop::Expected(expected),
        found,
        alone: false,
        instead,
        write: Some(write),
        certain: true,
    }
}

/// What to do about tokens behind the last part, for which a text may have been meant.
pub(super) const fn too_many(
    found: &'static [Token],
    instead: &'static str,
    write: &'static str,
) -> Repair {
    Repair {
        at: Stop::TooMany,
        found,
        alone: false,
        instead,
        write: Some(write),
        certain: false,
    }
}

impl Repair {
    /// Where the writer decides what to write.
    pub(super) const fn advice(
        expected: &'static str,
        found: &'static [Token],
        instead: &'static str,
    ) -> Repair {
        Repair {
            at: Stop::Expected(expected),
            found,
            alone: false,
            instead,
            write: None,
            certain: false,
        }
    }

    pub(super) const fn alone(mut self) -> Repair {
        self.alone = true;
        self
    }

    pub(super) const fn certain(mut self) -> Repair {
        self.certain = true;
        self
    }

    pub(super) const fn unsure(mut self) -> Repair {
        self.certain = false;
        self
    }

    pub(super) const fn behind(mut self) -> Repair {
        self.at = Stop::TooMany;
        self
    }

    pub(super) const fn at_end(mut self) -> Repair {
        self.at = Stop::End;
        self
    }
}

/// A text in which names in braces stand for something, filled in.
#[must_use]
pub fn filled_in(text: &str, word: &str, tokens: &[String]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, (name, behind))) = rest
        .split_once('{')
        .and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        out.push_str(before);
        match name.parse::<usize>().ok().and_then(|at| tokens.get(at)) {
            Some(token) => out.push_str(token),
            None if name == "word" => out.push_str(word),
            None => {}
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Two amounts, one behind the other.
pub(super) const RANGE: Repair = too_many(
    &[Token::Number, Token::Number],
    "write `{word} {0}..{1}`",
    "{0}..{1}",
)
.alone();

/// Units of cores that stand apart from their number, and two numbers.
pub(super) const CORES: &[Repair] = &[
    too_many(
        &[
            Token::Bare,
            Token::OneOf(&["cpu", "cpus", "core", "cores", "vcpu", "vcpus"]),
        ],
        "write `{word} {0}`",
        "{0}",
    )
    .certain(),
    RANGE,
];

const fn unit(names: &'static [Token], instead: &'static str, write: &'static str) -> Repair {
    too_many(names, instead, write).certain()
}

/// Units of bytes that stand apart from their number, and two numbers.
pub(super) const BYTES: &[Repair] = &[
    unit(
        &[Token::Bare, Token::OneOf(&["k", "kb", "ki", "kib"])],
        "write `{word} {0}Ki`",
        "{0}Ki",
    ),
    unit(
        &[Token::Bare, Token::OneOf(&["m", "mb", "mi", "mib"])],
        "write `{word} {0}Mi`",
        "{0}Mi",
    ),
    unit(
        &[Token::Bare, Token::OneOf(&["g", "gb", "gi", "gib"])],
        "write `{word} {0}Gi`",
        "{0}Gi",
    ),
    RANGE,
];

/// Ports in Compose's order: the one outside, then the one inside.
pub(super) const PORTS: Repair = instead_of("port", &[Token::Ports], "write `{0}`", "{0}");

/// A path in a container without the word before it.
pub(super) const PATH: Repair = instead_of("at", &[Token::Text], "write `at {0}`", "at {0}");

/// Another word before that path.
pub(super) const PLACE: Repair = instead_of(
    "at",
    &[Token::OneOf(&["to", "into", "in", "as", "on"])],
    "write `at`",
    "at",
);

/// A file without that path.
pub(super) const NO_PLACE: Repair = Repair::advice(
    "at",
    &[Token::Text],
    "say where the container reads it: `file \"./app.conf\" at \"/etc/app.conf\"`",
)
.at_end();

/// A CIDR block without its word.
pub(super) const ADMITTED_BLOCK: Repair =
    instead_of("namespace", &[Token::Block], "write `cidr {0}`", "cidr {0}");

/// A namespace without its word.
pub(super) const ADMITTED: Repair = instead_of(
    "namespace",
    &[Token::Text],
    "write `namespace {0}`",
    "namespace {0}",
)
.unsure();

/// An interval without its word.
pub(super) const INTERVAL: Repair = too_many(&[Token::Number], "write `every {0}`", "every {0}");

#[cfg(test)]
mod tests {
    use super::filled_in;

    #[test]
    fn tokens_stand_for_their_places_once() {
        let tokens = ["{1}".to_owned(), "b".to_owned()];
        assert_eq!(filled_in("{word}: {0}, {1} {", "w", &tokens), "w: {1}, b {");
    }
}
