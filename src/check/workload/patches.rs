//! Patches: which object each is for, and that it leaves alone what everything else relies on.

use super::fields;
use super::inventory::Listed;
use crate::check::findings::Findings;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::ir::Patch;
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::yaml::{self, At, Kind, Node};

/// The patches of a workload, whose objects are `objects`.
pub(in crate::check) fn lower<'a>(
    said: impl Iterator<Item = &'a ast::Patch>,
    objects: &[Listed],
    found: &mut Findings,
) -> Vec<Patch> {
    let mut patches = Vec::new();
    for patch in said {
        let Some(kind) = &patch.kind else { continue };
        let object = object(kind, patch, objects, found);
        let yaml = patch.yaml.as_ref();
        let node = yaml.and_then(|yaml| node(kind, yaml, patch.span, found));
        if let (Some(object), Some(node)) = (object, node) {
            patches.push(Patch {
                kind: kind.value.clone(),
                name: object.name.clone(),
                node: come_from(node, patch.span),
            });
        }
    }
    patches
}

/// The object that a patch is for.
fn object<'o>(
    kind: &Name,
    patch: &ast::Patch,
    objects: &'o [Listed],
    found: &mut Findings,
) -> Option<&'o Listed> {
    let of_kind: Vec<_> = objects.iter().filter(|it| it.kind == kind.value).collect();
    let names = || of_kind.iter().map(|object| object.name.as_str());
    let listed = || names().collect::<Vec<_>>().join("\", \"");
    match (of_kind.as_slice(), &patch.object) {
        ([], _) => {
            let message = format!("no object of the kind `{}` belongs to this", kind.value);
            let diagnostic = Diagnostic::new(Code::UnknownName, kind.span, message);
            let mut kinds: Vec<_> = objects.iter().map(|object| object.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            found.push(match nearest(&kind.value, kinds.iter().copied()) {
                Some(near) => diagnostic.meant(near, kind.span),
                None => diagnostic.help(format!("patch one of these: `{}`", kinds.join("`, `"))),
            });
            None
        }
        ([only], None) => Some(only),
        (_, None) => {
            let message = format!(
                "several objects of the kind `{}` belong to this",
                kind.value
            );
            found.push(
                Diagnostic::new(Code::Expected, kind.span, message)
                    .help(format!("say which, behind the kind: \"{}\"", listed())),
            );
            None
        }
        (_, Some(name)) => {
            let object = of_kind.iter().find(|object| object.name == name.value);
            if object.is_none() {
                let message = format!("there is no {} `{}` here", kind.value, name.value);
                let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
                found.push(diagnostic.help(format!("name one that is: \"{}\"", listed())));
            }
            object.copied()
        }
    }
}

/// The mapping that a patch is.
fn node(kind: &Name, yaml: &Name, patch: Span, found: &mut Findings) -> Option<Node> {
    if yaml.value.trim().is_empty() {
        let message = "this patch says nothing";
        let diagnostic = Diagnostic::new(Code::InvalidYaml, patch, message);
        found.push(diagnostic.help("write the fields as they stand in the object, or delete it"));
        return None;
    }
    let rule = |path: &[String], at: At<'_>| refusal(&kind.value, path, at);
    let documents = match yaml::parse(&yaml.value, &rule) {
        Ok(documents) => documents,
        Err(fault) => {
            let code = if fault.refused {
                Code::PatchRefused
            } else {
                Code::InvalidYaml
            };
            let place = place(yaml, fault.offset);
            found.push(Diagnostic::new(code, place, fault.message));
            return None;
        }
    };
    // The rule refuses a document that is no mapping, so that there is one at least.
    let one = <[Node; 1]>::try_from(documents).ok();
    if one.is_none() {
        let message = "a patch is one document";
        let diagnostic = Diagnostic::new(Code::InvalidYaml, patch, message);
        found.push(diagnostic.help("write a patch for each"));
    }
    let [node] = one?;
    fields::check(kind, yaml, |offset| place(yaml, offset), found);
    Some(node)
}

/// The word at an offset of a patch.
fn place(yaml: &Name, offset: usize) -> Span {
    let text = yaml.value.as_str();
    // At the end of the text nothing stands that could be shown.
    let last = text
        .trim_end()
        .char_indices()
        .last()
        .map_or(0, |(at, _)| at);
    let start = offset.min(last);
    let ends = |c: char| c.is_whitespace() || ":,[]{}".contains(c);
    let first = text[start..].chars().next().map_or(0, char::len_utf8);
    let rest = &text[start + first..];
    let length = first + rest.find(ends).unwrap_or(rest.len());
    let from = yaml.span.range().start + start;
    Span::new(yaml.span.file, from..from + length)
}

