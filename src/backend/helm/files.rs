//! The files of a chart that templates are.

use super::notes;
use super::templates::{self, Template};
use super::text::Expressions;
use super::validate;
use crate::backend::{Artifact, Input};
use crate::ir::ObjectFile;
use crate::yaml::{self, Origin, Printed};

/// The templates of objects, with a mark for each line if that is wanted.
pub(super) fn of_objects(
    with: Expressions<'_>,
    head: &str,
    has_marks: bool,
) -> Vec<(String, Printed)> {
    let header = Origin::rule("header", with.shape.app.origin);
    let header = has_marks.then_some(&header);
    let templates = templates::all(with).into_iter();
    templates
        .map(|template| {
            let path = format!("templates/{}", template.path);
            (path, printed(template, head, header))
        })
        .collect()
}

/// The other templates; `helpers` is the text of one.
pub(super) fn of_chart(
    with: Expressions<'_>,
    head: &str,
    helpers: String,
) -> Vec<(String, String)> {
    let files = [
        ("_helpers.tpl", helpers),
        ("validate.yaml", validate::text(with)),
        ("NOTES.txt", notes::text(with)),
    ];
    let files = files.into_iter().map(|(name, text)| {
        let text = format!("{}\n{text}", yaml::comment(head));
        (format!("templates/{name}"), text)
    });
    files.collect()
}

/// The text of a template. Marks are wanted where it is known where `head` comes from.
fn printed(template: Template, head: &str, header: Option<&Origin>) -> Printed {
    let Template { node, pod, .. } = template;
    let Printed {
        mut text,
        mut marks,
    } = yaml::print_template(head, node, header);
    let Some((name, pod)) = pod else {
        return Printed { text, marks };
    };
    let of_pod = yaml::print_body(pod, header);
    let before = format!("{{{{- define {name} -}}}}\n{}{{{{- end }}}}\n", of_pod.text);
    let first = text.find('\n').map_or(0, |at| at + 1);
    text.insert_str(first, &before);
    // The line above the pod's and the line below them are as its first and last.
    let inner = of_pod.marks;
    let [above, below] = [inner.first().cloned(), inner.last().cloned()];
    let all = above.into_iter().chain(inner).chain(below);
    let behind_head = marks.len().min(1);
    marks.splice(behind_head..behind_head, all);
    for (mark, line) in marks.iter_mut().zip(1..) {
        mark.line = line;
    }
    Printed { text, marks }
}

/// The copy of a file with objects of other kinds. Definitions of kinds are installed before all
/// else, and never changed.
pub(super) fn copied(copy: &ObjectFile, folder: &str, input: &Input) -> Artifact {
    let head = format!(
        "Copied by todoc from {}, which {} names: changes made here are lost.",
        copy.path, input.source
    );
    let (path, text) = if copy.only_defines {
        let head = yaml::print(&head, &[]);
        (format!("crds/{}.yaml", copy.name), head + &copy.text)
    } else {
        let head = format!("{}\n", yaml::comment(&head));
        let mut body = yaml::verbatim(&copy.text).into_owned();
        if !body.ends_with('\n') {
            body.push('\n');
        }
        // Helm 3 cuts the line breaks at the end of a file, which may belong to a text.
        body.push_str("# The end of the copy.\n");
        (
            format!("templates/objects/{}.yaml", copy.name),
            head + &body,
        )
    };
    Artifact {
        path: format!("{folder}/{path}"),
        marks: input.marks(&text, |line, _| {
            let origin = if line == 1 {
                Origin::rule("header", copy.origin)
            } else {
                Origin::said(copy.origin)
            };
            (String::new(), origin)
        }),
        text,
    }
}
