//! Defaults without which real systems would not come up, or not stay up. Each was once an object that
//! the API server takes, and a pod that doesn't run.

use serde_json::{Value, json};
use todoc::backend::{Artifact, BACKENDS};
use todoc::diag::Severity;
use todoc::{Options, compile};

use crate::accepted::{documents, objects};
use crate::cli::Test;
use crate::lowering::spec;
use crate::support::{builds, named, programs, report};

/// The pod of a tier's Deployment.
fn pod(program: &str, name: &str) -> Value {
    spec(program, "Deployment", name)["template"]["spec"].clone()
}

/// What a build writes at a path, or below some folder at that path.
fn written(program: &str, path: &str) -> String {
    let options = Options {
        emit: BACKENDS.to_vec(),
        ..Options::default()
    };
    let built = compile(program, &options);
    let is_meant = |it: &Artifact| it.path == path || it.path.ends_with(&format!("/{path}"));
    let found = built.artifacts.into_iter().find(is_meant);
    found.map(|it| it.text).unwrap_or_default()
}

/// The numbers of all errors of a program.
fn errors(program: &str) -> Vec<&'static str> {
    let options = Options {
        emit: BACKENDS.to_vec(),
        ..Options::default()
    };
    let found = compile(program, &options).diagnostics;
    let errors = found
        .into_iter()
        .filter(|it| it.code.severity() == Severity::Error);
    errors.map(|it| it.code.number()).collect()
}

/// Next.js reads the destinations of its rewrites from the build, and calls them from its pods.
#[test]
fn an_address_in_a_build_argument_opens_the_way() {
    let program = |name: &str, from: &str| {
        format!(
            "app cut\n\
             tier web {{ build nextjs \"./web\" {{ {name} = api.url }}, port 3000, health \"/\" }}\n\
             tier api {{ build fastapi \"./api\", port 8000, health \"/health\" }}\n\
             {from}"
        )
    };
    let peers = |program: &str| {
        let policy = spec(program, "NetworkPolicy", "cut-api");
        let rules = policy["ingress"].as_array().cloned().unwrap_or_default();
        let from = rules.iter().filter_map(|rule| rule["from"].as_array());
        let labels = from.flatten();
        let labels = labels.map(|peer| peer["podSelector"]["matchLabels"]["app"].clone());
        labels.collect::<Vec<_>>()
    };
    assert_eq!(peers(&program("BACKEND_URL", "")), [json!("cut-web")]);
    let worker = "tier later from web { command \"node\" \"later.js\" }";
    assert_eq!(
        peers(&program("BACKEND_URL", worker)),
        [json!("cut-later"), json!("cut-web")]
    );
}

/// Pods mount nothing else that can be written to, and many programs end without it.
#[test]
fn a_read_only_image_of_others_keeps_a_place_for_temporary_files() {
    let mounts = |said: &str| {
        let program = format!("app a\ntier old {{ image \"python:3.13-slim\", {said} }}");
        let pod = pod(&program, "a-old");
        let container = &pod["containers"][0];
        let mounts = container["volumeMounts"].as_array().cloned();
        let paths = mounts.unwrap_or_default().into_iter();
        let paths = paths.map(|mount| mount["mountPath"].clone());
        let root = container["securityContext"]["readOnlyRootFilesystem"].clone();
        (paths.collect::<Vec<_>>(), root)
    };
    let with_tmp = vec![json!("/tmp"), json!("/var/cache/app")];
    assert_eq!(
        mounts("writable \"/var/cache/app\""),
        (with_tmp.clone(), json!(true))
    );
    let (mut both, root) = mounts("writable \"/tmp\", writable \"/var/cache/app\"");
    both.sort_by_key(Value::to_string);
    assert_eq!((both, root), (with_tmp, json!(true)));
    assert_eq!(
        mounts("writable \"/var/cache/app\", without read_only_root").0,
        [json!("/var/cache/app")]
    );
    assert_eq!(mounts("port 80").0, [Value::Null; 0]);
}

/// On a disk of a cloud a new volume is root's.
#[test]
fn volumes_belong_to_a_group_of_their_pod() {
    let security = |said: &str, name: &str| {
        let program = format!(
            "app a\n\
             tier main {{ image \"n8nio/n8n:1.100.0\", volume data 1Gi shared at \"/data\", {said} }}\n\
             tier other {{ image \"acme/other:1\", volume main.data at \"/data\" }}\n\
             tier plain {{ image \"acme/plain:1\" }}"
        );
        let pod = pod(&program, name)["securityContext"].clone();
        (pod["fsGroup"].clone(), pod["fsGroupChangePolicy"].clone())
    };
    let once = json!("OnRootMismatch");
    assert_eq!(security("port 80", "a-main"), (json!(10001), once.clone()));
    assert_eq!(security("port 80", "a-other"), (json!(10001), once.clone()));
    assert_eq!(security("user 1000", "a-other"), (json!(1000), once));
    assert_eq!(security("port 80", "a-plain"), (Value::Null, Value::Null));
}

