//! What the summary notes of a program that nothing is wrong with.

use todoc::{Options, compile};

/// The notes of a program that hold one of these words.
fn notes(program: &str, words: &str) -> Vec<String> {
    let built = compile(program, &Options::default());
    assert!(built.app.is_some(), "{:?}", built.diagnostics);
    let notes = built.notes.into_iter().map(|note| note.message);
    notes.filter(|note| note.contains(words)).collect()
}

/// Who reads an address from a file, or comes from another namespace, is locked out in silence.
#[test]
fn ports_that_nobody_may_connect_to_are_noted() {
    let program = |api: &str| {
        format!(
            "app a\n\
             tier web {{ image \"nginx:1.29\", port 80, expose ingress \"a.example.com\" tls }}\n\
             tier api {{ image \"x:1\", port 8000, port metrics 9100, env {{ PORT = api.port }}, {api} }}\n"
        )
    };
    let closed = "nothing refers to `api`: the network policy lets nobody connect";
    let metrics =
        "the network policy of `api` lets nobody from another namespace ask for its metrics";
    assert_eq!(notes(&program("migrate \"x\""), "nobody"), [closed]);
    let exposed = program("expose ingress \"b.example.com\" tls");
    assert_eq!(notes(&exposed, "nobody"), [metrics]);
    assert_eq!(notes(&program("without network_policy"), "nobody"), [""; 0]);
    let needed = format!("{}tier job {{ image \"x:1\", needs api }}\n", program(""));
    assert_eq!(notes(&needed, "nobody"), [metrics]);
    let other = exposed.replace("port metrics", "port admin");
    let closed_port = "nothing refers to `api`: the network policy lets nobody connect to `admin`";
    assert_eq!(notes(&other, "nobody"), [closed_port]);
    let several = format!("{}tier b {{ image \"x:1\", port 1 }}\n", program(""));
    let other = "nothing refers to `b`: the network policy lets nobody connect";
    assert_eq!(notes(&several, "nobody"), [closed, other]);
    let patched = program("patch NetworkPolicy {\n  spec: {ingress: [{}]}\n}\n")
        .replace(", patch", "\npatch");
    assert_eq!(notes(&patched, "nobody"), [""; 0]);
    let alone = "app a\ntier web { image \"nginx:1.29\", port 80 }\n";
    assert_eq!(notes(alone, "nobody"), [""; 0]);
}

/// Django answers 400 to a host that it doesn't know, and no probe ever succeeds.
#[test]
fn probes_may_name_no_host_that_django_knows() {
    let program =
        |said: &str| format!("app a\ntier web {{ build django \"./web\", port 8000, {said} }}\n");
    let said = "Kubernetes probes `web` by the pod's address: the probe is refused if that isn't in `ALLOWED_HOSTS`";
    let secret = "secret ALLOWED_HOSTS from env";
    for (tier, expected) in [
        (format!("health \"/up\", {secret}"), &[said][..]),
        (
            format!("health tcp {{ liveness \"/up\" }}, {secret}"),
            &[said],
        ),
        (format!("health tcp, {secret}"), &[]),
        (format!("health \"/up\" {{ host \"a\" }}, {secret}"), &[]),
        (
            "health \"/up\", env { ALLOWED_HOSTS = \"a\" }".to_owned(),
            &[],
        ),
    ] {
        assert_eq!(
            notes(&program(&tier), "Kubernetes probes"),
            expected,
            "{tier}"
        );
    }
}

/// ingress-nginx, as its chart installs it, serves no Ingress without a class.
#[test]
fn ingresses_without_a_class_may_be_served_by_nobody() {
    let program = |app: &str, tier: &str| {
        format!(
            "app a {app}\n\
             tier web {{\n image \"x:1\"\n port 80\n expose ingress \"a.example.com\" tls\n{tier}\n}}\n"
        )
    };
    let said = "no Ingress class is set for `web`: only a cluster with a default class serves an Ingress without one";
    let old = "{ ingress { annotate \"kubernetes.io/ingress.class\" = \"nginx\" } }";
    let patch = " patch Ingress {\n  spec: {ingressClassName: nginx}\n }";
    for (app, tier, expected) in [
        ("", "", &[said][..]),
        ("{ ingress { class \"nginx\" } }", "", &[]),
        (old, "", &[]),
        ("", patch, &[]),
    ] {
        assert_eq!(
            notes(&program(app, tier), "Ingress class"),
            expected,
            "{app}{tier}"
        );
    }
}

/// Local clusters measure nothing, as they come.
#[test]
fn an_autoscaler_on_one_machine_needs_a_meter() {
    let program = |app: &str| {
        format!(
            "app a {{ {app} }}\n\
             tier web {{ build go \"./web\", port 8080, cpu 100m, replicas 2..4 at cpu 70% }}\n"
        )
    };
    let said = "no more than 2 pods of `web` until the cluster measures what pods use";
    assert_eq!(notes(&program("images local"), "measures"), [said]);
    let pushed = program("registry \"ghcr.io/acme\"");
    assert_eq!(notes(&pushed, "measures"), [""; 0]);
}
