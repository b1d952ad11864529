use super::{Filter, Mask};
use crate::cli::secrets::secret::Secret;

fn mask(values: &[&str]) -> Mask {
    let values: Vec<_> = values
        .iter()
        .map(|it| Secret::new(it.as_bytes().to_vec()))
        .collect();
    Mask::of(values.iter())
}

/// A text behind a mask; the same whatever the pieces in which it comes.
fn shown(values: &[&str], text: &str) -> String {
    let mask = mask(values);
    let whole = mask.over(text.as_bytes());
    for size in [1, 2, 3, 7, 64] {
        let mut filter = Filter::new(&mask);
        let mut pieces = Vec::new();
        for piece in text.as_bytes().chunks(size) {
            pieces.extend(filter.pass(piece));
        }
        pieces.extend(filter.end());
        assert_eq!(pieces, whole, "{text:?} in pieces of {size}");
        assert_eq!(filter.masked, whole != text.as_bytes());
    }
    String::from_utf8(whole).expect("UTF-8")
}

#[test]
fn a_value_is_masked_in_every_spelling() {
    let values = &["s3cr\"t", "hunter22"];
    assert_eq!(shown(values, "a hunter22 b hunter22"), "a *** b ***");
    assert_eq!(shown(values, "hunter2 hunter222"), "hunter2 ***2");
    assert_eq!(shown(values, "x: aHVudGVyMjI=\n"), "x: ***\n");
    assert_eq!(shown(values, r#"{"a":"s3cr\"t"}"#), r#"{"a":"***"}"#);
    assert_eq!(shown(values, "hunter22hunter22"), "***");
    assert_eq!(shown(values, "x: aHVudGVyMjI.\n"), "x: ***.\n");
    assert_eq!(
        shown(&["it's <b>&"], r"'it''s <b>&' 'it'\''s <b>&'"),
        "'***' '***'"
    );
    assert_eq!(
        shown(&["it's <b>&"], r#""it's \u003cb\u003e\u0026""#),
        "\"***\""
    );
    // `user:`, `my-user:` and `a-user:` before it.
    let long = &["hunter22-of-a-long-name"];
    for encoded in [
        "dXNlcjpodW50ZXIyMi1vZi1hLWxvbmctbmFtZQ==",
        "bXktdXNlcjpodW50ZXIyMi1vZi1hLWxvbmctbmFtZQ==",
        "YS11c2VyOmh1bnRlcjIyLW9mLWEtbG9uZy1uYW1l",
    ] {
        let text = shown(long, encoded);
        assert!(text.contains("***") && text.len() < 20, "{text}");
    }
    let odd = &["\u{fb}\u{ff}\u{fe}\u{ff}\u{fb}>>>???"];
    assert_eq!(shown(odd, "w7vDv8O-w7_Duz4-Pj8_Pw"), "***");
    assert_eq!(shown(values, ""), "");
    assert_eq!(shown(&[], "hunter22"), "hunter22");
}

#[test]
fn escapes_of_any_language_hide_no_value() {
    let values = &["b\u{e9}ta<&>/\"\u{b}\u{7f}\u{1f600}'x"];
    for text in [
        r#"{"a":"b\u00e9ta<&>\/\"\u000b\u007f\ud83d\ude00'x"}"#,
        r#"{"a":"b\u00E9ta\u003C\u0026\u003e/\"\u000B\u007F\uD83D\uDE00\u0027x"}"#,
        r#""b\xE9ta<&>/\"\v\x7f\U0001F600'x""#,
        r#"b'b\xc3\xa9ta<&>/"\x0b\x7f\xf0\x9f\x98\x80\'x'"#,
        r#"$'b\303\251ta<&>/"\v\177\360\237\230\200\'x'"#,
        r#"{"log":"{\"a\":\"b\\u00e9ta<&>\\/\\\"\\u000b\\u007f\\ud83d\\ude00'x\"}"}"#,
        "?p=b%C3%A9ta%3C%26%3E/%22%0b%7f%f0%9f%98%80'x&y",
        "?p=b%25C3%25A9ta%253C%2526%253E/%2522%250b%257f%25f0%259f%2598%2580'x&y",
        "<p>b\u{e9}ta&lt;&amp;&gt;/&#34;\u{b}\u{7f}&#x1F600;&#39;x</p>",
        "\"b\u{e9}ta<\\\n    &>/\\\"\\v\\x7f\u{1f600}'x\"",
    ] {
        let text = shown(values, text);
        assert!(text.contains("***") && !text.contains("ta"), "{text}");
    }
    assert_eq!(
        shown(values, r"b\u00e9ta \u00e9 \ud83d %zz &x;"),
        r"b\u00e9ta \u00e9 \ud83d %zz &x;"
    );
}

#[test]
fn escapes_within_others_hide_no_value() {
    let value = "q8Wn'2L\"k zX0\\v\u{e9}Rt5<yy7Pq";
    let json = |text: &str| {
        let text = serde_json::to_string(text).expect("JSON");
        text[1..text.len() - 1].to_owned()
    };
    let ascii = |text: &str| text.replace('\u{e9}', "\\u00e9");
    let bytes = |text: &str| json(text).replace('\u{e9}', "\\xc3\\xa9");
    let url = |text: &str| {
        let bytes = text.bytes().map(|byte| match byte {
            b' ' => "+".to_owned(),
            letter if letter.is_ascii_alphanumeric() => char::from(letter).to_string(),
            other => format!("%{other:02X}"),
        });
        bytes.collect::<String>()
    };
    let html = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.replace('"', "&quot;").replace('\'', "&#39;")
    };
    let yaml = |text: &str| text.replace('\'', "''").replace(' ', "\n    ");
    let shell = |text: &str| text.replace('\'', "'\"'\"'");
    let base64 = |text: &str| {
        let long = format!("{{\"password\":\"{text}\"}}");
        let text = Secret::new(long.into_bytes()).base64();
        text.text().expect("ASCII").to_owned()
    };
    let escape_json = |text: &str| ascii(&json(text));
    let spellings: [&dyn Fn(&str) -> String; 8] = [
        &json,
        &escape_json,
        &url,
        &html,
        &yaml,
        &shell,
        &base64,
        &bytes,
    ];
    for (first, inner) in spellings.iter().enumerate() {
        for (second, outer) in spellings.iter().enumerate() {
            if first == 7 && second == 7 {
                continue;
            }
            for text in [inner(value), outer(&inner(value))] {
                let said = shown(&[value], &format!("{{x: '{text}'}} y\n"));
                assert!(said.contains("***"), "{first} in {second}: {text}");
                assert!(!said.contains("Wn") && !said.contains("yy7"), "{said}");
            }
        }
    }
}

#[test]
fn base64_is_masked_however_it_is_broken() {
    let value = "hunter22-of-a-long-name-with-more-of-it";
    let encoded = Secret::new(value.as_bytes().to_vec()).base64();
    let encoded = encoded.text().expect("ASCII").to_owned();
    for wrap in [5, 16, 19, 33, 40] {
        for joint in ["\n", "\r\n  ", "\\n", "\\\\n", "\\\n    ", "\",\n  \""] {
            let lines = encoded.as_bytes().chunks(wrap);
            let lines = lines.map(|line| std::str::from_utf8(line).expect("ASCII"));
            let lines: Vec<_> = lines.collect();
            let text = format!("k: \"{}\" end\n", lines.join(joint));
            assert_eq!(shown(&[value], &text), "k: \"***\" end\n", "{text}");
        }
    }
    assert_eq!(
        shown(&["????>>>>"], r"x Pz8\/Pz4+Pj4= Pz8%2FPz4%2BPj4%3D"),
        "x *** ***"
    );
}

#[test]
fn values_that_overlap_are_masked_whole() {
    assert_eq!(shown(&["aaaa"], "baaaaaab"), "b***b");
    assert_eq!(
        shown(&["abcd", "cdef", "xabcdefx"], "-abcdef-xabcdefx-"),
        "-***-***-"
    );
    assert_eq!(shown(&["aabaab", "abaac"], "aabaabaac"), "***");
    assert_eq!(shown(&["one\ntwo", "two!"], "one\ntwo!\n"), "***\n");
}

#[test]
fn values_of_several_lines_are_masked_line_by_line() {
    let pem = "-----BEGIN KEY-----\nMIIabc\nx\n-----END KEY-----\n";
    let laid_out = "key: |\n  -----BEGIN KEY-----\n  MIIabc\n  x\n  -----END KEY-----\nMIIabcd\n";
    assert_eq!(shown(&[pem], laid_out), "key: |\n  ***\nMIIabcd\n");
    let in_part = laid_out.replace("  x\n", "");
    assert_eq!(
        shown(&[pem], &in_part),
        "key: |\n  ***\n  ***\n  ***\nMIIabcd\n"
    );
    assert_eq!(shown(&[pem], pem), "***\n");
    assert_eq!(shown(&[pem], &format!("{pem:?}")), "\"***\\n\"");
    assert_eq!(shown(&[pem], "MIIabc"), "***");
    let line = "PLpPdnsw8ZQXmZ8Wja9FYgP7a1v9Kask";
    let long = format!("{pem}{line}\nend");
    let told = format!("can't read \"{line}\": x{line}\n");
    assert_eq!(
        shown(&[&long], &told),
        format!("can't read \"***\": x{line}\n")
    );
}

#[test]
fn base64_is_masked_where_it_is_broken() {
    let value = "v".repeat(200) + "!";
    let encoded = Secret::new(value.as_bytes().to_vec()).base64();
    let encoded = encoded.text().expect("ASCII").to_owned();
    for wrap in [76, 64, 80, 72] {
        let lines = encoded.as_bytes().chunks(wrap);
        let lines = lines.map(|line| std::str::from_utf8(line).expect("ASCII"));
        for indent in ["", "    "] {
            let text: String = lines
                .clone()
                .flat_map(|line| [indent, line, "\n"])
                .collect();
            let text = shown(&[&value], &format!("a:\n{text}b\n"));
            assert!(text.starts_with(&format!("a:\n{indent}***\n")), "{text}");
            assert!(
                !text.contains(&encoded[..20]) && text.ends_with("\nb\n"),
                "{text}"
            );
            assert!(!text.contains("dnZ2"), "{text}");
        }
    }
}

#[test]
fn beside_a_short_value_nothing_can_be_shown() {
    assert!(mask(&["123", "long enough"]).hides_all);
    assert!(mask(&["1 "]).hides_all);
    assert!(!mask(&["1234", ""]).hides_all);
}

#[test]
fn a_long_value_takes_linear_time() {
    let value = "a".repeat(90_000) + "b";
    let text = "a".repeat(300_000) + "\n" + &value + "\nend\n";
    let shown = mask(&[&value]).over(text.as_bytes());
    assert!(shown.ends_with(b"\n***\nend\n") && shown.len() > 300_000);
}
