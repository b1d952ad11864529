//! What a text stands for, searched for values as its bytes come.

use super::decoder::{Decoder, Escaping, Meant};
use super::needle::Needle;
use std::collections::VecDeque;

/// A text with its escapes undone, and what of each needle fits at its end.
pub(super) struct Track<'m> {
    /// Each undoes what is left by the one before.
    chain: Vec<Decoder>,
    needles: Vec<&'m Needle>,
    fits: Vec<usize>,
    /// Where the last bytes begin, as many as the longest needle has.
    begins: VecDeque<usize>,
    longest: usize,
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
            known: Vec::new(),
            next: Vec::new(),
        }
    }

    /// Takes a byte that stands at a place, and adds where values stand that end with it.
    pub(super) fn take(&mut self, byte: u8, at: usize, found: &mut Vec<(usize, usize)>) {
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

    fn step(&mut self, it: Meant, found: &mut Vec<(usize, usize)>) {
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
