//! Texts of any size, for the benchmarks.

/// An application of so many tiers: servers, and the front ends that call them, in turn.
///
/// Each is what people write: a recipe, a port, resources, probes, a host and variables. What is
/// shared by all stays as small as in `examples/todo.todo`, so that a tier costs the same in all sizes.
pub(crate) fn application(tiers: usize) -> String {
    let mut text = String::from(
        r#"app shop {
  registry "ghcr.io/acme"
  tag "1.0.0"
}

config { LOG_LEVEL = "info" }

secret DATABASE_URL   from env { url "postgresql" }
secret SESSION_SECRET from env { min_length 32 }
"#,
    );
    for index in 0..tiers {
        let number = index / 2;
        let tier = if index % 2 == 0 { API } else { WEB };
        let is_called = index + 1 < tiers;
        let caller = if is_called {
            "web#.origin"
        } else {
            r#""https://shop.example.com""#
        };
        let tier = tier.replace("CALLER", caller);
        text.push_str(&tier.replace('#', &number.to_string()));
    }
    text
}

const API: &str = r#"
tier api# {
  build fastapi "./api#" { python 3.13, packages uv }
  port 8000
  replicas 2..6 at cpu 70%
  cpu 100m..500m
  memory 256Mi..512Mi
  health "/health" {
    liveness every 30s after 15s
  }
  expose ingress "api#.example.com" tls
  env {
    LOG_LEVEL
    CORS_ORIGINS = [CALLER, "https://admin.example.com"]
    DATABASE_URL
  }
}
"#;

const WEB: &str = r#"
tier web# {
  build nextjs "./web#" {
    NEXT_PUBLIC_API_URL = api#.public_url
  }
  port 3000
  replicas 2
  cpu 100m..500m
  memory 128Mi..512Mi
  health "/"
  needs api#
  expose ingress "web#.example.com" tls
  env {
    API_URL = api#.url
    SESSION_SECRET
  }
}
"#;

/// A text of 10,000 lines below its first, with a mistake in every tenth: of the shape, of words, of values, of names.
pub(crate) fn mistaken() -> String {
    let mut text = String::from("app shop\n");
    for number in 0..1000 {
        let mistake = MISTAKES[number % MISTAKES.len()];
        let tier = TIER.replace("MISTAKE", mistake);
        text.push_str(&tier.replace('#', &number.to_string()));
    }
    text
}

const TIER: &str = r#"tier t# {
  image "ghcr.io/acme/t#:1.0.0"
  port 8000
  cpu 100m..500m
  memory 128Mi..512Mi
  health "/"
  env {
    MISTAKE
  } }

"#;

const MISTAKES: [&str; 5] = [
    "URL = t#.ulr",
    "URL = missing#.url",
    "name = lower case",
    r#"PORT = "80"#,
    "TOKEN#",
];
