//! The values of a chart: what each is called, what it may be, and how templates read it.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::ir::{Helm, ValueOrder};
use crate::yaml::{Kind, Node};

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ValueKind {
    /// Any text.
    Text,
    /// Text, a whole number or a boolean: variables of containers hold text.
    Config,
    /// Text of which nothing more is said, since validators print values.
    Secret,
    /// True or false.
    Boolean,
    /// A whole number that isn't negative.
    Count,
    /// Seconds, as a route of a Gateway takes them: up to five digits.
    Seconds,
    /// A whole number from 1 on.
    Servers,
    /// A percentage from 1 on.
    Percent,
    /// A percentage, or 0 for none.
    PercentOrNone,
    /// A port from 1 to 65535.
    Port,
    /// A port of a node, or `""` for one that the cluster chooses.
    NodePort,
    /// `ClusterIP`, `NodePort` or `LoadBalancer`.
    ServiceType,
    /// `IfNotPresent`, `Always` or `Never`.
    PullPolicy,
    /// The repository of an image.
    Repository,
    /// The tag of an image, or `""`.
    Tag,
    /// The digest of an image, or `""`.
    Digest,
    /// A host name, or `""`.
    Host,
    /// Scheme, host and port of a URL, or `""`.
    Origin,
    /// A path that starts with a slash.
    Path,
    /// The name of an object, or `""`.
    Name,
    /// An amount of storage.
    Quantity,
    /// Requests and limits.
    Resources,
    /// Keys and texts: annotations, labels, variables.
    Texts,
    /// A list of objects with a `name`.
    Names,
    /// Tolerations of a pod.
    Tolerations,
    /// The affinity of a pod.
    Affinity,
}

/// A value of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartValue {
    /// The tier, database, job or cron that it belongs to; `None` for the application.
    pub thing: Option<String>,
    /// What it is of that: `image.tag`, `config.LOG_LEVEL`.
    pub field: String,
    /// Its keys in the chart's values.
    pub path: Vec<String>,
    /// What it is where nobody sets it.
    pub default: Node,
    /// What it may be.
    pub kind: ValueKind,
    /// What it means, for comments and the README.
    pub doc: String,
    /// What the author says of it in comments of the source, line by line.
    pub remark: Option<String>,
    /// What it comes to where it is `""`, if that follows from other values.
    pub derived: Option<String>,
    /// Whether an installation must set it.
    pub required: bool,
    /// Whether a `value` statement gives it its path.
    pub is_named: bool,
}

impl ChartValue {
    /// When a value follows from others, which have the text behind this to begin with.
    pub(super) fn follows(&self) -> &'static str {
        if self.default.as_text() == Some("") {
            "where it is empty, it follows from other values"
        } else {
            "unless it is changed, it follows from other values"
        }
    }
}

/// The values of a chart, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    pub(super) all: Vec<ChartValue>,
    /// The place of each by its thing, which is empty for the application, and its field.
    places: BTreeMap<String, BTreeMap<String, usize>>,
    /// How templates read each, once all have their paths.
    reads: Vec<String>,
}

/// What the first key of a field is called where values are ordered by field, if not the same.
const BY_FIELD: &[(&str, &str)] = &[
    ("enabled", "tiers"),
    ("config", "tierConfig"),
    ("secrets", "tierSecrets"),
    ("ingress", "tierIngress"),
];

impl Values {
    /// Adds a value of a thing, or of the application: its field gives the keys below the thing's own.
    pub(super) fn add(
        &mut self,
        thing: Option<&str>,
        field: &str,
        default: (ValueKind, Node),
        doc: impl Into<String>,
    ) -> Option<&mut ChartValue> {
        let keys: Vec<_> = field.split('.').collect();
        self.add_at(thing, field, &keys, default, doc)
    }

    /// The same for a field that names something of the source, whose key is another.
    pub(super) fn add_at(
        &mut self,
        thing: Option<&str>,
        field: &str,
        keys: &[&str],
        (kind, default): (ValueKind, Node),
        doc: impl Into<String>,
    ) -> Option<&mut ChartValue> {
        if self.get(thing, field).is_some() {
            return None;
        }
        self.put(thing, field, self.all.len());
        self.all.push(ChartValue {
            thing: thing.map(str::to_owned),
            field: field.to_owned(),
            path: keys.iter().map(|&key| key.to_owned()).collect(),
            default,
            kind,
            doc: doc.into(),
            remark: None,
            derived: None,
            required: false,
            is_named: false,
        });
        self.all.last_mut()
    }

    /// Gives each value its path.
    pub(super) fn arrange(&mut self, helm: &Helm) {
        let things = self.things();
        for value in &mut self.all {
            value.path = match value.thing.as_ref().and_then(|it| things.get(it)) {
                None => std::mem::take(&mut value.path),
                Some((key, _)) => arranged(key, &value.path, helm.order),
            };
        }
        for named in &helm.values {
            let fields = super::facts::fields(&named.fact);
            let of_fields = |of: &BTreeMap<String, usize>| {
                let places = fields.iter().filter_map(|field| of.get(field).copied());
                places.collect::<Vec<_>>()
            };
            let places: BTreeSet<usize> = if super::facts::is_of_all(named) {
                self.places.values().flat_map(of_fields).collect()
            } else {
                let thing = named.thing.as_deref().unwrap_or_default();
                let places = self.places.get(thing).map(of_fields);
                places.into_iter().flatten().collect()
            };
            for at in places {
                let Some(value) = self.all.get_mut(at) else {
                    continue;
                };
                if value.thing != named.thing {
                    super::facts::OF_ALL.clone_into(&mut value.doc);
                }
                value.path.clone_from(&named.path);
                value.is_named = true;
                if let Some(derived) = &value.derived {
                    value.default = text(derived);
                }
            }
        }
        self.sort(&things);
        self.index();
    }

