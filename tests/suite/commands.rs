//! A shell runs what a summary says comes next, with kubectl, against a real API server: all but what
//! needs images or running pods.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use crate::cli::{Ran, Test};
use crate::server::Server;
use crate::support::{Fixture, examples, has_tool, read, report};

/// What steps begin with that need more than an API server.
const OTHERS: [&str; 5] = ["(cd", "OUT=", "docker", "minikube", "kubectl port-forward"];

/// Ends all Jobs of a namespace that haven't succeeded, as the controllers would that are missing here:
/// well, or with `FATE=Failed`.
const END_JOBS: &str = r#"
condition() {
  printf '{"type": "%s", "status": "True", "reason": "Test", "message": "by a test",' "$1"
  printf '"lastProbeTime": "2026-01-01T00:00:00Z", "lastTransitionTime": "2026-01-01T00:00:00Z"}'
}
end_jobs() {
  start='"startTime": "2026-01-01T00:00:00Z"'
  if [ "${FATE:-}" = Failed ]; then
    status="$start, \"failed\": 7, \"conditions\": [$(condition FailureTarget), $(condition Failed)]"
  else
    end='"completionTime": "2026-01-01T00:00:00Z", "succeeded": 1'
    all="$(condition SuccessCriteriaMet), $(condition Complete)"
    status="$start, $end, \"conditions\": [$all]"
  fi
  for job in $(kubectl get jobs -n "$1" --field-selector status.successful=0 -o name 2>/dev/null); do
    # One that failed stays so.
    [ -z "$(kubectl get "$job" -n "$1" -o 'jsonpath={.status.conditions}')" ] || continue
    kubectl patch "$job" -n "$1" --subresource=status --type=merge -p "{\"status\": {$status}}" >/dev/null
  done
}
"#;

/// How the first command begins that waits for migrations.
const WAIT: &str = "kubectl wait '--for=jsonpath";

/// One server for all: their namespaces differ. It ends with the process.
static SERVER: LazyLock<Option<Server>> = LazyLock::new(|| {
    has_tool(
        "kubectl",
        Command::new("kubectl").args(["version", "--client"]),
    )
    .then(Server::start)
    .flatten()
});

/// The server, if it and kubectl are here.
pub(crate) fn server() -> Option<&'static Server> {
    SERVER.as_ref()
}

/// The commands of a summary that an API server is enough for, and those that it says run once only
/// where this is the first time.
pub(crate) fn commands(summary: &str, first_time: bool) -> String {
    let (_, next) = summary.split_once("\nNext\n").expect("what comes next");
    let lines: Vec<_> = next.lines().map(str::trim_start).collect();
    let is_comment = |line: &&str| line.starts_with('#') && !line.starts_with("# or");
    let steps = lines.chunk_by(|before, line| is_comment(before) || !is_comment(line));
    let steps = steps.filter(|step| first_time || !step[0].contains(", once,"));
    let wanted = steps.filter(|step| {
        let first = step.iter().find(|line| !is_comment(line));
        first.is_some_and(|first| OTHERS.iter().all(|other| !first.starts_with(other)))
    });
    let all = wanted.flatten().copied().collect::<Vec<_>>().join("\n");
    // Nobody is there to be asked.
    let all = all.replace("todoc secrets apply ", "todoc secrets apply -y ");
    // Nothing starts pods here; that there are such objects it says at once.
    let all = all.replace(
        "rollout status --timeout=10m",
        "rollout status --watch=false",
    );
    // There are no nodes, which it says where errors are told.
    let all = all.replace(
        "kubectl get nodes -o wide",
        "kubectl get nodes -o wide 2>/dev/null",
    );
    // Nothing ends pods either, or deletes those of what was deleted.
    let all = all.replace("--cascade=foreground", "--cascade=background");
    let all = all.replace("--cascade=orphan", "--cascade=background");
    let Some((before, wait)) = all.split_once(WAIT) else {
        return all;
    };
    let mut words = wait.split_whitespace().skip_while(|word| *word != "-n");
    let namespace = words.nth(1).expect("a namespace");
    let wait = wait.replace("--timeout=30s", "--timeout=1s");
    format!("{END_JOBS}{before}end_jobs {namespace}\n{WAIT}{wait}")
}

