//! Any text ends in time, and without a panic: whatever it holds, however long its lines are and
//! however deep its braces.
//!
//! Time is compared, never measured: eight times the text may take no more than four times eight
//! times as long. What the command line adds (bytes that are no text, endless input) is in `cli`.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use todoc::backend::BACKENDS;
use todoc::catalog::keys::{self, Place};
use todoc::diag::{Code, Diagnostic, render};
use todoc::source::SourceMap;
use todoc::{Compiled, Options, check_all, compile};

use crate::support::{examples, read, report};

/// How long the shorter of two texts is, in bytes: long enough that noise doesn't count. A build
/// without optimisations is some twenty times slower.
const SHORT: usize = 60_000;
/// How many times longer the other one is.
const TIMES: usize = 8;
/// How many times longer it may take for each byte.
const SLACK: u32 = 4;

/// Compiles a text as far as it goes, and shows what is wrong with it.
fn answer(text: &str) -> (Compiled, String) {
    let options = Options {
        target: None,
        emit: BACKENDS.to_vec(),
        source_name: "app.todo".to_owned(),
    };
    let compiled = compile(text, &options);
    let sources = SourceMap::single("app.todo", text);
    let shown = render::text(&sources, &compiled.diagnostics);
    (compiled, shown)
}

/// How long the quickest of some runs takes.
fn quickest(runs: usize, text: &str) -> Duration {
    let run = |_| {
        let start = Instant::now();
        let (compiled, shown) = answer(text);
        assert_eq!(compiled.diagnostics.is_empty(), shown.is_empty());
        start.elapsed()
    };
    (0..runs).map(run).min().unwrap_or_default()
}

/// Makes a text of about so many bytes.
type Make = Box<dyn Fn(usize) -> String>;

/// A text of one part again and again, after a beginning.
fn again(beginning: &'static str, part: &'static str) -> (String, Make) {
    let make = move |length: usize| beginning.to_owned() + &part.repeat(length / part.len());
    (format!("{beginning:?} and many {part:?}"), Box::new(make))
}

/// A text of numbered parts: `%` stands for the number.
fn numbered(beginning: &'static str, part: &'static str, end: &'static str) -> (String, Make) {
    let make = move |length: usize| {
        let mut text = beginning.to_owned();
        let mut number = 0;
        while text.len() < length {
            text.push_str(&part.replace('%', &number.to_string()));
            number += 1;
        }
        text + end
    };
    (
        format!("{beginning:?} and numbered {part:?}"),
        Box::new(make),
    )
}

fn slow(kinds: Vec<(String, Make)>) -> Vec<String> {
    let mut failures = Vec::new();
    for (name, make) in kinds {
        let (short, long) = (make(SHORT), make(SHORT * TIMES));
        eprint!("{name}: ");
        let short = quickest(3, &short);
        let long = quickest(1, &long);
        let most = short * u32::try_from(TIMES).unwrap_or(1) * SLACK;
        eprintln!(
            "{short:?} {long:?} {}",
            if long > most { "SLOW" } else { "" }
        );
        if long > most {
            failures.push(format!(
                "{name}: {short:?}, and {long:?} for {TIMES} times as much"
            ));
        }
    }
    failures
}

#[test]
fn lines_of_any_length_take_linear_time() {
    let mut kinds = Vec::new();
    for part in [
        "a",
        "1",
        " ",
        "\t",
        "\"",
        "\"\"",
        "{",
        "}",
        "[",
        "]",
        "(",
        ",",
        "=",
        ".",
        "#",
        "\\",
        ";",
        "é",
        "\0",
        "\r",
        "\u{202e}",
        "\u{feff}",
        "a ",
        "a=b,",
        "a{",
        "a{}",
        "a{},",
        "{}",
        "[a,",
        "a [a] ",
        "a [",
        "\"x\" ",
        "\"x\"a",
        "\"\\\"",
        "\"\\q",
        "a..b ",
        "..a ",
        "a ..b ",
        "; ",
        "1_ ",
        "1.",
        "1..",
        "a.b(\"c\") ",
        "a=[b]c ",
        "tier a{},",
        "tier a{} ",
        "secret A from env,",
        "a:{",
        "\"} ",
        "# {",
        "a\"",
        "a,\"} ",
        "; {",
    ] {
        kinds.push(again("", part));
        kinds.push(again("app a\ntier a { env { A = ", part));
        kinds.push(again("app a\nconfig { A = \"", part));
    }
    report(&slow(kinds));
}

