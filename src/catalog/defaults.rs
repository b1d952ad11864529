//! What holds where nothing is said, and the word that switches it off or changes it.

/// A default that shapes the output: a row of [`DEFAULTS`].
#[derive(Debug)]
pub struct Default {
    /// What it is called.
    pub name: &'static str,
    /// What holds.
    pub rule: &'static str,
    /// Why.
    pub reason: &'static str,
    /// What to write for something else.
    pub other: &'static str,
    /// What `without` switches off, where it can.
    pub switch: Option<Switch>,
}

/// A default that `without` switches off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Switch {
    /// The root file system of a container can't be written to.
    ReadOnlyRoot,
    /// A PodDisruptionBudget.
    DisruptionBudget,
    /// A NetworkPolicy.
    NetworkPolicy,
    /// What that says of the connections that pods make themselves.
    EgressPolicy,
    /// A changed ConfigMap rolls the pods that read it.
    ConfigChecksum,
    /// A ServiceAccount of the application's own.
    ServiceAccount,
    /// Pods are spread over nodes.
    Spread,
    /// Pods wait for the databases that they need.
    Wait,
    /// The namespace enforces the Pod Security Standards.
    PodSecurity,
}

const fn fixed(
    name: &'static str,
    rule: &'static str,
    reason: &'static str,
    other: &'static str,
) -> Default {
    Default {
        name,
        rule,
        reason,
        other,
        switch: None,
    }
}

const fn switched(
    switch: Switch,
    name: &'static str,
    rule: &'static str,
    reason: &'static str,
    other: &'static str,
) -> Default {
    Default {
        switch: Some(switch),
        ..fixed(name, rule, reason, other)
    }
}

