//! The text that is changed, and its changes.

/// What is replaced by what. It stands once in the text.
pub(super) type Edit = (&'static str, &'static str);

/// The text before. `NAMESPACE` is another one in each row.
pub(super) const BEFORE: &str = r#"app shop {
  namespace NAMESPACE
  registry "ghcr.io/acme"
  version "1.0.0"
  tag "one"
  labels { team = "shop" }
}

config {
  LEVEL = "info"
  REGION = "eu"
}

secret API_KEY from env

postgres db {
  version 17
  storage 10Gi
  memory 512Mi
  secret DB_PASSWORD from env
}

redis cache { version 8, memory 64Mi }

external mail { host "mail.example.com", port 25 }

tier web {
  build static "./web"
  port 8080 as 80
  replicas 2
  cpu 100m
  memory 64Mi
  health "/"
  expose ingress "shop.example.com" tls
  env { LEVEL }
}

tier api {
  image "ghcr.io/acme/api:1.0.0"
  port 8000
  port metrics 9100
  cpu 100m
  memory 128Mi
  health "/health"
  user 1000
  grace 40s
  writable "/tmp"
  annotate "example.com/a" = "b"
  volume media 5Gi at "/srv/media"
  file "./api.conf" at "/etc/api.conf"
  needs mail
  env { LEVEL, API_KEY, DATABASE_URL = db.url, CACHE_URL = cache.url, MAIL = mail.host }
  rollout recreate
}

tier worker from api { command "work" }

tier admin {
  image "ghcr.io/acme/admin:1.0.0"
  port 9000
  replicas 1..3 at cpu 70%
  cpu 50m
  memory 96Mi
  health tcp
  user 1001
}

tier ring {
  image "ghcr.io/acme/ring:1.0.0"
  port peers 7000
  replicas 3
  cpu 60m
  memory 80Mi
  user 1002
  volume shard 4Gi per pod at "/shard"
  env { PEERS = ring.pods }
}

job seed { image "ghcr.io/acme/seed:1.0.0", env { REGION } }

cron report "0 6 * * *" zone "Europe/Berlin" { image "ghcr.io/acme/report:1.0.0", env { REGION } }
"#;

