//! Where browsers on this machine reach what is exposed.

use todoc::ir;

use super::{Compose, built, file, read};
use crate::cli::Test;

/// The variable of a tier that holds another's addresses.
fn program(port: &str, expose: &str) -> String {
    format!(
        "app shop {{ host \"shop.example.com\" }}\n\
         tier web {{ image \"i:1\", port {port}, expose {expose} }}\n\
         tier api {{ image \"i:1\", env {{ URL = web.public_url, ORIGIN = web.origin }} }}\n"
    )
}

/// A variable, as Compose gives it to the container.
fn given(compose: &mut Compose, text: &str, variables: &[(&str, &str)]) -> [String; 2] {
    let answer = read(compose, file(&built(text)), variables);
    assert_eq!(answer.said, [""; 0]);
    let project = answer.project.expect("a project");
    let all = &project["services"]["api"]["environment"];
    ["URL", "ORIGIN"].map(|name| all[name].as_str().unwrap_or_default().to_owned())
}

#[test]
fn an_address_has_the_scheme_that_its_port_speaks() {
    let Some(mut compose) = Compose::start() else {
        return;
    };
    for (port, expose, url) in [
        ("grpc 9090", "forward 9090", "grpc://localhost:9090"),
        ("https 8443", "forward 8443", "https://localhost:8443"),
        ("https 8443", "forward 443", "https://localhost"),
        (
            "8080",
            "ingress \"a.example.com\" tls",
            "http://localhost:8080",
        ),
        ("8080", "forward 3000", "http://localhost:3000"),
        ("https 443", "loadbalancer", "https://localhost"),
    ] {
        let text = program(port, expose);
        assert_eq!(given(&mut compose, &text, &[]), [url; 2], "{port} {expose}");
        let app = built(&text).app.expect("nothing is wrong");
        let web = app.tiers.iter().find(|tier| tier.id.name == "web");
        let there = web
            .and_then(|web| web.public.as_ref())
            .map(ir::PublicAddress::url);
        if expose.starts_with("forward") {
            // As `todoc explain L0201` says.
            assert_eq!(there.as_deref(), Some(url));
        }
    }
}

/// Browsers send `http://localhost` as the origin of a page at port 80: a server that is told another one
/// refuses them.
#[test]
fn port_80_is_in_no_address() {
    let Some(mut compose) = Compose::start() else {
        return;
    };
    for expose in ["forward 80", "ingress \"a.example.com\"", "loadbalancer"] {
        let text = program("80", expose);
        assert_eq!(given(&mut compose, &text, &[]), ["http://localhost"; 2]);
        let changed = [("SHOP_WEB_PORT", "8123")];
        assert_eq!(
            given(&mut compose, &text, &changed),
            ["http://localhost:8123"; 2]
        );
        assert_eq!(
            given(&mut compose, &text, &[("SHOP_WEB_PORT", "")]),
            ["http://localhost"; 2]
        );
        let answer = read(&mut compose, file(&built(&text)), &changed);
        let project = answer.project.expect("a project");
        assert_eq!(project["services"]["web"]["ports"][0]["published"], "8123");
    }
}

#[test]
fn the_summary_says_the_address() {
    let test = Test::new().file("app.todo", program("grpc 9090", "forward 9090"));
    let told = test
        .run(&["build", "app.todo", "--emit", "compose"])
        .ok()
        .stdout;
    assert!(
        told.contains("\n  web: grpc://localhost:9090; $SHOP_WEB_PORT changes the port\n"),
        "{told}"
    );
    assert!(told.contains(" up --wait --remove-orphans\n"), "{told}");
}