/// Whoever lets a probe begin late says how long a start takes.
#[test]
fn no_probe_that_nobody_wrote_ends_a_slow_start() {
    let failures = |said: &str| {
        let program = format!(
            "app a\ntier slow {{ image \"acme/slow:1\", port 80, health \"/\" {{ {said} }} }}"
        );
        let container = pod(&program, "a-slow")["containers"][0].clone();
        let probe = container["startupProbe"].clone();
        (
            probe["periodSeconds"].clone(),
            probe["failureThreshold"].clone(),
        )
    };
    assert_eq!(failures(""), (json!(5), json!(24)));
    assert_eq!(
        failures("liveness every 10s after 15s"),
        (json!(5), json!(24))
    );
    // Without it, the liveness probe would act after 300 + 10 * 6 seconds.
    assert_eq!(failures("liveness after 300s"), (json!(5), json!(72)));
    assert_eq!(
        failures("readiness every 5s after 200s failures 10"),
        (json!(5), json!(50))
    );
    assert_eq!(failures("startup every 1s"), (json!(1), json!(120)));
    assert_eq!(
        failures("startup failures 6\n liveness after 300s"),
        (json!(5), json!(6))
    );
}

/// The sidecar of Dapr ends without a token, and so do programs that talk to the API server.
#[test]
fn pods_that_talk_to_the_api_server_get_their_token() {
    let said = |said: &str| {
        let program = format!("app a\ntier api {{ image \"acme/api:1\", port 80, {said} }}");
        let pod = pod(&program, "a-api");
        let token = pod["automountServiceAccountToken"].clone();
        (pod["serviceAccountName"].clone(), token)
    };
    assert_eq!(said("user 1000"), (json!("a"), json!(false)));
    let of_namespace = (json!("default"), Value::Null);
    assert_eq!(said("without service_account"), of_namespace);
    assert_eq!(
        said("annotate \"dapr.io/enabled\" = true"),
        (json!("a"), json!(true))
    );
    assert_eq!(
        said("annotate \"dapr.io/enabled\" = false"),
        (json!("a"), json!(false))
    );
    let called = "app a\n\
        tier api { image \"acme/api:1\", port 80, annotate \"dapr.io/enabled\" = true }\n\
        tier web { image \"acme/web:1\", needs api }";
    let policy = spec(called, "NetworkPolicy", "a-api");
    assert_eq!(policy["ingress"][0]["ports"][1]["port"], json!(50002));
}

/// Of a pod's cpu nothing is known while one of its containers requests none, as sidecars do.
#[test]
fn autoscalers_count_the_container_alone() {
    let program = "app a\ntier api { image \"acme/api:1\", cpu 100m, replicas 1..3 at cpu 70% }";
    let metric = spec(program, "HorizontalPodAutoscaler", "a-api")["metrics"][0].clone();
    assert_eq!(metric["type"], json!("ContainerResource"));
    let wanted = json!({
        "container": "api",
        "name": "cpu",
        "target": { "type": "Utilization", "averageUtilization": 70 },
    });
    assert_eq!(metric["containerResource"], wanted);
}

/// A quota refuses pods of which one container says nothing, and a pod is Guaranteed if all say so.
#[test]
fn every_container_says_what_it_takes() {
    let program = "app a\n\
        postgres db { version 17, storage 1Gi, secret DB_PASSWORD from env }\n\
        tier api { image \"acme/api:1\", cpu 100m, memory 64Mi, env { DATABASE_URL = db.url }\n\
        migrate \"one\"\n migrate \"two\" }";
    let pod = pod(program, "a-api");
    let lists = ["initContainers", "containers"];
    let all = lists.iter().filter_map(|list| pod[*list].as_array());
    let all: Vec<_> = all.flatten().collect();
    assert_eq!(all.len(), 2);
    for container in all {
        let resources = &container["resources"];
        assert_eq!(resources["requests"], resources["limits"], "{container}");
        for amount in ["cpu", "memory"] {
            assert!(resources["limits"][amount].is_string(), "{container}");
        }
    }
}

