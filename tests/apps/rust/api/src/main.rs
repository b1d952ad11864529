//! An API with what the images of all applications are asked for.

use std::env;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

static ILL: AtomicBool = AtomicBool::new(false);

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let routes = Router::new()
        .route("/health", get(health))
        .route("/break", post(fall_ill))
        .route("/greeting", get(greeting))
        .route("/slow", get(slow));
    let port = env::var("PORT").unwrap_or_default();
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).await?;
    let mut told = signal(SignalKind::terminate())?;
    axum::serve(listener, routes)
        .with_graceful_shutdown(async move {
            told.recv().await;
        })
        .await
}

async fn health() -> StatusCode {
    if ILL.load(Ordering::Relaxed) {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::OK
    }
}

async fn fall_ill() {
    ILL.store(true, Ordering::Relaxed);
}

async fn greeting() -> String {
    let value = |name| env::var(name).unwrap_or_default();
    format!(
        r#"{{"greeting": "{}", "token": "{}"}}"#,
        value("GREETING"),
        value("API_TOKEN")
    )
}

async fn slow() -> &'static str {
    tokio::time::sleep(Duration::from_secs(3)).await;
    r#"{"slow": "done"}"#
}
