//! Kinds of objects, what all objects have, and the kinds that run pods.

use super::super::ForeignBlock;
use super::super::ForeignKeys::{Fields, Own};
use super::{DERIVED, IN_A_PATCH, OF_THE_SERVER, SELECTORS};
use crate::catalog::keys::Place;

pub(super) const BLOCKS: &[ForeignBlock] = &[
    ForeignBlock {
        path: "Kinds",
        place: Place::Top,
        keys: Own,
        own: &[
            (
                "Deployment, ReplicaSet",
                "declare a tier: `tier NAME { … }`",
            ),
            (
                "StatefulSet",
                "declare a database by its kind, such as `postgres NAME { … }`, or a tier with a `volume`",
            ),
            (
                "DaemonSet",
                "copy it from a file beside the source: `object \"daemonset.yaml\"`",
            ),
            (
                "Job",
                "declare `job NAME { … }`, or write `migrate \"program\" …` in the tier whose database it changes",
            ),
            ("CronJob", "declare `cron NAME \"0 3 * * *\" { … }`"),
            (
                "Service",
                "write `port 3000` in the tier; for others outside of the cluster, `expose nodeport` or `expose loadbalancer`",
            ),
            (
                "Ingress",
                "write `expose ingress \"www.example.com\" tls` in the tier, or one host over several tiers: `ingress \"www.example.com\" { \"/api\" = api }` in `app` or in a target",
            ),
            (
                "HTTPRoute, GRPCRoute",
                "write `expose ingress \"www.example.com\" tls` in the tier, and `ingress { gateway \"NAME\" }` in `app` or in a target",
            ),
            (
                "Gateway, DaemonSet of an Ingress controller",
                "copy it from a file beside the source: `object \"route.yaml\"`",
            ),
            (
                "Cluster",
                "declare a database of several servers: `postgres NAME { instances 3 … }`",
            ),
            (
                "ConfigMap",
                "write `config { KEY = value }`, and a file as `file \"FILE\" at \"/path\"` in the tier that reads it",
            ),
            (
                "Secret",
                "write `secret NAME from env`; its value is never in the text",
            ),
            (
                "PersistentVolumeClaim",
                "write `volume NAME 1Gi at \"/path\"` in the tier, or `storage 1Gi` in a database",
            ),
            (
                "HorizontalPodAutoscaler",
                "write `replicas 2..6 at cpu 70%`",
            ),
            (
                "PodDisruptionBudget",
                "delete it: it follows from `replicas`",
            ),
            (
                "NetworkPolicy",
                "delete it: it follows from who refers to whom; for others write `admit namespace \"monitoring\"`",
            ),
            (
                "ServiceAccount",
                "delete it, or name one that exists: `account \"NAME\"`",
            ),
            (
                "Role, RoleBinding, CustomResourceDefinition, any other",
                "copy it from a file beside the source: `object \"roles.yaml\"`",
            ),
            ("Namespace", "write `namespace NAME` in `app` or a target"),
            (
                "Kustomization and its overlays, values.yaml of a chart",
                "say what is different at a place in `target NAME { … }`",
            ),
        ],
    },
    ForeignBlock {
        path: "metadata",
        place: Place::Tier,
        keys: Fields("ObjectMeta"),
        own: &[
            (
                "name, generateName",
                "write it behind the word: `tier NAME`; `naming { … }` says how objects are named",
            ),
            ("namespace", "write `namespace NAME` in `app` or a target"),
            (
                "creationTimestamp, deletionGracePeriodSeconds, deletionTimestamp, generation, \
                managedFields, resourceVersion, selfLink, uid",
                OF_THE_SERVER,
            ),
            ("finalizers, ownerReferences", IN_A_PATCH),
        ],
    },
    ForeignBlock {
        path: "Deployment: spec",
        place: Place::Tier,
        keys: Fields("DeploymentSpec"),
        own: &[
            ("selector", SELECTORS),
            ("template", "say what its pod runs in `tier NAME { … }`"),
            (
                "minReadySeconds, paused, progressDeadlineSeconds, revisionHistoryLimit",
                IN_A_PATCH,
            ),
        ],
    },
    ForeignBlock {
        path: "Deployment: spec.strategy",
        place: Place::Tier,
        keys: Fields("DeploymentStrategy"),
        own: &[(
            "type",
            "write `rollout recreate` for `Recreate`; the other is the default",
        )],
    },
    ForeignBlock {
        path: "StatefulSet: spec",
        place: Place::Tier,
        keys: Fields("StatefulSetSpec"),
        own: &[
            ("selector", SELECTORS),
            ("serviceName, template", DERIVED),
            (
                "volumeClaimTemplates",
                "write `storage 1Gi` in a database, and `volume NAME 1Gi per pod at \"/path\"` in a tier",
            ),
            (
                "minReadySeconds, ordinals, persistentVolumeClaimRetentionPolicy, \
                podManagementPolicy, revisionHistoryLimit, updateStrategy",
                "say it in a patch: `patch StatefulSet {`, and its YAML on the lines below",
            ),
        ],
    },
    ForeignBlock {
        path: "Job: spec",
        place: Place::Job,
        keys: Fields("JobSpec"),
        own: &[
            (
                "backoffLimit",
                "delete it: what fails is tried three times more",
            ),
            ("selector, manualSelector", SELECTORS),
            ("template", "say what its pod runs in `job NAME { … }`"),
            (
                "activeDeadlineSeconds, backoffLimitPerIndex, completionMode, completions, managedBy, \
                maxFailedIndexes, parallelism, podFailurePolicy, podReplacementPolicy, \
                successPolicy, suspend, ttlSecondsAfterFinished",
                "say it in a patch: `patch Job {`, and its YAML on the lines below",
            ),
        ],
    },
    ForeignBlock {
        path: "CronJob: spec",
        place: Place::Job,
        keys: Fields("CronJobSpec"),
        own: &[
            (
                "jobTemplate",
                "say what its pod runs in `cron NAME \"0 3 * * *\" { … }`",
            ),
            (
                "timeZone",
                "write it behind the schedule: `cron NAME \"0 3 * * *\" zone \"Europe/Berlin\"`",
            ),
            (
                "concurrencyPolicy",
                "delete it: a run waits until the one before has ended",
            ),
            (
                "failedJobsHistoryLimit, startingDeadlineSeconds, successfulJobsHistoryLimit, suspend",
                "say it in a patch: `patch CronJob {`, and its YAML on the lines below",
            ),
        ],
    },
];
