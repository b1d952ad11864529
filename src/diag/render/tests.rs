use super::{styled, text};
use crate::diag::Masks;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, SourceMap, Span};
use std::ops::Range;

const FILE: FileId = FileId(0);

fn span(range: Range<usize>) -> Span {
    Span::new(FILE, range)
}

fn at(range: Range<usize>) -> Diagnostic {
    Diagnostic::new(Code::UnknownWord, span(range), "no such word").label("here")
}

fn shown(source: &str, diagnostic: Diagnostic) -> String {
    text(&SourceMap::single("app.todo", source), &[diagnostic])
}

/// The lines between head and help: source and carets.
fn snippet(source: &str, range: Range<usize>) -> String {
    let shown = shown(source, at(range));
    let lines = shown.lines().skip(3).take_while(|line| !line.is_empty());
    lines.map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn a_diagnostic_is_head_places_and_help() {
    let source = "app todo\n\ntier web {\n  buidl nextjs\n}\n";
    let diagnostic = Diagnostic::new(
        Code::UnknownWord,
        span(23..28),
        "`buidl` means nothing here",
    )
    .label("no statement of a tier")
    .also(span(10..18), "in this tier")
    .fix("did you mean `build`?", span(23..28), "build")
    .help("see the list\nof statements");
    assert_eq!(
        shown(source, diagnostic),
        "\
error[E0109]: `buidl` means nothing here
  ┌─ app.todo:4:3
  │
3 │ tier web {
  │ -------- in this tier
4 │   buidl nextjs
  │   ^^^^^ no statement of a tier
  │
  = help: did you mean `build`?
  = help: see the list
    of statements

"
    );
}

#[test]
fn places_at_the_ends_of_lines_and_files_show() {
    assert_eq!(snippet("", 0..0), "1 │\n  │ ^ here\n");
    assert_eq!(snippet("ab", 2..2), "1 │ ab\n  │   ^ here\n");
    assert_eq!(snippet("ab\n", 3..3), "2 │\n  │ ^ here\n");
    assert_eq!(snippet("ab\r\ncd", 2..4), "1 │ ab\n  │   ^ here\n");
    assert_eq!(snippet("ab\r\ncd", 3..6), "1 │ ab\n  │   ^ here\n");
}

#[test]
fn a_place_of_several_lines_shows_its_first() {
    assert_eq!(
        snippet("tier a {\n  x\n}\n", 0..14),
        "1 │ tier a {\n  │ ^^^^^^^^ here\n"
    );
}

#[test]
fn no_span_is_too_wrong() {
    for (start, end) in [(7, 9), (900, 1000), (5, 2), (1, 2), (0, usize::MAX)] {
        let range = Range { start, end };
        assert!(shown("é日\n", at(range)).contains("app.todo:"));
    }
    let elsewhere = Diagnostic::new(
        Code::UnknownWord,
        Span::new(FileId(7), 0..1),
        "no such word",
    );
    assert_eq!(shown("a", elsewhere), "error[E0109]: no such word\n\n");
}

#[test]
fn carets_stand_below_what_they_mean() {
    assert_eq!(snippet("\tab", 1..3), "1 │     ab\n  │     ^^ here\n");
    assert_eq!(snippet("日本 ab", 7..9), "1 │ 日本 ab\n  │      ^^ here\n");
    assert_eq!(snippet("e\u{301}x", 3..4), "1 │ e\u{301}x\n  │  ^ here\n");
    assert!(shown("日本 ab", at(7..9)).contains("app.todo:1:4"));
}

#[test]
fn the_byte_order_mark_is_no_column() {
    let shown = shown("\u{feff}ab", at(3..5));
    assert!(
        shown.contains("app.todo:1:1\n") && shown.contains("1 │ ab\n"),
        "{shown}"
    );
}

#[test]
fn nothing_acts_on_the_terminal() {
    let evil = "\x1b]0;x\x07\u{202e}\u{9b}31m\r\x08";
    let diagnostic = Diagnostic::new(Code::UnknownWord, span(0..4), evil)
        .label(evil)
        .also(span(2..3), evil)
        .help(evil);
    let sources = SourceMap::single(evil, format!("{evil}\n"));
    let shown = text(&sources, &[diagnostic]);
    let acts = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
    assert_eq!(shown.chars().find(|c| acts(*c)), None, "{shown}");
}

#[test]
fn control_characters_keep_the_carets_in_place() {
    assert_eq!(
        snippet("\x1b[1m ab", 5..7),
        "1 │ ␛[1m ab\n  │      ^^ here\n"
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let mut line = "日x".repeat(5_000_000);
    line.push_str("bad");
    line.push_str(&"y".repeat(5_000_000));
    let shown = shown(&line, at(20_000_000..20_000_003));
    assert!(shown.contains("app.todo:1:10000001\n"), "{shown}");
    assert!(shown.contains("1 │ …日x") && shown.contains("xbady") && shown.contains("y…\n"));
    assert!(shown.len() < 800, "{shown}");
    let (source, carets) = (shown.lines().nth(3), shown.lines().nth(4));
    let width = |text: &str| {
        text.chars()
            .map(|c| if c == '日' { 2 } else { 1 })
            .sum::<usize>()
    };
    let column = source.and_then(|line| Some(width(line.split_once("bad")?.0)));
    assert_eq!(
        column,
        carets.and_then(|line| Some(width(line.split_once("^^^")?.0)))
    );
}

/// Of the source line and the line below it, where the one has `part` and the other its carets.
fn columns_of(shown: &str, part: &str) -> (Option<usize>, Option<usize>) {
    use unicode_width::UnicodeWidthStr;
    let (source, carets) = (shown.lines().nth(3), shown.lines().nth(4));
    let before = |line: Option<&str>, part: &str| Some(line?.split_once(part)?.0.width());
    (before(source, part), before(carets, "^"))
}

#[test]
fn every_line_of_source_fits_a_terminal_with_its_carets() {
    use unicode_width::UnicodeWidthStr;
    let fillers = [
        "x",
        "日",
        "e\u{301}",
        "\t",
        "日x",
        "🦀",
        "\u{200b}x",
        "\u{1b}",
    ];
    for filler in fillers {
        for (before, after) in [(0, 90), (10, 90), (34, 0), (68, 68), (90, 0), (500, 500)] {
            let (head, tail) = (filler.repeat(before), filler.repeat(after));
            let source = format!("{head}bad{tail}\n");
            let at = head.len();
            let shown = snippet_of(&source, at..at + 3);
            let (place, carets) = columns_of(&shown, "bad");
            assert!(place.is_some() && place == carets, "{shown}");
            for line in shown.lines().skip(3).take(1) {
                assert!(line.width() <= 80, "{} columns: {line}", line.width());
            }
        }
    }
}

/// A diagnostic without a label, as plain text.
fn snippet_of(source: &str, range: Range<usize>) -> String {
    let diagnostic = Diagnostic::new(Code::UnknownWord, span(range), "no such word");
    shown(source, diagnostic)
}

#[test]
fn a_long_line_begins_at_its_beginning_while_its_place_shows() {
    let line = format!("{}bad{}", "x".repeat(60), "y".repeat(100));
    let shown = snippet_of(&line, 60..63);
    assert!(
        shown.contains(&format!("1 │ {}bad", "x".repeat(60))),
        "{shown}"
    );
    let shown = snippet_of(&line, 60..120);
    assert!(
        shown.contains(&format!("1 │ …{}bad", "x".repeat(30))),
        "{shown}"
    );
}

#[test]
fn a_second_place_far_along_a_long_line_is_left_out() {
    let line = "x".repeat(1000);
    let shown = shown(&line, at(0..1).also(span(900..901), "there"));
    assert!(
        shown.contains("here") && !shown.contains("there"),
        "{shown}"
    );
}

#[test]
fn what_is_quoted_is_cut() {
    let long = "x".repeat(1_000_000);
    let diagnostic = Diagnostic::new(Code::UnknownWord, span(0..long.len()), &*long).label(&*long);
    assert!(shown(&long, diagnostic).len() < 2500);
}

#[test]
fn the_first_fifty_are_shown_and_the_rest_counted() {
    let sources = SourceMap::single("app.todo", "ab\n".repeat(100));
    let all: Vec<_> = (0..100).map(|line| at(line * 3..line * 3 + 2)).collect();
    let shown = text(&sources, &all);
    assert_eq!(shown.matches("error[E0109]").count(), 50);
    assert!(shown.ends_with("\n\nand 50 more errors\n\n"));
    assert!(text(&sources, &all[..51]).ends_with("\n\nand 1 more error\n\n"));
}

#[test]
fn beyond_those_that_were_kept_nobody_counts() {
    let sources = SourceMap::single("app.todo", "ab\n");
    let all = vec![at(0..1); crate::diag::MOST_KEPT];
    assert!(text(&sources, &all).ends_with("\nand at least 99950 more errors\n\n"));
}

#[test]
fn many_places_are_counted() {
    let source = "ab\n".repeat(2000);
    let many = (1..2000).fold(at(0..2), |all, line| {
        all.also(span(line * 3..line * 3 + 1), "again")
    });
    let shown = shown(&source, many);
    assert_eq!(shown.matches("again").count(), 8);
    assert!(shown.contains("= 1991 more such places\n"), "{shown}");
}

#[test]
fn a_line_between_two_places_is_shown() {
    let shown = shown(
        "a\nb\nc\n\n\nd\n",
        at(0..1).also(span(4..5), "").also(span(8..9), ""),
    );
    assert!(
        shown.contains("2 │ b\n3 │ c\n  │ -\n  ·\n6 │ d\n"),
        "{shown}"
    );
}

#[test]
fn warnings_say_so_and_errors_go_first() {
    let sources = SourceMap::single("app.todo", "ab\n".repeat(100));
    let warning = |line: usize| {
        let place = span(line * 3..line * 3 + 2);
        Diagnostic::new(Code::MovingTag, place, "it moves")
    };
    let mut all: Vec<_> = (0..60).map(warning).collect();
    all.extend((60..70).map(|line| at(line * 3..line * 3 + 2)));
    let shown = text(&sources, &all);
    assert_eq!(shown.matches("error[E0109]: no such word").count(), 10);
    assert_eq!(shown.matches("warning[W0501]: it moves").count(), 40);
    assert!(shown.starts_with("warning"), "by place");
    assert!(shown.ends_with("\n\nand 20 more warnings\n\n"), "{shown}");
    assert!(
        styled(&sources, &all, &Masks::of(&sources, &all))
            .contains("\x1b[1m\x1b[33mwarning[W0501]")
    );
    all.extend((0..2).map(|line| at(line..line)).cycle().take(60));
    let rest = "\n\nand 20 more errors, 60 more warnings\n\n";
    assert!(text(&sources, &all).ends_with(rest));
}

#[test]
fn what_is_masked_shows_nowhere() {
    let source = "  KEY = \"sk-canary-0123\", b # sk-canary-0123 again\n";
    let diagnostic = Diagnostic::new(Code::InvalidText, span(8..24), "no `sk-canary-0123`")
        .mask(span(8..24))
        .label("sk-canary-0123")
        .also(span(26..27), "behind")
        .help("not sk-canary-0123");
    // Another one on the line, which knows of no mask, and one whose place is within it.
    let others = [at(26..27), at(9..12)];
    let sources = SourceMap::single("app.todo", source);
    let shown = text(&sources, &[&[diagnostic][..], &others].concat());
    assert!(!shown.contains("canary"), "{shown}");
    assert_eq!(
        shown,
        "\
error[E0215]: no `•••`
  ┌─ app.todo:1:9
  │
1 │   KEY = •••, b # ••• again
  │         ^^^  - behind
  │         │
  │         •••
  │
  = help: not •••

error[E0109]: no such word
  ┌─ app.todo:1:27
  │
1 │   KEY = •••, b # ••• again
  │              ^ here

error[E0109]: no such word
  ┌─ app.todo:1:9
  │
1 │   KEY = •••, b # ••• again
  │         ^^^ here

"
    );
}

#[test]
fn a_mask_across_the_cut_of_a_long_line_stays_whole() {
    let secret = "canary".repeat(20);
    let source = format!("{}{secret}{}", "x".repeat(500), "y".repeat(500));
    let masked = Diagnostic::new(Code::InvalidText, span(0..1), "no").mask(span(500..620));
    let sources = SourceMap::single("app.todo", source);
    for place in [470, 480, 500, 560, 619, 620, 640, 649] {
        let shown = text(&sources, &[masked.clone(), at(place..place + 1)]);
        assert!(!shown.contains("can") && !shown.contains("ary"), "{shown}");
    }
}

#[test]
fn colours_change_nothing_else() {
    let sources = SourceMap::single("app.todo", "tier a {\n  x\n}\n");
    let all = [at(11..12).also(span(0..6), "in this tier").help("say more")];
    let plain = anstream::adapter::strip_str(&styled(&sources, &all, &Masks::of(&sources, &all)))
        .to_string();
    let trimmed: String = plain
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect();
    assert_eq!(trimmed, text(&sources, &all));
    assert!(
        styled(&sources, &all, &Masks::of(&sources, &all)).contains("\x1b[1m\x1b[31merror[E0109]")
    );
}
