//! Images that many run as they are: what they listen on.

/// What an image listens on where nobody tells it another port.
#[derive(Debug)]
pub struct Listens {
    /// The image's repository, without a registry.
    pub image: &'static str,
    /// Its ports.
    pub ports: &'static [u16],
}

const fn listens(image: &'static str, ports: &'static [u16]) -> Listens {
    Listens { image, ports }
}

/// The images, from the `EXPOSE` lines of their Dockerfiles and what their documentation says.
pub const LISTENS: &[Listens] = &[
    listens("nginx", &[80]),
    listens("nginxinc/nginx-unprivileged", &[8080]),
    listens("httpd", &[80]),
    listens("caddy", &[80, 443, 2019]),
    listens("traefik/whoami", &[80]),
    listens("adminer", &[8080]),
    listens("phpmyadmin", &[80]),
    listens("wordpress", &[80, 9000]),
    listens("mongo", &[27017]),
    listens("memcached", &[11211]),
    listens(
        "rabbitmq",
        &[4369, 5671, 5672, 15671, 15672, 15691, 15692, 25672],
    ),
    listens("nats", &[4222, 6222, 8222]),
    listens("grafana/grafana", &[3000]),
    listens("prom/prometheus", &[9090]),
    listens("mailhog/mailhog", &[1025, 8025]),
    listens("axllent/mailpit", &[1025, 1110, 8025]),
    listens("minio/minio", &[9000, 9001]),
    listens(
        "jaegertracing/all-in-one",
        &[4317, 4318, 5778, 9411, 14250, 14268, 14269, 16686],
    ),
    listens("quay.io/keycloak/keycloak", &[8080, 8443, 9000]),
];

/// What an image listens on, by its repository; nothing where that isn't known.
#[must_use]
pub fn listens_on(repository: &str) -> &'static [u16] {
    let bare = repository.strip_prefix("docker.io/").unwrap_or(repository);
    let bare = bare.strip_prefix("library/").unwrap_or(bare);
    let row = LISTENS.iter().find(|row| row.image == bare);
    row.map_or(&[], |row| row.ports)
}
