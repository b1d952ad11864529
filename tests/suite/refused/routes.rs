//! Rules for the routes of a Gateway.

use super::{Rule, code, refused, rule};

const HOST: &str = "/spec/hostnames/0";
const PATH: &str = "/spec/rules/0/matches/0/path/value";
const NAMESPACE: &str = "/spec/parentRefs/0/namespace";
const LISTENER: &str = "/spec/parentRefs/0/sectionName";

/// What a tier behind a Gateway gets, whose statement says more, and which is exposed so.
fn gateway(number: &'static str, more: &str, expose: &str) -> super::Todoc {
    code(
        number,
        format!(
            "app a {{ ingress {{ gateway \"public\"{more} }} }}\n\
             tier web {{\n  image \"web:1\"\n  port 80\n  expose ingress {expose}\n}}"
        ),
    )
}

fn path(path: &str) -> super::Todoc {
    gateway("E0214", "", &format!("\"a.example.com\" path \"{path}\""))
}

pub(super) fn rules() -> Vec<Rule> {
    let characters = "must only contain valid characters";
    let paths: Vec<_> = (0..65)
        .map(
            |at| serde_json::json!({ "path": { "type": "PathPrefix", "value": format!("/{at}") } }),
        )
        .collect();
    let routes: Vec<_> = (0..65).map(|at| format!("\"/{at}\" = web")).collect();
    let routes = routes.join("\n");
    vec![
        rule(
            "a route's host has no upper case",
            refused("HTTPRoute", HOST, "A.example.com", "should match"),
            gateway("E0213", "", "\"A.example.com\""),
        ),
        rule(
            "a route's path has no query",
            refused("HTTPRoute", PATH, "/a?b", characters),
            path("/a?b"),
        ),
        rule(
            "a route's path has no brackets",
            refused("HTTPRoute", PATH, "/a[b]", characters),
            path("/a[b]"),
        ),
        rule(
            "a route's path has whole escapes",
            refused("HTTPRoute", PATH, "/100%", characters),
            path("/100%"),
        ),
        rule(
            "a route's path has 1024 characters at most",
            refused(
                "HTTPRoute",
                PATH,
                format!("/{}", "a".repeat(1024)),
                "Too long",
            ),
            path(&format!("/{}", "a".repeat(1024))),
        ),
        rule(
            "a route's path climbs nowhere",
            refused("HTTPRoute", PATH, "/a/../b", "must not contain '/../'"),
            path("/a/../b"),
        ),
        rule(
            "a Gateway's namespace is a label",
            refused("HTTPRoute", NAMESPACE, "a.b", "should match"),
            gateway("E0205", " namespace \"a.b\"", "\"a.example.com\""),
        ),
        rule(
            "a listener is called by a DNS name",
            refused("GRPCRoute", LISTENER, "a_b", "should match"),
            gateway("E0205", " section \"a_b\"", "\"a.example.com\""),
        ),
        rule(
            "a rule of a route has 64 paths at most",
            refused("HTTPRoute", "/spec/rules/0/matches", paths, "Too many"),
            code(
                "E0211",
                format!(
                    "app a {{ ingress {{ gateway \"public\" }} }}\n\
                     tier web {{\n  image \"web:1\"\n  port 80\n}}\n\
                     target x {{\n  ingress \"a.example.com\" {{\n{routes}\n}}\n}}"
                ),
            ),
        ),
    ]
}