#[test]
fn whoever_needs_long_to_end_gets_it() {
    let seconds = |said: &str| {
        let program = format!("app a\ntier one {{ image \"acme/one:1\", {said} }}");
        pod(&program, "a-one")["terminationGracePeriodSeconds"].clone()
    };
    assert_eq!(seconds("port 80"), json!(30));
    assert_eq!(seconds("user 1000"), json!(60));
    assert_eq!(seconds("grace 10m"), json!(600));
    assert_eq!(seconds("port 80, grace 90s"), json!(90));
    assert_eq!(seconds("grace 2s"), json!(2));
    // The server gives what it has begun as long, but for what the pod waits before.
    let program = "app a\ntier web { build django \"./web\", port 8000, grace 3m, health \"/\" }";
    let dockerfile = written(program, "docker/web.Dockerfile");
    assert!(
        dockerfile.contains("\"--graceful-timeout\", \"170\""),
        "{dockerfile}"
    );
    let compose = written(program, "compose.yaml");
    assert!(compose.contains("stop_grace_period: \"180s\""), "{compose}");
}

#[test]
fn nothing_is_killed_before_it_stops_serving() {
    let program = |said: &str| {
        format!("app a\ntier one {{\n  image \"acme/one:1\"\n  port 80\n  {said}\n}}\n")
    };
    assert_eq!(errors(&program("grace 5s")), ["E0210"]);
    assert_eq!(errors(&program("grace 6s")), [""; 0]);
    let patch = |seconds: u32| {
        program(&format!(
            "patch Deployment {{\n    spec:\n      template:\n        spec:\n          terminationGracePeriodSeconds: {seconds}\n  }}"
        ))
    };
    assert_eq!(errors(&patch(3)), ["E0315"]);
    assert_eq!(errors(&patch(60)), [""; 0]);
}

/// Nobody knows what is spoken on a port whose name says nothing: `http://store:9000` reaches a database
/// that doesn't speak it.
#[test]
fn no_url_is_guessed() {
    let program = |port: &str, member: &str| {
        format!(
            "app a\n\
             tier store {{ image \"acme/store:1\", {port} }}\n\
             tier api {{ image \"acme/api:1\", env {{ STORE = store.{member} }} }}"
        )
    };
    assert_eq!(errors(&program("port clickhouse 9000", "url")), ["E0202"]);
    assert_eq!(errors(&program("port clickhouse 9000", "address")), [""; 0]);
    let variable = |port: &str, member: &str| {
        let pod = pod(&program(port, member), "a-api");
        pod["containers"][0]["env"][0]["value"].clone()
    };
    let url = json!("http://a-store:9000");
    assert_eq!(variable("port http-admin 9000", "url"), url);
    assert_eq!(variable("port 9000", "url"), url);
    let secure = "port https-admin 9000, health \"/\"";
    assert_eq!(variable(secure, "url"), json!("https://a-store:9000"));
    let container = pod(&program(secure, "url"), "a-store")["containers"][0].clone();
    let get = &container["readinessProbe"]["httpGet"];
    assert_eq!(get["scheme"], json!("HTTPS"));
    // What an Ingress leads to is asked by http, whatever it is called.
    let exposed = "port web 3000, expose ingress \"a.example.com\" tls";
    assert_eq!(
        variable(exposed, "public_url"),
        json!("https://a.example.com")
    );
}

/// A proxy sends the next request on a connection that its server has just closed: a 502 now and then.
#[test]
fn servers_keep_idle_connections_longer_than_proxies() {
    let program = "app a\n\
        tier web { build nextjs \"./web\", port 3000, health \"/\" }\n\
        tier api { build fastapi \"./api\", port 8000, health \"/\" }\n\
        tier shop { build django \"./shop\", port 8000, health \"/\" }\n\
        tier site { build static \"./site\", port 8080, health \"/\" }";
    for (name, words) in [
        ("web", "KEEP_ALIVE_TIMEOUT=75000"),
        ("api", "\"--timeout-keep-alive\", \"75\""),
        ("shop", "\"--keep-alive\", \"75\""),
        ("site", "keepalive_timeout 75s;"),
    ] {
        let text = written(program, &format!("docker/{name}.Dockerfile"));
        assert!(text.contains(words), "{name}: {text}");
    }
}

