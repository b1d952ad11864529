//! What is asked of `kubectl`. It finds the cluster and logs in, as for every other command of the
//! user's; nothing here connects to anything. What it says is handed on to it as it stands, and masked
//! where it is shown.

use super::child::{Ended, Program};
use super::mask::Mask;
use super::secret::Secret;
use crate::cli::Failure;
use std::ffi::OsString;
use std::io::ErrorKind;

/// The field manager under which Secrets are written: by it the server knows what earlier runs wrote.
const MANAGER: &str = "todoc";

/// A cluster, by way of `kubectl`.
pub(super) struct Kubectl<'a> {
    /// What must not be shown of what it says.
    pub(super) mask: Mask,
    /// Variables that it doesn't get.
    pub(super) without: &'a [String],
    /// The context; that of the configuration until it is known.
    pub(super) context: Option<String>,
    pub(super) namespace: &'a str,
}

/// Which cluster a context means, masked.
pub(super) struct Place {
    pub(super) context: String,
    pub(super) server: String,
}

/// What the cluster has of a Secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// None of that name.
    Missing,
    /// One.
    There {
        /// Its `resourceVersion`, which changes with it.
        version: String,
        /// When our fields of it changed last.
        changed: String,
        keys: Vec<String>,
    },
    /// Whoever asks may not read Secrets.
    Unreadable,
}

/// A Secret that was applied, or would be.
pub(super) struct Applied {
    pub(super) version: String,
    pub(super) changed: String,
    pub(super) keys: Vec<String>,
}

/// What is asked of a Secret.
const STATE: &str = r#"go-template={{.metadata.resourceVersion}}{{"\n"}}{{range .metadata.managedFields}}{{if eq .manager "todoc"}}{{.time}}{{end}}{{end}}{{"\n"}}{{range $key, $value := .data}}{{$key}}{{"\n"}}{{end}}"#;

/// A template of its keys and values.
const DATA: &str =
    r#"go-template={{range $key, $value := .data}}{{$key}} {{$value}}{{"\n"}}{{end}}"#;

