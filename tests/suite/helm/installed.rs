//! Charts on a real API server, by Helm itself: installed, changed, taken over from `kubectl apply`,
//! uninstalled and installed again. Nothing starts pods there.

use std::process::Command;

use serde_json::Value;

use crate::cli::Test;
use crate::server::Server;
use crate::support::{has_tool, read, report};

/// A tier with all that an upgrade may change, and data that must outlive the release.
const PROGRAM: &str = r#"app shop {
  namespace NAMESPACE
  tag "1.0"
}

config { LOG_LEVEL = "info" }

secret API_KEY from env

postgres db {
  version 17
  storage 1Gi
  secret DB_PASSWORD from env
}

tier web {
  image "nginx:1.29"
  port 8080
  replicas 2
  expose nodeport 30123
  volume uploads 1Gi shared at "/srv/uploads"
  env { ..config, API_KEY, DATABASE_URL = db.url }
}
"#;

/// A program that was built, and where it goes.
struct Installation<'s> {
    test: Test,
    server: &'s Server,
    namespace: &'static str,
}

impl<'s> Installation<'s> {
    fn new(server: &'s Server, namespace: &'static str) -> Self {
        let source = PROGRAM.replace("NAMESPACE", namespace);
        let test = Test::new().file("app.todo", source);
        test.run(&["build", "app.todo", "--emit", "kubernetes,helm"])
            .ok();
        Installation {
            test,
            server,
            namespace,
        }
    }

    /// What a command prints, or what it says where it fails.
    fn run(&self, line: &str) -> Result<String, String> {
        let mut words = line.split(' ');
        let mut command = Command::new(words.next().expect("a program"));
        command
            .args(words)
            .args(["--namespace", self.namespace])
            .env("KUBECONFIG", &self.server.kubeconfig)
            .env("HELM_CACHE_HOME", self.test.path("helm"))
            .env("HELM_CONFIG_HOME", self.test.path("helm"))
            .env("HELM_DATA_HOME", self.test.path("helm"))
            .current_dir(self.test.path(""));
        let output = command.output().expect("it was here just now");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(format!("{line}: {}", text(&output.stderr)))
        }
    }

    fn must(&self, line: &str) -> String {
        self.run(line).unwrap_or_else(|error| panic!("{error}"))
    }

    /// An object of the cluster.
    fn get(&self, object: &str) -> Value {
        let text = self.must(&format!("kubectl get {object} -o json"));
        serde_json::from_str(&text).expect("JSON")
    }

    /// The claims of its volumes.
    fn claims(&self) -> Vec<String> {
        let text = self.must("kubectl get persistentvolumeclaims -o name");
        text.lines().map(str::to_owned).collect()
    }
}

fn server() -> Option<Server> {
    let tools = [("helm", "version"), ("kubectl", "--help")];
    let mut tools = tools.iter();
    let are_here = tools.all(|(tool, proof)| has_tool(tool, Command::new(tool).arg(proof)));
    are_here.then(Server::start).flatten()
}

#[test]
fn a_chart_is_installed_changed_and_taken_away() {
    let Some(server) = server() else {
        return;
    };
    let it = Installation::new(&server, "installed");
    it.must("helm install shop out/helm/shop --create-namespace");
    let of_service = |field: &str| it.get("service/shop-web").pointer(field).cloned();
    assert_eq!(of_service("/spec/ports/0/nodePort"), Some(30123.into()));

    // Everything that a release does in its life; each change changes what it says, and nothing fails.
    let upgrade = "helm upgrade shop out/helm/shop --reuse-values --set";
    it.must(&format!("{upgrade} web.image.tag=1.30,web.replicaCount=3"));
    let deployment = it.get("deployment/shop-web");
    assert_eq!(deployment["spec"]["replicas"], 3);
    let image = &deployment["spec"]["template"]["spec"]["containers"][0]["image"];
    assert_eq!(image, "nginx:1.30");
    it.must(&format!("{upgrade} web.service.type=ClusterIP"));
    assert_eq!(of_service("/spec/type"), Some("ClusterIP".into()));
    assert_eq!(of_service("/spec/ports/0/nodePort"), None);
    it.must(&format!("{upgrade} web.service.type=NodePort"));
    assert_eq!(of_service("/spec/ports/0/nodePort"), Some(30123.into()));
    it.must(&format!("{upgrade} config.logLevel=debug"));
    let generation =
        |it: &Installation| it.get("deployment/shop-web")["metadata"]["generation"].clone();
    let before = generation(&it);
    it.must("helm upgrade shop out/helm/shop --reuse-values");
    assert_eq!(generation(&it), before, "an upgrade that changes nothing");

    // Names are fixed: a second release would share everything with the first.
    let error = it
        .run("helm install other out/helm/shop")
        .expect_err("it is refused");
    assert!(error.contains("invalid ownership metadata"), "{error}");

    let claims = it.claims();
    assert!(!claims.is_empty(), "there are volumes");
    let claim = it.get("persistentvolumeclaim/shop-web-uploads");
    it.must("helm uninstall shop");
    assert!(
        it.run("kubectl get service/shop-web").is_err(),
        "objects go"
    );
    assert_eq!(it.claims(), claims, "volumes stay");
    it.must("helm install shop out/helm/shop");
    let found = it.get("persistentvolumeclaim/shop-web-uploads");
    assert_eq!(
        found["metadata"]["uid"], claim["metadata"]["uid"],
        "and are found again"
    );
}

