//! Reports: each is what it says it is for any bytes, holds all that was found, and shows no
//! credential.

use std::fs;

use serde_json::Value;
use todoc::compile_all;
use todoc::diag::report::{FORMATS, Report, ReportedFile};
use todoc::diag::{Code, Diagnostic};
use todoc::source::{FileId, SourceMap, Span};
use todoc::{Options, check_all};

use crate::cli::{TODO, Test};
use crate::schema::faults;
use crate::support::{check_each, fixtures, named, read, report};

/// A program with an error, a warning and one that is accepted.
const WRONG: &str = "\
app todo

tier web {
  image 'nginx'
  port 8080
  user 0
}

tier api {
  image \"ghcr.io/acme/api:latest\"
  allow W0501 \"as the vendor ships it\"
  needs wbe
}
";

/// What a report says of a program.
pub(crate) fn written(format: &str, program: &str) -> String {
    let all = compile_all(
        program,
        &Options {
            files: named(program),
            ..Options::default()
        },
    );
    let accepted = all.accepted.into_iter();
    let file = ReportedFile {
        sources: SourceMap::single("app.todo", program),
        uri: "app.todo".to_owned(),
        diagnostics: all.diagnostics,
        notes: all.notes,
        accepted: accepted.map(|it| (it.diagnostic, it.reason)).collect(),
    };
    as_text(
        format,
        &Report {
            files: vec![file],
            failures: Vec::new(),
        },
    )
}

fn as_text(format: &str, report: &Report) -> String {
    let format = FORMATS.iter().find(|it| it.name == format);
    (format.expect("a format").write)(report)
}

