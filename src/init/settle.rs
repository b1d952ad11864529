//! Compiling what would be written, and giving way where something is found.

use super::Sources;
use super::plan::{FileDraft, TierDraft, TierForm};
use super::write;
use crate::compile::{Options, Program};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{AtomKind, Fact};
use std::collections::BTreeSet;

/// The plan that compiles without an error and without a warning, and its text. Each step takes
/// something away, so that there is an end.
pub(super) fn settle(mut plan: FileDraft, sources: &dyn Sources) -> (FileDraft, String) {
    loop {
        let text = write::text(&plan);
        let program = Program::parse(&text);
        let options = Options {
            contexts: sources.contexts(&program),
            source_name: "app.todo".to_owned(),
            ..Options::default()
        };
        let found = program.compile_all(&options).diagnostics;
        let Some((first, others)) = found.split_first() else {
            return (plan, text);
        };
        let facts = &program.parsed().tree.facts;
        let mut tiers = BTreeSet::new();
        let mut has_changed = plan.give_way(first, facts, &mut tiers);
        // What is wrong with the sources of one tier is so whatever becomes of the others. Each step
        // compiles all of it.
        for other in others.iter().filter(|other| is_of_sources(other.code)) {
            has_changed |= plan.give_way(other, facts, &mut tiers);
        }
        if !has_changed && !plan.retreat(first) {
            // Nothing is left that could be wrong.
            return (plan, text);
        }
    }
}

/// What is wrong.
enum DraftBlame {
    Tier(String),
    Database(String),
    Secret(String),
}

/// The statement that something was found in.
fn blamed(facts: &[Fact], span: Span) -> Option<DraftBlame> {
    let around = facts.iter().find(|it| it.span.contains(span))?;
    let name = |fact: &Fact| match &fact.atoms.first()?.kind {
        AtomKind::Word(name) => Some(name.clone()),
        AtomKind::Text(_)
        | AtomKind::Number(_)
        | AtomKind::Range(..)
        | AtomKind::Reference(..)
        | AtomKind::List(_) => None,
    };
    match around.head.value.as_str() {
        "tier" => name(around).map(DraftBlame::Tier),
        "secret" => name(around).map(DraftBlame::Secret),
        "target" => {
            let within = around.block.iter().flat_map(|it| &it.facts);
            let mut within = within.filter(|it| it.head.value == "tier");
            name(within.find(|it| it.span.contains(span))?).map(DraftBlame::Tier)
        }
        "app" => None,
        _ => name(around).map(DraftBlame::Database),
    }
}

impl TierDraft {
    /// Takes the change that the compiler offers, or leaves out what it complains of. Whether there was
    /// something to leave out.
    fn give_way(&mut self, found: &Diagnostic) -> bool {
        if self.form == TierForm::Comment {
            return false;
        }
        if self.form == TierForm::Recipe && self.mend(found) {
            return true;
        }
        if !is_of_sources(found.code) && !self.bare {
            self.bare = true;
            return true;
        }
        self.lacks = Some(told(found));
        self.form = match self.form {
            TierForm::Recipe if self.found.dockerfile && self.found.recipe != "dockerfile" => {
                TierForm::Dockerfile
            }
            TierForm::Recipe | TierForm::Dockerfile | TierForm::Comment => TierForm::Comment,
        };
        true
    }

    /// Says which package manager or entry it is, as the compiler would.
    fn mend(&mut self, found: &Diagnostic) -> bool {
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        let text: String = edits.map(|it| it.text.as_str()).collect();
        if found.code == Code::OtherLock && self.packages.is_none() {
            let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
            let said = words.by_ref().any(|word| word == "packages");
            self.packages = words.next().filter(|_| said).map(str::to_owned);
            return self.packages.is_some();
        }
        let said = text.split('"').nth(1).map(str::to_owned);
        let is_new = said.is_some() && said != self.found.entry && !self.tried_entry;
        if found.code == Code::EntryMissing && is_new {
            self.found.entry = said;
            self.tried_entry = true;
            return true;
        }
        false
    }
}

/// Whether the code is about what images are built from.
fn is_of_sources(code: Code) -> bool {
    ["E05", "W06"]
        .iter()
        .any(|it| code.number().starts_with(it))
}

/// A diagnostic as a clause.
fn told(found: &Diagnostic) -> String {
    let mut text = found.message.clone();
    if let Some(help) = found.help.first() {
        text = format!("{text}: {help}");
    }
    text
}

impl FileDraft {
    /// Changes what a diagnostic is about, unless that is one of `tiers`, which have changed already.
    /// Whether anything has.
    fn give_way(
        &mut self,
        found: &Diagnostic,
        facts: &[Fact],
        tiers: &mut BTreeSet<String>,
    ) -> bool {
        match blamed(facts, found.primary.span) {
            Some(DraftBlame::Tier(name)) => {
                let mut drafts = self.tiers.iter_mut();
                let draft = drafts.find(|tier| tier.name == name);
                tiers.insert(name) && draft.is_some_and(|tier| tier.give_way(found))
            }
            Some(DraftBlame::Database(name)) => self.without(&name),
            Some(DraftBlame::Secret(name)) => self.without_secret(&name),
            None => false,
        }
    }

    /// Leaves a database out.
    fn without(&mut self, name: &str) -> bool {
        let before = self.databases.len();
        self.databases.retain(|it| it.name != name);
        for tier in &mut self.tiers {
            tier.needs.retain(|it| it != name);
            tier.env.retain(|it| it.of.as_deref() != Some(name));
        }
        self.databases.len() < before
    }

    /// Leaves a secret out.
    fn without_secret(&mut self, name: &str) -> bool {
        let mut has_changed = false;
        for tier in &mut self.tiers {
            let before = tier.env.len();
            tier.env.retain(|it| it.value.is_some() || it.name != name);
            has_changed |= tier.env.len() < before;
        }
        has_changed
    }

    /// Leaves out what is left, the last first.
    fn retreat(&mut self, found: &Diagnostic) -> bool {
        const NAME: &str = "my-app";
        let live = self
            .tiers
            .iter_mut()
            .rev()
            .find(|it| it.form != TierForm::Comment);
        if let Some(tier) = live {
            tier.form = TierForm::Comment;
            tier.lacks = Some(told(found));
            return true;
        }
        if self.app != NAME {
            NAME.clone_into(&mut self.app);
            return true;
        }
        let has_comments = !self.tiers.is_empty();
        self.tiers.clear();
        has_comments
    }
}
