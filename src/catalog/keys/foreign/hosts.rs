//! Words from elsewhere where something is said of hosts.

use super::{Foreign, at};
use crate::catalog::keys::Place;

/// What is said elsewhere where a path is taken off.
const STRIP: &[&str] = &["rewrite", "rewritetarget", "stripprefix"];
/// Where something is said of hosts.
const HOSTS: &[Place] = &[Place::Ingress, Place::Exposure, Place::Routes];

/// Of several rows that fit, the first counts.
pub(super) const HOST_WORDS: &[Foreign] = &[
    at(
        HOSTS,
        &[
            "bodysize",
            "proxybodysize",
            "clientmaxbodysize",
            "maxbodysize",
        ],
        "write `body 20Mi`",
    ),
    at(
        HOSTS,
        &[
            "timeouts",
            "readtimeout",
            "sendtimeout",
            "websocket",
            "websockets",
        ],
        "write `timeout 1h`: so long may an answer take, and a web socket be silent",
    ),
    at(
        &[Place::Exposure],
        STRIP,
        "write `strip`, which takes the path behind `path` off: `expose ingress \"www.example.com\" path \"/api\" { strip }`",
    ),
    at(
        &[Place::Routes],
        STRIP,
        "write `strip \"/api\"`: that path is taken off what its tier is asked for",
    ),
    at(
        &[Place::Ingress],
        &["strip", "rewrite", "rewritetarget", "stripprefix"],
        "say it of a path: `expose ingress \"www.example.com\" path \"/api\" { strip }`, or `strip \"/api\"` in `ingress` with a host",
    ),
    at(
        HOSTS,
        &["ratelimit", "redirect"],
        "write the annotation that its controller reads: `annotate \"nginx.ingress.kubernetes.io/limit-rps\" = \"5\"`",
    ),
];
