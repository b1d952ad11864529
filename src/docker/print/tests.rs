//! Tests of the printer.

use super::*;
use crate::docker::FRONTEND;

fn argument(name: &str, public: bool) -> Instruction {
    Instruction::Arg {
        name: name.to_owned(),
        help: "is an argument",
        public,
    }
}

fn head(instructions: Vec<Instruction>) -> String {
    let stage = Stage {
        name: "runner",
        from: "node:24-slim".to_owned(),
        native: false,
        help: "is a stage",
        instructions,
    };
    directives(&Dockerfile {
        frontend: FRONTEND.to_owned(),
        header: String::new(),
        stages: vec![stage],
    })
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn every_line_knows_its_instruction() {
    let stage = |name, instructions| Stage {
        name,
        from: "node:24-slim".to_owned(),
        native: false,
        help: "is a stage",
        instructions,
    };
    let file = Dockerfile {
        frontend: FRONTEND.to_owned(),
        header: "made".to_owned(),
        stages: vec![
            stage("base", vec![argument("NPM_TOKEN", false)]),
            stage(
                "runner",
                vec![
                    Instruction::run(vec![words(&["a"]), words(&["b"])])
                        .because(Because::Option("packages")),
                    Instruction::User(5),
                ],
            ),
        ],
    };
    let (text, marks) = print_with_reasons(&file);
    assert_eq!(text, print(&file));
    assert_eq!(text.lines().count(), marks.len());
    let shown = text.lines().zip(&marks).map(|(line, mark)| {
        let because = match mark.because.as_slice() {
            [Because::Frame] => "frame",
            [Because::Recipe] => "recipe",
            [Because::Argument(name)] => name,
            [Because::Option(word) | Because::Contract(word)] => word,
            _ => "several",
        };
        format!("{} {because} {line}", mark.line)
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "1 frame # syntax=docker/dockerfile:1",
            "2 frame # check=error=true",
            "3 frame ",
            "4 frame # made",
            "5 recipe ",
            "6 recipe # base is a stage",
            "7 recipe FROM node:24-slim AS base",
            "8 NPM_TOKEN # NPM_TOKEN is an argument",
            "9 NPM_TOKEN ARG NPM_TOKEN",
            "10 recipe ",
            "11 recipe # runner is a stage",
            "12 recipe FROM node:24-slim AS runner",
            "13 packages RUN a \\",
            "14 packages     && b",
            "15 user USER 5:5",
        ]
    );
}

#[test]
fn variables_and_labels_keep_hostile_text() {
    let value = |text: &str| print_value(&DockerValue::text(text));
    assert_eq!(value("production"), "production");
    assert_eq!(value(""), r#""""#);
    assert_eq!(value(r#"a "b" $HOME \"#), r#""a \"b\" \$HOME \\""#);
    assert_eq!(value("it's # no comment"), r#""it's # no comment""#);
    assert_eq!(value("a\nUSER root"), r#""a USER root""#);
    assert_eq!(
        print_instruction(&Instruction::Label(vec![("title", "${A}`b`".to_owned())])),
        r#"LABEL title="\${A}`b`""#
    );
}

#[test]
fn variables_refer_to_others() {
    let path = DockerValue(vec![
        ValuePart::Text("/opt/venv/bin:".to_owned()),
        ValuePart::Variable("PATH".to_owned()),
    ]);
    assert_eq!(print_value(&path), "/opt/venv/bin:${PATH}");
}

#[test]
fn shell_words_stay_words() {
    assert_eq!(
        shell(&words(&["echo", "", "a b", "it's", "$HOME", "<<EOF", "*"])),
        r#"echo '' 'a b' "it's" "\$HOME" '<<EOF' '*'"#
    );
}

#[test]
fn commands_without_a_shell_are_json() {
    let command = words(&["say", r#""\"#, "a\tb\u{7f}", "é日", "\u{202e}\u{e0001}"]);
    assert_eq!(
        json(&command),
        r#"["say", "\"\\", "a\u0009b\u007f", "é日", "\u202e\udb40\udc01"]"#
    );
}

#[test]
fn a_cache_id_is_one_word() {
    let mount = Mount::Cache {
        id: "next-a,b c".to_owned(),
        target: "/app/.next/cache".to_owned(),
        locked: false,
    };
    assert_eq!(
        print_mount(&mount),
        "--mount=type=cache,id=next-a-b-c,target=/app/.next/cache"
    );
}

#[test]
fn linters_are_told_of_public_names_alone() {
    assert_eq!(
        head(vec![argument("NEXT_PUBLIC_API_URL", true)]),
        head(Vec::new())
    );
    let public = head(vec![
        argument("NEXT_PUBLIC_FIREBASE_API_KEY", true),
        argument("VITE_AUTH_URL", true),
    ]);
    assert!(public.contains("\n# check=skip=SecretsUsedInArgOrEnv;error=true\n"));
    assert!(public.ends_with("\n# hadolint global ignore=DL3064"));
    let secret = head(vec![
        argument("NEXT_PUBLIC_TOKEN", true),
        argument("NODE_AUTH_TOKEN", false),
    ]);
    assert_eq!(secret, head(Vec::new()));
}
