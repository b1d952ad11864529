//! Renders and lints charts, in both Helms.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::asked::Asked;

/// What the program is called.
const PROGRAM: &str = "todoc-helm";

/// The versions of Helm that it has.
pub(crate) const HELMS: [u8; 2] = [4, 3];

/// A chart: texts by their paths below its folder.
pub(crate) type Files = BTreeMap<String, String>;

/// What is asked about a chart.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    verb: &'static str,
    helm: u8,
    values: Vec<String>,
    set: Vec<String>,
    release: String,
    namespace: String,
    kubernetes: &'static str,
}

impl Case {
    /// What `helm template` of this version of Helm prints for a chart's defaults.
    pub(crate) fn render(helm: u8) -> Case {
        Case {
            verb: "render",
            helm,
            values: Vec::new(),
            set: Vec::new(),
            release: "some-release".to_owned(),
            namespace: "default".to_owned(),
            kubernetes: "v1.33.0",
        }
    }

    /// What `helm lint --strict` says.
    pub(crate) fn lint(helm: u8) -> Case {
        Case {
            verb: "lint",
            ..Case::render(helm)
        }
    }

    /// Another values file, over those so far.
    pub(crate) fn file(mut self, text: &str) -> Case {
        self.values.push(text.to_owned());
        self
    }

    /// Values of another file, over those so far.
    pub(crate) fn values(self, values: &Value) -> Case {
        self.file(&printable(&values.to_string()))
    }

    /// What stands behind another `--set`.
    pub(crate) fn set(mut self, text: &str) -> Case {
        self.set.push(text.to_owned());
        self
    }

    /// Into another namespace than `default`.
    pub(crate) fn into(mut self, namespace: &str) -> Case {
        namespace.clone_into(&mut self.namespace);
        self
    }

    /// Onto another version of Kubernetes.
    pub(crate) fn onto(mut self, kubernetes: &'static str) -> Case {
        self.kubernetes = kubernetes;
        self
    }

    fn request(&self) -> Value {
        json!({ "do": self.verb, "helm": self.helm, "values": self.values, "set": self.set,
            "release": self.release, "namespace": self.namespace, "kube": self.kubernetes })
    }
}

/// JSON as a reader of YAML takes it: characters that it allows in escapes alone are escaped. Others
/// aren't: it doesn't know the pairs of escapes that JSON has for some of them.
fn printable(json: &str) -> String {
    let mut text = String::new();
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text
}

/// What Helm answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// The objects of each template, as an API server would get them.
    pub(crate) objects: BTreeMap<String, Vec<Value>>,
    /// The templates that it tells of.
    changed: BTreeSet<String>,
    /// What NOTES.txt becomes.
    pub(crate) notes: String,
    /// What stands behind `Error: `.
    pub(crate) error: Option<String>,
    /// What is logged, or each finding of lint.
    pub(crate) said: Vec<String>,
}

impl Answer {
    fn read(mut value: Value) -> Answer {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let objects = value["objects"].take();
        let error = text(&value["error"]);
        let changed = value["changed"].take();
        let said = value["said"].as_array().expect("a list");
        Answer {
            changed: serde_json::from_value(changed).expect("paths of templates"),
            objects: serde_json::from_value(objects).expect("objects by template"),
            notes: text(&value["notes"]),
            error: (!error.is_empty()).then_some(error),
            said: said.iter().map(text).collect(),
        }
    }

    /// All objects, without the names of their templates.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Value> {
        self.objects.values().flatten()
    }

    /// The objects by the templates that another answer tells of.
    pub(crate) fn of(&self, other: &Answer) -> impl Iterator<Item = (&String, &Vec<Value>)> {
        let objects = self.objects.iter();
        objects.filter(|(template, _)| other.changed.contains(*template))
    }
}

/// The running program. It answers one chart after the other: where several threads ask, each starts
/// its own.
pub(crate) struct Helm(Asked);

impl Helm {
    /// Starts it, if it is here.
    pub(crate) fn start() -> Option<Helm> {
        Asked::start(PROGRAM, &["--versions"]).map(Helm)
    }

    /// Its answers about a chart, in the order of the cases.
    pub(crate) fn ask(&mut self, files: &Files, cases: &[Case]) -> Vec<Answer> {
        self.answers(files, cases, false)
    }

    /// The same, where those behind the first tell of the templates alone whose texts aren't those of the first.
    pub(crate) fn ask_for_changes(&mut self, files: &Files, cases: &[Case]) -> Vec<Answer> {
        self.answers(files, cases, true)
    }

    fn answers(&mut self, files: &Files, cases: &[Case], changes: bool) -> Vec<Answer> {
        let cases: Vec<_> = cases.iter().map(Case::request).collect();
        let count = cases.len();
        let request = json!({ "files": files, "cases": cases, "changes": changes });
        let mut answer = self.0.ask(&request);
        let Value::Array(answers) = answer["answers"].take() else {
            panic!("no answers: {answer}");
        };
        assert_eq!(answers.len(), count, "each case has its answer");
        answers.into_iter().map(Answer::read).collect()
    }

    /// Its answer about one case.
    pub(crate) fn ask_one(&mut self, files: &Files, case: Case) -> Answer {
        self.ask(files, &[case]).remove(0)
    }
}
