//! Any part of a text, once and many times: the time for each byte stays as it is.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use todoc_fuzz::grows_evenly;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    grows_evenly(text);
    Corpus::Keep
});
