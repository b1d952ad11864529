//! The routes of a Gateway, which no library here has types of: as much of them as we write. What the real
//! definitions say of them, the API server of the tests does.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::{NamespaceResourceScope, Resource};
use serde::Deserialize;

macro_rules! route {
    ($name:ident, $kind:literal, $plural:literal, $rule:ty) => {
        /// A route.
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "it is decoded alone")]
        pub(crate) struct $name {
            api_version: String,
            kind: String,
            metadata: ObjectMeta,
            spec: Spec<$rule>,
        }

        impl Resource for $name {
            const API_VERSION: &'static str = "gateway.networking.k8s.io/v1";
            const GROUP: &'static str = "gateway.networking.k8s.io";
            const KIND: &'static str = $kind;
            const VERSION: &'static str = "v1";
            const URL_PATH_SEGMENT: &'static str = $plural;
            type Scope = NamespaceResourceScope;
        }
    };
}

route!(HttpRoute, "HTTPRoute", "httproutes", HttpRule);
route!(GrpcRoute, "GRPCRoute", "grpcroutes", GrpcRule);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Spec<R> {
    parent_refs: Vec<Parent>,
    hostnames: Vec<String>,
    rules: Vec<R>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Parent {
    name: String,
    namespace: Option<String>,
    section_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct HttpRule {
    matches: Vec<Match>,
    #[serde(default)]
    filters: Vec<Filter>,
    #[serde(default)]
    backend_refs: Vec<Backend>,
    timeouts: Option<Timeouts>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct GrpcRule {
    backend_refs: Vec<Backend>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is decoded alone")]
struct Match {
    path: Path,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Path {
    #[serde(rename = "type")]
    kind: PathKind,
    value: String,
}

#[derive(Deserialize)]
enum PathKind {
    PathPrefix,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
#[allow(dead_code, reason = "it is decoded alone")]
enum Filter {
    RequestRedirect {
        #[serde(rename = "requestRedirect")]
        to: Redirect,
    },
    #[serde(rename = "URLRewrite")]
    UrlRewrite {
        #[serde(rename = "urlRewrite")]
        to: Rewrite,
    },
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is decoded alone")]
struct Rewrite {
    path: RewrittenPath,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
#[allow(dead_code, reason = "it is decoded alone")]
enum RewrittenPath {
    ReplacePrefixMatch {
        #[serde(rename = "replacePrefixMatch")]
        with: String,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Redirect {
    scheme: String,
    status_code: u16,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is decoded alone")]
struct Backend {
    name: String,
    port: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "it is decoded alone")]
struct Timeouts {
    request: Option<String>,
    backend_request: Option<String>,
}
