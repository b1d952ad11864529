//! Rules for numbers, ports and quantities.

use serde_json::json;

use super::{Rule, code, later, never, refused, rule, taken, tier, warned};

const CONTAINER_PORT: &str = "/spec/template/spec/containers/0/ports/0/containerPort";
const NODE_PORT: &str = "/spec/ports/0/nodePort";
const LIMIT: &str = "/spec/template/spec/containers/0/resources/limits/memory";
const REQUEST: &str = "/spec/template/spec/containers/0/resources/requests/memory";
const PROBE: &str = "/spec/template/spec/containers/0/readinessProbe";
const PERIOD: &str = "/spec/template/spec/containers/0/readinessProbe/periodSeconds";
const ROLLING: &str = "/spec/strategy/rollingUpdate";
const USER: &str = "/spec/template/spec/securityContext/runAsUser";
const GRACE: &str = "/spec/template/spec/terminationGracePeriodSeconds";
const SLEEP: &str = "/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds";
const STORAGE: &str = "/spec/resources/requests/storage";

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn rules() -> Vec<Rule> {
    vec![
        // ── Ports ───────────────────────────────────────────────────────────────────────────────
        rule(
            "ports begin with 1",
            refused("Service", "/spec/ports/0/port", 0, "between 1 and 65535"),
            tier("E0207", "port x 0"),
        ),
        rule(
            "ports of a Service end with 65535",
            refused(
                "Service",
                "/spec/ports/0/port",
                65536,
                "between 1 and 65535",
            ),
            tier("E0207", "port x 81 as 65536"),
        ),
        rule(
            "ports of containers end with 65535",
            refused("Deployment", CONTAINER_PORT, 65536, "between 1 and 65535"),
            tier("E0207", "port x 65536"),
        ),
        rule(
            "ports of containers begin with 1",
            refused("Deployment", CONTAINER_PORT, 0, "Required value"),
            tier("E0207", "port x 0 as 81"),
        ),
        rule(
            "ports are numbers",
            refused(
                "Deployment",
                CONTAINER_PORT,
                "8000",
                "cannot unmarshal string",
            ),
            tier("E0107", "port x \"8000\""),
        ),
        rule(
            "a Service leads to a port that isn't a number in a text",
            refused(
                "Service",
                "/spec/ports/0/targetPort",
                "8000",
                "at least one letter",
            ),
            never("a Service names the port of its pods"),
        ),
        rule(
            "a Service leads to a port that its pods have",
            taken("Service", "/spec/ports/0/targetPort", "nope"),
            tier("E0201", "port more 81\n  expose nodeport 30080 of nope"),
        ),
        rule(
            "node ports begin with 30000",
            refused(
                "Service",
                NODE_PORT,
                29999,
                "The range of valid ports is 30000-32767",
            ),
            tier("E0207", "expose nodeport 29999"),
        ),
        rule(
            "node ports end with 32767",
            refused(
                "Service",
                NODE_PORT,
                32768,
                "The range of valid ports is 30000-32767",
            ),
            tier("E0207", "expose nodeport 32768"),
        ),
        rule(
            "a node port is one Service's",
            refused(
                "Service",
                "/spec/ports",
                json!([
                    { "name": "a", "port": 80, "nodePort": 30001 },
                    { "name": "b", "port": 81, "nodePort": 30001 },
                ]),
                "provided port is already allocated",
            ),
            code(
                "E0307",
                "tier a { image \"web:1\", port 80, expose nodeport 30001 }\n\
                 tier b { image \"web:1\", port 80, expose nodeport 30001 }",
            ),
        ),
        rule(
            "a node port is no internal Service's",
            refused(
                "Service",
                "/spec",
                json!({ "type": "ClusterIP", "ports": [{ "port": 80, "nodePort": 30001 }] }),
                "may not be used when `type` is 'ClusterIP'",
            ),
            tier("E0107", "expose internal 30001"),
        ),
        rule(
            "types of Services have capitals",
            refused(
                "Service",
                "/spec/type",
                "nodeport",
                "Unsupported value: \"nodeport\"",
            ),
            never("the word behind `expose` isn't the type, which is a constant of the lowering"),
        ),
        // ── Quantities ──────────────────────────────────────────────────────────────────────────
        rule(
            "bytes have no unit of their own",
            refused("Deployment", LIMIT, "128MB", "quantities must match"),
            tier("E0208", "memory 128MB"),
        ),
        rule(
            "units have capitals",
            refused("Deployment", LIMIT, "128mb", "quantities must match"),
            tier("E0208", "memory 128mb"),
        ),
        rule(
            "k is a small letter",
            refused(
                "Deployment",
                LIMIT,
                "128K",
                "unable to parse quantity's suffix",
            ),
            tier("E0208", "memory 128K"),
        ),
        rule(
            "a number and its unit have no blank between",
            refused("Deployment", LIMIT, "1 Gi", "quantities must match"),
            tier("E0107", "memory 1 Gi"),
        ),
        rule(
            "quantities are decimal",
            refused("Deployment", LIMIT, "0x10", "quantities must match"),
            tier("E0103", "memory 0x10"),
        ),
        rule(
            "quantities have a dot",
            refused("Deployment", LIMIT, "1,5", "quantities must match"),
            tier("E0103", "memory 1,5"),
        ),
        rule(
            "digits have nothing between",
            refused("Deployment", LIMIT, "1_000", "quantities must match"),
            tier("E0103", "memory 1_000"),
        ),
        rule(
            "a quantity has an exponent or a unit",
            refused("Deployment", LIMIT, "1e3Mi", "quantities must match"),
            tier("E0103", "memory 1e3Mi"),
        ),
        rule(
            "a quantity isn't empty",
            refused("Deployment", LIMIT, "", "quantities must match"),
            tier("E0107", "memory"),
        ),
        rule(
            "a quantity isn't negative",
            refused(
                "Deployment",
                LIMIT,
                "-1Gi",
                "must be greater than or equal to 0",
            ),
            tier("E0103", "memory -1Gi"),
        ),
        rule(
            "memory has whole bytes",
            warned(
                "Deployment",
                LIMIT,
                "134217728500m",
                "fractional byte value",
            ),
            tier("E0208", "memory 512m"),
        ),
        rule(
            "storage has whole bytes",
            warned(
                "PersistentVolumeClaim",
                STORAGE,
                "1500m",
                "fractional byte value",
            ),
            tier("E0208", "volume data 1500m at \"/data\""),
        ),
        rule(
            "a request isn't above its limit",
            refused(
                "Deployment",
                REQUEST,
                "1Gi",
                "must be less than or equal to memory limit",
            ),
            tier("E0209", "memory 1Gi..512Mi"),
        ),
        rule(
            "also in different units",
            refused(
                "Deployment",
                REQUEST,
                "0.25Gi",
                "must be less than or equal to memory limit",
            ),
            tier("E0209", "memory 0.25Gi..128Mi"),
        ),
        rule(
            "also in thousands and in powers of two",
            refused(
                "Deployment",
                REQUEST,
                "135M",
                "must be less than or equal to memory limit",
            ),
            tier("E0209", "memory 135M..128Mi"),
        ),
        rule(
            "resources are those that there are",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/resources/limits/ram",
                "1Gi",
                "must be a standard resource",
            ),
            tier("E0109", "ram 1Gi"),
        ),
        rule(
            "claims have a size",
            refused(
                "PersistentVolumeClaim",
                STORAGE,
                "0",
                "must be greater than zero",
            ),
            tier("E0208", "volume data 0 at \"/data\""),
        ),
        // ── How many pods ───────────────────────────────────────────────────────────────────────
        rule(
            "replicas are whole",
            refused(
                "Deployment",
                "/spec/replicas",
                2.5,
                "cannot unmarshal number 2.5",
            ),
            tier("E0211", "replicas 2.5"),
        ),
        rule(
            "replicas are a number",
            refused(
                "Deployment",
                "/spec/replicas",
                "2",
                "cannot unmarshal string",
            ),
            tier("E0107", "replicas \"2\""),
        ),
        rule(
            "replicas aren't negative",
            refused(
                "Deployment",
                "/spec/replicas",
                -1,
                "must be greater than or equal to 0",
            ),
            tier("E0103", "replicas -1"),
        ),
        rule(
            "replicas have 31 bits",
            refused(
                "Deployment",
                "/spec/replicas",
                2_147_483_648_i64,
                "cannot unmarshal number 2147483648",
            ),
            tier("E0211", "replicas 2147483648"),
        ),
        rule(
            "an autoscaler's bounds are in order",
            refused(
                "HorizontalPodAutoscaler",
                "/spec/minReplicas",
                5,
                "greater than or equal to `minReplicas`",
            ),
            tier("E0209", "cpu 100m\n  replicas 6..2 at cpu 70%"),
        ),
        rule(
            "an autoscaler leaves a pod",
            refused(
                "HorizontalPodAutoscaler",
                "/spec/minReplicas",
                0,
                "must be greater than or equal to 1",
            ),
            tier("E0211", "cpu 100m\n  replicas 0..2 at cpu 70%"),
        ),
        rule(
            "an autoscaler has a pod to go up to",
            refused(
                "HorizontalPodAutoscaler",
                "/spec/maxReplicas",
                0,
                "must be set and greater than 0",
            ),
            tier("E0211", "cpu 100m\n  replicas 0..0 at cpu 70%"),
        ),
        rule(
            "an autoscaler aims at something",
            refused(
                "HorizontalPodAutoscaler",
                "/spec/metrics/0/resource/target/averageUtilization",
                0,
                "must be greater than 0",
            ),
            tier("E0211", "cpu 100m\n  replicas 1..2 at cpu 0%"),
        ),
        later(
            "an autoscaler needs to know what a share of the cpu is",
            tier("E0302", "replicas 1..2 at cpu 70%"),
        ),
        // ── Probes ──────────────────────────────────────────────────────────────────────────────
        rule(
            "times of probes aren't negative",
            refused(
                "Deployment",
                PERIOD,
                -5,
                "must be greater than or equal to 0",
            ),
            tier("E0103", "health \"/\" { readiness every -5s }"),
        ),
        rule(
            "no time of a probe is nought, which means another one",
            taken("Deployment", PERIOD, 0),
            tier("E0210", "health \"/\" { readiness every 0s }"),
        ),
        rule(
            "times of probes are whole seconds",
            refused("Deployment", PERIOD, 0.5, "cannot unmarshal number 0.5"),
            tier("E0210", "health \"/\" { readiness every 0.5s }"),
        ),
        rule(
            "one success is enough for a liveness probe",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/livenessProbe/successThreshold",
                2,
                "must be 1",
            ),
            tier("E0107", "health \"/\" { liveness successes 2 }"),
        ),
        rule(
            "a probe asks something",
            refused(
                "Deployment",
                PROBE,
                json!({ "periodSeconds": 5 }),
                "must specify a handler type",
            ),
            tier("E0107", "health"),
        ),
        rule(
            "a probe asks one thing",
            refused(
                "Deployment",
                PROBE,
                json!({ "tcpSocket": { "port": 80 }, "httpGet": { "port": 80, "path": "/" } }),
                "may not specify more than 1 handler type",
            ),
            tier("E0107", "health tcp \"/\""),
        ),
        rule(
            "a probe has a path",
            taken(
                "Deployment",
                PROBE,
                json!({ "httpGet": { "port": 80, "path": "" } }),
            ),
            tier("E0214", "health \"\""),
        ),
        rule(
            "a probe's path begins with a slash",
            taken(
                "Deployment",
                "/spec/template/spec/containers/0/readinessProbe/httpGet/path",
                "health",
            ),
            tier("E0214", "health \"health\""),
        ),
        rule(
            "a probe's scheme has capitals",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/readinessProbe/httpGet/scheme",
                "https",
                "Unsupported value: \"https\"",
            ),
            never("the scheme follows from the port's name, and is a constant of the lowering"),
        ),
        rule(
            "a probe runs a command",
            refused(
                "Deployment",
                PROBE,
                json!({ "exec": { "command": [] } }),
                "exec.command: Required value",
            ),
            tier("E0107", "health exec"),
        ),
        rule(
            "a probe asks a port that the container has",
            taken(
                "Deployment",
                "/spec/template/spec/containers/0/readinessProbe/httpGet/port",
                "nope",
            ),
            code("E0303", "tier web { image \"web:1\", health \"/\" }"),
        ),
        rule(
            "a readiness probe ends nothing",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/readinessProbe/terminationGracePeriodSeconds",
                5,
                "must not be set for readinessProbes",
            ),
            never("no statement gives a probe a grace period"),
        ),
        // ── Rollouts and ends ───────────────────────────────────────────────────────────────────
        rule(
            "a rollout moves",
            refused(
                "Deployment",
                "/spec/strategy/rollingUpdate/maxSurge",
                0,
                "may not be 0 when `maxSurge` is 0",
            ),
            tier("E0211", "rollout surge 0 unavailable 0"),
        ),
        rule(
            "of a rollout no more than all are missing",
            refused(
                "Deployment",
                ROLLING,
                json!({ "maxUnavailable": "101%" }),
                "must not be greater than 100%",
            ),
            tier("E0211", "rollout surge 1 unavailable 101%"),
        ),
        rule(
            "what is recreated isn't rolled out",
            refused(
                "Deployment",
                "/spec/strategy/type",
                "Recreate",
                "may not be specified when strategy `type` is 'Recreate'",
            ),
            tier("E0107", "rollout recreate surge 1"),
        ),
        rule(
            "a rollout may take longer than a pod needs to be ready",
            refused(
                "Deployment",
                "/spec/minReadySeconds",
                600,
                "must be greater than minReadySeconds",
            ),
            never("no statement says `minReadySeconds`"),
        ),
        rule(
            "pods wait no longer before they stop than they have",
            refused(
                "Deployment",
                SLEEP,
                31,
                "less than terminationGracePeriodSeconds (30)",
            ),
            never("both times are constants: 5 s, and the recipe's or 30 s"),
        ),
        rule(
            "the time to stop isn't negative",
            refused(
                "Deployment",
                GRACE,
                -1,
                "less than terminationGracePeriodSeconds (-1)",
            ),
            never("the time to stop is the recipe's, a constant"),
        ),
        rule(
            "users have numbers of 31 bits",
            refused(
                "Deployment",
                USER,
                2_147_483_648_i64,
                "between 0 and 2147483647",
            ),
            tier("E0211", "user 2147483648"),
        ),
        rule(
            "users have no negative numbers",
            refused("Deployment", USER, -1, "between 0 and 2147483647"),
            tier("E0103", "user -1"),
        ),
        rule(
            "root isn't another user",
            taken("Deployment", USER, 0),
            tier("W0504", "user 0"),
        ),
        rule(
            "a session sticks for a day at most",
            refused(
                "Service",
                "/spec",
                json!({
                    "ports": [{ "port": 80 }],
                    "sessionAffinity": "ClientIP",
                    "sessionAffinityConfig": { "clientIP": { "timeoutSeconds": 86401 } },
                }),
                "must be greater than 0 and less than 86400",
            ),
            never("no statement says `sessionAffinity`"),
        ),
        rule(
            "modes of files have nine bits",
            refused(
                "Deployment",
                "/spec/template/spec/volumes/1/configMap/defaultMode",
                640_000,
                "must be a number between 0 and 0777 (octal)",
            ),
            never("files have Kubernetes' own mode"),
        ),
        rule(
            "pods are spread by one at least",
            refused(
                "Deployment",
                "/spec/template/spec/topologySpreadConstraints",
                json!([{ "maxSkew": 0, "topologyKey": "a", "whenUnsatisfiable": "ScheduleAnyway" }]),
                "must be greater than zero",
            ),
            never("the spread over nodes is a constant"),
        ),
        rule(
            "a preference has a weight",
            refused(
                "Deployment",
                "/spec/template/spec/affinity",
                json!({ "nodeAffinity": { "preferredDuringSchedulingIgnoredDuringExecution": [
                    { "weight": 101, "preference": {} },
                ] } }),
                "must be in the range 1-100",
            ),
            never("no statement says `affinity`"),
        ),
        // ── Text that looks like numbers ────────────────────────────────────────────────────────
        rule(
            "values of variables are text",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/env/0/value",
                1,
                "cannot unmarshal number into Go struct field EnvVar",
            ),
            never("every value of a variable is printed in quotes"),
        ),
        rule(
            "values of a ConfigMap are text",
            refused(
                "ConfigMap",
                "/data/A",
                1,
                "cannot unmarshal number into Go struct field ConfigMap",
            ),
            never("every value of a ConfigMap is printed in quotes"),
        ),
        rule(
            "values of labels are text",
            refused(
                "Deployment",
                "/metadata/labels/team",
                1,
                "cannot unmarshal number",
            ),
            never("every value of a label is printed in quotes"),
        ),
        rule(
            "a key of a ConfigMap has a value",
            taken("ConfigMap", "/data/A", json!(null)),
            code(
                "E0302",
                "config { A }\ntier web { image \"web:1\", env { A } }",
            ),
        ),
    ]
}
