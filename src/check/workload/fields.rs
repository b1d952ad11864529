//! Fields of a patch that Kubernetes doesn't have, and values that its fields don't take: for either
//! the API server refuses the whole object.

use crate::catalog::fields::{Form, KUBERNETES, Shape};
use crate::check::findings::Findings;
use crate::diag::suggest::nearest;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::yaml::{self, At, Kind};
use std::cell::RefCell;

/// The most faults of one patch that are told of: it is read once more for each.
const MOST: usize = 20;

/// A fault of a patch.
struct Fault {
    /// The keys that lead to it.
    path: Vec<String>,
    what: What,
}

enum What {
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

/// Tells of what the API server would refuse in a patch of an object of this kind. The text is YAML;
/// `place` is the word at an offset of it.
pub(in crate::check) fn check(
    kind: &Name,
    yaml: &Name,
    place: impl Fn(usize) -> Span,
    found: &mut Findings,
) {
    let Some(root) = Shape::of(&kind.value) else {
        return;
    };
    let told = RefCell::new(Vec::<Fault>::new());
    let rule = |path: &[String], at: At<'_>| {
        let fault = fault(root, path, at)?;
        let mut told = told.borrow_mut();
        // Of what is below a fault nothing is known.
        if told.iter().any(|other| path.starts_with(&other.path)) {
            return None;
        }
        told.push(fault);
        Some(String::new())
    };
    for _ in 0..MOST {
        let Err(refused) = yaml::parse(&yaml.value, &rule) else {
            return;
        };
        if let Some(fault) = told.borrow().last() {
            found.push(diagnostic(kind, yaml, fault, place(refused.offset)));
        }
    }
}

/// What is wrong at a place, which the keys of `path` lead to.
fn fault(root: Shape, path: &[String], at: At<'_>) -> Option<Fault> {
    let (last, before) = path.split_last()?;
    let mut before_last = before.iter();
    let parent = before_last.try_fold(root, |shape, key| shape.under(key))?;
    let Some(shape) = parent.under(last) else {
        return (at == At::Key).then(|| of_key(parent, path));
    };
    let (fits, is, wanted, item) = match at {
        At::Key => return None,
        At::Scalar(kind) => (takes(shape, kind), scalar(kind)?, shape, false),
        At::Sequence => (is_list(shape), Is::List, shape, false),
        At::Mapping => (is_mapping(shape), Is::Mapping, shape, false),
        At::Item(node) => {
            let item = shape.of_items();
            if let Kind::Mapping(_) = node.kind {
                (is_mapping(item), Is::Mapping, item, true)
            } else {
                (takes(item, &node.kind), scalar(&node.kind)?, item, true)
            }
        }
    };
    (!fits).then(|| Fault {
        path: path.to_vec(),
        what: What::Wrong { is, wanted, item },
    })
}

/// What is wrong about a key: it is none of those that there are, or none can stand there.
fn of_key(parent: Shape, path: &[String]) -> Fault {
    let holder = parent.of_items();
    let (path, what) = if holder.form() == Form::Fields {
        (path, What::Unknown(holder))
    } else {
        let wrong = What::Wrong {
            is: Is::Mapping,
            wanted: parent,
            item: false,
        };
        (path.split_last().map_or(path, |(_, before)| before), wrong)
    };
    Fault {
        path: path.to_vec(),
        what,
    }
}

fn is_list(shape: Shape) -> bool {
    matches!(shape.form(), Form::List(_) | Form::Any)
}

fn is_mapping(shape: Shape) -> bool {
    matches!(shape.form(), Form::Fields | Form::Map(_) | Form::Any)
}

/// Whether a scalar is what a shape asks for.
fn takes(shape: Shape, kind: &Kind) -> bool {
    match shape.form() {
        Form::Any => true,
        Form::Text => matches!(kind, Kind::Text(_)),
        Form::Boolean => matches!(kind, Kind::Bool(_)),
        Form::Integer(32) => {
            matches!(kind, Kind::Integer(number) if i32::try_from(*number).is_ok())
        }
        Form::Integer(_) => matches!(kind, Kind::Integer(_)),
        Form::IntegerOrText => matches!(kind, Kind::Integer(_) | Kind::Text(_)),
        Form::Quantity => matches!(kind, Kind::Integer(_) | Kind::Decimal(_) | Kind::Text(_)),
        Form::Fields | Form::Map(_) | Form::List(_) => false,
    }
}

