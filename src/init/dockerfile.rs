//! What Dockerfiles say.

/// The file.
pub(super) const FILE: &str = "Dockerfile";

/// The port that a Dockerfile says, the last stage's first.
pub(super) fn said(text: &str) -> Option<u16> {
    let mut port = None;
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let Some(word) = words.next() else {
            continue;
        };
        if word.eq_ignore_ascii_case("from") {
            // What an earlier stage listens on counts where the last one says nothing, which builds on it.
            port = port.map(|(value, _)| (value, false));
        }
        if !word.eq_ignore_ascii_case("expose") || matches!(port, Some((_, true))) {
            continue;
        }
        let number = words.next().map(|it| it.trim_end_matches("/tcp"));
        if let Some(number) = number
            .and_then(|it| it.parse::<u16>().ok())
            .filter(|it| *it > 0)
        {
            port = Some((number, true));
        }
    }
    port.map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn the_last_stage_says_the_port() {
        for (text, expected) in [
            ("FROM node\nEXPOSE 3000\n", Some(3000)),
            ("FROM node\nexpose 3000/tcp 3001\n", Some(3000)),
            ("FROM a\nEXPOSE 1\nFROM b\nEXPOSE 2\nEXPOSE 3\n", Some(2)),
            ("FROM a\nEXPOSE 1\nFROM b\n", Some(1)),
            ("FROM a\nEXPOSE $PORT\n", None),
            (
                "FROM a\nEXPOSE 53/udp\nEXPOSE 0\nEXPOSE 99999\nEXPOSE\n",
                None,
            ),
            ("", None),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
