//! Public paths and what serves below them: the folders of their sources and what is said of them.

use super::rows::{BUILD, LOCKED, Row, STANDALONE};

const BELOW: &str = "export default { output: 'standalone', basePath: '/docs' }\n";
const PLAIN_NEXT: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    ("next.config.mjs", STANDALONE),
];
const NEXT_BELOW: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    ("next.config.mjs", BELOW),
];

/// Paths. The program asks for `/` in its probes.
pub(super) const PATHS: &[Row] = &[
    ("build nextjs \"./it\"", PLAIN_NEXT, &[]),
    (
        "build nextjs \"./it\"",
        NEXT_BELOW,
        &["W0619: `next` serves below `/docs` alone, and probes ask for `/`"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" path \"/docs\" tls",
        PLAIN_NEXT,
        &["W0619: `next` serves from `/` on, and the whole of `/docs` is passed on to it"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" path \"/docs\" tls",
        NEXT_BELOW,
        &["W0619: `next` serves below `/docs` alone, and probes ask for `/`"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" tls",
        PLAIN_NEXT,
        &[],
    ),
    (
        "build vite \"./it\"\n  expose ingress \"example.com\" path \"/page\" tls",
        &[("package.json", BUILD), ("package-lock.json", LOCKED)],
        &["W0619: `nginx` serves from `/` on, and the whole of `/page` is passed on to it"],
    ),
    (
        "build vite \"./it\"\n  expose ingress \"example.com\" tls",
        &[("package.json", BUILD), ("package-lock.json", LOCKED)],
        &[],
    ),
];
