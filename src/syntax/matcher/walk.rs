//! The walk of a statement's tokens along the parts of its row.

use super::{begins, fills, firsts};
use crate::catalog::keys::Part;
use crate::source::Spanned;
use crate::syntax::tree::Atom;

/// How far the tokens of a statement have been taken, and by what.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    /// The tokens.
    pub(super) atoms: Vec<&'a Atom>,
    /// The first that isn't taken.
    pub(super) at: usize,
    /// Tokens by the names of their slots.
    pub(super) slots: Vec<(&'static str, &'a Atom)>,
    /// The fixed words among them.
    pub(super) words: Vec<Spanned<&'static str>>,
    /// The part that took each token.
    pub(super) taken: Vec<&'static Part>,
    /// The words and slots that may follow the last token.
    pub(super) next: Vec<&'static Part>,
}

/// The walk stopped where this part should stand.
pub(super) struct Stopped(pub(super) &'static Part);

impl<'a> Walk<'a> {
    /// Nothing is taken yet.
    pub(super) fn new(atoms: Vec<&'a Atom>) -> Self {
        Walk {
            atoms,
            at: 0,
            slots: Vec::new(),
            words: Vec::new(),
            taken: Vec::new(),
            next: Vec::new(),
        }
    }

    /// The first token that isn't taken.
    pub(super) fn found(&self) -> Option<&'a Atom> {
        self.atoms.get(self.at).copied()
    }

    /// Takes the tokens of `parts`.
    pub(super) fn sequence(&mut self, parts: &'static [Part]) -> Result<(), Stopped> {
        for (at, part) in parts.iter().enumerate() {
            // The optional variable in `from env VAR as "key"` isn't the word `as`.
            let belongs_to_later =
                |atom: &Atom| parts[at + 1..].iter().any(|later| begins(later, atom));
            if let (Part::Maybe([Part::Slot(..), ..]), Some(atom)) = (part, self.found())
                && belongs_to_later(atom)
            {
                continue;
            }
            self.part(part)?;
        }
        Ok(())
    }

    fn part(&mut self, part: &'static Part) -> Result<(), Stopped> {
        let next = self.found();
        let fits = next.is_some_and(|atom| begins(part, atom));
        match part {
            Part::Word(word) => {
                let atom = self.take(part).ok_or(Stopped(part))?;
                self.words.push(Spanned::new(word, atom.span));
                Ok(())
            }
            Part::Slot(name, _) => {
                let atom = self.take(part).ok_or(Stopped(part))?;
                self.slots.push((name, atom));
                Ok(())
            }
            Part::Many(name, kind) => {
                if !fits {
                    self.may_follow(part);
                    return Err(Stopped(part));
                }
                while self.found().is_none_or(|atom| fills(*kind, atom))
                    && let Some(atom) = self.take(part)
                {
                    self.slots.push((name, atom));
                }
                Ok(())
            }
            Part::Maybe(parts) => {
                if fits {
                    return self.sequence(parts);
                }
                self.may_follow(part);
                Ok(())
            }
            Part::Either(choices) => {
                self.may_follow(part);
                let chosen = choices
                    .iter()
                    .find(|parts| next.is_some_and(|atom| begins(&parts[0], atom)))
                    .or_else(|| choices.iter().find(|parts| may_be_empty(parts)));
                match chosen {
                    Some(parts) => self.sequence(parts),
                    None => Err(Stopped(part)),
                }
            }
            Part::Options(options) => {
                let mut left: Vec<_> = options.iter().collect();
                while let Some(atom) = self.found()
                    && let Some(found) = left.iter().position(|parts| begins(&parts[0], atom))
                {
                    self.sequence(left.remove(found))?;
                }
                for parts in left {
                    self.may_follow(&parts[0]);
                }
                Ok(())
            }
        }
    }

    /// Takes the next token, if the word or slot takes it.
    fn take(&mut self, part: &'static Part) -> Option<&'a Atom> {
        self.may_follow(part);
        let atom = self.found().filter(|atom| begins(part, atom))?;
        self.taken.push(part);
        self.at += 1;
        Some(atom)
    }

    /// Notes, behind the last token, what a part may begin with.
    fn may_follow(&mut self, part: &'static Part) {
        if self.found().is_some() {
            return;
        }
        for first in firsts(part) {
            if !self.next.contains(&first) {
                self.next.push(first);
            }
        }
    }
}

fn may_be_empty(parts: &[Part]) -> bool {
    parts
        .iter()
        .all(|part| matches!(part, Part::Maybe(_) | Part::Options(_)))
}
