//! What a text stands for, searched for values as its bytes come.

use super::decoder::{Decoder, Meant};
use super::escaping::Escaping;
use super::needle::Needle;
use super::spellings::blank;
use std::collections::VecDeque;

/// A text with its escapes undone, and what of each needle fits at its end.
///
/// While the first of the decoders has nothing to undo, what comes out is what another track has, whose decoders
/// are the others of these: then it sleeps.
pub(super) struct Track<'m> {
    /// Each undoes what is left by the one before.
    chain: Vec<Decoder>,
    needles: Vec<&'m Needle>,
    fits: Vec<usize>,
    /// Where the last bytes begin, as many as the longest needle has.
    begins: VecDeque<usize>,
    longest: usize,
    /// Whether the last byte is a blank, which stands for all that follow.
    is_blank: bool,
    /// How many bytes with nothing to undo may come before it sleeps.
    awake: usize,
    /// What comes out of one decoder, and of the next.
    known: Vec<Meant>,
    next: Vec<Meant>,
}

impl<'m> Track<'m> {
    /// One that nothing came to.
    pub(super) fn new(chain: &[Escaping], needles: Vec<&'m Needle>) -> Self {
        let lengths = needles.iter().map(|it| it.text.bytes().len());
        Track {
            chain: chain.iter().map(|it| Decoder::new(*it)).collect(),
            fits: vec![0; needles.len()],
            begins: VecDeque::new(),
            longest: lengths.max().unwrap_or(0),
            needles,
            is_blank: false,
            awake: 0,
            known: Vec::new(),
            next: Vec::new(),
        }
    }

    /// How many of the last bytes it wants to see again when it wakes: some more than its needles have, for
    /// blanks that are laid out anew.
    pub(super) fn memory(&self) -> usize {
        2 * self.longest + 512
    }

    /// Takes a byte that stands at a place, behind the last ones, and adds where values stand that end with it.
    pub(super) fn take(
        &mut self,
        byte: u8,
        at: usize,
        recent: &[u8],
        found: &mut Vec<(usize, usize)>,
    ) {
        if let Some(first) = self.chain.first() {
            let passes = first.passes(byte);
            if passes && self.awake == 0 {
                return;
            }
            if self.awake == 0 {
                let recent = &recent[recent.len().saturating_sub(self.memory())..];
                let mut known = Vec::new();
                for (before, byte) in recent.iter().rev().enumerate().rev() {
                    // Nothing in it was to undo: what stands in it is found without this track.
                    self.decode(*byte, at - before - 1, &mut known);
                }
            }
            self.awake = if passes {
                self.awake - 1
            } else {
                self.memory()
            };
        }
        self.decode(byte, at, found);
        if self.awake == 0 && !self.chain.is_empty() {
            self.sleep();
        }
    }

    fn sleep(&mut self) {
        self.fits.fill(0);
        self.begins.clear();
        self.is_blank = false;
        self.chain.iter_mut().for_each(Decoder::forget);
    }

    fn decode(&mut self, byte: u8, at: usize, found: &mut Vec<(usize, usize)>) {
        let whole = Meant {
            byte,
            begin: at,
            end: at + 1,
        };
        if self.chain.iter().all(|it| it.passes(byte)) {
            self.step(whole, found);
            return;
        }
        self.known.push(whole);
        for number in 0..self.chain.len() {
            self.through(number, false);
        }
        self.steps(found);
    }

    /// What is left, when nothing more comes.
    pub(super) fn end(&mut self, found: &mut Vec<(usize, usize)>) {
        for number in 0..self.chain.len() {
            self.through(number, true);
        }
        self.steps(found);
    }

    /// Puts what is known through one of the decoders.
    fn through(&mut self, number: usize, is_end: bool) {
        let Some(decoder) = self.chain.get_mut(number) else {
            return;
        };
        for it in self.known.drain(..) {
            decoder.take(it, &mut self.next);
        }
        if is_end {
            decoder.end(&mut self.next);
        }
        std::mem::swap(&mut self.known, &mut self.next);
    }

    fn steps(&mut self, found: &mut Vec<(usize, usize)>) {
        let mut known = std::mem::take(&mut self.known);
        for it in known.drain(..) {
            self.step(it, found);
        }
        self.known = known;
    }

    fn step(&mut self, mut it: Meant, found: &mut Vec<(usize, usize)>) {
        let before = std::mem::replace(&mut self.is_blank, blank(it.byte));
        if self.is_blank {
            it.byte = b' ';
        }
        if before && self.is_blank {
            return;
        }
        if self.begins.len() >= self.longest {
            self.begins.pop_front();
        }
        self.begins.push_back(it.begin);
        for (needle, fits) in self.needles.iter().zip(&mut self.fits) {
            *fits = needle.step(*fits, it.byte);
            if *fits == needle.text.bytes().len() {
                let begin = self.begins.get(self.begins.len() - *fits);
                found.extend(begin.map(|begin| (*begin, it.end)));
            }
        }
    }

    /// Where what came begins that may yet be the beginning of a value.
    pub(super) fn open(&self) -> Option<usize> {
        let most = self.fits.iter().copied().max().unwrap_or(0);
        let fitting = self.begins.len().checked_sub(most);
        let fitting = fitting.and_then(|at| self.begins.get(at)).copied();
        let decoders = self.chain.iter().filter_map(Decoder::open);
        decoders.chain(fitting).min()
    }
}
