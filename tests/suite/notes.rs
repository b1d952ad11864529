//! What the summary notes of a program that nothing is wrong with.

use todoc::{Options, compile};

/// The notes of a program that hold one of these words.
fn notes(program: &str, words: &str) -> Vec<String> {
    let built = compile(program, &Options::default());
    let app = built
        .app
        .unwrap_or_else(|| panic!("{:?}", built.diagnostics));
    let notes = app.notes.into_iter().map(|note| note.value);
    notes.filter(|note| note.contains(words)).collect()
}

/// On a claim of most storage classes only root and the pod's group write.
#[test]
fn volumes_of_images_of_others_need_a_user() {
    let program = |said: &str| {
        format!(
            "app a\n\
             tier main {{ image \"n8nio/n8n:1.100.0\", volume data 1Gi at \"/home/node/.n8n\", {said} }}\n\
             tier own {{ build fastapi \"./own\", port 8000, volume data 1Gi at \"/srv/data\" }}\n\
             tier plain {{ image \"nginx:1.29\" }}\n\
             cron dump \"@daily\" {{ image \"postgres:17\", command \"dump\", volume dumps 1Gi at \"/dumps\" }}\n"
        )
    };
    let said = "says no user: a new volume belongs to root, and an image that runs as another needs `user N` to write to it";
    let both = format!("`main`, `dump` {}", said.replace("says", "say"));
    assert_eq!(notes(&program("port 80"), "no user"), [both]);
    assert_eq!(
        notes(&program("user 1000"), "no user"),
        [format!("`dump` {said}")]
    );
    let read = "app a\n\
        tier web { build go \"./web\", volume data 1Gi shared at \"/data\" }\n\
        tier files { image \"nginx:1.29\", volume web.data at \"/data\" read }\n";
    assert_eq!(notes(read, "no user"), [""; 0]);
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
    let closed = "nothing refers to `api`: its network policy lets nobody connect";
    let metrics = "nothing refers to `api`: its network policy lets nobody connect to `metrics`; `without network_policy` lets all";
    assert_eq!(notes(&program("migrate \"x\""), "nobody"), [closed]);
    let exposed = program("expose ingress \"b.example.com\" tls");
    assert_eq!(notes(&exposed, "nobody"), [metrics]);
    assert_eq!(notes(&program("without network_policy"), "nobody"), [""; 0]);
    let needed = format!("{}tier job {{ image \"x:1\", needs api }}\n", program(""));
    assert_eq!(notes(&needed, "nobody"), [""; 0]);
    let several = format!("{}tier b {{ image \"x:1\", port 1 }}\n", program(""));
    let closed = "nothing refers to `api`, `b`: their network policies let nobody connect";
    assert_eq!(notes(&several, "nobody"), [closed]);
    let patched = program("patch NetworkPolicy {\n  spec: {ingress: [{}]}\n}\n")
        .replace(", patch", "\npatch");
    assert_eq!(notes(&patched, "nobody"), [""; 0]);
    let alone = "app a\ntier web { image \"nginx:1.29\", port 80 }\n";
    assert_eq!(notes(alone, "nobody"), [""; 0]);
}

/// Django answers 400 to a host that it doesn't know, and no probe ever succeeds.
#[test]
fn probes_name_no_host_that_django_knows() {
    let program = |said: &str| {
        format!(
            "app a\nconfig {{ HOSTS = \"a.example.com\" }}\n\
             tier web {{ build django \"./web\", port 8000, {said} }}\n"
        )
    };
    let said = "Kubernetes asks `web` for its health by its pod's address, which isn't in `ALLOWED_HOSTS`: answer before hosts are looked at, in a middleware";
    for (tier, expected) in [
        (
            "health \"/up\", env { ALLOWED_HOSTS = \"a.example.com\" }",
            &[said][..],
        ),
        (
            "health tcp { liveness \"/up\" }, config { ALLOWED_HOSTS = \"a\" }",
            &[said],
        ),
        ("health \"/up\", env { ALLOWED_HOSTS = \"*\" }", &[]),
        ("health tcp, env { ALLOWED_HOSTS = \"a.example.com\" }", &[]),
        ("health \"/up\", env { ..config }", &[]),
    ] {
        assert_eq!(notes(&program(tier), "health by"), expected, "{tier}");
    }
}