impl Kubectl<'_> {
    /// Asks which cluster it is, and stays with that.
    pub(super) fn place(&mut self) -> Result<Place, Failure> {
        let format = r#"jsonpath={.contexts[0].name}{"\n"}{.clusters[0].cluster.server}"#;
        let ended = self.run(&["config", "view", "--minify", "-o", format], None)?;
        let text = heard(&ended)?;
        let (context, server) = text.split_once('\n').unwrap_or((&text, ""));
        self.context = Some(context.to_owned());
        Ok(Place {
            context: self.masked(context),
            server: self.masked(server.trim_end()),
        })
    }

    /// A text without values, for people.
    pub(super) fn masked(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.mask.over(text.as_bytes())).into_owned()
    }

    /// What there is of a Secret: names and keys, and no value.
    pub(super) fn state(&self, name: &str) -> Result<State, Failure> {
        let words = [
            "get",
            "secret",
            name,
            "--ignore-not-found",
            "--show-managed-fields",
        ];
        let ended = self.run(
            &[&words[..], &["-n", self.namespace, "-o", STATE]].concat(),
            None,
        )?;
        if !ended.status.success() && is_forbidden(&ended.stderr) {
            return Ok(State::Unreadable);
        }
        let text = heard(&ended)?;
        let mut lines = text.lines();
        let (Some(version), Some(changed)) = (lines.next(), lines.next()) else {
            return Ok(State::Missing);
        };
        Ok(State::There {
            version: version.to_owned(),
            changed: changed.to_owned(),
            keys: lines.map(str::to_owned).collect(),
        })
    }

    /// The value of a key that is there, in base64.
    pub(super) fn value(&self, name: &str, key: &str) -> Result<Secret, Failure> {
        // Of a string's characters, keys have none that a template reads otherwise.
        let format = format!(r#"go-template={{{{index .data "{key}"}}}}"#);
        let words = ["get", "secret", name, "-n", self.namespace, "-o", &format];
        let ended = self.run(&words, None)?;
        if ended.status.success() {
            return Ok(ended.stdout);
        }
        Err(failed(&ended.stderr))
    }

    /// What a Secret that is there holds: a line for each key, with its value in base64 behind a blank.
    pub(super) fn data(&self, name: &str) -> Result<Secret, Failure> {
        let words = ["get", "secret", name, "-n", self.namespace, "-o", DATA];
        let ended = self.run(&words, None)?;
        if ended.status.success() {
            return Ok(ended.stdout);
        }
        Err(failed(&ended.stderr))
    }

    /// Whether the namespace is there.
    pub(super) fn has_namespace(&self) -> Result<bool, Failure> {
        self.has(&["namespace", self.namespace])
    }

    /// Whether a claim is there, with data on it.
    pub(super) fn has_claim(&self, name: &str) -> Result<bool, Failure> {
        self.has(&["persistentvolumeclaim", name, "-n", self.namespace])
    }

    fn has(&self, what: &[&str]) -> Result<bool, Failure> {
        let words = [&["get"], what, &["--ignore-not-found", "-o", "name"]].concat();
        let ended = self.run(&words, None)?;
        Ok(!heard(&ended)?.trim().is_empty())
    }

    /// Makes the namespace, by its object.
    pub(super) fn make_namespace(&self, object: &str) -> Result<(), Failure> {
        let object = Secret::new(object.as_bytes().to_vec());
        let ended = self.run(&["apply", "-f", "-"], Some(&object))?;
        heard(&ended).map(drop)
    }

    /// Applies the document of a Secret; `dry` asks the server what it would do.
    pub(super) fn apply(&self, document: &Secret, dry: bool) -> Result<Applied, Failure> {
        let manager = format!("--field-manager={MANAGER}");
        let mut words = vec!["apply", "--server-side", &manager, "--force-conflicts"];
        words.extend(dry.then_some("--dry-run=server"));
        words.extend(["-f", "-", "--show-managed-fields", "-o", STATE]);
        let ended = self.run(&words, Some(document))?;
        let text = heard(&ended)?;
        // Its version and when it changed, each on a line.
        if text.matches('\n').count() < 2 {
            return Err(Failure::new(
                "kubectl doesn't say what became of the Secret: it may be written, or not",
            )
            .help("look with `todoc secrets check --live`"));
        }
        let mut lines = text.lines().map(str::to_owned);
        Ok(Applied {
            version: lines.next().unwrap_or_default(),
            changed: lines.next().unwrap_or_default(),
            keys: lines.collect(),
        })
    }

    /// Restarts workloads, and says what it says.
    pub(super) fn restart(&self, workloads: &[String]) -> Result<String, Failure> {
        let words = ["rollout", "restart", "-n", self.namespace];
        let workloads = workloads.iter().map(String::as_str);
        let words: Vec<_> = words.into_iter().chain(workloads).collect();
        let ended = self.run(&words, None)?;
        Ok(self.masked(&heard(&ended)?))
    }

    fn run(&self, words: &[&str], input: Option<&Secret>) -> Result<Ended, Failure> {
        let context = self.context.as_ref();
        let context = context.map(|context| format!("--context={context}"));
        let all = ["kubectl"].into_iter().chain(context.as_deref());
        let all = all.chain(words.iter().copied()).map(OsString::from);
        let words: Vec<_> = all.collect();
        let program = Program {
            words: &words,
            without: self.without,
        };
        let nothing = Secret::with_room(0);
        let ended = program.run(input.unwrap_or(&nothing), &self.mask);
        ended.map_err(|why| {
            let failure = program.failure(&why);
            if why.kind() == ErrorKind::NotFound {
                return failure.help("install it; or print a script with `todoc secrets script`, for a machine that has it");
            }
            failure
        })
    }
}

/// What a command printed that went well: names of kubectl's and of the cluster's, and no value. A value
/// that is the same as one of them keeps none from being handed on.
fn heard(ended: &Ended) -> Result<String, Failure> {
    if !ended.status.success() {
        return Err(failed(&ended.stderr));
    }
    Ok(String::from_utf8_lossy(ended.stdout.bytes()).into_owned())
}

/// Whether the server refuses because of who asks.
fn is_forbidden(words: &str) -> bool {
    words.contains("(Forbidden)")
}

/// Why a command failed, in its own words, masked, with what to do about those that are known.
fn failed(words: &str) -> Failure {
    if words.contains("current-context must exist") || words.contains("current-context is not set")
    {
        return Failure::new("kubectl has no current context, and so no cluster to write to")
            .help("name one of `kubectl config get-contexts` with `--context`");
    }
    let failure = Failure::new(format!("kubectl failed:\n{words}"));
    let helps = [
        (
            words.contains("(NotFound)") && words.contains("namespaces"),
            "make the namespace with `--create-namespace`",
        ),
        (
            words.contains("type: Invalid value"),
            "there is a Secret of that name and of another type, perhaps of somebody else's: look with \
             `kubectl get secret`; delete it if nobody needs it, or name ours differently in `naming`",
        ),
        (
            words.contains("is immutable"),
            "the Secret is immutable: delete it with `kubectl delete secret`, and write it anew",
        ),
        (
            is_forbidden(words),
            "ask for the right to `get` and `patch` Secrets in the namespace, and to `create` them",
        ),
        (
            words.contains("cannot locate context"),
            "name one of `kubectl config get-contexts` with `--context`",
        ),
    ];
    match helps.into_iter().find(|(is_it, _)| *is_it) {
        Some((_, help)) => failure.help(help),
        None => failure,
    }
}