/// The commands among lines that are for people: each begins with a program, and goes on behind `\`.
pub(crate) fn commands_among<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    const PROGRAMS: [&str; 6] = ["kubectl ", "tar ", "todoc ", "helm ", "docker ", "OUT="];
    let mut commands = String::new();
    let mut goes_on = false;
    for line in lines.map(str::trim_start) {
        if goes_on || PROGRAMS.iter().any(|it| line.starts_with(it)) {
            commands.push_str(line);
            commands.push('\n');
            goes_on = line.ends_with('\\');
        }
    }
    commands
}

/// A value for each variable that a summary asks for, by its rules.
pub(crate) fn values(summary: &str) -> Vec<(&str, String)> {
    let lines = summary.replace("\n      ", " ");
    let names = summary.match_indices("from $").map(|(at, found)| {
        let rest = &summary[at + found.len()..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        rest.split(|c| !is_name(c)).next().unwrap_or_default()
    });
    let value = |name: &str| {
        let line = lines
            .lines()
            .find(|line| line.contains(&format!("from ${name}")));
        let line = line.unwrap_or_default();
        let begin = |before: &str, behind: &str| {
            let (_, rest) = line.split_once(before)?;
            Some(rest.split_once(behind)?.0.to_owned())
        };
        let url = begin("a `", "` URL");
        let begin = url.or_else(|| begin("starts with `", "`"));
        format!(
            "{}s3cr3t-{name}-s3cr3t-s3cr3t-s3cr3t",
            begin.unwrap_or_default()
        )
    };
    names.map(|name| (name, value(name))).collect()
}

/// What a shell says of a command.
pub(crate) type Said = Result<String, String>;

/// Runs commands as a person would who has set the variables and has the certificates at hand.
fn shell(test: &Test, server: &Server, commands: &str) -> Said {
    shell_with(test, server, commands, &[])
}

/// The same with more variables.
fn shell_with(test: &Test, server: &Server, commands: &str, values: &[(&str, String)]) -> Said {
    shell_by("sh", test, server, commands, values)
}

/// The same by one of the shells that people have.
pub(crate) fn shell_by(
    program: &str,
    test: &Test,
    server: &Server,
    commands: &str,
    values: &[(&str, String)],
) -> Said {
    let mut shell = Command::new(program);
    shell.args(["-euc", commands]).current_dir(test.path(""));
    shell.env("KUBECONFIG", &server.kubeconfig);
    let own = Path::new(env!("CARGO_BIN_EXE_todoc"))
        .parent()
        .expect("a folder");
    let others = std::env::var_os("PATH").unwrap_or_default();
    let paths = [own.to_owned()]
        .into_iter()
        .chain(std::env::split_paths(&others));
    shell.env(
        "PATH",
        std::env::join_paths(paths).expect("a list of folders"),
    );
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for (_, rest) in commands
        .match_indices('$')
        .map(|(at, _)| commands.split_at(at + 1))
    {
        let name = rest.trim_start_matches('{').split(|c| !is_name(c)).next();
        shell.env(name.expect("a name"), "s3cr3t");
    }
    shell.envs(values.iter().map(|(name, value)| (name, value)));
    for end in ["crt", "key"] {
        for word in commands.split_whitespace() {
            let file = word.split_once('=').map_or("", |(_, file)| file);
            if Path::new(file).extension().is_some_and(|it| it == end) {
                let own = server.kubeconfig.with_file_name(format!("api.{end}"));
                fs::copy(own, test.path(file)).expect("a certificate and its key");
            }
        }
    }
    let output = shell.output().expect("a shell");
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    if output.status.success() && stderr.is_empty() {
        Ok(stdout)
    } else {
        Err(format!("{commands}{stdout}{stderr}"))
    }
}

/// What another `kubectl apply` would change, as the server says.
fn changes(test: &Test, server: &Server) -> Option<String> {
    shell(test, server, "kubectl diff -f out/kubernetes").err()
}

/// All that may have to be made before an application starts.
const MUCH: &str = r#"app much {
  namespace much-else
  registry "ghcr.io/acme"
  tag "1.0"
  pull_secret "registry-login"
}

