//! Any text ends in time, and without a panic: whatever it holds, however long its lines are and
//! however deep its braces.
//!
//! Time is compared, never measured: several times the text may take only some times as long for
//! each byte. It is the thread's own time of the processor, so that a busy machine changes nothing. What the command line adds (bytes that are no text, endless input, other folders and
//! languages) is in `cli`; damaged examples are in `recovery`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use todoc::backend::{BACKENDS, Backend, backend};
use todoc::catalog::keys::{self, Place};
use todoc::diag::render;
use todoc::diag::report::{FORMATS, Report, ReportedFile};
use todoc::source::{Files, SourceMap};
use todoc::{Compiled, Options, compile, compile_all, files_wanted};

use crate::support::{check_each, examples, read, report};

/// Optimised code is some twenty times quicker, so it gets longer texts: `.ci/run` tests it too.
const IS_SLOW: bool = cfg!(debug_assertions);

/// How long a long text is, in bytes.
const LONG: usize = if IS_SLOW { 40_000 } else { 20_000_000 };
/// How long the shorter of two texts is that are compared: noise counts for little.
const SHORT: usize = if IS_SLOW { 2_000 } else { 100_000 };
/// How many times longer the other one is.
const TIMES: usize = 8;
/// How many times longer it may take for each byte. Quadratic time takes `TIMES` times as long.
const SLACK: u32 = 4;
/// How often two texts are compared before they fail: the machine may have been busy.
const TRIES: usize = 4;

/// Compiles a text as far as it goes, and shows what is wrong with it.
fn answer(text: &str) -> (Compiled, String) {
    answer_in(text, BACKENDS)
}

/// The same in these formats.
fn answer_in(text: &str, formats: &[&'static Backend]) -> (Compiled, String) {
    let options = Options {
        emit: formats.to_vec(),
        source_name: "app.todo".to_owned(),
        files: named(text),
        ..Options::default()
    };
    let compiled = compile(text, &options);
    let sources = SourceMap::single("app.todo", text);
    let shown = render::text(&sources, &compiled.diagnostics);
    (compiled, shown)
}

/// Files for a text that names some: all of them hold an object.
fn named(text: &str) -> Files {
    const OBJECT: &[u8] = b"apiVersion: example.com/v1\nkind: Example\nmetadata: {name: a}\n";
    let names = text.contains("./").then(|| files_wanted(text));
    let names = names.into_iter().flatten();
    names.map(|path| (path, Ok(OBJECT.to_owned()))).collect()
}

/// The numbers of the codes of all that is wrong with a text, each once.
fn codes(text: &str) -> Vec<&'static str> {
    let (compiled, _) = answer(text);
    let all = compiled.diagnostics.iter();
    let codes: BTreeSet<_> = all.map(|diagnostic| diagnostic.code.number()).collect();
    codes.into_iter().collect()
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    check_each(&examples(), |fixture| {
        let (sound, _) = answer(&fixture.text);
        let returns = fixture.text.replace('\n', "\r\n");
        let others = [
            ("CRLF", returns.clone()),
            ("a mark", format!("\u{feff}{}", fixture.text)),
            ("both", format!("\u{feff}{returns}")),
            ("no last line end", fixture.text.trim_end().to_owned()),
        ];
        let others = others.iter().filter(|(_, text)| {
            let (other, shown) = answer(text);
            !shown.is_empty() || other.artifacts != sound.artifacts
        });
        others
            .map(|(what, _)| format!("with {what} it becomes something else"))
            .collect()
    });
}

#[test]
fn characters_that_mislead_are_errors_outside_of_strings() {
    const SOUND: &str = "app a\nconfig { K = \"v\" }\ntier t { image \"x:1\" }\n";
    assert_eq!(codes(SOUND), [""; 0]);
    for character in [
        "\0", "\u{1}", "\r", "\u{7f}", "\u{85}", "\u{202e}", "\u{2066}",
    ] {
        for (before, after) in [("app", " a"), ("K", " ="), ("{", " K"), ("", "app a")] {
            let place = [before, after].concat();
            let text = SOUND.replacen(&place, &[before, character, after].concat(), 1);
            let found = codes(&text);
            assert!(found.contains(&"E0102"), "{text:?}: {found:?}");
        }
    }
    // What only turns text around may stand in a string, where it is shown but not obeyed.
    let turned = SOUND.replace("\"v\"", "\"v\u{202e}w\"");
    assert_eq!(codes(&turned), [""; 0]);
    let wrong = turned.replace("image", "imagine");
    let (_, shown) = answer(&wrong);
    assert!(!shown.is_empty() && !shown.contains('\u{202e}'), "{shown}");
}

