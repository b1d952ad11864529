//! Why lines of the output are there that no statement and no default accounts for.

/// A rule that shapes the output: a row of [`RULES`].
#[derive(Debug)]
pub struct OutputRule {
    /// What it is called; no [default](super::defaults) is called the same.
    pub name: &'static str,
    /// What it adds to the output.
    pub what: &'static str,
    /// Why.
    pub reason: &'static str,
    /// What to write for something else; `-` where nothing changes it.
    pub other: &'static str,
}

const fn rule(
    name: &'static str,
    what: &'static str,
    reason: &'static str,
    other: &'static str,
) -> OutputRule {
    OutputRule {
        name,
        what,
        reason,
        other,
    }
}

/// Every rule, by the place that it has in a file.
pub const RULES: &[OutputRule] = &[
    rule(
        "header",
        "the first lines of a file",
        "whoever opens the file must know that a build overwrites it",
        "-",
    ),
    rule(
        "object",
        "an object's version and kind, and the fields that only hold others",
        "Kubernetes takes an object in this form alone",
        "patch",
    ),
    rule(
        "names",
        "names of objects and images",
        "a name is made from those of the application and the tier, so that no two are the same",
        "naming, name",
    ),
    rule(
        "labels",
        "labels of objects, pods and images",
        "tools find what belongs together by the recommended labels",
        "labels, version",
    ),
    rule(
        "selector",
        "the labels by which a Service, policy or workload selects pods",
        "a workload's selector can't be changed, so it holds nothing that a release changes",
        "selector",
    ),
    rule(
        "container",
        "the list of containers and volumes of a pod, and the container's name",
        "a pod has one container, named like its tier",
        "patch",
    ),
    rule(
        "contract",
        "user, port, command and writable folders",
        "the image and its pod are written from one contract, so that they can't disagree",
        "user, port, writable, command",
    ),
    rule(
        "service",
        "the kind of a Service",
        "a Service that nothing exposes is reached within the cluster alone",
        "expose",
    ),
    rule(
        "database",
        "a database's image, port, probes, variables and arguments",
        "each engine is run as its documentation asks for",
        "the statements of the database",
    ),
    rule(
        "operator",
        "the object, labels and rules that an operator needs, which runs several servers as one database",
        "the operator makes pods, claims and Services of the object, and must reach them",
        "instances",
    ),
    rule(
        "claim",
        "how a PersistentVolumeClaim of one pod is mounted",
        "one pod writes to it",
        "storage, volume",
    ),
    rule(
        "jobs",
        "restarts, attempts and history of Jobs and CronJobs",
        "a failed pod stays for its log, another tries again, and two runs never meet",
        "patch",
    ),
    rule(
        "hash",
        "the end of a Job's name",
        "a Job can't be changed: what runs something else has another name",
        "-",
    ),
    rule(
        "files",
        "kustomization.yaml",
        "`kubectl apply -k` applies the files in their order",
        "-",
    ),
    rule(
        "recipe",
        "the instructions of a Dockerfile that no option changes",
        "the recipe builds every image of its framework in this way",
        "build dockerfile",
    ),
    rule(
        "ignored",
        "what stays out of the build context",
        "no image needs it, and some of it is secret",
        "build dockerfile",
    ),
    rule(
        "watch",
        "what `docker compose watch` builds anew",
        "whoever changes code sees it run; what the image leaves out changes nothing",
        "-",
    ),
    rule(
        "bake",
        "bake.json",
        "`docker buildx bake` builds all images with one command",
        "-",
    ),
];