/// The rollout of a worker that ends again and again doesn't count as a success.
#[test]
fn pods_that_nobody_asks_count_once_they_have_lived() {
    let seconds = |said: &str| {
        let program = format!("app a\ntier one {{ image \"acme/one:1\", {said} }}");
        spec(&program, "Deployment", "a-one")["minReadySeconds"].clone()
    };
    assert_eq!(seconds("user 1000"), json!(10));
    assert_eq!(seconds("port 80, health \"/\""), Value::Null);
    assert_eq!(
        seconds("port 80, health \"/\" { readiness off }"),
        json!(10)
    );
}

/// The same of every program: of any workload that runs all the time, be it in a chart.
#[test]
fn no_rollout_counts_pods_that_end_at_once() {
    let (mut counted, mut asked) = (0, 0);
    for fixture in programs() {
        for built in builds(&fixture, BACKENDS) {
            for object in objects(&built) {
                let spec = &object["spec"];
                if spec["template"].is_null() || object["kind"] == "Job" {
                    continue;
                }
                let pod = &spec["template"]["spec"];
                if pod["containers"][0]["readinessProbe"].is_null() {
                    let name = &object["metadata"]["name"];
                    let least = spec["minReadySeconds"].as_u64();
                    assert!(least >= Some(10), "{}: {name}", fixture.path);
                    counted += 1;
                } else {
                    asked += 1;
                }
            }
        }
    }
    assert!(counted > 10 && asked > 50, "{counted} {asked}");
    let worker = "app a\ntier one { image \"acme/one:1\" }";
    let chart = written(worker, "helm/a/templates/one/deployment.yaml");
    assert!(chart.contains("\n  minReadySeconds: 10\n"), "{chart}");
}

/// Where all pods of an application keep to a level, its namespace enforces that. `accepted` has a real
/// API server refuse what doesn't.
#[test]
fn a_namespace_enforces_what_its_pods_keep_to() {
    let level = |program: &str| {
        let text = written(program, "kubernetes/00-namespace.yaml");
        assert!(!text.is_empty(), "{program}");
        let namespace = documents(&text).remove(0);
        let label = |end: &str| {
            let key = format!("pod-security.kubernetes.io/enforce{end}");
            namespace["metadata"]["labels"][key].clone()
        };
        // A version without a level, or a level of any version, would be half of it.
        assert_eq!(label("").is_null(), label("-version").is_null(), "{text}");
        label("")
    };
    let ours = "tier one { build fastapi \"./one\", port 8000, health \"/\" MORE }";
    let theirs = "tier one { image \"acme/one:1\" MORE }";
    let database = "postgres db { version 17, storage 1Gi, secret P from env MORE }";
    let (restricted, baseline, nothing) = (json!("restricted"), json!("baseline"), Value::Null);
    for (app, things, more, expected) in [
        ("", ours, "", &restricted),
        ("", database, "", &restricted),
        ("", theirs, "", &baseline),
        ("", theirs, ", user 0", &baseline),
        (
            "",
            ours,
            ", annotate \"prometheus.io/scrape\" = true",
            &restricted,
        ),
        ("", ours, ", annotate \"team\" = \"a\"", &restricted),
        // What a webhook puts into the pod isn't known.
        ("", ours, ", annotate \"dapr.io/enabled\" = true", &nothing),
        (
            "",
            ours,
            ", annotate \"linkerd.io/inject\" = \"enabled\"",
            &nothing,
        ),
        (
            "labels { \"sidecar.istio.io/inject\" = \"true\" }",
            ours,
            "",
            &nothing,
        ),
        ("labels { team = \"a\" }", ours, "", &restricted),
        ("", ours, PATCH_OF_NODES, &restricted),
        ("", ours, PATCH_OF_CONTAINERS, &nothing),
        ("", ours, PATCH_OF_HOSTS, &nothing),
        ("without pod_security", ours, "", &nothing),
    ] {
        let program = format!("app a {{ {app} }}\n{}", things.replace(" MORE", more));
        assert_eq!(level(&program), *expected, "{program}");
    }
}

/// A patch that says where pods run.
const PATCH_OF_NODES: &str =
    "\npatch Deployment {\n  spec: { template: { spec: { nodeSelector: { a: b } } } }\n}";
/// One that adds to their containers.
const PATCH_OF_CONTAINERS: &str = "\npatch Deployment {\n  spec: { template: { spec: { containers: \
    [{ name: two, image: \"a:1\" }] } } }\n}";
/// One that gives them the network of their node.
const PATCH_OF_HOSTS: &str =
    "\npatch Deployment {\n  spec: { template: { spec: { hostNetwork: true } } }\n}";

