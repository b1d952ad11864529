//! The keys of Compose files, by the specification's own schema.

use super::{ForeignBlock, ForeignKeys::Listed, IN_A_PATCH};
use crate::catalog::keys::Place;

/// For what a file says of the one machine that it runs on.
const OF_A_MACHINE: &str = "delete it: that is a matter of the cluster and its nodes";

/// For what a container's network is told.
const NO_NETWORKS: &str = "delete it: who may connect follows from who refers to whom";

/// In the order in which people read them.
pub(super) const BLOCKS: &[&[ForeignBlock]] = &[ALL];

const ALL: &[ForeignBlock] = &[
    ForeignBlock {
        path: "the file",
        place: Place::Top,
        keys: Listed(
            "version, name, include, services, models, networks, volumes, secrets, configs",
        ),
        own: &[
            (
                "version",
                "delete it: a program says no version of the language",
            ),
            (
                "name",
                "write it behind `app`, in the first line: `app NAME`",
            ),
            (
                "models",
                "name the server of a model as `external NAME { … }`, and refer to its `.url`",
            ),
            (
                "configs",
                "write settings as `config { KEY = value }`, and a file in the tier that reads it: `file \"FILE\" at \"/path\"`",
            ),
        ],
    },
    ForeignBlock {
        path: "services.NAME",
        place: Place::Tier,
        keys: Listed(
            "annotations, attach, blkio_config, build, cap_add, cap_drop, cgroup, cgroup_parent, \
                command, configs, container_name, cpu_count, cpu_percent, cpu_period, cpu_quota, \
                cpu_rt_period, cpu_rt_runtime, cpu_shares, cpus, cpuset, credential_spec, \
                depends_on, deploy, develop, device_cgroup_rules, devices, dns, dns_opt, dns_search, \
                domainname, entrypoint, env_file, environment, expose, extends, external_links, \
                extra_hosts, gpus, group_add, healthcheck, hostname, image, init, ipc, isolation, \
                label_file, labels, links, logging, mac_address, mem_limit, mem_reservation, \
                mem_swappiness, memswap_limit, models, network_mode, networks, oom_kill_disable, \
                oom_score_adj, pid, pids_limit, platform, ports, post_start, pre_stop, privileged, \
                profiles, provider, pull_policy, pull_refresh_after, read_only, restart, runtime, \
                scale, secrets, security_opt, shm_size, stdin_open, stop_grace_period, stop_signal, \
                storage_opt, sysctls, tmpfs, tty, ulimits, use_api_socket, user, userns_mode, uts, \
                volumes, volumes_from, working_dir",
        ),
        own: &[
            (
                "command",
                "write `args \"argument\" …`, or `command \"program\" …` where it names the program as well",
            ),
            (
                "expose",
                "write `port 3000`: those who refer to the tier may connect to it; `expose` here is for browsers and others outside of the cluster",
            ),
            (
                "attach",
                "delete it: `kubectl logs` shows what a tier prints",
            ),
            (
                "develop",
                "run `todoc build --watch`, which builds again when sources change",
            ),
            (
                "provider, external_links",
                "name what runs elsewhere as `external NAME { … }`, and refer to its `.url`",
            ),
        ],
    },
    ForeignBlock {
        path: "services.NAME.build",
        place: Place::Build,
        keys: Listed(
            "context, dockerfile, dockerfile_inline, entitlements, args, ssh, labels, cache_from, \
                cache_to, no_cache, no_cache_filter, additional_contexts, network, provenance, sbom, \
                pull, target, shm_size, extra_hosts, isolation, privileged, secrets, tags, ulimits, \
                platforms",
        ),
        own: &[
            (
                "dockerfile_inline",
                "leave it out where a recipe makes the image, such as `build node \"./folder\"`, or write it to a file: `build dockerfile \"./folder\"`",
            ),
            ("labels", "say it in the Dockerfile, as `LABEL`"),
            (
                "cache_from, cache_to, no_cache, no_cache_filter, pull, provenance, sbom, ssh, \
                entitlements, privileged, network, extra_hosts, isolation, shm_size, ulimits, \
                secrets",
                "say it when you build: `docker buildx bake` takes it as `--set`",
            ),
            (
                "additional_contexts",
                "name the folder that has all of them as the context, and what of it is built as `workspace \"member\"`",
            ),
            (
                "tags",
                "write `tag \"1.2.3\"` in `app` or a target, or name the image in `image`",
            ),
            (
                "platforms",
                "write `platform \"linux/amd64\"` in `app` or in a target",
            ),
        ],
    },
    ForeignBlock {
        path: "services.NAME.deploy",
        place: Place::Tier,
        keys: Listed(
            "mode, endpoint_mode, replicas, labels, rollback_config, update_config, resources, \
                restart_policy, placement",
        ),
        own: &[
            (
                "mode",
                "delete it: a tier has as many pods as `replicas` says; what runs to its end is a `job`, and what runs on each node is an object of its own: `object \"daemonset.yaml\"`",
            ),
            (
                "endpoint_mode",
                "delete it: every tier with a `port` has one address",
            ),
            (
                "rollback_config",
                "delete it: pods that don't get ready never replace those that are; `kubectl rollout undo` goes back",
            ),
            ("placement", IN_A_PATCH),
        ],
    },
    ForeignBlock {
        path: "services.NAME.deploy.resources.limits and .reservations",
        place: Place::Tier,
        keys: Listed("cpus, memory, pids, generic_resources, devices"),
        own: &[("pids", OF_A_MACHINE), ("generic_resources", IN_A_PATCH)],
    },
    ForeignBlock {
        path: "services.NAME.deploy.update_config",
        place: Place::Tier,
        keys: Listed("parallelism, delay, failure_action, monitor, max_failure_ratio, order"),
        own: &[
            (
                "parallelism, order",
                "write `rollout surge 1 unavailable 0`, which starts a new pod before an old one ends",
            ),
            (
                "delay, failure_action, monitor, max_failure_ratio",
                "delete it: a rollout goes on when a new pod is ready, and stops where none gets so",
            ),
        ],
    },
    ForeignBlock {
        path: "services.NAME.deploy.restart_policy",
        place: Place::Tier,
        keys: Listed("condition, delay, max_attempts, window"),
        own: &[(
            "condition, delay, max_attempts, window",
            "delete it: a tier is always started again, and a `job` that fails three times more",
        )],
    },
    ForeignBlock {
        path: "services.NAME.depends_on.NAME",
        place: Place::Tier,
        keys: Listed("condition, restart, required"),
        own: &[
            (
                "condition",
                "write `needs NAME`: a tier waits for the databases that it names, and pods take no requests before their `health` is good; a job waits for a job by `after NAME`",
            ),
            (
                "restart, required",
                "delete it: what is gone is tried again until it is back",
            ),
        ],
    },
    ForeignBlock {
        path: "services.NAME.healthcheck",
        place: Place::Tier,
        keys: Listed("disable, interval, retries, test, timeout, start_period, start_interval"),
        own: &[
            ("disable", "leave `health` out"),
            (
                "test",
                "write `health \"/path\"` for a GET, which needs no `curl` in the image, `health tcp`, or `health exec \"program\" \"argument\"`",
            ),
            (
                "start_period",
                "write `startup for 2m` in the block of `health`",
            ),
            (
                "start_interval",
                "write `startup every 2s` in the block of `health`",
            ),
        ],
    },
    ForeignBlock {
        path: "services.NAME.ports, its long form",
        place: Place::Tier,
        keys: Listed("name, mode, host_ip, target, published, protocol, app_protocol"),
        own: &[
            (
                "target",
                "write the port that the program listens on: `port 3000`",
            ),
            (
                "name, app_protocol",
                "name the port by its protocol: `port grpc 9000`",
            ),
            (
                "published",
                "write `expose nodeport 30080`, `expose ingress \"www.example.com\"` or, for your own machine, `expose forward 8080`",
            ),
            ("mode, host_ip", "delete it: `expose` says who reaches it"),
            (
                "protocol",
                "write `udp` behind the number of a UDP port: `port dns 53 udp`; any other is TCP",
            ),
        ],
    },
    ForeignBlock {
        path: "services.NAME.volumes, its long form",
        place: Place::Tier,
        keys: Listed("type, source, target, read_only, consistency, bind, volume, tmpfs, image"),
        own: &[
            (
                "type, source, target, volume",
                "write `volume NAME 1Gi at \"/path\"`, or `TIER.VOLUME at \"/path\"` for one of another tier",
            ),
            (
                "read_only",
                "write `read` behind the path: `volume TIER.VOLUME at \"/path\" read`",
            ),
            (
                "bind",
                "name the one file: `file \"./nginx.conf\" at \"/etc/nginx/nginx.conf\"`; sources belong into an image: `build … \"./folder\"`",
            ),
            ("consistency", OF_A_MACHINE),
            ("image", IN_A_PATCH),
        ],
    },
    ForeignBlock {
        path: "services.NAME.secrets and .configs, their long form",
        place: Place::Tier,
        keys: Listed("source, target, uid, gid, mode"),
        own: &[
            (
                "source, target",
                "write `file secret.NAME at \"/path\"` for a secret as a file, `env { NAME }` for one as a variable, and `file \"FILE\" at \"/path\"` for a file beside the program",
            ),
            (
                "uid, gid, mode",
                "delete it: the user of the container can read its files",
            ),
        ],
    },
    ForeignBlock {
        path: "volumes.NAME",
        place: Place::Tier,
        keys: Listed("name, driver, driver_opts, external, labels"),
        own: &[
            (
                "driver, driver_opts",
                "write the class of storage behind the size: `volume NAME 1Gi class \"fast\" at \"/path\"`",
            ),
            (
                "external, name",
                "say it in a patch: `patch PersistentVolumeClaim {`, and its YAML below",
            ),
        ],
    },
    ForeignBlock {
        path: "networks.NAME",
        place: Place::Top,
        keys: Listed(
            "name, driver, driver_opts, ipam, external, internal, enable_ipv4, enable_ipv6, \
                attachable, labels",
        ),
        own: &[(
            "name, driver, driver_opts, ipam, external, internal, enable_ipv4, enable_ipv6, \
                attachable, labels",
            NO_NETWORKS,
        )],
    },
    ForeignBlock {
        path: "secrets.NAME",
        place: Place::Top,
        keys: Listed(
            "name, environment, file, external, labels, driver, driver_opts, template_driver",
        ),
        own: &[
            ("environment, name", "write `secret NAME from env VARIABLE`"),
            (
                "labels",
                "write them in `app`, for all objects: `labels { KEY = \"value\" }`",
            ),
            (
                "file",
                "write `secret NAME from env`, and give the content to whoever deploys as that variable",
            ),
            (
                "external, driver, driver_opts, template_driver",
                "name a Secret that exists: `secret NAME from object \"OBJECT\" key \"KEY\"`",
            ),
        ],
    },
    ForeignBlock {
        path: "configs.NAME",
        place: Place::Top,
        keys: Listed("name, content, environment, file, external, labels, template_driver"),
        own: &[
            (
                "labels",
                "write them in `app`, for all objects: `labels { KEY = \"value\" }`",
            ),
            (
                "content, file, name",
                "write it to a file: `file \"FILE\" at \"/path\"` in the tier",
            ),
            (
                "environment",
                "write `config { KEY }`, and its value in each target",
            ),
            (
                "external, template_driver",
                "say it in a patch: `patch Deployment {`, and its YAML on the lines below",
            ),
        ],
    },
];
