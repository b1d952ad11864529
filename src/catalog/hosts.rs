//! Host names of the developer's own machine.

/// Those names.
const OF_LAPTOPS: &[&str] = &[
    "host.docker.internal",
    "gateway.docker.internal",
    "docker.for.mac.localhost",
    "docker.for.mac.host.internal",
    "host.containers.internal",
    "host.minikube.internal",
    "host.k3d.internal",
    "host.lima.internal",
];

/// Whether a host is the developer's own machine.
#[must_use]
pub fn is_of_a_laptop(host: &str) -> bool {
    OF_LAPTOPS
        .iter()
        .any(|name| host.eq_ignore_ascii_case(name))
}
