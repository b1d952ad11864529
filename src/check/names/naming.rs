//! Patterns to names of objects, and the bounds of the names that come of them.

use super::face::TierFace;
use crate::catalog::databases::operator::Operator;
use crate::catalog::keys::{self, Place};
use crate::check::findings::Findings;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Identity, JOB_HASH};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{App, Name};

/// Longest name of a workload: `-` and a hash of ten characters go behind a StatefulSet's in a
/// label, which holds 63.
const MOST_WORKLOAD: usize = 52;

/// What a name is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Use {
    Workload,
    Service,
    Image,
    Label,
    Config,
    Secret,
    TierConfig,
    TierSecret,
}

impl Use {
    /// The statement in `naming` that sets its pattern.
    fn word(self) -> &'static str {
        match self {
            Use::Workload => "workload",
            Use::Service => "service",
            Use::Image => "image",
            Use::Label => "label",
            Use::Config => "config",
            Use::Secret => "secret",
            Use::TierConfig => "tier_config",
            Use::TierSecret => "tier_secret",
        }
    }

    /// What to call such an object in a sentence.
    fn noun(self) -> &'static str {
        match self {
            Use::Workload => "a workload",
            Use::Service => "a Service",
            Use::Image => "an image",
            Use::Label => "a label",
            Use::Config | Use::TierConfig => "a ConfigMap",
            Use::Secret | Use::TierSecret => "a Secret",
        }
    }

    /// How long its name may be.
    fn most(self) -> usize {
        match self {
            Use::Workload => MOST_WORKLOAD,
            Use::Service
            | Use::Image
            | Use::Label
            | Use::Config
            | Use::Secret
            | Use::TierConfig
            | Use::TierSecret => texts::MOST_LABEL,
        }
    }
}

/// What every tier and database has a name for.
const IDENTITY: [Use; 3] = [Use::Workload, Use::Service, Use::Label];

/// The names of one application's objects.
#[derive(Debug)]
pub(in crate::check) struct Naming<'a> {
    app: &'a Name,
    patterns: &'a [(&'static str, Name)],
    /// Whether the application's name and all patterns are right: only then a name made of them
    /// says something about its other part.
    sound: bool,
}

impl<'a> Naming<'a> {
    /// Checks the patterns, and that the application's name leaves room for others.
    pub(in crate::check) fn new(app: &'a App, name: &'a Name, found: &mut Findings) -> Self {
        let mut sound = texts::label_fault(&name.value).is_none();
        for (word, pattern) in &app.naming {
            sound &= is_pattern(word, pattern, found);
        }
        let mut naming = Naming {
            app: name,
            patterns: &app.naming,
            sound,
        };
        naming.sound &= naming.has_room(found);
        naming
    }

    /// Whether a name of one letter fits behind the application's; complains where it doesn't.
    fn has_room(&self, found: &mut Findings) -> bool {
        let crowded = IDENTITY
            .into_iter()
            .find(|what| self.sound && self.name(*what, "x").len() > what.most());
        let Some(what) = crowded else { return true };
        let message = format!("`{}` is too long a name for an application", self.app.value);
        let help = format!(
            "choose a shorter one: `{}`, the name of {}, may have {} characters",
            self.text(what),
            what.noun(),
            what.most()
        );
        let diagnostic = Diagnostic::new(Code::InvalidName, self.app.span, message);
        found.push(diagnostic.help(help));
        false
    }