/// Two of them at a time, be it for the length of a rollout, start each task twice.
#[test]
fn a_scheduler_runs_once() {
    let strategy = |command: &str| {
        let program = format!("app a\ntier one {{ image \"acme/one:1\", command {command} }}");
        spec(&program, "Deployment", "a-one")["strategy"]["type"].clone()
    };
    assert_eq!(
        strategy("\"celery\" \"-A\" \"app\" \"beat\""),
        json!("Recreate")
    );
    assert_eq!(
        strategy("\"celery\" \"-A\" \"app\" \"worker\""),
        json!("RollingUpdate")
    );
}

/// Extensions bring programs that write where the official image doesn't.
#[test]
fn a_database_of_another_image_may_write() {
    let root = |off: &str, said: &str| {
        let program = format!(
            "app a {{ {off} }}\n\
             postgres db {{ {said}, storage 1Gi, secret DB_PASSWORD from env }}"
        );
        let set = spec(&program, "StatefulSet", "a-db");
        let container = set["template"]["spec"]["containers"][0].clone();
        let compose = written(&program, "compose.yaml").contains("read_only: true");
        let root = container["securityContext"]["readOnlyRootFilesystem"].clone();
        (root, compose)
    };
    assert_eq!(root("", "version 17"), (json!(true), true));
    let official = "image \"docker.io/library/postgres:17.2\"";
    assert_eq!(root("", official), (json!(true), true));
    let immich = "image \"ghcr.io/immich-app/postgres:14-vectorchord0.4.3\"";
    assert_eq!(root("", immich), (json!(false), false));
    let off = "without read_only_root";
    assert_eq!(root(off, "version 17"), (json!(false), false));
}

#[test]
fn a_cache_without_a_password_answers_other_pods() {
    let program = "app a\nredis cache { version 8 }";
    let container = pod(program, "a-cache")["containers"][0].clone();
    let args = container["args"].as_array().cloned().unwrap_or_default();
    let mut pairs = args.windows(2);
    assert!(
        pairs.any(|pair| pair == [json!("--protected-mode"), json!("no")]),
        "{args:?}"
    );
}

/// Whoever checks a text before it is built, as pipelines do, is told all that the build tells.
#[test]
fn a_check_says_what_a_build_says() {
    let mut failures = Vec::new();
    for program in programs() {
        // There is neither a repository nor a folder of sources that tags could be made of.
        let lines = program.text.lines();
        let lines = lines.filter(|line| !line.trim_start().starts_with("tag from "));
        let buildable = lines.collect::<Vec<_>>().join("\n");
        let mut test = Test::new().file("app.todo", buildable);
        for (file, content) in named(&program.text) {
            test = test.file(&file, content.expect("a file of tests/files"));
        }
        for emit in ["kubernetes,docker", "compose", "helm"] {
            let options = ["app.todo", "--emit", emit, "--report", "json"];
            let checked = test.run(&[&["check"][..], &options].concat());
            let built = test.run(&[&["build", "--all-targets"][..], &options].concat());
            if checked.stdout.is_empty() || checked.stdout != built.stdout {
                failures.push(format!("{} as {emit}", program.path));
            }
        }
    }
    report(&failures);
}

/// RabbitMQ keeps its queues under the host name, and a Deployment's pods have another one each.
#[test]
fn a_pod_with_a_volume_of_its_own_keeps_its_host_name() {
    let program = |volume: &str| {
        format!(
            "app shop\n\
             tier queue {{ image \"rabbitmq:4.1\", port amqp 5672, {volume} }}"
        )
    };
    let name = |volume: &str| {
        let program = program(volume);
        let pod = pod(&program, "shop-queue")["hostname"].clone();
        let compose = written(&program, "compose.yaml");
        let line = compose.lines().find(|line| line.contains("hostname:"));
        (pod, line.map(|line| line.trim().to_owned()))
    };
    let own = "volume data 10Gi at \"/var/lib/rabbitmq\"";
    let kept = "hostname: shop-queue-0".to_owned();
    assert_eq!(name(own), (json!("shop-queue-0"), Some(kept)));
    let shared = "volume data 10Gi shared at \"/var/lib/rabbitmq\"";
    assert_eq!(name(shared), (Value::Null, None));
    assert_eq!(name("user 999"), (Value::Null, None));
    // What runs beside the pod leaves it the name.
    let migrated = program(&format!("{own}, migrate \"rabbitmqctl\" \"list\""));
    let migration = written(&migrated, "kubernetes/25-queue-migrate.yaml");
    assert!(migration.contains("kind: Job"), "{migration}");
    assert!(!migration.contains("hostname:"), "{migration}");
    let tier = written(&migrated, "kubernetes/30-queue.yaml");
    assert!(tier.contains("hostname: shop-queue-0\n"), "{tier}");
}