    /// What each thing is called among values, and where it comes among them. Two that would be called
    /// the same keep their own spelling.
    fn things(&self) -> BTreeMap<String, (String, usize)> {
        let mut things: BTreeMap<String, (String, usize)> = BTreeMap::new();
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for thing in self.all.iter().filter_map(|value| value.thing.as_ref()) {
            let next = things.len();
            things.entry(thing.clone()).or_insert_with(|| {
                let key = names::of_thing(thing);
                *times.entry(key.clone()).or_default() += 1;
                (key, next)
            });
        }
        for (thing, (key, _)) in &mut things {
            // What means something else at the root keeps the longer name.
            let is_free = !names::is_taken(thing);
            if is_free && times.get(key).is_some_and(|times| *times > 1) {
                key.clone_from(thing);
            }
        }
        things
    }

    /// Puts first what stands under `global`, then the application's own values, then those of each
    /// thing: a value of the application that has a path among a thing's is the last of these.
    fn sort(&mut self, things: &BTreeMap<String, (String, usize)>) {
        let things: BTreeMap<&str, usize> = things
            .values()
            .map(|(key, at)| (key.as_str(), *at))
            .collect();
        self.all.sort_by_key(|value| match value.path.first() {
            Some(first) if first == "global" => (0, 0, false),
            Some(first) => match things.get(first.as_str()) {
                Some(at) => (2, *at, value.thing.is_none()),
                None => (1, 0, false),
            },
            None => (1, 0, false),
        });
    }

    fn index(&mut self) {
        self.places.clear();
        let all = std::mem::take(&mut self.all);
        for (at, value) in all.iter().enumerate() {
            self.put(value.thing.as_deref(), &value.field, at);
        }
        self.reads = all.iter().map(|value| names::read(&value.path)).collect();
        self.all = all;
    }

    fn put(&mut self, thing: Option<&str>, field: &str, at: usize) {
        let thing = thing.unwrap_or_default();
        if let Some(fields) = self.places.get_mut(thing) {
            fields.insert(field.to_owned(), at);
        } else {
            let fields = BTreeMap::from([(field.to_owned(), at)]);
            self.places.insert(thing.to_owned(), fields);
        }
    }

    /// Those of which something holds, and the others.
    pub(super) fn split(mut self, holds: impl Fn(&ChartValue) -> bool) -> (Self, Vec<ChartValue>) {
        let (kept, others) = std::mem::take(&mut self.all).into_iter().partition(holds);
        self.all = kept;
        self.index();
        (self, others)
    }

    /// The value of a thing's field.
    pub(super) fn get(&self, thing: Option<&str>, field: &str) -> Option<&ChartValue> {
        self.all.get(self.place(thing, field)?)
    }

    fn place(&self, thing: Option<&str>, field: &str) -> Option<usize> {
        let fields = self.places.get(thing.unwrap_or_default())?;
        fields.get(field).copied()
    }

    /// How templates read it.
    pub(super) fn read(&self, thing: Option<&str>, field: &str) -> Option<String> {
        self.reads.get(self.place(thing, field)?).cloned()
    }

    /// How templates read a whole number.
    pub(super) fn int(&self, thing: Option<&str>, field: &str) -> Option<String> {
        self.read(thing, field).map(|it| format!("int {it}"))
    }

    /// The values by their paths, each path once.
    pub(super) fn by_path(&self) -> Vec<&ChartValue> {
        let mut seen = BTreeSet::new();
        let all = self.all.iter();
        all.filter(|value| seen.insert(&value.path)).collect()
    }
}

fn arranged(thing: &str, keys: &[String], order: ValueOrder) -> Vec<String> {
    let thing = thing.to_owned();
    let Some((first, rest)) = keys.split_first().filter(|_| order == ValueOrder::ByField) else {
        return std::iter::once(thing).chain(keys.iter().cloned()).collect();
    };
    let renamed = BY_FIELD.iter().find(|(field, _)| field == first);
    let first = renamed.map_or(first.as_str(), |(_, name)| name).to_owned();
    [first, thing]
        .into_iter()
        .chain(rest.iter().cloned())
        .collect()
}

/// Text among values: quoted, since YAML has other meanings for many a bare word.
pub(super) fn text(text: impl Into<String>) -> Node {
    Node::quoted(text)
}

pub(super) fn truth(value: bool) -> Node {
    Node::new(Kind::Bool(value))
}

pub(super) fn number(number: impl Into<i64>) -> Node {
    Node::integer(number)
}

/// A map without keys.
pub(super) fn empty() -> Node {
    Node::mapping::<&str>([])
}
