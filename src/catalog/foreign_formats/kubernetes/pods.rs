//! What a pod is made of.

use super::super::ForeignBlock;
use super::super::ForeignKeys::Fields;
use super::{IN_A_PATCH, OTHERS_BESIDE};
use crate::catalog::keys::Place;

pub(super) const BLOCKS: &[ForeignBlock] = &[
    ForeignBlock {
        path: "Pod: spec",
        place: Place::Tier,
        keys: Fields("PodSpec"),
        own: &[
            (
                "initContainers",
                "write `migrate \"program\" …` for what changes a database, and `needs NAME` to wait for one; else say it in a patch",
            ),
            (
                "automountServiceAccountToken, serviceAccount, serviceAccountName",
                "write `account \"NAME\"`, which also mounts its token",
            ),
            ("terminationGracePeriodSeconds", "write `grace 60s`"),
            (
                "hostname, hostnameOverride, subdomain, setHostnameAsFQDN",
                "delete it: others in the cluster reach it by its name",
            ),
            (
                "resources",
                "write request and limit as `cpu 100m..500m` and `memory 128Mi..512Mi`",
            ),
            (
                "enableServiceLinks",
                "delete it: pods have no variables of Services",
            ),
            (
                "activeDeadlineSeconds, dnsPolicy, ephemeralContainers, hostIPC, hostPID, hostUsers, \
                os, overhead, preemptionPolicy, priority, readinessGates, resourceClaims, \
                schedulerName, schedulingGates, schedulingGroup, shareProcessNamespace",
                IN_A_PATCH,
            ),
        ],
    },
    ForeignBlock {
        path: "Container",
        place: Place::Tier,
        keys: Fields("Container"),
        own: &[
            (
                "command, args",
                "write `command \"program\" …` and `args \"argument\" …`",
            ),
            ("name", "delete it: a tier's name is that of its container"),
            ("lifecycle", IN_A_PATCH),
            (
                "resizePolicy, restartPolicyRules, stdinOnce, terminationMessagePath, \
                terminationMessagePolicy, volumeDevices",
                OTHERS_BESIDE,
            ),
            ("stdin", "delete it: nobody types into a pod"),
        ],
    },
    ForeignBlock {
        path: "Container: ports",
        place: Place::Tier,
        keys: Fields("ContainerPort"),
        own: &[
            ("name", "name the port by its protocol: `port grpc 9000`"),
            ("hostIP", "delete it: `expose` says who reaches it"),
            (
                "protocol",
                "write `udp` behind the number of a UDP port: `port dns 53 udp`; any other is TCP",
            ),
        ],
    },
    ForeignBlock {
        path: "Container: env",
        place: Place::Tier,
        keys: Fields("EnvVar"),
        own: &[("name, value", "write `env { NAME = \"value\" }`")],
    },
    ForeignBlock {
        path: "Container: env.valueFrom",
        place: Place::Tier,
        keys: Fields("EnvVarSource"),
        own: &[
            (
                "fieldRef",
                "write what it is in `env`: `pod.name`, `pod.namespace`, `pod.ip`, `pod.node`, `pod.node_ip` or `pod.account`",
            ),
            ("resourceFieldRef, fileKeyRef", IN_A_PATCH),
        ],
    },
    ForeignBlock {
        path: "Container: envFrom",
        place: Place::Tier,
        keys: Fields("EnvFromSource"),
        own: &[("prefix", "name each: `env { PREFIX_NAME = secret.NAME }`")],
    },
    ForeignBlock {
        path: "Container: volumeMounts",
        place: Place::Tier,
        keys: Fields("VolumeMount"),
        own: &[
            ("name, mountPath", "write `volume NAME 1Gi at \"/path\"`"),
            (
                "readOnly",
                "write `read` behind the path: `volume TIER.VOLUME at \"/path\" read`",
            ),
            (
                "subPath, subPathExpr, mountPropagation, recursiveReadOnly",
                IN_A_PATCH,
            ),
        ],
    },
    ForeignBlock {
        path: "Pod: volumes",
        place: Place::Tier,
        keys: Fields("Volume"),
        own: &[
            ("name", "write `volume NAME 1Gi at \"/path\"`"),
            ("configMap", "write `file \"FILE\" at \"/path\"`"),
            (
                "secret",
                "write `file secret.NAME at \"/path\"`; `env { NAME }` gives it to the program as a variable",
            ),
            (
                "hostPath",
                "write `volume NAME 1Gi at \"/path\"`: a pod may start on another node tomorrow",
            ),
            (
                "awsElasticBlockStore, azureDisk, azureFile, cephfs, cinder, fc, flexVolume, flocker, \
                gcePersistentDisk, gitRepo, glusterfs, iscsi, photonPersistentDisk, portworxVolume, \
                quobyte, rbd, scaleIO, storageos, vsphereVolume",
                "write the class of storage: `volume NAME 1Gi class \"fast\" at \"/path\"`",
            ),
            (
                "csi, downwardAPI, ephemeral, image, nfs, projected",
                IN_A_PATCH,
            ),
        ],
    },
    ForeignBlock {
        path: "Container: resources",
        place: Place::Tier,
        keys: Fields("ResourceRequirements"),
        own: &[("claims", IN_A_PATCH)],
    },
    ForeignBlock {
        path: "Container: probes",
        place: Place::Health,
        keys: Fields("Probe"),
        own: &[
            ("exec", "write `health exec \"program\" \"argument\"`"),
            ("grpc", "write `health grpc`"),
            ("tcpSocket", "write `health tcp`"),
            (
                "successThreshold, terminationGracePeriodSeconds",
                IN_A_PATCH,
            ),
        ],
    },
    ForeignBlock {
        path: "Container: probes.httpGet",
        place: Place::Health,
        keys: Fields("HTTPGetAction"),
        own: &[
            ("path", "write it behind `health`: `health \"/health\"`"),
            ("scheme", "name the port so: `port https 8443`"),
            (
                "httpHeaders",
                "write `host \"www.example.com\"` in the block of `health`; other headers in a patch",
            ),
        ],
    },
    ForeignBlock {
        path: "Container: securityContext",
        place: Place::Tier,
        keys: Fields("SecurityContext"),
        own: &[
            (
                "allowPrivilegeEscalation, seccompProfile",
                "delete it: a container gains no rights, and may not ask the kernel for what programs don't need",
            ),
            (
                "readOnlyRootFilesystem",
                "delete it: it is read-only where a recipe builds the image; `writable \"/path\"` names what isn't",
            ),
            ("runAsGroup", "write `user N`, which is the group as well"),
            (
                "appArmorProfile, procMount, seLinuxOptions, windowsOptions",
                IN_A_PATCH,
            ),
        ],
    },
    ForeignBlock {
        path: "Pod: securityContext",
        place: Place::Tier,
        keys: Fields("PodSecurityContext"),
        own: &[
            (
                "fsGroup, fsGroupChangePolicy",
                "delete it: volumes belong to the user that the container runs as",
            ),
            ("runAsGroup", "write `user N`, which is the group as well"),
            (
                "seccompProfile",
                "delete it: pods may not ask the kernel for what programs don't need",
            ),
            (
                "appArmorProfile, seLinuxChangePolicy, seLinuxOptions, supplementalGroups, \
                supplementalGroupsPolicy, windowsOptions",
                IN_A_PATCH,
            ),
        ],
    },
];