#[test]
fn a_text_that_says_nothing_lacks_its_app() {
    for text in [
        "",
        "\n",
        " ",
        "\r\n\t\n",
        "\u{feff}",
        "# nothing",
        "# one\n# two\n",
        ",\n",
    ] {
        assert!(codes(text).contains(&"E0301"), "{text:?}");
    }
}

#[test]
fn long_texts_end() {
    let many = |part: &str| part.repeat(LONG / part.len());
    for part in [
        "a", "1", " ", "\"", "{", "}", "[", "(", ",", "=", "#", "\\", "é", "\0", "a ", "a{",
        "[a, ", "[[a], ", "a=b,", "\"\"", "a{}", "{\n", "a {\n", "a\n", "# a\n", "\n",
    ] {
        let (_, shown) = answer(&many(part));
        // What is shown fits on some screens, however much is wrong.
        assert!(
            !shown.is_empty() && shown.len() < 100_000,
            "{part:?}: {}",
            shown.len()
        );
    }
    // The path of a value in a chart has a bound: what is made of it goes through it by recursion.
    let path = [
        "app a { helm { value \"",
        &many("a."),
        "a\" t.replicas } }\ntier t { image \"x:1\" }",
    ]
    .concat();
    assert_eq!(codes(&path)[0], "E0221");
    // So have values of shared keys that are made of others.
    let chain = (1..LONG / 20).map(|number| format!("K{number} = config.K{}\n", number - 1));
    let chain: String = chain.collect();
    let end = "}\ntier t { image \"x:1\"\n env { ..config } }\n";
    assert_eq!(
        codes(&format!("app a\nconfig {{\nK0 = \"v\"\n{chain}{end}"))[0],
        "E0310"
    );
    let inside = [
        ("app a\n#", "x", "\ntier t { image \"x:1\" }"),
        (
            "app a\ntier t { image \"x:1\"\n env { A = \"",
            "x",
            "\" } }",
        ),
        (
            "app a\ntier t { image \"x:1\"\n env { A = [",
            "\"x\", ",
            "\"x\"] } }",
        ),
        ("app a\ntier t { image \"x:1\" }", "\n", ""),
    ];
    for (before, part, after) in inside {
        let text = [before, &many(part), after].concat();
        let (compiled, shown) = answer(&text);
        assert!(
            compiled.app.is_some(),
            "{before:?} and many {part:?}: {shown}"
        );
    }
}

#[test]
fn of_many_errors_the_first_are_shown_and_the_others_counted() {
    let names = "tier a { image \"x:1\" }\n".repeat(if IS_SLOW { 10_000 } else { 100_000 });
    let (compiled, shown) = answer(&format!("app a\n{names}"));
    let rest = compiled.diagnostics.len() - render::MOST_SHOWN;
    assert_eq!(shown.matches("error[").count(), render::MOST_SHOWN);
    assert!(
        shown.ends_with(&format!("\nand {rest} more errors\n\n")),
        "{shown}"
    );
    assert!(rest > 9_000);
}

/// Makes a text of about so many bytes.
pub(crate) struct Kind {
    pub(crate) name: String,
    pub(crate) make: Box<dyn Fn(usize) -> String>,
}

/// A beginning, then one part again and again, with its number for `%`, then an end.
fn many(beginning: &'static str, part: &'static str, end: &'static str) -> Kind {
    let make = move |length: usize| {
        let mut text = beginning.to_owned();
        for number in 0.. {
            if text.len() >= length {
                break;
            }
            text.push_str(&part.replace('%', &number.to_string()));
        }
        text + end
    };
    Kind {
        name: format!("{beginning:?}, many {part:?}, {end:?}"),
        make: Box::new(make),
    }
}

/// How long this thread has had a processor.
pub(crate) fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("it never runs backwards")
}

/// How long it takes to answer a text.
pub(crate) fn time(text: &str) -> Duration {
    let start = now();
    let (compiled, shown) = answer(text);
    assert_eq!(compiled.diagnostics.is_empty(), shown.is_empty());
    now().saturating_sub(start)
}

