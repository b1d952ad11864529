//! Any text as a program.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use todoc_fuzz::answer;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    // Bytes that are no text are replaced before anything else sees them.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    answer(text);
    Corpus::Keep
});
