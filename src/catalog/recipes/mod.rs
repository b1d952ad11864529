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
