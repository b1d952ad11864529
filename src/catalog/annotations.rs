//! Annotations that something reads from objects other than pods.

/// What reads an annotation, and from which objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnotationReader {
    /// An Ingress controller, or what makes certificates and names for it.
    Ingresses,
    /// What makes the load balancer of a Service.
    Services,
}

/// Beginnings of keys, each with what reads those, by the documentation of these programs. Those that also
/// mean something on pods aren't among them.
const READERS: &[(&str, AnnotationReader)] = &[
    ("acme.cert-manager.io/", AnnotationReader::Ingresses),
    ("alb.ingress.kubernetes.io/", AnnotationReader::Ingresses),
    ("appgw.ingress.kubernetes.io/", AnnotationReader::Ingresses),
    (
        "cert-manager.io/cluster-issuer",
        AnnotationReader::Ingresses,
    ),
    ("cert-manager.io/issuer", AnnotationReader::Ingresses),
    (
        "cloud.google.com/backend-config",
        AnnotationReader::Services,
    ),
    ("cloud.google.com/neg", AnnotationReader::Services),
    (
        "external-dns.alpha.kubernetes.io/hostname",
        AnnotationReader::Services,
    ),
    ("haproxy-ingress.github.io/", AnnotationReader::Ingresses),
    ("haproxy.org/", AnnotationReader::Ingresses),
    ("ingress.kubernetes.io/", AnnotationReader::Ingresses),
    ("kubernetes.io/ingress.", AnnotationReader::Ingresses),
    ("load-balancer.hetzner.cloud/", AnnotationReader::Services),
    ("metallb.io/", AnnotationReader::Services),
    ("metallb.universe.tf/", AnnotationReader::Services),
    (
        "networking.gke.io/load-balancer-type",
        AnnotationReader::Services,
    ),
    ("nginx.ingress.kubernetes.io/", AnnotationReader::Ingresses),
    ("nginx.org/", AnnotationReader::Ingresses),
    ("service.beta.kubernetes.io/", AnnotationReader::Services),
    ("service.kubernetes.io/", AnnotationReader::Services),
    (
        "traefik.ingress.kubernetes.io/",
        AnnotationReader::Ingresses,
    ),
];

/// What reads an annotation of this key, if it is known that nothing reads it from pods.
#[must_use]
pub fn reader(key: &str) -> Option<AnnotationReader> {
    let known = READERS.iter().find(|(start, _)| key.starts_with(start));
    known.map(|(_, reader)| *reader)
}
