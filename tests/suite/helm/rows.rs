//! What each value of a chart may change: said here again, apart from the compiler.

/// A value, and the fields of objects that it may change.
pub(super) struct Row {
    /// The value as the table of the chart names it; `*` stands for one name or several.
    pub(super) value: &'static str,
    /// Fields of the objects of the thing that the value belongs to. `*` stands for one key or item;
    /// at the end, for whatever is below as well. [`POD`] is the template of any pod.
    pub(super) own: &'static [&'static str],
    /// Fields of all objects.
    pub(super) all: &'static [&'static str],
    /// Whether texts follow from it: variables, ConfigMaps, and the checksums of both.
    pub(super) is_read: bool,
    /// The value that must be so for this one to matter: its name beside this one, and what it is.
    pub(super) needs: Option<(&'static str, &'static str)>,
}

/// The template of the pods of a workload, and the pod of a test.
pub(super) const POD: &str = "Pod";

/// Fields that follow from other values.
pub(super) const DERIVED: &[&str] = &[
    "ConfigMap/data/*",
    "Pod/metadata/annotations/checksum~1config",
    "Pod/spec/containers/*/env/*/value",
    "Pod/spec/initContainers/*/env/*/value",
    "Pod/spec/containers/*/command/*",
    "Pod/spec/containers/*/startupProbe/httpGet/httpHeaders/*/value",
    "Pod/spec/containers/*/readinessProbe/httpGet/httpHeaders/*/value",
    "Pod/spec/containers/*/livenessProbe/httpGet/httpHeaders/*/value",
];

const fn row(value: &'static str, own: &'static [&'static str]) -> Row {
    Row {
        value,
        own,
        all: &[],
        is_read: false,
        needs: None,
    }
}

impl Row {
    const fn in_all(self, all: &'static [&'static str]) -> Row {
        Row { all, ..self }
    }

    const fn read(self) -> Row {
        Row {
            is_read: true,
            ..self
        }
    }

    const fn needs(self, value: &'static str, is: &'static str) -> Row {
        Row {
            needs: Some((value, is)),
            ..self
        }
    }

    /// Whether it is the row of a value.
    pub(super) fn is_of(&self, value: &str) -> bool {
        match self.value.split_once('*') {
            Some((start, end)) => {
                value.len() >= start.len() + end.len()
                    && value.starts_with(start)
                    && value.ends_with(end)
            }
            None => self.value == value,
        }
    }
}

/// The row of a value.
pub(super) fn row_of(value: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.is_of(value))
}

/// Images and what stands beside them, of pods that run the same image or wait for it as well.
const IMAGES: &[&str] = &[
    "Pod/spec/containers/*/image",
    "Pod/spec/initContainers/*/image",
    "Cluster/spec/imageName",
];
const PULLS: &[&str] = &[
    "Pod/spec/containers/*/imagePullPolicy",
    "Pod/spec/initContainers/*/imagePullPolicy",
    "Cluster/spec/imagePullPolicy",
];
const REFERENCES: &[&str] = &[
    "Secret",
    "Cluster/spec/bootstrap/initdb/secret/name",
    "Pod/spec/containers/*/env/*/valueFrom/secretKeyRef/name",
    "Pod/spec/initContainers/*/env/*/valueFrom/secretKeyRef/name",
    "Pod/spec/volumes/*/secret/secretName",
    "Pod/spec/containers/*/envFrom/*/secretRef/name",
    "Pod/spec/initContainers/*/envFrom/*/secretRef/name",
];
/// What an Ingress changes about the tier behind it.
const OPENED: &[&str] = &[
    "Ingress",
    "HTTPRoute",
    "GRPCRoute",
    "NetworkPolicy/spec/ingress*",
    "Pod",
    "Pod/spec/containers/*/env*",
    "Pod/spec/initContainers/*/env*",
];
/// What there is of two pods or more.
const SEVERAL: &[&str] = &[
    "Deployment/spec/replicas",
    "StatefulSet/spec/replicas",
    "HorizontalPodAutoscaler",
    "HorizontalPodAutoscaler/spec/minReplicas",
    "PodDisruptionBudget",
    "Pod/spec/topologySpreadConstraints",
];