/// What a scalar is; null stands for nothing, and fits everywhere.
fn scalar(kind: &Kind) -> Option<Is> {
    match kind {
        Kind::Text(_) | Kind::Quoted(_) => Some(Is::Text),
        Kind::Integer(_) | Kind::Decimal(_) => Some(Is::Number),
        Kind::Bool(_) => Some(Is::Boolean),
        Kind::Null | Kind::Mapping(_) | Kind::Sequence(_) => None,
    }
}

/// What is wrong, in words; `holder` is what has the first keys.
fn message(fault: &Fault, holder: &str) -> String {
    let path = &fault.path;
    let last = path.last().map_or("", String::as_str);
    match fault.what {
        What::Unknown(_) => {
            let before = path.len().checked_sub(2).and_then(|at| path.get(at));
            let holder = before.map_or_else(|| holder.to_owned(), |key| format!("`{key}`"));
            format!("Kubernetes {KUBERNETES} has no `{last}` in {holder}")
        }
        What::Wrong { is, wanted, item } => {
            let an_item = if item { "an item of " } else { "" };
            match (wanted.form(), is) {
                (Form::Integer(bits), Is::Number) => {
                    format!("{an_item}`{last}` is a whole number of {bits} bits, and this isn't")
                }
                _ => format!(
                    "{an_item}`{last}` is {}, and this is {}",
                    words(wanted),
                    is.words()
                ),
            }
        }
    }
}

/// What is wrong with a place in the metadata of an object, whatever its kind.
pub(in crate::check) fn of_metadata(path: &[String], at: At<'_>) -> Option<String> {
    let fault = fault(Shape::of("ObjectMeta")?, path, at)?;
    Some(message(&fault, "`metadata`"))
}

fn diagnostic(kind: &Name, yaml: &Name, fault: &Fault, place: Span) -> Diagnostic {
    let message = message(fault, &format!("a {}", kind.value));
    let diagnostic = Diagnostic::new(Code::UnknownField, place, message);
    match fault.what {
        What::Unknown(parent) => way_out(diagnostic, kind, &fault.path, parent),
        What::Wrong { is, wanted, .. } => {
            let start = yaml.span.range().start;
            let range = place.range();
            let said = yaml.value.get(range.start - start..range.end - start);
            match said.and_then(|said| instead(wanted, is, said)) {
                Some(text) => {
                    let title = format!("write `{text}`");
                    diagnostic.edit(Applicability::Certain, title, Edit::replace(place, text))
                }
                None => diagnostic,
            }
        }
    }
}

/// A field that isn't there stands elsewhere, or is another.
fn way_out(diagnostic: Diagnostic, kind: &Name, path: &[String], parent: Shape) -> Diagnostic {
    let Some((field, before)) = path.split_last() else {
        return diagnostic;
    };
    let way = Shape::of(&kind.value).and_then(|root| root.way_to(field));
    if let Some(way) = way.filter(|way| !way.is_empty()) {
        return diagnostic.help(format!("`{field}` stands in `{}`", way.join(".")));
    }
    if let Some(near) = nearest(field, parent.fields().map(|(name, _)| name)) {
        let place = diagnostic.primary.span;
        return diagnostic.meant(near, place);
    }
    let explained = [&[kind.value.to_lowercase()], before].concat().join(".");
    diagnostic.help(format!("`kubectl explain {explained}` lists what there is"))
}

/// What should stand there, in words.
fn words(shape: Shape) -> &'static str {
    match shape.form() {
        Form::Fields | Form::Map(_) => "a mapping",
        Form::List(_) => "a list",
        Form::Text => "text",
        Form::Integer(_) => "a whole number",
        Form::Boolean => "`true` or `false`",
        Form::Quantity => "a quantity",
        Form::IntegerOrText => "a whole number or text",
        Form::Any => "anything",
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
    let bare = said.trim_matches(['"', '\'']);
    match (wanted.form(), is) {
        (Form::Text, Is::Number | Is::Boolean) => Some(format!("\"{said}\"")),
        (Form::Integer(_), Is::Text) if bare.parse::<i32>().is_ok() => Some(bare.to_owned()),
        (Form::Boolean, Is::Text) => match bare.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some("true".to_owned()),
            "false" | "no" | "off" => Some("false".to_owned()),
            _ => None,
        },
        _ => None,
    }
}
