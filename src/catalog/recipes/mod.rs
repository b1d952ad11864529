//! Recipes: how each framework becomes an image, a file each, and what they share.

mod compiled;
mod django;
pub mod dockerfile;
mod fastapi;
mod frame;
mod go;
mod nextjs;
mod nginx;
mod node;
mod python;
mod rust;
mod static_site;
mod vite;

use super::Recipe;

/// Every recipe, in the order in which they are listed to users.
pub const RECIPES: &[&Recipe] = &[
    &nextjs::RECIPE,
    &vite::RECIPE,
    &node::RECIPE,
    &fastapi::RECIPE,
    &django::RECIPE,
    &python::RECIPE,
    &go::RECIPE,
    &rust::RECIPE,
    &static_site::RECIPE,
    &dockerfile::RECIPE,
];

/// The recipe of that name.
#[must_use]
pub fn recipe(name: &str) -> Option<&'static Recipe> {
    RECIPES.iter().find(|recipe| recipe.name == name).copied()
}

/// Frameworks and languages that are no recipes, each behind the recipe that builds them.
const BUILT_BY: &[(&str, &[&str])] = &[
    ("nextjs", &["next"]),
    (
        "vite",
        &["react", "vue", "svelte", "preact", "solid", "spa"],
    ),
    (
        "node",
        &[
            "express",
            "nest",
            "nestjs",
            "koa",
            "fastify",
            "hono",
            "hapi",
            "nuxt",
            "sveltekit",
            "remix",
            "javascript",
            "typescript",
            "js",
            "ts",
            "npm",
            "pnpm",
            "yarn",
            "bun",
        ],
    ),
    ("fastapi", &["uvicorn", "starlette"]),
    (
        "python",
        &[
            "flask", "celery", "gunicorn", "sanic", "tornado", "bottle", "litestar", "py",
        ],
    ),
    ("go", &["golang", "gin", "echo", "fiber", "chi"]),
    ("rust", &["cargo", "axum", "actix", "rocket"]),
    ("static", &["html", "nginx", "website", "files"]),
    (
        "dockerfile",
        &[
            "docker",
            "java",
            "spring",
            "springboot",
            "quarkus",
            "maven",
            "gradle",
            "kotlin",
            "scala",
            "dotnet",
            "csharp",
            "aspnet",
            "php",
            "laravel",
            "symfony",
            "ruby",
            "rails",
            "elixir",
            "phoenix",
            "deno",
            "angular",
            "c",
            "cpp",
            "zig",
            "custom",
        ],
    ),
];

/// The recipe that builds what somebody named instead.
#[must_use]
pub fn recipe_for(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let mut rows = BUILT_BY.iter();
    let row = rows.find(|(_, names)| names.contains(&lower.as_str()));
    row.map(|(recipe, _)| *recipe)
}