#[test]
fn what_kubectl_applied_is_taken_over() {
    let Some(server) = server() else {
        return;
    };
    let it = Installation::new(&server, "adopted");
    it.must("kubectl apply -f out/kubernetes/00-namespace.yaml");
    it.must("kubectl apply -f out/kubernetes");
    let before = it.get("deployment/shop-web");
    let error = it
        .run("helm install shop out/helm/shop")
        .expect_err("it is another's");
    assert!(error.contains("invalid ownership metadata"), "{error}");
    let adopt = "helm upgrade --install shop out/helm/shop --take-ownership --server-side=false";
    it.must(adopt);
    let after = it.get("deployment/shop-web");
    let mut failures = Vec::new();
    // No pod is restarted: what describes it is the same.
    for field in ["/spec", "/metadata/uid"] {
        let (before, after) = (before.pointer(field), after.pointer(field));
        if before != after {
            failures.push(format!("{field} was {before:?} and is {after:?}"));
        }
    }
    let manager = &after["metadata"]["labels"]["app.kubernetes.io/managed-by"];
    if manager != "Helm" {
        failures.push(format!("it is managed by {manager}"));
    }
    report(&failures);
    it.must("helm upgrade shop out/helm/shop --reuse-values --set web.replicaCount=4");
    assert_eq!(it.get("deployment/shop-web")["spec"]["replicas"], 4);
}

/// The example of a system that runs as a chart, as whoever has its file and a cluster meets it.
#[test]
fn a_newcomer_installs_the_example_by_the_line_that_is_printed() {
    let Some(server) = server() else {
        return;
    };
    // Several tests share the server, whose node ports are each for one.
    let source = read("examples/todo-helm.todo")
        .replace("namespace default", "namespace newcomer")
        .replace("expose nodeport 30080", "expose nodeport 30180")
        .replace(
            "health \"/health\"\n",
            "health \"/health\"\n  config { CORS_ORIGINS = frontend.public_url }\n",
        );
    let source = source.replace(
        "  namespace newcomer",
        "  namespace newcomer\n  host \"localhost\"",
    );
    let test = Test::new().file("app.todo", source);
    let built = test.run(&["build", "app.todo", "--emit", "helm"]).ok();
    let line = "todoc secrets pipe app.todo --as values -- helm upgrade --install todo";
    let (_, printed) = built
        .stdout
        .split_once(line)
        .unwrap_or_else(|| panic!("{built:?}"));
    let rest = printed.replace("\\\n", " ");
    let rest = rest.lines().next().expect("a line");
    let todoc = env!("CARGO_BIN_EXE_todoc");
    let command = format!("{todoc}{}{rest}", line.trim_start_matches("todoc"));
    let run = |more: &str, variables: &[(&str, &str)]| {
        let ran = Command::new("sh")
            .args(["-c", &format!("{command} {more}")])
            .current_dir(test.path(""))
            .env("KUBECONFIG", &server.kubeconfig)
            .env("HELM_CACHE_HOME", test.path("cache"))
            .env("HELM_CONFIG_HOME", test.path("cache"))
            .env("HELM_DATA_HOME", test.path("cache"))
            .envs(variables.iter().copied())
            .output()
            .expect("a shell");
        let told = [ran.stdout, ran.stderr].concat();
        (
            ran.status.success(),
            String::from_utf8_lossy(&told).into_owned(),
        )
    };
    // What is missing is told in the words of the document, by todoc before anything is started, and by
    // the chart itself.
    let (is_done, told) = run("", &[]);
    let words: Vec<_> = told.split_whitespace().collect();
    assert!(
        !is_done && words.join(" ").contains("Valid OpenAI API key required"),
        "{told}"
    );
    let alone = Command::new("helm")
        .args(["template", "out/helm/todo"])
        .current_dir(test.path(""))
        .output()
        .expect("it was here just now");
    let told = String::from_utf8_lossy(&alone.stderr).into_owned();
    assert!(
        told.contains("secrets.openaiApiKey: Valid OpenAI API key required"),
        "{told}"
    );
    let right = [
        ("DATABASE_URL", "postgresql://CANARY@db/todo"),
        ("OPENAI_API_KEY", "sk-CANARY"),
        ("BETTER_AUTH_SECRET", "CANARY-auth"),
    ];
    let (is_done, told) = run("", &right);
    assert!(is_done && !told.contains("CANARY"), "{told}");
    let get = |object: &str| {
        let output = Command::new("kubectl")
            .args(["get", object, "-n", "newcomer", "-o", "json"])
            .env("KUBECONFIG", &server.kubeconfig)
            .output()
            .expect("it was here just now");
        serde_json::from_slice::<Value>(&output.stdout).unwrap_or_default()
    };
    let cors = || get("configmap/todo-backend-config")["data"]["CORS_ORIGINS"].clone();
    assert_eq!(cors(), "http://localhost:30180");
    let (is_done, told) = run("--set frontend.service.nodePort=30181", &right);
    assert!(is_done, "{told}");
    assert_eq!(cors(), "http://localhost:30181");
    let secret = &get("secret/todo-secrets")["data"];
    assert_eq!(secret["OPENAI_API_KEY"], "c2stQ0FOQVJZ");
}