/// A bound that nobody wrote would make the writes of a queue fail.
#[test]
fn a_queue_that_drops_nothing_needs_no_bound() {
    let program = |said: &str| format!("app a\nredis queue {{ version 8, storage 1Gi, {said} }}");
    assert_eq!(errors(&program("policy noeviction")), [""; 0]);
    assert_eq!(errors(&program("policy allkeys-lru")), ["E0302"]);
    let set = spec(&program("policy noeviction"), "StatefulSet", "a-queue");
    let args = set["template"]["spec"]["containers"][0]["args"].to_string();
    assert!(
        args.contains("noeviction") && !args.contains("\"--maxmemory\""),
        "{args}"
    );
}

/// The default class of a cloud is seldom the one that is meant, and never one for several nodes.
#[test]
fn every_claim_may_name_its_class() {
    let program = "app a\n\
        postgres db { version 17, storage 1Gi class \"fast\", secret DB_PASSWORD from env }\n\
        redis queue { version 8, storage 1Gi class \"slow\", workload deployment }\n\
        tier web { image \"acme/web:1\", volume data 1Gi class \"fast\" at \"/data\" }";
    let set = spec(program, "StatefulSet", "a-db");
    let claim = &set["volumeClaimTemplates"][0]["spec"];
    assert_eq!(claim["storageClassName"], json!("fast"));
    for (name, class) in [("a-queue", "slow"), ("a-web-data", "fast")] {
        let claim = spec(program, "PersistentVolumeClaim", name);
        assert_eq!(claim["storageClassName"], json!(class), "{name}");
    }
    let values = written(program, "values.yaml");
    let classes = values.lines().filter(|line| line.contains("storageClass:"));
    let classes: Vec<_> = classes.map(str::trim).collect();
    assert_eq!(classes.len(), 3, "{values}");
    assert!(
        classes
            .iter()
            .all(|line| line.contains("fast") || line.contains("slow")),
        "{classes:?}"
    );
}

/// Rules that a patch brings let somebody in, and cut nobody off that the program connects.
#[test]
fn a_patch_of_a_policy_adds_to_its_rules() {
    let program = "app a\n\
        tier web { image \"acme/web:1\", needs api }\n\
        tier api {\n  image \"acme/api:1\"\n  port 8000\n  port metrics 9100\n  patch NetworkPolicy {\n    \
        spec:\n      ingress:\n        - from:\n            - namespaceSelector: {}\n          \
        ports: [{port: 9100}]\n  }\n}\n";
    let policy = spec(program, "NetworkPolicy", "a-api");
    let rules = policy["ingress"].as_array().cloned().unwrap_or_default();
    let from = rules.iter().map(|rule| rule["from"][0].clone());
    let wanted = [
        json!({ "podSelector": { "matchLabels": { "app": "a-web" } } }),
        json!({ "namespaceSelector": {} }),
    ];
    assert_eq!(from.collect::<Vec<_>>(), wanted);
}

/// Django answers 400 to a host that it doesn't know, and the kubelet asks for the pod's address.
#[test]
fn probes_ask_for_a_host_that_the_server_answers_to() {
    let program = |said: &str| {
        format!(
            "app a\nconfig {{ HOSTS = [\".b.example.com\", \"c\"] }}\n\
             tier web {{ build django \"./web\", port 8000, {said}, expose ingress \"a.example.com\" tls }}"
        )
    };
    let header = |said: &str| {
        let container = pod(&program(said), "a-web")["containers"][0].clone();
        let probes = ["startupProbe", "readinessProbe", "livenessProbe"];
        let values =
            probes.map(|probe| container[probe]["httpGet"]["httpHeaders"][0]["value"].clone());
        assert!(values.iter().all(|value| *value == values[0]), "{values:?}");
        values[0].clone()
    };
    let hosts = |hosts: &str| {
        header(&format!(
            "health \"/up\", env {{ ALLOWED_HOSTS = {hosts} }}"
        ))
    };
    assert_eq!(hosts("\"a.example.com,b\""), json!("a.example.com"));
    assert_eq!(hosts("[\"b\", \"c\"] as json"), json!("b"));
    assert_eq!(hosts("config.HOSTS"), json!("b.example.com"));
    assert_eq!(hosts("web.public_host"), json!("a.example.com"));
    assert_eq!(hosts("\"*\""), Value::Null);
    assert_eq!(header("health \"/up\""), Value::Null);
    assert_eq!(header("health \"/up\" { host \"x\" }"), json!("x"));
    let known = program("health \"/up\", env { ALLOWED_HOSTS = web.public_host }");
    // In a chart it follows the host that an installer says.
    let chart = written(&known, "templates/web/deployment.yaml");
    let lines: Vec<&str> = chart.lines().collect();
    let value = lines
        .windows(2)
        .find(|pair| pair[0].ends_with("- name: Host"));
    assert!(value.is_some_and(|pair| pair[1].contains("{{")), "{chart}");
    // No program of the image asks for another host than it connects to.
    let compose = written(&known, "compose.yaml");
    assert!(!compose.contains("urlopen"), "{compose}");
}

