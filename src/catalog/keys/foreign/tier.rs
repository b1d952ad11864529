//! Words from elsewhere in a tier, a job and their blocks.

use super::{Foreign, at, other, same};
use crate::catalog::keys::Place;

/// Where a workload is.
const TIER: &[Place] = &[Place::Tier, Place::TargetTier];

/// Of several rows that fit, the first counts.
pub(super) const TIER_WORDS: &[Foreign] = &[
    same(&["environment"], "env", "write `env { NAME = value }`"),
    other(
        &[
            "envfrom",
            "configmapref",
            "secretref",
            "configmapkeyref",
            "secretkeyref",
            "valuefrom",
            "envfile",
        ],
        "name what it sees: `env { NAME, ..config, ..secrets }`",
    ),
    same(
        &["dependson", "links", "requires", "uses", "waitfor"],
        "needs",
        "write `needs NAME`",
    ),
    other(
        &["targetport", "nodeport", "hostport"],
        "say what it listens on as `port 3000`, and who reaches it as `expose nodeport 30080`",
    ),
    same(
        &["ports", "containerport"],
        "port",
        "write `port 3000`; who reaches it is said by `expose`",
    ),
    same(&["scale"], "replicas", "write `replicas N`"),
    other(
        &[
            "deploy",
            "autoscale",
            "autoscaler",
            "autoscaling",
            "hpa",
            "minreplicas",
            "maxreplicas",
            "horizontalpodautoscaler",
        ],
        "write `replicas N`, or `replicas 2..6 at cpu 70%` or `at memory 80%`",
    ),
    other(
        &[
            "resources",
            "limits",
            "requests",
            "reservations",
            "cpus",
            "memlimit",
            "memreservation",
            "cpucount",
            "cpupercent",
            "cpuperiod",
            "cpuquota",
            "cpurtperiod",
            "cpurtruntime",
            "cpushares",
            "cpuset",
        ],
        "write request and limit as `cpu 100m..500m` and `memory 128Mi..512Mi`",
    ),
    same(
        &["entrypoint", "cmd", "run", "start"],
        "command",
        "write `command \"program\" \"argument\"`",
    ),
    other(
        &[
            "healthcheck",
            "livenessprobe",
            "readinessprobe",
            "startupprobe",
            "probes",
            "httpget",
        ],
        "write `health \"/path\"`, with `{ liveness every 30s }` where one differs",
    ),
    other(
        &[
            "strategy",
            "rollingupdate",
            "maxsurge",
            "maxunavailable",
            "updateconfig",
        ],
        "write `rollout surge 1 unavailable 0`, or `rollout recreate`",
    ),
    other(
        &["restart", "restartpolicy"],
        "delete it: a tier is always started again, and a `job` ends",
    ),
    other(
        &[
            "securitycontext",
            "runasuser",
            "runasnonroot",
            "fsgroup",
            "privileged",
        ],
        "write `user N`; the rest is hardened by default",
    ),
    at(
        &[Place::Tier, Place::Job],
        &["script"],
        "write `command \"program\" \"argument\"`",
    ),
    at(
        &[Place::Tier, Place::Job],
        &["mount", "bind"],
        "write `file \"./app.conf\" at \"/path\"` for a file that is read, and `volume NAME 1Gi at \"/path\"` for what is kept",
    ),
    at(
        TIER,
        &["tls", "ssl", "certificate", "cert", "https"],
        "write it behind the host: `expose ingress \"www.example.com\" tls`",
    ),
    at(
        TIER,
        &["cors", "origins", "allowedorigins"],
        "tell the process whose pages may call it: `env { CORS_ORIGINS = [web.origin] }`",
    ),
    at(
        &[Place::Tier, Place::Job],
        &["debug", "verbose", "loglevel"],
        "set a variable that the process reads: `env { LOG_LEVEL = \"debug\" }`",
    ),
    at(
        &[Place::Tier, Place::Job],
        &["language", "framework", "recipe", "source", "src"],
        "say how its image is built: `build node \"./folder\"`",
    ),
    at(
        TIER,
        &[
            "allowfrom",
            "allowlist",
            "whitelist",
            "firewall",
            "accessfrom",
        ],
        "write `admit namespace \"NAME\"`, `admit pods \"KEY=VALUE\"` or `admit cidr \"10.0.0.0/8\"`",
    ),
    other(
        &[
            "volumemounts",
            "volumes",
            "mounts",
            "persistentvolumeclaim",
            "pvc",
            "emptydir",
            "tmpfs",
        ],
        "write `volume NAME 1Gi at \"/path\"`, or `writable \"/path\"` for what may be lost",
    ),
    other(
        &["dockerfile"],
        "write `build dockerfile \"./folder\" { file \"Dockerfile\" }`",
    ),
    at(
        &[Place::Tier, Place::Job, Place::Build],
        &["context"],
        "write the folder behind the recipe: `build dockerfile \"./folder\"`",
    ),
    other(
        &["buildargs"],
        "write build arguments in the block of `build`: `KEY = value`",
    ),
    other(
        &["imagepullpolicy", "pullpolicy", "pullrefreshafter"],
        "write `pull missing`, `pull always` or `pull never` in `app` or a target",
    ),
    other(
        &["imagepullsecrets"],
        "write `pull_secret \"NAME\"` in `app` or a target",
    ),
    other(
        &[
            "containers",
            "container",
            "pod",
            "initcontainers",
            "sidecar",
            "sidecars",
        ],
        "a tier runs one container: say its `image` or `build` itself",
    ),
    other(
        &["annotations"],
        "write each as `annotate \"key\" = \"value\"`",
    ),
    other(
        &["matchlabels"],
        "delete it: selectors follow from the names; `naming { selector standard }` changes them",
    ),
    other(
        &["ingressclassname"],
        "write `ingress { class \"nginx\" }` in `app`",
    ),
    at(
        TIER,
        &[
            "gateway",
            "httproute",
            "grpcroute",
            "parentrefs",
            "hostnames",
        ],
        "write `expose ingress \"www.example.com\" tls`, and name the Gateway in `app` or in a target: `ingress { gateway \"NAME\" }`",
    ),
    at(
        TIER,
        &["ingress", "host", "domain", "url"],
        "write `expose ingress \"www.example.com\" tls`",
    ),
    at(
        TIER,
        &["hostname", "domainname"],
        "delete it: others in the cluster reach it by its name; a public one is said by `expose ingress \"www.example.com\"`",
    ),
    other(
        &["loadbalancer", "clusterip", "type"],
        "write `expose loadbalancer`, `expose nodeport` or `expose ingress \"host\"`",
    ),
    at(
        TIER,
        &["networks", "network", "networkmode"],
        "delete it: who may connect follows from who refers to whom",
    ),
    at(
        TIER,
        &["secrets"],
        "name those that it sees: `env { NAME }`, or all: `env { ..secrets }`; as a file: `file secret.NAME at \"/path\"`",
    ),
    other(
        &[
            "nodeselector",
            "affinity",
            "tolerations",
            "topologyspreadconstraints",
            "priorityclassname",
            "priorityclass",
            "priority",
            "gpu",
            "nodename",
            "runtimeclassname",
            "capabilities",
            "capadd",
            "capdrop",
            "dnsconfig",
            "extrahosts",
            "hostaliases",
            "hostnetwork",
            "sysctls",
            "dns",
            "dnsopt",
            "dnssearch",
            "devices",
            "devicecgrouprules",
            "gpus",
            "groupadd",
            "lifecycle",
            "poststart",
            "prestop",
            "securityopt",
            "shmsize",
        ],
        "say it in a patch: `patch Deployment {`, and its YAML on the lines below",
    ),
    other(
        &["workingdir", "workdir", "cwd"],
        "say it in the image, or in a patch: `patch Deployment {`, and its YAML below",
    ),
    other(
        &[
            "logging",
            "tty",
            "stdinopen",
            "init",
            "ulimits",
            "blkioconfig",
            "cgroup",
            "cgroupparent",
            "credentialspec",
            "ipc",
            "isolation",
            "macaddress",
            "memswaplimit",
            "memswappiness",
            "oomkilldisable",
            "oomscoreadj",
            "pid",
            "pidslimit",
            "useapisocket",
            "usernsmode",
            "uts",
        ],
        "delete it: that is a matter of the cluster and its nodes",
    ),
    other(
        &["readonly", "readonlyrootfilesystem"],
        "delete it: the root is read-only where a recipe builds the image; `writable \"/path\"` names what isn't",
    ),
    same(
        &["stopgraceperiod", "terminationgraceperiodseconds"],
        "grace",
        "write `grace 60s`",
    ),
    other(
        &["stopsignal"],
        "say it in the image: `STOPSIGNAL SIGINT` in its Dockerfile",
    ),
    other(
        &["storageopt", "ephemeralstorage"],
        "write what a container writes besides volumes as `disk 1Gi`",
    ),
    other(
        &["volumesfrom"],
        "name the volume of the other tier: `volume TIER.VOLUME at \"/path\"`",
    ),
    at(
        &[Place::Tier, Place::Job, Place::TargetTier],
        &["platform"],
        "write it in `app` or a target, for all images that are built: `platform \"linux/amd64\"`",
    ),
    at(
        TIER,
        &["profiles"],
        "say where it isn't: `target NAME { without TIER }`",
    ),
    at(
        TIER,
        &["extends"],
        "write `tier NAME from TIER { … }` for one with the image of another, or each by itself",
    ),
    at(
        TIER,
        &["labels", "labelfile"],
        "write them in `app`, for all objects: `labels { KEY = \"value\" }`",
    ),
    at(TIER, &["configs"], "write `file \"FILE\" at \"/path\"`"),
    at(
        TIER,
        &["models"],
        "name the server of a model as `external NAME { … }`, and refer to its `.url`",
    ),
    at(
        TIER,
        &["runtime"],
        "say it in a patch: `patch Deployment {`, and its YAML on the lines below",
    ),
    other(
        &["containername"],
        "delete it: a tier's name is that of its container",
    ),
    other(
        &["initialdelayseconds"],
        "write `after 10s` behind the probe",
    ),
    other(
        &["periodseconds", "interval"],
        "write `every 10s` behind the probe",
    ),
    other(&["timeoutseconds"], "write `timeout 3s` behind the probe"),
    at(
        &[Place::Tier, Place::Health],
        &["timeout"],
        "write `timeout 3s` behind the probe",
    ),
    other(
        &["failurethreshold", "retries"],
        "write `failures 3` behind the probe",
    ),
    other(
        &["arg", "argument"],
        "write build arguments as `KEY = value`",
    ),
];
