//! The fields of the objects that todoc makes, as Kubernetes has them: `fields.txt`.
//!
//! A test holds that table to the OpenAPI of a real API server, and writes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The version of Kubernetes whose fields these are.
pub const KUBERNETES: &str = "1.36";

/// Types, each with its fields below it, and what stands in those.
const TABLE: &str = include_str!("fields.txt");

/// Lists whose items a patch merges by other keys than the API server, which replaces claims and hosts as
/// a whole: who adds one would lose those that were there. Ports all have names here, so that a patch
/// may change their numbers. Each with the type, the field, and the keys as in the table.
const OURS: &[(&str, &str, &str)] = &[
    ("Container", "ports", "name"),
    ("IngressSpec", "tls", "hosts"),
    ("ServiceSpec", "ports", "name"),
    ("StatefulSetSpec", "volumeClaimTemplates", "metadata.name"),
];

/// A field of a type.
struct TypeField {
    shape: Shape,
    /// Its keys in the words of the table, where it is a list whose items are merged one by one.
    keys: Option<&'static str>,
}

static TYPES: LazyLock<BTreeMap<&str, BTreeMap<&str, TypeField>>> = LazyLock::new(|| {
    let mut types = BTreeMap::<_, BTreeMap<_, _>>::new();
    let mut name = "";
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        match line.trim_start().split_once(' ') {
            Some((field, text)) => {
                let (shape, keys) = match text.split_once(MERGED) {
                    Some((shape, keys)) => (shape, Some(keys)),
                    None => (text, None),
                };
                let shape = Shape(shape);
                let fields: &mut BTreeMap<_, _> = types.entry(name).or_default();
                fields.insert(field, TypeField { shape, keys });
            }
            None => name = line,
        }
    }
    for (name, field, keys) in OURS {
        let field = types.get_mut(name).and_then(|it| it.get_mut(field));
        if let Some(field) = field {
            field.keys = Some(keys);
        }
    }
    types
});

/// What stands in the table between a list and the keys that its items are merged by.
const MERGED: &str = " by ";

/// What stands there for the keys where the items themselves are what is merged.
const ITSELF: &str = "itself";

/// What may stand at a place of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape(&'static str);

/// What a [`Shape`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldForm {
    /// A mapping of the fields that a type has.
    Fields,
    /// A mapping of any keys, and what stands under each.
    Map(Shape),
    /// A sequence, and what its items are.
    List(Shape),
    /// Text.
    Text,
    /// A whole number of this many bits.
    Integer(u32),
    /// True or false.
    Boolean,
    /// A number, with or without a unit.
    Quantity,
    /// A whole number, or text.
    IntegerOrText,
    /// Anything.
    Any,
}

impl Shape {
    /// Anything at all.
    pub const ANY: Shape = Shape("any");

    /// An object of a kind, if todoc makes some.
    #[must_use]
    pub fn of(kind: &str) -> Option<Self> {
        TYPES.get_key_value(kind).map(|(name, _)| Shape(name))
    }

    /// What it is.
    #[must_use]
    pub fn form(self) -> FieldForm {
        let within = |open, close| {
            let inner = self.0.strip_prefix(open)?.strip_suffix(close)?;
            Some(Shape(inner))
        };
        if let Some(item) = within('[', ']') {
            return FieldForm::List(item);
        }
        if let Some(value) = within('{', '}') {
            return FieldForm::Map(value);
        }
        match self.0 {
            "text" => FieldForm::Text,
            "int32" => FieldForm::Integer(32),
            "int64" => FieldForm::Integer(64),
            "boolean" => FieldForm::Boolean,
            "quantity" => FieldForm::Quantity,
            "int-or-text" => FieldForm::IntegerOrText,
            "any" => FieldForm::Any,
            _ => FieldForm::Fields,
        }
    }

    /// What the items of a list are, or the shape itself.
    #[must_use]
    pub fn of_items(self) -> Self {
        if let FieldForm::List(item) = self.form() {
            item
        } else {
            self
        }
    }

    /// The fields of a type, by name; none where it is no type.
    pub fn fields(self) -> impl Iterator<Item = (&'static str, Shape)> {
        let fields = TYPES.get(self.0).into_iter().flatten();
        fields.map(|(name, field)| (*name, field.shape))
    }

