//! Lines that fit a terminal.

/// Columns of a terminal that has not been widened.
pub const WIDTH: usize = 80;

/// The words of `text` in lines, the first of at most `first` columns and the others of `rest`. A
/// word is never broken, nor what stands in backticks, if it fits a line: it may be copied.
#[must_use]
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    if columns(text) <= first {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line: Option<String> = None;
    for word in words(text, rest) {
        let width = if lines.is_empty() { first } else { rest };
        match &mut line {
            Some(line) if columns(line) + 1 + columns(&word) <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.extend(line.replace(word)),
        }
    }
    lines.extend(line);
    lines
}

/// What stays together: words, and what stands in backticks unless it is longer than `most`.
fn words(text: &str, most: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let ticks = open
            .iter()
            .chain([&word])
            .flat_map(|part| part.matches('`'))
            .count();
        open.push(word);
        if ticks % 2 == 0 {
            close(&mut open, most, &mut words);
        }
    }
    close(&mut open, most, &mut words);
    words
}

fn close(open: &mut Vec<&str>, most: usize, words: &mut Vec<String>) {
    let whole = open.join(" ");
    if columns(&whole) <= most {
        words.extend((!open.is_empty()).then_some(whole));
    } else {
        words.extend(open.iter().map(|word| (*word).to_owned()));
    }
    open.clear();
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_fit_and_words_stay_whole() {
        assert_eq!(wrap("a bc def", 4, 2), ["a bc", "def"]);
        assert_eq!(wrap("", 4, 4), [""]);
        assert_eq!(wrap("abcdefgh i j", 4, 4), ["abcdefgh", "i j"]);
        assert_eq!(wrap("a `b c` d", 5, 5), ["a", "`b c`", "d"]);
        assert_eq!(wrap("a `b c d e` f", 6, 6), ["a `b c", "d e` f"]);
        assert_eq!(wrap("a ` b c", 9, 9), ["a ` b c"]);
    }
}
