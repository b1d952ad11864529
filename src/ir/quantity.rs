//! Kubernetes quantities: `100m`, `0.5`, `256Mi`, `1Gi`.

use crate::source::Spanned;

/// An amount of cpu, memory or storage, as written and as a number to compare by.
///
/// The grammar is that of `k8s.io/apimachinery`'s `resource.Quantity`, without signs and exponents:
/// digits with an optional fraction, then nothing, `m`, `k`, `M`, `G`, `T`, `P`, `E` or `Ki`, `Mi`,
/// `Gi`, `Ti`, `Pi`, `Ei`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// As written, which is how it is emitted.
    pub text: String,
    /// Thousandths of the unit.
    pub milli: i128,
}

/// From the request to the limit; they are the same where one amount was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityRange {
    /// What is set aside.
    pub request: Spanned<Quantity>,
    /// What it may not exceed.
    pub limit: Spanned<Quantity>,
}

const UNITS: &[(&str, i128)] = &[
    ("", 1000),
    ("m", 1),
    ("k", 1_000_000),
    ("M", 1_000_000_000),
    ("G", 1_000_000_000_000),
    ("T", 1_000_000_000_000_000),
    ("P", 1_000_000_000_000_000_000),
    ("E", 1_000_000_000_000_000_000_000),
    ("Ki", 1000 << 10),
    ("Mi", 1000 << 20),
    ("Gi", 1000 << 30),
    ("Ti", 1000 << 40),
    ("Pi", 1000 << 50),
    ("Ei", 1000 << 60),
];

/// A quantity's digits, before and behind the point: more than fit an amount that a cluster has.
const MOST_DIGITS: usize = 15;

impl Quantity {
    /// Reads a quantity. `None` if it is none, or has more than fifteen digits on either side.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let (_, scale) = *UNITS.iter().find(|(name, _)| *name == unit)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() || (number.contains('.') && fraction.is_empty()) {
            return None;
        }
        if whole.len() > MOST_DIGITS || fraction.len() > MOST_DIGITS || fraction.contains('.') {
            return None;
        }
        let mut milli = whole.parse::<i128>().ok()?.checked_mul(scale)?;
        if !fraction.is_empty() {
            let ten = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
            let part = fraction.parse::<i128>().ok()?.checked_mul(scale)?;
            // Rounded up, as the API server does.
            milli = milli.checked_add((part + ten - 1) / ten)?;
        }
        Some(Quantity {
            text: text.to_owned(),
            milli,
        })
    }

    /// Whether it is a whole number of its unit: half a byte is accepted by the API server, and
    /// then no pod starts.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.milli % 1000 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Quantity;

    fn milli(text: &str) -> Option<i128> {
        Quantity::parse(text).map(|quantity| quantity.milli)
    }

    #[test]
    fn quantities_are_read_as_the_api_server_reads_them() {
        assert_eq!(milli("1"), milli("1000m"));
        assert_eq!(milli("1Gi"), milli("1024Mi"));
        assert_eq!(milli("0.5"), Some(500));
        assert_eq!(milli("1.5Gi"), milli("1536Mi"));
        assert!(milli("1G") < milli("1Gi"));
        for wrong in [
            "",
            "128MB",
            "1K",
            "128mb",
            "1.",
            ".5",
            "1..2",
            "1.2.3",
            "m",
            "9999999999999999",
        ] {
            assert_eq!(milli(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn half_a_byte_is_not_whole() {
        assert!(!Quantity::parse("512m").is_some_and(|quantity| quantity.is_whole()));
        assert!(Quantity::parse("1.5Ki").is_some_and(|quantity| quantity.is_whole()));
    }
}
