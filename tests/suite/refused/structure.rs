//! Rules for what objects are made of, how they refer to each other, and what may change.

use serde_json::json;

use super::{Rule, code, fixed, later, never, refused, rule, taken, tier};

const MOUNTS: &str = "/spec/template/spec/containers/0/volumeMounts/-";
const MOUNT_PATH: &str = "/spec/template/spec/containers/0/volumeMounts/0/mountPath";
const VOLUMES: &str = "/spec/template/spec/volumes/-";
const IMAGE: &str = "/spec/template/spec/containers/0/image";
const HOST: &str = "/spec/rules/0/host";
const PATH: &str = "/spec/rules/0/http/paths/0/path";
const SCHEDULE: &str = "/spec/schedule";
const PEER: &str = "/spec/ingress/0/from/0";

fn host(host: &str) -> super::Todoc {
    tier("E0213", format!("expose ingress \"{host}\""))
}

/// What a patch that says this gets.
fn patch(yaml: &str) -> super::Todoc {
    tier(
        "E0320",
        format!("\n  patch Deployment {{\n    {yaml}\n  }}\n"),
    )
}

fn route(path: &str) -> super::Todoc {
    tier(
        "E0214",
        format!("expose ingress \"a.example.com\" path \"{path}\""),
    )
}

fn cron(schedule: &str) -> super::Todoc {
    code(
        "E0218",
        format!("cron c \"{schedule}\" {{ image \"web:1\" }}"),
    )
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn rules() -> Vec<Rule> {
    vec![
        // ── Selectors ───────────────────────────────────────────────────────────────────────────
        rule(
            "a selector selects its own pods",
            refused(
                "Deployment",
                "/spec/template/metadata/labels/app",
                "other",
                "`selector` does not match template `labels`",
            ),
            never("selectors and the labels that they select come from one function"),
        ),
        rule(
            "a Deployment has a selector",
            refused(
                "Deployment",
                "/spec/selector",
                json!({}),
                "empty selector is invalid for deployment",
            ),
            never("selectors and the labels that they select come from one function"),
        ),
        rule(
            "a StatefulSet has a selector",
            refused(
                "StatefulSet",
                "/spec/selector",
                json!({}),
                "empty selector is invalid for statefulset",
            ),
            never("selectors and the labels that they select come from one function"),
        ),
        rule(
            "a selector stays",
            fixed(
                "Deployment",
                "/spec/selector/matchLabels/more",
                "x",
                "field is immutable",
            ),
            never("selectors hold a tier's own label, never a version; a patch can't change them"),
        ),
        rule(
            "a patch leaves selectors alone",
            refused(
                "Service",
                "/spec/selector",
                json!([]),
                "cannot unmarshal array",
            ),
            code(
                "E0315",
                "tier web {\n  image \"web:1\"\n  port 80\n  patch Service {\n    spec: {selector: {a: b}}\n  }\n}",
            ),
        ),
        // ── What stays ──────────────────────────────────────────────────────────────────────────
        rule(
            "claims of a StatefulSet stay",
            fixed(
                "StatefulSet",
                "/spec/volumeClaimTemplates/0/spec/resources/requests/storage",
                "2Gi",
                "updates to statefulset spec for fields other than",
            ),
            never(
                "a new size in the text has to be brought to the claim by hand: one text is all that is known",
            ),
        ),
        rule(
            "a claim doesn't shrink",
            fixed(
                "PersistentVolumeClaim",
                "/spec/resources/requests/storage",
                "1Mi",
                "spec is immutable after creation except resources.requests",
            ),
            never("one text is all that is known: what size a claim had isn't"),
        ),
        rule(
            "what a Job runs stays",
            fixed(
                "Job",
                "/spec/template/spec/containers/0/image",
                "web:2",
                "field is immutable",
            ),
            never("the Job of a migration has a hash of what it runs in its name"),
        ),
        // ── Storage ─────────────────────────────────────────────────────────────────────────────
        rule(
            "what is mounted is a volume",
            refused(
                "Deployment",
                MOUNTS,
                json!({ "name": "nope", "mountPath": "/x" }),
                "Not found: \"nope\"",
            ),
            tier("E0201", "volume web.nope at \"/x\""),
        ),
        rule(
            "two things can't be mounted at one path",
            refused(
                "Deployment",
                MOUNTS,
                json!(null),
                "mountPath: Invalid value: \"/data\": must be unique",
            ),
            tier(
                "E0312",
                "volume data 1Gi at \"/data\"\n  volume more 1Gi at \"/data\"",
            ),
        ),
        rule(
            "what is mounted has a path",
            refused("Deployment", MOUNT_PATH, "", "mountPath: Required value"),
            tier("E0214", "volume data 1Gi at \"\""),
        ),
        rule(
            "what is mounted begins at the root",
            taken("Deployment", MOUNT_PATH, "data"),
            tier("E0214", "volume data 1Gi at \"data\""),
        ),
        rule(
            "where something is mounted there is no colon",
            taken("Deployment", MOUNT_PATH, "/a:b"),
            tier("E0214", "volume data 1Gi at \"/a:b\""),
        ),
        rule(
            "nothing is mounted at the root",
            taken("Deployment", MOUNT_PATH, "/"),
            tier("E0214", "volume data 1Gi at \"/\""),
        ),
        rule(
            "what is mounted climbs nowhere",
            taken("Deployment", MOUNT_PATH, "/a/../b"),
            tier("E0214", "volume data 1Gi at \"/a/../b\""),
        ),
        rule(
            "a part of a volume lies in it",
            refused(
                "Deployment",
                MOUNTS,
                json!({ "name": "data", "mountPath": "/x", "subPath": "../x" }),
                "must not contain '..'",
            ),
            tier("E0214", "file \"../nginx.conf\" at \"/x\""),
        ),
        rule(
            "a volume is of one kind",
            refused(
                "Deployment",
                VOLUMES,
                json!({ "name": "x", "emptyDir": {}, "configMap": { "name": "x" } }),
                "may not specify more than 1 volume type",
            ),
            never("each volume is made by one function for its kind"),
        ),
        rule(
            "an empty folder isn't smaller than nothing",
            refused(
                "Deployment",
                VOLUMES,
                json!({ "name": "x", "emptyDir": { "sizeLimit": "-1" } }),
                "SizeLimit field must be a valid resource quantity",
            ),
            never("empty folders have no bound but shared memory, whose is a constant"),
        ),
        rule(
            "a claim can be mounted somehow",
            refused(
                "PersistentVolumeClaim",
                "/spec/accessModes",
                json!([]),
                "at least 1 access mode is required",
            ),
            never("`shared` decides between two access modes"),
        ),
        rule(
            "access modes have no short names",
            refused(
                "PersistentVolumeClaim",
                "/spec/accessModes/0",
                "RWO",
                "Unsupported value: \"RWO\"",
            ),
            tier("E0107", "volume data 1Gi RWO at \"/data\""),
        ),
        // ── Variables, ConfigMaps and Secrets ───────────────────────────────────────────────────
        rule(
            "a variable has a value or a source",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/env/1/value",
                "x",
                "may not be specified when `value` is not empty",
            ),
            never("a variable is either, by its type"),
        ),
        rule(
            "a secret has a key",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/env/1/valueFrom/secretKeyRef",
                json!({ "name": "s" }),
                "secretKeyRef.key: Required value",
            ),
            tier("E0206", "secret A from object \"s\" key \"\""),
        ),
        rule(
            "a secret is there",
            taken(
                "Deployment",
                "/spec/template/spec/containers/0/env/1/valueFrom/secretKeyRef/key",
                "nope",
            ),
            tier("E0201", "env { NOPE }"),
        ),
        rule(
            "a ConfigMap holds a mebibyte",
            refused(
                "ConfigMap",
                "/data/A",
                "x".repeat(1_048_577),
                "may not be more than 1048576 bytes",
            ),
            code(
                "E0310",
                format!(
                    "config {{ A = \"{}\" }}\ntier web {{ image \"web:1\", env {{ A }} }}",
                    "x".repeat(1_048_577)
                ),
            ),
        ),
        rule(
            "a Secret is in base64",
            refused("Secret", "/data/A", "b", "illegal base64 data"),
            never("no Secret is written"),
        ),
        rule(
            "a Secret for TLS has a certificate",
            refused(
                "Secret",
                "/type",
                "kubernetes.io/tls",
                "data[tls.crt]: Required value",
            ),
            never("no Secret is written"),
        ),
        // ── Budgets, autoscalers and policies ───────────────────────────────────────────────────
        rule(
            "a budget has one bound",
            refused(
                "PodDisruptionBudget",
                "/spec/minAvailable",
                1,
                "cannot be both set",
            ),
            never("a budget says how many may be missing, a constant"),
        ),
        rule(
            "a budget's share is one of all",
            refused(
                "PodDisruptionBudget",
                "/spec/maxUnavailable",
                "101%",
                "must not be greater than 100%",
            ),
            never("a budget says how many may be missing, a constant"),
        ),
        rule(
            "an autoscaler scales a kind of object",
            refused(
                "HorizontalPodAutoscaler",
                "/spec/scaleTargetRef",
                json!({ "name": "web" }),
                "kind: Required value",
            ),
            never("an autoscaler is made beside its Deployment"),
        ),
        rule(
            "who may connect is somebody",
            refused("NetworkPolicy", PEER, json!({}), "must specify a peer"),
            never("a peer selects a tier's label"),
        ),
        rule(
            "who may connect is pods or addresses",
            refused(
                "NetworkPolicy",
                "/spec/ingress/0/from/0/ipBlock",
                json!({ "cidr": "10.0.0.0/8" }),
                "may not specify both ipBlock and another peer",
            ),
            never("no statement says addresses"),
        ),
        rule(
            "addresses have a mask",
            refused(
                "NetworkPolicy",
                PEER,
                json!({ "ipBlock": { "cidr": "10.0.0.0" } }),
                "must be a valid CIDR",
            ),
            never("no statement says addresses"),
        ),
        rule(
            "a policy's port is one",
            refused(
                "NetworkPolicy",
                "/spec/ingress/0/ports/0/port",
                0,
                "between 1 and 65535",
            ),
            tier("E0207", "port x 0"),
        ),
        rule(
            "a policy's types have capitals",
            refused(
                "NetworkPolicy",
                "/spec/policyTypes/0",
                "ingress",
                "Unsupported value: \"ingress\"",
            ),
            never("policies are for ingress, a constant"),
        ),
        // ── Ingresses ───────────────────────────────────────────────────────────────────────────
        rule(
            "a route says how its path is meant",
            refused(
                "Ingress",
                "/spec/rules/0/http/paths/0/pathType",
                json!(null),
                "pathType must be specified",
            ),
            never("all paths are prefixes, a constant"),
        ),
        rule(
            "an ingress has a name for a host",
            refused(
                "Ingress",
                HOST,
                "10.0.0.1",
                "must be a DNS name, not an IP address",
            ),
            host("10.0.0.1"),
        ),
        rule(
            "hosts have no upper case",
            refused("Ingress", HOST, "A.example.com", "RFC 1123"),
            host("A.example.com"),
        ),
        rule(
            "hosts have no port",
            refused("Ingress", HOST, "a.example.com:80", "RFC 1123"),
            host("a.example.com:80"),
        ),
        rule(
            "hosts have no scheme",
            refused("Ingress", HOST, "https://a.example.com", "RFC 1123"),
            host("https://a.example.com"),
        ),
        rule(
            "hosts have no dot at their end",
            refused("Ingress", HOST, "a.example.com.", "RFC 1123"),
            host("a.example.com."),
        ),
        rule(
            "a star is a host's first label",
            refused("Ingress", HOST, "a.*.com", "wildcard DNS-1123 subdomain"),
            host("a.*.com"),
        ),
        rule(
            "hosts have 253 characters at most",
            refused(
                "Ingress",
                HOST,
                ["a".repeat(50).as_str(); 5].join("."),
                "must be no more than 253",
            ),
            host(&["a".repeat(50).as_str(); 5].join(".")),
        ),
        rule(
            "routes begin at the root",
            refused("Ingress", PATH, "api", "must be an absolute path"),
            route("api"),
        ),
        rule(
            "routes climb nowhere",
            refused("Ingress", PATH, "/a/../b", "must not contain '/../'"),
            route("/a/../b"),
        ),
        rule(
            "routes don't end in two dots",
            refused("Ingress", PATH, "/a/..", "cannot end with '/..'"),
            route("/a/.."),
        ),
        rule(
            "routes stand still nowhere",
            refused("Ingress", PATH, "/a/./b", "must not contain '/./'"),
            route("/a/./b"),
        ),
        rule(
            "routes have no empty part",
            refused("Ingress", PATH, "/a//b", "must not contain '//'"),
            route("/a//b"),
        ),
        rule(
            "routes have no escaped slash",
            refused("Ingress", PATH, "/a%2fb", "must not contain '%2f'"),
            route("/a%2fb"),
        ),
        rule(
            "a route leads to a port by name or number",
            refused(
                "Ingress",
                "/spec/rules/0/http/paths/0/backend/service/port/number",
                80,
                "cannot set both port name & port number",
            ),
            never("a route names the port of its Service"),
        ),
        rule(
            "an ingress leads somewhere",
            refused(
                "Ingress",
                "/spec/rules",
                json!([]),
                "either `defaultBackend` or `rules` must be specified",
            ),
            code(
                "E0302",
                "tier web { image \"web:1\", port 80 }\ntarget x { ingress \"a.example.com\" { } }",
            ),
        ),
        // ── Crons and jobs ──────────────────────────────────────────────────────────────────────
        rule(
            "schedules have five fields",
            refused(
                "CronJob",
                SCHEDULE,
                "0 3 * * * *",
                "expected exactly 5 fields",
            ),
            cron("0 3 * * * *"),
        ),
        rule(
            "schedules aren't empty",
            refused("CronJob", SCHEDULE, "", "schedule: Required value"),
            cron(""),
        ),
        rule(
            "minutes end with 59",
            refused("CronJob", SCHEDULE, "60 3 * * *", "above maximum"),
            cron("60 3 * * *"),
        ),
        rule(
            "days of the week end with 6",
            refused("CronJob", SCHEDULE, "0 3 * * 7", "above maximum"),
            cron("0 3 * * 7"),
        ),
        rule(
            "ranges of schedules run forwards",
            refused("CronJob", SCHEDULE, "0 5-3 * * *", "beyond end of range"),
            cron("0 5-3 * * *"),
        ),
        rule(
            "steps of schedules go on",
            refused(
                "CronJob",
                SCHEDULE,
                "*/0 3 * * *",
                "step of range should be a positive number",
            ),
            cron("*/0 3 * * *"),
        ),
        rule(
            "macros of schedules are those that there are",
            refused("CronJob", SCHEDULE, "@reboot", "unrecognized descriptor"),
            cron("@reboot"),
        ),
        rule(
            "a zone stands beside its schedule",
            refused(
                "CronJob",
                SCHEDULE,
                "TZ=Europe/Berlin 0 3 * * *",
                "cannot use TZ or CRON_TZ",
            ),
            cron("TZ=Europe/Berlin 0 3 * * *"),
        ),
        rule(
            "a schedule comes",
            taken("CronJob", SCHEDULE, "0 3 31 2 *"),
            cron("0 3 31 2 *"),
        ),
        rule(
            "a zone isn't the server's own",
            refused(
                "CronJob",
                "/spec/timeZone",
                "Local",
                "timeZone: Invalid value: \"Local\"",
            ),
            code(
                "E0218",
                "cron c \"0 3 * * *\" zone \"Local\" { image \"web:1\" }",
            ),
        ),
        rule(
            "zones are those of the database",
            refused(
                "CronJob",
                "/spec/timeZone",
                "Europe/Atlantis",
                "unknown time zone Europe/Atlantis",
            ),
            code(
                "E0218",
                "cron c \"0 3 * * *\" zone \"Europe/Atlantis\" { image \"web:1\" }",
            ),
        ),
        rule(
            "what runs at once has capitals",
            refused(
                "CronJob",
                "/spec/concurrencyPolicy",
                "forbid",
                "Unsupported value: \"forbid\"",
            ),
            never("crons don't overlap, a constant"),
        ),
        rule(
            "what runs to its end isn't started again for ever",
            refused(
                "Job",
                "/spec/template/spec/restartPolicy",
                "Always",
                "valid values: \"OnFailure\", \"Never\"",
            ),
            never("no statement says `restartPolicy`"),
        ),
        rule(
            "what serves is started again",
            refused(
                "Deployment",
                "/spec/template/spec/restartPolicy",
                "Never",
                "Unsupported value: \"Never\"",
            ),
            never("no statement says `restartPolicy`"),
        ),
        // ── Images and users ────────────────────────────────────────────────────────────────────
        rule(
            "an image is named",
            refused(
                "Pod",
                "/spec/containers/0/image",
                "",
                "image: Required value",
            ),
            code("E0212", "tier web { image \"\" }"),
        ),
        rule(
            "an image's name is one",
            taken("Deployment", IMAGE, "Web:1"),
            code("E0212", "tier web { image \"Web:1\" }"),
        ),
        rule(
            "an image's name has no blanks around it",
            refused(
                "Pod",
                "/spec/containers/0/image",
                " web:1",
                "must not have leading or trailing whitespace",
            ),
            code("E0212", "tier web { image \" web:1\" }"),
        ),
        rule(
            "an image's digest is one",
            taken("Deployment", IMAGE, "web@sha256:abc"),
            code("E0212", "tier web { image \"web@sha256:abc\" }"),
        ),
        rule(
            "images are pulled by a word that there is",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/imagePullPolicy",
                "never",
                "Unsupported value: \"never\"",
            ),
            code(
                "E0107",
                "app a { pull sometimes }\ntier web { image \"web:1\" }",
            ),
        ),
        rule(
            "privileges aren't both given and kept away",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/securityContext/privileged",
                true,
                "cannot set `allowPrivilegeEscalation` to false and `privileged` to true",
            ),
            tier("E0109", "privileged"),
        ),
        rule(
            "profiles of seccomp are those that there are",
            refused(
                "Deployment",
                "/spec/template/spec/securityContext/seccompProfile/type",
                "runtime/default",
                "Unsupported value: \"runtime/default\"",
            ),
            never("the profile is the runtime's, a constant"),
        ),
        // ── The shape of objects ────────────────────────────────────────────────────────────────
        rule(
            "fields are those that there are",
            refused(
                "Deployment",
                "/spec/replica",
                2,
                "unknown field \"spec.replica\"",
            ),
            patch("spec: {replica: 2}"),
        ),
        rule(
            "a number is no text",
            refused(
                "Deployment",
                "/spec/minReadySeconds",
                "5",
                "cannot unmarshal string",
            ),
            patch("spec: {minReadySeconds: \"5\"}"),
        ),
        rule(
            "a number has at most as many bits as its field",
            refused(
                "Deployment",
                "/spec/minReadySeconds",
                3_000_000_000_u32,
                "cannot unmarshal number",
            ),
            patch("spec: {minReadySeconds: 3000000000}"),
        ),
        rule(
            "an annotation is text",
            refused(
                "Deployment",
                "/metadata/annotations",
                json!({ "example.com/on": true }),
                "cannot unmarshal bool",
            ),
            patch("metadata: {annotations: {example.com/on: true}}"),
        ),
        rule(
            "a list is no mapping",
            refused(
                "Deployment",
                "/spec/template/spec/tolerations",
                json!({ "key": "gpu" }),
                "cannot unmarshal object",
            ),
            patch("spec: {template: {spec: {tolerations: {key: gpu}}}}"),
        ),
        later(
            "a key stands once, also in a file of YAML",
            code(
                "E0314",
                "object \"./twice.yaml\"\ntier web { image \"web:1\" }",
            ),
        ),
        later(
            "a key of a ConfigMap stands once",
            code(
                "E0204",
                "config { A = 1, A = 2 }\ntier web { image \"web:1\", env { A } }",
            ),
        ),
        rule(
            "a Service without an address of its own isn't exposed",
            refused(
                "Service",
                "/spec/clusterIP",
                "None",
                "may not be set to 'None' for NodePort services",
            ),
            never("what is exposed has a Service of its own beside that of a database"),
        ),
        rule(
            "a Service is reached by a name of its pods' ports",
            refused(
                "Service",
                "/spec/ports/0/targetPort",
                "a_b",
                "must contain only alpha-numeric characters",
            ),
            tier("E0205", "port a_b 81"),
        ),
    ]
}
