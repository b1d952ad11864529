//! Tests of reading `.env` files.

use super::read;
use crate::cli::secrets::secret::Secret;
use std::collections::BTreeSet;

/// What a file says of A, B and C; or the line and words of its fault.
fn values(text: &str) -> Result<Vec<String>, String> {
    let wanted = BTreeSet::from(["A", "B", "C"]);
    let found = read(&Secret::new(text.as_bytes().to_vec()), &wanted);
    let found = found.map_err(|it| format!("{}: {}; {}", it.line, it.message, it.help))?;
    let text = |value: &Secret| value.text().expect("it was text").to_owned();
    Ok(found
        .iter()
        .map(|(name, value)| format!("{name}={}", text(value)))
        .collect())
}

fn reads(text: &str, expected: &[&str]) {
    assert_eq!(
        values(text).as_deref(),
        Ok(&expected
            .iter()
            .map(|it| (*it).to_owned())
            .collect::<Vec<_>>()[..]),
        "{text:?}"
    );
}

fn refuses(text: &str, expected: &str) {
    let fault = values(text).expect_err(text);
    assert!(fault.starts_with(expected), "{text:?}: {fault}");
}

#[test]
fn what_all_read_alike_is_read() {
    reads("", &[]);
    reads("\n\n# A=1\n  # x 'y\n\t\n", &[]);
    reads("A=1", &["A=1"]);
    reads("A=1\nB=2\n", &["A=1", "B=2"]);
    reads("export A=1\nexport\tB=2", &["A=1", "B=2"]);
    reads("  A=1  \r\nB=2\t\r\n", &["A=1", "B=2"]);
    reads("A=\nB=''\nC=\"\"", &["A=", "B=", "C="]);
    reads(
        "A=a=b,c:d/e@f%g?h[i]{j}*!^+-_.\u{e9}\u{1f600}",
        &["A=a=b,c:d/e@f%g?h[i]{j}*!^+-_.\u{e9}\u{1f600}"],
    );
}

#[test]
fn quotes_hold_text_of_any_number_of_lines() {
    reads(
        "A='pa$word `x` \\n \"q\" # no comment ' # one\nB=2",
        &["A=pa$word `x` \\n \"q\" # no comment ", "B=2"],
    );
    reads(
        "A=\"it's # two\twords\"\nB=2",
        &["A=it's # two\twords", "B=2"],
    );
    reads(
        "A='one\ntwo\n\nB=3\n'\nB=2",
        &["A=one\ntwo\n\nB=3\n", "B=2"],
    );
    reads("A=\"one\ntwo\n\"\r\nB=2\r\n", &["A=one\ntwo\n", "B=2"]);
    refuses("A='one\ntwo\n", "1: the quotation of `A` doesn't end");
    refuses("B=1\nA=\"one\n'\n", "2: the quotation of `A` doesn't end");
}

#[test]
fn what_programs_read_differently_is_refused() {
    for value in [
        "a b",
        "a #b",
        "a#b",
        "#a",
        "pa$word",
        "a\\b",
        "it's",
        "a\"b",
        "a`b",
        "a&b",
        "a;b",
        "(a",
        "a|b",
        "<a>",
        "~/a",
        "a\u{a0}b",
        "\u{2003}",
        "\"a$b\"",
        "\"a\\nb\"",
        "\"a`b`\"",
        "'it'\\''s'",
        "'a'b",
        "\"a\"'b'",
        "'a'#b",
        "'a\\\\b'",
        "'a\\'",
        "'a\r\nb'",
        "\"a\r\nb\"",
    ] {
        refuses(
            &format!("\nA={value}\nB=1"),
            "2: the value of `A` is read differently by other programs; ",
        );
    }
}

#[test]
fn what_is_not_wanted_is_not_judged() {
    reads("X=$HOME it's\nPATH=\"a:$PATH\"\nA=1", &["A=1"]);
    reads("X='a\nA=2\n'\nA=1", &["A=1"]);
    refuses(
        "X='a\nA=1",
        "1: the quotation of a variable that the program doesn't ask for doesn't end",
    );
}

#[test]
fn what_is_no_file_of_variables_is_told_by_its_line() {
    for line in [
        "A", "A =1", "1A=1", "A-B=1", "=1", "export", "export A", "a.b: 1", "\u{e9}=1", "set A=1",
    ] {
        refuses(&format!("B=1\n{line}\n"), "2: it isn't `NAME=value`");
    }
    // A blank behind the `=` belongs to no value that all read alike.
    refuses("A= 1", "1: the value of `A`");
    refuses("A=1\n\nA=1", "3: `A` is on line 1 already");
    refuses("A='1\n2'\nexport A=1", "3: `A` is on line 1 already");
    refuses("\u{feff}A=1", "1: there is a byte-order mark");
    refuses("A=1\nB='\0'", "2: there is a NUL byte");
}

#[test]
fn what_to_write_instead_holds_the_value() {
    for (value, help) in [
        ("a b", "write it in 'single quotes'"),
        ("it's", "write it in \"double quotes\""),
        (
            "it's $5",
            "leave `--env-file` out, and set the variable in the environment",
        ),
        ("\"a$b\"", "write it in 'single quotes'"),
        (
            "\"it's $5\"",
            "leave `--env-file` out, and set the variable in the environment",
        ),
        (
            "'a\r\nb'",
            "save the file with line feeds at the ends of lines, not CRLF",
        ),
    ] {
        let fault = values(&format!("A={value}")).expect_err(value);
        assert!(fault.ends_with(help), "{value}: {fault}");
    }
    reads("A=\"it's\"", &["A=it's"]);
    reads("A='a b'", &["A=a b"]);
}

#[test]
fn no_fault_shows_a_value() {
    for text in [
        "A=CANARY '",
        "A='CANARY",
        "CANARY",
        "A=\"CANARY$\"",
        "A=1\nA=CANARY",
        "A=CANARY\0",
        "X=CANARY'\nA=CANARY x",
        "A=-----BEGIN-----\nCANARYq=\nCANARYq=\n",
        "CANARYq='a\n",
    ] {
        let fault = values(text).expect_err(text);
        assert!(!fault.contains("CANARY"), "{fault}");
    }
}

#[test]
fn bytes_that_are_no_text_are_told_by_their_line() {
    let wanted = BTreeSet::from(["A"]);
    let fault = read(&Secret::new(b"A=1\nB=\xff".to_vec()), &wanted).err();
    let fault = fault.expect("it is no text");
    assert_eq!(
        (fault.line, fault.message.as_str()),
        (2, "it is not UTF-8 text")
    );
}