/// The same in the formats for which the other targets don't count: those read the text once more for
/// each.
pub(crate) fn time_of_one_target(text: &str) -> Duration {
    let formats = BACKENDS.iter().copied();
    let formats: Vec<_> = formats.filter(|it| !it.reads_other_targets).collect();
    let start = now();
    let (compiled, shown) = answer_in(text, &formats);
    assert_eq!(compiled.diagnostics.is_empty(), shown.is_empty());
    now().saturating_sub(start)
}

/// How long it takes to report on a text in every format.
fn time_of_reports(text: &str) -> Duration {
    let (compiled, _) = answer(text);
    let report = Report {
        files: vec![ReportedFile {
            sources: SourceMap::single("app.todo", text),
            uri: "app.todo".to_owned(),
            diagnostics: compiled.diagnostics,
            notes: compiled.notes,
            accepted: Vec::new(),
        }],
        failures: Vec::new(),
    };
    let start = now();
    let length: usize = FORMATS.iter().map(|it| (it.write)(&report).len()).sum();
    assert!(length > 0);
    now().saturating_sub(start)
}

/// Fails with each kind of text whose time grows faster than its length.
fn are_linear(kinds: &[Kind]) {
    grow_linearly(kinds, time);
}

/// The same for what `time` measures.
fn grow_linearly(kinds: &[Kind], time: fn(&str) -> Duration) {
    grow(kinds, SHORT, TIMES, time);
}

/// The same for texts of so many bytes, and so many times that.
pub(crate) fn grow(kinds: &[Kind], length: usize, times: usize, time: fn(&str) -> Duration) {
    let factor = u32::try_from(times).expect("a small number") * SLACK;
    let mut failures = Vec::new();
    for Kind { name, make } in kinds {
        let (short, long) = (make(length), make(length * times));
        let both = |_| (time(&short), time(&long));
        let mut slow = (0..TRIES).map(both);
        if slow.all(|(short, long)| long > short * factor) {
            let (short, long) = both(0);
            failures.push(format!(
                "{name}: {short:?}, {times} times the text {long:?}"
            ));
        }
    }
    report(&failures);
}

#[test]
fn reports_take_linear_time() {
    grow_linearly(
        &[
            many("app a\n", "unknown% a b c\n", ""),
            many("app a\ntier t { ", "\"} ", "}"),
            many(
                "app a\nconfig {\n",
                "K% = 'sk-abcdefghij01klmn23opqr%'\n",
                "}\n",
            ),
            many(
                "app a\nconfig { ",
                "K% = 'sk-abcdefghij01klmn23opqr%', ",
                "}\n",
            ),
            many("app a\ntier t { image \"x:1\"\n needs", " u", " }\n"),
        ],
        time_of_reports,
    );
}

#[test]
fn long_lines_take_linear_time() {
    let parts = [
        "\"",
        "\"\"",
        "[",
        "(",
        "\\",
        ";",
        "\r",
        "\u{202e}",
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
        "1..",
        "a.b(\"c\") ",
        "a=[b]c ",
        "tier a{},",
        "tier a{} ",
        "secret A from env,",
        "a:{",
        "\"} ",
        "# {",
        "a,\"} ",
        "; {",
        "a={},",
        "a=,",
    ];
    let places = ["", "app a\ntier a { env { A = "];
    let kinds = places.map(|place| parts.map(|part| many(place, part, "")));
    are_linear(&kinds.into_iter().flatten().collect::<Vec<_>>());
}

#[test]
fn many_lines_take_linear_time() {
    let parts = [
        "\n",
        "#\n",
        "a\n",
        "{\n",
        "}\n",
        "\"\n",
        "[\n",
        "[a,\n",
        "a\n\n",
        "a {\n",
        "app a\n",
        "tier a {\n",
        "config { A = 1 }\n",
        "target a {\n",
        "a = \n",
        "tier a { a { b { c { d {\n",
        "  tier a { }\n",
        "postgres a external { url A }\n",
    ];
    let places = ["", "app a\ntier b {\n"];
    let kinds = places.map(|place| parts.map(|part| many(place, part, "")));
    are_linear(&kinds.into_iter().flatten().collect::<Vec<_>>());
}