    /// The application's name.
    pub(in crate::check) fn app(&self) -> &'a str {
        &self.app.value
    }

    /// The name for a use; `tier` is the thing it belongs to, or nothing for shared objects.
    pub(in crate::check) fn name(&self, what: Use, tier: &str) -> String {
        let pattern = self.text(what);
        pattern
            .replace("{app}", &self.app.value)
            .replace("{tier}", tier)
    }

    /// The patterns that are said, by their words.
    pub(in crate::check) fn said(&self) -> Vec<Spanned<&'static str>> {
        let said = self.patterns.iter();
        said.map(|(word, pattern)| Spanned::new(*word, pattern.span))
            .collect()
    }

    /// Where the pattern for a use is said.
    pub(in crate::check) fn place(&self, what: Use) -> Option<Span> {
        self.pattern(what).map(|pattern| pattern.span)
    }

    /// The pattern for a use, said or not.
    fn text(&self, what: Use) -> &str {
        self.pattern(what)
            .map_or_else(|| default(what.word()), |name| name.value.as_str())
    }

    fn pattern(&self, what: Use) -> Option<&'a Name> {
        self.patterns
            .iter()
            .find(|(word, _)| *word == what.word())
            .map(|(_, pattern)| pattern)
    }

    /// The names of a tier or database, within their bounds. `stands` is what stands for `{tier}`
    /// in them.
    pub(in crate::check) fn identity(
        &self,
        name: &Name,
        stands: &Name,
        origin: Span,
        found: &mut Findings,
    ) -> Identity {
        let names = IDENTITY.map(|what| self.name(what, &stands.value));
        // A name that is too long for several of them is complained of once.
        let mut made = IDENTITY.into_iter().zip(&names);
        let crowded = made.find(|(what, name)| self.is_too_long(*what, name, stands));
        let crowded = crowded.map(|(what, _)| what);
        let [workload, service, label] = names;
        if let Some(what) = crowded {
            self.complain(what, stands, found);
        } else if (MOST_WORKLOAD + 1..=texts::MOST_LABEL).contains(&name.value.len()) {
            // Containers are named after it, with a prefix where they wait for it.
            let message = format!("`{}` is too long a name for a container", name.value);
            let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
            found.push(diagnostic.help(format!("choose one of up to {MOST_WORKLOAD} characters")));
        }
        Identity {
            name: name.value.clone(),
            workload,
            service,
            label,
            origin,
        }
    }

    /// Gives a database that an operator runs the Service that the operator makes, and holds its name to what
    /// the operator takes. `said` is the name in the source, and where `instances` stands.
    pub(in crate::check) fn operated(
        &self,
        id: &mut Identity,
        operator: &Operator,
        (name, place): (&Name, Span),
        found: &mut Findings,
    ) {
        let Identity { workload, .. } = id;
        let is_known = self.sound && workload.len() <= MOST_WORKLOAD;
        if is_known && workload.len() > operator.longest_name {
            let message = format!(
                "`{workload}` is too long a name for a {} of {}",
                operator.kind, operator.name
            );
            let help = format!(
                "choose a name with which this one has up to {} characters",
                operator.longest_name
            );
            found.push(
                Diagnostic::new(Code::InvalidName, name.span, message)
                    .also(place, "which runs it")
                    .help(help),
            );
        }
        id.service = format!("{workload}{}", operator.writes);
    }

    /// The names of a tier's migration, within their bounds: a Job's name is the value of a label.
    pub(in crate::check) fn migration(
        &self,
        face: &TierFace<'_>,
        origin: Span,
        found: &mut Findings,
    ) -> Identity {
        let of = |name: &str| format!("{name}-migrate");
        let Identity {
            name,
            workload,
            service,
            label,
            ..
        } = &face.id;
        let id = Identity {
            name: name.clone(),
            workload: of(workload),
            service: service.clone(),
            label: of(label),
            origin,
        };
        let longest = (id.workload.len() + 1 + JOB_HASH).max(id.label.len());
        let said = IDENTITY
            .into_iter()
            .any(|what| self.overflows(what, face.stands));
        if self.sound && !said && longest > texts::MOST_LABEL {
            let message = format!(
                "`{}` makes the name of a migration too long: {longest} characters, of at most {}",
                face.stands.value,
                texts::MOST_LABEL
            );
            found.push(
                Diagnostic::new(Code::InvalidName, face.stands.span, message)
                    .also(origin, "this migration's")
                    .help("choose a shorter name"),
            );
        }
        id
    }

    /// The name of a thing's own ConfigMap or Secret, within its bounds.
    pub(in crate::check) fn own_object(
        &self,
        what: Use,
        name: &Name,
        found: &mut Findings,
    ) -> String {
        let said = IDENTITY.into_iter().any(|what| self.overflows(what, name));
        if !said && self.overflows(what, name) {
            self.complain(what, name, found);
        }
        self.name(what, &name.value)
    }

    /// The name of the shared ConfigMap or Secret, within its bounds.
    pub(in crate::check) fn shared_object(&self, what: Use, found: &mut Findings) -> String {
        let name = self.name(what, "");
        if let Some(pattern) = self.pattern(what)
            && self.sound
            && name.len() > what.most()
        {
            found.push(too_long(what, pattern, &name).also(self.app.span, "joined with this"));
        }
        name
    }

    /// Whether the name made of `part` is too long, though its parts are right.
    fn overflows(&self, what: Use, part: &Name) -> bool {
        self.is_too_long(what, &self.name(what, &part.value), part)
    }

    /// The same of one that was made.
    fn is_too_long(&self, what: Use, made: &str, part: &Name) -> bool {
        self.sound && made.len() > what.most() && texts::label_fault(&part.value).is_none()
    }

    /// Complains of a joined name that is too long, at the parts that make it.
    fn complain(&self, what: Use, part: &Name, found: &mut Findings) {
        let diagnostic = too_long(what, part, &self.name(what, &part.value));
        found.push(match self.pattern(what) {
            Some(pattern) => diagnostic.also(pattern.span, "joined by this pattern"),
            None => diagnostic.also(self.app.span, "joined with this"),
        });
    }
}

fn too_long(what: Use, part: &Name, name: &str) -> Diagnostic {
    let message = format!(
        "`{}` makes the name of {} too long: {} characters, of at most {}",
        part.value,
        what.noun(),
        name.len(),
        what.most()
    );
    Diagnostic::new(Code::InvalidName, part.span, message).help("choose a shorter name")
}

/// The pattern where none is said: the table's default of the statement.
fn default(word: &str) -> &'static str {
    let mut rows = keys::named(Place::Naming, word);
    rows.next().map_or("{app}-{tier}", |row| row.default)
}

/// Whether a pattern gives names; complains where it doesn't.
fn is_pattern(word: &str, pattern: &Name, found: &mut Findings) -> bool {
    let text = pattern.value.as_str();
    let Some(fault) = pattern_fault(word, text) else {
        return true;
    };
    let message = format!(
        "{} isn't a valid pattern for `{word}`: {fault}",
        texts::shown(text)
    );
    let diagnostic = Diagnostic::new(Code::InvalidText, pattern.span, message);
    let right = text.to_ascii_lowercase().replace('_', "-");
    found.push(if pattern_fault(word, &right).is_none() {
        texts::rewrite(diagnostic, pattern, &right)
    } else {
        diagnostic.help(format!("write a pattern such as \"{}\"", default(word)))
    });
    false
}

fn pattern_fault(word: &str, pattern: &str) -> Option<&'static str> {
    let shared = [Use::Config, Use::Secret]
        .iter()
        .any(|what| what.word() == word);
    // Names begin and end like this one, so what it makes shows what all would be.
    let made = pattern.replace("{app}", "a").replace("{tier}", "a");
    if made.contains(['{', '}']) {
        Some("only `{app}` and `{tier}` may stand in braces")
    } else if shared && pattern.contains("{tier}") {
        Some("what it names is shared by all tiers")
    } else {
        texts::label_fault(&made)
    }
}
