mod apps;
mod commands;

use std::path::Path;

use crate::backend::{self, Artifact, BACKENDS, Purpose};
use crate::cli::page::wrap;
use crate::cli::step::lines;
use crate::diag::{Code, Diagnostic};
use crate::ir::{self, Expose, sample};
use crate::source::{FileId, Span};
use apps::{here, ingress, key, noted, shown, tier};

#[test]
fn a_build_says_what_must_exist_and_what_comes_next() {
    let mut app = sample::app(vec![
        listening("frontend", ingress("todo.example.com"), 3000),
        listening("backend", ingress("api.example.com"), 3000),
        listening("admin", Expose::NodePort { port: Some(30080) }, 3000),
        tier("worker", Expose::Internal),
    ]);
    app.target = Some("production".to_owned());
    let notes = [Diagnostic::new(
        Code::NoHealth,
        here(()).span,
        "tier `worker` has no health",
    )];
    let mut database_url = key("DATABASE_URL");
    database_url.rules = vec![
        ir::Rule::Url {
            scheme: "postgresql".to_owned(),
        },
        ir::Rule::MinLength(20),
    ];
    database_url.message = Some("ask the database team".to_owned());
    let mut optional = key("SENTRY_DSN");
    optional.optional = true;
    optional.key = "sentry-dsn".to_owned();
    app.secret = Some(ir::SecretObject {
        name: "todo-secrets".to_owned(),
        keys: vec![database_url, optional],
        origin: here(()).span,
    });
    assert_eq!(
        noted(&app, &notes, "out/production", Path::new(".")),
        r#"2 files written to out/production, 1 unchanged
for target production; others, with --target NAME: local, staging

Reached at
  frontend: https://todo.example.com
  backend: https://api.example.com
  admin: http://localhost:30080

What its hosts need
  an Ingress controller, which the cluster may not have by itself
  DNS: api.example.com, todo.example.com to the address that
    `kubectl get ingress -n todo` shows

To go back to an earlier version
  check out the text and the sources of then, build, and run what is printed;
    under a tag that stays the same, such as the version, a registry has the
    latest code alone: `tag from sources` keeps each
  meanwhile, this takes pods back by themselves; the next `kubectl apply` takes
    them forward again:
    kubectl rollout undo -n todo deployment/frontend deployment/backend \
      deployment/admin deployment/worker

Notes
  line 2: tier `worker` has no health [N0502]

Secrets that must exist in namespace todo
  todo-secrets
    DATABASE_URL  from $DATABASE_URL, a `postgresql://` URL, at least 20
      characters (ask the database team)
    sentry-dsn    optional, from $SENTRY_DSN
  todo-tls: the certificate of todo.example.com, api.example.com
    (kubernetes.io/tls)

Next
  # for a POSIX shell, such as dash, bash or zsh, on Windows in WSL or Git Bash:
  # PowerShell doesn't know `\` at the end of a line, `NAME=value` before a
  # program, `<`, or a quote within quotes
  # log in to the registry, once; if its images are private, nodes need a
  # `pull_secret` too
  docker login
  # build the images and push them to the registry
  OUT=out/production docker buildx bake -f out/production/docker/bake.json \
    --push
  # show the cluster that kubectl acts on; `context "NAME"` fixes it
  kubectl config current-context
  # make the namespace, for the Secrets to live in
  kubectl apply -f out/production/kubernetes/00-namespace.yaml
  # make the Secrets, once, and again after a value changed, from variables of
  # your shell; without todoc there: `todoc secrets script`
  todoc secrets apply app.todo -t production
  # make the Secrets of certificates, once, and again after they changed, from
  # files with chain and key
  kubectl create secret tls todo-tls -n todo --cert=todo-tls.crt \
    --key=todo-tls.key --dry-run=client -o json \
    | kubectl apply --server-side --field-manager=todoc --force-conflicts \
    -f -
  # start the application, or change it
  kubectl apply -f out/production/kubernetes
  # wait until it runs; `kubectl describe pods` says what keeps it
  kubectl rollout status --timeout=10m -n todo deployment/frontend \
    deployment/backend deployment/admin deployment/worker
"#
    );
}

