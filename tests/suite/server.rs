//! A real API server, which says what it makes of objects: the program of `tests/apiserver`, which
//! `tests/tools apiserver` installs.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::thread;

use serde_json::{Value, json};

use crate::asked::Asked;

/// What the program is called.
const PROGRAM: &str = "todoc-apiserver";

/// What is asked of the server about an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Whether it would be created.
    Check,
    /// To create it.
    Create,
    /// To apply it over what there is.
    Apply,
    /// To delete it.
    Delete,
    /// What objects there are, whatever this one is.
    Describe,
}

impl Verb {
    fn word(self) -> &'static str {
        match self {
            Verb::Check => "check",
            Verb::Create => "create",
            Verb::Apply => "apply",
            Verb::Delete => "delete",
            Verb::Describe => "describe",
        }
    }
}

/// What the server says of one object.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    id: usize,
    /// The status of HTTP; 0 where it couldn't be asked.
    pub(crate) code: u16,
    /// Why it refuses; or its description, as OpenAPI.
    pub(crate) message: String,
    /// What it accepts and warns of.
    pub(crate) warnings: Vec<String>,
}

impl Verdict {
    /// Reads one.
    fn read(line: &str) -> Verdict {
        let value: Value = serde_json::from_str(line).expect("a verdict");
        let number = |key: &str| value[key].as_u64().expect("a number");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let warnings = value["warnings"].as_array().expect("a list");
        Verdict {
            id: usize::try_from(number("id")).expect("the number of an object"),
            code: u16::try_from(number("code")).expect("a status"),
            message: text(&value["message"]),
            warnings: warnings.iter().map(text).collect(),
        }
    }

    /// Whether it takes the object.
    pub(crate) fn is_yes(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// What is wrong with the object: a refusal or warnings.
    pub(crate) fn problems(&self) -> Vec<String> {
        let refusal = (!self.is_yes()).then(|| format!("{}: {}", self.code, self.message));
        refusal.into_iter().chain(self.warnings.clone()).collect()
    }
}

/// A running server. Its objects go with it.
pub(crate) struct Server {
    asked: Asked,
    namespaces: usize,
    /// The file by which kubectl finds it. Beside it are its certificate, `api.crt`, and `api.key`.
    pub(crate) kubeconfig: PathBuf,
}

impl Server {
    /// Starts one, if the program is here.
    pub(crate) fn start() -> Option<Server> {
        let mut asked = Asked::start(PROGRAM, &["--programs"])?;
        let told = asked.answer();
        Some(Server {
            asked,
            namespaces: 0,
            kubeconfig: told["kubeconfig"].as_str().expect("a path").into(),
        })
    }

    /// Its verdicts on objects, in their order; it takes them in any.
    pub(crate) fn ask(&mut self, verb: Verb, objects: &[Value]) -> Vec<Verdict> {
        let (input, output) = self.asked.pipes();
        let mut verdicts: Vec<Verdict> = thread::scope(|scope| {
            // Beside the reader: it answers while it is asked, and a pipe holds only so much.
            scope.spawn(move || {
                for (id, object) in objects.iter().enumerate() {
                    let request = json!({ "id": id, "verb": verb.word(), "object": object });
                    writeln!(input, "{request}").expect("it takes requests");
                }
                input.flush().expect("it takes requests");
            });
            let lines = output.lines().take(objects.len());
            lines
                .map(|line| Verdict::read(&line.expect("it answers")))
                .collect()
        });
        verdicts.sort_by_key(|verdict| verdict.id);
        assert_eq!(
            verdicts.len(),
            objects.len(),
            "every object has its verdict"
        );
        verdicts
    }

    /// The verdict on one object.
    pub(crate) fn ask_one(&mut self, verb: Verb, object: &Value) -> Verdict {
        let mut verdicts = self.ask(verb, std::slice::from_ref(object));
        verdicts.remove(0)
    }

    /// A namespace that nobody else uses, with labels, and the account that its pods run as.
    pub(crate) fn namespace(&mut self, labels: &Value) -> String {
        self.namespaces += 1;
        let name = format!("test-{}", self.namespaces);
        for object in [
            json!({ "apiVersion": "v1", "kind": "Namespace",
                "metadata": { "name": name, "labels": labels } }),
            json!({ "apiVersion": "v1", "kind": "ServiceAccount",
                "metadata": { "name": "default", "namespace": name } }),
        ] {
            let verdict = self.ask_one(Verb::Create, &object);
            assert!(verdict.is_yes(), "{object}: {verdict:?}");
        }
        name
    }
}
