//! The objects beside those that run pods.

use super::super::ForeignBlock;
use super::super::ForeignKeys::Fields;
use super::{DERIVED, SELECTORS};
use crate::catalog::keys::Place;

pub(super) const BLOCKS: &[ForeignBlock] = &[
    ForeignBlock {
        path: "Service: spec",
        place: Place::Tier,
        keys: Fields("ServiceSpec"),
        own: &[
            ("selector", SELECTORS),
            (
                "externalName",
                "name it as `external NAME { host \"db.example.com\" }`",
            ),
            (
                "allocateLoadBalancerNodePorts, clusterIPs, externalIPs, externalTrafficPolicy, \
                healthCheckNodePort, internalTrafficPolicy, ipFamilies, ipFamilyPolicy, \
                loadBalancerClass, loadBalancerIP, loadBalancerSourceRanges, \
                publishNotReadyAddresses, sessionAffinity, sessionAffinityConfig, \
                trafficDistribution",
                "say it in a patch: `patch Service {`, and its YAML on the lines below",
            ),
        ],
    },
    ForeignBlock {
        path: "Service: spec.ports",
        place: Place::Tier,
        keys: Fields("ServicePort"),
        own: &[
            (
                "name, appProtocol",
                "name the port by its protocol: `port grpc 9000`",
            ),
            (
                "port",
                "write `port 3000 as 80` where the Service has another than the program",
            ),
            (
                "protocol",
                "write `udp` behind the number of a UDP port: `port dns 53 udp`; any other is TCP",
            ),
        ],
    },
    ForeignBlock {
        path: "Ingress: spec",
        place: Place::Tier,
        keys: Fields("IngressSpec"),
        own: &[
            (
                "defaultBackend",
                "say it in a patch: `patch Ingress {`, and its YAML on the lines below",
            ),
            (
                "rules",
                "write `expose ingress \"www.example.com\"` in the tier, or one host over several tiers: `ingress \"www.example.com\" { \"/api\" = api }` in `app` or in a target",
            ),
            (
                "tls",
                "write `tls` behind the host: `expose ingress \"www.example.com\" tls`",
            ),
        ],
    },
    ForeignBlock {
        path: "Ingress: spec.rules",
        place: Place::Tier,
        keys: Fields("IngressRule"),
        own: &[(
            "http",
            "write `expose ingress \"www.example.com\" path \"/api\"`",
        )],
    },
    ForeignBlock {
        path: "Ingress: spec.rules.http.paths",
        place: Place::Tier,
        keys: Fields("HTTPIngressPath"),
        own: &[
            (
                "path",
                "write `expose ingress \"www.example.com\" path \"/api\"`",
            ),
            ("backend, pathType", DERIVED),
        ],
    },
    ForeignBlock {
        path: "PersistentVolumeClaim: spec",
        place: Place::Tier,
        keys: Fields("PersistentVolumeClaimSpec"),
        own: &[
            (
                "accessModes",
                "write `shared` for a volume that several pods mount: `volume NAME 1Gi shared at \"/path\"`",
            ),
            (
                "resources",
                "write the size behind the name: `volume NAME 1Gi at \"/path\"`",
            ),
            ("storageClassName", "write `class \"fast\"` behind the size"),
            (
                "dataSource, dataSourceRef, selector, volumeAttributesClassName, volumeMode, \
                volumeName",
                "say it in a patch: `patch PersistentVolumeClaim {`, and its YAML on the lines below",
            ),
        ],
    },
    ForeignBlock {
        path: "HorizontalPodAutoscaler: spec",
        place: Place::Tier,
        keys: Fields("HorizontalPodAutoscalerSpec"),
        own: &[
            (
                "metrics",
                "write `replicas 2..6 at cpu 70%`, `at memory 80%` or `at cpu 70% memory 80%`",
            ),
            ("scaleTargetRef", DERIVED),
            (
                "behavior",
                "say it in a patch: `patch HorizontalPodAutoscaler {`, and its YAML on the lines below",
            ),
        ],
    },
    ForeignBlock {
        path: "ConfigMap",
        place: Place::Top,
        keys: Fields("ConfigMap"),
        own: &[
            ("data", "write `config { KEY = value }`"),
            (
                "binaryData",
                "write `file \"FILE\" at \"/path\"` in the tier that reads it",
            ),
            (
                "immutable",
                "delete it: pods start again when what they read has changed",
            ),
        ],
    },
];