secret SHARED from env
secret MAYBE from env { optional }

postgres db {
  version 17
  storage 1Gi
  secret DB_PASSWORD from env
}

tier web {
  build nextjs "./web"
  port 3000
  health "/"
  expose ingress "much.example.com" tls
  secret OWN from env
  env { SHARED, MAYBE, DATABASE_URL = db.url }
}
"#;

#[test]
fn what_comes_next_is_what_kubectl_takes() {
    let Some(server) = server() else { return };
    let texts = ["todo", "fullstack"].map(|name| read(&format!("examples/{name}.todo")));
    for text in texts.iter().map(String::as_str).chain([MUCH]) {
        let test = Test::new().file("app.todo", text);
        let summary = test.run(&["build", "app.todo", "--out", "out"]).ok().stdout;
        if let Err(fault) = shell_with(&test, server, &commands(&summary, true), &values(&summary))
        {
            panic!("{fault}");
        }
        report(changes(&test, server).as_slice());
        if text == MUCH {
            let made = shell(&test, server, "kubectl get secrets -n much-else -o name");
            let made = made.expect("the namespace is there").replace("secret/", "");
            let expected = [
                "much-db-secrets",
                "much-secrets",
                "much-web-secrets",
                "much-web-tls",
                "registry-login",
            ];
            assert_eq!(made.lines().collect::<Vec<_>>(), expected);
            let read = "kubectl get secret registry-login -n much-else \
                        -o go-template='{{index .data \".dockerconfigjson\" | base64decode}}'";
            let login = shell(&test, server, read).expect("it is there");
            // The name and the token are both `s3cr3t`.
            assert_eq!(
                login,
                r#"{"auths":{"ghcr.io":{"auth":"czNjcjN0OnMzY3IzdA=="}}}"#
            );
        }
    }
}

/// What `kubectl` says of unchanged objects. It has no way to compare the selector of a budget, which
/// its own rules replace as a whole, and says of each that it was configured.
#[test]
fn what_is_applied_again_is_unchanged() {
    // Its own: node ports are those of a whole cluster.
    let Some(server) = server().and_then(|_| Server::start()) else {
        return;
    };
    let mut changed = Vec::new();
    let mut kept = 0;
    for Fixture {
        name,
        text: program,
        ..
    } in examples()
    {
        let test = Test::new().file("app.todo", &program);
        let ran = test.run(&["build", "app.todo", "--out", "out", "--no-context"]);
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.stderr);
        for (path, objects) in test.tree("out/kubernetes") {
            let lines = objects.lines().map(|line| {
                let is_place = line.starts_with("  namespace: ");
                let place = format!("  namespace: again-{name}");
                if is_place { place } else { line.to_owned() }
            });
            let moved: Vec<_> = lines.collect();
            test.write(&path, &moved.join("\n"));
        }
        let apply = "kubectl apply -f out/kubernetes";
        let first = format!("kubectl create namespace again-{name} && {apply}");
        shell(&test, &server, &first).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let said = shell(&test, &server, apply).expect("it was taken before");
        let lines = said.lines();
        for line in lines.filter(|line| !line.starts_with("poddisruptionbudget")) {
            // Its text says `1000m`, which the server keeps as `1`.
            if name == "todo-crud" && line.starts_with("deployment.apps/backend ") {
                continue;
            }
            if line.ends_with(" unchanged") {
                kept += 1;
            } else {
                changed.push(format!("{name}: {line}"));
            }
        }
        let free = format!("kubectl delete services --all -n again-{name}");
        shell(&test, &server, &free).expect("they are there");
    }
    assert!(kept > 50, "{kept} objects");
    report(&changed);
}

