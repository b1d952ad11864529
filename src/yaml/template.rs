//! Templates of Helm: YAML with actions of Go's `text/template` in it.

use std::borrow::Cow;

use super::marks::{Lines, Marker, Step, Unmarked};
use super::print::{block, close, open};
use super::{Kind, Node, Origin, Printed};

/// Prints one document as a template, below a comment that no installation shows. What isn't an
/// action is rendered as it is, braces included.
///
/// There is a mark for each line where it is said where the comment comes from: so does what the
/// document doesn't say of itself.
#[must_use]
pub fn print_template(head: &str, mut document: Node, origin: Option<&Origin>) -> Printed {
    escape(&mut document);
    match origin.map(Marker::new) {
        Some(mut marker) => Printed {
            text: write(head, &document, &mut marker),
            marks: marker.into_marks(),
        },
        None => write(head, &document, &mut Unmarked).into(),
    }
}

/// Prints what stands within a named template: a document without a comment above it, with marks as
/// those of [`print_template`].
#[must_use]
pub fn print_body(mut document: Node, origin: Option<&Origin>) -> Printed {
    escape(&mut document);
    match origin.map(Marker::new) {
        Some(mut marker) => Printed {
            text: body(&document, &mut marker),
            marks: marker.into_marks(),
        },
        None => body(&document, &mut Unmarked).into(),
    }
}

fn body<'n>(document: &'n Node, lines: &mut impl Lines<'n>) -> String {
    let mut text = String::new();
    lines.enter(Step::Document(0), document);
    block(&mut text, lines, document, 0);
    lines.leave();
    text
}

fn write<'n>(head: &str, document: &'n Node, lines: &mut impl Lines<'n>) -> String {
    let mut out = comment(head);
    out.push('\n');
    lines.end();
    lines.enter(Step::Document(0), document);
    open(&mut out, lines, document, 0);
    block(&mut out, lines, document, 0);
    close(&mut out, lines, document, 0);
    lines.leave();
    out
}

/// A comment of a template, on one line. Text that would end it loses a character.
#[must_use]
pub fn comment(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("{{{{- /* {} */}}}}", text.replace("*/", "* /"))
}

/// Text that a template renders as it is: an opening brace that could begin an action stands in one.
#[must_use]
pub fn verbatim(text: &str) -> Cow<'_, str> {
    let has_any = text.contains('{');
    if !has_any || !text.contains("{{") && !text.ends_with('{') {
        return Cow::Borrowed(text);
    }
    let mut out = text.replace("{{", "{{`{{`}}");
    if out.ends_with('{') {
        out.pop();
        out.push_str("{{`{`}}");
    }
    Cow::Owned(out)
}

/// Makes texts and keys of a tree what a template must hold.
fn escape(node: &mut Node) {
    let escaped = |text: &str| match verbatim(text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(escaped) => Some(escaped),
    };
    match &mut node.kind {
        Kind::Mapping(fields) => {
            for (key, value) in fields {
                // Kubernetes' own words hold no brace.
                if let Cow::Owned(name) = key
                    && let Some(escaped) = escaped(name)
                {
                    *name = escaped;
                }
                escape(value);
            }
        }
        Kind::Sequence(items) => items.iter_mut().for_each(escape),
        Kind::Text(text) | Kind::Quoted(text) => {
            if let Some(escaped) = escaped(text) {
                *text = escaped;
            }
        }
        Kind::Integer(_)
        | Kind::Decimal(_)
        | Kind::Bool(_)
        | Kind::Null
        | Kind::Expression(_)
        | Kind::Block(_)
        | Kind::Lines(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{print_template, verbatim};
    use crate::source::{FileId, Span};
    use crate::yaml::{Kind, LINES, Node, Origin, map};

    fn lines(text: &str) -> Node {
        Node::new(Kind::Lines(text.to_owned()))
    }

    #[test]
    fn conditions_stand_around_what_they_are_of() {
        let block = Node::new(Kind::Block("toYaml .".to_owned()));
        let items = vec![
            map! { "name": "a", "port": 1_u16 }.guarded("if .Values.a"),
            map! { "name": "b" },
            lines("{{- range .Values.c }}\n- {{ . }}\n{{- end }}"),
        ];
        let node = map! {
            "kind": "Service",
            "spec": map! {
                "replicas": Node::expression("{{ int .Values.n }}").guarded("if .Values.r"),
                "resources": block.guarded("with .Values.x"),
                "ports": items,
            },
        };
        let labels = map! { "app": Node::quoted("x") };
        let Kind::Mapping(mut fields) = labels.kind else {
            unreachable!("it was made as one")
        };
        fields.push((LINES.into(), lines("{{- range .Values.l }}\n{{- end }}")));
        let node = map! { "labels": Node::new(Kind::Mapping(fields)), "all": node };
        let node = node.guarded("if .Values.e");
        let expected = "\
{{- /* made */}}
{{- if .Values.e }}
labels:
  app: \"x\"
  {{- range .Values.l }}
  {{- end }}
all:
  kind: Service
  spec:
    {{- if .Values.r }}
    replicas: {{ int .Values.n }}
    {{- end }}
    {{- with .Values.x }}
    resources:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    ports:
      {{- if .Values.a }}
      - name: a
        port: 1
      {{- end }}
      - name: b
      {{- range .Values.c }}
      - {{ . }}
      {{- end }}
{{- end }}
";
        assert_eq!(print_template("made", node.clone(), None).text, expected);
        let place = Span::new(FileId(0), 0..1);
        let marked = print_template("made", node, Some(&Origin::rule("header", place)));
        assert_eq!(marked.text, expected);
        assert_eq!(marked.marks.len(), expected.lines().count());
    }

    #[test]
    fn braces_of_texts_are_rendered_as_they_are() {
        assert_eq!(verbatim("a{b}}"), "a{b}}");
        assert_eq!(verbatim("{{ .x }}"), "{{`{{`}} .x }}");
        assert_eq!(verbatim("{{{"), "{{`{{`}}{{`{`}}");
        assert_eq!(verbatim("x{"), "x{{`{`}}");
        let node = Node::mapping([("{{k".to_owned(), Some(Node::text("{{ `v` }}\n")))]);
        let expected = "{{- /* a* /b */}}\n\"{{`{{`}}k\": \"{{`{{`}} `v` }}\\n\"\n";
        assert_eq!(print_template("a*/b", node, None).text, expected);
    }
}
