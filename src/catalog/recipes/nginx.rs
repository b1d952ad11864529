//! Files served by nginx: what the recipes without a process of their own share.

use super::frame::{Ground, runner};
use crate::catalog::contract::IDLE_SECONDS;
use crate::catalog::runtimes::NGINX;
use crate::catalog::{Base, Choice, Contract};
use crate::docker::{Instruction, Stage};

/// The folder that it serves. Its own has a page of nginx's, which would greet whoever asks for one
/// that isn't there.
pub(super) const ROOT: &str = "/srv";

/// What answers a path that no file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fallback {
    /// The page `index.html`, whose script knows the path.
    Application,
    /// The page `404.html`, if there is one.
    NotFound,
}

/// The contract of all of them. nginx keeps its files in `/tmp` in this image.
pub(super) fn contract(choice: &Choice) -> Contract {
    Contract::of_recipe(choice, ["nginx", "-g", "daemon off;"])
}

/// The stage that ships; `files` copies what is served.
pub(super) fn served(
    choice: &Choice,
    contract: &Contract,
    fallback: Fallback,
    files: Instruction,
) -> Stage {
    let instructions = vec![
        Instruction::Comment("Root's, so that the process can't change it."),
        Instruction::User(0),
        Instruction::Write {
            path: "/etc/nginx/conf.d/default.conf",
            lines: server(choice, fallback),
        },
        files,
        Instruction::Comment("nginx ends at once by SIGTERM, and answers what it began by this."),
        Instruction::StopSignal("SIGQUIT"),
    ];
    let ground = Ground::server(&Base::of(&NGINX));
    runner(choice, contract, ground, Vec::new(), instructions)
}

/// The server's configuration. Redirects are relative, because browsers know another port; names
/// with a hash in them are never used for other content, and all else is asked for anew.
fn server(choice: &Choice, fallback: Fallback) -> Vec<String> {
    let port = choice.port.unwrap_or(8080);
    let (hashed, missing) = match fallback {
        Fallback::Application => (
            "    location /assets/ { add_header Cache-Control \"public, max-age=31536000, immutable\"; }",
            "    location / { try_files $uri /index.html; add_header Cache-Control no-cache; }",
        ),
        Fallback::NotFound => (
            "    error_page 404 /404.html;",
            "    location / { try_files $uri $uri.html $uri/ =404; add_header Cache-Control no-cache; }",
        ),
    };
    let lines = [
        "server {",
        &format!("    listen {port};"),
        "    server_name _;",
        &format!("    root {ROOT};"),
        &format!("    keepalive_timeout {IDLE_SECONDS}s;"),
        "    server_tokens off;",
        "    absolute_redirect off;",
        "    gzip on;",
        "    gzip_vary on;",
        "    gzip_types text/css text/plain text/javascript application/javascript application/json application/manifest+json image/svg+xml;",
        "    location = /healthz { access_log off; default_type text/plain; return 200 ok; }",
        hashed,
        missing,
        "}",
    ];
    lines.map(str::to_owned).into()
}