/// Every default, in the order of the reference.
pub const DEFAULTS: &[Default] = &[
    fixed(
        "sizes",
        "one replica; no cpu or memory",
        "nobody else knows what an application takes",
        "replicas, cpu, memory",
    ),
    fixed(
        "version, tag",
        "version 0.1.0; the tag is the version, and VERSION-TARGET in a target for tiers with build arguments that browsers read",
        "what browsers read is fixed in the image, so each target has an image of its own",
        "version, tag",
    ),
    fixed(
        "namespace",
        "the application's name, made by the build and written in every object; `default` isn't made",
        "one application's objects are found, and deleted, by their namespace",
        "namespace",
    ),
    fixed(
        "pull",
        "if the node lacks the image",
        "a tag names one image for good, and Kubernetes' own rule depends on the tag",
        "pull",
    ),
    fixed(
        "versions of recipes",
        "node 24 slim, python 3.13 slim, go 1.26, rust 1.95; packages npm, uv; entry app.main:app, config.wsgi:application, dist/main.js, `.`; python and rust need one where the sources name none or several",
        "versions that get fixes for long, on Debian, where prebuilt packages work",
        "the options of build",
    ),
    fixed(
        "hardening",
        "recipes: user and group 10001, no capabilities, no escalation, the runtime's seccomp profile; images of others: no escalation, seccomp, and no NET_RAW among their capabilities",
        "what breaks in cannot become root, nor forge packets; of an image of others it isn't known which user and which other capabilities it bears",
        "user; for capabilities a patch",
    ),
    switched(
        Switch::ReadOnlyRoot,
        "read_only_root",
        "recipes and databases: the root file system is read-only, but for empty folders where they write; a database that runs another `image` can write everywhere",
        "what breaks in can't change the application",
        "without read_only_root",
    ),
    fixed(
        "empty folders",
        "2Gi each, where a pod that writes more is replaced; a pod with `disk` has that for all it writes; `/dev/shm` of postgres has its memory limit, or 1Gi",
        "what writes without end fills its own folder, and not the disk of its node",
        "disk, memory",
    ),
    fixed(
        "probes",
        "health \"/p\": startup, readiness and liveness GET it by the port that stands for the tier, and ask for the first host of a plain variable `ALLOWED_HOSTS`; startup every 5s failures 24, or longer where another probe has `after`, readiness every 10s failures 3, liveness every 10s failures 6, timeout 3s",
        "a slow start isn't a failure, and a busy minute isn't a reason to restart",
        "health",
    ),
    fixed(
        "rollout",
        "one pod more than wanted, never one less; a tier with a claim of its own, or that runs a scheduler such as celery beat, is recreated; pods with a volume `per pod` start together, and are replaced one by one; a pod without a readiness probe counts after 10s",
        "a release loses no request; two pods can't share such a claim",
        "rollout",
    ),
    fixed(
        "host name",
        "the pod of a workload with a volume of its own has the host name WORKLOAD-0, and so has its next pod; with a volume `per pod` the others have WORKLOAD-1 and on; any other pod has its own name",
        "some programs, such as RabbitMQ, keep their data under the host name",
        "patch",
    ),
    fixed(
        "shutdown",
        "pods with a port wait 5s before they stop; what goes on for longer than its `grace` is killed",
        "proxies go on sending for a moment after a pod is told to stop; workers end what they have begun",
        "grace",
    ),
    switched(
        Switch::DisruptionBudget,
        "disruption_budget",
        "from two replicas on, nodes are drained of one pod at a time; unhealthy pods may go",
        "maintenance of nodes doesn't stop the application, nor the application the maintenance",
        "without disruption_budget",
    ),
    switched(
        Switch::NetworkPolicy,
        "network_policy",
        "only those that refer to a tier or database, need it or are admitted connect to it; anyone, if it is exposed; nobody to jobs, crons and migrations",
        "what breaks into one tier doesn't reach the others' ports",
        "without network_policy",
    ),
    switched(
        Switch::EgressPolicy,
        "egress_policy",
        "the NetworkPolicy of a database lets it connect to nobody, but for one with `instances`, whose servers ask the API server and each other; those of all other pods, but for `annotate \"dapr.io/enabled\" = true`, to anyone except the cloud's metadata server, 169.254.169.254 and fd00:ec2::254, which they may ask for names alone",
        "whoever makes a server fetch a URL doesn't get the rights that the cloud gives its node; workload identities of GKE and AKS need that server",
        "without egress_policy",
    ),
    switched(
        Switch::ConfigChecksum,
        "config_checksum",
        "a changed ConfigMap rolls the pods that read it; a Secret never does: `kubectl rollout restart` after it has changed",
        "variables are read once, at the start; a checksum of a Secret would help to guess it",
        "without config_checksum",
    ),
    switched(
        Switch::ServiceAccount,
        "service_account",
        "one for the application, without a token in its pods but those with `annotate \"dapr.io/enabled\" = true` or an `account`; no variables for Services; switched off, pods have the account of the namespace, and its token",
        "few pods talk to the API server, and what breaks in could",
        "without service_account",
    ),
    switched(
        Switch::Spread,
        "spread",
        "from two replicas on, pods go to different nodes where they can",
        "one node's loss isn't the tier's",
        "without spread",
    ),
    switched(
        Switch::Wait,
        "wait",
        "what needs a database in the cluster waits for it in an init container, which takes cpu 100m and memory 64Mi while it does, and logs in with the password if the process has it; migrations also wait for databases elsewhere by their URLs and for tiers of others' images by their ports, and give up after ten minutes",
        "the first start doesn't fail and back off until the database is there; what keeps it is in the log of the container",
        "without wait",
    ),
    fixed(
        "migrations",
        "a Job WORKLOAD-migrate-HASH for each image and command, in a file that is applied before all tiers; tried again six times within about ten minutes, and kept a day",
        "pods that need the migrations start once these have ended well, and old ones go on until then; a Job can't be changed, so a hash of what it runs is in its name",
        "-",
    ),
    switched(
        Switch::PodSecurity,
        "pod_security",
        "a namespace that the build makes enforces what all its pods keep to: `restricted`, or `baseline` if an image of others may run as root; nothing if an `object`, a patch of containers or volumes, or an annotation or label of somebody else's may put other pods or containers there",
        "what breaks in, or is deployed there by mistake, gets no more rights than the application needs; the version is written too, so that no upgrade of the cluster refuses what ran",
        "without pod_security",
    ),
];

/// The switch of that name.
#[must_use]
pub fn switch(name: &str) -> Option<Switch> {
    DEFAULTS.iter().find(|default| default.name == name)?.switch
}

/// The names behind `without`.
pub fn switches() -> impl Iterator<Item = &'static str> + Clone {
    DEFAULTS
        .iter()
        .filter(|default| default.switch.is_some())
        .map(|default| default.name)
}
