//! Migrations: what runs before them, what waits for them, and what they wait for.

use std::net::TcpListener;
use std::process::Command;

use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::{Options, compile};

use crate::accepted::documents;
use crate::cli::Test;
use crate::support::{has_tool, read};

/// The objects of one file of a build, by kind and name.
fn file(program: &str, path: &str) -> Vec<Value> {
    let options = Options {
        emit: BACKENDS.to_vec(),
        ..Options::default()
    };
    let built = compile(program, &options);
    assert!(built.app.is_some(), "{:?}", built.diagnostics);
    let found = built.artifacts.iter().find(|it| it.path == path);
    let found = found.unwrap_or_else(|| panic!("no {path}"));
    documents(&found.text)
}

fn kinds(objects: &[Value]) -> Vec<&str> {
    let kinds = objects.iter().map(|it| it["kind"].as_str());
    kinds.map(Option::unwrap_or_default).collect()
}

/// A tier with everything that its migrations may need, beside others that they don't.
const SHOP: &str = r#"app shop
config { LEVEL = "info" }
secret DATABASE_URL from env { url "postgresql" }
secret CACHE_URL from env { url "rediss" }
postgres db { version 17, storage 1Gi, secret DB_PASSWORD from env }
postgres neon external { url DATABASE_URL }
tier store { image "clickhouse/clickhouse-server:25.3", port clickhouse 9000, volume data 10Gi at "/var/lib/clickhouse" }
tier mail { image "axllent/mailpit:v1", port smtp 1025, env { WEB = web.url } }
tier web { build nextjs "./web", port 3000, health "/", env { API = api.url } }
tier api {
  build fastapi "./api"
  port 8000
  health "/health"
  config { OWN = "x" }
  volume media 1Gi shared at "/media"
  env { ..config, DATABASE_URL, CACHE_URL, OTHER_URL = db.url, STORE = store.address, MAIL = mail.address }
  migrate "alembic" "upgrade" "head"
  migrate "python" "-m" "app.seed"
}
tier worker from api { command "celery" "-A" "app" "worker" }
"#;

fn job(program: &str) -> Value {
    let all = file(program, "kubernetes/25-api-migrate.yaml");
    let job = all.into_iter().find(|it| it["kind"] == "Job");
    job.expect("a Job")
}

#[test]
fn migrations_and_what_they_read_stand_before_all_tiers() {
    let first = file(SHOP, "kubernetes/25-api-migrate.yaml");
    let expected = ["NetworkPolicy", "ConfigMap", "PersistentVolumeClaim", "Job"];
    assert_eq!(kinds(&first), expected);
    let then = file(SHOP, "kubernetes/30-api.yaml");
    assert_eq!(kinds(&then), ["NetworkPolicy", "Service", "Deployment"]);
    let list = file(SHOP, "kustomization.yaml");
    let resources = list[0]["resources"].as_array().expect("a list");
    let resources: Vec<_> = resources.iter().filter_map(Value::as_str).collect();
    let numbers = resources.iter().map(|path| path.split('-').next());
    assert!(numbers.is_sorted(), "{resources:?}");
}

/// A store that is a tier is applied with the migrations: they wait for it.
#[test]
fn the_first_step_holds_what_migrations_need() {
    let test = Test::new().file("shop.todo", SHOP);
    let ran = test
        .run(&["build", "shop.todo", "--no-context"])
        .ok()
        .stdout;
    let (_, first) = ran.split_once("# run the migrations").expect("a step");
    let (first, then) = first.split_once("# once the migrations").expect("another");
    let files: Vec<_> = first
        .split_whitespace()
        .filter_map(|word| word.strip_prefix("out/kubernetes/"))
        .collect();
    let expected = [
        "00-namespace.yaml",
        "10-config.yaml",
        "20-db.yaml",
        "25-api-migrate.yaml",
        "30-store.yaml",
    ];
    assert_eq!(files, expected);
    let (_, commands) = then.split_once("kubectl wait").expect("a wait");
    let (_, rest) = commands.split_once("kubectl wait").expect("another");
    assert!(
        rest.contains("&& \\\n    kubectl apply -f out/kubernetes &&"),
        "{rest}"
    );
}

