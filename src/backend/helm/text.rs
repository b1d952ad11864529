//! Values that are made of facts, as expressions of Go's templates.

use super::names;
use super::shape::Shape;
use super::values::{ChartValue, Values};
use crate::backend::kubernetes::literal;
use crate::catalog::members::PublicMember;
use crate::ir::{Piece, StatedFact, Text, TextPart, ThingName, Tier};
use crate::yaml::{Node, quoted, verbatim};

/// A piece of a text in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// Text as it is.
    Literal(String),
    /// An expression that gives nothing which quotes would have to keep apart.
    Plain(String),
    /// An expression that gives any text.
    Any(String),
}

/// What expressions are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expressions<'a> {
    pub(super) shape: &'a Shape<'a>,
    pub(super) values: &'a Values,
}

impl Expressions<'_> {
    /// Whether a text may come to something else by other values.
    pub(super) fn varies(text: &Text) -> bool {
        text.parts().iter().any(|part| match part.fact {
            Some(
                StatedFact::ServicePort { .. }
                | StatedFact::ReadHost(_)
                | StatedFact::Public { .. }
                | StatedFact::Config(_),
            ) => true,
            Some(
                StatedFact::Host(_)
                | StatedFact::ContainerPort { .. }
                | StatedFact::DatabasePort(_)
                | StatedFact::DatabaseUser(_)
                | StatedFact::DatabaseName(_)
                | StatedFact::VolumePath { .. }
                | StatedFact::ExternalHost(_)
                | StatedFact::ExternalPort(_),
            )
            | None => false,
        })
    }

    /// The name of a template of this chart.
    pub(super) fn helper(self, name: &str) -> String {
        format!("\"{}.{name}\"", self.shape.app.name)
    }

    fn words(self, text: &Text) -> Vec<Word> {
        text.parts()
            .iter()
            .flat_map(|part| self.part(part))
            .collect()
    }

    fn part(self, part: &TextPart) -> Vec<Word> {
        let as_it_is = || vec![Word::Literal(part.text.clone())];
        match &part.fact {
            Some(StatedFact::ServicePort { tier, port }) => {
                let number = self.service_port(tier, port);
                number.map_or_else(as_it_is, |number| vec![Word::Plain(number)])
            }
            Some(StatedFact::ReadHost(name)) => {
                let host = self.read_host(name);
                host.map_or_else(as_it_is, |host| vec![Word::Plain(host)])
            }
            Some(StatedFact::Public { tier, port, member }) => {
                self.public(tier, port.as_deref(), *member)
            }
            Some(StatedFact::Config(key)) => match self.shared(key) {
                Some(value) if part.in_json => {
                    let json =
                        format!("{value} | toRawJson | trimPrefix \"\\\"\" | trimSuffix \"\\\"\"");
                    vec![Word::Any(json)]
                }
                Some(value) => vec![Word::Any(value)],
                None => as_it_is(),
            },
            Some(
                StatedFact::Host(_)
                | StatedFact::ContainerPort { .. }
                | StatedFact::DatabasePort(_)
                | StatedFact::DatabaseUser(_)
                | StatedFact::DatabaseName(_)
                | StatedFact::VolumePath { .. }
                | StatedFact::ExternalHost(_)
                | StatedFact::ExternalPort(_),
            )
            | None => as_it_is(),
        }
    }

    /// How a template reads the host of the servers of a database that take no writes: with one server there are
    /// none, and it leads to that.
    fn read_host(self, name: &str) -> Option<String> {
        let database = self.shape.app.database(&ThingName(name.to_owned()))?;
        let operator = database.operated()?.operator;
        let instances = self.values.int(Some(name), "instances")?;
        let named = |end: &str| go_string(&format!("{}{end}", database.id.workload));
        let (reads, writes) = (named(operator.reads), named(operator.writes));
        Some(format!("ternary {reads} {writes} (gt ({instances}) 1)"))
    }

    /// How a template reads the number of a tier's port in its Service, where an installation may change it.
    pub(super) fn service_port(self, tier: &str, port: &str) -> Option<String> {
        let found = self.shape.tier(tier)?;
        let exposed = self.shape.exposed_port(found)?;
        (exposed.name == port).then(|| self.values.int(Some(tier), "service.port"))?
    }

    /// How a template reads what browsers know a tier by, or one of its ports that is exposed besides its first.
    pub(super) fn origin(self, tier: &str, port: Option<&str>) -> String {
        let name = names::origin_helper(tier, port);
        format!("include {} .", self.helper(&name))
    }

    fn public(self, tier: &str, port: Option<&str>, member: PublicMember) -> Vec<Word> {
        let origin = self.origin(tier, port);
        match member {
            PublicMember::Origin => vec![Word::Plain(origin)],
            PublicMember::Host => vec![Word::Plain(format!("({origin} | urlParse).hostname"))],
            PublicMember::Url | PublicMember::WebSocket => {
                let found = self.shape.tier(tier);
                let paths = found.map_or(Vec::new(), |tier| paths(self, tier, port));
                let origin = if member == PublicMember::Url {
                    origin
                } else {
                    format!("regexReplaceAll \"^http\" ({origin}) \"ws\"")
                };
                let paths = paths.into_iter().map(|(condition, path)| {
                    Word::Plain(format!("ternary {} \"\" {condition}", go_string(&path)))
                });
                std::iter::once(Word::Plain(origin)).chain(paths).collect()
            }
        }
    }

    /// What a shared key comes to.
    fn shared(self, key: &str) -> Option<String> {
        let setting = self.shape.shared(key)?;
        let value = self.values.get(None, &format!("config.{key}"))?;
        Some(format!("({})", self.value(value, &setting.value)))
    }

    /// The text of a value that an installer may set, and that follows from others where it isn't.
    pub(super) fn value(self, value: &ChartValue, text: &Text) -> String {
        let read = names::read(&value.path);
        if value.derived.is_none() {
            return format!("include {} {read}", self.helper("text"));
        }
        let derived = Self::joined(&self.words(text));
        match value.default.as_text() {
            Some(default) if !default.is_empty() => {
                let default = go_string(default);
                format!("ternary {derived} {read} (eq {read} {default})")
            }
            Some(_) | None => format!("{read} | default {derived}"),
        }
    }

    /// An expression for all of a text, in parentheses unless it is one word.
    fn joined(words: &[Word]) -> String {
        let words: Vec<_> = words
            .iter()
            .filter(|word| **word != Word::Literal(String::new()))
            .collect();
        match words.as_slice() {
            [Word::Plain(only) | Word::Any(only)] => return format!("({only})"),
            [Word::Literal(only)] => return go_string(only),
            _ => {}
        }
        let mut format = String::new();
        let mut arguments = String::new();
        for word in words {
            match word {
                Word::Literal(text) => format.push_str(&text.replace('%', "%%")),
                Word::Plain(expression) | Word::Any(expression) => {
                    format.push_str("%v");
                    arguments.extend([format!(" ({expression})")]);
                }
            }
        }
        format!("(printf {}{arguments})", go_string(&format))
    }

    /// An expression for all of a text.
    pub(super) fn all_of(self, text: &Text) -> String {
        Self::joined(&self.words(text))
    }

    /// The value of a variable, in which Kubernetes reads `$`.
    pub(super) fn variable(self, text: &Text) -> Node {
        Self::node(
            &self
                .words(text)
                .into_iter()
                .map(escaped)
                .collect::<Vec<_>>(),
        )
    }

    /// The value of a variable that an installer may set.
    pub(super) fn set_variable(self, value: &ChartValue, text: &Text) -> Node {
        let expression = self.value(value, text);
        Node::expression(format!(
            "{{{{ {expression} | replace \"$\" \"$$\" | quote }}}}"
        ))
    }

    /// The value of a variable that is put together in the pod.
    pub(super) fn composed(self, pieces: &[Piece]) -> Node {
        let words = pieces.iter().flat_map(|piece| match piece {
            Piece::Text(text) => self.words(text).into_iter().map(escaped).collect(),
            Piece::Secret { variable, .. } => vec![Word::Literal(format!("$({variable})"))],
        });
        Self::node(&words.collect::<Vec<_>>())
    }

    /// A text in double quotes, in which expressions stand for some words.
    pub(super) fn node(words: &[Word]) -> Node {
        let is_literal = |word: &Word| matches!(word, Word::Literal(_));
        if words.iter().all(is_literal) {
            let text = words.iter().map(|word| match word {
                Word::Literal(text) | Word::Plain(text) | Word::Any(text) => text.as_str(),
            });
            return Node::quoted(text.collect::<String>());
        }
        if words.iter().any(|word| matches!(word, Word::Any(_))) {
            return Node::expression(format!("{{{{ {} | quote }}}}", Self::joined(words)));
        }
        let mut out = String::from("\"");
        for word in words {
            match word {
                Word::Literal(text) => {
                    let quoted = quoted(text);
                    let inner = quoted.get(1..quoted.len() - 1).unwrap_or_default();
                    out.push_str(&verbatim(inner));
                }
                Word::Plain(expression) | Word::Any(expression) => {
                    out.extend([format!("{{{{ {expression} }}}}")]);
                }
            }
        }
        out.push('"');
        Node::expression(out)
    }
}

