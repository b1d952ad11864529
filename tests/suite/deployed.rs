//! What a build says of what earlier ones may have brought to a cluster, and how long: through the real
//! binary and its lock.

use std::fs;

use crate::cli::{Ran, Test};

const SHOP: &str = r#"app shop { registry "ghcr.io/acme" }

postgres db {
  version 17
  storage 10Gi
  secret DB_PASSWORD from env
}

tier api {
  image "ghcr.io/acme/api:1.0.0"
  port 8000
  health "/health"
  volume media 5Gi at "/srv/media"
  env { DATABASE_URL = db.url }
}

tier worker from api { command "work" }
"#;

fn built(program: &str) -> Test {
    let test = Test::new().file("app.todo", program);
    build(&test).ok();
    test
}

fn build(test: &Test) -> Ran {
    fine(test.run(&["build", "app.todo"]))
}

/// A run that went well, whatever it warned of.
fn fine(ran: Ran) -> Ran {
    assert_eq!(ran.status, Some(0), "{ran:?}");
    ran
}

/// A build of the text with something else in it.
fn changed(test: &Test, from: &str, to: &str) -> Ran {
    assert!(SHOP.contains(from), "{from}");
    test.write("app.todo", &SHOP.replace(from, to));
    build(test)
}

/// The codes of warnings of what was deployed, each with the line that it is at.
fn warnings(ran: &Ran) -> Vec<(String, String)> {
    let mut lines = ran.stderr.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let code = line
            .strip_prefix("warning[")
            .and_then(|rest| rest.split_once(']'));
        if let Some((code, _)) = code.filter(|(code, _)| code.starts_with("W07")) {
            let place = lines.next().unwrap_or_default();
            let place = place.rsplit("app.todo:").next().unwrap_or_default();
            let line = place.split(':').next().unwrap_or_default();
            found.push((code.to_owned(), line.to_owned()));
        }
    }
    found
}

fn codes(ran: &Ran) -> Vec<String> {
    warnings(ran).into_iter().map(|(code, _)| code).collect()
}

/// A change, the code of its warning and the line that has it, and commands that keep the data.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const DATA: &[Row] = &[
    (
        "version 17",
        "version 18",
        "W0701",
        "4",
        &[
            "kubectl delete --ignore-not-found --cascade=foreground -n shop",
            "kubectl exec -n shop statefulset/shop-db -- pg_dump --no-owner",
            "-U postgres -d shop > db.sql &&",
            "tail -n 5 db.sql | grep -qi 'dump complete' &&",
            "\"persistentVolumeReclaimPolicy\":\"Retain\"",
            "kubectl delete -n shop pvc/data-shop-db-0 &&",
            "kubectl apply -f out/kubernetes/20-db.yaml &&",
            "< db.sql &&",
            "todoc forget out db\n",
            "kubectl delete -n shop pod/shop-db-0\n",
        ],
    ),
    ("version 17", "version 16", "W0701", "4", &["pg_dump"]),
    (
        "  storage 10Gi",
        "  user app\n  storage 10Gi",
        "W0702",
        "5",
        &[
            "pg_dump --no-owner --no-privileges -U postgres",
            "psql -Xq",
            "-U app",
        ],
    ),
    (
        "  storage 10Gi",
        "  database other\n  storage 10Gi",
        "W0702",
        "5",
        &["-d shop > db.sql", "-d other"],
    ),
    (
        "10Gi",
        "8Gi",
        "W0703",
        "5",
        &["pg_dump", "pvc/data-shop-db-0"],
    ),
    (
        "10Gi",
        "20Gi",
        "W0703",
        "5",
        &[
            "kubectl patch -n shop pvc/data-shop-db-0 -p",
            "{\"storage\":\"20Gi\"}",
        ],
    ),
    ("10Gi", "10Gi class \"fast\"", "W0703", "5", &["pg_dump"]),
    (
        "5Gi",
        "4Gi",
        "W0703",
        "13",
        &[
            "tar -C /srv/media -cf - . > api.media.tar",
            "kubectl delete -n shop pvc/shop-api-media",
        ],
    ),
    ("5Gi", "5Gi shared", "W0703", "13", &["tar -C /srv/media"]),
    ("\"/srv/media\"", "\"/data/media\"", "W0706", "13", &[]),
    (
        "volume media",
        "volume files",
        "W0704",
        "13",
        &[
            "deployment/shop-api -- tar -C /srv/media -cf - . > api.media.tar",
            "todoc forget out api.media",
        ],
    ),
    (
        "  volume media 5Gi at \"/srv/media\"\n",
        "",
        "W0704",
        "1",
        &["kubectl delete --ignore-not-found -n shop pvc/shop-api-media\n"],
    ),
    (
        "postgres db {",
        "postgres db {\n  workload deployment",
        "W0704",
        "3",
        &[
            "kubectl exec -n shop statefulset/shop-db --",
            "kubectl exec -i -n shop deployment/shop-db --",
        ],
    ),
    (
        "app shop {",
        "app shop { namespace live,",
        "W0705",
        "1",
        &[
            "kubectl exec -n shop statefulset/shop-db -- pg_dump",
            "-f out/kubernetes/00-namespace.yaml -f out/kubernetes/10-config.yaml",
            "kubectl exec -i -n live statefulset/shop-db -- psql",
            "kubectl delete namespace shop &&",
            "todoc forget out\n",
        ],
    ),
];

