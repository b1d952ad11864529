//! What must hold of pods.

use serde_json::{Value, json};

use super::sample::app;
use super::{items, object, pod, templates, text};

/// What `restricted` demands of a container, besides what its pod may say for it.
fn is_restricted(container: &Value, pod: &Value) -> bool {
    let own = &container["securityContext"];
    let user = |field| own.get(field).or(pod["securityContext"].get(field));
    own["allowPrivilegeEscalation"] == false
        && own["capabilities"] == json!({ "drop": ["ALL"] })
        && user("runAsNonRoot") == Some(&json!(true))
        && user("runAsUser").is_some_and(|user| user != 0)
        && pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
}

#[test]
fn pods_are_as_restricted_as_their_image_bears() {
    for (name, template) in templates(&app()) {
        let pod = &template["spec"];
        let ours = ["todo-backend", "todo-postgres", "todo-archive"].contains(&name.as_str());
        let container = &pod["containers"][0];
        assert_eq!(is_restricted(container, pod), ours, "{name}");
        assert_eq!(pod["automountServiceAccountToken"], false);
        assert_eq!(pod["enableServiceLinks"], false);
        assert_eq!(pod["serviceAccountName"], "todo");
        for wait in items(&pod["initContainers"]) {
            assert!(is_restricted(wait, pod), "{name}");
            assert_eq!(wait["securityContext"]["readOnlyRootFilesystem"], true);
        }
    }
    let foreign = pod("todo-web");
    let profile = json!({ "seccompProfile": { "type": "RuntimeDefault" } });
    assert_eq!(foreign["securityContext"], profile);
    let own = json!({
        "allowPrivilegeEscalation": false,
        "capabilities": { "drop": ["NET_RAW"] },
    });
    assert_eq!(foreign["containers"][0]["securityContext"], own);
}

#[test]
fn mounts_and_volumes_match() {
    for (name, template) in templates(&app()) {
        let names =
            |list: &Value| -> Vec<_> { items(list).iter().map(|one| text(&one["name"])).collect() };
        let pod = &template["spec"];
        let mut volumes = names(&pod["volumes"]);
        if name == "todo-postgres" {
            volumes.insert(0, "data".to_owned());
        }
        assert_eq!(
            names(&pod["containers"][0]["volumeMounts"]),
            volumes,
            "{name}"
        );
    }
    let mut app = app();
    app.tiers[0].pod.contract.read_only_root = false;
    let (_, open) = &templates(&app)[2];
    assert_eq!(open["spec"].get("volumes"), None);
    let own = &open["spec"]["containers"][0]["securityContext"];
    assert_eq!(own["readOnlyRootFilesystem"], false);
}

/// What the kubelet makes of a value (`k8s.io/kubernetes/third_party/forked/golang/expansion`).
fn expand(value: &str, variables: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((name, after)) =
            rest.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        {
            let found = variables.iter().find(|(known, _)| *known == name);
            out.push_str(found.expect("a known variable").1);
            rest = after;
        } else {
            out.push('$');
        }
    }
    out + rest
}

#[test]
fn text_reaches_the_container_literally() {
    let pod = pod("todo-backend");
    let known = [("PASSWORD", "pw"), ("PORT", "WRONG")];
    let value = |name: &str| {
        let mut env = items(&pod["containers"][0]["env"]).iter();
        let found = env.find(|one| one["name"] == name).expect("a variable");
        expand(&text(&found["value"]), &known)
    };
    assert_eq!(value("ODD"), "a$b $(PORT) $$ ${X} $");
    assert_eq!(
        value("DATABASE_URL"),
        "postgresql://u$:pw@postgres-svc:5432/todo?$"
    );
    let wait = &pod["initContainers"][0]["command"];
    let wait: Vec<_> = items(wait)
        .iter()
        .map(|word| expand(&text(word), &[]))
        .collect();
    let script = r#"trap 'exit 143' TERM; until "$@"; do sleep 1; done"#;
    assert_eq!(wait[..4], ["sh", "-c", script, "wait-for-postgres"]);
    // Its process reads another password, so it gets none to wait with.
    assert_eq!(
        wait[4..].join(" "),
        "pg_isready -h postgres-svc -p 5432 -U own$er -d todo"
    );
    assert_eq!(pod["initContainers"][0].get("env"), None);
    let data = &object("ConfigMap", "todo-backend-config")["data"];
    assert_eq!(data, &json!({ "DEBUG": "no", "PRICE": "$$(A)" }));
}

#[test]
fn references_are_read_from_their_objects() {
    let container = &pod("todo-backend")["containers"][0];
    let from = json!([
        { "configMapRef": { "name": "todo-backend-config" } },
        { "secretRef": { "name": "todo-backend-secrets" } },
    ]);
    assert_eq!(container["envFrom"], from);
    let sources: Vec<_> = items(&container["env"])
        .iter()
        .filter_map(|one| one.get("valueFrom").cloned())
        .collect();
    assert_eq!(
        sources,
        [
            json!({ "configMapKeyRef": { "name": "todo-config", "key": "LOG_LEVEL" } }),
            json!({ "secretKeyRef": { "name": "todo-secrets", "key": "api-key", "optional": true } }),
            json!({ "secretKeyRef": { "name": "todo-secrets", "key": "P" } }),
        ]
    );
}