/// Which port answers may be another than the one that serves.
#[test]
fn probes_may_ask_another_port() {
    let program = "app a\ntier web { image \"acme/web:1\", port 8000, port http-admin 9000, health \"/up\" { port http-admin } }";
    let container = pod(program, "a-web")["containers"][0].clone();
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        assert_eq!(container[probe]["httpGet"]["port"], json!("http-admin"));
    }
    let wrong = program.replace("{ port http-admin }", "{ port admin }");
    assert_eq!(errors(&wrong), ["E0201"]);
}

/// What watches objects, or elects a leader, needs rights that the application's own account doesn't have.
#[test]
fn a_pod_may_run_as_an_account_of_its_own() {
    let said = |said: &str| {
        let program = format!("app a\ntier one {{ image \"acme/one:1\", {said} }}");
        let pod = pod(&program, "a-one");
        let token = pod["automountServiceAccountToken"].clone();
        (pod["serviceAccountName"].clone(), token)
    };
    assert_eq!(said("account \"leader\""), (json!("leader"), json!(true)));
    let both = said("account \"leader\", without service_account");
    assert_eq!(both, (json!("leader"), json!(true)));
    let wrong = "app a\ntier one { image \"acme/one:1\", account \"A b\" }";
    assert_eq!(errors(wrong), ["E0205"]);
}

/// The file of a database, with the paths that lead to it, is where its volume is mounted and nowhere else.
#[test]
fn a_database_in_a_file_is_one_pods() {
    let found = |tiers: &str| {
        let found = compile(&format!("app a\n{tiers}"), &Options::default()).diagnostics;
        let found = found.into_iter().filter(|it| it.code.number() == "W0515");
        found.map(|it| it.message).collect::<Vec<_>>()
    };
    let own = "volume data 1Gi at \"/data/\"";
    let shared = "volume data 1Gi shared class \"nfs\" at \"/data\"";
    let api = |volume: &str, said: &str, value: &str| {
        format!("tier api {{ image \"acme/api:1\", {volume}, {said}, env {{ DB = {value} }} }}\n")
    };
    let values = [
        "\"/data/todo.db\"",
        "api.data.path \"/todo.db\"",
        "\"sqlite:////data/todo.db\"",
    ];
    for value in values {
        assert_eq!(found(&api(own, "user 1000", value)), [""; 0], "{value}");
        let several = ["the pods of `api` are several, and SQLite's file is for one"];
        assert_eq!(found(&api(shared, "replicas 2", value)), several, "{value}");
        let migrated = ["the migrations of `api` run in a pod of their own, without this file"];
        assert_eq!(
            found(&api(own, "migrate \"up\"", value)),
            migrated,
            "{value}"
        );
        let worker = api(own, "user 1000", value) + "tier worker from api { command \"work\" }\n";
        let taken = ["`worker` takes this variable from `api`, and not the volume with the file"];
        assert_eq!(found(&worker,), taken, "{value}");
    }
    let second = api(own, "user 1000", values[1])
        + "tier web { image \"acme/web:1\", env { DB = api.data.path \"/todo.db\" } }\n";
    let unmounted = ["`web` doesn't mount the volume `api.data`, in which this file lies"];
    assert_eq!(found(&second), unmounted);
    let mounted = api(shared, "user 1000", values[1])
        + "tier web { image \"acme/web:1\", volume api.data at \"/data\", env { DB = api.data.path \"/todo.db\" } }\n";
    assert_eq!(found(&mounted), [""; 0]);
    // What isn't in a volume may be anything.
    assert_eq!(found(&api(own, "replicas 1", "\"/v1/todo.db\"")), [""; 0]);
    let pod = pod(
        &format!("app a\n{}", api(own, "user 1000", values[1])),
        "a-api",
    );
    let value = &pod["containers"][0]["env"][0]["value"];
    assert_eq!(*value, json!("/data/todo.db"));
}

