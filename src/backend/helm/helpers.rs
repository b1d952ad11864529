//! The helpers of a chart: templates that several others use.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::names;
use super::public;
use super::text::Expressions;
use crate::ir::{ConfigMap, FileContent, FileMap, Setting};

/// A helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Helper {
    /// Its name behind that of the chart.
    pub(super) name: String,
    /// What it gives.
    comment: String,
    /// Its body.
    pub(super) body: String,
}

/// Those of an application, in the order of the file.
pub(super) fn all(with: Expressions<'_>) -> Vec<Helper> {
    let app = with.shape.app;
    let text = with.helper("text");
    let mut helpers = vec![
        helper(
            "chart",
            "The chart and its version, as the label helm.sh/chart has it.",
            CHART,
        ),
        helper(
            "image",
            "The reference of an image, from its values.",
            IMAGE,
        ),
        helper(
            "text",
            "A value as text. Numbers from a file are floats: 1000000 would be 1e+06.",
            TEXT,
        ),
    ];
    if reads_config(with) {
        helpers.push(helper(
            "checksum",
            "A digest of a map, by key: pods that read it roll when it changes.",
            CHECKSUM,
        ));
    }
    if with
        .values
        .all
        .iter()
        .any(|value| value.field == "resources")
    {
        let exceeds = EXCEEDS.replace("TEXT", &text);
        helpers.push(helper(
            "exceeds",
            "Whether the first of two quantities is the larger one.",
            &exceeds,
        ));
    }
    if let Some(config) = &app.config {
        let comment = format!("The data of the ConfigMap {}.", config.name);
        helpers.push(helper("config", &comment, &data(with, None, config)));
    }
    for (id, pod) in app.pods() {
        if let Some(config) = &pod.config {
            let comment = format!("The data of the ConfigMap {}.", config.name);
            let body = data(with, Some(&id.name), config);
            helpers.push(helper(&format!("{}.config", id.name), &comment, &body));
        }
    }
    for tier in &app.tiers {
        let name = Some(tier.id.name.as_str());
        let is_reached =
            with.shape.is_exposed(tier) || with.values.get(name, "publicUrl").is_some();
        let body = public::origin(with, tier, None).filter(|_| is_reached);
        helpers.extend(body.map(|body| {
            let comment = format!(
                "Scheme, host and port by which browsers reach {}; nothing where none is known.",
                tier.id.name
            );
            helper(&names::origin_helper(&tier.id.name, None), &comment, &body)
        }));
        let further = with.shape.further_ports(tier);
        let further = further.into_iter().map(|port| port.name.as_str());
        let further: BTreeSet<&str> = further.chain(with.shape.public_ports(tier)).collect();
        for port in further {
            let body = public::origin(with, tier, Some(port));
            helpers.extend(body.map(|body| {
                let comment = format!(
                    "Scheme, host and port by which browsers reach the port {port} of {}; nothing where none is known.",
                    tier.id.name
                );
                helper(&names::origin_helper(&tier.id.name, Some(port)), &comment, &body)
            }));
        }
    }
    helpers
}

fn helper(name: &str, comment: &str, body: &str) -> Helper {
    Helper {
        name: name.to_owned(),
        comment: comment.to_owned(),
        body: body.to_owned(),
    }
}

/// `_helpers.tpl` without its head.
pub(super) fn text(with: Expressions<'_>, helpers: &[Helper]) -> String {
    let mut out = String::new();
    for Helper {
        name,
        comment,
        body,
    } in helpers
    {
        let name = with.helper(name);
        out.extend([format!(
            "\n{{{{- /* {comment} */}}}}\n{{{{- define {name} -}}}}\n{body}{{{{- end }}}}\n"
        )]);
    }
    out
}

const CHART: &str = "\
{{- printf \"%s-%s\" .Chart.Name .Chart.Version | replace \"+\" \"_\" | trunc 63 | trimAll \"-._\" -}}
";

const IMAGE: &str = "\
{{- .repository }}{{ with .tag }}:{{ . }}{{ end }}{{ with .digest }}@{{ . }}{{ end -}}
";

const TEXT: &str = "\
{{- if and (kindIs \"float64\" .) (eq . (floor .)) }}{{ int64 . }}{{ else }}{{ toString . }}{{ end -}}
";

