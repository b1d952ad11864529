//! A text that is looked for in bytes as they come.

use super::secret::Secret;

/// A text that is looked for by the algorithm of Knuth, Morris and Pratt: in time linear in what is
/// searched, whatever it is.
pub(super) struct Needle {
    pub(super) text: Secret,
    /// For each length of a part that fits, the longest shorter one at its end that fits as well.
    shorter: Vec<usize>,
}

impl Needle {
    /// One for a text.
    pub(super) fn of(text: Secret) -> Self {
        let bytes = text.bytes();
        let mut shorter = vec![0, 0];
        let mut fits = 0;
        for &byte in bytes.iter().skip(1) {
            while fits > 0 && bytes.get(fits) != Some(&byte) {
                fits = shorter.get(fits).copied().unwrap_or(0);
            }
            if bytes.get(fits) == Some(&byte) {
                fits += 1;
            }
            shorter.push(fits);
        }
        Needle { text, shorter }
    }

    /// How much of it fits behind a text that ends in `byte`, before which so much did.
    pub(super) fn step(&self, mut fits: usize, byte: u8) -> usize {
        let bytes = self.text.bytes();
        let shorter = |fits: usize| self.shorter.get(fits).copied().unwrap_or(0);
        if fits == bytes.len() {
            fits = shorter(fits);
        }
        while fits > 0 && bytes.get(fits) != Some(&byte) {
            fits = shorter(fits);
        }
        if bytes.get(fits) == Some(&byte) {
            fits + 1
        } else {
            0
        }
    }
}
