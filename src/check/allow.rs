//! What `allow` accepts.

use std::collections::BTreeSet;

use super::findings::Findings;
use crate::diag::suggest::nearest;
use crate::diag::{Applicability, Bag, Code, Diagnostic, Edit, Severity};
use crate::source::Span;
use crate::syntax::ast::{Allow, File};

/// A diagnostic that an `allow` accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// The statement that accepts it.
    pub allow: Span,
    /// Why.
    pub reason: String,
}

/// Complains of codes that aren't there or can't be allowed, and of missing reasons.
pub(super) fn are_right(file: &File, found: &mut Findings) {
    for allow in &file.allows {
        let number = allow.code.value.as_str();
        match code(number) {
            None => found.push(unknown(allow)),
            Some(code) if !code.may_be_allowed() => {
                let message = format!("`{number}` can't be allowed: {}", why_not(code));
                let diagnostic = Diagnostic::new(Code::NotAllowed, allow.code.span, message);
                found.push(diagnostic.help(format!("see `todoc explain {number}`")));
            }
            Some(_) if allow.reason.value.trim().is_empty() => {
                let message = "an `allow` says why";
                let diagnostic = Diagnostic::new(Code::NotAllowed, allow.reason.span, message);
                found.push(diagnostic.help("give the reason to those who read it later"));
            }
            Some(_) => {}
        }
    }
}

fn code(number: &str) -> Option<Code> {
    let mut all = Code::ALL.iter().copied();
    all.find(|code| code.number() == number)
}

fn unknown(allow: &Allow) -> Diagnostic {
    let Allow { code, .. } = allow;
    let message = format!("there is no code `{}`", code.value);
    let diagnostic = Diagnostic::new(Code::UnknownName, code.span, message);
    let allowed = Code::ALL.iter().filter(|code| code.may_be_allowed());
    let numbers = allowed.map(|code| code.number());
    match nearest(&code.value, numbers) {
        Some(near) if near.word.eq_ignore_ascii_case(&code.value) => {
            diagnostic.meant(near, code.span)
        }
        // Each number is near to the next, and means something else.
        Some(near) => diagnostic.meant(near.unsure(), code.span),
        None => diagnostic.help("write the code of the warning, such as `W0501`"),
    }
}

fn why_not(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "what it means can't work, whatever the reason",
        Severity::Warning | Severity::Loss | Severity::Note => "it has no reason to stay",
    }
}

/// Takes what is allowed out of what was found.
#[must_use]
pub fn accept(file: &File, bag: &mut Bag) -> Vec<Accepted> {
    let by = file.allows.iter().filter(|allow| is_right(allow));
    let mut allows: Vec<&Allow> = by.collect();
    if allows.is_empty() {
        return Vec::new();
    }
    // Blocks lie within each other or apart: by where they begin, the last one that is still open is
    // the innermost. Of several that say the same in one block the first counts.
    allows.sort_by_key(|allow| start(allow));
    let mut allows = allows.into_iter().peekable();
    let mut open: Vec<&Allow> = Vec::new();
    let mut accepted = Vec::new();
    bag.retain_sorted(|diagnostic| {
        let place = diagnostic.primary.span;
        while let Some(allow) = allows.next_if(|allow| start(allow) <= Some(place.start)) {
            let is_again = open
                .iter()
                .any(|it| it.within == allow.within && it.code.value == allow.code.value);
            if !is_again {
                open.push(allow);
            }
        }
        open.retain(|allow| allow.within.is_none_or(|within| within.end > place.start));
        let number = diagnostic.code.number();
        let found = open.iter().rev().find(|allow| allow.code.value == number);
        if let Some(allow) = found {
            accepted.push(Accepted {
                diagnostic: diagnostic.clone(),
                allow: allow.span,
                reason: allow.reason.value.clone(),
            });
        }
        found.is_none()
    });
    accepted
}

/// Whether its code may be allowed. One without a reason is complained of, and accepts as well.
fn is_right(allow: &Allow) -> bool {
    code(&allow.code.value).is_some_and(Code::may_be_allowed)
}

/// Where what it accepts begins.
fn start(allow: &Allow) -> Option<u32> {
    allow.within.map(|within| within.start)
}

/// What to say of each `allow` that is right and accepts nothing, though its code was looked for.
#[must_use]
pub fn unused(
    file: &File,
    used: &BTreeSet<Span>,
    is_looked_for: impl Fn(Code) -> bool,
) -> Vec<Diagnostic> {
    let may_be_unused = |code: Code| {
        let is_needed = code.depends_on_sources() || !is_looked_for(code);
        code.may_be_allowed() && !is_needed
    };
    let unused = file.allows.iter();
    let unused = unused.filter(|allow| {
        code(&allow.code.value).is_some_and(may_be_unused) && !used.contains(&allow.span)
    });
    let warn = |allow: &Allow| {
        let place = match allow.within {
            Some(_) => "this block",
            None => "this file",
        };
        let message = format!("there is no `{}` in {place} to accept", allow.code.value);
        Diagnostic::new(Code::UnusedAllow, allow.span, message).edit(
            Applicability::Certain,
            "delete this `allow`",
            Edit::delete(allow.span),
        )
    };
    unused.map(warn).collect()
}