/// The changes: each statement with another value, added, removed, renamed.
pub(super) const ROWS: &[&[Edit]] = &[
    &[("version \"1.0.0\"\n", "version \"1.1.0\"\n")],
    &[("tag \"one\"", "tag \"two\"")],
    &[("registry \"ghcr.io/acme\"", "registry \"ghcr.io/others\"")],
    &[("team = \"shop\"", "team = \"web\"")],
    &[("  labels { team = \"shop\" }\n", "")],
    &[("  tag \"one\"\n", "  tag \"one\"\n  pull always\n")],
    &[(
        "  tag \"one\"\n",
        "  tag \"one\"\n  pull_secret \"login\"\n",
    )],
    &[(
        "  tag \"one\"\n",
        "  tag \"one\"\n  without network_policy\n",
    )],
    &[(
        "  tag \"one\"\n",
        "  tag \"one\"\n  without service_account\n",
    )],
    &[(
        "  tag \"one\"\n",
        "  tag \"one\"\n  naming { selector standard }\n",
    )],
    &[("  tag \"one\"\n", "  tag \"one\"\n  context \"here\"\n")],
    &[("LEVEL = \"info\"", "LEVEL = \"debug\"")],
    &[("REGION = \"eu\"", "REGION = \"us\"")],
    &[(
        "secret API_KEY from env",
        "secret API_KEY from env { min_length 8 }",
    )],
    &[(
        "secret API_KEY from env",
        "secret API_KEY from object \"keys\" key \"api\"",
    )],
    &[("version 17", "version 17.5")],
    &[("version 17", "version 18")],
    &[("storage 10Gi", "storage 20Gi")],
    &[("storage 10Gi", "storage 5Gi")],
    &[("storage 10Gi\n", "storage 10Gi class \"fast\"\n")],
    &[("  memory 512Mi\n", "  memory 1Gi\n")],
    &[("  memory 512Mi\n", "  memory 512Mi\n  user shop\n")],
    &[("  memory 512Mi\n", "  memory 512Mi\n  database store\n")],
    &[(
        "  memory 512Mi\n",
        "  memory 512Mi\n  args \"-c\" \"max_connections=50\"\n",
    )],
    &[(
        "  memory 512Mi\n",
        "  memory 512Mi\n  workload deployment\n",
    )],
    &[(
        "redis cache { version 8,",
        "redis cache { version 8, policy allkeys-lru,",
    )],
    &[("mail.example.com", "smtp.example.com")],
    &[(
        "build static \"./web\"",
        "image \"nginxinc/nginx-unprivileged:1.29\"",
    )],
    &[("port 8080 as 80", "port 8080")],
    &[("  replicas 2\n", "  replicas 1\n")],
    &[("  replicas 2\n", "  replicas 3\n")],
    &[("memory 64Mi\n  health \"/\"", "memory 96Mi\n  health \"/\"")],
    &[("health \"/\"\n", "health tcp\n")],
    &[("expose ingress \"shop.example.com\" tls", "expose nodeport")],
    &[(
        "expose ingress \"shop.example.com\" tls",
        "expose loadbalancer",
    )],
    &[(
        "expose ingress \"shop.example.com\" tls",
        "expose ingress \"www.example.com\" tls",
    )],
    &[("  expose ingress \"shop.example.com\" tls\n", "")],
    &[("api:1.0.0", "api:1.1.0")],
    &[("  port metrics 9100\n", "")],
    &[("replicas 1..3 at cpu 70%", "replicas 1..5 at cpu 70%")],
    &[("replicas 1..3 at cpu 70%", "replicas 2")],
    &[("health \"/health\"", "health \"/ready\"")],
    &[("user 1000\n  grace", "user 2000\n  grace")],
    &[("grace 40s", "grace 50s")],
    &[("  writable \"/tmp\"\n", "")],
    &[("\"example.com/a\" = \"b\"", "\"example.com/a\" = \"c\"")],
    &[("volume media 5Gi", "volume media 6Gi")],
    &[("volume media 5Gi", "volume media 5Gi shared")],
    &[("volume media", "volume files")],
    &[("\"/srv/media\"", "\"/data\"")],
    &[("  volume media 5Gi at \"/srv/media\"\n", "")],
    &[("  file \"./api.conf\" at \"/etc/api.conf\"\n", "")],
    &[("\"/etc/api.conf\"", "\"/etc/other.conf\"")],
    &[("CACHE_URL = cache.url, ", "")],
    &[("  rollout recreate\n", "")],
    &[("command \"work\"", "command \"work\" \"hard\"")],
    &[("tier worker from api", "tier crew from api")],
    &[("tier worker from api { command \"work\" }\n", "")],
    &[(
        "tier admin {\n  image",
        "tier admin {\n  account \"operator\"\n  image",
    )],
    &[(
        "tier admin {\n  image",
        "tier admin {\n  name \"console\"\n  image",
    )],
    &[("seed:1.0.0", "seed:1.1.0")],
    &[("0 6 * * *", "0 7 * * *")],
    &[(
        "cron report \"0 6 * * *\" zone \"Europe/Berlin\" {",
        "cron report \"0 6 * * *\" {",
    )],
    &[("cron report", "cron summary")],
    &[("job seed {", "job sow {")],
    &[("app shop {", "app store {")],
    &[("namespace NAMESPACE", "namespace NAMESPACE-live")],
    &[("namespace NAMESPACE", "namespace NAMESPACE existing")],
    &[("  tag \"one\"\n", "  tag from sources\n")],
    &[(
        "  tag \"one\"\n",
        "  tag \"one\"\n  platform \"linux/amd64\"\n",
    )],
    &[(
        "  tag \"one\"\n",
        "  tag \"one\"\n  ingress { class \"nginx\", issuer \"letsencrypt\" }\n",
    )],
    &[
        (
            "  REGION = \"eu\"\n",
            "  REGION = \"eu\"\n  MODE = \"live\"\n",
        ),
        ("env { LEVEL }", "env { LEVEL, MODE }"),
    ],
    &[
        ("secret API_KEY from env\n", ""),
        ("LEVEL, API_KEY,", "LEVEL,"),
    ],
    &[
        ("secret API_KEY from env\n", "secret TOKEN from env\n"),
        ("LEVEL, API_KEY,", "LEVEL, TOKEN,"),
    ],
    &[
        ("postgres db {", "postgres store {"),
        ("db.url", "store.url"),
    ],
    &[
        ("redis cache {", "redis queue {"),
        ("cache.url", "queue.url"),
    ],
    &[
        ("redis cache { version 8, memory 64Mi }\n", ""),
        ("CACHE_URL = cache.url, ", ""),
    ],
    &[(
        "redis cache { version 8,",
        "redis cache { version 8, storage 1Gi,",
    )],
    &[
        ("external mail {", "external post {"),
        ("needs mail", "needs post"),
        ("mail.host", "post.host"),
    ],
    &[("tier web {", "tier site {")],
    &[(
        "  rollout recreate\n",
        "  rollout recreate\n  migrate \"upgrade\"\n",
    )],
    &[(
        "job seed { image \"ghcr.io/acme/seed:1.0.0\", env { REGION } }\n",
        "",
    )],
    &[(
        "cron report \"0 6 * * *\" zone \"Europe/Berlin\" { image \"ghcr.io/acme/report:1.0.0\", env { REGION } }\n",
        "",
    )],
    &[(
        "job seed {",
        "tier more { image \"ghcr.io/acme/more:1.0.0\", cpu 10m, memory 16Mi }\n\njob seed {",
    )],
    &[(
        "job seed {",
        "mysql ledger { version 8.4, storage 1Gi, memory 512Mi, secret LEDGER_PASSWORD from env }\n\njob seed {",
    )],
    &[(
        "  health tcp\n  user 1001\n",
        "  health tcp\n  user 1001\n  patch Deployment {\n    spec:\n      minReadySeconds: 5\n  }\n",
    )],
    &[("shard 4Gi", "shard 8Gi")],
    &[("shard 4Gi", "shard 2Gi")],
    &[("4Gi per pod", "4Gi per pod class \"fast\"")],
    &[("replicas 3", "replicas 4")],
    &[("replicas 3", "replicas 1..5 at cpu 60%")],
    &[("replicas 3", "replicas 2")],
    &[
        ("replicas 3", "replicas 1"),
        ("4Gi per pod", "4Gi"),
        ("ring.pods", "ring.host"),
    ],
    &[
        ("  rollout recreate\n", ""),
        ("media 5Gi", "media 5Gi per pod"),
    ],
];