/// What its schema forbids in a report.
fn schema_faults(format: &str, text: &str) -> Vec<String> {
    let path = match format {
        "json" => "docs/report.schema.json",
        _ => "tests/schemas/sarif-2.1.0.json",
    };
    let schema: Value = serde_json::from_str(&read(path)).expect("a schema");
    match serde_json::from_str(text) {
        Ok(value) => faults(&schema, &value),
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn each_format_tells_it_in_its_own_way() {
    let failures = FORMATS.iter().filter_map(|format| {
        let file = format!("reports/{}.txt", format.name);
        crate::support::golden(&file, &written(format.name, WRONG))
    });
    report(&failures.collect::<Vec<_>>());
}

#[test]
fn json_and_sarif_keep_to_their_schemas() {
    check_each(&fixtures("tests/errors"), |fixture| {
        let (program, _) = crate::errors::parts(&fixture.text);
        let formats = ["json", "sarif"].into_iter();
        formats
            .flat_map(|format| schema_faults(format, &written(format, program)))
            .collect()
    });
}

#[test]
fn reports_hold_all_that_was_found() {
    let program = format!("app todo\n{}", "tier a { image 'x' }\n".repeat(300));
    let all = check_all(&program, named(&program)).len();
    assert!(all > 300);
    let value: Value = serde_json::from_str(&written("json", &program)).expect("JSON");
    assert_eq!(
        value["files"][0]["diagnostics"].as_array().map(Vec::len),
        Some(all)
    );
    assert_eq!(value["summary"]["errors"], all);
    let value: Value = serde_json::from_str(&written("sarif", &program)).expect("SARIF");
    assert_eq!(
        value["runs"][0]["results"].as_array().map(Vec::len),
        Some(all)
    );
    assert_eq!(written("short", &program).lines().count(), all);
    assert!(written("human", &program).ends_with(&format!("\nand {} more errors\n\n", all - 50)));
}

#[test]
fn github_gets_no_more_than_it_shows() {
    let wrong = "  image 'x'\n".repeat(15);
    let tier = |it| format!("tier t{it} {{\n  image \"x:1\"\n  user 0\n}}\n");
    let tiers = (0..12).map(tier).collect::<Vec<_>>().concat();
    let program = format!("app todo\n{tiers}tier w {{\n{wrong}}}\n");
    let errors = check_all(&program, named(&program)).len() - 12;
    assert!(errors > 10);
    let text = written("github", &program);
    let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(count("::error "), 10);
    assert_eq!(count("::warning "), 10);
    let notice = format!(
        "::notice title=todoc::and {} more errors, 2 more warnings, which GitHub would not show",
        errors - 10
    );
    assert_eq!(text.lines().last(), Some(&*notice));
    assert_eq!(text.lines().count(), 21);
}

/// Each by itself, with the format that it is lost in.
#[test]
fn losses_are_told_with_their_format() {
    let span = Span::new(FileId(0), 4..8);
    let found = Diagnostic {
        backend: Some("compose"),
        ..Diagnostic::new(Code::ResourcesLost, span, "the cpu request of `web`")
    };
    let all = Report {
        files: vec![ReportedFile {
            sources: SourceMap::single("app.todo", "app todo\n"),
            uri: "app.todo".to_owned(),
            diagnostics: Vec::new(),
            notes: vec![found.clone(), found],
            accepted: Vec::new(),
        }],
        failures: Vec::new(),
    };
    let short = "app.todo:1:5: loss[L0204]: compose: the cpu request of `web`\n";
    assert_eq!(as_text("short", &all), short.repeat(2));
    let github = "::notice file=app.todo,line=1,endLine=1,col=5,endColumn=9,title=L0204::compose: \
                  the cpu request of `web`\n";
    assert_eq!(as_text("github", &all), github.repeat(2));
    for format in ["json", "sarif"] {
        report(&schema_faults(format, &as_text(format, &all)));
    }
    let json: Value = serde_json::from_str(&as_text("json", &all)).expect("JSON");
    assert_eq!(json["summary"]["losses"], 2);
    let first = &json["files"][0]["diagnostics"][0];
    assert_eq!(
        (&first["severity"], &first["backend"]),
        (&"loss".into(), &"compose".into())
    );
    let sarif: Value = serde_json::from_str(&as_text("sarif", &all)).expect("SARIF");
    let first = &sarif["runs"][0]["results"][0];
    assert_eq!(first["level"], "note");
    assert_eq!(first["properties"]["backend"], "compose");
}

/// Names and texts that end lines, properties or strings in one of the formats.
#[test]
fn no_text_breaks_out_of_its_report() {
    let name = "a,b:c%0A\n::error::x\"\\\u{1b}[31m\u{9b}31m\u{7f}\u{202e}.todo";
    let text = "app todo\u{1b}\u{9b}\u{202e}\u{7f}\n::error::y\n%0A\r\"\\";
    let span = Span::new(FileId(0), 3..9);
    let found = Diagnostic::new(Code::UnknownWord, span, format!("{text}\u{7}"))
        .label(text)
        .also(span, text)
        .fix(text, span, text);
    let hostile = Report {
        files: vec![ReportedFile {
            sources: SourceMap::single(name, text),
            uri: "a%2Cb.todo".to_owned(),
            diagnostics: vec![found.clone()],
            notes: Vec::new(),
            accepted: vec![(found, text.to_owned())],
        }],
        failures: vec![text.to_owned()],
    };
    for format in ["json", "sarif"] {
        report(&schema_faults(format, &as_text(format, &hostile)));
    }
    let github = as_text("github", &hostile);
    let is_ours = |line: &str| {
        line.starts_with("::error title=todoc::app todo")
            || line.starts_with("::error file=a%2Cb%3Ac%250A%0A%3A%3Aerror%3A%3Ax")
    };
    assert_eq!(github.lines().filter(|line| is_ours(line)).count(), 2);
    assert_eq!(github.lines().count(), 2, "{github}");
    for format in FORMATS.iter().map(|format| format.name) {
        let text = as_text(format, &hostile);
        let acts = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        assert!(!text.contains(acts), "{format}: {text:?}");
    }
    for format in ["short", "human"] {
        let text = as_text(format, &hostile);
        assert!(text.lines().all(|line| !line.starts_with("::")), "{text}");
    }
    assert_eq!(as_text("short", &hostile).lines().count(), 2);
}

/// The very bytes of the maker's kinds of credential, each in places where a report quotes the text.
#[test]
fn no_credential_is_shown_anywhere() {
    let canaries = [
        "sk-canary01qr23456789ab4defghij",
        "AKIACANARY0123456789",
        "ghp_canary0123456789abcdefghij0123456789abcd",
        "eyJjYW5hcnkiOiJ4In0.eyJjYW5hcnkiOiIxMjM0In0.canary0123456789",
    ];
    for canary in canaries {
        let program = format!(
            "app todo\n\nconfig {{ KEY = '{canary}' }}\n\ntier web {{\n  image \"nginx:1.29\"\n  \
             name \"{canary}\"\n  port 3000;\n  env {{ URL = \"{canary}\", A = {canary} }}\n  \
             patch Deployment {{\n    a: '{canary}'\n    b: [\n  }}\n}}\n"
        );
        for format in FORMATS {
            let text = written(format.name, &program);
            assert!(!text.contains(canary), "{}: {text}", format.name);
        }
        let test = Test::new().file("app.todo", &program);
        for options in [&["check", "app.todo"][..], &["check", "app.todo", "--diff"]] {
            let ran = test.run(options);
            assert_eq!(ran.status, Some(1));
            let told = ran.stdout + &ran.stderr;
            assert!(told.contains("•••") && !told.contains(canary), "{told}");
        }
    }
}

/// Nothing in these looks like a credential, and yet they are the values of secrets.
#[test]
fn what_somebody_wrote_behind_a_secret_is_not_shown_either() {
    const VALUE: &str = "hunter2canary";
    let mut failures = Vec::new();
    for line in [
        "secret KEY = \"VALUE\"",
        "secret KEY = ['x', \"VALUE\"]",
        "secret KEY = 'VALUE'",
        "secret KEY = “VALUE”",
        "secret KEY = VALUE",
        "secret KEY \"VALUE\"",
        "secret KEY: \"VALUE\"",
        "secret KEY => \"VALUE\"",
        "secret KEY from \"VALUE\"",
        "secret KEY from env \"VALUE\"",
        "secret KEY from env = \"VALUE\"",
        "secret KEY from env { value \"VALUE\" }",
        "secret KEY from env { default = \"VALUE\" }",
        "postgres db { password \"VALUE\" }",
        "tier api { image \"api:1\", api_key = \"VALUE\" }",
        "token \"VALUE\"",
    ] {
        let line = line.replace("VALUE", VALUE);
        let program = format!("app shop\n{line}\ntier web {{ image 'web:1', env {{ KEY }} }}\n");
        for format in FORMATS {
            let told = written(format.name, &program);
            if told.contains(VALUE) || !told.contains("E0") {
                failures.push(format!("{}: {line}:\n{told}", format.name));
            }
        }
    }
    report(&failures);
}

#[test]
fn several_reports_are_written_at_once() {
    let test = Test::new().file("app.todo", WRONG).file("good.todo", TODO);
    let ran = test.run(&[
        "check",
        "app.todo",
        "good.todo",
        "missing.todo",
        "--report",
        "github",
        "--report",
        "human",
        "--report",
        "sarif=todoc.sarif",
        "--report",
        "json=todoc.json",
        "--report",
        "human=todoc.txt",
    ]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stdout
            .starts_with("::error title=todoc::can't read `missing.todo`")
    );
    assert_eq!(ran.stdout.lines().count(), 7, "{}", ran.stdout);
    assert!(ran.stderr.contains("error[E0106]") && ran.stderr.contains("good.todo: no errors\n"));
    report(&schema_faults("sarif", &test.read("todoc.sarif")));
    report(&schema_faults("json", &test.read("todoc.json")));
    assert!(test.read("todoc.txt").starts_with("error[E0106]"));
    let value: Value = serde_json::from_str(&test.read("todoc.json")).expect("JSON");
    let paths: Vec<_> = value["files"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| &it["path"])
        .collect();
    assert_eq!(paths, ["app.todo", "good.todo"]);
    assert_eq!(value["failures"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        value["summary"],
        serde_json::json!({ "errors": 2, "warnings": 1, "losses": 0, "notes": 3, "accepted": 1 })
    );
}

#[test]
fn a_build_reports_as_well_and_keeps_out_of_its_way() {
    let test = Test::new().file("app.todo", TODO).file("wrong.todo", WRONG);
    let ran = test.run(&["build", "app.todo", "--report", "json"]);
    assert_eq!(ran.status, Some(0));
    report(&schema_faults("json", &ran.stdout));
    assert!(ran.stderr.contains("Next"), "{}", ran.stderr);

    let ran = test.run(&["build", "wrong.todo", "--report", "short"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stdout.starts_with("wrong.todo:4:9: error[E0106]: "),
        "{}",
        ran.stdout
    );
    let last =
        "2 errors, 1 warning in wrong.todo; nothing was built; `todoc explain E0106` says more\n";
    assert_eq!(ran.stderr, last);

    for options in [
        &["--report", "json", "--report", "sarif"][..],
        &["--report", "json", "--stdout"],
    ] {
        let ran = test.run(&[&["build", "app.todo"], options].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(
            ran.stderr.contains("standard output takes one report"),
            "{}",
            ran.stderr
        );
    }
    let ran = test.run(&["check", "app.todo", "--report", "xml"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr
            .contains("formats are human, short, json, sarif, github")
    );
    let ran = test.run(&["check", "app.todo", "--report", "json=no/such/folder"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.contains("can't write `no/such/folder`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn each_report_has_a_place_of_its_own() {
    let test = Test::new().file("app.todo", TODO);
    let twice = ["--report", "json=a.json", "--report", "sarif=a.json"];
    test.run(&[&["check", "app.todo"][..], &twice].concat()).fails(
        "error: `a.json` takes one report\nhelp: name a file for each: `--report json=report.json`\n",
    );
    for (report, place) in [("json=-", "standard output"), ("human=-", "standard error")] {
        let ran = test.run(&["check", "app.todo", "--report", report]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        let expected = format!("leave out `=-`: without a file it goes to {place}");
        assert!(ran.stderr.contains(&expected), "{}", ran.stderr);
    }
    assert_eq!(test.tree("").len(), 1);
}

#[test]
fn a_report_that_cannot_be_written_hides_no_failure() {
    let test = Test::new().file("app.todo", TODO).file("out", "");
    let ran = test.run(&[
        "build",
        "app.todo",
        "--out",
        "out",
        "--report",
        "json=no/such",
    ]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ran.stderr,
        "error: can't write to `out`: it is a file, not a folder\n\
         error: can't write `no/such`: there is no such file or folder\n"
    );
}

#[cfg(unix)]
#[test]
fn any_bytes_may_name_a_file_and_stand_in_it() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let test = Test::new();
    let name = OsStr::from_bytes(b"a\xff b\n:%\"\\.todo");
    fs::write(test.path("").join(name), b"app \xfe todo \"\x1b\n").expect("a file");
    for format in ["json", "sarif"] {
        let mut command = test.command(&["check", "--report", format]);
        let output = command.arg(name).output().expect("todoc runs");
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8(output.stdout).expect("text");
        report(&schema_faults(format, &told));
        if format == "sarif" {
            assert!(
                told.contains("\"uri\": \"a%FF%20b%0A%3A%25%22%5C.todo\""),
                "{told}"
            );
        }
    }
}
