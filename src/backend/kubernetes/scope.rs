//! Whose an object is: its labels, and the one selector.

use crate::ir::{self, Selector};
use crate::source::{Span, Spanned};
use crate::yaml::{Field, Key, Node, map};

/// Most bytes of a label's value (apimachinery's `LabelValueMaxLength`).
const LONGEST_LABEL: usize = 63;

/// What an object belongs to: the whole application, or one workload of it.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    /// The application.
    pub(super) app: &'a ir::App,
    /// The statement that declares it.
    pub(super) origin: Span,
    name: &'a str,
    instance: &'a str,
    label: &'a str,
    component: Option<&'static str>,
    version: Option<Spanned<String>>,
}

impl<'a> Scope<'a> {
    /// What all workloads share.
    pub(super) fn shared(app: &'a ir::App) -> Self {
        Scope {
            app,
            origin: app.origin,
            name: &app.name,
            instance: &app.name,
            label: &app.name,
            component: None,
            version: version_label(app),
        }
    }

    /// A tier, job or migration. The application's version is that of the images built from it: on
    /// what runs another image it would say a falsehood.
    pub(super) fn own(app: &'a ir::App, id: &'a ir::Identity, pod: &ir::Pod) -> Self {
        Scope {
            version: version_label(app).filter(|_| pod.image.ours),
            ..Scope::workload(app, id)
        }
    }

    /// A database.
    pub(super) fn database(app: &'a ir::App, database: &'a ir::Database) -> Self {
        Scope {
            component: Some("database"),
            ..Scope::workload(app, &database.id)
        }
    }

    /// What belongs to a workload, whatever its version.
    pub(super) fn workload(app: &'a ir::App, id: &'a ir::Identity) -> Self {
        Scope {
            app,
            origin: id.origin,
            name: &id.name,
            instance: &id.workload,
            label: &id.label,
            component: None,
            version: None,
        }
    }

    /// The same without a version.
    pub(super) fn of_any_version(self) -> Self {
        Scope {
            version: None,
            ..self
        }
    }

    /// Metadata of an object in the application's namespace, which is named as workloads are.
    pub(super) fn metadata(&self, name: &str) -> Node {
        self.metadata_by("workload", name, None)
    }

    /// Metadata of an object that the pattern `word` of `naming` names, with annotations where there are
    /// any.
    pub(super) fn metadata_by(
        &self,
        word: &'static str,
        name: &str,
        annotations: Option<Node>,
    ) -> Node {
        map! {
            "name": Node::text(name).also(self.app.pattern(word)).because("names"),
            "namespace": said_or(
                self.app.namespace.name.as_str(),
                self.app.namespace.origin,
                self.app.origin,
                "namespace",
            ),
            "labels": self.labels(),
            "annotations": annotations,
        }
    }

    /// The labels of pods. They have no version: it would restart pods whose image stays the same.
    pub(super) fn pod_labels(&self) -> Node {
        self.labels_with(None)
    }

    /// The labels of every object.
    pub(super) fn labels(&self) -> Node {
        self.labels_with(self.version.as_ref())
    }

    fn labels_with(&self, version: Option<&Spanned<String>>) -> Node {
        let (name, instance) = match self.app.selector {
            Selector::App => (self.name, self.instance),
            Selector::Standard => (self.label, self.app.name.as_str()),
        };
        let quoted = |text: &str| Some(Node::quoted(text));
        let own = [
            ("app", quoted(self.label)),
            (NAME, quoted(name)),
            (INSTANCE, quoted(instance)),
            (
                "app.kubernetes.io/version",
                version.map(|it| Node::quoted(&it.value).also([it.span])),
            ),
            (
                "app.kubernetes.io/component",
                self.component.map(Node::quoted),
            ),
            ("app.kubernetes.io/part-of", quoted(&self.app.name)),
            ("app.kubernetes.io/managed-by", quoted("todoc")),
        ];
        let said = self.app.labels.iter();
        let said = said.map(|entry| {
            let value = Node::quoted(&entry.value).at(entry.origin);
            (Key::from(entry.key.clone()), Some(value))
        });
        let own = own.map(|(key, value)| (Key::from(key), value));
        Node::mapping(own.into_iter().chain(said))
            .also([self.origin, self.app.origin])
            .also(self.app.pattern("label"))
            .also(self.app.pattern("workload"))
            .because("labels")
    }

    /// The annotations of all hosts, and of one, which win.
    pub(super) fn annotations_of(&self, host: &ir::HostSettings) -> Vec<(String, Option<Node>)> {
        let all = host.merged(&self.app.ingress.annotations).into_iter();
        let all = all.map(|entry| {
            let value = Node::quoted(&entry.value).at(entry.origin);
            (entry.key.clone(), Some(value))
        });
        all.collect()
    }

    /// What selects its pods, in a Service.
    pub(super) fn selector(&self) -> Node {
        selector(self.app, self.label)
    }

    /// What selects its pods, everywhere else.
    pub(super) fn match_labels(&self) -> Node {
        match_labels(self.app, self.label)
    }
}

/// The label that names a program.
pub(super) const NAME: &str = "app.kubernetes.io/name";
/// The label that names an installation of it.
const INSTANCE: &str = "app.kubernetes.io/instance";

/// What selects the pods of a label, everywhere but in a Service.
pub(super) fn match_labels(app: &ir::App, label: &str) -> Node {
    map! { "matchLabels": selector(app, label) }.because("selector")
}

/// What is said at `origin`, or holds by a default where that is only the place of `owner`, the
/// statement that it would be said in.
pub(super) fn said_or(
    value: impl Field,
    origin: Span,
    owner: Span,
    default: &'static str,
) -> Option<Node> {
    let node = value.into_field()?.at(origin);
    Some(if origin == owner {
        node.because(default)
    } else {
        node
    })
}

/// The labels that anything selects pods by: a workload's selector can't be changed later, so it
/// holds nothing that could.
fn selector(app: &ir::App, label: &str) -> Node {
    let selector = match app.selector {
        Selector::App => map! { "app": Node::quoted(label) },
        Selector::Standard => Node::mapping([
            (NAME, Some(Node::quoted(label))),
            (INSTANCE, Some(Node::quoted(&app.name))),
        ]),
    };
    selector.also(app.pattern("label")).because("selector")
}

/// The label with the application's version.
fn version_label(app: &ir::App) -> Option<Spanned<String>> {
    let text = label_value(&app.version.value)?;
    Some(Spanned::new(text, app.version.span))
}

/// The text as a label's value, which allows letters, digits, `-`, `_` and `.`: `1.0.0+build`
/// becomes `1.0.0_build`. `None` if nothing is left.
fn label_value(text: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let value: String = text
        .chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .take(LONGEST_LABEL)
        .collect();
    let value = value.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::label_value;

    #[test]
    fn any_version_becomes_a_label() {
        let value = |text| label_value(text);
        assert_eq!(value("1.0.0").as_deref(), Some("1.0.0"));
        assert_eq!(value("1.0.0+build/7").as_deref(), Some("1.0.0_build_7"));
        assert_eq!(value("-é-"), None);
        assert_eq!(value(&format!("{}+", "1".repeat(62))), Some("1".repeat(62)));
    }
}
