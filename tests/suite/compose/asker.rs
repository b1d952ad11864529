//! Loads Compose files, as Docker Compose does.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::asked::Asked;

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
pub(crate) struct Compose(Asked);

impl Compose {
    /// Starts it, if it is here.
    pub(crate) fn start() -> Option<Compose> {
        // It ends with its input, of which there is none.
        Asked::start(PROGRAM, &[]).map(Compose)
    }

    /// Its answer.
    pub(crate) fn ask(&mut self, question: &Question) -> Answer {
        let Question {
            text,
            folder,
            environment,
        } = question;
        let request = json!({ "text": text, "folder": folder, "environment": environment });
        let mut answer = self.0.ask(&request);
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
