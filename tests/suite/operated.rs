//! The object of a database that an operator runs, which no library here has a type of: as much of it as we
//! write. What the real definition says of it, the API server of the tests does.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{LocalObjectReference, ResourceRequirements, Toleration};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::{NamespaceResourceScope, Resource};
use serde::Deserialize;

/// A `Cluster` of `CloudNativePG`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
pub(crate) struct Cluster {
    api_version: String,
    kind: String,
    metadata: ObjectMeta,
    spec: Spec,
}

impl Resource for Cluster {
    const API_VERSION: &'static str = "postgresql.cnpg.io/v1";
    const GROUP: &'static str = "postgresql.cnpg.io";
    const KIND: &'static str = "Cluster";
    const VERSION: &'static str = "v1";
    const URL_PATH_SEGMENT: &'static str = "clusters";
    type Scope = NamespaceResourceScope;
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Spec {
    instances: u32,
    image_name: String,
    image_pull_policy: Option<String>,
    image_pull_secrets: Option<Vec<LocalObjectReference>>,
    inherited_metadata: InheritedMetadata,
    #[serde(rename = "enablePDB")]
    enable_pdb: bool,
    bootstrap: Bootstrap,
    postgresql: Option<Settings>,
    storage: Storage,
    resources: Option<ResourceRequirements>,
    affinity: Option<Affinity>,
    priority_class_name: Option<String>,
    switchover_delay: Option<u32>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is decoded alone")]
struct InheritedMetadata {
    labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is decoded alone")]
struct Bootstrap {
    initdb: First,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct First {
    database: String,
    owner: String,
    secret: LocalObjectReference,
    locale_collate: String,
    #[serde(rename = "localeCType")]
    locale_c_type: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is decoded alone")]
struct Settings {
    parameters: Option<BTreeMap<String, String>>,
    shared_preload_libraries: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Storage {
    size: String,
    storage_class: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Affinity {
    #[serde(rename = "enablePodAntiAffinity")]
    is_spread: Option<bool>,
    topology_key: Option<String>,
    node_selector: Option<BTreeMap<String, String>>,
    tolerations: Option<Vec<Toleration>>,
}