/// The same nodes, all from one place.
fn come_from(node: Node, place: Span) -> Node {
    let kind = match node.kind {
        Kind::Mapping(fields) => {
            let fields = fields.into_iter();
            Kind::Mapping(
                fields
                    .map(|(key, it)| (key, come_from(it, place)))
                    .collect(),
            )
        }
        Kind::Sequence(items) => {
            Kind::Sequence(items.into_iter().map(|it| come_from(it, place)).collect())
        }
        leaf @ (Kind::Text(_)
        | Kind::Quoted(_)
        | Kind::Integer(_)
        | Kind::Decimal(_)
        | Kind::Bool(_)
        | Kind::Null) => leaf,
    };
    Node::new(kind).at(place)
}

/// Fields that no patch sets, by kind (empty for all) and path, and why.
const FIXED: &[(&str, &[&str], &str)] = &[
    ("", &["apiVersion"], "it follows from the kind"),
    ("", &["kind"], "it follows from the kind"),
    ("", &["status"], "the cluster writes it"),
    (
        "",
        &["metadata", "name"],
        "other objects know this one by it",
    ),
    (
        "",
        &["metadata", "namespace"],
        "all objects live in one namespace",
    ),
    ("Deployment", &["spec", "selector"], SELECTS),
    ("StatefulSet", &["spec", "selector"], SELECTS),
    ("Service", &["spec", "selector"], SELECTS),
    ("Job", &["spec", "selector"], SELECTS),
    ("CronJob", &["spec", "selector"], SELECTS),
    ("PodDisruptionBudget", &["spec", "selector"], SELECTS),
    ("NetworkPolicy", &["spec", "podSelector"], SELECTS),
    (
        "StatefulSet",
        &["spec", "serviceName"],
        "its pods are named by it",
    ),
    (
        "HorizontalPodAutoscaler",
        &["spec", "scaleTargetRef"],
        "it scales its own tier",
    ),
    (
        "ConfigMap",
        &["data"],
        "what pods read stands in `config` or a `file`, and rolls them",
    ),
    (
        "ConfigMap",
        &["binaryData"],
        "what pods read stands in a `file`, and rolls them",
    ),
];

const SELECTS: &str = "it picks the pods";

/// Keys that lead to a secret, wherever they stand.
const SECRETS: &[&str] = &[
    "imagePullSecrets",
    "secret",
    "secretKeyRef",
    "secretName",
    "secretRef",
];

/// Mappings that hold what no patch sets: nothing else may take their place.
const MAPPINGS: &[&[&str]] = &[
    &[],
    &["metadata"],
    &["spec"],
    &["spec", "jobTemplate"],
    &["spec", "template"],
    &["spec", "template", "metadata"],
    &["spec", "template", "metadata", "labels"],
    &["spec", "template", "spec"],
];

/// Why a patch of an object of this kind may not hold what it does at a place.
fn refusal(kind: &str, path: &[String], at: At<'_>) -> Option<String> {
    let path: Vec<_> = path.iter().map(String::as_str).collect();
    // Below it stands what is a Job by itself.
    let path = match path.as_slice() {
        ["spec", "jobTemplate", rest @ ..] if kind == "CronJob" && !rest.is_empty() => {
            rest.to_vec()
        }
        _ => path,
    };
    let last = path.last().copied().unwrap_or_default();
    let item_key = Patch::item_key(&path);
    match at {
        At::Key => {
            let why = fixed(kind, &path)?;
            Some(format!("a patch can't set `{last}`: {why}"))
        }
        At::Scalar(_) | At::Sequence if MAPPINGS.contains(&path.as_slice()) => Some(match last {
            "" => "a patch is a mapping, as in `spec:`".to_owned(),
            _ => format!("`{last}` is a mapping, which a patch adds to"),
        }),
        At::Scalar(_) | At::Mapping if item_key.is_some() => Some(format!(
            "`{last}` is a sequence of mappings, which a patch adds to"
        )),
        At::Item(item) => {
            let key = item_key.filter(|key| item.get(key).and_then(Node::as_text).is_none())?;
            Some(format!(
                "an item of `{last}` says its `{key}`, by which it is merged"
            ))
        }
        At::Scalar(_) | At::Sequence | At::Mapping => None,
    }
}

/// Why no patch sets the field at a path.
fn fixed(kind: &str, path: &[&str]) -> Option<&'static str> {
    let is_kind = |row: &str| row.is_empty() || row == kind;
    let row = FIXED
        .iter()
        .find(|(of, field, _)| is_kind(of) && *field == path);
    if let Some((_, _, why)) = row {
        return Some(why);
    }
    match path {
        [.., "<<"] => Some("write the fields themselves"),
        [.., key] if SECRETS.contains(key) => Some("a secret flows into variables alone, by `env`"),
        ["spec", "template", "metadata", "labels", key]
            if *key == "app" || key.starts_with("app.kubernetes.io/") =>
        {
            Some("other objects pick the pods by it")
        }
        [
            "spec",
            "template",
            "spec",
            "containers" | "initContainers",
            "env" | "envFrom",
        ] => Some("variables stand in the block `env`"),
        _ => None,
    }
}