/// By the database's client, by the runtime of the image, and not for whoever waits in turn.
#[test]
fn migrations_wait_for_every_store() {
    let job = job(SHOP);
    let pod = &job["spec"]["template"]["spec"];
    let before = pod["initContainers"].as_array().expect("containers");
    let names: Vec<_> = before.iter().filter_map(|it| it["name"].as_str()).collect();
    let expected = [
        "wait-for-db",
        "wait-for-store",
        "reach-postgres",
        "reach-redis",
        "migrate-1",
    ];
    assert_eq!(names, expected);
    let command = |index: usize| {
        let words = before[index]["command"].as_array().expect("words");
        let words = words.iter().filter_map(Value::as_str).map(str::to_owned);
        words.collect::<Vec<_>>()
    };
    assert_eq!(
        command(1)[3..],
        ["tcp://shop-store:9000", "9000", "600", "199"]
    );
    assert_eq!(command(2)[3..], ["DATABASE_URL", "5432", "600", "199"]);
    let variables = before[2]["env"].as_array().expect("variables");
    assert_eq!(variables.len(), 1, "no more than the one URL");
    let code = &job["spec"]["podFailurePolicy"]["rules"][0];
    assert_eq!(code["action"], json!("FailJob"));
    assert_eq!(code["onExitCodes"]["values"], json!([199]));
    assert!(command(0)[2].contains("exit 199"), "{:?}", command(0));
    // Without a runtime that could ask, there is nothing to ask with.
    let go = SHOP.replace("build fastapi \"./api\"", "build go \"./api\"");
    let job = self::job(&go.replace("celery", "worker"));
    let before = job["spec"]["template"]["spec"]["initContainers"].clone();
    assert_eq!(before.as_array().map(Vec::len), Some(2), "{before}");
    // `without wait` is for all of them.
    let off = SHOP.replace("port 8000", "port 8000, without wait");
    let job = self::job(&off);
    let before = job["spec"]["template"]["spec"]["initContainers"].clone();
    assert_eq!(before.as_array().map(Vec::len), Some(1), "{before}");
}

/// Kubernetes doubles its delay from ten seconds on.
#[test]
fn a_migration_is_tried_for_ten_minutes() {
    let job = job(SHOP);
    let limit = job["spec"]["backoffLimit"].as_u64().expect("a limit");
    let limit = u32::try_from(limit).expect("a small number");
    let delays = (0..limit).map(|failure| 10 * 2_u32.pow(failure));
    let all: u32 = delays.sum();
    assert!((600..900).contains(&all), "{all} seconds");
}

/// What the scripts of both runtimes do, each run as its container would: it ends well once there is a
/// connection or nothing to wait for, and else by the status that ends the Job, with the reason and
/// without the password.
#[test]
fn scripts_wait_for_servers() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let open = listener.local_addr().expect("an address").port();
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port");
    let shut = closed.local_addr().expect("an address").port();
    drop(closed);
    for (program, flag, script) in [("python3", "-c", "wait.py"), ("node", "-e", "wait.js")] {
        if !has_tool(program, Command::new(program).arg("--version")) {
            continue;
        }
        let text = read(&format!("src/catalog/runtimes/{script}"));
        let run = |server: &str, url: &str| {
            let ran = Command::new(program)
                .args([flag, &text, server, &shut.to_string(), "0", "199"])
                .env("STORE_URL", url)
                .output()
                .expect("it runs");
            let said = String::from_utf8_lossy(&ran.stdout).into_owned();
            assert!(!said.contains("s3cr3t"), "{said}");
            assert!(ran.stderr.is_empty(), "{ran:?}");
            (ran.status.code(), said)
        };
        let url = |rest: &str| format!("postgresql+asyncpg://me:s3cr3t@{rest}/db?ssl=require");
        assert_eq!(run(&format!("tcp://127.0.0.1:{open}"), "").0, Some(0));
        assert_eq!(
            run("STORE_URL", &url(&format!("127.0.0.1:{open}"))).0,
            Some(0)
        );
        for unreachable in [url("127.0.0.1"), url(&format!("127.0.0.1:{shut}"))] {
            let (status, said) = run("STORE_URL", &unreachable);
            assert_eq!(status, Some(199), "{program}: {said}");
            assert!(said.starts_with(&format!("127.0.0.1:{shut}: ")), "{said}");
        }
        let (status, said) = run("STORE_URL", &url("no-such-host.invalid:1"));
        assert_eq!(status, Some(199), "{program}: {said}");
        for nothing in [
            "",
            "x",
            "postgresql:///db?host=/cloudsql/a",
            "postgresql://a:1,b:2/db",
        ] {
            let (status, said) = run("STORE_URL", nothing);
            assert_eq!(status, Some(0), "{program}: {nothing}: {said}");
            assert!(said.contains("has no host"), "{said}");
        }
    }
}

/// Things that wait for each other by way of others: each begins a stage after what it waits for.
const STAGES: &str = r#"app shop { context "c" }
tier api { image "a:1", port 8000, migrate "a" }
tier web { image "w:1", port 80, migrate "w" "1", migrate "w" "2", after api }
tier plain { image "p:1", port 80 }
job seed { image "s:1", user 1 }
job index { image "i:1", user 1, after seed web }
job tables { image "t:1", user 1, after api }
job mail { image "m:1", user 1, after index index tables }
"#;

