//! What a bare word of YAML stands for, by the core schema of YAML 1.2 (section 10.3.2) with the
//! binary numbers of YAML 1.1.

/// A value that holds no others.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number, as YAML writes it.
    Decimal(String),
    /// True or false.
    Bool(bool),
    /// Nothing.
    Null,
}

impl Scalar {
    /// What a text without quotes stands for.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
            "true" | "True" | "TRUE" => return Scalar::Bool(true),
            "false" | "False" | "FALSE" => return Scalar::Bool(false),
            _ => {}
        }
        whole(text)
            .or_else(|| decimal(text).map(Scalar::Decimal))
            .unwrap_or_else(|| Scalar::Text(text.to_owned()))
    }

    /// How many bytes of memory it needs besides itself.
    #[must_use]
    pub(super) fn size(&self) -> usize {
        match self {
            Scalar::Text(text) | Scalar::Decimal(text) => text.len(),
            Scalar::Integer(_) | Scalar::Bool(_) | Scalar::Null => 0,
        }
    }
}

/// A whole number. One that 64 bits don't hold is still a number, and is written as one.
fn whole(text: &str) -> Option<Scalar> {
    let (sign, digits) = match text.split_at_checked(1) {
        Some((sign @ ("-" | "+"), rest)) => (sign, rest),
        _ => ("", text),
    };
    let radices = [("0x", 16), ("0o", 8), ("0b", 2)];
    let prefixed = radices
        .iter()
        .find_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, *radix)));
    let (digits, radix) = match prefixed {
        Some(number) => number,
        // It is text where zeros lead it: some readers take it for octal, and others don't.
        None if digits.len() > 1 && digits.starts_with('0') => return None,
        None => (digits, 10),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let size = u128::from_str_radix(digits, radix).ok()?;
    let minus = if sign == "-" { "-" } else { "" };
    let number = i128::try_from(size).ok();
    let number = number.map(|size| if minus.is_empty() { size } else { -size });
    let short = number.and_then(|number| i64::try_from(number).ok());
    Some(short.map_or_else(
        || Scalar::Decimal(format!("{minus}{size}")),
        Scalar::Integer,
    ))
}

/// A number that isn't whole, or is too large for [`whole`], as YAML writes it.
fn decimal(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    match (unsigned, text) {
        (".inf" | ".Inf" | ".INF", _) => return Some(".inf".to_owned()),
        (_, "-.inf" | "-.Inf" | "-.INF") => return Some("-.inf".to_owned()),
        (_, ".nan" | ".NaN" | ".NAN") => return Some(".nan".to_owned()),
        _ => {}
    }
    let digits = text.trim_start_matches(['-', '+']);
    let is_text = digits.len() > 1
        && digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_text || (text.len() > unsigned.len() && unsigned.starts_with(['+', '-'])) {
        return None;
    }
    let number = unsigned.parse::<f64>().ok()?;
    number.is_finite().then(|| format!("{number:?}"))
}

#[cfg(test)]
mod tests {
    use super::Scalar;

    #[test]
    fn words_are_what_they_look_like() {
        let integers = [
            ("0", 0),
            ("-0", 0),
            ("+12", 12),
            ("0x1F", 31),
            ("-0x1f", -31),
            ("0o17", 15),
            ("+0b101", 5),
            ("-9223372036854775808", i64::MIN),
        ];
        for (text, number) in integers {
            assert_eq!(Scalar::plain(text), Scalar::Integer(number), "{text}");
        }
        let decimals = [
            ("1.5", "1.5"),
            ("+.5", "0.5"),
            ("5.", "5.0"),
            ("1e3", "1000.0"),
            ("-.INF", "-.inf"),
            (".nan", ".nan"),
            ("18446744073709551616", "18446744073709551616"),
            ("-9223372036854775809", "-9223372036854775809"),
        ];
        for (text, number) in decimals {
            let expected = Scalar::Decimal(number.to_owned());
            assert_eq!(Scalar::plain(text), expected, "{text}");
        }
        for text in [
            "yes", "010", "-007", "0x", "0xg", "--1", "+-1", "1_000", "inf", "nan", "-.nan",
            "1:30", "0x-1", "é", "-", "+", ".", "tRUE",
        ] {
            assert_eq!(Scalar::plain(text), Scalar::Text(text.to_owned()));
        }
    }
}