    /// What stands under a key, in a mapping of this shape or in those of a sequence. `None` where no
    /// such key can stand.
    #[must_use]
    pub fn under(self, key: &str) -> Option<Self> {
        match self.form() {
            FieldForm::Fields => Some(TYPES.get(self.0)?.get(key)?.shape),
            FieldForm::Map(value) => Some(value),
            FieldForm::List(item) => item.under(key),
            FieldForm::Any => Some(Shape::ANY),
            FieldForm::Text
            | FieldForm::Integer(_)
            | FieldForm::Boolean
            | FieldForm::Quantity
            | FieldForm::IntegerOrText => None,
        }
    }

    /// What tells the items of the list at a path apart, where a patch merges them one by one: keys, and
    /// what each is where an item doesn't say it (nothing where it must). None where the items themselves
    /// are told apart. `None` where a patch replaces the list.
    ///
    /// These are the keys by which the API server merges what is applied to it, `listMapKeys` of its
    /// description, or `patchMergeKey` where it has no others.
    #[must_use]
    pub fn item_keys(self, path: &[&str]) -> Option<Vec<(&'static str, &'static str)>> {
        let (last, before) = path.split_last()?;
        let mut before = before.iter();
        let holder = before.try_fold(self, |shape, key| shape.under(key))?;
        let keys = TYPES.get(holder.of_items().0)?.get(last)?.keys?;
        let keys = keys.split(',').filter(|key| *key != ITSELF);
        Some(keys.map(|key| (key, "")).collect())
    }

    /// The shortest way from here to a field of that name, as the keys before it.
    #[must_use]
    pub fn way_to(self, field: &str) -> Option<Vec<&'static str>> {
        let mut seen = vec![self];
        let mut ways = vec![Vec::new()];
        let mut next = 0;
        while let Some(&shape) = seen.get(next) {
            let way: Vec<_> = ways[next].clone();
            for (name, under) in shape.fields() {
                if name == field {
                    return Some(way);
                }
                let under = under.of_items();
                if under.form() == FieldForm::Fields && !seen.contains(&under) {
                    seen.push(under);
                    ways.push([way.as_slice(), &[name]].concat());
                }
            }
            next += 1;
        }
        None
    }
}

/// The kind that a word is, however its letters are written, if todoc makes objects of it.
#[must_use]
pub fn spelled(kind: &str) -> Option<&'static str> {
    let mut types = TYPES.iter();
    let same = types.find(|(name, fields)| {
        name.eq_ignore_ascii_case(kind) && fields.contains_key("apiVersion")
    });
    same.map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::{FieldForm, Shape, TYPES};

    #[test]
    fn every_shape_is_a_word_or_a_type_of_the_table() {
        for (name, fields) in TYPES.iter() {
            for (field, mut shape) in fields.iter().map(|(name, field)| (name, field.shape)) {
                while let FieldForm::List(inner) | FieldForm::Map(inner) = shape.form() {
                    shape = inner;
                }
                let is_known = shape.form() != FieldForm::Fields || TYPES.contains_key(shape.0);
                assert!(is_known, "{name}.{field}: {shape:?}");
            }
        }
    }

    #[test]
    fn fields_are_found_by_their_keys_and_by_their_names() {
        let root = Shape::of("Deployment").expect("a kind");
        let at = |keys: &[&str]| keys.iter().try_fold(root, |shape, key| shape.under(key));
        let form = |keys: &[&str]| at(keys).map(Shape::form);
        assert_eq!(form(&["spec", "replicas"]), Some(FieldForm::Integer(32)));
        assert_eq!(form(&["metadata", "labels", "any"]), Some(FieldForm::Text));
        let container = ["spec", "template", "spec", "containers"];
        let limit = [container.as_slice(), &["resources", "limits", "cpu"]].concat();
        assert_eq!(form(&limit), Some(FieldForm::Quantity));
        assert_eq!(at(&["spec", "replicas", "least"]), None);
        assert_eq!(at(&["spec", "containers"]), None);
        assert_eq!(root.way_to("containers"), Some(container[..3].to_vec()));
        assert_eq!(root.way_to("spec"), Some(vec![]));
        assert_eq!(root.way_to("nowhere"), None);
        assert_eq!(Shape::of("Secret"), None);
    }
}