#[test]
fn each_change_that_data_depends_on_is_told_at_its_line() {
    for (from, to, code, line, commands) in DATA {
        let test = built(SHOP);
        let ran = changed(&test, from, to);
        let expected = [((*code).to_owned(), (*line).to_owned())];
        assert_eq!(warnings(&ran), expected, "{to}: {}", ran.stderr);
        let told = ran
            .stdout
            .replace(" \\\n      ", " ")
            .replace(" \\\n    ", " ");
        for command in *commands {
            assert!(told.contains(command), "{to}: {command}\n{told}");
        }
        // Until it is done, or the text is as it was.
        assert_eq!(warnings(&build(&test)), expected, "{to}");
        assert_eq!(codes(&changed(&test, "shop", "shop")), [""; 0], "{to}");
    }
}

const STORE: &str = r#"app shop { registry "ghcr.io/acme" }

tier store {
  image "ghcr.io/acme/store:1.0.0"
  replicas 3
  volume data 5Gi per pod at "/data"
}
"#;

/// Changes of a tier whose pods have volumes of their own.
const OF_EACH: &[Row] = &[
    (
        "5Gi",
        "8Gi",
        "W0703",
        "6",
        &[
            "kubectl patch -n shop pvc/data-shop-store-0 pvc/data-shop-store-1 pvc/data-shop-store-2 -p",
            "{\"storage\":\"8Gi\"}",
            "kubectl delete --ignore-not-found --cascade=orphan -n shop statefulset/shop-store",
        ],
    ),
    (
        "5Gi",
        "4Gi",
        "W0703",
        "6",
        &[
            "kubectl exec -n shop pod/shop-store-2 -- tar -C /data -cf - . > store.data-2.tar",
            "kubectl get -n shop pvc/data-shop-store-1 -o",
            "kubectl delete -n shop pvc/data-shop-store-0 pvc/data-shop-store-1 pvc/data-shop-store-2",
            "kubectl rollout status --timeout=10m -n shop statefulset/shop-store &&",
            "kubectl exec -i -n shop pod/shop-store-2 -- tar -C /data -xf - < store.data-2.tar",
        ],
    ),
    (
        "5Gi per pod",
        "5Gi per pod class \"fast\"",
        "W0703",
        "6",
        &["store.data-0.tar"],
    ),
    (
        "replicas 3",
        "replicas 2",
        "W0704",
        "5",
        &["kubectl delete --ignore-not-found -n shop pvc/data-shop-store-2\n"],
    ),
    (
        "replicas 3\n  volume data 5Gi per pod",
        "volume data 5Gi",
        "W0704",
        "5",
        &[
            "kubectl exec -n shop pod/shop-store-0 -- tar -C /data -cf - . > store.data-0.tar",
            "kubectl delete --ignore-not-found --cascade=foreground -n shop statefulset/shop-store",
            "stays in store.data-1.tar, store.data-2.tar, for you to join",
            "kubectl exec -i -n shop deployment/shop-store -- tar -C /data -xf - < store.data-0.tar",
        ],
    ),
    (
        "volume data 5Gi per pod at \"/data\"",
        "",
        "W0704",
        "1",
        &[
            "kubectl exec -n shop pod/shop-store-1 -- tar -C /data -cf - . > store.data-1.tar &&",
            "pvc/data-shop-store-0 pvc/data-shop-store-1 pvc/data-shop-store-2\n",
        ],
    ),
];

