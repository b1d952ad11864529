//! Patterns to names of objects, and the bounds of the names that come of them.

use super::findings::Findings;
use super::texts;
use crate::catalog::keys::{self, Place};
use crate::diag::{Code, Diagnostic};
use crate::ir::Identity;
use crate::source::Span;
use crate::syntax::ast::{App, Name};

/// Longest name of a workload: `-` and a hash of ten characters go behind a StatefulSet's in a
/// label, which holds 63.
const MOST_WORKLOAD: usize = 52;

/// What a name is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
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
}

/// The names of one application's objects.
#[derive(Debug)]
pub(super) struct Naming<'a> {
    app: &'a Name,
    patterns: &'a [(&'static str, Name)],
}

impl<'a> Naming<'a> {
    /// Checks the patterns.
    pub(super) fn new(app: &'a App, name: &'a Name, found: &mut Findings) -> Self {
        for (word, pattern) in &app.naming {
            if let Some(fault) = pattern_fault(&pattern.value) {
                let message = format!("`{}` is no pattern for `{word}`: {fault}", pattern.value);
                let diagnostic = Diagnostic::new(Code::InvalidText, pattern.span, message);
                found.push(diagnostic.help("write a pattern such as \"{app}-{tier}\""));
            }
        }
        Naming {
            app: name,
            patterns: &app.naming,
        }
    }

    /// The application's name.
    pub(super) fn app(&self) -> &'a str {
        &self.app.value
    }

    /// The name for a use; `tier` is the thing it belongs to, or nothing for shared objects.
    pub(super) fn name(&self, what: Use, tier: &str) -> String {
        let pattern = self
            .pattern(what)
            .map_or_else(|| default(what), |name| name.value.as_str());
        pattern
            .replace("{app}", &self.app.value)
            .replace("{tier}", tier)
    }

    fn pattern(&self, what: Use) -> Option<&'a Name> {
        self.patterns
            .iter()
            .find(|(word, _)| *word == what.word())
            .map(|(_, pattern)| pattern)
    }

    /// The names of a tier or database, within their bounds. `alias` stands for `{tier}` in them.
    pub(super) fn identity(
        &self,
        name: &Name,
        alias: Option<&Name>,
        origin: Span,
        found: &mut Findings,
    ) -> Identity {
        let alias = alias.filter(|alias| texts::is_label(alias, found));
        let stands = &alias.unwrap_or(name).value;
        let id = Identity {
            name: name.value.clone(),
            workload: self.name(Use::Workload, stands),
            service: self.name(Use::Service, stands),
            label: self.name(Use::Label, stands),
            origin,
        };
        if texts::label_fault(&name.value).is_none()
            && texts::label_fault(&self.app.value).is_none()
        {
            // Containers are named after the thing itself, with a prefix where they wait for it.
            let uses = [
                (None, &id.name, MOST_WORKLOAD),
                (Some(Use::Workload), &id.workload, MOST_WORKLOAD),
                (Some(Use::Service), &id.service, texts::MOST_LABEL),
                (Some(Use::Label), &id.label, texts::MOST_LABEL),
            ];
            // Of one name that doesn't fit, the first use says enough.
            let _ = uses
                .iter()
                .all(|(what, text, most)| self.fits(*what, text, *most, name, found));
        }
        id
    }

    /// The name of a ConfigMap or Secret, within its bounds; `tier` is the thing it belongs to.
    pub(super) fn object(&self, what: Use, tier: Option<&Name>, found: &mut Findings) -> String {
        let name = self.name(what, tier.map_or("", |tier| tier.value.as_str()));
        let parts = [Some(self.app), tier];
        if parts
            .iter()
            .flatten()
            .all(|part| texts::label_fault(&part.value).is_none())
        {
            let part = tier.unwrap_or(self.app);
            self.fits(Some(what), &name, texts::MOST_LABEL, part, found);
        }
        name
    }

    /// Whether a name that was made is within its bounds; complains at the parts that make it.
    fn fits(
        &self,
        what: Option<Use>,
        name: &str,
        most: usize,
        part: &Name,
        found: &mut Findings,
    ) -> bool {
        let fault = if name.len() > most {
            format!("it is longer than {most} characters")
        } else if let Some(fault) = texts::label_fault(name) {
            fault.to_owned()
        } else {
            return true;
        };
        let Some(what) = what else {
            let message = format!("`{name}` can't be a name: {fault}");
            found.push(
                Diagnostic::new(Code::InvalidName, part.span, message).help("choose a shorter one"),
            );
            return false;
        };
        let message = format!(
            "the name `{name}` can't be used for its {}: {fault}",
            what.word()
        );
        let diagnostic = Diagnostic::new(Code::InvalidName, part.span, message);
        let diagnostic = match self.pattern(what) {
            Some(pattern) => diagnostic.also(pattern.span, "by this pattern"),
            None if part.span == self.app.span => diagnostic,
            None => diagnostic.also(self.app.span, "joined with this"),
        };
        found.push(diagnostic.help("choose shorter names, or another pattern in `naming`"));
        false
    }
}

/// The pattern where none is said: the table's default of the statement.
fn default(what: Use) -> &'static str {
    let mut rows = keys::rows(Place::Naming);
    rows.find(|row| row.word == what.word())
        .map_or("{app}-{tier}", |row| row.default)
}

fn pattern_fault(pattern: &str) -> Option<&'static str> {
    let rest = pattern.replace("{app}", "").replace("{tier}", "");
    if rest.contains(['{', '}']) {
        Some("only `{app}` and `{tier}` may stand in braces")
    } else if !rest
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    {
        Some("it may hold lower-case letters, digits and `-` besides `{app}` and `{tier}`")
    } else {
        None
    }
}
