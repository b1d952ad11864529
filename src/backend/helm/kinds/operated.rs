//! Edits of the object of a database that an operator runs.

use super::super::edit::{Edits, only_lines};
use super::super::pod::{existing, image_text, pairs};
use super::super::text::Expressions;
use crate::catalog::defaults::Switch;
use crate::ir::Database;
use crate::yaml::{Kind, Node};

/// The fields of its `spec` before which none of those stands that only the cluster knows.
const UP_TO_STORAGE: &[&str] = &["bootstrap", "postgresql", "storage"];

pub(super) fn edit(edits: &mut Edits, database: &Database, with: Expressions<'_>) {
    let thing = Some(database.id.name.as_str());
    let read = |field: &str| with.values.read(thing, field);
    if let Some(instances) = with.values.int(thing, "instances") {
        edits.set("spec.instances", format!("{{{{ {instances} }}}}"));
        // One server alone must go when its node is drained.
        if with.shape.app.keeps(Switch::DisruptionBudget) {
            edits.set("spec.enablePDB", format!("{{{{ gt ({instances}) 1 }}}}"));
        }
    }
    if let Some(image) = image_text(thing, with) {
        edits.set("spec.imageName", format!("{{{{ {image} | quote }}}}"));
    }
    if let Some(pull) = read("image.pullPolicy") {
        edits.set("spec.imagePullPolicy", format!("{{{{ {pull} }}}}"));
    }
    if let Some(secrets) = with.values.read(None, "imagePullSecrets") {
        let block = guarded("with", &secrets);
        edits.put("spec", "imagePullSecrets", &["imagePullPolicy"], block);
    }
    if let Some(secret) = &database.secret
        && let Some(existing) = existing(&secret.name, with)
    {
        edits.set("spec.bootstrap.initdb.secret.name", existing);
    }
    if let Some(size) = read("persistence.size") {
        edits.set("spec.storage.size", format!("{{{{ {size} | quote }}}}"));
    }
    if let Some(class) = read("persistence.storageClass") {
        let node = Node::expression("{{ . | quote }}").guarded(format!("with {class}"));
        edits.put("spec.storage", "storageClass", &["size"], node);
    }
    if let Some(resources) = read("resources") {
        edits.put(
            "spec",
            "resources",
            UP_TO_STORAGE,
            guarded("with", &resources),
        );
    }
    about_nodes(edits, thing, with);
}

/// What only the cluster knows of where its pods run.
fn about_nodes(edits: &mut Edits, thing: Option<&str>, with: Expressions<'_>) {
    let read = |field: &str| with.values.read(thing, field);
    let (Some(labels), Some(tolerations), Some(class)) = (
        read("nodeSelector"),
        read("tolerations"),
        read("priorityClassName"),
    ) else {
        return;
    };
    if !edits.has("spec.affinity") {
        let both = format!("if or {labels} {tolerations}");
        let affinity = Node::mapping::<&str>([]).guarded(both);
        edits.put("spec", "affinity", &["resources"], affinity);
    }
    let node = only_lines(&pairs(".")).guarded(format!("with {labels}"));
    edits.put(
        "spec.affinity",
        "nodeSelector",
        &["enablePodAntiAffinity"],
        node,
    );
    let tolerated = guarded("with", &tolerations);
    edits.put("spec.affinity", "tolerations", &["nodeSelector"], tolerated);
    let node = Node::expression("{{ . | quote }}").guarded(format!("with {class}"));
    edits.put("spec", "priorityClassName", &["affinity"], node);
}

fn guarded(word: &str, value: &str) -> Node {
    Node::new(Kind::Block("toYaml .".to_owned())).guarded(format!("{word} {value}"))
}