#[test]
fn secrets_of_others_are_named_with_their_keys() {
    let mut web = tier("web", Expose::Internal);
    let read = |name: &str, object: &str, key: &str| ir::Variable {
        name: name.to_owned(),
        value: ir::Value::Secret(ir::SecretRef {
            object: object.to_owned(),
            key: key.to_owned(),
            optional: name == "SMTP",
        }),
        origin: here(()).span,
    };
    web.pod.env = vec![
        read("STRIPE", "stripe", "api-key"),
        read("SMTP", "mail", "password"),
        read("AGAIN", "stripe", "api-key"),
        read("HOOK", "stripe", "hook"),
        read("OURS", "todo-secrets", "OURS"),
    ];
    let mut app = sample::app(vec![web]);
    app.secret = Some(ir::SecretObject {
        name: "todo-secrets".to_owned(),
        keys: vec![key("OURS")],
        origin: here(()).span,
    });
    let shown = shown(&app, "out", Path::new("."));
    let lines = "    OURS  from $OURS\n  mail: somebody else's, with password (optional)\n  stripe: \
                 somebody else's, with api-key, hook\n\nNext\n";
    assert!(shown.contains(lines), "{shown}");
}

#[test]
fn migrations_are_waited_for_once_they_were_applied() {
    let mut api = tier("api", Expose::Internal);
    let command = here(vec!["migrate".to_owned()]);
    api.migration = Some(ir::Migration {
        id: ir::Identity {
            workload: "todo-api-migrate".to_owned(),
            label: "todo-api-migrate".to_owned(),
            ..api.id.clone()
        },
        commands: vec![command],
        after: Vec::new(),
    });
    let text = shown(&sample::app(vec![api]), "out", Path::new("."));
    let (_, next) = text.split_once("\nNext\n").expect("steps");
    let lines: Vec<_> = next.lines().map(str::trim).collect();
    let lines = lines.join("\n").replace(" \\\n", " ");
    let commands: Vec<_> = lines
        .lines()
        .filter(|line| line.starts_with("kubectl"))
        .map(|line| line.split(" job/").next().unwrap_or_default().trim())
        .collect();
    let wait =
        "kubectl wait '--for=jsonpath={.status.conditions[0].status}=True' --timeout=30m -n todo";
    let expected = [
        "kubectl delete jobs --cascade=foreground -n todo --field-selector \
         status.successful=0 -l 'app in (todo-api-migrate)'",
        "kubectl apply -f out/kubernetes/00-namespace.yaml",
        wait,
        "kubectl wait --for=condition=complete --timeout=30s -n todo",
    ];
    assert!(commands.ends_with(&expected), "{commands:#?}");
    let (_, last) = lines.rsplit_once("job/todo-api-migrate-").expect("a Job");
    let (_, then) = last.split_once(" && ").expect("another command");
    let then = then.split_once(" && ").map(|(apply, _)| apply);
    assert_eq!(then, Some("kubectl apply -f out/kubernetes"));
}

#[test]
fn images_are_built_in_the_folder_of_the_source() {
    let temp = tempfile::tempdir().expect("a temporary folder");
    let (out, source) = (temp.path().join("out/local"), temp.path().join("it's/app"));
    for folder in [&out, &source] {
        std::fs::create_dir_all(folder).expect("a folder");
    }
    let shown = shown(
        &sample::app(Vec::new()),
        &out.display().to_string(),
        &source,
    );
    let bake = shown.replace(" \\\n    ", " ");
    let source = source.display().to_string().replace('\'', r"'\''");
    let expected = format!(
        "  (cd '{source}' && OUT=../../out/local docker buildx bake -f ../../out/local/docker/bake.json --push)\n"
    );
    assert!(bake.contains(&expected), "{bake}\n{expected}");
}