/// A piece as the value of a variable holds it.
fn escaped(word: Word) -> Word {
    match word {
        Word::Literal(text) => Word::Literal(literal(&text)),
        Word::Plain(_) => word,
        Word::Any(expression) => Word::Any(format!("{expression} | replace \"$\" \"$$\"")),
    }
}

/// A string of Go: every escape of JSON is one.
pub(super) fn go_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The paths below which a tier is reached, each with the condition under which it is; none that is
/// the root.
fn paths(with: Expressions<'_>, tier: &Tier, port: Option<&str>) -> Vec<(String, String)> {
    let name = Some(tier.id.name.as_str());
    let own = with.shape.own_ingress(tier).filter(|_| port.is_none());
    let own =
        own.and_then(|it| Some((with.values.read(name, "ingress.enabled")?, it.path.clone())));
    let hosts = with.shape.names_of(tier, port).into_iter();
    let hosts = hosts.filter_map(|(host, route)| {
        let field = format!("ingress.hosts.{}.enabled", with.shape.host_key(host));
        Some((with.values.read(None, &field)?, route.path.clone()))
    });
    // As the origin is, the path is that of the first that leads there.
    let mut before = String::new();
    let all = own
        .into_iter()
        .chain(hosts)
        .filter_map(|(condition, path)| {
            let path = path.trim_end_matches('/').to_owned();
            let first = (!path.is_empty()).then(|| {
                if before.is_empty() {
                    condition.clone()
                } else {
                    format!("(and{before} {condition})")
                }
            });
            before.extend([format!(" (not {condition})")]);
            Some((first?, path))
        });
    all.collect()
}
