//! Any bytes as the files that a program names, and any text as its patches.
#![no_main]

use libfuzzer_sys::fuzz_target;
use todoc_fuzz::answer_beside;

fuzz_target!(|bytes: &[u8]| answer_beside(bytes));