#[test]
fn many_things_take_linear_time() {
    are_linear(&[
        many("app a\n", "tier t% { image \"x:1\"\n port 80 }\n", ""),
        many("app a\n", "tier t { image \"x:1\"\n port 80 }\n", ""),
        many("app a\n", "tier t% { image \"x:1\"\n needs t0 }\n", ""),
        many("app a\n", "tier t% { image \"x:1\"\n needs u% }\n", ""),
        many("app a\n", "tier t% { image \"x:1\"\n needs u }\n", ""),
        many("app a\n", "tier t% { image \"x:1\"\n needs t% }\n", ""),
        many("app a\ntier t { image \"x:1\"\n needs", " t%, t", " }\n"),
        many(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n env { A = \"http://t0:80\" } }\n",
            "",
        ),
        many(
            "app a\n",
            "tier t% { image \"postgres:17\"\n command \"a b\"\n replicas 0 }\n",
            "",
        ),
        many(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n expose nodeport 30000 }\n",
            "",
        ),
        many(
            "app a\n",
            "tier t% { image \"x:1\"\n port 80\n expose ingress \"a.b\" }\n",
            "",
        ),
        many(
            "app a\n",
            "postgres p% { version 16\n storage 1Gi\n secret P from env }\n",
            "",
        ),
        many(
            "app a\nsecret U from env\n",
            "postgres p% external { url U }\n",
            "",
        ),
        many("app a\n", "unknown% a b c\n", ""),
        many("app a\ntier t {\n", "unknown% a b c\n", ""),
        many("app a\ntier t { image \"x:1\"\n needs", " u%", " }\n"),
        many("app a\ntier t { image \"x:1\"\n needs", " t", " }\n"),
    ]);
}

#[test]
fn many_keys_take_linear_time() {
    let end = "}\ntier t { image \"x:1\"\n port 80\n env { ..config } }\n";
    are_linear(&[
        many(
            "app a\n",
            "tier t% { image \"x:1\" }\nsecret S% from env\n",
            "",
        ),
        many(
            "app a\nsecret S0 from env\n",
            "tier t% { image \"x:1\"\n env { S% } }\n",
            "",
        ),
        many("app a\nconfig {\n", "K% = \"v\"\n", end),
        many("app a\nconfig {\n", "K = \"v\"\n", end),
        many("app a\nconfig {\n", "K% = config.K0\n", end),
        many("app a\nconfig {\n", "K% = config.U%\n", end),
        many(
            "app a\nconfig {\nK0 = \"v\"\nK = config.K0\n",
            "K% = [config.K, config.K0]\n",
            end,
        ),
        many("app a\nconfig {\n", "K% = [config.K%, t.url]\n", end),
        many("app a\nconfig {\n", "K% = t.u%\n", end),
        many("app a\nconfig {\n", "K% = \"${K%}\"\n", end),
        many("app a\nconfig {\n", "K% = \"sqlite:/x%\"\n", end),
        many(
            "app a\ntier t { image \"x:1\"\n port 80\n env {\n",
            "K% = t.url\n",
            "}}\n",
        ),
        many("app a\ntier t { image \"x:1\"\n env {\n", "K%\n", "}}\n"),
        many("app a\ntier t { image \"x:1\"\n env {\n", "K\n", "}}\n"),
        many(
            "app a\nsecret K from env\ntier t { image \"x:1\"\n env {\n",
            "K\n",
            "}}\n",
        ),
        many(
            "app a\ntier t { image \"x:1\"\n",
            "secret S% from env\n",
            "}\n",
        ),
        many(
            "app a\ntier t { image \"x:1\"\n",
            "secret S% from env as \"k\"\n",
            "}\n",
        ),
        many(
            "app a\ntier t { build nextjs \".\" {\n",
            "A%=\"x\"\n",
            "}}\n",
        ),
        many(
            "app a\ntier t { build nextjs \".\" {\n",
            "A=\"x\"\n",
            "}}\n",
        ),
        many(
            "app a\ntier t { image \"x:1\"\n port 80\n env { A = [",
            "t.url, ",
            "t.url] } }\n",
        ),
    ]);
}

#[test]
fn many_targets_take_linear_time() {
    let apart = many("app a\n", "target t% { namespace n% }\n", "");
    grow_linearly(&[apart], time_of_one_target);
    are_linear(&[
        many("app a\n", "target t { namespace n% }\n", ""),
        many("app a\ntarget t {\n", "tier u% { replicas 2 }\n", "}\n"),
        many(
            "app a\ntier t { image \"x:1\" }\ntarget t {\n",
            "tier t { replicas 2 }\n",
            "}\n",
        ),
    ]);
}

/// How long it takes to check a text for all of its targets.
fn time_of_all_targets(text: &str) -> Duration {
    let start = now();
    let all = compile_all(text, &Options::default());
    assert!(!all.builds.is_empty());
    now().saturating_sub(start)
}