#[test]
fn volumes_of_each_pod_are_kept_pod_by_pod() {
    for (from, to, code, line, commands) in OF_EACH {
        assert!(STORE.contains(from), "{from}");
        let test = built(STORE);
        test.write("app.todo", &STORE.replace(from, to));
        let ran = build(&test);
        let expected = [((*code).to_owned(), (*line).to_owned())];
        assert_eq!(warnings(&ran), expected, "{to}: {}", ran.stderr);
        let told = ran
            .stdout
            .replace(" \\\n      ", " ")
            .replace(" \\\n    ", " ");
        for command in *commands {
            assert!(told.contains(command), "{to}: {command}\n{told}");
        }
        assert_eq!(warnings(&build(&test)), expected, "{to}");
        test.write("app.todo", STORE);
        assert_eq!(codes(&build(&test)), [""; 0], "{to}");
    }
}

#[test]
fn an_application_of_another_name_moves_as_a_whole() {
    let test = built(SHOP);
    for _ in 0..2 {
        let ran = changed(&test, "app shop", "app store");
        assert_eq!(codes(&ran), ["W0705"], "{}", ran.stderr);
        let told = ran
            .stdout
            .replace(" \\\n      ", " ")
            .replace(" \\\n    ", " ");
        for command in [
            "kubectl exec -n shop statefulset/shop-db -- pg_dump",
            "kubectl exec -i -n store statefulset/store-db -- psql",
            "kubectl exec -n shop deployment/shop-api -- tar -C /srv/media -cf - .",
            "kubectl exec -i -n store deployment/store-api -- tar -C /srv/media -xf -",
        ] {
            assert!(told.contains(command), "{command}\n{told}");
        }
    }
    assert_eq!(codes(&changed(&test, "app shop", "app shop")), [""; 0]);
}