/// The lines of a build, joined and without hashes.
fn lines(program: &str, emit: &str) -> Vec<String> {
    let test = Test::new().file("shop.todo", program);
    let ran = test
        .run(&["build", "shop.todo", "--emit", emit])
        .ok()
        .stdout;
    let (_, next) = ran.split_once("\nNext\n").expect("steps");
    let lines = next.replace(" \\\n", " ");
    let lines = lines.lines().map(|line| {
        let words = line.split_whitespace().map(|word| {
            let hash = word.rsplit_once('-').filter(|_| word.starts_with("job/"));
            let hash = hash.filter(|(_, hash)| hash.len() == 8);
            hash.map_or(word, |(name, _)| name)
        });
        let words: Vec<_> = words.collect();
        words
            .join(" ")
            .replace(" --context c", "")
            .replace(" --kube-context c", "")
    });
    let is_line = |line: &String| line.starts_with("kubectl") || line.starts_with("helm");
    lines.filter(is_line).collect()
}

#[test]
fn what_waits_is_suspended_until_what_it_waits_for_has_ended() {
    for (path, is_suspended) in [
        ("25-api-migrate", false),
        ("25-web-migrate", true),
        ("40-seed", false),
        ("40-index", true),
        ("40-tables", true),
        ("40-mail", true),
    ] {
        let all = file(STAGES, &format!("kubernetes/{path}.yaml"));
        let job = all.iter().find(|it| it["kind"] == "Job").expect("a Job");
        let said = job["spec"]["suspend"].as_bool();
        assert_eq!(said, is_suspended.then_some(true), "{path}");
    }
    // What is suspended is no part of what a Job runs: its name stays.
    let name = |program: &str| {
        let all = file(program, "kubernetes/40-tables.yaml");
        let job = all.iter().find(|it| it["kind"] == "Job").expect("a Job");
        job["metadata"]["name"].clone()
    };
    assert_eq!(
        name(STAGES),
        name(&STAGES.replace(", after api }\njob mail", " }\njob mail"))
    );
}

#[test]
fn the_steps_let_each_stage_begin_behind_the_one_before() {
    let lines = lines(STAGES, "kubernetes");
    let resume = "--type=merge -p '{\"spec\":{\"suspend\":false}}'";
    let patch = |job: &str| format!("kubectl patch job/shop-{job} -n shop {resume}");
    let wait =
        |jobs: &str| format!("kubectl wait --for=condition=complete --timeout=30m -n shop {jobs}");
    let last = lines
        .iter()
        .find(|line| line.contains("--timeout=30s"))
        .expect("a line");
    let commands: Vec<_> = last.trim_end_matches(" || false").split(" && ").collect();
    let expected = [
        "kubectl wait --for=condition=complete --timeout=30s -n shop job/shop-api-migrate"
            .to_owned(),
        patch("web-migrate"),
        wait("job/shop-web-migrate"),
        "kubectl apply -f out/kubernetes".to_owned(),
        wait("job/shop-seed"),
        patch("index"),
        patch("tables"),
        wait("job/shop-index job/shop-tables"),
        patch("mail"),
    ];
    assert_eq!(commands[..expected.len()], expected);
    // Without migrations, the jobs have a step of their own before anything is waited for.
    let jobs = STAGES
        .replace("tier", "# ")
        .replace("web ", "")
        .replace("after api", "");
    let lines = self::lines(&jobs, "kubernetes");
    let apply = lines
        .iter()
        .position(|it| it == "kubectl apply -f out/kubernetes");
    let next = &lines[apply.expect("a line") + 1];
    assert!(next.starts_with(&wait("job/shop-seed")), "{next}");
}

#[test]
fn upgrades_of_a_chart_come_in_stages() {
    let lines = lines(STAGES, "helm");
    let upgrade = |words: &str| {
        format!("helm upgrade --install shop out/helm/shop -n shop --create-namespace{words}")
    };
    let wait = |labels: &str| {
        format!(
            "kubectl wait --for=condition=complete --timeout=30m -n shop jobs -l 'app in ({labels})'"
        )
    };
    let last = lines
        .iter()
        .find(|line| line.contains("--timeout=30s"))
        .expect("a line");
    let commands: Vec<_> = last.trim_end_matches(" || false").split(" && ").collect();
    let expected = [
        upgrade(" --set pauseRollouts=true --set releaseStage=1"),
        wait("shop-web-migrate"),
        upgrade(" --set releaseStage=1"),
        wait("shop-seed"),
        upgrade(" --set releaseStage=2"),
        wait("shop-index, shop-tables"),
        upgrade(" --set releaseStage=3"),
    ];
    assert_eq!(commands[1..], expected, "{lines:#?}");
}