/// What is the same for all targets is found once: each target more costs what it says itself.
#[test]
fn targets_that_are_checked_together_take_linear_time() {
    let kinds = [
        many("app a\n", "target t% { namespace n% }\n", ""),
        many(
            "app a\ntier t { build nextjs \"./a\", port 3000\n env { A = u.public_url } }\n\
             tier u { image \"x:1\", port 80 }\n",
            "target t% { host \"h.example\" }\n",
            "",
        ),
    ];
    grow_linearly(&kinds, time_of_all_targets);
}

/// A file with one target for each of its tiers is compiled for each of them, so that all of it takes the
/// square of its length: no more.
#[test]
fn many_targets_of_many_tiers_take_the_time_of_what_they_become() {
    let text = |count: usize| {
        let tier = |number| {
            format!(
                "tier t{number} {{ build nextjs \"./a\", port 3000, expose nodeport {} }}\n\
                 target p{number} {{ host \"h.example\", tier t{number} {{ replicas 2 }} }}\n\
                 tier b{number} {{ build nextjs \"./b\", port 3000\n  env {{ A = t{number}.url }}\n}}\n",
                30000 + number
            )
        };
        let tiers: String = (0..count).map(tier).collect();
        format!("app a\n{tiers}")
    };
    let time = |count| {
        let text = text(count);
        let start = now();
        let all = compile_all(&text, &Options::default());
        assert_eq!(all.builds.len(), count);
        now().saturating_sub(start)
    };
    let tries = (0..TRIES).map(|_| (time(20), time(80)));
    let slow: Vec<_> = tries
        .take_while(|(short, long)| *long > *short * 16 * SLACK)
        .collect();
    assert!(slow.len() < TRIES, "4 times the targets: {slow:?}");
}

/// The chart of one target is compared with those of all others, so that it takes as many. All charts
/// take no more of them.
#[test]
fn charts_of_all_targets_take_little_longer_than_one() {
    const TARGETS: usize = 24;
    let targets = (0..TARGETS).map(|number| {
        let pods = number + 1;
        format!("target p{number} {{ namespace n{number}, tier t {{ replicas {pods} }} }}\n")
    });
    let text = format!(
        "app a\ntier t {{ build nextjs \"./a\", port 3000, expose nodeport 30000 }}\n{}",
        targets.collect::<String>()
    );
    let options = Options {
        emit: vec![backend("helm").expect("a backend")],
        ..Options::default()
    };
    let time = |run: &dyn Fn() -> Vec<Compiled>| {
        let start = now();
        let built = run();
        let end = now();
        assert!(built.iter().all(|it| it.artifacts.len() > TARGETS));
        end.saturating_sub(start)
    };
    let one = || vec![compile(&text, &options)];
    let all = || compile_all(&text, &options).builds;
    let tries = (0..TRIES).map(|_| (time(&one), time(&all)));
    let slow: Vec<_> = tries.take_while(|(one, all)| *all > *one * SLACK).collect();
    assert!(slow.len() < TRIES, "all charts beside one: {slow:?}");
}

#[test]
fn long_names_take_linear_time() {
    are_linear(&[
        many(
            "app a\ntier t { image \"x:1\" env { A = ",
            "tt",
            ".url } }\n",
        ),
        many("app a\ntier t { needs ", "tt", " }\n"),
        many("app a\ntier t { ", "imag", " 3 }\n"),
    ]);
}

/// What can't be read belongs to the unknown word before it, be there ever so many of both.
#[test]
fn unknown_words_take_linear_time() {
    let tier = "app a\ntier t {\n  image \"x:1\"\n";
    let kinds = [
        many(tier, "  foo%: bar\n", "}\n"),
        many(tier, "  foo%: bar, ", "}\n"),
        many("app a\n", "foo%: bar\n", ""),
        many("app a\n", "tier t% { password } ", "\n"),
    ];
    grow(&kinds, 5_000, TIMES, time);
}

#[test]
fn long_patches_take_linear_time() {
    let tier = "app a\ntier t { image \"x:1\"\n  patch Deployment {\n";
    let pods = format!("{tier}    spec: {{template: {{spec: {{containers: [{{name: t, args: [");
    let (tier, pods) = (tier.to_owned().leak(), pods.leak());
    are_linear(&[
        many(tier, "    a%: 1\n", "  }\n}\n"),
        many(tier, "    - a\n", "  }\n}\n"),
        many(pods, "1, ", "1]}]}}}\n  }\n}\n"),
        many(pods, "a, ", "1]}]}}}\n  }\n}\n"),
        many(pods, "{a%: 1}, ", "1]}]}}}\n  }\n}\n"),
    ]);
}