#[test]
fn an_upgrade_is_what_its_summary_says() {
    let Some(server) = server() else { return };
    let test = Test::new();
    let build = |name: &str| -> Ran {
        let source = read(&format!("tests/upgrades/{name}.todo"));
        fs::write(test.path("app.todo"), source).expect("a file");
        test.run(&["build", "app.todo"]).ok()
    };
    for version in ["before", "after"] {
        let summary = build(version).stdout;
        if let Err(fault) = shell_with(
            &test,
            server,
            &commands(&summary, version == "before"),
            &values(&summary),
        ) {
            panic!("{version}: {fault}");
        }
        report(changes(&test, server).as_slice());
    }
}

#[test]
fn a_config_that_kubectl_cant_take_is_one_for_the_server_alone() {
    let Some(server) = server() else { return };
    let value = "x".repeat(100_000);
    let source = format!(
        "app large {{ allow E0318 \"applied by the server\" }}\n\
         config {{ A = \"{value}\", B = \"{value}\", C = \"{value}\" }}\n\
         tier web {{ image \"nginx:1.29\", port 80, env {{ ..config }} }}\n"
    );
    let test = Test::new().file("app.todo", source);
    test.run(&["build", "app.todo"]).ok();
    let apply = "kubectl apply -f out/kubernetes";
    let fault = shell(&test, server, apply).expect_err("it is too large");
    assert!(fault.contains("metadata.annotations: Too long"), "{fault}");
    shell(&test, server, &format!("{apply} --server-side")).expect("the server takes it");
}

/// A tier whose pods, like those of the worker and the job taken from it, expect its migrations.
const RELEASE: &str = r#"app NAME {
  registry "ghcr.io/acme"
  tag "VERSION"
}

tier api {
  build fastapi "./api"
  port 8000
  health "/"
  env { LEVEL = "VERSION" }
  migrate "alembic" "upgrade" "head"
}

tier worker from api {
  command "celery" "-A" "app" "worker"
}

job once from api {
  command "python" "-m" "once"
}
"#;

/// While the migrations of a release run, and where they fail, its pods don't start; another try starts
/// them again, though nothing of the Job has changed. In both shells of most systems.
#[test]
fn no_pod_starts_before_its_migrations() {
    let Some(server) = server() else { return };
    for shell in ["dash", "bash"] {
        let test = Test::new();
        let name = format!("release-{shell}");
        let build = |version: &str| {
            let program = RELEASE.replace("NAME", &name).replace("VERSION", version);
            test.write("app.todo", &program);
            let args = ["build", "app.todo", "--no-context"];
            commands(&test.run(&args).ok().stdout, false)
        };
        let run = |commands: &str, fate: &str| {
            let fate = [("FATE", fate.to_owned())];
            shell_by(shell, &test, server, commands, &fate)
        };
        let images = || {
            let get = format!(
                "kubectl get deployments,jobs -n {name} --sort-by=.metadata.creationTimestamp -o \
                 go-template='{{{{range .items}}}}{{{{(index .spec.template.spec.containers 0).image}}}} {{{{end}}}}'"
            );
            run(&get, "").expect("objects")
        };
        let first = build("1");
        let fault = run(&first, "Failed").expect_err("the migration fails");
        assert!(
            fault.contains("timed out waiting for the condition"),
            "{fault}"
        );
        assert_eq!(images(), "ghcr.io/acme/NAME-api:1 ".replace("NAME", &name));
        run(&first, "").unwrap_or_else(|fault| panic!("{shell}: {fault}"));
        let all = images();
        assert_eq!(all.matches("api:1 ").count(), 4, "{all}");

        let second = build("2");
        run(&second, "Failed").expect_err("the migration fails");
        let all = images();
        assert_eq!(all.matches("api:2 ").count(), 1, "the Job alone: {all}");
        let count = all.matches("api:1 ").count();
        assert_eq!(count, 4, "what is no longer built goes last: {all}");
        run(&second, "").unwrap_or_else(|fault| panic!("{shell}: {fault}"));
        let all = images();
        assert_eq!(all.matches("api:2 ").count(), 4, "{all}");
        // Once more, there is nothing to do.
        let said = run(&second, "").unwrap_or_else(|fault| panic!("{shell}: {fault}"));
        assert!(
            !said.contains("created") && !said.contains("deleted"),
            "{said}"
        );
    }
}
