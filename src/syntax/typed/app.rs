//! `app` and `target`.

use super::tier::scale;
use crate::syntax::ast::{App, Settings, Target, TargetTier};
use crate::syntax::signature::Statement;

pub(super) fn app(statement: &Statement<'_>) -> App {
    let naming = statement
        .child("naming")
        .map_or(&[][..], Statement::statements);
    App {
        span: statement.span(),
        name: statement.slot("name"),
        settings: settings(statement),
        version: statement.setting("version"),
        without: statement.all("without", "default"),
        naming: naming
            .iter()
            .filter_map(|pattern| Some((pattern.row.word, pattern.slot("text")?)))
            .collect(),
    }
}

pub(super) fn settings(statement: &Statement<'_>) -> Settings {
    Settings {
        namespace: statement.setting("namespace"),
        tag: statement.setting("tag"),
        registry: statement.setting("registry"),
        host: statement.setting("host"),
        pull: statement.choice("pull"),
        local_images: statement.child("images").map(Statement::span),
    }
}

pub(super) fn target(statement: &Statement<'_>) -> Target {
    Target {
        span: statement.span(),
        name: statement.slot("name"),
        settings: settings(statement),
        tiers: statement
            .children("tier")
            .map(|tier| TargetTier {
                span: tier.span(),
                name: tier.slot("name"),
                scale: scale(tier),
            })
            .collect(),
        objects: statement.all("object", "file"),
    }
}
