//! How the names of a text are found: by its statements, and what their slots mean.

use super::{Index, Mention, Set};
use crate::catalog::keys::{Means, Names, Part, Place, SlotKind};
use crate::catalog::members::POD;
use crate::ide::walk::{Met, walk};
use crate::source::{Span, Spanned};
use crate::syntax::taken;
use crate::syntax::tree::{Atom, AtomKind, Fact, Form, Tree};

impl Index {
    /// The names of a text, in no order; some stand twice.
    pub(super) fn gathered(tree: &Tree) -> Self {
        let mut index = Index::default();
        walk(tree, &mut |met| index.statement(met));
        index.settle_keys();
        index.leave_out_pods();
        index
    }

    /// `pod` is the pod itself, where nothing has that name.
    fn leave_out_pods(&mut self) {
        let is_pod = |it: &Mention| it.set == Set::Things && it.name == POD;
        if !self.all.iter().any(|it| is_pod(it) && it.declares) {
            self.all.retain(|it| !is_pod(it));
        }
    }

    /// Keys are a tier's own where it has such a key, else shared.
    fn settle_keys(&mut self) {
        let own: std::collections::BTreeSet<(String, String)> = self
            .all
            .iter()
            .filter(|it| it.declares && it.set == Set::Keys)
            .filter_map(|it| Some((it.owner.clone()?, it.name.clone())))
            .collect();
        for mention in self.all.iter_mut().filter(|it| !it.declares) {
            if mention.set == Set::Keys
                && let Some(owner) = &mention.owner
                && !own.contains(&(owner.clone(), mention.name.clone()))
            {
                mention.owner = None;
            }
        }
    }

    fn statement(&mut self, met: Met<'_, '_>) {
        let Some(place) = met.place else { return };
        let adder = Adder {
            owner: owner(met.around),
            declared: (place == Place::Top).then(|| thing(met.fact)).flatten(),
            fact: met.fact,
        };
        if let Some(row) = met.row {
            for (part, atom) in taken(row, &met.fact.atoms).into_iter().zip(&met.fact.atoms) {
                let (Part::Slot(_, kind) | Part::Many(_, kind)) = part else {
                    continue;
                };
                self.slot(kind.means(), atom, &adder);
                if *kind == SlotKind::FileOrSecret
                    && let Some(name) = atom.as_secret()
                {
                    self.push(Set::Keys, None, name, false, &adder);
                }
            }
        } else {
            self.free(place, met, &adder);
        }
        let values = met.fact.value.iter().flat_map(|value| &value.atoms);
        for atom in values {
            self.value(atom, place, &adder);
        }
    }

    fn slot(&mut self, means: Means, atom: &Atom, adder: &Adder<'_>) {
        let (names, declares) = match means {
            Means::Declares(names) => (names, true),
            Means::Refers(names) => (names, false),
            Means::Recipe
            | Means::PackageManager
            | Means::Protocol
            | Means::Switch
            | Means::ObjectKind
            | Means::Code
            | Means::Folder
            | Means::File
            | Means::Zone
            | Means::Schedule
            | Means::Platform
            | Means::Host
            | Means::Url
            | Means::Free => return,
        };
        let own = adder.owner.map(|owner| owner.value.to_owned());
        match (names, &atom.kind) {
            (Names::Volumes, AtomKind::Reference(parts, _)) => {
                if let [tier, volume] = parts.as_slice() {
                    self.push(Set::Things, None, tier, declares, adder);
                    let owner = Some(tier.value.clone());
                    self.push(Set::Volumes, owner, volume, declares, adder);
                }
            }
            (_, AtomKind::Word(word)) => {
                let (set, owner) = match names {
                    Names::Things => (Set::Things, None),
                    Names::Shared => (Set::Keys, own),
                    Names::Ports => (Set::Ports, own),
                    Names::Volumes => (Set::Volumes, own),
                    Names::Targets => (Set::Targets, None),
                    Names::App => (Set::App, None),
                };
                let name = Spanned::new(word.clone(), atom.span);
                self.push(set, owner, &name, declares, adder);
            }
            _ => {}
        }
    }