#[test]
fn many_files_take_linear_time() {
    let tier = "app a\ntier t { image \"x:1\"\n";
    are_linear(&[
        many(
            "app a\ntier t { image \"x:1\" }\n",
            "object \"./a.yaml\"\n",
            "",
        ),
        many(
            "app a\ntier t { image \"x:1\" }\n",
            "object \"./%/a.yaml\"\n",
            "",
        ),
        many(tier, "file \"./a\" at \"/p%\"\n", "}\n"),
        many(tier, "file \"./%/a\" at \"/p%\"\n", "}\n"),
        many(tier, "file \"./a\" at \"/p\"\n", "}\n"),
        many(tier, "writable \"/p%\"\n", "}\n"),
        many(tier, "writable \"/é%\"\n", "}\n"),
        many(tier, "writable \"/p\"\n", "}\n"),
        many(tier, "volume v% 1Gi at \"/p%\"\n", "}\n"),
    ]);
}

/// Each part is how a credential begins, so that each is looked at again.
#[test]
fn many_beginnings_of_credentials_take_linear_time() {
    let parts = [
        "-----BEGIN PRIVATE KEY-----\\n",
        "eyJ",
        "sk-",
        "://a:",
        "eyJ.eyJ.",
    ];
    let kinds = parts.map(|part| many("app a\nconfig {\n  K = \"", part, "\"\n}\n"));
    are_linear(&kinds);
    grow_linearly(&kinds, time_of_reports);
}

#[test]
fn long_strings_take_linear_time() {
    are_linear(&[
        many(
            "app a { naming { workload \"",
            "{tier}%",
            "\" } }\ntier t { image \"x:1\" }",
        ),
        many("app a { tag \"", "%", "\" }\ntier t { build nextjs \".\" }"),
        many("app a\ntier t { image \"", "%/", "x:1\" }"),
        many(
            "app a { helm { value \"",
            "a.",
            "a\" t.replicas } }\ntier t { image \"x:1\" }",
        ),
    ]);
}

/// The grammar cuts a text at the words that begin a top-level statement: it must know all.
#[test]
fn the_grammar_knows_the_words_at_which_a_text_is_cut() {
    let grammar = read("grammar/todo.pest");
    let (_, rule) = grammar
        .split_once("\nkeyword ")
        .expect("a rule of that name");
    let (rule, _) = rule.split_once('}').expect("it ends");
    let words: BTreeSet<_> = rule.split('"').skip(1).step_by(2).collect();
    let table: BTreeSet<_> = keys::rows(Place::Top).map(|row| row.word).collect();
    assert_eq!(words, table);
}

/// Nothing else guards the stack: pest is built without its own.
#[test]
fn no_rule_of_the_grammar_calls_itself() {
    let grammar = read("grammar/todo.pest");
    let rules = rules(&grammar);
    assert!(rules["file"].contains("fact1") && !rules["escape"].contains("b"));
    let mut reached = rules.clone();
    // The longest way without a circle passes each rule once.
    for _ in &rules {
        for (rule, called) in &mut reached {
            let further = called.iter().filter_map(|name| rules.get(name)).flatten();
            let further: Vec<_> = further.copied().collect();
            called.extend(further);
            assert!(!called.contains(rule), "{rule} calls itself");
        }
    }
}

/// The rules of a grammar, and the names in each.
fn rules(grammar: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut rules = BTreeMap::<_, BTreeSet<_>>::new();
    let mut rule = "";
    let mut rest = grammar;
    while let Some(first) = rest.chars().next() {
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        let length = match first {
            // Within quotes, a backslash takes the next character with it.
            '"' | '\'' => {
                let mut escaped = false;
                let end = rest[1..].find(|char| {
                    let ends = char == first && !escaped;
                    escaped = char == '\\' && !escaped;
                    ends
                });
                end.expect("a closing quote") + 2
            }
            '/' => rest.find('\n').unwrap_or(rest.len()),
            _ if is_word(first) => rest.find(|char| !is_word(char)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        if is_word(first) {
            if behind.trim_start().starts_with('=') {
                rule = token;
                rules.entry(rule).or_default();
            } else {
                rules.entry(rule).or_default().insert(token);
            }
        }
        rest = behind;
    }
    rules
}