pub(super) const ROWS: &[Row] = &[
    row("namespace", &[]).in_all(&["/metadata/namespace"]),
    row("host", &[]).read(),
    row("pauseRollouts", &[]).in_all(&[
        "Deployment/spec/paused",
        "StatefulSet/spec/replicas",
        "StatefulSet/spec/updateStrategy",
        "Job/spec/suspend",
        "CronJob/spec/suspend",
    ]),
    row("releaseStage", &[]).in_all(&["Job/spec/suspend"]),
    row("config.*", &[]).read(),
    row("env.*", &[]).read(),
    row("existingSecret", &[]).in_all(REFERENCES),
    row("secrets.*", &["Secret/data/*"]).in_all(&["Secret/data/*"]),
    row("enabled", &["*"]).in_all(&[
        "Ingress",
        "Ingress/spec/rules/0/http/paths*",
        "HTTPRoute",
        "GRPCRoute",
        "HTTPRoute/spec/rules*",
    ]),
    row("replicaCount", SEVERAL),
    row(
        "instances",
        &["Cluster/spec/instances", "Cluster/spec/enablePDB"],
    )
    .read(),
    row("autoscaling.enabled", SEVERAL),
    row("autoscaling.minReplicas", SEVERAL).needs("autoscaling.enabled", "true"),
    row(
        "autoscaling.maxReplicas",
        &["HorizontalPodAutoscaler/spec/maxReplicas"],
    )
    .needs("autoscaling.enabled", "true"),
    row(
        "autoscaling.targetCPUUtilizationPercentage",
        &["HorizontalPodAutoscaler/spec/metrics*"],
    )
    .needs("autoscaling.enabled", "true"),
    row(
        "autoscaling.targetMemoryUtilizationPercentage",
        &["HorizontalPodAutoscaler/spec/metrics*"],
    )
    .needs("autoscaling.enabled", "true"),
    row("image.pullPolicy", &[]).in_all(PULLS),
    row("image.*", &[]).in_all(IMAGES),
    row(
        "service.type",
        &[
            "Service",
            "Service/spec/type",
            "Service/spec/ports/*/nodePort",
            "NetworkPolicy/spec/ingress*",
            "Pod",
        ],
    )
    .read(),
    row("service.port", &["Service/spec/ports/*/port"])
        .in_all(&["/spec/rules/*/backendRefs/0/port"])
        .read(),
    row("service.nodePort", &["Service/spec/ports/*/nodePort"])
        .read()
        .needs("service.type", "\"NodePort\""),
    row("service.open", OPENED).read(),
    row("service.annotations", &["Service/metadata/annotations*"]),
    row(
        "ports.*.type",
        &[
            "Service",
            "Service/spec/type",
            "Service/spec/ports/*/nodePort",
            "NetworkPolicy/spec/ingress*",
            "Pod",
        ],
    )
    .read(),
    row("ports.*.nodePort", &["Service/spec/ports/*/nodePort"]).read(),
    row("ports.*.annotations", &["Service/metadata/annotations*"]),
    row("ports.*.publicUrl", &[]).read(),
    row("ingress.className", &[]).in_all(&["Ingress/spec/ingressClassName"]),
    row("ingress.clusterIssuer", &[]).in_all(&["Ingress/metadata/annotations*"]),
    row("ingress.*timeout", &[]).in_all(&["HTTPRoute/spec/rules/*/timeouts*"]),
    row("ingress.*annotations", &[]).in_all(&[
        "Ingress/metadata/annotations*",
        "HTTPRoute/metadata/annotations*",
        "GRPCRoute/metadata/annotations*",
    ]),
    row("ingress.gateway.name", &[]).in_all(&[
        "Ingress",
        "HTTPRoute",
        "GRPCRoute",
        "/spec/parentRefs/0/name",
    ]),
    row("ingress.gateway.namespace", &[]).in_all(&["/spec/parentRefs/0/namespace"]),
    row("ingress.gateway.sectionName", &[]).in_all(&["/spec/parentRefs/0/sectionName"]),
    row("ingress.gateway.redirectSectionName", &[])
        .in_all(&["HTTPRoute", "/spec/parentRefs/0/sectionName"]),
    row("ingress.enabled", OPENED).read(),
    row("ingress.*tls.enabled", &[])
        .in_all(&[
            "Ingress/spec/tls",
            "Ingress/metadata/annotations*",
            "HTTPRoute",
            "/spec/parentRefs/0/sectionName",
        ])
        .read(),
    row("ingress.hosts.*.enabled", &[]).in_all(OPENED).read(),
    row("ingress.*tls.secretName", &[]).in_all(&["Ingress/spec/tls/0/secretName"]),
    row("ingress.*host", &[])
        .in_all(&[
            "Ingress/spec/rules/0/host",
            "Ingress/spec/tls/0/hosts/0",
            "/spec/hostnames/0",
        ])
        .read(),
    row("publicUrl", &[]).read(),
    row(
        "resources",
        &[
            "Pod/spec/containers/*/resources*",
            "Pod/spec/initContainers/*/resources*",
            "Cluster/spec/resources*",
        ],
    ),
    row(
        "healthPath",
        &[
            "Pod/spec/containers/*/startupProbe/httpGet/path",
            "Pod/spec/containers/*/readinessProbe/httpGet/path",
            "Pod/spec/containers/*/livenessProbe/httpGet/path",
            "Pod/spec/containers/*/command/*",
        ],
    ),
    row(
        "persistence.*size",
        &[
            "PersistentVolumeClaim/spec/resources/requests/storage",
            "StatefulSet/spec/volumeClaimTemplates/*/spec/resources/requests/storage",
            "Cluster/spec/storage/size",
        ],
    ),
    row(
        "persistence.*storageClass",
        &[
            "PersistentVolumeClaim/spec/storageClassName",
            "StatefulSet/spec/volumeClaimTemplates/*/spec/storageClassName",
            "Cluster/spec/storage/storageClass",
        ],
    ),
    row("schedule", &["CronJob/spec/schedule"]),
    row("timeZone", &["CronJob/spec/timeZone"]),
    row("suspend", &["CronJob/spec/suspend"]),
    row(
        "extraEnv",
        &[
            "Pod/spec/containers/*/env*",
            "Pod/spec/initContainers/*/env*",
        ],
    ),
    row("podAnnotations", &["Pod/metadata/annotations*"]),
    row("podLabels", &["Pod/metadata/labels/*"]),
    row(
        "nodeSelector",
        &["Pod/spec/nodeSelector", "Cluster/spec/affinity*"],
    ),
    row(
        "tolerations",
        &["Pod/spec/tolerations", "Cluster/spec/affinity*"],
    ),
    row("affinity", &["Pod/spec/affinity"]),
    row(
        "priorityClassName",
        &[
            "Pod/spec/priorityClassName",
            "Cluster/spec/priorityClassName",
        ],
    ),
    row("imagePullSecrets", &[]).in_all(&[
        "Pod/spec/imagePullSecrets*",
        "Cluster/spec/imagePullSecrets*",
    ]),
    row("networkPolicy.enabled", &[]).in_all(&["NetworkPolicy", "Pod"]),
    row("serviceAccount.annotations", &[]).in_all(&["ServiceAccount/metadata/annotations*"]),
];

