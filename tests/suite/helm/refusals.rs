//! What is refused, and the very line that a user reads, in both Helms.

use super::chart::charts_of;
use super::{Case, HELMS, Helm};
use crate::support::{programs, report};

/// Valid secrets of the example `todo-helm`.
const SECRETS: &str =
    "secrets: {databaseUrl: \"postgresql://a@b/c\", openaiApiKey: sk-a, betterAuthSecret: a}\n";

/// A program, values for its chart, and lines of the refusal.
const REFUSED: &[(&str, &str, &[&str])] = &[
    // The messages of a system that runs today, all at once.
    (
        "todo-helm",
        "frontend: {replicaCount: 0}\nbackend: {replicaCount: 0, resources: {requests: {memory: 1Gi}}}\n",
        &[
            "these values are wrong:",
            "- secrets.databaseUrl: Database URL is required",
            "- secrets.openaiApiKey: Valid OpenAI API key required",
            "- secrets.betterAuthSecret: BETTER_AUTH_SECRET is required",
            "- frontend.replicaCount: At least 1 frontend replica required",
            "- backend.replicaCount: At least 1 backend replica required",
            "- backend.resources.requests.memory: Request cannot exceed limit",
        ],
    ),
    (
        "todo-helm",
        "secrets: {databaseUrl: a, openaiApiKey: pk-a, betterAuthSecret: a}\n",
        &["- secrets.openaiApiKey: Valid OpenAI API key required"],
    ),
    (
        "todo-helm",
        "frontend: {resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}}\n",
        &["- frontend.resources.requests.cpu: Request cannot exceed limit"],
    ),
    (
        "todo-helm",
        "frontend: {extraEnv: {PORT: \"1\"}, podLabels: {app: other, \"app.kubernetes.io/name\": b}}\n",
        &[
            "frontend.extraEnv.PORT",
            "frontend.podLabels.app:",
            "frontend.podLabels.app.kubernetes.io/name:",
        ],
    ),
    (
        "fullstack for production",
        "api: {autoscaling: {enabled: true, minReplicas: 5, maxReplicas: 2}, resources: {requests: {cpu: null}}}\n",
        &["- api.autoscaling.maxReplicas: ", "- api.resources: "],
    ),
];

#[test]
fn what_is_refused_is_said_in_these_words() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let mut failures = Vec::new();
    for (name, values, lines) in REFUSED {
        let (fixture, _) = name.split_once(" for ").unwrap_or((name, ""));
        let programs = programs();
        let fixture = programs.iter().find(|it| it.name == fixture);
        let charts = charts_of(fixture.expect("a program"));
        let chart = charts.iter().find(|it| it.name == *name).expect("a target");
        for version in HELMS {
            let is_about_secrets = lines.iter().any(|line| line.contains("secrets."));
            let secrets = if is_about_secrets || *name != "todo-helm" {
                ""
            } else {
                SECRETS
            };
            let case = Case::render(version).file(secrets).file(values);
            let answer = helm.ask_one(&chart.files, case);
            let error = answer.error.unwrap_or_default();
            let is_there = |line: &&&str| {
                if line.starts_with("- ") && !line.ends_with(' ') {
                    error.lines().any(|it| it == **line)
                } else {
                    error.contains(**line)
                }
            };
            let missing = lines.iter().filter(|line| !is_there(line));
            failures.extend(
                missing.map(|line| {
                    format!("{name}, Helm {version}, {values}: no `{line}` in {error}")
                }),
            );
        }
    }
    report(&failures);
}

/// Limits alone may be taken away, and what is set right is taken.
#[test]
fn what_is_right_is_not_refused() {
    let Some(mut helm) = Helm::start() else {
        return;
    };
    let fixtures = programs();
    let fixture = fixtures
        .iter()
        .find(|it| it.name == "todo-helm")
        .expect("an example");
    let chart = &charts_of(fixture)[0];
    for version in HELMS {
        for values in [
            "",
            "backend: {resources: {limits: null}}\n",
            "backend: {resources: {requests: {memory: 512Mi}}}\n",
            "backend: {resources: {requests: {memory: 0.5Gi}, limits: {memory: 536870912}}}\n",
            "frontend: {enabled: false}\n",
            "frontend: {replicaCount: 1, service: {type: LoadBalancer, nodePort: \"\"}}\n",
            "global: {ours: {a: 1}}\nenabled: true\n",
        ] {
            let case = Case::render(version).file(SECRETS).file(values);
            let answer = helm.ask_one(&chart.files, case);
            assert_eq!(answer.error, None, "Helm {version}, {values}");
        }
    }
}
