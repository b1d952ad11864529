//! `app` and `target`.

use super::tier::{admission, annotation, scale};
use super::{config, free_settings, ingress};
use crate::diag::Bag;
use crate::source::Spanned;
use crate::syntax::ast::{App, Helm, HelmValue, Settings, Tag, Target, TargetTier};
use crate::syntax::signature::Statement;
use crate::syntax::tree::AtomKind;

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
        pins: statement.setting("pins"),
        language: statement.setting("language"),
        labels: statement
            .child("labels")
            .map_or(Vec::new(), |labels| free_settings(labels, bag)),
        selector: statement
            .child("naming")
            .and_then(|naming| naming.choice("selector")),
        naming: naming
            .iter()
            .filter_map(|pattern| Some((pattern.row.word, pattern.slot("text")?)))
            .collect(),
        helm: statement.child("helm").map(helm),
    }
}

fn helm(statement: &Statement<'_>) -> Helm {
    let last = |word: &str| statement.child(word)?.words.last().cloned();
    let value = |line: &Statement<'_>| {
        let (_, atom) = line.slots.iter().find(|(slot, _)| *slot == "fact")?;
        let fact = match &atom.kind {
            AtomKind::Reference(parts, _) => parts.clone(),
            AtomKind::Word(word) => vec![Spanned::new(word.clone(), atom.span)],
            AtomKind::Text(_) | AtomKind::Number(_) | AtomKind::Range(..) | AtomKind::List(_) => {
                return None;
            }
        };
        let path = line.slot("path")?;
        Some(HelmValue { path, fact })
    };
    Helm {
        secrets: last("secrets"),
        order: last("values"),
        values: statement.children("value").filter_map(value).collect(),
    }
}

fn settings(statement: &Statement<'_>, bag: &mut Bag) -> Settings {
    Settings {
        namespace: statement.setting("namespace"),
        namespace_exists: statement.child("namespace").is_some_and(|said| {
            let mut words = said.words.iter();
            words.any(|word| word.value == "existing")
        }),
        context: statement.setting("context"),
        tag: statement.child("tag").and_then(tag),
        registry: statement.setting("registry"),
        host: statement.setting("host"),
        pull_secret: statement.setting("pull_secret"),
        pull: statement.choice("pull"),
        local_images: statement.child("images").map(Statement::span),
        platforms: statement
            .child("platform")
            .map_or(Vec::new(), |said| said.slots("platform").collect()),
        ingress: ingress::settings(statement, bag),
        hosts: ingress::hosts(statement, bag),
        broken: statement.is_broken(),
    }
}

fn tag(said: &Statement<'_>) -> Option<Tag> {
    if let Some(text) = said.slot("text") {
        return Some(Tag::Text(text));
    }
    // `from` alone says nothing yet.
    let [_, from] = said.words.as_slice() else {
        return None;
    };
    Some(Tag::From(Spanned::new(from.value, said.span())))
}

pub(super) fn target(statement: &Statement<'_>, bag: &mut Bag) -> Target {
    let pair = |line: &Statement<'_>| Some((line.slot("name")?, line.slot("secret")?));
    Target {
        span: statement.span(),
        name: statement.slot("name"),
        settings: settings(statement, bag),
        config: statement.child("config").map(|child| config(child, bag)),
        without: statement.all("without", "name"),
        externals: statement.children("external").filter_map(pair).collect(),
        tiers: statement
            .children("tier")
            .map(|tier| TargetTier {
                span: tier.span(),
                name: tier.slot("name"),
                scale: scale(tier, bag),
                env: tier
                    .child("env")
                    .map_or(Vec::new(), |env| free_settings(env, bag)),
                annotations: tier
                    .children("annotate")
                    .filter_map(|line| annotation(line, bag))
                    .collect(),
                admits: tier.children("admit").map(admission).collect(),
            })
            .collect(),
        objects: statement.all("object", "file"),
    }
}