/// Whether a pattern fits a field of an object of a kind.
pub(super) fn fits(pattern: &str, kind: &str, field: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let (wanted, pattern) = pattern.split_at(pattern.find('/').unwrap_or(pattern.len()));
    if wanted == POD && kind == POD {
        return is_like(pattern, field);
    }
    if wanted == POD {
        const TEMPLATES: [&str; 2] = ["/spec/template", "/spec/jobTemplate/spec/template"];
        return TEMPLATES.iter().any(|template| {
            field
                .strip_prefix(template)
                .is_some_and(|it| is_like(pattern, it))
        });
    }
    (wanted.is_empty() || wanted == kind) && is_like(pattern, field)
}

fn is_like(pattern: &str, field: &str) -> bool {
    let (pattern, may_go_on) = match pattern.strip_suffix('*') {
        Some(start) if !start.ends_with('/') => (start, true),
        Some(_) | None => (pattern, false),
    };
    let mut keys = field.split('/');
    let starts = pattern.split('/').all(|wanted| {
        keys.next()
            .is_some_and(|key| wanted == "*" || wanted == key)
    });
    starts && (may_go_on || keys.next().is_none())
}

#[test]
fn patterns_fit_fields() {
    for (pattern, kind, field, expected) in [
        (
            "Service/spec/ports/*/port",
            "Service",
            "/spec/ports/0/port",
            true,
        ),
        (
            "Service/spec/ports/*/port",
            "Service",
            "/spec/ports/0/nodePort",
            false,
        ),
        (
            "Service/spec/ports/*/port",
            "Ingress",
            "/spec/ports/0/port",
            false,
        ),
        ("Secret", "Secret", "", true),
        ("Secret", "Secret", "/data", false),
        (
            "Pod/spec/affinity",
            "CronJob",
            "/spec/jobTemplate/spec/template/spec/affinity",
            true,
        ),
        (
            "Pod/metadata/labels/*",
            "Job",
            "/spec/template/metadata/labels/a",
            true,
        ),
        (
            "Pod/metadata/annotations*",
            "Job",
            "/spec/template/metadata/annotations",
            true,
        ),
        (
            "Pod/metadata/annotations*",
            "Job",
            "/spec/template/metadata/annotations/a",
            true,
        ),
        (
            "Pod/metadata/annotations*",
            "Job",
            "/metadata/annotations/a",
            false,
        ),
        ("/metadata/namespace", "Job", "/metadata/namespace", true),
        ("*", "Job", "/spec", true),
        ("Pod", "Pod", "", true),
        ("Pod", "Pod", "/spec/affinity", false),
        ("Pod/spec/affinity", "Pod", "/spec/affinity", true),
    ] {
        assert_eq!(
            fits(pattern, kind, field),
            expected,
            "{pattern} {kind}{field}"
        );
    }
    assert!(row_of("persistence.size").is_some_and(|row| row.value == "persistence.*size"));
    assert!(
        row_of("ingress.hosts.a.tls.enabled")
            .is_some_and(|row| row.value == "ingress.*tls.enabled")
    );
}
