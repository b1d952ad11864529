//! Fields of a patch that Kubernetes doesn't have, and values that its fields don't take: for either
//! the API server refuses the whole object.

use crate::catalog::fields::{FieldForm, KUBERNETES, Shape};
use crate::diag::suggest::nearest;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::Span;
use crate::yaml::{DELETE, DIRECTIVE, Marked, MarkedEntry, MarkedValue, Scalar};
use std::ops::Range;

/// The most faults of one object that are told.
const MOST: usize = 100;

/// What is wrong at a place of an object.
pub(super) struct FieldFault {
    /// Its bytes in the text.
    pub(super) place: Range<usize>,
    /// The keys that lead to it.
    path: Vec<String>,
    what: What,
}

enum What {
    /// A rule refuses what stands there, in these words.
    Refused(String),
    /// The last key is none of those that this shape has.
    Unknown(Shape),
    /// What stands there isn't what it should be.
    Wrong { is: Is, wanted: Shape, item: bool },
}

/// What stands at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Text,
    Number,
    Boolean,
    List,
    Mapping,
}

/// What a rule is asked about.
#[derive(Clone, Copy)]
pub(super) enum RuleSubject<'v> {
    /// The last key of the path.
    Key,
    /// The value under it.
    Value(&'v MarkedValue),
    /// An item of the list under it.
    Item(&'v Marked),
}

/// What may not stand in an object, by the keys that lead to it. The answer is what is wrong, in words.
pub(super) type FieldRule<'r> = &'r dyn Fn(&[&str], RuleSubject<'_>) -> Option<String>;

/// The faults of an object, or of a part of one, in the order of its text: what `refuse` refuses, and
/// what the API server would, if it is known what should stand there. Nothing is said of what is below
/// a fault.
pub(super) fn faults(
    root: Option<Shape>,
    value: &Marked,
    refuse: FieldRule<'_>,
) -> Vec<FieldFault> {
    let mut walk = FieldWalk {
        root,
        refuse,
        path: Vec::new(),
        faults: Vec::new(),
    };
    walk.value(root, value, false);
    walk.faults
}

/// The way through an object.
struct FieldWalk<'w> {
    root: Option<Shape>,
    refuse: FieldRule<'w>,
    path: Vec<&'w str>,
    faults: Vec<FieldFault>,
}

impl<'w> FieldWalk<'w> {
    fn value(&mut self, shape: Option<Shape>, value: &'w Marked, item: bool) {
        let at = if item {
            RuleSubject::Item(value)
        } else {
            RuleSubject::Value(&value.value)
        };
        let wrong = shape.and_then(|shape| wrong(shape, &value.value, item));
        let refused = (self.refuse)(&self.path, at).map(What::Refused);
        // That a list is due says more than that what stands there may not be replaced.
        let is_due = shape.is_some_and(is_list) && wrong.is_some();
        let found = if is_due { wrong } else { refused.or(wrong) };
        if let Some(what) = found {
            return self.fault(&value.place, what);
        }
        match &value.value {
            MarkedValue::Mapping(entries) => {
                for entry in entries {
                    if item && self.deletes(entry) {
                        continue;
                    }
                    self.path.push(&entry.key);
                    self.entry(shape, entry);
                    self.path.pop();
                }
            }
            MarkedValue::Sequence(items) => {
                for item in items {
                    self.value(shape.map(Shape::of_items), item, true);
                }
            }
            MarkedValue::Scalar(_) => {}
        }
    }

    /// Whether an entry of an item says that the item with the same keys goes.
    fn deletes(&self, entry: &MarkedEntry) -> bool {
        let is_delete =
            matches!(&entry.value.value, MarkedValue::Scalar(Scalar::Text(text)) if text == DELETE);
        let has_keys = self
            .root
            .is_some_and(|root| root.item_keys(&self.path).is_some());
        entry.key == DIRECTIVE && is_delete && has_keys
    }

    fn entry(&mut self, holder: Option<Shape>, entry: &'w MarkedEntry) {
        let shape = holder.and_then(|holder| holder.under(&entry.key));
        let unknown = holder.filter(|_| shape.is_none()).map(What::Unknown);
        let refused = (self.refuse)(&self.path, RuleSubject::Key).map(What::Refused);
        match refused.or(unknown) {
            Some(what) => self.fault(&entry.place, what),
            None => self.value(shape, &entry.value, false),
        }
    }

    fn fault(&mut self, place: &Range<usize>, what: What) {
        if self.faults.len() < MOST {
            self.faults.push(FieldFault {
                place: place.clone(),
                path: self.path.iter().map(|&key| key.to_owned()).collect(),
                what,
            });
        }
    }
}

/// What is wrong with a value that should be of a shape.
fn wrong(shape: Shape, value: &MarkedValue, item: bool) -> Option<What> {
    let (fits, is) = match value {
        MarkedValue::Mapping(_) => (is_mapping(shape), Is::Mapping),
        MarkedValue::Sequence(_) => (is_list(shape), Is::List),
        MarkedValue::Scalar(scalar) => (takes(shape, scalar), is(scalar)?),
    };
    let wanted = shape;
    (!fits).then_some(What::Wrong { is, wanted, item })
}

fn is_list(shape: Shape) -> bool {
    matches!(shape.form(), FieldForm::List(_) | FieldForm::Any)
}

fn is_mapping(shape: Shape) -> bool {
    matches!(
        shape.form(),
        FieldForm::Fields | FieldForm::Map(_) | FieldForm::Any
    )
}

/// Whether a scalar is what a shape asks for.
fn takes(shape: Shape, scalar: &Scalar) -> bool {
    match shape.form() {
        FieldForm::Any => true,
        FieldForm::Text => matches!(scalar, Scalar::Text(_)),
        FieldForm::Boolean => matches!(scalar, Scalar::Bool(_)),
        FieldForm::Integer(32) => {
            matches!(scalar, Scalar::Integer(number) if i32::try_from(*number).is_ok())
        }
        FieldForm::Integer(_) => matches!(scalar, Scalar::Integer(_)),
        FieldForm::IntegerOrText => matches!(scalar, Scalar::Integer(_) | Scalar::Text(_)),
        FieldForm::Quantity => matches!(
            scalar,
            Scalar::Integer(_) | Scalar::Decimal(_) | Scalar::Text(_)
        ),
        FieldForm::Fields | FieldForm::Map(_) | FieldForm::List(_) => false,
    }
}

/// What a scalar is; null stands for nothing, and fits everywhere.
fn is(scalar: &Scalar) -> Option<Is> {
    match scalar {
        Scalar::Text(_) => Some(Is::Text),
        Scalar::Integer(_) | Scalar::Decimal(_) => Some(Is::Number),
        Scalar::Bool(_) => Some(Is::Boolean),
        Scalar::Null => None,
    }
}

/// What is wrong, in words; `holder` is what has the first keys.
fn message(fault: &FieldFault, holder: &str) -> String {
    let path = &fault.path;
    let last = path.last().map_or("", String::as_str);
    match &fault.what {
        What::Refused(message) => message.clone(),
        What::Unknown(_) => {
            let before = path.len().checked_sub(2).and_then(|at| path.get(at));
            let holder = before.map_or_else(|| holder.to_owned(), |key| format!("`{key}`"));
            format!("Kubernetes {KUBERNETES} has no `{last}` in {holder}")
        }
        What::Wrong { is, wanted, item } => {
            let an_item = if *item { "an item of " } else { "" };
            match (wanted.form(), is) {
                (FieldForm::Integer(bits), Is::Number) => {
                    format!("{an_item}`{last}` is a whole number of {bits} bits, and this isn't")
                }
                _ => format!(
                    "{an_item}`{last}` is {}, and this is {}",
                    words(*wanted),
                    is.words()
                ),
            }
        }
    }
}

/// What is wrong with the metadata of an object, whatever its kind, with the place of each fault.
pub(super) fn of_metadata(metadata: &Marked) -> Vec<(Range<usize>, String)> {
    let faults = faults(Shape::of("ObjectMeta"), metadata, &|_, _| None);
    let faults = faults.into_iter();
    faults
        .map(|fault| (fault.place.clone(), message(&fault, "`metadata`")))
        .collect()
}

/// What is told of a fault of a patch for an object of this kind; `said` is the text at its place.
pub(super) fn diagnostic(kind: &str, fault: &FieldFault, place: Span, said: &str) -> Diagnostic {
    let message = message(fault, &format!("a {kind}"));
    match fault.what {
        What::Refused(_) => Diagnostic::new(Code::PatchRefused, place, message),
        What::Unknown(parent) => {
            let diagnostic = Diagnostic::new(Code::UnknownField, place, message);
            way_out(diagnostic, kind, &fault.path, parent)
        }
        What::Wrong { is, wanted, .. } => {
            let diagnostic = Diagnostic::new(Code::UnknownField, place, message);
            match instead(wanted, is, said) {
                Some(text) => {
                    let title = format!("write `{text}`");
                    diagnostic.edit(Applicability::Certain, title, Edit::replace(place, text))
                }
                None if matches!(wanted.form(), FieldForm::List(_)) => {
                    diagnostic.help("write each item on a line of its own below it, behind `- `")
                }
                None => diagnostic.help(format!("write {}", words(wanted))),
            }
        }
    }
}

/// A field that isn't there stands elsewhere, or is another.
fn way_out(diagnostic: Diagnostic, kind: &str, path: &[String], parent: Shape) -> Diagnostic {
    let Some((field, before)) = path.split_last() else {
        return diagnostic;
    };
    let way = Shape::of(kind).and_then(|root| root.way_to(field));
    if let Some(way) = way.filter(|way| !way.is_empty()) {
        return diagnostic.help(format!("`{field}` stands in `{}`", way.join(".")));
    }
    if let Some(near) = nearest(field, parent.fields().map(|(name, _)| name)) {
        let place = diagnostic.primary.span;
        return diagnostic.meant(near, place);
    }
    let explained = [&[kind.to_lowercase()], before].concat().join(".");
    diagnostic.help(format!("`kubectl explain {explained}` lists what there is"))
}

/// What should stand there, in words.
fn words(shape: Shape) -> &'static str {
    match shape.form() {
        FieldForm::Fields | FieldForm::Map(_) => "a mapping",
        FieldForm::List(_) => "a list",
        FieldForm::Text => "text",
        FieldForm::Integer(_) => "a whole number",
        FieldForm::Boolean => "`true` or `false`",
        FieldForm::Quantity => "a quantity",
        FieldForm::IntegerOrText => "a whole number or text",
        FieldForm::Any => "anything",
    }
}

impl Is {
    fn words(self) -> &'static str {
        match self {
            Is::Text => "text",
            Is::Number => "a number",
            Is::Boolean => "a boolean",
            Is::List => "a list",
            Is::Mapping => "a mapping",
        }
    }
}

/// What was certainly meant by a word in the YAML.
fn instead(wanted: Shape, is: Is, said: &str) -> Option<String> {
    // What an alias or an anchor stands with is written elsewhere, or is more than the value.
    if said.starts_with(['*', '&']) {
        return None;
    }
    let bare = said.trim_matches(['"', '\'']);
    match (wanted.form(), is) {
        (FieldForm::Text, Is::Number | Is::Boolean) => Some(format!("\"{said}\"")),
        (FieldForm::Integer(_), Is::Text) if bare.parse::<i32>().is_ok() => Some(bare.to_owned()),
        (FieldForm::Boolean, Is::Text) => match bare.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some("true".to_owned()),
            "false" | "no" | "off" => Some("false".to_owned()),
            _ => None,
        },
        _ => None,
    }
}