const CHECKSUM: &str = "\
{{- $lines := list -}}
{{- range $key, $value := . -}}
  {{- $lines = append $lines (printf \"%s %s\" $key (sha256sum $value)) -}}
{{- end -}}
{{- join \"\\n\" $lines | sha256sum -}}
";

const EXCEEDS: &str = "\
{{- $units := dict \"\" 1.0 \"m\" 0.001 \"k\" 1e3 \"M\" 1e6 \"G\" 1e9 \"T\" 1e12 \"P\" 1e15 \"E\" 1e18 -}}
{{- $units = merge $units (dict \"Ki\" 1024.0 \"Mi\" 1048576.0 \"Gi\" 1073741824.0 \"Ti\" 1099511627776.0) -}}
{{- $units = merge $units (dict \"Pi\" 1125899906842624.0 \"Ei\" 1152921504606846976.0) -}}
{{- $amounts := list -}}
{{- range . -}}
  {{- $text := include TEXT . -}}
  {{- $unit := index $units (regexFind \"[A-Za-z]*$\" $text) -}}
  {{- $amounts = append $amounts (mulf (regexFind \"^[0-9.]+\" $text | float64) $unit) -}}
{{- end -}}
{{- if gt (index $amounts 0) (index $amounts 1) }}true{{ end -}}
";

/// Whether the pods of anything have a checksum.
fn reads_config(with: Expressions<'_>) -> bool {
    let app = with.shape.app;
    let mut pods = app.pods();
    pods.any(|(_, pod)| !pod.config_read.is_empty()) || app.files().next().is_some()
}

/// Keys of a ConfigMap.
fn data(with: Expressions<'_>, thing: Option<&str>, config: &ConfigMap) -> String {
    let mut out = String::new();
    for entry in &config.entries {
        let Some(value) = with.values.get(thing, &format!("config.{}", entry.key)) else {
            continue;
        };
        let value = with.value(value, &entry.value);
        let key = crate::yaml::word(&entry.key);
        out.extend([format!("{key}: {{{{ {value} | quote }}}}\n")]);
    }
    out
}

/// How a template makes the digest of what a pod reads.
pub(super) fn checksum(
    with: Expressions<'_>,
    read: &[Arc<Setting>],
    files: Option<&FileMap>,
) -> Option<String> {
    let mut maps = Vec::new();
    let places: BTreeSet<_> = read.iter().map(|setting| setting.origin).collect();
    // Of two that have a key, the first counts.
    for (helper, config) in with.shape.configs_with(read) {
        let is_read = |entry: &&Setting| places.contains(&entry.origin);
        let keys: Vec<_> = config.entries.iter().filter(is_read).collect();
        let map = format!("(include {} . | fromYaml)", with.helper(helper));
        maps.push(if keys.len() == config.entries.len() {
            map
        } else {
            let names = keys.iter().map(|it| super::text::go_string(&it.key));
            let names: Vec<_> = names.collect();
            format!("(pick {map} {})", names.join(" "))
        });
    }
    if let Some(files) = files {
        let entries = files.files.iter().map(|file| {
            let key = super::text::go_string(&format!("files/{}", file.key));
            let text = file_text(&files.name, &file.key, &file.content);
            format!("{key} ({text})")
        });
        let entries: Vec<_> = entries.collect();
        maps.push(format!("(dict {})", entries.join(" ")));
    }
    let map = match maps.as_slice() {
        [] => return None,
        [only] => only.clone(),
        [_, ..] => format!("(merge {})", maps.join(" ")),
    };
    Some(format!("include {} {map}", with.helper("checksum")))
}

/// What the chart's file holds for a file of a ConfigMap.
pub(super) fn file_content(content: &FileContent) -> String {
    match content {
        FileContent::Text(text) if text.starts_with('\u{feff}') => STANDARD.encode(text),
        FileContent::Text(text) | FileContent::Base64(text) => text.clone(),
    }
}

/// Where a file of a ConfigMap lies in the chart. What isn't text, and what a reader of text would
/// change, lies there in base64.
pub(super) fn file_path(map: &str, key: &str, content: &FileContent) -> String {
    match content {
        FileContent::Text(text) if !text.starts_with('\u{feff}') => format!("files/{map}/{key}"),
        FileContent::Text(_) | FileContent::Base64(_) => format!("files/{map}/{key}.b64"),
    }
}

/// How a template reads the text that the ConfigMap holds for a file.
pub(super) fn file_text(map: &str, key: &str, content: &FileContent) -> String {
    let path = super::text::go_string(&file_path(map, key, content));
    match content {
        FileContent::Text(text) if text.starts_with('\u{feff}') => {
            format!(".Files.Get {path} | b64dec")
        }
        FileContent::Text(_) | FileContent::Base64(_) => format!(".Files.Get {path}"),
    }
}