#[test]
fn what_users_wrote_cannot_act_on_the_terminal() {
    let mut app = sample::app(Vec::new());
    let mut evil = key("A");
    evil.message = Some("\x1b[2J\nforged line".to_owned());
    let notes = [Diagnostic::new(
        Code::NoHealth,
        here(()).span,
        "\x1b]0;x\x07",
    )];
    app.secret = Some(ir::SecretObject {
        name: "s".to_owned(),
        keys: vec![evil],
        origin: here(()).span,
    });
    let text = noted(&app, &notes, "out", Path::new("."));
    assert!(
        text.contains("(␛[2J forged line)") && text.contains("␛]0;x␇"),
        "{text}"
    );
}

/// What a format can't say is a line a code, whoever has it.
#[test]
fn losses_are_a_line_a_code_and_a_section_a_format() {
    let loss = |at: usize, message: &str, backend| Diagnostic {
        backend: Some(backend),
        ..Diagnostic::new(
            Code::ResourcesLost,
            Span::new(FileId(0), at..at + 1),
            message,
        )
    };
    let notes = [
        loss(
            0,
            "the cpu request of `web`: nothing is reserved",
            "compose",
        ),
        loss(
            9,
            "the cpu request of `api`: nothing is reserved",
            "compose",
        ),
        loss(9, "the disk of `api`: nothing bounds it", "compose"),
        loss(18, "the cpu of `x`\u{1b}", "other"),
        Diagnostic::new(Code::NoHealth, here(()).span, "no health check"),
    ];
    let text = noted(&sample::app(Vec::new()), &notes, "out", Path::new("."));
    let expected = "
Notes
  line 2: no health check [N0502]

Lost in compose
  lines 1, 2: the cpu request of `web`, `api`: nothing is reserved; the disk of
    `api`: nothing bounds it [L0204]

Lost in other
  line 3: the cpu of `x`␛ [L0204]
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn long_lines_break_between_words() {
    let long = "word ".repeat(40);
    let lines = wrap(long.trim_end(), 2);
    assert!(lines.iter().all(|line| line.chars().count() <= 80) && lines.len() == 3);
    assert_eq!(wrap(&"x".repeat(200), 2).len(), 1);
}

/// A tier with a port of that number behind its Service's.
fn listening(name: &str, expose: Expose, service: u16) -> ir::Tier {
    let mut tier = tier(name, expose);
    tier.exposed_port = Some("http".to_owned());
    tier.ports = vec![ir::Port {
        name: "http".to_owned(),
        container: 3000,
        service,
        transport: ir::Transport::Tcp,
        scheme: None,
        origin: here(()).span,
    }];
    tier
}

#[test]
fn what_is_local_is_forwarded_and_published() {
    let mut app = sample::app(vec![
        listening("frontend", Expose::NodePort { port: Some(30080) }, 80),
        listening("backend", Expose::NodePort { port: Some(30800) }, 8000),
        listening("admin", Expose::Forward { port: 4000 }, 3000),
        listening("docs", Expose::NodePort { port: None }, 3000),
    ]);
    let artifacts = [Artifact {
        path: "kubernetes/30-frontend.yaml".to_owned(),
        text: String::new(),
        marks: Vec::new(),
    }];
    let delivery = backend::Delivery {
        artifacts: &artifacts,
        builds_images: false,
        program: None,
        out: Path::new("out"),
        source: None,
        out_from_source: Path::new("out"),
        changes: &[],
        deployed: &backend::Deployed::default(),
    };
    let steps = |app: &ir::App| {
        let mut steps = backend::next(BACKENDS, app, Some(&delivery));
        steps.retain(|step| matches!(step.purpose, Purpose::Prepare | Purpose::Forward));
        steps.iter().flat_map(lines).collect::<Vec<_>>()
    };
    let forward = "kubectl port-forward -n todo svc/admin 4000:3000";
    let nodes = "kubectl get nodes -o wide";
    let docs = "kubectl get -n todo svc/docs";
    assert_eq!(steps(&app), [docs, nodes, forward]);
    app.local_images = true;
    assert_eq!(
        steps(&app),
        [
            "minikube start --ports=30080:30080 --ports=30800:30800",
            docs,
            nodes,
            forward,
            "kubectl port-forward -n todo svc/frontend 30080:80",
            "kubectl port-forward -n todo svc/backend 30800:8000",
        ]
    );
}
