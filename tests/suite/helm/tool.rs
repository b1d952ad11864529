//! The program itself, on a chart that is right and on some that aren't: it says what Helm says.

use serde_json::json;

use super::{Case, Files, HELMS, Helm};

/// A small chart, with what the tests want to know of a large one.
fn chart(changes: &[(&str, &str)]) -> Files {
    let files = [
        (
            "Chart.yaml",
            "apiVersion: v2\nname: small\nversion: 1.0.0\nicon: https://example.com/icon.png\n\
             kubeVersion: \">=1.30.0-0\"\n",
        ),
        ("values.yaml", "count: 1\nsecret: \"\"\n"),
        (
            "values.schema.json",
            r#"{ "type": "object", "additionalProperties": false, "properties": {
                "global": {}, "enabled": {}, "count": { "type": "integer" }, "secret": { "type": "string" } } }"#,
        ),
        (
            "templates/config.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: small\n  \
             namespace: {{ .Release.Namespace | quote }}\ndata:\n  \
             count: {{ int .Values.count | quote }}\n  secret: {{ .Values.secret | quote }}\n",
        ),
        (
            "templates/validate.yaml",
            "{{- if eq .Values.secret \"wrong\" }}{{ fail \"secret: not this one\" }}{{ end }}\n",
        ),
        ("templates/NOTES.txt", "{{ .Release.Name }} is there\n"),
    ];
    let files = files.iter().chain(changes);
    files
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn a_chart_becomes_objects() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    for version in HELMS {
        // A number of a file is a float, one behind --set isn't; a text of another's program stays.
        // Helm 3 reads no control characters where there is a schema.
        let control = if version == 3 {
            ""
        } else {
            "\u{85}\u{7f}\u{1}"
        };
        let hostile = format!("{{{{ .Release.Name }}}} \"'\\ \u{1f980}{control}");
        let case = Case::render(version)
            .into("there")
            .file("count: 3")
            .values(&json!({ "count": 1_000_000, "secret": hostile }))
            .set("global.any=1");
        let answer = helm.ask_one(&chart(&[]), case);
        assert_eq!(answer.error, None, "Helm {version}");
        let [object] = answer.all().collect::<Vec<_>>()[..] else {
            panic!("Helm {version}: {answer:?}");
        };
        assert_eq!(object["metadata"]["namespace"], "there", "Helm {version}");
        let data = json!({ "count": "1000000", "secret": hostile });
        assert_eq!(object["data"], data, "Helm {version}");
        assert_eq!(answer.notes, "some-release is there\n", "Helm {version}");
    }
}

#[test]
fn what_is_wrong_is_said_as_helm_says_it() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    for version in HELMS {
        let plain = || Case::render(version);
        for (files, case, said) in [
            (
                chart(&[]),
                plain().file("secret: wrong"),
                "execution error at (small/templates/validate.yaml:1:38): secret: not this one",
            ),
            (
                chart(&[]),
                plain().file("other: 1"),
                "values don't meet the specifications of the schema(s)",
            ),
            (chart(&[]), plain().file("secret: 1"), "string"),
            (chart(&[]), plain().set("count=x"), "integer"),
            (
                chart(&[]),
                plain().onto("v1.29.9"),
                "chart requires kubeVersion: >=1.30.0-0 which is incompatible with Kubernetes v1.29.9",
            ),
            (
                chart(&[("templates/more.yaml", "a: {{ .Values.none.at.all }}\n")]),
                plain(),
                "nil pointer evaluating interface {}.at",
            ),
            (
                chart(&[("templates/more.yaml", "a: 1\na: 2\n")]),
                plain(),
                "YAML parse error on templates/more.yaml",
            ),
            (
                chart(&[("Chart.yaml", "apiVersion: v2\nname: small\n")]),
                plain(),
                "chart.metadata.version is required",
            ),
        ] {
            let answer = helm.ask_one(&files, case);
            let error = answer.error.clone().unwrap_or_default();
            assert!(error.contains(said), "Helm {version}, {said}: {answer:?}");
        }
    }
}

#[test]
fn lint_finds_what_is_wrong() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    for version in HELMS {
        let lint = || Case::lint(version);
        for (files, case, found) in [
            (chart(&[]), lint(), ""),
            (
                chart(&[("templates/more.yaml", "kind: List\n")]),
                lint(),
                "name",
            ),
            (chart(&[]), lint().file("count: many"), "integer"),
            (
                chart(&[("templates/bad.yaml", "{{ if }}\n")]),
                lint(),
                "missing value for if",
            ),
        ] {
            let answer = helm.ask_one(&files, case);
            assert_eq!(answer.error, None, "Helm {version}");
            let said = answer.said.join("\n");
            let as_expected = if found.is_empty() {
                said.is_empty()
            } else {
                said.contains(found)
            };
            assert!(as_expected, "Helm {version}, {found:?}: {answer:?}");
        }
    }
}
