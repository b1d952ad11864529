//! Orders in PostgreSQL. The queries were checked when `.sqlx` was made, and the migrations are part of the
//! program: neither asks for a database or a file while it is built.

use std::env;
use std::error::Error;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = env::var("DATABASE_URL")?;
    if env::args().nth(1).as_deref() == Some("migrate") {
        let pool = PgPool::connect(&url).await?;
        sqlx::migrate!().run(&pool).await?;
        return Ok(());
    }
    let pool = PgPoolOptions::new().max_connections(4).connect_lazy(&url)?;
    let routes = Router::new()
        .route("/health", get(health))
        .route("/orders", get(orders))
        .route("/orders/{name}", post(order))
        .with_state(pool);
    let port = env::var("PORT")?;
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).await?;
    let mut told = signal(SignalKind::terminate())?;
    axum::serve(listener, routes)
        .with_graceful_shutdown(async move {
            told.recv().await;
        })
        .await?;
    Ok(())
}

fn failed(error: sqlx::Error) -> StatusCode {
    eprintln!("{error}");
    StatusCode::SERVICE_UNAVAILABLE
}

async fn health(State(pool): State<PgPool>) -> Result<Json<&'static str>, StatusCode> {
    sqlx::query("SELECT 1")
        .execute(&pool)
        .await
        .map_err(failed)?;
    Ok(Json("good"))
}

async fn orders(State(pool): State<PgPool>) -> Result<Json<Vec<String>>, StatusCode> {
    let names = sqlx::query_scalar!("SELECT name FROM orders ORDER BY id");
    Ok(Json(names.fetch_all(&pool).await.map_err(failed)?))
}

async fn order(
    State(pool): State<PgPool>,
    Path(name): Path<String>,
) -> Result<Json<()>, StatusCode> {
    let insert = sqlx::query!("INSERT INTO orders (name) VALUES ($1)", name);
    insert.execute(&pool).await.map_err(failed)?;
    Ok(Json(()))
}
