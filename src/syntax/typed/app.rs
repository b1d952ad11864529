//! `app` and `target`.

use super::ingress;
use super::tier::scale;
use crate::diag::Bag;
use crate::syntax::ast::{App, Settings, Target, TargetTier};
use crate::syntax::signature::Statement;

pub(super) fn app(statement: &Statement<'_>, bag: &mut Bag) -> App {
    let naming = statement
        .child("naming")
        .map_or(&[][..], Statement::statements);
    App {
        span: statement.span(),
        name: statement.slot("name"),
        settings: settings(statement, bag),
        version: statement.setting("version"),
        without: statement.all("without", "default"),
        naming: naming
            .iter()
            .filter_map(|pattern| Some((pattern.row.word, pattern.slot("text")?)))
            .collect(),
    }
}

fn settings(statement: &Statement<'_>, bag: &mut Bag) -> Settings {
    Settings {
        namespace: statement.setting("namespace"),
        tag: statement.setting("tag"),
        registry: statement.setting("registry"),
        host: statement.setting("host"),
        pull: statement.choice("pull"),
        local_images: statement.child("images").map(Statement::span),
        ingress: ingress::settings(statement, bag),
        broken: statement.is_broken(),
    }
}

pub(super) fn target(statement: &Statement<'_>, bag: &mut Bag) -> Target {
    Target {
        span: statement.span(),
        name: statement.slot("name"),
        settings: settings(statement, bag),
        tiers: statement
            .children("tier")
            .map(|tier| TargetTier {
                span: tier.span(),
                name: tier.slot("name"),
                scale: scale(tier),
            })
            .collect(),
        hosts: ingress::hosts(statement, bag),
    }
}
