//! Edits of ConfigMaps, Secrets, claims and policies.

use super::super::edit::{Edits, only_lines};
use super::super::helpers;
use super::super::text::Expressions;
use crate::ir::{ConfigMap, FileMap, SecretObject, ThingName, Volume};
use crate::yaml::{self, Kind, Node};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The data of a ConfigMap is what pods make their checksum of.
pub(super) fn config(edits: &mut Edits, helper: &str, with: Expressions<'_>) {
    let include = format!("include {} .", with.helper(helper));
    if let Some(data) = edits.get("data") {
        let block = Node {
            kind: Kind::Block(include),
            ..data.clone()
        };
        edits.put("", "data", &[], block);
    }
}

/// Keys of a Secret that the chart makes; optional ones without a value are left out.
pub(super) fn secret_data(
    edits: &mut Edits,
    thing: Option<&str>,
    secret: &SecretObject,
    enabled: Option<&str>,
    with: Expressions<'_>,
) {
    let database = thing.and_then(|name| with.shape.app.database(&ThingName(name.to_owned())));
    let plain = database.iter().flat_map(|database| database.plain_keys());
    let plain = plain.map(|(key, said)| {
        let value = STANDARD.encode(&said.value);
        format!("{}: \"{value}\"\n", yaml::word(key))
    });
    let mut text: String = plain.collect();
    for key in &secret.keys {
        let Some(read) = with.values.read(thing, &format!("secrets.{}", key.name)) else {
            continue;
        };
        let name = yaml::word(&key.key);
        let line = format!("{name}: {{{{ {read} | b64enc | quote }}}}\n");
        if key.optional {
            text.extend([format!("{{{{- if {read} }}}}\n{line}{{{{- end }}}}\n")]);
        } else {
            text.push_str(&line);
        }
    }
    edits.put("", "data", &["type"], only_lines(&text));
    if let Some(existing) = with.values.read(thing, "existingSecret") {
        edits.guard_all(match enabled {
            Some(enabled) => format!("if and {enabled} (not {existing})"),
            None => format!("if not {existing}"),
        });
    }
}

/// What a file's key in a ConfigMap holds.
fn files(edits: &mut Edits, map: &FileMap) {
    for list in ["data", "binaryData"] {
        for file in &map.files {
            let text = helpers::file_text(&map.name, &file.key, &file.content);
            edits.set_key(list, &file.key, format!("{{{{ {text} | quote }}}}"));
        }
    }
}

pub(super) fn own_config(
    edits: &mut Edits,
    name: &str,
    thing: &str,
    (own, map): (Option<&ConfigMap>, Option<&FileMap>),
    with: Expressions<'_>,
) {
    if own.is_some_and(|own| own.name == name) {
        config(edits, &format!("{thing}.config"), with);
    }
    if let Some(map) = map.filter(|map| map.name == name) {
        files(edits, map);
    }
}

pub(super) fn policy(edits: &mut Edits, enabled: Option<&str>, with: Expressions<'_>) {
    if let Some(all) = with.values.read(None, "networkPolicy.enabled") {
        edits.guard_all(match enabled {
            Some(enabled) => format!("if and {enabled} {all}"),
            None => format!("if {all}"),
        });
    }
}

pub(super) fn claim(
    edits: &mut Edits,
    at: &str,
    thing: Option<&str>,
    field: &str,
    with: Expressions<'_>,
) {
    let read = |end: &str| with.values.read(thing, &format!("{field}.{end}"));
    if let Some(size) = read("size") {
        let path = format!("{at}.resources.requests.storage");
        edits.set(&path, format!("{{{{ {size} | quote }}}}"));
    }
    if let Some(class) = read("storageClass") {
        let node = Node::expression("{{ . | quote }}").guarded(format!("with {class}"));
        edits.put(at, "storageClassName", &["accessModes"], node);
    }
}

/// A claim outlives its release: with it would go the data.
pub(super) fn keep(edits: &mut Edits) {
    let keep = Node::mapping([("helm.sh/resource-policy", Some(Node::text("keep")))]);
    edits.put("metadata", "annotations", &["labels"], keep);
}

pub(super) fn volume(
    edits: &mut Edits,
    name: &str,
    thing: Option<&str>,
    volumes: &[Volume],
    with: Expressions<'_>,
) {
    if let Some(volume) = volumes.iter().find(|it| it.object == name) {
        claim(
            edits,
            "spec",
            thing,
            &format!("persistence.{}", volume.name),
            with,
        );
    }
    keep(edits);
}