#[test]
fn what_is_done_is_forgotten_and_nothing_else() {
    let test = built(SHOP);
    let ran = changed(&test, "version 17", "version 18");
    assert_eq!(codes(&ran), ["W0701"]);
    test.run(&["forget", "out", "api"])
        .fails("error: `out` has nothing of `api` to forget\nhelp: it has: db\n");
    let ran = test.run(&["forget", "out", "db"]).ok();
    assert_eq!(ran.stdout, "out/todoc.lock: forgotten: db\n");
    assert_eq!(codes(&build(&test)), [""; 0]);
    let ran = test.run(&["forget", "out"]).ok();
    assert_eq!(ran.stdout, "out/todoc.lock: nothing was left to be done\n");
    // Back is a change as well.
    assert_eq!(codes(&changed(&test, "shop", "shop")), ["W0701"]);
    test.run(&["forget", "elsewhere"]).fails(
        "error: nothing was built into `elsewhere`: it has no todoc.lock\n\
         help: name the folder that a build wrote to, such as `out/production`\n",
    );
    fs::write(test.path("out/todoc.lock"), "x").expect("a file");
    let ran = test.run(&["forget", "out"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("is damaged"), "{}", ran.stderr);
}

#[test]
fn what_nobody_has_to_do_is_not_told() {
    for (from, to) in [
        ("version 17", "version 17.2"),
        ("10Gi", "10240Mi"),
        ("version 17", "image \"pgvector/pgvector:pg17\""),
        (
            "image \"ghcr.io/acme/api:1.0.0\"",
            "image \"ghcr.io/acme/api:2.0.0\"",
        ),
        ("app shop {", "app shop { version \"2.0.0\","),
        ("registry \"ghcr.io/acme\"", "registry \"ghcr.io/others\""),
    ] {
        let test = built(SHOP);
        assert_eq!(codes(&changed(&test, from, to)), [""; 0], "{to}");
    }
    // A cache keeps nothing.
    let cache = "app a\nredis cache { version 8, memory 64Mi }\n";
    let test = built(cache);
    test.write(
        "app.todo",
        &cache.replace("redis cache { version 8", "redis other { version 7"),
    );
    assert_eq!(codes(&build(&test)), [""; 0]);
}

#[test]
fn a_reason_accepts_it() {
    let test = built(SHOP);
    let ran = changed(
        &test,
        "version 17",
        "version 18\n  allow W0701 \"nothing is in it\"",
    );
    assert_eq!(ran.stderr, "");
    // It may stay when there is nothing to accept any more.
    test.run(&["forget", "out"]).ok();
    test.run(&["build", "app.todo", "--deny", "warnings"]).ok();
    test.write("app.todo", &SHOP.replace("version 17", "version 16"));
    let ran = test.run(&["build", "app.todo", "--deny", "warnings"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
}

#[test]
fn a_lock_without_facts_has_nothing_to_compare() {
    let test = built(SHOP);
    let lock = test.read("out/todoc.lock");
    let is_old = |line: &&str| {
        !["# is ", "# object ", "# store "]
            .iter()
            .any(|it| line.starts_with(it))
    };
    let old: Vec<_> = lock.lines().filter(is_old).collect();
    test.write(
        "out/todoc.lock",
        &(old.join("\n").replace("lock 3:", "lock 2:") + "\n"),
    );
    assert_eq!(codes(&changed(&test, "version 17", "version 18")), [""; 0]);
    assert_eq!(codes(&changed(&test, "shop", "shop")), ["W0701"]);
}

#[test]
fn each_target_has_a_past_of_its_own() {
    let targets = "\ntarget one { images local }\ntarget two { namespace live }\n";
    let program = SHOP.to_owned() + targets;
    let test = Test::new().file("app.todo", &program);
    test.run(&["build", "app.todo", "-t", "two"]).ok();
    test.write("app.todo", &program.replace("version 17", "version 18"));
    assert_eq!(
        codes(&fine(test.run(&["build", "app.todo", "-t", "one"]))),
        [""; 0]
    );
    let ran = fine(test.run(&["build", "app.todo", "--all-targets"]));
    assert_eq!(codes(&ran), ["W0701"], "{}", ran.stderr);
    assert!(
        ran.stdout.contains("todoc forget out/two db\n"),
        "{}",
        ran.stdout
    );
    assert!(
        !ran.stdout.contains("todoc forget out/one"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_is_to_be_deleted_is_told_until_it_is_done() {
    const WORKER: &str = "deployment/shop-worker";
    let test = built(SHOP);
    let without = |test: &Test| changed(test, "tier worker from api { command \"work\" }\n", "");
    let first = without(&test);
    assert!(first.stdout.contains(WORKER), "{}", first.stdout);
    assert_eq!(build(&test).stdout.matches(WORKER).count(), 1);
    // Whoever has the lock alone is told as well.
    for folder in ["out/kubernetes", "out/docker"] {
        let _ = fs::remove_dir_all(test.path(folder));
    }
    let ran = build(&test);
    let line = "kubectl delete --ignore-not-found -n shop deployment/shop-worker";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("networkpolicy/shop-worker"),
        "{}",
        ran.stdout
    );
    // What is there again isn't gone.
    assert!(
        !changed(&test, "shop", "shop")
            .stdout
            .contains("kubectl delete")
    );
    without(&test);
    test.run(&["forget", "out", WORKER, "networkpolicy/shop-worker"])
        .ok();
    assert!(!build(&test).stdout.contains(WORKER));
    // It is found by the lock alone, too.
    let test = built(SHOP);
    fs::remove_dir_all(test.path("out/kubernetes")).expect("removed");
    assert!(without(&test).stdout.contains(line));
}

#[test]
fn a_lock_of_somebody_else_makes_no_dangerous_line() {
    for line in [
        "# gone [\"kube-system\", \"Deployment\", \"coredns\"]",
        "# gone [\"shop\", \"Deployment\", \"--all\"]",
        "# gone [\"\", \"Deployment\", \"x\"]",
        "# gone [\"shop\", \"Deployment\"]",
        "# gone [\"shop\", \"Service\", \"x; rm -rf ~\"]",
        "# left [\"shop\", \"Pod\\u001b[2J\", \"x\"]",
        "# left [\"kube-system\", \"PersistentVolumeClaim\", \"data\"]",
        "# left [\"\", \"Namespace\", \"kube-system\"]",
        "# store [\"\", \"Namespace\", \"default\"]",
        "# was [\"database\", \"db\", \"claim\", \"$(x)\"]",
        "# was [\"database\", \"db\", \"workload\", \"-n\"]",
        "# was [\"database\", \"--all\", \"claim\", \"a\"]",
        "# was [\"volume\", \"a.b\", \"pods\", \"0\"]",
        "# was [\"volume\", \"a.b\", \"pods\", \"1000000\"]",
        "# was [\"namespace\", \"\", \"name\", \"a b\"]",
        "# was [\"database\", \"db\", \"size\", \"much\"]",
        "# was [\"database\", \"db\", \"user\", \"a\\nb\"]",
        "# were [\"database\", \"db\", \"user\", \"a\"]",
    ] {
        let test = built(SHOP);
        let lock = test.read("out/todoc.lock");
        let (head, rows) = lock.split_once('\n').expect("a first line");
        test.write("out/todoc.lock", &format!("{head}\n{line}\n{rows}"));
        let ran = test.run(&["build", "app.todo"]);
        assert_eq!(ran.status, Some(2), "{line}");
        assert!(
            ran.stderr.contains("line 2 isn't one that todoc writes"),
            "{line}: {}",
            ran.stderr
        );
    }
    let test = built(SHOP);
    let lock = test.read("out/todoc.lock");
    let (head, rows) = lock.split_once('\n').expect("a first line");
    // Data is for people to delete.
    let claim = "# gone [\"shop\", \"PersistentVolumeClaim\", \"data\"]";
    test.write("out/todoc.lock", &format!("{head}\n{claim}\n{rows}"));
    let ran = build(&test);
    assert!(!ran.stdout.contains("kubectl delete"), "{}", ran.stdout);
    let user = "# was [\"database\", \"db\", \"user\", \"it's; rm -rf $HOME\"]";
    test.write("out/todoc.lock", &format!("{head}\n{user}\n{rows}"));
    let ran = build(&test);
    assert_eq!(codes(&ran), ["W0702"]);
    assert!(
        ran.stdout.contains(r"-U 'it'\''s; rm -rf $HOME'"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_folder_that_lost_half_is_made_whole() {
    let test = built(SHOP);
    let whole = test.tree("out");
    fs::remove_dir_all(test.path("out/kubernetes")).expect("removed");
    let ran = build(&test);
    assert!(
        ran.stdout.contains("\n  new: kubernetes/"),
        "{}",
        ran.stdout
    );
    assert_eq!(test.tree("out"), whole);
    // Without its lock, whose files these are isn't known: nothing that differs is written over.
    fs::remove_file(test.path("out/todoc.lock")).expect("removed");
    build(&test);
    assert_eq!(test.tree("out"), whole);
    fs::remove_file(test.path("out/todoc.lock")).expect("removed");
    test.write("app.todo", &SHOP.replace("10Gi", "20Gi"));
    let ran = test.run(&["build", "app.todo"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.contains("20-db.yaml: todoc didn't write it"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("overwrite with --force"),
        "{}",
        ran.stderr
    );
    // One of another machine knows its source by its name alone, or not at all.
    let test = built(SHOP);
    let lock = test.read("out/todoc.lock");
    test.write(
        "out/todoc.lock",
        &lock.replace("[\"../app.todo\"]", "[\"../../elsewhere/shop.todo\"]"),
    );
    let ran = changed(&test, "version 17", "version 18");
    assert_eq!(codes(&ran), ["W0701"]);
}

#[test]
fn a_merge_of_two_locks_is_told_and_one_side_is_enough() {
    let test = built(SHOP);
    let ours = test.read("out/todoc.lock");
    let conflict = ours.replacen("# is [\"database\"", "<<<<<<< ours\n# is [\"database\"", 1);
    test.write("out/todoc.lock", &conflict);
    for words in [
        &["build", "app.todo"][..],
        &["next", "app.todo"],
        &["forget", "out"],
    ] {
        let ran = test.run(words);
        assert_eq!(ran.status, Some(2), "{words:?}");
        assert!(
            ran.stderr.contains("has the conflict markers of a merge"),
            "{}",
            ran.stderr
        );
        assert!(
            ran.stderr.contains("take one side of a merge as a whole"),
            "{}",
            ran.stderr
        );
    }
    test.write("out/todoc.lock", &ours);
    build(&test);
}

/// The text with several servers, and what is said of its version and storage.
fn operated(version: &str, storage: &str) -> String {
    let text = SHOP.replace("version 17", &format!("version {version}\n  instances 3"));
    text.replace("storage 10Gi", &format!("storage {storage}"))
}

/// What is printed of a change from one text to another, on lines of their own.
fn told(from: &str, to: &str) -> (Vec<String>, String) {
    let test = built(from);
    test.write("app.todo", to);
    let ran = build(&test);
    let told = ran.stdout.replace(" \\\n      ", " ");
    (codes(&ran), told.replace(" \\\n    ", " "))
}

#[test]
fn data_moves_to_an_operator_and_back() {
    let several = operated("17", "10Gi");
    let (codes, all) = told(SHOP, &several);
    assert_eq!(codes, ["W0704"], "{all}");
    for command in [
        "kubectl exec -n shop statefulset/shop-db -- pg_dump --no-owner --no-privileges -U postgres -d shop > db.sql &&",
        "kubectl apply -f out/kubernetes/20-db.yaml &&",
        "kubectl wait --for=condition=Ready --timeout=10m -n shop cluster.postgresql.cnpg.io/shop-db &&",
        "kubectl exec -i -n shop service/shop-db-rw -- psql -Xq -v ON_ERROR_STOP=1 -U postgres -d shop -c \
         'SET ROLE \"shop\"' -f - < db.sql &&",
        "kubectl delete --ignore-not-found -n shop statefulset/shop-db service/shop-db",
    ] {
        assert!(all.contains(command), "{command}\n{all}");
    }
    let (codes, all) = told(&several, SHOP);
    assert_eq!(codes, ["W0704"], "{all}");
    for command in [
        "kubectl exec -n shop service/shop-db-rw -- pg_dump --no-owner --no-privileges -U postgres -d shop > db.sql &&",
        "kubectl exec -i -n shop statefulset/shop-db -- psql -Xq -v ON_ERROR_STOP=1 -U postgres -d shop < db.sql &&",
        "Cluster shop-db in namespace shop",
    ] {
        assert!(all.contains(command), "{command}\n{all}");
    }
    assert!(
        !all.contains("delete --ignore-not-found -n shop cluster"),
        "{all}"
    );
}

#[test]
fn an_operator_changes_what_it_can_in_place() {
    let several = operated("17", "10Gi");
    let more = several.replace("instances 3", "instances 5");
    assert_eq!(told(&several, &more).0, [""; 0]);
    let object = "cluster.postgresql.cnpg.io/shop-db";
    let deleted = format!("--cascade=foreground -n shop {object} &&");
    let gone = format!("kubectl delete --ignore-not-found -n shop {object}\n");
    let without = SHOP.split("postgres db").next().unwrap_or_default();
    for (to, code, command) in [
        (
            operated("18", "10Gi"),
            "W0701",
            "To keep a copy of the data of `db`",
        ),
        (operated("16", "10Gi"), "W0701", ""),
        (
            operated("17", "20Gi"),
            "W0703",
            "Once `kubectl apply` made the claim",
        ),
        (operated("17", "8Gi"), "W0703", deleted.as_str()),
        (
            format!("{without}\ntier api {{ image \"a:1\" }}\n"),
            "W0704",
            gone.as_str(),
        ),
    ] {
        let (codes, all) = told(&several, &to);
        assert_eq!(codes.first().map(String::as_str), Some(code), "{all}");
        assert!(all.contains(command), "{command}\n{all}");
    }
}
