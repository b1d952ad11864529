//! Who uses whom: every edge is made by a statement that names what is used, and every way of
//! using something gives one.

use std::collections::BTreeSet;

use todoc::ir::{App, Edge, EdgeKind, EdgeSource};
use todoc::{Options, compile};

use crate::support::{builds, check_each, programs};

/// What is used in which way, by a word for each.
fn word(kind: EdgeKind) -> String {
    match kind {
        EdgeKind::Needs => "needs".to_owned(),
        EdgeKind::Refers(member) => format!("refers {}", member.word),
        EdgeKind::Waits => "waits".to_owned(),
        EdgeKind::Volume => "volume".to_owned(),
        EdgeKind::Routes => "routes".to_owned(),
        EdgeKind::Browser(member) => format!("browser {}", member.word),
        other => format!("{other:?}"),
    }
}

/// An edge as one line.
fn line(edge: &Edge, text: &str) -> String {
    let from = match &edge.from {
        EdgeSource::Thing(name) => &name.0,
        EdgeSource::Host(host) => host,
    };
    let port = edge.port.map_or(String::new(), |port| format!(" {port}"));
    let places = edge.origins.iter().map(|place| &text[place.range()]);
    let places: Vec<_> = places.collect();
    let (to, kind) = (&edge.to.0, word(edge.kind));
    format!("{from} -> {to} {kind}{port}: {}", places.join(" | "))
}

fn app(text: &str) -> App {
    let compiled = compile(text, &Options::default());
    assert_eq!(compiled.diagnostics, [], "{text}");
    compiled.app.expect("nothing is wrong")
}

#[test]
fn each_way_of_using_something_is_an_edge() {
    let text = r#"
app shop {
  host "shop.example.com"
}
config {
  CACHE = cache.url
}
redis cache {
  version 8
}
postgres db {
  version 17
  storage 1Gi
  secret PASSWORD from env
}
external pay {
  host "pay.example.com"
  port https 443
}
tier api {
  image "ghcr.io/acme/api:1"
  port 8000
  port grpc 9000 as 9001
  expose ingress "api.example.com" tls
  needs db cache
  volume media 1Gi shared at "/media"
  migrate "migrate"
  env {
    DATABASE_URL = db.url("postgresql+psycopg")
    DATABASE_HOST = db.host
    PAY = pay.url
    SITE = web.origin
    CACHE
  }
}
tier web {
  build nextjs "./web" {
    NEXT_PUBLIC_API = api.public_url "/v1"
  }
  port 3000
  env {
    API = api.url
    GRPC = api.grpc.address
    MEDIA = api.media.path
  }
}
job clean {
  image "ghcr.io/acme/clean:1"
  volume api.media at "/media"
  without wait
  env {
    CACHE
  }
}
target production {
  registry "ghcr.io/acme"
  ingress "shop.example.com" tls {
    "/" = web
  }
}
"#;
    let app = app(text);
    let lines: Vec<_> = app.edges.iter().map(|edge| line(edge, text)).collect();
    let expected = r#"api -> db refers url 5432: db.url("postgresql+psycopg")
api -> db refers host 5432: db.host
api -> pay refers url 443: pay.url
api -> web refers origin 3000: web.origin
api -> cache refers url 6379: cache.url
api -> db needs: db
api -> cache needs: cache
web -> api refers url 8000: api.url
web -> api refers address 9001: api.grpc.address
web -> api refers path: api.media.path
clean -> cache refers url 6379: cache.url
web -> api browser public_url: api.public_url "/v1"
api -> db waits 5432: db.url("postgresql+psycopg")
api -> cache waits 6379: cache.url
clean -> api volume: volume api.media at "/media"
api.example.com -> api routes 8000: expose ingress "api.example.com" tls
shop.example.com -> web routes 3000: "/" = web"#;
    assert_eq!(lines.join("\n"), expected);
}

#[test]
fn every_edge_is_made_by_a_place_of_the_text() {
    check_each(&programs(), |fixture| {
        let mut wrong = Vec::new();
        for app in builds(fixture, &[]).iter().filter_map(|it| it.app.as_ref()) {
            let tiers = app.tiers.iter().map(|tier| &tier.id.name);
            let databases = app.databases.iter().map(|database| &database.id.name);
            let inside: BTreeSet<_> = tiers.chain(databases).collect();
            for edge in &app.edges {
                let names_it = |text: &str| text.contains(edge.to.0.as_str());
                let places = edge.origins.iter();
                let texts: Vec<_> = places.map(|it| fixture.text.get(it.range())).collect();
                let is_own = matches!(edge.kind, EdgeKind::Routes | EdgeKind::Volume);
                if texts.is_empty() || !texts.iter().all(|it| is_own || it.is_some_and(names_it)) {
                    wrong.push(line(edge, &fixture.text));
                }
                let is_outside = matches!(edge.kind, EdgeKind::Needs | EdgeKind::Refers(_));
                if !inside.contains(&edge.to.0) && !is_outside {
                    wrong.push(format!("{} is nothing", edge.to.0));
                }
            }
        }
        wrong
    });
}