#[test]
fn lines_of_any_number_take_linear_time() {
    let mut kinds = Vec::new();
    for part in [
        "\n",
        "\r\n",
        "#\n",
        "a\n",
        "{\n",
        "}\n",
        "\"\n",
        "[\n",
        "a {\n",
        "app a\n",
        "tier a {\n",
        "tier a { port 80 }\n",
        "secret A from env\n",
        "tier\n",
        "config {\n",
        "config { A = 1 }\n",
        "target a {\n",
        "a = \n",
        "tier a { tier b { tier c { tier d {\n",
        "  tier a { }\n",
        "postgres a external { url A }\n",
        "postgres a {\n",
    ] {
        kinds.push(again("", part));
        kinds.push(again("app a\n", part));
        kinds.push(again("app a\ntier b {\n", part));
    }
    report(&slow(kinds));
}

#[test]
fn many_of_anything_take_linear_time() {
    let kinds = vec![
        numbered("app a\n", "tier t% { image \"x:1\"\n port 80 }\n", ""),
        numbered(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n expose nodeport 30000 }\n",
            "",
        ),
        numbered(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n expose nodeport % }\n",
            "",
        ),
        numbered(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n expose ingress \"a.b\" }\n",
            "",
        ),
        numbered(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n needs t0 }\n",
            "",
        ),
        numbered(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n needs u% }\n",
            "",
        ),
        numbered(
            "app a\ntier z { image \"x:1\" }\n",
            "secret S% from env\n",
            "",
        ),
        numbered(
            "app a\n",
            "tier t% { image \"x:1\" }\nsecret S% from env\n",
            "",
        ),
        numbered(
            "app a\nsecret S0 from env\n",
            "tier t% { image \"x:1\"\n env { S0 } }\n",
            "",
        ),
        numbered(
            "app a\nsecret S0 from env\n",
            "tier t% { image \"x:1\"\n env { S% } }\n",
            "",
        ),
        numbered(
            "app a\nconfig {\n",
            "K% = \"v\"\n",
            "}\ntier t { image \"x:1\"\n env { ..config } }\n",
        ),
        numbered(
            "app a\nconfig {\n",
            "K% = config.K0\n",
            "}\ntier t { image \"x:1\"\n env { ..config } }\n",
        ),
        numbered(
            "app a\nconfig {\n",
            "K% = t.u%\n",
            "}\ntier t { image \"x:1\"\n port 1\n env { ..config } }\n",
        ),
        numbered(
            "app a\ntier t { image \"x:1\"\n port 80\n env {\n",
            "K% = t.url\n",
            "}}\n",
        ),
        numbered("app a\ntier t { image \"x:1\"\n env {\n", "K%\n", "}}\n"),
        numbered("app a\ntier t { image \"x:1\"\n env {\n", "K\n", "}}\n"),
        numbered(
            "app a\ntier t { image \"x:1\"\n",
            "secret S% from env\n",
            "}\n",
        ),
        numbered(
            "app a\ntier t { image \"x:1\"\n",
            "secret S% from env as \"k\"\n",
            "}\n",
        ),
        numbered(
            "app a\ntier t { build nextjs \".\" {\n",
            "NEXT_PUBLIC_%=\"x\"\n",
            "}}\n",
        ),
        numbered("app a\n", "target t% { namespace n% }\n", ""),
        numbered("app a\n", "target t { namespace n% }\n", ""),
        numbered("app a\ntarget t {\n", "tier u% { replicas 2 }\n", "}\n"),
        numbered(
            "app a\ntier t { image \"x:1\" }\ntarget t {\n",
            "tier t { replicas 2 }\n",
            "}\n",
        ),
        numbered(
            "app a\n",
            "postgres p% { version 16\n storage 1Gi\n secret PASSWORD from env }\n",
            "",
        ),
        numbered(
            "app a\nsecret U from env\n",
            "postgres p% external { url U }\n",
            "",
        ),
        numbered("app a\ntier t { image \"x:1\"\n needs", " u%", " }\n"),
        numbered("app a\ntier t { image \"x:1\"\n needs", " t", " }\n"),
        numbered(
            "app a\ntier t { image \"x:1\"\n env { A = [",
            "t.url, ",
            "t.url] } }\n",
        ),
        numbered(
            "app a\ntier t { image \"x:1\"\n env { A = [",
            "\"a\", ",
            "t.url] } }\n",
        ),
        numbered("app a\n", "unknown% a b c\n", ""),
        numbered("app a\ntier t {\n", "unknown% a b c\n", ""),
        numbered("app a { naming {\n", "workload \"{tier}%\"\n", "}}"),
        numbered(
            "app a { naming { workload \"",
            "{tier}%",
            "\" } }\ntier t { image \"x:1\" }",
        ),
        numbered("app a { tag \"", "%", "\" }\ntier t { image \"x:1\" }"),
        numbered("app a\ntier t { image \"", "%/", "x:1\" }"),
        numbered(
            "app a\nconfig {A = \"",
            "%\\n",
            "\" }\ntier t { image \"x:1\"\n env { ..config } }",
        ),
    ];
    report(&slow(kinds));
}
