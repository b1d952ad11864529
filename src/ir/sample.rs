//! The plainest application and tier, for unit tests that change one thing about them.

use super::{
    App, Contract, Expose, Identity, Image, ImageReference, Namespace, Pod, PullPolicy, Replicas,
    Resources, Rollout, Selector, Tier,
};
use crate::source::{FileId, Span, Spanned};

/// A place.
pub(crate) fn place() -> Span {
    Span::new(FileId(0), 0..0)
}

/// An application of these tiers.
pub(crate) fn app(tiers: Vec<Tier>) -> App {
    App {
        name: "todo".to_owned(),
        version: Spanned::new("1.0.0".to_owned(), place()),
        naming: Vec::new(),
        origin: place(),
        target: None,
        target_origin: place(),
        is_default_target: true,
        namespace: Namespace {
            name: "todo".to_owned(),
            create: true,
            origin: place(),
        },
        context: None,
        tag_from: None,
        local_images: false,
        pull_secret: None,
        pinned: None,
        labels: Vec::new(),
        selector: Selector::App,
        off: Vec::new(),
        config: None,
        secret: None,
        databases: Vec::new(),
        tiers,
        objects: Vec::new(),
        jobs: Vec::new(),
        ingress: super::IngressSettings::default(),
        ingresses: Vec::new(),
        unset: Vec::new(),
        helm: super::Helm::default(),
        edges: Vec::new(),
        lookup: super::Lookup::default(),
    }
}

/// A worker with nothing but an image of somebody else's.
pub(crate) fn tier(name: &str) -> Tier {
    Tier {
        id: Identity {
            name: name.to_owned(),
            workload: name.to_owned(),
            service: name.to_owned(),
            label: name.to_owned(),
            origin: place(),
        },
        pod: Pod {
            image: Image {
                reference: ImageReference {
                    repository: format!("ghcr.io/acme/{name}"),
                    tag: Some("1.0.0".to_owned()),
                    digest: None,
                },
                pull: Spanned::new(PullPolicy::IfNotPresent, place()),
                build: None,
                ours: false,
                origin: place(),
                named_by: Vec::new(),
            },
            contract: Contract::of_foreign_image(),
            said: super::ContractChanges::default(),
            command: Vec::new(),
            args: Vec::new(),
            first: Vec::new(),
            annotations: Vec::new(),
            volumes: Vec::new(),
            account: None,
            volume_group: None,
            host_name: None,
            files: None,
            secret_files: Vec::new(),
            resources: Resources::default(),
            waits: Vec::new(),
            config: None,
            secret: None,
            env_from: Vec::new(),
            env: Vec::new(),
            config_read: Vec::new(),
        },
        ports: Vec::new(),
        replicas: Replicas {
            least: 1,
            autoscaling: None,
            origin: place(),
        },
        rollout: Spanned::new(Rollout::DEFAULT, place()),
        probes: None,
        expose: Spanned::new(Expose::Internal, place()),
        migration: None,
        admits: Vec::new(),
        further: Vec::new(),
        exposed_port: None,
        public_service: None,
        pods_service: None,
        public: None,
        patches: Vec::new(),
        off: Vec::new(),
    }
}
