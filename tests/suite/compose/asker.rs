//! Loads Compose files, as Docker Compose does.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::support::has_tool;

/// What the program is called.
const PROGRAM: &str = "todoc-compose";

/// What is asked.
#[derive(Debug, Clone)]
pub(crate) struct Question<'q> {
    /// The file.
    pub(crate) text: &'q str,
    /// The folder that it lies in.
    pub(crate) folder: &'q str,
    /// The variables of the shell.
    pub(crate) environment: &'q BTreeMap<String, String>,
}

/// What Compose answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// What it read, or why it can't.
    pub(crate) project: Result<Value, String>,
    /// What it warns of.
    pub(crate) said: Vec<String>,
}

/// The running program. It answers one question after the other: where several threads ask, each starts
/// its own.
pub(crate) struct Compose {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Compose {
    /// Starts it, if it is here.
    pub(crate) fn start() -> Option<Compose> {
        // It ends with its input, of which there is none.
        if !has_tool(PROGRAM, &mut Command::new(PROGRAM)) {
            return None;
        }
        let mut child = Command::new(PROGRAM)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it was here just now");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("its output is piped"));
        Some(Compose {
            child,
            input,
            output,
        })
    }

    /// Its answer.
    pub(crate) fn ask(&mut self, question: &Question) -> Answer {
        let Question {
            text,
            folder,
            environment,
        } = question;
        let request = json!({ "text": text, "folder": folder, "environment": environment });
        let input = self.input.as_mut().expect("it takes requests");
        // It reads a request whole before it answers, so that no pipe fills up.
        writeln!(input, "{request}").expect("it takes requests");
        input.flush().expect("it takes requests");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        let mut answer: Value = serde_json::from_str(&line).expect("an answer");
        let error = answer["error"].as_str().expect("a text").to_owned();
        let said = answer["said"].as_array().expect("a list").iter();
        Answer {
            said: said
                .map(|it| it.as_str().expect("a text").to_owned())
                .collect(),
            project: if error.is_empty() {
                Ok(answer["project"].take())
            } else {
                Err(error)
            },
        }
    }
}

impl Drop for Compose {
    fn drop(&mut self) {
        // It ends with its input.
        self.input = None;
        let _ = self.child.wait();
    }
}