    /// Keys, and what stands for them.
    fn free(&mut self, place: Place, met: Met<'_, '_>, adder: &Adder<'_>) {
        let fact = met.fact;
        if fact.form != Form::Word {
            return;
        }
        let own = adder.owner.map(|owner| owner.value.to_owned());
        let in_target = met
            .around
            .first()
            .is_some_and(|it| it.head.value == "target");
        match place {
            Place::Shared => self.push(Set::Keys, None, &fact.head, true, adder),
            // In a target it changes a shared key; in the `env` there it is a variable.
            Place::Config if in_target => {
                let block = met.around.last().map(|it| it.head.value.as_str());
                if block == Some("config") {
                    self.push(Set::Keys, None, &fact.head, false, adder);
                }
            }
            Place::Config => self.push(Set::Keys, own, &fact.head, true, adder),
            Place::Env if fact.value.is_none() => {
                self.push(Set::Keys, own, &fact.head, false, adder);
            }
            Place::Top
            | Place::App
            | Place::Ingress
            | Place::Naming
            | Place::Helm
            | Place::Labels
            | Place::Secret
            | Place::Database(_)
            | Place::External
            | Place::ExternalService
            | Place::Tier
            | Place::Job
            | Place::Build
            | Place::Health
            | Place::Exposure
            | Place::Env
            | Place::Target
            | Place::TargetTier
            | Place::Routes => {}
        }
    }

    /// What a value refers to.
    fn value(&mut self, atom: &Atom, place: Place, adder: &Adder<'_>) {
        match &atom.kind {
            AtomKind::Word(word) if place == Place::Routes => {
                let name = Spanned::new(word.clone(), atom.span);
                self.push(Set::Things, None, &name, false, adder);
            }
            AtomKind::Reference(parts, _) => self.reference(parts, adder),
            AtomKind::List(items) => {
                for atom in items.iter().flatten() {
                    self.value(atom, place, adder);
                }
            }
            AtomKind::Word(_) | AtomKind::Text(_) | AtomKind::Number(_) | AtomKind::Range(..) => {}
        }
    }

    fn reference(&mut self, parts: &[Spanned<String>], adder: &Adder<'_>) {
        let [first, rest @ ..] = parts else { return };
        if matches!(first.value.as_str(), "config" | "secret") {
            if let Some(key) = rest.first() {
                self.push(Set::Keys, None, key, false, adder);
            }
            return;
        }
        self.push(Set::Things, None, first, false, adder);
        if let [name, last, ..] = rest {
            let owner = Some(first.value.clone());
            let set = if last.value == "path" {
                Set::Volumes
            } else {
                Set::Ports
            };
            self.push(set, owner, name, false, adder);
        }
    }

    fn push(
        &mut self,
        set: Set,
        owner: Option<String>,
        name: &Spanned<String>,
        declares: bool,
        adder: &Adder<'_>,
    ) {
        if name.value.is_empty() {
            return;
        }
        let within = adder.owner.or(adder.declared);
        self.all.push(Mention {
            set,
            owner,
            name: name.value.clone(),
            span: name.span,
            declares,
            statement: adder.fact.span,
            word: adder.fact.head.value.clone(),
            within: within.map(|it| Spanned::new(it.value.to_owned(), it.span)),
        });
    }
}

/// What is known of the statement whose names are added.
struct Adder<'a> {
    owner: Option<Named<'a>>,
    declared: Option<Named<'a>>,
    fact: &'a Fact,
}

#[derive(Clone, Copy)]
struct Named<'a> {
    value: &'a str,
    span: Span,
}

/// The thing whose statements stand in the innermost of some blocks; in a target it is named there.
fn owner<'a>(around: &[&'a Fact]) -> Option<Named<'a>> {
    let [first, rest @ ..] = around else {
        return None;
    };
    let inner = rest.first().filter(|it| it.head.value == "tier");
    match inner.filter(|_| first.head.value == "target") {
        Some(inner) => thing(inner),
        None => thing(first),
    }
}

/// The name that a statement of the first column declares, but for those of targets.
fn thing(fact: &Fact) -> Option<Named<'_>> {
    if matches!(
        fact.head.value.as_str(),
        "target" | "app" | "secret" | "config"
    ) {
        return None;
    }
    match fact.atoms.first() {
        Some(Atom {
            kind: AtomKind::Word(word),
            span,
        }) => Some(Named {
            value: word,
            span: *span,
        }),
        _ => None,
    }
}