/// `kubectl apply` knows no kind that the same call defines.
#[test]
fn kinds_are_defined_before_their_objects() {
    let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
        metadata: {name: shops.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n  \
        names: {plural: shops, kind: Shop}\n  versions:\n    - name: v1\n      served: true\n      \
        storage: true\n      schema: {openAPIV3Schema: {type: object}}\n";
    let shop = "apiVersion: example.com/v1\nkind: Shop\nmetadata: {name: one}\n";
    let program = "app a\nobject \"./a-shop.yaml\"\nobject \"./kinds.yaml\"\n\
        tier web { image \"acme/web:1\" }\n";
    let test = Test::new()
        .file("app.todo", program)
        .file("a-shop.yaml", shop)
        .file("kinds.yaml", definition);
    let told = test.run(&["build", "app.todo"]).ok().stdout.clone();
    assert!(test.path("out/kubernetes/12-kinds.yaml").exists(), "{told}");
    assert!(
        test.path("out/kubernetes/15-a-shop.yaml").exists(),
        "{told}"
    );
    let wanted = [
        "kubectl apply -f out/kubernetes/12-kinds.yaml",
        "kubectl wait --for=condition=established",
        "crd/shops.example.com",
        "kubectl apply -f out/kubernetes\n",
    ];
    let places = wanted.map(|words| told.find(words));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{told}"
    );
    let list = test.read("out/kustomization.yaml");
    let at = |name: &str| list.find(name);
    assert!(at("12-kinds") < at("15-a-shop"), "{list}");
}

/// An image that holds a program alone has no file that the program reads.
#[test]
fn what_a_program_reads_is_in_its_image_or_told() {
    let told = |build: &str, main: &str, more: &[&str]| {
        let mut test = Test::new()
            .file(
                "app.todo",
                format!("app a\ntier web {{ {build}, port 8080 }}\n"),
            )
            .file("web/go.mod", "module a\n")
            .file("web/main.go", main)
            .file("web/templates/index.html", "<p>");
        for file in more {
            test = test.file(file, "package main\n");
        }
        let checked = test.run(&["check", "app.todo", "--report", "json"]);
        let note = "`./web/templates` stays out of the image, which holds the program alone";
        checked.stdout.contains(note)
    };
    let (build, plain) = ("build go \"./web\"", "package main\n");
    assert!(told(build, plain, &[]));
    let embeds = "package main\n//go:embed templates\nvar files embed.FS\n";
    assert!(!told(build, embeds, &[]));
    // Another source may embed them.
    assert!(!told(build, plain, &["web/files.go"]));
    assert!(!told(build, plain, &["web/templates/embed.go"]));
    assert!(!told(
        "build go \"./web\" { data \"templates\" }",
        plain,
        &[]
    ));
    let program = "app a\ntier web { build go \"./web\" { data \"./templates/\" }, port 8080 }\n";
    let text = written(program, "docker/web.Dockerfile");
    let shipped = text.rsplit("FROM").next().unwrap_or_default();
    let lines = [
        "COPY --from=builder /app/templates /app/templates\n",
        "WORKDIR /app\n",
    ];
    assert!(lines.iter().all(|line| shipped.contains(line)), "{text}");
    let wrong = program.replace("./templates/", "../templates");
    assert_eq!(errors(&wrong), ["E0214"]);
}

#[test]
fn images_of_this_machine_are_loaded_into_the_cluster_of_a_chart_too() {
    let test = Test::new().file(
        "app.todo",
        "app a { version \"1.0.0\", images local }\ntier web { build go \"./web\", port 8080 }\n",
    );
    let load = "  minikube image load a-web:1.0.0\n";
    for emit in ["helm,docker", "helm,docker,kubernetes"] {
        let told = test.run(&["build", "app.todo", "--no-context", "--emit", emit]);
        let told = told.ok().stdout.clone();
        let (before, _) = told.split_once("  helm upgrade").expect("a chart");
        assert!(before.contains(load), "{emit}: {told}");
    }
    // What is pulled needs no loading.
    let program = "app a { version \"1.0.0\" }\ntier web { image \"nginx:1.30\", port 80 }\n";
    let test = Test::new().file("app.todo", program);
    let told = test.run(&["build", "app.todo", "--emit", "helm"]).ok();
    assert!(!told.stdout.contains("minikube"), "{}", told.stdout);
}
