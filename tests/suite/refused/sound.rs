//! Objects of each kind that the server takes, for rules to break.

use serde_json::{Value, json};

/// The smallest object of a kind that has what the rules break, in a namespace.
pub(super) fn sound(kind: &str, namespace: &str) -> Value {
    let version = match kind {
        "Deployment" | "StatefulSet" => "apps/v1",
        "CronJob" | "Job" => "batch/v1",
        "Ingress" | "NetworkPolicy" => "networking.k8s.io/v1",
        "HTTPRoute" | "GRPCRoute" => "gateway.networking.k8s.io/v1",
        "Cluster" => "postgresql.cnpg.io/v1",
        "HorizontalPodAutoscaler" => "autoscaling/v2",
        "PodDisruptionBudget" => "policy/v1",
        _ => "v1",
    };
    let mut object = json!({ "apiVersion": version, "kind": kind, "metadata": {
        "name": "web", "labels": { "app": "web" }, "annotations": {},
    } });
    if kind == "Namespace" {
        object["metadata"]["name"] = json!(format!("{namespace}-more"));
    } else {
        object["metadata"]["namespace"] = json!(namespace);
    }
    match kind {
        "Namespace" => {}
        "ConfigMap" => object["data"] = json!({ "A": "b" }),
        "Secret" => object["data"] = json!({ "A": "Yg==" }),
        kind => object["spec"] = spec(kind),
    }
    object
}

fn spec(kind: &str) -> Value {
    let selector = json!({ "matchLabels": { "app": "web" } });
    match kind {
        "Pod" => pod("Always"),
        "Cluster" => json!({ "instances": 1, "storage": { "size": "1Gi" } }),
        "Deployment" => json!({
            "replicas": 1,
            "selector": selector,
            "strategy": {
                "type": "RollingUpdate",
                "rollingUpdate": { "maxSurge": 1, "maxUnavailable": 0 },
            },
            "template": template("Always"),
        }),
        "StatefulSet" => json!({
            "replicas": 1,
            "serviceName": "web",
            "selector": selector,
            "template": template("Always"),
            "volumeClaimTemplates": [{ "metadata": { "name": "more" }, "spec": claim() }],
        }),
        "Job" => json!({ "template": template("Never") }),
        "CronJob" => json!({
            "schedule": "0 3 * * *",
            "timeZone": "Etc/UTC",
            "concurrencyPolicy": "Forbid",
            "jobTemplate": { "spec": { "template": template("Never") } },
        }),
        "Service" => json!({
            "type": "NodePort",
            "selector": { "app": "web" },
            "ports": [{ "name": "http", "port": 80, "targetPort": "http" }],
        }),
        "Ingress" => json!({ "rules": [{ "host": "a.example.com", "http": { "paths": [{
            "path": "/", "pathType": "Prefix",
            "backend": { "service": { "name": "web", "port": { "name": "http" } } },
        }] } }] }),
        "HTTPRoute" => json!({
            "parentRefs": [{ "name": "public" }],
            "hostnames": ["a.example.com"],
            "rules": [{
                "matches": [{ "path": { "type": "PathPrefix", "value": "/" } }],
                "backendRefs": [{ "name": "web", "port": 80 }],
            }],
        }),
        "GRPCRoute" => json!({
            "parentRefs": [{ "name": "public" }],
            "hostnames": ["a.example.com"],
            "rules": [{ "backendRefs": [{ "name": "web", "port": 80 }] }],
        }),
        "NetworkPolicy" => json!({
            "podSelector": selector,
            "policyTypes": ["Ingress"],
            "ingress": [{
                "from": [{ "podSelector": { "matchLabels": { "app": "api" } } }],
                "ports": [{ "port": "http", "protocol": "TCP" }],
            }],
        }),
        "PodDisruptionBudget" => json!({
            "selector": selector,
            "maxUnavailable": 1,
            "unhealthyPodEvictionPolicy": "AlwaysAllow",
        }),
        "HorizontalPodAutoscaler" => json!({
            "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "web" },
            "minReplicas": 1,
            "maxReplicas": 2,
            "metrics": [{ "type": "Resource", "resource": {
                "name": "cpu", "target": { "type": "Utilization", "averageUtilization": 70 },
            } }],
        }),
        "PersistentVolumeClaim" => claim(),
        other => panic!("no {other} here"),
    }
}

fn claim() -> Value {
    json!({
        "accessModes": ["ReadWriteOnce"],
        "resources": { "requests": { "storage": "1Gi" } },
    })
}

fn template(restart: &str) -> Value {
    json!({ "metadata": { "labels": { "app": "web" } }, "spec": pod(restart) })
}

fn pod(restart: &str) -> Value {
    json!({
        "restartPolicy": restart,
        "securityContext": {
            "runAsNonRoot": true,
            "runAsUser": 10001,
            "seccompProfile": { "type": "RuntimeDefault" },
        },
        "terminationGracePeriodSeconds": 30,
        "containers": [{
            "name": "web",
            "image": "web:1",
            "imagePullPolicy": "IfNotPresent",
            "ports": [{ "name": "http", "containerPort": 80 }],
            "env": [{ "name": "A", "value": "b" }, {
                "name": "B", "valueFrom": { "secretKeyRef": { "name": "s", "key": "k" } },
            }],
            "resources": {
                "requests": { "cpu": "100m", "memory": "64Mi" },
                "limits": { "memory": "128Mi" },
            },
            "readinessProbe": {
                "httpGet": { "path": "/", "port": "http" },
                "periodSeconds": 5,
                "timeoutSeconds": 3,
            },
            "livenessProbe": {
                "httpGet": { "path": "/", "port": "http" },
                "periodSeconds": 5,
            },
            "lifecycle": { "preStop": { "sleep": { "seconds": 5 } } },
            "securityContext": { "allowPrivilegeEscalation": false },
            "volumeMounts": [{ "name": "data", "mountPath": "/data" }],
        }],
        "volumes": [
            { "name": "data", "emptyDir": {} },
            { "name": "files", "configMap": { "name": "web", "defaultMode": 420 } },
        ],
    })
}
