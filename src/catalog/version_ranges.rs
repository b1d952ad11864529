//! Ranges of versions, as `package.json`, `pyproject.toml`, `go.mod` and files of version managers write
//! them.

/// A version: its major, minor and patch numbers.
type Numbers = [u32; 3];

/// The versions that a text asks for: ranges, each from a version on and below another. One of them is
/// enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRanges(Vec<(Numbers, Numbers)>);

/// Above all versions.
const END: Numbers = [u32::MAX; 3];

impl VersionRanges {
    /// Reads a range as npm or PEP 440 writes it; `None` where it isn't clear. A version with fewer than
    /// three numbers stands for all that begin with them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let ranges: Option<Vec<_>> = text.split("||").map(all_of).collect();
        // Two bounds that leave nothing between them are a slip that nobody can mean.
        Some(VersionRanges(ranges?)).filter(|it| it.0.iter().all(|(from, below)| from < below))
    }

    /// That version and all after it.
    #[must_use]
    pub fn from_version(text: &str) -> Option<Self> {
        Some(VersionRanges(vec![(line(text)?.0, END)]))
    }

    /// Whether a version that begins with the numbers of `name`, such as `24` or `3.13`, is in a range.
    #[must_use]
    pub fn have(&self, name: &str) -> bool {
        let Some((first, next)) = line(name) else {
            return false;
        };
        self.0
            .iter()
            .any(|(from, below)| *from < next && first < *below)
    }
}

/// The range of versions that all bounds of a text leave.
fn all_of(text: &str) -> Option<(Numbers, Numbers)> {
    let mut range: (Numbers, Numbers) = ([0; 3], END);
    let mut rest = text.trim();
    while !rest.is_empty() {
        let is_operator = |c: char| "<>=!~^".contains(c);
        let (operator, after) = rest.split_at(rest.find(|c| !is_operator(c)).unwrap_or(rest.len()));
        let after = after.trim_start();
        let end = after.find([' ', ',', '\t']).unwrap_or(after.len());
        let (version, after) = after.split_at(end);
        rest = after.trim_start_matches([' ', ',', '\t']);
        // `18 - 20`: from the one to the other.
        if let (true, Some(last)) = (operator.is_empty(), rest.strip_prefix("- ")) {
            let last = last.trim_start();
            let end = last.find([' ', ',']).unwrap_or(last.len());
            let (last, after) = last.split_at(end);
            narrow(&mut range, (line(version)?.0, line(last)?.1));
            rest = after.trim_start_matches([' ', ',']);
            continue;
        }
        if matches!(version, "*" | "x" | "X") {
            continue;
        }
        let (first, next) = line(version)?;
        narrow(
            &mut range,
            match operator {
                "" | "=" | "==" | "===" => (first, next),
                ">=" | ">" => (first, END),
                "<" => ([0; 3], first),
                "<=" => ([0; 3], next),
                "^" => (first, next_at(0, first)?),
                // npm's `~1.2.3` stays at 1.2, and `~1` at 1.
                "~" => (first, next_at(dots(version).min(1), first)?),
                // PEP 440's `~= 3.12` stays at 3, and `~= 3.12.1` at 3.12.
                "~=" => (
                    first,
                    next_at(dots(version).saturating_sub(1).min(1), first)?,
                ),
                // What is left out of a range leaves most of it.
                "!=" => ([0; 3], END),
                _ => return None,
            },
        );
    }
    Some(range)
}

fn narrow(range: &mut (Numbers, Numbers), (from, below): (Numbers, Numbers)) {
    range.0 = range.0.max(from);
    range.1 = range.1.min(below);
}

/// The first version that begins with the numbers of a text, and the first after all that do.
fn line(text: &str) -> Option<(Numbers, Numbers)> {
    let mut first: Numbers = [0; 3];
    let mut count = 0;
    for part in text.trim_start_matches(['v', 'V']).split('.').take(3) {
        if matches!(part, "*" | "x" | "X") {
            break;
        }
        // `3.13.0rc1` and `20.0.0-beta` count as what they lead to.
        let digits = part.split_once(|c: char| !c.is_ascii_digit());
        *first.get_mut(count)? = digits.map_or(part, |(digits, _)| digits).parse().ok()?;
        count += 1;
        if digits.is_some() {
            count = 3;
            break;
        }
    }
    let last = count.checked_sub(1)?;
    let mut next = first;
    let number = next.get_mut(last)?;
    *number = number.checked_add(1)?;
    next.iter_mut().skip(count).for_each(|number| *number = 0);
    Some((first, next))
}

fn dots(version: &str) -> usize {
    version.matches('.').count()
}

/// The first version after all that have the same numbers up to one of these.
fn next_at(last: usize, first: Numbers) -> Option<Numbers> {
    let mut next: Numbers = [0; 3];
    for (next, number) in next.iter_mut().zip(first).take(last + 1) {
        *next = number;
    }
    let number = next.get_mut(last)?;
    *number = number.checked_add(1)?;
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::VersionRanges;

    #[test]
    fn ranges_are_read_as_npm_and_pep_440_write_them() {
        for (text, has, lacks) in [
            ("20", "20", "22"),
            ("v20.11.1", "20", "22"),
            ("20.x", "20", "21"),
            (">=18", "24", "16"),
            (">= 18.17.0 < 21", "20", "22"),
            ("^18.0.0 || ^20.9.0", "20", "22"),
            ("18 - 22", "22", "24"),
            ("~20.11", "20", "24"),
            ("~20", "20", "24"),
            ("<=20", "20", "22"),
            (">=3.10,<3.13", "3.12", "3.13"),
            (">=3.10, <4.0", "3.14", "3.9"),
            ("==3.12.*", "3.12", "3.13"),
            ("~=3.12", "3.14", "3.11"),
            ("~=3.12.1", "3.12", "3.13"),
            ("^3.11", "3.13", "3.10"),
            (">=3.10,!=3.11.*,<3.13", "3.10", "3.13"),
            ("3.13.0rc1", "3.13", "3.12"),
            ("1.27.1", "1.27", "1.26"),
        ] {
            let ranges = VersionRanges::parse(text).expect(text);
            assert!(ranges.have(has) && !ranges.have(lacks), "{text}");
        }
        let all = VersionRanges::parse("*").expect("all");
        assert!(all.have("3.9") && all.have("24"));
        let later = VersionRanges::from_version("1.25.3").expect("a version");
        assert!(later.have("1.25") && later.have("1.26") && !later.have("1.24"));
    }

    #[test]
    fn what_is_not_clear_says_nothing() {
        for text in [
            "lts/*",
            "node",
            "latest",
            "pypy3.10",
            ">=3.13,<3.12",
            "=>18",
            ">=",
            "-",
            "20 -",
            "é",
            "99999999999",
            "4294967295",
            "^4294967295.1",
            "$NODE",
        ] {
            assert_eq!(VersionRanges::parse(text), None, "{text}");
        }
    }
}
